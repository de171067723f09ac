//! Files that get into a folder, all or none.

use super::{Counted, Fill, LIST, Sink, Written, buffered, each, inside, published};
use crate::error::{Error, Result};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

/// A folder that gets the files when all of them are written, and none before.
pub struct Folder {
    out: PathBuf,
    staging: tempfile::TempDir,
    gathered: Branch,
}

impl Folder {
    /// Prepares to publish into `out`, beside which the files are gathered first.
    ///
    /// # Errors
    /// Where `out` is no folder, holds files that were not published, or cannot be written to.
    pub fn new(out: &Path) -> Result<Self> {
        if out.exists() && !out.is_dir() {
            return Err(Error::new(format!("{} is no folder", out.display())));
        }
        let parent =
            out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name =
            out.file_name().ok_or_else(|| Error::new(format!("{} has no name", out.display())))?;
        let failed =
            |e: io::Error| Error::new(format!("cannot write beside {}: {e}", out.display()));
        fs::create_dir_all(parent).map_err(failed)?;
        let prefix = format!(".{}-", name.to_string_lossy());
        let staging =
            tempfile::Builder::new().prefix(&prefix).tempdir_in(parent).map_err(failed)?;
        Ok(Self::gathering(out.to_owned(), staging))
    }

    /// Prepares to gather files that are only looked at, and go nowhere.
    ///
    /// # Errors
    /// Where there is no room for them.
    pub fn nowhere() -> Result<Self> {
        let staging = tempfile::tempdir()
            .map_err(|e| Error::new(format!("cannot make a folder for a while: {e}")))?;
        Ok(Self::gathering(staging.path().join("nowhere"), staging))
    }

    fn gathering(out: PathBuf, staging: tempfile::TempDir) -> Self {
        let gathered = Branch::new(staging.path());
        Self { out, staging, gathered }
    }

    /// The folder in which the files are gathered.
    #[must_use]
    pub fn gathered(&self) -> &Path {
        self.staging.path()
    }

    /// Puts the files in place of what was published there before. Files that were not published
    /// are kept.
    ///
    /// # Errors
    /// Where a file cannot be put in place; the folder is then as it was.
    pub fn finish(self) -> Result<Vec<String>> {
        let failed =
            |e: io::Error| Error::new(format!("cannot publish into {}: {e}", self.out.display()));
        let mut list = String::new();
        for (path, file) in &self.gathered.written {
            let _ = writeln!(list, "{}  {path}", file.sha256);
        }
        write_whole(&self.staging.path().join(LIST), list.as_bytes()).map_err(failed)?;
        let published = published(&self.out);
        for path in files(&self.out).map_err(failed)? {
            let target = self.staging.path().join(&path);
            if !published.contains_key(&path) && path != LIST && !target.exists() {
                keep(&self.out.join(&path), &target).map_err(failed)?;
            }
        }
        open_to_all(self.staging.path()).map_err(failed)?;
        swap(self.staging.path(), &self.out).map_err(failed)?;
        Ok(self.gathered.written.into_keys().collect())
    }
}

impl Sink for Folder {
    fn files(&mut self, paths: &[&str], fill: &mut Fill) -> Result<()> {
        self.gathered.files(paths, fill)
    }

    fn written(&self) -> &BTreeMap<String, Written> {
        self.gathered.written()
    }

    fn scratch(&self) -> io::Result<tempfile::TempDir> {
        self.gathered.scratch()
    }

    fn branch(&self) -> Option<Branch> {
        Some(Branch::new(self.staging.path()))
    }

    fn join(&mut self, branch: Branch) {
        self.gathered.written.extend(branch.written);
    }
}

/// Files that are gathered in a folder, all of what is published or a part.
pub struct Branch {
    folder: PathBuf,
    written: BTreeMap<String, Written>,
}

impl Branch {
    fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), written: BTreeMap::new() }
    }
}

impl Sink for Branch {
    fn files(&mut self, paths: &[&str], fill: &mut Fill) -> Result<()> {
        let targets = paths.iter().map(|path| Ok(self.folder.join(inside(path)?)));
        let targets: Vec<PathBuf> = targets.collect::<Result<_>>()?;
        let create = |target: &PathBuf| -> io::Result<_> {
            fs::create_dir_all(target.parent().unwrap_or(target))?;
            Ok(buffered(Counted::new(fs::File::create_new(target)?)))
        };
        let mut write = || -> io::Result<Vec<Written>> {
            let mut writers: Vec<_> = targets.iter().map(create).collect::<io::Result<_>>()?;
            fill(&mut each(&mut writers))?;
            writers.into_iter().map(|writer| Ok(writer.into_inner()?.written())).collect()
        };
        let written = write()
            .map_err(|e| Error::new(format!("cannot write {}: {e}", paths.join(" and "))))?;
        self.written.extend(paths.iter().map(|path| (*path).to_owned()).zip(written));
        Ok(())
    }

    fn written(&self) -> &BTreeMap<String, Written> {
        &self.written
    }

    fn scratch(&self) -> io::Result<tempfile::TempDir> {
        // Where there is room for the output, there is for this.
        tempfile::tempdir_in(&self.folder)
    }
}

/// Every file below a folder, by its path with `/`; none where there is no folder.
fn files(folder: &Path) -> io::Result<Vec<String>> {
    fn walk(folder: &Path, below: &str, found: &mut Vec<String>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                walk(&entry.path(), &format!("{path}/"), found)?;
            } else {
                found.push(path);
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    if folder.is_dir() {
        walk(folder, "", &mut found)?;
    }
    Ok(found)
}

/// Puts a file that is not ours into the new folder as well.
fn keep(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()))
}

/// Puts `new` in the place of `old`, in one step where the system can.
fn swap(new: &Path, old: &Path) -> io::Result<()> {
    if !old.exists() {
        return fs::rename(new, old);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let aside = new.with_extension("old");
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::remove_dir_all(&aside)
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(path, bytes)
}

/// Gives every file and folder the usual permissions, whatever the umask.
#[cfg(unix)]
fn open_to_all(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            open_to_all(&entry.path())?;
        } else {
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o644))?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn open_to_all(_: &Path) -> io::Result<()> {
    Ok(())
}
