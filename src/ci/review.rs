//! Fixes as GitHub suggestions: a review of a pull request with one comment a fix, on lines that the
//! pull request changes, since GitHub takes comments nowhere else.

use super::{SUGGESTION, page::worded};
use crate::{
    error::Result,
    finding::{Fix, Located, Report, Texts},
    snapshot,
    templates::Templates,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How many suggestions one review makes.
pub const MAX_SUGGESTIONS: usize = 50;

/// Suggestions for one commit of a pull request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The shape of this.
    pub version: u8,
    /// The suggestions, in order of path and line.
    pub comments: Vec<Comment>,
}

/// A suggestion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The file.
    pub path: String,
    /// The first line it is about, where it is about several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_line: Option<usize>,
    /// The line, or the last of several.
    pub line: usize,
    /// What it says, with the suggestion, in Markdown.
    pub body: String,
}

impl Review {
    /// The review as JSON.
    ///
    /// # Errors
    /// Never, since all of it is text and numbers.
    pub fn json(&self) -> Result<String> {
        super::json(self)
    }
}

/// The fixes of a report as suggestions; `old` holds the texts of the base, by path.
///
/// # Errors
/// Where a template of the repository fails.
pub fn review(
    report: &Report,
    texts: &Texts,
    old: &BTreeMap<String, String>,
    templates: &Templates,
) -> Result<Review> {
    let mut changed: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut comments = Vec::new();
    for located in &report.findings {
        let Some(fix) = &located.finding.fix else { continue };
        let text = texts.get(located.finding.place.origin.file);
        let lines = changed.entry(&text.path).or_insert_with(|| {
            let before = old.get(&text.path).map_or("", String::as_str);
            changed_lines(before, &text.text)
        });
        let (first, last) = (located.start.0, located.end.0);
        if !(first..=last).all(|line| lines.contains(&line)) {
            continue;
        }
        comments.push(Comment {
            path: text.path.clone(),
            start_line: (first < last).then_some(first),
            line: last,
            body: body(located, fix, &text.text, templates)?,
        });
    }
    comments.truncate(MAX_SUGGESTIONS);
    Ok(Review { version: 1, comments })
}

/// The lines of a text, from 1, that are new in it.
fn changed_lines(old: &str, new: &str) -> BTreeSet<usize> {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let edits = snapshot::edits(&lines(old), &lines(new));
    edits.into_iter().flat_map(|edit| edit.new).map(|index| index + 1).collect()
}

fn body(located: &Located, fix: &Fix, text: &str, templates: &Templates) -> Result<String> {
    #[derive(Serialize)]
    struct View<'f> {
        marker: &'static str,
        rule: &'f str,
        severity: &'static str,
        message: String,
        fix: String,
        fence: String,
        replacement: String,
    }
    let range = &located.range;
    let from = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at);
    let replacement =
        format!("{}{}{}", &text[from..range.start], fix.replacement, &text[range.end..to]);
    let finding = &located.finding;
    let view = View {
        marker: SUGGESTION,
        rule: finding.rule,
        severity: finding.severity.as_str(),
        message: worded(&finding.message),
        fix: worded(&fix.description),
        fence: "`".repeat(longest_run(&replacement).max(2) + 1),
        replacement,
    };
    templates.render("ci/suggestion.md", &view)
}

/// How many backticks stand in a row, at most.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_new_are_known() {
        assert_eq!(changed_lines("a\nb\nc\n", "a\nx\nc\nd\n"), BTreeSet::from([2, 4]));
        assert_eq!(changed_lines("", "a\nb\n"), BTreeSet::from([1, 2]));
        assert!(changed_lines("a\n", "a\n").is_empty());
    }

    #[test]
    fn no_text_ends_a_fence() {
        assert_eq!(longest_run("a ```` b `c`"), 4);
        assert_eq!(longest_run("a"), 0);
    }
}
