//! Two moments of a repository, as far as they differ: what changed is read on both sides, and of
//! the rest only what it takes to tell what the changes mean. The cost follows the change.
//!
//! Reading is lenient: no schema is asked, and a record that is no JSON hides only itself.

mod context;
mod read;
mod released;

pub use released::{Differing, differing, find};

use crate::{
    diff::{Changes, Side, Version, compare},
    error::Result,
    model::Dataset,
    snapshot::{self, Moment},
};
use read::Read;
use std::collections::{BTreeMap, BTreeSet};

/// What two moments differ in.
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
        let ([before, after], same) = read::changed(&changed, [old, new])?;
        let mut between = Self { old: Part::of(old, before), new: Part::of(new, after) };
        let paths: BTreeSet<&str> = changed.iter().map(|changed| changed.path.as_str()).collect();
        context::add(&mut between, &context::Rest { moment: new, changed: paths, same })?;
        Ok(between)
    }

    /// What changed.
    #[must_use]
    pub fn changes(&self) -> Changes {
        compare(self.old.version(), self.new.version())
    }
}

impl Part {
    fn version(&self) -> Version<'_> {
        Version::from(&self.dataset).called(&self.side).schemas(&self.schemas)
    }

    fn of(moment: &Moment, read: Vec<Read>) -> Self {
        let commit = moment.commit().map(|commit| commit.id.clone());
        let mut part = Self { side: Side { rev: moment.name.clone(), commit }, ..Self::default() };
        for read in read {
            match read {
                Read::Item(item) => part.dataset.add(*item),
                Read::Schema(path, text) => {
                    part.schemas.insert(path, text);
                }
                Read::Lines(..) => {}
            }
        }
        part
    }
}
