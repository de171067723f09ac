//! `unknown-reference`

use super::{Check, Context, Findings, Group, Rule};
use crate::{
    finding::{Finding, Place, Severity},
    model::{Entry, RecordKind, Vocabulary},
    text::{code_list, did_you_mean},
};
use std::{cell::Cell, fmt};

pub const RULE: Rule = Rule {
    id: "unknown-reference",
    group: Group::References,
    severity: Severity::Error,
    summary: "Every id that a record refers to exists.",
    explain: "\
Claims name their sources, subjects, topics, units and other claims; sources name their publisher
and the sources they repeat. A reference to nothing is a statement nobody can check. Where a similar
id exists, it is suggested; else the record is still to be written, or the topic or unit still to be
added to `dataset/dataset.json`.",
    bad: "{ \"source\": \"kazan-declaraton-2024\" }",
    good: "{ \"source\": \"kazan-declaration-2024\" }",
    check: Check::Dataset(check),
};

/// How many findings get a suggestion: looking for the nearest of many ids takes its time.
const SUGGESTIONS: usize = 200;

/// Up to how many topics or units are named.
const LISTED: usize = 24;

fn check(context: &Context, findings: &mut Findings) {
    let asker = Asker { context, left: Cell::new(SUGGESTIONS) };
    let dataset = context.dataset;
    for (id, entry) in &dataset.claims {
        let claim = &entry.record;
        let mut ask = |kind, to: &str, pointer: fmt::Arguments| {
            if let Some(finding) = asker.record(entry, kind, to, pointer) {
                findings.push(id, finding);
            }
        };
        for (i, citation) in claim.citations.iter().enumerate() {
            ask(RecordKind::Source, &citation.source, format_args!("/citations/{i}/source"));
        }
        for (i, subject) in claim.subjects.iter().enumerate() {
            ask(RecordKind::Subject, subject, format_args!("/subjects/{i}"));
        }
        for (i, relation) in claim.relations.iter().enumerate() {
            ask(RecordKind::Claim, &relation.claim, format_args!("/relations/{i}/claim"));
        }
        let Some(meta) = dataset.meta.as_ref() else { continue };
        let mut ask = |words: &Vocabulary, what, to: &str, pointer: fmt::Arguments| {
            if words.get(to).is_some() || meta.flawed(&format!("/{what}s")) {
                return;
            }
            let pointer = pointer.to_string();
            if !entry.flawed(&pointer) {
                findings.push(id, asker.word(entry.at(pointer), words, what, to));
            }
        };
        for (i, topic) in claim.topics.iter().enumerate() {
            ask(&meta.record.topics, "topic", topic, format_args!("/topics/{i}"));
        }
        if let Some(quantity) = &claim.quantity {
            ask(&meta.record.units, "unit", &quantity.unit, format_args!("/quantity/unit"));
        }
    }
    for (id, entry) in &dataset.sources {
        let mut ask = |kind, to: &str, pointer: fmt::Arguments| {
            if let Some(finding) = asker.record(entry, kind, to, pointer) {
                findings.push(id, finding);
            }
        };
        ask(RecordKind::Publisher, &entry.record.publisher, format_args!("/publisher"));
        for (i, source) in entry.record.derived_from.iter().enumerate() {
            ask(RecordKind::Source, source, format_args!("/derived_from/{i}"));
        }
    }
}

struct Asker<'c, 'd> {
    context: &'c Context<'d>,
    left: Cell<usize>,
}

impl Asker<'_, '_> {
    fn record<T>(
        &self,
        entry: &Entry<T>,
        kind: RecordKind,
        to: &str,
        pointer: fmt::Arguments,
    ) -> Option<Finding> {
        let Context { dataset, evidence, .. } = self.context;
        let is_source = kind == RecordKind::Source && evidence.place(to).is_some();
        if is_source || dataset.may_exist(kind, to) {
            return None;
        }
        // Most references lead somewhere: only of the others the place is worth words.
        let pointer = pointer.to_string();
        if entry.flawed(&pointer) {
            return None;
        }
        let what = kind.as_str();
        let (message, fix) = self.words(what, to, || dataset.ids(kind).collect());
        let write = match fix {
            Some(meant) => format!("`\"{meant}\"`"),
            None => format!("the id of a {what} that exists"),
        };
        let help = format!(
            "write {write}; or make `dataset/{}/{to}.json`: `claimbook new {what}` asks for all it needs",
            kind.folder()
        );
        Some(with_fix(RULE.finding(entry.at(pointer), message).known_by(to).help(help), fix))
    }

    fn word(&self, place: Place, words: &Vocabulary, what: &str, to: &str) -> Finding {
        let (message, fix) = self.words(what, to, || words.iter().map(|(id, _)| id).collect());
        let known: Vec<&str> = words.iter().map(|(id, _)| id).collect();
        let help = match known.as_slice() {
            few if few.len() <= LISTED => {
                format!(
                    "write {}; or add `\"{to}\": {{\"label\": \"…\"}}` to the `{what}s` of `dataset/dataset.json`",
                    code_list(few, "or")
                )
            }
            _ => {
                format!(
                    "write a {what} of `dataset/dataset.json`; or add `\"{to}\": {{\"label\": \"…\"}}` to its `{what}s`"
                )
            }
        };
        with_fix(RULE.finding(place, message).known_by(to).help(help), fix)
    }

    fn words<'i>(
        &self,
        what: &str,
        to: &str,
        ids: impl FnOnce() -> Vec<&'i str>,
    ) -> (String, Option<&'i str>) {
        let meant = if self.left.get() > 0 { did_you_mean(to, ids()) } else { None };
        self.left.set(self.left.get().saturating_sub(1));
        let suggestion =
            meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        (format!("there is no {what} `{to}`{suggestion}"), meant)
    }
}

fn with_fix(finding: Finding, meant: Option<&str>) -> Finding {
    match meant {
        Some(meant) => finding.suggest(format!("write `\"{meant}\"`"), format!("\"{meant}\"")),
        None => finding,
    }
}
