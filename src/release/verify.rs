//! Whether what somebody has is what was released, told file by file. Nothing but the files is asked.

use super::{
    build::{Built, TAR, ZIP},
    compare::other_sum,
    contents::Contents,
    manifest::{File, MANIFEST, Manifest},
    part::Part,
    sums::{self, SUMS},
    unpack::{self, is_archive},
};
use crate::error::{Error, Result};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Something that is not as it was released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it was found.
    pub path: String,
    /// What is wrong with it, in a word: `missing`, `extra`, `differs`, `counts`, `unreadable` or
    /// `not-rebuilt`.
    pub problem: &'static str,
    /// The same in words, after the path.
    pub message: String,
}

/// What was found.
#[derive(Default)]
pub struct Verified {
    /// The release; none where only a list of checksums was there.
    pub manifest: Option<Manifest>,
    /// How much of it is here, where its files lie as they are offered one by one.
    pub part: Option<Part>,
    /// How many files were looked at.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// The files whose records were not counted, because this program was built without what reads
    /// them.
    pub uncounted: Vec<String>,
    /// The files by their path in the whole output of a release: as it was found, and the sum.
    pub(super) have: BTreeMap<String, (String, String)>,
}

/// Verifies a folder, what a list of checksums names, an archive, or one file against the manifest or
/// the checksums near it.
///
/// # Errors
/// Where there is nothing to read, or nothing to hold it against.
pub fn verify(path: &Path) -> Result<Verified> {
    let about = fs::metadata(path)
        .map_err(|e| Error::new(format!("cannot read {}: {e}", path.display())))?;
    let mut verified = Verified::default();
    if about.is_dir() {
        let contents = unpack::folder(path)?;
        if !contents.texts.contains_key(MANIFEST) && !contents.texts.contains_key(SUMS) {
            return Err(Error::new(format!("{} is no release", path.display()))
                .hint(format!("a release holds {MANIFEST} and {SUMS}")));
        }
        verified.folder(path, contents)?;
    } else if path.ends_with(SUMS) {
        // It is counted with what it names; another list may name it too.
        verified.alone(path)?;
        verified = Verified { problems: verified.problems, ..Verified::default() };
        let folder = path.parent().filter(|at| !at.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        verified.folder(folder, unpack::listed(folder)?)?;
    } else if is_archive(&path.to_string_lossy()) {
        verified.archive(path, "", true)?;
        if !verified.alone(path)? {
            verified.unlisted(path)?;
        }
    } else if !verified.alone(path)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        return Err(Error::new(format!("there is no {MANIFEST} or {SUMS} that names {name}"))
            .hint("put the one of the release beside it"));
    }
    Ok(verified)
}

/// What of it a release that was built again has otherwise.
#[must_use]
pub fn rebuilt(verified: &Verified, built: &Built) -> Vec<Problem> {
    let differs = |(path, (shown, sum)): (&String, &(String, String))| {
        let message = match built.written.get(path) {
            None => "is not in the release that its commit gives".to_owned(),
            Some(written) if written.sha256 == *sum => return None,
            Some(written) => {
                format!("is not what its commit gives, which has the SHA-256 {}", written.sha256)
            }
        };
        Some(Problem { path: shown.clone(), problem: "not-rebuilt", message })
    };
    verified.have.iter().filter_map(differs).collect()
}

impl Verified {
    /// How many files a release that is built again is held against.
    #[must_use]
    pub fn compared(&self) -> usize {
        self.have.len()
    }

    pub(super) fn tell(&mut self, path: &str, problem: &'static str, message: impl Into<String>) {
        self.problems.push(Problem { path: path.to_owned(), problem, message: message.into() });
    }

