//! Making releases: the version follows from what changed, what was released stays, nothing is half
//! made, and the bytes are the same everywhere.

mod common;

use common::{
    claimbook, edit, files, git,
    ready::{FOLDER, Ready, sum},
};
use serde_json::json;
use std::{fs, process::Command};

#[test]
fn a_dry_run_shows_everything_and_writes_nothing() {
    let ready = Ready::new();
    let before = files(ready.dir.path());
    let run = ready.run(&["release", "--dry-run"]).expect(0);
    for part in
        ["version 1.0.0 as the tag v1.0.0", "10 claims", "port-aldine-1.0.0.zip", "claims.csv"]
    {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    assert_eq!(ready.tags(), "");
    let mut after = files(ready.dir.path());
    after.retain(|path, _| before.contains_key(path) || !path.starts_with(".git/"));
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
}

#[test]
fn a_release_is_whole_and_has_an_annotated_tag() {
    let ready = Ready::released();
    assert_eq!(ready.tags(), "v1.0.0 tag\n");
    let message = git(ready.dir.path(), &["tag", "-l", "--format=%(contents)", "v1.0.0"]).stdout;
    assert!(message.starts_with("The harbour bridge of Port Aldine 1.0.0\n\nThe first release"));
    let told = ready.verify("release").expect(0).stdout;
    // As many as there are: which formats there are depends on what was built in.
    let n = files(&ready.path("release")).len();
    assert_eq!(told, format!("port-aldine 1.0.0 of 2025-03-12: {n} files, nothing is wrong\n"));
    for end in [".tar.gz", ".zip", "", "/claims.csv", "/report/sources.md", "/manifest.json"] {
        ready.verify(&format!("{FOLDER}{end}")).expect(0);
    }
    ready.run(&["verify", "--rebuild", "release"]).expect(0);
}

#[test]
fn what_is_not_ready_is_refused() {
    let ready = Ready::new();
    let refused = |ready: &Ready, words: &str| {
        let run = ready.run(&["release"]).expect(2);
        assert!(run.stderr.contains(words), "{}", run.stderr);
        assert!(!ready.path("release").exists() && ready.tags().is_empty());
    };
    let claim = ready.path("dataset/claims/bridge-cost.json");
    edit(&claim, "cost 84.5 million", "cost about 84.5 million");
    refused(&ready, "not committed: dataset/claims/bridge-cost.json");
    edit(&claim, "about ", "");
    edit(&ready.path("dataset/CHANGELOG.md"), "## 1.0.0", "## 0.9.0");
    ready.repo.commit("Another version", 1_741_737_601);
    refused(&ready, "dataset/CHANGELOG.md has no section for 1.0.0");
    edit(&claim, "council-budget-2023", "council-budget-2032");
    ready.repo.commit("A source that is not there", 1_741_737_602);
    let run = ready.run(&["release"]).expect(1);
    assert!(
        run.stdout.contains("council-budget-2032") && run.stderr.contains("nothing was released")
    );
}

/// The ways to make a release: each asks for the same.
const WAYS: [&[&str]; 3] =
    [&["release", "--dry-run"], &["release", "--changelog"], &["release", "1.1.0"]];

/// What a check that stops a release says, whichever way it is made.
fn stopped(ready: &Ready, words: &[&str]) {
    let (before, tags) = (files(&ready.path("release")), ready.tags());
    for way in WAYS {
        let run = ready.run(way).expect(1);
        for words in words {
            assert!(run.stdout.contains(words), "{way:?}: no {words}:\n{}", run.stdout);
        }
        assert!(run.stderr.contains("nothing was released"), "{}", run.stderr);
        assert!(!run.stdout.contains("git push"), "{}", run.stdout);
    }
    assert!(files(&ready.path("release")) == before && ready.tags() == tags);
}

#[test]
fn what_was_released_stays_in_the_next_release() {
    let ready = Ready::released();
    let claim = ready.path("dataset/claims/bridge-second-lane.json");
    fs::remove_file(&claim).expect("removed");
    // A trailer is enough for what was never released, and not for this.
    ready.repo.commit(
        "One claim less\n\nClaimbook-Acknowledge: removes bridge-second-lane\n",
        1_741_824_000,
    );
    stopped(
        &ready,
        &[
            "error[released-id-missing]: the claim `bridge-second-lane` was released in v1.0.0 and is gone",
            "leave a tombstone with the status `removed`",
        ],
    );
    let stone = r#"{"id": "bridge-second-lane", "status": "removed", "status_date": "2025-03-13",
        "status_note": "The plans of the harbour office are not public."}"#;
    fs::write(&claim, stone).expect("written");
    ready.run(&["fmt"]).expect(0);
    ready.repo.commit("A tombstone", 1_741_824_001);
    ready.run(&["release", "--changelog"]).expect(0);
    ready.repo.commit("Changes of the next version", 1_741_824_002);
    ready.run(&["release", "--dry-run"]).expect(0);
    ready.run(&["release"]).expect(0);
    assert_eq!(ready.tags().lines().count(), 2);
    ready.run(&["verify", "--rebuild", "release"]).expect(0);
}

