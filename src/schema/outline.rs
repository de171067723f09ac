//! The fields that a schema gives to a record, for telling two versions of it apart.

use super::nodes::{self, Node, Schema};
use crate::document::Json;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a schema says of one field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// Whether it is always there.
    pub required: bool,
    /// The types of value it may hold.
    pub types: BTreeSet<String>,
    /// The values it may hold, where they are listed.
    pub values: BTreeSet<String>,
    /// Patterns, lengths, numbers and formats.
    pub limits: BTreeMap<String, Value>,
}

/// Keywords that limit a value and are compared as they stand.
const LIMITS: &[&str] = &[
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

/// Records do not nest deeper.
const MAX_DEPTH: usize = 8;

/// The fields of a record, by name; parts of a field after a `/`, with `*` for every item of a list
/// and every key of a map.
#[must_use]
pub fn outline(root: &Schema) -> BTreeMap<String, Field> {
    let mut found = BTreeMap::new();
    walk(root, &[root], "", 0, &mut found);
    found
}

fn walk(
    root: &Schema,
    schemas: &[&Schema],
    at: &str,
    depth: usize,
    found: &mut BTreeMap<String, Field>,
) {
    if depth > MAX_DEPTH {
        return;
    }
    let nodes: Vec<&Node> = schemas.iter().flat_map(|schema| nodes::expand(root, schema)).collect();
    let always: BTreeSet<&str> = schemas
        .iter()
        .flat_map(|schema| unconditional(root, schema))
        .filter_map(|node| node.get("required"))
        .flat_map(Json::items)
        .filter_map(Json::as_str)
        .collect();
    let mut below: BTreeMap<&str, Vec<&Schema>> = BTreeMap::new();
    for node in &nodes {
        for (name, schema) in nodes::properties(node).filter(|(_, s)| **s != Json::Bool(false)) {
            below.entry(name).or_default().push(schema);
        }
        for keyword in ["items", "additionalProperties"] {
            if let Some(schema @ Json::Object(_)) = node.get(keyword) {
                below.entry("*").or_default().push(schema);
            }
        }
    }
    for (name, schemas) in below {
        let path = if at.is_empty() { name.to_owned() } else { format!("{at}/{name}") };
        let mut field = field(root, &schemas);
        field.required = always.contains(name);
        found.insert(path.clone(), field);
        walk(root, &schemas, &path, depth + 1, found);
    }
}

fn field(root: &Schema, schemas: &[&Schema]) -> Field {
    let mut field = Field::default();
    for node in schemas.iter().flat_map(|schema| nodes::expand(root, schema)) {
        for (keyword, value) in node.iter() {
            match (keyword.as_ref(), value) {
                ("type", Json::String(name)) => {
                    field.types.insert(name.to_string());
                }
                ("type", names) => {
                    field
                        .types
                        .extend(names.items().iter().filter_map(Json::as_str).map(str::to_owned));
                }
                ("enum", values) => field.values.extend(values.items().iter().map(text)),
                ("const", value) => {
                    field.values.insert(text(value));
                }
                (name, value) if LIMITS.contains(&name) => {
                    // The outer one narrows what it refers to.
                    field.limits.entry(name.to_owned()).or_insert_with(|| value.to_value());
                }
                _ => {}
            }
        }
    }
    field
}

/// A value as a reader would write it.
fn text(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_value().to_string(), str::to_owned)
}

/// A subschema with what applies beside it whatever holds: through references and `allOf`.
fn unconditional<'s>(root: &'s Schema, node: &'s Schema) -> Vec<&'s Node> {
    let mut out: Vec<&Node> = Vec::new();
    let mut open = vec![node];
    while let Some(Json::Object(members)) = open.pop() {
        if out.iter().any(|seen| std::ptr::eq(*seen, members)) {
            continue;
        }
        out.push(members);
        let target = members.get("$ref").and_then(Json::as_str);
        open.extend(target.and_then(|target| nodes::resolve(root, target)));
        open.extend(members.get("allOf").map(Json::items).into_iter().flatten());
    }
    out
}
