//! Which members of records refer to something, and to what.

use super::{Dataset, RecordKind};

/// What a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A record of this kind.
    Record(RecordKind),
    /// A topic of `dataset.json`.
    Topic,
    /// A unit of `dataset.json`.
    Unit,
}

impl Target {
    /// What the member of a record with this pointer refers to, if it is a reference. Entries of
    /// lists count from `0`.
    #[must_use]
    pub fn of(kind: RecordKind, pointer: &str) -> Option<Self> {
        let mut tokens =
            pointer.split('/').skip(1).filter(|t| !t.bytes().all(|b| b.is_ascii_digit()));
        let path = (tokens.next()?, tokens.next());
        Some(match (kind, path) {
            (RecordKind::Claim, ("subjects", None)) => Self::Record(RecordKind::Subject),
            (RecordKind::Claim, ("topics", None)) => Self::Topic,
            (RecordKind::Claim, ("quantity", Some("unit"))) => Self::Unit,
            (RecordKind::Claim, ("citations", Some("source")))
            | (RecordKind::Source, ("derived_from", None)) => Self::Record(RecordKind::Source),
            (RecordKind::Claim, ("relations", Some("claim"))) => Self::Record(RecordKind::Claim),
            (RecordKind::Source, ("publisher", None)) => Self::Record(RecordKind::Publisher),
            _ => return None,
        })
    }

    /// Whether the member with this pointer lists references.
    #[must_use]
    pub fn lists(pointer: &str) -> bool {
        matches!(pointer, "/subjects" | "/topics" | "/derived_from")
    }

    /// `source`, `topic` and so on.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Record(kind) => kind.as_str(),
            Self::Topic => "topic",
            Self::Unit => "unit",
        }
    }
}

impl Dataset {
    /// Whether what a reference leads to has this id, even if it cannot be read.
    #[must_use]
    pub fn leads(&self, target: Target, id: &str) -> bool {
        let words = self.meta.as_ref().map(|meta| &meta.record);
        match target {
            Target::Record(kind) => self.is_named(kind, id),
            Target::Topic => words.is_some_and(|meta| meta.topics.get(id).is_some()),
            Target::Unit => words.is_some_and(|meta| meta.units.get(id).is_some()),
        }
    }
}
