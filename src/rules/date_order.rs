//! `date-order`

use super::{Check, Context, Findings, Group, Rule};
use crate::{
    date::{Day, Edtf},
    finding::{Finding, Severity},
    model::{Claim, Entry, Kind, Source, Stance},
};

pub const RULE: Rule = Rule {
    id: "date-order",
    group: Group::Time,
    severity: Severity::Error,
    summary: "No date comes before one it must follow.",
    explain: "\
A page is read after it is published; a claim is reviewed after its sources are; an event is
reported after it begins; corrections are listed from the oldest. A date is often a month, a year or
an interval, and then it may mean any day of it: only what is wrong on every reading is reported,
with a day's grace for time zones. Dates marked uncertain (`?`), approximate (`~`) or unknown (`XXXX`)
are not compared, and dates in the future are told by `future-date`.",
    bad: "\"issued\": \"2025-03-02\", \"accessed\": \"2024-11-01\"",
    good: "\"issued\": \"2025-03-02\", \"accessed\": \"2025-11-01\"",
    check: Check::Dataset(check),
};

fn check(context: &Context, findings: &mut Findings) {
    for (id, entry) in &context.dataset.sources {
        findings.0.extend(source(context, entry).map(|finding| named(id, finding)));
    }
    for (id, entry) in &context.dataset.claims {
        let found = [
            corrections(context, entry),
            review_by(context, entry),
            sources(context, entry),
            event(context, entry),
        ];
        findings.0.extend(found.into_iter().flatten().map(|finding| named(id, finding)));
    }
}

fn named(id: &str, mut finding: Finding) -> Finding {
    finding.id = Some(id.to_owned());
    finding
}

fn earliest(date: &Edtf) -> Option<Day> {
    date.certain_span().and_then(|span| span.earliest)
}

fn latest(date: &Edtf) -> Option<Day> {
    date.certain_span().and_then(|span| span.latest)
}

/// Whether a day lies before another on every reading, a day's grace allowed.
fn before(day: Day, other: Day) -> bool {
    day.next() < other
}

/// A day that is not in the future: one that is says nothing about the others.
fn past(context: &Context, day: Option<Day>) -> Option<Day> {
    day.filter(|day| *day <= context.as_of.day.next())
}

fn source(context: &Context, entry: &Entry<Source>) -> Option<Finding> {
    if entry.flawed("/accessed") || entry.flawed("/issued") {
        return None;
    }
    let (accessed, issued) = (entry.record.accessed_day()?, &entry.record.issued);
    before(accessed, past(context, earliest(issued))?).then(|| {
        RULE.finding(entry.at("/accessed"), format!("accessed on {accessed}, before it was issued ({issued})"))
            .help("correct `accessed` to the day the page was read, or `issued` to the day it was published")
            .related(entry.at("/issued"), "issued here")
    })
}

fn corrections(context: &Context, entry: &Entry<Claim>) -> Option<Finding> {
    let days: Vec<Option<Day>> =
        entry.record.corrections.iter().map(|c| past(context, c.date.parse().ok())).collect();
    let i = (1..days.len())
        .find(|&i| days[i].is_some() && days[i - 1].is_some() && days[i] < days[i - 1])?;
    let earlier = &entry.record.corrections[i - 1].date;
    Some(
        RULE.finding(
            entry.at(format!("/corrections/{i}/date")),
            format!("older than the correction before it ({earlier})"),
        )
        .help("list corrections from the oldest to the newest"),
    )
}

fn review_by(context: &Context, entry: &Entry<Claim>) -> Option<Finding> {
    let due: Day = entry.record.review_by.as_deref()?.parse().ok()?;
    let reviewed = past(context, entry.record.reviewed_day())?;
    (due < reviewed).then(|| {
        RULE.finding(entry.at("/review_by"), format!("the next review is due before the last one ({reviewed})"))
            .help("write the day the next review is due, or remove `review_by` for the default of the kind")
            .related(entry.at("/reviewed"), "last reviewed here")
    })
}

/// A cited source that was issued after the review.
fn sources(context: &Context, entry: &Entry<Claim>) -> Option<Finding> {
    let reviewed = entry.record.reviewed_day()?;
    entry.record.citations.iter().enumerate().find_map(|(i, citation)| {
        let source = context.evidence.source(&citation.source)?;
        let issued = past(context, earliest(&source.record.issued))?;
        if source.flawed("/issued") || !before(reviewed, issued) {
            return None;
        }
        let message = format!(
            "reviewed on {reviewed}, before the source `{}` was issued ({})",
            citation.source, source.record.issued
        );
        Some(
            RULE.finding(entry.at("/reviewed"), message)
                .known_by(reviewed.to_string())
                .help("write the day the sources were last opened")
                .related(entry.at(format!("/citations/{i}/source")), "cited here")
                .related(source.at("/issued"), "issued here"),
        )
    })
}

/// Something that has happened, but after the review or after every source that reports it.
fn event(context: &Context, entry: &Entry<Claim>) -> Option<Finding> {
    let claim = &entry.record;
    if !matches!(claim.kind, Kind::Event | Kind::Measurement)
        || entry.flawed("/date")
        || entry.flawed("/citations")
    {
        return None;
    }
    let begins = earliest(&claim.date)?;
    let date = &claim.date;
    let help = "correct the date, or make it a `commitment` or a `forecast`";
    if let Some(reviewed) = claim.reviewed_day()
        && before(reviewed, begins)
    {
        return Some(
            RULE.finding(
                entry.at("/date"),
                format!(
                    "a claim of kind `{}` dated {date}, after its review on {reviewed}",
                    claim.kind
                ),
            )
            .help(help)
            .related(entry.at("/reviewed"), "reviewed here"),
        );
    }
    let mut newest = None;
    for citation in claim.citations.iter().filter(|c| c.stance == Stance::Supports) {
        let source = context.evidence.source(&citation.source).filter(|s| !s.flawed("/issued"))?;
        newest = newest.max(Some(latest(&source.record.issued)?));
    }
    let newest = newest?;
    before(newest, begins).then(|| {
        RULE.finding(
            entry.at("/date"),
            format!("dated {date}, but its newest supporting source is of {newest}"),
        )
        .known_by(date.to_string())
        .help(help)
        .related(entry.at("/citations"), "the sources are older")
    })
}
