//! What claims cite and what they are about, as nodes.

use super::{Named, Node};
use crate::{
    model::{self, Author},
    publish::Edition,
};
use serde::Serialize;

/// A cited work.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Work<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    identifier: Vec<Identifier<'e>>,
    name: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternate_name: Option<&'e str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Person<'e>>,
    publisher: Node,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Named<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'e str>,
    in_language: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archived_at: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creative_work_status: Option<&'e str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    is_based_on: Vec<Node>,
}

/// The names of works in other systems.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Identifier<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "propertyID")]
    property: &'static str,
    value: &'e str,
}

impl<'e> Identifier<'e> {
    fn new(property: &'static str, value: &'e str) -> Self {
        Self { kind: "PropertyValue", property, value }
    }
}

impl<'e> Work<'e> {
    pub fn of(edition: &Edition, source: &'e model::Source) -> Self {
        let names =
            [("DOI", &source.doi), ("ISBN", &source.isbn), ("number", &source.number)].into_iter();
        let names = names.filter_map(|(name, value)| Some(Identifier::new(name, value.as_ref()?)));
        // Dates of EDTF that are also dates of ISO 8601.
        let plain = |date: &&str| date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        Self {
            kind: kind_of_work(&source.kind),
            id: edition.iri("source", &source.id),
            identifier: [Identifier::new("id", &source.id)].into_iter().chain(names).collect(),
            name: &source.title,
            alternate_name: source.title_en.as_deref(),
            author: source.authors.iter().map(Person::of).collect(),
            publisher: Node::of(edition, "publisher", &source.publisher),
            is_part_of: source
                .container
                .as_deref()
                .map(|name| Named { kind: "CreativeWork", name }),
            date_published: Some(source.issued.as_str()).filter(plain),
            in_language: &source.lang,
            url: source.url.as_deref(),
            archived_at: source.archived_url.as_deref(),
            creative_work_status: source.status.as_ref().map(|status| status.as_str()),
            is_based_on: Node::all(edition, "source", &source.derived_from),
        }
    }
}

/// The type of schema.org for a type of CSL.
fn kind_of_work(kind: &str) -> &'static str {
    match kind {
        "article-journal" | "paper-conference" => "ScholarlyArticle",
        "article-newspaper" => "NewsArticle",
        "article" | "article-magazine" => "Article",
        "bill" | "legislation" | "regulation" | "treaty" => "Legislation",
        "book" => "Book",
        "chapter" => "Chapter",
        "dataset" => "Dataset",
        "post" => "SocialMediaPosting",
        "post-weblog" => "BlogPosting",
        "report" => "Report",
        "software" => "SoftwareApplication",
        "thesis" => "Thesis",
        "webpage" => "WebPage",
        _ => "CreativeWork",
    }
}

/// Who wrote a work: a person in parts, or a body.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Person<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<&'e str>,
}

impl<'e> Person<'e> {
    fn of(author: &'e Author) -> Self {
        Self {
            kind: if author.family.is_some() { "Person" } else { "Organization" },
            name: author.name(),
            family_name: author.family.as_deref(),
            given_name: author.given.as_deref(),
        }
    }
}

/// A publisher.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    identifier: &'e str,
    name: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Named<'e>>,
    /// Who controls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_organization: Option<Named<'e>>,
}

impl<'e> Organization<'e> {
    pub fn of(edition: &Edition, publisher: &'e model::Publisher) -> Self {
        let named = |kind: &'static str, name: &'e Option<String>| {
            name.as_deref().map(|name| Named { kind, name })
        };
        Self {
            kind: "Organization",
            id: edition.iri("publisher", &publisher.id),
            identifier: &publisher.id,
            name: &publisher.name,
            description: publisher.note.as_deref(),
            location: named("Country", &publisher.country),
            parent_organization: named("Organization", &publisher.owner),
        }
    }
}

/// Who or what claims are about.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Subject<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    identifier: &'e str,
    name: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'e str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    same_as: &'e [String],
}

impl<'e> Subject<'e> {
    pub fn of(edition: &Edition, subject: &'e model::Subject) -> Self {
        Self {
            kind: match subject.kind.as_str() {
                "country" => "Country",
                "bloc" | "organization" => "Organization",
                "person" => "Person",
                "model" => "SoftwareApplication",
                "programme" => "Project",
                "document" => "CreativeWork",
                "event" => "Event",
                _ => "Thing",
            },
            id: edition.iri("subject", &subject.id),
            identifier: &subject.id,
            name: &subject.name,
            description: subject.description.as_deref(),
            same_as: &subject.same_as,
        }
    }
}
