//! Files and folders of a repository that somebody asks for.

use super::below_root;
use crate::error::Result;
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
