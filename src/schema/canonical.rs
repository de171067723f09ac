//! The canonical form of a record: two spaces, keys in schema order, sets sorted, text in NFC, and
//! a final newline; or all on one line for `.jsonl`.

use super::nodes::{self, Node, Schema};
use crate::document::Json;
use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// How a record is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A file of its own: two spaces, final newline.
    File,
    /// One line of a `.jsonl` file, without its newline.
    Line,
}

/// What a schema says about the order of a value's parts.
#[derive(Debug, Default)]
pub struct Shape {
    /// Keys, in schema order.
    keys: Vec<String>,
    members: BTreeMap<String, Shape>,
    /// Any other member of an object used as a map.
    other: Option<Box<Shape>>,
    items: Option<Box<Shape>>,
    /// An array of distinct words, whose order means nothing.
    set: bool,
}

const NONE: &Shape =
    &Shape { keys: Vec::new(), members: BTreeMap::new(), other: None, items: None, set: false };

impl Shape {
    /// The shape of what a schema describes.
    pub fn of(root: &Schema) -> Self {
        build(root, &nodes::expand(root, root), 0)
    }
}

fn build(root: &Schema, schemas: &[&Node], depth: usize) -> Shape {
    let mut shape = Shape::default();
    // A schema that refers to itself has no end; records do not nest this deep.
    if depth > 8 {
        return shape;
    }
    let inner = |schema: &Schema| build(root, &nodes::expand(root, schema), depth + 1);
    for name in nodes::property_names(schemas) {
        let mut found =
            schemas.iter().filter_map(|node| nodes::properties(node).find(|(n, _)| *n == name));
        if let Some((_, schema)) = found.next() {
            shape.members.insert(name.to_owned(), inner(schema));
        }
        shape.keys.push(name.to_owned());
    }
    if let Some(other @ Json::Object(_)) = nodes::keyword(schemas, "additionalProperties") {
        shape.other = Some(Box::new(inner(other)));
    }
    if let Some(items @ Json::Object(_)) = nodes::keyword(schemas, "items") {
        let words = nodes::expand(root, items);
        shape.set = nodes::keyword(schemas, "uniqueItems") == Some(&Json::Bool(true))
            && (nodes::text(&words, "type") == Some("string")
                || nodes::keyword(&words, "enum").is_some());
        shape.items = Some(Box::new(inner(items)));
    }
    shape
}

/// Writes a value in canonical form.
pub fn write(value: &Json, shape: &Shape, form: Form, out: &mut String) {
    write_value(value, shape, form, 0, out);
    if form == Form::File {
        out.push('\n');
    }
}

fn write_value(value: &Json, shape: &Shape, form: Form, depth: usize, out: &mut String) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Json::Number(number) => {
            let _ = write!(out, "{number}");
        }
        Json::String(text) => write_string(&composed(text), out),
        Json::Array(items) => {
            let inner = shape.items.as_deref().unwrap_or(NONE);
            let mut order: Vec<&Json> = items.iter().collect();
            if shape.set {
                order.sort_by(|a, b| a.as_str().map(composed).cmp(&b.as_str().map(composed)));
            }
            write_all(order.len(), ['[', ']'], form, depth, out, |i, out| {
                write_value(order[i], inner, form, depth + 1, out);
            });
        }
        Json::Object(members) => {
            let mut order: Vec<_> =
                members.iter().map(|(key, value)| (key.as_ref(), value)).collect();
            if shape.other.is_none() {
                let rank =
                    |key: &str| shape.keys.iter().position(|k| k == key).unwrap_or(usize::MAX);
                // Keys the schema does not name come last, by name.
                order.sort_by_cached_key(|(key, _)| {
                    let rank = rank(key);
                    (rank, if rank == usize::MAX { (*key).to_owned() } else { String::new() })
                });
            }
            write_all(order.len(), ['{', '}'], form, depth, out, |i, out| {
                let (key, value) = order[i];
                write_string(key, out);
                out.push_str(if form == Form::File { ": " } else { ":" });
                let inner = shape.members.get(key).or(shape.other.as_deref()).unwrap_or(NONE);
                write_value(value, inner, form, depth + 1, out);
            });
        }
    }
}

fn write_all(
    count: usize,
    [open, close]: [char; 2],
    form: Form,
    depth: usize,
    out: &mut String,
    mut each: impl FnMut(usize, &mut String),
) {
    out.push(open);
    for i in 0..count {
        if i > 0 {
            out.push(',');
        }
        if form == Form::File {
            new_line(depth + 1, out);
        }
        each(i, out);
    }
    if count > 0 && form == Form::File {
        new_line(depth, out);
    }
    out.push(close);
}

fn new_line(depth: usize, out: &mut String) {
    const SPACES: &str = "\n                                ";
    out.push_str(SPACES.get(..1 + 2 * depth).unwrap_or(SPACES));
}

/// Text in NFC. Keys are left as they are: two of them may differ in nothing else.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { text.into() } else { text.nfc().collect() }
}

/// Writes a JSON string with no more escapes than JSON asks for.
fn write_string(text: &str, out: &mut String) {
    out.push('"');
    if text.bytes().all(|b| b >= 0x20 && b != b'"' && b != b'\\') {
        out.push_str(text);
    } else {
        for c in text.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                c if u32::from(c) < 0x20 => {
                    let _ = write!(out, "\\u{:04x}", u32::from(c));
                }
                c => out.push(c),
            }
        }
    }
    out.push('"');
}
