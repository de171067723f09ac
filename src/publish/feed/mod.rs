//! Feeds of what changed, for those who watch a dataset: an entry for the version as a whole and one
//! for each claim that changed. What changed is worked out elsewhere and told here.

pub mod atom;
pub mod jsonfeed;

use super::{Edition, about};
use crate::{
    error::{Error, Result},
    model::Maintainer,
    text::count,
};
use serde::Serialize;

/// How many claims have an entry of their own; more would be too much for those who read feeds.
const MOST: usize = 200;

/// What changed since a version before.
#[derive(Default)]
pub struct News {
    /// What the version before is called.
    pub since: String,
    /// What changed, in a few words.
    pub summary: String,
    /// The claims that changed, what weakens them first.
    pub claims: Vec<ClaimNews>,
    /// The bundle of the version before, where a change set is wanted.
    pub before: Option<String>,
}

/// What changed of one claim.
pub struct ClaimNews {
    /// Its id.
    pub id: String,
    /// Its statement, or what is known of it instead.
    pub title: String,
    /// What changed, a change a line.
    pub lines: Vec<String>,
    /// Ids of its topics.
    pub topics: Vec<String>,
}

/// A feed, as both formats tell it.
#[derive(Serialize)]
struct Feed<'e> {
    id: String,
    title: String,
    language: &'e str,
    home: &'e str,
    license: &'e str,
    authors: &'e [Maintainer],
    updated: String,
    entries: Vec<Entry<'e>>,
}

/// One piece of news.
#[derive(Serialize)]
struct Entry<'e> {
    /// The same for the same claim of the same version, and never another's.
    id: String,
    title: String,
    url: String,
    lines: Vec<String>,
    /// Ids and labels of topics.
    topics: Vec<(&'e str, &'e str)>,
}

impl<'e> Feed<'e> {
    fn of(edition: &'e Edition<'e>) -> Result<Self> {
        let meta = edition.meta;
        let (Some(news), Some(commit), Some(updated)) =
            (&edition.news, edition.commit, edition.moment())
        else {
            return Err(not_told());
        };
        let name = edition.version.as_deref().unwrap_or(&commit.id);
        let changes = format!("{}changes/{name}", meta.base_iri);
        let told = news.claims.len().min(MOST);
        let mut lines = vec![news.summary.clone()];
        if told < news.claims.len() {
            let rest = count(news.claims.len() - told, "more claim");
            lines.push(format!("{rest} changed that have no entry here"));
        }
        let whole = Entry {
            id: changes.clone(),
            title: match &edition.version {
                Some(version) => {
                    format!("{} {version}: what changed since {}", meta.title, news.since)
                }
                None => format!("{}: what changed since {}", meta.title, news.since),
            },
            url: about::page(meta).to_owned(),
            lines,
            topics: Vec::new(),
        };
        let entries = news.claims[..told].iter().map(|claim| Entry {
            id: format!("{changes}#{}", claim.id),
            title: claim.title.clone(),
            url: edition.iri("claim", &claim.id),
            lines: claim.lines.clone(),
            topics: claim
                .topics
                .iter()
                .map(|topic| (topic.as_str(), meta.topics.label(topic)))
                .collect(),
        });
        Ok(Self {
            id: format!("{}changes", meta.base_iri),
            title: format!("{}: changes", meta.title),
            language: &meta.language,
            home: about::page(meta),
            license: &meta.license,
            authors: &meta.maintainers,
            updated,
            entries: [whole].into_iter().chain(entries).collect(),
        })
    }
}

/// Nobody said since when.
pub fn not_told() -> Error {
    Error::new("what changed can only be told of one revision since another")
        .hint("name them with --at and --base")
}
