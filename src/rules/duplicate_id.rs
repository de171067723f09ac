//! `duplicate-id`

use super::{Check, Context, Findings, Group, Rule, file_name};
use crate::{
    finding::Severity,
    model::{Dataset, RecordKind},
    text::code_list,
};

pub const RULE: Rule = Rule {
    id: "duplicate-id",
    group: Group::References,
    severity: Severity::Error,
    summary: "No two records of one kind have the same id.",
    explain: "\
An id names one record in the whole dataset, whatever its folder, so that every reference has one
meaning. The record whose file is named after the id counts, or else the first in order of path, until
the other has an id of its own, or is removed.",
    bad: "dataset/claims/brics/summit.json and dataset/claims/russia/summit.json, both \"id\": \"summit\"",
    good: "\"id\": \"kazan-summit-held\" and \"id\": \"rio-summit-held\"",
    check: Check::Dataset(check),
};

/// For how many it is told who names them, which takes a look at all records.
const LOOKED_UP: usize = 20;

/// How many of those are named.
const LISTED: usize = 5;

fn check(context: &Context, findings: &mut Findings) {
    let dataset = context.dataset;
    for (n, duplicate) in dataset.duplicates.iter().enumerate() {
        let (kind, id) = (duplicate.kind, &duplicate.id);
        let what = kind.as_str();
        let finding = RULE
            .finding(duplicate.again.at("/id"), format!("a second {what} with the id `{id}`"))
            .related(duplicate.first.at("/id"), "the first one");
        // A copy still to be given its id.
        let named = file_name::stem(context, duplicate.again)
            .filter(|stem| *stem != id && !dataset.has(kind, stem));
        findings.push(
            id,
            match named {
                Some(stem) => finding
                    .help(format!("write `\"id\": \"{stem}\"`, as the file is named, or remove it"))
                    .suggest(format!("write `\"{stem}\"`"), format!("\"{stem}\"")),
                None => {
                    let free = |n: &usize| !dataset.has(kind, &format!("{id}-{n}"));
                    let own = (2..).find(free).unwrap_or(2);
                    let named = if n < LOOKED_UP { named_by(dataset, kind, id) } else { Vec::new() };
                    // What nothing names is no better than a second one.
                    let least = if kind == RecordKind::Claim { "those" } else { "at least one" };
                    let of = code_list(named.get(..LISTED).unwrap_or(&named), "and");
                    let wherever = match named.len() {
                        0 => "wherever this one is meant".to_owned(),
                        1 => format!("in place of `{id}` in {of}, if that means this one"),
                        2..=LISTED => format!(
                            "in place of `{id}` in {least} of {of}, where this one is meant"
                        ),
                        all => format!(
                            "in place of `{id}` in {least} of {all} records, such as {of}, where this one is meant"
                        ),
                    };
                    finding.help(format!("remove it, if it is the same {what} as the first one; if it is another, give it an id of its own, such as `\"id\": \"{id}-{own}\"`, and write that {wherever}"))
                }
            },
        );
    }
}

/// The records that name this one, each once.
fn named_by<'d>(dataset: &'d Dataset, kind: RecordKind, id: &str) -> Vec<&'d str> {
    let claims = dataset.claims.iter().filter(|(_, entry)| {
        let claim = &entry.record;
        match kind {
            RecordKind::Claim => claim.relations.iter().any(|relation| relation.claim == id),
            RecordKind::Source => claim.citations.iter().any(|citation| citation.source == id),
            RecordKind::Subject => claim.subjects.iter().any(|subject| subject == id),
            RecordKind::Publisher => false,
        }
    });
    let sources = dataset.sources.iter().filter(|(_, entry)| match kind {
        RecordKind::Source => entry.record.derived_from.iter().any(|source| source == id),
        RecordKind::Publisher => entry.record.publisher == id,
        _ => false,
    });
    claims.map(|(id, _)| id.as_str()).chain(sources.map(|(id, _)| id.as_str())).collect()
}
