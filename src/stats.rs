//! Counts and coverage of a dataset: how much there is of what, and how well it is attested.

use crate::{
    confidence::{Assessment, Evidence},
    finding::Records,
    model::{Citation, Claim, Confidence, Dataset, Directness, Kind, Letter, Stance, Status},
    text::thousands,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Counts and coverage.
#[derive(Debug, Serialize)]
pub struct Stats {
    /// How many records there are.
    pub records: Records,
    /// How many citations claims have.
    pub citations: usize,
    /// Claims by status.
    pub status: Vec<Count>,
    /// Claims by kind.
    pub kind: Vec<Count>,
    /// Claims by declared confidence.
    pub confidence: Vec<Count>,
    /// Claims by topic, in the order of `dataset.json`.
    pub topics: Vec<Group>,
    /// Claims by subject of kind `country`, most first.
    pub countries: Vec<Group>,
    /// Claims by the year their date begins in, in order.
    pub years: Vec<Group>,
    /// Cited sources by effective letter.
    pub reliability: Vec<Count>,
    /// Sources by language, most first.
    pub languages: Vec<Count>,
    /// How well claims that stand are attested.
    pub coverage: Coverage,
    /// The first and the last day on which a claim was reviewed.
    pub reviewed: Option<(String, String)>,
}

/// How many of something.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    /// What is counted.
    pub id: String,
    /// How many there are.
    pub count: usize,
}

/// Claims with something in common, by confidence.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// What they have in common.
    pub id: String,
    /// Its label.
    pub label: String,
    /// How many claims there are.
    pub claims: usize,
    /// How many of them are of high, moderate and low confidence.
    pub confidence: [usize; 3],
}

/// How many of the claims that stand (active or disputed) have something.
#[derive(Debug, Default, Serialize)]
pub struct Coverage {
    /// How many claims stand.
    pub claims: usize,
    /// With two independent groups of sources or more.
    pub independent: usize,
    /// With a primary citation that supports them.
    pub primary: usize,
    /// With a quantity.
    pub quantity: usize,
    /// With a citation that contradicts them.
    pub contradicted: usize,
    /// That declare less than their citations can carry.
    pub below_ceiling: usize,
}

impl Stats {
    /// Counts a dataset.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        let evidence = Evidence::new(dataset);
        let claims = || dataset.claims.values().map(|entry| &entry.record);
        let words = |known: &[&str], word: &dyn Fn(&Claim) -> String| -> Vec<Count> {
            let mut counts = BTreeMap::new();
            for claim in claims() {
                *counts.entry(word(claim)).or_insert(0) += 1;
            }
            known
                .iter()
                .map(|id| Count {
                    id: (*id).to_owned(),
                    count: counts.get(*id).copied().unwrap_or(0),
                })
                .collect()
        };
        let mut coverage = Coverage::default();
        for entry in dataset.claims.values() {
            coverage.add(&entry.record, evidence.assess(entry).as_ref());
        }
        let mut letters: BTreeMap<&str, usize> = BTreeMap::new();
        let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, entry) in &dataset.sources {
            *letters.entry(evidence.letter(id).map_or("", Letter::as_str)).or_default() += 1;
            *languages.entry(&entry.record.lang).or_default() += 1;
        }
        let mut languages: Vec<Count> =
            languages.into_iter().map(|(id, count)| Count { id: id.to_owned(), count }).collect();
        languages.sort_by_key(|language| std::cmp::Reverse(language.count));
        let reviewed = || claims().filter_map(Claim::reviewed_day);
        Self {
            records: dataset.records(),
            citations: claims().map(|claim| claim.citations.len()).sum(),
            status: words(Status::WORDS, &|claim| claim.status.to_string()),
            kind: words(Kind::WORDS, &|claim| claim.kind.to_string()),
            confidence: words(Confidence::WORDS, &|claim| claim.confidence.to_string()),
            topics: topics(dataset),
            countries: countries(dataset),
            years: years(dataset),
            reliability: Letter::WORDS
                .iter()
                .map(|id| Count {
                    id: (*id).to_owned(),
                    count: letters.get(id).copied().unwrap_or(0),
                })
                .collect(),
            languages,
            coverage,
            reviewed: reviewed()
                .min()
                .zip(reviewed().max())
                .map(|(a, b)| (a.to_string(), b.to_string())),
        }
    }
}

