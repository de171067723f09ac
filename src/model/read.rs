//! Helpers to read fields from JSON without asking whether the schema would accept them.

use crate::document::{Json, Members};
use serde_json::Value;
use std::collections::BTreeMap;

/// Keys that begin with `x_`: kept and published, never read.
pub type Extra = BTreeMap<String, Value>;

/// A record that can be read from the members of a JSON object.
pub trait Read: Default {
    /// Takes one member; keys it does not know are left alone.
    fn member(&mut self, key: &str, value: &Json);

    /// Reads a record; a value that is no object gives the empty record.
    fn read(value: &Json) -> Self {
        let mut record = Self::default();
        for (key, value) in value.members().map(Members::iter).into_iter().flatten() {
            record.member(key, value);
        }
        record
    }
}

/// A text; empty for anything else.
pub fn text(value: &Json) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A text, if it is one.
pub fn some_text(value: &Json) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The texts of an array; an item that is none reads as empty, so that indices hold.
pub fn texts(value: &Json) -> Vec<String> {
    value.items().iter().map(text).collect()
}

/// The records of an array.
pub fn records<T: Read>(value: &Json) -> Vec<T> {
    value.items().iter().map(T::read).collect()
}

/// A number that fits.
pub fn number(value: &Json) -> Option<u32> {
    match value {
        Json::Number(number) => number.as_u64().and_then(|n| u32::try_from(n).ok()),
        _ => None,
    }
}

/// Keeps a member whose key begins with `x_`.
pub fn extra(extra: &mut Extra, key: &str, value: &Json) {
    if key.starts_with("x_") {
        extra.insert(key.to_owned(), value.to_value());
    }
}
