//! Relations and corrections of two versions of one claim, item by item.

use super::{Because, Bump, Change, Record, Verb, Weight, value};
use crate::model::{Correction, Relation};
use serde::Serialize;
use serde_json::Value;

/// What changed in the relations of a claim.
pub fn relations(id: &str, old: &[Relation], new: &[Relation]) -> Vec<Change> {
    let (gone, come) = differences(old, new);
    let mut found = Vec::new();
    let field = |relation: &Relation| format!("relations/{}/{}", relation.kind, relation.claim);
    let change = || Change::of(Record::Claim, id, Verb::Reclassified, Weight::Neutral, Bump::Minor);
    found.extend(gone.iter().map(|relation| change().field(field(relation), json(relation), None)));
    found.extend(come.iter().map(|relation| change().field(field(relation), None, json(relation))));
    if found.is_empty() {
        found.extend(reordered(id, "relations", old, new));
    }
    found
}

/// What changed in the corrections of a claim. A new one explains itself.
pub fn corrections(id: &str, old: &[Correction], new: &[Correction]) -> Vec<Change> {
    let (gone, mut come) = differences(old, new);
    let mut found = Vec::new();
    let change = |weight| Change::of(Record::Claim, id, Verb::Corrected, weight, Bump::Patch);
    for correction in gone {
        // The one of the same day is what it was made of.
        let at = come.iter().position(|other| other.date == correction.date);
        let rewritten = at.map(|at| come.remove(at));
        found.push(change(Weight::Weakens).field(
            format!("corrections/{}", correction.date),
            json(correction),
            rewritten.and_then(json),
        ));
    }
    for correction in come {
        let field = format!("corrections/{}", correction.date);
        let because =
            Because::Correction { date: correction.date.clone(), note: correction.note.clone() };
        found.push(
            change(Weight::Neutral).field(field, None, json(correction)).because(Some(because)),
        );
    }
    if found.is_empty() {
        found.extend(reordered(id, "corrections", old, new));
    }
    found
}

/// The items that only one of two lists has.
fn differences<'l, T: Serialize>(old: &'l [T], new: &'l [T]) -> (Vec<&'l T>, Vec<&'l T>) {
    let mut come: Vec<(&T, Option<Value>)> = new.iter().map(|item| (item, json(item))).collect();
    let mut gone = Vec::new();
    for item in old {
        let value = json(item);
        match come.iter().position(|(_, other)| *other == value) {
            Some(at) => {
                come.remove(at);
            }
            None => gone.push(item),
        }
    }
    (gone, come.into_iter().map(|(item, _)| item).collect())
}

/// The same items in another order, which readers see too.
fn reordered<T: Serialize>(id: &str, field: &str, old: &[T], new: &[T]) -> Option<Change> {
    let items = |list: &[T]| -> Value { list.iter().filter_map(json).collect() };
    let (old, new) = (items(old), items(new));
    let change = Change::of(Record::Claim, id, Verb::Annotated, Weight::Neutral, Bump::Patch);
    (old != new).then(|| change.field(field, Some(old), Some(new)))
}

fn json(item: &impl Serialize) -> Option<Value> {
    Some(value::whole(item))
}
