//! Which commit last set each field of a record.

use super::{
    Commit,
    version::fields,
    walk::{Node, Walk},
};
use crate::{
    error::{Error, Result},
    model::{Item, RecordKind, Stance},
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
    /// What the claim cited then.
    pub cited: Vec<Cited>,
    /// Whether it may have been set before: this clone's history is cut off at the commit.
    pub cut: bool,
}

/// A source that a claim cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Its id.
    pub source: String,
    /// What it did for the claim.
    pub stance: Stance,
}

/// A record, field by field.
#[derive(Debug)]
pub struct Blame {
    /// The kind of record.
    pub kind: RecordKind,
    /// The file it stands in.
    pub path: String,
    /// What it cites, where it is a claim.
    pub cited: Vec<Cited>,
    /// Its fields, in the order of the record.
    pub lines: Vec<Line>,
}

/// Who set what of the record `id` as it stands in the commit `tip`; none where there is none.
///
/// # Errors
/// Where it cannot be read, or git lacks a commit, a folder or a file.
pub fn blame(history: &History, tip: CommitId, id: &str) -> Result<Option<Blame>> {
    let mut walk = Walk::new(history, tip, id, false)?;
    let Some(first) = walk.peek() else { return Ok(None) };
    let Some(found) = &first.found else { return Ok(None) };
    let Some(version) = &first.version else {
        return Err(Error::new(format!("{} cannot be read", found.spot.path))
            .hint("claimbook check says why"));
    };
    let (kind, path, now) = (found.kind, found.spot.path.clone(), cited(Some(version)));
    let lines = fields(version);
    let mut set: BTreeMap<String, (Commit, Vec<Cited>, bool)> = BTreeMap::new();
    // The fields that each commit on the way is asked about.
    let mut asked: BTreeMap<CommitId, BTreeSet<String>> = BTreeMap::new();
    asked.insert(first.step.id, lines.iter().map(|(field, _)| field.clone()).collect());
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
            set.entry(field).or_insert((commit, cited(node.version.as_deref()), node.step.cut));
        }
    }
    let lines = lines.into_iter().filter_map(|(field, value)| {
        let (commit, cited, cut) = set.get(&field)?.clone();
        Some(Line { field, value, commit, cited, cut })
    });
    Ok(Some(Blame { kind, path, cited: now, lines: lines.collect() }))
}

/// What a claim cites.
fn cited(version: Option<&Item>) -> Vec<Cited> {
    let Some(Item::Claim(entry)) = version else { return Vec::new() };
    let citations = entry.record.citations.iter();
    citations.map(|c| Cited { source: c.source.clone(), stance: c.stance.clone() }).collect()
}

/// Takes out of `mine` the fields that two commits agree on.
fn same(mine: &mut BTreeSet<String>, node: &Node, parent: &Node) -> BTreeSet<String> {
    let table = |node: &Node| -> BTreeMap<String, Value> {
        node.version.iter().flat_map(|version| fields(version)).collect()
    };
    let (now, then) = (table(node), table(parent));
    let (same, other) =
        std::mem::take(mine).into_iter().partition(|field| now.get(field) == then.get(field));
    *mine = other;
    same
}
