//! For programs: the shape of `schema/diff.schema.json`, with structs of its own so that what others
//! parse changes only when its version does.

use super::Options;
use crate::{
    diff::{self, Because, Bump, Change, Changes, Record, Weight},
    error::{Error, Result},
};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct V1<'c> {
    version: u8,
    old: Side<'c>,
    new: Side<'c>,
    bump: Bump,
    summary: BTreeMap<&'static str, usize>,
    changes: Vec<V1Change<'c>>,
}

#[derive(Serialize)]
struct Side<'c> {
    rev: &'c str,
    commit: Option<&'c str>,
}

/// A change as programs read it.
#[derive(Serialize)]
pub struct V1Change<'c> {
    verb: &'static str,
    weight: Weight,
    record: Record,
    id: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<&'c Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<&'c Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<V1Because<'c>>,
}

#[derive(Default, Serialize)]
struct V1Because<'c> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'c str>,
}

/// Renders changes as JSON.
pub fn render(changes: &Changes, _: &Options) -> Result<String> {
    let v1 = V1 {
        version: 1,
        old: side(&changes.old),
        new: side(&changes.new),
        bump: changes.bump,
        summary: changes.summary().into_iter().map(|(verb, n)| (verb.as_str(), n)).collect(),
        changes: changes.changes.iter().map(V1Change::from).collect(),
    };
    serde_json::to_string_pretty(&v1)
        .map(|text| text + "\n")
        .map_err(|e| Error::new(format!("cannot write JSON: {e}")))
}

fn side(side: &diff::Side) -> Side<'_> {
    Side { rev: &side.rev, commit: side.commit.as_deref() }
}

impl<'c> From<&'c Change> for V1Change<'c> {
    fn from(change: &'c Change) -> Self {
        Self {
            verb: change.verb.as_str(),
            weight: change.weight,
            record: change.record,
            id: &change.id,
            field: change.field.as_deref(),
            old: change.old.as_ref(),
            new: change.new.as_ref(),
            because: change.because.as_ref().map(because),
        }
    }
}

fn because(because: &Because) -> V1Because<'_> {
    let with = |kind, id| V1Because { kind, id: Some(id), ..V1Because::default() };
    match because {
        Because::Citation { source } => with("citation", source),
        Because::Source { id } => with("source", id),
        Because::Publisher { id } => with("publisher", id),
        Because::Claim { id } => with("claim", id),
        Because::Commit { id, subject } => V1Because { text: Some(subject), ..with("commit", id) },
        Because::Correction { date, note } => V1Because {
            kind: "correction",
            date: Some(date),
            text: Some(note),
            ..V1Because::default()
        },
        Because::Note { date, text } => V1Because {
            kind: "note",
            date: date.as_deref(),
            text: Some(text),
            ..V1Because::default()
        },
        Because::Policy => V1Because { kind: "policy", ..V1Because::default() },
    }
}
