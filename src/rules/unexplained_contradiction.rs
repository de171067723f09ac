//! `unexplained-contradiction`

use super::{Case, Check, Context, Findings, Group, Rule, dispute_status};
use crate::{finding::Severity, model::Stance};

pub const RULE: Rule = Rule {
    id: "unexplained-contradiction",
    group: Group::Evidence,
    severity: Severity::Error,
    summary: "A claim that cites a contradiction says why it is kept.",
    explain: "\
Disagreement between sources is recorded, not smoothed. Who reads the claim then needs to know why it
has the confidence it has despite the contradiction: which source is nearer, newer or better placed.
Say so in `confidence_note`.",
    bad: "a citation with \"stance\": \"contradicts\", and no `confidence_note`",
    good: "\"confidence_note\": \"The ministry's own table is later than the report that denies it.\"",
    check: Check::Claim(check),
};

fn check(_: &Context, case: &Case, findings: &mut Findings) {
    let claim = &case.entry.record;
    if claim.confidence_note.is_some() || case.entry.is_flawed() || dispute_status::speaks(case) {
        return;
    }
    if let Some(i) = claim.citations.iter().position(|c| c.stance == Stance::Contradicts) {
        findings.push(
            case.id,
            RULE.finding(case.entry.at(format!("/citations/{i}/source")), "a source contradicts the claim, and no `confidence_note` says why it is kept")
                .help("add `\"confidence_note\": \"…\"` below `confidence`: why it keeps this confidence despite the contradiction")
                .related(case.entry.at("/confidence"), "the confidence it keeps"),
        );
    }
}
