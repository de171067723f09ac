//! `unused-waiver`

use super::{Check, Group, RULES, Rule};
use crate::{
    finding::{Finding, Severity},
    model::{Dataset, Entry, RecordKind, Waiver, Waivers},
    text::did_you_mean,
};

pub const RULE: Rule = Rule {
    id: "unused-waiver",
    group: Group::Waivers,
    severity: Severity::Error,
    summary: "Every waiver accepts a finding that is there.",
    explain: "\
A waiver that matches nothing is left over from something that was mended, or has a slip in its
`rule`, `id`, `path` or `pointer`. Left in place it would silently accept the next finding of that kind.
Remove or correct it.",
    bad: "a waiver of `single-origin` for a claim that has two independent sources now",
    good: "no waiver",
    check: Check::Elsewhere,
};

/// A waiver, by index, that matches no finding.
pub fn finding(
    waivers: &Entry<Waivers>,
    index: usize,
    waiver: &Waiver,
    dataset: &Dataset,
) -> Finding {
    if !RULES.iter().any(|rule| rule.id == waiver.rule) {
        let meant = did_you_mean(&waiver.rule, RULES.iter().map(|rule| rule.id));
        let suggestion =
            meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        return RULE
            .finding(
                waivers.at(format!("/waivers/{index}/rule")),
                format!("there is no rule `{}`{suggestion}", waiver.rule),
            )
            .help("`claimbook explain` lists the rules");
    }
    let of = waiver
        .id
        .as_ref()
        .or(waiver.path.as_ref())
        .map(|of| format!(" about `{of}`"))
        .unwrap_or_default();
    RULE.finding(
        waivers.at(format!("/waivers/{index}")),
        format!("no finding of `{}`{of} to accept", waiver.rule),
    )
    .help(match &waiver.id {
        Some(id) if !RecordKind::ALL.into_iter().any(|kind| dataset.may_exist(kind, id)) => {
            let ids = RecordKind::ALL.into_iter().flat_map(|kind| dataset.ids(kind));
            match did_you_mean(id, ids) {
                Some(meant) => format!("no record is `{id}`; did you mean `{meant}`?"),
                None => format!("no record is `{id}`: remove the waiver, or name another"),
            }
        }
        _ => "remove the waiver".to_owned(),
    })
}
