//! What a file would become, line by line, in the form that `patch` and `git apply` read.

use crate::text;
use similar::TextDiff;

/// The change of one file as a unified diff; empty where there is none.
#[must_use]
pub fn patch(path: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}

/// A patch for a terminal: with colours, and with what cannot be seen written out.
#[must_use]
pub fn shown(patch: &str, color: bool) -> String {
    let mut out = String::with_capacity(patch.len());
    for line in patch.lines() {
        let line = text::visible(line);
        let style = match line.chars().next() {
            Some('+') => anstyle::AnsiColor::Green.on_default(),
            Some('-') => anstyle::AnsiColor::Red.on_default(),
            Some('@') => anstyle::AnsiColor::Cyan.on_default(),
            _ => anstyle::Style::new(),
        };
        if color {
            out.push_str(&format!("{style}{line}{style:#}\n"));
        } else {
            out.push_str(&format!("{line}\n"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_shows_the_lines_that_change() {
        let patch = patch("a/b.json", "{\n  \"a\": 1\n}\n", "{\n  \"a\": 2\n}\n");
        assert_eq!(
            patch,
            "--- a/a/b.json\n+++ b/a/b.json\n@@ -1,3 +1,3 @@\n {\n-  \"a\": 1\n+  \"a\": 2\n }\n"
        );
        assert!(super::patch("x", "a\n", "a\n").is_empty());
        assert_eq!(shown("+a\u{202e}b\n", false), "+a<U+202E>b\n");
    }
}