    /// An archive, which `must` hold a release; `shown` comes before the paths in it.
    pub(super) fn archive(&mut self, path: &Path, shown: &str, must: bool) -> Result<()> {
        let mut contents = unpack::archive(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (at, _) in contents.strange.iter_mut().filter(|(at, _)| at.is_empty()) {
            *at = name.clone();
        }
        self.strange(&contents, shown);
        let folder = |path: &String| {
            path.strip_suffix(MANIFEST)?
                .strip_suffix('/')
                .filter(|f| !f.contains('/'))
                .map(str::to_owned)
        };
        let Some(folder) = contents.texts.keys().find_map(folder) else {
            if must && self.problems.is_empty() {
                self.tell(&name, "missing", format!("holds no {MANIFEST}: it is no release"));
            }
            return Ok(());
        };
        let inner = contents.split(&folder);
        for path in contents.seen.keys() {
            self.tell(&format!("{shown}{path}"), "extra", "is not a part of the release");
        }
        self.release(&inner, shown);
        let named = self.manifest.as_ref().map(Manifest::folder);
        if let Some(named) = named.filter(|named| *named != folder) {
            let words = format!("holds the folder {folder}, and its manifest is that of {named}");
            self.tell(&name, "differs", words);
        }
        Ok(())
    }

    /// One file against what is said of it near it; whether anything is.
    fn alone(&mut self, path: &Path) -> Result<bool> {
        let Some(name) = path.file_name() else { return Ok(false) };
        let mut relative = name.to_string_lossy().into_owned();
        let shown = relative.clone();
        let mut folder = path.parent();
        while let Some(at) = folder {
            let at = if at.as_os_str().is_empty() { Path::new(".") } else { at };
            let keep =
                |name: &str| unpack::file(&at.join(name), name).map(|mut c| c.texts.remove(name));
            let there = |name: &str| at.join(name).is_file() && relative != name;
            if there(MANIFEST)
                && let Ok(manifest) = Manifest::read(&keep(MANIFEST)?.unwrap_or_default())
                && let Some(file) = named(&manifest, &relative)
            {
                let contents = unpack::file(path, &file.path)?;
                let seen = &contents.seen[&file.path];
                self.count(seen);
                self.file(file, Some(seen), &shown);
                self.counts(&manifest, &file.path, seen, &shown);
                let whole = format!("{}/{}", manifest.folder(), file.path);
                self.have.insert(whole, (shown, seen.sha256.clone()));
                self.manifest = Some(manifest);
                return Ok(true);
            }
            if there(SUMS)
                && let Ok(sums) = sums::read(&keep(SUMS)?.unwrap_or_default())
                && let Some(sum) = sums.get(&relative)
            {
                let contents = unpack::file(path, &relative)?;
                let seen = &contents.seen[&relative];
                self.count(seen);
                if seen.sha256 != *sum {
                    self.tell(&shown, "differs", other_sum(&seen.sha256, sum, SUMS));
                }
                self.have.insert(relative, (shown, seen.sha256.clone()));
                return Ok(true);
            }
            let Some(name) = at.file_name() else { break };
            relative = format!("{}/{relative}", name.to_string_lossy());
            folder = at.parent();
        }
        Ok(false)
    }

    /// An archive that no list names, for whoever builds it again.
    fn unlisted(&mut self, path: &Path) -> Result<()> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let end = if name.ends_with(ZIP) { ZIP } else { TAR };
        if let Some(manifest) = &self.manifest {
            // Under a name that any system takes.
            let contents = unpack::file(path, "archive")?;
            let sum = contents.seen["archive"].sha256.clone();
            self.have.insert(format!("{}{end}", manifest.folder()), (name.into_owned(), sum));
        }
        Ok(())
    }

    /// The manifest among files, told of where it cannot be read.
    pub(super) fn manifest_of(&mut self, contents: &Contents, shown: &str) -> Option<Manifest> {
        let at = format!("{shown}{MANIFEST}");
        match contents.texts.get(MANIFEST).map(|text| Manifest::read(text)) {
            Some(Ok(manifest)) => return Some(manifest),
            Some(Err(e)) => self.tell(&at, "unreadable", format!("cannot be read: {e}")),
            None => self.tell(&at, "missing", "is missing"),
        }
        None
    }

    /// The files of one release; `shown` comes before their paths.
    pub(super) fn release(&mut self, contents: &Contents, shown: &str) {
        self.strange(contents, shown);
        let at = |path: &str| format!("{shown}{path}");
        let Some(manifest) = self.manifest_of(contents, shown) else { return };
        let mut told = BTreeSet::new();
        for file in &manifest.files {
            if self.file(file, contents.seen.get(&file.path), &at(&file.path)) {
                told.insert(file.path.clone());
            }
        }
        let listed: BTreeSet<&str> = manifest.files.iter().map(|file| file.path.as_str()).collect();
        for path in contents.seen.keys() {
            if !listed.contains(path.as_str()) && path != MANIFEST && path != SUMS {
                self.tell(&at(path), "extra", "is not a part of the release");
                told.insert(path.clone());
            }
        }
        if contents.texts.contains_key(SUMS) {
            self.sums(contents, shown, &told);
        } else {
            self.tell(&at(SUMS), "missing", "is missing");
        }
        for (path, seen) in &contents.seen {
            self.count(seen);
            self.counts(&manifest, path, seen, &at(path));
            let whole = format!("{}/{path}", manifest.folder());
            self.have.insert(whole, (at(path), seen.sha256.clone()));
        }
        self.manifest = Some(manifest);
    }
}

/// The file of a manifest with this path, or, where it was downloaded alone, with this name.
fn named<'m>(manifest: &'m Manifest, path: &str) -> Option<&'m File> {
    manifest.files.iter().find(|file| file.path == path)
}
