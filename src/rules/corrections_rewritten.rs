//! `corrections-rewritten`

use super::{Change, Check, Findings, Group, Rule};
use crate::{
    diff::{Record, Verb, Weight},
    finding::Severity,
};
use serde_json::Value;

pub const RULE: Rule = Rule {
    id: "corrections-rewritten",
    group: Group::Change,
    severity: Severity::Error,
    summary: "Corrections are only added to.",
    explain: "\
`corrections` is the public record of what was wrong in released versions. An entry that could be
reworded or dropped would make it worthless. Where a correction was wrong itself, add another one that
says so.",
    bad: "the note of an entry in `corrections` reworded",
    good: "the entry as it was, and a newer one after it",
    check: Check::Change(check),
};

fn check(change: &Change, findings: &mut Findings) {
    for lost in change.changes.changes.iter().filter(|c| {
        c.record == Record::Claim && c.verb == Verb::Corrected && c.weight == Weight::Weakens
    }) {
        let Some(entry) = change.head.claims.get(&lost.id).filter(|e| !e.flawed("/corrections"))
        else {
            continue;
        };
        let part = |value: &Option<Value>, key: &str| {
            let value = value.as_ref().and_then(|value| value[key].as_str());
            value.unwrap_or_default().to_owned()
        };
        let (date, note) = (part(&lost.old, "date"), part(&lost.old, "note"));
        let rewritten = (part(&lost.new, "date"), part(&lost.new, "note"));
        let at = entry
            .record
            .corrections
            .iter()
            .position(|c| (&c.date, &c.note) == (&rewritten.0, &rewritten.1));
        let (place, what) = match at {
            Some(at) => (entry.at(format!("/corrections/{at}")), "was rewritten"),
            None => (entry.at("/corrections"), "was taken out"),
        };
        findings.push(
            &lost.id,
            RULE.finding(place, format!("the correction of {date} {what}")).help(format!(
                "restore its note, `{note}`; if that was wrong, add another correction"
            )),
        );
    }
}
