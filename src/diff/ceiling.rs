//! What the citations of a claim can carry, before and after: also where the claim itself is as it
//! was, and only a source or a publisher changed.

use super::{Because, Bump, Change, Record, Verb, Weight};
use crate::{
    confidence::{Assessment, Evidence},
    model::{Citation, Claim, Confidence, Dataset, Entry, Policy, Publisher, Source},
};
use serde_json::Value;
use std::collections::BTreeSet;

/// Whether a change of a source may move the ceiling of a claim that cites it.
#[must_use]
pub fn source_moves(old: &Source, new: &Source) -> bool {
    old.publisher != new.publisher
        || old.reliability != new.reliability
        || old.derived_from != new.derived_from
        || old.is_retracted() != new.is_retracted()
        || old.issued != new.issued
}

/// Whether a change of a publisher may move the ceiling of a claim that cites a source of it.
#[must_use]
pub fn publisher_moves(old: &Publisher, new: &Publisher) -> bool {
    old.reliability != new.reliability || old.voice() != new.voice() || old.kind != new.kind
}

/// Whether what changed in a claim itself may move its ceiling, or lose it a group.
#[must_use]
pub fn ceiling_may_move(old: &Claim, new: &Claim, policy: &Policy) -> bool {
    let evidence = |claim: &Claim| -> Vec<_> {
        let one = |c: &Citation| (c.source.clone(), c.stance.clone(), c.directness.clone());
        claim.citations.iter().map(one).collect()
    };
    // An event does not age, nor does what had come to an end.
    let ages = || {
        let ended = |claim: &Claim| {
            let end = claim.date.span().and_then(|span| span.latest);
            end.zip(claim.reviewed_day()).is_some_and(|(end, reviewed)| end <= reviewed)
        };
        policy.age_months.contains_key(&new.kind) && !(ended(old) && ended(new))
    };
    old.stands()
        && new.stands()
        && (old.kind != new.kind
            || (old.date != new.date || old.reviewed != new.reviewed) && ages()
            || old.citations != new.citations && evidence(old) != evidence(new))
}

/// Both versions of a dataset, with what is known of their sources.
pub struct Ceilings<'d> {
    old: (&'d Dataset, Evidence<'d>),
    new: (&'d Dataset, Evidence<'d>),
    /// Sources that carry something else than they did.
    moved: BTreeSet<&'d str>,
    policy: bool,
}

impl<'d> Ceilings<'d> {
    pub fn new(old: &'d Dataset, new: &'d Dataset) -> Self {
        let (before, after) = (Evidence::new(old), Evidence::new(new));
        let both = old.sources.keys().filter(|id| new.sources.contains_key(*id));
        let moved = both.map(String::as_str).filter(|id| before.differs(&after, id)).collect();
        Self { moved, policy: old.policy != new.policy, old: (old, before), new: (new, after) }
    }

    /// What moved for one claim; `own` is what changed in the claim itself.
    pub fn changes(&self, old: &Entry<Claim>, new: &Entry<Claim>, own: &[Change]) -> Vec<Change> {
        let cited = || new.record.citations.iter().map(|citation| citation.source.as_str());
        let may = !own.is_empty() || self.policy || cited().any(|id| self.moved.contains(id));
        if !may || !old.record.stands() || !new.record.stands() {
            return Vec::new();
        }
        let (Some(before), Some(after)) = (self.old.1.assess(old), self.new.1.assess(new)) else {
            return Vec::new();
        };
        let id = new.record.id.as_str();
        let change = |verb, weight, field, of: fn(&Assessment) -> Option<Value>| {
            Change::of(Record::Claim, id, verb, weight, Bump::Minor)
                .field(field, of(&before), of(&after))
                .because(self.because(weight, own, new, of))
        };
        let mut found = Vec::new();
        if before.ceiling != after.ceiling {
            let (verb, weight) = if rank(&after) > rank(&before) {
                (Verb::CeilingLowered, Weight::Weakens)
            } else {
                (Verb::CeilingRaised, Weight::Strengthens)
            };
            found.push(change(verb, weight, "ceiling", word));
        }
        if after.support.len() < before.support.len() {
            let verb = Verb::IndependentSupportLost;
            found.push(change(verb, Weight::Weakens, "groups", |it| Some(it.support.len().into())));
        }
        found
    }

    /// What moved it: a citation of the claim itself, a source or publisher, or the policy. `of` is
    /// what moved.
    fn because(
        &self,
        weight: Weight,
        own: &[Change],
        claim: &Entry<Claim>,
        of: fn(&Assessment) -> Option<Value>,
    ) -> Option<Because> {
        let citation = |change: &&Change| {
            change.weight == weight && matches!(change.because, Some(Because::Citation { .. }))
        };
        if let Some(change) = own.iter().find(citation) {
            return change.because.clone();
        }
        let cited = claim.record.citations.iter().map(|citation| citation.source.as_str());
        let moved: Vec<&str> = cited.filter(|id| self.moved.contains(id)).collect();
        let evidence = &self.new.1;
        let now = evidence.assess(claim).and_then(|now| of(&now));
        // Of several, the first without whose change it would not have come to this.
        let decides = |id: &&&str| {
            let otherwise = evidence.assess_but(claim, &self.old.1, id);
            otherwise.is_some_and(|otherwise| of(&otherwise) != now)
        };
        match (moved.iter().find(decides), self.policy) {
            (Some(id), _) => Some(self.origin(id)),
            (None, true) => Some(Because::Policy),
            (None, false) => moved.first().map(|id| self.origin(id)),
        }
    }

    /// What changed about a source that carries something else: its publisher, itself, or a source
    /// that it repeats.
    fn origin(&self, id: &str) -> Because {
        let publisher = |dataset: &'d Dataset| {
            let source = dataset.sources.get(id)?;
            dataset.publishers.get(&source.record.publisher).map(|entry| &entry.record)
        };
        if let (Some(old), Some(new)) = (publisher(self.old.0), publisher(self.new.0))
            && old.id == new.id
            && publisher_moves(old, new)
        {
            return Because::Publisher { id: new.id.clone() };
        }
        Because::Source { id: id.to_owned() }
    }
}

/// The place of a ceiling from the best; none at all is the worst.
fn rank(assessment: &Assessment) -> (bool, Option<Confidence>) {
    (assessment.ceiling.is_none(), assessment.ceiling.clone())
}

fn word(assessment: &Assessment) -> Option<Value> {
    assessment.ceiling.as_ref().map(|ceiling| ceiling.as_str().into())
}
