//! What a change is checked against: the commit at which it parted from a revision.

use crate::{
    error::Result,
    snapshot::{self, Moment},
};
use std::path::{Path, PathBuf};

/// The base of a change.
#[derive(Clone, Debug)]
pub struct Base {
    /// The revision it was named by, as people call it.
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
        let kinds = ["refs/heads/", "refs/remotes/", "refs/tags/"];
        let shown = kinds.iter().find_map(|kind| rev.strip_prefix(kind)).unwrap_or(rev);
        Ok(Self {
            rev: shown.to_owned(),
            commit,
            moment,
            head: head.to_owned(),
            root: root.to_owned(),
        })
    }
}
