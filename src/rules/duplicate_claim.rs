//! `duplicate-claim`

use super::{Check, Context, Findings, Group, Rule, statements::Statements};
use crate::finding::Severity;

pub const RULE: Rule = Rule {
    id: "duplicate-claim",
    group: Group::Duplicates,
    severity: Severity::Error,
    summary: "No two claims state the same in the same words.",
    explain: "\
Two claims of one statement split its evidence and can come to disagree. Statements count as the
same when they have the same words and numbers in the same order, whatever the case, punctuation and
spacing. Move the citations to one of them and remove the other; if the other was released, mark it
`superseded`. Claims that are superseded or retracted are not compared.",
    bad: "two claims: \"The Kazan summit took place in October 2024.\"",
    good: "one claim with the citations of both",
    check: Check::Statements(check),
};

fn check(_: &Context, statements: &Statements, findings: &mut Findings) {
    for (first, again) in statements.same() {
        let (id, entry) = statements.claim(again);
        let (other, earlier) = statements.claim(first);
        let cited = |source: &str| earlier.record.citations.iter().any(|c| c.source == source);
        let remove = if entry.record.citations.iter().all(|c| cited(&c.source)) {
            format!("remove this claim: `{other}` cites the same already")
        } else {
            format!("move what is cited here into `{other}`, and remove this claim")
        };
        findings.push(
            id,
            RULE.finding(
                entry.at("/statement"),
                format!("`{other}` states the same in the same words"),
            )
            .known_by("")
            .help(format!("{remove}; or, if it means another thing, say so in its statement"))
            .related(earlier.at("/statement"), "stated here first"),
        );
    }
}
