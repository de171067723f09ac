//! Text and links in GitHub Flavored Markdown, whatever stands in them.

use std::fmt::{self, Write};

/// The bytes at which a character may begin that does not always stand for itself: all others are
/// passed by without a second look.
type Notable = [bool; 256];

const IN_TEXT: Notable = notable(b"#$&*-.:<>@[\\]_`|~\xe2");
const IN_URL: Notable = notable(b" \"&()<>\\^`{|}");

const fn notable(marks: &[u8]) -> Notable {
    let mut notable = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        // Control characters up to U+001F, and the lead byte of U+0080 to U+009F. That of U+2028 is
        // among the marks of text.
        notable[byte] = byte < 0x20 || matches!(byte, 0x7f | 0xc2);
        byte += 1;
    }
    let mut i = 0;
    while i < marks.len() {
        notable[marks[i] as usize] = true;
        i += 1;
    }
    notable
}

/// The place of the next notable byte.
fn next(notable: &Notable, bytes: &[u8], from: usize) -> Option<usize> {
    let found = bytes.get(from..)?.iter().position(|byte| notable[usize::from(*byte)])?;
    Some(from + found)
}

/// Text that GitHub Flavored Markdown shows as it is: in a paragraph, a heading, a list item, a
/// link or a cell of a table. Only what would be read as markup is escaped.
#[must_use]
pub fn escape_markdown(text: &str) -> String {
    written(text.len(), |out| write_escaped(out, text))
}

/// What is written into a text that is about as long as another.
fn written(length: usize, write: impl FnOnce(&mut String) -> fmt::Result) -> String {
    let mut out = String::with_capacity(length + 32);
    // Nothing that is written to memory fails.
    let _ = write(&mut out);
    out
}

/// The same as [`escape_markdown`], at the end of `out`.
fn write_escaped(out: &mut dyn Write, text: &str) -> fmt::Result {
    // Nearly every text begins and ends with what is not blank.
    let edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let trimmed = edge(text.as_bytes().first()) && edge(text.as_bytes().last());
    let text = if trimmed { text } else { text.trim() };
    let bytes = text.as_bytes();
    let mut marker = list_marker(text);
    let (mut done, mut seen) = (0, 0);
    while let Some(at) = next(&IN_TEXT, bytes, seen).into_iter().chain(marker).min() {
        let is_marker = marker == Some(at);
        marker = marker.filter(|_| !is_marker);
        seen = at + 1;
        if !is_marker && stands_for_itself(bytes, at) {
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        let end = at + c.len_utf8();
        let (before, rest) = (&text[..at], &text[end..]);
        let escaped = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$' => true,
            '&' => is_entity(rest),
            // Inside a word it stands for itself.
            '_' => {
                !(before.ends_with(char::is_alphanumeric)
                    && rest.starts_with(char::is_alphanumeric))
            }
            _ if is_marker => true,
            // Addresses are linked where the colon stands free.
            ':' => rest.starts_with("//"),
            '.' => ends_with_www(before),
            _ => false,
        };
        let instead = match c {
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => " ",
            // E-mail addresses, names of accounts and of emoji are replaced after everything else,
            // so that only what is not text keeps them apart.
            '@' if rest.starts_with(|c: char| !c.is_whitespace()) => "@<!-- -->",
            ':' if is_emoji_name(rest) => ":<!-- -->",
            // So are numbers of issues: `#1` and `GH-1`.
            '#' if rest.starts_with(|c: char| c.is_ascii_digit()) => "#<!-- -->",
            '-' if names_issue(before, rest) => "-<!-- -->",
            _ if !escaped => continue,
            _ => &text[at..end],
        };
        out.write_str(&text[done..at])?;
        if escaped {
            out.write_str("\\")?;
        }
        out.write_str(instead)?;
        done = end;
    }
    out.write_str(&text[done..])
}

/// Whether a mark stands for itself, as most do, by the byte before or after it.
fn stands_for_itself(bytes: &[u8], at: usize) -> bool {
    let next = bytes.get(at + 1).copied().unwrap_or(b' ');
    match bytes[at] {
        b'-' => !next.is_ascii_digit(),
        b'.' => at == 0 || !bytes[at - 1].eq_ignore_ascii_case(&b'w'),
        b':' => next == b' ',
        _ => false,
    }
}

/// Where a text would begin a list, a rule or the underline of a heading.
fn list_marker(text: &str) -> Option<usize> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut rest = text[digits..].chars();
    match (digits, rest.next()?, rest.next()) {
        (0, '-' | '+' | '=' | ':', _) => Some(0),
        (1.., '.' | ')', None) => Some(digits),
        (1.., '.' | ')', Some(next)) if next.is_whitespace() => Some(digits),
        _ => None,
    }
}

/// Whether a hyphen stands between `GH` and a number.
fn names_issue(before: &str, rest: &str) -> bool {
    let end = before.len().checked_sub(2).and_then(|at| before.get(at..));
    rest.starts_with(|c: char| c.is_ascii_digit())
        && end.is_some_and(|end| end.eq_ignore_ascii_case("gh"))
}

