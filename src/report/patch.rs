//! A patch as it is shown.

use crate::text;

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
    fn what_cannot_be_seen_is_written_out() {
        assert_eq!(shown("+a\u{202e}b\n", false), "+a<U+202E>b\n");
    }
}
