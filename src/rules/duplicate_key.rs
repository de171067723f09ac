//! `duplicate-key`

use super::{Check, Group, Rule};
use crate::{
    document::Repeat,
    finding::{Finding, Origin, Severity},
};

pub const RULE: Rule = Rule {
    id: "duplicate-key",
    group: Group::Reading,
    severity: Severity::Error,
    summary: "No object gives a key twice.",
    explain: "\
JSON parsers keep one of two equal keys, mostly the last, and say nothing. So a second `confidence`
would change a claim without a trace in review. Both places are shown; keep the one you mean.",
    bad: "{ \"confidence\": \"low\", \"confidence\": \"high\" }",
    good: "{ \"confidence\": \"low\" }",
    check: Check::Elsewhere,
};

/// A key given again.
pub fn finding(record: Origin, repeat: &Repeat) -> Finding {
    let key = repeat.pointer.rsplit('/').next().unwrap_or_default();
    let key = crate::document::unescape_token(key);
    let mut place = record.bytes(repeat.again.clone());
    place.pointer.clone_from(&repeat.pointer);
    RULE.finding(place, format!("the key `{key}` is given twice"))
        .help("keep the one you mean and remove the other")
        .related(record.bytes(repeat.first.clone()), "first given here")
}
