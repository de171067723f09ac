//! Where everything stands in the report: on which page, under which anchor, in which order.

use crate::{
    date::Day,
    model::{Publisher, Source, Subject},
    publish::{Computed, Edition},
    templates::anchor,
};
use serde::Serialize;
use std::{cmp::Reverse, collections::BTreeMap};

/// Claims told in full on a page.
const CLAIMS_A_PAGE: usize = 100;

/// Entries of a list on a page.
const ENTRIES_A_PAGE: usize = 200;

/// A list of claims, by their place in the edition.
pub type Claims = Vec<u32>;

/// The report of an edition, before it is written.
pub struct Book<'e> {
    /// What is reported.
    pub edition: &'e Edition<'e>,
    /// Topics with their claims, in the order of `dataset.json`.
    pub topics: Vec<Topic<'e>>,
    /// Claims that no page of a topic tells: removed ones, and those without a topic.
    pub loose: Claims,
    /// Claims of each subject, by topic and then the newest first.
    pub subjects: BTreeMap<&'e str, Claims>,
    /// Sources by letter and title.
    pub sources: Vec<&'e Source>,
    /// Publishers by letter and name.
    pub publishers: Vec<&'e Publisher>,
    /// For each claim the topic, by its place, and the page that tell it in full.
    homes: Vec<Home>,
    source_pages: BTreeMap<&'e str, usize>,
    publisher_pages: BTreeMap<&'e str, usize>,
}

/// A title with an address.
#[derive(Serialize)]
pub struct Link<'e> {
    pub title: &'e str,
    /// None where there is no page to lead to.
    pub url: Option<String>,
}

/// A topic and the claims about it, the newest first.
pub struct Topic<'e> {
    /// The id.
    pub id: &'e str,
    /// The claims.
    pub claims: Claims,
}

#[derive(Clone, Copy)]
struct Home {
    topic: Option<u32>,
    page: u32,
}

impl<'e> Book<'e> {
    /// Finds a place for everything.
    pub fn new(edition: &'e Edition<'e>) -> Self {
        let mut topics: Vec<Topic> =
            (edition.meta.topics.iter()).map(|(id, _)| Topic { id, claims: Vec::new() }).collect();
        let places: BTreeMap<&str, usize> =
            topics.iter().enumerate().map(|(place, topic)| (topic.id, place)).collect();
        let mut homes = vec![Home { topic: None, page: 1 }; edition.claims.len()];
        let mut subjects: BTreeMap<&str, Claims> =
            edition.dataset.subjects.keys().map(|id| (id.as_str(), Vec::new())).collect();
        let mut loose = Vec::new();
        // Every list is filled in the order in which it is read.
        let mut order: Claims = (0..small(edition.claims.len())).collect();
        order.sort_by_key(|claim| Reverse(day(&edition.claims[*claim as usize])));
        for claim in order {
            let record = edition.claims[claim as usize].claim;
            let mut of: Vec<usize> =
                record.topics.iter().filter_map(|id| places.get(id.as_str()).copied()).collect();
            of.sort_unstable();
            of.dedup();
            homes[claim as usize].topic = of.first().map(|topic| small(*topic));
            if of.is_empty() {
                loose.push(claim);
            }
            for topic in of {
                topics[topic].claims.push(claim);
            }
            for subject in &record.subjects {
                if let Some(claims) = subjects.get_mut(subject.as_str()) {
                    claims.push(claim);
                }
            }
        }
        for claims in subjects.values_mut() {
            claims.sort_by_key(|claim| homes[*claim as usize].topic.unwrap_or(u32::MAX));
        }
        for (place, topic) in topics.iter().enumerate() {
            for (i, claim) in topic.claims.iter().enumerate() {
                let home = &mut homes[*claim as usize];
                if home.topic == Some(small(place)) {
                    home.page = small(i / CLAIMS_A_PAGE + 1);
                }
            }
        }
        for (i, claim) in loose.iter().enumerate() {
            homes[*claim as usize].page = small(i / CLAIMS_A_PAGE + 1);
        }
        let sources = sources(edition);
        let publishers = publishers(edition);
        let source_pages = pages(sources.iter().map(|source| source.id.as_str()));
        let publisher_pages = pages(publishers.iter().map(|publisher| publisher.id.as_str()));
        Self {
            edition,
            topics,
            loose,
            subjects,
            sources,
            publishers,
            homes,
            source_pages,
            publisher_pages,
        }
    }

    /// A claim of the edition.
    pub fn claim(&self, claim: u32) -> &'e Computed<'e> {
        &self.edition.claims[claim as usize]
    }

    /// The place of a claim in the edition, by its id.
    pub fn find(&self, id: &str) -> Option<u32> {
        let claims = &self.edition.claims;
        claims.binary_search_by(|computed| computed.claim.id.as_str().cmp(id)).ok().map(small)
    }

