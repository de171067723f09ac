//! Everything that changed between two versions.

use super::{Bump, Change, Record, Verb, Weight};
use std::collections::{BTreeMap, BTreeSet};

/// One of the two versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// What it was called: a revision's name, `working tree` or `index`.
    pub rev: String,
    /// The commit; none for a folder or the index.
    pub commit: Option<String>,
}

/// What readers want to know of a record that a change names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// A claim's statement, a source's title, the name of anything else.
    pub name: String,
    /// Ids of the topics of a claim, in either version.
    pub topics: BTreeSet<String>,
    /// Ids of the subjects of a claim, in either version.
    pub subjects: BTreeSet<String>,
    /// Ids of the sources that a claim cites, in either version.
    pub sources: BTreeSet<String>,
}

/// Everything that changed between two versions.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The older version.
    pub old: Side,
    /// The newer version.
    pub new: Side,
    /// The version bump that the changes ask for, those that were left out since included.
    pub bump: Bump,
    /// The first change that asks for the whole bump; none where there is none.
    pub forced_by: Option<Change>,
    /// The changes: what weakens first, then by record and id.
    pub changes: Vec<Change>,
    /// What is known of the records that changes name.
    pub about: BTreeMap<(Record, String), About>,
    /// Records that cannot be read in one of the versions, and are not compared.
    pub unread: BTreeSet<(Record, String)>,
}

impl Changes {
    /// Puts changes in order and works out the bump.
    pub(super) fn arrange(&mut self) {
        let key = |change: &Change| (change.weight != Weight::Weakens, change.record);
        self.changes.sort_by(|a, b| {
            key(a)
                .cmp(&key(b))
                .then_with(|| a.id.cmp(&b.id))
                .then_with(|| a.verb.cmp(&b.verb))
                .then_with(|| a.field.cmp(&b.field))
        });
        self.bump = self.changes.iter().map(|change| change.bump).max().unwrap_or_default();
        self.forced_by = self.changes.iter().find(|change| change.bump == self.bump).cloned();
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many changes have each verb.
    #[must_use]
    pub fn summary(&self) -> BTreeMap<Verb, usize> {
        let mut summary = BTreeMap::new();
        for change in &self.changes {
            *summary.entry(change.verb).or_default() += 1;
        }
        summary
    }

    /// The ids of the claims that have a change of this weight.
    #[must_use]
    pub fn claims(&self, weight: Weight) -> BTreeSet<&str> {
        self.changes
            .iter()
            .filter(|change| change.record == Record::Claim && change.weight == weight)
            .map(|change| change.id.as_str())
            .collect()
    }

    /// What readers know a record by: a claim's statement, a source's title, a name; its id where
    /// nothing is known of it.
    #[must_use]
    pub fn name<'c>(&'c self, record: Record, id: &'c str) -> &'c str {
        let about = self.about.get(&(record, id.to_owned()));
        about.map(|about| about.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(id)
    }
}
