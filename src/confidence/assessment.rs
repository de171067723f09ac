//! What is said of the citations of one claim.

use crate::{
    date::Day,
    model::{Confidence, Letter, Publisher, Source},
};

/// What the citations of one claim can carry.
#[derive(Clone, Debug)]
pub struct Assessment<'d> {
    /// The highest confidence the claim may declare; none without usable support.
    pub ceiling: Option<Confidence>,
    /// The line of the table that the support reaches.
    pub line: Line,
    /// What lowers that, in order.
    pub limits: Vec<Limit>,
    /// The independent groups of supporting sources.
    pub support: Vec<Group<'d>>,
    /// The groups of contradicting sources that count.
    pub against: Vec<Group<'d>>,
    /// Citations that count neither way, by index, and why.
    pub left_out: Vec<(usize, LeftOut)>,
}

/// Sources that count as one voice.
#[derive(Clone, Debug)]
pub struct Group<'d> {
    /// The best letter among its members.
    pub letter: Letter,
    /// The citations in it.
    pub members: Vec<Member<'d>>,
    /// Why they are one: each member after the first that another one explains.
    pub joins: Vec<Join<'d>>,
}

impl Group<'_> {
    /// Whether a member is a primary citation of at least this letter.
    pub(super) fn has_primary(&self, least: &Letter) -> bool {
        self.members.iter().any(|member| member.primary && member.letter.reaches(least))
    }
}

/// A citation in a group.
#[derive(Clone, Debug)]
pub struct Member<'d> {
    /// Its index in the claim's citations.
    pub citation: usize,
    /// The source.
    pub source: &'d Source,
    /// The publisher of the source.
    pub publisher: &'d Publisher,
    /// The effective letter: the worse of the publisher's and the source's own.
    pub letter: Letter,
    /// Whether the citation is primary.
    pub primary: bool,
}

/// Why two citations are one voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join<'d> {
    /// The two citations, by index.
    pub citations: (usize, usize),
    /// What they share.
    pub shared: Shared<'d>,
}

/// What makes two sources one voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shared<'d> {
    /// The publisher, or the owner of their publishers.
    Owner(&'d str),
    /// A source that both repeat, or that one of them is.
    Root(&'d str),
}

/// Why a citation counts neither way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// It only gives context.
    Context,
    /// The source was retracted.
    Retracted,
    /// The source is unreliable (E).
    Unreliable,
    /// A contradicting source that is not judged (F).
    Unjudged,
    /// A contradicting source beside which no support counts that it could outweigh.
    Unopposed,
    /// A contradicting source too much worse than the best support.
    TooWeak,
}

impl LeftOut {
    /// Its word, for templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Context => "context",
            Self::Retracted => "retracted",
            Self::Unreliable => "unreliable",
            Self::Unjudged => "unjudged",
            Self::Unopposed => "unopposed",
            Self::TooWeak => "too-weak",
        }
    }
}

/// The lines of the table, from the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// High: enough good groups and a primary citation among them.
    Corroborated,
    /// High: the source is the act itself.
    Act,
    /// Moderate: enough fair groups.
    Credible,
    /// Moderate: one good group with a primary citation.
    FirstHand,
    /// Low: somebody says so.
    Said,
    /// Nothing that counts.
    Nothing,
}

impl Line {
    /// Its word, for templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Corroborated => "corroborated",
            Self::Act => "act",
            Self::Credible => "credible",
            Self::FirstHand => "first-hand",
            Self::Said => "said",
            Self::Nothing => "nothing",
        }
    }

    /// The confidence the line carries.
    #[must_use]
    pub fn carries(self) -> Option<Confidence> {
        match self {
            Self::Corroborated | Self::Act => Some(Confidence::High),
            Self::Credible | Self::FirstHand => Some(Confidence::Moderate),
            Self::Said => Some(Confidence::Low),
            Self::Nothing => None,
        }
    }
}

/// What holds a ceiling below what the support would carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The kind of claim never carries more than moderate.
    Kind,
    /// The claim is still running and its newest source is too old.
    Age {
        /// The last day the newest source may have been issued.
        newest: Day,
        /// How many months old a source may be.
        months: u32,
    },
    /// Contradicting groups count.
    Dispute {
        /// How many groups support the claim.
        support: usize,
        /// How many contradict it.
        against: usize,
    },
}

/// One citation that is not there, for asking what it would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The letter its source would need.
    pub letter: Letter,
    /// Whether it would have to be primary.
    pub primary: bool,
    /// The ceiling with it.
    pub ceiling: Confidence,
}
