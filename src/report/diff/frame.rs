//! How changes of what is no record are said: of schemas, vocabularies and waivers.

use super::{
    pieces::{Kind, NAME, Pieces},
    words::{show, text},
};
use crate::{
    diff::{Change, Verb},
    text::shorten,
};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Topics or units that came or went.
pub fn vocabulary(p: &mut Pieces, kind: &str, alike: &[&Change]) {
    let one = kind.trim_end_matches('s');
    p.words(if alike.len() == 1 { one } else { kind }).words(" ");
    p.words(alike[0].verb.as_str()).words(": ");
    p.list(alike, |p, change| {
        let (value, style) = match (&change.new, &change.old) {
            (Some(new), _) => (Some(new), Kind::New),
            (None, old) => (old.as_ref(), Kind::Old),
        };
        let term = change.field.as_deref().and_then(|field| field.split('/').nth(1));
        let name = value.and_then(|value| value["label"].as_str()).or(term);
        p.add(style, &shorten(name.unwrap_or_default(), NAME));
    });
}

/// Fields of a schema.
pub fn schema(p: &mut Pieces, verb: Verb, alike: &[&Change]) {
    let change = alike[0];
    let many = alike.len() > 1;
    let field = change.field.as_deref().unwrap_or_default();
    if let Verb::ValueAdded | Verb::ValueRemoved = verb {
        p.words(if many { "words " } else { "word " });
        p.words(if verb == Verb::ValueAdded { "added to " } else { "removed from " });
        p.add(Kind::Code, field).words(": ");
        p.list(alike, |p, change| {
            p.change(text(&change.old).as_deref(), text(&change.new).as_deref());
        });
        return;
    }
    if let (Verb::Edited, "conditions" | "descriptions") = (verb, field) {
        p.words(if field == "conditions" { "conditions on fields" } else { field });
        p.words(" edited");
        return;
    }
    p.words(match (verb, many) {
        (Verb::FieldAdded, false) if change.new.is_some() => "required field added: ",
        (Verb::FieldAdded, true) if change.new.is_some() => "required fields added: ",
        (Verb::FieldAdded, false) => "field added: ",
        (Verb::FieldAdded, true) => "fields added: ",
        (Verb::FieldRemoved, false) => "field removed: ",
        (Verb::FieldRemoved, true) => "fields removed: ",
        (Verb::FieldRequired, _) => "now required: ",
        (Verb::FieldOptional, _) => "no longer required: ",
        (Verb::FieldRetyped, _) => "other type of ",
        _ if field == "$id" => "address, ",
        _ => "limits of ",
    });
    p.list(alike, |p, change| {
        p.add(Kind::Code, change.field.as_deref().unwrap_or_default());
    });
    match (&change.old, &change.new) {
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            p.words(": ");
            members(p, before, after);
        }
        (Some(_), _) | (_, Some(_)) if verb != Verb::FieldAdded => {
            p.words(": ").change(text(&change.old).as_deref(), text(&change.new).as_deref());
        }
        _ => {}
    }
}

/// A finding that is accepted, or no longer is.
pub fn waiver(p: &mut Pieces, verb: Verb, change: &Change) {
    p.words(match verb {
        Verb::Added => "finding accepted: ",
        Verb::Removed => "finding accepted no longer: ",
        _ => "accepted finding ",
    });
    let Some(waiver) = change.new.as_ref().or(change.old.as_ref()) else { return };
    let part = |key: &str| waiver[key].as_str();
    p.add(Kind::Code, part("rule").unwrap_or_default());
    for at in [part("id"), part("path"), part("pointer")].into_iter().flatten() {
        p.words(" of ").add(Kind::Code, at);
    }
    match (&change.old, &change.new) {
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            p.words(": ");
            members(p, before, after);
        }
        (None, _) => {
            p.words(" until ").add(Kind::New, part("expires").unwrap_or_default());
        }
        _ => {}
    }
}

/// The members in which two objects differ.
pub fn members(p: &mut Pieces, before: &Map<String, Value>, after: &Map<String, Value>) {
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let differ = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
    for (i, key) in differ.enumerate() {
        let part = |value: Option<&Value>| value.map(show);
        p.words(if i == 0 { "" } else { ", " }).add(Kind::Text, key).words(" ");
        p.change(part(before.get(key)).as_deref(), part(after.get(key)).as_deref());
    }
}
