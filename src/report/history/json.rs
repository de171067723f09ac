//! For programs: the shapes of `schema/log.schema.json` and `schema/blame.schema.json`, with structs
//! of their own.

use super::Asked;
use crate::{
    error::{Error, Result},
    history::{self, Blame, Life},
    report::diff::V1Change,
};
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct V1Log<'l> {
    version: u8,
    id: &'l str,
    kind: Option<&'static str>,
    at: At<'l>,
    events: Vec<V1Event<'l>>,
    /// Where a shallow clone cuts the history off.
    cut: Vec<V1Commit<'l>>,
}

#[derive(Serialize)]
struct At<'l> {
    rev: &'l str,
    commit: &'l str,
}

#[derive(Serialize)]
struct V1Commit<'l> {
    commit: String,
    date: String,
    author: &'l str,
    subject: &'l str,
}

#[derive(Serialize)]
struct V1Event<'l> {
    #[serde(flatten)]
    commit: V1Commit<'l>,
    merge: bool,
    path: &'l str,
    changes: Vec<V1Change<'l>>,
}

#[derive(Serialize)]
struct V1Blame<'b> {
    version: u8,
    id: &'b str,
    kind: &'static str,
    at: At<'b>,
    path: &'b str,
    fields: Vec<V1Field<'b>>,
}

#[derive(Serialize)]
struct V1Field<'b> {
    field: &'b str,
    value: &'b Value,
    #[serde(flatten)]
    commit: V1Commit<'b>,
    /// Whether it may have been set before.
    cut: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cited: Vec<V1Cited<'b>>,
}

#[derive(Serialize)]
struct V1Cited<'b> {
    source: &'b str,
    stance: &'b str,
}

impl<'l> From<&'l history::Commit> for V1Commit<'l> {
    fn from(commit: &'l history::Commit) -> Self {
        Self {
            commit: commit.id.to_string(),
            date: commit.day.to_string(),
            author: &commit.author,
            subject: &commit.subject,
        }
    }
}

/// Renders the life of a record as JSON.
pub fn log(life: &Life, asked: &Asked) -> Result<String> {
    text(&V1Log {
        version: 1,
        id: asked.id,
        kind: life.kind.map(|kind| kind.as_str()),
        at: At { rev: asked.rev, commit: &asked.commit },
        events: life.events.iter().map(event).collect(),
        cut: life.cut.iter().map(V1Commit::from).collect(),
    })
}

fn event(event: &history::Event) -> V1Event<'_> {
    V1Event {
        commit: (&event.commit).into(),
        merge: event.merge,
        path: &event.path,
        changes: event.changes.iter().map(V1Change::from).collect(),
    }
}

/// Renders who set what in a record as JSON.
pub fn blame(blame: &Blame, asked: &Asked) -> Result<String> {
    let fields = blame.lines.iter().map(|line| V1Field {
        field: &line.field,
        value: &line.value,
        commit: (&line.commit).into(),
        cut: line.cut,
        cited: line
            .cited
            .iter()
            .map(|cited| V1Cited { source: &cited.source, stance: cited.stance.as_str() })
            .collect(),
    });
    text(&V1Blame {
        version: 1,
        id: asked.id,
        kind: blame.kind.as_str(),
        at: At { rev: asked.rev, commit: &asked.commit },
        path: &blame.path,
        fields: fields.collect(),
    })
}

fn text(value: &impl Serialize) -> Result<String> {
    serde_json::to_string_pretty(value)
        .map(|text| text + "\n")
        .map_err(|e| Error::new(format!("cannot write JSON: {e}")))
}
