//! How changes are said.

use super::{
    frame::{members, schema, vocabulary, waiver},
    pieces::{Kind, Pieces, name},
};
use crate::{
    date::Edtf,
    diff::{Change, Changes, DateMove, Record, Verb},
    text::thousands,
};
use serde_json::Value;

/// Says changes that are told in one line, of which there is one at least.
pub fn say(p: &mut Pieces, changes: &Changes, alike: &[&Change]) {
    let [change, ..] = alike else { return };
    let field = change.field.as_deref().unwrap_or_default();
    let parts: Vec<&str> = field.split('/').collect();
    match (change.record, change.verb, parts.as_slice()) {
        (Record::Claim, Verb::CitationAdded | Verb::CitationRemoved, _) => {
            cited(p, changes, alike);
        }
        (Record::Claim, Verb::CitationChanged, ["citations", source, _]) => {
            p.words("citation of ").name(changes, Record::Source, source).words(", ");
            for (i, change) in alike.iter().enumerate() {
                let part = change.field.as_deref().and_then(|field| field.rsplit('/').next());
                p.words(if i == 0 { "" } else { "; " }).add(Kind::Text, part.unwrap_or_default());
                p.words(": ").change(text(&change.old).as_deref(), text(&change.new).as_deref());
            }
        }
        (Record::Schema, verb, [_, ..]) if change.field.is_some() => schema(p, verb, alike),
        (Record::Dataset, Verb::Added | Verb::Removed, [kind @ ("topics" | "units"), _]) => {
            vocabulary(p, kind, alike);
        }
        _ => one(p, changes, change, &parts),
    }
}

/// A value as people read it.
pub fn text(value: &Option<Value>) -> Option<String> {
    value.as_ref().map(show)
}

fn one(p: &mut Pieces, changes: &Changes, change: &Change, parts: &[&str]) {
    let (old, new) = (text(&change.old), text(&change.new));
    let (old, new) = (old.as_deref(), new.as_deref());
    match (change.record, change.verb, parts) {
        (Record::Claim, Verb::Added, _) => added(p, changes, change.new.as_ref()),
        (_, Verb::Added | Verb::Removed, [""]) => {
            p.words(change.verb.as_str());
        }
        (Record::Claim, Verb::Tombstoned, _) => {
            p.words("removed; a tombstone is left");
        }
        (Record::Claim, Verb::QuantityChanged, _) => {
            let labelled = [&change.old, &change.new].map(|value| quantity(changes, value));
            p.words("quantity: ").told_apart(labelled, [old, new]);
        }
        (Record::Claim, Verb::Superseded, _) => {
            p.words("superseded");
        }
        (Record::Claim, Verb::DateChanged, _) => {
            let date = |text: Option<&str>| Edtf::lenient(text.unwrap_or_default());
            let how = DateMove::of(&date(old), &date(new));
            p.words("date ").words(how.as_str()).words(": ").change(old, new);
        }
        (Record::Claim, Verb::IndependentSupportLost, _) => {
            p.words("independent support lost: ").add(Kind::New, new.unwrap_or_default());
            p.words(" of ").add(Kind::Old, old.unwrap_or_default()).words(" groups left");
        }
        (Record::Claim, Verb::Reclassified, ["relations", kind, claim]) => {
            p.words(if change.new.is_some() { "now " } else { "no longer " });
            p.add(Kind::Text, relation(kind)).words(" ").name(changes, Record::Claim, claim);
        }
        (Record::Claim, Verb::Reclassified, ["subjects"]) => {
            set(p, changes, change, Record::Subject, "");
        }
        (Record::Claim, Verb::Reclassified, ["topics"]) => {
            set(p, changes, change, Record::Dataset, "topics/");
        }
        (Record::Source, _, ["derived_from"]) => set(p, changes, change, Record::Source, ""),
        (Record::Source, Verb::Edited, ["publisher"]) => {
            let names = [old, new].map(|id| {
                id.map(|id| name(changes, Record::Publisher, id).unwrap_or_else(|| id.to_owned()))
            });
            p.words("publisher: ").told_apart(names, [old, new]);
        }
        (Record::Claim, Verb::Corrected, ["corrections", date]) => {
            let note = |value: &Option<Value>| {
                value.as_ref().map(|v| show(&v["note"])).filter(|note| !note.is_empty())
            };
            p.words(match (&change.old, &change.new) {
                (None, _) => "corrected on ",
                (Some(_), Some(_)) => "correction rewritten, of ",
                (Some(_), None) => "correction taken out, of ",
            });
            p.add(Kind::Text, date).words(": ");
            match (note(&change.old), note(&change.new)) {
                (None, Some(new)) => p.add(Kind::Text, &new),
                (old, new) => p.change(old.as_deref(), new.as_deref()),
            };
        }
        (Record::Source, Verb::SourceRetracted, _) => {
            p.words("retracted by its publisher");
        }
        (Record::Claim, Verb::Retracted | Verb::Disputed | Verb::Reinstated, _) => {
            p.words(change.verb.as_str());
            if let Some(was) = old.filter(|was| *was != "active") {
                p.words(", was ").add(Kind::Text, was);
            }
        }
        (
            Record::Claim,
            Verb::ConfidenceLowered
            | Verb::ConfidenceRaised
            | Verb::CeilingLowered
            | Verb::CeilingRaised,
            _,
        ) => {
            p.words(&change.verb.as_str().replace('-', " ")).words(": ");
            p.change(old.or(Some("none")), new.or(Some("none")));
        }
        (Record::Dataset, verb, ["waivers", ..]) => waiver(p, verb, change),
        _ => other(p, change, old, new),
    }
}

