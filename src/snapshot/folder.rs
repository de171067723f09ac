//! The files of a folder. Symbolic links are listed and never followed.

use super::{Content, FOLDERS, File, FileKind, MAX_DEPTH, MAX_FILES};
use crate::error::{Error, Result};
use std::{collections::BTreeSet, fs, io, io::Read as _, path::Path};

/// Lists the files below the folders claimbook reads.
pub fn list(root: &Path) -> Result<Vec<File>> {
    // Room that is not used costs nothing, and to move what is there to more room does.
    let mut files = Vec::with_capacity(1 << 17);
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
    let begin = files.len();
    for entry in fs::read_dir(root.join(folder)).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (name, at) = (entry.file_name(), entry.file_type().map_err(failed)?);
        // A checked-out submodule holds a `.git` of its own.
        if depth > 1 && name == ".git" {
            files.truncate(begin);
            files.push(file(folder.to_owned(), FileKind::Submodule));
            return Ok(());
        }
        let mut path = String::with_capacity(folder.len() + name.len() + 2);
        path.push_str(folder);
        path.push('/');
        let kind = match name.to_str() {
            Some(name) => {
                path.push_str(name);
                kind(at)
            }
            None => {
                path.push_str(&name.to_string_lossy());
                FileKind::BadName
            }
        };
        if at.is_dir() && kind != FileKind::BadName && depth < MAX_DEPTH {
            // What is in a folder stands where its slash does.
            path.push('/');
        }
        files.push(file(path, kind));
    }
    let unsorted = &mut files[begin..];
    unsorted.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    if unsorted.iter().any(|file| file.path.ends_with('/')) {
        for listed in files.split_off(begin) {
            match listed.path.strip_suffix('/') {
                Some(inner) => walk(root, inner, depth + 1, files)?,
                None => files.push(listed),
            }
        }
    }
    if files.len() > MAX_FILES {
        return Err(Error::new(format!("more than {MAX_FILES} files below {folder}")));
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

/// How long most records are at most: of a longer file it is worth asking how long it is, so that
/// its text is not moved as it grows.
const SHORT: usize = 2048;

/// Reads a file of at most `limit` bytes.
pub fn read(path: &Path, limit: usize) -> io::Result<Content> {
    let mut bytes = Vec::with_capacity(SHORT);
    let file = fs::File::open(path)?;
    (&file).take(SHORT as u64).read_to_end(&mut bytes)?;
    if bytes.len() == SHORT && limit >= SHORT {
        let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
        bytes.reserve_exact(length.min(limit).saturating_sub(SHORT) + 1);
        file.take((limit - SHORT) as u64 + 1).read_to_end(&mut bytes)?;
    }
    Ok(if bytes.len() > limit { Content::TooLarge } else { Content::Bytes(bytes) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_whole_up_to_the_limit() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        for length in [0, 1, SHORT - 1, SHORT, SHORT + 1, 9 * SHORT] {
            let text: Vec<u8> = (0_u8..250).cycle().take(length).collect();
            fs::write(&path, &text).expect("written");
            for limit in [1, length.saturating_sub(1), length, length + 1] {
                match read(&path, limit).expect("read") {
                    Content::Bytes(bytes) => assert!(bytes == text && length <= limit),
                    Content::TooLarge => assert!(length > limit, "{length} {limit}"),
                }
            }
        }
    }
}
