//! What a change is checked against: branches and merges, clones that lack something, bare
//! repositories, and working trees in every state.

mod common;

use common::{
    claimbook, edit,
    place::{Place, rules},
};
use serde_json::{Value, json};
use std::{fs, path::Path};

#[test]
fn a_change_begins_where_it_parted() {
    let place = Place::parted();
    assert_eq!(place.found(&["--base", "master"]), ["schema bridge-cost"]);
    assert_eq!(place.found(&["--base", "topic", "--at", "master"]), ["schema bridge-decided"]);
    let report = place.json(&["--base", "master"]);
    let base = report["summary"]["base"].clone();
    let parted = place.id("master~1");
    assert_eq!(base, json!({"rev": "master", "commit": parted, "records": "changed"}));
    // A branch that took in what the other did has not done it.
    place.merge("master");
    let found = place.found(&[]);
    assert_eq!(found, ["schema bridge-cost", "schema bridge-decided"]);
    assert_eq!(place.found(&["--base", "master"]), ["schema bridge-cost"]);
    // As a pull request is checked out: merged into the other.
    place.switch("master");
    place.merge("topic");
    assert_eq!(place.found(&["--at", "HEAD", "--base", "HEAD^1"]), ["schema bridge-cost"]);
    assert_eq!(place.found(&["--at", "HEAD", "--base", "topic"]), [""; 0]);
}

#[test]
fn what_two_branches_have_crossed_is_compared_with_what_they_share() {
    let place = Place::parted();
    place.merge("master");
    place.branch("third");
    edit(&place.claim("bridge-opened"), "\"active\"", "\"actve\"");
    place.commit("On a third branch");
    place.switch("master");
    place.merge("third");
    place.switch("topic");
    place.merge("third");
    edit(&place.claim("bridge-named"), "\"retracted\"", "\"retrcted\"");
    assert_eq!(place.found(&["--base", "master"]), ["schema bridge-named"]);
}

#[test]
fn a_base_that_is_not_there_is_named() {
    let place = Place::new();
    let run = place.check(&["--base", "origin/main"]).expect(2);
    assert!(run.stderr.contains("no revision `origin/main`"), "{}", run.stderr);
    assert!(run.stdout.is_empty());
    let tree = place.repo.git.head().and_then(|head| head.peel_to_tree()).expect("a tree").id();
    let run = place.check(&["--base", &tree.to_string()]).expect(2);
    assert!(run.stderr.contains("is no commit"), "{}", run.stderr);
    // Another history altogether.
    let git = &place.repo.git;
    let who = git2::Signature::now("A", "a@example.org").expect("a signature");
    let tree = git.find_tree(tree).expect("a tree");
    git.commit(Some("refs/heads/other"), &who, &who, "Alone", &tree, &[]).expect("a commit");
    let run = place.check(&["--base", "other"]).expect(2);
    assert!(run.stderr.contains("have no commit in common"), "{}", run.stderr);
    let run = place.check(&["--all"]).expect(2);
    assert!(run.stderr.contains("--base origin/main"), "{}", run.stderr);
    place.check(&["--acknowledge", "removes bridge-cost"]).expect(2);
    place.check(&["--base", "HEAD", "--no-base"]).expect(2);
}

#[test]
fn without_a_repository_there_is_no_base() {
    let dir = tempfile::tempdir().expect("a folder");
    common::copy(&common::sample(), dir.path());
    let run = claimbook(dir.path(), &["check", "--base", "HEAD"]).expect(2);
    assert!(run.stderr.contains("is not in a git repository"), "{}", run.stderr);
}

#[test]
fn a_shallow_clone_says_what_it_lacks() {
    let place = Place::new();
    place.tag("v1.0.0");
    edit(&place.claim("bridge-cost"), "page 12", "page 13");
    place.commit("One");
    let before = place.id("HEAD");
    edit(&place.claim("bridge-cost"), "page 13", "page 14");
    place.commit("Two");
    let clone = place.shallow(1);
    for base in [before.as_str(), "HEAD~1"] {
        let run = claimbook(clone.path(), &["check", "--base", base]).expect(2);
        assert!(run.stderr.contains("git fetch --unshallow"), "{}", run.stderr);
        assert!(run.stderr.contains("fetch-depth: 0"), "{}", run.stderr);
    }
    // The base is there, and what was released is not.
    let clone = place.shallow(2);
    let run = claimbook(clone.path(), &["check", "--base", "HEAD~1"]).expect(2);
    assert!(run.stderr.contains("cannot tell what was released: no tag `v…`"), "{}", run.stderr);
    assert!(run.stderr.contains("fetch-depth: 0"), "{}", run.stderr);
    place.check(&["--base", "HEAD~1"]).expect(0);
}

#[test]
fn a_bare_repository_will_do() {
    let place = Place::new();
    place.slip("bridge-cost");
    place.commit("A slip");
    edit(&place.claim("bridge-decided"), "\"active\"", "\"actve\"");
    fs::remove_file(place.claim("bridge-named")).expect("removed");
    place.commit("Another");
    let bare = tempfile::tempdir().expect("a folder");
    git2::build::RepoBuilder::new()
        .bare(true)
        .clone(&format!("file://{}", place.path().display()), bare.path())
        .expect("a clone");
    let args = ["check", "--at", "HEAD", "--base", "HEAD~1", "--format", "json"];
    let run = claimbook(bare.path(), &args).expect(1);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(rules(&report), ["schema bridge-decided", "record-removed bridge-named"]);
    let run = claimbook(bare.path(), &["check", "--base", "HEAD~1"]).expect(2);
    assert!(run.stderr.contains("no dataset/dataset.json here"), "{}", run.stderr);
}

