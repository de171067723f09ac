//! The conditions (`if`) that lead to a keyword, and what they say in words.

use super::{
    child,
    nodes::{self, Schema},
    words::show,
};
use crate::{document::Json, text::code_list};

/// An `if` on the way to a keyword.
#[derive(Clone, PartialEq)]
pub struct Condition {
    /// Where it stands: the evaluation path of the schema that holds the `if`.
    pub path: String,
    /// Pointer of the object it looks at.
    pub at: String,
    /// The members it looks at.
    pub keys: Vec<String>,
    /// What it says, in words, and whether the branch taken is `then`.
    pub words: String,
    pub then: bool,
}

impl Condition {
    /// `where …` or `unless …`
    pub fn when(&self) -> String {
        format!("{} {}", if self.then { "where" } else { "unless" }, self.words)
    }

    /// Whether this is the condition at the root that only tells two kinds of record apart.
    pub fn is_dispatch(&self, root: &Schema) -> bool {
        !self.then && self.kind(root).is_some()
    }

    /// The schema of the kind of record that this condition at the root finds.
    pub fn kind<'s>(&self, root: &'s Schema) -> Option<&'s Schema> {
        let members = root.members().filter(|members| members.get("properties").is_none())?;
        let branch = if self.then { "then" } else { "else" };
        members.get(branch).filter(|_| self.path.is_empty())
    }
}

/// The conditions that an evaluation path goes through.
pub fn conditions(root: &Schema, at: &str, path: &str) -> Vec<Condition> {
    let instance: Vec<&str> = at.split('/').skip(1).collect();
    let (mut node, mut walked, mut depth) = (Some(root), String::new(), 0);
    let mut found = Vec::new();
    let mut tokens = path.split('/').skip(1);
    while let Some(token) = tokens.next() {
        let Some(members) = node.and_then(Json::members) else { break };
        let next = members.get(token);
        match token {
            "then" | "else" => {
                if let Some(test) = members.get("if") {
                    let above: String =
                        instance.iter().take(depth).map(|t| format!("/{t}")).collect();
                    found.push(condition(test, walked.clone(), above, token == "then"));
                }
                node = next;
            }
            "$ref" => {
                node = next.and_then(Json::as_str).and_then(|target| nodes::resolve(root, target))
            }
            "properties" | "patternProperties" | "dependentSchemas" | "$defs" => {
                let name = tokens.next().unwrap_or_default();
                walked = child(&walked, token);
                node = next.and_then(|named| named.pointer(&format!("/{name}")));
                depth += usize::from(token == "properties" || token == "patternProperties");
                walked = format!("{walked}/{name}");
                continue;
            }
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
                let name = tokens.next().unwrap_or_default();
                node = next.and_then(|list| list.pointer(&format!("/{name}")));
                depth += usize::from(token == "prefixItems");
                walked = format!("{walked}/{token}/{name}");
                continue;
            }
            "items" | "additionalProperties" | "unevaluatedProperties" | "contains" => {
                node = next;
                depth += 1;
            }
            _ => node = next,
        }
        walked = child(&walked, token);
    }
    found
}

/// What an `if` says.
pub fn condition(test: &Schema, path: String, at: String, then: bool) -> Condition {
    let members = test.members();
    let mut words = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    for (key, schema) in members.map(nodes::properties).into_iter().flatten() {
        keys.push(key.to_owned());
        if let Some(value) = schema.pointer("/const") {
            words.push(format!("`{key}` is `{}`", show(value)));
        } else if let Some(values) = schema.pointer("/enum") {
            let values: Vec<String> = values.items().iter().map(show).collect();
            words.push(format!("`{key}` is {}", code_list(&values, "or")));
        }
    }
    if words.is_empty() {
        for key in members.and_then(|m| m.get("required")).map(Json::items).unwrap_or_default() {
            words.push(format!("there is `{}`", show(key)));
            keys.push(show(key));
        }
    }
    Condition { path, at, keys, words: words.join(" and "), then }
}
