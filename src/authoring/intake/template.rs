//! A table to fill in: the columns in the order of the schema, and the schema's example.

use super::{
    super::Desk,
    columns::{self, Table},
};
use crate::{
    document::Json,
    error::{Error, Result},
    publish::tables,
    schema::{Schema, Takes},
};

/// A table as CSV, with its header and, where the schema has an example, rows that show how.
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
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let failed = |e: csv::Error| Error::new(format!("cannot write the template: {e}"));
    writer.write_record(columns.iter().map(|(name, _)| name)).map_err(failed)?;
    if table.list.is_none() {
        let example = schema.root().pointer("/examples/0").unwrap_or(&Json::Null);
        let rows =
            example.pointer("/citations").map_or(1, |citations| citations.items().len().max(1));
        for row in 0..if example == &Json::Null { 0 } else { rows } {
            let cells = columns.iter().map(|(_, pointer)| {
                let of_citation = pointer.starts_with("/citations/");
                if row > 0 && !of_citation && pointer != "/id" {
                    return String::new();
                }
                let pointer = pointer.replace("/citations/0", &format!("/citations/{row}"));
                example.pointer(&pointer).map(cell).unwrap_or_default()
            });
            writer.write_record(cells).map_err(failed)?;
        }
    }
    let bytes = writer.into_inner().map_err(|e| Error::new(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| Error::new(e.to_string()))
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
