//! `confidence-unearned`

use super::{Change, Check, Findings, Group, Rule};
use crate::{
    confidence::Evidence,
    diff::{Because, Record, Verb, Weight},
    finding::Severity,
    model::{Claim, Entry},
};
use std::collections::BTreeSet;

pub const RULE: Rule = Rule {
    id: "confidence-unearned",
    group: Group::Change,
    severity: Severity::Error,
    summary: "Confidence is raised by evidence: a new citation, or a better one.",
    explain: "\
Confidence says how good the evidence is, so it goes up when the evidence does: another source supports
the claim, one that was cited is first-hand after all, or one that contradicted no longer does; or a
source, or its publisher, turned out better than was thought. A second thought about the same citations
is not evidence, and neither are other thresholds in `dataset.json`. Sources that were retracted or are
rated E do not count. Lowering a confidence needs nothing, and what is more than all citations can carry
is told by `confidence-ceiling`.",
    bad: "\"confidence\": \"moderate\", with the citations it had when it was \"low\"",
    good: "\"confidence\": \"moderate\", with one more independent source",
    check: Check::Change(check),
};

fn check(change: &Change, findings: &mut Findings) {
    let changes = || change.changes.changes.iter().filter(|c| c.record == Record::Claim);
    let raised: Vec<_> = changes().filter(|c| c.verb == Verb::ConfidenceRaised).collect();
    if raised.is_empty() {
        return;
    }
    let (before, after) = (Evidence::new(change.base), Evidence::new(change.head));
    for raised in raised {
        let id = raised.id.as_str();
        let (Some(old), Some(new)) = (change.base.claims.get(id), change.head.claims.get(id))
        else {
            continue;
        };
        let Some(judged) = after.assess(new) else { continue };
        // What nothing could carry is told by `confidence-ceiling`.
        if judged.ceiling.is_none_or(|ceiling| new.record.confidence < ceiling) {
            continue;
        }
        let (Some(had), Some(has)) = (support(&before, old), support(&after, new)) else {
            continue;
        };
        let better = |(source, primary): &(String, bool)| {
            !had.contains(&(source.clone(), *primary)) && !had.contains(&(source.clone(), true))
        };
        // What a source or its publisher turned out to be; or a contradiction that is none.
        let otherwise =
            changes().filter(|c| c.id == id && c.weight == Weight::Strengthens).any(|c| {
                let field = c.field.as_deref().unwrap_or_default();
                match c.verb {
                    Verb::CeilingRaised => {
                        matches!(
                            c.because,
                            Some(Because::Source { .. } | Because::Publisher { .. })
                        )
                    }
                    Verb::CitationChanged => field.ends_with("/stance"),
                    _ => false,
                }
            });
        if otherwise || has.iter().any(better) {
            continue;
        }
        let (from, to) = (&old.record.confidence, &new.record.confidence);
        findings.push(
            id,
            RULE.finding(
                new.at("/confidence"),
                format!("raised from `{from}` to `{to}` without a new or better citation"),
            )
            .help(format!(
                "cite what it was raised for, or write `\"confidence\": \"{from}\"` again"
            ))
            .related(new.at("/citations"), "nothing here carries more than before"),
        );
    }
}

/// The sources that support a claim and count, and whether each is first-hand; none where that
/// cannot be told.
fn support(evidence: &Evidence, entry: &Entry<Claim>) -> Option<BTreeSet<(String, bool)>> {
    let assessment = evidence.assess(entry)?;
    let members = assessment.support.iter().flat_map(|group| &group.members);
    Some(members.map(|member| (member.source.id.clone(), member.primary)).collect())
}
