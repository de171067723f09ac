//! Which lists of files can be of a release, and which folders hold one.

use super::{MANIFEST, SUMS, TAR, ZIP};
use std::{collections::BTreeSet, fs, path::Path};

/// Whether a list of paths can be that of a release: the archives, and the folder that they hold, with
/// its manifest and list.
#[must_use]
pub fn is_release(paths: &BTreeSet<&str>) -> bool {
    let whole = |folder: &str| {
        [format!("{folder}{TAR}"), format!("{folder}{ZIP}")]
            .into_iter()
            .chain([MANIFEST, SUMS].map(|file| format!("{folder}/{file}")))
            .all(|path| paths.contains(path.as_str()))
    };
    let folders: BTreeSet<&str> = paths.iter().filter_map(|path| path.strip_suffix(TAR)).collect();
    let written = |path: &str| {
        let archived = path.strip_suffix(TAR).or_else(|| path.strip_suffix(ZIP));
        let folder = path.split_once('/').map(|(folder, _)| folder).or(archived);
        folder.is_some_and(|folder| folders.contains(folder))
    };
    !paths.is_empty()
        && folders.iter().all(|folder| whole(folder))
        && paths.iter().all(|path| written(path))
}

/// Whether a folder is one that a release holds: it has the manifest of one, of any version.
#[must_use]
pub fn holds_release(folder: &Path) -> bool {
    let text = fs::read(folder.join(MANIFEST)).unwrap_or_default();
    let manifest: serde_json::Value = serde_json::from_slice(&text).unwrap_or_default();
    manifest["manifest"].is_u64() && manifest["files"].is_array()
}
