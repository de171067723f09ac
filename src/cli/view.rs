//! A record in words, for the templates of `show` and `explain` and for their JSON.

use crate::{
    confidence::{Assessment, Evidence, Group, Limit, Shared},
    load::Loaded,
    model::{Claim, Dataset, Entry, Policy},
    text::amount,
};
use serde::Serialize;

/// A claim with everything that helps to judge it.
#[derive(Serialize)]
pub struct ClaimView<'d> {
    pub record: &'d Claim,
    pub path: &'d str,
    pub subjects: Vec<&'d str>,
    pub topics: Vec<&'d str>,
    pub quantity: Option<String>,
    pub citations: Vec<CitationView<'d>>,
    pub relations: Vec<RelationView<'d>>,
    pub evidence: Option<EvidenceView<'d>>,
}

/// A citation with the source it names.
#[derive(Serialize)]
pub struct CitationView<'d> {
    pub number: usize,
    pub stance: &'d str,
    pub directness: &'d str,
    pub source: &'d str,
    pub title: Option<&'d str>,
    pub issued: Option<&'d str>,
    pub publisher: Option<&'d str>,
    pub letter: Option<&'d str>,
    pub link: Option<String>,
    pub shows: &'d str,
    pub locator: Option<&'d str>,
    pub quote: Option<&'d str>,
    pub translation: Option<&'d str>,
}

/// A relation to or from another claim.
#[derive(Serialize)]
pub struct RelationView<'d> {
    /// The type, seen from this claim.
    pub kind: &'d str,
    /// Whether it leads from the other claim to this one.
    pub inverse: bool,
    pub claim: &'d str,
    pub statement: Option<&'d str>,
}

/// What the citations can carry, and why.
#[derive(Serialize)]
pub struct EvidenceView<'d> {
    pub declared: &'d str,
    pub ceiling: Option<String>,
    /// The line of the table that the support reaches.
    pub line: &'static str,
    pub groups: Vec<GroupView<'d>>,
    pub against: Vec<GroupView<'d>>,
    pub left_out: Vec<LeftOutView<'d>>,
    pub limits: Vec<LimitView>,
    pub suggestions: Vec<SuggestionView>,
    pub policy: PolicyView<'d>,
}

#[derive(Serialize)]
pub struct GroupView<'d> {
    pub letter: String,
    pub members: Vec<MemberView<'d>>,
    pub joins: Vec<JoinView<'d>>,
}

#[derive(Serialize)]
pub struct MemberView<'d> {
    pub number: usize,
    pub source: &'d str,
    pub publisher: &'d str,
    pub letter: String,
    pub primary: bool,
}

#[derive(Serialize)]
pub struct JoinView<'d> {
    pub numbers: (usize, usize),
    /// `owner` or `root`.
    pub by: &'static str,
    pub shared: &'d str,
}

#[derive(Serialize)]
pub struct LeftOutView<'d> {
    pub number: usize,
    pub source: &'d str,
    /// The word of [`crate::confidence::LeftOut`].
    pub why: &'static str,
}

#[derive(Serialize)]
pub struct LimitView {
    /// `kind`, `age` or `dispute`.
    pub limit: &'static str,
    pub newest: Option<String>,
    pub months: Option<u32>,
    pub support: Option<usize>,
    pub against: Option<usize>,
}

#[derive(Serialize)]
pub struct SuggestionView {
    pub letter: String,
    pub primary: bool,
    pub ceiling: String,
}

/// The thresholds that the words mention.
#[derive(Serialize)]
pub struct PolicyView<'d> {
    pub high_groups: usize,
    pub high_letter: &'d str,
    pub moderate_groups: usize,
    pub moderate_letter: &'d str,
    pub primary_letter: &'d str,
    pub act_letter: &'d str,
}

impl<'d> ClaimView<'d> {
    /// Puts a claim into words.
    pub fn of(loaded: &'d Loaded, evidence: &Evidence<'d>, entry: &'d Entry<Claim>) -> Self {
        let dataset = &loaded.dataset;
        let claim = &entry.record;
        let meta = dataset.meta.as_ref().map(|meta| &meta.record);
        let name = |id: &'d String| {
            dataset.subjects.get(id).map_or(id.as_str(), |s| s.record.name.as_str())
        };
        let unit = |id: &'d str| meta.map_or(id, |meta| meta.units.label(id));
        Self {
            record: claim,
            path: &loaded.texts.get(entry.origin.file).path,
            subjects: claim.subjects.iter().map(name).collect(),
            topics: claim
                .topics
                .iter()
                .map(|id| meta.map_or(id.as_str(), |meta| meta.topics.label(id)))
                .collect(),
            quantity: claim.quantity.as_ref().map(|quantity| {
                let range = quantity.lower.as_ref().zip(quantity.upper.as_ref());
                let range = range
                    .map(|(lower, upper)| format!(" ({} to {})", amount(lower), amount(upper)))
                    .unwrap_or_default();
                format!("{}{range} {}", amount(&quantity.amount), unit(&quantity.unit))
            }),
            citations: citations(dataset, evidence, claim),
            relations: relations(dataset, claim),
            evidence: evidence
                .assess(entry)
                .map(|a| EvidenceView::of(dataset, evidence, claim, &a)),
        }
    }
}

