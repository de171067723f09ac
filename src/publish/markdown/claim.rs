//! A claim as pages show it: in full on one page, in brief on all others.

use super::{
    book::{Book, Link},
    cited::Cited,
    evidence::Evidence,
};
use crate::{
    model::{Claim, Correction, Quantity, Vocabulary},
    templates::{Safe, anchor},
    text::shorten,
};
use serde::Serialize;
use std::borrow::Cow;

/// How many characters of a claim name it in a link.
const NAME: usize = 120;

/// A claim in brief.
#[derive(Serialize)]
pub struct Brief<'e> {
    /// As it stands in an anchor.
    pub id: Safe<Cow<'e, str>>,
    pub statement: &'e str,
    pub kind: &'e str,
    pub status: &'e str,
    pub confidence: &'e str,
    pub likelihood: Option<&'e str>,
    pub date: &'e str,
    pub url: Safe<String>,
}

impl<'e> Brief<'e> {
    /// The claim, for a page at `from`.
    pub fn of(book: &Book<'e>, claim: u32, from: &str) -> Self {
        let url = Safe(book.claim_url(claim, from));
        let claim = book.claim(claim).claim;
        Self {
            id: Safe(anchor(&claim.id)),
            statement: &claim.statement,
            kind: claim.kind.as_str(),
            status: claim.status.as_str(),
            confidence: claim.confidence.as_str(),
            likelihood: claim.likelihood.as_deref(),
            date: claim.date.as_str(),
            url,
        }
    }
}

/// A claim in full.
#[derive(Serialize)]
pub struct Full<'e> {
    pub brief: Brief<'e>,
    /// What its sources could carry, where that is more than it declares.
    pub could_be: Option<&'e str>,
    pub quantity: Option<Amount<'e>>,
    pub subjects: Vec<Link<'e>>,
    /// The topics but the one whose page this is.
    pub topics: Vec<Link<'e>>,
    pub confidence_note: Option<&'e str>,
    pub status_date: Option<&'e str>,
    pub status_note: Option<&'e str>,
    pub corrections: &'e [Correction],
    pub reviewed: Option<&'e str>,
    pub review_by: Option<&'e str>,
    pub relations: Vec<Related<'e>>,
    /// None for a tombstone.
    pub evidence: Option<Evidence<'e>>,
}

/// A number with its unit.
#[derive(Serialize)]
pub struct Amount<'e> {
    pub amount: &'e str,
    pub lower: Option<&'e str>,
    pub upper: Option<&'e str>,
    pub label: &'e str,
}

impl<'e> Amount<'e> {
    fn of(quantity: &'e Quantity, units: &'e Vocabulary) -> Self {
        Self {
            amount: &quantity.amount,
            lower: quantity.lower.as_deref(),
            upper: quantity.upper.as_deref(),
            label: units.label(&quantity.unit),
        }
    }
}

/// Another claim, and how this one stands to it.
#[derive(Serialize)]
pub struct Related<'e> {
    /// The word of the relation.
    pub kind: &'e str,
    /// Whether the relation leads from the other claim to this one.
    pub inverse: bool,
    /// The beginning of the other claim's statement; its id where it has none.
    pub title: String,
    pub url: String,
    pub status: &'e str,
}

impl<'e> Full<'e> {
    /// The claim, for a page at `from`.
    pub fn of(book: &Book<'e>, claim: u32, cited: &'e Cited, from: &str) -> Self {
        let computed = book.claim(claim);
        let record = computed.claim;
        let (meta, subjects) = (book.edition.meta, &book.edition.dataset.subjects);
        let home = book.topic_of(claim);
        Self {
            brief: Brief::of(book, claim, from),
            could_be: (computed.assessment.as_ref())
                .and_then(|assessment| assessment.ceiling.as_ref())
                .filter(|ceiling| **ceiling != record.confidence)
                .map(|ceiling| ceiling.as_str()),
            quantity: (record.quantity.as_ref()).map(|quantity| Amount::of(quantity, &meta.units)),
            subjects: (record.subjects.iter())
                .filter_map(|id| subjects.get(id))
                .map(|entry| book.subject_link(&entry.record, from))
                .collect(),
            topics: (record.topics.iter())
                .filter(|id| Some(id.as_str()) != home)
                .map(|id| book.topic_link(id, from))
                .collect(),
            confidence_note: record.confidence_note.as_deref(),
            status_date: record.status_date.as_deref(),
            status_note: record.status_note.as_deref(),
            corrections: &record.corrections,
            reviewed: record.reviewed.as_deref(),
            review_by: record.review_by.as_deref(),
            relations: relations(book, record, from),
            evidence: computed
                .assessment
                .as_ref()
                .map(|assessment| Evidence::of(book, computed, assessment, cited, from)),
        }
    }
}

/// The relations of a claim, both its own and those that lead to it.
fn relations<'e>(book: &Book<'e>, claim: &'e Claim, from: &str) -> Vec<Related<'e>> {
    let own =
        claim.relations.iter().map(|relation| (relation.claim.as_str(), &relation.kind, false));
    let others = book.edition.relations_to.get(claim.id.as_str());
    let others = others.into_iter().flatten().map(|(id, kind)| (*id, *kind, true));
    own.chain(others)
        .filter_map(|(id, kind, inverse)| {
            let other = book.find(id)?;
            let record = book.claim(other).claim;
            Some(Related {
                kind: kind.as_str(),
                inverse,
                title: name(record),
                url: book.claim_url(other, from),
                status: record.status.as_str(),
            })
        })
        .collect()
}

/// What a claim is called in a link.
pub fn name(claim: &Claim) -> String {
    if claim.statement.is_empty() { claim.id.clone() } else { shorten(&claim.statement, NAME) }
}