fn ends_with_www(text: &str) -> bool {
    let end = text.len().checked_sub(3).and_then(|at| text.get(at..));
    end.is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

/// Whether the text after a colon goes on as `name:`.
fn is_emoji_name(rest: &str) -> bool {
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-');
    let name = rest.bytes().take_while(|b| part(b)).count();
    (1..=60).contains(&name) && rest[name..].starts_with(':')
}

/// Text for where Markdown stands, kept in a direction of its own where it is written from right to
/// left, so that the words and numbers beside it keep their order.
#[must_use]
pub fn markdown_text(text: &str) -> String {
    written(text.len(), |out| write_markdown(out, text))
}

/// The same as [`markdown_text`], at the end of `out`.
pub(super) fn write_markdown(out: &mut dyn Write, text: &str) -> fmt::Result {
    // No character that is written from right to left begins with a lower byte.
    let turned =
        !text.is_ascii() && text.bytes().any(|b| b >= 0xd6) && text.chars().any(is_right_to_left);
    if !turned {
        return write_escaped(out, text);
    }
    out.write_str("<span dir=\"auto\">")?;
    write_escaped(out, text)?;
    out.write_str("</span>")
}

fn is_right_to_left(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

/// A Markdown link (CommonMark 0.31, section 6.3) whose text and address cannot break out of it.
/// An address that is neither of the web nor a path is left out.
#[must_use]
pub fn markdown_link(title: &str, url: &str) -> String {
    written(title.len() + url.len(), |out| write_link(out, title, url))
}

/// The same as [`markdown_link`], at the end of `out`.
pub(super) fn write_link(out: &mut dyn Write, title: &str, url: &str) -> fmt::Result {
    if url.is_empty() || !leads_to_a_page(url) {
        return write_markdown(out, title);
    }
    out.write_str("[")?;
    write_markdown(out, title)?;
    out.write_str("](")?;
    write_url(out, url)?;
    out.write_str(")")
}

/// Whether an address has no scheme but those of the web.
fn leads_to_a_page(url: &str) -> bool {
    let scheme = url.split(['/', '?', '#']).next().unwrap_or_default();
    match scheme.split_once(':') {
        Some((scheme, _)) => ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)),
        None => true,
    }
}

/// An address for the brackets of a link: what an address may not hold, and what would end it, is
/// written in percent-encoding.
fn write_url(out: &mut dyn Write, url: &str) -> fmt::Result {
    let (mut done, mut seen) = (0, 0);
    while let Some(at) = next(&IN_URL, url.as_bytes(), seen) {
        seen = at + 1;
        let Some(c) = url[at..].chars().next() else { break };
        let end = at + c.len_utf8();
        match c {
            c if c.is_control() => out.write_str(&url[done..at])?,
            ' ' | '"' | '(' | ')' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                write!(out, "{}%{:02X}", &url[done..at], u32::from(c))?;
            }
            '&' if is_entity(&url[end..]) => write!(out, "{}&amp;", &url[done..at])?,
            _ => continue,
        }
        done = end;
    }
    out.write_str(&url[done..])
}

/// Whether the text after an ampersand goes on as the name or number of a character.
fn is_entity(rest: &str) -> bool {
    let part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'#';
    let name = rest.bytes().take_while(|b| part(b)).count();
    name > 0 && rest[name..].starts_with(';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_prose_is_left_alone() {
        for prose in [
            "In 2024, Brazil's plan (PBIA) cost 23.1 bn - a record!",
            "3.5 bn for R&D and Q&A",
            "2024-2028: from 12:30 on, a+b=c; snake_case, 50% more?",
            "Генерация — 生成, naïve “quotes”",
        ] {
            assert_eq!(escape_markdown(prose), prose);
        }
        assert_eq!(
            escape_markdown("1. *a* _b_ <c> [d](e) | `f`"),
            r"1\. \*a\* \_b\_ \<c\> \[d\](e) \| \`f\`"
        );
        assert_eq!(escape_markdown("- a&amp;b"), r"\- a\&amp;b");
        assert_eq!(escape_markdown("    a\n===\tb "), "a === b");
        assert_eq!(
            escape_markdown("see https://a.org and www.b.org"),
            r"see https\://a.org and www\.b.org"
        );
    }

    #[test]
    fn what_cannot_be_seen_is_a_space_and_no_address() {
        assert_eq!(escape_markdown("a\u{1}b\u{7f}c\u{85}d\u{2028}e £ ” é"), "a b c d e £ ” é");
        assert_eq!(markdown_link("a", "b\u{1}c\u{7f}d\u{85}e £é^"), "[a](bcde%20£é%5E)");
    }

    #[test]
    fn what_is_replaced_late_is_kept_apart() {
        assert_eq!(escape_markdown("me@a.org"), "me@<!-- -->a.org");
        assert_eq!(escape_markdown("me+@a.org"), "me+@<!-- -->a.org");
        assert_eq!(escape_markdown("see #1, GH-2"), r"see \#<!-- -->1, GH-<!-- -->2");
        assert_eq!(escape_markdown("so :smile: at 5: 6"), "so :<!-- -->smile: at 5: 6");
    }

    #[test]
    fn text_from_right_to_left_keeps_to_itself() {
        assert_eq!(markdown_text("a 生成"), "a 生成");
        assert_eq!(markdown_text("هوش|"), "<span dir=\"auto\">هوش\\|</span>");
    }

    #[test]
    fn links_hold_together() {
        assert_eq!(
            markdown_link("a]b", "https://a.org/x|y(<z>) w"),
            r"[a\]b](https://a.org/x%7Cy%28%3Cz%3E%29%20w)"
        );
        assert_eq!(
            markdown_link("a", "https://a.org/?b=1&copy=2&copy;3"),
            "[a](https://a.org/?b=1&copy=2&amp;copy;3)"
        );
        assert_eq!(markdown_link("a", "javascript:alert(1)"), "a");
        assert_eq!(markdown_link("a", "../b.md#c"), "[a](../b.md#c)");
    }
}
