//! Which commit last set each field of a record.

use super::{
    Commit, Version,
    walk::{Node, Walk},
};
use crate::{
    error::Result,
    model::RecordKind,
    snapshot::{CommitId, History},
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A field, and the commit that set it to what it is.
#[derive(Clone, Debug)]
pub struct Line {
    /// The key; what names an item of a list follows it behind a slash.
    pub field: String,
    /// What it says.
    pub value: Value,
    /// The commit that set it.
    pub commit: Commit,
    /// Whether it may have been set before: this clone's history is cut off at the commit.
    pub cut: bool,
}

/// A record, field by field.
#[derive(Debug)]
pub struct Blame {
    /// The kind of record.
    pub kind: RecordKind,
    /// The file it stands in.
    pub path: String,
    /// Its fields, in the order of the record.
    pub lines: Vec<Line>,
}

/// Who set what of the record `id` as it stands in the commit `tip`; none where there is none, or
/// it cannot be read.
///
/// # Errors
/// Where git lacks a commit, a folder or a file.
pub fn blame(history: &History, tip: CommitId, id: &str) -> Result<Option<Blame>> {
    let mut walk = Walk::new(history, tip, id)?;
    let Some(first) = walk.peek() else { return Ok(None) };
    let (Some(found), Some(version)) = (&first.found, &first.version) else { return Ok(None) };
    let (kind, path) = (found.kind, found.spot.path.clone());
    let fields = version.fields();
    let mut set: BTreeMap<String, (Commit, bool)> = BTreeMap::new();
    // The fields that each commit on the way is asked about.
    let mut asked = BTreeMap::new();
    asked.insert(first.step.id, names(version));
    while let Some(node) = walk.next() {
        // Where clocks differ, a commit may be asked again after it was visited.
        walk.forget(node.step.id);
        let mut mine = asked.remove(&node.step.id).unwrap_or_default();
        for parent in walk.parents(&node)? {
            let theirs = match parent.changes.is_empty() {
                true => std::mem::take(&mut mine),
                false => same(&mut mine, &node, &parent.node),
            };
            if !theirs.is_empty() {
                asked.entry(parent.node.step.id).or_default().extend(theirs);
                walk.push(parent.node);
            }
        }
        for field in mine {
            let commit = Commit::of(history, &node.step)?;
            set.entry(field).or_insert((commit, node.step.cut));
        }
    }
    let lines = fields.into_iter().filter_map(|(field, value)| {
        let (commit, cut) = set.get(&field)?.clone();
        Some(Line { field, value, commit, cut })
    });
    Ok(Some(Blame { kind, path, lines: lines.collect() }))
}

fn names(version: &Version) -> BTreeSet<String> {
    version.fields().into_iter().map(|(field, _)| field).collect()
}

/// Takes out of `fields` those that two commits agree on.
fn same(fields: &mut BTreeSet<String>, node: &Node, parent: &Node) -> BTreeSet<String> {
    let table = |node: &Node| -> BTreeMap<String, Value> {
        node.version.iter().flat_map(|version| version.fields()).collect()
    };
    let (now, then) = (table(node), table(parent));
    let (same, other) =
        std::mem::take(fields).into_iter().partition(|field| now.get(field) == then.get(field));
    *fields = other;
    same
}
