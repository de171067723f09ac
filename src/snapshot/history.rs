//! The history of a repository, as far as one record needs it: commits, where a path leads in each,
//! and what two of them differ in. Trees are compared by object id along the path, so that a commit
//! that did not touch the path costs next to nothing.

use super::{
    File, FileKind, MAX_DEPTH,
    git::{self, descend, file, find_tree, open, prefix},
    revision::{UNSHALLOW, resolve},
    tree::{self, Glance},
};
use crate::error::{Error, Result};
use git2::{Mailmap, Oid, Repository};
use std::{collections::BTreeSet, fmt, fs, path::Path};

/// The id of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CommitId(pub(super) Oid);

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A commit of a history.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its id.
    pub id: CommitId,
    /// When it was committed, in seconds since 1970.
    pub time: i64,
    /// The commits it follows.
    pub parents: Vec<CommitId>,
    /// Whether there are commits before it that this clone does not have.
    pub cut: bool,
    tree: Oid,
}

impl Step {
    /// The id of its tree.
    pub(super) fn tree_id(&self) -> Oid {
        self.tree
    }
}

/// Where a file stands in a commit, or would: the object ids along its path, those of folders before its
/// own, as far as it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The path from the dataset's root.
    pub path: String,
    /// Whether there is a file.
    pub there: bool,
    ids: Vec<Oid>,
}

impl Spot {
    /// Whether two spots hold the same bytes.
    #[must_use]
    pub fn same_bytes(&self, other: &Self) -> bool {
        self.there == other.there && self.ids.last() == other.ids.last()
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> File {
        File { path: self.path.clone(), kind: FileKind::Regular, id: self.ids.last().copied() }
    }
}

/// What may make something of a file, given its name and what gives the file itself.
pub type Take<'t, T> = dyn FnMut(&str, &dyn Fn() -> File) -> Result<Option<T>> + 't;

/// A repository's commits.
pub struct History {
    pub(super) repository: Repository,
    /// Where the dataset's root is in it.
    prefix: String,
    shallow: BTreeSet<Oid>,
    pub(super) mailmap: Option<Mailmap>,
}

impl History {
    /// The history of the repository that holds `root`.
    ///
    /// # Errors
    /// Where there is no repository, or git refuses it.
    pub fn open(root: &Path) -> Result<Self> {
        let repository = open(root)?;
        let prefix = prefix(&repository, root)?;
        let list = fs::read_to_string(repository.commondir().join("shallow")).unwrap_or_default();
        let shallow = list.lines().filter_map(|line| Oid::from_str(line.trim()).ok()).collect();
        let mailmap = repository.mailmap().ok();
        Ok(Self { repository, prefix, shallow, mailmap })
    }

    /// The commit that `rev` names, as for [`Moment::revision`](super::Moment::revision).
    ///
    /// # Errors
    /// Where git does not know it, or it is no commit.
    pub fn tip(&self, rev: &str) -> Result<CommitId> {
        let (commit, _) = resolve(&self.repository, rev)?;
        let id = commit.and_then(|commit| Oid::from_str(&commit.id).ok());
        id.map(CommitId).ok_or_else(|| {
            Error::new(format!("`{rev}` is no commit")).hint("history is that of commits")
        })
    }

    /// A commit.
    ///
    /// # Errors
    /// Where git does not have it.
    pub fn step(&self, id: CommitId) -> Result<Step> {
        let commit = self.commit(id)?;
        let cut = self.shallow.contains(&id.0);
        Ok(Step {
            id,
            time: commit.time().seconds(),
            parents: if cut { Vec::new() } else { commit.parent_ids().map(CommitId).collect() },
            cut,
            tree: commit.tree_id(),
        })
    }

    /// Who wrote a commit, by the repository's `.mailmap`, and the first line of its message.
    ///
    /// # Errors
    /// Where git does not have it.
    pub fn words(&self, id: CommitId) -> Result<(String, String)> {
        let commit = self.commit(id)?;
        let mapped = self.mailmap.as_ref().and_then(|map| commit.author_with_mailmap(map).ok());
        let author = mapped.unwrap_or_else(|| commit.author().to_owned());
        let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok((words(author.name_bytes()), words(commit.summary_bytes().unwrap_or_default())))
    }

    pub(super) fn commit(&self, id: CommitId) -> Result<git2::Commit<'_>> {
        self.repository.find_commit(id.0).map_err(|e| {
            let none = Error::new(format!("git has no commit {id}: {}", e.message()));
            none.hint(if self.shallow.is_empty() { git::DAMAGED } else { UNSHALLOW })
        })
    }

    /// The file at `path` in a commit; `near` is where it stands in a commit nearby.
    ///
    /// # Errors
    /// Where git does not have a folder.
    pub fn spot(&self, step: &Step, path: &str, near: Option<&Spot>) -> Result<Option<Spot>> {
        let spot = self.lead(step, path, near.filter(|near| near.path == path))?;
        Ok(Some(spot).filter(|spot| spot.there))
    }