    /// The id of the topic whose page tells a claim in full; none for one without a topic.
    pub fn topic_of(&self, claim: u32) -> Option<&'e str> {
        self.homes[claim as usize].topic.map(|topic| self.topics[topic as usize].id)
    }

    /// A topic by its label, for a page at `from`.
    pub fn topic_link(&self, id: &'e str, from: &str) -> Link<'e> {
        let url = relative(from, &page_path(&topic_base(id), 1));
        Link { title: self.edition.meta.topics.label(id), url: Some(url) }
    }

    /// A subject by its name, for a page at `from`.
    pub fn subject_link(&self, subject: &'e Subject, from: &str) -> Link<'e> {
        let url = relative(from, &page_path(&subject_base(&subject.id), 1));
        Link { title: &subject.name, url: Some(url) }
    }

    /// The address of the claim where it is told in full.
    pub fn claim_url(&self, claim: u32) -> String {
        let page = self.homes[claim as usize].page as usize;
        let page = match self.topic_of(claim) {
            Some(topic) => page_path(&topic_base(topic), page),
            None => page_path(LOOSE, page),
        };
        format!("{page}#{}", claim_anchor(&self.claim(claim).claim.id))
    }

    /// The address of a source in the list of sources.
    pub fn source_url(&self, id: &str) -> Option<String> {
        let page = page_path(SOURCES, *self.source_pages.get(id)?);
        Some(format!("{page}#source-{}", anchor(id)))
    }

    /// The address of a publisher in the list of publishers.
    pub fn publisher_url(&self, id: &str) -> Option<String> {
        let page = page_path(PUBLISHERS, *self.publisher_pages.get(id)?);
        Some(format!("{page}#publisher-{}", anchor(id)))
    }
}

/// The list of sources, without number and extension.
pub const SOURCES: &str = "report/sources";
/// The list of publishers.
pub const PUBLISHERS: &str = "report/publishers";
/// The list of subjects.
pub const SUBJECTS: &str = "report/subjects";
/// The page of disagreements.
pub const DISAGREEMENTS: &str = "report/disagreements";
/// The page of claims that no topic tells.
pub const LOOSE: &str = "report/removed";
/// The overview.
pub const OVERVIEW: &str = "report/README";

/// The page of a topic, without number and extension.
pub fn topic_base(id: &str) -> String {
    format!("report/topics/{}", anchor(id))
}

/// The page of a subject, without number and extension.
pub fn subject_base(id: &str) -> String {
    format!("report/subjects/{}", anchor(id))
}

/// The anchor of a claim.
pub fn claim_anchor(id: &str) -> String {
    format!("claim-{}", anchor(id))
}

/// A page of several: ids hold no dots, so that the number cannot be part of one.
pub fn page_path(base: &str, page: usize) -> String {
    if page == 1 { format!("{base}.md") } else { format!("{base}.{page}.md") }
}

/// The address of `to` for a page at `from`, both from the output folder.
pub fn relative(from: &str, to: &str) -> String {
    let (mut from, mut to) = (from, to);
    while let (Some((here, inner)), Some((there, rest))) =
        (from.split_once('/'), to.split_once('/'))
        && here == there
    {
        (from, to) = (inner, rest);
    }
    match to.strip_prefix(from).filter(|anchor| anchor.starts_with('#')) {
        Some(anchor) => anchor.to_owned(),
        None => format!("{}{to}", "../".repeat(from.matches('/').count())),
    }
}

/// The pages of a list of claims that are told in full. A list without claims has a page as well.
pub fn claim_pages(claims: &[u32]) -> impl Iterator<Item = &[u32]> {
    claims.chunks(CLAIMS_A_PAGE).chain(claims.is_empty().then_some(&[][..]))
}

/// The pages of a list of short entries. A list without entries has a page as well.
pub fn entry_pages<T>(entries: &[T]) -> impl Iterator<Item = &[T]> {
    entries.chunks(ENTRIES_A_PAGE).chain(entries.is_empty().then_some(&[][..]))
}

/// The day from which a claim holds, or to which it does where its beginning is open; none where
/// not even the year is known.
pub fn day(computed: &Computed) -> Option<Day> {
    let year = computed.claim.date.as_str().trim_start_matches("../").get(..4)?;
    computed.days.0.or(computed.days.1).filter(|_| !year.contains('X'))
}

fn pages<'e>(ids: impl Iterator<Item = &'e str>) -> BTreeMap<&'e str, usize> {
    ids.enumerate().map(|(i, id)| (id, i / ENTRIES_A_PAGE + 1)).collect()
}

fn sources<'e>(edition: &'e Edition<'e>) -> Vec<&'e Source> {
    let mut sources: Vec<_> = edition.dataset.sources.values().map(|entry| &entry.record).collect();
    sources.sort_by_cached_key(|source| (edition.letter(source), sort_key(&source.title)));
    sources
}

fn publishers<'e>(edition: &'e Edition<'e>) -> Vec<&'e Publisher> {
    let entries = edition.dataset.publishers.values();
    let mut publishers: Vec<_> = entries.map(|entry| &entry.record).collect();
    publishers.sort_by_cached_key(|publisher| {
        (publisher.reliability.as_str(), sort_key(&publisher.name))
    });
    publishers
}

/// What a title is sorted by: its letters and digits, whatever brackets and quotes stand first.
pub fn sort_key(title: &str) -> String {
    title.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// A place in a list; there are at most some millions.
fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative_to_the_page() {
        let cases = [
            ("report/README.md", "report/topics/a.md", "topics/a.md"),
            ("report/topics/a.md", "report/topics/b.2.md#c", "b.2.md#c"),
            ("report/topics/a.md", "report/sources.md#s", "../sources.md#s"),
            ("report/topics/a.md", "report/topics/a.md#c", "#c"),
            ("report/sources.md", "report/sources.2.md#s", "sources.2.md#s"),
        ];
        for (from, to, url) in cases {
            assert_eq!(relative(from, to), url);
        }
    }
}
