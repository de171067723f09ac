//! Texts of a repository as they are: its own beside its records, schemas and templates, and those of
//! records by path.

use crate::{
    error::{Error, Result},
    model::MAX_LINES,
    snapshot::{Content, File, FileKind, Moment, Reader, Snapshot},
};
use std::collections::{BTreeMap, BTreeSet};

use super::place::in_folder;

/// The text of a repository's own file below `folder`, by path.
///
/// # Errors
/// Where a file cannot be read or is not UTF-8.
pub fn own_files(
    snapshot: &Snapshot,
    folder: &str,
    limit: usize,
) -> Result<BTreeMap<String, String>> {
    let files = snapshot.files().iter().filter(|file| in_folder(&file.path, folder));
    texts(&snapshot.reader()?, files, limit)
}

/// The text of one file, which is no record; none where it is not there.
///
/// # Errors
/// As [`own_files`].
pub fn own_file(snapshot: &Snapshot, path: &str, limit: usize) -> Result<Option<String>> {
    let files = snapshot.files().iter().filter(|file| file.path == path);
    Ok(texts(&snapshot.reader()?, files, limit)?.remove(path))
}

/// The same of a moment whose other files are not listed.
///
/// # Errors
/// As [`own_files`].
pub fn own_files_at(
    moment: &Moment,
    folder: &str,
    limit: usize,
) -> Result<BTreeMap<String, String>> {
    texts(&moment.reader()?, &moment.list(folder)?, limit)
}

/// The texts of a moment's records at these paths, where they are there.
///
/// # Errors
/// Where the repository can no longer be read.
pub fn texts_at(moment: &Moment, paths: &BTreeSet<&str>) -> Result<BTreeMap<String, String>> {
    let mut names: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (folder, name) in paths.iter().filter_map(|path| path.rsplit_once('/')) {
        names.entry(folder).or_default().insert(name.to_owned());
    }
    let (reader, mut found) = (moment.reader()?, BTreeMap::new());
    for (folder, names) in names {
        for file in moment.lookup(folder, &names)? {
            if let Content::Bytes(bytes) = reader.read(&file, MAX_LINES)? {
                found.insert(file.path, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
    Ok(found)
}

fn texts<'f>(
    reader: &Reader,
    files: impl IntoIterator<Item = &'f File>,
    limit: usize,
) -> Result<BTreeMap<String, String>> {
    let mut own = BTreeMap::new();
    for file in files.into_iter().filter(|file| file.kind == FileKind::Regular) {
        let text = match reader.read(file, limit)? {
            Content::TooLarge => return Err(Error::new(format!("{} is too large", file.path))),
            Content::Bytes(bytes) => String::from_utf8(bytes),
        };
        own.insert(
            file.path.clone(),
            text.map_err(|_| Error::new(format!("{} is not UTF-8", file.path)))?,
        );
    }
    Ok(own)
}
