//! The page of disagreements: claims that contradict one another, and claims whose sources do, side
//! by side.

use super::{
    Page, Paged,
    address::{DISAGREEMENTS, page_path},
    book::{Book, entry_pages},
    cited::Cited,
    claim::Brief,
    evidence::Evidence,
    write_pages,
};
use crate::{
    error::Result,
    model::{RelationType, Stance},
    publish::Sink,
};
use serde::Serialize;
use std::collections::BTreeSet;

const TEMPLATE: &str = "report/disagreements.md";

/// A disagreement, by the places of its claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disagreement {
    /// Two claims contradict one another.
    Claims(u32, u32),
    /// Sources contradict a claim.
    Sources(u32),
}

#[derive(Serialize)]
struct DisagreementsPage<'e> {
    page: Page<'e>,
    /// Of all pages.
    pairs_in_all: usize,
    disputes_in_all: usize,
    pairs: Vec<Pair<'e>>,
    disputes: Vec<Dispute<'e>>,
}

/// Two claims that contradict one another.
#[derive(Serialize)]
struct Pair<'e> {
    one: Brief<'e>,
    other: Brief<'e>,
}

/// A claim with what supports and what contradicts it.
#[derive(Serialize)]
struct Dispute<'e> {
    claim: Brief<'e>,
    note: Option<&'e str>,
    evidence: Option<Evidence<'e>>,
}

impl Paged for DisagreementsPage<'_> {
    fn page(&self) -> &Page<'_> {
        &self.page
    }
}

/// Every disagreement: pairs of claims first, then claims with their sources, in order of id.
/// Removed claims say nothing that could be contradicted, and where one of a pair is superseded or
/// retracted, it is settled.
pub fn all(book: &Book) -> Vec<Disagreement> {
    let mut pairs = BTreeSet::new();
    let mut disputes = Vec::new();
    let places = 0_u32..;
    for (place, computed) in places.zip(&book.edition.claims) {
        let claim = computed.claim;
        if claim.is_removed() {
            continue;
        }
        for relation in &claim.relations {
            let other = book.find(&relation.claim).filter(|other| *other != place);
            if let Some(other) = other.filter(|_| relation.kind == RelationType::Contradicts)
                && claim.stands()
                && book.claim(other).claim.stands()
            {
                pairs.insert((place.min(other), place.max(other)));
            }
        }
        if claim.citations.iter().any(|citation| citation.stance == Stance::Contradicts) {
            disputes.push(Disagreement::Sources(place));
        }
    }
    let pairs = pairs.into_iter().map(|(one, other)| Disagreement::Claims(one, other));
    pairs.chain(disputes).collect()
}

/// Writes the pages; there is none where everything agrees.
pub fn write(book: &Book, all: &[Disagreement], sink: &mut dyn Sink) -> Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    let pages: Vec<_> = entry_pages(all).enumerate().collect();
    let of = pages.len();
    let disputed = all.iter().filter_map(|one| match one {
        Disagreement::Sources(claim) => Some(*claim),
        Disagreement::Claims(..) => None,
    });
    let cited = Cited::new(book, disputed, &page_path(DISAGREEMENTS, 1))?;
    let pairs = all.iter().filter(|one| matches!(one, Disagreement::Claims(..))).count();
    write_pages(book, sink, TEMPLATE, &pages, |(i, here)| {
        let mut page = DisagreementsPage {
            page: Page::new(book, DISAGREEMENTS, i + 1, of),
            pairs_in_all: pairs,
            disputes_in_all: all.len() - pairs,
            pairs: Vec::new(),
            disputes: Vec::new(),
        };
        for disagreement in *here {
            page.add(book, *disagreement, &cited);
        }
        page
    })
}

impl<'e> DisagreementsPage<'e> {
    fn add(&mut self, book: &Book<'e>, disagreement: Disagreement, cited: &'e Cited) {
        let from = self.page.path.as_str();
        match disagreement {
            Disagreement::Claims(one, other) => self.pairs.push(Pair {
                one: Brief::of(book, one, from),
                other: Brief::of(book, other, from),
            }),
            Disagreement::Sources(claim) => {
                let computed = book.claim(claim);
                self.disputes.push(Dispute {
                    claim: Brief::of(book, claim, from),
                    note: computed.claim.confidence_note.as_deref(),
                    evidence: computed
                        .assessment
                        .as_ref()
                        .map(|assessment| Evidence::of(book, computed, assessment, cited, from)),
                });
            }
        }
    }
}
