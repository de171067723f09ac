//! The citations of two versions of one claim, paired by source.

use super::{Because, Bump, Change, Record, Verb, Weight, value};
use crate::model::{Citation, Directness, Stance};
use serde_json::Value;
use std::collections::BTreeMap;

/// What changed in the citations of a claim.
pub fn citations(id: &str, old: &[Citation], new: &[Citation]) -> Vec<Change> {
    let mut found = Vec::new();
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for (source, (before, after)) in by_source(old, new) {
        let (pairs, gone, come) = pair(old, new, before, after);
        for (i, j) in &pairs {
            found.extend(changed(id, &old[*i], &new[*j]));
        }
        for (citation, verb) in gone
            .iter()
            .map(|i| (&old[*i], Verb::CitationRemoved))
            .chain(come.iter().map(|j| (&new[*j], Verb::CitationAdded)))
        {
            found.push(whole(id, source, citation, verb));
        }
        kept.extend(pairs);
    }
    kept.sort_unstable();
    let before: Value = kept.iter().map(|(i, _)| old[*i].source.as_str()).collect();
    kept.sort_unstable_by_key(|(_, j)| *j);
    let after: Value = kept.iter().map(|(_, j)| new[*j].source.as_str()).collect();
    if before != after {
        // Readers see the order too.
        let change = Change::of(Record::Claim, id, Verb::Annotated, Weight::Neutral, Bump::Patch);
        found.push(change.field("citations", Some(before), Some(after)));
    }
    found
}

type Indices = (Vec<usize>, Vec<usize>);

fn by_source<'c>(old: &'c [Citation], new: &'c [Citation]) -> BTreeMap<&'c str, Indices> {
    let mut by_source: BTreeMap<&str, Indices> = BTreeMap::new();
    for (i, citation) in old.iter().enumerate() {
        by_source.entry(&citation.source).or_default().0.push(i);
    }
    for (j, citation) in new.iter().enumerate() {
        by_source.entry(&citation.source).or_default().1.push(j);
    }
    by_source
}

/// Pairs the citations of one source: those that are the same first, then those of the same stance
/// and place, then those of the same stance, then any. Gives what is left of either version too.
fn pair(
    old: &[Citation],
    new: &[Citation],
    mut before: Vec<usize>,
    mut after: Vec<usize>,
) -> (Vec<(usize, usize)>, Vec<usize>, Vec<usize>) {
    let likeness: [fn(&Citation, &Citation) -> bool; 4] = [
        |a, b| a == b,
        |a, b| a.stance == b.stance && a.locator == b.locator,
        |a, b| a.stance == b.stance,
        |_, _| true,
    ];
    let mut pairs = Vec::new();
    for alike in likeness {
        before.retain(|i| match after.iter().position(|j| alike(&old[*i], &new[*j])) {
            Some(at) => {
                pairs.push((*i, after.remove(at)));
                false
            }
            None => true,
        });
    }
    (pairs, before, after)
}

/// A citation that came or went.
fn whole(id: &str, source: &str, citation: &Citation, verb: Verb) -> Change {
    let added = verb == Verb::CitationAdded;
    let weight = match citation.stance {
        Stance::Supports if added => Weight::Strengthens,
        Stance::Supports | Stance::Contradicts => Weight::Weakens,
        _ => Weight::Neutral,
    };
    let value = Some(value::whole(citation));
    let (old, new) = if added { (None, value) } else { (value, None) };
    Change::of(Record::Claim, id, verb, weight, Bump::Minor)
        .field(format!("citations/{source}"), old, new)
        .because(because(source))
}

/// The parts in which two citations of one source differ.
fn changed(id: &str, old: &Citation, new: &Citation) -> Vec<Change> {
    if old == new {
        return Vec::new();
    }
    let part = |(key, before, after): (String, Option<Value>, Option<Value>)| {
        let (weight, bump) = match key.as_str() {
            "stance" => (Weight::of(rank(&new.stance).cmp(&rank(&old.stance))), Bump::Minor),
            "directness" => {
                let primary = |citation: &Citation| {
                    citation.stance == Stance::Supports
                        && citation.directness == Directness::Primary
                };
                (Weight::of(primary(new).cmp(&primary(old))), Bump::Minor)
            }
            _ => (Weight::Neutral, Bump::Patch),
        };
        Change::of(Record::Claim, id, Verb::CitationChanged, weight, bump)
            .field(format!("citations/{}/{key}", new.source), before, after)
            .because(because(&new.source))
    };
    value::differences(value::fields(old), value::fields(new)).into_iter().map(part).collect()
}

/// How much a stance does for the claim.
fn rank(stance: &Stance) -> u8 {
    match stance {
        Stance::Supports => 2,
        Stance::Contradicts => 0,
        _ => 1,
    }
}

fn because(source: &str) -> Option<Because> {
    Some(Because::Citation { source: source.to_owned() })
}
