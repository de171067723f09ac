//! `mass-change`

use super::{Acknowledgement, Change, Check, Findings, Group, Rule};
use crate::{diff::Weight, finding::Severity, text::count};

pub const RULE: Rule = Rule {
    id: "mass-change",
    group: Group::Change,
    severity: Severity::Error,
    summary: "A change that weakens many claims at once says so.",
    explain: "\
A slip in a script, or a publisher rated anew, can take the ground from under hundreds of claims, each
of them by a line that looks harmless. So a change that weakens or removes more than a share of the
claims (`mass_change_percent` in the policy of `dataset.json`, as it was; one claim is always allowed
unless that is 0) must say how many, in a line at the end of a commit message:

`Claimbook-Acknowledge: weakens 12 claims`

The number is the one that `claimbook diff` counts, and must be the same: an acknowledgement of twelve
does not cover the thirteenth. Any commit between the base and what is checked may carry the line. In a
working tree, before there is a commit, `--acknowledge \"weakens 12 claims\"` stands for it. A waiver does not help.",
    bad: "a commit that retracts 12 of 100 claims, and says nothing",
    good: "the same commit with the line `Claimbook-Acknowledge: weakens 12 claims`",
    check: Check::Change(check),
};

/// How many of the claims are pointed at.
const SHOWN: usize = 5;

fn check(change: &Change, findings: &mut Findings) {
    let weakened = change.changes.claims(Weight::Weakens);
    let n = weakened.len();
    let all = change.base.claims.len();
    let percent = change.base.policy.mass_change_percent;
    if n <= allowed(percent, all) || change.past.acknowledged.contains(&Acknowledgement::Weakens(n))
    {
        return;
    }
    let share = n * 100 / all.max(1);
    let mut finding = RULE
        .finding(
            change.dataset(),
            format!("weakens or removes {n} of {} ({share} %), more than the {percent} % that one change may", count(all, "claim")),
        )
        .help(help(n, &change.past.acknowledged));
    let standing = weakened.iter().filter_map(|id| change.head.claims.get(*id));
    for entry in standing.take(SHOWN) {
        finding = finding.related(entry.at("/id"), "one of them");
    }
    findings.0.push(finding);
}

/// How many of a number of claims a change may weaken without a word.
#[must_use]
pub fn allowed(percent: u32, claims: usize) -> usize {
    let share = claims * percent as usize / 100;
    if percent == 0 { 0 } else { share.max(1) }
}

fn help(n: usize, acknowledged: &[Acknowledgement]) -> String {
    let words = Acknowledgement::Weakens(n);
    let line = format!("{}: {words}", Acknowledgement::TRAILER);
    let other = acknowledged.iter().find_map(|said| match said {
        Acknowledgement::Weakens(n) => Some(n),
        Acknowledgement::Removes(_) => None,
    });
    match other {
        None => format!(
            "if it is meant, end the commit's message with the line `{line}`; before there is a commit: --acknowledge \"{words}\""
        ),
        Some(other) => format!(
            "a commit acknowledges {other}, but it is {n}: look what else changed, then write `{line}`"
        ),
    }
}
