//! Where published files go: into a folder, all or nothing, or against the files that are there.

use crate::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::{self, BufWriter, Read as _, Write},
    path::{Path, PathBuf},
};

/// The list of what was published, with checksums, in the format of `sha256sum`.
const LIST: &str = "SHA256SUMS";

/// Takes published files.
pub trait Sink {
    /// Takes one file, by its path below the output folder with `/`; `fill` writes its bytes.
    ///
    /// # Errors
    /// Where the bytes cannot be written, or the path is not one below the folder.
    fn file(
        &mut self,
        path: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()>;

    /// The files taken so far, by path.
    fn written(&self) -> &BTreeMap<String, Written>;

    /// A new folder for files that are not published.
    ///
    /// # Errors
    /// Where none can be made.
    fn scratch(&self) -> io::Result<tempfile::TempDir>;

    /// A part of this sink that can be filled while others are; none where files are taken one after
    /// the other.
    fn branch(&self) -> Option<Branch> {
        None
    }

    /// Takes the files of a part.
    fn join(&mut self, _: Branch) {}

    /// Takes one file that can only be made on disk: `make` writes it where it is told to.
    ///
    /// # Errors
    /// Where it cannot be made, or as for [`Sink::file`].
    fn made(&mut self, path: &str, make: &mut dyn FnMut(&Path) -> Result<()>) -> Result<()> {
        let failed = |e: io::Error| Error::new(format!("cannot make {path}: {e}"));
        let scratch = self.scratch().map_err(failed)?;
        let made = scratch.path().join("file");
        make(&made)?;
        let mut file = fs::File::open(&made).map_err(failed)?;
        self.file(path, &mut |out| io::copy(&mut file, out).map(drop))
    }
}

/// A file that a sink has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// How many bytes it has.
    pub bytes: u64,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
}

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
    fn file(
        &mut self,
        path: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        self.gathered.file(path, fill)
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
    fn file(
        &mut self,
        path: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        let target = self.folder.join(inside(path)?);
        let mut write = || -> io::Result<Written> {
            fs::create_dir_all(target.parent().unwrap_or(&target))?;
            let file = fs::File::create_new(&target)?;
            let mut writer = buffered(Counted::new(file));
            fill(&mut writer)?;
            Ok(writer.into_inner()?.written())
        };
        let written = write().map_err(|e| Error::new(format!("cannot write {path}: {e}")))?;
        self.written.insert(path.to_owned(), written);
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

/// Compares the files with those of a folder and writes nothing.
pub struct Compare {
    out: PathBuf,
    written: BTreeMap<String, Written>,
    differences: Vec<String>,
}

impl Compare {
    /// Prepares to compare with what was published into `out`.
    #[must_use]
    pub fn new(out: &Path) -> Self {
        Self { out: out.to_owned(), written: BTreeMap::new(), differences: Vec::new() }
    }

    /// What is not as it should be, a line each.
    #[must_use]
    pub fn finish(mut self) -> Vec<String> {
        for path in published(&self.out).into_keys() {
            if !self.written.contains_key(&path) {
                self.differences.push(format!("{path} is no longer published"));
            }
        }
        self.differences
    }
}

impl Sink for Compare {
    fn file(
        &mut self,
        path: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        let target = self.out.join(inside(path)?);
        // Files that describe others need their sums, whether they are there or not.
        let file = fs::File::open(&target).ok();
        let missing = file.is_none();
        let same = Same { file: file.map(io::BufReader::new), same: true, buffer: Vec::new() };
        let failed = |e: io::Error| Error::new(format!("cannot compare {path}: {e}"));
        let mut writer = buffered(Counted::new(same));
        fill(&mut writer).map_err(failed)?;
        let mut writer = writer.into_inner().map_err(|e| failed(e.into_error()))?;
        let same = writer.inner.is_all_the_same();
        self.written.insert(path.to_owned(), writer.written());
        if missing {
            self.differences.push(format!("{path} is missing"));
        } else if !same {
            self.differences.push(format!("{path} differs"));
        }
        Ok(())
    }

    fn written(&self) -> &BTreeMap<String, Written> {
        &self.written
    }

    fn scratch(&self) -> io::Result<tempfile::TempDir> {
        // Nothing is written beside what is only looked at.
        tempfile::tempdir()
    }
}

/// Gathers what is written in small pieces, so that it is hashed and written in large ones.
fn buffered<W: Write>(writer: W) -> BufWriter<W> {
    BufWriter::with_capacity(1 << 16, writer)
}

/// Writes on, counts the bytes and keeps a running hash.
struct Counted<W> {
    inner: W,
    bytes: u64,
    hash: Sha256,
}

impl<W> Counted<W> {
    fn new(inner: W) -> Self {
        Self { inner, bytes: 0, hash: Sha256::new() }
    }

    fn written(self) -> Written {
        Written { bytes: self.bytes, sha256: hex(&self.hash.finalize()) }
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += u64::try_from(written).unwrap_or(u64::MAX);
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Compares what is written with a file.
struct Same {
    file: Option<io::BufReader<fs::File>>,
    same: bool,
    buffer: Vec<u8>,
}

impl Same {
    /// Whether the file has the bytes that were written and no more.
    fn is_all_the_same(&mut self) -> bool {
        let more = |file: &mut io::BufReader<fs::File>| file.read(&mut [0]).is_ok_and(|n| n > 0);
        self.same && !self.file.as_mut().is_some_and(more)
    }
}

impl Write for Same {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(file) = self.file.as_mut().filter(|_| self.same) {
            self.buffer.resize(bytes.len(), 0);
            self.same = file.read_exact(&mut self.buffer).is_ok() && self.buffer == bytes;
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A path that cannot leave the folder it is joined to.
fn inside(path: &str) -> Result<&Path> {
    let path = Path::new(path);
    let plain = path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if plain {
        Ok(path)
    } else {
        Err(Error::new(format!("{} leaves the output folder", path.display())))
    }
}

/// What was published into a folder, by the list in it.
fn published(out: &Path) -> BTreeMap<String, String> {
    let list = fs::read_to_string(out.join(LIST)).unwrap_or_default();
    list.lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(sum, path)| (path.to_owned(), sum.to_owned()))
        .collect()
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

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(2 * bytes.len());
    for half in bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
        out.push(char::from(DIGITS[usize::from(half)]));
    }
    out
}
