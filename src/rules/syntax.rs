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

/// A record that goes on over several lines of a file with one a line.
pub fn spread(line: Origin) -> Finding {
    RULE.finding(line.bytes(0..1), "a record over several lines").help(
        "in `.jsonl` each record stands on one line; a file with this record alone is a `.json`",
    )
}

/// A text that is not JSON.
pub fn finding(record: Origin, error: SyntaxError) -> Finding {
    RULE.finding(record.bytes(error.range), error.message).help(error.help)
}
