//! Changes as a reviewer is told them: what weakens first, then record by record; the same change of
//! many records once.

use super::{
    line::{Line, is_name, line, lines},
    pieces::{Kind, Piece, Pieces, name},
};
use crate::{
    diff::{Bump, Change, Changes, Record, Side, Verb, Weight},
    text::{count, plural},
};
use serde::Serialize;
use std::collections::BTreeMap;

/// The same change of this many records is told once.
const MANY: usize = 3;

/// How many of many records are named.
const NAMED: usize = 6;

/// Everything there is to tell.
#[derive(Serialize)]
pub struct Notes {
    /// What it was.
    pub old: String,
    /// What it is.
    pub new: String,
    /// How much changed, in words.
    pub summary: String,
    /// The version bump.
    pub bump: &'static str,
    /// The change that asks for it.
    pub forced_by: Vec<Piece>,
    /// What changed.
    pub sections: Vec<Section>,
    /// Records that cannot be read, and are not compared.
    pub unread: Vec<String>,
    /// How many entries were left out to stay short.
    pub left_out: usize,
}

/// Entries of one sort.
#[derive(Clone, Serialize)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// What it tells.
    pub entries: Vec<Entry>,
}

/// What changed in one record, or in many alike.
#[derive(Clone, Serialize)]
pub struct Entry {
    /// The record's id; empty for many.
    pub id: String,
    /// What sort of record it is, where the heading does not say so.
    pub kind: &'static str,
    /// What readers know it by; empty where that is its id or a line tells it.
    pub name: String,
    /// How many records, such as `12 claims`, and what happened to them where that is all there is to
    /// tell; empty for one.
    pub many: String,
    /// The names of some of many.
    pub named: Vec<String>,
    /// How many of many are not named.
    pub unnamed: usize,
    /// What changed.
    pub lines: Vec<Line>,
    /// How many more changes there are.
    pub untold: usize,
}

impl Notes {
    /// Words everything.
    #[must_use]
    pub fn of(changes: &Changes) -> Self {
        let (many, single) = divide(changes);
        let mut sections: BTreeMap<usize, Vec<Entry>> = BTreeMap::new();
        for ((record, id), of) in single {
            let at = section(record, &of);
            sections.entry(at).or_default().push(one(changes, record, id, &of));
        }
        for alike in many {
            let at = section(alike[0].record, &alike[..1]);
            sections.entry(at).or_default().push(several(changes, &alike));
        }
        let sections: Vec<Section> = sections
            .into_iter()
            .map(|(at, entries)| Section { title: SECTIONS[at], entries })
            .collect();
        let mut forced_by = Pieces::default();
        if let Some(change) = &changes.forced_by {
            forced(&mut forced_by, change);
        }
        Self {
            old: side(&changes.old),
            new: side(&changes.new),
            summary: summary(changes),
            bump: changes.bump.as_str(),
            forced_by: if changes.bump == Bump::None { Vec::new() } else { forced_by.0 },
            sections,
            unread: changes.unread.iter().map(|(_, id)| id.clone()).collect(),
            left_out: 0,
        }
    }
}

/// Names the change that asks for the version bump.
fn forced(p: &mut Pieces, change: &Change) {
    let parts = change.field.as_deref().map(|field| field.split_once('/').unwrap_or((field, "")));
    match (change.record, parts) {
        (Record::Dataset, Some((kind @ ("topics" | "units"), term))) if !term.is_empty() => {
            p.words(kind.trim_end_matches('s')).words(" ").add(Kind::Code, term);
        }
        (record, _) => {
            p.words(record.as_str()).words(" ").add(Kind::Code, &change.id);
        }
    }
    p.words(", ");
    let field = change.field.as_deref().filter(|_| match change.record {
        Record::Schema => true,
        Record::Dataset => change.verb == Verb::Edited,
        _ => false,
    });
    if let Some(field) = field {
        p.add(Kind::Code, field).words(" ");
    }
    p.words(&change.verb.as_str().replace('-', " "));
}

const SECTIONS: [&str; 8] = [
    "Weakened",
    "New claims",
    "Changed claims",
    "Sources",
    "Publishers",
    "Subjects",
    "Schemas",
    "Dataset",
];

fn weakens(changes: &[&Change]) -> bool {
    changes.iter().any(|change| change.weight == Weight::Weakens)
}

fn section(record: Record, changes: &[&Change]) -> usize {
    if weakens(changes) {
        return 0;
    }
    match record {
        Record::Claim if changes.iter().any(|change| change.verb == Verb::Added) => 1,
        Record::Claim => 2,
        Record::Source => 3,
        Record::Publisher => 4,
        Record::Subject => 5,
        Record::Schema => 6,
        Record::Dataset => 7,
    }
}

type Single<'c> = BTreeMap<(Record, &'c str), Vec<&'c Change>>;

