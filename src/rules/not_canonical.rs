//! `not-canonical`

use super::{Check, Group, Rule};
use crate::finding::{Finding, Origin, Severity};

pub const RULE: Rule = Rule {
    id: "not-canonical",
    group: Group::Form,
    severity: Severity::Warning,
    summary: "Records are written in the one canonical form.",
    explain: "\
Two spaces, keys in the order of the schema, lists that are sets sorted, composed characters (NFC), no
needless escapes, LF, one newline at the end; in `.jsonl` files one record a line without spaces. Then a
change in review is a change in content, and merges do not conflict over layout.

`claimbook fmt` writes this form; it changes nothing else. Records with other findings are looked at
once those are mended.",
    bad: "{\"kind\":\"event\",\"name\":\"Kazan summit\",\"id\":\"kazan-summit\"}",
    good: "{\n  \"id\": \"kazan-summit\",\n  \"name\": \"Kazan summit\",\n  \"kind\": \"event\"\n}",
    check: Check::Elsewhere,
};

/// A record whose text differs from its canonical form from byte `at` on.
pub fn finding(record: Origin, text: &str, canonical: &str) -> Finding {
    let at = text.bytes().zip(canonical.bytes()).take_while(|(a, b)| a == b).count();
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let message = if text.contains('\r') {
        "lines end in CRLF, not in LF"
    } else if text.trim_end() == canonical.trim_end() {
        "the file does not end in exactly one newline"
    } else {
        "not in canonical form from here on"
    };
    RULE.finding(record.bytes(at..at), message).help("run `claimbook fmt`")
}
