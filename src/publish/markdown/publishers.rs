//! The list of publishers: how far each can be relied on, and why.

use super::{
    Page, Paged,
    address::PUBLISHERS,
    book::{Book, entry_pages},
    write_pages,
};
use crate::{error::Result, model::Publisher, publish::Sink};
use serde::Serialize;
use std::collections::BTreeMap;

const TEMPLATE: &str = "report/publishers.md";

#[derive(Serialize)]
struct PublishersPage<'e> {
    page: Page<'e>,
    publishers: usize,
    letters: Vec<Rated<'e>>,
}

/// Publishers of one letter.
#[derive(Serialize)]
struct Rated<'e> {
    letter: &'e str,
    publishers: Vec<Entry<'e>>,
}

#[derive(Serialize)]
struct Entry<'e> {
    publisher: &'e Publisher,
    sources: usize,
}

impl Paged for PublishersPage<'_> {
    fn page(&self) -> &Page<'_> {
        &self.page
    }
}

/// Writes the pages.
pub fn write(book: &Book, sink: &mut dyn Sink) -> Result<()> {
    let mut sources = BTreeMap::<&str, usize>::new();
    for cited in &book.edition.sources {
        *sources.entry(&cited.source.publisher).or_default() += 1;
    }
    let pages: Vec<_> = entry_pages(&book.publishers).enumerate().collect();
    let of = pages.len();
    write_pages(book, sink, TEMPLATE, &pages, |(i, here)| PublishersPage {
        letters: here
            .chunk_by(|a, b| a.reliability == b.reliability)
            .map(|publishers| Rated {
                letter: publishers[0].reliability.as_str(),
                publishers: publishers
                    .iter()
                    .map(|publisher| Entry {
                        publisher,
                        sources: sources.get(publisher.id.as_str()).copied().unwrap_or(0),
                    })
                    .collect(),
            })
            .collect(),
        publishers: book.publishers.len(),
        page: Page::new(book, PUBLISHERS, i + 1, of),
    })
}
