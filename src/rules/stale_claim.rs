//! `stale-claim`

use super::{Case, Check, Context, Findings, Group, Rule};
use crate::{date::Day, finding::Severity, model::Kind};

pub const RULE: Rule = Rule {
    id: "stale-claim",
    group: Group::Time,
    severity: Severity::Warning,
    summary: "Claims are reviewed when their review is due.",
    explain: "\
A review is due on `review_by`, or else some months after `reviewed`: 36 for an event, 12 for a state, a
measurement, a commitment or an assessment, 6 for a forecast (`review_months` in the policy); a forecast
also when the time it is about has come. Open the sources again, correct the claim where it needs it,
and set `reviewed` to the day you did.

This rule speaks only when a day is given with `--as-of`, so that a pull request is never red because
time has passed. A weekly job gives today's.",
    bad: "\"kind\": \"forecast\", \"reviewed\": \"2024-01-15\", with --as-of 2026-11-01",
    good: "\"kind\": \"forecast\", \"reviewed\": \"2026-10-28\", with --as-of 2026-11-01",
    check: Check::Claim(check),
};

fn check(context: &Context, case: &Case, findings: &mut Findings) {
    let claim = &case.entry.record;
    if !context.as_of.asked || !claim.stands() || case.entry.is_flawed() {
        return;
    }
    let Some(reviewed) = claim.reviewed_day() else { return };
    let months = context.dataset.policy.review_months.get(&claim.kind).copied();
    let by_kind = months.map(|months| reviewed.plus_months(months));
    let due: Option<Day> = claim.review_by.as_deref().and_then(|day| day.parse().ok()).or(by_kind);
    let today = context.as_of.day;
    let over = claim.date.certain_span().and_then(|span| span.latest);
    let message = if let Some(due) = due.filter(|due| *due < today) {
        format!("its review was due on {due}; it was last reviewed on {reviewed}")
    } else if let Some(over) =
        over.filter(|over| claim.kind == Kind::Forecast && *over < today && reviewed <= *over)
    {
        format!("the time of the forecast ended on {over}; it was last reviewed on {reviewed}")
    } else {
        return;
    };
    findings.push(
        case.id,
        RULE.finding(case.entry.at("/reviewed"), message)
            .known_by(reviewed.to_string())
            .help("open its sources again, correct what has changed and set `reviewed`"),
    );
}
