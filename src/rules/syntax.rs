//! `syntax`

use super::{Check, Group, Rule};
use crate::{
    document::SyntaxError,
    finding::{Finding, Origin, Severity},
};

pub const RULE: Rule = Rule {
    id: "syntax",
    group: Group::Reading,
    severity: Severity::Error,
    summary: "Every record is valid JSON.",
    explain: "\
A file that is not JSON cannot be read at all, so this is the only thing said about it. The place is
the one to change, which is often just before the one where a parser gives up: the comma that is one
too many, the end of the line that lacks one, the quotation mark that was never closed.

Records are plain JSON (RFC 8259): double quotes around keys and text, no comments, no comma after
the last entry. In a `.jsonl` file every line is one record; a broken line does not hide the others.",
    bad: "{ \"id\": \"reuters\", \"kind\": \"news\", }",
    good: "{ \"id\": \"reuters\", \"kind\": \"news\" }",
    check: Check::Elsewhere,
};

/// A text that is not JSON.
pub fn finding(record: Origin, error: SyntaxError) -> Finding {
    RULE.finding(record.bytes(error.range), error.message).help(error.help)
}
