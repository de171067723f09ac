//! Small things about words and characters that messages and rules share.

mod slips;

pub use slips::{did_you_mean, is_sure, slips};

use std::{borrow::Cow, fmt::Write as _};

/// `1 error`, `2 errors`: a count and its noun.
#[must_use]
pub fn count(n: usize, noun: &str) -> String {
    format!("{n} {}", plural(n, noun))
}

/// `claim` for one, `claims` for any other number.
#[must_use]
pub fn plural(n: usize, noun: &str) -> String {
    match (n, noun.strip_suffix('y')) {
        (1, _) => noun.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) => format!("{noun}s"),
    }
}

/// A decimal number with commas between thousands: `-1234567.8901` is `-1,234,567.8901`. Text that
/// is none keeps its form.
#[must_use]
pub fn thousands(number: &str) -> String {
    let unsigned = number.strip_prefix('-').unwrap_or(number);
    let whole = unsigned.split_once('.').map_or(unsigned, |(whole, _)| whole);
    if whole.len() <= 3 || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut out = String::with_capacity(number.len() + whole.len() / 3);
    out.push_str(&number[..number.len() - unsigned.len()]);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(&unsigned[whole.len()..]);
    out
}

/// A decimal number as people say it, where that is shorter and exact: `27 billion`, `1.5 million`,
/// `103,719.2 million`; any other in the form of [`thousands`].
#[must_use]
pub fn amount(number: &str) -> String {
    let digits = number.strip_prefix('-').unwrap_or(number);
    let sign = &number[..number.len() - digits.len()];
    if digits.bytes().all(|b| b.is_ascii_digit()) {
        for (zeros, name) in [(12, "trillion"), (9, "billion"), (6, "million")] {
            let Some(at) = digits.len().checked_sub(zeros).filter(|at| *at > 0) else { continue };
            let (whole, rest) = (&digits[..at], digits[at..].trim_end_matches('0'));
            if rest.len() <= 3 {
                let point = if rest.is_empty() { "" } else { "." };
                return format!("{sign}{}{point}{rest} {name}", thousands(whole));
            }
        }
    }
    thousands(number)
}

/// `a`, `a and b`, `a, b and c`, with `join` in place of the and.
#[must_use]
pub fn list<S: AsRef<str>>(items: &[S], join: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} {join} {}", most.join(", "), last.as_ref())
        }
    }
}

/// A word with a capital at its beginning.
#[must_use]
pub fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

/// The items in backticks: `` `a`, `b` or `c` ``.
#[must_use]
pub fn code_list<S: AsRef<str>>(items: &[S], join: &str) -> String {
    list(&items.iter().map(|item| format!("`{}`", item.as_ref())).collect::<Vec<_>>(), join)
}

/// At most `most` characters of a text, with an ellipsis where there were more.
#[must_use]
pub fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}

/// A sentence to stand behind a colon: without its capital and its full stop.
#[must_use]
pub fn uncapital(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    match chars.next() {
        // A capital that begins an abbreviation or a name of letters stays.
        Some(first) if chars.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

/// The name of a character that a reader cannot see and that no text of a record needs; none for
/// every other character. Joiners are judged by [`invisible_in`], which sees their neighbours.
#[must_use]
pub fn invisible(c: char) -> Option<&'static str> {
    Some(match c {
        '\n' | '\r' => "line break",
        '\t' => "tab",
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => "control character",
        '\u{ad}' => "soft hyphen",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "Hangul filler",
        '\u{180e}' => "Mongolian vowel separator",
        '\u{200b}' => "zero-width space",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202a}' => "left-to-right embedding",
        '\u{202b}' => "right-to-left embedding",
        '\u{202c}' => "end of a direction override",
        '\u{202d}' => "left-to-right override",
        '\u{202e}' => "right-to-left override",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible operator",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first-strong isolate",
        '\u{2069}' => "end of a direction isolate",
        '\u{206a}'..='\u{206f}' => "deprecated format character",
        '\u{feff}' => "byte order mark",
        '\u{fff9}'..='\u{fffb}' => "interlinear annotation mark",
        '\u{e0000}'..='\u{e007f}' => "tag character",
        _ => return None,
    })
}

/// A text for a terminal: what cannot be seen is written out, as `<U+202E>`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if invisible_in(text).next().is_none() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if invisible(c).is_some() {
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out.into()
}

/// A character that a reader cannot see: its index in characters, itself and its name.
pub type Invisible = (usize, char, &'static str);

/// The characters of `text` that a reader cannot see. Zero-width joiners and non-joiners pass inside
/// the scripts that are written with them.
pub fn invisible_in(text: &str) -> impl Iterator<Item = Invisible> {
    let plain = text.bytes().all(|b| (0x20..0x7f).contains(&b));
    let mut before = None;
    let mut rest = if plain { "" } else { text }.chars().enumerate().peekable();
    let joins = |c: char| c > '\u{2ff}' && (c.is_alphabetic() || !c.is_ascii());
    std::iter::from_fn(move || {
        while let Some((index, c)) = rest.next() {
            let joined = before.is_some_and(joins) && rest.peek().is_some_and(|(_, c)| joins(*c));
            before = Some(c);
            let name = match c {
                '\u{200c}' if !joined => Some("zero-width non-joiner"),
                '\u{200d}' if !joined => Some("zero-width joiner"),
                _ => invisible(c),
            };
            if let Some(name) = name {
                return Some((index, c, name));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_prose() {
        assert_eq!(code_list(&["a"], "or"), "`a`");
        assert_eq!(code_list(&["a", "b", "c"], "or"), "`a`, `b` or `c`");
        assert_eq!(count(1, "entry"), "1 entry");
        assert_eq!(count(2, "entry"), "2 entries");
        assert_eq!(shorten("abc def", 4), "abc…");
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (plain, grouped) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-1234567.8901", "-1,234,567.8901"),
            ("32000000000", "32,000,000,000"),
            ("many", "many"),
            ("", ""),
        ] {
            assert_eq!(thousands(plain), grouped);
        }
    }

    #[test]
    fn amounts_are_said_as_people_say_them() {
        for (plain, said) in [
            ("27000000000", "27 billion"),
            ("-1500000", "-1.5 million"),
            ("103719200000", "103,719.2 million"),
            ("1000000000000", "1 trillion"),
            ("1234567", "1,234,567"),
            ("999999", "999,999"),
            ("12.5", "12.5"),
            ("1000000.5", "1,000,000.5"),
            ("", ""),
        ] {
            assert_eq!(amount(plain), said);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_found() {
        assert_eq!(invisible_in("plain, naïve, 生成").next(), None);
        let indices = |text| invisible_in(text).map(|(i, ..)| i).collect::<Vec<_>>();
        assert_eq!(indices("ab\u{202e}c\u{200b}"), [2, 4]);
        assert_eq!(invisible_in("می\u{200c}خواهم").next(), None);
        let first = invisible_in("a\u{200d}b").next();
        assert_eq!(first.map(|(.., name)| name), Some("zero-width joiner"));
    }
}
