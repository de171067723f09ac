//! What is wrong with a text that is no JSON, and what to write instead. serde_json's own errors
//! are short and point at the character it gave up on; people look for the one to change.

use super::mistake::Here;
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

/// Says what `error`, serde_json's on reading `text`, means and where. `line` tells whether the text
/// is one of several records, each on its line.
#[must_use]
pub fn explain(text: &str, error: &serde_json::Error, line: bool) -> SyntaxError {
    let at = offset(text, error.line(), error.column());
    let here = Here { text, at, line };
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
    if let Some(error) = here.ended_inside(words).or_else(|| here.anywhere()) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Json, line_column};

    /// `line:column message; help`
    fn error(text: &str) -> String {
        let error = explain(text, &Json::parse(text).expect_err(text), false);
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
            (
                "{\"a\": \"b\" \"c\": 1}",
                "1:10 missing comma between two members; write a comma here",
            ),
            (
                "{\"a\": \"b\"\n\"c\": 1}",
                "1:10 missing comma between two members; write a comma here",
            ),
            ("[\"a\" \"b\"]", "1:5 missing comma between two items; write a comma here"),
            ("[\"a\" null, \"b\"]", "1:5 missing comma between two items; write a comma here"),
            ("[1 2]", "1:3 missing comma between two items; write a comma here"),
            (
                "{\"a\": [\"b\", \"c\": 1}",
                "1:13 a key inside a list: the list before it is not closed; write `]` before the `,` before this key",
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
                "1:7 a string is not closed on its line; write `\"` where the text ends; all of it stands on one line",
            ),
            ("{\"a\": \"b\tc\"}", "1:9 a tab inside a string; write a space"),
            ("{\"a\": \"b\u{7}\"}", "1:9 the control character U+0007 inside a string; remove it"),
            (
                "{\"a\": \"\\x\"}",
                "1:8 `\\x` is not a JSON escape; write `\\\\` for a backslash, or leave the character as it is",
            ),
            (
                "{\"a\": 1} {\"b\": 2}",
                "1:10 a second record in the same place; give it a file of its own",
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
    fn a_quotation_mark_inside_a_text_is_told_where_it_stands() {
        for (text, column) in [
            (r#"{"a": "the "new" Mission", "b": 1}"#, 12),
            (r#"{"a": "the "IndiaAI" Mission"}"#, 12),
            (r#"{"a": "the "Индия" Mission"}"#, 12),
            (r##"{"a": "the "#1" firm"}"##, 12),
            (r#"{"a": "the " new" firm"}"#, 12),
            (r#"{"a": "the ",new" Mission"}"#, 12),
            (r#"{"a": "It was new", she said.", "b": 1}"#, 18),
            (r#"{"a": "It was new" she said."}"#, 18),
            (r#"["the "new" Mission"]"#, 7),
            (r#"["It was new", she said."]"#, 13),
        ] {
            assert_eq!(
                error(text),
                format!(
                    "1:{column} a quotation mark inside the text ends it; write `\\\"` in its place, or typographic ones: “…”"
                ),
                "{text}"
            );
        }
        // What comes after a whole text is something else.
        for (text, expected) in [
            (r#"{"a": "b", c: "d"}"#, "1:12 a key without quotes; write `\"c\"`"),
            (r#"{"a": "b",c: "d"}"#, "1:11 a key without quotes; write `\"c\"`"),
            (
                "{\"a\": \"b\", // the \"c\"\n\"d\": 1}",
                "1:12 JSON has no comments; remove it; a remark can stand under a key that begins with `x_`",
            ),
            (r#"{"a": "b",, "c": "d"}"#, "1:11 one comma too many; remove the comma"),
            (r#"["a", high, "b"]"#, "1:7 `high` stands without quotes; put text in double quotes"),
            (
                r#"["a", None], "b"]"#,
                "1:7 `None` is not JSON; leave the key out where there is no value",
            ),
        ] {
            assert_eq!(error(text), expected, "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_told_apart() {
        let text = "[".repeat(10_000);
        assert!(explain(&text, &Json::parse(&text).expect_err("deep"), false).too_deep);
    }

    #[test]
    fn no_cut_of_a_record_makes_it_panic() {
        let text = "{\n  \"título\": [\"ñ\", {\"a\\u00e9\": -1.5e3}], \"b\": null\n}";
        for (cut, _) in text.char_indices() {
            for insert in ["", "\"", "}", ",", "é", "\\", "\u{feff}", "\n"] {
                let rest: String = text[cut..].chars().skip(2).collect();
                let broken = format!("{}{insert}{rest}", &text[..cut]);
                if let Err(error) = Json::parse(&broken) {
                    let found = explain(&broken, &error, true);
                    assert!(broken.get(found.range.clone()).is_some(), "{broken:?} {found:?}");
                }
            }
        }
    }
}
