//! Which sources count as one voice.

use super::{Group, Join, Member, Shared, evidence::Known};
use crate::model::Dataset;
use std::collections::BTreeSet;

/// The sources at the beginning of what a source repeats. A circle has none but its members.
pub fn roots<'d>(dataset: &'d Dataset, id: &'d str) -> Vec<&'d str> {
    let parents = |id: &str| {
        dataset
            .sources
            .get(id)
            .map(|entry| entry.record.derived_from.as_slice())
            .unwrap_or_default()
    };
    let mut seen = BTreeSet::from([id]);
    let mut open = vec![id];
    let mut roots = BTreeSet::new();
    while let Some(at) = open.pop() {
        if parents(at).is_empty() {
            roots.insert(at);
        }
        open.extend(parents(at).iter().map(String::as_str).filter(|parent| seen.insert(*parent)));
    }
    (if roots.is_empty() { seen } else { roots }).into_iter().collect()
}

/// Divides citations into groups of one voice each.
pub fn group<'d>(
    citations: &[usize],
    known: &[&Known<'d>],
    member: impl Fn(usize) -> Member<'d>,
) -> Vec<Group<'d>> {
    let mut groups: Vec<Group> = Vec::new();
    for &citation in citations {
        let mut group = Group {
            letter: known[citation].letter.clone(),
            members: vec![member(citation)],
            joins: Vec::new(),
        };
        // It may join several groups that were apart until now.
        let mut i = 0;
        while i < groups.len() {
            let shared = groups[i].members.iter().find_map(|m| {
                Some(Join {
                    citations: (m.citation, citation),
                    shared: shared(known[m.citation], known[citation])?,
                })
            });
            let Some(join) = shared else {
                i += 1;
                continue;
            };
            let mut earlier = groups.remove(i);
            earlier.members.append(&mut group.members);
            earlier.joins.push(join);
            earlier.joins.append(&mut group.joins);
            if group.letter.rank() < earlier.letter.rank() {
                earlier.letter = group.letter;
            }
            group = earlier;
        }
        groups.push(group);
    }
    for group in &mut groups {
        group.members.sort_unstable_by_key(|m| m.citation);
    }
    groups.sort_unstable_by_key(|g| g.members[0].citation);
    groups
}

fn shared<'d>(a: &Known<'d>, b: &Known<'d>) -> Option<Shared<'d>> {
    if a.publisher.voice() == b.publisher.voice() {
        return Some(Shared::Owner(a.publisher.voice()));
    }
    a.roots.iter().find(|root| b.roots.contains(root)).map(|root| Shared::Root(root))
}
