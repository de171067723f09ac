//! A record that is being written: its members as they are given one by one, and the file it
//! becomes.

use super::plain::plain;
use crate::{
    document::Json,
    model::RecordKind,
    schema::{Form, Member, Schema, Takes},
};
use serde_json::{Map, Value};

/// A record that is being written.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What it is.
    pub kind: RecordKind,
    /// Its members.
    pub value: Value,
}

impl Draft {
    /// A record without members.
    #[must_use]
    pub fn new(kind: RecordKind) -> Self {
        Self { kind, value: Value::Object(Map::new()) }
    }

    /// The text of a member; empty where it has none.
    #[must_use]
    pub fn text(&self, pointer: &str) -> &str {
        self.value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }

    /// The texts of a list.
    #[must_use]
    pub fn texts(&self, pointer: &str) -> Vec<&str> {
        let items = self.value.pointer(pointer).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// How many entries a list has.
    #[must_use]
    pub fn entries(&self, pointer: &str) -> usize {
        self.value.pointer(pointer).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// Whether there is such a member.
    #[must_use]
    pub fn has(&self, pointer: &str) -> bool {
        self.value.pointer(pointer).is_some()
    }

    /// The citations that do not say how direct they are.
    #[must_use]
    pub fn undecided(&self) -> Vec<usize> {
        let citations = self.value.pointer("/citations").and_then(Value::as_array);
        let citations = citations.into_iter().flatten().enumerate();
        citations.filter(|(_, one)| one.get("directness").is_none()).map(|(at, _)| at).collect()
    }

    /// Its id; empty where it has none yet.
    #[must_use]
    pub fn id(&self) -> &str {
        self.text("/id")
    }

    /// Gives a member its value; what holds it is made where it is missing. A list grows where
    /// the pointer names its next entry, or `-`.
    pub fn set(&mut self, pointer: &str, value: Value) {
        let mut at = &mut self.value;
        let mut tokens = pointer.split('/').skip(1).peekable();
        while let Some(token) = tokens.next() {
            let list = tokens
                .peek()
                .is_some_and(|next| *next == "-" || next.bytes().all(|b| b.is_ascii_digit()));
            let empty = if list { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
            at = match at {
                Value::Array(items) => {
                    let i = token.parse().unwrap_or(items.len()).min(items.len());
                    if i == items.len() {
                        items.push(empty);
                    }
                    &mut items[i]
                }
                Value::Object(members) => members.entry(token).or_insert(empty),
                _ => return,
            };
        }
        *at = value;
    }

    /// Gives a member what `text` says, in the form that the schema asks for there. Empty text
    /// takes the member away.
    pub fn say(&mut self, schema: &Schema, pointer: &str, text: &str) {
        let (parent, key) = pointer.rsplit_once('/').unwrap_or(("", pointer));
        if text.trim().is_empty() {
            return self.remove(pointer);
        }
        let fields = schema.members(parent);
        let takes = fields.iter().find(|member| member.key == key).map(|member| &member.takes);
        self.set(pointer, parse(key, takes.unwrap_or(&Takes::Other), text));
    }

    /// Takes a member away.
    pub fn remove(&mut self, pointer: &str) {
        let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
        if let Some(Value::Object(members)) = self.value.pointer_mut(parent) {
            members.remove(key);
        }
    }

    /// Whether it says nothing that another one of its kind does not say too.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.kind == other.kind && is_within(&self.value, &other.value)
    }

    /// Whether the record, as it is, may have a member.
    #[must_use]
    pub fn may_have(&self, schema: &Schema, member: &Member) -> bool {
        let mut with = self.clone();
        with.set(&member.pointer, Value::Null);
        let problems = with.read(|json| schema.problems(json));
        !problems.iter().any(|problem| problem.pointer == member.pointer && problem.is_misplaced())
    }

    /// Adds what `text` says to a list.
    pub fn add(&mut self, schema: &Schema, pointer: &str, text: &str) {
        let mut more = Self::new(self.kind);
        more.say(schema, pointer, text);
        let Some(Value::Array(new)) = more.value.pointer(pointer) else { return };
        match self.value.pointer_mut(pointer) {
            Some(Value::Array(items)) => items.extend(new.iter().cloned()),
            _ => self.set(pointer, Value::Array(new.clone())),
        }
    }

    /// The record as the schema reads it.
    pub fn read<T>(&self, with: impl FnOnce(&Json) -> T) -> T {
        let text = self.value.to_string();
        let json = Json::parse(&text).map(|(json, _)| json).unwrap_or_default();
        with(&json)
    }

    /// The canonical text of its file, or its line.
    #[must_use]
    pub fn canonical(&self, schema: &Schema, form: Form) -> String {
        self.read(|json| schema.canonical(json, form))
    }

    /// The members that are still missing, by JSON pointer: of each inner list, one is enough.
    #[must_use]
    pub fn missing(&self, schema: &Schema) -> Vec<Vec<String>> {
        let mut missing: Vec<Vec<String>> = self
            .read(|json| schema.problems(json))
            .into_iter()
            .map(|problem| problem.missing)
            .filter(|pointers| !pointers.is_empty())
            .collect();
        let place = |pointer: &str| {
            let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
            schema.members(parent).iter().position(|member| member.pointer == pointer)
        };
        let rank = |pointers: &Vec<String>| {
            let pointer = pointers.first().map_or("", String::as_str);
            let top = pointer.split('/').nth(1).unwrap_or_default();
            (place(&format!("/{top}")), place(pointer))
        };
        missing.sort_by_cached_key(rank);
        missing
    }

    /// What the schema refuses about a member.
    #[must_use]
    pub fn complaint(&self, schema: &Schema, pointer: &str) -> Option<String> {
        let problems = self.read(|json| schema.problems(json));
        let within = |other: &str| {
            other.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let key = pointer.rsplit('/').next().unwrap_or_default();
        let problem = problems.into_iter().find(|p| p.missing.is_empty() && within(&p.pointer))?;
        Some(match problem.help {
            Some(help) => format!("{}: {}", problem.message, plain(&help, key)),
            None => problem.message,
        })
    }
}

/// Whether a value has nothing that another has not.
fn is_within(value: &Value, other: &Value) -> bool {
    match (value, other) {
        (Value::Object(members), Value::Object(others)) => members
            .iter()
            .all(|(key, value)| others.get(key).is_some_and(|other| is_within(value, other))),
        (Value::Array(items), Value::Array(others)) => {
            items.len() == others.len()
                && items.iter().all(|item| others.iter().any(|other| is_within(item, other)))
        }
        // Words may be written in other capitals.
        (Value::String(word), Value::String(other)) if !word.contains(' ') => {
            word.to_lowercase() == other.to_lowercase()
        }
        _ => value == other,
    }
}

/// What a text says, in the form that is asked for. Lists are divided by `;`.
fn parse(key: &str, takes: &Takes, text: &str) -> Value {
    let parts = || text.split(';').map(str::trim).filter(|part| !part.is_empty());
    match (takes, key) {
        (Takes::Text | Takes::Word(_), _) => Value::from(text.trim()),
        // Addresses may hold a `;`, and no space.
        (Takes::Texts, "same_as") => text.split_whitespace().map(Value::from).collect(),
        (Takes::Texts, _) => parts().map(Value::from).collect(),
        (Takes::Records, "authors") => parts().map(author).collect(),
        (Takes::Records, "relations") => parts().map(relation).collect(),
        _ => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.trim())),
    }
}

/// A person is `Family, Given`; anything else, or what stands in braces, is the name of a body.
fn author(name: &str) -> Value {
    if let Some(body) = name.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        return serde_json::json!({"literal": body.trim()});
    }
    match name.split_once(',') {
        Some((family, given)) if !given.trim().is_empty() => {
            serde_json::json!({"family": family.trim(), "given": given.trim()})
        }
        _ => serde_json::json!({"literal": name.trim()}),
    }
}

