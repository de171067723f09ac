//! `claimbook textconv`

use super::{Outcome, print};
use crate::{
    document::Json,
    error::{Error, Result},
    merge,
    schema::{Form, Schema},
    templates::Templates,
    text::visible,
};
use serde::Serialize;
use std::{collections::BTreeMap, fs, io::Write as _, path::PathBuf};

/// Show the records of a file one field a line, for git, which compares what this prints.
///
/// `claimbook init --git` tells git to. How a record is formatted makes no difference; a file that
/// is no sound JSON is shown as it is.
#[derive(clap::Args)]
pub struct Args {
    /// The file.
    file: PathBuf,
}

#[derive(Serialize)]
struct Record {
    kind: &'static str,
    id: String,
    rows: Vec<Row>,
}

/// One line: a field, or a part of one.
#[derive(Serialize)]
struct Row {
    name: String,
    value: String,
}

impl Row {
    fn new(name: &str, value: String) -> Self {
        Self { name: visible(name).into_owned(), value }
    }
}

pub fn run(args: &Args) -> Result<Outcome> {
    let bytes = fs::read(&args.file)
        .map_err(|e| Error::new(format!("cannot read {}: {e}", args.file.display())))?;
    match records(&bytes)? {
        Some(records) => {
            let page = BTreeMap::from([("records", records)]);
            print(&Templates::new(BTreeMap::new())?.render("textconv.txt", &page)?)?;
        }
        None => {
            // A reader that has gone away, such as a closed pager, is no error.
            let _ = std::io::stdout().write_all(&bytes);
        }
    }
    Ok(Outcome::Clean)
}

/// The records of a file, or of its lines; none where anything in it is no record.
fn records(bytes: &[u8]) -> Result<Option<Vec<Record>>> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(None) };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<&str> = match Json::parse(text) {
        Ok(_) => vec![text],
        Err(_) => text.lines().filter(|line| !line.trim().is_empty()).collect(),
    };
    let mut schemas = BTreeMap::new();
    let mut records = Vec::new();
    for line in lines {
        let Ok((json @ Json::Object(_), false)) = Json::parse(line) else { return Ok(None) };
        let kind = kind(&json);
        if !schemas.contains_key(kind) {
            schemas.insert(kind, Schema::named(kind, &BTreeMap::new())?);
        }
        let canonical = schemas[kind].canonical(&json, Form::Line);
        let Ok((json, _)) = Json::parse(&canonical) else { return Ok(None) };
        records.push(record(kind, &json));
    }
    Ok(Some(records))
}

/// What sort of record it is: git does not tell where the file stands.
fn kind(record: &Json) -> &'static str {
    let has = |key: &str| record.pointer(&format!("/{key}")).is_some();
    match () {
        () if has("waivers") => "waivers",
        () if has("base_iri") => "dataset",
        () if has("statement") || has("citations") || has("status_date") => "claim",
        () if has("publisher") || has("issued") => "source",
        () if has("reliability") => "publisher",
        () => "subject",
    }
}

fn record(kind: &'static str, json: &Json) -> Record {
    let mut rows = Vec::new();
    let mut id = String::new();
    for (key, value) in json.members().into_iter().flat_map(|members| members.iter()) {
        match (key.as_ref(), value) {
            ("id", Json::String(text)) => id = visible(text).into_owned(),
            ("name", Json::String(text)) if kind == "dataset" => id = visible(text).into_owned(),
            // Where the schema is says nothing about the record.
            ("$schema", _) => {}
            (key, value) => flatten(key, value, &mut rows),
        }
    }
    Record { kind, id, rows }
}

/// A value as lines that each say what they are about, so that a piece of them can be understood.
fn flatten(name: &str, value: &Json, rows: &mut Vec<Row>) {
    match value {
        Json::Object(members) => {
            for (key, value) in members.iter() {
                flatten(&format!("{name} {key}"), value, rows);
            }
        }
        Json::Array(items) => {
            for item in items {
                let known = merge::known_by(name);
                let key = known.iter().filter_map(|key| item.members()?.get(key)).map(words);
                let key: Vec<String> = key.filter(|word| !word.is_empty()).collect();
                let rest = item.members().into_iter().flat_map(|members| members.iter());
                let rest: Vec<_> = rest.filter(|(key, _)| !known.contains(&key.as_ref())).collect();
                if key.is_empty() {
                    rows.push(Row::new(name, words(item)));
                } else if rest.is_empty() {
                    rows.push(Row::new(name, key.join(" ")));
                }
                for (part, value) in rest.into_iter().filter(|_| !key.is_empty()) {
                    flatten(&format!("{name} {} {part}", key.join(" ")), value, rows);
                }
            }
        }
        value => rows.push(Row::new(name, words(value))),
    }
}

/// A value on one line.
fn words(value: &Json) -> String {
    match value {
        Json::String(text) => visible(text).into_owned(),
        Json::Object(members) => {
            let members = members.iter().map(|(key, value)| format!("{key} {}", words(value)));
            members.collect::<Vec<_>>().join(", ")
        }
        Json::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        value => value.to_value().to_string(),
    }
}
