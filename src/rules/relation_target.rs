//! `relation-target`

use super::{Check, Context, Findings, Group, Rule, relation_cycle};
use crate::{
    finding::Severity,
    model::{RelationType, Status},
};
use std::collections::BTreeSet;

pub const RULE: Rule = Rule {
    id: "relation-target",
    group: Group::References,
    severity: Severity::Error,
    summary: "A relation leads to a claim that can stand at its other end.",
    explain: "\
A claim that is superseded says so itself: `supersedes` leads to a claim of status `superseded`, or a
reader of the older one would not learn that there is a newer. Nothing leads to a removed claim, of
which only the tombstone is left. And `contradicts`, which holds both ways, is stored on one side only.",
    bad: "{ \"type\": \"supersedes\", \"claim\": \"a-claim-that-is-active\" }",
    good: "{ \"type\": \"supersedes\", \"claim\": \"a-claim-that-is-superseded\" }",
    check: Check::Dataset(check),
};

fn check(context: &Context, findings: &mut Findings) {
    let claims = &context.dataset.claims;
    let circles = relation_cycle::circles(context.dataset, &RelationType::Supersedes);
    let circular: BTreeSet<&str> = circles.into_iter().flatten().collect();
    for (id, entry) in claims {
        for (i, relation) in entry.record.relations.iter().enumerate() {
            let Some(target) = claims.get(&relation.claim) else { continue };
            let (other, at) = (&relation.claim, format!("/relations/{i}/claim"));
            if target.flawed("/status") || entry.flawed(&at) {
                continue;
            }
            let finding = if other == id && relation.kind == RelationType::Contradicts {
                RULE.finding(entry.at(at), "the claim contradicts itself")
                    .help("remove the relation")
            } else if target.record.is_removed() {
                RULE.finding(
                    entry.at(at),
                    format!("`{other}` was removed; only its tombstone is left"),
                )
                .help("remove the relation")
                .related(target.at("/status"), "removed here")
            } else if relation.kind == RelationType::Supersedes
                && target.record.status != Status::Superseded
                && !circular.contains(id.as_str())
            {
                RULE.finding(
                    entry.at(at),
                    format!(
                        "`{other}` is superseded by this claim, but its status is `{}`",
                        target.record.status
                    ),
                )
                .known_by("not superseded")
                .help(format!("in `{other}` write {}", context.with_status(&Status::Superseded)))
                .related(target.at("/status"), "the status of the older claim")
            } else if relation.kind == RelationType::Contradicts
                && id > other
                && target
                    .record
                    .relations
                    .iter()
                    .any(|r| r.kind == RelationType::Contradicts && r.claim == *id)
            {
                RULE.finding(
                    entry.at(at),
                    format!("`{other}` already says that the two contradict each other"),
                )
                .help("keep the relation on one side")
                .related(target.at("/relations"), "the other side")
            } else {
                continue;
            };
            findings.push(id, finding);
        }
    }
}
