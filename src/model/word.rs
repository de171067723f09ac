//! Closed vocabularies, read leniently: a word the schema does not know is kept as it is, so that
//! old tools load new data and one wrong word does not hide a record.

/// Defines an enum of words with `Other` for the rest.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A word that is none of these; empty where the field is missing.
            Other(Box<str>),
            /// The field is missing or no text.
            #[default]
            Missing,
        }

        impl $name {
            /// Every known word, in the order of the schema.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// Reads a word.
            #[must_use]
            pub fn lenient(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    _ => Self::Other(word.into()),
                }
            }

            /// The word where it is a known one; else empty.
            #[must_use]
            pub fn as_static(&self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(_) | Self::Missing => "",
                }
            }

            /// Whether the field is missing or no text.
            #[must_use]
            pub fn is_missing(&self) -> bool {
                *self == Self::Missing
            }

            /// The word; empty where the field is missing.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                    Self::Missing => "",
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

words! {
    /// How good the evidence for a claim is; ordered from the best.
    Confidence {
        /// Good, independent and partly first-hand evidence agrees.
        High = "high",
        /// Credible, but of one origin, second-hand, ageing or disputed.
        Moderate = "moderate",
        /// Someone said so.
        Low = "low",
    }
}

impl Confidence {
    /// The STIX 2.1 number of the word (appendix A, "None / Low / Med / High").
    #[must_use]
    pub fn stix(&self) -> Option<u8> {
        match self {
            Self::High => Some(85),
            Self::Moderate => Some(50),
            Self::Low => Some(15),
            Self::Other(_) | Self::Missing => None,
        }
    }
}

words! {
    /// What sort of statement a claim is.
    Kind {
        /// Something that happened.
        Event = "event",
        /// How things stand.
        State = "state",
        /// A counted or measured number.
        Measurement = "measurement",
        /// What someone undertook to do.
        Commitment = "commitment",
        /// What someone expects.
        Forecast = "forecast",
        /// A judgement.
        Assessment = "assessment",
    }
}

words! {
    /// Where a claim is in its life.
    Status {
        /// It stands.
        Active = "active",
        /// Evidence contradicts it.
        Disputed = "disputed",
        /// A newer claim replaces it.
        Superseded = "superseded",
        /// It was wrong.
        Retracted = "retracted",
        /// Only the tombstone is left.
        Removed = "removed",
    }
}

words! {
    /// What a citation does for its claim.
    Stance {
        /// It supports it.
        Supports = "supports",
        /// It contradicts it.
        Contradicts = "contradicts",
        /// It gives context.
        Context = "context",
    }
}

words! {
    /// How near a source is to what it shows.
    Directness {
        /// The act or the measurement itself, or first-hand.
        Primary = "primary",
        /// A report of it.
        Secondary = "secondary",
    }
}

words! {
    /// How one claim stands to another.
    RelationType {
        /// It supports the other.
        Supports = "supports",
        /// They cannot both be right.
        Contradicts = "contradicts",
        /// It replaces the other, older one.
        Supersedes = "supersedes",
        /// It is a part of the other.
        PartOf = "part_of",
    }
}

words! {
    /// Reliability on the Admiralty scale, from the best.
    Letter {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Not judged yet.
        F = "F",
    }
}

impl Letter {
    /// Whether this letter is `least` or better. F, not judged, is better than nothing but E.
    #[must_use]
    pub fn reaches(&self, least: &Self) -> bool {
        self.rank() <= least.rank()
    }

    /// The place of the letter from the best, 0; F, not judged, stands between D and E.
    #[must_use]
    pub fn rank(&self) -> u8 {
        match self {
            Self::A => 0,
            Self::B => 1,
            Self::C => 2,
            Self::D => 3,
            Self::F => 4,
            Self::E => 5,
            Self::Other(_) | Self::Missing => 6,
        }
    }

    /// The worse of two letters.
    #[must_use]
    pub fn worse(&self, other: &Self) -> Self {
        if self.rank() >= other.rank() { self.clone() } else { other.clone() }
    }
}

words! {
    /// What has become of a source.
    SourceStatus {
        /// Its publisher corrected it.
        Corrected = "corrected",
        /// Its publisher withdrew it.
        Retracted = "retracted",
        /// It can no longer be had.
        Unavailable = "unavailable",
    }
}
