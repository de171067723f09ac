//! Which files of a folder differ from a revision. Git's index remembers the size and the times
//! that each file had when its content was last known: where they are still the same, the content
//! need not be read.

use super::{
    Changed, FOLDERS, File, FileKind, MAX_DEPTH, MAX_FILES,
    changed::side_by_side,
    git::{file, find_tree, list, open, prefix},
    index::{self, Entry, Index, Stat, Time},
};
use crate::error::{Error, Result};
use git2::{ObjectType, Oid, Patch, Repository};
use rayon::prelude::*;
use std::{collections::BTreeSet, fs, path::Path};

/// The paths that differ between a revision and the folder `root`, whose files are `files`, in
/// order of path; what is no regular file on either side is among them. `whole` is the revision's
/// tree, `below` the part of it that belongs to the folder.
pub fn changed(
    git_dir: &Path,
    whole: Oid,
    below: Option<Oid>,
    root: &Path,
    files: &[File],
) -> Result<Vec<Changed>> {
    let repository = open(git_dir)?;
    if repository.workdir().is_none() {
        return Err(super::changed::bare(git_dir));
    }
    let prefix = prefix(&repository, root)?;
    // Without an index every file is read.
    let path = repository.path().join("index");
    let bytes = fs::read(&path).unwrap_or_default();
    let written = fs::metadata(&path).map(|at| index::modified(&at)).unwrap_or_default();
    let slash = if prefix.is_empty() { "" } else { "/" };
    let folder = format!("{prefix}{slash}");
    let known = |entry: &Entry| entry.path.starts_with(folder.as_bytes());
    let Index { mut entries, tree } = index::read(&bytes);
    entries.retain(known);
    let listed = if tree == Some(whole) { as_listed(&entries, &folder) } else { None };
    let before = match listed {
        Some(files) => files,
        None => {
            let mut files = list(git_dir, below)?;
            files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
            files
        }
    };
    let (mut found, mut both) = (Vec::new(), Vec::new());
    for pair in side_by_side(&before, files, |old, new| old.path.cmp(&new.path)) {
        match pair {
            (Some(old), Some(new)) if old.kind == new.kind => {
                both.extend((old.kind == FileKind::Regular).then_some((old, new)));
            }
            (old, new) => found.push(Changed::of(old, new)),
        }
    }
    let by_path = |(old, _): &(&File, &File), entry: &Entry| {
        old.path.as_bytes().cmp(&entry.path[folder.len()..])
    };
    let looked: Vec<(&File, &File, Option<&Entry>)> = side_by_side(&both, &entries, by_path)
        .into_iter()
        .filter_map(|(both, entry)| both.map(|(old, new)| (*old, *new, entry)))
        .collect();
    let doubtful: Vec<(&File, &File)> = looked
        .par_chunks(512)
        .flat_map_iter(|chunk| {
            let mut folder = Folder::default();
            let doubtful = chunk.iter().filter(|(old, new, entry)| {
                !entry.is_some_and(|entry| {
                    let known = Some(entry.id) == old.id;
                    known && folder.holds(root, &new.path, entry, written)
                })
            });
            doubtful.map(|(old, new, _)| (*old, *new)).collect::<Vec<_>>()
        })
        .collect();
    let compared: Vec<(Changed, Content)> = doubtful
        .par_iter()
        .map(|(old, new)| (Changed::of(Some(old), Some(new)), content(&root.join(&new.path), old)))
        .collect();
    let mut unsure = Vec::new();
    for (change, content) in compared {
        match content {
            Content::Same => {}
            Content::Other => found.push(change),
            Content::Ends => unsure.push(change),
        }
    }
    found.extend(differing(&repository, whole, &folder, unsure)?);
    found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// The files below a folder as [`list`] tells them of the tree that the index stands for, in order of
/// path; none where a path is one that it looks at closer.
fn as_listed(entries: &[Entry], folder: &str) -> Option<Vec<File>> {
    let mut files = Vec::with_capacity(entries.len());
    for entry in entries {
        let path = std::str::from_utf8(&entry.path[folder.len()..]).ok()?;
        let (first, _) = path.split_once('/').unwrap_or((path, ""));
        if FOLDERS.contains(&first) {
            if path.bytes().filter(|byte| *byte == b'/').count() >= MAX_DEPTH {
                return None;
            }
            files.push(file(path.to_owned(), FileKind::Regular, entry.id));
        }
    }
    (files.len() <= MAX_FILES).then_some(files)
}

/// The folder that was looked into last: files of one folder are looked at one after the other.
#[derive(Default)]
struct Folder {
    #[cfg(unix)]
    open: Option<(String, rustix::fd::OwnedFd)>,
}

impl Folder {
    /// Whether a file surely holds what is known of it.
    #[cfg(unix)]
    fn holds(&mut self, root: &Path, path: &str, entry: &Entry, written: Time) -> bool {
        use rustix::fs::{AtFlags, FileType, Mode, OFlags, open, statat};
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if self.open.as_ref().is_none_or(|(open, _)| open != folder) {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            let opened = open(root.join(folder), flags, Mode::empty()).ok();
            self.open = opened.map(|opened| (folder.to_owned(), opened));
        }
        let Some((_, open)) = &self.open else { return false };
        statat(open, name, AtFlags::SYMLINK_NOFOLLOW).is_ok_and(|at| {
            FileType::from_raw_mode(at.st_mode) == FileType::RegularFile
                && entry.knows(Stat::of(&at), written)
        })
    }

    #[cfg(not(unix))]
    fn holds(&mut self, root: &Path, path: &str, entry: &Entry, written: Time) -> bool {
        fs::symlink_metadata(root.join(path))
            .is_ok_and(|at| at.is_file() && entry.knows(Stat::of(&at), written))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Same,
    Other,
    /// Other bytes, and lines that end in CRLF: to git it may be the same.
    Ends,
}

/// How the content of a file compares with what it was.
fn content(path: &Path, old: &File) -> Content {
    let Ok(bytes) = fs::read(path) else { return Content::Other };
    if Oid::hash_object(ObjectType::Blob, &bytes).ok() == old.id {
        return Content::Same;
    }
    if bytes.windows(2).any(|two| two == b"\r\n") { Content::Ends } else { Content::Other }
}

/// Those of the paths that differ to git, which may turn the ends of lines around.
fn differing(
    repository: &Repository,
    whole: Oid,
    folder: &str,
    mut unsure: Vec<Changed>,
) -> Result<Vec<Changed>> {
    if unsure.is_empty() {
        return Ok(unsure);
    }
    let failed = |e: git2::Error| {
        Error::new(format!("cannot compare with the working tree: {}", e.message()))
    };
    let full = |path: &str| format!("{folder}{path}");
    let mut options = git2::DiffOptions::new();
    options.skip_binary_check(true).disable_pathspec_match(true).force_text(true);
    for change in &unsure {
        options.pathspec(full(&change.path));
    }
    let tree = find_tree(repository, whole)?;
    let diff = repository
        .diff_tree_to_workdir_with_index(Some(&tree), Some(&mut options))
        .map_err(failed)?;
    let mut differs: BTreeSet<Vec<u8>> = BTreeSet::new();
    for (i, delta) in diff.deltas().enumerate() {
        let patch = Patch::from_diff(&diff, i).map_err(failed)?;
        if patch.is_some_and(|patch| patch.num_hunks() > 0) {
            differs.extend(delta.new_file().path_bytes().map(<[u8]>::to_vec));
        }
    }
    unsure.retain(|change| differs.contains(full(&change.path).as_bytes()));
    Ok(unsure)
}