fn citations<'d>(
    dataset: &'d Dataset,
    evidence: &Evidence<'d>,
    claim: &'d Claim,
) -> Vec<CitationView<'d>> {
    let view = |(i, citation): (usize, &'d crate::model::Citation)| {
        let source = dataset.sources.get(&citation.source).map(|entry| &entry.record);
        let publisher = source.and_then(|source| dataset.publishers.get(&source.publisher));
        CitationView {
            number: i + 1,
            stance: citation.stance.as_str(),
            directness: citation.directness.as_str(),
            source: &citation.source,
            title: source.map(|source| source.title.as_str()),
            issued: source.map(|source| source.issued.as_str()),
            publisher: publisher.map(|entry| entry.record.name.as_str()),
            letter: evidence.letter(&citation.source).map(|letter| letter.as_static()),
            link: source.and_then(crate::model::Source::link).map(Into::into),
            shows: &citation.shows,
            locator: citation.locator.as_deref(),
            quote: citation.quote.as_deref(),
            translation: citation.translation.as_deref(),
        }
    };
    claim.citations.iter().enumerate().map(view).collect()
}

fn relations<'d>(dataset: &'d Dataset, claim: &'d Claim) -> Vec<RelationView<'d>> {
    let statement = |id: &str| dataset.claims.get(id).map(|entry| entry.record.statement.as_str());
    let own = claim.relations.iter().map(|relation| RelationView {
        kind: relation.kind.as_str(),
        inverse: false,
        claim: &relation.claim,
        statement: statement(&relation.claim),
    });
    let others = dataset.claims.iter().flat_map(|(id, entry)| {
        let to_this = entry.record.relations.iter().filter(|relation| relation.claim == claim.id);
        to_this.map(|relation| RelationView {
            kind: relation.kind.as_str(),
            inverse: true,
            claim: id,
            statement: Some(&entry.record.statement),
        })
    });
    own.chain(others).collect()
}

impl<'d> EvidenceView<'d> {
    fn of(
        dataset: &'d Dataset,
        evidence: &Evidence<'d>,
        claim: &'d Claim,
        assessment: &Assessment<'d>,
    ) -> Self {
        let number = |i: usize| i + 1;
        Self {
            declared: claim.confidence.as_str(),
            ceiling: assessment.ceiling.as_ref().map(ToString::to_string),
            line: assessment.line.as_str(),
            groups: assessment.support.iter().map(group).collect(),
            against: assessment.against.iter().map(group).collect(),
            left_out: assessment
                .left_out
                .iter()
                .map(|(i, why)| LeftOutView {
                    number: number(*i),
                    source: &claim.citations[*i].source,
                    why: why.as_str(),
                })
                .collect(),
            limits: assessment.limits.iter().map(limit).collect(),
            suggestions: evidence
                .suggestions(claim, assessment)
                .into_iter()
                .map(|s| SuggestionView {
                    letter: s.letter.to_string(),
                    primary: s.primary,
                    ceiling: s.ceiling.to_string(),
                })
                .collect(),
            policy: policy(&dataset.policy),
        }
    }
}

fn group<'d>(group: &Group<'d>) -> GroupView<'d> {
    GroupView {
        letter: group.letter.to_string(),
        members: group
            .members
            .iter()
            .map(|member| MemberView {
                number: member.citation + 1,
                source: &member.source.id,
                publisher: &member.publisher.name,
                letter: member.letter.to_string(),
                primary: member.primary,
            })
            .collect(),
        joins: group
            .joins
            .iter()
            .map(|join| {
                let (by, shared) = match join.shared {
                    Shared::Owner(owner) => ("owner", owner),
                    Shared::Root(root) => ("root", root),
                };
                JoinView { numbers: (join.citations.0 + 1, join.citations.1 + 1), by, shared }
            })
            .collect(),
    }
}

fn limit(limit: &Limit) -> LimitView {
    let none =
        LimitView { limit: "kind", newest: None, months: None, support: None, against: None };
    match limit {
        Limit::Kind => none,
        Limit::Age { newest, months } => LimitView {
            limit: "age",
            newest: Some(newest.to_string()),
            months: Some(*months),
            ..none
        },
        Limit::Dispute { support, against } => {
            LimitView { limit: "dispute", support: Some(*support), against: Some(*against), ..none }
        }
    }
}

fn policy(policy: &Policy) -> PolicyView<'_> {
    PolicyView {
        high_groups: policy.high_groups,
        high_letter: policy.high_letter.as_str(),
        moderate_groups: policy.moderate_groups,
        moderate_letter: policy.moderate_letter.as_str(),
        primary_letter: policy.primary_letter.as_str(),
        act_letter: policy.act_letter.as_str(),
    }
}
