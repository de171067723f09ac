//! The files of a dataset's repository at one moment: those of a folder, or those of a git revision
//! without a checkout. The only reader of the program, and the only home of git2.

mod folder;
mod git;

use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// The folders of a repository that claimbook reads.
pub const FOLDERS: [&str; 3] = ["dataset", "schema", "templates"];

/// The file that makes a folder a dataset's repository.
pub const MARK: &str = "dataset/dataset.json";

/// How deep folders may nest below the root.
const MAX_DEPTH: usize = 24;

/// How many files a snapshot may hold.
const MAX_FILES: usize = 5_000_000;

/// The files of a repository at one moment, in order of path.
#[derive(Debug)]
pub struct Snapshot {
    files: Vec<File>,
    store: Store,
    commit: Option<Commit>,
}

/// A commit that a snapshot shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its object id, in hexadecimal.
    pub id: String,
    /// When it was committed, in seconds since 1970.
    pub time: i64,
}

/// One file of a snapshot.
#[derive(Clone, Debug)]
pub struct File {
    /// The path from the root, with `/`.
    pub path: String,
    /// What it is.
    pub kind: FileKind,
    id: Option<git2::Oid>,
}

/// What a path of a snapshot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A file with bytes.
    Regular,
    /// A symbolic link, which is not followed.
    Symlink,
    /// A git submodule, which is not read.
    Submodule,
    /// A path whose name is not UTF-8; the path shows it with replacements.
    BadName,
    /// A socket, a device, or a folder too deep.
    Other,
}

#[derive(Debug)]
enum Store {
    Folder(PathBuf),
    Git(PathBuf),
}

impl Snapshot {
    /// The files of the folder `root`, as they are now.
    ///
    /// # Errors
    /// Where the folder cannot be listed.
    pub fn folder(root: &Path) -> Result<Self> {
        let mut files = folder::list(root)?;
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files, store: Store::Folder(root.to_owned()), commit: None })
    }

    /// The files of the revision `rev` (anything `git rev-parse` takes) of the repository that
    /// holds `root`, below `root`. Works without a work tree.
    ///
    /// # Errors
    /// Where there is no repository, git refuses it, or it does not know the revision.
    pub fn revision(root: &Path, rev: &str) -> Result<Self> {
        let (git_dir, commit, mut files) = git::list(root, rev)?;
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files, store: Store::Git(git_dir), commit })
    }

    /// Every file, in order of path.
    #[must_use]
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The commit the snapshot shows; none for a folder, or a revision that names a tree.
    #[must_use]
    pub fn commit(&self) -> Option<&Commit> {
        self.commit.as_ref()
    }

    /// A reader of the files, for one thread.
    ///
    /// # Errors
    /// Where the repository can no longer be opened.
    pub fn reader(&self) -> Result<Reader<'_>> {
        Ok(match &self.store {
            Store::Folder(root) => Reader::Folder(root),
            Store::Git(git_dir) => Reader::Git(git::open(git_dir)?),
        })
    }
}

/// Reads the files of a snapshot.
pub enum Reader<'s> {
    /// From a folder.
    Folder(&'s Path),
    /// From git's object database.
    Git(git2::Repository),
}

/// The bytes of a file, or why there are none.
pub enum Content {
    /// All of them.
    Bytes(Vec<u8>),
    /// The file holds more than the limit.
    TooLarge,
}

impl Reader<'_> {
    /// Reads a regular file of at most `limit` bytes.
    ///
    /// # Errors
    /// Where the file is gone or may not be read.
    pub fn read(&self, file: &File, limit: usize) -> Result<Content> {
        match self {
            Self::Folder(root) => folder::read(&root.join(&file.path), limit)
                .map_err(|e| Error::new(format!("cannot read {}: {e}", file.path))),
            Self::Git(repository) => git::read(repository, file, limit),
        }
    }
}

/// The nearest folder at or above `start` that holds `dataset/dataset.json`.
#[must_use]
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(MARK).is_file()).map(Path::to_owned)
}

/// The folder below which `dataset/dataset.json` stands at revision `rev`, looking upward from
/// `start`; for a bare repository, the repository itself.
///
/// # Errors
/// Where there is no repository, git refuses it, it does not know the revision, or the revision
/// has no dataset.
pub fn find_root_at(start: &Path, rev: &str) -> Result<PathBuf> {
    git::find_root(start, rev)
}
