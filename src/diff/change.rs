//! One change: what it does to which record, what it means and what explains it.

use super::Verb;
use crate::model::RecordKind;
use serde::Serialize;
use serde_json::Value;
use std::cmp::Ordering;

/// What a change means for how much the dataset asserts, and how well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// It asserts less, or has less to show for it.
    Weakens,
    /// Neither.
    Neutral,
    /// It asserts more, or has more to show for it.
    Strengthens,
}

/// The part of a version number that a change moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// None: nothing changed.
    #[default]
    None,
    /// The third: notes, reviews, details of sources.
    Patch,
    /// The second: what is asserted, or what it rests on.
    Minor,
    /// The first: what readers rely on is gone.
    Major,
}

impl Bump {
    /// `none`, `patch`, `minor` or `major`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Weight {
    /// The weight of a move to something better, as good, or worse.
    pub(super) fn of(better: Ordering) -> Self {
        match better {
            Ordering::Greater => Self::Strengthens,
            Ordering::Equal => Self::Neutral,
            Ordering::Less => Self::Weakens,
        }
    }

    /// `weakens`, `neutral` or `strengthens`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Weakens => "weakens",
            Self::Neutral => "neutral",
            Self::Strengthens => "strengthens",
        }
    }
}

/// What kind of record changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Record {
    /// A claim.
    Claim,
    /// A source.
    Source,
    /// A publisher.
    Publisher,
    /// A subject.
    Subject,
    /// A schema of the repository; its id is the name of its file, without extensions.
    Schema,
    /// `dataset.json` or `waivers.json`; the id is the dataset's name.
    Dataset,
}

impl Record {
    /// `claim`, `source`, `publisher`, `subject`, `schema` or `dataset`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Source => "source",
            Self::Publisher => "publisher",
            Self::Subject => "subject",
            Self::Schema => "schema",
            Self::Dataset => "dataset",
        }
    }
}

impl From<RecordKind> for Record {
    fn from(kind: RecordKind) -> Self {
        match kind {
            RecordKind::Claim => Self::Claim,
            RecordKind::Source => Self::Source,
            RecordKind::Publisher => Self::Publisher,
            RecordKind::Subject => Self::Subject,
        }
    }
}

/// What explains a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// A citation came, went or changed.
    Citation {
        /// Id of the source it names.
        source: String,
    },
    /// A correction was published.
    Correction {
        /// Its day.
        date: String,
        /// What was wrong.
        note: String,
    },
    /// A source that is cited changed.
    Source {
        /// Its id.
        id: String,
    },
    /// The publisher of a source that is cited changed.
    Publisher {
        /// Its id.
        id: String,
    },
    /// Another claim takes its place.
    Claim {
        /// Its id.
        id: String,
    },
    /// The thresholds of `dataset.json` changed.
    Policy,
    /// The record itself says why.
    Note {
        /// Since when.
        date: Option<String>,
        /// Why.
        text: String,
    },
    /// A commit says why.
    Commit {
        /// Its id.
        id: String,
        /// The first line of its message.
        subject: String,
    },
}

/// One change of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What it does.
    pub verb: Verb,
    /// What it means.
    pub weight: Weight,
    /// The version bump it asks for.
    pub bump: Bump,
    /// The kind of record.
    pub record: Record,
    /// The record's id.
    pub id: String,
    /// What changed in it: a key of the record, with `/` before a part of its value. Parts of lists
    /// go by what names them, as in `citations/SOURCE/shows`. None where it is the whole record.
    pub field: Option<String>,
    /// What stood there; none where there was nothing.
    pub old: Option<Value>,
    /// What stands there; none where there is nothing.
    pub new: Option<Value>,
    /// What explains it.
    pub because: Option<Because>,
}

impl Change {
    /// A change of a whole record, without values.
    #[must_use]
    pub fn of(record: Record, id: &str, verb: Verb, weight: Weight, bump: Bump) -> Self {
        Self {
            verb,
            weight,
            bump,
            record,
            id: id.to_owned(),
            field: None,
            old: None,
            new: None,
            because: None,
        }
    }

    /// The same for one field, with its values.
    #[must_use]
    pub fn field(
        mut self,
        field: impl Into<String>,
        old: Option<Value>,
        new: Option<Value>,
    ) -> Self {
        self.field = Some(field.into());
        self.old = old;
        self.new = new;
        self
    }

    /// The same with what explains it.
    #[must_use]
    pub fn because(mut self, because: Option<Because>) -> Self {
        self.because = because;
        self
    }
}
