//! What a trusted job posts of a folder that an untrusted one wrote. Anybody who can open a pull
//! request can put anything into that folder, so only known shapes come through: a comment that
//! mentions nobody, and suggestions that only comment, on the commit that the trusted job knows of.

use super::{
    MARKER, MAX_COMMENT, SUGGESTION,
    review::{MAX_SUGGESTIONS, Review},
};
use crate::{
    check::is_commit,
    error::{Error, Result},
};
use serde_json::json;

/// How many characters a suggestion has at most.
const MAX_SUGGESTION: usize = 10_000;

/// The request that posts or changes the comment, as JSON for GitHub's interface.
///
/// # Errors
/// Where the text is not one that `claimbook ci` writes.
pub fn comment(text: &str) -> Result<String> {
    if !text.starts_with(MARKER) {
        return Err(Error::new("comment.md is not a comment of `claimbook ci`")
            .hint(format!("it would begin with {MARKER}")));
    }
    if text.chars().count() > MAX_COMMENT {
        return Err(Error::new(format!("comment.md has more than {MAX_COMMENT} characters")));
    }
    super::json(&json!({ "body": unmentioned(text) }))
}

/// The request that posts suggestions as a review of a commit, as JSON for GitHub's interface; none
/// where there are none.
///
/// # Errors
/// Where the text is not one that `claimbook ci` writes, or the commit is no commit.
pub fn review_request(text: &str, commit: &str) -> Result<Option<String>> {
    if !is_commit(commit) {
        return Err(Error::new(format!("`{}` is no commit", commit.escape_debug())));
    }
    let review: Review = serde_json::from_str(text)
        .map_err(|e| Error::new(format!("review.json is not one of `claimbook ci`: {e}")))?;
    if review.version != 1 || review.comments.len() > MAX_SUGGESTIONS {
        return Err(Error::new("review.json is not one of `claimbook ci`"));
    }
    if review.comments.is_empty() {
        return Ok(None);
    }
    let mut comments = Vec::new();
    for comment in &review.comments {
        let long = comment.body.chars().count() > MAX_SUGGESTION;
        if !comment.body.starts_with(SUGGESTION) || long {
            return Err(Error::new("review.json has a comment that is no suggestion"));
        }
        let mut request = json!({
            "path": comment.path,
            "line": comment.line,
            "side": "RIGHT",
            "body": unmentioned(&comment.body),
        });
        if let Some(first) = comment.start_line {
            request["start_line"] = json!(first);
            request["start_side"] = json!("RIGHT");
        }
        comments.push(request);
    }
    // It never approves and never blocks, whatever the folder says.
    super::json(&json!({ "commit_id": commit, "event": "COMMENT", "comments": comments })).map(Some)
}

/// Text in which no `@` calls an account. What is in a suggestion is code, and calls none.
fn unmentioned(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(open) if ticks >= open => fence = None,
            Some(_) => {
                out.push_str(line);
                continue;
            }
            None if ticks >= 3 => fence = Some(ticks),
            None => {}
        }
        let mut rest = line.chars().peekable();
        while let Some(c) = rest.next() {
            out.push(c);
            if c == '@' && rest.peek().is_some_and(|next| next.is_alphanumeric()) {
                out.push_str("<!-- -->");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_mentioned() {
        assert_eq!(unmentioned("hi @all, a@<!-- -->b"), "hi @<!-- -->all, a@<!-- -->b");
        assert_eq!(unmentioned("```suggestion\n@a\n```\n@b"), "```suggestion\n@a\n```\n@<!-- -->b");
    }
}
