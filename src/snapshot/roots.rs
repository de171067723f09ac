//! Where a dataset's repository begins.

use super::{
    MARK,
    git::{descend, open, prefix},
    revision::resolve,
};
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// The nearest folder at or above `start` that holds `dataset/dataset.json`. What is above a bare
/// repository is none of its business.
#[must_use]
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let mut folders = start.ancestors();
    let found = folders.find(|folder| folder.join(MARK).is_file() || is_bare(folder))?;
    found.join(MARK).is_file().then(|| found.to_owned())
}

/// Whether a folder is a bare repository.
fn is_bare(folder: &Path) -> bool {
    !folder.ends_with(".git")
        && folder.join("HEAD").is_file()
        && ["objects", "refs"].iter().all(|part| folder.join(part).is_dir())
}

/// The folder below which `dataset/dataset.json` stands at revision `rev`, looking upward from
/// `start`; for a bare repository, the repository itself.
///
/// # Errors
/// Where there is no repository, git refuses it, it does not know the revision, or the revision
/// has no dataset.
pub fn find_root_at(start: &Path, rev: &str) -> Result<PathBuf> {
    let repository = open(start)?;
    let (_, tree) = resolve(&repository, rev)?;
    let root = match repository.workdir() {
        None => repository.path().to_owned(),
        Some(top) => {
            let mut below = prefix(&repository, start)?;
            loop {
                let tree = descend(&repository, tree.clone(), &below)?;
                if tree.is_some_and(|tree| tree.get_path(Path::new(MARK)).is_ok())
                    || below.is_empty()
                {
                    break top.join(&below);
                }
                below.truncate(below.rfind('/').unwrap_or(0));
            }
        }
    };
    let below = prefix(&repository, &root)?;
    let holds = descend(&repository, tree, &below)?
        .is_some_and(|tree| tree.get_path(Path::new(MARK)).is_ok());
    if holds {
        Ok(root)
    } else {
        Err(Error::new(format!("revision `{rev}` has no {MARK}")).hint(
            "the dataset may have come later: git log --diff-filter=A -- dataset/dataset.json",
        ))
    }
}
