//! The page of a topic: its claims, the newest first, each in full where this page is its home.

use super::{
    Page, Paged,
    address::page_path,
    book::{Book, Topic, claim_pages, day},
    cited::Cited,
    claim::{Brief, Full},
    tally::Mix,
    write_pages,
};
use crate::{error::Result, publish::Sink};
use serde::Serialize;

const TEMPLATE: &str = "report/topic.md";

#[derive(Serialize)]
struct TopicPage<'e> {
    page: Page<'e>,
    title: &'e str,
    description: Option<&'e str>,
    counts: Mix,
    /// Claims of all pages, whether they stand or not.
    claims: usize,
    years: Vec<Year<'e>>,
}

/// The claims of one year.
#[derive(Serialize)]
struct Year<'e> {
    /// None where the date is not known.
    year: Option<i32>,
    claims: usize,
    told: Vec<Full<'e>>,
    elsewhere: Vec<Elsewhere<'e>>,
}

/// A claim that the page of another topic tells in full.
#[derive(Serialize)]
struct Elsewhere<'e> {
    claim: Brief<'e>,
    topic: &'e str,
}

impl Paged for TopicPage<'_> {
    fn page(&self) -> &Page<'_> {
        &self.page
    }
}

/// Writes the pages of every topic.
pub fn write(book: &Book, sink: &mut dyn Sink) -> Result<()> {
    let mut pages = Vec::new();
    for topic in &book.topics {
        let counts = Mix::of(topic.claims.iter().map(|claim| book.claim(*claim).claim));
        let of = claim_pages(&topic.claims).count();
        let numbered = claim_pages(&topic.claims).enumerate();
        pages.extend(numbered.map(|(i, claims)| (topic, counts, claims, i + 1, of)));
    }
    // All pages of topics are in one folder.
    let Some((first, ..)) = pages.first() else { return Ok(()) };
    let claims = book.topics.iter().flat_map(|topic| topic.claims.iter().copied());
    let cited = Cited::new(book, claims, &page_path(&first.base, 1))?;
    write_pages(book, sink, TEMPLATE, &pages, |(topic, counts, claims, number, of)| {
        let page = Page::new(book, &topic.base, *number, *of);
        topic_page(book, page, topic, *counts, claims, &cited)
    })
}

fn topic_page<'e>(
    book: &Book<'e>,
    page: Page<'e>,
    topic: &Topic<'e>,
    counts: Mix,
    claims: &[u32],
    cited: &'e Cited,
) -> TopicPage<'e> {
    let meta = book.edition.meta;
    let year = |claim: &u32| day(book.claim(*claim)).map(|day| day.year());
    let years = claims
        .chunk_by(|a, b| year(a) == year(b))
        .map(|claims| Year::of(book, topic, claims, cited, &page.path))
        .collect();
    TopicPage {
        title: meta.topics.label(topic.id),
        description: meta.topics.get(topic.id).and_then(|label| label.description.as_deref()),
        counts,
        claims: topic.claims.len(),
        years,
        page,
    }
}

impl<'e> Year<'e> {
    fn of(
        book: &Book<'e>,
        topic: &Topic<'e>,
        claims: &[u32],
        cited: &'e Cited,
        from: &str,
    ) -> Self {
        let mut year = Self {
            year: day(book.claim(claims[0])).map(|day| day.year()),
            claims: claims.len(),
            told: Vec::new(),
            elsewhere: Vec::new(),
        };
        for claim in claims {
            match book.topic_of(*claim).filter(|home| *home != topic.id) {
                None => year.told.push(Full::of(book, *claim, cited, from)),
                Some(home) => year.elsewhere.push(Elsewhere {
                    claim: Brief::of(book, *claim, from),
                    topic: book.edition.meta.topics.label(home),
                }),
            }
        }
        year
    }
}
