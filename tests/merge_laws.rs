//! The laws of merging records, on records made at random.

use claimbook::{
    document::Json,
    merge::{Markers, Merged, Sides, merge},
    schema::{Form, Schema},
};
use proptest::{collection, option, prelude::*, sample};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, sync::LazyLock};

static CLAIM: LazyLock<Schema> =
    LazyLock::new(|| Schema::named("claim", &BTreeMap::new()).expect("the schema compiles"));

fn word(few: &'static [&'static str]) -> impl Strategy<Value = String> {
    sample::select(few).prop_map(str::to_owned)
}

/// Some of a few things, each once, in any order.
fn some(of: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    sample::subsequence(of, 0..=of.len())
        .prop_shuffle()
        .prop_map(|some| some.into_iter().map(str::to_owned).collect())
}

/// A list with one item for each of some names, the rest of it from a few words.
fn list(
    of: &'static [&'static str],
    item: fn(&str, &str) -> Value,
) -> impl Strategy<Value = Value> {
    let texts = word(&["one", "two", "three"]);
    (some(of), collection::vec(texts, of.len())).prop_map(move |(names, texts)| {
        names.iter().zip(&texts).map(|(name, text)| item(name, text)).collect()
    })
}

/// A record of which any part may be there or not.
fn record(id: &'static str) -> impl Strategy<Value = Value> {
    let text = |key, of| option::weighted(0.8, word(of)).prop_map(move |text| (key, json!(text)));
    let set = |key, of| some(of).prop_map(move |some| (key, json!(some)));
    let citation = |source: &str, text: &str| {
        let stance = if source.ends_with('!') { "contradicts" } else { "supports" };
        json!({"source": source.trim_end_matches('!'), "stance": stance, "shows": text})
    };
    let relation =
        |claim: &str, text: &str| json!({"type": "supports", "claim": claim, "x_why": text});
    let correction = |date: &str, text: &str| json!({"date": date, "note": text});
    let author = |family: &str, given: &str| json!({"family": family, "given": given});
    let amount = |amount: &str, unit: &str| json!({"amount": amount, "unit": unit});
    let days = &["2025-01-01", "2025-02-01", "2025-03-01"];
    let parts = vec![
        text("statement", &["The bridge was opened.", "The bridge opened.", "It was opened."])
            .boxed(),
        text("confidence", &["high", "moderate", "low"]).boxed(),
        text("confidence_note", &["For one.", "For another."]).boxed(),
        text("reviewed", days).boxed(),
        text("x_note", &["ñandú", "n\u{303}andu\u{301}", "\"\\\n"]).boxed(),
        set("topics", &["money", "traffic", "building"]).boxed(),
        list(&["a", "b", "c", "c!"], citation).prop_map(|list| ("citations", list)).boxed(),
        list(&["x", "y", "z"], relation).prop_map(|list| ("relations", list)).boxed(),
        list(days, correction).prop_map(|list| ("corrections", list)).boxed(),
        list(&["Ada", "Bo", "Cy"], author).prop_map(|list| ("x_authors", list)).boxed(),
        (word(&["5", "6"]), word(&["euro", "crowns"]))
            .prop_map(move |(a, b)| ("quantity", amount(&a, &b)))
            .boxed(),
    ];
    parts.prop_map(move |parts| {
        let there = parts.into_iter().filter(|(_, value)| {
            !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty())
        });
        let members = there.map(|(key, value)| (key.to_owned(), value));
        Value::Object(members.chain([("id".to_owned(), json!(id))]).collect::<Map<_, _>>())
    })
}

/// A record, and one that differs from it in some of its members.
fn edited(base: Value) -> impl Strategy<Value = Value> {
    (record("a"), any::<u16>()).prop_map(move |(other, which)| {
        let mut record = base.clone();
        let members = record.as_object_mut().expect("an object");
        for (_, key) in KEYS.iter().enumerate().filter(|(i, _)| which >> i & 1 == 1) {
            match other.get(*key) {
                Some(value) => members.insert((*key).to_owned(), value.clone()),
                None => members.remove(*key),
            };
        }
        record
    })
}

