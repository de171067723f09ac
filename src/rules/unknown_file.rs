//! `unknown-file`

use super::{Check, Group, Rule};
use crate::finding::{Finding, Origin, Severity};

pub const RULE: Rule = Rule {
    id: "unknown-file",
    group: Group::Reading,
    severity: Severity::Error,
    summary: "Everything below `dataset/` is a record or a page about it.",
    explain: "\
A claim saved as `.jsn`, or in `dataset/claim/`, would silently not be part of the dataset. So every
path below `dataset/` must be one that claimbook reads: `dataset.json`, `waivers.json`, and `.json` or
`.jsonl` files in `claims/`, `sources/`, `publishers/` and `subjects/`, in subfolders as you like.
A record in the folder of another kind is told as that.
Markdown pages, licence files, `CITATION.cff` and files whose name begins with a dot may stand
anywhere. Symbolic links and submodules are never followed.",
    bad: "dataset/claim/kazan-summit-held.jsn",
    good: "dataset/claims/kazan-summit-held.json",
    check: Check::Elsewhere,
};

/// A path that is not read, why, and what to do.
pub fn finding(file: Origin, why: &str, help: &str) -> Finding {
    RULE.finding(file.bytes(0..0), why).help(help)
}
