//! Walks over schemas: which subschemas speak about a place of an instance, what is in them, and
//! what is wrong with a schema that no validator reports.

use super::child;
use crate::document::{Json, Members, unescape_token};

/// A schema, as the tree of its text: it keeps the order of keys.
pub type Schema = Json<'static>;

/// A schema that is an object.
pub type Node = Members<'static>;

/// Keywords of JSON Schema 2020-12 (core, applicator, unevaluated, validation, meta-data, format
/// and content vocabularies).
pub const KEYWORDS: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$ref",
    "$schema",
    "$vocabulary",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "description",
    "else",
    "enum",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "readOnly",
    "required",
    "then",
    "title",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
    "writeOnly",
];

const ONE: &[&str] = &[
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];
const LIST: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];
const MAP: &[&str] = &["$defs", "dependentSchemas", "patternProperties", "properties"];

/// Calls `visit` with every subschema that is an object, and its pointer.
fn every<'s>(schema: &'s Schema, at: &str, visit: &mut impl FnMut(&str, &'s Node)) {
    let Json::Object(members) = schema else { return };
    visit(at, members);
    for (keyword, value) in members.iter() {
        let here = child(at, keyword);
        match value {
            _ if ONE.contains(&keyword.as_ref()) => every(value, &here, visit),
            Json::Array(items) if LIST.contains(&keyword.as_ref()) => {
                for (i, item) in items.iter().enumerate() {
                    every(item, &child(&here, &i.to_string()), visit);
                }
            }
            Json::Object(named) if MAP.contains(&keyword.as_ref()) => {
                for (name, item) in named.iter() {
                    every(item, &child(&here, name), visit);
                }
            }
            _ => {}
        }
    }
}

/// Pointers of keywords that JSON Schema does not know and that are not marked `x-`.
pub fn unknown_keywords(schema: &Schema) -> Vec<(String, String)> {
    let mut found = Vec::new();
    every(schema, "", &mut |at, members| {
        for (keyword, _) in members.iter() {
            if !keyword.starts_with("x-") && !KEYWORDS.contains(&keyword.as_ref()) {
                found.push((child(at, keyword), keyword.to_string()));
            }
        }
    });
    found
}

/// Pointers of `$ref`s that lead nowhere inside the file, with their targets.
pub fn dangling_refs(schema: &Schema) -> Vec<(String, String)> {
    let mut found = Vec::new();
    every(schema, "", &mut |at, members| {
        if let Some(target) = members.get("$ref").and_then(Json::as_str)
            && resolve(schema, target).is_none()
        {
            found.push((child(at, "$ref"), target.to_owned()));
        }
    });
    found
}

/// The subschema a local reference names.
pub fn resolve<'s>(root: &'s Schema, reference: &str) -> Option<&'s Schema> {
    root.pointer(reference.strip_prefix('#')?)
}

/// A subschema with everything that applies beside it at the same place: through references and
/// through every branch, whichever condition holds.
pub fn expand<'s>(root: &'s Schema, node: &'s Schema) -> Vec<&'s Node> {
    fn add<'s>(root: &'s Schema, node: &'s Schema, out: &mut Vec<&'s Node>) {
        let Json::Object(members) = node else { return };
        if out.iter().any(|seen| std::ptr::eq(*seen, members)) {
            return;
        }
        out.push(members);
        let target = members.get("$ref").and_then(Json::as_str);
        if let Some(target) = target.and_then(|target| resolve(root, target)) {
            add(root, target, out);
        }
        for branch in ["then", "else"] {
            if let Some(branch) = members.get(branch) {
                add(root, branch, out);
            }
        }
        for branches in ["allOf", "anyOf", "oneOf"] {
            for branch in members.get(branches).map(Json::items).into_iter().flatten() {
                add(root, branch, out);
            }
        }
    }
    let mut out = Vec::new();
    add(root, node, &mut out);
    out
}

/// Every subschema that speaks about the place `pointer` of an instance.
pub fn at<'s>(root: &'s Schema, pointer: &str) -> Vec<&'s Node> {
    below(root, root, pointer)
}

/// The same of an instance that only the subschema `top` is about.
pub fn below<'s>(root: &'s Schema, top: &'s Schema, pointer: &str) -> Vec<&'s Node> {
    let mut nodes = expand(root, top);
    for token in pointer.split('/').skip(1) {
        nodes = inside(root, &nodes, &unescape_token(token));
    }
    nodes
}

/// Every subschema that speaks about a member of what `nodes` are about.
pub fn inside<'s>(root: &'s Schema, nodes: &[&'s Node], name: &str) -> Vec<&'s Node> {
    let inner = nodes.iter().flat_map(|node| step(node, name));
    inner.flat_map(|schema| expand(root, schema)).collect()
}

/// The keys that must be there where this one is.
pub fn asked_for<'s>(nodes: &[&'s Node], name: &str) -> Vec<&'s str> {
    let lists = nodes.iter().filter_map(|node| node.get("dependentRequired")?.members()?.get(name));
    lists.flat_map(Json::items).filter_map(Json::as_str).collect()
}

/// The subschemas a node applies to its member or item `token`.
fn step<'s>(node: &'s Node, token: &str) -> Vec<&'s Schema> {
    let property = node.get("properties").and_then(Json::members).and_then(|p| p.get(token));
    let mut found: Vec<&Schema> = property.into_iter().collect();
    if token.bytes().all(|b| b.is_ascii_digit()) {
        found.extend(node.get("items"));
    }
    if property.is_none() {
        found.extend(node.get("additionalProperties"));
    }
    found
}

/// The names that `properties` gives at a place, in schema order, without those it forbids. Of
/// several schemas the one with most to say comes first.
pub fn property_names<'s>(nodes: &[&'s Node]) -> Vec<&'s str> {
    let mut nodes = nodes.to_vec();
    nodes.sort_by_key(|node| std::cmp::Reverse(properties(node).count()));
    let mut names: Vec<&str> = Vec::new();
    for node in nodes {
        for (name, schema) in properties(node) {
            if schema != &Json::Bool(false) && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// The members of a node's `properties`.
pub fn properties(node: &Node) -> impl Iterator<Item = (&str, &Schema)> {
    let properties = node.get("properties").and_then(Json::members);
    properties
        .map(Members::iter)
        .into_iter()
        .flatten()
        .map(|(name, schema)| (name.as_ref(), schema))
}

/// The first value any node gives for a keyword.
pub fn keyword<'s>(nodes: &[&'s Node], name: &str) -> Option<&'s Schema> {
    nodes.iter().find_map(|node| node.get(name))
}

/// The text any node gives for a keyword.
pub fn text<'s>(nodes: &[&'s Node], name: &str) -> Option<&'s str> {
    keyword(nodes, name).and_then(Json::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_validators_pass_over_is_found() {
        let text = r##"{"requried": [], "properties": {"a": {"$ref": "#/$defs/b"}, "any": {"x-note": 1}}, "$defs": {}}"##;
        let (schema, _) = Json::parse(text).expect("JSON");
        assert_eq!(unknown_keywords(&schema), [("/requried".into(), "requried".into())]);
        assert_eq!(dangling_refs(&schema), [("/properties/a/$ref".into(), "#/$defs/b".into())]);
    }
}
