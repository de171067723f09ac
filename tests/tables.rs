//! The tables as a contract: `tests/interop/tables.json` lists every column, so that a change to
//! one shows in review, and gives the other programs' tests the types to expect. Removing, renaming
//! or reordering one is a major change for readers.
//!
//! `SNAPSHOTS=overwrite cargo test --test tables` writes the list anew.

mod common;

use claimbook::publish::tables::{Column, Glossary, TABLES, Table};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

fn table(table: &Table) -> Value {
    let foreign = |(column, other, key): &(&str, &str, &str)| format!("{column} -> {other}.{key}");
    json!({
        "name": table.name,
        "key": table.key,
        "foreign": table.foreign.iter().map(foreign).collect::<Vec<_>>(),
        "columns": table.columns.iter().map(column).collect::<Vec<_>>(),
    })
}

fn column(column: &Column) -> String {
    let kind = format!("{:?}", column.kind).to_lowercase();
    let need = if column.required { "required" } else { "optional" };
    format!("{} {kind} {need}", column.name)
}

#[test]
fn columns_change_only_on_purpose() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/tables.json");
    let tables: Vec<Value> = TABLES.iter().map(table).collect();
    let text = serde_json::to_string_pretty(&tables).expect("JSON");
    common::fresh(&path, &format!("{text}\n"));
}

#[test]
fn keys_and_references_name_columns_that_are_there() {
    let find = |name: &str| TABLES.iter().find(|table| table.name == name);
    let has = |table: &Table, name: &str| table.columns.iter().any(|column| column.name == name);
    for table in TABLES {
        let names: BTreeSet<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(names.len(), table.columns.len(), "{}: a column twice", table.name);
        for key in table.key {
            let required = table.columns.iter().any(|c| c.name == *key && c.required);
            assert!(required, "{}: the key {key} is not a required column", table.name);
        }
        for column in table.prose {
            assert!(has(table, column), "{}: no column {column}", table.name);
        }
        for (column, other, key) in table.foreign {
            assert!(has(table, column), "{}: no column {column}", table.name);
            let other = find(other).unwrap_or_else(|| panic!("{}: no table {other}", table.name));
            assert_eq!(other.key, [*key], "{}: {column} leads to no key", table.name);
        }
    }
}

#[test]
fn every_column_is_described() {
    let glossary = Glossary::new(&BTreeMap::new());
    for table in TABLES {
        for column in table.columns {
            let about = glossary.about(column);
            assert!(
                about.ends_with('.'),
                "{}.{}: {about:?} is no sentence",
                table.name,
                column.name
            );
            for field in column.fields {
                assert!(glossary.knows(field), "{}.{}: no {field}", table.name, column.name);
            }
        }
    }
}

#[test]
fn words_are_those_of_every_field_a_column_comes_from() {
    let glossary = Glossary::new(&BTreeMap::new());
    let words = |table: &str, column: &str| {
        let table = TABLES.iter().find(|t| t.name == table).expect("a table");
        let column = table.columns.iter().find(|c| c.name == column).expect("a column");
        glossary.words(column).join(" ")
    };
    assert_eq!(words("claims", "status"), "active disputed superseded retracted removed");
    assert_eq!(words("claims", "ceiling"), "high moderate low");
    assert_eq!(words("sources", "reliability"), "A B C D E F");
    assert_eq!(words("relations", "type"), "supports contradicts supersedes part_of");
    assert_eq!(words("claims", "statement"), "");
}
