//! Which files differ between two moments: trees are compared by object id, so that the cost
//! follows the change and not the dataset.

use super::{File, FileKind, Moment, Store, git};
use crate::error::{Error, Result};
use std::collections::BTreeMap;

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
            git::changed(git_dir, *old, *new)?
        }
        (Store::Tree { git_dir, whole, .. }, Store::Folder(root)) => {
            git::changed_in_folder(git_dir, *whole, root)?
        }
        _ => compare(old, new)?,
    };
    found.retain(|changed| changed.old.is_some() || changed.new.is_some());
    found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Compares two moments file by file.
fn compare(old: &Moment, new: &Moment) -> Result<Vec<Changed>> {
    let files = |moment: &Moment| -> Result<BTreeMap<String, File>> {
        let snapshot = moment.clone().snapshot()?;
        let regular = snapshot.files().iter().filter(|file| file.kind == FileKind::Regular);
        Ok(regular.map(|file| (file.path.clone(), file.clone())).collect())
    };
    let (mut before, after) = (files(old)?, files(new)?);
    let mut found = Vec::new();
    for (path, file) in after {
        let earlier = before.remove(&path);
        let same =
            earlier.as_ref().is_some_and(|earlier| earlier.id.is_some() && earlier.id == file.id);
        if !same {
            found.push(Changed { path, old: earlier, new: Some(file) });
        }
    }
    found.extend(before.into_iter().map(|(path, file)| Changed {
        path,
        old: Some(file),
        new: None,
    }));
    Ok(found)
}

/// Makes sure that a work tree is there to compare with.
pub fn bare(path: &std::path::Path) -> Error {
    Error::new(format!("{} is a bare repository: it has no working tree", path.display()))
        .hint("name two revisions, such as HEAD~1 HEAD")
}
