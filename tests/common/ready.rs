//! The sample in a repository, ready to be released or released.

use super::{Repo, Run, claimbook, edit, git};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where the release of the sample is.
pub const FOLDER: &str = "release/port-aldine-1.0.0";

/// A repository of the sample that is ready for its first release.
pub struct Ready {
    pub dir: tempfile::TempDir,
    pub repo: Repo,
}

impl Ready {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let repo = Repo::with_sample(dir.path());
        let mut config = repo.git.config().expect("a configuration");
        config.set_str("user.name", "A Tester").expect("set");
        config.set_str("user.email", "tester@example.org").expect("set");
        fs::write(dir.path().join(".gitignore"), "/release/\n").expect("written");
        let ready = Self { dir, repo };
        ready.run(&["release", "--changelog"]).expect(0);
        ready.repo.commit("Changes of 1.0.0", 1_741_737_600); // 2025-03-12
        ready
    }

    /// The same, released as 1.0.0.
    pub fn released() -> Self {
        let ready = Self::new();
        ready.run(&["release"]).expect(0);
        ready
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    pub fn run(&self, args: &[&str]) -> Run {
        claimbook(self.dir.path(), args)
    }

    pub fn verify(&self, path: &str) -> Run {
        self.run(&["verify", path])
    }

    /// A claim that says less, and a new one, by somebody new.
    pub fn change(&self) {
        let claims = self.path("dataset/claims");
        edit(&claims.join("bridge-cost.json"), "\"high\"", "\"moderate\"");
        let text = fs::read_to_string(claims.join("bridge-decided.json")).expect("a claim");
        let text = text.replace("bridge-decided", "bridge-vote-held");
        let text = text.replace(
            "On 14 May 2019 the council of Port Aldine decided to build a bridge over the harbour.",
            "The vote on the bridge was the last of the council's meeting on 14 May 2019.",
        );
        fs::write(claims.join("bridge-vote-held.json"), text).expect("written");
        git(self.dir.path(), &["add", "-A"]).expect(0);
        let author = "--author=Nora New <nora@example.org>";
        git(self.dir.path(), &["commit", "-q", author, "-m", "Less and more"]).expect(0);
    }

    pub fn tags(&self) -> String {
        git(
            self.dir.path(),
            &["for-each-ref", "--format=%(refname:short) %(objecttype)", "refs/tags"],
        )
        .expect(0)
        .stdout
    }
}

/// The SHA-256 of a file.
pub fn sum(path: &Path) -> String {
    let hash = Sha256::digest(fs::read(path).expect("a file"));
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
