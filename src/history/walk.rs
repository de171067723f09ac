//! The walk back through the commits that matter for one record.

use super::{
    absence::Absence,
    find::{Finder, Found, Lost},
    version::changes,
};
use crate::{
    diff::Change,
    error::Result,
    model::{Item, RecordKind},
    snapshot::{CommitId, History, Step},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// A commit on the walk.
pub struct Node {
    /// The commit.
    pub step: Step,
    /// Where the record stands in it.
    pub found: Option<Found>,
    /// What it says: what it says later on, where it cannot be read here.
    pub version: Option<Rc<Item>>,
    /// Where it is looked for in the commits before, where not everywhere.
    lost: Option<Lost>,
}

/// A commit that a node follows, with what changed since.
pub struct Parent {
    /// The commit.
    pub node: Node,
    /// What changed from it to the node.
    pub changes: Vec<Change>,
}

/// Goes back from a commit, newest first, along the commits through which the record came to be
/// what it is.
pub struct Walk<'h> {
    finder: Finder<'h>,
    kind: Option<RecordKind>,
    /// Whether a record is looked for everywhere before the commit that it first stands in.
    earlier: bool,
    /// Commits to visit, by time and by when they were found.
    queue: BTreeMap<(i64, std::cmp::Reverse<usize>), Node>,
    seen: BTreeSet<CommitId>,
    count: usize,
    absence: Absence,
}

impl<'h> Walk<'h> {
    /// A walk from the commit `tip`. Before a commit in which the record first stands, it is looked for
    /// at its path, or with `earlier` everywhere.
    pub fn new(history: &'h History, tip: CommitId, id: &'h str, earlier: bool) -> Result<Self> {
        let finder = Finder { history, id };
        let step = history.step(tip)?;
        let found = finder.anywhere(&step)?;
        let kind = found.as_ref().map(|found| found.kind);
        let version = found.as_ref().and_then(|found| found.version.clone());
        let mut walk = Self {
            finder,
            kind,
            earlier,
            queue: BTreeMap::new(),
            seen: BTreeSet::new(),
            count: 0,
            absence: Absence::default(),
        };
        walk.push(Node { step, found, version, lost: None });
        Ok(walk)
    }

    /// The next commit.
    pub fn next(&mut self) -> Option<Node> {
        self.queue.pop_last().map(|(_, node)| node)
    }

    /// The commit that is next.
    pub fn peek(&self) -> Option<&Node> {
        self.queue.last_key_value().map(|(_, node)| node)
    }

    /// Lets a commit be visited again.
    pub fn forget(&mut self, commit: CommitId) {
        self.seen.remove(&commit);
    }

    /// The commits that a node follows; only the first in which nothing is different, where there
    /// is one: all that the node says came from there.
    pub fn parents(&mut self, node: &Node) -> Result<Vec<Parent>> {
        let mut parents = Vec::new();
        for id in &node.step.parents {
            let step = self.finder.history.step(*id)?;
            let (found, lost) = self.before(&step, node)?;
            self.kind = self.kind.or(found.as_ref().map(|found| found.kind));
            let version = match &found {
                Some(Found { version: None, .. }) => node.version.clone(),
                Some(found) => found.version.clone(),
                None => None,
            };
            let same = match (&version, &node.version) {
                (Some(old), Some(new)) => Rc::ptr_eq(old, new),
                (None, None) => true,
                _ => false,
            };
            let changes = match same {
                true => Vec::new(),
                false => changes(version.as_deref(), node.version.as_deref()),
            };
            let parent = Parent { node: Node { step, found, version, lost }, changes };
            if parent.changes.is_empty() {
                return Ok(vec![parent]);
            }
            parents.push(parent);
        }
        Ok(parents)
    }

    /// The record in the commit before a node, or where it is looked for before that.
    fn before(&mut self, step: &Step, node: &Node) -> Result<(Option<Found>, Option<Lost>)> {
        if let Some(lost) = &node.lost {
            let (found, lost) = self.finder.again(step, lost)?;
            let lost = found.is_none().then_some(lost);
            return Ok((found, lost));
        }
        if node.found.is_none() && self.absence.lasts(&self.finder, self.kind, step, &node.step) {
            return Ok((None, None));
        }
        let before = self.finder.before(step, &node.step, node.found.as_ref(), self.kind)?;
        let lost = match &node.found {
            Some(found) if before.is_none() && !self.earlier => {
                Some(self.finder.lost(step, found)?)
            }
            _ => None,
        };
        Ok((before, lost))
    }

    /// Goes on with a commit, unless it was visited before.
    pub fn push(&mut self, node: Node) {
        if self.seen.insert(node.step.id) {
            self.count += 1;
            self.queue.insert((node.step.time, std::cmp::Reverse(self.count)), node);
        }
    }
}

/// The changes that came in with a commit itself: those to every commit that it follows.
pub fn own(parents: &[Parent]) -> Vec<Change> {
    let Some(nearest) = parents.iter().min_by_key(|parent| parent.changes.len()) else {
        return Vec::new();
    };
    let overlap = |a: &Change, b: &Change| match (&a.field, &b.field) {
        (Some(a), Some(b)) => {
            let within = |inner: &str, outer: &str| {
                inner
                    .strip_prefix(outer)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            within(a, b) || within(b, a)
        }
        // The whole record came or went.
        _ => true,
    };
    let everywhere = |change: &&Change| {
        parents.iter().all(|parent| parent.changes.iter().any(|other| overlap(change, other)))
    };
    nearest.changes.iter().filter(everywhere).cloned().collect()
}
