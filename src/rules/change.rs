//! What rules about change look at: two versions of a dataset, what changed between them, and what
//! was released.

use super::{Check, Findings, RULES};
use crate::{
    date::Day,
    diff::{Changes, Verb},
    error::{Error, Result},
    finding::{FileId, Finding, Origin, Place, Texts},
    model::{Claim, Dataset, RecordKind},
    snapshot::MARK,
    text::count,
};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// Two versions of a dataset.
pub struct Change<'d> {
    /// The one that is changed.
    pub base: &'d Dataset,
    /// What it is changed to.
    pub head: &'d Dataset,
    /// What changed.
    pub changes: &'d Changes,
    /// What was released.
    pub past: &'d Past,
    /// The texts of both.
    pub texts: &'d Texts,
    /// The day that counts as today.
    pub today: Day,
}

/// What git knows beside the two versions.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// The tag of the newest release; none where nothing was released.
    pub release: Option<String>,
    /// Claims that changed, as the newest release has them; claims that came back, as the newest
    /// release that had them.
    pub claims: BTreeMap<String, Claim>,
    /// Records of any release that one of the two versions lacks.
    pub gone: BTreeMap<(RecordKind, String), Gone>,
    /// What the commits of the change say that they mean to do.
    pub acknowledged: Vec<Acknowledgement>,
}

/// What a change means to do, said in so many words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acknowledgement {
    /// `weakens 12 claims`
    Weakens(usize),
    /// `removes ID`: a claim that was never released.
    Removes(String),
}

impl Acknowledgement {
    /// The key of the trailer by which commits say it.
    pub const TRAILER: &str = "Claimbook-Acknowledge";
}

impl fmt::Display for Acknowledgement {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Weakens(n) => write!(f, "weakens {}", count(*n, "claim")),
            Self::Removes(id) => write!(f, "removes {id}"),
        }
    }
}

impl FromStr for Acknowledgement {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let number = |n: &str| n.parse().ok().map(Self::Weakens);
        let said = match words.as_slice() {
            ["weakens", n, "claim" | "claims"] => number(n),
            ["removes", id] => Some(Self::Removes((*id).to_owned())),
            _ => None,
        };
        said.ok_or_else(|| {
            Error::new(format!("`{text}` acknowledges nothing"))
                .hint("write `weakens 12 claims` or `removes ID`")
        })
    }
}

/// A record of a release that is gone.
#[derive(Clone, Debug)]
pub struct Gone {
    /// The tag of the newest release that has it.
    pub release: String,
    /// Where it stood there.
    pub path: String,
}

/// Applies every rule about change.
#[must_use]
pub fn run_change(change: &Change) -> Vec<Finding> {
    let mut findings = Findings::default();
    for rule in RULES {
        if let Check::Change(check) = rule.check {
            check(change, &mut findings);
        }
    }
    findings.0
}

impl Change<'_> {
    /// The place of what has no place of its own any more: the name of the dataset.
    pub(super) fn dataset(&self) -> Place {
        if let Some(meta) = &self.head.meta {
            return meta.at("/name");
        }
        let file = self.texts.0.iter().position(|text| text.path == MARK).unwrap_or_default();
        let file = FileId::try_from(file).unwrap_or_default();
        Origin { file, start: 0, end: 0 }.bytes(0..0)
    }

    /// Where something is told of a record that is gone: at the one that has come in its place, where
    /// there is one, with its id.
    pub(super) fn stead(&self, kind: RecordKind, id: &str) -> (Place, Option<&str>) {
        let heir = self.heir(kind, id);
        let place = heir.map(|heir| match kind {
            RecordKind::Claim => self.head.claims[heir].at("/id"),
            RecordKind::Source => self.head.sources[heir].at("/id"),
            RecordKind::Publisher => self.head.publishers[heir].at("/id"),
            RecordKind::Subject => self.head.subjects[heir].at("/id"),
        });
        (place.unwrap_or_else(|| self.dataset()), heir)
    }

    /// The new record that says what one that is gone said.
    fn heir(&self, kind: RecordKind, id: &str) -> Option<&str> {
        let said = says(self.base, kind, id)?;
        let added = self.changes.changes.iter().filter(|change| change.verb == Verb::Added);
        added
            .filter(|change| change.record == kind.into())
            .map(|change| change.id.as_str())
            .find(|new| says(self.head, kind, new).is_some_and(|says| says == said))
    }

    /// Whether another claim, old or new, states what one that is gone stated.
    pub(super) fn restated(&self, id: &str) -> bool {
        let said = says(self.base, RecordKind::Claim, id);
        let other = |other: &String| says(self.head, RecordKind::Claim, other) == said;
        said.is_some() && self.head.claims.keys().any(other)
    }
}

/// What tells a record from others of its kind, whatever its id: the words of it alone.
fn says(dataset: &Dataset, kind: RecordKind, id: &str) -> Option<Vec<String>> {
    let text = match kind {
        RecordKind::Claim => dataset.claims.get(id)?.record.statement.clone(),
        RecordKind::Source => {
            let source = &dataset.sources.get(id)?.record;
            source.link().map_or_else(|| source.title.clone(), Into::into)
        }
        RecordKind::Publisher => dataset.publishers.get(id)?.record.name.clone(),
        RecordKind::Subject => dataset.subjects.get(id)?.record.name.clone(),
    };
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    Some(words.map(str::to_lowercase).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_acknowledge() {
        let read = |text: &str| text.parse::<Acknowledgement>().ok();
        assert_eq!(read("weakens 12 claims"), Some(Acknowledgement::Weakens(12)));
        assert_eq!(read(" weakens  1 claim "), Some(Acknowledgement::Weakens(1)));
        assert_eq!(read("removes a-b"), Some(Acknowledgement::Removes("a-b".to_owned())));
        for other in [
            "weakens claims",
            "12",
            "weakens 12",
            "weakens 2 claims or so",
            "weakens -1 claims",
            "removes",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
