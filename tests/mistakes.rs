//! The mistakes people make, one at a time: each gives exactly one finding, at the line and column
//! to change, with a remedy. The dataset is the sample, in which everything hangs together, so that
//! what only follows from a mistake would show.

mod common;

use claimbook::{
    document::{Json, escape_token},
    schema::Schemas,
};
use common::{copy, edit, files, sample};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// A mistake, and what must be said about it.
struct Mistake {
    name: &'static str,
    /// Makes it, in a copy of the sample's folder `dataset`.
    make: fn(&Path),
    rule: &'static str,
    /// Path below `dataset/`, line and column.
    place: &'static str,
    /// Words of the message.
    message: &'static str,
    /// Words of the help.
    help: &'static str,
}

const COST: &str = "claims/bridge-cost.json";
const OPENED: &str = "claims/bridge-opened.json";
const TOLL_FREE: &str = "claims/bridge-toll-free.json";
const GAZETTE: &str = "sources/gazette-cost-2022.json";

/// Replaces bytes in a file, once.
fn edit_bytes(path: &Path, from: &str, to: &[u8]) {
    let text = fs::read_to_string(path).expect("a file");
    let (before, after) = text.split_once(from).expect("the text");
    fs::write(path, [before.as_bytes(), to, after.as_bytes()].concat()).expect("written");
}

