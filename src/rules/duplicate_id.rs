//! `duplicate-id`

use super::{Check, Context, Findings, Group, Rule};
use crate::finding::Severity;

pub const RULE: Rule = Rule {
    id: "duplicate-id",
    group: Group::References,
    severity: Severity::Error,
    summary: "No two records of one kind have the same id.",
    explain: "\
An id names one record in the whole dataset, whatever its folder, so that every reference has one
meaning. The record first in order of path counts until the other has an id of its own, or is removed.",
    bad: "dataset/claims/brics/summit.json and dataset/claims/russia/summit.json, both \"id\": \"summit\"",
    good: "\"id\": \"kazan-summit-held\" and \"id\": \"rio-summit-held\"",
    check: Check::Dataset(check),
};

fn check(context: &Context, findings: &mut Findings) {
    for duplicate in &context.dataset.duplicates {
        let (kind, id) = (duplicate.kind.as_str(), &duplicate.id);
        findings.push(
            id,
            RULE.finding(duplicate.again.at("/id"), format!("a second {kind} with the id `{id}`"))
                .help("give this one, or the first, an id of its own, or remove it")
                .related(duplicate.first.at("/id"), "the first one"),
        );
    }
}
