//! `single-origin`

use super::{Case, Check, Context, Findings, Group, Rule};
use crate::{confidence::Shared, finding::Severity, text::count};

pub const RULE: Rule = Rule {
    id: "single-origin",
    group: Group::Evidence,
    severity: Severity::Note,
    summary: "Several citations are more than one voice.",
    explain: "\
Ten newspapers that repeat one press release are one source. This note names claims whose supporting
citations, two or more, all come from one owner or one origin: they look better attested than they
are. Nothing is wrong with such a claim; an independent source would make it stronger.",
    bad: "two citations, both of the same ministry",
    good: "one citation of the ministry, one of an agency that reported on its own",
    check: Check::Claim(check),
};

fn check(_: &Context, case: &Case, findings: &mut Findings) {
    let Some(assessment) = case.standing() else { return };
    let [group] = assessment.support.as_slice() else { return };
    if group.members.len() < 2 {
        return;
    }
    let mut finding = RULE
        .finding(case.entry.at("/citations"), "all sources that support the claim are one voice")
        .help(format!(
            "{} count once; an independent one would make it stronger",
            count(group.members.len(), "source")
        ));
    for join in &group.joins {
        let words = match join.shared {
            Shared::Owner(owner) => format!("same owner, `{owner}`"),
            Shared::Root(root) => format!("same origin, `{root}`"),
        };
        finding = finding
            .related(case.entry.at(format!("/citations/{}/source", join.citations.1)), words);
    }
    findings.push(case.id, finding);
}
