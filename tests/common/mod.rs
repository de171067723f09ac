//! Running the program as a user does, on datasets made for a test.

// Each test program uses a part of this.
#![allow(dead_code)]

pub mod clone;
pub mod dataset;
pub mod life;
pub mod place;
pub mod ready;
pub mod runner;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// The output, after making sure that the run ended with this code.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }
}

/// Runs `claimbook` in a folder, with nothing of the machine's environment that it might heed.
pub fn claimbook(folder: &Path, args: &[&str]) -> Run {
    claimbook_with(folder, &[], args)
}

/// The same, with these variables.
pub fn claimbook_with(folder: &Path, variables: &[(&str, &str)], args: &[&str]) -> Run {
    let mut program = Command::new(env!("CARGO_BIN_EXE_claimbook"));
    run(program.env_clear().envs(variables.iter().copied()), folder, args)
}

/// Runs git itself in a folder, with our program on its path and none of the machine's settings.
pub fn git(folder: &Path, args: &[&str]) -> Run {
    git_on("2025-03-11", folder, args)
}

/// Runs git as [`git`] does, on a day of our choice.
pub fn git_on(day: &str, folder: &Path, args: &[&str]) -> Run {
    let own = Path::new(env!("CARGO_BIN_EXE_claimbook")).parent().expect("a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(own.to_owned()).chain(std::env::split_paths(&path));
    let mut git = Command::new("git");
    git.env_clear().env("PATH", std::env::join_paths(path).expect("a path"));
    for (name, value) in [
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_AUTHOR_NAME", "A Tester"),
        ("GIT_AUTHOR_EMAIL", "tester@example.org"),
        ("GIT_COMMITTER_NAME", "A Tester"),
        ("GIT_COMMITTER_EMAIL", "tester@example.org"),
        ("GIT_EDITOR", "true"),
    ] {
        git.env(name, value);
    }
    let noon = format!("{day}T12:00:00Z");
    git.env("GIT_AUTHOR_DATE", &noon).env("GIT_COMMITTER_DATE", &noon);
    run(&mut git, folder, args)
}

fn run(command: &mut Command, folder: &Path, args: &[&str]) -> Run {
    let output =
        command.args(args).current_dir(folder).env("HOME", folder).output().expect("it runs");
    Run {
        code: output.status.code().expect("no signal"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The findings of a check, as `check --format json` prints them; `args` are for the check.
pub fn findings(root: &Path, args: &[&str]) -> Vec<serde_json::Value> {
    let run = claimbook(root, &[&["check", "--format", "json"], args].concat());
    assert!(run.code < 2, "{}", run.stderr);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    report["findings"].as_array().expect("findings").clone()
}

/// The repository's sample dataset.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sample")
}

/// Copies the files of a folder into another, which is made where it is missing.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Every file below a folder, by path.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, below: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{path}/"), found);
            } else {
                found.insert(path, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

/// Replaces text in a file, once.
#[track_caller]
pub fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("a file");
    assert!(text.contains(from), "{} lacks {from}", path.display());
    fs::write(path, text.replacen(from, to, 1)).expect("written");
}

/// A git repository made for a test.
pub struct Repo {
    pub git: git2::Repository,
}

impl Repo {
    /// A repository with a work tree that holds a copy of the sample dataset, committed.
    pub fn with_sample(path: &Path) -> Self {
        copy(&sample(), path);
        let repo = Self { git: git2::Repository::init(path).expect("a repository") };
        repo.commit("The sample", 1_741_651_200); // 2025-03-11
        repo
    }

    /// Commits everything that is in the work tree.
    pub fn commit(&self, message: &str, time: i64) -> git2::Oid {
        let git = &self.git;
        let mut index = git.index().expect("an index");
        index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("added");
        index.update_all(["*"], None).expect("updated");
        index.write().expect("written");
        let tree = git.find_tree(index.write_tree().expect("a tree")).expect("a tree");
        let parents: Vec<git2::Commit> =
            git.head().and_then(|head| head.peel_to_commit()).into_iter().collect();
        let who = git2::Signature::new("A Tester", "tester@example.org", &git2::Time::new(time, 0))
            .expect("a signature");
        let parents: Vec<&git2::Commit> = parents.iter().collect();
        git.commit(Some("HEAD"), &who, &who, message, &tree, &parents).expect("a commit")
    }

    /// Gives the last commit a tag.
    pub fn tag(&self, name: &str) {
        let head = self.git.head().and_then(|head| head.peel_to_commit()).expect("a commit");
        self.git.tag_lightweight(name, head.as_object(), false).expect("a tag");
    }
}

/// Holds a generated file against what it should be; `SNAPSHOTS=overwrite` writes it instead.
#[track_caller]
pub fn fresh(path: &Path, text: &str) {
    if std::env::var_os("SNAPSHOTS").is_some_and(|mode| mode == "overwrite") {
        fs::write(path, text).expect("written");
    }
    let there = fs::read_to_string(path).unwrap_or_default();
    assert!(
        there == text,
        "{} is not what it should be; if the change is meant, run the test with \
         SNAPSHOTS=overwrite and look at the difference. It should be:\n{text}",
        path.display()
    );
}
