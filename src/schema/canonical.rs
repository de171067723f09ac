//! The canonical form of a record: two spaces, keys in schema order, sets sorted, text in NFC, and
//! a final newline; or all on one line for `.jsonl`.

use super::nodes::{self, Node, Schema};
use crate::document::{Json, needs_no_escape};
use std::{borrow::Cow, fmt::Write as _};
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
    /// The keys that the schema names, in its order, and what it says of each.
    members: Vec<(String, Shape)>,
    /// Any other member of an object used as a map.
    other: Option<Box<Shape>>,
    items: Option<Box<Shape>>,
    /// An array of distinct words, whose order means nothing.
    set: bool,
}

const NONE: &Shape = &Shape { members: Vec::new(), other: None, items: None, set: false };

impl Shape {
    /// The place of a key among those that the schema names; `usize::MAX` where it names none such.
    /// Keys mostly stand in order: it is looked for from the place of the one before on.
    fn rank(&self, key: &str, before: usize) -> usize {
        let (first, rest) = self.members.split_at(before.min(self.members.len()));
        let within = |part: &[(String, Self)]| part.iter().position(|(name, _)| name == key);
        match within(rest) {
            Some(place) => first.len() + place,
            None => within(first).unwrap_or(usize::MAX),
        }
    }

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
        let member = found.next().map(|(_, schema)| inner(schema)).unwrap_or_default();
        shape.members.push((name.to_owned(), member));
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
            if !shape.set {
                return write_all(items.len(), ['[', ']'], form, depth, out, |i, out| {
                    write_value(&items[i], inner, form, depth + 1, out);
                });
            }
            let mut order: Vec<&Json> = items.iter().collect();
            order.sort_by(|a, b| a.as_str().map(composed).cmp(&b.as_str().map(composed)));
            write_all(order.len(), ['[', ']'], form, depth, out, |i, out| {
                write_value(order[i], inner, form, depth + 1, out);
            });
        }
        Json::Object(members) => {
            let mut order = Vec::with_capacity(members.len());
            let mut rank = 0;
            for (key, value) in members.iter() {
                let key: &str = key.as_ref();
                rank = shape.rank(key, rank);
                order.push((rank, key, value));
            }
            if shape.other.is_none() {
                // Keys the schema does not name come last, by name; of two that are the same, the
                // first.
                order.sort_by_key(|(rank, key, _)| {
                    (*rank, if *rank == usize::MAX { *key } else { "" })
                });
            }
            write_all(order.len(), ['{', '}'], form, depth, out, |i, out| {
                let (rank, key, value) = order[i];
                write_string(key, out);
                out.push_str(if form == Form::File { ": " } else { ":" });
                let named = shape.members.get(rank).map(|(_, inner)| inner);
                let inner = named.or(shape.other.as_deref()).unwrap_or(NONE);
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
    if needs_no_escape(text) {
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
