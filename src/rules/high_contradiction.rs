//! `high-contradiction`

use super::{Check, Context, Findings, Group, Rule};
use crate::{
    finding::Severity,
    model::{Claim, Confidence, Entry, RelationType, Status},
};

pub const RULE: Rule = Rule {
    id: "high-contradiction",
    group: Group::Evidence,
    severity: Severity::Error,
    summary: "Two claims that contradict each other are not both active and high.",
    explain: "\
Both cannot be right, so the evidence of one of them is worse than it seems. Find out which, and
lower its confidence, or mark it `disputed`, `superseded` or `retracted`.",
    bad: "two claims joined by `contradicts`, both \"active\" and \"high\"",
    good: "one of them \"disputed\" and \"low\"",
    check: Check::Dataset(check),
};

fn check(context: &Context, findings: &mut Findings) {
    let claims = &context.dataset.claims;
    let sure = |entry: &Entry<Claim>| {
        entry.record.status == Status::Active
            && entry.record.confidence == Confidence::High
            && !entry.is_flawed()
    };
    for (id, entry) in claims.iter().filter(|(_, entry)| sure(entry)) {
        for (i, relation) in entry.record.relations.iter().enumerate() {
            let Some(other) = claims.get(&relation.claim).filter(|other| sure(other)) else {
                continue;
            };
            if relation.kind == RelationType::Contradicts && relation.claim != *id {
                findings.push(
                    id,
                    RULE.finding(
                        entry.at(format!("/relations/{i}")),
                        format!(
                            "it contradicts `{}`, and both are active and high",
                            relation.claim
                        ),
                    )
                    .help("lower the confidence of one of them, or mark it disputed")
                    .related(other.at("/confidence"), "the other claim"),
                );
            }
        }
    }
}
