//! Where everything stands in the report: on which page, under which anchor, in which order.

use super::{
    address::{LOOSE, PUBLISHERS, SOURCES, address, page_path, relative, subject_base, topic_base},
    ids::Ids,
};
use crate::{
    date::Day,
    model::{Publisher, Source, Subject},
    publish::{CitedSource, Computed, Edition},
};
use serde::Serialize;
use std::{borrow::Cow, cmp::Reverse, collections::BTreeMap};

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
    /// Sources by letter and title, by their places in the edition.
    pub sources: Vec<u32>,
    /// Publishers by letter and name.
    pub publishers: Vec<&'e Publisher>,
    /// For each claim the topic, by its place, and the page that tell it in full.
    homes: Vec<Home>,
    /// The ids of the claims.
    ids: Ids,
    /// For each source of the edition the page that lists it.
    source_pages: Vec<u32>,
    publisher_pages: BTreeMap<&'e str, usize>,
    /// The paths of the pages of lists, of which each is linked to from many others.
    loose_paths: Vec<String>,
    source_paths: Vec<String>,
    publisher_paths: Vec<String>,
}

/// A title with an address.
#[derive(Serialize)]
pub struct Link<'e> {
    pub title: &'e str,
    /// None where there is no page to lead to.
    pub url: Option<Cow<'e, str>>,
}

/// A topic and the claims about it, the newest first.
pub struct Topic<'e> {
    /// The id.
    pub id: &'e str,
    /// The claims.
    pub claims: Claims,
    /// Its page, without number and extension.
    pub base: String,
    /// The paths of its pages.
    paths: Vec<String>,
}

impl<'e> Topic<'e> {
    fn new(id: &'e str) -> Self {
        Self { id, claims: Vec::new(), base: topic_base(id), paths: Vec::new() }
    }
}

#[derive(Clone, Copy)]
struct Home {
    topic: Option<u32>,
    /// From 0.
    page: u32,
}

impl<'e> Book<'e> {
    /// Finds a place for everything.
    pub fn new(edition: &'e Edition<'e>) -> Self {
        let mut topics: Vec<Topic> =
            edition.meta.topics.iter().map(|(id, _)| Topic::new(id)).collect();
        let places: BTreeMap<&str, usize> =
            topics.iter().enumerate().map(|(place, topic)| (topic.id, place)).collect();
        let mut homes = vec![Home { topic: None, page: 0 }; edition.claims.len()];
        let mut subjects: BTreeMap<&str, Claims> =
            edition.dataset.subjects.keys().map(|id| (id.as_str(), Vec::new())).collect();
        let mut loose = Vec::new();
        // Every list is filled in the order in which it is read.
        let mut order: Claims = (0..small(edition.claims.len())).collect();
        order.sort_by_cached_key(|claim| Reverse(day(&edition.claims[*claim as usize])));
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
        for (place, topic) in topics.iter_mut().enumerate() {
            topic.paths = paths(&topic.base, topic.claims.len(), CLAIMS_A_PAGE);
            for (i, claim) in topic.claims.iter().enumerate() {
                let home = &mut homes[*claim as usize];
                if home.topic == Some(small(place)) {
                    home.page = small(i / CLAIMS_A_PAGE);
                }
            }
        }
        for (i, claim) in loose.iter().enumerate() {
            homes[*claim as usize].page = small(i / CLAIMS_A_PAGE);
        }
        let sources = sources(edition);
        let publishers = publishers(edition);
        let mut source_pages = vec![0; sources.len()];
        for (i, source) in sources.iter().enumerate() {
            source_pages[*source as usize] = small(i / ENTRIES_A_PAGE);
        }
        let ids = publishers.iter().map(|publisher| publisher.id.as_str()).enumerate();
        let publisher_pages = ids.map(|(i, id)| (id, i / ENTRIES_A_PAGE)).collect();
        Self {
            edition,
            loose_paths: paths(LOOSE, loose.len(), CLAIMS_A_PAGE),
            source_paths: paths(SOURCES, sources.len(), ENTRIES_A_PAGE),
            publisher_paths: paths(PUBLISHERS, publishers.len(), ENTRIES_A_PAGE),
            topics,
            loose,
            subjects,
            sources,
            publishers,
            homes,
            ids: edition.claims.iter().map(|computed| computed.claim.id.as_str()).collect(),
            source_pages,
            publisher_pages,
        }
    }

