//! What holds for every text and every dataset, tried on many made at random: the same ones in each
//! run, and more of them with `PROPTEST_CASES=10000`.

mod common;

use claimbook::{
    document::{self, Json, Part, escape_token},
    schema::{Form, Schemas},
};
use common::{claimbook, copy, files, sample};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Map, Value};
use std::{collections::BTreeMap, fs, path::Path};
use unicode_normalization::UnicodeNormalization as _;

/// Tries a property on `cases` values, the same ones every time.
fn holds<S: Strategy>(
    cases: u32,
    values: S,
    property: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let run = TestRunner::new_with_rng(config, rng).run(&values, property);
    run.unwrap_or_else(|failure| panic!("{failure}"));
}

/// A JSON text as it may be written: with its spaces, escapes and repeated keys.
#[derive(Clone, Debug)]
enum Written {
    /// Anything but lists and objects.
    Plain(String),
    List(Vec<(String, Written)>),
    Object(Vec<(String, String, Written)>),
}

impl Written {
    fn text(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::List(items) => {
                let items: Vec<String> =
                    items.iter().map(|(space, item)| format!("{space}{}", item.text())).collect();
                format!("[{}]", items.join(","))
            }
            Self::Object(members) => {
                let member = |(space, key, value): &(String, String, Self)| {
                    format!("{space}{key}{space}:{}{space}", value.text())
                };
                format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
            }
        }
    }
}

fn space() -> impl Strategy<Value = String> + Clone {
    "[ \n\t\r]{0,3}"
}

/// A string with its quotes: any characters, each as itself or as an escape.
fn string() -> impl Strategy<Value = String> + Clone {
    let write = |(c, escaped): (char, bool)| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '/' if escaped => "\\/".to_owned(),
        '\n' if escaped => "\\n".to_owned(),
        c if escaped || c < ' ' => {
            c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
        }
        c => c.to_string(),
    };
    let c = prop_oneof![any::<char>(), "[a-c/~\"\\\\é𝄞\u{301}]".prop_map(first)];
    vec((c, any::<bool>()), 0..6)
        .prop_map(move |chars| format!("\"{}\"", chars.into_iter().map(write).collect::<String>()))
}

fn first(text: String) -> char {
    text.chars().next().expect("one character")
}

fn written() -> impl Strategy<Value = Written> {
    let plain = prop_oneof![
        "null|true|false|-?(0|[1-9][0-9]{0,18})|-?[0-9]\\.[0-9]{1,6}([eE][-+]?[0-9]{1,2})?",
        string(),
    ];
    // Few keys, so that some are given twice.
    let key = prop_oneof!["\"[ab/~]?\"", string()];
    plain.prop_map(Written::Plain).prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            vec((space(), inner.clone()), 0..6).prop_map(Written::List),
            vec((space(), key.clone(), inner), 0..6).prop_map(Written::Object),
        ]
    })
}

/// Calls `visit` with every part of a value: its pointer, its key where it has one, and itself.
fn every(
    (at, key, value): (&str, Option<&str>, &Json),
    visit: &mut impl FnMut(&str, Option<&str>, &Json) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    visit(at, key, value)?;
    for (i, item) in value.items().iter().enumerate() {
        every((&format!("{at}/{i}"), None, item), visit)?;
    }
    for (key, value) in value.members().into_iter().flat_map(|members| members.iter()) {
        every((&format!("{at}/{}", escape_token(key)), Some(key), value), visit)?;
    }
    Ok(())
}

#[test]
fn pointers_lead_to_the_text_of_what_they_name() {
    holds(256, written(), |written| {
        let text = written.text();
        let (json, _) = Json::parse(&text).expect("JSON");
        every(("", None, &json), &mut |pointer, key, value| {
            let range = document::locate(&text, pointer, Part::Value);
            let (there, _) = Json::parse(&text[range.clone()]).expect("JSON");
            prop_assert_eq!(&there, value, "{}", pointer);
            if let Some(key) = key {
                let there = &text[document::locate(&text, pointer, Part::Key)];
                prop_assert_eq!(serde_json::from_str::<String>(there).expect("a key"), key);
            }
            let before = &text[..range.start];
            let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
            let place = (before.matches('\n').count() + 1, column);
            prop_assert_eq!(document::line_column(&text, range.start), place);
            for (i, c) in value.as_str().into_iter().flat_map(str::chars).enumerate() {
                let there = &text[document::character(&text, range.clone(), i)];
                let there = serde_json::from_str::<String>(&format!("\"{there}\""));
                prop_assert_eq!(there.expect("a character"), c.to_string());
            }
            Ok(())
        })
    });
}

/// The same value with every text in NFC: what formatting may change besides layout.
fn composed(value: &Value) -> Value {
    match value {
        Value::String(text) => text.nfc().collect::<String>().into(),
        Value::Array(items) => items.iter().map(composed).collect(),
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), composed(value))).collect()
        }
        other => other.clone(),
    }
}

