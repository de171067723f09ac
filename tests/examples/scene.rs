//! The folders that the commands of a page are run in.

use crate::common::{copy, edit, git, git_on, sample};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A folder, and where in it the reader is.
pub struct Scene {
    /// Everything there is; the home of the reader.
    pub dir: tempfile::TempDir,
    /// Where commands are run.
    pub at: PathBuf,
}

impl Scene {
    /// An empty folder.
    pub fn empty() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        fs::create_dir(dir.path().join("here")).expect("a folder");
        let at = dir.path().join("here");
        fs::write(dir.path().join(".gitconfig"), CONFIG).expect("written");
        Self { dir, at }
    }

    /// A clone of this repository, as far as it is the dataset's.
    pub fn own() -> Self {
        let scene = Self::empty();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for part in ["dataset", "schema", ".github"] {
            copy(&root.join(part), &scene.at.join(part));
        }
        fs::copy(root.join(".gitattributes"), scene.at.join(".gitattributes")).expect("a copy");
        scene.git(&["init", "--quiet", "--initial-branch=main"]);
        scene.commit("Everything so far");
        scene
    }

    /// A repository with the sample.
    pub fn sample() -> Self {
        let scene = Self::empty();
        copy(&sample(), &scene.at);
        scene.git(&["init", "--quiet", "--initial-branch=main"]);
        scene.commit("First claims");
        scene
    }

    pub fn git(&self, args: &[&str]) {
        git(&self.at, args).expect(0);
    }

    /// Commits everything, on a day long past.
    pub fn commit(&self, message: &str) {
        self.commit_on("2025-03-11", message);
    }

    /// The same, on a day.
    pub fn commit_on(&self, day: &str, message: &str) {
        self.git(&["add", "--all"]);
        git_on(day, &self.at, &["commit", "--quiet", "--message", message]).expect(0);
    }

    pub fn write(&self, path: &str, text: &str) {
        fs::write(self.at.join(path), text).expect("written");
    }

    /// Replaces text in a file, once.
    #[track_caller]
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        edit(&self.at.join(path), from, to);
    }

    /// Runs lines of shell that must not fail; gives what they printed.
    #[track_caller]
    pub fn done(&mut self, lines: &str) -> String {
        let (code, out) = self.run(lines);
        assert_eq!(code, 0, "{lines}: {out}");
        out
    }

    /// Runs lines of shell; gives the exit code and what they printed, in the order of printing.
    pub fn run(&mut self, lines: &str) -> (i32, String) {
        let own = Path::new(env!("CARGO_BIN_EXE_claimbook")).parent().expect("a folder");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::iter::once(own.to_owned()).chain(std::env::split_paths(&path));
        let place = self.dir.path().join("place");
        let script =
            format!("exec 2>&1\n{lines}\ncode=$?; pwd > '{}'; exit $code", place.display());
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(&self.at)
            .env_clear()
            .env("PATH", std::env::join_paths(path).expect("a path"))
            .env("HOME", self.dir.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .expect("a shell");
        // A line that ends the shell leaves the reader where they were.
        if let Ok(place) = fs::read_to_string(&place) {
            self.at = PathBuf::from(place.trim_end());
        }
        let code = output.status.code().expect("no signal");
        (code, String::from_utf8(output.stdout).expect("UTF-8"))
    }
}

const CONFIG: &str = "\
[user]
\tname = A Contributor
\temail = contributor@example.org
[init]
\tdefaultBranch = main
[advice]
\tdetachedHead = false
";
