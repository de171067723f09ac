//! `missing-successor`

use super::{Check, Context, Findings, Group, Rule, file_name};
use crate::{
    finding::Severity,
    model::{RecordKind, RelationType, Status},
};
use std::collections::BTreeSet;

pub const RULE: Rule = Rule {
    id: "missing-successor",
    group: Group::References,
    severity: Severity::Error,
    summary: "A superseded claim has a newer one that supersedes it.",
    explain: "\
`superseded` promises a reader something newer. The newer claim says which one it replaces, with a
relation `supersedes`. A claim that is simply wrong is `retracted` instead and needs no successor.",
    bad: "\"status\": \"superseded\", and no claim supersedes it",
    good: "the newer claim has { \"type\": \"supersedes\", \"claim\": \"the-older-one\" }",
    check: Check::Dataset(check),
};

fn check(context: &Context, findings: &mut Findings) {
    let claims = &context.dataset.claims;
    // The successor may be a claim that cannot be read.
    if context.dataset.has_gaps(RecordKind::Claim)
        || claims.values().any(|e| e.flawed("/relations"))
    {
        return;
    }
    let succeeded: BTreeSet<&str> = claims
        .values()
        .flat_map(|entry| &entry.record.relations)
        .filter(|relation| relation.kind == RelationType::Supersedes)
        .map(|relation| relation.claim.as_str())
        .collect();
    // It may also be the one whose relation leads nowhere.
    if succeeded.iter().any(|id| !claims.contains_key(*id)) {
        return;
    }
    for (id, entry) in claims {
        // The successor may mean the name of the file, where the id is another.
        let named = file_name::stem(context, entry.origin).unwrap_or(id);
        if entry.record.status == Status::Superseded
            && !succeeded.contains(id.as_str())
            && !succeeded.contains(named)
        {
            findings.push(
                id,
                RULE.finding(entry.at("/status"), "no claim supersedes this one").help(format!(
                    "add `{{\"type\": \"supersedes\", \"claim\": \"{id}\"}}` to the `relations` of the newer claim, or retract this one"
                )),
            );
        }
    }
}
