//! What a workflow of GitHub Actions asks for: a summary and a comment that people read, suggestions
//! at the lines of a pull request, and the issue about what is due.
//!
//! Two kinds of jobs use it. One runs what a stranger proposes and may write nothing but a folder;
//! the other may write to the repository, and takes that folder for a stranger's word.

mod page;
mod post;
mod review;

pub use page::{Look, Page, due};
pub use post::{comment, review_request};
pub use review::{Review, review};

use crate::error::{Error, Result};
use serde::Serialize;

/// What a comment begins with, by which the next run finds it again.
pub const MARKER: &str = "<!-- claimbook: the comment about this pull request -->";

/// What each suggestion begins with, likewise.
pub const SUGGESTION: &str = "<!-- claimbook: a suggestion -->";

/// How many characters a comment has at most; GitHub takes 65,536.
pub const MAX_COMMENT: usize = 60_000;

/// How many characters a summary has at most; GitHub takes 1 MiB, and a character has up to four
/// bytes.
pub const MAX_SUMMARY: usize = 240_000;

/// A value as JSON for others.
fn json(value: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(value);
    text.map(|text| text + "\n").map_err(|e| Error::new(format!("cannot write JSON: {e}")))
}
