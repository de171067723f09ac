//! What is published: a dataset without errors, with everything that is worked out from it.

use super::{feed::News, sink::hex};
use crate::{
    confidence::{Assessed, Assessment, Evidence},
    date::Day,
    model::{Claim, Dataset, Letter, Meta, RelationType, Source},
    snapshot::Commit,
    templates::Templates,
};
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A dataset to publish.
pub struct Edition<'d> {
    /// The dataset.
    pub dataset: &'d Dataset,
    /// What `dataset.json` says.
    pub meta: &'d Meta,
    /// The commit it was read at; none for a folder.
    pub commit: Option<&'d Commit>,
    /// What is worked out for each claim, in order of id.
    pub claims: Vec<Computed<'d>>,
    /// What is worked out for each source, in order of id.
    pub sources: Vec<CitedSource<'d>>,
    /// Relations that lead to a claim: from which, and how.
    pub relations_to: BTreeMap<&'d str, Vec<(&'d str, &'d RelationType)>>,
    /// The templates.
    pub templates: &'d Templates,
    /// The version it is released as; none where it is not released.
    pub version: Option<String>,
    /// The repository's own schemas, by path.
    pub schemas: BTreeMap<String, String>,
    /// What changed since a version before; none where nobody asked.
    pub news: Option<News>,
}

/// A claim with what is worked out from it.
pub struct Computed<'d> {
    /// The claim.
    pub claim: &'d Claim,
    /// What its citations can carry; none for a tombstone.
    pub assessment: Option<Assessment<'d>>,
    /// The first and last day its date may mean.
    pub days: (Option<Day>, Option<Day>),
    /// SHA-256 of what it asserts, in hexadecimal; none for a tombstone.
    pub assertion_hash: Option<String>,
    /// Of each citation the source, by its place in the edition; none where it is missing.
    pub cites: Vec<Option<u32>>,
}

/// A source with what is worked out for it.
pub struct CitedSource<'d> {
    /// The source.
    pub source: &'d Source,
    /// Its effective letter; none where that cannot be told.
    pub letter: Letter,
    /// The name of its publisher, or the id where that has no record.
    pub publisher: &'d str,
    /// The claims that cite it, by their places in the edition.
    pub by: Vec<u32>,
}

impl<'d> Edition<'d> {
    /// Works out everything there is to publish; none where the dataset has no `dataset.json`.
    #[must_use]
    pub fn new(
        dataset: &'d Dataset,
        commit: Option<&'d Commit>,
        templates: &'d Templates,
    ) -> Option<Self> {
        Self::of(dataset, Assessed::of(dataset), commit, templates)
    }

    /// The same of a dataset whose claims have been assessed.
    #[must_use]
    pub fn of(
        dataset: &'d Dataset,
        assessed: Assessed<'d>,
        commit: Option<&'d Commit>,
        templates: &'d Templates,
    ) -> Option<Self> {
        let meta = &dataset.meta.as_ref()?.record;
        let Assessed { evidence, claims: assessments } = assessed;
        let mut sources: Vec<CitedSource> = dataset
            .sources
            .values()
            .map(|entry| CitedSource::of(&entry.record, dataset, &evidence))
            .collect();
        let entries: Vec<_> = dataset.claims.values().collect();
        let claims: Vec<Computed> = entries
            .par_iter()
            .zip(assessments)
            .with_min_len(256)
            .map(|(entry, assessment)| {
                let span = entry.record.date.span().unwrap_or_default();
                Computed {
                    claim: &entry.record,
                    assessment,
                    days: (span.earliest, span.latest),
                    assertion_hash: (!entry.record.is_removed())
                        .then(|| assertion_hash(&entry.record)),
                    cites: (entry.record.citations.iter())
                        .map(|citation| evidence.place(&citation.source))
                        .collect(),
                }
            })
            .collect();
        let mut relations_to: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (place, computed) in (0..).zip(&claims) {
            for source in computed.cites.iter().flatten() {
                let by = &mut sources[*source as usize].by;
                if by.last() != Some(&place) {
                    by.push(place);
                }
            }
            for relation in &computed.claim.relations {
                relations_to
                    .entry(&relation.claim)
                    .or_default()
                    .push((computed.claim.id.as_str(), &relation.kind));
            }
        }
        Some(Self {
            dataset,
            meta,
            commit,
            claims,
            sources,
            relations_to,
            templates,
            version: None,
            schemas: BTreeMap::new(),
            news: None,
        })
    }

