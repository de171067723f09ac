//! The records of `tests/interop/records`, of which other validators are asked too: the good ones
//! are accepted, and each bad one is refused by its schema or by the reader.

use claimbook::{
    document::{Json, repeated_keys},
    schema::{EMBEDDED, Schema, Schemas},
    text::invisible_in,
};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path};

/// The records of one side and kind: file name and text.
fn records(side: &str, kind: &str) -> Vec<(String, String)> {
    let records = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/records");
    let mut found = Vec::new();
    for entry in fs::read_dir(records.join(side).join(kind)).expect("a folder of records") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a record");
        found.push((path.display().to_string(), text));
    }
    assert!(!found.is_empty(), "{side}/{kind} has no records");
    found
}

fn refused(schema: &Schema, text: &str) -> bool {
    let (json, _) = Json::parse(text).expect("JSON");
    let value: Value = serde_json::from_str(text).expect("JSON");
    !schema.problems(&json).is_empty() || !repeated_keys(text).is_empty() || is_odd(&value)
}

/// Whether a text somewhere in a value has characters that cannot be seen.
fn is_odd(value: &Value) -> bool {
    match value {
        Value::String(text) => invisible_in(text).next().is_some(),
        Value::Array(items) => items.iter().any(is_odd),
        Value::Object(members) => members.values().any(is_odd),
        _ => false,
    }
}

#[test]
fn good_records_are_accepted_and_bad_ones_refused() {
    let schemas = Schemas::load(&BTreeMap::new()).expect("the schemas of the program");
    for (kind, _) in EMBEDDED {
        let schema = schemas.get(kind);
        for (name, text) in records("good", kind) {
            assert!(!refused(schema, &text), "{name} is refused");
        }
        for (name, text) in records("bad", kind) {
            assert!(refused(schema, &text), "{name} is accepted");
        }
    }
}