/// `TYPE:CLAIM`
fn relation(text: &str) -> Value {
    match text.split_once(':') {
        Some((kind, claim)) => serde_json::json!({"type": kind.trim(), "claim": claim.trim()}),
        None => Value::from(text.trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schemas;

    #[test]
    fn members_are_made_as_they_are_given() {
        let schemas = Schemas::load(&Default::default()).expect("schemas");
        let schema = schemas.get("claim");
        let mut draft = Draft::new(RecordKind::Claim);
        draft.say(schema, "/subjects", "a; b");
        draft.say(schema, "/quantity/amount", "5");
        draft.say(schema, "/citations/0/source", "s");
        draft.say(schema, "/citations/0/shows", "It says so.");
        draft.say(schema, "/relations", "part_of:whole");
        draft.say(schema, "/date", " ");
        assert_eq!(
            draft.value,
            serde_json::json!({
                "subjects": ["a", "b"],
                "quantity": {"amount": "5"},
                "citations": [{"source": "s", "shows": "It says so."}],
                "relations": [{"type": "part_of", "claim": "whole"}],
            })
        );
        let missing = draft.missing(schema);
        assert!(missing.contains(&vec!["/quantity/unit".to_owned()]), "{missing:?}");
        assert_eq!(missing[0], ["/id"]);
    }

    #[test]
    fn an_author_is_a_person_or_a_body() {
        assert_eq!(
            author("Moyo, Admire"),
            serde_json::json!({"family": "Moyo", "given": "Admire"})
        );
        assert_eq!(author("UNESCO"), serde_json::json!({"literal": "UNESCO"}));
        assert_eq!(author("{Acme, Inc.}"), serde_json::json!({"literal": "Acme, Inc."}));
    }
}
