//! Citations of what was released, whatever has become of it since.

mod common;

use common::{Repo, claimbook, edit};
use std::fs;

/// A repository in which a claim was released as 1.0.0 and then changed.
fn released() -> (tempfile::TempDir, Repo) {
    let dir = tempfile::tempdir().expect("a folder");
    let repo = Repo::with_sample(dir.path());
    repo.tag("v1.0.0");
    edit(&dir.path().join("dataset/claims/bridge-cost.json"), "bridge cost", "crossing cost");
    (dir, repo)
}

#[test]
fn a_version_is_cited_as_it_was_released() {
    let (dir, _) = released();
    let now = claimbook(dir.path(), &["cite", "bridge-cost"]).expect(0);
    assert!(now.stdout.contains("crossing cost") && !now.stdout.contains("Version"), "{now:?}");
    assert!(now.stderr.contains("ID@VERSION cites a release"), "{}", now.stderr);
    let cited = claimbook(dir.path(), &["cite", "bridge-cost@1.0.0"]).expect(0);
    assert!(cited.stdout.contains("bridge cost"), "{}", cited.stdout);
    assert!(cited.stdout.contains("(2025)") && cited.stdout.contains("(Version 1.0.0)"));
    assert_eq!(cited.stderr, "");
    let named = claimbook(dir.path(), &["cite", "bridge-cost", "--at", "v1.0.0"]).expect(0);
    assert_eq!((named.stdout, named.stderr), (cited.stdout, cited.stderr));
    let whole = claimbook(dir.path(), &["cite", "@1.0.0", "--format", "bibtex"]).expect(0);
    assert!(whole.stdout.contains("version = {1.0.0}"), "{}", whole.stdout);
    assert!(whole.stdout.contains("date = {2025-03-11}"), "{}", whole.stdout);
}

#[test]
fn what_has_become_of_a_claim_stands_in_its_citation() {
    let (dir, _) = released();
    let cite = |format: &str| {
        let args = ["cite", "bridge-cost-estimate", "--format", format];
        claimbook(dir.path(), &args).expect(0).stdout
    };
    let text = cite("text");
    assert!(text.contains(" [Superseded claim]"), "{text}");
    let bibtex = cite("bibtex");
    assert!(bibtex.contains("  note = {Superseded: "), "{bibtex}");
    let csl: serde_json::Value = serde_json::from_str(&cite("csl")).expect("JSON");
    assert_eq!(csl[0]["status"], "superseded");
    assert!(!claimbook(dir.path(), &["cite", "bridge-cost"]).expect(0).stdout.contains('['));
}

#[test]
fn what_is_no_claim_is_told_as_what_it_is() {
    let (dir, _) = released();
    let run = claimbook(dir.path(), &["cite", "aldinia"]).expect(2);
    assert!(run.stderr.contains("`aldinia` is a subject; what is cited is a claim"), "{run:?}");
    let run = claimbook(dir.path(), &["cite", "bridge-cots"]).expect(2);
    assert!(run.stderr.contains("did you mean `bridge-cost`?"), "{run:?}");
}

#[test]
fn a_bare_repository_has_versions_too() {
    let (dir, _) = released();
    let bare = tempfile::tempdir().expect("a folder");
    git2::build::RepoBuilder::new()
        .bare(true)
        .clone(&format!("file://{}", dir.path().display()), bare.path())
        .expect("a clone");
    let expected = claimbook(dir.path(), &["cite", "bridge-cost@1.0.0"]).expect(0);
    let cited = claimbook(bare.path(), &["cite", "bridge-cost@1.0.0"]).expect(0);
    assert_eq!(cited.stdout, expected.stdout);
}

#[test]
fn tags_begin_as_the_dataset_says() {
    let (dir, repo) = released();
    let path = dir.path().join("dataset/dataset.json");
    let text = fs::read_to_string(&path).expect("a file");
    let end = text.rfind('}').expect("an object");
    let with =
        format!("{},\"release\": {{\"tag_prefix\": \"data-v\"}}}}\n", text[..end].trim_end());
    fs::write(&path, with).expect("written");
    let run = claimbook(dir.path(), &["cite", "@1.0.0"]).expect(2);
    assert!(run.stderr.contains("version 1.0.0 cannot be read"), "{}", run.stderr);
    assert!(run.stderr.contains("git tag --list 'data-v1.0.0'"), "{}", run.stderr);
    repo.tag("data-v1.0.0");
    claimbook(dir.path(), &["cite", "@1.0.0"]).expect(0);
}

#[test]
fn a_version_and_a_revision_are_one_too_many() {
    let (dir, _) = released();
    let run = claimbook(dir.path(), &["cite", "@1.0.0", "--at", "HEAD"]).expect(2);
    assert!(run.stderr.contains("name two revisions"), "{}", run.stderr);
}
