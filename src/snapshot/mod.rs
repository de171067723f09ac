//! The files of a dataset's repository at one moment: those of a folder, or those of a git revision
//! without a checkout. The only reader of the program, and the only home of git2.

mod changed;
mod folder;
mod git;
mod history;
mod index;
mod index_bytes;
mod packs;
mod part;
mod places;
mod reader;
mod releases;
mod replaced;
mod revision;
mod roots;
mod setup;
mod staged;
mod text_diff;
mod text_merge;
mod trailers;
mod tree;
mod tree_diff;
mod worktree;

pub use changed::{Changed, changed, changed_since};
pub use git::merge_base;
pub use history::{CommitId, History, Spot, Step};
pub use reader::{Content, Reader};
pub use releases::{Authors, Tag};
pub use revision::UNSHALLOW;
pub use roots::{find_root, find_root_at};
pub use setup::{configure, start_repository};
pub use text_diff::{Edit, edits, patch};
pub use text_merge::merge_texts;

use crate::error::Result;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// The folders of a repository that claimbook reads.
pub const FOLDERS: [&str; 3] = ["dataset", "schema", "templates"];

/// The file that makes a folder a dataset's repository.
pub const MARK: &str = "dataset/dataset.json";

/// How deep folders may nest below the root.
const MAX_DEPTH: usize = 24;

/// How many files a snapshot may hold.
const MAX_FILES: usize = 5_000_000;

/// A moment of a repository: a folder as it is now, git's index, or a revision.
#[derive(Clone, Debug)]
pub struct Moment {
    /// What it was called: a revision's name, `working tree` or `index`.
    pub name: String,
    store: Store,
    commit: Option<Commit>,
}

#[derive(Clone, Debug)]
enum Store {
    Folder(PathBuf),
    Tree {
        /// The repository's own folder.
        git_dir: PathBuf,
        /// The revision's whole tree.
        whole: git2::Oid,
        /// The tree at the dataset's root; none where that was not there.
        below: Option<git2::Oid>,
    },
    /// The repository's own folder, and where the dataset's root is in it.
    Index(PathBuf, String),
}

/// The files of a repository at one moment, in order of path.
#[derive(Debug)]
pub struct Snapshot {
    files: Vec<File>,
    moment: Moment,
    /// What stands in place of files, or beside them, by path.
    over: BTreeMap<String, String>,
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

impl File {
    /// What git calls its content; none for a file of a folder. Files with the same content have
    /// the same name.
    #[must_use]
    pub fn content(&self) -> Option<String> {
        self.id.map(|id| id.to_string())
    }
}

impl Moment {
    /// The folder `root`, as it is now.
    #[must_use]
    pub fn folder(root: &Path) -> Self {
        Self {
            name: "working tree".to_owned(),
            store: Store::Folder(root.to_owned()),
            commit: None,
        }
    }

    /// The revision `rev` of the repository that holds `root`, below `root`: anything
    /// `git rev-parse` takes, or `REV@{YYYY-MM-DD}` for the last commit of a day. Works without a
    /// work tree.
    ///
    /// # Errors
    /// Where there is no repository, git refuses it, or it does not know the revision.
    pub fn revision(root: &Path, rev: &str) -> Result<Self> {
        git::moment(root, rev)
    }

    /// What is staged for the next commit, below `root`.
    ///
    /// # Errors
    /// Where there is no repository, or it has no index.
    pub fn index(root: &Path) -> Result<Self> {
        git::index(root)
    }

    /// The commit it shows; none for a folder, the index, or a revision that names a tree.
    #[must_use]
    pub fn commit(&self) -> Option<&Commit> {
        self.commit.as_ref()
    }

    /// Its files.
    ///
    /// # Errors
    /// Where they cannot be listed.
    pub fn snapshot(self) -> Result<Snapshot> {
        let mut files = match &self.store {
            Store::Folder(root) => folder::list(root)?,
            Store::Tree { git_dir, below, .. } => git::list(git_dir, *below)?,
            Store::Index(git_dir, prefix) => git::list_index(git_dir, prefix)?,
        };
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(Snapshot { files, moment: self, over: BTreeMap::new() })
    }