#[test]
fn a_dataset_that_was_not_there_is_new() {
    let dir = tempfile::tempdir().expect("a folder");
    let repo = common::Repo { git: git2::Repository::init(dir.path()).expect("a repository") };
    fs::write(dir.path().join("README.md"), "To come.\n").expect("written");
    repo.commit("Nothing yet", 1_741_651_200);
    common::copy(&common::sample(), dir.path());
    let claim = dir.path().join("dataset/claims/bridge-cost.json");
    edit(&claim, "\"high\"", "\"hgih\"");
    let run = claimbook(dir.path(), &["check", "--base", "HEAD"]).expect(1).stdout;
    assert!(run.contains("did you mean `high`?"), "{run}");
    assert!(run.contains(": 1 error, no warnings"), "{run}");
}

#[test]
fn a_folder_in_its_repository_is_enough() {
    let dir = tempfile::tempdir().expect("a folder");
    common::copy(&common::sample(), &dir.path().join("data/bridge"));
    let repo = common::Repo { git: git2::Repository::init(dir.path()).expect("a repository") };
    repo.commit("Further down", 1_741_651_200);
    let claim = dir.path().join("data/bridge/dataset/claims/bridge-cost.json");
    edit(&claim, "\"high\"", "\"hgih\"");
    let run = claimbook(&dir.path().join("data/bridge/dataset"), &["check", "--base", "HEAD"]);
    let found = run.expect(1).stdout;
    assert!(found.contains("--> dataset/claims/bridge-cost.json"), "{found}");
    assert!(found.contains("checked 1 changed record"), "{found}");
}

#[test]
fn a_working_tree_is_taken_as_it_is() {
    let place = Place::new();
    fs::write(place.path().join(".gitignore"), "ignored.json\n").expect("written");
    place.commit("Ignoring");
    // Ignored by git, and read all the same.
    let text = fs::read_to_string(place.claim("bridge-cost")).expect("a claim");
    let copy = text.replace("\"bridge-cost\"", "\"ignored\"").replace("The harbour bridge", "It");
    fs::write(place.claim("ignored"), copy.replace("\"high\"", "\"hgih\"")).expect("written");
    assert_eq!(place.found(&["--base", "HEAD"]), ["schema ignored"]);
    fs::remove_file(place.claim("ignored")).expect("removed");
    // Staged or not is all one.
    place.slip("bridge-cost");
    let mut index = place.repo.git.index().expect("an index");
    index.add_path(Path::new("dataset/claims/bridge-cost.json")).expect("added");
    index.write().expect("written");
    assert_eq!(place.found(&["--base", "HEAD"]), ["schema bridge-cost"]);
    edit(&place.claim("bridge-cost"), "2025-03-32", "2025-03-10");
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
    // Neither the size nor, for all one can see, the time betrays a change made just now.
    edit(&place.claim("bridge-cost"), "\"high\"", "\"hgih\"");
    assert_eq!(place.found(&["--base", "HEAD"]), ["schema bridge-cost"]);
}

#[test]
fn ends_of_lines_that_git_turns_around_are_no_change() {
    let place = Place::new();
    fs::write(place.path().join(".gitattributes"), "* text=auto\n").expect("written");
    place.commit("Attributes");
    let crlf = |id: &str| {
        let text = fs::read_to_string(place.claim(id)).expect("a claim");
        fs::write(place.claim(id), text.replace('\n', "\r\n")).expect("written");
    };
    crlf("bridge-cost");
    assert_eq!(place.found(&[]), ["not-canonical bridge-cost"]);
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
    // In a file that changed, they are found.
    edit(&place.claim("bridge-cost"), "page 12", "page 13");
    assert_eq!(place.found(&["--base", "HEAD"]), ["not-canonical bridge-cost"]);
}

#[test]
#[cfg(unix)]
fn a_link_in_place_of_a_file_is_found() {
    let place = Place::new();
    let claim = place.claim("bridge-named");
    fs::rename(&claim, place.path().join("elsewhere.json")).expect("moved");
    std::os::unix::fs::symlink(place.path().join("elsewhere.json"), &claim).expect("a link");
    let found = place.found(&["--base", "HEAD"]);
    assert!(
        found.contains(&"unknown-file dataset/claims/bridge-named.json".to_owned()),
        "{found:?}"
    );
    fs::remove_file(&claim).expect("removed");
    fs::rename(place.path().join("elsewhere.json"), &claim).expect("back");
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
    let readme = place.path().join("dataset/README.md");
    std::os::unix::fs::symlink("dataset.json", readme).expect("a link");
    assert_eq!(place.found(&["--base", "HEAD"]), ["unknown-file dataset/README.md"]);
    // Committed, it is nothing new.
    place.commit("A link");
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
    assert_eq!(place.found(&["--base", "HEAD~1"]), ["unknown-file dataset/README.md"]);
}

#[test]
fn a_schema_that_changed_holds_for_its_own_side() {
    let place = Place::new();
    let schema = include_str!("../schema/publisher.schema.json");
    let stricter = schema.replacen("\"required\": [", "\"required\": [\"country\", ", 1);
    fs::create_dir_all(place.path().join("schema")).expect("a folder");
    fs::write(place.path().join("schema/publisher.schema.json"), &stricter).expect("written");
    let found = place.found(&["--base", "HEAD"]);
    assert_eq!(found.len(), 6, "{found:?}");
    place.commit("Every publisher has a country");
    edit(&place.claim("bridge-cost"), "page 12", "page 13");
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
    // A schema that cannot be used stops what it is used for, and not its own mending.
    fs::write(place.path().join("schema/publisher.schema.json"), "{").expect("written");
    place.check(&["--base", "HEAD"]).expect(2);
    place.commit("No schema");
    fs::write(place.path().join("schema/publisher.schema.json"), schema).expect("written");
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
}