    /// The same edition, released as a version.
    #[must_use]
    pub fn version(self, version: Option<String>) -> Self {
        Self { version, ..self }
    }

    /// The same edition, its columns described by the repository's own schemas.
    #[must_use]
    pub fn schemas(self, schemas: BTreeMap<String, String>) -> Self {
        Self { schemas, ..self }
    }

    /// The same edition, with what changed since a version before.
    #[must_use]
    pub fn news(self, news: Option<News>) -> Self {
        Self { news, ..self }
    }

    /// The day the edition shows: the commit's; none for a folder.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        self.commit.map(|commit| Day::from_unix(commit.time))
    }

    /// The day up to which it is known to be true: the commit's or, for a folder, the newest that a
    /// record names as the day somebody worked on it.
    #[must_use]
    pub fn as_of(&self) -> Option<Day> {
        let worked_on = |claim: &Claim| {
            let days = [&claim.reviewed, &claim.status_date];
            days.into_iter().flatten().filter_map(|day| day.parse().ok()).max()
        };
        self.day().or_else(|| self.claims.iter().filter_map(|c| worked_on(c.claim)).max())
    }

    /// The moment of the commit, in the form of RFC 3339; none for a folder.
    #[must_use]
    pub fn moment(&self) -> Option<String> {
        let commit = self.commit?;
        let seconds = commit.time.rem_euclid(86_400);
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let day = Day::from_unix(commit.time);
        Some(format!("{day}T{hours:02}:{minutes:02}:{seconds:02}Z"))
    }

    /// The address that identifies a record.
    #[must_use]
    pub fn iri(&self, kind: &str, id: &str) -> String {
        format!("{}{kind}/{id}", self.meta.base_iri)
    }
}

impl<'d> CitedSource<'d> {
    fn of(source: &'d Source, dataset: &'d Dataset, evidence: &Evidence) -> Self {
        let publisher = dataset.publishers.get(&source.publisher);
        Self {
            source,
            letter: evidence.letter(&source.id).cloned().unwrap_or_default(),
            publisher: publisher.map_or(&source.publisher, |entry| &entry.record.name),
            by: Vec::new(),
        }
    }
}

/// What a claim asserts, whoever supports it: changes here are changes of the claim itself.
#[derive(Serialize)]
struct Assertion<'c> {
    date: &'c str,
    kind: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    likelihood: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<AssertedQuantity<'c>>,
    statement: &'c str,
    subjects: &'c [String],
    topics: &'c [String],
}

#[derive(Serialize)]
struct AssertedQuantity<'c> {
    amount: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lower: Option<&'c str>,
    unit: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<&'c str>,
}

/// SHA-256 over the JSON Canonicalization Scheme (RFC 8785) of what a claim asserts: members by
/// name, no white space. All values are text, for which that is serde_json's compact form.
fn assertion_hash(claim: &Claim) -> String {
    let assertion = Assertion {
        date: claim.date.as_str(),
        kind: claim.kind.as_str(),
        likelihood: claim.likelihood.as_deref(),
        quantity: claim.quantity.as_ref().map(|quantity| AssertedQuantity {
            amount: &quantity.amount,
            lower: quantity.lower.as_deref(),
            unit: &quantity.unit,
            upper: quantity.upper.as_deref(),
        }),
        statement: &claim.statement,
        subjects: &claim.subjects,
        topics: &claim.topics,
    };
    let bytes = serde_json::to_vec(&assertion).unwrap_or_default();
    hex(&Sha256::digest(&bytes))
}
