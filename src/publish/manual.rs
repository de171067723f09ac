//! The manual of what is published: every file of every format, every column of every table, every
//! key of the JSON. It is put together from the lists and the schema that the formats follow.

use super::{
    EXPORTERS, Exporter,
    tables::{Column, Glossary, TABLES, Table},
};
use crate::{
    error::Result,
    schema::{
        self,
        manual::{Object, Word},
    },
    templates::Templates,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Serialize)]
struct Manual<'m> {
    formats: Vec<Format>,
    tables: Vec<TableView<'m>>,
    objects: Vec<Object>,
    /// Kinds of text.
    words: Vec<Word>,
}

#[derive(Serialize)]
struct Format {
    name: &'static str,
    about: &'static str,
    readers: &'static str,
    default: bool,
    describes: &'static [&'static str],
    files: &'static [(&'static str, &'static str)],
}

#[derive(Serialize)]
struct TableView<'m> {
    name: &'static str,
    about: &'static str,
    key: &'static [&'static str],
    columns: Vec<ColumnView<'m>>,
}

#[derive(Serialize)]
struct ColumnView<'m> {
    name: &'static str,
    kind: String,
    required: bool,
    about: &'m str,
    /// The table and column whose value it holds.
    refers: Option<(&'static str, &'static str)>,
}

/// The manual, as a page of Markdown.
///
/// # Errors
/// Where a template of the repository does not fit.
pub fn manual(templates: &Templates) -> Result<String> {
    // It is also that of a line of `claims.jsonl`.
    let bundle = schema::embedded("bundle");
    let schema = schema::manual::Manual(&bundle);
    let glossary = Glossary::new(&BTreeMap::new());
    let mut objects = schema.objects(&BTreeSet::new());
    if let Some(whole) = objects.first_mut() {
        whole.name = "bundle".to_owned();
    }
    let page = Manual {
        formats: EXPORTERS.iter().map(Format::of).collect(),
        tables: TABLES.iter().map(|table| TableView::of(table, &glossary)).collect(),
        objects,
        words: schema.words().collect(),
    };
    templates.render("formats.md", &page)
}

impl Format {
    fn of(exporter: &Exporter) -> Self {
        let Exporter { name, about, readers, default, describes, files, .. } = *exporter;
        Self { name, about, readers, default, describes, files }
    }
}

impl<'m> TableView<'m> {
    fn of(table: &Table, glossary: &'m Glossary) -> Self {
        let column = |column: &'static Column| ColumnView {
            name: column.name,
            kind: format!("{:?}", column.kind).to_lowercase(),
            required: column.required,
            about: glossary.about(column),
            refers: (table.foreign.iter())
                .find(|(own, ..)| *own == column.name)
                .map(|(_, table, key)| (*table, *key)),
        };
        Self {
            name: table.name,
            about: table.about,
            key: table.key,
            columns: table.columns.iter().map(column).collect(),
        }
    }
}
