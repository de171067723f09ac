//! What a change is checked against: branches and merges, clones that lack something, bare
//! repositories, working trees in every state, and what GitHub Actions says.

mod common;

use common::{
    claimbook, claimbook_in, edit,
    place::{Place, rules},
};
use serde_json::{Value, json};
use std::{fs, path::Path};

/// Breaks a claim in one way.
fn slip(place: &Place, id: &str) {
    edit(&place.claim(id), "\"reviewed\": \"2025-03-10\"", "\"reviewed\": \"2025-03-32\"");
}

fn head(place: &Place) -> String {
    place.repo.git.head().expect("HEAD").target().expect("a commit").to_string()
}

/// A branch `topic` with a slip of its own, and `master`, which has one too by now.
fn parted() -> Place {
    let place = Place::new();
    place.branch("topic");
    slip(&place, "bridge-cost");
    place.commit("A slip on the branch");
    place.switch("master");
    slip(&place, "bridge-decided");
    place.commit("A slip on master");
    place.switch("topic");
    place
}

#[test]
fn a_change_begins_where_it_parted() {
    let place = parted();
    assert_eq!(place.found(&["--base", "master"]), ["schema bridge-cost"]);
    assert_eq!(place.found(&["--base", "topic", "--at", "master"]), ["schema bridge-decided"]);
    let report = place.json(&["--base", "master"]);
    let base = report["summary"]["base"].clone();
    let parted = place.repo.git.revparse_single("master~1").expect("a commit").id().to_string();
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
    let place = parted();
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

/// What `git clone --depth N` leaves: the last commits of one branch, the first of them marked as one
/// whose parents are missing, and no tags.
fn shallow(place: &Place, depth: usize) -> tempfile::TempDir {
    let clone = tempfile::tempdir().expect("a folder");
    common::copy(place.path(), clone.path());
    let git = git2::Repository::open(clone.path()).expect("a repository");
    let branch = git.head().expect("HEAD").name().expect("a name").to_owned();
    for mut reference in git.references().expect("references").flatten() {
        if reference.name() != Ok(branch.as_str()) {
            reference.delete().expect("deleted");
        }
    }
    let mut first = git.head().and_then(|head| head.peel_to_commit()).expect("a commit");
    for _ in 1..depth {
        first = first.parent(0).expect("a parent");
    }
    fs::write(clone.path().join(".git/shallow"), format!("{}\n", first.id())).expect("written");
    for id in first.parent_ids() {
        let (folder, rest) = (&id.to_string()[..2], &id.to_string()[2..]);
        fs::remove_file(clone.path().join(".git/objects").join(folder).join(rest))
            .expect("removed");
    }
    clone
}

#[test]
fn a_shallow_clone_says_what_it_lacks() {
    let place = Place::new();
    place.tag("v1.0.0");
    edit(&place.claim("bridge-cost"), "page 12", "page 13");
    place.commit("One");
    let before = head(&place);
    edit(&place.claim("bridge-cost"), "page 13", "page 14");
    place.commit("Two");
    let clone = shallow(&place, 1);
    for base in [before.as_str(), "HEAD~1"] {
        let run = claimbook(clone.path(), &["check", "--base", base]).expect(2);
        assert!(run.stderr.contains("git fetch --unshallow"), "{}", run.stderr);
        assert!(run.stderr.contains("fetch-depth: 0"), "{}", run.stderr);
    }
    // The base is there, and what was released is not.
    let clone = shallow(&place, 2);
    let run = claimbook(clone.path(), &["check", "--base", "HEAD~1"]).expect(2);
    assert!(run.stderr.contains("cannot tell what was released: no tag `v…`"), "{}", run.stderr);
    assert!(run.stderr.contains("fetch-depth: 0"), "{}", run.stderr);
    place.check(&["--base", "HEAD~1"]).expect(0);
}

#[test]
fn a_bare_repository_will_do() {
    let place = Place::new();
    slip(&place, "bridge-cost");
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
    slip(&place, "bridge-cost");
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

/// What `check` says in a workflow.
fn in_workflow(place: &Path, event: &str, payload: &Value, more: &[(&str, &str)]) -> common::Run {
    let file = place.join(".git/event.json");
    fs::write(&file, payload.to_string()).expect("written");
    let path = file.display().to_string();
    let mut environment = vec![
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_EVENT_NAME", event),
        ("GITHUB_EVENT_PATH", path.as_str()),
    ];
    environment.extend_from_slice(more);
    claimbook_in(&environment, place, &["check"])
}

#[test]
fn a_workflow_knows_what_it_was_started_for() {
    let place = parted();
    let (master, topic) = ("master", "topic");
    let commit = |name: &str| {
        let object = place.repo.git.revparse_single(name).expect("a commit");
        object.id().to_string()
    };
    // The branch as it was fetched, as long as it was.
    let pull = json!({"pull_request": {"base": {"sha": commit("master~1")}}});
    let branch = [("GITHUB_BASE_REF", master)];
    let run = in_workflow(place.path(), "pull_request", &pull, &branch).expect(1).stdout;
    assert!(run.contains("::error file=dataset/claims/bridge-cost.json"), "{run}");
    assert!(!run.contains("bridge-decided"), "{run}");
    assert!(
        run.contains(&format!("checked 1 changed record against {}", commit("master~1"))),
        "{run}"
    );
    place
        .repo
        .git
        .reference(
            "refs/remotes/origin/master",
            place.repo.git.revparse_single(master).expect("a commit").id(),
            false,
            "fetched",
        )
        .expect("a reference");
    let run = in_workflow(place.path(), "pull_request", &pull, &branch).expect(1).stdout;
    assert!(run.contains("against origin/master"), "{run}");
    // A merge queue and a push say it themselves.
    for (event, payload) in [
        ("merge_group", json!({"merge_group": {"base_sha": commit(master)}})),
        ("push", json!({"before": commit("topic~1")})),
    ] {
        let run = in_workflow(place.path(), event, &payload, &[]).expect(1).stdout;
        assert!(run.contains("bridge-cost") && !run.contains("bridge-decided"), "{event}: {run}");
    }
    // Nothing was there before, or it is gone: then everything counts.
    let whole = "checked 10 claims: 1 error";
    for (event, payload) in [
        ("push", json!({"before": "0000000000000000000000000000000000000000"})),
        ("push", json!({"before": "1234567890123456789012345678901234567890"})),
        ("schedule", json!({})),
        ("workflow_dispatch", json!({"ref": topic})),
    ] {
        let run = in_workflow(place.path(), event, &payload, &[]).expect(1).stdout;
        assert!(run.contains(whole), "{event}: {run}");
    }
    // A pull request whose base is not there is not checked.
    let pull =
        json!({"pull_request": {"base": {"sha": "1234567890123456789012345678901234567890"}}});
    let run = in_workflow(place.path(), "pull_request", &pull, &[]).expect(2);
    assert!(run.stderr.contains("fetch-depth: 0 of actions/checkout"), "{}", run.stderr);
    // It can be told not to look.
    let run = claimbook_in(
        &[
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_EVENT_NAME", "pull_request"),
            ("GITHUB_BASE_REF", master),
        ],
        place.path(),
        &["check", "--no-base"],
    );
    assert!(run.expect(1).stdout.contains(whole));
}

#[test]
fn a_workflow_with_a_shallow_clone_says_how_to_get_the_rest() {
    let place = parted();
    let clone = shallow(&place, 1);
    for (event, payload) in [
        ("pull_request", json!({"pull_request": {"base": {"sha": head(&place)}}})),
        (
            "merge_group",
            json!({"merge_group": {"base_sha": "1234567890123456789012345678901234567890"}}),
        ),
        ("push", json!({"before": "1234567890123456789012345678901234567890"})),
    ] {
        let branch = [("GITHUB_BASE_REF", "master")];
        let run = in_workflow(clone.path(), event, &payload, &branch).expect(2);
        assert!(run.stderr.contains("fetch-depth: 0"), "{event}: {}", run.stderr);
    }
}
