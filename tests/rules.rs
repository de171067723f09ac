//! Every rule against its fixtures, `tests/rules/RULE/{bad,good}`: `bad` brings up what its
//! `expected.txt` says and nothing of another rule, `good` brings up nothing at all. A fixture is
//! laid over `tests/rules/base`, so it holds only what differs. A rule about change has a `base` too,
//! and where it matters what was released, `released`, which is tagged: the two are committed, and
//! `bad` or `good` takes their place.
//!
//! `SNAPSHOTS=overwrite cargo test --test rules` writes what is expected, and `docs/rules.md`.

mod common;

use claimbook::rules::{Group, RULES, Rule};
use common::{Repo, claimbook, copy, fresh};
use serde_json::{Map, Value};
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

/// The day that counts as today, as in the rules' own examples.
const TODAY: &str = "2026-11-01";

/// The folder that fixtures are laid over.
const BASE: &str = "base";

fn rules_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// A dataset for a test: the base, and what lies over it.
fn dataset(over: &[PathBuf]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    copy(&rules_folder().join(BASE), root.path());
    for folder in over {
        copy(folder, root.path());
    }
    root
}

/// A repository in which a dataset was committed, and changed to one side of a rule's fixture.
fn changed(folder: &Path, side: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let repo = Repo { git: git2::Repository::init(root.path()).expect("a repository") };
    for version in ["released", "base", side].map(|version| folder.join(version)) {
        if !version.is_dir() {
            continue;
        }
        let _ = fs::remove_dir_all(root.path().join("dataset"));
        copy(&rules_folder().join(BASE), root.path());
        copy(&version, root.path());
        if version.ends_with(side) {
            break;
        }
        let id = repo.commit("A version", 1_793_000_000); // 2026-10-26
        if version.ends_with("released") {
            let object = repo.git.find_object(id, None).expect("a commit");
            repo.git.tag_lightweight("v1.0.0", &object, false).expect("a tag");
        }
    }
    root
}

/// What a side of a rule's fixture brings up.
fn brings_up(rule: &Rule, side: &str) -> Vec<Value> {
    let folder = rules_folder().join(rule.id);
    if rule.group == Group::Change {
        let root = changed(&folder, side);
        return common::findings(root.path(), &["--as-of", TODAY, "--base", "HEAD"]);
    }
    findings(dataset(&[folder.join(side)]).path())
}

/// The findings in a dataset, notes too.
fn findings(root: &Path) -> Vec<Value> {
    common::findings(root, &["--as-of", TODAY])
}

/// Findings for people to compare: place, rule, message, help and related places.
fn text(findings: &[Value]) -> String {
    let place = |at: &Value| {
        format!("{}:{}:{}", at["path"].as_str().expect("a path"), at["line"], at["column"])
    };
    let string = |value: &Value| value.as_str().expect("a string").to_owned();
    let mut out = String::new();
    for finding in findings {
        let (severity, rule) = (string(&finding["severity"]), string(&finding["rule"]));
        let _ = writeln!(
            out,
            "{}: {severity}[{rule}]: {}",
            place(finding),
            string(&finding["message"])
        );
        let _ = writeln!(out, "    help: {}", string(&finding["help"]));
        for related in finding["related"].as_array().expect("a list") {
            let _ = writeln!(out, "    {}: {}", place(related), string(&related["message"]));
        }
    }
    out
}

/// The rules that spoke.
fn speakers(findings: &[Value]) -> BTreeSet<&str> {
    findings.iter().filter_map(|finding| finding["rule"].as_str()).collect()
}

#[test]
fn bad_fixtures_bring_up_what_they_should_and_good_ones_nothing() {
    for rule in RULES {
        let folder = rules_folder().join(rule.id);
        let found = brings_up(rule, "good");
        assert!(found.is_empty(), "{}/good is not silent:\n{}", rule.id, text(&found));
        let found = brings_up(rule, "bad");
        assert!(!found.is_empty(), "{}/bad is silent", rule.id);
        assert_eq!(speakers(&found), [rule.id].into(), "{}/bad:\n{}", rule.id, text(&found));
        fresh(&folder.join("bad/expected.txt"), &text(&found));
    }
}

#[test]
fn every_rule_has_a_fixture_and_every_fixture_a_rule() {
    assert!(findings(dataset(&[]).path()).is_empty(), "the base is not silent");
    let ids: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(ids.len(), RULES.len(), "two rules have one id");
    let mut folders: BTreeSet<String> = fs::read_dir(rules_folder())
        .expect("the fixtures")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert!(folders.remove(BASE));
    assert_eq!(folders, ids);
    for Rule { id, group, .. } in RULES {
        let base = (*group == Group::Change).then_some("base");
        for side in ["bad", "good"].into_iter().chain(base) {
            assert!(rules_folder().join(id).join(side).is_dir(), "{id} has no {side} dataset");
        }
    }
}

