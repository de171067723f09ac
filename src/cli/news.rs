//! What changed between two revisions, as feeds tell it.

use crate::{
    diff::{Change, Changes, Record},
    publish::feed::{ClaimNews, News},
    report::diff::{Line, Notes, lines},
};
use std::collections::BTreeMap;

/// The news in some changes; `since` is what the older version is called.
pub fn news(changes: &Changes, since: &str) -> News {
    let mut claims: Vec<(&str, Vec<&Change>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for change in changes.changes.iter().filter(|change| change.record == Record::Claim) {
        let place = *places.entry(&change.id).or_insert_with(|| {
            claims.push((&change.id, Vec::new()));
            claims.len() - 1
        });
        claims[place].1.push(change);
    }
    let news = |(id, of): (&str, Vec<&Change>)| {
        let about = changes.about.get(&(Record::Claim, id.to_owned()));
        ClaimNews {
            id: id.to_owned(),
            title: changes.name(Record::Claim, id).to_owned(),
            lines: lines(changes, &of).iter().map(Line::plain).collect(),
            topics: about.map(|a| a.topics.iter().cloned().collect()).unwrap_or_default(),
        }
    };
    let claims = claims.into_iter().map(news).collect();
    News { since: since.to_owned(), summary: Notes::of(changes).summary, claims, before: None }
}
