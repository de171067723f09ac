//! Commits without the record: whether it was there before, looked up for many of them at once.

use super::find::Finder;
use crate::{
    error::Result,
    model::RecordKind,
    snapshot::{CommitId, Step},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// A commit and one that it follows.
type Link = (CommitId, CommitId);

/// What is known of commits without the record.
pub struct Absence {
    /// Links that were looked at.
    looked: BTreeSet<Link>,
    /// Those of them where the record may have gone.
    taken: BTreeSet<Link>,
    /// How many to look at the next time; none after something could not be read.
    reach: usize,
}

impl Default for Absence {
    fn default() -> Self {
        Self { looked: BTreeSet::new(), taken: BTreeSet::new(), reach: FIRST }
    }
}

/// How many links are looked at first: the record may be close.
const FIRST: usize = 16;

/// How many are looked at at once, for the memory it takes.
const MOST: usize = 4096;

impl Absence {
    /// Whether it is known that the record, which is not in a commit, is not in this one before it
    /// either.
    pub fn lasts(
        &mut self,
        finder: &Finder,
        kind: Option<RecordKind>,
        parent: &Step,
        child: &Step,
    ) -> bool {
        let link = (child.id, parent.id);
        if !self.looked.contains(&link) && self.reach > 0 {
            // What cannot be read may never be asked for.
            self.reach = match self.look(finder, kind, child) {
                Ok(()) => (self.reach * 2).min(MOST),
                Err(_) => 0,
            };
        }
        self.looked.contains(&link) && !self.taken.contains(&link)
    }

    /// Looks at the links from a commit on, the newest first.
    fn look(&mut self, finder: &Finder, kind: Option<RecordKind>, from: &Step) -> Result<()> {
        let mut queue = BTreeMap::from([((from.time, from.id), Rc::new(from.clone()))]);
        let mut links: Vec<(Rc<Step>, Rc<Step>)> = Vec::new();
        while links.len() < self.reach
            && let Some((_, child)) = queue.pop_last()
        {
            for id in &child.parents {
                let parent = Rc::new(finder.history.step(*id)?);
                if !self.looked.contains(&(child.id, *id)) {
                    links.push((Rc::clone(&parent), Rc::clone(&child)));
                }
                queue.insert((parent.time, *id), parent);
            }
        }
        let steps: Vec<(&Step, &Step)> = links.iter().map(|(old, new)| (&**old, &**new)).collect();
        let taken = finder.taken(&steps, kind)?;
        let link = |at: usize| (links[at].1.id, links[at].0.id);
        self.taken.extend(taken.into_iter().map(link));
        self.looked.extend((0..links.len()).map(link));
        Ok(())
    }
}
