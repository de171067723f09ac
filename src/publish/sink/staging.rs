//! Folders in which files are gathered, none of which stays when the run ends, however it ends.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

/// The folders there are. Who holds them is not interrupted.
static LIVE: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Keeps an interruption waiting, and waits for one that has begun.
pub fn hold() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes everything that was gathered and is not in place, for a program that is about to be ended
/// by a signal: nothing is gathered or put in place any more. Waits for files that are being put in
/// place.
pub fn abandon() {
    let live = hold();
    for folder in &*live {
        // Others may still be writing in it.
        for _ in 0..50 {
            match fs::remove_dir_all(folder) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => {
                    thread::sleep(Duration::from_millis(10));
                }
                _ => break,
            }
        }
    }
    std::mem::forget(live);
}

/// A folder for what is new, and for what it replaces until that is done.
pub struct Staging {
    folder: Option<tempfile::TempDir>,
    path: PathBuf,
}

impl Staging {
    /// A new folder in another, whose name begins with this.
    pub fn new(parent: &Path, prefix: &str) -> io::Result<Self> {
        let mut live = hold();
        Self::of(tempfile::Builder::new().prefix(prefix).tempdir_in(parent)?, &mut live)
    }

    /// A new folder where temporary ones are.
    pub fn anywhere() -> io::Result<Self> {
        let mut live = hold();
        Self::of(tempfile::tempdir()?, &mut live)
    }

    fn of(folder: tempfile::TempDir, live: &mut BTreeSet<PathBuf>) -> io::Result<Self> {
        // Also where the program goes elsewhere.
        let path = fs::canonicalize(folder.path())?;
        fs::create_dir(path.join("new"))?;
        fs::create_dir(path.join("old"))?;
        live.insert(path.clone());
        Ok(Self { folder: Some(folder), path })
    }

    /// Where files are gathered.
    pub fn new_files(&self) -> PathBuf {
        self.path.join("new")
    }

    /// Where those go that they replace.
    pub fn old_files(&self) -> PathBuf {
        self.path.join("old")
    }

    /// Leaves the folder where it is.
    pub fn leave(mut self) -> PathBuf {
        self.folder.take().map(tempfile::TempDir::keep);
        self.old_files()
    }

    /// A copy of what was gathered in a folder within another.
    pub fn copied<'p>(
        &self,
        into: &Path,
        prefix: &str,
        paths: impl Iterator<Item = &'p str>,
    ) -> io::Result<Self> {
        let copy = Self::new(into, prefix)?;
        for path in paths {
            let target = copy.new_files().join(path);
            fs::create_dir_all(target.parent().unwrap_or(&target))?;
            fs::copy(self.new_files().join(path), target)?;
        }
        Ok(copy)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let mut live = hold();
        live.remove(&self.path);
        drop(self.folder.take());
    }
}
