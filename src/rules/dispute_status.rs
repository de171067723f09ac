//! `dispute-status`

use super::{Case, Check, Context, Findings, Group, Rule};
use crate::{
    finding::{Finding, Severity},
    model::{Confidence, Dataset, RelationType, Stance, Status},
};
use std::collections::BTreeSet;

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
    check: Check::Dataset(check),
};

/// Whether the claim is contradicted and does not say so.
pub fn speaks(case: &Case) -> bool {
    case.entry.record.status == Status::Active
        && case.assessment.is_some_and(|a| !a.against.is_empty())
}

fn check(context: &Context, findings: &mut Findings) {
    let opponents = Opponents::of(context.dataset);
    for (id, entry) in &context.dataset.claims {
        let claim = &entry.record;
        let disputed = claim.status == Status::Disputed;
        if disputed || claim.citations.iter().any(|c| c.stance == Stance::Contradicts) {
            let assessment = context.evidence.assess(entry);
            let case = Case { id, entry, assessment: assessment.as_ref() };
            if let Some(finding) = judge(context, &case, &opponents) {
                findings.push(id, finding);
            }
        }
    }
}

fn judge(context: &Context, case: &Case, opponents: &Opponents) -> Option<Finding> {
    let claim = &case.entry.record;
    let assessment = case.assessment?;
    if speaks(case) {
        let member = &assessment.against[0].members[0];
        let ceiling = assessment.ceiling.as_ref().unwrap_or(&Confidence::Low);
        let mut help = format!("write {}", context.with_status(&Status::Disputed));
        if claim.confidence_note.is_none() {
            help.push_str("; add `\"confidence_note\": \"…\"` beside `confidence`: why this much despite the contradiction");
        }
        if claim.confidence < *ceiling {
            help.push_str(&format!(
                "; lower it to `\"confidence\": \"{ceiling}\"`, the most that it can then carry"
            ));
        }
        let message = format!(
            "a source that counts contradicts the claim, but its status is `{}`",
            claim.status
        );
        return Some(RULE.finding(case.entry.at("/status"), message).help(help).related(
            case.entry.at(format!("/citations/{}/source", member.citation)),
            format!("this source contradicts it, and is rated {}", member.letter),
        ));
    }
    let alone = assessment.against.is_empty() && !opponents.may_have(case.id);
    (claim.status == Status::Disputed && alone).then(|| {
        RULE.finding(case.entry.at("/status"), "nothing that counts disputes the claim")
            .help("cite the source that contradicts it, relate it to the claim that does, or write `\"status\": \"active\"`")
    })
}

/// The claims that a relation `contradicts` joins with another.
struct Opponents<'d> {
    ids: BTreeSet<&'d str>,
    /// Whether such a relation leads nowhere: it may mean any claim.
    lost: bool,
}

impl<'d> Opponents<'d> {
    fn of(dataset: &'d Dataset) -> Self {
        let mut found = Self { ids: BTreeSet::new(), lost: false };
        for (id, entry) in &dataset.claims {
            for relation in &entry.record.relations {
                if relation.kind == RelationType::Contradicts {
                    found.ids.extend([id.as_str(), relation.claim.as_str()]);
                    found.lost |= !dataset.claims.contains_key(&relation.claim);
                }
            }
        }
        found
    }

    fn may_have(&self, id: &str) -> bool {
        self.lost || self.ids.contains(id)
    }
}
