//! The checkout that a workflow of GitHub Actions runs in, and what it leaves.

use super::{Repo, Run, claimbook_with, edit};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// 2025-03-12, the day after the sample.
pub const NEXT_DAY: i64 = 1_741_737_600;

/// A checkout that a workflow runs in, and what it leaves.
pub struct Runner {
    pub dir: tempfile::TempDir,
    pub repo: Repo,
    /// The commit that the event names as its base.
    pub base: String,
}

impl Runner {
    /// The sample, committed.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let repo = Repo::with_sample(&dir.path().join("facts"));
        let base = repo.git.head().expect("HEAD").target().expect("a commit").to_string();
        Self { dir, repo, base }
    }

    pub fn root(&self) -> PathBuf {
        self.dir.path().join("facts")
    }

    pub fn claim(&self, id: &str) -> PathBuf {
        self.root().join(format!("dataset/claims/{id}.json"))
    }

    pub fn commit(&self, message: &str) -> String {
        self.repo.commit(message, NEXT_DAY).to_string()
    }

    /// A change with two mistakes that carry a fix, and a claim made weaker.
    pub fn change(&self) -> String {
        edit(&self.claim("bridge-opened"), "\"moderate\"", "\"high\"");
        edit(
            &self.root().join("dataset/sources/gazette-opening-2022.json"),
            "bridge-opens\"",
            "bridge-opens?utm_source=feed\"",
        );
        edit(&self.claim("bridge-cost"), "\"high\"", "\"moderate\"");
        self.commit("Costs")
    }

    /// Runs the workflow of an event.
    pub fn run(&self, event: &str, head: &str, args: &[&str]) -> Run {
        let events = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/events");
        let text = fs::read_to_string(events.join(format!("{event}.json"))).expect("an event");
        self.play(event, &text.replace("BASE", &self.base).replace("HEAD", head), args)
    }

    /// Runs `ci` for an event with this text.
    pub fn play(&self, event: &str, text: &str, args: &[&str]) -> Run {
        fs::write(self.path("event.json"), text).expect("written");
        self.again(event, &[&["ci", "--out", &self.path("out")], args].concat())
    }

    /// Runs a command for the event that was told before.
    pub fn again(&self, event: &str, args: &[&str]) -> Run {
        let name = if event == "fork" { "pull_request" } else { event };
        let base = if name == "pull_request" { "main" } else { "" };
        let variables = [
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_EVENT_NAME", name),
            ("GITHUB_EVENT_PATH", &self.path("event.json")),
            ("GITHUB_BASE_REF", base),
            ("GITHUB_WORKSPACE", &self.path("facts")),
            ("GITHUB_SERVER_URL", "https://github.example"),
            ("GITHUB_REPOSITORY", "port-aldine/facts"),
            ("GITHUB_STEP_SUMMARY", &self.path("summary")),
            ("GITHUB_OUTPUT", &self.path("output")),
        ];
        claimbook_with(&self.root(), &variables, args)
    }

    fn path(&self, name: &str) -> String {
        self.dir.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    pub fn file(&self, name: &str) -> String {
        fs::read_to_string(self.dir.path().join(name)).unwrap_or_default()
    }

    pub fn wrote(&self, name: &str) -> bool {
        self.dir.path().join("out").join(name).exists()
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.file(&format!("out/{name}"))).expect("JSON")
    }
}
