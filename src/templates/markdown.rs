//! Text and links in GitHub Flavored Markdown, whatever stands in them.

use std::fmt::Write as _;

/// Text that GitHub Flavored Markdown shows as it is: in a paragraph, a heading, a list item, a
/// link or a cell of a table. Only what would be read as markup is escaped.
#[must_use]
pub fn escape_markdown(text: &str) -> String {
    let text = text.trim();
    let mut out = String::with_capacity(text.len() + 8);
    let marker = list_marker(text);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '$' => out.push('\\'),
            '&' if is_entity(rest) => out.push('\\'),
            // Inside a word it stands for itself.
            '_' if !(before.is_alphanumeric() && rest.starts_with(char::is_alphanumeric)) => {
                out.push('\\');
            }
            _ if Some(at) == marker => out.push('\\'),
            // Addresses are linked where the colon stands free.
            ':' if rest.starts_with("//") => out.push('\\'),
            '.' if ends_with_www(&text[..at]) => out.push('\\'),
            _ => {}
        }
        match c {
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => out.push(' '),
            // E-mail addresses, names of accounts and of emoji are replaced after everything else,
            // so that only what is not text keeps them apart.
            '@' if rest.starts_with(|c: char| !c.is_whitespace()) => out.push_str("@<!-- -->"),
            ':' if is_emoji_name(rest) => out.push_str(":<!-- -->"),
            // So are numbers of issues: `#1` and `GH-1`.
            '#' if rest.starts_with(|c: char| c.is_ascii_digit()) => out.push_str("#<!-- -->"),
            '-' if names_issue(&text[..at], rest) => out.push_str("-<!-- -->"),
            c => out.push(c),
        }
        before = c;
    }
    out
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
    rest.split_once(':').is_some_and(|(name, _)| {
        let part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-');
        (1..=60).contains(&name.len()) && name.bytes().all(part)
    })
}

/// Text for where Markdown stands, kept in a direction of its own where it is written from right to
/// left, so that the words and numbers beside it keep their order.
#[must_use]
pub fn markdown_text(text: &str) -> String {
    let escaped = escape_markdown(text);
    if text.chars().any(is_right_to_left) {
        format!("<span dir=\"auto\">{escaped}</span>")
    } else {
        escaped
    }
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
    let text = markdown_text(title);
    if url.is_empty() || !leads_to_a_page(url) {
        return text;
    }
    format!("[{text}]({})", escape_url(url))
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
fn escape_url(url: &str) -> String {
    let mut out = String::with_capacity(url.len() + 8);
    for (at, c) in url.char_indices() {
        match c {
            c if c.is_control() => {}
            ' ' | '"' | '(' | ')' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            '&' if is_entity(&url[at + 1..]) => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

/// Whether the text after an ampersand goes on as the name or number of a character.
fn is_entity(rest: &str) -> bool {
    rest.split_once(';').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
    })
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