const KEYS: [&str; 11] = [
    "statement",
    "confidence",
    "confidence_note",
    "reviewed",
    "x_note",
    "topics",
    "citations",
    "relations",
    "corrections",
    "x_authors",
    "quantity",
];

/// Three versions of a record, two of them made from the first.
fn versions() -> impl Strategy<Value = Sides<String>> {
    record("a").prop_flat_map(|base| {
        (edited(base.clone()), edited(base.clone())).prop_map(move |(ours, theirs)| Sides {
            base: canonical(&base),
            ours: canonical(&ours),
            theirs: canonical(&theirs),
        })
    })
}

fn canonical(record: &Value) -> String {
    let text = record.to_string();
    CLAIM.canonical(&Json::parse(&text).expect("JSON").0, Form::File)
}

fn line(text: &str) -> String {
    CLAIM.canonical(&Json::parse(text).expect("JSON").0, Form::Line) + "\n"
}

fn merged(form: Form, base: &str, ours: &str, theirs: &str) -> Merged {
    let markers = Markers { size: 7, ours: "ours".to_owned(), theirs: "theirs".to_owned() };
    merge(&CLAIM, form, Sides { base, ours, theirs }, &markers).expect("records")
}

/// The text with one side of every conflict: the first or the second.
fn resolved(text: &str, side: usize) -> String {
    let mut at = None;
    let mut out = String::new();
    for line in text.lines() {
        match line {
            "<<<<<<< ours" => at = Some(0),
            "=======" => at = Some(1),
            ">>>>>>> theirs" => at = None,
            _ if at.is_none_or(|at| at == side) => {
                out.push_str(line);
                out.push('\n');
            }
            _ => {}
        }
    }
    out
}

/// Every text in a value, with the keys that lead to it.
fn leaves(value: &Value, at: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| leaves(item, at, found)),
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| leaves(value, &format!("{at}/{key}"), found));
        }
        other => found.push((at.to_owned(), other.to_string())),
    }
}

