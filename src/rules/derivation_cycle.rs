//! `derivation-cycle`

use super::{Check, Context, Findings, Group, Rule, relation_cycle::find_circles};
use crate::{finding::Severity, text::list};
use std::collections::BTreeMap;

pub const RULE: Rule = Rule {
    id: "derivation-cycle",
    group: Group::References,
    severity: Severity::Error,
    summary: "No source repeats itself, however far around.",
    explain: "\
`derived_from` leads from a copy to what it copies: from the newspaper to the agency, from the agency
to the press release. Two sources cannot each be the copy of the other. Keep the direction that the
dates of issue speak for.",
    bad: "a is derived from b, b is derived from a",
    good: "b is derived from a",
    check: Check::Dataset(check),
};

fn check(context: &Context, findings: &mut Findings) {
    let sources = &context.dataset.sources;
    let graph: BTreeMap<&str, Vec<&str>> = sources
        .iter()
        .filter(|(_, entry)| !entry.record.derived_from.is_empty())
        .map(|(id, entry)| {
            (id.as_str(), entry.record.derived_from.iter().map(String::as_str).collect())
        })
        .collect();
    for circle in find_circles(&graph) {
        let id = circle[0];
        let entry = &sources[id];
        let message = if circle.len() == 1 {
            "the source is derived from itself".to_owned()
        } else {
            let next = circle.iter().cycle().skip(1);
            let steps = circle.iter().zip(next).map(|(one, next)| format!("`{one}` from `{next}`"));
            format!("sources are derived in a circle: {}", list(&steps.collect::<Vec<_>>(), "and"))
        };
        let mut finding =
            RULE.finding(entry.at("/derived_from"), message).help(if circle.len() == 1 {
                "name the source it copies, or remove `derived_from`".to_owned()
            } else {
                help(context, &circle)
            });
        for other in &circle[1..] {
            finding = finding.related(
                sources[*other].at("/derived_from"),
                format!("`{other}` goes on from here"),
            );
        }
        findings.push(id, finding);
    }
}

/// How many places of a circle are named where it can be opened.
const LISTED: usize = 4;

/// Where a circle can be opened, first at the source that was surely issued before all others: that
/// speaks for it, but only a reader of both can tell.
fn help(context: &Context, circle: &[&str]) -> String {
    let issued = |id: &&str| context.dataset.sources[*id].record.issued.certain_span();
    let first = circle.iter().position(|id| {
        let Some(latest) = issued(id).and_then(|span| span.latest) else { return false };
        let mut others = circle.iter().filter(|other| *other != id);
        others.all(|other| issued(other).and_then(|span| span.earliest).is_some_and(|e| latest < e))
    });
    let mut help = String::new();
    let ways = circle.iter().cycle().skip(first.unwrap_or_default());
    for (n, (id, next)) in ways.clone().zip(ways.skip(1)).take(circle.len().min(LISTED)).enumerate()
    {
        let or = if n > 0 { "; or " } else { "" };
        help.push_str(&format!(
            "{or}take `{next}` out of the `derived_from` of `{id}`, if that is no copy"
        ));
        if n == 0 && first.is_some() {
            help.push_str(": it was issued first");
        }
    }
    help + "; where the list is then empty, remove `derived_from`"
}
