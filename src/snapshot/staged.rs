//! What git's index has as a revision has it. Where its cache of trees says that a folder's entries make
//! just the tree that the revision has there, neither is looked into.

use super::{
    FOLDERS, File, FileKind, MAX_DEPTH,
    git::file,
    index::{Cached, Entry, Index},
    tree::{self, RawEntry},
};
use crate::error::Result;
use git2::{Odb, Oid};

/// The files of a revision, by what the index has of them.
#[derive(Default)]
pub struct Staged<'i, 'b> {
    /// The entries of regular files that are as in the revision, in order of path, which is UTF-8.
    pub same: Vec<&'i Entry<'b>>,
    /// What the revision has otherwise, or the index not at all.
    pub other: Vec<File>,
}

/// Holds the index against a revision; `below` is its tree at the dataset's root, and `folder` the root's
/// path in the work tree, with a slash behind where it is not empty.
pub fn staged<'i, 'b>(
    odb: &Odb,
    below: Option<Oid>,
    index: &'i Index<'b>,
    folder: &str,
) -> Result<Staged<'i, 'b>> {
    let Some(below) = below else { return Ok(Staged::default()) };
    let mut found = Staged { same: Vec::with_capacity(index.entries.len()), other: Vec::new() };
    let parts = folder.split_terminator('/');
    let inner = |cached: Option<&'i Cached<'b>>, part: &str| cached?.inner(part.as_bytes());
    let cached = parts.fold(index.trees.as_ref(), inner);
    let tops = tree::raw(odb, below, |bytes| {
        FOLDERS.map(|name| {
            let entry = tree::find(bytes, name.as_bytes())?;
            Some((entry.is_folder(), entry.kind(), entry.id()?))
        })
    })?;
    for (name, top) in FOLDERS.into_iter().zip(tops) {
        match top {
            None => {}
            Some((false, kind, id)) => found.other.push(file(name.to_owned(), kind, id)),
            Some((true, _, id)) => {
                let path = format!("{folder}{name}/").into_bytes();
                let before = |entry: &Entry| entry.path[..] < path[..];
                let rest = &index.entries[index.entries.partition_point(before)..];
                let mut walk = Walk { odb, root: folder.len(), path, rest, found };
                walk.folder(id, inner(cached, name), 1)?;
                found = walk.found;
            }
        }
    }
    Ok(found)
}

/// A walk through a revision's tree and the index, side by side: both are in the same order.
struct Walk<'w, 'i, 'b> {
    odb: &'w Odb<'w>,
    /// How long the path of the dataset's root is.
    root: usize,
    /// Where the walk is; a slash ends a folder's path.
    path: Vec<u8>,
    /// The entries that are still to come.
    rest: &'i [Entry<'b>],
    found: Staged<'i, 'b>,
}

impl Walk<'_, '_, '_> {
    fn folder(&mut self, tree: Oid, cached: Option<&Cached>, depth: usize) -> Result<()> {
        let known = cached.and_then(|cached| Some((cached.tree?, cached.height)));
        if let Some(((id, count), height)) = known
            && id == tree.as_bytes()
            && depth + height <= MAX_DEPTH
            && self.holds(count)
        {
            let (all, rest) = self.rest.split_at(count);
            self.found.same.extend(all);
            self.rest = rest;
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
            let here = self.rest.split_first().filter(|(first, _)| first.path[..] == self.path[..]);
            match here {
                Some((first, rest)) if named && entry.is_file() && first.id() == entry.object => {
                    self.found.same.push(first);
                    self.rest = rest;
                }
                _ => {
                    let path = String::from_utf8_lossy(&self.path[self.root..]).into_owned();
                    let kind = if named { entry.kind() } else { FileKind::BadName };
                    self.found.other.push(file(path, kind, id));
                }
            }
        }
        self.path.truncate(begin);
        Ok(())
    }

    /// Whether so many entries, and no more, are in the folder, and all have a name to go by.
    fn holds(&self, count: usize) -> bool {
        let inside = |entry: &Entry| entry.path.starts_with(&self.path);
        let Some((all, rest)) = self.rest.split_at_checked(count) else { return false };
        all.last().is_none_or(inside)
            && !rest.first().is_some_and(inside)
            && all.iter().all(|entry| std::str::from_utf8(&entry.path).is_ok())
    }

    /// Passes over entries before the path: the revision has them otherwise, or not at all.
    fn skip(&mut self) {
        while let Some((first, rest)) = self.rest.split_first()
            && first.path[..] < self.path[..]
        {
            self.rest = rest;
        }
    }
}
