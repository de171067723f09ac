//! One change as a line that a reviewer reads.

use super::pieces::{Kind, Piece, Pieces};
use crate::{
    date::Edtf,
    diff::{Because, Change, Changes, DateMove, Record, Verb, Weight},
    text::{count, thousands},
};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// A change in words.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// `-` where it weakens, `+` where it strengthens, else `~`.
    pub mark: char,
    /// What changed.
    pub pieces: Vec<Piece>,
    /// Why.
    pub because: Vec<Piece>,
}

impl Line {
    /// The line as plain text, without its mark.
    #[must_use]
    pub fn plain(&self) -> String {
        let plain = |pieces: &[Piece]| pieces.iter().map(Piece::plain).collect::<String>();
        match &self.because[..] {
            [] => plain(&self.pieces),
            because => format!("{} ({})", plain(&self.pieces), plain(because)),
        }
    }
}

/// Words a change.
#[must_use]
pub fn line(changes: &Changes, change: &Change) -> Line {
    let mut pieces = Pieces::default();
    say(&mut pieces, changes, change);
    let mark = match change.weight {
        Weight::Weakens => '-',
        Weight::Neutral => '~',
        Weight::Strengthens => '+',
    };
    Line { mark, pieces: pieces.0, because: because(changes, change) }
}

fn say(p: &mut Pieces, changes: &Changes, change: &Change) {
    let field = change.field.as_deref().unwrap_or_default();
    let parts: Vec<&str> = field.split('/').collect();
    let (old, new) = (change.old.as_ref().map(show), change.new.as_ref().map(show));
    let (old, new) = (old.as_deref(), new.as_deref());
    match (change.record, change.verb, parts.as_slice()) {
        (Record::Claim, Verb::Added, _) => added(p, changes, change.new.as_ref()),
        (_, Verb::Added | Verb::Removed, [""]) => {
            p.words(change.verb.as_str());
        }
        (Record::Claim, Verb::Tombstoned, _) => {
            p.words("removed; a tombstone is left");
        }
        (Record::Claim, Verb::QuantityChanged, _) => {
            p.words("quantity: ").change(old, new);
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
            let left = change.new.as_ref().and_then(Value::as_u64).unwrap_or_default();
            let left = count(usize::try_from(left).unwrap_or_default(), "independent group");
            p.words(&format!("independent support lost: {left} left, of "));
            p.add(Kind::Old, old.unwrap_or_default());
        }
        (Record::Claim, Verb::CitationAdded | Verb::CitationRemoved, ["citations", source]) => {
            let added = change.verb == Verb::CitationAdded;
            p.words(if added { "now cites " } else { "no longer cites " });
            p.name(changes, Record::Source, source);
            let value = change.new.as_ref().or(change.old.as_ref());
            if let Some(citation) = value {
                let part = |key: &str| citation[key].as_str().unwrap_or_default();
                match part("stance") {
                    "context" => p.words(", as context"),
                    stance => p.words(", which ").add(Kind::Text, stance).words(" it"),
                };
                p.words(" (").add(Kind::Text, part("directness")).words(")");
            }
        }
        (Record::Claim, Verb::CitationChanged, ["citations", source, part]) => {
            p.words("citation of ").name(changes, Record::Source, source).words(", ");
            p.add(Kind::Text, part).words(": ").change(old, new);
        }
        (Record::Claim, Verb::Reclassified, ["relations", kind, claim]) => {
            p.words(if change.new.is_some() { "now " } else { "no longer " });
            p.add(Kind::Text, &relation(kind)).words(" ").name(changes, Record::Claim, claim);
        }
        (Record::Claim, Verb::Reclassified, ["subjects"]) => {
            set(p, changes, change, Record::Subject, "");
        }
        (Record::Claim, Verb::Reclassified, ["topics"]) => {
            set(p, changes, change, Record::Dataset, "topics/");
        }
        (Record::Source, _, ["derived_from"]) => set(p, changes, change, Record::Source, ""),
        (Record::Source, Verb::Edited, ["publisher"]) => {
            p.words("publisher: ");
            let names = [old, new].map(|id| id.map(|id| changes.name(Record::Publisher, id)));
            p.change(names[0], names[1]);
        }
        (Record::Claim, Verb::Corrected, _) => {
            let note = |value: &Option<Value>| {
                value.as_ref().map(|v| show(&v["note"])).filter(|note| !note.is_empty())
            };
            let date = parts.get(1).copied().unwrap_or_default();
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
        (Record::Schema, verb, _) => schema(p, verb, field, old, new),
        _ => other(p, change, field, old, new),
    }
}

/// A field of any other name.
fn other(p: &mut Pieces, change: &Change, field: &str, old: Option<&str>, new: Option<&str>) {
    if let (Some(Value::Object(before)), Some(Value::Object(after))) = (&change.old, &change.new) {
        let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        p.add(Kind::Text, field).words(": ");
        let differ = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
        for (i, key) in differ.enumerate() {
            let part = |value: Option<&Value>| value.map(show);
            p.words(if i == 0 { "" } else { ", " }).add(Kind::Text, key).words(" ");
            p.change(part(before.get(key)).as_deref(), part(after.get(key)).as_deref());
        }
        return;
    }
    p.add(Kind::Text, &field.replace('_', " "));
    match (change.verb, old, new) {
        (Verb::Added, ..) => p.words(" added: ").add(Kind::New, new.unwrap_or_default()),
        (Verb::Removed, ..) => p.words(" removed: ").add(Kind::Old, old.unwrap_or_default()),
        (_, None, Some(new)) => p.words(", new: ").add(Kind::New, new),
        (_, Some(old), None) => p.words(", no more: ").add(Kind::Old, old),
        _ if field == "citations" => {
            p.words(" in another order: ").add(Kind::Text, new.unwrap_or_default())
        }
        _ => p.words(": ").change(old, new),
    };
}

fn schema(p: &mut Pieces, verb: Verb, field: &str, old: Option<&str>, new: Option<&str>) {
    let what = match verb {
        Verb::FieldAdded if new.is_some() => "required field added: ",
        Verb::FieldAdded => "field added: ",
        Verb::FieldRemoved => "field removed: ",
        Verb::FieldRequired => "now required: ",
        Verb::FieldOptional => "no longer required: ",
        Verb::FieldRetyped => "other type: ",
        Verb::ValueAdded => "word added to ",
        Verb::ValueRemoved => "word removed from ",
        _ => "edited: ",
    };
    p.words(what).add(Kind::Code, field);
    if verb != Verb::FieldAdded && (old.is_some() || new.is_some()) {
        p.words(": ").change(old, new);
    }
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
    for (i, source) in sources.iter().enumerate() {
        p.words(if i == 0 { "; cites " } else { ", " }).name(changes, Record::Source, source);
    }
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
        let name = changes.name(record, &key);
        p.words(if i == 0 { "" } else { ", " });
        p.add(kind, if name == key { id } else { name });
    }
}

