//! Two versions of one source, publisher or subject.

use super::{Because, Bump, Change, Record, Verb, Weight, value};
use crate::model::{Letter, Publisher, Source, SourceStatus, Subject};
use serde::Serialize;
use serde_json::Value;

/// What changed in a source; `None` where it was not there, or is no longer.
#[must_use]
pub fn source(old: Option<&Source>, new: Option<&Source>) -> Vec<Change> {
    let retracted = |source: &Source| source.status == Some(SourceStatus::Retracted);
    let found = records(
        Record::Source,
        old,
        new,
        |source| &source.id,
        |field, old, new| match field {
            "reliability" => {
                // Without a letter of its own it has its publisher's, which is never worse.
                let rank = |source: &Source| source.reliability.as_ref().map_or(0, Letter::rank);
                (Verb::ReliabilityChanged, Weight::of(rank(old).cmp(&rank(new))), Bump::Minor)
            }
            "status" if retracted(new) => (Verb::SourceRetracted, Weight::Weakens, Bump::Minor),
            "status" if retracted(old) => (Verb::Edited, Weight::Strengthens, Bump::Minor),
            _ => (Verb::Edited, Weight::Neutral, Bump::Patch),
        },
    );
    explained(explained(found, "status", "status_note"), "reliability", "reliability_note")
}

/// What changed in a publisher; `None` where it was not there, or is no longer.
#[must_use]
pub fn publisher(old: Option<&Publisher>, new: Option<&Publisher>) -> Vec<Change> {
    let found = records(
        Record::Publisher,
        old,
        new,
        |publisher| &publisher.id,
        |field, old, new| match field {
            "reliability" => {
                let weight = Weight::of(old.reliability.rank().cmp(&new.reliability.rank()));
                (Verb::ReliabilityChanged, weight, Bump::Minor)
            }
            _ => (Verb::Edited, Weight::Neutral, Bump::Patch),
        },
    );
    explained(found, "reliability", "note")
}

/// The same changes with a new note as the reason of what it is about, where that changed too.
fn explained(mut changes: Vec<Change>, field: &str, note: &str) -> Vec<Change> {
    let at = |name: &str| changes.iter().position(|change| change.field.as_deref() == Some(name));
    let (Some(field), Some(note)) = (at(field), at(note)) else { return changes };
    let Some(text) = changes[note].new.as_ref().and_then(Value::as_str) else { return changes };
    changes[field].because = Some(Because::Note { date: None, text: text.to_owned() });
    changes.remove(note);
    changes
}

/// What changed in a subject; `None` where it was not there, or is no longer.
#[must_use]
pub fn subject(old: Option<&Subject>, new: Option<&Subject>) -> Vec<Change> {
    records(
        Record::Subject,
        old,
        new,
        |subject| &subject.id,
        |_, _, _| (Verb::Edited, Weight::Neutral, Bump::Patch),
    )
}

/// What a record of any of these kinds has changed in.
fn records<R: Serialize + PartialEq>(
    record: Record,
    old: Option<&R>,
    new: Option<&R>,
    id: fn(&R) -> &str,
    judge: impl Fn(&str, &R, &R) -> (Verb, Weight, Bump),
) -> Vec<Change> {
    let whole = |of: &R, verb, weight, bump| Change::of(record, id(of), verb, weight, bump);
    match (old, new) {
        (None, None) => Vec::new(),
        (None, Some(new)) => {
            let added = whole(new, Verb::Added, Weight::Neutral, Bump::Patch);
            vec![Change { new: Some(value::whole(new)), ..added }]
        }
        (Some(old), None) => {
            let removed = whole(old, Verb::Removed, Weight::Weakens, Bump::Major);
            vec![Change { old: Some(value::whole(old)), ..removed }]
        }
        (Some(old), Some(new)) if old == new => Vec::new(),
        (Some(old), Some(new)) => value::differences(value::fields(old), value::fields(new))
            .into_iter()
            .map(|(field, before, after): (String, Option<Value>, Option<Value>)| {
                let (verb, weight, bump) = judge(&field, old, new);
                Change::of(record, id(new), verb, weight, bump).field(field, before, after)
            })
            .collect(),
    }
}
