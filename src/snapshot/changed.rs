//! Which files differ between two moments: trees are compared by object id, so that the cost
//! follows the change and not the dataset.

use super::{File, FileKind, Moment, Snapshot, Store, tree_diff, worktree};
use crate::error::{Error, Result};
use std::cmp::Ordering;

/// A path whose content differs between two moments.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The path from the root, with `/`.
    pub path: String,
    /// What it was; none where there was nothing.
    pub old: Option<File>,
    /// What it is; none where there is nothing.
    pub new: Option<File>,
}

/// The regular files that differ, in order of path.
///
/// # Errors
/// Where git has no content for a folder, or a moment cannot be listed.
pub fn changed(old: &Moment, new: &Moment) -> Result<Vec<Changed>> {
    let mut found = match (&old.store, &new.store) {
        (Store::Tree { git_dir, below: old, .. }, Store::Tree { below: new, .. }) => {
            tree_diff::changed(git_dir, *old, *new)?
        }
        (Store::Tree { .. }, Store::Folder(_)) => changed_since(old, &new.clone().snapshot()?)?,
        _ => compare(old, new)?,
    };
    found.retain(|changed| changed.old.is_some() || changed.new.is_some());
    found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// The paths at which a snapshot differs from an earlier moment, in order; what is no regular file
/// on either side is among them, as a change of nothing to nothing.
///
/// # Errors
/// As [`changed`].
pub fn changed_since(old: &Moment, new: &Snapshot) -> Result<Vec<Changed>> {
    let mut found = match (&old.store, &new.moment.store) {
        (Store::Tree { git_dir, below: old, .. }, Store::Tree { below: new, .. }) => {
            tree_diff::changed(git_dir, *old, *new)?
        }
        (Store::Tree { git_dir, whole, below }, Store::Folder(root)) => {
            worktree::changed(git_dir, *whole, *below, root, &new.files)?
        }
        _ => compare(old, &new.moment)?,
    };
    found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Compares two moments file by file.
fn compare(old: &Moment, new: &Moment) -> Result<Vec<Changed>> {
    let (old, new) = (old.clone().snapshot()?, new.clone().snapshot()?);
    let pairs = side_by_side(&old.files, &new.files, |a, b| a.path.cmp(&b.path));
    let differs = |(old, new): &(Option<&File>, Option<&File>)| match (old, new) {
        (Some(old), Some(new)) if old.kind != FileKind::Regular => old.kind != new.kind,
        (Some(old), Some(new)) => old.kind != new.kind || old.id.is_none() || old.id != new.id,
        _ => true,
    };
    Ok(pairs.into_iter().filter(differs).map(|(old, new)| Changed::of(old, new)).collect())
}

impl Changed {
    /// The change of a path; one at least of the two must be there.
    pub(super) fn of(old: Option<&File>, new: Option<&File>) -> Self {
        let regular = |file: Option<&File>| file.filter(|f| f.kind == FileKind::Regular).cloned();
        let path = old.or(new).map(|file| file.path.clone()).unwrap_or_default();
        Self { path, old: regular(old), new: regular(new) }
    }
}

/// Pairs the items of two lists that are in order.
pub(super) fn side_by_side<'a, 'b, A, B>(
    a: &'a [A],
    b: &'b [B],
    compare: impl Fn(&A, &B) -> Ordering,
) -> Vec<(Option<&'a A>, Option<&'b B>)> {
    let mut pairs = Vec::with_capacity(a.len().max(b.len()));
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        pairs.push(match (a.peek(), b.peek()) {
            (None, None) => return pairs,
            (Some(_), None) => (a.next(), None),
            (None, Some(_)) => (None, b.next()),
            (Some(left), Some(right)) => match compare(left, right) {
                Ordering::Less => (a.next(), None),
                Ordering::Equal => (a.next(), b.next()),
                Ordering::Greater => (None, b.next()),
            },
        });
    }
}

/// Makes sure that a work tree is there to compare with.
pub fn bare(path: &std::path::Path) -> Error {
    Error::new(format!("{} is a bare repository: it has no working tree", path.display()))
        .hint("name two revisions, such as HEAD~1 HEAD")
}
