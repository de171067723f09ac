//! `dataset.json`: what the dataset is, its vocabularies and its policy.

use super::{
    read::{self, Extra, Read},
    word::{Kind, Letter},
};
use crate::document::{Json, Members};
use serde::Serialize;
use std::collections::BTreeMap;

/// What `dataset.json` says.
#[derive(Clone, Debug, Default)]
pub struct Meta {
    /// Short name; published files carry it.
    pub name: String,
    /// Title for readers.
    pub title: String,
    /// What the dataset holds.
    pub description: String,
    /// Language of statements and notes.
    pub language: String,
    /// SPDX expression.
    pub license: String,
    /// Address under which records are identified; ends with a slash.
    pub base_iri: String,
    /// Where readers find the dataset.
    pub homepage: Option<String>,
    /// Where it is kept.
    pub repository: Option<String>,
    /// Who keeps it.
    pub maintainers: Vec<Maintainer>,
    /// Topics, in the order of the file.
    pub topics: Vocabulary,
    /// Units, in the order of the file.
    pub units: Vocabulary,
    /// Thresholds, with defaults where the file is silent.
    pub policy: Policy,
    /// What release tags begin with.
    pub tag_prefix: String,
    /// `x_` keys.
    pub extra: Extra,
}

impl Read for Meta {
    fn member(&mut self, key: &str, value: &Json) {
        match key {
            "name" => self.name = read::text(value),
            "title" => self.title = read::text(value),
            "description" => self.description = read::text(value),
            "language" => self.language = read::text(value),
            "license" => self.license = read::text(value),
            "base_iri" => self.base_iri = read::text(value),
            "homepage" => self.homepage = read::some_text(value),
            "repository" => self.repository = read::some_text(value),
            "maintainers" => self.maintainers = read::records(value),
            "topics" => self.topics = Vocabulary::read(value),
            "units" => self.units = Vocabulary::read(value),
            "policy" => self.policy = Policy::read(value),
            "release" => {
                self.tag_prefix = value.pointer("/tag_prefix").map(read::text).unwrap_or_default();
            }
            _ => read::extra(&mut self.extra, key, value),
        }
    }
}

impl Meta {
    /// What release tags begin with: `v` unless the file says otherwise.
    #[must_use]
    pub fn tag_prefix(&self) -> &str {
        if self.tag_prefix.is_empty() { "v" } else { &self.tag_prefix }
    }

    /// The version that a revision's name says it was released as; none where the name is not that
    /// of a release.
    #[must_use]
    pub fn released_as<'r>(&self, rev: &'r str) -> Option<&'r str> {
        let rev = rev.strip_prefix("refs/").unwrap_or(rev);
        let version = rev.strip_prefix("tags/").unwrap_or(rev).strip_prefix(self.tag_prefix())?;
        is_version(version).then_some(version)
    }
}

/// Whether a text is a version: MAJOR.MINOR.PATCH, perhaps with what comes before it or after it,
/// as <https://semver.org> has it.
#[must_use]
pub fn is_version(text: &str) -> bool {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let mut numbers = core.split('.');
    let number = |n: &str| {
        !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) && (n == "0" || !n.starts_with('0'))
    };
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+');
    numbers.by_ref().take(3).filter(|n| number(n)).count() == 3
        && numbers.next().is_none()
        && text.bytes().all(plain)
        && text.bytes().last().is_some_and(|b| b.is_ascii_alphanumeric())
}

/// A person or body that keeps the dataset.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Maintainer {
    /// Name.
    pub name: String,
    /// Home page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl Read for Maintainer {
    fn member(&mut self, key: &str, value: &Json) {
        match key {
            "name" => self.name = read::text(value),
            "url" => self.url = read::some_text(value),
            _ => {}
        }
    }
}

/// Ids with their labels, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary(Vec<(String, Label)>);

impl Vocabulary {
    /// Every entry, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Label)> {
        self.0.iter().map(|(id, label)| (id.as_str(), label))
    }

    /// The label of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Label> {
        self.0.iter().find(|(name, _)| name == id).map(|(_, label)| label)
    }

    /// What readers see for an id: its label, or the id itself.
    #[must_use]
    pub fn label<'v>(&'v self, id: &'v str) -> &'v str {
        self.get(id).map_or(id, |label| &label.label)
    }
}

impl Read for Vocabulary {
    fn member(&mut self, key: &str, value: &Json) {
        self.0.push((key.to_owned(), Label::read(value)));
    }
}