/// Parts changes that many records share from the rest.
fn divide(changes: &Changes) -> (Vec<Vec<&Change>>, Single<'_>) {
    let mut alike: BTreeMap<String, Vec<&Change>> = BTreeMap::new();
    for change in &changes.changes {
        alike.entry(likeness(change)).or_default().push(change);
    }
    let (mut many, mut single): (Vec<_>, Single) = (Vec::new(), BTreeMap::new());
    for group in alike.into_values() {
        if group.len() >= MANY {
            many.push(group);
        } else {
            for change in group {
                single.entry((change.record, &change.id)).or_default().push(change);
            }
        }
    }
    many.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a[0].id.cmp(&b[0].id)));
    (many, single)
}

/// Whether a whole record came or went, and there is nothing more to tell of it.
fn is_whole(change: &Change) -> bool {
    let claim = change.record == Record::Claim && change.verb != Verb::Removed;
    change.field.is_none() && !claim
}

/// What is the same for changes that are told together.
fn likeness(change: &Change) -> String {
    let whole = is_whole(change);
    let values = if whole { (&None, &None) } else { (&change.old, &change.new) };
    let because = if whole { &None } else { &change.because };
    let (verb, field) = (change.verb.as_str(), &change.field);
    // Within one file there is only one record.
    let id = match change.record {
        Record::Schema | Record::Dataset if !whole => change.field.as_deref().unwrap_or(&change.id),
        _ => "",
    };
    format!("{:?} {verb} {field:?} {values:?} {because:?} {id}", change.record)
}

fn one(changes: &Changes, record: Record, id: &str, of: &[&Change]) -> Entry {
    let name = match record {
        _ if of.iter().any(|change| is_name(change)) => None,
        // What a claim says is read in full.
        Record::Claim => Some(changes.name(record, id).to_owned()).filter(|name| name != id),
        _ => name(changes, record, id),
    };
    Entry {
        id: id.to_owned(),
        kind: if weakens(of) && record != Record::Claim { record.as_str() } else { "" },
        name: name.unwrap_or_default(),
        many: String::new(),
        named: Vec::new(),
        unnamed: 0,
        lines: lines(changes, of),
        untold: 0,
    }
}

fn several(changes: &Changes, alike: &[&Change]) -> Entry {
    let record = alike[0].record;
    let called = |change: &&Change| match (record, name(changes, record, &change.id)) {
        // A title may hold commas.
        (Record::Source, Some(title)) => format!("“{title}”"),
        // A statement is too long for a list.
        (Record::Claim, _) | (_, None) => change.id.clone(),
        (_, Some(name)) => name,
    };
    let whole = is_whole(alike[0]);
    let verb = if whole { format!(" {}", alike[0].verb.as_str()) } else { String::new() };
    Entry {
        id: String::new(),
        kind: "",
        name: String::new(),
        many: count(alike.len(), record.as_str()) + &verb,
        named: alike.iter().take(NAMED).map(called).collect(),
        unnamed: alike.len().saturating_sub(NAMED),
        lines: if whole { Vec::new() } else { vec![line(changes, &alike[..1])] },
        untold: 0,
    }
}

/// `v1.0.0 (2c0d3ca)`
fn side(side: &Side) -> String {
    match &side.commit {
        Some(commit) if *commit == side.rev => short(commit).to_owned(),
        Some(commit) if !commit.starts_with(&side.rev) => {
            format!("{} ({})", side.rev, short(commit))
        }
        _ => side.rev.clone(),
    }
}

fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

/// `2 claims weakened, 1 new, 3 changed; 4 sources, 1 publisher`
fn summary(changes: &Changes) -> String {
    let mut by: BTreeMap<(Record, &str), usize> = BTreeMap::new();
    for change in &changes.changes {
        let rank = match change.verb {
            Verb::Removed => 1,
            _ if change.weight == Weight::Weakens => 0,
            Verb::Added => 2,
            _ => 3,
        };
        let best = by.entry((change.record, &change.id)).or_insert(rank);
        *best = rank.min(*best);
    }
    let mut parts = Vec::new();
    for record in
        [Record::Claim, Record::Source, Record::Publisher, Record::Subject, Record::Schema]
    {
        let ranks: Vec<usize> =
            by.iter().filter(|((of, _), _)| *of == record).map(|(_, rank)| *rank).collect();
        let mut said = Vec::new();
        for (rank, word) in ["weakened", "removed", "new", "changed"].into_iter().enumerate() {
            let n = ranks.iter().filter(|of| **of == rank).count();
            if n > 0 {
                let noun = plural(n, record.as_str());
                said.push(match (said.is_empty(), word) {
                    (false, _) => format!("{n} {word}"),
                    (true, "new") => format!("{n} new {noun}"),
                    (true, _) => format!("{n} {noun} {word}"),
                });
            }
        }
        if !said.is_empty() {
            parts.push(said.join(", "));
        }
    }
    let waives =
        |change: &Change| change.field.as_deref().is_some_and(|f| f.starts_with("waivers/"));
    let of = changes.changes.iter().filter(|change| change.record == Record::Dataset);
    let (waivers, meta): (Vec<&Change>, Vec<&Change>) = of.partition(|change| waives(change));
    for (file, changes) in [("dataset.json", meta), ("waivers.json", waivers)] {
        if !changes.is_empty() {
            parts.push(format!("{file} changed"));
        }
    }
    if parts.is_empty() { "nothing changed".to_owned() } else { parts.join("; ") }
}
