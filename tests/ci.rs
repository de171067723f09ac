//! `claimbook ci` with events as GitHub writes them, against repositories as its checkout leaves them:
//! what is compared with what, and what that brings to light.

mod common;

use claimbook::ci::MARKER;
use common::{claimbook_with, edit, runner::Runner};
use std::fs;

#[test]
fn a_pull_request_is_told_what_it_brings_in() {
    let runner = Runner::new();
    let head = runner.change();
    let run = runner.run("pull_request", &head, &[]).expect(1);
    let annotation = "::error file=dataset/claims/bridge-opened.json,line=14,";
    assert!(run.stdout.contains(annotation), "{}", run.stdout);
    // The notes of the sample were there before.
    assert!(!run.stdout.contains("bridge-toll-free"), "{}", run.stdout);
    let comment = runner.file("out/comment.md");
    assert!(comment.starts_with(MARKER), "{comment}");
    for words in [
        "## claimbook: 1 error, 1 warning",
        &format!(
            "https://github.example/port-aldine/facts/blob/{head}/dataset/claims/bridge-opened.json#L14"
        ),
        "2 suggestions at their lines",
        "▼ confidence lowered",
    ] {
        assert!(comment.contains(words), "no {words}:\n{comment}");
    }
    let (weaker, stronger) = (comment.find("▼"), comment.find("▲"));
    assert!(weaker < stronger, "what weakens comes first:\n{comment}");
    assert_eq!(runner.file("summary"), runner.file("out/summary.md"));
    assert_eq!(runner.file("output"), "found=true\n");
    assert_eq!(runner.json("report.json")["findings"].as_array().map(Vec::len), Some(2));
    let results = runner.json("report.sarif")["runs"][0]["results"].clone();
    assert_eq!(results.as_array().map(Vec::len), Some(2));
}

#[test]
fn a_fork_is_treated_alike() {
    let runner = Runner::new();
    let head = runner.change();
    let run = runner.run("fork", &head, &[]).expect(1);
    assert!(run.stdout.contains("::error file=dataset/claims/bridge-opened.json"));
    assert!(runner.wrote("comment.md") && runner.wrote("review.json"));
}

#[test]
fn what_others_did_meanwhile_is_not_the_change() {
    let runner = Runner::new();
    let git = &runner.repo.git;
    edit(&runner.claim("bridge-decided"), "\"status\": \"active\"", "\"status\": \"actve\"");
    let main = runner.commit("A slip on the main branch");
    let tip = git2::Oid::from_str(&main).expect("a commit");
    git.reference("refs/remotes/origin/main", tip, true, "fetched").expect("a reference");
    edit(&runner.claim("bridge-cost"), "page 12", "page 13");
    // As the checkout of a pull request: merged with the main branch, and no branch checked out.
    let merged = runner.commit("Merged");
    git.set_head_detached(git2::Oid::from_str(&merged).expect("a commit")).expect("detached");
    let run = runner.run("pull_request", &merged, &[]).expect(0);
    assert!(!run.stdout.contains("actve"), "{}", run.stdout);
    assert!(runner.file("out/comment.md").contains("nothing to mend"));
    assert!(!runner.file("out/comment.md").contains("bridge-decided"));
}

#[test]
fn a_merge_queue_is_checked_upon_what_it_is_queued() {
    let runner = Runner::new();
    let head = runner.change();
    let run = runner.run("merge_group", &head, &[]).expect(1);
    assert!(run.stdout.contains("::error file=dataset/claims/bridge-opened.json"));
    assert!(!run.stdout.contains("bridge-toll-free"), "{}", run.stdout);
    assert!(!runner.wrote("comment.md") && !runner.wrote("review.json"));
    assert!(runner.file("summary").contains("▼"), "{}", runner.file("summary"));
}

#[test]
fn a_push_is_checked_upon_what_was_there() {
    let runner = Runner::new();
    let head = runner.change();
    let run = runner.run("push", &head, &[]).expect(1);
    assert!(!run.stdout.contains("bridge-toll-free"), "{}", run.stdout);
    assert!(!runner.wrote("comment.md"));
}

#[test]
fn a_new_branch_and_one_that_was_pushed_over_are_checked_as_they_are() {
    let mut runner = Runner::new();
    let head = runner.change();
    for (base, said) in [("0", ""), ("7", "was pushed over")] {
        runner.base = base.repeat(40);
        let run = runner.run("push", &head, &[]).expect(1);
        assert!(run.stdout.contains("bridge-toll-free"), "{}", run.stdout);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
}

#[test]
fn a_schedule_and_a_run_by_hand_check_the_dataset_as_it_is() {
    for event in ["schedule", "workflow_dispatch"] {
        let runner = Runner::new();
        let run = runner.run(event, "", &[]).expect(0);
        assert!(run.stdout.contains("::notice file=dataset/claims/bridge-toll-free.json"));
        assert!(runner.file("summary").contains("2 notes"), "{}", runner.file("summary"));
        assert!(!runner.wrote("comment.md"));
    }
}

#[test]
fn a_shallow_checkout_says_what_to_write() {
    let runner = Runner::new();
    let head = runner.change();
    let git = runner.root().join(".git");
    fs::write(git.join("shallow"), format!("{head}\n")).expect("written");
    fs::remove_file(git.join("objects").join(&runner.base[..2]).join(&runner.base[2..]))
        .expect("removed");
    for event in ["pull_request", "fork", "merge_group", "push"] {
        let run = runner.run(event, &head, &[]).expect(2);
        assert!(run.stderr.contains("fetch-depth: 0"), "{event}: {}", run.stderr);
        assert!(!runner.wrote("comment.md"));
    }
}

#[test]
fn what_is_missing_is_named() {
    let runner = Runner::new();
    let bare = claimbook_with(&runner.root(), &[], &["ci"]).expect(2);
    assert!(bare.stderr.contains("GITHUB_EVENT_NAME is not set"), "{}", bare.stderr);
    assert!(bare.stderr.contains("claimbook check"), "{}", bare.stderr);
}
