//! What started a workflow of GitHub Actions, as GitHub tells it in a name and a file of JSON, and the
//! base that a check has by it.

use super::Base;
use crate::{
    error::{Error, Result},
    snapshot::History,
};
use serde_json::Value;
use std::path::Path;

/// What started a workflow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// The revisions that what is checked may be compared with, the best one first; none for the
    /// dataset as it is.
    bases: Vec<String>,
    /// The newest commit of the pull request, where it is about one.
    pub pull: Option<String>,
    /// Whether what was there before may be gone for good.
    pushed: bool,
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
        let commit = |pointer: &str| {
            let found = event.pointer(pointer).and_then(Value::as_str).filter(|id| is_commit(id));
            found.map(str::to_owned).ok_or_else(|| {
                Error::new(format!("the event `{name}` has no commit at {pointer}"))
                    .hint("GITHUB_EVENT_NAME and GITHUB_EVENT_PATH must be of one run")
            })
        };
        let mut found = Self { pushed: name == "push", ..Self::default() };
        match name {
            "pull_request" | "pull_request_target" => {
                // The branch as it was fetched is fresher than what the event says.
                if is_branch(base_ref) {
                    found.bases.push(format!("refs/remotes/origin/{base_ref}"));
                }
                found.bases.push(commit("/pull_request/base/sha")?);
                found.pull = Some(commit("/pull_request/head/sha")?);
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

    /// The base of what a workflow was started for: of a pull request, the branch it is for; in a
    /// merge queue, what it is queued upon; of a push, what was there before. None for anything
    /// else, for a new branch, and for a push that threw away what was there before.
    ///
    /// # Errors
    /// Where the clone does not have it, with what to do about that.
    pub fn base(&self, root: &Path, at: Option<&str>) -> Result<Option<Base>> {
        let mut failed: Option<Error> = None;
        for name in &self.bases {
            match Base::of(root, name, at) {
                Ok(base) => return Ok(Some(base)),
                Err(error) => failed = Some(error),
            }
        }
        match failed {
            None => Ok(None),
            Some(error) if History::open(root)?.is_shallow() => Err(error),
            Some(_) if self.pushed => Ok(None),
            Some(error) => Err(error.hint("in GitHub Actions: fetch-depth: 0 of actions/checkout")),
        }
    }

    /// Whether it names something to compare with, though [`Event::base`] may find it gone.
    #[must_use]
    pub fn names_a_base(&self) -> bool {
        !self.bases.is_empty()
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