    /// A claim of the edition.
    pub fn claim(&self, claim: u32) -> &'e Computed<'e> {
        &self.edition.claims[claim as usize]
    }

    /// The id of a claim of the edition.
    pub fn id(&self, claim: u32) -> &str {
        self.ids.id(claim)
    }

    /// A source of the edition.
    pub fn source(&self, source: u32) -> &'e CitedSource<'e> {
        &self.edition.sources[source as usize]
    }

    /// The place of a claim in the edition, by its id.
    pub fn find(&self, id: &str) -> Option<u32> {
        let claims = &self.edition.claims;
        claims.binary_search_by(|computed| computed.claim.id.as_str().cmp(id)).ok().map(small)
    }

    /// The place of a source in the edition, by its id.
    pub fn find_source(&self, id: &str) -> Option<u32> {
        let sources = &self.edition.sources;
        sources.binary_search_by(|cited| cited.source.id.as_str().cmp(id)).ok().map(small)
    }

    /// The id of the topic whose page tells a claim in full; none for one without a topic.
    pub fn topic_of(&self, claim: u32) -> Option<&'e str> {
        self.homes[claim as usize].topic.map(|topic| self.topics[topic as usize].id)
    }

    /// A topic by its label, for a page at `from`.
    pub fn topic_link(&self, id: &'e str, from: &str) -> Link<'e> {
        let url = relative(from, &page_path(&topic_base(id), 1));
        Link { title: self.edition.meta.topics.label(id), url: Some(url.into()) }
    }

    /// A subject by its name, for a page at `from`.
    pub fn subject_link(&self, subject: &'e Subject, from: &str) -> Link<'e> {
        let url = relative(from, &page_path(&subject_base(&subject.id), 1));
        Link { title: &subject.name, url: Some(url.into()) }
    }

    /// The language of a source, where it is another than that of the dataset, whatever the region
    /// or script.
    pub fn foreign(&self, source: &'e Source) -> Option<&'e str> {
        let own = self.edition.meta.language.split('-').next();
        Some(source.lang.as_str()).filter(|lang| lang.split('-').next() != own)
    }

    /// The address of the claim where it is told in full, for a page at `from`.
    pub fn claim_url(&self, claim: u32, from: &str) -> String {
        let home = self.homes[claim as usize];
        let pages =
            home.topic.map_or(&self.loose_paths, |topic| &self.topics[topic as usize].paths);
        address(from, &pages[home.page as usize], "claim", self.id(claim))
    }

    /// The address of a source in the list of sources, for a page at `from`.
    pub fn source_url(&self, source: u32, from: &str) -> String {
        let page = &self.source_paths[self.source_pages[source as usize] as usize];
        address(from, page, "source", &self.edition.sources[source as usize].source.id)
    }

    /// The address of a publisher in the list of publishers, for a page at `from`.
    pub fn publisher_url(&self, id: &str, from: &str) -> Option<String> {
        let page = &self.publisher_paths[*self.publisher_pages.get(id)?];
        Some(address(from, page, "publisher", id))
    }
}

/// The paths of the pages of a list, `each` of its entries on one. A list without entries has a page
/// as well.
fn paths(base: &str, entries: usize, each: usize) -> Vec<String> {
    (1..=entries.div_ceil(each).max(1)).map(|page| page_path(base, page)).collect()
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
    let date = computed.claim.date.as_str();
    let year = date.strip_prefix("../").unwrap_or(date).get(..4)?;
    computed.days.0.or(computed.days.1).filter(|_| !year.contains('X'))
}

fn sources(edition: &Edition) -> Vec<u32> {
    let mut sources: Vec<u32> = (0..small(edition.sources.len())).collect();
    sources.sort_by_cached_key(|source| {
        let cited = &edition.sources[*source as usize];
        (cited.letter.as_str(), sort_key(&cited.source.title))
    });
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
