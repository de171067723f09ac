//! Values without what is only formatting: text in NFC, sets in order.

use serde::Serialize;
use serde_json::{Map, Value};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// The fields of a record.
pub fn fields(record: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(record).map(plain) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// A whole record.
pub fn whole(record: &impl Serialize) -> Value {
    Value::Object(fields(record))
}

/// The same value without what is only formatting.
pub fn plain(value: Value) -> Value {
    match value {
        Value::String(text) if !is_nfc(&text) => Value::String(text.nfc().collect()),
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(plain).collect();
            // A list of words is a set.
            if items.iter().all(Value::is_string) {
                items.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
            }
            Value::Array(items)
        }
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(key, value)| (key, plain(value))).collect())
        }
        value => value,
    }
}

/// Keys whose values differ, with both, in order.
pub fn differences(
    mut old: Map<String, Value>,
    new: Map<String, Value>,
) -> Vec<(String, Option<Value>, Option<Value>)> {
    let mut found = Vec::new();
    for (key, value) in new {
        let before = old.remove(&key);
        if before.as_ref() != Some(&value) {
            found.push((key, before, Some(value)));
        }
    }
    found.extend(old.into_iter().map(|(key, value)| (key, Some(value), None)));
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}
