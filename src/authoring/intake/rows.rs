//! CSV with the place of every cell: RFC 4180, with any line ends, and `,`, `;` or tabs between
//! cells, as spreadsheets write it.

use std::{borrow::Cow, ops::Range};

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as a spreadsheet shows it, from 1.
    pub number: usize,
    /// Its bytes, without the line end.
    pub range: Range<usize>,
    /// The bytes of each cell, with its quotation marks.
    pub cells: Vec<Range<usize>>,
}

/// The rows of a text; the offset of the quotation mark that is never closed, if there is one.
pub fn rows(text: &str, delimiter: u8) -> Result<Vec<Row>, usize> {
    let bytes = text.as_bytes();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut rows = Vec::new();
    while at < bytes.len() {
        let start = at;
        let mut cells = Vec::new();
        loop {
            let end = cell_end(bytes, at, delimiter)?;
            cells.push(at..end);
            at = end;
            if bytes.get(at) != Some(&delimiter) {
                break;
            }
            at += 1;
        }
        rows.push(Row { number: rows.len() + 1, range: start..at, cells });
        at += match bytes.get(at..) {
            Some([b'\r', b'\n', ..]) => 2,
            _ => 1,
        };
    }
    Ok(rows)
}

/// The byte after a cell that begins at `at`.
fn cell_end(bytes: &[u8], at: usize, delimiter: u8) -> Result<usize, usize> {
    let ends = |byte: &u8| *byte == delimiter || matches!(byte, b'\n' | b'\r');
    let mut end = at;
    if bytes.get(at) == Some(&b'"') {
        end += 1;
        loop {
            match bytes.get(end..) {
                Some([b'"', b'"', ..]) => end += 2,
                Some([b'"', ..]) => break,
                Some([_, ..]) => end += 1,
                _ => return Err(at),
            }
        }
    }
    let rest = bytes.get(end..).unwrap_or_default();
    Ok(end + rest.iter().position(ends).unwrap_or(rest.len()))
}

/// What a cell says, without its quotation marks.
pub fn cell<'t>(text: &'t str, range: &Range<usize>) -> Cow<'t, str> {
    let raw = &text[range.clone()];
    let Some(rest) = raw.strip_prefix('"') else { return raw.into() };
    // What stands behind the closing mark belongs to the cell.
    let (inner, after) = rest.rsplit_once('"').unwrap_or((rest, ""));
    if inner.contains('"') || !after.is_empty() {
        (inner.replace("\"\"", "\"") + after).into()
    } else {
        inner.into()
    }
}

/// What parts the cells of a text, judged by its first row.
pub fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in first.bytes() {
        quoted ^= byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += usize::from(!quoted && byte == *delimiter);
        }
    }
    // Of equals, the first.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

/// The letters a spreadsheet gives to a column, counted from 0.
pub fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or(0));
    match column / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let rows = rows(text, delimiter).expect("rows");
        rows.iter()
            .map(|row| row.cells.iter().map(|range| cell(text, range).into_owned()).collect())
            .collect()
    }

    #[test]
    fn cells_are_read_as_the_csv_crate_reads_them() {
        for text in [
            "a,b\n1,2\n",
            "a,b\r\n\"x, y\",\"say \"\"so\"\"\"\r\n",
            "\"two\nlines\",b\n,\n",
            "a\n",
            "é,\"ü\"\n\"\",x",
            "\"a\"b,c\n",
        ] {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let expected: Vec<Vec<String>> = reader
                .records()
                .map(|record| record.expect("a record").iter().map(str::to_owned).collect())
                .collect();
            assert_eq!(read(text, b','), expected, "{text:?}");
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does() {
        let text = "\u{feff}a;b\n\n\"1\n2\";3\n";
        assert_eq!(delimiter(text), b';');
        let rows = rows(text, b';').expect("rows");
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(&text[rows[2].cells[1].clone()], "3");
        assert_eq!(super::rows("a,\"b\n", b','), Err(2));
        assert_eq!([letters(0), letters(25), letters(26), letters(701)], ["A", "Z", "AA", "ZZ"]);
    }
}
