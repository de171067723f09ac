//! Which files of a folder differ from a revision. Git's index remembers the size and the times
//! that each file had when its content was last known: where they are still the same, the content
//! need not be read.

use super::{
    Changed, File, FileKind,
    changed::side_by_side,
    git::{file, find_tree, missing, open, prefix},
    index::{Entries, Index, Stat, Time},
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
    let slash = if prefix.is_empty() { "" } else { "/" };
    let folder = format!("{prefix}{slash}");
    // Without an index every file is read.
    let index = Index::open(&repository.path().join("index"));
    let odb = repository.odb().map_err(|e| missing(&e, "a folder"))?;
    let written = index.as_ref().map(|index| index.written).unwrap_or_default();
    let mut known = Known::new(root, written, files);
    if let Some(below) = below {
        staged(&odb, below, index.as_ref(), &folder, &mut |file| match file {
            Staged::Same(entry) => known.take(&entry.path[folder.len()..], entry),
            Staged::Other(file) => known.before.push(file),
        })?;
    }
    let (mut before, mut now) = known.unsure();
    now.sort_unstable_by(|a, b| a.path.cmp(&b.path));
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

/// Sorts out the files of a folder that are known to be as they were.
struct Known<'k> {
    root: &'k Path,
    /// When the index was written.
    written: Time,
    /// The files that are still to come, in order of path.
    files: std::slice::Iter<'k, File>,
    /// Files that may be as they were, with their content and the signs that tell.
    maybe: Vec<(&'k File, Oid, Stat)>,
    /// What is not known to be the same: as it was, and as it is.
    before: Vec<File>,
    now: Vec<&'k File>,
}

/// Of how many files the signs are looked at together.
const TOGETHER: usize = 1 << 13;

impl<'k> Known<'k> {
    fn new(root: &'k Path, written: Time, files: &'k [File]) -> Self {
        let maybe = Vec::with_capacity(TOGETHER);
        Self { root, written, files: files.iter(), maybe, before: Vec::new(), now: Vec::new() }
    }

    /// Takes a file as it was, of which the index knows how to tell that it still is.
    fn take(&mut self, path: &[u8], entry: &Entries) {
        let Ok(id) = Oid::from_bytes(entry.id()) else { return };
        while let Some(next) = self.files.as_slice().first()
            && next.path.as_bytes() <= path
        {
            self.files.next();
            if next.path.as_bytes() == path && next.kind == FileKind::Regular {
                self.maybe.push((next, id, entry.stat()));
                if self.maybe.len() == TOGETHER {
                    self.look();
                }
                return;
            }
            self.now.push(next);
        }
        let path = String::from_utf8_lossy(path).into_owned();
        self.before.push(file(path, FileKind::Regular, id));
    }

    /// Looks which of the files are as they were.
    fn look(&mut self) {
        let (root, written) = (self.root, self.written);
        let changed: Vec<_> = self
            .maybe
            .par_chunks(512)
            .flat_map_iter(|chunk| {
                let mut folder = Folder::default();
                let changed = chunk.iter().filter(move |(file, _, stat)| {
                    let now = folder.signs(root, &file.path);
                    !now.is_some_and(|now| stat.holds(now, written))
                });
                changed.copied()
            })
            .collect();
        for (now, id, _) in changed {
            self.before.push(file(now.path.clone(), FileKind::Regular, id));
            self.now.push(now);
        }
        self.maybe.clear();
    }

    /// What is not known to be the same, as it was and as it is.
    fn unsure(mut self) -> (Vec<File>, Vec<&'k File>) {
        self.look();
        self.now.extend(self.files);
        (self.before, self.now)
    }
}

/// The folder that was looked into last: files of one folder are looked at one after the other.
#[derive(Default)]
struct Folder {
    #[cfg(unix)]
    open: Option<(String, rustix::fd::OwnedFd)>,
}

impl Folder {
    /// The signs of a regular file.
    #[cfg(unix)]
    fn signs(&mut self, root: &Path, path: &str) -> Option<Stat> {
        use rustix::fs::{AtFlags, FileType, Mode, OFlags, open, statat};
        let end = memchr::memrchr(b'/', path.as_bytes());
        let (folder, name) = end.map_or(("", path), |end| (&path[..end], &path[end + 1..]));
        if self.open.as_ref().is_none_or(|(open, _)| open != folder) {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            let opened = open(root.join(folder), flags, Mode::empty()).ok();
            self.open = opened.map(|opened| (folder.to_owned(), opened));
        }
        let (_, open) = self.open.as_ref()?;
        let at = statat(open, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let regular = FileType::from_raw_mode(at.st_mode) == FileType::RegularFile;
        regular.then(|| Stat::of(&at))
    }

    #[cfg(not(unix))]
    fn signs(&mut self, root: &Path, path: &str) -> Option<Stat> {
        let at = fs::symlink_metadata(root.join(path)).ok()?;
        at.is_file().then(|| Stat::of(&at))
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
