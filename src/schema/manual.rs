//! A schema as a reference for people: its objects, and what each of their keys holds, in Markdown.

use super::{
    child,
    example::in_record,
    limits::{limits, when},
    nodes::Schema,
};
use crate::document::Json;
use serde::Serialize;
use std::collections::{BTreeSet, VecDeque};

/// An object that a schema describes.
#[derive(Debug, Serialize)]
pub struct Object {
    /// The name of its definition; empty for the whole.
    pub name: String,
    /// What the schema says of it.
    pub about: String,
    /// Its keys, those of objects inside it among them.
    pub keys: Vec<Key>,
}

/// A key of an object.
#[derive(Debug, Serialize)]
pub struct Key {
    /// Its name; of a key of an object inside, with the way there.
    pub name: String,
    /// What it holds.
    pub kind: String,
    /// Lengths, numbers and the default, in words.
    pub limits: Vec<String>,
    /// Whether it is always there.
    pub required: bool,
    /// When it must be there, and when it must not, unless it always is.
    pub when: Vec<String>,
    /// What the schema says of it.
    pub about: String,
    /// An example of it, as JSON; empty where that would say nothing, or too much.
    pub example: String,
}

/// A definition that is no object, such as a kind of text.
#[derive(Debug, Serialize)]
pub struct Word {
    /// Its name.
    pub name: String,
    /// What the schema says of it.
    pub about: String,
    /// What it may be, where that is a list of words.
    pub values: String,
    /// Lengths and numbers, in words.
    pub limits: Vec<String>,
    /// Examples, as JSON.
    pub examples: Vec<String>,
}

/// How long an example may be, in characters.
const MAX_EXAMPLE: usize = 130;

/// A schema, to be described.
#[derive(Clone, Copy)]
pub struct Manual<'m>(pub &'m Schema);

impl<'m> Manual<'m> {
    /// The whole and every definition that is an object, in the schema's order; those with these
    /// names are left out.
    #[must_use]
    pub fn objects(self, known: &BTreeSet<String>) -> Vec<Object> {
        let mut objects = Vec::new();
        let mut seen = known.clone();
        let mut open = VecDeque::from([(String::new(), self.0, String::new(), self.0)]);
        while let Some((name, node, pointer, top)) = open.pop_front() {
            let mut next = Vec::new();
            self.targets(node, &pointer, &mut next);
            for (name, target, pointer) in next {
                if target.pointer("/properties").is_some() && seen.insert(name.to_owned()) {
                    let top = if pointer.is_empty() { target } else { top };
                    open.push_back((name.to_owned(), target, pointer, top));
                }
            }
            if node.pointer("/properties").is_some() {
                let keys = self.keys(node, top, &pointer, "");
                objects.push(Object { name, about: self.about(node).to_owned(), keys });
            }
        }
        let definitions = self.0.pointer("/$defs").into_iter().flat_map(members);
        let order: Vec<&str> = [""].into_iter().chain(definitions.map(|(name, _)| name)).collect();
        objects.sort_by_key(|object| order.iter().position(|name| *name == object.name));
        objects
    }