    /// A snapshot of these of its files, in order of path.
    #[must_use]
    pub fn only(self, mut files: Vec<File>) -> Snapshot {
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Snapshot { files, moment: self, over: BTreeMap::new() }
    }

    /// Its files below one folder, in order of path.
    ///
    /// # Errors
    /// Where they cannot be listed.
    pub fn list(&self, folder: &str) -> Result<Vec<File>> {
        let mut files = match &self.store {
            Store::Folder(root) => folder::list_below(root, folder)?,
            Store::Tree { git_dir, below, .. } => part::list(git_dir, *below, folder)?,
            Store::Index(git_dir, prefix) => {
                let below = format!("{folder}/");
                let mut files = git::list_index(git_dir, prefix)?;
                files.retain(|file| file.path.starts_with(&below));
                files
            }
        };
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// The regular files in one folder that have one of these names.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn lookup(&self, folder: &str, names: &BTreeSet<String>) -> Result<Vec<File>> {
        match &self.store {
            Store::Folder(root) => Ok(folder::lookup(root, folder, names)),
            Store::Tree { git_dir, below, .. } => part::lookup(git_dir, *below, folder, names),
            Store::Index(..) => {
                let wanted = |file: &File| {
                    let name = file.path.strip_prefix(folder).and_then(|f| f.strip_prefix('/'));
                    file.kind == FileKind::Regular && name.is_some_and(|n| names.contains(n))
                };
                let mut files = self.list(folder)?;
                files.retain(wanted);
                Ok(files)
            }
        }
    }

    /// A reader of its files, for one thread.
    ///
    /// # Errors
    /// Where the repository can no longer be opened.
    pub fn reader(&self) -> Result<Reader<'_>> {
        Ok(match &self.store {
            Store::Folder(root) => Reader::Folder(root),
            Store::Tree { git_dir, .. } | Store::Index(git_dir, _) => {
                Reader::Git(git::open(git_dir)?)
            }
        })
    }
}

impl Snapshot {
    /// The files of the folder `root`, as they are now.
    ///
    /// # Errors
    /// Where the folder cannot be listed.
    pub fn folder(root: &Path) -> Result<Self> {
        Moment::folder(root).snapshot()
    }

    /// The files of a revision, as [`Moment::revision`] names it.
    ///
    /// # Errors
    /// As there.
    pub fn revision(root: &Path, rev: &str) -> Result<Self> {
        Moment::revision(root, rev)?.snapshot()
    }

    /// The same files, with some replaced or added, by path: how it would be if they were written.
    #[must_use]
    pub fn with(&self, texts: BTreeMap<String, String>) -> Self {
        let mut files = self.files.clone();
        for path in texts.keys() {
            let file = File { path: path.clone(), kind: FileKind::Regular, id: None };
            match files.binary_search_by(|other| other.path.cmp(path)) {
                Ok(at) => files[at] = file,
                Err(at) => files.insert(at, file),
            }
        }
        let mut over = self.over.clone();
        over.extend(texts);
        Self { files, moment: self.moment.clone(), over }
    }

    /// Every file, in order of path.
    #[must_use]
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The moment it shows.
    #[must_use]
    pub fn moment(&self) -> &Moment {
        &self.moment
    }

    /// The commit the snapshot shows; none for a folder, or a revision that names a tree.
    #[must_use]
    pub fn commit(&self) -> Option<&Commit> {
        self.moment.commit()
    }

    /// A reader of the files, for one thread.
    ///
    /// # Errors
    /// Where the repository can no longer be opened.
    pub fn reader(&self) -> Result<Reader<'_>> {
        let reader = self.moment.reader()?;
        if self.over.is_empty() {
            return Ok(reader);
        }
        Ok(Reader::Over(&self.over, Box::new(reader)))
    }
}
