//! `duplicate-id`

use super::{Check, Context, Findings, Group, Rule, file_name};
use crate::finding::Severity;

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

fn check(context: &Context, findings: &mut Findings) {
    let dataset = context.dataset;
    for duplicate in &dataset.duplicates {
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
                    finding.help(format!("remove it, if it is the same {what}; if it is another, give it an id of its own, such as `\"id\": \"{id}-{own}\"`, and write that wherever this one is meant"))
                }
            },
        );
    }
}
