//! `missing-successor`

use super::{Check, Context, Findings, Group, Rule, file_name};
use crate::{
    finding::Severity,
    model::{Claim, RecordKind, RelationType, Status, Table},
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
                RULE.finding(entry.at("/status"), "no claim supersedes this one").help(help(
                    claims,
                    id,
                    &entry.record,
                )),
            );
        }
    }
}

/// What to write in the newer claim, which is named where one is near.
fn help(claims: &Table<Claim>, id: &str, older: &Claim) -> String {
    let relation = format!("{{\"type\": \"supersedes\", \"claim\": \"{id}\"}}");
    let standing = claims.iter().filter(|(other, entry)| *other != id && entry.record.stands());
    let newer = standing
        .map(|(other, entry)| (nearness(older, &entry.record), other, entry))
        .max_by_key(|(near, other, _)| (*near, std::cmp::Reverse(*other)))
        .filter(|((unit, subjects, topics, _), ..)| *subjects > 0 && unit + topics > 0);
    let has = newer.as_ref().is_some_and(|(_, _, entry)| !entry.record.relations.is_empty());
    let write = if has {
        format!("add `{relation}` to the list `relations`")
    } else {
        format!("write `\"relations\": [{relation}]`")
    };
    let or = "or, if there is none, mark this one `\"status\": \"retracted\"`";
    match newer {
        Some((_, newer, _)) => {
            format!("in the newer claim, such as `{newer}`, {write}; {or}")
        }
        None => format!("in the claim that is newer {write}; {or}"),
    }
}

/// How near another claim is: the same unit, common subjects and topics, words.
fn nearness(one: &Claim, other: &Claim) -> (usize, usize, usize, usize) {
    let unit = |claim: &Claim| claim.quantity.as_ref().map(|quantity| quantity.unit.clone());
    let common = |a: &[String], b: &[String]| a.iter().filter(|word| b.contains(word)).count();
    let words = |claim: &Claim| -> Vec<String> {
        claim.statement.to_lowercase().split_whitespace().map(str::to_owned).collect()
    };
    (
        usize::from(unit(one).is_some() && unit(one) == unit(other)),
        common(&one.subjects, &other.subjects),
        common(&one.topics, &other.topics),
        common(&words(one), &words(other)),
    )
}
