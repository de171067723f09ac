//! `too-large`

use super::{Check, Group, Rule};
use crate::{
    document::SyntaxError,
    finding::{Finding, Origin, Severity},
};

pub const RULE: Rule = Rule {
    id: "too-large",
    group: Group::Reading,
    severity: Severity::Error,
    summary: "Files and nesting stay within bounds.",
    explain: "\
A record is a page of text at most. A file of one record may hold 1 MiB, a `.jsonl` file 1 GiB with
1 MiB a line, and nothing nests deeper than 127 levels. What goes beyond is not read, so that a
mistaken or hostile file cannot take a check down. Where a dataset really has that much to say in
one record, it is several claims.",
    bad: "a claim file of 50 MB",
    good: "a claim of a few hundred bytes, and the data it cites elsewhere",
    check: Check::Elsewhere,
};

/// A file, or a line of a `.jsonl` file, with more than `limit` bytes.
pub fn file(record: Origin, limit: usize) -> Finding {
    let size = if limit >= 1 << 30 {
        format!("{} GiB", limit >> 30)
    } else {
        format!("{} MiB", limit >> 20)
    };
    RULE.finding(record.bytes(0..0), format!("more than {size}"))
        .help("a record is one short text: cite large material instead of including it")
}

/// A record that nests too deep.
pub fn nesting(record: Origin, error: SyntaxError) -> Finding {
    RULE.finding(record.bytes(error.range), error.message).help(error.help)
}
