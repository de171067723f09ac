//! What started a workflow, as GitHub tells it: a name, and a file of JSON.

use crate::error::{Error, Result};
use serde_json::Value;

/// What started a workflow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// Its name, such as `pull_request`.
    pub name: String,
    /// The revisions that what is checked may be compared with, the best one first; none for the
    /// dataset as it is.
    pub bases: Vec<String>,
    /// The pull request, where it is about one.
    pub pull: Option<Pull>,
}

/// A pull request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pull {
    /// Its number.
    pub number: u64,
    /// Its newest commit.
    pub head: String,
    /// Whether it comes from another repository: then the workflow may write nothing.
    pub fork: bool,
}

impl Event {
    /// Reads what `GITHUB_EVENT_NAME`, the text of `GITHUB_EVENT_PATH` and `GITHUB_BASE_REF` say.
    ///
    /// # Errors
    /// Where the text is no JSON, or lacks what an event of that name has.
    pub fn read(name: &str, text: &str, base_ref: &str) -> Result<Self> {
        let event: Value = serde_json::from_str(text).map_err(|e| {
            Error::new(format!("the event is no JSON: {e}"))
                .hint("GITHUB_EVENT_PATH names the file that GitHub wrote")
        })?;
        let text = |pointer: &str| event.pointer(pointer).and_then(Value::as_str);
        let commit = |pointer: &str| {
            text(pointer).filter(|text| is_commit(text)).map(str::to_owned).ok_or_else(|| {
                Error::new(format!("the event `{name}` has no commit at {pointer}"))
                    .hint("GITHUB_EVENT_NAME and GITHUB_EVENT_PATH must be of one run")
            })
        };
        let mut found = Self { name: name.to_owned(), ..Self::default() };
        match name {
            "pull_request" | "pull_request_target" => {
                // The branch as it was fetched is fresher than what the event says.
                if is_branch(base_ref) {
                    found.bases.push(format!("refs/remotes/origin/{base_ref}"));
                }
                found.bases.push(commit("/pull_request/base/sha")?);
                let repository = |side: &str| text(&format!("/pull_request/{side}/repo/full_name"));
                found.pull = Some(Pull {
                    number: event.pointer("/number").and_then(Value::as_u64).ok_or_else(|| {
                        Error::new(format!("the event `{name}` has no number"))
                            .hint("GITHUB_EVENT_NAME and GITHUB_EVENT_PATH must be of one run")
                    })?,
                    head: commit("/pull_request/head/sha")?,
                    // Of a fork that was deleted nothing is told.
                    fork: repository("head").is_none() || repository("head") != repository("base"),
                });
            }
            "merge_group" => found.bases.push(commit("/merge_group/base_sha")?),
            // A branch that is new has nothing before it.
            "push" => {
                let before = commit("/before")?;
                found.bases.extend(Some(before).filter(|id| id.bytes().any(|b| b != b'0')));
            }
            _ => {}
        }
        Ok(found)
    }

    /// Whether a base that is not there was thrown away rather than left out: a push may do that.
    #[must_use]
    pub fn may_lack_base(&self) -> bool {
        self.name == "push"
    }
}

/// Whether this is the whole name of a commit.
#[must_use]
pub fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether this is a name that git gives a branch.
fn is_branch(text: &str) -> bool {
    let odd = |c: char| c.is_control() || c.is_whitespace() || "~^:?*[\\@{".contains(c);
    !text.is_empty() && !text.starts_with('-') && !text.contains("..") && !text.contains(odd)
}
