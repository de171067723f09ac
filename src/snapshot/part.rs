//! Parts of a git tree: one folder, or some files of one, without listing the rest.

use super::{
    File, FileKind,
    git::{descend, file, find_tree, kind, open, walk},
};
use crate::error::Result;
use git2::{Oid, Repository, Tree};
use std::{collections::BTreeSet, path::Path};

/// The files of a tree below one folder.
pub fn list(git_dir: &Path, tree: Option<Oid>, folder: &str) -> Result<Vec<File>> {
    let repository = open(git_dir)?;
    let mut files = Vec::new();
    if let Some(tree) = at(&repository, tree, folder)? {
        walk(&repository, &tree, folder, folder.split('/').count(), &mut files)?;
    }
    Ok(files)
}

/// The regular files of a tree in one folder that have one of these names.
pub fn lookup(
    git_dir: &Path,
    tree: Option<Oid>,
    folder: &str,
    names: &BTreeSet<String>,
) -> Result<Vec<File>> {
    let repository = open(git_dir)?;
    let Some(tree) = at(&repository, tree, folder)? else { return Ok(Vec::new()) };
    let found = names.iter().filter_map(|name| tree.get_name(name));
    let regular = found.filter(|entry| kind(entry) == FileKind::Regular);
    let path = |entry: &git2::TreeEntry| {
        format!("{folder}/{}", String::from_utf8_lossy(entry.name_bytes()))
    };
    Ok(regular.map(|entry| file(path(&entry), FileKind::Regular, entry.id())).collect())
}

/// The folder of a tree at a path.
fn at<'r>(repository: &'r Repository, tree: Option<Oid>, path: &str) -> Result<Option<Tree<'r>>> {
    let Some(tree) = tree else { return Ok(None) };
    descend(repository, find_tree(repository, tree)?, path)
}
