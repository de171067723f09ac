//! Every commit that changed a record, newest first.

use super::{
    Commit,
    find::titles,
    version::changes,
    walk::{Walk, own},
};
use crate::{
    diff::{Because, Change},
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
    /// The titles of the sources that changes name, by id, as they are at the tip; none before they
    /// were looked up.
    pub titles: BTreeMap<String, String>,
    /// The commits with the record at which this clone's history is cut off.
    pub cut: Vec<Commit>,
}

/// The life of the record `id` up to the commit `tip`, at most the newest `most` events.
///
/// # Errors
/// Where git lacks a commit, a folder or a file.
pub fn log(history: &History, tip: CommitId, id: &str, most: usize) -> Result<Life> {
    let mut life =
        Life { kind: None, events: Vec::new(), tip, titles: BTreeMap::new(), cut: Vec::new() };
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

impl Life {
    /// Looks up the titles of the sources that changes name.
    ///
    /// # Errors
    /// Where git lacks a folder or a file.
    pub fn look_up_titles(&mut self, history: &History) -> Result<()> {
        self.titles = titles(history, &history.step(self.tip)?, &sources(&self.events))?;
        Ok(())
    }
}

/// The sources that changes name.
fn sources(events: &[Event]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for change in events.iter().flat_map(|event| &event.changes) {
        let field = change.field.as_deref().and_then(|field| field.strip_prefix("citations/"));
        found.extend(field.map(|rest| rest.split('/').next().unwrap_or(rest).to_owned()));
        if let Some(Because::Citation { source } | Because::Source { id: source }) = &change.because
        {
            found.insert(source.clone());
        }
        let whole = change.new.as_ref().filter(|_| change.field.is_none());
        let citations = whole.and_then(|record| record["citations"].as_array());
        let cited = citations.into_iter().flatten().filter_map(|c| c["source"].as_str());
        found.extend(cited.map(str::to_owned));
    }
    found
}
