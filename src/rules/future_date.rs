//! `future-date`

use super::{Check, Context, Findings, Group, Rule};
use crate::{
    date::Day,
    finding::{Finding, Place, Severity},
    model::Entry,
};

pub const RULE: Rule = Rule {
    id: "future-date",
    group: Group::Time,
    severity: Severity::Error,
    summary: "Nothing was read, reviewed, issued or decided in the future.",
    explain: "\
`issued`, `accessed`, `reviewed`, `status_date` and the dates of corrections are days that have been.
The day they are held against is the commit's for a git revision (`--at`), today's for a folder, or the
one given with `--as-of`; a day's grace allows for time zones. What a claim is about may well lie
ahead: its `date` is not looked at.",
    bad: "\"reviewed\": \"2062-11-01\"",
    good: "\"reviewed\": \"2026-11-01\"",
    check: Check::Dataset(check),
};

fn check(context: &Context, findings: &mut Findings) {
    let limit = context.as_of.day.next();
    for (id, entry) in &context.dataset.claims {
        let claim = &entry.record;
        let mut look = |day: Option<&String>, pointer: String| {
            day_field(context, findings, limit, (id, entry), (day, pointer));
        };
        look(claim.reviewed.as_ref(), "/reviewed".into());
        look(claim.status_date.as_ref(), "/status_date".into());
        for (i, correction) in claim.corrections.iter().enumerate() {
            look(Some(&correction.date), format!("/corrections/{i}/date"));
        }
    }
    for (id, entry) in &context.dataset.sources {
        let issued = entry.record.issued.certain_span().and_then(|span| span.earliest);
        if issued.is_some_and(|issued| issued > limit) && !entry.flawed("/issued") {
            let issued = entry.record.issued.to_string();
            findings.push(id, ahead(context, entry.at("/issued"), "issued", &issued));
        } else {
            let accessed = entry.record.accessed.as_ref();
            day_field(context, findings, limit, (id, entry), (accessed, "/accessed".into()));
        }
    }
}

fn day_field<T>(
    context: &Context,
    findings: &mut Findings,
    limit: Day,
    (id, entry): (&str, &Entry<T>),
    (day, pointer): (Option<&String>, String),
) {
    let late = day.and_then(|day| day.parse::<Day>().ok()).filter(|day| *day > limit);
    if let Some(late) = late
        && !entry.flawed(&pointer)
    {
        let what = pointer.rsplit('/').next().unwrap_or_default();
        let late = late.to_string();
        findings.push(id, ahead(context, entry.at(&pointer), what, &late));
    }
}

fn ahead(context: &Context, place: Place, what: &str, date: &str) -> Finding {
    let day = context.as_of.day;
    RULE.finding(place, format!("`{what}` is {date}, after the day of this check, {day}"))
        .help(format!("write a date up to {day}, the day on which it was so"))
}
