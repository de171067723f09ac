//! The Markdown report: pages for people, with charts, below `report/`.
//!
//! Rust says what stands where and in which order; every word is the templates'. A claim is told in
//! full on the page of its first topic and in brief wherever else it matters.

mod address;
mod book;
mod chart;
mod cited;
mod claim;
mod disagreements;
mod evidence;
mod ids;
mod overview;
mod publishers;
mod removed;
mod sources;
mod subjects;
mod tally;
mod topics;

use super::{Edition, Sink};
use crate::{error::Result, model::Policy, templates::Safe};
use address::{page_path, relative};
use book::Book;
use rayon::prelude::*;
use serde::Serialize;

/// How many pages are held in memory at a time.
const AT_ONCE: usize = 16;

/// Writes every page.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    let book = Book::new(edition);
    let disagreements = disagreements::all(&book);
    overview::write(&book, &disagreements, sink)?;
    topics::write(&book, sink)?;
    subjects::write(&book, sink)?;
    sources::write(&book, sink)?;
    publishers::write(&book, sink)?;
    disagreements::write(&book, &disagreements, sink)?;
    removed::write(&book, sink)
}

/// What every page has.
#[derive(Serialize)]
struct Page<'e> {
    /// The title of the dataset.
    dataset: &'e str,
    /// The language of the dataset.
    language: &'e str,
    /// Where the overview stands.
    overview: Safe<String>,
    /// Where the list of publishers stands, with what the letters mean.
    letters: Safe<String>,
    policy: Thresholds<'e>,
    /// Which of several pages it is.
    number: usize,
    pages: usize,
    previous: Option<Safe<String>>,
    next: Option<Safe<String>>,
    #[serde(skip)]
    path: String,
}

/// The thresholds of the policy that pages mention.
#[derive(Serialize)]
struct Thresholds<'e> {
    moderate_groups: usize,
    moderate_letter: &'e str,
    high_groups: usize,
    high_letter: &'e str,
    primary_letter: &'e str,
    act_letter: &'e str,
}

impl<'e> Page<'e> {
    /// The page `number` of `pages`.
    fn new(book: &Book<'e>, base: &str, number: usize, pages: usize) -> Self {
        let path = page_path(base, number);
        let to = |base: &str, page: usize| Safe(relative(&path, &page_path(base, page)));
        Self {
            dataset: &book.edition.meta.title,
            language: &book.edition.meta.language,
            overview: to(address::OVERVIEW, 1),
            letters: to(address::PUBLISHERS, 1),
            policy: Thresholds::of(&book.edition.dataset.policy),
            number,
            pages,
            previous: (number > 1).then(|| to(base, number - 1)),
            next: (number < pages).then(|| to(base, number + 1)),
            path,
        }
    }
}

impl<'e> Thresholds<'e> {
    fn of(policy: &'e Policy) -> Self {
        Self {
            moderate_groups: policy.moderate_groups,
            moderate_letter: policy.moderate_letter.as_str(),
            high_groups: policy.high_groups,
            high_letter: policy.high_letter.as_str(),
            primary_letter: policy.primary_letter.as_str(),
            act_letter: policy.act_letter.as_str(),
        }
    }
}

/// A page that can be rendered.
trait Paged: Serialize {
    /// What it has in common with all pages.
    fn page(&self) -> &Page<'_>;
}

/// Renders a page for each of `items`, some at a time, and hands them on in order.
fn write_pages<T: Sync, P: Paged>(
    book: &Book,
    sink: &mut dyn Sink,
    template: &str,
    items: &[T],
    page: impl Fn(&T) -> P + Sync,
) -> Result<()> {
    for items in items.chunks(AT_ONCE) {
        let rendered: Vec<Result<(String, String)>> = items
            .par_iter()
            .map(|item| {
                let page = page(item);
                let text = book.edition.templates.render(template, &page)?;
                Ok((page.page().path.clone(), tidy(&text)))
            })
            .collect();
        for rendered in rendered {
            let (path, text) = rendered?;
            write_tidy(sink, &path, &text)?;
        }
    }
    Ok(())
}

fn write_text(sink: &mut dyn Sink, path: &str, text: &str) -> Result<()> {
    write_tidy(sink, path, &tidy(text))
}

fn write_tidy(sink: &mut dyn Sink, path: &str, text: &str) -> Result<()> {
    sink.file(path, &mut |out| out.write_all(text.as_bytes()))
}

/// A page without the space that loops and conditions leave: no line ends with a blank, and no
/// empty line follows another.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut empty = true;
    // Where the line begins, and what is not yet copied: most lines stay as they are.
    let (mut start, mut from, mut dropped) = (0, 0, false);
    let ends = memchr::memchr_iter(b'\n', text.as_bytes());
    let last = (!text.is_empty() && !text.ends_with('\n')).then_some(text.len());
    for end in ends.chain(last) {
        let line = text[start..end].trim_end();
        dropped = line.is_empty() && empty;
        if dropped {
            out.push_str(&text[from..start]);
            from = (end + 1).min(text.len());
        } else if line.len() < end - start {
            out.push_str(&text[from..start + line.len()]);
            from = end;
        }
        empty = line.is_empty();
        start = end + 1;
    }
    out.push_str(&text[from..]);
    if last.is_some() && !dropped {
        out.push('\n');
    }
    if empty {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn pages_have_no_loose_space() {
        for (text, tidied) in [
            ("\n\na \n\n\n\nb\nc\n\n", "a\n\nb\nc\n"),
            ("", ""),
            (" \n\n", ""),
            ("a", "a\n"),
            ("a\n ", "a\n"),
            ("a\n\n ", "a\n"),
            (" a\r\n\u{a0}\n\nb\t", " a\n\nb\n"),
        ] {
            assert_eq!(tidy(text), tidied, "{text:?}");
        }
    }
}
