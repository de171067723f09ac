//! The list of sources: every one once, with where it is to be had and which claims cite it.

use super::{
    Page, Paged,
    book::{Book, Link, SOURCES, entry_pages, relative},
    evidence::source_link,
    write_pages,
};
use crate::{
    error::Result,
    model::{Author, Source},
    publish::Sink,
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
        let letter = |source: &&Source| book.edition.letter(source);
        let letters = here
            .chunk_by(|a, b| letter(a) == letter(b))
            .map(|sources| Rated {
                letter: letter(&sources[0]),
                sources: sources.iter().map(|source| entry(book, source, &page.path)).collect(),
            })
            .collect();
        SourcesPage { letters, sources: book.sources.len(), page }
    })
}

fn entry<'e>(book: &Book<'e>, source: &'e Source, from: &str) -> Entry<'e> {
    let citing = book.edition.cited_by.get(source.id.as_str()).map_or(&[][..], Vec::as_slice);
    let publisher = book.edition.dataset.publishers.get(&source.publisher);
    Entry {
        source,
        link: Link { title: &source.title, url: source.link() },
        publisher: Link {
            title: publisher.map_or(&source.publisher, |entry| &entry.record.name),
            url: book.publisher_url(&source.publisher).map(|url| relative(from, &url)),
        },
        authors: source.authors.iter().map(Author::name).collect(),
        derived_from: source.derived_from.iter().map(|id| source_link(book, id, from)).collect(),
        claims: (citing.iter().take(CLAIMS))
            .filter_map(|id| Some((*id, book.find(id)?)))
            .map(|(id, claim)| Link {
                title: id,
                url: Some(relative(from, &book.claim_url(claim))),
            })
            .collect(),
        more: citing.len().saturating_sub(CLAIMS),
    }
}
