//! Sources where claims cite them. However many claims do, each is told once for all pages of a
//! folder, from which the same addresses lead to the same places.

use super::book::Book;
use crate::{error::Result, templates::Safe};
use rayon::prelude::*;
use serde::Serialize;
use std::borrow::Cow;

/// The template and its macro that tell a source.
const TEMPLATE: (&str, &str) = ("report/evidence.md", "reference");

/// How many sources are told one after the other.
const AT_ONCE: usize = 512;

/// A source as it is told.
#[derive(Serialize)]
struct Reference<'e> {
    title: &'e str,
    url: Option<Cow<'e, str>>,
    /// The title in English, where that is another.
    title_en: Option<&'e str>,
    publisher: &'e str,
    letter: &'e str,
    /// Where the list of sources tells more.
    entry: Safe<String>,
    issued: &'e str,
    /// The language, where it is another than the dataset's.
    foreign: Option<&'e str>,
    /// What became of it.
    status: Option<&'e str>,
}

/// Sources as claims cite them, by their places in the edition.
pub struct Cited(Vec<Box<str>>);

impl Cited {
    /// The sources of some claims, for pages in the folder of `from`.
    pub fn new(book: &Book, claims: impl Iterator<Item = u32>, from: &str) -> Result<Self> {
        let mut wanted = vec![false; book.edition.sources.len()];
        for place in claims.flat_map(|claim| book.claim(claim).cites.iter().flatten()) {
            wanted[*place as usize] = true;
        }
        let places: Vec<u32> =
            (0..).zip(wanted).filter_map(|(place, wanted)| wanted.then_some(place)).collect();
        let (template, name) = TEMPLATE;
        let told: Vec<Vec<String>> = places
            .par_chunks(AT_ONCE)
            .map(|places| {
                let references = places.iter().map(|place| Reference::of(book, *place, from));
                book.edition.templates.call(template, name, references)
            })
            .collect::<Result<_>>()?;
        let mut cited = vec![Box::default(); book.edition.sources.len()];
        for (place, told) in places.into_iter().zip(told.into_iter().flatten()) {
            cited[place as usize] = told.into_boxed_str();
        }
        Ok(Self(cited))
    }

    /// A source.
    pub fn source(&self, place: u32) -> &str {
        &self.0[place as usize]
    }
}

impl<'e> Reference<'e> {
    fn of(book: &Book<'e>, place: u32, from: &str) -> Self {
        let cited = book.source(place);
        let source = cited.source;
        Self {
            title: &source.title,
            url: source.link(),
            title_en: source.title_en.as_deref().filter(|title| *title != source.title),
            publisher: cited.publisher,
            letter: cited.letter.as_str(),
            entry: Safe(book.source_url(place, from)),
            issued: source.issued.as_str(),
            foreign: book.foreign(source),
            status: source.status.as_ref().map(|status| status.as_str()),
        }
    }
}
