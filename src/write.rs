//! Writing files: whole or not at all. A file is written beside its target and renamed.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::Path,
};

/// Writes files below `root`, all of them or none: where one cannot be written, those before it are
/// put back as they were. Folders that are symbolic links are not entered.
///
/// # Errors
/// Where a file cannot be written, with its path.
pub fn all(root: &Path, files: &BTreeMap<String, String>) -> Result<(), (String, io::Error)> {
    let mut done: Vec<(&str, Option<Vec<u8>>)> = Vec::new();
    for (path, text) in files {
        let target = root.join(path);
        let written = real(root, path).and_then(|()| {
            let old = match fs::read(&target) {
                Err(e) if e.kind() == io::ErrorKind::NotFound => None,
                old => Some(old?),
            };
            file(&target, text.as_bytes())?;
            Ok(old)
        });
        match written {
            Ok(old) => done.push((path, old)),
            Err(error) => {
                for (path, old) in done.into_iter().rev() {
                    let target = root.join(path);
                    // The first error is the one to tell.
                    let _ = match old {
                        Some(bytes) => file(&target, &bytes),
                        None => fs::remove_file(&target),
                    };
                }
                return Err((path.clone(), error));
            }
        }
    }
    Ok(())
}

/// Makes sure that no folder on the way to `path` leads elsewhere.
fn real(root: &Path, path: &str) -> io::Result<()> {
    let folders = Path::new(path).ancestors().skip(1).filter(|p| !p.as_os_str().is_empty());
    for folder in folders {
        match fs::symlink_metadata(root.join(folder)) {
            Ok(at) if at.is_symlink() => {
                let words =
                    format!("{} is a symbolic link, which is not followed", folder.display());
                return Err(io::Error::other(words));
            }
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
    }
    Ok(())
}

/// Puts a file in place, whole, readable by everyone; its folder is made where it is missing.
///
/// # Errors
/// Where the folder cannot be made or written to; the old file is then as it was.
pub fn file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // In the same folder, so that the rename stays inside one file system.
    let mut file = tempfile::Builder::new().prefix(".writing-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    readable(file.as_file())?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// Temporary files are made for their owner alone; published ones are for everyone.
#[cfg(unix)]
fn readable(file: &fs::File) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &fs::File) -> io::Result<()> {
    Ok(())
}
