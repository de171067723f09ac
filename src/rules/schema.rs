//! `schema`

use super::{Check, Group, Rule};
use crate::{
    document::Part,
    finding::{Finding, Origin, Severity},
    schema::{Problem, ProblemKind},
};

pub const RULE: Rule = Rule {
    id: "schema",
    group: Group::Reading,
    severity: Severity::Error,
    summary: "Every record fits the JSON Schema of its kind.",
    explain: "\
The schemas in `schema/` say which keys a record has and what each may hold; they are those of the
repository, so a dataset can be stricter than others. A mistake is told once: a misspelt key is not
also a missing one, and a wrong `kind` or `status` does not bring up everything that depends on it.
What is wrong with a record does not keep other rules from looking at its sound parts.

A text that is only `…` or `...` is a place still to be filled, and refused.

Keys that begin with `x_` are free for remarks and data of your own.",
    bad: "{ \"confidnece\": \"hgih\" }",
    good: "{ \"confidence\": \"high\" }",
    check: Check::Elsewhere,
};

/// A part of a record that the schema refuses.
pub fn finding(record: Origin, problem: Problem) -> Finding {
    let place = match problem.part {
        Part::Key => record.key(problem.pointer),
        Part::Value => record.at(problem.pointer),
    };
    let (rule, place) = match problem.kind {
        ProblemKind::Schema => (&RULE, place),
        ProblemKind::Invisible(index) => (&super::invisible_text::RULE, place.character(index)),
    };
    let mut finding = rule.finding(place, problem.message);
    finding.help = problem.help;
    if let Some(replacement) = problem.replacement {
        let what = match replacement.as_str() {
            "" => "delete it".to_owned(),
            " " => "write a space in its place".to_owned(),
            _ => format!("write `{replacement}`"),
        };
        let mend = if problem.sure { Finding::fix } else { Finding::suggest };
        finding = mend(finding, what, replacement);
    }
    finding
}
