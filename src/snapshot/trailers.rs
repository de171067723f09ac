//! What commits say at the end of their messages.

use super::{CommitId, History, git};
use crate::error::{Error, Result};

impl History {
    /// What the trailers of a key say, of the commits that `new` has and `old` has not, the newest
    /// first.
    ///
    /// # Errors
    /// Where git does not have a commit.
    pub fn trailers(&self, old: CommitId, new: CommitId, key: &str) -> Result<Vec<String>> {
        let failed = |e: git2::Error| git::missing(&e, "a commit");
        let mut walk = self.repository.revwalk().map_err(failed)?;
        walk.push(new.0).map_err(failed)?;
        walk.hide(old.0).map_err(failed)?;
        let mut found = Vec::new();
        for id in walk {
            let commit = self.commit(CommitId(id.map_err(failed)?))?;
            let message = String::from_utf8_lossy(commit.message_bytes());
            let trailers = git2::message_trailers_strs(&message)
                .map_err(|e| Error::new(format!("cannot read a message: {}", e.message())))?;
            let of_key = trailers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key));
            found.extend(of_key.map(|(_, value)| value.to_owned()));
        }
        Ok(found)
    }
}
