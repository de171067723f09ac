//! Broken records whose message is enough to mend them: each folder in `tests/mending/` holds what
//! is `broken`, laid over the sample, the `message.txt` that a check prints, and the `fix` that
//! somebody wrote who had only the two.
//!
//! `SNAPSHOTS=overwrite cargo test --test mending` writes the messages anew.

mod common;

use common::{Run, claimbook, copy, files, fresh, sample};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The day that counts as today: examples of days in messages are of it.
const TODAY: &str = "2025-03-11";

/// The cases, in order.
fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mending");
    let entries = fs::read_dir(folder).expect("the cases");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.sort();
    cases
}

/// A check of the sample with a folder laid over it.
fn check(over: &Path) -> Run {
    let root = tempfile::tempdir().expect("a folder");
    copy(&sample(), root.path());
    copy(over, root.path());
    claimbook(root.path(), &["check", "--as-of", TODAY])
}

/// What a check prints, without the time it took.
fn message(run: &Run) -> String {
    let (findings, last) = run.stdout.rsplit_once("\nchecked ").expect("a last line");
    let (counts, found) = last.split_once(" in ").expect("a time");
    let (_, found) = found.split_once(" s: ").expect("what was found");
    format!("{findings}\nchecked {counts}: {found}")
}

#[test]
fn broken_records_bring_up_their_message() {
    for case in cases() {
        let run = check(&case.join("broken")).expect(1);
        fresh(&case.join("message.txt"), &message(&run));
    }
}

#[test]
fn mended_records_pass() {
    for case in cases() {
        let run = check(&case.join("fix"));
        assert_eq!(run.code, 0, "{}:\n{}", case.display(), run.stdout);
    }
}

#[test]
fn every_message_says_where_why_and_how_in_many_ways() {
    let mut rules = BTreeSet::new();
    for case in cases() {
        let text = fs::read_to_string(case.join("message.txt")).expect("a message");
        let begins = |line: &&str| line.starts_with("error[") || line.starts_with("warning[");
        let findings = text.lines().filter(begins).count();
        let with = |words| text.matches(words).count();
        assert!(findings > 0, "{} has no finding", case.display());
        assert_eq!(with("--> dataset/"), findings, "{}: where?", case.display());
        assert_eq!(with("= help: "), findings, "{}: how?", case.display());
        let rule = |line: &str| Some(line.split_once('[')?.1.split_once(']')?.0.to_owned());
        rules.extend(text.lines().filter(begins).filter_map(rule));
        assert_ne!(files(&case.join("broken")), files(&case.join("fix")), "{}", case.display());
    }
    assert!(cases().len() >= 40, "only {} cases", cases().len());
    assert!(rules.len() >= 20, "only {rules:?}");
}
