//! What tests of `claimbook new` share: a folder to write in, and a claim to write.

use crate::common::{Run, claimbook, copy, sample};
use std::path::Path;

/// A folder with the sample dataset in it.
pub fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    dir
}

/// Runs `claimbook new`, on a day of the sample's time.
pub fn new(dir: &Path, args: &[&str]) -> Run {
    let args: Vec<&str> =
        ["new"].iter().chain(args).chain(&["--as-of", "2025-03-11"]).copied().collect();
    claimbook(dir, &args)
}

/// A claim, but for its confidence.
pub const CLAIM: &[&str] = &[
    "claim",
    "--statement",
    "A second radio station broadcast from the harbour bridge in 2022.",
    "--kind",
    "event",
    "--subject",
    "Harbour bridge",
    "--topic",
    "Traffic",
    "--date",
    "2022",
    "--cite",
    "radio-opening-2022",
    "--shows",
    "The programme names the other station.",
];

pub fn with<'a>(args: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    args.iter().chain(more).copied().collect()
}