#[test]
fn a_release_that_weakens_much_says_so() {
    let ready = Ready::released();
    // One at a time, each of which may pass.
    for (time, id) in [(1, "bridge-cost"), (2, "bridge-decided")] {
        edit(&ready.path(&format!("dataset/claims/{id}.json")), "\"high\"", "\"moderate\"");
        ready.repo.commit("Less sure", 1_741_824_000 + time);
        ready.run(&["check", "--base", "HEAD~1"]).expect(0);
    }
    let line = "Claimbook-Acknowledge: weakens 2 claims";
    stopped(&ready, &["error[mass-change]: weakens or removes 2 of 10 claims", line]);
    // Before there is a commit that says so.
    let words = ["--acknowledge", "weakens 2 claims"];
    let run = ready.run(&[&["release"], &words[..]].concat()).expect(2);
    assert!(run.stderr.contains("--changelog"), "{}", run.stderr);
    ready.run(&[&["release", "--changelog"], &words[..]].concat()).expect(0);
    let message = format!("Changes of 1.1.0\n\n{line}\n");
    ready.repo.commit(&message, 1_741_824_010);
    ready.run(&["release"]).expect(0);
    assert!(ready.tags().contains("v1.1.0 tag\n"));
}

#[test]
fn the_version_follows_from_what_changed() {
    let ready = Ready::released();
    ready.change();
    let run = ready.run(&["release", "--changelog", "1.0.1"]).expect(2);
    assert!(run.stderr.contains("1.0.1 is too low: it must be 1.1.0 or higher"), "{}", run.stderr);
    // A tag of something else, such as the toolkit's, is none of the dataset's.
    ready.repo.tag("v7");
    ready.repo.tag("tool-v9.0.0");
    ready.run(&["release", "--changelog"]).expect(0);
    let page = fs::read_to_string(ready.path("dataset/CHANGELOG.md")).expect("a page");
    let parts = [
        "## 1.1.0 ",
        "### Weakened",
        "### New claims",
        "#### Construction",
        "Nora New",
        "## 1.0.0 ",
    ];
    let places: Vec<_> = parts.iter().map(|part| page.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{page}");
    assert!(page.contains("thanks for a first contribution: Nora New."), "{page}");
    ready.repo.commit("Changes of 1.1.0", 1_741_824_000);
    ready.run(&["release"]).expect(0);
    assert!(ready.tags().contains("v1.1.0 tag\n"));
    // The release before gave way to this one.
    assert!(!ready.path(FOLDER).exists());
    ready.run(&["verify", "--rebuild", "release"]).expect(0);
}

#[test]
fn what_was_interrupted_can_be_done_again() {
    let ready = Ready::released();
    let before = files(&ready.path("release"));
    git(ready.dir.path(), &["tag", "-d", "v1.0.0"]).expect(0);
    fs::create_dir(ready.path(".release-torn")).expect("a folder");
    fs::remove_file(ready.path("release/port-aldine-1.0.0.zip")).expect("removed");
    ready.run(&["release"]).expect(0);
    assert!(files(&ready.path("release")) == before);
    assert_eq!(ready.tags(), "v1.0.0 tag\n");
    // With its tag too.
    fs::remove_dir_all(ready.path("release")).expect("removed");
    ready.run(&["release"]).expect(0);
    assert!(files(&ready.path("release")) == before);
}

#[test]
#[cfg(unix)]
fn the_bytes_are_the_same_everywhere() {
    let ready = Ready::released();
    ready.change();
    ready.run(&["release", "--changelog"]).expect(0);
    ready.repo.commit("Changes of 1.1.0", 1_741_824_000);
    ready.run(&["release"]).expect(0);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", ready.dir.path().display());
    git(elsewhere.path(), &["clone", "-q", &url, "other/place"]).expect(0);
    let place = elsewhere.path().join("other/place");
    let words = format!("umask 077; exec {} release", env!("CARGO_BIN_EXE_claimbook"));
    let run = Command::new("sh")
        .args(["-c", &words])
        .current_dir(&place)
        .env_clear()
        .env("HOME", &place)
        .env("TZ", "Pacific/Kiritimati")
        .env("LC_ALL", "ar_EG.UTF-8")
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .expect("it runs");
    assert!(run.status.success(), "{run:?}");
    assert!(files(&place.join("release")) == files(&ready.path("release")));
    // A clone with two commits only, those of the two releases.
    git(elsewhere.path(), &["clone", "-q", "--depth", "1", &url, "shallow"]).expect(0);
    let shallow = elsewhere.path().join("shallow");
    let release = ready.path("release");
    let verify = ["verify", "--rebuild", release.to_str().expect("UTF-8")];
    let run = claimbook(&shallow, &verify).expect(2);
    assert!(run.stderr.contains("shallow"), "{}", run.stderr);
    git(&shallow, &["fetch", "-q", "--depth", "1", "origin", "tag", "v1.0.0"]).expect(0);
    claimbook(&shallow, &verify).expect(0);
}

/// Releases what was changed, and keeps the bundle and the change set of each release.
fn release(ready: &Ready, version: &str, day: i64) {
    let day = 1_741_737_600 + day * 86_400;
    ready.repo.commit("Work", day);
    ready.run(&["release", "--changelog"]).expect(0);
    ready.repo.commit(&format!("Changes of {version}"), day);
    ready.run(&["release"]).expect(0);
    let folder = ready.path(&format!("release/port-aldine-{version}"));
    fs::copy(folder.join("port-aldine.json"), ready.path(&format!("{version}.json")))
        .expect("kept");
    fs::copy(folder.join("changes.json"), ready.path(&format!("to-{version}.json"))).expect("kept");
}

#[test]
fn change_sets_lead_from_any_release_to_any_later_one() {
    let ready = Ready::released();
    fs::write(ready.path(".gitignore"), "/*.json\n/release/\n").expect("written");
    fs::copy(ready.path(FOLDER).join("port-aldine.json"), ready.path("1.0.0.json")).expect("kept");
    let claim = |id: &str| ready.path(&format!("dataset/claims/{id}.json"));
    ready.change();
    release(&ready, "1.1.0", 1);
    // Details alone, in another folder and another form.
    let source = ready.path("dataset/sources/rumour-toll.json");
    edit(&source, "\"title\": \"", "\"title\": \"Rumour: ");
    fs::create_dir_all(ready.path("dataset/sources/web")).expect("a folder");
    fs::rename(&source, ready.path("dataset/sources/web/rumour-toll.json")).expect("moved");
    release(&ready, "1.1.1", 2);
    // A tombstone, a new title of the dataset and a topic more.
    let stone = json!({"id": "bridge-vote-held", "status": "removed", "status_date": "2025-03-14", "status_note": "It said nothing new."});
    fs::write(claim("bridge-vote-held"), stone.to_string()).expect("written");
    let meta = ready.path("dataset/dataset.json");
    edit(&meta, "\"title\": \"", "\"title\": \"All of ");
    edit(&meta, "\"topics\": {", "\"topics\": {\"a-lamps\": {\"label\": \"Lamps\"},");
    claimbook(ready.dir.path(), &["fmt"]).expect(0);
    release(&ready, "1.2.0", 3);
    let versions = ["1.0.0", "1.1.0", "1.1.1", "1.2.0"];
    for (i, from) in versions.iter().enumerate() {
        for (j, to) in versions.iter().enumerate().skip(i + 1) {
            let sets: Vec<String> =
                versions[i + 1..=j].iter().map(|version| format!("to-{version}.json")).collect();
            let bundle = format!("{from}.json");
            let mut args = vec!["apply", "--to", &bundle, "--out", "now.json"];
            args.extend(sets.iter().map(String::as_str));
            ready.run(&args).expect(0);
            let expected = sum(&ready.path(&format!("{to}.json")));
            assert_eq!(sum(&ready.path("now.json")), expected, "{from} to {to}");
        }
    }
    // One that was left out, or comes too early, is missed before anything is written.
    let before = sum(&ready.path("now.json"));
    for sets in [&["to-1.1.1.json"][..], &["to-1.1.1.json", "to-1.1.0.json"]] {
        let args = [&["apply", "--to", "1.0.0.json", "--out", "now.json"], sets].concat();
        let run = ready.run(&args).expect(2);
        assert!(
            run.stderr.contains("the change set is for the bundle of commit"),
            "{}",
            run.stderr
        );
        assert_eq!(sum(&ready.path("now.json")), before);
    }
}
