//! `unused-record`

use super::{Check, Context, Findings, Group, Rule};
use crate::{
    finding::Severity,
    model::{Named, RecordKind, Table},
};
use std::collections::BTreeSet;

pub const RULE: Rule = Rule {
    id: "unused-record",
    group: Group::References,
    severity: Severity::Warning,
    summary: "Every source, publisher and subject is used.",
    explain: "\
A source that no claim cites is a citation somebody meant to write, or a leftover. Cite it or remove
it. While another record cannot be read, or refers to an id that does not exist, this rule keeps
quiet about the kinds of record that one may have meant.",
    bad: "dataset/sources/kazan-declaration-2024.json, cited nowhere",
    good: "a claim with { \"source\": \"kazan-declaration-2024\", … }",
    check: Check::Dataset(check),
};

fn check(context: &Context, findings: &mut Findings) {
    let dataset = context.dataset;
    let mut used: BTreeSet<(RecordKind, &str)> = BTreeSet::new();
    // Sources that are there, by their places: they are the most, and cited the most.
    let mut cited = vec![false; dataset.sources.len()];
    let mut cite = |used: &mut BTreeSet<_>, id| match context.evidence.place(id) {
        Some(place) => cited[place as usize] = true,
        None => {
            used.insert((RecordKind::Source, id));
        }
    };
    let mut unsure: BTreeSet<RecordKind> = BTreeSet::new();
    for entry in dataset.claims.values() {
        let claim = &entry.record;
        claim.citations.iter().for_each(|c| cite(&mut used, c.source.as_str()));
        used.extend(claim.subjects.iter().map(|s| (RecordKind::Subject, s.as_str())));
        unsure.extend(entry.flawed("/citations").then_some(RecordKind::Source));
        unsure.extend(entry.flawed("/subjects").then_some(RecordKind::Subject));
    }
    for entry in dataset.sources.values() {
        used.insert((RecordKind::Publisher, &entry.record.publisher));
        entry.record.derived_from.iter().for_each(|s| cite(&mut used, s.as_str()));
        unsure.extend(entry.flawed("/publisher").then_some(RecordKind::Publisher));
        unsure.extend(entry.flawed("/derived_from").then_some(RecordKind::Source));
    }
    if dataset.has_gaps(RecordKind::Claim)
        || dataset.duplicates.iter().any(|d| d.kind == RecordKind::Claim)
    {
        unsure.extend([RecordKind::Source, RecordKind::Subject]);
    }
    if dataset.has_gaps(RecordKind::Source)
        || dataset.duplicates.iter().any(|d| d.kind == RecordKind::Source)
    {
        unsure.extend([RecordKind::Source, RecordKind::Publisher]);
    }
    unsure.extend(
        used.iter().filter(|(kind, id)| !dataset.may_exist(*kind, id)).map(|(kind, _)| *kind),
    );
    let mut judge = Judge { unsure, findings };
    let is_used = |kind| {
        let used = &used;
        move |_: usize, id: &str| used.contains(&(kind, id))
    };
    judge.table(
        RecordKind::Source,
        &dataset.sources,
        |place, _| cited[place],
        "no claim cites this source",
        "cite it in a claim, where need be with the stance `context`; remove it only if it was never released",
    );
    judge.table(
        RecordKind::Publisher,
        &dataset.publishers,
        is_used(RecordKind::Publisher),
        "no source is of this publisher",
        "remove it, or name it in a source",
    );
    judge.table(
        RecordKind::Subject,
        &dataset.subjects,
        is_used(RecordKind::Subject),
        "no claim is about this subject",
        "name it in the `subjects` of a claim, or remove it",
    );
}

struct Judge<'f> {
    unsure: BTreeSet<RecordKind>,
    findings: &'f mut Findings,
}

impl Judge<'_> {
    fn table<T>(
        &mut self,
        kind: RecordKind,
        table: &Table<T>,
        is_used: impl Fn(usize, &str) -> bool,
        message: &str,
        help: &str,
    ) {
        if self.unsure.contains(&kind) {
            return;
        }
        for (place, (id, entry)) in table.iter().enumerate() {
            // A file that is named otherwise may be what is meant by that name.
            let unused = !is_used(place, id) && entry.named != Named::Other;
            if unused && !entry.flawed("/id") {
                self.findings.push(id, RULE.finding(entry.at("/id"), message).help(help));
            }
        }
    }
}
