//! The list of sources: every one once, with where it is to be had and which claims cite it.

use super::{
    Page, Paged,
    address::SOURCES,
    book::{Book, Link, entry_pages},
    evidence::source_link,
    write_pages,
};
use crate::{
    error::Result,
    model::{Author, Source},
    publish::{CitedSource, Sink},
};
use serde::Serialize;

const TEMPLATE: &str = "report/sources.md";

/// How many claims are named that cite a source.
const CLAIMS: usize = 20;

#[derive(Serialize)]
struct SourcesPage<'e> {
    page: Page<'e>,
    sources: usize,
    letters: Vec<Rated<'e>>,
}

/// Sources of one letter.
#[derive(Serialize)]
struct Rated<'e> {
    letter: &'e str,
    sources: Vec<Entry<'e>>,
}

#[derive(Serialize)]
struct Entry<'e> {
    source: &'e Source,
    link: Link<'e>,
    publisher: Link<'e>,
    authors: Vec<String>,
    /// Whether it is in another language than the dataset.
    foreign: bool,
    derived_from: Vec<Link<'e>>,
    claims: Vec<Link<'e>>,
    /// How many more claims cite it.
    more: usize,
}

impl Paged for SourcesPage<'_> {
    fn page(&self) -> &Page<'_> {
        &self.page
    }
}

/// Writes the pages.
pub fn write(book: &Book, sink: &mut dyn Sink) -> Result<()> {
    let pages: Vec<_> = entry_pages(&book.sources).enumerate().collect();
    let of = pages.len();
    write_pages(book, sink, TEMPLATE, &pages, |(i, here)| {
        let page = Page::new(book, SOURCES, i + 1, of);
        let letter = |source: &u32| book.source(*source).letter.as_str();
        let letters = here
            .chunk_by(|a, b| letter(a) == letter(b))
            .map(|sources| Rated {
                letter: letter(&sources[0]),
                sources: sources.iter().map(|source| entry(book, *source, &page.path)).collect(),
            })
            .collect();
        SourcesPage { letters, sources: book.sources.len(), page }
    })
}

fn entry<'e>(book: &Book<'e>, source: u32, from: &str) -> Entry<'e> {
    let CitedSource { source, publisher, by, .. } = book.source(source);
    Entry {
        source,
        link: Link { title: &source.title, url: source.link() },
        publisher: Link {
            title: publisher,
            url: book.publisher_url(&source.publisher, from).map(Into::into),
        },
        authors: source.authors.iter().map(Author::name).collect(),
        foreign: book.is_foreign(source),
        derived_from: source.derived_from.iter().map(|id| source_link(book, id, from)).collect(),
        claims: (by.iter().take(CLAIMS))
            .map(|claim| Link {
                title: &book.claim(*claim).claim.id,
                url: Some(book.claim_url(*claim, from).into()),
            })
            .collect(),
        more: by.len().saturating_sub(CLAIMS),
    }
}
