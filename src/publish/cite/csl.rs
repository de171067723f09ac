//! CSL-JSON (<https://github.com/citation-style-language/schema>): what citation managers and
//! processors read.

use super::Work;
use crate::{
    date::{self, Part},
    error::{Error, Result},
    model::{Author, SourceStatus},
    publish::{Edition, Sink},
};
use serde::{Serialize, Serializer, ser::SerializeSeq as _};

/// Writes every source.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    sink.file("sources.csl.json", &mut |mut out| {
        serde_json::to_writer_pretty(&mut out, &Items(edition))?;
        out.write_all(b"\n")
    })
}

/// The sources, written one after the other without holding them all.
struct Items<'e>(&'e Edition<'e>);

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut items = serializer.serialize_seq(None)?;
        for work in Work::sources(self.0) {
            items.serialize_element(&Item::of(&work))?;
        }
        items.end()
    }
}

/// One work as a list, which is what programs read.
///
/// # Errors
/// None: every work can be written.
pub fn list(work: &Work) -> Result<String> {
    let text = serde_json::to_string_pretty(&[Item::of(work)]);
    text.map(|text| text + "\n").map_err(|e| Error::new(format!("cannot write CSL-JSON: {e}")))
}

/// One work in the shape of CSL-JSON.
#[derive(Serialize)]
struct Item<'w> {
    id: &'w str,
    #[serde(rename = "type")]
    kind: &'w str,
    title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'w>>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    container: Option<&'w str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'w str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'w str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'w str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<Date>,
    language: &'w str,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'w str>,
    #[serde(rename = "DOI", skip_serializing_if = "Option::is_none")]
    doi: Option<&'w str>,
    #[serde(rename = "ISBN", skip_serializing_if = "Option::is_none")]
    isbn: Option<&'w str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'w str>,
}

#[derive(Serialize)]
struct Name<'w> {
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<&'w str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given: Option<&'w str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    literal: Option<&'w str>,
}

/// A date of CSL; its first and, of a span, its last day, each as numbers.
#[derive(Serialize)]
struct Date {
    #[serde(rename = "date-parts")]
    parts: Vec<Vec<u16>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    circa: bool,
}

impl<'w> Item<'w> {
    fn of(work: &'w Work<'w>) -> Self {
        Self {
            id: &work.key,
            kind: work.kind,
            // How APA and others give the title of a work in another language.
            title: match work.title_en {
                Some(english) => format!("{} [{english}]", work.title),
                None => work.title.to_owned(),
            },
            author: work.authors.iter().map(|author| Name::of(author)).collect(),
            container: work.container,
            publisher: work.publisher,
            number: work.number,
            version: work.version,
            issued: work.issued.as_deref().and_then(Date::of),
            accessed: work.accessed.and_then(Date::of),
            language: work.lang,
            url: work.url.as_deref(),
            doi: work.doi,
            isbn: work.isbn,
            // What is merely gone was published all the same.
            status: work
                .status
                .map(|(status, _)| status)
                .filter(|status| *status != SourceStatus::Unavailable.as_static()),
        }
    }
}

impl<'w> Name<'w> {
    fn of(author: &'w Author) -> Self {
        Self {
            family: author.family.as_deref(),
            given: author.given.as_deref(),
            literal: author.literal.as_deref(),
        }
    }
}

impl Date {
    fn of(text: &str) -> Option<Self> {
        let date::Parts { from, to, about } = date::parts(text)?;
        let numbers = |Part { year, month, day }: Part| {
            let rest = [month, day].into_iter().flatten().map(u16::from);
            [year].into_iter().chain(rest).collect()
        };
        Some(Self {
            parts: [Some(from), to].into_iter().flatten().map(numbers).collect(),
            circa: about,
        })
    }
}
