//! The life of one record: which commit did what to it, through renames, moves between folders and
//! between `.json` and `.jsonl`, and merges.
//!
//! A change belongs to the commit it came in with. A merge has none of its own but for what differs
//! from every side that it merged.

mod absence;
mod blame;
mod find;
mod log;
mod names;
mod version;
mod walk;

pub use blame::{Blame, Cited, Line, blame};
pub use log::{Event, Life, log};

use crate::{
    date::Day,
    error::Result,
    snapshot::{CommitId, History, Step},
};

/// A commit, as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub id: CommitId,
    /// The day it was committed, in UTC.
    pub day: Day,
    /// Who wrote it.
    pub author: String,
    /// The first line of its message.
    pub subject: String,
}

impl Commit {
    fn of(history: &History, step: &Step) -> Result<Self> {
        let (author, subject) = history.words(step.id)?;
        Ok(Self { id: step.id, day: Day::from_unix(step.time), author, subject })
    }
}
