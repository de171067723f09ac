//! Two moments of a repository, as far as they differ: what changed is read on both sides, and of
//! the rest only what it takes to tell what the changes mean. The cost follows the change.
//!
//! Reading is lenient: no schema is asked, and a record that is no JSON hides only itself.

mod context;
mod read;

use crate::{
    diff::{Changes, Side, Version, compare},
    error::Result,
    model::{Dataset, RecordKind},
    snapshot::{self, Changed, Moment},
};
use read::Files;
use std::collections::{BTreeMap, BTreeSet};

/// The parts of two moments that matter for what changed between them.
pub struct Between {
    /// What it was.
    pub old: Part,
    /// What it is.
    pub new: Part,
}

/// The part of a dataset that was read at one moment.
#[derive(Default)]
pub struct Part {
    /// What the moment is called.
    pub side: Side,
    /// The records that were read.
    pub dataset: Dataset,
    /// The schemas that changed, by path.
    pub schemas: BTreeMap<String, String>,
}

impl Between {
    /// Reads what two moments of a repository differ in.
    ///
    /// # Errors
    /// Where git has no content for a file, or one cannot be read.
    pub fn read(old: &Moment, new: &Moment) -> Result<Self> {
        let changed = snapshot::changed(old, new)?;
        let mut between = Self { old: Part::of(old), new: Part::of(new) };
        let files = Files::of(&changed);
        between.old.take(files.old(old)?);
        between.new.take(files.new(new)?);
        between.vanished(&changed, new)?;
        context::add(&mut between, &changed, new)?;
        Ok(between)
    }

    /// What changed.
    #[must_use]
    pub fn changes(&self) -> Changes {
        compare(self.old.version(), self.new.version())
    }

    /// Records that seem to be gone may be there all the same, in a file that did not change: where
    /// two files held one id and one of them is deleted.
    fn vanished(&mut self, changed: &[Changed], new: &Moment) -> Result<()> {
        for kind in RecordKind::ALL {
            let ids = |part: &Part| part.dataset.ids(kind).map(str::to_owned).collect::<BTreeSet<_>>();
            let gone: BTreeSet<String> = ids(&self.old).difference(&ids(&self.new)).cloned().collect();
            if gone.is_empty() {
                continue;
            }
            for item in context::unchanged(new, kind, changed, Some(&gone))? {
                if item.id().is_some_and(|id| gone.contains(id)) {
                    // It was there before as well, but the file that went came first or not:
                    // what is left is what counts now.
                    self.new.add(item);
                }
            }
        }
        Ok(())
    }
}
