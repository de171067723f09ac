//! Commands to be copied into a shell.

use std::borrow::Cow;

/// A word of a command, quoted where a shell would read it as something else.
pub fn word(text: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    if !text.is_empty() && text.chars().all(plain) {
        return text.into();
    }
    format!("'{}'", text.replace('\'', "'\\''")).into()
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn words_stay_whole() {
        assert_eq!(word("../a-1.0.0/b_c"), "../a-1.0.0/b_c");
        assert_eq!(word("a b"), "'a b'");
        assert_eq!(word("it's; $(this)"), "'it'\\''s; $(this)'");
        assert_eq!(word(""), "''");
    }
}
