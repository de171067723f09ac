//! `no-support`

use super::{Case, Check, Context, Findings, Group, Rule};
use crate::{
    confidence::{Assessment, Evidence, LeftOut},
    finding::Severity,
    model::{Claim, Dataset, Stance, Status},
    text::code_list,
};
use std::collections::{BTreeMap, BTreeSet};

pub const RULE: Rule = Rule {
    id: "no-support",
    group: Group::Evidence,
    severity: Severity::Error,
    summary: "An active claim has at least one source that counts.",
    explain: "\
Sources rated E (unreliable) and sources that were retracted do not count. A claim that rests on
nothing else has no evidence: add a source that counts, or, if there is none to be had, mark the claim
`retracted` with a note. What only an unreliable source asserts can be recorded as `disputed`, with the
claim or the source that contradicts it.",
    bad: "a claim whose only supporting source is retracted",
    good: "the same claim with another source, or with \"status\": \"retracted\"",
    check: Check::Claim(check),
};

fn check(context: &Context, case: &Case, findings: &mut Findings) {
    let Some(assessment) = case.standing() else { return };
    let claim = &case.entry.record;
    // A disputed claim may record what only an unreliable source asserts.
    if assessment.ceiling.is_some() || claim.status != Status::Active {
        return;
    }
    let near = near(context, claim);
    let such = match near.as_slice() {
        [] => String::new(),
        near => format!("; other claims on these subjects cite {}", code_list(near, "and")),
    };
    let mut finding = RULE
        .finding(case.entry.at("/citations"), "none of the supporting sources counts")
        .help(format!(
            "cite a source that supports it and is not rated E{such}; or write {}",
            context.with_status(&Status::Retracted)
        ));
    for (i, why) in supporting_left_out(claim, assessment) {
        let words = match why {
            LeftOut::Retracted => "this source was retracted",
            _ => "this source is rated E, unreliable",
        };
        finding = finding.related(case.entry.at(format!("/citations/{i}/source")), words);
    }
    findings.push(case.id, finding);
}

fn supporting_left_out<'a>(
    claim: &'a Claim,
    assessment: &'a Assessment,
) -> impl Iterator<Item = (usize, LeftOut)> + 'a {
    assessment
        .left_out
        .iter()
        .copied()
        .filter(|(i, _)| claim.citations[*i].stance == Stance::Supports)
}

/// A subject or topic with more sources than this says little about any of them.
const MANY: usize = 24;

/// How many sources are named.
const LISTED: usize = 4;

/// The sources that count for claims on a subject or topic, up to one more than [`MANY`].
pub type CitedOn<'d> = BTreeMap<&'d str, BTreeSet<&'d str>>;

fn cited_on<'d>(dataset: &'d Dataset, evidence: &Evidence) -> CitedOn<'d> {
    let mut found = CitedOn::new();
    for claim in dataset.claims.values().map(|entry| &entry.record).filter(|c| c.stands()) {
        let supports = claim.citations.iter().filter(|c| c.stance == Stance::Supports);
        for source in supports.map(|citation| citation.source.as_str()) {
            if !evidence.counts(source) {
                continue;
            }
            for on in claim.subjects.iter().chain(&claim.topics) {
                let sources = found.entry(on.as_str()).or_default();
                if sources.len() <= MANY {
                    sources.insert(source);
                }
            }
        }
    }
    found
}

/// The sources that count for claims on the same, those with most in common first.
fn near<'d>(context: &Context<'d>, claim: &Claim) -> Vec<&'d str> {
    let index = context.cited_on.get_or_init(|| cited_on(context.dataset, context.evidence));
    let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
    for on in claim.subjects.iter().chain(&claim.topics) {
        let sources = index.get(on.as_str()).filter(|sources| sources.len() <= MANY);
        for source in sources.into_iter().flatten() {
            *shared.entry(source).or_default() += 1;
        }
    }
    let most = shared.values().max().copied().unwrap_or_default();
    let sharing = |n| shared.iter().filter(move |(_, shared)| **shared == n);
    (1..=most).rev().flat_map(sharing).map(|(source, _)| *source).take(LISTED).collect()
}
