//! Files that get into a folder, all or none.

use super::{
    Counted, Fill, Sink, Written, buffered, each, inside,
    list::{self, Fits, LIST},
    place::{Failure, place},
    staging::{self, Staging},
    there::There,
};
use crate::error::{Error, Result};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

/// A folder that gets the files when all of them are written, and none before.
pub struct Folder {
    /// As it was named.
    named: PathBuf,
    out: PathBuf,
    fits: Fits,
    staging: Staging,
    gathered: Branch,
}

impl Folder {
    /// Prepares to publish into `out`, beside which the files are gathered first, or in which where
    /// that cannot be. `fits` tells the list of files that were published there before from those of
    /// others.
    ///
    /// # Errors
    /// Where `out` is no folder, or cannot be written to.
    pub fn new(out: &Path, fits: Fits) -> Result<Self> {
        let named = out.display();
        let failed = |e: io::Error| Error::new(format!("cannot publish into {named}: {e}"));
        let real = resolve(out).map_err(failed)?;
        let there = real.exists();
        if there && !real.is_dir() {
            return Err(Error::new(format!("{named} is no folder")));
        }
        let beside = match real.parent() {
            None => Err(io::Error::other("it is no folder in another")),
            Some(parent) => {
                fs::create_dir_all(parent).and_then(|()| Staging::new(parent, &prefix(&real)))
            }
        };
        let staging = beside
            .or_else(|e| if there { Staging::new(&real, &prefix(&real)) } else { Err(e) })
            .map_err(failed)?;
        Ok(Self::gathering(out.to_owned(), real, fits, staging))
    }

    /// Prepares to gather files that are only looked at, and go nowhere.
    ///
    /// # Errors
    /// Where there is no room for them.
    pub fn nowhere() -> Result<Self> {
        let staging = Staging::anywhere()
            .map_err(|e| Error::new(format!("cannot make a folder for a while: {e}")))?;
        let out = staging.old_files().join("nowhere");
        Ok(Self::gathering(out.clone(), out, Box::new(|_| false), staging))
    }

    fn gathering(named: PathBuf, out: PathBuf, fits: Fits, staging: Staging) -> Self {
        let gathered = Branch::new(&staging.new_files());
        Self { named, out, fits, staging, gathered }
    }

    /// The folder in which the files are gathered.
    #[must_use]
    pub fn gathered(&self) -> &Path {
        &self.gathered.folder
    }

    /// Puts the files in place of what was published there before. Whatever others have there stays
    /// as it is.
    ///
    /// # Errors
    /// Where a file of others is in the way, one of ours was changed, or one cannot be put in place;
    /// the folder is then as it was.
    pub fn finish(self) -> Result<Vec<String>> {
        let Self { named, out, fits, mut staging, gathered } = self;
        let failed =
            |e: io::Error| Error::new(format!("cannot publish into {}: {e}", named.display()));
        let files: Vec<String> = gathered.written.keys().cloned().collect();
        let sums = gathered.written.iter().map(|(path, file)| (path, &file.sha256));
        fs::write(gathered.folder.join(LIST), list::text(sums)).map_err(failed)?;
        open_to_all(&gathered.folder).map_err(failed)?;
        let there = There::look(&out, &fits, &gathered.written).map_err(failed)?;
        if let Some(obstacle) = there.obstacle(&out, &named, &files).map_err(failed)? {
            return Err(obstacle);
        }
        let mut placed = place(&staging, &out, &there);
        if let Err(Failure { error, torn: false }) = &placed
            && error.kind() == ErrorKind::CrossesDevices
        {
            // Something is mounted there: what is beside it cannot be moved into it.
            let all = files.iter().map(String::as_str).chain([LIST]);
            staging = staging.copied(&out, &prefix(&out), all).map_err(failed)?;
            open_to_all(&staging.new_files()).map_err(failed)?;
            placed = place(&staging, &out, &there);
        }
        if let Err(Failure { error, torn }) = placed {
            let error = failed(error);
            return Err(if torn {
                let kept = staging.leave();
                error.hint(format!("it could not be put back: files are in {}", kept.display()))
            } else {
                error
            });
        }
        Ok(files)
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
        Some(Branch::new(self.gathered()))
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
            let _held = staging::hold();
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

/// How the names of folders begin in which files are gathered for another.
fn prefix(out: &Path) -> String {
    format!(".{}-", out.file_name().unwrap_or_default().to_string_lossy())
}

/// Where a folder is, or would be, without symbolic links on the way.
///
/// # Errors
/// Where it cannot be told, such as for a link to a folder that is not there.
pub fn resolve(out: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(out) {
        Err(e) if e.kind() == ErrorKind::NotFound => {
            let plain: PathBuf = out.components().collect();
            if fs::symlink_metadata(&plain).is_ok() {
                let words = format!("{} is a symbolic link to what is not there", plain.display());
                return Err(io::Error::other(words));
            }
            let name = plain.file_name().ok_or(e)?;
            let parent = plain.parent().filter(|parent| !parent.as_os_str().is_empty());
            Ok(resolve(parent.unwrap_or(Path::new(".")))?.join(name))
        }
        found => found,
    }
}

/// Gives every file and folder that was gathered the usual permissions, whatever the umask.
fn open_to_all(folder: &Path) -> io::Result<()> {
    open_folder(folder)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            open_to_all(&entry.path())?;
        } else {
            open_file(&entry.path())?;
        }
    }
    Ok(())
}

pub fn open_folder(path: &Path) -> io::Result<()> {
    mode(path, 0o755)
}

pub fn open_file(path: &Path) -> io::Result<()> {
    mode(path, 0o644)
}

#[cfg(unix)]
fn mode(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
fn mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
