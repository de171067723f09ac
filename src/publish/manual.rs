//! The manual of what is published: every file of every format, every column of every table, every
//! key of the JSON. It is put together from the lists and the schema that the formats follow.

use super::{
    EXPORTERS, Exporter,
    tables::{Column, Glossary, TABLES, Table},
};
use crate::{
    document::Json,
    error::{Error, Result},
    templates::Templates,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// The schema of the JSON, which is also that of a line of `claims.jsonl`.
const BUNDLE: &str = include_str!("../../schema/bundle.schema.json");

#[derive(Serialize)]
struct Manual<'m> {
    formats: Vec<Format>,
    tables: Vec<TableView<'m>>,
    objects: Vec<Object<'m>>,
    /// Kinds of text: name and description.
    words: Vec<(&'m str, &'m str)>,
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

/// An object of the JSON: the name and description of its definition, and its keys.
#[derive(Serialize)]
struct Object<'m> {
    name: &'m str,
    about: &'m str,
    keys: Vec<Key<'m>>,
}

#[derive(Serialize)]
struct Key<'m> {
    name: String,
    /// What it holds, in Markdown.
    kind: String,
    required: bool,
    about: &'m str,
}

/// The manual, as a page of Markdown.
///
/// # Errors
/// Where a template of the repository does not fit.
pub fn manual(templates: &Templates) -> Result<String> {
    let (schema, _) = Json::parse(BUNDLE)
        .map_err(|e| Error::new(format!("the schema of the JSON cannot be read: {e}")))?;
    let schema = Schema(&schema);
    let glossary = Glossary::new(&BTreeMap::new());
    let definitions = || schema.0.pointer("/$defs").into_iter().flat_map(members);
    let (objects, words): (Vec<_>, Vec<_>) =
        definitions().partition(|(_, definition)| definition.pointer("/properties").is_some());
    let whole = [("bundle", schema.0)];
    let page = Manual {
        formats: EXPORTERS.iter().map(Format::of).collect(),
        tables: TABLES.iter().map(|table| TableView::of(table, &glossary)).collect(),
        objects: (whole.into_iter().chain(objects))
            .map(|(name, object)| Object {
                name,
                about: schema.about(object),
                keys: schema.keys(object, ""),
            })
            .collect(),
        words: words.into_iter().map(|(name, word)| (name, schema.about(word))).collect(),
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

/// The members of an object, in the order of the schema.
fn members<'j>(json: &'j Json) -> impl Iterator<Item = (&'j str, &'j Json<'j>)> {
    json.members().into_iter().flat_map(|m| m.iter()).map(|(key, value)| (key.as_ref(), value))
}

#[derive(Clone, Copy)]
struct Schema<'m>(&'m Json<'m>);

impl<'m> Schema<'m> {
    /// What a schema, or else the one it refers to, says of itself.
    fn about(self, node: &'m Json<'m>) -> &'m str {
        let own = node.pointer("/description").and_then(Json::as_str);
        let target = || self.target(node)?.1.pointer("/description")?.as_str();
        own.or_else(target).unwrap_or_default()
    }

    /// The definition that a schema refers to.
    fn target(self, node: &'m Json<'m>) -> Option<(&'m str, &'m Json<'m>)> {
        let reference = node.pointer("/$ref")?.as_str()?.strip_prefix('#')?;
        Some((reference.rsplit('/').next()?, self.0.pointer(reference)?))
    }

    /// The keys of an object, those of objects inside it among them.
    fn keys(self, object: &'m Json<'m>, above: &str) -> Vec<Key<'m>> {
        let required: Vec<&str> = (object.pointer("/required").map_or(&[][..], Json::items))
            .iter()
            .filter_map(Json::as_str)
            .collect();
        let mut keys = Vec::new();
        for (name, node) in object.pointer("/properties").into_iter().flat_map(members) {
            let path = format!("{above}{name}");
            let inner = self.keys(node, &format!("{path}."));
            keys.push(Key {
                name: path,
                kind: self.kind(node),
                required: required.contains(&name),
                about: self.about(node),
            });
            keys.extend(inner);
        }
        keys
    }

    /// What a schema allows, in a few words of Markdown.
    fn kind(self, node: &'m Json<'m>) -> String {
        if let Some((name, _)) = self.target(node) {
            return format!("[{}](#{name})", name.replace('_', " "));
        }
        if let (Some(one), Some(other)) = (node.pointer("/else"), node.pointer("/then")) {
            return format!("{} or {}", self.kind(one), self.kind(other));
        }
        if let Some(only) = node.pointer("/const") {
            return format!("`{}`", plain(only));
        }
        if let Some(words) = node.pointer("/enum") {
            let words: Vec<String> =
                words.items().iter().map(|w| format!("`{}`", plain(w))).collect();
            return words.join(", ");
        }
        let kind = |name: &str| match (name, node.pointer("/items")) {
            ("array", Some(items)) => format!("list of {}", self.kind(items)),
            ("string", _) => "text".to_owned(),
            ("integer", _) => "whole number".to_owned(),
            ("boolean", _) => "true or false".to_owned(),
            (other, _) => other.to_owned(),
        };
        match node.pointer("/type") {
            Some(Json::String(name)) => kind(name),
            Some(names) => {
                let names: Vec<String> =
                    names.items().iter().filter_map(Json::as_str).map(kind).collect();
                names.join(" or ")
            }
            None => "anything".to_owned(),
        }
    }
}

/// A value as it is written, text without its quotation marks.
fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_value().to_string(), str::to_owned)
}
