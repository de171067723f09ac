//! `invisible-text`

use super::{Check, Group, Rule};
use crate::finding::Severity;

pub const RULE: Rule = Rule {
    id: "invisible-text",
    group: Group::Form,
    severity: Severity::Error,
    summary: "Text holds no characters that a reader cannot see.",
    explain: "\
Direction overrides can show a reviewer other words than a program reads; zero-width characters make
two equal texts different; line breaks break tables. None of them belongs in a record. They mostly
come in with text copied from a page or a PDF: delete the character, or type the word again. Joiners
and non-joiners pass in the scripts that are written with them, such as Persian and Hindi.",
    bad: "\"title\": \"Plan\\u200b 2030\"",
    good: "\"title\": \"Plan 2030\"",
    check: Check::Elsewhere,
};
