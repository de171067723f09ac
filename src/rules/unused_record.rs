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
    let mut unsure: BTreeSet<RecordKind> = BTreeSet::new();
    for entry in dataset.claims.values() {
        let claim = &entry.record;
        used.extend(claim.citations.iter().map(|c| (RecordKind::Source, c.source.as_str())));
        used.extend(claim.subjects.iter().map(|s| (RecordKind::Subject, s.as_str())));
        unsure.extend(entry.flawed("/citations").then_some(RecordKind::Source));
        unsure.extend(entry.flawed("/subjects").then_some(RecordKind::Subject));
    }
    for entry in dataset.sources.values() {
        used.insert((RecordKind::Publisher, &entry.record.publisher));
        used.extend(entry.record.derived_from.iter().map(|s| (RecordKind::Source, s.as_str())));
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
    let mut judge = Judge { used, unsure, findings };
    judge.table(
        RecordKind::Source,
        &dataset.sources,
        "no claim cites this source",
        "cite it in a claim, or remove it",
    );
    judge.table(
        RecordKind::Publisher,
        &dataset.publishers,
        "no source is of this publisher",
        "remove it, or name it in a source",
    );
    judge.table(
        RecordKind::Subject,
        &dataset.subjects,
        "no claim is about this subject",
        "name it in the `subjects` of a claim, or remove it",
    );
}

struct Judge<'d, 'f> {
    used: BTreeSet<(RecordKind, &'d str)>,
    unsure: BTreeSet<RecordKind>,
    findings: &'f mut Findings,
}

impl Judge<'_, '_> {
    fn table<T>(&mut self, kind: RecordKind, table: &Table<T>, message: &str, help: &str) {
        if self.unsure.contains(&kind) {
            return;
        }
        for (id, entry) in table {
            // A file that is named otherwise may be what is meant by that name.
            let unused = !self.used.contains(&(kind, id.as_str())) && entry.named != Named::Other;
            if unused && !entry.flawed("/id") {
                self.findings.push(id, RULE.finding(entry.at("/id"), message).help(help));
            }
        }
    }
}
