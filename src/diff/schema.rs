//! Two versions of the schemas of a repository.

use super::{Bump, Change, Record, Verb, Weight};
use crate::{
    document::Json,
    schema::{EMBEDDED, Field, outline, path},
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Schemas by path.
pub type Texts = BTreeMap<String, String>;

/// What changed in the schemas. Where a repository has no schema of its own, the program's counts.
#[must_use]
pub fn schemas(old: &Texts, new: &Texts) -> Vec<Change> {
    let mut found = Vec::new();
    for file in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let Some(id) =
            file.strip_prefix("schema/").and_then(|name| name.strip_suffix(".schema.json"))
        else {
            continue;
        };
        let built_in = EMBEDDED.iter().find(|(name, _)| path(name) == *file).map(|(_, text)| *text);
        let text = |texts: &'_ Texts| texts.get(file).cloned().or(built_in.map(str::to_owned));
        let whole = |verb, weight, bump| Change::of(Record::Schema, id, verb, weight, bump);
        match (text(old), text(new)) {
            (Some(old), Some(new)) if old != new => found.extend(compare(id, &old, &new)),
            (None, Some(_)) => found.push(whole(Verb::Added, Weight::Neutral, Bump::Minor)),
            (Some(_), None) => found.push(whole(Verb::Removed, Weight::Weakens, Bump::Major)),
            _ => {}
        }
    }
    found
}

fn compare(id: &str, old: &str, new: &str) -> Vec<Change> {
    let parse = |text| Json::parse(text).ok().map(|(json, _)| json.into_owned());
    // A schema that is no JSON stops every other command, and says so there.
    let (Some(old), Some(new)) = (parse(old), parse(new)) else { return Vec::new() };
    let mut found = Vec::new();
    let change = |verb, bump, field: &str, old, new| {
        Change::of(Record::Schema, id, verb, Weight::Neutral, bump).field(field, old, new)
    };
    let text = |schema: &Json, key: &str| schema.pointer(key).map(Json::to_value);
    let (before, after) = (text(&old, "/$id"), text(&new, "/$id"));
    if before != after {
        // The address holds the major version.
        found.push(change(Verb::Edited, Bump::Major, "$id", before, after));
    }
    let (before, after) = (outline(&old), outline(&new));
    for (name, field) in &before {
        match after.get(name) {
            None if parent(name).is_none_or(|parent| after.contains_key(parent)) => {
                found.push(change(Verb::FieldRemoved, Bump::Major, name, None, None));
            }
            None => {}
            Some(now) => found.extend(field_changes(&change, name, field, now)),
        }
    }
    for (name, field) in &after {
        let known = before.contains_key(name);
        if !known && parent(name).is_none_or(|parent| before.contains_key(parent)) {
            let required = field.required.then(|| Value::from("required"));
            found.push(change(Verb::FieldAdded, Bump::Minor, name, None, required));
        }
    }
    if found.is_empty() && without_words(&old) != without_words(&new) {
        found.push(change(Verb::Edited, Bump::Minor, "conditions", None, None));
    }
    if found.is_empty() && old.to_value() != new.to_value() {
        found.push(change(Verb::Edited, Bump::Patch, "descriptions", None, None));
    }
    found
}

fn field_changes(
    change: &impl Fn(Verb, Bump, &str, Option<Value>, Option<Value>) -> Change,
    name: &str,
    old: &Field,
    new: &Field,
) -> Vec<Change> {
    let mut found = Vec::new();
    if old.required != new.required {
        found.push(match new.required {
            true => change(Verb::FieldRequired, Bump::Minor, name, None, None),
            false => change(Verb::FieldOptional, Bump::Major, name, None, None),
        });
    }
    if old.types != new.types {
        let types = |field: &Field| Some(field.types.iter().cloned().collect());
        found.push(change(Verb::FieldRetyped, Bump::Major, name, types(old), types(new)));
    }
    for value in old.values.difference(&new.values) {
        found.push(change(
            Verb::ValueRemoved,
            Bump::Major,
            name,
            Some(value.as_str().into()),
            None,
        ));
    }
    for value in new.values.difference(&old.values) {
        found.push(change(Verb::ValueAdded, Bump::Minor, name, None, Some(value.as_str().into())));
    }
    if old.limits != new.limits {
        let limits =
            |field: &Field| Some(Value::Object(field.limits.clone().into_iter().collect()));
        found.push(change(Verb::Edited, Bump::Minor, name, limits(old), limits(new)));
    }
    found
}

/// The field that a field is a part of.
fn parent(name: &str) -> Option<&str> {
    name.rsplit_once('/').map(|(parent, _)| parent)
}

/// A schema without what only people read.
fn without_words(schema: &Json) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.retain(|key, value| {
                    let words = ["title", "description", "examples", "$comment"];
                    let said = words.contains(&key.as_str()) && !value.is_object();
                    !said && !key.starts_with("x-")
                });
                members.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = schema.to_value();
    strip(&mut value);
    value
}
