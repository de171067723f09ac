//! What is wrong with a text that is no JSON, and what to write instead. serde_json's own errors
//! are short and point at the character it gave up on; people look for the one to change.

use std::ops::Range;

/// A syntax error, worded for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes of the text to look at.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// Whether the text may well be JSON, but nests deeper than we read.
    pub too_deep: bool,
}

/// Says what `error`, serde_json's on reading `text`, means and where.
#[must_use]
pub fn explain(text: &str, error: &serde_json::Error) -> SyntaxError {
    let at = offset(text, error.line(), error.column());
    let here = Here { text, at };
    // The words are serde_json's own; a test below holds one text for each.
    let full = error.to_string();
    let words = full.rsplit_once(" at line ").map_or(full.as_str(), |(words, _)| words);
    if words == "recursion limit exceeded" {
        let mut error = here.found(
            at..at,
            "nested deeper than 127 levels",
            "no record nests that deep: remove the extra brackets",
        );
        error.too_deep = true;
        return error;
    }
    if let Some(error) = here.anywhere() {
        return error;
    }
    match words {
        "trailing comma" => {
            let comma = here.last_before(at);
            let close = here.char_at(at).unwrap_or('}');
            here.found(
                comma..comma + 1,
                &format!("trailing comma before `{close}`"),
                "remove the comma",
            )
        }
        "expected `,` or `}`" | "expected `,` or `]`" => here.no_comma(words),
        "expected `:`" => {
            let key = here.last_before(at);
            here.found(key + 1..key + 1, "missing `:` after the key", "write `\"key\": value`")
        }
        "key must be a string" => here.no_key(),
        "expected value" | "expected ident" | "invalid number" => here.no_value(),
        "number out of range" => here.found(
            here.word(),
            "the number is too large to be read exactly",
            "write amounts as text, in quotes",
        ),
        "trailing characters" => here.trailing(),
        "invalid escape" => {
            let start = text[..at].rfind('\\').unwrap_or(at);
            let end = here.char_end(at);
            here.found(
                start..end,
                &format!("`{}` is not a JSON escape", &text[start..end]),
                "write `\\\\` for a backslash, or leave the character as it is",
            )
        }
        _ if words.starts_with("control character") => here.control(),
        _ if words.starts_with("EOF") => here.cut_short(words),
        _ if words.contains("surrogate")
            || words.contains("hex escape")
            || words.contains("code point") =>
        {
            here.found(
                at..at,
                "an incomplete `\\u` escape",
                "write the character itself; the file is UTF-8",
            )
        }
        _ => here.found(at..here.char_end(at), words, "write valid JSON (RFC 8259)"),
    }
}

/// The byte offset of serde_json's line and column, which count bytes from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start =
        text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

struct Here<'t> {
    text: &'t str,
    at: usize,
}