/// A field of any other name.
fn other(p: &mut Pieces, change: &Change, old: Option<&str>, new: Option<&str>) {
    let field = change.field.as_deref().unwrap_or_default();
    p.add(Kind::Text, &label(field));
    match (&change.old, &change.new) {
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            p.words(": ");
            members(p, before, after);
        }
        (None, _) => {
            p.words(" added: ").add(Kind::New, new.unwrap_or_default());
        }
        (_, None) => {
            p.words(" removed: ").add(Kind::Old, old.unwrap_or_default());
        }
        _ if LISTS.contains(&field) => {
            p.words(" in another order");
        }
        _ => {
            p.words(": ").change(old, new);
        }
    }
}

/// Lists whose items have changes of their own: what else changes is their order.
const LISTS: [&str; 5] = ["citations", "relations", "corrections", "topics", "units"];

/// A field as people call it.
fn label(field: &str) -> String {
    match field.split_once('/') {
        None if field == "title_en" => "English title".to_owned(),
        Some(("topics", term)) => format!("topic {term}"),
        Some(("units", term)) => format!("unit {term}"),
        _ => field.replace('_', " ").replace('/', ", "),
    }
}

/// Citations that came or went, and what they did for the claim.
fn cited(p: &mut Pieces, changes: &Changes, alike: &[&Change]) {
    let [change, ..] = alike else { return };
    p.words(if change.verb == Verb::CitationAdded { "now cites " } else { "no longer cites " });
    let source = |change: &&'_ Change| {
        let field = change.field.as_deref().unwrap_or_default();
        field.split('/').nth(1).unwrap_or_default().to_owned()
    };
    // A source may be cited twice.
    let mut sources: Vec<String> = alike.iter().map(source).collect();
    sources.dedup();
    p.list(&sources, |p, source| {
        p.name(changes, Record::Source, source);
    });
    let Some(citation) = change.new.as_ref().or(change.old.as_ref()) else { return };
    let part = |key: &str| citation[key].as_str().unwrap_or_default();
    match (part("stance"), sources.len()) {
        (stance @ ("supports" | "contradicts"), 1) => {
            p.words(", which ").words(stance).words(" it");
        }
        (stance @ ("supports" | "contradicts"), _) => {
            p.words(", which ").words(stance.trim_end_matches('s')).words(" it");
        }
        (stance, _) => {
            p.words(", as ").add(Kind::Text, stance);
        }
    }
    p.words(" (").add(Kind::Text, part("directness")).words(")");
}

/// What a new claim rests on.
fn added(p: &mut Pieces, changes: &Changes, record: Option<&Value>) {
    p.words("added");
    let Some(record) = record else { return };
    let part = |key: &str| record[key].as_str().filter(|text| !text.is_empty());
    if let Some(status) = part("status").filter(|status| *status != "active") {
        p.words(" as ").add(Kind::Text, status).words(",");
    }
    if let Some(confidence) = part("confidence") {
        p.words(" with ").add(Kind::Text, confidence).words(" confidence");
    }
    let mut sources: Vec<&str> = Vec::new();
    for citation in record["citations"].as_array().into_iter().flatten() {
        sources.extend(citation["source"].as_str().filter(|source| !sources.contains(source)));
    }
    p.words(if sources.is_empty() { "" } else { "; cites " });
    p.list(&sources, |p, source| {
        p.name(changes, Record::Source, source);
    });
}

/// The members of a set that came and went.
fn set(p: &mut Pieces, changes: &Changes, change: &Change, record: Record, prefix: &str) {
    p.words(&change.field.as_deref().unwrap_or_default().replace('_', " ")).words(": ");
    let ids = |value: &Option<Value>| -> Vec<String> {
        let items = value.iter().flat_map(|v| v.as_array().into_iter().flatten());
        items.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let (old, new) = (ids(&change.old), ids(&change.new));
    let gone = old.iter().filter(|id| !new.contains(id)).map(|id| (Kind::Gone, id));
    let come = new.iter().filter(|id| !old.contains(id)).map(|id| (Kind::Come, id));
    for (i, (kind, id)) in gone.chain(come).enumerate() {
        let key = format!("{prefix}{id}");
        p.words(if i == 0 { "" } else { ", " });
        match (record, name(changes, record, &key)) {
            // A title may hold commas.
            (Record::Source, Some(title)) => p.add(kind, &format!("“{title}”")),
            (_, name) => p.add(kind, name.as_deref().unwrap_or(id)),
        };
    }
}

fn relation(kind: &str) -> &str {
    match kind {
        "part_of" => "is part of",
        other => other,
    }
}

/// A quantity in the words of the dataset.
fn quantity(changes: &Changes, value: &Option<Value>) -> Option<String> {
    let mut value = value.clone()?;
    let unit = value["unit"].as_str().map(|unit| format!("units/{unit}"));
    if let Some(label) = unit.and_then(|unit| name(changes, Record::Dataset, &unit)) {
        value["unit"] = label.into();
    }
    Some(show(&value))
}

/// A value as people read it.
pub fn show(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(show).collect::<Vec<_>>().join(", "),
        Value::Object(members) => match (members.get("amount"), members.get("unit")) {
            (Some(Value::String(amount)), Some(Value::String(unit))) => {
                let range = match (members.get("lower"), members.get("upper")) {
                    (Some(Value::String(lower)), Some(Value::String(upper))) => {
                        format!(" ({} to {})", thousands(lower), thousands(upper))
                    }
                    _ => String::new(),
                };
                format!("{}{range} {unit}", thousands(amount))
            }
            _ => {
                let pairs = members.iter().map(|(key, value)| format!("{key} {}", show(value)));
                pairs.collect::<Vec<_>>().join(", ")
            }
        },
        other => other.to_string(),
    }
}
