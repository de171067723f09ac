//! `no-support`

use super::{Case, Check, Context, Findings, Group, Rule};
use crate::{
    confidence::{Assessment, LeftOut},
    finding::Severity,
    model::{Claim, Stance, Status},
};

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
    let mut finding = RULE
        .finding(case.entry.at("/citations"), "none of the supporting sources counts")
        .help(format!(
            "cite a source that supports it and is not rated E; or write {}",
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