/// What readers see for an id.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Label {
    /// The label.
    pub label: String,
    /// What it covers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl Read for Label {
    fn member(&mut self, key: &str, value: &Json) {
        match key {
            "label" => self.label = read::text(value),
            "description" => self.description = read::some_text(value),
            _ => {}
        }
    }
}

/// The thresholds of a dataset. The schema of `dataset.json` says what each means; the defaults
/// here are its `default`s, and a test holds the two together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// Independent groups that carry moderate.
    pub moderate_groups: usize,
    /// The letter each of them needs.
    pub moderate_letter: Letter,
    /// Independent groups that carry high.
    pub high_groups: usize,
    /// The letter each of them needs.
    pub high_letter: Letter,
    /// The letter a primary citation needs.
    pub primary_letter: Letter,
    /// The letter a publisher needs for its own act to carry high.
    pub act_letter: Letter,
    /// Kinds of claim that the act itself can carry to high.
    pub act_kinds: Vec<Kind>,
    /// Kinds of publisher whose own act can carry high.
    pub act_publishers: Vec<String>,
    /// Kinds of claim that never carry more than moderate.
    pub moderate_at_most: Vec<Kind>,
    /// How many letters worse than the best support a contradicting source may be and count.
    pub dispute_margin: u8,
    /// Months the newest source of a running claim may be old against `reviewed`, by kind.
    pub age_months: BTreeMap<Kind, u32>,
    /// Months a review holds, by kind.
    pub review_months: BTreeMap<Kind, u32>,
    /// Share of words, in per cent, that similar statements have in common.
    pub similar_percent: u32,
    /// Share of claims, in per cent, that one change may weaken or remove unacknowledged.
    pub mass_change_percent: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            moderate_groups: 2,
            moderate_letter: Letter::C,
            high_groups: 2,
            high_letter: Letter::B,
            primary_letter: Letter::B,
            act_letter: Letter::A,
            act_kinds: vec![Kind::Commitment, Kind::Event],
            act_publishers: [
                "company",
                "court",
                "government",
                "igo",
                "legislature",
                "standards-body",
            ]
            .map(str::to_owned)
            .to_vec(),
            moderate_at_most: vec![Kind::Assessment, Kind::Forecast],
            dispute_margin: 1,
            age_months: BTreeMap::from([
                (Kind::State, 24),
                (Kind::Measurement, 24),
                (Kind::Commitment, 24),
                (Kind::Forecast, 12),
            ]),
            review_months: BTreeMap::from([
                (Kind::Event, 36),
                (Kind::State, 12),
                (Kind::Measurement, 12),
                (Kind::Commitment, 12),
                (Kind::Forecast, 6),
                (Kind::Assessment, 12),
            ]),
            similar_percent: 80,
            mass_change_percent: 5,
        }
    }
}

impl Read for Policy {
    fn member(&mut self, key: &str, value: &Json) {
        let letter = |old: &Letter| value.as_str().map_or(old.clone(), Letter::lenient);
        let count = |old: usize| read::number(value).map_or(old, |n| n as usize);
        let percent = |old: u32| read::number(value).unwrap_or(old);
        let kinds = || read::texts(value).iter().map(|word| Kind::lenient(word)).collect();
        let months = |map: &mut BTreeMap<Kind, u32>| {
            for (kind, months) in value.members().map(Members::iter).into_iter().flatten() {
                map.extend(read::number(months).map(|n| (Kind::lenient(kind), n)));
            }
        };
        match key {
            "moderate_groups" => self.moderate_groups = count(self.moderate_groups),
            "moderate_letter" => self.moderate_letter = letter(&self.moderate_letter),
            "high_groups" => self.high_groups = count(self.high_groups),
            "high_letter" => self.high_letter = letter(&self.high_letter),
            "primary_letter" => self.primary_letter = letter(&self.primary_letter),
            "act_letter" => self.act_letter = letter(&self.act_letter),
            "act_kinds" => self.act_kinds = kinds(),
            "act_publishers" => self.act_publishers = read::texts(value),
            "moderate_at_most" => self.moderate_at_most = kinds(),
            "dispute_margin" => {
                self.dispute_margin = u8::try_from(count(1)).unwrap_or(self.dispute_margin);
            }
            "age_months" => months(&mut self.age_months),
            "review_months" => months(&mut self.review_months),
            "similar_percent" => self.similar_percent = percent(self.similar_percent),
            "mass_change_percent" => self.mass_change_percent = percent(self.mass_change_percent),
            _ => {}
        }
    }
}
