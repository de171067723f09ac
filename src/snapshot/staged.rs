//! What git's index has as a revision has it. Where its cache of trees says that a folder's entries make
//! just the tree that the revision has there, the tree is not looked into.

use super::{
    FOLDERS, File, FileKind, MAX_DEPTH,
    git::file,
    index::{Entries, Index},
    index_bytes::Cached,
    tree::{self, RawEntry},
};
use crate::error::Result;
use git2::{Odb, Oid};

/// A file of a revision, by what the index has of it.
pub enum Staged<'s, 'i> {
    /// A regular file that the index has as well; its path is UTF-8.
    Same(&'s Entries<'i>),
    /// What the index has otherwise, or not at all.
    Other(File),
}

/// Holds the index against a revision, and gives the revision's files, those that are the same in order of
/// path. `below` is the revision's tree at the dataset's root, and `folder` the root's path in the work
/// tree, with a slash behind where it is not empty.
pub fn staged(
    odb: &Odb,
    below: Oid,
    index: Option<&Index>,
    folder: &str,
    take: &mut dyn FnMut(Staged),
) -> Result<()> {
    fn inner<'c>(cached: Option<&'c Cached>, part: &str) -> Option<&'c Cached> {
        cached?.inner(part.as_bytes())
    }
    let cached = folder.split_terminator('/').fold(index.map(|index| &index.trees), inner);
    let tops = tree::raw(odb, below, |bytes| {
        FOLDERS.map(|name| {
            let entry = tree::find(bytes, name.as_bytes())?;
            Some((entry.is_folder(), entry.kind(), entry.id()?))
        })
    })?;
    let entries = index.and_then(Index::entries);
    let mut walk = Walk { odb, index, root: folder.len(), path: Vec::new(), entries, take };
    walk.next();
    for (name, top) in FOLDERS.into_iter().zip(tops) {
        match top {
            None => {}
            Some((false, kind, id)) => (walk.take)(Staged::Other(file(name.to_owned(), kind, id))),
            Some((true, _, id)) => {
                walk.path = format!("{folder}{name}/").into_bytes();
                walk.skip();
                walk.folder(id, inner(cached, name), 1)?;
            }
        }
    }
    Ok(())
}

/// A walk through a revision's tree and the index, side by side: both are in the same order.
struct Walk<'w, 'i> {
    odb: &'w Odb<'w>,
    index: Option<&'i Index>,
    /// How long the path of the dataset's root is.
    root: usize,
    /// Where the walk is; a slash ends a folder's path.
    path: Vec<u8>,
    /// The entries of the index; none after the last.
    entries: Option<Entries<'i>>,
    take: &'w mut dyn FnMut(Staged),
}

impl Walk<'_, '_> {
    fn folder(&mut self, tree: Oid, cached: Option<&Cached>, depth: usize) -> Result<()> {
        if let Some(cached) = cached
            && cached.tree == Some(tree)
            && depth + cached.height <= MAX_DEPTH
            && !self.index.is_none_or(|index| index.is_odd(&self.path))
        {
            while let Some(entry) = self.entries.as_ref()
                && entry.path.starts_with(&self.path)
            {
                (self.take)(Staged::Same(entry));
                self.next();
            }
            return Ok(());
        }
        let odb = self.odb;
        tree::raw(odb, tree, |bytes| {
            let mut entries = tree::entries(bytes);
            entries.try_for_each(|entry| self.entry(&entry, cached, depth))
        })?
    }

    fn entry(&mut self, entry: &RawEntry, cached: Option<&Cached>, depth: usize) -> Result<()> {
        let Some(id) = entry.id() else { return Ok(()) };
        let begin = self.path.len();
        self.path.extend_from_slice(entry.name);
        let named = std::str::from_utf8(entry.name).is_ok();
        if named && entry.is_folder() && depth < MAX_DEPTH {
            self.path.push(b'/');
            self.skip();
            self.folder(id, cached.and_then(|cached| cached.inner(entry.name)), depth + 1)?;
        } else {
            self.skip();
            let here = self.entries.as_ref().filter(|here| here.path == self.path);
            match here {
                Some(here) if named && entry.is_file() && here.id() == entry.object => {
                    (self.take)(Staged::Same(here));
                    self.next();
                }
                _ => {
                    let path = String::from_utf8_lossy(&self.path[self.root..]).into_owned();
                    let kind = if named { entry.kind() } else { FileKind::BadName };
                    (self.take)(Staged::Other(file(path, kind, id)));
                }
            }
        }
        self.path.truncate(begin);
        Ok(())
    }

    fn next(&mut self) {
        if self.entries.as_mut().is_some_and(|entries| entries.next().is_none()) {
            self.entries = None;
        }
    }

    /// Passes over entries before the path: the revision has them otherwise, or not at all.
    fn skip(&mut self) {
        while self.entries.as_ref().is_some_and(|entry| entry.path < self.path) {
            self.next();
        }
    }
}