fn all_leaves(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if !text.trim().is_empty() {
        leaves(&serde_json::from_str(text).expect("JSON"), "", &mut found);
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_sided_changes_are_taken_as_they_are(v in versions()) {
        for (base, ours, theirs, expected) in [
            (&v.base, &v.ours, &v.base, &v.ours),
            (&v.base, &v.base, &v.theirs, &v.theirs),
            (&v.base, &v.ours, &v.ours, &v.ours),
        ] {
            let found = merged(Form::File, base, ours, theirs);
            prop_assert_eq!(&found.text, expected);
            prop_assert!(found.conflicts.is_empty());
            let found = merged(Form::Line, &line(base), &line(ours), &line(theirs));
            prop_assert_eq!(found.text, line(expected));
        }
    }

    #[test]
    fn it_does_not_matter_which_side_is_ours(v in versions()) {
        let there = merged(Form::File, &v.base, &v.ours, &v.theirs);
        let back = merged(Form::File, &v.base, &v.theirs, &v.ours);
        prop_assert_eq!(there.conflicts.len(), back.conflicts.len());
        prop_assert_eq!(resolved(&there.text, 0), resolved(&back.text, 1));
        prop_assert_eq!(resolved(&there.text, 1), resolved(&back.text, 0));
        if there.conflicts.is_empty() {
            prop_assert_eq!(there.text, back.text);
        }
    }

    #[test]
    fn either_side_of_the_conflicts_is_a_canonical_record(v in versions()) {
        let found = merged(Form::File, &v.base, &v.ours, &v.theirs);
        prop_assert_eq!(found.conflicts.is_empty(), !found.text.contains("<<<<<<<"));
        for side in [0, 1] {
            let text = resolved(&found.text, side);
            let json = Json::parse(&text).expect("JSON").0;
            prop_assert_eq!(CLAIM.canonical(&json, Form::File), text);
        }
    }

    #[test]
    fn what_a_side_brought_in_is_there_and_nothing_is_made_up(v in versions()) {
        let found = merged(Form::File, &v.base, &v.ours, &v.theirs);
        let mut after = all_leaves(&resolved(&found.text, 0));
        after.extend(all_leaves(&resolved(&found.text, 1)));
        let (base, ours, theirs) = (all_leaves(&v.base), all_leaves(&v.ours), all_leaves(&v.theirs));
        for (own, other) in [(&ours, &theirs), (&theirs, &ours)] {
            for leaf in own.iter().filter(|leaf| !base.contains(leaf)) {
                let later = |(at, day): &&(String, String)| *at == leaf.0 && *day > leaf.1;
                let older = leaf.0 == "/reviewed" && other.iter().any(|other| later(&other));
                prop_assert!(older || after.contains(leaf), "{leaf:?} is lost:\n{}", found.text);
            }
        }
        for leaf in &after {
            prop_assert!(base.contains(leaf) || ours.contains(leaf) || theirs.contains(leaf));
        }
    }

    #[test]
    fn two_new_records_come_together(a in record("a"), b in record("a")) {
        let (a, b) = (canonical(&a), canonical(&b));
        let found = merged(Form::File, "", &a, &b);
        let whole = resolved(&found.text, 0) + &resolved(&found.text, 1);
        for (at, leaf) in all_leaves(&a).into_iter().chain(all_leaves(&b)) {
            prop_assert!(at == "/reviewed" || whole.contains(&leaf), "{leaf} is lost");
        }
    }

    #[test]
    fn records_of_a_file_are_merged_as_if_alone(v in versions(), w in versions(), more in record("c")) {
        let other = |text: &str| line(&text.replace("\"id\": \"a\"", "\"id\": \"b\""));
        let both = |a: &str, b: &str| line(a) + &other(b);
        let extra = line(&more.to_string());
        let found = merged(
            Form::Line,
            &both(&v.base, &w.base),
            &(both(&v.ours, &w.ours) + &extra),
            &both(&v.theirs, &w.theirs),
        );
        let (one, two) = (
            merged(Form::File, &v.base, &v.ours, &v.theirs),
            merged(Form::File, &w.base, &w.ours, &w.theirs),
        );
        for side in [0, 1] {
            let expected = line(&resolved(&one.text, side)) + &other(&resolved(&two.text, side)) + &extra;
            prop_assert_eq!(resolved(&found.text, side), expected);
        }
    }

    #[test]
    fn no_record_of_a_file_is_lost(
        all in collection::vec((versions(), 0_u8..8), 1..5),
    ) {
        // Which of the three versions has which records; in each there is a record more.
        let text = |version: fn(&Sides<String>) -> &String, bit: u8| -> String {
            let there = all.iter().enumerate().filter(|(_, (_, which))| which & bit != 0);
            let lines = there.map(|(i, (v, _))| line(&named(version(v), i)));
            lines.collect::<String>() + "{\"id\":\"z\",\"status\":\"removed\"}\n"
        };
        let (base, ours, theirs) = (text(|v| &v.base, 1), text(|v| &v.ours, 2), text(|v| &v.theirs, 4));
        let found = merged(Form::Line, &base, &ours, &theirs);
        let after: Vec<Vec<(String, String)>> =
            [0, 1].iter().flat_map(|side| records(&resolved(&found.text, *side))).map(|r| all_leaves(&r)).collect();
        for (i, (v, which)) in all.iter().enumerate() {
            for (bit, other, own) in [(2, 4, &v.ours), (4, 2, &v.theirs)] {
                let own = named(own, i);
                let new = which & 1 == 0 || own != named(&v.base, i);
                // Its side has it, and made something of it, which the other side took out.
                if which & bit != 0 && which & other == 0 && new {
                    prop_assert!(after.contains(&all_leaves(&own)), "{own} is lost:\n{}", found.text);
                }
                if which & bit != 0 && which & other != 0 && new {
                    let id = named("\"a\"", i);
                    prop_assert!(found.text.contains(&id), "{id} is lost:\n{}", found.text);
                }
            }
        }
    }
}

/// The record with another id.
fn named(record: &str, i: usize) -> String {
    record.replace("\"a\"", &format!("\"a{i}\""))
}

fn records(lines: &str) -> Vec<String> {
    lines.lines().map(str::to_owned).collect()
}
