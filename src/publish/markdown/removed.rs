//! The page of claims that no topic tells: removed ones, whose tombstones stay, and any without a
//! topic. There is none where there are no such claims.

use super::{
    Page, Paged,
    address::{LOOSE, page_path},
    book::{Book, claim_pages},
    cited::Cited,
    claim::Full,
    write_pages,
};
use crate::{error::Result, publish::Sink};
use serde::Serialize;

const TEMPLATE: &str = "report/removed.md";

#[derive(Serialize)]
struct RemovedPage<'e> {
    page: Page<'e>,
    claims: Vec<Full<'e>>,
}

impl Paged for RemovedPage<'_> {
    fn page(&self) -> &Page<'_> {
        &self.page
    }
}

/// Writes the pages.
pub fn write(book: &Book, sink: &mut dyn Sink) -> Result<()> {
    if book.loose.is_empty() {
        return Ok(());
    }
    let cited = Cited::new(book, book.loose.iter().copied(), &page_path(LOOSE, 1))?;
    let pages: Vec<_> = claim_pages(&book.loose).enumerate().collect();
    let of = pages.len();
    write_pages(book, sink, TEMPLATE, &pages, |(i, claims)| {
        let page = Page::new(book, LOOSE, i + 1, of);
        let full = |claim: &u32| Full::of(book, *claim, &cited, &page.path);
        RemovedPage { claims: claims.iter().map(full).collect(), page }
    })
}
