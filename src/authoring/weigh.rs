//! What the citations of a claim can carry before it is written.

use super::Draft;
use crate::{
    confidence::Evidence,
    document::Json,
    model::{Claim, Confidence, Dataset, Entry, Publisher, Read, RecordKind, Source},
    rules,
};
use std::fmt;

/// The most the citations can carry, and why; none where that cannot be told yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceiling {
    /// The ceiling; none where no source counts.
    pub confidence: Option<Confidence>,
    /// What the support amounts to.
    pub because: String,
}

impl fmt::Display for Ceiling {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.confidence {
            Some(most) => write!(f, "the citations can carry `{most}` at most: {}", self.because),
            None => write!(f, "the citations carry nothing yet: {}", self.because),
        }
    }
}

/// Weighs the citations of `claim`, with other drafts beside it in the dataset.
#[must_use]
pub fn ceiling(dataset: &Dataset, beside: &[Draft], claim: &Draft) -> Option<Ceiling> {
    let mut with = Dataset {
        policy: dataset.policy.clone(),
        sources: dataset.sources.clone(),
        publishers: dataset.publishers.clone(),
        ..Dataset::default()
    };
    for draft in beside {
        let id = draft.id().to_owned();
        match draft.kind {
            RecordKind::Source => drop(with.sources.insert(id, draft.read(entry::<Source>))),
            RecordKind::Publisher => {
                drop(with.publishers.insert(id, draft.read(entry::<Publisher>)));
            }
            RecordKind::Claim | RecordKind::Subject => {}
        }
    }
    let claim = claim.read(entry::<Claim>);
    if claim.record.citations.is_empty() {
        return None;
    }
    let assessment = Evidence::new(&with).assess(&claim)?;
    let because = rules::support_in_words(&assessment);
    Some(Ceiling { confidence: assessment.ceiling, because })
}

fn entry<T: Read>(json: &Json) -> Entry<T> {
    Entry::sound(T::read(json))
}
