//! CSV on the Web (W3C Recommendation of 2015, <https://www.w3.org/TR/tabular-metadata/>):
//! `csv-metadata.json` describes the CSV tables, with types, lists, words and keys.

use super::{
    Edition, Sink, about, csv,
    tables::{CellKind, Column, Glossary, TABLES, Table},
    write_json,
};
use crate::error::Result;
use serde::Serialize;

/// Writes the metadata.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    let meta = edition.meta;
    let glossary = Glossary::new(&edition.schemas);
    let group = Group {
        context: ("http://www.w3.org/ns/csvw", Language { language: &meta.language }),
        title: &meta.title,
        description: &meta.description,
        license: match about::licenses(&meta.license)[..] {
            [one] => about::license_page(one),
            _ => None,
        }
        .unwrap_or_else(|| meta.license.clone()),
        source: about::page(meta),
        modified: edition.as_of().map(|day| day.to_string()),
        version: edition.version.as_deref(),
        keywords: about::keywords(edition),
        dialect: Dialect {
            delimiter: ",",
            encoding: "utf-8",
            header: true,
            line_terminators: ["\n"],
            quote_char: "\"",
            double_quote: true,
        },
        tables: TABLES.iter().map(|table| Described::of(table, &glossary)).collect(),
    };
    write_json(sink, "csv-metadata.json", &group)
}

#[derive(Serialize)]
struct Group<'e> {
    #[serde(rename = "@context")]
    context: (&'static str, Language<'e>),
    #[serde(rename = "dc:title")]
    title: &'e str,
    #[serde(rename = "dc:description")]
    description: &'e str,
    #[serde(rename = "dc:license")]
    license: String,
    #[serde(rename = "dc:source")]
    source: &'e str,
    #[serde(rename = "dc:modified", skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(rename = "schema:version", skip_serializing_if = "Option::is_none")]
    version: Option<&'e str>,
    #[serde(rename = "dc:subject")]
    keywords: Vec<&'e str>,
    dialect: Dialect,
    tables: Vec<Described<'e>>,
}

#[derive(Serialize)]
struct Language<'e> {
    #[serde(rename = "@language")]
    language: &'e str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialect {
    delimiter: &'static str,
    encoding: &'static str,
    header: bool,
    line_terminators: [&'static str; 1],
    quote_char: &'static str,
    double_quote: bool,
}

/// A table with its columns and keys.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Described<'g> {
    url: String,
    #[serde(rename = "dc:description")]
    description: &'static str,
    table_schema: Schema<'g>,
}

impl<'g> Described<'g> {
    fn of(table: &'static Table, glossary: &'g Glossary) -> Self {
        Self {
            url: csv::path(table),
            description: table.about,
            table_schema: Schema {
                columns: table.columns.iter().map(|column| Field::of(column, glossary)).collect(),
                primary_key: table.key,
                foreign_keys: table
                    .foreign
                    .iter()
                    .map(|(column, table, key)| ForeignKey {
                        column_reference: column,
                        reference: Reference {
                            resource: format!("{table}.csv"),
                            column_reference: key,
                        },
                    })
                    .collect(),
            },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema<'g> {
    columns: Vec<Field<'g>>,
    primary_key: &'static [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

#[derive(Serialize)]
struct Field<'g> {
    name: &'static str,
    titles: &'static str,
    #[serde(rename = "dc:description")]
    description: &'g str,
    datatype: Datatype,
    #[serde(skip_serializing_if = "Option::is_none")]
    separator: Option<&'static str>,
    required: bool,
}

impl<'g> Field<'g> {
    fn of(column: &'static Column, glossary: &'g Glossary) -> Self {
        let base = match column.kind {
            CellKind::Integer => "nonNegativeInteger",
            CellKind::Decimal => "decimal",
            CellKind::Day => "date",
            CellKind::Url | CellKind::Urls => "anyURI",
            CellKind::Text | CellKind::Edtf | CellKind::Ids | CellKind::Texts => "string",
        };
        let words = glossary.words(column);
        Self {
            name: column.name,
            titles: column.name,
            description: glossary.about(column),
            datatype: match words[..] {
                [] => Datatype::Plain(base),
                _ => Datatype::Words { base, format: words.join("|") },
            },
            separator: column.kind.separator(),
            required: column.required,
        }
    }
}

/// A type by its name, or one of texts that fit a regular expression.
#[derive(Serialize)]
#[serde(untagged)]
enum Datatype {
    Plain(&'static str),
    Words { base: &'static str, format: String },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ForeignKey {
    column_reference: &'static str,
    reference: Reference,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Reference {
    resource: String,
    column_reference: &'static str,
}
