//! Every commit that changed a record, newest first.

use super::{
    Commit,
    version::changes,
    walk::{Walk, own},
};
use crate::{
    diff::Change,
    error::Result,
    model::RecordKind,
    snapshot::{CommitId, History},
};

/// A commit in the life of a record.
#[derive(Clone, Debug)]
pub struct Event {
    /// The commit.
    pub commit: Commit,
    /// Whether it merged others; the changes are then its own.
    pub merge: bool,
    /// The file that the record stood in after it; before it, where it removed the record.
    pub path: String,
    /// What it changed.
    pub changes: Vec<Change>,
}

/// The life of a record, as far as it was asked for.
#[derive(Debug)]
pub struct Life {
    /// The kind of record; none where there never was one.
    pub kind: Option<RecordKind>,
    /// The commits that changed it, newest first.
    pub events: Vec<Event>,
    /// The commits with the record at which this clone's history is cut off.
    pub cut: Vec<Commit>,
}

/// The life of the record `id` up to the commit `tip`, at most the newest `most` events.
///
/// # Errors
/// Where git lacks a commit, a folder or a file.
pub fn log(history: &History, tip: CommitId, id: &str, most: usize) -> Result<Life> {
    let mut life = Life { kind: None, events: Vec::new(), cut: Vec::new() };
    let mut walk = Walk::new(history, tip, id)?;
    while life.events.len() < most {
        let Some(node) = walk.next() else { break };
        life.kind = life.kind.or(node.found.as_ref().map(|found| found.kind));
        if node.step.cut {
            if node.version.is_some() {
                life.cut.push(Commit::of(history, &node.step)?);
            }
            continue;
        }
        let parents = walk.parents(&node)?;
        let changes = match node.step.parents.is_empty() {
            true => changes(None, node.version.as_deref()),
            false => own(&parents),
        };
        if !changes.is_empty() {
            let here =
                node.found.iter().chain(parents.iter().filter_map(|p| p.node.found.as_ref()));
            life.events.push(Event {
                commit: Commit::of(history, &node.step)?,
                merge: node.step.parents.len() > 1,
                path: here.map(|found| found.spot.path.clone()).next().unwrap_or_default(),
                changes,
            });
        }
        for parent in parents {
            life.kind = life.kind.or(parent.node.found.as_ref().map(|found| found.kind));
            walk.push(parent.node);
        }
    }
    Ok(life)
}
