//! How the life of a record is shown: `log` and `blame`, for people and for programs.

mod blame;
mod json;
mod log;

use crate::{
    error::Result,
    history::{Blame, Life},
};

/// What was asked for.
pub struct Asked<'a> {
    /// The record's id.
    pub id: &'a str,
    /// The revision from which history goes back.
    pub rev: &'a str,
    /// The commit it names.
    pub commit: String,
    /// Whether colours may be used.
    pub color: bool,
    /// How wide lines may be.
    pub width: usize,
}

/// A format of histories.
pub struct Format {
    /// Its name, for `--format`.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Whether it tells records and words by what readers know them by.
    pub names: bool,
    /// Renders the life of a record.
    pub log: fn(&Life, &Asked) -> Result<String>,
    /// Renders who set what in a record.
    pub blame: fn(&Blame, &Asked) -> Result<String>,
}

/// Every format; the first is the default.
pub const FORMATS: &[Format] = &[
    Format {
        name: "human",
        about: "for people",
        names: true,
        log: log::render,
        blame: blame::render,
    },
    Format {
        name: "json",
        about: "for programs; schemas are schema/log.schema.json and schema/blame.schema.json",
        names: false,
        log: json::log,
        blame: json::blame,
    },
];

/// What a shallow clone says about what lies before.
fn cut_off(commit: &crate::history::Commit) -> String {
    format!(
        "history ends at {} of {}: this is a shallow clone, git fetch --unshallow gets the rest",
        short(commit),
        commit.day
    )
}

/// The beginning of a commit's id.
fn short(commit: &crate::history::Commit) -> String {
    commit.id.to_string().chars().take(10).collect()
}
