//! What is cited.

use super::{
    read::{self, Extra, Read},
    word::{Letter, SourceStatus},
};
use crate::{
    date::{Day, Edtf},
    document::Json,
};
use serde::Serialize;
use std::borrow::Cow;

/// One work that claims cite.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Source {
    /// The permanent id; the file name where the record has none.
    pub id: String,
    /// What kind of work it is, in the terms of CSL.
    #[serde(rename = "type")]
    pub kind: String,
    /// The title in its own language.
    pub title: String,
    /// The title in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Author>,
    /// Id of the publisher.
    pub publisher: String,
    /// The journal, series or site it is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// The number of an act, report or issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// When it was published.
    pub issued: Edtf,
    /// Its language.
    pub lang: String,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its DOI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// Its ISBN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub isbn: Option<String>,
    /// An archived copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived_url: Option<String>,
    /// The day it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accessed: Option<String>,
    /// A letter worse than its publisher's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Letter>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reliability_note: Option<String>,
    /// Ids of the sources it repeats.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub derived_from: Vec<String>,
    /// What has become of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<SourceStatus>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_note: Option<String>,
    /// `x_` keys.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Source {
    /// Whether its publisher withdrew it.
    #[must_use]
    pub fn is_retracted(&self) -> bool {
        self.status == Some(SourceStatus::Retracted)
    }

    /// The day it was read.
    #[must_use]
    pub fn accessed_day(&self) -> Option<Day> {
        self.accessed.as_deref().and_then(|day| day.parse().ok())
    }

    /// Where a reader finds it: its address, else its DOI as an address, else an archived copy.
    #[must_use]
    pub fn link(&self) -> Option<Cow<'_, str>> {
        let doi = || Some(format!("https://doi.org/{}", self.doi.as_ref()?).into());
        self.url
            .as_deref()
            .map(Cow::Borrowed)
            .or_else(doi)
            .or(self.archived_url.as_deref().map(Cow::Borrowed))
    }
}

impl Read for Source {
    fn member(&mut self, key: &str, value: &Json) {
        match key {
            "id" => self.id = read::text(value),
            "type" => self.kind = read::text(value),
            "title" => self.title = read::text(value),
            "title_en" => self.title_en = read::some_text(value),
            "authors" => self.authors = read::records(value),
            "publisher" => self.publisher = read::text(value),
            "container" => self.container = read::some_text(value),
            "number" => self.number = read::some_text(value),
            "issued" => self.issued = Edtf::lenient(value.as_str().unwrap_or_default()),
            "lang" => self.lang = read::text(value),
            "url" => self.url = read::some_text(value),
            "doi" => self.doi = read::some_text(value),
            "isbn" => self.isbn = read::some_text(value),
            "archived_url" => self.archived_url = read::some_text(value),
            "accessed" => self.accessed = read::some_text(value),
            "reliability" => self.reliability = value.as_str().map(Letter::lenient),
            "reliability_note" => self.reliability_note = read::some_text(value),
            "derived_from" => self.derived_from = read::texts(value),
            "status" => self.status = value.as_str().map(SourceStatus::lenient),
            "status_note" => self.status_note = read::some_text(value),
            _ => read::extra(&mut self.extra, key, value),
        }
    }
}

/// Who wrote a work: a person, or a body under `literal`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Author {
    /// Family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// Given names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// The name of a body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub literal: Option<String>,
    /// `x_` keys.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Author {
    /// The name in reading order.
    #[must_use]
    pub fn name(&self) -> String {
        match (&self.literal, &self.given, &self.family) {
            (Some(literal), ..) => literal.clone(),
            (None, Some(given), Some(family)) => format!("{given} {family}"),
            (None, given, family) => {
                family.as_ref().or(given.as_ref()).cloned().unwrap_or_default()
            }
        }
    }
}

impl Read for Author {
    fn member(&mut self, key: &str, value: &Json) {
        match key {
            "family" => self.family = read::some_text(value),
            "given" => self.given = read::some_text(value),
            "literal" => self.literal = read::some_text(value),
            _ => read::extra(&mut self.extra, key, value),
        }
    }
}
