//! What a change does, in one word, with what a version bump makes of it. `docs/diff.md` shows this
//! table.

use super::{Bump, Weight};

/// Defines the verbs with their words and their lines of the table.
macro_rules! verbs {
    ($($(#[doc = $doc:literal])+ $verb:ident = $word:literal, $about:expr, [$($weight:ident),+], [$($bump:ident),+];)+) => {
        /// What a change does. The order is that in which changes of one record are told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Verb {
            $($(#[doc = $doc])+ $verb,)+
        }

        /// Every verb, in order.
        pub const VERBS: &[VerbInfo] = &[
            $(VerbInfo {
                verb: Verb::$verb,
                word: $word,
                of: $about,
                about: concat!($($doc),+),
                weights: &[$(Weight::$weight),+],
                bumps: &[$(Bump::$bump),+],
            },)+
        ];

        impl Verb {
            /// The word of the verb, such as `confidence-raised`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$verb => $word,)+
                }
            }
        }
    };
}

/// A line of the table of verbs.
pub struct VerbInfo {
    /// The verb.
    pub verb: Verb,
    /// Its word.
    pub word: &'static str,
    /// The records it is said of.
    pub of: Of,
    /// What it says.
    pub about: &'static str,
    /// The weights it can have.
    pub weights: &'static [Weight],
    /// The bumps it can ask for.
    pub bumps: &'static [Bump],
}

/// The records a verb is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Any record.
    Any,
    /// Claims.
    Claims,
    /// Any record but claims.
    Records,
    /// Sources and publishers.
    Evidence,
    /// Schemas.
    Schemas,
}

impl Of {
    /// The records in words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any record",
            Self::Claims => "claims",
            Self::Records => "sources, publishers, subjects, schemas, the dataset",
            Self::Evidence => "sources and publishers",
            Self::Schemas => "schemas",
        }
    }
}

verbs! {
    /// It was not there before.
    Added = "added", Of::Any, [Strengthens, Neutral, Weakens], [Minor, Patch];
    /// It is no longer there, nor is a tombstone of it.
    Removed = "removed", Of::Any, [Weakens, Neutral, Strengthens], [Major, Patch];
    /// Only a tombstone is left of it.
    Tombstoned = "tombstoned", Of::Claims, [Weakens], [Minor];
    /// It was wrong.
    Retracted = "retracted", Of::Claims, [Weakens], [Minor];
    /// Evidence contradicts it.
    Disputed = "disputed", Of::Claims, [Weakens], [Minor];
    /// A newer claim replaces it.
    Superseded = "superseded", Of::Claims, [Neutral], [Minor];
    /// It stands again.
    Reinstated = "reinstated", Of::Claims, [Strengthens], [Minor];
    /// Its statement or its likelihood reads differently.
    Restated = "restated", Of::Claims, [Neutral], [Minor];
    /// It states another number, unit or range.
    QuantityChanged = "quantity-changed", Of::Claims, [Neutral], [Minor];
    /// Its date was narrowed, widened or moved.
    DateChanged = "date-changed", Of::Claims, [Strengthens, Neutral, Weakens], [Minor];
    /// It declares less confidence.
    ConfidenceLowered = "confidence-lowered", Of::Claims, [Weakens], [Minor];
    /// It declares more confidence.
    ConfidenceRaised = "confidence-raised", Of::Claims, [Strengthens], [Minor];
    /// Its citations can carry less.
    CeilingLowered = "ceiling-lowered", Of::Claims, [Weakens], [Minor];
    /// Its citations can carry more.
    CeilingRaised = "ceiling-raised", Of::Claims, [Strengthens], [Minor];
    /// Fewer independent groups of sources support it.
    IndependentSupportLost = "independent-support-lost", Of::Claims, [Weakens], [Minor];
    /// It cites one source less.
    CitationRemoved = "citation-removed", Of::Claims, [Weakens, Neutral], [Minor];
    /// It cites a source more.
    CitationAdded = "citation-added", Of::Claims, [Strengthens, Neutral, Weakens], [Minor];
    /// It cites a source otherwise: the stance, the directness or the words.
    CitationChanged = "citation-changed", Of::Claims, [Strengthens, Neutral, Weakens], [Minor, Patch];
    /// Its kind, subjects, topics or relations changed.
    Reclassified = "reclassified", Of::Claims, [Neutral], [Minor];
    /// A correction of a released version was published with it; weakens where one was rewritten.
    Corrected = "corrected", Of::Claims, [Neutral, Weakens], [Patch];
    /// Somebody opened its sources again; weakens where an earlier day is given.
    Reviewed = "reviewed", Of::Claims, [Strengthens, Weakens], [Patch];
    /// A note, a date of review, an order or a key of the dataset's own changed, or its status is
    /// a word that is none.
    Annotated = "annotated", Of::Claims, [Neutral], [Patch, Minor];
    /// It is more or less reliable than was thought.
    ReliabilityChanged = "reliability-changed", Of::Evidence, [Strengthens, Neutral, Weakens], [Minor];
    /// Its publisher withdrew it.
    SourceRetracted = "source-retracted", Of::Evidence, [Weakens], [Minor];
    /// A field of it changed.
    Edited = "edited", Of::Records, [Neutral, Strengthens, Weakens], [Major, Minor, Patch];
    /// Records have a field less.
    FieldRemoved = "field-removed", Of::Schemas, [Neutral], [Major];
    /// A field holds another type of value.
    FieldRetyped = "field-retyped", Of::Schemas, [Neutral], [Major];
    /// A field may be missing that was always there.
    FieldOptional = "field-optional", Of::Schemas, [Neutral], [Major];
    /// A field may no longer be missing.
    FieldRequired = "field-required", Of::Schemas, [Neutral], [Minor];
    /// Records have a field more.
    FieldAdded = "field-added", Of::Schemas, [Neutral], [Minor];
    /// A field lost one of its words.
    ValueRemoved = "value-removed", Of::Schemas, [Neutral], [Major];
    /// A field gained a word.
    ValueAdded = "value-added", Of::Schemas, [Neutral], [Minor];
}

impl Verb {
    /// The verb of a word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        VERBS.iter().find(|info| info.word == word).map(|info| info.verb)
    }
}

impl serde::Serialize for Verb {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
