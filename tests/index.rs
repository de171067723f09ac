//! What git's index knows of a work tree saves reading it, and changes no answer: with the index and
//! without it, a diff against a commit tells the same.

mod common;

use common::{claimbook, copy, edit, git, sample};
use std::{fs, path::Path};

/// A repository of the sample that git itself committed, so that its index says which trees it makes.
fn committed() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    for args in [
        &["init", "--quiet"][..],
        &["add", "--all"],
        &["-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "First"],
    ] {
        git(dir.path(), args).expect(0);
    }
    dir
}

/// What differs from HEAD, as the index helps to tell.
fn differs(root: &Path) -> String {
    let told = || claimbook(root, &["diff", "HEAD", "--format", "json"]).expect(0).stdout;
    let (index, aside) = (root.join(".git/index"), root.join(".git/aside"));
    assert!(fs::read(&index).expect("an index").windows(4).any(|name| name == b"TREE"));
    let with = told();
    fs::rename(&index, &aside).expect("moved");
    let without = told();
    fs::rename(&aside, &index).expect("moved back");
    assert_eq!(with, without);
    with
}

#[test]
fn the_index_changes_no_answer() {
    let dir = committed();
    let root = dir.path();
    let claims = root.join("dataset/claims");
    assert!(!differs(root).contains("\"verb\""));

    edit(&claims.join("bridge-cost.json"), "84.5 million", "86 million");
    assert!(differs(root).contains("\"bridge-cost\""));

    fs::remove_file(claims.join("bridge-toll-free.json")).expect("removed");
    assert!(differs(root).contains("\"bridge-toll-free\""));

    fs::rename(claims.join("bridge-named.json"), claims.join("bridge-called.json")).expect("moved");
    differs(root);

    // What is staged makes another tree.
    git(root, &["add", "--all"]).expect(0);
    differs(root);
    git(
        root,
        &["-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "2"],
    )
    .expect(0);
    assert!(!differs(root).contains("\"verb\""));
    git(root, &["update-index", "--skip-worktree", "dataset/claims/bridge-cost.json"]).expect(0);
    fs::remove_file(claims.join("bridge-cost.json")).expect("removed");
    assert!(differs(root).contains("\"bridge-cost\""));
}

#[test]
fn the_life_of_a_record_is_the_same_by_an_index_of_any_version() {
    let dir = committed();
    let root = dir.path();
    let log =
        || ["bridge-cost", "rumour-toll"].map(|id| claimbook(root, &["log", id]).expect(0).stdout);
    let (index, aside) = (root.join(".git/index"), root.join(".git/aside"));
    fs::rename(&index, &aside).expect("moved");
    let without = log();
    fs::rename(&aside, &index).expect("moved back");
    for version in ["2", "4"] {
        git(root, &["update-index", "--index-version", version]).expect(0);
        assert_eq!(log(), without, "version {version}");
    }
    git(root, &["update-index", "--split-index"]).expect(0);
    assert_eq!(log(), without, "split");
    fs::write(&index, "DIRC").expect("written");
    assert_eq!(log(), without, "cut short");
}
