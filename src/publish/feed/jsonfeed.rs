//! JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).

use super::{Entry, Feed};
use crate::{
    error::Result,
    model::Maintainer,
    publish::{Edition, Sink, write_json},
};
use serde::Serialize;

/// Writes the feed.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    let feed = Feed::of(edition)?;
    let json = Json {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: feed.home,
        language: feed.language,
        authors: feed.authors,
        items: feed.entries.iter().map(|entry| Item::of(entry, &feed.updated)).collect(),
    };
    write_json(sink, "feed.json", &json)
}

#[derive(Serialize)]
struct Json<'f> {
    version: &'static str,
    title: &'f str,
    home_page_url: &'f str,
    language: &'f str,
    authors: &'f [Maintainer],
    items: Vec<Item<'f>>,
}

#[derive(Serialize)]
struct Item<'f> {
    id: &'f str,
    url: &'f str,
    title: &'f str,
    content_text: String,
    date_published: &'f str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'f str>,
}

impl<'f> Item<'f> {
    fn of(entry: &'f Entry<'f>, date: &'f str) -> Self {
        Self {
            id: &entry.id,
            url: &entry.url,
            title: &entry.title,
            content_text: entry.lines.join("\n"),
            date_published: date,
            tags: entry.topics.iter().map(|(_, label)| *label).collect(),
        }
    }
}