impl Coverage {
    /// Counts one more claim, if it stands.
    pub fn add(&mut self, claim: &Claim, assessment: Option<&Assessment>) {
        if !claim.stands() {
            return;
        }
        let primary =
            |c: &Citation| c.stance == Stance::Supports && c.directness == Directness::Primary;
        self.claims += 1;
        self.primary += usize::from(claim.citations.iter().any(primary));
        self.quantity += usize::from(claim.quantity.is_some());
        self.contradicted +=
            usize::from(claim.citations.iter().any(|c| c.stance == Stance::Contradicts));
        if let Some(assessment) = assessment {
            self.independent += usize::from(assessment.support.len() >= 2);
            let below = assessment.ceiling.as_ref().is_some_and(|most| claim.confidence > *most);
            self.below_ceiling += usize::from(below);
        }
    }
}

impl Stats {
    /// Every number, share and day by a name of its own: `claims`, `confidence/high`,
    /// `topic/models`, `primary-share`.
    #[must_use]
    pub fn numbers(&self) -> BTreeMap<String, String> {
        let Records { claims, sources, publishers, subjects } = self.records;
        let coverage = &self.coverage;
        let of_standing = [
            ("independent", coverage.independent),
            ("primary", coverage.primary),
            ("quantity", coverage.quantity),
            ("contradicted", coverage.contradicted),
            ("below-ceiling", coverage.below_ceiling),
        ];
        let single = [
            ("claims", claims),
            ("citations", self.citations),
            ("sources", sources),
            ("publishers", publishers),
            ("subjects", subjects),
            ("standing", coverage.claims),
        ];
        let mut counts: Vec<(String, usize)> =
            single.iter().chain(&of_standing).map(|(name, n)| ((*name).to_owned(), *n)).collect();
        for (group, of) in [
            ("status", &self.status),
            ("kind", &self.kind),
            ("confidence", &self.confidence),
            ("reliability", &self.reliability),
            ("language", &self.languages),
        ] {
            counts.extend(of.iter().map(|one| (format!("{group}/{}", one.id), one.count)));
        }
        for (group, of) in
            [("topic", &self.topics), ("country", &self.countries), ("year", &self.years)]
        {
            counts.extend(of.iter().map(|one| (format!("{group}/{}", one.id), one.claims)));
        }
        let counts = counts.into_iter().map(|(name, n)| (name, thousands(&n.to_string())));
        let shares = of_standing.iter().map(|(name, n)| {
            let share = (n * 100).checked_div(coverage.claims).unwrap_or(0);
            (format!("{name}-share"), format!("{share}%"))
        });
        let days = self.reviewed.iter().flat_map(|(first, last)| {
            [("reviewed-from", first), ("reviewed-to", last)]
                .map(|(name, day)| (name.to_owned(), day.clone()))
        });
        counts.chain(shares).chain(days).collect()
    }
}

/// Gathers claims by keys.
#[derive(Default)]
struct Tally(BTreeMap<String, (usize, [usize; 3])>);

impl Tally {
    fn add(&mut self, key: &str, confidence: &Confidence) {
        let (count, by) = self.0.entry(key.to_owned()).or_default();
        *count += 1;
        if let Some(i) = Confidence::WORDS.iter().position(|word| *word == confidence.as_str()) {
            by[i] += 1;
        }
    }

    fn take(&mut self, id: &str, label: &str) -> Group {
        let (claims, confidence) = self.0.remove(id).unwrap_or_default();
        Group { id: id.to_owned(), label: label.to_owned(), claims, confidence }
    }
}

fn topics(dataset: &Dataset) -> Vec<Group> {
    let mut tally = Tally::default();
    for entry in dataset.claims.values() {
        entry.record.topics.iter().for_each(|topic| tally.add(topic, &entry.record.confidence));
    }
    let Some(meta) = &dataset.meta else { return Vec::new() };
    meta.record.topics.iter().map(|(id, label)| tally.take(id, &label.label)).collect()
}

fn countries(dataset: &Dataset) -> Vec<Group> {
    let mut tally = Tally::default();
    for entry in dataset.claims.values() {
        for id in &entry.record.subjects {
            if dataset.subjects.get(id).is_some_and(|subject| subject.record.kind == "country") {
                tally.add(id, &entry.record.confidence);
            }
        }
    }
    let ids: Vec<String> = tally.0.keys().cloned().collect();
    let name = |id: &str| dataset.subjects.get(id).map_or(id.to_owned(), |s| s.record.name.clone());
    let mut groups: Vec<Group> = ids.iter().map(|id| tally.take(id, &name(id))).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.claims));
    groups
}

fn years(dataset: &Dataset) -> Vec<Group> {
    let mut tally = Tally::default();
    for entry in dataset.claims.values() {
        let span = entry.record.date.span().unwrap_or_default();
        if let Some(day) = span.earliest.or(span.latest) {
            tally.add(&format!("{:04}", day.year()), &entry.record.confidence);
        }
    }
    let years: Vec<String> = tally.0.keys().cloned().collect();
    years.iter().map(|year| tally.take(year, year)).collect()
}
