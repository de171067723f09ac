//! What commits took away: files of the one before that a commit has no more, or not as they were.

use super::{
    File, FileKind, MAX_DEPTH, Step,
    git::file,
    history::History,
    tree::{self, RawEntry},
};
use crate::error::Result;
use git2::Oid;
use std::{collections::BTreeMap, rc::Rc};

/// What may make something of a file that one of many commits took away, given which.
pub type Take<'t> = dyn FnMut(usize, File) -> Result<()> + 't;

/// The trees at one path in two commits that follow each other; none where the later has none.
struct Pair {
    /// Which of the pairs of commits.
    at: usize,
    old: Oid,
    new: Option<Oid>,
}

impl History {
    /// Gives the regular files below a folder of the dataset's root that each of many pairs of
    /// commits, old and new, has with other bytes in the new one or not at all.
    ///
    /// Folder after folder, each through all the commits, since git keeps the versions of a folder as
    /// changes to one another.
    ///
    /// # Errors
    /// Where git does not have a folder, or `take` fails.
    pub fn replaced(&self, steps: &[(&Step, &Step)], folder: &str, take: &mut Take) -> Result<()> {
        let pair = |(at, (old, new)): (usize, &(&Step, &Step))| Pair {
            at,
            old: old.tree_id(),
            new: Some(new.tree_id()),
        };
        let mut pairs: Vec<Pair> = steps.iter().enumerate().map(pair).collect();
        for part in self.below(folder).split('/') {
            let mut inner = Vec::new();
            self.each(&pairs, |at, old, new| {
                let next = |bytes: &[u8]| {
                    let entry = tree::find(bytes, part.as_bytes()).filter(RawEntry::is_folder);
                    entry.and_then(|entry| entry.id())
                };
                inner.extend(next(old).map(|old| Pair { at, old, new: next(new) }));
            })?;
            pairs = inner;
        }
        self.gone(&pairs, folder, folder.split('/').count(), take)
    }

    fn gone(&self, pairs: &[Pair], folder: &str, depth: usize, take: &mut Take) -> Result<()> {
        if depth >= MAX_DEPTH {
            return Ok(());
        }
        let mut files = Vec::new();
        let mut folders: BTreeMap<String, Vec<Pair>> = BTreeMap::new();
        self.each(pairs, |at, old, new| {
            let mut rest = new;
            for entry in tree::entries(old) {
                // Most are as they were.
                if let Some(after) = rest.strip_prefix(entry.bytes) {
                    rest = after;
                    continue;
                }
                // Both are in order.
                let past = |other: &RawEntry| other.is_before(&entry);
                while let Some(other) = tree::entries(rest).next().filter(past) {
                    rest = &rest[other.bytes.len()..];
                }
                let other = tree::entries(rest).next().filter(|other| other.name == entry.name);
                rest = &rest[other.map_or(0, |other| other.bytes.len())..];
                let other = other.filter(|other| other.is_folder() == entry.is_folder());
                if other.is_some_and(|other| other.is_same(&entry)) {
                    continue;
                }
                let (Some(old), Ok(name)) = (entry.id(), std::str::from_utf8(entry.name)) else {
                    continue;
                };
                let path = format!("{folder}/{name}");
                if entry.is_folder() {
                    let new = other.and_then(|other| other.id());
                    folders.entry(path).or_default().push(Pair { at, old, new });
                } else if entry.is_file() {
                    files.push((at, file(path, FileKind::Regular, old)));
                }
            }
        })?;
        for (at, file) in files {
            take(at, file)?;
        }
        folders.iter().try_for_each(|(path, pairs)| self.gone(pairs, path, depth + 1, take))
    }

    /// Gives the bytes of both trees of the pairs that differ, none for one that is not there.
    fn each(&self, pairs: &[Pair], mut look: impl FnMut(usize, &[u8], &[u8])) -> Result<()> {
        let read = |id: Oid| self.raw(id, |bytes| Rc::<[u8]>::from(bytes));
        // What is old to a commit is often new to the one before.
        let mut last: Option<(Oid, Rc<[u8]>)> = None;
        for Pair { at, old, new } in pairs.iter().filter(|pair| pair.new != Some(pair.old)) {
            let after = match (new, last) {
                (None, _) => Rc::default(),
                (Some(new), Some((id, bytes))) if id == *new => bytes,
                (Some(new), _) => read(*new)?,
            };
            let before = read(*old)?;
            look(*at, &before, &after);
            last = Some((*old, before));
        }
        Ok(())
    }
}
