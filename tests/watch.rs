//! `check --watch`: it says what changed without being asked, and stops when it is told to.
#![cfg(unix)]

mod common;

use common::{copy, edit, sample};
use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

/// A check that goes on.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn begin(folder: &Path) -> Self {
        // One pipe for both, so that lines come in the order they are written.
        let (reader, writer) = std::io::pipe().expect("a pipe");
        let child = Command::new(env!("CARGO_BIN_EXE_claimbook"))
            .args(["check", "--watch", "--as-of", "2025-03-11"])
            .current_dir(folder)
            .env_clear()
            .stdout(writer.try_clone().expect("a pipe"))
            .stderr(writer)
            .spawn()
            .expect("the program runs");
        let (send, lines) = mpsc::channel();
        thread::spawn(move || {
            BufReader::new(reader).lines().map_while(Result::ok).all(|line| send.send(line).is_ok())
        });
        Self { child, lines }
    }

    /// Waits for a line that holds these words.
    #[track_caller]
    fn until(&self, words: &str) {
        loop {
            // Far longer than it takes: only a hang gets here.
            let line = self.lines.recv_timeout(Duration::from_secs(120));
            if line.unwrap_or_else(|_| panic!("{words:?} never comes")).contains(words) {
                return;
            }
        }
    }

    /// Presses Ctrl-C, and gives the exit code.
    fn interrupt(mut self) -> Option<i32> {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::INT).expect("a signal");
        self.child.wait().expect("an end").code()
    }
}

#[test]
fn changes_are_checked_as_they_are_made() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    let claim = dir.path().join("dataset/claims/bridge-cost.json");
    let watching = Watching::begin(dir.path());
    watching.until("no errors, no warnings");
    watching.until("UTC: watching dataset, schema and templates; Ctrl-C stops");
    edit(&claim, "\"confidence\"", "\"confidnece\"");
    watching.until("did you mean `confidence`?");
    watching.until("watching dataset");
    // A file that takes the place of another, as most editors save.
    let fixed = fs::read_to_string(&claim).expect("a claim").replace("confidnece", "confidence");
    let beside = dir.path().join("dataset/claims/.bridge-cost.json.new");
    fs::write(&beside, fixed).expect("written");
    fs::rename(&beside, &claim).expect("renamed");
    watching.until("no errors, no warnings");
    watching.until("watching dataset");
    // A folder that comes later, and a dataset that cannot be read for a while.
    let schema = dir.path().join("schema");
    fs::create_dir(&schema).expect("a folder");
    fs::write(schema.join("subject.schema.json"), "{\"type\": 1}").expect("written");
    watching.until("error: schema/subject.schema.json");
    watching.until("watching dataset");
    fs::remove_file(schema.join("subject.schema.json")).expect("removed");
    watching.until("no errors, no warnings");
    assert_eq!(watching.interrupt(), Some(0));
}

#[test]
fn a_revision_cannot_change() {
    let run = common::claimbook(&sample(), &["check", "--watch", "--at", "HEAD"]).expect(2);
    assert!(run.stderr.contains("cannot be used with"), "{}", run.stderr);
}
