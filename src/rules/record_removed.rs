//! `record-removed`

use super::{Acknowledgement, Change, Check, Findings, Group, Rule};
use crate::{
    diff::{Record, Verb},
    finding::Severity,
    model::RecordKind,
};

pub const RULE: Rule = Rule {
    id: "record-removed",
    group: Group::Change,
    severity: Severity::Error,
    summary: "No claim disappears, nor gets another id.",
    explain: "\
Whoever has cited a claim, or linked to it, finds it again: one that was wrong stays, as
`retracted`, with a note on why; one that a newer claim replaces is `superseded`; and what law or privacy
forbids to show leaves a tombstone, `removed`. Moving a file to another folder, or a record into a
`.jsonl` file, removes nothing. Of two claims that state the same, one may go. A record of any other
kind may go until it is released.

A claim that was never released, and shall leave no trace, may go where a commit says so in a line at
the end of its message:

`Claimbook-Acknowledge: removes iran-readiness-rank`

In a working tree, before there is a commit, `--acknowledge \"removes iran-readiness-rank\"` stands for it.
The place of a finding is the claim that has come in place of the one that is gone, where there is one,
or else `dataset.json`.",
    bad: "dataset/claims/kazan-summit-held.json deleted, or renamed with its id",
    good: "the claim with \"status\": \"retracted\", \"status_date\": \"2026-11-01\" and a \"status_note\"",
    check: Check::Change(check),
};

fn check(change: &Change, findings: &mut Findings) {
    for removed in &change.changes.changes {
        let id = removed.id.as_str();
        if removed.record != Record::Claim
            || removed.verb != Verb::Removed
            // Its file may hold it under another id, which `file-name` tells.
            || change.head.may_exist(RecordKind::Claim, id)
            || change.past.gone.contains_key(&(RecordKind::Claim, id.to_owned()))
            || change.past.acknowledged.contains(&Acknowledgement::Removes(id.to_owned()))
        {
            continue;
        }
        let (place, heir) = change.stead(RecordKind::Claim, id);
        if heir.is_none() && change.restated(id) {
            continue;
        }
        let stood = change.base.claims.get(id).map(|entry| entry.origin.file);
        let path = stood.map_or("", |file| change.texts.get(file).path.as_str());
        let (message, help) = match heir {
            Some(heir) => (
                format!(
                    "`{heir}` says what `{id}` said, which is gone from {path}: an id never changes"
                ),
                format!("give it its id back, `\"id\": \"{id}\"`, and its file that name"),
            ),
            None => (
                format!("the claim `{id}` is gone; it stood in {path}"),
                format!(
                    "restore it and mark it `retracted` or `superseded`; if it shall leave no trace, end the commit's message with the line `{}: removes {id}`",
                    Acknowledgement::TRAILER
                ),
            ),
        };
        findings.push(id, RULE.finding(place, message).help(help));
    }
}
