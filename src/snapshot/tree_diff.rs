//! Which files differ between two trees.

use super::{
    Changed, FOLDERS, FileKind, MAX_DEPTH,
    git::{file, find_tree, kind, open},
};
use crate::error::Result;
use git2::{ObjectType, Oid, Repository, Tree};
use std::{cmp::Ordering, path::Path};

/// The paths that differ between two trees of the dataset's root; what is no regular file on either
/// side is among them.
pub fn changed(git_dir: &Path, old: Option<Oid>, new: Option<Oid>) -> Result<Vec<Changed>> {
    let repository = open(git_dir)?;
    let tree = |id: Option<Oid>| id.map(|id| find_tree(&repository, id)).transpose();
    let (old, new) = (tree(old)?, tree(new)?);
    let mut found = Vec::new();
    for name in FOLDERS {
        let below = |tree: &Option<Tree>| {
            tree.as_ref().and_then(|tree| tree.get_name(name)).map(|entry| entry.to_owned())
        };
        compare_entries(&repository, below(&old), below(&new), name, 0, &mut found)?;
    }
    Ok(found)
}

type Entry = git2::TreeEntry<'static>;

/// Compares two entries of one path: folders are walked side by side where their ids differ.
fn compare_entries(
    repository: &Repository,
    old: Option<Entry>,
    new: Option<Entry>,
    path: &str,
    depth: usize,
    found: &mut Vec<Changed>,
) -> Result<()> {
    let same = |a: &Entry, b: &Entry| a.id() == b.id() && a.filemode() == b.filemode();
    if matches!((&old, &new), (Some(old), Some(new)) if same(old, new)) {
        return Ok(());
    }
    let folder = |entry: &Option<Entry>| {
        let tree = entry.as_ref().filter(|entry| entry.kind() == Some(ObjectType::Tree));
        tree.map(|entry| find_tree(repository, entry.id())).transpose()
    };
    let (old_folder, new_folder) = (folder(&old)?, folder(&new)?);
    if (old_folder.is_some() || new_folder.is_some()) && depth < MAX_DEPTH {
        compare_trees(
            repository,
            old_folder.as_ref(),
            new_folder.as_ref(),
            path,
            depth + 1,
            found,
        )?;
    }
    let regular = |entry: Option<Entry>| {
        let plain = entry.filter(|entry| kind(entry) == FileKind::Regular);
        plain.map(|entry| file(path.to_owned(), FileKind::Regular, entry.id()))
    };
    let no_folder =
        |entry: &Option<Entry>, folder: &Option<Tree>| entry.is_some() && folder.is_none();
    if no_folder(&old, &old_folder) || no_folder(&new, &new_folder) {
        found.push(Changed { path: path.to_owned(), old: regular(old), new: regular(new) });
    }
    Ok(())
}

/// Walks two folders side by side; git keeps their entries in order of name.
fn compare_trees(
    repository: &Repository,
    old: Option<&Tree>,
    new: Option<&Tree>,
    path: &str,
    depth: usize,
    found: &mut Vec<Changed>,
) -> Result<()> {
    // git sorts a folder as if its name ended in a slash.
    let key = |entry: &git2::TreeEntry| -> Vec<u8> {
        let mut name = entry.name_bytes().to_vec();
        if entry.kind() == Some(ObjectType::Tree) {
            name.push(b'/');
        }
        name
    };
    let mut before = old.into_iter().flat_map(Tree::iter).peekable();
    let mut after = new.into_iter().flat_map(Tree::iter).peekable();
    loop {
        let order = match (before.peek(), after.peek()) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) if a.name_bytes() == b.name_bytes() => Ordering::Equal,
            (Some(a), Some(b)) => key(a).cmp(&key(b)),
        };
        let old = if order == Ordering::Greater { None } else { before.next() };
        let new = if order == Ordering::Less { None } else { after.next() };
        // Most entries are the same: told before anything is made for them.
        if let (Some(old), Some(new)) = (&old, &new)
            && old.id() == new.id()
            && old.filemode() == new.filemode()
        {
            continue;
        }
        let entry = old.as_ref().or(new.as_ref());
        let name = entry
            .map(|entry| String::from_utf8_lossy(entry.name_bytes()).into_owned())
            .unwrap_or_default();
        let owned = |entry: Option<git2::TreeEntry>| entry.map(|entry| entry.to_owned());
        compare_entries(
            repository,
            owned(old),
            owned(new),
            &format!("{path}/{name}"),
            depth,
            found,
        )?;
    }
}
