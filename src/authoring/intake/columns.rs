//! What the columns of a table mean: those that `publish` writes, and those of a spreadsheet in
//! which a row is a claim with its citations.

use super::super::Draft;
use crate::{
    error::{Error, Result},
    model::RecordKind,
    publish::tables,
    schema::{Schema, Schemas, Takes},
    text::{code_list, did_you_mean},
};
use std::collections::BTreeMap;

/// A table that can be read.
#[derive(Debug)]
pub struct Table {
    /// Its name, and its file's without extension.
    pub name: &'static str,
    /// The kind of record it is about.
    pub kind: RecordKind,
    /// The list of that record that its rows are entries of; none where a row is a record.
    pub list: Option<&'static str>,
    /// The column with the record's id.
    key: &'static str,
}

/// Every table, records before what is inside them.
pub const TABLES: &[Table] = &[
    Table { name: "publishers", kind: RecordKind::Publisher, list: None, key: "id" },
    Table { name: "subjects", kind: RecordKind::Subject, list: None, key: "id" },
    Table { name: "sources", kind: RecordKind::Source, list: None, key: "id" },
    Table { name: "claims", kind: RecordKind::Claim, list: None, key: "id" },
    Table { name: "authors", kind: RecordKind::Source, list: Some("/authors"), key: "source" },
    Table { name: "citations", kind: RecordKind::Claim, list: Some("/citations"), key: "claim" },
    Table {
        name: "claim_subjects",
        kind: RecordKind::Claim,
        list: Some("/subjects"),
        key: "claim",
    },
    Table { name: "relations", kind: RecordKind::Claim, list: Some("/relations"), key: "claim" },
    Table {
        name: "corrections",
        kind: RecordKind::Claim,
        list: Some("/corrections"),
        key: "claim",
    },
    Table { name: "extras", kind: RecordKind::Claim, list: Some(""), key: "id" },
];

/// What a column means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// Nothing: it is worked out, or left out.
    Nothing,
    /// The id of the record.
    Key,
    /// The place of an entry in its list.
    Position,
    /// A member of the record, by JSON pointer.
    Member(String),
    /// A member of an entry of the list: of several entries in one row, which. An entry that is
    /// text has no key.
    Entry(usize, String),
    /// The table, the pointer or the value of an extra.
    Extra(&'static str),
}

/// The table with this name, in the singular or the plural.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name || table.name.strip_suffix('s') == Some(name))
}

/// The columns a table can have, by name.
pub fn known(table: &Table, schemas: &Schemas) -> BTreeMap<String, Column> {
    let schema = schemas.get(table.kind.as_str());
    let mut known = BTreeMap::new();
    let published = tables::TABLES.iter().find(|other| other.name == table.name);
    for column in published.into_iter().flat_map(|table| table.columns) {
        known.insert(column.name.to_owned(), Column::Nothing);
    }
    known.extend(match table.list {
        None => record(table.kind, schema),
        Some("") => ["table", "pointer", "value"]
            .map(|name| (name.to_owned(), Column::Extra(name)))
            .to_vec(),
        Some("/subjects") => vec![("subject".to_owned(), Column::Entry(0, String::new()))],
        Some(list) => entry(schema, list, 0),
    });
    if table.name == "relations"
        && let Some(claim) = known.insert("claim".to_owned(), Column::Key)
    {
        known.insert("target".to_owned(), claim);
    }
    known.insert(table.key.to_owned(), Column::Key);
    if table.list.is_some() {
        known.insert("position".to_owned(), Column::Position);
    }
    known
}

/// The columns for the members of a record. Those of records inside have names of their own.
fn record(kind: RecordKind, schema: &Schema) -> Vec<(String, Column)> {
    let mut columns = Vec::new();
    for member in schema.members("") {
        match (&member.takes, member.key.as_str()) {
            (_, "$schema" | "corrections") => {}
            (Takes::Record, _) => columns.extend(
                schema
                    .members(&member.pointer)
                    .into_iter()
                    .map(|m| (m.key, Column::Member(m.pointer))),
            ),
            (Takes::Records, "citations") => columns.extend(entry(schema, "/citations", 0)),
            _ => {
                // One value needs no plural.
                if matches!(member.takes, Takes::Texts | Takes::Records)
                    && let Some(one) = member.key.strip_suffix('s')
                {
                    columns.push((one.to_owned(), Column::Member(member.pointer.clone())));
                }
                columns.push((member.key, Column::Member(member.pointer)));
            }
        }
    }
    if kind == RecordKind::Source {
        columns.push(("own_reliability".to_owned(), Column::Member("/reliability".to_owned())));
    }
    columns
}

fn entry(schema: &Schema, list: &str, which: usize) -> Vec<(String, Column)> {
    let members = schema.members(&format!("{list}/0")).into_iter();
    members.map(|member| (member.key.clone(), Column::Entry(which, member.key))).collect()
}