const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "a claim in the folder of sources",
        make: |d| fs::rename(d.join(COST), d.join("sources/bridge-cost.json")).expect("moved"),
        rule: "unknown-file",
        place: "sources/bridge-cost.json:1:1",
        message: "a claim, in the folder of sources",
        help: "move it into `dataset/claims/`",
    },
    Mistake {
        name: "a source in the folder of claims",
        make: |d| {
            fs::rename(d.join(GAZETTE), d.join("claims/gazette-cost-2022.json")).expect("moved")
        },
        rule: "unknown-file",
        place: "claims/gazette-cost-2022.json:1:1",
        message: "a source, in the folder of claims",
        help: "move it into `dataset/sources/`",
    },
    Mistake {
        name: "a record over several lines of a file with one a line",
        make: |d| fs::rename(d.join(COST), d.join("claims/more.jsonl")).expect("moved"),
        rule: "syntax",
        place: "claims/more.jsonl:1:1",
        message: "a record over several lines",
        help: "in `.jsonl` each record stands on one line",
    },
    Mistake {
        name: "misspelt key",
        make: |d| edit(&d.join(COST), "\"confidence\"", "\"confidnece\""),
        rule: "schema",
        place: "claims/bridge-cost.json:17:3",
        message: "unknown key `confidnece`; did you mean `confidence`?",
        help: "write `\"confidence\"`",
    },
    Mistake {
        name: "wrong enum value",
        make: |d| edit(&d.join(COST), "\"high\"", "\"hgih\""),
        rule: "schema",
        place: "claims/bridge-cost.json:17:17",
        message: "`hgih` is not one of high, moderate, low; did you mean `high`?",
        help: "write `\"high\"`",
    },
    Mistake {
        name: "wrong kind, on which other keys depend",
        make: |d| edit(&d.join(COST), "\"measurement\"", "\"mesurement\""),
        rule: "schema",
        place: "claims/bridge-cost.json:4:11",
        message: "did you mean `measurement`?",
        help: "write `\"measurement\"`",
    },
    Mistake {
        name: "wrong status, on which other keys depend",
        make: |d| edit(&d.join("claims/bridge-named.json"), "\"retracted\"", "\"retractd\""),
        rule: "schema",
        place: "claims/bridge-named.json:21:13",
        message: "did you mean `retracted`?",
        help: "write `\"retracted\"`",
    },
    Mistake {
        name: "missing key",
        make: |d| edit(&d.join(COST), "  \"date\": \"2023\",\n", ""),
        rule: "schema",
        place: "claims/bridge-cost.json:1:1",
        message: "missing key `date`",
        help: "add, for example, `\"date\": \"2024-03-07\"`",
    },
    Mistake {
        name: "impossible date",
        make: |d| edit(&d.join(OPENED), "\"2022-09-03\"", "\"2025-02-30\""),
        rule: "schema",
        place: "claims/bridge-opened.json:13:11",
        message: "2025-02-30: February 2025 has 28 days",
        help: "a date is `2024`",
    },
    Mistake {
        name: "duplicate key",
        make: |d| {
            edit(&d.join(COST), "\"confidence\"", "\"confidence\": \"low\",\n  \"confidence\"");
        },
        rule: "duplicate-key",
        place: "claims/bridge-cost.json:18:3",
        message: "the key `confidence` is given twice",
        help: "keep the one you mean",
    },
    Mistake {
        name: "duplicate id",
        make: |d| {
            let (first, second) = (d.join(COST), d.join("claims/money/bridge-cost.json"));
            fs::create_dir(d.join("claims/money")).expect("a folder");
            fs::copy(first, &second).expect("a copy");
            edit(&second, "The harbour bridge cost", "In the end the bridge cost");
        },
        rule: "duplicate-id",
        place: "claims/money/bridge-cost.json:2:9",
        message: "a second claim with the id `bridge-cost`",
        help: "give it an id of its own, such as `\"id\": \"bridge-cost-2\"`",
    },
    Mistake {
        name: "copied source that kept its id, and is cited by the name of its file",
        make: |d| {
            let copy = d.join("sources/a-page.json");
            fs::copy(d.join(GAZETTE), &copy).expect("a copy");
            edit(&copy, "2022/bridge-cost", "2022/another-page");
            edit(&d.join(COST), "\"gazette-cost-2022\"", "\"a-page\"");
        },
        rule: "duplicate-id",
        place: "sources/a-page.json:2:9",
        message: "a second source with the id `gazette-cost-2022`",
        help: "write `\"id\": \"a-page\"`, as the file is named, or remove it",
    },
    Mistake {
        name: "unknown source",
        make: |d| edit(&d.join(COST), "\"gazette-cost-2022\"", "\"gazete-cost-2022\""),
        rule: "unknown-reference",
        place: "claims/bridge-cost.json:27:17",
        message: "there is no source `gazete-cost-2022`; did you mean `gazette-cost-2022`?",
        help: "make `dataset/sources/gazete-cost-2022.json`: `claimbook new source` asks",
    },
    Mistake {
        name: "misspelt subject, which is then out of order too",
        make: |d| edit(&d.join(OPENED), "\"aldinia\"", "\"laldinia\""),
        rule: "unknown-reference",
        place: "claims/bridge-opened.json:6:5",
        message: "there is no subject `laldinia`; did you mean `aldinia`?",
        help: "make `dataset/subjects/laldinia.json`: `claimbook new subject` asks",
    },
    Mistake {
        name: "file name that is not the id",
        make: |d| {
            fs::rename(d.join(GAZETTE), d.join("sources/gazette-costs.json")).expect("renamed");
        },
        rule: "file-name",
        place: "sources/gazette-costs.json:2:9",
        message: "`id` is `gazette-cost-2022`, but the file is named `gazette-costs.json`",
        help: "rename the file to `gazette-cost-2022.json`",
    },
    Mistake {
        name: "id that is not the file name",
        make: |d| edit(&d.join(GAZETTE), "\"gazette-cost-2022\"", "\"gazette-costs\""),
        rule: "file-name",
        place: "sources/gazette-cost-2022.json:2:9",
        message: "`id` is `gazette-costs`, but the file is named `gazette-cost-2022.json`",
        help: "write `\"id\": \"gazette-cost-2022\"`",
    },
    Mistake {
        name: "id of a superseded claim that is not the file name",
        make: |d| {
            let claim = d.join("claims/bridge-cost-estimate.json");
            edit(&claim, "\"bridge-cost-estimate\"", "\"bridge-estimate\"");
        },
        rule: "file-name",
        place: "claims/bridge-cost-estimate.json:2:9",
        message: "`id` is `bridge-estimate`, but the file is named `bridge-cost-estimate.json`",
        help: "write `\"id\": \"bridge-cost-estimate\"`",
    },
    Mistake {
        name: "relation to an unknown claim, which was the successor's",
        make: |d| edit(&d.join(COST), "\"bridge-cost-estimate\"", "\"bridge-cost-estimat\""),
        rule: "unknown-reference",
        place: "claims/bridge-cost.json:36:16",
        message: "there is no claim `bridge-cost-estimat`; did you mean `bridge-cost-estimate`?",
        help: "write `\"bridge-cost-estimate\"`",
    },
    Mistake {
        name: "folder that is no folder of records",
        make: |d| fs::rename(d.join("sources"), d.join("source")).expect("renamed"),
        rule: "unknown-file",
        place: "source/blog-traffic-2024.json:1:1",
        message: "`source/` is no folder of records",
        help: "did you mean `dataset/sources/`?",
    },
    Mistake {
        name: "record beside the folders of records",
        make: |d| fs::rename(d.join(GAZETTE), d.join("gazette-cost-2022.json")).expect("renamed"),
        rule: "unknown-file",
        place: "gazette-cost-2022.json:1:1",
        message: "`gazette-cost-2022.json` is not a file of the dataset",
        help: "records are in `claims/`",
    },
    Mistake {
        name: "file name with another extension",
        make: |d| {
            fs::rename(d.join(GAZETTE), d.join(GAZETTE.replace("json", "jsn"))).expect("renamed")
        },
        rule: "unknown-file",
        place: "sources/gazette-cost-2022.jsn:1:1",
        message: "`gazette-cost-2022.jsn` is no file of records",
        help: "rename it to `gazette-cost-2022.json`",
    },
    Mistake {
        name: "trailing comma",
        make: |d| edit(&d.join(GAZETTE), "\"2025-03-10\"\n", "\"2025-03-10\",\n"),
        rule: "syntax",
        place: "sources/gazette-cost-2022.json:9:27",
        message: "trailing comma before `}`",
        help: "remove the comma",
    },
    Mistake {
        name: "quotation marks inside a text",
        make: |d| edit(&d.join(COST), "The harbour bridge", "The \"new\" harbour bridge"),
        rule: "syntax",
        place: "claims/bridge-cost.json:3:21",
        message: "a quotation mark inside the text ends it",
        help: "write `\\\"` in its place, or typographic ones: “…”",
    },
    Mistake {
        name: "invalid UTF-8",
        make: |d| edit_bytes(&d.join(GAZETTE), "Bridge cost", b"Br\xfccke cost"),
        rule: "encoding",
        place: "sources/gazette-cost-2022.json:4:15",
        message: "the byte FC is not UTF-8",
        help: "save the file as UTF-8",
    },
    Mistake {
        name: "byte order mark",
        make: |d| edit_bytes(&d.join(GAZETTE), "{", b"\xef\xbb\xbf{"),
        rule: "encoding",
        place: "sources/gazette-cost-2022.json:1:1",
        message: "byte order mark",
        help: "save it as UTF-8 without BOM",
    },
    Mistake {
        name: "nesting of 10,000",
        make: |d| {
            let deep =
                format!("\"x_deep\": {}{},\n  \"id\"", "[".repeat(10_000), "]".repeat(10_000));
            edit(&d.join(COST), "\"id\"", &deep);
        },
        rule: "too-large",
        place: "claims/bridge-cost.json:2:139",
        message: "nested deeper than 127 levels",
        help: "remove the extra brackets",
    },
    Mistake {
        name: "a file of 50 MB",
        make: |d| {
            let long = format!("\"x_long\": \"{}\",\n  \"id\"", "a".repeat(50_000_000));
            edit(&d.join(COST), "\"id\"", &long);
        },
        rule: "too-large",
        place: "claims/bridge-cost.json:1:1",
        message: "more than 1 MiB",
        help: "cite large material instead of including it",
    },
    Mistake {
        name: "a line of 2 MB",
        make: |d| {
            let long = format!("{{\"id\":\"long\",\"x_long\":\"{}\"}}\n", "a".repeat(2_000_000));
            fs::write(d.join("subjects/long.jsonl"), long).expect("written");
        },
        rule: "too-large",
        place: "subjects/long.jsonl:1:1",
        message: "more than 1 MiB",
        help: "cite large material instead of including it",
    },
    Mistake {
        name: "the same citation twice",
        make: |d| {
            let text = fs::read_to_string(d.join(COST)).expect("a claim");
            let citation = text.split_once("\"citations\": [").expect("citations").1;
            let citation = citation.split_once('}').expect("a citation").0;
            edit(&d.join(COST), citation, &format!("{citation}}},{citation}"));
        },
        rule: "schema",
        place: "claims/bridge-cost.json:26:5",
        message: "`citations` holds the same citation twice",
        help: "remove the second one",
    },
    Mistake {
        name: "licence in words",
        make: |d| edit(&d.join("dataset.json"), "\"CC0-1.0\"", "\"CC BY 4.0\""),
        rule: "schema",
        place: "dataset.json:6:14",
        message: "`license` cannot be `CC BY 4.0`",
        help: "write `\"CC-BY-4.0\"`: a licence is an SPDX expression",
    },
    Mistake {
        name: "statement that begins with an equals sign",
        make: |d| edit(&d.join(COST), "\"The harbour", "\"=The harbour"),
        rule: "schema",
        place: "claims/bridge-cost.json:3:16",
        message: "`statement` begins with `=`, which spreadsheets take for a formula",
        help: "begin it with a word",
    },
    Mistake {
        name: "bidirectional override",
        make: |d| edit(&d.join(COST), "harbour bridge cost", "harbour \u{202e}bridge cost"),
        rule: "invisible-text",
        place: "claims/bridge-cost.json:3:29",
        message: "right-to-left override, U+202E",
        help: "delete it",
    },
    Mistake {
        name: "circular supersedes",
        make: |d| {
            let relations = "],\n  \"relations\": [\n    {\n      \"type\": \"supersedes\",\n      \"claim\": \"bridge-cost\"\n    }\n  ],\n  \"status\"";
            edit(&d.join("claims/bridge-cost-estimate.json"), "],\n  \"status\"", relations);
        },
        rule: "relation-cycle",
        place: "claims/bridge-cost.json:36:16",
        message: "a circle: `bridge-cost` supersedes `bridge-cost-estimate` supersedes `bridge-cost`",
        help: "remove the relation that points the wrong way",
    },
    Mistake {
        name: "confidence above the ceiling",
        make: |d| edit(&d.join(OPENED), "\"moderate\"", "\"high\""),
        rule: "confidence-ceiling",
        place: "claims/bridge-opened.json:14:17",
        message: "`high` is above `moderate`, the most its citations can carry",
        help: "write `\"confidence\": \"moderate\"`; or add a citation of an independent publisher",
    },
    Mistake {
        name: "accessed before issued",
        make: |d| edit(&d.join(GAZETTE), "\"2025-03-10\"", "\"2022-03-10\""),
        rule: "date-order",
        place: "sources/gazette-cost-2022.json:9:15",
        message: "accessed on 2022-03-10, before it was issued (2022-12)",
        help: "correct `accessed`",
    },
    Mistake {
        name: "reviewed in the future",
        make: |d| edit(&d.join(COST), "\"2025-03-10\"", "\"2052-03-10\""),
        rule: "future-date",
        place: "claims/bridge-cost.json:40:15",
        message: "`reviewed` is 2052-03-10, after the day of this check, 2025-03-11",
        help: "write a date up to 2025-03-11",
    },
    Mistake {
        name: "what still runs reviewed so far ahead that its sources would be too old",
        make: |d| edit(&d.join(TOLL_FREE), "\"2025-03-10\"", "\"2052-03-10\""),
        rule: "future-date",
        place: "claims/bridge-toll-free.json:35:15",
        message: "`reviewed` is 2052-03-10, after the day of this check, 2025-03-11",
        help: "write a date up to 2025-03-11",
    },
    Mistake {
        name: "tracking parameters",
        make: |d| edit(&d.join(GAZETTE), "2022/bridge-cost", "2022/bridge-cost?utm_source=feed"),
        rule: "tracking-parameter",
        place: "sources/gazette-cost-2022.json:8:10",
        message: "the address carries tracking parameters",
        help: "write `\"https://gazette.example.org/2022/bridge-cost\"`",
    },
];

