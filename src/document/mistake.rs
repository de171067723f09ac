//! The mistakes that people make in JSON, told by what stands where serde_json gave up.

use super::SyntaxError;
use std::ops::Range;

/// A text that is no JSON, and where serde_json gave up on it.
pub struct Here<'t> {
    /// The text.
    pub text: &'t str,
    /// The byte.
    pub at: usize,
    /// Whether it is one of several, each on its line.
    pub line: bool,
}

impl Here<'_> {
    pub fn found(&self, range: Range<usize>, message: &str, help: &str) -> SyntaxError {
        let end = range.end.min(self.text.len());
        SyntaxError {
            range: range.start.min(end)..end,
            message: message.to_owned(),
            help: help.to_owned(),
            too_deep: false,
        }
    }

    pub fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    pub fn char_end(&self, at: usize) -> usize {
        at + self.char_at(at).map_or(0, char::len_utf8)
    }

    /// The byte offset of the last character before `at` that is not white space.
    pub fn last_before(&self, at: usize) -> usize {
        self.text[..at].char_indices().rev().find(|(_, c)| !c.is_whitespace()).map_or(0, |(i, _)| i)
    }

    /// The run of characters around here that could be one word or number.
    pub fn word(&self) -> Range<usize> {
        let part = |c: char| c.is_alphanumeric() || "_+-.".contains(c);
        let before = self.text[..self.at].char_indices().rev().take_while(|(_, c)| part(*c)).last();
        let after =
            self.text[self.at..].find(|c| !part(c)).map_or(self.text.len(), |n| self.at + n);
        before.map_or(self.at, |(i, _)| i)..after.max(self.at)
    }

    /// A quotation mark that was to stand inside a text and ended it: what follows is neither a comma
    /// nor a bracket, or what follows the comma ends with the mark that was to end the text.
    pub fn ended_inside(&self, words: &str) -> Option<SyntaxError> {
        let next = self.char_at(self.at)?;
        let before = self.last_before(self.at);
        let comma = self.char_at(before) == Some(',');
        let mark = if comma { self.last_before(before) } else { before };
        let line = self.text[mark..].lines().next().unwrap_or_default();
        // A comma that belongs to the text follows its mark.
        let apart = comma && mark + 1 < before;
        if self.char_at(mark) != Some('"') || apart || mark + line.len() <= self.at {
            return None;
        }
        let rest = &line[self.at - mark..];
        let comment = ["//", "/*", "#"].iter().any(|mark| rest.starts_with(mark));
        let goes_on = || {
            let text = rest.split_once('"').map(|(text, _)| text).filter(|_| !comment);
            text.is_some_and(|text| !text.contains(':') && !text.trim_end().ends_with(','))
        };
        let ended = match words {
            "expected `,` or `}`" | "expected `,` or `]`" if mark + 1 == self.at => {
                !matches!(next, ',' | '}' | ']' | ':' | '"')
            }
            "expected `,` or `}`" => next != '"' && goes_on(),
            "key must be a string" | "expected value" | "expected ident" if comma => {
                !matches!(next, ',' | '}' | ']') && goes_on()
            }
            _ => false,
        };
        ended.then(|| {
            self.found(
                mark..mark + 1,
                "a quotation mark inside the text ends it",
                "write `\\\"` in its place, or typographic ones: “…”",
            )
        })
    }

    /// What is a mistake wherever a parser meets it.
    pub fn anywhere(&self) -> Option<SyntaxError> {
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

    pub fn no_comma(&self, words: &str) -> SyntaxError {
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
                let last = self.last_before(start);
                let place = if self.char_at(last) == Some(',') { "before" } else { "after" };
                let what = self.char_at(last).unwrap_or_default();
                let of = |at| super::line_column(self.text, at).0;
                let at = match of(last) {
                    line if line == of(start) => "before this key".to_owned(),
                    line => format!("at the end of line {line}"),
                };
                self.found(
                    start..self.at,
                    "a key inside a list: the list before it is not closed",
                    &format!("write `]` {place} the `{what}` {at}"),
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

    pub fn no_key(&self) -> SyntaxError {
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

    pub fn no_value(&self) -> SyntaxError {
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

    pub fn trailing(&self) -> SyntaxError {
        let here = self.at..self.char_end(self.at);
        match self.char_at(self.at) {
            Some('{') => self.found(
                here,
                "a second record in the same place",
                if self.line { "begin a new line here" } else { "give it a file of its own" },
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

    pub fn control(&self) -> SyntaxError {
        // serde_json may stand on the character or just behind it.
        let control = |at: usize| self.char_at(at).filter(|c| c.is_control()).map(|c| (at, c));
        let found = control(self.at).or_else(|| control(self.at.saturating_sub(1)));
        match found {
            Some((at, '\n' | '\r')) => {
                let start = self.text[..at].rfind('"').unwrap_or(at);
                let line = self.text[start..at].trim_end();
                let next = self.text[at..].trim_start();
                let key =
                    next.starts_with('"') && next.lines().next().is_some_and(|l| l.contains("\":"));
                let help = match line.strip_suffix(',') {
                    // What follows is the next member, so the comma is no part of the text.
                    Some(_) if key => "write `\"` before the comma at the end of the line",
                    _ => "write `\"` where the text ends; all of it stands on one line",
                };
                self.found(start..at, "a string is not closed on its line", help)
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

    pub fn cut_short(&self, words: &str) -> SyntaxError {
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
