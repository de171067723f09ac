//! `retracted-source`

use super::{Case, Check, Context, Findings, Group, Rule};
use crate::{confidence::LeftOut, finding::Severity, model::Stance};

pub const RULE: Rule = Rule {
    id: "retracted-source",
    group: Group::Evidence,
    severity: Severity::Warning,
    summary: "No claim that stands rests on a retracted source.",
    explain: "\
A source marked `retracted` no longer counts for or against a claim. Where the claim stands without
it, cite something else in its place, or give it the stance `context` if readers should know of it. A
claim that does not stand without it is told by `no-support` or `confidence-ceiling` instead.",
    bad: "{ \"source\": \"a-retracted-paper\", \"stance\": \"supports\" }",
    good: "{ \"source\": \"a-retracted-paper\", \"stance\": \"context\" }",
    check: Check::Claim(check),
};

fn check(context: &Context, case: &Case, findings: &mut Findings) {
    let claim = &case.entry.record;
    let Some(assessment) = case.standing() else { return };
    if assessment.ceiling.as_ref().is_none_or(|ceiling| claim.confidence < *ceiling) {
        return;
    }
    for (i, _) in assessment.left_out.iter().filter(|(_, why)| *why == LeftOut::Retracted) {
        let citation = &claim.citations[*i];
        let does = if citation.stance == Stance::Supports { "support" } else { "contradict" };
        let mut finding = RULE
            .finding(
                case.entry.at(format!("/citations/{i}/source")),
                format!("`{}` was retracted and does not {does} the claim", citation.source),
            )
            .help("cite another source, or give this one the stance `context`");
        if let Some(source) = context.evidence.source(&citation.source) {
            finding = finding.related(source.at("/status"), "retracted here");
        }
        findings.push(case.id, finding);
    }
}
