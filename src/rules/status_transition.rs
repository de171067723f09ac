//! `status-transition`

use super::{Change, Check, Findings, Group, Rule};
use crate::{
    diff::{Record, Verb},
    finding::Severity,
    model::Status,
};

pub const RULE: Rule = Rule {
    id: "status-transition",
    group: Group::Change,
    severity: Severity::Error,
    summary: "A claim goes from one status to another only as its life goes.",
    explain: "\
A claim begins as `active` or `disputed`, and may be the one or the other as evidence comes in. When a
newer claim replaces it, it becomes `superseded`; when it turns out wrong, `retracted`. These are ends:
readers were told not to rely on it. Older figures may be recorded together with the one that replaces
them, so a claim may also begin as `superseded`; what was never said need not be retracted. What is true after all is a new claim, with an id of its own. A
superseded claim may still be retracted, and any claim may leave a tombstone, `removed`, where law or
privacy demand it.

| from | to |
|---|---|
| nothing | `active`, `disputed`, `superseded` |
| `active` | `disputed`, `superseded`, `retracted`, `removed` |
| `disputed` | `active`, `superseded`, `retracted`, `removed` |
| `superseded` | `retracted`, `removed` |
| `retracted` | `removed` |
| `removed` | nothing else |",
    bad: "\"status\": \"active\" on a claim that was retracted",
    good: "a new claim, and the old one still \"retracted\"",
    check: Check::Change(check),
};

/// What each status may become; none is that of a claim that was not there.
const LIFE: &[(Option<Status>, &[Status])] = &[
    (None, &[Status::Active, Status::Disputed, Status::Superseded]),
    (
        Some(Status::Active),
        &[Status::Disputed, Status::Superseded, Status::Retracted, Status::Removed],
    ),
    (
        Some(Status::Disputed),
        &[Status::Active, Status::Superseded, Status::Retracted, Status::Removed],
    ),
    (Some(Status::Superseded), &[Status::Retracted, Status::Removed]),
    (Some(Status::Retracted), &[Status::Removed]),
    (Some(Status::Removed), &[]),
];

fn check(change: &Change, findings: &mut Findings) {
    for moved in change.changes.changes.iter().filter(|change| change.record == Record::Claim) {
        let id = moved.id.as_str();
        let Some(entry) = change.head.claims.get(id).filter(|entry| !entry.flawed("/status"))
        else {
            continue;
        };
        let from = match (moved.verb, moved.field.as_deref()) {
            // A dataset may begin with a history.
            (Verb::Added, _) if change.base.meta.is_none() => continue,
            // One that is restored goes on from where it was released.
            (Verb::Added, _) => change.past.claims.get(id).map(|claim| &claim.status),
            (_, Some("status")) => change.base.claims.get(id).map(|entry| &entry.record.status),
            _ => continue,
        };
        let to = &entry.record.status;
        let Some((_, may)) = LIFE.iter().find(|(status, _)| status.as_ref() == from) else {
            continue;
        };
        if may.contains(to)
            || from == Some(to)
            || Status::lenient(to.as_str()).as_static().is_empty()
        {
            continue;
        }
        let finding = match from {
            None => RULE
                .finding(entry.at("/status"), format!("a claim does not begin as `{to}`"))
                .help("leave out what has never been said; a new claim is `active` or `disputed`, or `superseded` by another"),
            Some(from) => RULE
                .finding(
                    entry.at("/status"),
                    format!("the claim was `{from}` and cannot become `{to}`"),
                )
                .help(format!(
                    "write `\"status\": \"{from}\"` again; what is true now is a new claim"
                )),
        };
        findings.push(id, finding);
    }
}
