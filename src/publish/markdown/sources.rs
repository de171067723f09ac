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
    model::Author,
    publish::{CitedSource, Sink},
    templates::{Safe, anchor},
};
use serde::Serialize;
use std::borrow::Cow;

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
    /// As it stands in an anchor.
    id: Safe<Cow<'e, str>>,
    title: &'e str,
    url: Option<Cow<'e, str>>,
    /// The title in English, where that is another.
    title_en: Option<&'e str>,
    authors: Vec<String>,
    publisher: Link<'e>,
    issued: &'e str,
    kind: &'e str,
    container: Option<&'e str>,
    number: Option<&'e str>,
    /// The language, where it is another than the dataset's.
    foreign: Option<&'e str>,
    doi: Option<&'e str>,
    isbn: Option<&'e str>,
    archived_url: Option<&'e str>,
    accessed: Option<&'e str>,
    status: Option<&'e str>,
    status_note: Option<&'e str>,
    /// The letter of its own.
    reliability: Option<&'e str>,
    reliability_note: Option<&'e str>,
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

fn entry<'e>(book: &'e Book<'e>, source: u32, from: &str) -> Entry<'e> {
    let CitedSource { source, publisher, by, .. } = book.source(source);
    Entry {
        id: Safe(anchor(&source.id)),
        title: &source.title,
        url: source.link(),
        title_en: source.title_en.as_deref().filter(|title| *title != source.title),
        authors: source.authors.iter().map(Author::name).collect(),
        publisher: Link {
            title: publisher,
            url: book.publisher_url(&source.publisher, from).map(Into::into),
        },
        issued: source.issued.as_str(),
        kind: &source.kind,
        container: source.container.as_deref(),
        number: source.number.as_deref(),
        foreign: book.foreign(source),
        doi: source.doi.as_deref(),
        isbn: source.isbn.as_deref(),
        archived_url: source.archived_url.as_deref(),
        accessed: source.accessed.as_deref(),
        status: source.status.as_ref().map(|status| status.as_str()),
        status_note: source.status_note.as_deref(),
        reliability: source.reliability.as_ref().map(|letter| letter.as_str()),
        reliability_note: source.reliability_note.as_deref(),
        derived_from: source.derived_from.iter().map(|id| source_link(book, id, from)).collect(),
        claims: (by.iter().take(CLAIMS))
            .map(|claim| Link {
                title: book.id(*claim),
                url: Some(book.claim_url(*claim, from).into()),
            })
            .collect(),
        more: by.len().saturating_sub(CLAIMS),
    }
}