#[test]
fn the_canonical_form_is_its_own_and_means_the_same() {
    let schemas = Schemas::load(&BTreeMap::new()).expect("the schemas of the program");
    let schema = schemas.get("claim");
    holds(256, written(), |written| {
        let text = written.text();
        let (json, repeats) = Json::parse(&text).expect("JSON");
        for form in [Form::File, Form::Line] {
            let canonical = schema.canonical(&json, form);
            let (again, _) = Json::parse(&canonical).expect("JSON");
            prop_assert_eq!(schema.canonical(&again, form), canonical.as_str());
            prop_assert!(form == Form::File || !canonical.contains('\n'));
            if !repeats {
                prop_assert_eq!(composed(&again.to_value()), composed(&json.to_value()));
            }
        }
        Ok(())
    });
}

#[test]
fn the_order_of_keys_and_of_sets_is_restored() {
    let schemas = Schemas::load(&BTreeMap::new()).expect("the schemas of the program");
    let schema = schemas.get("claim");
    let path = sample().join("dataset/claims/bridge-opened.json");
    let canonical = fs::read_to_string(path).expect("a claim");
    let claim: Map<String, Value> = serde_json::from_str(&canonical).expect("JSON");
    let keys: Vec<String> = claim.keys().cloned().collect();
    let sets = (Just(claim["subjects"].clone()), Just(claim["topics"].clone()));
    let shuffled = |set: Value| Just(set.as_array().cloned().expect("a list")).prop_shuffle();
    let sets = sets.prop_flat_map(move |(subjects, topics)| (shuffled(subjects), shuffled(topics)));
    holds(64, (Just(keys).prop_shuffle(), sets), |(keys, (subjects, topics))| {
        let mut claim = claim.clone();
        claim["subjects"] = subjects.into();
        claim["topics"] = topics.into();
        let text = object(&keys, &claim, "");
        let (json, _) = Json::parse(&text).expect("JSON");
        prop_assert_eq!(schema.canonical(&json, Form::File), canonical.as_str());
        Ok(())
    });
}

/// An object with its members in the order of `keys`, and `space` between its parts.
fn object(keys: &[String], members: &Map<String, Value>, space: &str) -> String {
    let member = |key: &String| format!("{space}\"{key}\":{space}{}", members[key]);
    format!("{{{}{space}}}", keys.iter().map(member).collect::<Vec<_>>().join(","))
}

/// A record and where a dataset may have it: in a folder, or on a line of a file.
#[derive(Clone, Debug)]
struct Placed {
    kind: String,
    record: Map<String, Value>,
    keys: Vec<String>,
    lines: Option<u8>,
    folder: String,
    space: String,
}

impl Placed {
    fn write(&self, dataset: &Path) {
        let below = dataset.join(&self.kind);
        let id = self.record["id"].as_str().expect("an id");
        let text = object(&self.keys, &self.record, &self.space);
        let (path, text) = match self.lines {
            Some(file) => (below.join(format!("{file}.jsonl")), text.replace('\n', " ")),
            None => (below.join(&self.folder).join(format!("{id}.json")), text),
        };
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let before = fs::read_to_string(&path).unwrap_or_default();
        fs::write(path, format!("{before}{text}\n")).expect("written");
    }
}

/// The records of the sample, in any order and place, their keys in any order.
fn placed() -> impl Strategy<Value = Vec<Placed>> {
    let mut records = Vec::new();
    for (path, bytes) in files(&sample().join("dataset")) {
        let Some((kind, _)) = path.split_once('/') else { continue };
        let record: Map<String, Value> = serde_json::from_slice(&bytes).expect("JSON");
        let keys: Vec<String> = record.keys().cloned().collect();
        let kind = kind.to_owned();
        let place = (Just(keys).prop_shuffle(), proptest::option::of(0..2_u8), "[ab]?", space());
        records.push(place.prop_map(move |(keys, lines, folder, space)| Placed {
            kind: kind.clone(),
            record: record.clone(),
            keys,
            lines,
            folder,
            space,
        }));
    }
    records.prop_shuffle()
}

fn published(root: &Path, out: &str) -> BTreeMap<String, Vec<u8>> {
    claimbook(root, &["publish", "--out", out]).expect(0);
    files(&root.join(out))
}

#[test]
fn what_is_published_depends_on_records_alone() {
    let root = tempfile::tempdir().expect("a folder");
    copy(&sample(), root.path());
    let expected = published(root.path(), "dist");
    holds(8, placed(), |records| {
        let root = tempfile::tempdir().expect("a folder");
        let dataset = root.path().join("dataset");
        fs::create_dir(&dataset).expect("a folder");
        let meta = "dataset.json";
        fs::copy(sample().join("dataset").join(meta), dataset.join(meta)).expect("a copy");
        records.iter().for_each(|record| record.write(&dataset));
        prop_assert!(published(root.path(), "first") == expected);
        prop_assert!(published(root.path(), "second") == expected);
        claimbook(root.path(), &["fmt"]).expect(0);
        claimbook(root.path(), &["fmt", "--check"]).expect(0);
        claimbook(root.path(), &["check", "--as-of", "2025-03-11"]).expect(0);
        prop_assert!(published(root.path(), "after-fmt") == expected);
        Ok(())
    });
}