/// What somebody wrote above a column, as a name.
fn plain(header: &str) -> String {
    let lower = header.trim().to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

/// What a header means, among the columns a table can have.
fn meaning(known: &BTreeMap<String, Column>, header: &str) -> Option<Column> {
    let name = plain(header);
    if let Some(column) = known.get(&name) {
        return Some(column.clone());
    }
    // `shows_2`: the same of a second citation.
    if let Some((name, which)) = name.rsplit_once('_')
        && let (Some(Column::Entry(_, key)), Ok(which)) = (known.get(name), which.parse::<usize>())
    {
        return Some(Column::Entry(which, key.clone()));
    }
    if name.is_empty() {
        return Some(Column::Nothing);
    }
    // A key of the dataset's own.
    let own = known.values().any(|column| matches!(column, Column::Member(_)));
    (own && name.starts_with("x_")).then(|| Column::Member(format!("/{name}")))
}

/// What the columns of a table mean. `map` gives other names to headers; `-` leaves one out.
///
/// # Errors
/// Where a header means nothing or two mean the same.
pub fn columns(
    file: &str,
    table: &Table,
    schemas: &Schemas,
    headers: &[String],
    map: &BTreeMap<String, String>,
) -> Result<Vec<Column>> {
    let known = known(table, schemas);
    let mut columns = Vec::new();
    let mut unknown = Vec::new();
    for header in headers {
        let name = map.get(header.trim()).map_or(header.as_str(), String::as_str);
        match meaning(&known, name) {
            _ if name == "-" => columns.push(Column::Nothing),
            Some(column) => columns.push(column),
            None => unknown.push((header.trim(), name.trim())),
        }
    }
    if !unknown.is_empty() {
        let names: Vec<&str> = unknown.iter().map(|(_, name)| *name).collect();
        let names = code_list(&names, "or");
        let mut error = Error::new(format!("{file}: {} have no column {names}", table.name));
        for (header, name) in unknown {
            let meant = did_you_mean(&plain(name), known.keys().map(String::as_str));
            error = error.hint(match meant {
                Some(meant) => format!(
                    "did you mean `{meant}`? `--map '{header}={meant}'` reads it so, `--map '{header}=-'` leaves it out"
                ),
                None => format!("`--map '{header}=NAME'` reads it as NAME, `--map '{header}=-'` leaves it out"),
            });
        }
        let telling = known.iter().filter(|(_, column)| **column != Column::Nothing);
        let names: Vec<&String> = telling.map(|(name, _)| name).collect();
        return Err(error.hint(format!(
            "columns of {} are {}",
            table.name,
            code_list(&names, "and")
        )));
    }
    // The published `reliability` is worked out where the source's own letter stands beside it.
    if headers.iter().any(|header| plain(header) == "own_reliability") {
        for (column, header) in columns.iter_mut().zip(headers) {
            if plain(header) == "reliability" {
                *column = Column::Nothing;
            }
        }
    }
    for (i, column) in columns.iter().enumerate() {
        if *column != Column::Nothing && columns[..i].contains(column) {
            let first = columns.iter().position(|other| other == column).unwrap_or(0);
            return Err(Error::new(format!(
                "{file}: the columns `{}` and `{}` mean the same",
                headers[first].trim(),
                headers[i].trim()
            ))
            .hint(format!("leave one out with `--map '{}=-'`", headers[i].trim())));
        }
    }
    if table.list.is_some() && !columns.contains(&Column::Key) {
        return Err(Error::new(format!("{file}: {} need the column `{}`", table.name, table.key)));
    }
    Ok(columns)
}

/// The table that a file holds: by its name, else by its headers and what stands below `kind`.
///
/// # Errors
/// Where that cannot be told.
pub fn guess(
    file: &str,
    schemas: &Schemas,
    headers: &[String],
    kinds: &[String],
) -> Result<&'static Table> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    if let Some(table) = table(name.split('.').next().unwrap_or(name)) {
        return Ok(table);
    }
    // A subject and a publisher can have the same columns, and never the same kind.
    let fits = |table: &Table| -> bool {
        let mut draft = Draft::new(table.kind);
        table.list.is_none()
            && kinds.iter().any(|word| {
                draft.set("/kind", word.to_lowercase().into());
                draft.complaint(schemas.get(table.kind.as_str()), "/kind").is_none()
            })
    };
    let told_by_kind = TABLES.iter().any(fits);
    let score = |table: &Table| {
        let known = known(table, schemas);
        let meant = headers.iter().filter_map(|header| meaning(&known, header));
        let telling = meant.filter(|column| *column != Column::Nothing).count();
        if table.list.is_none() && told_by_kind && !fits(table) { 0 } else { telling }
    };
    let mut scores: Vec<(usize, &Table)> =
        TABLES.iter().map(|table| (score(table), table)).collect();
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    match scores.as_slice() {
        [(best, table), (next, _), ..] if best > next => Ok(table),
        _ => {
            let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
            Err(Error::new(format!("{file}: cannot tell what its rows are"))
                .hint(format!("say so with --kind: {}", code_list(&names, "or"))))
        }
    }
}
