//! JSON: one file with everything, in the shape of `schema/bundle.schema.json`, and `claims.jsonl`
//! with one claim a line. What people wrote keeps its names; what was worked out stands under
//! `computed`.

mod forms;

use super::{CitedSource, Computed, Edition, Sink};
use crate::{
    confidence::Group,
    error::Result,
    finding::Records,
    model::{Claim, Label, Maintainer, Publisher, Source, Subject, Vocabulary},
};
use forms::Besides;
use serde::{Serialize, Serializer};
use std::io::{self, Write};

/// Writes both files.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    let paths = [&format!("{}.json", edition.meta.name), "claims.jsonl"];
    sink.files(&paths, &mut |outs| {
        let [bundle, lines] = outs else { return Err(io::ErrorKind::InvalidInput.into()) };
        write(edition, bundle, lines)
    })
}

/// The file with everything, as text.
#[must_use]
pub fn bundle(edition: &Edition) -> String {
    let mut out = Vec::new();
    // Nothing that is written to memory fails, and JSON is text.
    let _ = write(edition, &mut out, &mut io::sink());
    String::from_utf8(out).unwrap_or_default()
}

fn write(edition: &Edition, bundle: &mut dyn Write, lines: &mut dyn Write) -> io::Result<()> {
    let besides = Besides::default();
    besides.write(&Bundle::of(edition, &besides), bundle, lines)
}

#[derive(Serialize)]
struct Bundle<'e> {
    version: u8,
    name: &'e str,
    title: &'e str,
    description: &'e str,
    language: &'e str,
    license: &'e str,
    base_iri: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<&'e str>,
    maintainers: &'e [Maintainer],
    revision: Option<Revision<'e>>,
    counts: Records,
    topics: Vec<Term<'e>>,
    units: Vec<Term<'e>>,
    claims: Claims<'e>,
    sources: Sources<'e>,
    publishers: Vec<&'e Publisher>,
    subjects: Vec<&'e Subject>,
}

#[derive(Serialize)]
struct Revision<'e> {
    commit: &'e str,
    date: String,
}

#[derive(Serialize)]
struct Term<'e> {
    id: &'e str,
    #[serde(flatten)]
    label: &'e Label,
}

impl<'e> Bundle<'e> {
    fn of(edition: &'e Edition<'e>, besides: &'e Besides) -> Self {
        let (meta, dataset) = (edition.meta, edition.dataset);
        let terms =
            |words: &'e Vocabulary| words.iter().map(|(id, label)| Term { id, label }).collect();
        Self {
            version: 1,
            name: &meta.name,
            title: &meta.title,
            description: &meta.description,
            language: &meta.language,
            license: &meta.license,
            base_iri: &meta.base_iri,
            homepage: meta.homepage.as_deref(),
            repository: meta.repository.as_deref(),
            maintainers: &meta.maintainers,
            revision: edition
                .commit
                .zip(edition.day())
                .map(|(commit, day)| Revision { commit: &commit.id, date: day.to_string() }),
            counts: dataset.records(),
            topics: terms(&meta.topics),
            units: terms(&meta.units),
            claims: Claims { edition, besides },
            sources: Sources(edition),
            publishers: dataset.publishers.values().map(|entry| &entry.record).collect(),
            subjects: dataset.subjects.values().map(|entry| &entry.record).collect(),
        }
    }
}

/// The claims, written one after the other without holding them all; the sources likewise.
struct Claims<'e> {
    edition: &'e Edition<'e>,
    besides: &'e Besides,
}

impl Serialize for Claims<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let claims = self.edition.claims.iter();
        serializer.collect_seq(
            claims.map(|computed| self.besides.line(ClaimOut::of(self.edition, computed))),
        )
    }
}

struct Sources<'e>(&'e Edition<'e>);

impl Serialize for Sources<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.sources.iter().map(|cited| SourceOut::of(self.0, cited)))
    }
}

#[derive(Serialize)]
struct ClaimOut<'e> {
    #[serde(flatten)]
    claim: &'e Claim,
    computed: ComputedOut<'e>,
}

/// What is worked out for a claim.
#[derive(Serialize)]
struct ComputedOut<'e> {
    iri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    assertion_hash: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    earliest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stix_confidence: Option<u8>,
    /// Null where no source counts; missing for a tombstone.
    #[serde(skip_serializing_if = "Option::is_none")]
    ceiling: Option<Option<&'e str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<GroupOut<'e>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contradicting_groups: Option<Vec<GroupOut<'e>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations_to: Vec<RelationTo<'e>>,
}

/// Sources that count as one voice.
#[derive(Serialize)]
struct GroupOut<'e> {
    reliability: &'e str,
    primary: bool,
    sources: Vec<&'e str>,
}

/// A relation that leads here.
#[derive(Serialize)]
struct RelationTo<'e> {
    #[serde(rename = "type")]
    kind: &'e str,
    claim: &'e str,
}

impl<'e> ClaimOut<'e> {
    fn of(edition: &'e Edition<'e>, computed: &'e Computed<'e>) -> Self {
        let claim = computed.claim;
        let assessment = computed.assessment.as_ref();
        let groups = |groups: &'e [Group<'e>]| groups.iter().map(GroupOut::of).collect();
        let relations_to = edition.relations_to.get(claim.id.as_str());
        Self {
            claim,
            computed: ComputedOut {
                iri: edition.iri("claim", &claim.id),
                assertion_hash: computed.assertion_hash.as_deref(),
                earliest: computed.days.0.map(|day| day.to_string()),
                latest: computed.days.1.map(|day| day.to_string()),
                stix_confidence: claim.confidence.stix(),
                ceiling: assessment.map(|a| a.ceiling.as_ref().map(|c| c.as_str())),
                groups: assessment.map(|a| groups(&a.support)),
                contradicting_groups: assessment.map(|a| groups(&a.against)),
                relations_to: relations_to
                    .into_iter()
                    .flatten()
                    .map(|(claim, kind)| RelationTo { kind: kind.as_str(), claim })
                    .collect(),
            },
        }
    }
}

impl<'e> GroupOut<'e> {
    fn of(group: &'e Group<'e>) -> Self {
        Self {
            reliability: group.letter.as_str(),
            primary: group.members.iter().any(|member| member.primary),
            sources: group.members.iter().map(|member| member.source.id.as_str()).collect(),
        }
    }
}

#[derive(Serialize)]
struct SourceOut<'e> {
    #[serde(flatten)]
    source: &'e Source,
    computed: SourceComputed<'e>,
}

/// What is worked out for a source.
#[derive(Serialize)]
struct SourceComputed<'e> {
    /// The effective letter.
    reliability: &'e str,
    cited_by: Vec<&'e str>,
}

impl<'e> SourceOut<'e> {
    fn of(edition: &'e Edition<'e>, cited: &'e CitedSource<'e>) -> Self {
        let id = |claim: &u32| edition.claims[*claim as usize].claim.id.as_str();
        let cited_by = cited.by.iter().map(id).collect();
        let computed = SourceComputed { reliability: cited.letter.as_str(), cited_by };
        Self { source: cited.source, computed }
    }
}
