//! Which files of a folder differ from a revision. Git's index remembers the size and the times
//! that each file had when its content was last known: where they are still the same, the content
//! need not be read.

use super::{
    Changed, File, FileKind,
    changed::side_by_side,
    git::{file, find_tree, missing, open, prefix},
    index::{self, Entry, Stat, Time},
    staged::{Staged, staged},
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
    let index = index::read(&bytes);
    let odb = repository.odb().map_err(|e| missing(&e, "a folder"))?;
    let Staged { same, other: mut before } = staged(&odb, below, &index, &folder)?;
    let known = Known { root, folder: folder.len(), written };
    let now = known.compare(&same, files, &mut before);
    before.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    let (mut found, mut doubtful) = (Vec::new(), Vec::new());
    for pair in side_by_side(&before, &now, |old, new| old.path.cmp(&new.path)) {
        match pair {
            (Some(old), Some(new)) if old.kind == new.kind => {
                doubtful.extend((old.kind == FileKind::Regular).then_some((old, *new)));
            }
            (old, new) => found.push(Changed::of(old, new.copied())),
        }
    }
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

/// By what the files of a folder are known to be as they were.
struct Known<'k> {
    root: &'k Path,
    /// How long the folder's path is, which stands before those of the index.
    folder: usize,
    /// When the index was written.
    written: Time,
}

impl Known<'_> {
    /// The files that are not surely as the index has them; what it has of them, and of files that are
    /// gone, goes to `before`.
    fn compare<'f>(
        &self,
        index: &[&Entry],
        files: &'f [File],
        before: &mut Vec<File>,
    ) -> Vec<&'f File> {
        let path = |entry: &Entry| entry.path[self.folder..].to_vec();
        let by_path =
            |entry: &&Entry, file: &File| entry.path[self.folder..].cmp(file.path.as_bytes());
        let pairs = side_by_side(index, files, by_path);
        let unsure: Vec<_> = pairs
            .par_chunks(512)
            .flat_map_iter(|chunk| {
                let mut folder = Folder::default();
                let unsure = chunk.iter().filter(move |pair| match pair {
                    (Some(entry), Some(file)) => {
                        file.kind != FileKind::Regular
                            || !folder.holds(self.root, &file.path, entry, self.written)
                    }
                    _ => true,
                });
                unsure.copied()
            })
            .collect();
        for entry in unsure.iter().filter_map(|(entry, _)| *entry) {
            let id = Oid::from_bytes(entry.id()).ok();
            let path = String::from_utf8(path(entry)).ok();
            before.extend(path.zip(id).map(|(path, id)| file(path, FileKind::Regular, id)));
        }
        unsure.into_iter().filter_map(|(_, file)| file).collect()
    }
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
        let end = memchr::memrchr(b'/', path.as_bytes());
        let (folder, name) = end.map_or(("", path), |end| (&path[..end], &path[end + 1..]));
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
