//! The evidence of a claim as its page shows it: what each source shows, and what all of them
//! together can carry.

use super::{
    book::{Book, Link},
    cited::Cited,
};
use crate::{
    confidence::{Assessment, Group, Join, LeftOut, Limit, Shared},
    model::Stance,
    publish::Computed,
    templates::Safe,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// The evidence of a claim.
#[derive(Serialize)]
pub struct Evidence<'e> {
    /// The most its citations can carry.
    pub ceiling: Option<&'e str>,
    /// The line of the table that says so.
    pub line: &'static str,
    /// What lowers it.
    pub limits: Vec<LimitView>,
    /// How many independent groups of sources support it.
    pub groups: usize,
    /// Their letters.
    pub letters: Vec<&'e str>,
    /// How many citations do what for the claim.
    pub supporting: usize,
    pub contradicting: usize,
    pub giving_context: usize,
    /// The citations, each under what it does for the claim, counted through.
    pub supports: Vec<Citation<'e>>,
    pub contradicts: Vec<Citation<'e>>,
    pub context: Vec<Citation<'e>>,
    /// Citations that count as one voice, by number, and what they share.
    pub joins: Vec<JoinView<'e>>,
}

/// What lowers a ceiling.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum LimitView {
    Kind,
    Age { newest: String, months: u32 },
    Dispute { support: usize, against: usize },
}

/// A citation with its source.
#[derive(Serialize)]
pub struct Citation<'e> {
    pub number: usize,
    pub shows: &'e str,
    /// The source, as it is told.
    pub source: Safe<&'e str>,
    pub directness: &'e str,
    pub locator: Option<&'e str>,
    /// Why it counts neither way.
    pub left_out: Option<&'static str>,
    pub quote: Option<&'e str>,
    pub translation: Option<&'e str>,
}

/// Citations that count as one voice.
#[derive(Serialize)]
pub struct JoinView<'e> {
    /// Which, in order.
    pub numbers: BTreeSet<usize>,
    /// The publisher of all, or that owns those of all.
    pub publisher: Option<&'e str>,
    /// The owner of the publishers of all, where that is no publisher itself.
    pub owner: Option<&'e str>,
    /// The source that all repeat, or that one of them is.
    pub root: Option<Link<'e>>,
}

impl<'e> Evidence<'e> {
    /// What supports and contradicts a claim, for a page at `from`.
    pub fn of(
        book: &Book<'e>,
        computed: &'e Computed<'e>,
        assessment: &'e Assessment<'e>,
        cited: &'e Cited,
        from: &str,
    ) -> Self {
        let citations = &computed.claim.citations;
        let mut numbers = vec![0; citations.len()];
        let mut counted = 0;
        let mut those = |stance: fn(&Stance) -> bool| -> Vec<Citation<'e>> {
            let mut found = Vec::new();
            for (i, (citation, place)) in citations.iter().zip(&computed.cites).enumerate() {
                let Some(place) = place.filter(|_| stance(&citation.stance)) else { continue };
                counted += 1;
                numbers[i] = counted;
                found.push(Citation {
                    number: counted,
                    shows: &citation.shows,
                    source: Safe(cited.source(place)),
                    directness: citation.directness.as_str(),
                    locator: citation.locator.as_deref(),
                    left_out: left_out(assessment, i),
                    quote: citation.quote.as_deref(),
                    translation: citation.translation.as_deref(),
                });
            }
            found
        };
        let supports = those(|stance| *stance == Stance::Supports);
        let contradicts = those(|stance| *stance == Stance::Contradicts);
        let context = those(|stance| !matches!(stance, Stance::Supports | Stance::Contradicts));
        let groups = assessment.support.iter().chain(&assessment.against);
        let joins = JoinView::all(book, groups.flat_map(|group| &group.joins), &numbers, from);
        Self {
            ceiling: assessment.ceiling.as_ref().map(|ceiling| ceiling.as_str()),
            line: assessment.line.as_str(),
            limits: assessment.limits.iter().map(LimitView::of).collect(),
            groups: assessment.support.len(),
            letters: letters(&assessment.support),
            supporting: supports.len(),
            contradicting: contradicts.len(),
            giving_context: context.len(),
            supports,
            contradicts,
            context,
            joins,
        }
    }
}

impl LimitView {
    fn of(limit: &Limit) -> Self {
        match limit {
            Limit::Kind => Self::Kind,
            Limit::Age { newest, months } => {
                Self::Age { newest: newest.to_string(), months: *months }
            }
            Limit::Dispute { support, against } => {
                Self::Dispute { support: *support, against: *against }
            }
        }
    }
}

impl<'e> JoinView<'e> {
    /// What joins citations: one sentence for each thing shared, by whichever citation it is met
    /// with first.
    fn all(
        book: &Book<'e>,
        joins: impl Iterator<Item = &'e Join<'e>>,
        numbers: &[usize],
        from: &str,
    ) -> Vec<Self> {
        let mut found: Vec<(&Shared, Self)> = Vec::new();
        for join in joins {
            let both = [numbers[join.citations.0], numbers[join.citations.1]];
            match found.iter_mut().find(|(shared, _)| **shared == join.shared) {
                Some((_, view)) => view.numbers.extend(both),
                None => found.push((&join.shared, Self::of(book, &join.shared, both, from))),
            }
        }
        found.into_iter().map(|(_, view)| view).collect()
    }

    fn of(book: &Book<'e>, shared: &Shared<'e>, both: [usize; 2], from: &str) -> Self {
        let (mut publisher, mut owner, mut root) = (None, None, None);
        match *shared {
            Shared::Root(id) => root = Some(source_link(book, id, from)),
            Shared::Owner(voice) => match book.edition.dataset.publishers.get(voice) {
                Some(entry) => publisher = Some(entry.record.name.as_str()),
                None => owner = Some(voice),
            },
        }
        Self { numbers: both.into(), publisher, owner, root }
    }
}

/// A source by its title, with its place in the list of sources.
pub fn source_link<'e>(book: &Book<'e>, id: &'e str, from: &str) -> Link<'e> {
    match book.find_source(id) {
        Some(place) => Link {
            title: &book.source(place).source.title,
            url: Some(book.source_url(place, from).into()),
        },
        None => Link { title: id, url: None },
    }
}

fn letters<'e>(groups: &'e [Group<'e>]) -> Vec<&'e str> {
    let mut letters: Vec<&str> = groups.iter().map(|group| group.letter.as_str()).collect();
    letters.sort_unstable();
    letters
}

fn left_out(assessment: &Assessment, citation: usize) -> Option<&'static str> {
    let (_, why) = assessment.left_out.iter().find(|(i, _)| *i == citation)?;
    (*why != LeftOut::Context).then(|| why.as_str())
}
