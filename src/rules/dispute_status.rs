//! `dispute-status`

use super::{Case, Check, Context, Findings, Group, Rule};
use crate::{
    finding::Severity,
    model::{RelationType, Status},
};

pub const RULE: Rule = Rule {
    id: "dispute-status",
    group: Group::Evidence,
    severity: Severity::Error,
    summary: "A claim is `disputed` exactly when evidence disputes it.",
    explain: "\
A contradicting source counts when it is rated A to D and at most one letter worse than the best
support. A claim with such a source is `disputed`, with `status_date`, `status_note` and a
`confidence_note`, and carries at most `moderate`, or `low` where as many groups contradict as support
it. The other way round, `disputed` needs a contradicting source that counts, or a relation
`contradicts` from or to another claim.",
    bad: "\"status\": \"active\", with a contradicting source as good as the supporting ones",
    good: "\"status\": \"disputed\", \"status_note\": \"…\", \"confidence_note\": \"…\", \"confidence\": \"low\"",
    check: Check::Claim(check),
};

/// Whether the claim is contradicted and does not say so.
pub fn speaks(case: &Case) -> bool {
    case.entry.record.status == Status::Active
        && case.assessment.as_ref().is_some_and(|a| !a.against.is_empty())
}

fn check(context: &Context, case: &Case, findings: &mut Findings) {
    let claim = &case.entry.record;
    let Some(assessment) = &case.assessment else { return };
    if speaks(case) {
        let member = &assessment.against[0].members[0];
        let ceiling = assessment.ceiling.as_ref().map_or("low", |c| c.as_str());
        findings.push(
            case.id,
            RULE.finding(case.entry.at("/status"), format!("a source that counts contradicts the claim, but its status is `{}`", claim.status))
                .help(format!(
                    "write `\"status\": \"disputed\"` with `status_date`, `status_note` and `confidence_note`; the most it can then carry is `{ceiling}`"
                ))
                .related(case.entry.at(format!("/citations/{}", member.citation)), format!("rated {}", member.letter)),
        );
    } else if claim.status == Status::Disputed
        && assessment.against.is_empty()
        && !has_opponent(context, case)
    {
        findings.push(
            case.id,
            RULE.finding(case.entry.at("/status"), "nothing that counts disputes the claim")
                .help("cite the source that contradicts it, relate it to the claim that does, or write `\"status\": \"active\"`"),
        );
    }
}

fn has_opponent(context: &Context, case: &Case) -> bool {
    let contradicts = |claim: &crate::model::Claim| {
        claim.relations.iter().any(|r| {
            r.kind == RelationType::Contradicts && (r.claim == case.id || claim.id == case.id)
        })
    };
    contradicts(&case.entry.record)
        || context.dataset.claims.values().any(|other| contradicts(&other.record))
}
