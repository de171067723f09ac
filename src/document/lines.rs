//! Lines and columns of a text.

use std::ops::Range;

/// The line and column of a byte offset, both from 1; columns count characters.
#[must_use]
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    // Every byte that does not continue a character begins one.
    (line, before[start..].iter().filter(|byte| **byte & 0xC0 != 0x80).count() + 1)
}

/// Where the lines of a text begin, for asking [`line_column`] of many places of a long one.
pub struct Lines(Vec<usize>);

impl Lines {
    /// Finds the lines of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let after = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self(std::iter::once(0).chain(after).collect())
    }

    /// The line and column of a byte offset in the same text, as [`line_column`] gives them.
    #[must_use]
    pub fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = offset.min(text.len());
        let line = self.0.partition_point(|start| *start <= offset);
        let start = self.0[line - 1];
        (line, line_column(&text[start..], offset - start).1)
    }
}

/// The range of `text` with its end at most at the end of the line it starts on.
#[must_use]
pub fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let end = text[range.clone()].find(['\n', '\r']).map_or(range.end, |at| range.start + at);
    range.start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a\nñá𝄞b\r\nc";
        assert_eq!(line_column(text, text.find('b').expect("b")), (2, 4));
        assert_eq!(line_column(text, text.len()), (3, 2));
        assert_eq!(line_column("", 0), (1, 1));
        for text in [text, "", "\n", "a\n\né\n"] {
            let lines = Lines::of(text);
            for offset in (0..=text.len() + 1).filter(|offset| text.is_char_boundary(*offset)) {
                assert_eq!(lines.line_column(text, offset), line_column(text, offset));
            }
        }
    }
}
