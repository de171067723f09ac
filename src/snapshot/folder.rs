//! The files of a folder. Symbolic links are listed and never followed.

use super::{Content, FOLDERS, File, FileKind, MAX_DEPTH, MAX_FILES};
use crate::error::{Error, Result};
use std::{collections::BTreeSet, fs, io, io::Read as _, path::Path};

/// Lists the files below the folders claimbook reads.
pub fn list(root: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for name in FOLDERS {
        match fs::symlink_metadata(root.join(name)) {
            Ok(at) if at.is_dir() => walk(root, name, 1, &mut files)?,
            Ok(at) => files.push(file(name.to_owned(), kind(at.file_type()))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(Error::new(format!("cannot look at {name}: {e}"))),
        }
    }
    Ok(files)
}

/// Lists the files below one folder; none where it is not there, or is a link.
pub fn list_below(root: &Path, folder: &str) -> Result<Vec<File>> {
    let mut files = Vec::new();
    if is_folder(root, folder) {
        walk(root, folder, folder.split('/').count(), &mut files)?;
    }
    Ok(files)
}

/// The regular files in one folder that have one of these names.
pub fn lookup(root: &Path, folder: &str, names: &BTreeSet<String>) -> Vec<File> {
    let paths = names.iter().map(|name| format!("{folder}/{name}"));
    let regular = paths.filter(|path| is_regular(root, path));
    regular.map(|path| file(path, FileKind::Regular)).collect()
}

/// Whether there is a regular file at a path, and no link on the way to it.
pub fn is_regular(root: &Path, path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let parent = if folder.is_empty() { root.to_owned() } else { root.join(folder) };
    (folder.is_empty() || is_folder(root, folder))
        && fs::symlink_metadata(parent.join(name)).is_ok_and(|at| at.is_file())
}

/// Whether a folder is there, and no link on the way to it.
fn is_folder(root: &Path, folder: &str) -> bool {
    let mut at = root.to_owned();
    folder.split('/').all(|part| {
        at.push(part);
        fs::symlink_metadata(&at).is_ok_and(|at| at.is_dir())
    })
}

/// Lists the files of one folder and those below, in order of path.
fn walk(root: &Path, folder: &str, depth: usize, files: &mut Vec<File>) -> Result<()> {
    let failed = |e: io::Error| Error::new(format!("cannot list {folder}: {e}"));
    let mut entries = Vec::new();
    for entry in fs::read_dir(root.join(folder)).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        let (mut name, bad) = match entry.file_name().into_string() {
            Ok(name) => (name, false),
            Err(name) => (name.to_string_lossy().into_owned(), true),
        };
        let below = kind.is_dir() && !bad && depth < MAX_DEPTH;
        if below {
            // What is in a folder stands where its slash does.
            name.push('/');
        }
        entries.push((name, below, if bad { FileKind::BadName } else { self::kind(kind) }));
    }
    entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    for (name, below, kind) in entries {
        let path = format!("{folder}/{}", name.trim_end_matches('/'));
        if !below {
            files.push(file(path, kind));
        // A checked-out submodule holds a `.git` of its own.
        } else if fs::symlink_metadata(root.join(&path).join(".git")).is_ok() {
            files.push(file(path, FileKind::Submodule));
        } else {
            walk(root, &path, depth + 1, files)?;
        }
        if files.len() > MAX_FILES {
            return Err(Error::new(format!("more than {MAX_FILES} files below {folder}")));
        }
    }
    Ok(())
}

fn file(path: String, kind: FileKind) -> File {
    File { path, kind, id: None }
}

fn kind(kind: fs::FileType) -> FileKind {
    if kind.is_file() {
        FileKind::Regular
    } else if kind.is_symlink() {
        FileKind::Symlink
    } else {
        FileKind::Other
    }
}

/// Reads a file of at most `limit` bytes.
pub fn read(path: &Path, limit: usize) -> io::Result<Content> {
    let mut bytes = Vec::with_capacity(2048);
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(if bytes.len() > limit { Content::TooLarge } else { Content::Bytes(bytes) })
}