fn relation(kind: &str) -> String {
    match kind {
        "part_of" => "is part of".to_owned(),
        other => other.to_owned(),
    }
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

/// What explains a change, but for what another line of the same record says.
fn because(changes: &Changes, change: &Change) -> Vec<Piece> {
    let mut p = Pieces::default();
    match (&change.because, change.verb) {
        (
            Some(Because::Citation { source }),
            Verb::ConfidenceRaised
            | Verb::ConfidenceLowered
            | Verb::Disputed
            | Verb::CeilingLowered
            | Verb::CeilingRaised
            | Verb::IndependentSupportLost,
        ) => {
            p.words("because of ").name(changes, Record::Source, source);
        }
        (Some(Because::Source { id }), _) => {
            p.words("because of the source ").name(changes, Record::Source, id);
        }
        (Some(Because::Publisher { id }), _) => {
            p.words("because of the publisher ").name(changes, Record::Publisher, id);
        }
        (Some(Because::Claim { id }), Verb::Superseded) => {
            p.words("by ").name(changes, Record::Claim, id);
        }
        (Some(Because::Policy), _) => {
            p.words("because the policy changed");
        }
        (Some(Because::Note { text, .. }), _) => {
            p.add(Kind::Text, text);
        }
        (Some(Because::Commit { id, subject }), _) => {
            p.words("in ").add(Kind::Code, id.get(..10).unwrap_or(id)).words(": ");
            p.add(Kind::Text, subject);
        }
        _ => {}
    }
    p.0
}
