//! Writing records: drafts filled in by flags, questions, spreadsheets or forms, tried against the
//! whole dataset before anything is written, and the mending of what can be mended safely.
//!
//! Nothing here reads or writes a file: the dataset comes in as a snapshot, what is to be written
//! goes out as texts by path.

mod aliases;
mod desk;
mod draft;
pub mod facts;
mod fill;
mod folders;
mod ids;
pub mod intake;
pub mod interview;
mod mend;
mod names;
mod offers;
mod plain;
pub mod weigh;

pub use desk::{Desk, Trial};
pub use draft::Draft;
pub use ids::{is_plain, slug};
pub use mend::{Applied, Mended, Scope, mend};
pub use names::{Names, Unknown};

use crate::error::Error;
use std::collections::BTreeMap;

/// Somebody stopped before anything was written.
#[must_use]
pub fn stopped(why: &str) -> Error {
    Error::new(format!("stopped: {why}")).hint("nothing was written")
}

/// Texts to write, by path from the root.
pub type Edits = BTreeMap<String, String>;
