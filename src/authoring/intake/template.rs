//! A table to fill in: the columns in the order of the schema, and an example to replace.

use super::{
    super::{Desk, Draft, fill::has_usual},
    columns::{self, Table},
};
use crate::{
    document::Json,
    error::{Error, Result},
    model::{RecordKind, Status},
    publish::tables,
    schema::{Schema, Takes},
};

/// What spreadsheets know UTF-8 by.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A table as CSV, with its header and, where there is an example, rows that show how. They leave out
/// what would be of another record where somebody forgot it: the id, and what is filled in.
///
/// # Errors
/// Where there is no such table.
pub fn template(desk: &Desk, name: &str) -> Result<String> {
    let table =
        columns::table(name).ok_or_else(|| Error::new(format!("there is no table `{name}`")))?;
    let schema = desk.schema(table.kind);
    let columns = match table.list {
        None => of_record(schema),
        Some(_) => of_entry(table),
    };
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    let failed = |e: csv::Error| Error::new(format!("cannot write the template: {e}"));
    writer.write_record(columns.iter().map(|(name, _)| name)).map_err(failed)?;
    let example = example(desk, table.kind).filter(|_| table.list.is_none());
    let rows = example
        .map_or_else(Vec::new, |example| example.read(|json| rows(table.kind, json, &columns)));
    rows.iter().try_for_each(|row| writer.write_record(row)).map_err(failed)?;
    let bytes = writer.into_inner().map_err(|e| Error::new(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| Error::new(e.to_string()))
}

/// The cells of an example: a row, and one for each further citation.
fn rows(kind: RecordKind, example: &Json, columns: &[(String, String)]) -> Vec<Vec<String>> {
    let citations = example.pointer("/citations").map_or(1, |citations| citations.items().len());
    let row = |row: usize| {
        let cell = |(_, pointer): &(String, String)| {
            let left_out = pointer == "/id" || has_usual(kind, pointer);
            if left_out || row > 0 && !pointer.starts_with("/citations/") {
                return String::new();
            }
            let pointer = pointer.replace("/citations/0", &format!("/citations/{row}"));
            example.pointer(&pointer).map(cell).unwrap_or_default()
        };
        columns.iter().map(cell).collect()
    };
    (0..citations.max(1)).map(row).collect()
}

/// A record that shows how: one of the dataset, else the schema's example.
fn example(desk: &Desk, kind: RecordKind) -> Option<Draft> {
    let dataset = &desk.loaded.dataset;
    let active = dataset.claims.iter().filter(|(_, claim)| claim.record.status == Status::Active);
    let id = match kind {
        // A plain one: what is left of it by mistake should do little harm.
        RecordKind::Claim => active
            .min_by_key(|(_, claim)| (claim.record.relations.len(), claim.record.citations.len()))
            .map(|(id, _)| id),
        RecordKind::Source => dataset.sources.keys().next(),
        RecordKind::Publisher => dataset.publishers.keys().next(),
        RecordKind::Subject => dataset.subjects.keys().next(),
    };
    let own = id.and_then(|id| desk.record(kind, id)).map(|value| Draft::from_json(kind, value));
    own.or_else(|| of_schema(desk, kind))
}

/// The example of the schema.
pub fn of_schema(desk: &Desk, kind: RecordKind) -> Option<Draft> {
    let example = desk.schema(kind).root().pointer("/examples/0")?;
    Some(Draft::from_json(kind, example.to_value()))
}

/// Columns with the pointers of what stands in them.
fn of_record(schema: &Schema) -> Vec<(String, String)> {
    let mut columns = Vec::new();
    for member in schema.members("") {
        let inner = match (&member.takes, member.key.as_str()) {
            (_, "$schema" | "corrections") => continue,
            (Takes::Record, _) => schema.members(&member.pointer),
            (Takes::Records, "citations") => schema.members("/citations/0"),
            _ => vec![member],
        };
        columns.extend(inner.into_iter().map(|member| (member.key, member.pointer)));
    }
    columns
}

fn of_entry(table: &Table) -> Vec<(String, String)> {
    let published = tables::TABLES.iter().find(|other| other.name == table.name);
    let columns = published.into_iter().flat_map(|table| table.columns);
    columns.map(|column| (column.name.to_owned(), String::new())).collect()
}

/// A value as it stands in a cell.
fn cell(value: &Json) -> String {
    let of = |item: &Json| -> String {
        let text = |key: &str| item.pointer(key).and_then(Json::as_str);
        match (text("/family"), text("/given"), text("/literal"), text("/type"), text("/claim")) {
            (Some(family), Some(given), ..) => format!("{family}, {given}"),
            (Some(family), ..) => family.to_owned(),
            (_, _, Some(literal), ..) if literal.contains(',') => format!("{{{literal}}}"),
            (_, _, Some(literal), ..) => literal.to_owned(),
            (.., Some(kind), Some(claim)) => format!("{kind}:{claim}"),
            _ => item.as_str().map_or_else(|| item.to_value().to_string(), str::to_owned),
        }
    };
    match value {
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(of).collect();
            let joined = if items.iter().any(|item| item.contains("://")) { " " } else { ";" };
            items.join(joined)
        }
        other => of(other),
    }
}
