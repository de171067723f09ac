//! The sample in a folder of its own, to be published.

use super::{Run, claimbook, copy, sample};
use std::path::PathBuf;

/// A copy of the sample.
pub struct Dataset {
    pub dir: tempfile::TempDir,
}

impl Dataset {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        copy(&sample(), dir.path());
        Self { dir }
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    /// Runs `claimbook publish`.
    pub fn run(&self, args: &[&str]) -> Run {
        claimbook(self.dir.path(), &[&["publish"], args].concat())
    }
}
