//! `file-name`

use super::{Check, Context, Findings, Group, Rule};
use crate::{
    finding::{Origin, Severity},
    model::{Named, Table},
};

pub const RULE: Rule = Rule {
    id: "file-name",
    group: Group::References,
    severity: Severity::Error,
    summary: "A record's file is named after its id.",
    explain: "\
Whoever reads an id in a report, a citation or a diff finds the record without a search, and git
shows two people who mint the same id a conflict. The folder is free; the name is the id. Records in
`.jsonl` files have no file of their own and are exempt.

Which of the two is wrong, the name or the id, only you know. Of a released record the id is right:
it never changes.",
    bad: "dataset/sources/kazan.json with \"id\": \"kazan-declaration-2024\"",
    good: "dataset/sources/kazan-declaration-2024.json with \"id\": \"kazan-declaration-2024\"",
    check: Check::Dataset(check),
};

fn check(context: &Context, findings: &mut Findings) {
    let dataset = context.dataset;
    table(context, &dataset.claims, findings);
    table(context, &dataset.sources, findings);
    table(context, &dataset.publishers, findings);
    table(context, &dataset.subjects, findings);
}

fn table<T>(context: &Context, table: &Table<T>, findings: &mut Findings) {
    for (id, entry) in table {
        let wrong = entry.named == Named::Other && !entry.flawed("/id");
        if let Some(stem) = stem(context, entry.origin).filter(|_| wrong) {
            findings.push(
                id,
                RULE.finding(
                    entry.at("/id"),
                    format!("`id` is `{id}`, but the file is named `{stem}.json`"),
                )
                .help(format!("rename the file to `{id}.json`, or write `\"id\": \"{stem}\"`")),
            );
        }
    }
}

/// The name of a `.json` file without its extension.
pub fn stem<'c>(context: &'c Context, origin: Origin) -> Option<&'c str> {
    context.texts.get(origin.file).path.strip_suffix(".json")?.rsplit('/').next()
}
