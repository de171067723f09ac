//! The quick way of checking a change against reading everything: whatever is edited, both find the
//! same that is new. Tried on edits made at random: the same ones in each run, and more of them with
//! `PROPTEST_CASES=10000`.

mod common;

use claimbook::{
    check::{self, Ask, Base, Checked, REACH},
    date::Day,
    rules::{AsOf, RULES},
    snapshot::Snapshot,
};
use common::{Repo, copy, files, sample};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json};
use std::{cell::Cell, collections::BTreeSet, fs, path::Path};

/// One edit: of which record, at which place in it, and what to do there.
#[derive(Clone, Copy, Debug)]
struct Edit {
    file: usize,
    place: usize,
    how: usize,
}

fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    let edit = (any::<u16>(), any::<u16>(), any::<u16>());
    let edit = edit.prop_map(|(file, place, how)| Edit {
        file: file.into(),
        place: place.into(),
        how: how.into(),
    });
    vec(edit, 1..=most)
}

/// Every member of an object, however deep, by pointer.
fn members(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                found.push(format!("{at}/{key}"));
                members(value, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (i, value) in items.iter().enumerate() {
                members(value, &format!("{at}/{i}"), found);
            }
        }
        _ => {}
    }
}

/// What may stand in a field: words that fields of its name hold elsewhere, and some that none does.
fn words(key: &str, root: &Path) -> Vec<Value> {
    let mut found = vec![json!("nothing"), json!(7), json!([])];
    for bytes in files(&root.join("dataset")).values() {
        let Ok(record) = serde_json::from_slice::<Value>(bytes) else { continue };
        let mut all = Vec::new();
        members(&record, "", &mut all);
        let of_key = all.iter().filter(|at| at.ends_with(&format!("/{key}")));
        found.extend(of_key.filter_map(|at| record.pointer(at).cloned()));
    }
    found.extend(match key {
        "status" => vec![json!("disputed"), json!("superseded")],
        "confidence" => vec![json!("high"), json!("moderate"), json!("low")],
        "stance" => vec![json!("contradicts"), json!("context")],
        "reliability" => vec![json!("F"), json!("E"), json!("A")],
        "accessed" | "reviewed" => vec![json!("2018-01-01"), json!("2045-01-01")],
        _ => Vec::new(),
    });
    found
}

/// Does an edit to a dataset; `only` keeps to values of records that have a file of their own.
fn apply(edit: Edit, root: &Path, only_values: bool) {
    let mut paths: Vec<String> = files(&root.join("dataset")).into_keys().collect();
    paths.retain(|path| path.ends_with(".json"));
    let path = root.join("dataset").join(&paths[edit.file % paths.len()]);
    let text = fs::read_to_string(&path).expect("text");
    let Ok(mut record) = serde_json::from_str::<Value>(&text) else { return };
    let mut all = Vec::new();
    members(&record, "", &mut all);
    let at = all[edit.place % all.len()].clone();
    let (parent, key) = at.rsplit_once('/').expect("a pointer");
    // Without it there is no dataset to check.
    if path.ends_with("dataset.json") && (8..14).contains(&(edit.how % 16)) {
        return;
    }
    match if only_values { edit.how % 8 } else { edit.how % 16 } {
        // Of values, most often.
        0..=4 => {
            let words = words(key, root);
            let word = words[(edit.how / 16) % words.len()].clone();
            if !(only_values && key == "id") {
                *record.pointer_mut(&at).expect("a value") = word;
            }
        }
        5 => {
            let object = record.pointer_mut(parent).and_then(Value::as_object_mut);
            if !(only_values && key == "id") {
                object.expect("an object").remove(key);
            }
        }
        6 => record["x_note"] = json!(edit.how),
        7 => {
            if let Some(list) = record.get_mut("citations").and_then(Value::as_array_mut) {
                let sources: Vec<&String> =
                    paths.iter().filter(|path| path.starts_with("sources/")).collect();
                let name = sources[edit.place % sources.len()];
                let id = name.trim_start_matches("sources/").trim_end_matches(".json");
                let stance = ["supports", "contradicts"][edit.how % 32 / 16];
                list.push(json!({"source": id, "stance": stance, "directness": "primary", "shows": "It says so."}));
            }
        }
        8 => return fs::remove_file(&path).expect("removed"),
        9 => {
            let name = path.file_name().expect("a name");
            let folder = path.parent().expect("a folder").join("more");
            fs::create_dir_all(&folder).expect("a folder");
            return fs::rename(&path, folder.join(name)).expect("moved");
        }
        10 => return fs::write(&path, &text[..text.len() / 2]).expect("written"),
        11 => return fs::write(&path, text.replace("  ", "    ")).expect("written"),
        12 => {
            record["id"] = json!(format!("new-{}", edit.how));
            let path = path.with_file_name(format!("new-{}.json", edit.how));
            return fs::write(path, record.to_string()).expect("written");
        }
        13 => {
            let lines = path.with_file_name("lines.jsonl");
            fs::remove_file(&path).expect("removed");
            return fs::write(lines, format!("{record}\n")).expect("written");
        }
        14 => {
            let waiver = json!({"waivers": [{"rule": RULES[edit.place % RULES.len()].id, "id": record["id"], "reason": "It is known for now.", "expires": "2030-01-01"}]});
            return fs::write(root.join("dataset/waivers.json"), waiver.to_string())
                .expect("written");
        }
        _ => return fs::write(path.with_extension("md"), "Aside.\n").expect("written"),
    }
    let text = serde_json::to_string_pretty(&record).expect("JSON");
    fs::write(&path, text + "\n").expect("written");
}

