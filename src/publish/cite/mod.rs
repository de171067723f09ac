//! Works as others cite them: the dataset, its claims and its sources, in the forms that citation
//! managers and people read.

pub mod bibtex;
pub mod csl;
mod text;

pub use text::apa;

use super::{Edition, about};
use crate::model::{Author, Claim, Publisher, Source, Status};
use std::borrow::Cow;

/// A work to cite.
pub struct Work<'e> {
    /// The key it is cited by.
    pub key: Cow<'e, str>,
    /// What kind of work it is, in the terms of CSL.
    pub kind: &'e str,
    /// The title in its own language.
    pub title: &'e str,
    /// The title in English, where it has another.
    pub title_en: Option<&'e str>,
    /// Who made it.
    pub authors: Vec<Cow<'e, Author>>,
    /// Who published it.
    pub publisher: Option<&'e str>,
    /// What it is part of.
    pub container: Option<&'e str>,
    /// Its number.
    pub number: Option<&'e str>,
    /// Its version.
    pub version: Option<&'e str>,
    /// When it was published, in EDTF.
    pub issued: Option<Cow<'e, str>>,
    /// The day it was read.
    pub accessed: Option<&'e str>,
    /// Its language.
    pub lang: &'e str,
    /// Where it can be read.
    pub url: Option<Cow<'e, str>>,
    /// Its DOI.
    pub doi: Option<&'e str>,
    /// Its ISBN.
    pub isbn: Option<&'e str>,
    /// An archived copy.
    pub archived: Option<&'e str>,
    /// What has become of it, and why.
    pub status: Option<(&'e str, &'e str)>,
}

impl<'e> Work<'e> {
    /// The dataset itself.
    #[must_use]
    pub fn dataset(edition: &'e Edition<'e>) -> Self {
        let meta = edition.meta;
        Self {
            key: Cow::Borrowed(&meta.name),
            kind: "dataset",
            title: &meta.title,
            title_en: None,
            authors: meta
                .maintainers
                .iter()
                .map(|who| {
                    Cow::Owned(Author { literal: Some(who.name.clone()), ..Author::default() })
                })
                .collect(),
            publisher: None,
            container: None,
            number: None,
            version: edition.version.as_deref(),
            issued: edition.as_of().map(|day| Cow::Owned(day.to_string())),
            accessed: None,
            lang: &meta.language,
            url: Some(Cow::Borrowed(about::page(meta))),
            doi: None,
            isbn: None,
            archived: None,
            status: None,
        }
    }

    /// A claim, as an entry of the dataset.
    #[must_use]
    pub fn claim(edition: &'e Edition<'e>, claim: &'e Claim) -> Self {
        Self {
            key: Cow::Owned(format!("{}-{}", edition.meta.name, claim.id)),
            kind: "entry",
            title: &claim.statement,
            container: Some(&edition.meta.title),
            url: Some(Cow::Owned(edition.iri("claim", &claim.id))),
            status: (claim.status != Status::Active)
                .then(|| (claim.status.as_str(), claim.status_note.as_deref().unwrap_or_default())),
            ..Self::dataset(edition)
        }
    }

    /// A source that claims cite, with its publisher where that is known.
    #[must_use]
    pub fn source(source: &'e Source, publisher: Option<&'e Publisher>) -> Self {
        let url = source.url.as_deref().or(source.archived_url.as_deref());
        let publisher = publisher.map_or(&*source.publisher, |publisher| &publisher.name);
        // What publishes an article is what it is in.
        let periodical = source.kind.starts_with("article-").then_some(publisher);
        Self {
            key: Cow::Borrowed(&source.id),
            kind: &source.kind,
            title: &source.title,
            title_en: source.title_en.as_deref().filter(|title| *title != source.title),
            authors: source.authors.iter().map(Cow::Borrowed).collect(),
            publisher: Some(publisher),
            container: source.container.as_deref().or(periodical),
            number: source.number.as_deref(),
            version: None,
            issued: Some(Cow::Borrowed(source.issued.as_str())),
            accessed: source.accessed.as_deref(),
            lang: &source.lang,
            url: url.map(Cow::Borrowed),
            doi: source.doi.as_deref(),
            isbn: source.isbn.as_deref(),
            archived: source.archived_url.as_deref(),
            status: source
                .status
                .as_ref()
                .map(|status| (status.as_str(), source.status_note.as_deref().unwrap_or_default())),
        }
    }

    /// Every source of an edition, in order of id.
    pub fn sources(edition: &'e Edition<'e>) -> impl Iterator<Item = Self> {
        let publishers = &edition.dataset.publishers;
        edition.dataset.sources.values().map(|entry| {
            let publisher = publishers.get(&entry.record.publisher).map(|entry| &entry.record);
            Self::source(&entry.record, publisher)
        })
    }
}
