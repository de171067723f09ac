//! The page of a subject, with the claims about it in brief, and the list of all subjects.

use super::{
    Page, Paged,
    address::{SUBJECTS, page_path, relative, subject_base},
    book::{Book, Link, entry_pages, sort_key},
    claim::Brief,
    tally::Mix,
    write_pages,
};
use crate::{error::Result, model::Subject, publish::Sink, templates::Safe};
use serde::Serialize;

const SUBJECT: &str = "report/subject.md";
const LIST: &str = "report/subjects.md";

#[derive(Serialize)]
struct SubjectPage<'e> {
    page: Page<'e>,
    subject: &'e Subject,
    /// Where the list of all subjects stands.
    list: Safe<String>,
    counts: Mix,
    /// Claims of all pages, whether they stand or not.
    claims: usize,
    topics: Vec<Group<'e>>,
}

/// The claims of one topic.
#[derive(Serialize)]
struct Group<'e> {
    /// None for claims without a topic.
    topic: Option<Link<'e>>,
    claims: Vec<Brief<'e>>,
}

#[derive(Serialize)]
struct ListPage<'e> {
    page: Page<'e>,
    subjects: usize,
    kinds: Vec<Kind<'e>>,
}

/// Subjects of one kind.
#[derive(Serialize)]
struct Kind<'e> {
    kind: &'e str,
    subjects: Vec<Entry<'e>>,
}

#[derive(Serialize)]
struct Entry<'e> {
    #[serde(flatten)]
    link: Link<'e>,
    description: Option<&'e str>,
    /// Claims that stand.
    claims: usize,
    /// Claims that were superseded or retracted.
    gone: usize,
}

impl Paged for SubjectPage<'_> {
    fn page(&self) -> &Page<'_> {
        &self.page
    }
}

impl Paged for ListPage<'_> {
    fn page(&self) -> &Page<'_> {
        &self.page
    }
}

/// Writes the pages of every subject, and the list.
pub fn write(book: &Book, sink: &mut dyn Sink) -> Result<()> {
    let subjects = &book.edition.dataset.subjects;
    let mut pages = Vec::new();
    for (id, claims) in &book.subjects {
        let counts = Mix::of(claims.iter().map(|claim| book.claim(*claim).claim));
        let Some(entry) = subjects.get(*id) else { continue };
        let of = entry_pages(claims).count();
        let numbered = entry_pages(claims).enumerate();
        pages.extend(
            numbered.map(|(i, here)| (&entry.record, counts, claims.len(), here, i + 1, of)),
        );
    }
    write_pages(book, sink, SUBJECT, &pages, |(subject, counts, claims, here, number, of)| {
        let page = Page::new(book, &subject_base(&subject.id), *number, *of);
        let list = Safe(relative(&page.path, &page_path(SUBJECTS, 1)));
        let topics = groups(book, here, &page.path);
        SubjectPage { page, subject, list, counts: *counts, claims: *claims, topics }
    })?;
    write_list(book, sink)
}

fn groups<'e>(book: &Book<'e>, claims: &[u32], from: &str) -> Vec<Group<'e>> {
    claims
        .chunk_by(|a, b| book.topic_of(*a) == book.topic_of(*b))
        .map(|claims| Group {
            topic: book.topic_of(claims[0]).map(|id| book.topic_link(id, from)),
            claims: claims.iter().map(|claim| Brief::of(book, *claim, from)).collect(),
        })
        .collect()
}

fn write_list(book: &Book, sink: &mut dyn Sink) -> Result<()> {
    let mut subjects: Vec<&Subject> =
        book.edition.dataset.subjects.values().map(|entry| &entry.record).collect();
    subjects.sort_by_cached_key(|subject| (&subject.kind, sort_key(&subject.name)));
    let pages: Vec<_> = entry_pages(&subjects).enumerate().collect();
    let of = pages.len();
    write_pages(book, sink, LIST, &pages, |(i, here)| {
        let page = Page::new(book, SUBJECTS, i + 1, of);
        let kinds = here
            .chunk_by(|a, b| a.kind == b.kind)
            .map(|subjects| Kind {
                kind: &subjects[0].kind,
                subjects: subjects.iter().map(|subject| entry(book, subject, &page.path)).collect(),
            })
            .collect();
        ListPage { kinds, subjects: subjects.len(), page }
    })
}

fn entry<'e>(book: &Book<'e>, subject: &'e Subject, from: &str) -> Entry<'e> {
    let claims = book.subjects.get(subject.id.as_str()).map_or(&[][..], Vec::as_slice);
    let stand = claims.iter().filter(|claim| book.claim(**claim).claim.stands()).count();
    Entry {
        link: book.subject_link(subject, from),
        description: subject.description.as_deref(),
        claims: stand,
        gone: claims.len() - stand,
    }
}
