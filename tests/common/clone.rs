//! A clone of the sample in which git itself is at work.

use super::{Run, copy, edit, git, git_on, sample};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A clone of the sample, with a commit a day.
pub struct Clone {
    _dir: tempfile::TempDir,
    path: PathBuf,
    day: u32,
}

impl Clone {
    /// One with the sample committed on `main`.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// One whose files are changed before the first commit.
    pub fn with(change: impl FnOnce(&Path)) -> Self {
        Self::made("", change)
    }

    /// One in a folder of a folder, which has room for more beside it.
    pub fn below(name: &str) -> Self {
        Self::made(name, |_| {})
    }

    fn made(name: &str, change: impl FnOnce(&Path)) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join(name);
        copy(&sample(), &path);
        git(&path, &["init", "--quiet", "--initial-branch=main"]).expect(0);
        change(&path);
        let mut clone = Self { _dir: dir, path, day: 0 };
        clone.commit("The sample");
        clone
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn file(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.file(path)).expect("a file")
    }

    /// Runs git, on the next day.
    pub fn git(&mut self, args: &[&str]) -> Run {
        self.day += 1;
        git_on(&format!("2025-04-{:02}", self.day), self.path(), args)
    }

    /// Commits everything.
    pub fn commit(&mut self, message: &str) {
        git(self.path(), &["add", "--all"]).expect(0);
        self.git(&["commit", "--quiet", "--message", message]).expect(0);
    }

    /// Changes a file and commits.
    #[track_caller]
    pub fn edit(&mut self, path: &str, from: &str, to: &str) {
        edit(&self.file(path), from, to);
        self.commit(&format!("{from} to {to}"));
    }

    pub fn switch(&self, branch: &str) {
        git(self.path(), &["switch", "--quiet", branch]).expect(0);
    }

    pub fn branch(&self, branch: &str) {
        git(self.path(), &["switch", "--quiet", "--create", branch]).expect(0);
    }
}
