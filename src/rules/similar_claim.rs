//! `similar-claim`

use super::{Check, Context, Findings, Group, Rule, statements::Statements};
use crate::finding::Severity;

pub const RULE: Rule = Rule {
    id: "similar-claim",
    group: Group::Duplicates,
    severity: Severity::Warning,
    summary: "Claims that say nearly the same are joined or told apart.",
    explain: "\
Reported are claims about a common subject that state the same numbers and share at least four
fifths of their words (`similar_percent` in the policy of `dataset.json`). If they mean the same, make
them one. If they do not, the wording should show it, or a relation should say how they belong
together: claims joined by a relation are not reported.",
    bad: "\"Sberbank released GigaChat in April 2023.\" and \"In April 2023 Sberbank released GigaChat.\"",
    good: "one claim, or two joined by `part_of`, `supports`, `contradicts` or `supersedes`",
    check: Check::Statements(check),
};

fn check(context: &Context, statements: &Statements, findings: &mut Findings) {
    for (first, again, percent) in statements.similar(context.dataset.policy.similar_percent) {
        let (id, entry) = statements.claim(again);
        let (other, earlier) = statements.claim(first);
        findings.push(
            id,
            RULE.finding(entry.at("/statement"), format!("`{other}` says nearly the same"))
                .known_by("")
                .help("make them one claim, word the difference, or join them with a relation")
                .related(
                    earlier.at("/statement"),
                    format!("{percent} % of their words are the same"),
                ),
        );
    }
}
