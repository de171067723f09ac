//! A stranger's dataset: begun with `init`, then filled from `tests/other/` with topics, units and a
//! tightened schema of its own.

mod common;

use common::{claimbook, copy, edit, git};
use std::{
    fs,
    path::{Path, PathBuf},
};

const LIT: &str = "dataset/claims/north/grey-skerry-lit-1874.json";

fn other() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/other")
}

/// What a stranger does: starts a dataset, deletes the example, and writes records.
fn made(root: &Path) {
    let about = [
        "--name=tarn-lights",
        "--title=Lighthouses of the Tarn Islands",
        "--description=Sourced claims about the lights of an invented group of islands: when they were lit, how far they are seen, and who kept them.",
        "--license=CC0-1.0",
        "--language=en-GB",
        "--base-iri=https://lights.example.org/",
        "--maintainer=Tarn Harbour Museum",
        "--topic=lights=Lights and lamps",
        "--topic=keepers",
        "--unit=metres=metres",
        "--unit=nautical-miles=nautical miles",
    ];
    claimbook(root, &[&["init"][..], &about].concat()).expect(0);
    let meta = |root: &Path| fs::read_to_string(root.join("dataset/dataset.json")).expect("a file");
    assert_eq!(meta(root), meta(&other()));
    for example in [
        "claims/example-library-opened",
        "sources/example-council-minutes-2021",
        "publishers/example-town-council",
        "subjects/example-town",
    ] {
        fs::remove_file(root.join(format!("dataset/{example}.json"))).expect("removed");
    }
    copy(&other(), root);
}

#[test]
fn it_is_checked_formatted_and_published() {
    let dir = tempfile::tempdir().expect("a folder");
    made(dir.path());
    let checked = claimbook(dir.path(), &["check"]).expect(0).stdout;
    assert!(checked.starts_with("checked 4 claims, 4 sources, 2 publishers and 2 subjects"));
    assert!(checked.contains("no errors, no warnings"), "{checked}");
    claimbook(dir.path(), &["fmt", "--check"]).expect(0);
    claimbook(dir.path(), &["publish"]).expect(0);
    let bundle = fs::read_to_string(dir.path().join("dist/tarn-lights.json")).expect("published");
    let bundle: serde_json::Value = serde_json::from_str(&bundle).expect("JSON");
    let claims = bundle["claims"].as_array().expect("claims");
    let light = claims.iter().find(|claim| claim["id"] == "grey-skerry-lit-1874").expect("a claim");
    assert_eq!(light["x_light"], serde_json::json!({"character": "flashing", "period_s": 10}));
    assert_eq!(light["computed"]["ceiling"], "high");
    let page = fs::read_to_string(dir.path().join("dist/report/README.md")).expect("a page");
    assert!(page.contains("Lighthouses of the Tarn Islands"), "{page}");
    claimbook(dir.path(), &["publish", "--check"]).expect(0);
}

#[test]
fn its_own_schema_is_the_one_that_counts() {
    let dir = tempfile::tempdir().expect("a folder");
    made(dir.path());
    let claim = dir.path().join(LIT);
    for (from, to, said) in [
        ("\"flashing\"", "\"blinking\"", "`blinking` is not one of fixed, flashing, occulting"),
        ("\"event\"", "\"assessment\"", "`assessment` is not one of"),
        ("\"period_s\": 10", "\"period_s\": 100", "period_s"),
    ] {
        let text = fs::read_to_string(&claim).expect("a file");
        edit(&claim, from, to);
        let run = claimbook(dir.path(), &["check"]).expect(1);
        assert!(run.stdout.contains(said), "{}", run.stdout);
        fs::write(&claim, text).expect("written");
    }
}

#[test]
fn its_own_fields_are_merged_and_shown() {
    let dir = tempfile::tempdir().expect("a folder");
    made(dir.path());
    let claim = dir.path().join(LIT);
    let git = |args: &[&str]| git(dir.path(), args);
    let commit = |message: &str| {
        git(&["add", "--all"]).expect(0);
        git(&["commit", "--quiet", "--message", message]).expect(0);
    };
    commit("Begun");
    git(&["switch", "--quiet", "--create", "period"]).expect(0);
    edit(&claim, "\"period_s\": 10", "\"period_s\": 12");
    commit("Period");
    git(&["switch", "--quiet", "main"]).expect(0);
    edit(&claim, "\"flashing\"", "\"occulting\"");
    commit("Character");
    git(&["merge", "--no-edit", "period"]).expect(0);
    claimbook(dir.path(), &["check"]).expect(0);
    let shown = git(&["diff", "HEAD~1"]).expect(0).stdout;
    assert!(shown.contains("\n-  x_light period_s: 10\n+  x_light period_s: 12\n"), "{shown}");
    let text = fs::read_to_string(&claim).expect("a file");
    assert!(text.contains("\"occulting\"") && text.contains("\"period_s\": 12"), "{text}");
}