#[test]
fn every_file_of_a_rule_is_registered_under_its_name() {
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules")).expect("src")
    {
        let path = entry.expect("an entry").path();
        let code = fs::read_to_string(&path).expect("code");
        if code.contains("pub const RULE: Rule") {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
            files.insert(stem.replace('_', "-"));
        }
    }
    assert_eq!(files, RULES.iter().map(|rule| rule.id.to_owned()).collect());
}

#[test]
fn every_rule_is_explained() {
    for Rule { id, summary, explain, bad, good, .. } in RULES {
        for (what, words) in
            [("summary", summary), ("explain", explain), ("bad", bad), ("good", good)]
        {
            assert!(!words.trim().is_empty(), "{id} has no `{what}`");
        }
        assert!(summary.ends_with('.') && summary.lines().count() == 1, "{id}: {summary}");
        assert_ne!(bad, good, "{id}");
    }
}

#[test]
fn the_manual_of_rules_is_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = claimbook(root, &["explain", "--manual"]).expect(0).stdout;
    for rule in RULES {
        assert!(manual.contains(&format!("\n### {}\n", rule.id)), "{} has no page", rule.id);
    }
    fresh(&root.join("docs/rules.md"), &manual);
}

/// How the example of a rule becomes part of a dataset.
enum Example {
    /// It is a file's text.
    Text(&'static str),
    /// It is the path of a file.
    Path,
    /// It is members of what a pointer names in a file.
    Members(&'static str, &'static str),
}

/// The rules whose examples can be tried.
const EXAMPLES: &[(&str, Example)] = &[
    ("syntax", Example::Text("publishers/reuters.json")),
    ("duplicate-key", Example::Text("claims/kazan-summit-held.json")),
    ("unknown-file", Example::Path),
    ("schema", Example::Members("claims/kazan-summit-held.json", "")),
    ("unknown-reference", Example::Members("claims/kazan-summit-held.json", "/citations/0")),
    ("relation-target", Example::Members("claims/last-count.json", "/relations/0")),
    ("date-order", Example::Members("sources/reuters-kazan-2024.json", "")),
    ("future-date", Example::Members("claims/kazan-summit-held.json", "")),
    ("unexplained-contradiction", Example::Members("claims/kazan-summit-held.json", "")),
    ("dispute-status", Example::Members("claims/kazan-summit-held.json", "")),
    ("unrated-publisher", Example::Members("publishers/reuters.json", "")),
    ("retracted-source", Example::Members("claims/kazan-summit-held.json", "/citations/2")),
    ("untranslated-quote", Example::Members("claims/kazan-summit-held.json", "/citations/2")),
    ("not-canonical", Example::Text("subjects/kazan-summit.json")),
    ("tracking-parameter", Example::Members("sources/reuters-kazan-2024.json", "")),
    ("invisible-text", Example::Members("sources/reuters-kazan-2024.json", "")),
    ("quantity-range", Example::Members("claims/at-an-end.json", "/quantity")),
];

/// An example as members of an object, where it is JSON rather than words.
fn members(example: &str) -> Option<Map<String, Value>> {
    let whole = serde_json::from_str(example).ok();
    whole.or_else(|| serde_json::from_str(&format!("{{{example}}}")).ok())
}

/// Whether a rule objects to an example of its own, tried in its good fixture.
fn objects(rule: &Rule, how: &Example, example: &str) -> bool {
    let root = dataset(&[rules_folder().join(rule.id).join("good")]);
    let folder = root.path().join("dataset");
    match how {
        Example::Text(file) => {
            fs::write(folder.join(file), format!("{example}\n")).expect("written");
        }
        Example::Path => {
            let path = root.path().join(example);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            if !path.exists() {
                fs::write(path, "{}\n").expect("written");
            }
        }
        Example::Members(file, pointer) => {
            let path = folder.join(file);
            let text = fs::read_to_string(&path).expect("a record");
            let mut record: Value = serde_json::from_str(&text).expect("JSON");
            let target = record.pointer_mut(pointer).and_then(Value::as_object_mut);
            target.expect("an object").extend(members(example).expect("members"));
            fs::write(path, record.to_string()).expect("written");
        }
    }
    speakers(&findings(root.path())).contains(rule.id)
}

#[test]
fn rules_object_to_their_bad_examples_and_not_to_their_good_ones() {
    for rule in RULES {
        let how = EXAMPLES.iter().find(|(id, _)| *id == rule.id).map(|(_, how)| how);
        for (example, expected) in [(rule.bad, true), (rule.good, false)] {
            match how {
                None => assert!(members(example).is_none(), "try the example of {}", rule.id),
                Some(Example::Members(..)) if members(example).is_none() => {}
                Some(how) => {
                    assert_eq!(objects(rule, how, example), expected, "{}: {example}", rule.id)
                }
            }
        }
    }
}
