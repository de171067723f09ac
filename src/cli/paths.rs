//! Files and folders of a repository that somebody asks for.

use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// What was asked for; everything where nothing was.
pub struct Wanted(Vec<String>);

impl Wanted {
    /// The paths, as they stand in the repository at `root`.
    pub fn of(root: &Path, paths: &[PathBuf]) -> Result<Self> {
        let mut wanted = Vec::new();
        for path in paths {
            wanted.push(below_root(root, path)?);
        }
        Ok(Self(wanted))
    }

    /// Whether a file was asked for.
    pub fn has(&self, file: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|below| within(file, below))
    }
}

/// Whether a file is at or below a path.
pub fn within(file: &str, path: &str) -> bool {
    path.is_empty()
        || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A path as it stands in the repository: relative to its root, with `/`.
pub fn below_root(root: &Path, path: &Path) -> Result<String> {
    let real = |path: &Path| {
        path.canonicalize()
            .map_err(|e| Error::new(format!("cannot look at {}: {e}", path.display())))
    };
    let (top, full) = (real(root)?, real(path)?);
    let below = full
        .strip_prefix(&top)
        .map_err(|_| Error::new(format!("{} is not below {}", path.display(), root.display())))?;
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Ok(parts.join("/"))
}