    /// Where the path of a spot in a commit nearby leads in this one.
    ///
    /// # Errors
    /// Where git does not have a folder.
    pub fn same_path(&self, step: &Step, near: &Spot) -> Result<Spot> {
        self.lead(step, &near.path, Some(near))
    }

    fn lead(&self, step: &Step, path: &str, near: Option<&Spot>) -> Result<Spot> {
        let mut spot = Spot { path: path.to_owned(), there: true, ids: vec![step.tree] };
        let whole = self.below(path);
        let mut parts = whole.split('/').peekable();
        while let Some(part) = parts.next() {
            let at = spot.ids.len() - 1;
            // From the first folder that is the same on, everything is.
            if let Some(near) = near.filter(|near| near.ids.get(at) == spot.ids.last()) {
                spot.ids.extend_from_slice(&near.ids[at + 1..]);
                spot.there = near.there;
                break;
            }
            let inner = parts.peek().is_some();
            let id = self.raw(spot.ids[at], |bytes| {
                let entry = tree::find(bytes, part.as_bytes())?;
                let fits = if inner { entry.is_folder() } else { entry.is_file() };
                entry.id().filter(|_| fits)
            })?;
            spot.there = id.is_some();
            let Some(id) = id else { break };
            spot.ids.push(id);
        }
        Ok(spot)
    }

    /// The first regular file below a folder of the dataset's root in a commit that `take` has an
    /// answer for, which is given its name and what gives the file. Of files whose names do not
    /// end in one of `ends`, it may be given none.
    ///
    /// # Errors
    /// Where git does not have a folder, or `take` fails.
    pub fn search<T>(
        &self,
        step: &Step,
        folder: &str,
        ends: &[&str],
        take: &mut Take<T>,
    ) -> Result<Option<T>> {
        let tree = find_tree(&self.repository, step.tree)?;
        match descend(&self.repository, tree, &self.below(folder))? {
            Some(tree) => self.gather(tree.id(), folder, &Glance::new(ends), take),
            None => Ok(None),
        }
    }

    fn gather<T>(
        &self,
        tree: Oid,
        folder: &str,
        glance: &Glance,
        take: &mut Take<T>,
    ) -> Result<Option<T>> {
        let mut folders = Vec::new();
        let found = self.raw(tree, |bytes| -> Result<Option<T>> {
            if !glance.at(bytes) {
                return Ok(None);
            }
            for entry in tree::entries(bytes) {
                let Ok(name) = std::str::from_utf8(entry.name) else { continue };
                let path = || format!("{folder}/{name}");
                match entry.id() {
                    Some(id) if entry.is_folder() => folders.push((path(), id)),
                    Some(id) if entry.is_file() => {
                        let found = take(name, &|| file(path(), FileKind::Regular, id))?;
                        if found.is_some() {
                            return Ok(found);
                        }
                    }
                    _ => {}
                }
            }
            Ok(None)
        })??;
        let deep = folder.split('/').count() >= MAX_DEPTH;
        let mut inner = folders.iter().filter(|_| !deep);
        match found {
            Some(found) => Ok(Some(found)),
            None => {
                let mut found = |(path, id): &(String, Oid)| self.gather(*id, path, glance, take);
                inner.find_map(|folder| found(folder).transpose()).transpose()
            }
        }
    }

    /// The path, in the repository, of what is below the dataset's root.
    pub(super) fn below(&self, path: &str) -> String {
        match self.prefix.as_str() {
            "" => path.to_owned(),
            prefix => format!("{prefix}/{path}"),
        }
    }

    /// Where a file stands, given the path in the repository and the object ids along it.
    pub(super) fn spot_of(&self, path: &str, ids: Vec<Oid>) -> Spot {
        let below = path.strip_prefix(&self.prefix).unwrap_or(path);
        Spot { path: below.trim_start_matches('/').to_owned(), there: true, ids }
    }

    /// What `look` makes of the bytes of a tree.
    pub(super) fn raw<T>(&self, tree: Oid, look: impl FnOnce(&[u8]) -> T) -> Result<T> {
        let odb = self.repository.odb().map_err(|e| git::missing(&e, "a folder"))?;
        tree::raw(&odb, tree, look)
    }

    /// The bytes of a file of at most `limit` bytes; none where it is larger.
    ///
    /// # Errors
    /// Where git does not have them.
    pub fn read(&self, file: &File, limit: usize) -> Result<Option<Vec<u8>>> {
        Ok(match git::read(&self.repository, file, limit)? {
            super::Content::Bytes(bytes) => Some(bytes),
            super::Content::TooLarge => None,
        })
    }
}