/// What is new, in full.
fn new(checked: &Checked) -> Vec<String> {
    let findings = checked.report.findings.iter().filter(|located| !located.finding.older);
    let tell = |located: &claimbook::finding::Located| {
        let finding = &located.finding;
        let path = &checked.texts.get(finding.place.origin.file).path;
        let related: Vec<_> = finding
            .related
            .iter()
            .map(|(place, words)| {
                (checked.texts.get(place.origin.file).path.clone(), &place.pointer, words)
            })
            .collect();
        format!(
            "{path}:{:?}: {} {}\n  {:?}\n  {related:?}",
            located.start, finding.rule, finding.message, finding.help
        )
    };
    findings.map(tell).collect()
}

#[test]
fn the_quick_way_finds_what_reading_everything_finds() {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(64);
    let (quick, told) = (Cell::new(0_u32), Cell::new(0_u32));
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let values = (edits(3), edits(2), any::<bool>());
    let day = "2025-03-11".parse::<Day>().expect("a day");
    let run = TestRunner::new_with_rng(config, rng).run(&values, |(before, after, small)| {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path();
        copy(&sample(), root);
        // The base may have its own mistakes; but every file is named after its record.
        before.iter().for_each(|edit| apply(*edit, root, true));
        let repo = Repo { git: git2::Repository::init(root).expect("a repository") };
        repo.commit("Before", 1_741_651_200);
        after.iter().for_each(|edit| apply(*edit, root, small));
        let base = Base::of(root, "HEAD", None).expect("a base");
        let check = |all: bool| {
            let as_of = AsOf { day, asked: true };
            let ask = Ask { as_of, all, acknowledged: &[] };
            let head = Snapshot::folder(root).expect("a snapshot");
            check::against(&base, &head, ask, &|_| {}).expect("checked")
        };
        let (part, whole) = (check(false), check(true));
        prop_assert_eq!(new(&part), new(&whole), "{:?}", files(&root.join("dataset")).keys());
        if part.report.against.is_some_and(|against| against.part) {
            quick.set(quick.get() + 1);
            told.set(told.get() + u32::from(!part.report.findings.is_empty()));
        }
        Ok(())
    });
    run.unwrap_or_else(|failure| panic!("{failure}"));
    let (quick, told) = (quick.get(), told.get());
    assert!(
        quick * 4 > cases && told * 8 > cases,
        "{quick} of {cases} went the quick way, {told} found something"
    );
}

#[test]
fn every_rule_says_how_far_it_looks() {
    let known: Vec<&str> = REACH.iter().map(|reach| reach.rule).collect();
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(known, rules, "REACH lists the rules in their order");
    let guards: BTreeSet<(&str, &str)> =
        REACH.iter().flat_map(|reach| reach.guards).map(|guard| (guard.keeps, guard.why)).collect();
    assert!(guards.len() > 5);
}
