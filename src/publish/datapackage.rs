//! Data Package 2.0 (<https://datapackage.org/standard/data-package/>): `datapackage.json`
//! describes the CSV tables, with types, keys, words, sizes and hashes.

use super::{
    Edition, Sink, about, csv,
    sink::Written,
    tables::{CellKind, Column, Glossary, TABLES, Table},
    taken, write_json,
};
use crate::error::Result;
use serde::Serialize;

/// Writes the descriptor, after the tables.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    let meta = edition.meta;
    let glossary = Glossary::new(&edition.schemas);
    let resources: Result<Vec<Resource>> =
        TABLES.iter().map(|table| Resource::of(table, &glossary, sink)).collect();
    let package = Package {
        schema: "https://datapackage.org/profiles/2.0/datapackage.json",
        name: &meta.name,
        id: &meta.base_iri,
        title: &meta.title,
        description: &meta.description,
        homepage: about::page(meta),
        version: edition.version.as_deref(),
        created: edition.moment(),
        keywords: about::keywords(edition),
        contributors: meta
            .maintainers
            .iter()
            .map(|who| Contributor {
                title: &who.name,
                path: who.url.as_deref(),
                roles: ["maintainer"],
            })
            .collect(),
        licenses: about::licenses(&meta.license)
            .into_iter()
            .map(|name| License { name, path: about::license_page(name) })
            .collect(),
        resources: resources?,
    };
    write_json(sink, "datapackage.json", &package)
}

#[derive(Serialize)]
struct Package<'e> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    name: &'e str,
    id: &'e str,
    title: &'e str,
    description: &'e str,
    homepage: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    keywords: Vec<&'e str>,
    contributors: Vec<Contributor<'e>>,
    licenses: Vec<License<'e>>,
    resources: Vec<Resource<'e>>,
}

#[derive(Serialize)]
struct Contributor<'e> {
    title: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'e str>,
    roles: [&'static str; 1],
}

#[derive(Serialize)]
struct License<'e> {
    name: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

#[derive(Serialize)]
struct Resource<'g> {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    description: &'static str,
    path: String,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    bytes: u64,
    hash: String,
    dialect: Dialect,
    schema: Schema<'g>,
}

impl<'g> Resource<'g> {
    fn of(table: &'static Table, glossary: &'g Glossary, sink: &dyn Sink) -> Result<Self> {
        let path = csv::path(table);
        let Written { bytes, sha256 } = taken(sink, &path)?;
        Ok(Self {
            name: table.name,
            kind: "table",
            description: table.about,
            format: "csv",
            mediatype: about::media_type(&path),
            encoding: "utf-8",
            bytes: *bytes,
            hash: format!("sha256:{sha256}"),
            dialect: Dialect {
                delimiter: ",",
                line_terminator: "\n",
                quote_char: "\"",
                double_quote: true,
            },
            schema: Schema::of(table, glossary),
            path,
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialect {
    delimiter: &'static str,
    line_terminator: &'static str,
    quote_char: &'static str,
    double_quote: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema<'g> {
    fields: Vec<Field<'g>>,
    primary_key: &'static [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
    missing_values: [&'static str; 1],
}

impl<'g> Schema<'g> {
    fn of(table: &'static Table, glossary: &'g Glossary) -> Self {
        Self {
            fields: table.columns.iter().map(|column| Field::of(column, glossary)).collect(),
            primary_key: table.key,
            foreign_keys: table
                .foreign
                .iter()
                .map(|(column, table, key)| ForeignKey {
                    fields: [column],
                    reference: Reference { resource: table, fields: [key] },
                })
                .collect(),
            missing_values: [""],
        }
    }
}

#[derive(Serialize)]
struct Field<'g> {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    description: String,
    constraints: Constraints<'g>,
}

impl<'g> Field<'g> {
    fn of(column: &'static Column, glossary: &'g Glossary) -> Self {
        let (kind, format) = match column.kind {
            CellKind::Integer => ("integer", None),
            CellKind::Decimal => ("number", None),
            CellKind::Day => ("date", None),
            CellKind::Url => ("string", Some("uri")),
            // Version 2.0 has lists in its text but not in its profile.
            CellKind::Text | CellKind::Edtf | CellKind::Ids | CellKind::Texts | CellKind::Urls => {
                ("string", None)
            }
        };
        let about = glossary.about(column);
        let words = glossary.words(column);
        Self {
            name: column.name,
            kind,
            format,
            description: match column.kind.separator() {
                None => about.to_owned(),
                Some(" ") => format!("{about} Joined by a space."),
                Some(separator) => format!("{about} Joined by `{}`.", separator.trim()),
            },
            constraints: Constraints { required: column.required, words },
        }
    }
}

#[derive(Serialize)]
struct Constraints<'g> {
    required: bool,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    words: Vec<&'g str>,
}

#[derive(Serialize)]
struct ForeignKey {
    fields: [&'static str; 1],
    reference: Reference,
}

#[derive(Serialize)]
struct Reference {
    resource: &'static str,
    fields: [&'static str; 1],
}