    /// The definitions that are no objects.
    pub fn words(self) -> impl Iterator<Item = Word> + use<'m> {
        let definitions = self.0.pointer("/$defs").into_iter().flat_map(members);
        let words = definitions.filter(|(_, node)| node.pointer("/properties").is_none());
        words.map(move |(name, node)| Word {
            name: name.to_owned(),
            about: self.about(node).to_owned(),
            values: values(node).unwrap_or_default(),
            limits: limits(node),
            examples: node
                .pointer("/examples")
                .map(Json::items)
                .unwrap_or_default()
                .iter()
                .map(|example| code(&example.to_string()))
                .collect(),
        })
    }

    /// What a schema, or else the one it refers to, says of itself.
    #[must_use]
    pub fn about(self, node: &'m Schema) -> &'m str {
        let own = node.pointer("/description").and_then(Json::as_str);
        let target = || self.target(node)?.1.pointer("/description")?.as_str();
        own.or_else(target).unwrap_or_default()
    }

    /// The definition that a schema refers to.
    fn target(self, node: &'m Schema) -> Option<(&'m str, &'m Schema)> {
        let reference = node.pointer("/$ref")?.as_str()?.strip_prefix('#')?;
        Some((reference.rsplit('/').next()?, self.0.pointer(reference)?))
    }

    /// The definitions that a schema refers to, each with the place of a record it is first about.
    fn targets(
        self,
        node: &'m Schema,
        pointer: &str,
        found: &mut Vec<(&'m str, &'m Schema, String)>,
    ) {
        if let Some((name, target)) = self.target(node) {
            found.push((name, target, pointer.to_owned()));
        }
        for branch in ["/else", "/then"] {
            if let Some(branch) = node.pointer(branch) {
                self.targets(branch, pointer, found);
            }
        }
        for (name, inner) in node.pointer("/properties").into_iter().flat_map(members) {
            self.targets(inner, &child(pointer, name), found);
        }
        if let Some(items) = node.pointer("/items") {
            self.targets(items, &child(pointer, "0"), found);
        }
        if let Some(values @ Json::Object(_)) = node.pointer("/additionalProperties") {
            self.targets(values, &child(pointer, "*"), found);
        }
    }

    /// The keys of an object that stands at `pointer` of a record, those of objects inside it among
    /// them.
    fn keys(self, object: &'m Schema, top: &Schema, pointer: &str, above: &str) -> Vec<Key> {
        let required: Vec<&str> = names(object.pointer("/required"));
        let mut keys = Vec::new();
        for (name, node) in object.pointer("/properties").into_iter().flat_map(members) {
            let path = format!("{above}{name}");
            let pointer = child(pointer, name);
            let mut inner = self.keys(node, top, &pointer, &format!("{path}."));
            if let Some(items) = node.pointer("/items") {
                inner.extend(self.keys(items, top, &child(&pointer, "0"), &format!("{path}[].")));
            }
            keys.push(Key {
                name: path,
                kind: self.kind(node),
                limits: limits(node),
                required: required.contains(&name),
                when: when(object, name),
                about: self.about(node).to_owned(),
                example: if inner.is_empty() {
                    self.example(node, top, &pointer)
                } else {
                    String::new()
                },
            });
            keys.extend(inner);
        }
        keys
    }

    /// What an example of a record has here, or the schema itself gives; what any text of its kind
    /// could be says nothing.
    fn example(self, node: &'m Schema, top: &Schema, pointer: &str) -> String {
        let own = || node.pointer("/examples")?.items().first();
        let Some(value) = in_record(self.0, top, pointer).or_else(own) else {
            return String::new();
        };
        let text = value.to_string();
        let known = values(node).is_some() || text.contains('{');
        if known || text.chars().count() > MAX_EXAMPLE { String::new() } else { code(&text) }
    }

    /// What a schema allows, in a few words of Markdown.
    #[must_use]
    pub fn kind(self, node: &'m Schema) -> String {
        if let Some((name, _)) = self.target(node) {
            return format!("[{}](#{name})", name.replace('_', " "));
        }
        if let (Some(one), Some(other)) = (node.pointer("/else"), node.pointer("/then")) {
            return format!("{} or {}", self.kind(one), self.kind(other));
        }
        if let Some(values) = values(node) {
            return values;
        }
        let kind = |name: &str| match (name, node.pointer("/items")) {
            ("array", Some(items)) => format!("list of {}", self.kind(items)),
            ("string", _) => "text".to_owned(),
            ("integer", _) => "whole number".to_owned(),
            ("boolean", _) => "true or false".to_owned(),
            ("object", _) => match node.pointer("/additionalProperties") {
                Some(values @ Json::Object(_)) => format!("object of {}", self.kind(values)),
                _ => "object".to_owned(),
            },
            (other, _) => other.to_owned(),
        };
        match node.pointer("/type") {
            Some(Json::String(name)) => kind(name),
            Some(types) => {
                names(Some(types)).into_iter().map(kind).collect::<Vec<_>>().join(" or ")
            }
            None => "anything".to_owned(),
        }
    }
}

/// The members of an object, in the order of the schema.
pub(super) fn members(json: &Schema) -> impl Iterator<Item = (&str, &Schema)> {
    json.members().into_iter().flat_map(|m| m.iter()).map(|(key, value)| (key.as_ref(), value))
}

pub(super) fn names(list: Option<&Schema>) -> Vec<&str> {
    list.map(Json::items).unwrap_or_default().iter().filter_map(Json::as_str).collect()
}

/// The values that a schema lists, in Markdown.
fn values(node: &Schema) -> Option<String> {
    let plain = |value: &Schema| match value.as_str() {
        Some(text) => code(text),
        None => code(&value.to_string()),
    };
    let all =
        node.pointer("/enum").map(|words| words.items().iter().map(plain).collect::<Vec<_>>());
    node.pointer("/const").map(plain).or_else(|| all.map(|all| all.join(", ")))
}

/// A text as code in Markdown, whatever it holds.
fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}
