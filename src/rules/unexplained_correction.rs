//! `unexplained-correction`

use super::{Change, Check, Findings, Group, Rule};
use crate::{
    date::Day,
    diff::{self, Record},
    finding::Severity,
    model::{Claim, Correction},
    text::code_list,
};
use std::collections::BTreeSet;

pub const RULE: Rule = Rule {
    id: "unexplained-correction",
    group: Group::Change,
    severity: Severity::Error,
    summary: "What a released claim asserts changes only with a published correction.",
    explain: "\
Readers have relied on what was released. When its `statement`, `kind`, `date`, `quantity` or `likelihood`
turns out wrong, `corrections` gets a new entry that says what was wrong and why it changed: it is
published with the claim, for whoever used the old value. Held against is the newest release, by the
tags that begin with `tag_prefix` of `dataset.json`. A value that goes back to what was released needs no
entry, and one entry may explain several fields. What is true now and was not then is no correction but
a new claim that supersedes the old one. Subjects and topics only file a claim, and confidence follows
its citations: they change without a correction.",
    bad: "\"date\": \"2024-10-23\", released as \"2024-10-22\", and no new entry in `corrections`",
    good: "the same with { \"date\": \"2026-11-01\", \"note\": \"The meeting began a day later.\" } in `corrections`",
    check: Check::Change(check),
};

/// What a claim asserts.
const ASSERTION: &[&str] = &["statement", "kind", "date", "quantity", "likelihood"];

fn check(change: &Change, findings: &mut Findings) {
    let Some(release) = &change.past.release else { return };
    let of_claims = |c: &&diff::Change| c.record == Record::Claim && asserted(c);
    let ids: BTreeSet<&str> =
        change.changes.changes.iter().filter(of_claims).map(|c| c.id.as_str()).collect();
    for id in ids {
        let (Some(old), Some(new)) = (change.base.claims.get(id), change.head.claims.get(id))
        else {
            continue;
        };
        let Some(released) = change.past.claims.get(id).filter(|claim| !claim.is_removed()) else {
            continue;
        };
        if new.record.is_removed() || new.flawed("/corrections") {
            continue;
        }
        let departed = fields(released, &old.record);
        let explained = |field: &String| {
            let since = if departed.contains(field) { released } else { &old.record };
            has_more(&since.corrections, &new.record.corrections)
        };
        let now = fields(released, &new.record);
        let changed: Vec<String> = fields(&old.record, &new.record)
            .into_iter()
            .filter(|field| now.contains(field) && !explained(field))
            .collect();
        let Some(first) = changed.first() else { continue };
        let verb = if changed.len() == 1 { "differs" } else { "differ" };
        let mut finding = RULE
            .finding(
                new.at(format!("/{first}")),
                format!(
                    "{} {verb} from {release}, and no correction says why",
                    code_list(&changed, "and")
                ),
            )
            .help(help(&new.record, change.today));
        for field in &changed[1..] {
            finding = finding.related(new.at(format!("/{field}")), "this too");
        }
        findings.push(id, finding);
    }
}

fn help(claim: &Claim, today: Day) -> String {
    let entry = format!("{{\"date\": \"{today}\", \"note\": \"…\"}}");
    let add = match claim.corrections.as_slice() {
        [] => format!("add `\"corrections\": [{entry}]`"),
        _ => format!("add `{entry}` at the end of `corrections`"),
    };
    format!("{add}: what was wrong, and why it changed")
}

fn asserted(change: &diff::Change) -> bool {
    change.field.as_deref().is_some_and(|field| ASSERTION.contains(&field))
}

/// The fields of the assertion in which two versions differ, in their order in the record.
fn fields(old: &Claim, new: &Claim) -> Vec<String> {
    let changes = diff::claim(Some(old), Some(new));
    let differs = |field: &&&str| changes.iter().any(|c| c.field.as_deref() == Some(**field));
    ASSERTION.iter().filter(differs).map(|field| (*field).to_owned()).collect()
}

/// Whether a list of corrections has an entry that another lacks.
fn has_more(old: &[Correction], new: &[Correction]) -> bool {
    new.iter().any(|correction| !old.contains(correction))
}
