//! `unrated-publisher`

use super::{Check, Context, Findings, Group, Rule};
use crate::{finding::Severity, model::Letter, text::count};
use std::collections::BTreeMap;

pub const RULE: Rule = Rule {
    id: "unrated-publisher",
    group: Group::Evidence,
    severity: Severity::Warning,
    summary: "Publishers that are cited have been judged.",
    explain: "\
New publishers start at F, not judged, and carry no more than `low`: so nobody raises a confidence by
inventing a publisher. A maintainer who knows the publisher gives it a letter from A to E, in a change
that shows in review; `CONTRIBUTING.md` describes the letters.",
    bad: "\"reliability\": \"F\", with sources that claims cite",
    good: "\"reliability\": \"C\"",
    check: Check::Dataset(check),
};

fn check(context: &Context, findings: &mut Findings) {
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in context.dataset.sources.values() {
        *sources.entry(&entry.record.publisher).or_default() += 1;
    }
    for (id, entry) in &context.dataset.publishers {
        let Some(cited) = sources.get(id.as_str()) else { continue };
        if entry.record.reliability == Letter::F && !entry.is_flawed() {
            findings.push(
                id,
                RULE.finding(
                    entry.at("/reliability"),
                    format!("`{id}` is the publisher of sources, and not judged yet"),
                )
                // How many is no part of the message, by which the finding is known again.
                .help(format!(
                    "a maintainer gives it a letter from A to E, with a note on why: it is the publisher of {}",
                    count(*cited, "source")
                )),
            );
        }
    }
}
