//! What changed between two revisions, as feeds tell it.

use crate::{
    diff::{Changes, Record},
    publish::feed::{ClaimNews, News},
    report::diff::{Notes, line},
};
use std::collections::BTreeMap;

/// The news in some changes; `since` is what the older version is called.
pub fn news(changes: &Changes, since: &str) -> News {
    let mut claims: Vec<ClaimNews> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for change in changes.changes.iter().filter(|change| change.record == Record::Claim) {
        let place = *places.entry(&change.id).or_insert_with(|| {
            let about = changes.about.get(&(Record::Claim, change.id.clone()));
            claims.push(ClaimNews {
                id: change.id.clone(),
                title: changes.name(Record::Claim, &change.id).to_owned(),
                lines: Vec::new(),
                topics: about.map(|a| a.topics.iter().cloned().collect()).unwrap_or_default(),
            });
            claims.len() - 1
        });
        claims[place].lines.push(line(changes, change).plain());
    }
    News { since: since.to_owned(), summary: Notes::of(changes).summary, claims, before: None }
}