impl Here<'_> {
    fn found(&self, range: Range<usize>, message: &str, help: &str) -> SyntaxError {
        let end = range.end.min(self.text.len());
        SyntaxError {
            range: range.start.min(end)..end,
            message: message.to_owned(),
            help: help.to_owned(),
            too_deep: false,
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    fn char_end(&self, at: usize) -> usize {
        at + self.char_at(at).map_or(0, char::len_utf8)
    }

    /// The byte offset of the last character before `at` that is not white space.
    fn last_before(&self, at: usize) -> usize {
        self.text[..at].char_indices().rev().find(|(_, c)| !c.is_whitespace()).map_or(0, |(i, _)| i)
    }

    /// The run of characters around here that could be one word or number.
    fn word(&self) -> Range<usize> {
        let part = |c: char| c.is_alphanumeric() || "_+-.".contains(c);
        let before = self.text[..self.at].char_indices().rev().take_while(|(_, c)| part(*c)).last();
        let after =
            self.text[self.at..].find(|c| !part(c)).map_or(self.text.len(), |n| self.at + n);
        before.map_or(self.at, |(i, _)| i)..after.max(self.at)
    }

    /// What is a mistake wherever a parser meets it.
    fn anywhere(&self) -> Option<SyntaxError> {
        if self.text.trim().is_empty() {
            return Some(self.found(0..0, "the file is empty", "write one JSON object, `{ … }`"));
        }
        let line_start = self.text[..self.at].rfind('\n').map_or(0, |i| i + 1);
        for start in [line_start, self.next_line(line_start)] {
            let line = self.text[start..].lines().next().unwrap_or_default();
            if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
                .iter()
                .any(|mark| line.starts_with(mark))
            {
                return Some(self.found(
                    start..start + line.len(),
                    "an unresolved merge conflict",
                    "keep one of the two sides and remove the marker lines",
                ));
            }
        }
        let rest = &self.text[self.at..];
        if rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with('#') {
            let end = rest.find('\n').map_or(self.text.len(), |n| self.at + n);
            return Some(self.found(
                self.at..end,
                "JSON has no comments",
                "remove it; a remark can stand under a key that begins with `x_`",
            ));
        }
        if rest.starts_with(['“', '”', '„', '‘', '’', '«', '»']) {
            return Some(self.found(
                self.at..self.char_end(self.at),
                "a typographic quotation mark in place of `\"`",
                "put strings in straight double quotes",
            ));
        }
        None
    }

    fn next_line(&self, start: usize) -> usize {
        self.text[start..].find('\n').map_or(self.text.len(), |n| start + n + 1)
    }

    fn no_comma(&self, words: &str) -> SyntaxError {
        let between = if words.ends_with("`]`") { "items" } else { "members" };
        match self.char_at(self.at) {
            Some('"' | '{' | '[' | '0'..='9' | '-' | 't' | 'f' | 'n') => {
                let end = self.char_end(self.last_before(self.at));
                self.found(
                    end..end,
                    &format!("missing comma between two {between}"),
                    "write a comma here",
                )
            }
            Some(':') if between == "items" => {
                let key = self.text[..self.at].trim_end().trim_end_matches('"');
                let start = key.rfind('"').unwrap_or(key.len());
                self.found(
                    start..self.at,
                    "a key inside a list: the list before it is not closed",
                    "close the list with `]` before this key",
                )
            }
            Some(c) => self.found(
                self.at..self.char_end(self.at),
                &format!("{words}, found `{}`", c.escape_debug()),
                "check the quotes and brackets just before",
            ),
            None => self.cut_short(words),
        }
    }

    fn no_key(&self) -> SyntaxError {
        let word = self.word();
        match self.char_at(self.at) {
            Some('\'') => self.single_quotes(),
            Some(',') => self.found(self.at..self.at + 1, "one comma too many", "remove the comma"),
            _ if !word.is_empty() => {
                let key = &self.text[word.clone()];
                self.found(word.clone(), "a key without quotes", &format!("write `\"{key}\"`"))
            }
            _ => self.found(
                self.at..self.char_end(self.at),
                "a key must be a string",
                "write `\"key\": value`",
            ),
        }
    }

    fn no_value(&self) -> SyntaxError {
        let word = self.word();
        let text = &self.text[word.clone()];
        let here = self.at..self.char_end(self.at);
        match self.char_at(self.at) {
            Some('\'') if text.is_empty() => self.single_quotes(),
            Some(',') if self.text[..self.at].trim_end().ends_with(':') => {
                self.found(here, "a key without a value", "write a value, or remove the key")
            }
            Some(',') => self.found(here, "one comma too many", "remove the comma"),
            Some(c @ ('}' | ']')) => self.found(
                here,
                &format!("a value is missing before `{c}`"),
                "write a value, or remove the key",
            ),
            _ => match text {
                "" => {
                    self.found(here, "no JSON value begins like this", "strings take double quotes")
                }
                "True" | "TRUE" => {
                    self.found(word.clone(), &format!("`{text}` is not JSON"), "write `true`")
                }
                "False" | "FALSE" => {
                    self.found(word.clone(), &format!("`{text}` is not JSON"), "write `false`")
                }
                "None" | "NULL" | "undefined" | "nil" | "NaN" | "nan" => self.found(
                    word.clone(),
                    &format!("`{text}` is not JSON"),
                    "leave the key out where there is no value",
                ),
                _ if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => self
                    .found(
                        word.clone(),
                        &format!("`{text}` is not a JSON number"),
                        "write amounts and dates as text, in double quotes",
                    ),
                _ => self.found(
                    word.clone(),
                    &format!("`{text}` stands without quotes"),
                    "put text in double quotes",
                ),
            },
        }
    }

    fn single_quotes(&self) -> SyntaxError {
        self.found(
            self.at..self.at + 1,
            "a single quote in place of `\"`",
            "put keys and text in double quotes",
        )
    }

    fn trailing(&self) -> SyntaxError {
        let here = self.at..self.char_end(self.at);
        match self.char_at(self.at) {
            Some('{') => self.found(
                here,
                "a second record in the same place",
                "give each record a file of its own; in a .jsonl file, a line of its own",
            ),
            Some(c @ ('}' | ']')) => {
                self.found(here, &format!("one `{c}` too many"), &format!("remove the `{c}`"))
            }
            Some(',') => self.found(here, "a comma after the record", "remove the comma"),
            _ => self.found(
                here,
                "text after the end of the record",
                "remove what follows the closing `}`",
            ),
        }
    }

    fn control(&self) -> SyntaxError {
        // serde_json may stand on the character or just behind it.
        let control = |at: usize| self.char_at(at).filter(|c| c.is_control()).map(|c| (at, c));
        let found = control(self.at).or_else(|| control(self.at.saturating_sub(1)));
        match found {
            Some((at, '\n' | '\r')) => {
                let start = self.text[..at].rfind('"').unwrap_or(at);
                let place = if self.text[start..at].trim_end().ends_with(',') {
                    ", before the comma at the end if that parts it from what follows"
                } else {
                    ""
                };
                self.found(
                    start..at,
                    "a string is not closed on its line",
                    &format!("close it with `\"`{place}; text stays on one line"),
                )
            }
            Some((at, '\t')) => self.found(at..at + 1, "a tab inside a string", "write a space"),
            Some((at, c)) => self.found(
                at..self.char_end(at),
                &format!("the control character U+{:04X} inside a string", u32::from(c)),
                "remove it",
            ),
            None => {
                self.found(self.at..self.at, "a control character inside a string", "remove it")
            }
        }
    }

    fn cut_short(&self, words: &str) -> SyntaxError {
        let end = self.text.trim_end().len();
        let (inside, help) = match words {
            w if w.ends_with("string") => ("a string", "close the string with `\"`"),
            w if w.ends_with("list") || w.ends_with("`]`") => {
                ("an array", "close the array with `]`")
            }
            w if w.ends_with("object") || w.ends_with("`}`") => {
                ("an object", "close the object with `}`")
            }
            _ => ("a value", "finish the value"),
        };
        self.found(end..end, &format!("the text ends inside {inside}"), help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Json, line_column};

    /// `line:column message; help`
    fn error(text: &str) -> String {
        let error = explain(text, &Json::parse(text).expect_err(text));
        let (line, column) = line_column(text, error.range.start);
        format!("{line}:{column} {}; {}", error.message, error.help)
    }

    #[test]
    fn each_mistake_is_named_where_it_stands() {
        for (text, expected) in [
            ("{\n  \"a\": 1,\n}\n", "2:9 trailing comma before `}`; remove the comma"),
            ("[1, 2,]", "1:6 trailing comma before `]`; remove the comma"),
            (
                "{\n  \"a\": 1\n  \"b\": 2\n}",
                "2:9 missing comma between two members; write a comma here",
            ),
            ("[1 2]", "1:3 missing comma between two items; write a comma here"),
            (
                "{\"a\": [\"b\", \"c\": 1}",
                "1:13 a key inside a list: the list before it is not closed; close the list with `]` before this key",
            ),
            ("{\"a\" 1}", "1:5 missing `:` after the key; write `\"key\": value`"),
            ("{a: 1}", "1:2 a key without quotes; write `\"a\"`"),
            ("{'a': 1}", "1:2 a single quote in place of `\"`; put keys and text in double quotes"),
            (
                "{\"a\": 'b'}",
                "1:7 a single quote in place of `\"`; put keys and text in double quotes",
            ),
            (
                "{\"a\": “b”}",
                "1:7 a typographic quotation mark in place of `\"`; put strings in straight double quotes",
            ),
            ("{\"a\": high}", "1:7 `high` stands without quotes; put text in double quotes"),
            ("{\"a\": nothing}", "1:7 `nothing` stands without quotes; put text in double quotes"),
            ("{\"a\": True}", "1:7 `True` is not JSON; write `true`"),
            ("{\"a\": None}", "1:7 `None` is not JSON; leave the key out where there is no value"),
            (
                "{\"a\": 01}",
                "1:7 `01` is not a JSON number; write amounts and dates as text, in double quotes",
            ),
            (
                "{\"a\": +1}",
                "1:7 `+1` is not a JSON number; write amounts and dates as text, in double quotes",
            ),
            ("{\"a\": }", "1:7 a value is missing before `}`; write a value, or remove the key"),
            ("{\"a\":, \"b\": 1}", "1:6 a key without a value; write a value, or remove the key"),
            ("{\"a\": 1,, \"b\": 1}", "1:9 one comma too many; remove the comma"),
            ("[1,,2]", "1:4 one comma too many; remove the comma"),
            (
                "{\"a\": \"b\n}",
                "1:7 a string is not closed on its line; close it with `\"`; text stays on one line",
            ),
            ("{\"a\": \"b\tc\"}", "1:9 a tab inside a string; write a space"),
            ("{\"a\": \"b\u{7}\"}", "1:9 the control character U+0007 inside a string; remove it"),
            (
                "{\"a\": \"\\x\"}",
                "1:8 `\\x` is not a JSON escape; write `\\\\` for a backslash, or leave the character as it is",
            ),
            (
                "{\"a\": 1} {\"b\": 2}",
                "1:10 a second record in the same place; give each record a file of its own; in a .jsonl file, a line of its own",
            ),
            ("{\"a\": 1}}", "1:9 one `}` too many; remove the `}`"),
            ("{\"a\": 1},", "1:9 a comma after the record; remove the comma"),
            ("{\"a\": 1", "1:8 the text ends inside an object; close the object with `}`"),
            ("{\"a\": [1", "1:9 the text ends inside an array; close the array with `]`"),
            ("{\"a\": \"b", "1:9 the text ends inside a string; close the string with `\"`"),
            (
                "{\n  // remark\n  \"a\": 1\n}",
                "2:3 JSON has no comments; remove it; a remark can stand under a key that begins with `x_`",
            ),
            ("  \n", "1:1 the file is empty; write one JSON object, `{ … }`"),
            (
                "{\n<<<<<<< HEAD\n\"a\": 1\n=======\n",
                "2:1 an unresolved merge conflict; keep one of the two sides and remove the marker lines",
            ),
            (
                "{\"a\": 1e999}",
                "1:7 the number is too large to be read exactly; write amounts as text, in quotes",
            ),
        ] {
            assert_eq!(error(text), expected, "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_told_apart() {
        let text = "[".repeat(10_000);
        assert!(explain(&text, &Json::parse(&text).expect_err("deep")).too_deep);
    }

    #[test]
    fn no_cut_of_a_record_makes_it_panic() {
        let text = "{\n  \"título\": [\"ñ\", {\"a\\u00e9\": -1.5e3}], \"b\": null\n}";
        for (cut, _) in text.char_indices() {
            for insert in ["", "\"", "}", ",", "é", "\\", "\u{feff}", "\n"] {
                let rest: String = text[cut..].chars().skip(2).collect();
                let broken = format!("{}{insert}{rest}", &text[..cut]);
                if let Err(error) = Json::parse(&broken) {
                    let found = explain(&broken, &error);
                    assert!(broken.get(found.range.clone()).is_some(), "{broken:?} {found:?}");
                }
            }
        }
    }
}
