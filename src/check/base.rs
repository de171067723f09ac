//! What a change is checked against: the commit at which it parted from a revision.

use crate::{
    error::Result,
    snapshot::{self, History, Moment},
};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The base of a change.
#[derive(Clone, Debug)]
pub struct Base {
    /// The revision it was named by.
    pub rev: String,
    /// The commit at which what is checked parted from that revision.
    pub commit: String,
    /// The dataset there.
    pub moment: Moment,
    /// The revision that is checked, or that a folder was checked out from.
    pub(super) head: String,
    /// The dataset's repository.
    pub(super) root: PathBuf,
}

impl Base {
    /// The base of revision `at`, or of the folder `root` where there is none, against `rev`: the
    /// commit at which the two parted, so that what others did since is not taken for a change.
    ///
    /// # Errors
    /// Where git does not know a revision, or the two have no commit in common.
    pub fn of(root: &Path, rev: &str, at: Option<&str>) -> Result<Self> {
        let head = at.unwrap_or("HEAD");
        let commit = snapshot::merge_base(root, rev, head)?;
        let moment = Moment::revision(root, &commit)?;
        Ok(Self {
            rev: rev.to_owned(),
            commit,
            moment,
            head: head.to_owned(),
            root: root.to_owned(),
        })
    }
}

/// What started a workflow of GitHub Actions.
#[derive(Clone, Copy, Debug)]
pub struct Event<'e> {
    /// Its name, `GITHUB_EVENT_NAME`.
    pub name: &'e str,
    /// What it says, the text of the file `GITHUB_EVENT_PATH`.
    pub text: &'e str,
    /// The branch that a pull request is for, `GITHUB_BASE_REF`.
    pub base_ref: &'e str,
}

impl Event<'_> {
    /// The base of what a workflow was started for: of a pull request, the branch it is for; in a
    /// merge queue, what it is queued upon; of a push, what was there before. None for anything
    /// else, for a new branch, and for a push that threw away what was there before.
    ///
    /// # Errors
    /// Where the clone does not have it, with what to do about that.
    pub fn base(self, root: &Path, at: Option<&str>) -> Result<Option<Base>> {
        let event: Value = serde_json::from_str(self.text).unwrap_or_default();
        let sha = |pointer: &str| event.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        let push = self.name == "push";
        let branch = Some(self.base_ref).filter(|branch| !branch.is_empty());
        let names: Vec<Option<String>> = match self.name {
            // The branch as it is fetched is fresher than what the event says.
            "pull_request" | "pull_request_target" => {
                vec![branch.map(|branch| format!("origin/{branch}")), sha("/pull_request/base/sha")]
            }
            "merge_group" => vec![sha("/merge_group/base_sha")],
            "push" => vec![sha("/before").filter(|sha| sha.bytes().any(|b| b != b'0'))],
            _ => Vec::new(),
        };
        let mut failed = None;
        for name in names.into_iter().flatten() {
            match Base::of(root, &name, at) {
                Ok(base) => return Ok(Some(base)),
                Err(error) => failed = Some(error),
            }
        }
        match failed {
            Some(_) if push && !History::open(root)?.is_shallow() => Ok(None),
            Some(error) if History::open(root)?.is_shallow() => Err(error),
            Some(error) => Err(error.hint("in GitHub Actions: fetch-depth: 0 of actions/checkout")),
            None => Ok(None),
        }
    }
}
