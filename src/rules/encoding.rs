//! `encoding`

use super::{Check, Group, Rule};
use crate::finding::{Finding, Origin, Severity};

pub const RULE: Rule = Rule {
    id: "encoding",
    group: Group::Reading,
    severity: Severity::Error,
    summary: "Every file is UTF-8 without a byte order mark.",
    explain: "\
One encoding means that every program reads the same text from the same bytes. Files saved as
Windows-1252, Latin-1 or UTF-16 show here with the first byte that does not fit; save them again as
UTF-8. A byte order mark at the beginning makes the first key unreadable for many parsers; save the
file as \"UTF-8\", not as \"UTF-8 with BOM\".",
    bad: "the byte E9 for é, as Windows-1252 writes it",
    good: "the bytes C3 A9 for é, as UTF-8 writes it",
    check: Check::Elsewhere,
};

/// A byte order mark at the beginning of a file.
pub fn bom(file: Origin) -> Finding {
    RULE.finding(file.bytes(0..0), "the file begins with a byte order mark")
        .help("save it as UTF-8 without BOM")
}

/// Bytes that are not UTF-8, from `valid` on.
pub fn not_utf8(file: Origin, bytes: &[u8], valid: usize) -> Finding {
    let place = file.bytes(valid..valid);
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return RULE.finding(place, "the file is UTF-16, not UTF-8").help("save it as UTF-8");
    }
    let byte = bytes.get(valid).copied().unwrap_or_default();
    RULE.finding(place, format!("the byte {byte:02X} is not UTF-8")).help(format!(
        "write `{}` here, as the byte reads in Windows-1252 and Latin-1; save the file as UTF-8",
        windows_1252(byte)
    ))
}

/// The character that a byte from 80 on is in Windows-1252, which has those of Latin-1 from A0 on.
fn windows_1252(byte: u8) -> char {
    const BELOW_A0: &str = "€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ";
    BELOW_A0.chars().nth(usize::from(byte.wrapping_sub(0x80))).unwrap_or(char::from(byte))
}
