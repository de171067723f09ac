//! Where published files go: into a folder, all or nothing, or against the files that are there.

use crate::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
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
}

/// A folder that gets the files when all of them are written, and none before.
pub struct Folder {
    out: PathBuf,
    staging: tempfile::TempDir,
    sums: BTreeMap<String, String>,
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
        Ok(Self { out: out.to_owned(), staging, sums: BTreeMap::new() })
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
        for (path, sum) in &self.sums {
            let _ = writeln!(list, "{sum}  {path}");
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
        Ok(self.sums.into_keys().collect())
    }
}

impl Sink for Folder {
    fn file(
        &mut self,
        path: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        let target = self.staging.path().join(inside(path)?);
        let mut write = || -> io::Result<String> {
            fs::create_dir_all(target.parent().unwrap_or(&target))?;
            let file = fs::File::create_new(&target)?;
            let mut writer =
                Hashed { inner: BufWriter::with_capacity(1 << 16, file), hash: Sha256::new() };
            fill(&mut writer)?;
            writer.inner.flush()?;
            Ok(hex(&writer.hash.finalize()))
        };
        let sum = write().map_err(|e| Error::new(format!("cannot write {path}: {e}")))?;
        self.sums.insert(path.to_owned(), sum);
        Ok(())
    }
}

/// Compares the files with those of a folder and writes nothing.
pub struct Compare {
    out: PathBuf,
    seen: BTreeSet<String>,
    differences: Vec<String>,
}

impl Compare {
    /// Prepares to compare with what was published into `out`.
    #[must_use]
    pub fn new(out: &Path) -> Self {
        Self { out: out.to_owned(), seen: BTreeSet::new(), differences: Vec::new() }
    }

    /// What is not as it should be, a line each.
    #[must_use]
    pub fn finish(mut self) -> Vec<String> {
        for path in published(&self.out).into_keys() {
            if !self.seen.contains(&path) {
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
        self.seen.insert(path.to_owned());
        let Ok(file) = fs::File::open(&target) else {
            self.differences.push(format!("{path} is missing"));
            return Ok(());
        };
        let mut reader = Same { file: io::BufReader::new(file), same: true, buffer: Vec::new() };
        fill(&mut reader).map_err(|e| Error::new(format!("cannot compare {path}: {e}")))?;
        let more = reader.file.read(&mut [0]).is_ok_and(|n| n > 0);
        if more || !reader.same {
            self.differences.push(format!("{path} differs"));
        }
        Ok(())
    }
}

/// Writes on and keeps a running hash.
struct Hashed<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Compares what is written with a file.
struct Same {
    file: io::BufReader<fs::File>,
    same: bool,
    buffer: Vec<u8>,
}

impl Write for Same {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.same {
            self.buffer.resize(bytes.len(), 0);
            self.same = self.file.read_exact(&mut self.buffer).is_ok() && self.buffer == bytes;
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

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
