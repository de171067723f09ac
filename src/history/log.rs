//! Every commit that changed a record, newest first.

use super::{
    Commit,
    names::names,
    version::changes,
    walk::{Walk, own},
};
use crate::{
    diff::{About, Change, Record},
    error::Result,
    model::RecordKind,
    snapshot::{CommitId, History},
};
use std::collections::{BTreeMap, BTreeSet};

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
    /// The commit from which it goes back.
    pub tip: CommitId,
    /// What readers know the records and words by that changes name, as they are at the tip; nothing
    /// before it was looked up.
    pub about: BTreeMap<(Record, String), About>,
    /// The commits with the record at which this clone's history is cut off.
    pub cut: Vec<Commit>,
}

/// The life of the record `id` up to the commit `tip`, at most the newest `most` events. Before a commit
/// that it came with, it is looked for at its path, or with `earlier` everywhere.
///
/// # Errors
/// Where git lacks a commit, a folder or a file.
pub fn log(history: &History, tip: CommitId, id: &str, most: usize, earlier: bool) -> Result<Life> {
    let mut life =
        Life { kind: None, events: Vec::new(), tip, about: BTreeMap::new(), cut: Vec::new() };
    let mut walk = Walk::new(history, tip, id, earlier)?;
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

impl Life {
    /// Looks up what readers know the records and words by that changes name.
    ///
    /// # Errors
    /// Where git lacks a folder or a file.
    pub fn look_up_names(&mut self, history: &History) -> Result<()> {
        let changes = self.events.iter().flat_map(|event| &event.changes);
        let named: BTreeSet<(Record, String)> = changes.flat_map(Change::names).collect();
        self.about = names(history, &history.step(self.tip)?, &named)?;
        Ok(())
    }
}
