//! What a schema says about the members of a record, for those who fill one in.

use super::nodes::{self, Node, Schema};
use crate::document::{Json, escape_token};

/// One member of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its key.
    pub key: String,
    /// Its JSON pointer.
    pub pointer: String,
    /// What it says; empty where the schema is silent.
    pub about: String,
    /// What it holds.
    pub takes: Takes,
    /// A value the schema gives as an example.
    pub example: Option<String>,
}

/// What a member holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Text.
    Text,
    /// One of these words.
    Word(Vec<String>),
    /// A list of texts.
    Texts,
    /// Members of its own.
    Record,
    /// A list of records.
    Records,
    /// Anything else, written as JSON.
    Other,
}

/// The members a schema names at a place, in its order. Entries of lists count from `0`.
#[must_use]
pub fn members(root: &Schema, pointer: &str) -> Vec<Member> {
    let mut here = nodes::at(root, pointer);
    let names = nodes::property_names(&here);
    // Of several schemas the one with most to say is the record in full.
    here.sort_by_key(|node| std::cmp::Reverse(nodes::properties(node).count()));
    let named = |key: &str| {
        let mut all = here.iter().flat_map(|node| nodes::properties(node));
        all.find(|(name, schema)| *name == key && **schema != Json::Bool(false))
    };
    let found = names.into_iter().filter_map(named);
    found
        .map(|(key, schema)| {
            let here = nodes::expand(root, schema);
            let example = nodes::keyword(&here, "examples").and_then(|list| list.items().first());
            Member {
                key: key.to_owned(),
                pointer: format!("{pointer}/{}", escape_token(key)),
                about: nodes::text(&here, "description").unwrap_or_default().to_owned(),
                takes: takes(root, &here),
                example: example.and_then(Json::as_str).map(str::to_owned),
            }
        })
        .collect()
}

fn takes(root: &Schema, here: &[&Node]) -> Takes {
    if let Some(words) = nodes::keyword(here, "enum") {
        let words: Vec<String> =
            words.items().iter().filter_map(Json::as_str).map(str::to_owned).collect();
        if !words.is_empty() {
            return Takes::Word(words);
        }
    }
    match nodes::text(here, "type") {
        Some("string") => Takes::Text,
        Some("object") => Takes::Record,
        Some("array") => {
            let items = nodes::keyword(here, "items").map(|items| nodes::expand(root, items));
            match items.map(|items| takes(root, &items)) {
                Some(Takes::Text | Takes::Word(_)) => Takes::Texts,
                Some(Takes::Record) => Takes::Records,
                _ => Takes::Other,
            }
        }
        _ => Takes::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::embedded;

    #[test]
    fn the_schema_tells_what_to_ask() {
        let root = embedded("claim");
        let find = |at: &str, key: &str| {
            members(&root, at).into_iter().find(|member| member.key == key).expect("a member")
        };
        assert_eq!(find("", "statement").takes, Takes::Text);
        assert_eq!(find("", "subjects").takes, Takes::Texts);
        assert_eq!(find("", "quantity").takes, Takes::Record);
        assert_eq!(find("", "citations").takes, Takes::Records);
        assert_eq!(find("/quantity", "unit").about, "Id of a unit in dataset.json.");
        let Takes::Word(words) = find("/citations/0", "stance").takes else { panic!("no words") };
        assert_eq!(words, ["supports", "contradicts", "context"]);
        assert!(find("", "id").about.contains("permanent"));
        assert_eq!(find("", "date").example.as_deref(), Some("2024"));
    }
}
