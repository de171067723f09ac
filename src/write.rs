//! Writing files: whole or not at all. A file is written beside its target and renamed.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

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