/// The findings in a dataset, as `place rule message` with their help.
fn findings(root: &Path) -> BTreeSet<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let one = |f: &Value| {
        let place = format!("{}:{}:{}", text(&f["path"]), f["line"], f["column"]);
        (format!("{place} {} {}", text(&f["rule"]), text(&f["message"])), text(&f["help"]))
    };
    common::findings(root, &["--as-of", "2025-03-11"]).iter().map(one).collect()
}

#[test]
fn each_mistake_gives_one_finding_where_it_stands_with_a_remedy() {
    let before = findings(&sample());
    let mut wrong = Vec::new();
    for mistake in MISTAKES {
        let root = tempfile::tempdir().expect("a folder");
        copy(&sample(), root.path());
        (mistake.make)(&root.path().join("dataset"));
        let found = findings(root.path());
        let new: Vec<_> = found.difference(&before).collect();
        let begin = format!("dataset/{} {} ", mistake.place, mistake.rule);
        let right = |(finding, help): &(String, String)| {
            finding.starts_with(&begin)
                && finding.contains(mistake.message)
                && help.contains(mistake.help)
        };
        if !matches!(new.as_slice(), [one] if right(one)) {
            wrong.push(format!("{}: {new:#?}", mistake.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn of_two_records_of_one_work_the_one_that_is_cited_stays() {
    let root = tempfile::tempdir().expect("a folder");
    copy(&sample(), root.path());
    let sources = root.path().join("dataset/sources");
    let text = fs::read_to_string(sources.join("gazette-cost-2022.json")).expect("a source");
    let copy = text.replace("gazette-cost-2022", "a-copy");
    fs::write(sources.join("a-copy.json"), copy).expect("written");
    let found = findings(root.path());
    let (_, help) = found
        .iter()
        .find(|(f, _)| f.starts_with("dataset/sources/a-copy.json:8:10 duplicate-source"))
        .expect("a finding");
    assert_eq!(help, "remove this record; cite `gazette-cost-2022`");
}

/// Calls `visit` with the pointer of every member and item.
fn every(value: &Value, at: &str, visit: &mut impl FnMut(&str)) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            members.iter().map(|(key, v)| (escape_token(key).into(), v)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect(),
        _ => Vec::new(),
    };
    for (token, value) in inner {
        let pointer = format!("{at}/{token}");
        visit(&pointer);
        every(value, &pointer, visit);
    }
}

/// A record with one slip in it: another value, or a key with its last two letters exchanged.
fn slips(record: &Value, pointer: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for wrong in [json!(7), json!(null), json!(""), json!("zz zz"), json!([])] {
        let mut slip = record.clone();
        let value = slip.pointer_mut(pointer).expect("a value");
        if *value != wrong {
            *value = wrong;
            found.push(slip);
        }
    }
    let (parent, token) = pointer.rsplit_once('/').expect("a parent");
    let mut slip = record.clone();
    if let Some(members) = slip.pointer_mut(parent).and_then(Value::as_object_mut)
        && token.len() > 3
        && let Some(value) = members.remove(token)
    {
        let (rest, end) = token.split_at(token.len() - 2);
        members.insert(format!("{rest}{}{}", &end[1..], &end[..1]), value);
        found.push(slip);
    }
    found
}

#[test]
fn a_slip_anywhere_in_a_record_is_told_once() {
    let schemas = Schemas::load(&BTreeMap::new()).expect("the schemas of the program");
    let mut tried = 0;
    for (path, bytes) in files(&sample().join("dataset")) {
        let record: Value = serde_json::from_slice(&bytes).expect("JSON");
        let schema =
            schemas.get(path.split_once('/').map_or("dataset", |(kind, _)| {
                kind.strip_suffix('s').expect("a folder of records")
            }));
        every(&record, "", &mut |pointer| {
            for slip in slips(&record, pointer) {
                let text = slip.to_string();
                let (json, _) = Json::parse(&text).expect("JSON");
                let problems = schema.problems(&json);
                assert!(problems.len() <= 1, "{path}: {pointer}: {problems:#?}\n{text}");
                assert!(problems.iter().all(|problem| problem.help.is_some()), "{problems:#?}");
                tried += 1;
            }
        });
    }
    assert!(tried > 1000, "only {tried} slips were tried");
}
