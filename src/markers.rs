//! Numbers and tables in a page of Markdown that the dataset fills in: what stands between
//! `<!-- claimbook:stats:NAME -->` and `<!-- /claimbook -->`. Markers in code are examples and left
//! alone.

use crate::{
    document::Lines,
    error::{Error, Result},
    stats::Stats,
    templates::Templates,
    text::did_you_mean,
};
use serde::Serialize;
use std::{collections::BTreeMap, ops::Range};

/// The markers that stand for a table.
pub const TABLES: &[&str] = &[
    "overview",
    "topics",
    "countries",
    "years",
    "status",
    "kinds",
    "confidence",
    "reliability",
    "languages",
];

const BEGIN: &str = "claimbook:stats:";
const END: &str = "/claimbook";

/// What markers stand for.
pub struct Values<'s> {
    stats: &'s Stats,
    templates: &'s Templates,
    numbers: BTreeMap<String, String>,
}

/// A page with its markers filled in.
pub struct Filled {
    /// The text of the page.
    pub text: String,
    /// How many markers it has.
    pub markers: usize,
    /// Those that said something else before.
    pub stale: Vec<Stale>,
}

/// A marker that said something else than it should.
pub struct Stale {
    /// Its line and column, from 1.
    pub place: (usize, usize),
    /// Its name.
    pub name: String,
    /// What it said and should say; none for a table.
    pub values: Option<(String, String)>,
}

/// A comment of ours: its bytes, and what it says.
struct Comment<'t> {
    range: Range<usize>,
    words: &'t str,
}

impl<'s> Values<'s> {
    /// What markers stand for, given the statistics of a dataset.
    #[must_use]
    pub fn new(stats: &'s Stats, templates: &'s Templates) -> Self {
        Self { stats, templates, numbers: stats.numbers() }
    }

    /// The markers that stand for a number or a day, by name.
    #[must_use]
    pub fn numbers(&self) -> &BTreeMap<String, String> {
        &self.numbers
    }

    /// Fills in the markers of a page; `path` is for messages.
    ///
    /// # Errors
    /// Where a marker has an unknown name, no end, or no beginning, or the page has no marker.
    pub fn fill(&self, path: &str, text: &str) -> Result<Filled> {
        let lines = Lines::of(text);
        let place = |at: usize| lines.line_column(text, at);
        let wrong = |comment: &Comment, what: String| {
            let (line, column) = place(comment.range.start);
            Error::new(format!("{path}:{line}:{column}: {what}"))
        };
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut filled =
            Filled { text: String::with_capacity(text.len()), markers: 0, stale: Vec::new() };
        let (mut kept, mut comments) = (0, comments(text).into_iter());
        while let Some(begin) = comments.next() {
            let Some(name) = begin.words.strip_prefix(BEGIN) else {
                return Err(if begin.words == END {
                    wrong(&begin, format!("`<!-- {END} -->` ends no marker"))
                } else {
                    wrong(&begin, format!("there is no marker `{}`", begin.words))
                        .hint(format!("a marker is `<!-- {BEGIN}NAME -->`"))
                });
            };
            let end = comments.next().filter(|end| end.words == END).ok_or_else(|| {
                wrong(&begin, format!("the marker `{name}` has no end"))
                    .hint(format!("write `<!-- {END} -->` behind what it stands for"))
            })?;
            let should = self.get(name)?.ok_or_else(|| {
                let all = self.numbers.keys().map(String::as_str).chain(TABLES.iter().copied());
                let meant = did_you_mean(name, all);
                let meant = meant.map(|m| format!("; did you mean `{m}`?")).unwrap_or_default();
                wrong(&begin, format!("there is no marker `{name}`{meant}"))
                    .hint("`claimbook stats --markers` lists them")
            })?;
            let should = should.replace('\n', line_end);
            let is = &text[begin.range.end..end.range.start];
            filled.text.push_str(&text[kept..begin.range.end]);
            filled.text.push_str(&should);
            kept = end.range.start;
            filled.markers += 1;
            if is != should {
                let values = (!TABLES.contains(&name)).then(|| (is.trim().to_owned(), should));
                let place = place(begin.range.start);
                filled.stale.push(Stale { place, name: name.to_owned(), values });
            }
        }
        filled.text.push_str(&text[kept..]);
        if filled.markers == 0 {
            return Err(Error::new(format!("{path} has no markers")).hint(format!(
                "write `<!-- {BEGIN}claims --><!-- {END} -->` where a number belongs"
            )));
        }
        Ok(filled)
    }

    /// What stands between a marker of this name and its end.
    fn get(&self, name: &str) -> Result<Option<String>> {
        #[derive(Serialize)]
        struct Table<'s> {
            name: &'s str,
            stats: &'s Stats,
        }
        if !TABLES.contains(&name) {
            return Ok(self.numbers.get(name).cloned());
        }
        let table = self.templates.render("stats-table.md", &Table { name, stats: self.stats })?;
        // A blank line keeps the table apart from the comments, which are blocks of their own.
        Ok(Some(format!("\n\n{}\n\n", table.trim())))
    }
}

/// The comments of ours in a page, outside of code.
fn comments(text: &str) -> Vec<Comment<'_>> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let from = start;
        start += line.len();
        let code = code_fence(line);
        match (fence, code) {
            (None, Some(_)) => fence = code,
            // A fence ends with at least as many of the same characters, and nothing else.
            (Some(open), Some(mark)) if mark.starts_with(open) && line.trim() == mark => {
                fence = None
            }
            (None, None) => comments_of_line(line, from, &mut found),
            _ => {}
        }
    }
    found
}

/// The run of backticks or tildes that a line of Markdown opens or closes a block of code with.
fn code_fence(line: &str) -> Option<&str> {
    let body = line.trim_start_matches(' ');
    let mark = body.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let run = body.len() - body.trim_start_matches(mark).len();
    (run >= 3 && line.len() - body.len() <= 3).then(|| &body[..run])
}

fn comments_of_line<'t>(line: &'t str, from: usize, found: &mut Vec<Comment<'t>>) {
    for (at, _) in line.match_indices("<!--") {
        let Some(length) = line[at..].find("-->") else { continue };
        let words = line[at + 4..at + length].trim();
        let ours = words.starts_with("claimbook:") || words == END;
        if ours && !line[..at].ends_with('`') {
            found.push(Comment { range: from + at..from + at + length + 3, words });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_ours_are_found_outside_of_code() {
        fn words(text: &str) -> Vec<&str> {
            comments(text).iter().map(|c| c.words).collect()
        }
        let pair = "a <!-- claimbook:stats:claims -->1<!-- /claimbook --> b <!-- other -->\n";
        assert_eq!(words(pair), ["claimbook:stats:claims", "/claimbook"]);
        for fence in ["```", "~~~~", "```markdown"] {
            let close = fence.trim_end_matches("markdown");
            let page = format!("{fence}\n{pair}{close}\n{pair}");
            assert_eq!(words(&page).len(), 2, "{page}");
            assert!(words(&format!("{fence}\n``\n{pair}")).is_empty());
        }
        assert!(words("`<!-- claimbook:stats:claims -->`\n").is_empty());
        assert!(words("<!-- claimbook:stats:claims").is_empty());
    }
}
