//! What columns mean, as the schemas say it.

use super::Column;
use crate::schema::{self, EMBEDDED};
use serde_json::Value;
use std::collections::BTreeMap;

/// The descriptions and the words of fields, from a repository's own schemas and, where those are
/// silent, from the embedded ones.
pub struct Glossary {
    /// By name of the schema, the first to ask first.
    schemas: BTreeMap<&'static str, Vec<Value>>,
}

impl Glossary {
    /// Reads the schemas: those of the repository, by path, and the embedded ones.
    #[must_use]
    pub fn new(own: &BTreeMap<String, String>) -> Self {
        let read = |text: &str| serde_json::from_str(text).ok();
        let texts = |(name, embedded): &(&'static str, &str)| {
            let own = own.get(&schema::path(name)).and_then(|text| read(text));
            (*name, own.into_iter().chain(read(embedded)).collect())
        };
        Self { schemas: EMBEDDED.iter().map(texts).collect() }
    }

    /// What a column says; empty where no schema describes it.
    #[must_use]
    pub fn about(&self, column: &Column) -> &str {
        let described = || {
            let mut fields = column.fields.iter().flat_map(|field| self.fields(field));
            fields.find_map(|(field, _)| field.get("description")?.as_str())
        };
        column.about.or_else(described).unwrap_or_default()
    }

    /// The words that a column's cells may hold; none where they are free.
    #[must_use]
    pub fn words(&self, column: &Column) -> Vec<&str> {
        let mut words = Vec::new();
        for path in column.fields {
            let Some((field, root)) = self.fields(path).next() else { return Vec::new() };
            let found = words_of(field, root);
            if found.is_empty() {
                return found;
            }
            words.extend(found);
        }
        words
    }

    /// Whether a schema has the field at `SCHEMA#POINTER`.
    #[must_use]
    pub fn knows(&self, field: &str) -> bool {
        self.fields(field).next().is_some()
    }

    /// The field at `SCHEMA#POINTER` in each schema that has it, with the schema.
    fn fields<'g>(&'g self, path: &str) -> impl Iterator<Item = (&'g Value, &'g Value)> + use<'g> {
        let (name, pointer) = path.split_once('#').unwrap_or((path, ""));
        let (schemas, pointer) = (self.schemas.get(name), pointer.to_owned());
        let roots = schemas.into_iter().flatten();
        roots.filter_map(move |root| Some((root.pointer(&pointer)?, root)))
    }
}

/// The words of an `enum` or `const`, its own or those of the definition it refers to.
fn words_of<'v>(field: &'v Value, root: &'v Value) -> Vec<&'v str> {
    let referred = || {
        let pointer = field.get("$ref")?.as_str()?.strip_prefix('#')?;
        root.pointer(pointer)
    };
    for field in [Some(field), referred()].into_iter().flatten() {
        if let Some(word) = field.get("const").and_then(Value::as_str) {
            return vec![word];
        }
        if let Some(words) = field.get("enum").and_then(Value::as_array) {
            return words.iter().filter_map(Value::as_str).collect();
        }
    }
    Vec::new()
}
