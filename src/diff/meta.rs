//! Two versions of `dataset.json` and `waivers.json`.

use super::{Because, Bump, Change, Record, Verb, Weight, licence, value};
use crate::model::{Meta, Policy, Vocabulary, Waiver};
use serde_json::{Map, Value, json};

/// What changed in `dataset.json`; `None` where there was none, or is none.
#[must_use]
pub fn meta(old: Option<&Meta>, new: Option<&Meta>) -> Vec<Change> {
    let whole = |of: &Meta, verb, weight, bump| {
        vec![Change::of(Record::Dataset, &of.name, verb, weight, bump)]
    };
    let (old, new) = match (old, new) {
        (None, None) => return Vec::new(),
        (None, Some(new)) => return whole(new, Verb::Added, Weight::Neutral, Bump::Patch),
        (Some(old), None) => return whole(old, Verb::Removed, Weight::Weakens, Bump::Major),
        (Some(old), Some(new)) => (old, new),
    };
    let id = new.name.as_str();
    let mut found = Vec::new();
    for (field, before, after) in value::differences(fields(old), fields(new)) {
        let bump = match field.as_str() {
            // Files are named after it, and records identified by the address.
            "name" | "base_iri" => Bump::Major,
            "license" if licence::is_stricter(&old.license, &new.license) => Bump::Major,
            _ => Bump::Patch,
        };
        let change = Change::of(Record::Dataset, id, Verb::Edited, Weight::Neutral, bump);
        found.push(change.field(field, before, after));
    }
    found.extend(vocabulary(id, "topics", &old.topics, &new.topics));
    found.extend(vocabulary(id, "units", &old.units, &new.units));
    found
}

/// The fields of `dataset.json` but for its vocabularies; the policy with its defaults.
fn fields(meta: &Meta) -> Map<String, Value> {
    let json = json!({
        "name": meta.name,
        "title": meta.title,
        "description": meta.description,
        "language": meta.language,
        "license": meta.license,
        "base_iri": meta.base_iri,
        "homepage": meta.homepage,
        "repository": meta.repository,
        "maintainers": meta.maintainers,
        "release/tag_prefix": meta.tag_prefix(),
    });
    let mut fields = value::fields(&json);
    fields.retain(|_, value| !value.is_null());
    for (key, value) in policy(&meta.policy) {
        fields.insert(format!("policy/{key}"), value);
    }
    fields.extend(value::fields(&meta.extra));
    fields
}

fn policy(policy: &Policy) -> Map<String, Value> {
    value::fields(policy)
}

fn vocabulary(id: &str, name: &str, old: &Vocabulary, new: &Vocabulary) -> Vec<Change> {
    let mut found = Vec::new();
    let mut add = |term: &str, verb, bump, old, new| {
        let change = Change::of(Record::Dataset, id, verb, Weight::Neutral, bump);
        found.push(change.field(format!("{name}/{term}"), old, new));
    };
    let json = |label: Option<&crate::model::Label>| label.map(value::whole);
    for (term, label) in new.iter() {
        let (before, after) = (json(old.get(term)), json(Some(label)));
        match before {
            None => add(term, Verb::Added, Bump::Patch, None, after),
            Some(_) if before != after => add(term, Verb::Edited, Bump::Patch, before, after),
            Some(_) => {}
        }
    }
    for (term, label) in old.iter().filter(|(term, _)| new.get(term).is_none()) {
        // Whoever counts by it finds nothing more.
        add(term, Verb::Removed, Bump::Major, json(Some(label)), None);
    }
    let order = |from: &Vocabulary, other: &Vocabulary| -> Value {
        let both = from.iter().map(|(term, _)| term).filter(|term| other.get(term).is_some());
        // As one text: a list of words would be taken for a set.
        both.collect::<Vec<_>>().join(", ").into()
    };
    let (before, after) = (order(old, new), order(new, old));
    if before != after {
        let change = Change::of(Record::Dataset, id, Verb::Edited, Weight::Neutral, Bump::Patch);
        found.push(change.field(name, Some(before), Some(after)));
    }
    found
}

/// What changed in the waivers. One more finding accepted weakens, one less strengthens.
#[must_use]
pub fn waivers(id: &str, old: &[Waiver], new: &[Waiver]) -> Vec<Change> {
    let mut found = Vec::new();
    let mut gone: Vec<&Waiver> = old.iter().filter(|waiver| !new.contains(waiver)).collect();
    let change = |verb, weight, waiver: &Waiver| {
        let change = Change::of(Record::Dataset, id, verb, weight, Bump::Patch);
        let text = waiver.reason.clone();
        (change.because(Some(Because::Note { date: None, text })), field(waiver))
    };
    for waiver in new.iter().filter(|waiver| !old.contains(waiver)) {
        let at = gone.iter().position(|other| field(other) == field(waiver));
        let before = at.map(|at| gone.remove(at));
        let (verb, weight) = match before {
            None => (Verb::Added, Weight::Weakens),
            Some(before) if waiver.expires > before.expires => (Verb::Edited, Weight::Weakens),
            Some(_) => (Verb::Edited, Weight::Neutral),
        };
        let (change, field) = change(verb, weight, waiver);
        found.push(change.field(field, before.map(json), Some(json(waiver))));
    }
    for waiver in gone {
        let (change, field) = change(Verb::Removed, Weight::Strengthens, waiver);
        found.push(change.field(field, Some(json(waiver)), None));
    }
    found
}

/// What a waiver is for: its rule, with the record or the file.
fn field(waiver: &Waiver) -> String {
    let parts =
        [Some(&waiver.rule), waiver.id.as_ref(), waiver.path.as_ref(), waiver.pointer.as_ref()];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    format!("waivers/{}", parts.join("/"))
}

fn json(waiver: &Waiver) -> Value {
    value::whole(waiver)
}
