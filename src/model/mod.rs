//! The records of a dataset as types, read leniently from JSON: what the schema would refuse still
//! loads, as far as it goes, so that one mistake never hides the rest.

mod claim;
mod item;
mod lookup;
mod meta;
mod publisher;
mod read;
mod source;
mod subject;
mod target;
mod waiver;
mod word;

pub use claim::{Citation, Claim, Correction, Quantity, Relation};
pub use item::{Item, MAX_LINES, MAX_RECORD, Which, guess_ids};
pub use lookup::Lookup;
pub use meta::{Label, Maintainer, Meta, Policy, Vocabulary, is_version};
pub use publisher::Publisher;
pub use read::{Extra, Read};
pub use source::{Author, Source};
pub use subject::Subject;
pub use target::Target;
pub use waiver::{Waiver, Waivers};
pub use word::{Confidence, Directness, Kind, Letter, RelationType, SourceStatus, Stance, Status};

use crate::finding::{Origin, Place, Records};
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of record that have an id and a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// `dataset/claims`
    Claim,
    /// `dataset/sources`
    Source,
    /// `dataset/publishers`
    Publisher,
    /// `dataset/subjects`
    Subject,
}

impl RecordKind {
    /// Every kind, in the order of the design.
    pub const ALL: [Self; 4] = [Self::Claim, Self::Source, Self::Publisher, Self::Subject];

    /// `claim`, `source`, `publisher` or `subject`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Source => "source",
            Self::Publisher => "publisher",
            Self::Subject => "subject",
        }
    }

    /// The folder below `dataset/` that holds records of this kind.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Claim => "claims",
            Self::Source => "sources",
            Self::Publisher => "publishers",
            Self::Subject => "subjects",
        }
    }
}

/// A record and where it stands.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// The record.
    pub record: T,
    /// Where it stands.
    pub origin: Origin,
    /// JSON pointers of what the schema refused: rules keep quiet about these parts.
    pub flaws: Vec<String>,
    /// What its file is named after.
    pub named: Named,
}

/// What the file of a record is named after, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// Its id.
    Own,
    /// None of the records in it, which stand one a line.
    Lines,
    /// Another id.
    Other,
}

impl<T> Entry<T> {
    /// A record with which nothing is wrong, and which stands in no file yet.
    #[must_use]
    pub fn sound(record: T) -> Self {
        Self { record, origin: Origin::default(), flaws: Vec::new(), named: Named::Lines }
    }

    /// The place of a part of the record.
    #[must_use]
    pub fn at(&self, pointer: impl Into<String>) -> Place {
        self.origin.at(pointer)
    }

    /// Whether the schema refused the part `pointer` names, something in it or something around it.
    #[must_use]
    pub fn flawed(&self, pointer: &str) -> bool {
        self.flaws.iter().any(|flaw| within(flaw, pointer) || within(pointer, flaw))
    }

    /// Whether the schema refused anything in the record.
    #[must_use]
    pub fn is_flawed(&self) -> bool {
        !self.flaws.is_empty()
    }
}

/// Whether `inner` names `outer` or a part of it.
fn within(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Records by id.
pub type Table<T> = BTreeMap<String, Entry<T>>;

/// A second record with an id that is taken.
#[derive(Clone, Debug)]
pub struct Duplicate {
    /// What kind of record it is.
    pub kind: RecordKind,
    /// The id.
    pub id: String,
    /// Where the one stands that counts: the first whose file is named after the id, or else the first.
    pub first: Origin,
    /// Where this one stands.
    pub again: Origin,
}

/// Everything a repository says, at one moment.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// `dataset.json`
    pub meta: Option<Entry<Meta>>,
    /// The policy of `dataset.json`, with defaults where it is silent.
    pub policy: Policy,
    /// The claims.
    pub claims: Table<Claim>,
    /// The sources.
    pub sources: Table<Source>,
    /// The publishers.
    pub publishers: Table<Publisher>,
    /// The subjects.
    pub subjects: Table<Subject>,
    /// `waivers.json`
    pub waivers: Option<Entry<Waivers>>,
    /// Records whose id another record has.
    pub duplicates: Vec<Duplicate>,
    /// Ids of records that could not be read at all.
    pub broken: BTreeSet<(RecordKind, String)>,
    /// Names of files that are not the id of the record in them.
    pub misnamed: BTreeSet<(RecordKind, String)>,
    /// Kinds of which a record could not be read and its id not be told.
    pub unknown: BTreeSet<RecordKind>,
}

impl Dataset {
    /// Whether there is a record of this kind and id.
    #[must_use]
    pub fn has(&self, kind: RecordKind, id: &str) -> bool {
        match kind {
            RecordKind::Claim => self.claims.contains_key(id),
            RecordKind::Source => self.sources.contains_key(id),
            RecordKind::Publisher => self.publishers.contains_key(id),
            RecordKind::Subject => self.subjects.contains_key(id),
        }
    }

    /// Whether a record of this kind and id exists, or may exist behind one that cannot be read.
    #[must_use]
    pub fn may_exist(&self, kind: RecordKind, id: &str) -> bool {
        self.unknown.contains(&kind) || self.is_named(kind, id)
    }

    /// Whether a record or its file has this id, even if it cannot be read.
    #[must_use]
    pub fn is_named(&self, kind: RecordKind, id: &str) -> bool {
        self.has(kind, id)
            || [&self.broken, &self.misnamed]
                .iter()
                .any(|set| !set.is_empty() && set.contains(&(kind, id.to_owned())))
    }

    /// Whether records of this kind are missing because they could not be read.
    #[must_use]
    pub fn has_gaps(&self, kind: RecordKind) -> bool {
        self.unknown.contains(&kind) || self.broken.iter().any(|(broken, _)| *broken == kind)
    }

    /// The ids of one kind, in order.
    pub fn ids(&self, kind: RecordKind) -> Box<dyn Iterator<Item = &str> + '_> {
        match kind {
            RecordKind::Claim => Box::new(self.claims.keys().map(String::as_str)),
            RecordKind::Source => Box::new(self.sources.keys().map(String::as_str)),
            RecordKind::Publisher => Box::new(self.publishers.keys().map(String::as_str)),
            RecordKind::Subject => Box::new(self.subjects.keys().map(String::as_str)),
        }
    }

    /// How many records there are.
    #[must_use]
    pub fn records(&self) -> Records {
        Records {
            claims: self.claims.len(),
            sources: self.sources.len(),
            publishers: self.publishers.len(),
            subjects: self.subjects.len(),
        }
    }
}
