//! Which changes to show: `--only`.

use super::{About, Change, Changes, Record, VERBS, Verb, Weight};
use crate::{
    error::{Error, Result},
    text::did_you_mean,
};
use std::str::FromStr;

/// One thing to keep to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// A verb.
    Verb(Verb),
    /// A weight.
    Weight(Weight),
    /// A claim.
    Claim(String),
    /// Claims of a topic, and the topic itself.
    Topic(String),
    /// Claims about a subject, and the subject itself.
    Subject(String),
    /// Claims that cite a source, and the source itself.
    Source(String),
}

const WEIGHTS: [Weight; 3] = [Weight::Weakens, Weight::Neutral, Weight::Strengthens];
const KEYS: [&str; 4] = ["claim", "topic", "subject", "source"];

impl FromStr for Filter {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if let Some((key, id)) = text.split_once(':') {
            let id = id.to_owned();
            return match key {
                "claim" => Ok(Self::Claim(id)),
                "topic" => Ok(Self::Topic(id)),
                "subject" => Ok(Self::Subject(id)),
                "source" => Ok(Self::Source(id)),
                _ => Err(unknown(key, "key", KEYS, "claim:ID, topic:ID, subject:ID and source:ID")),
            };
        }
        if let Some(weight) = WEIGHTS.into_iter().find(|weight| weight.as_str() == text) {
            return Ok(Self::Weight(weight));
        }
        Verb::find(text).map(Self::Verb).ok_or_else(|| {
            let words = VERBS.iter().map(|info| info.word).chain(WEIGHTS.map(Weight::as_str));
            unknown(text, "verb", words, "the verbs are listed in docs/diff.md")
        })
    }
}

fn unknown<'w>(
    word: &str,
    what: &str,
    words: impl IntoIterator<Item = &'w str>,
    otherwise: &str,
) -> Error {
    let error = Error::new(format!("no {what} `{word}` to filter by"));
    match did_you_mean(word, words) {
        Some(meant) => error.hint(format!("did you mean `{meant}`?")),
        None => error.hint(otherwise),
    }
}

impl Filter {
    fn keeps(&self, change: &Change, about: Option<&About>) -> bool {
        let is = |record: Record, id: &str| change.record == record && change.id == id;
        let of = |set: fn(&About) -> &std::collections::BTreeSet<String>, id: &String| {
            change.record == Record::Claim && about.is_some_and(|about| set(about).contains(id))
        };
        match self {
            Self::Verb(verb) => change.verb == *verb,
            Self::Weight(weight) => change.weight == *weight,
            Self::Claim(id) => is(Record::Claim, id),
            Self::Topic(id) => {
                let field = change.field.as_deref().and_then(|field| field.strip_prefix("topics/"));
                of(|about| &about.topics, id)
                    || change.record == Record::Dataset && field == Some(id)
            }
            Self::Subject(id) => is(Record::Subject, id) || of(|about| &about.subjects, id),
            Self::Source(id) => is(Record::Source, id) || of(|about| &about.sources, id),
        }
    }

    /// Filters of one kind are alternatives.
    fn same_kind(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl Changes {
    /// Leaves out what no filter keeps. Of several filters of one kind one is enough; filters of
    /// several kinds must all keep a change. The bump stays that of everything.
    pub fn keep(&mut self, filters: &[Filter]) {
        let about = &self.about;
        self.changes.retain(|change| {
            let about = about.get(&(change.record, change.id.clone()));
            filters.iter().all(|filter| {
                let mut alike = filters.iter().filter(|other| other.same_kind(filter));
                alike.any(|other| other.keeps(change, about))
            })
        });
    }
}
