//! How a report is shown: each format is one file and one line in [`FORMATS`].

pub mod diff;
mod github;
pub mod history;
mod human;
mod json;
mod junit;
mod patch;
mod sarif;

pub use human::{findings, summary};
pub use patch::shown as patch_shown;

use crate::finding::{Report, Texts};
use std::time::Duration;

/// A format of reports.
pub struct Format {
    /// Its name, for `--format`.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Renders a report.
    pub render: fn(&Report, &Texts, &Options) -> String,
}

/// Every format; the first is the default.
pub const FORMATS: &[Format] = &[
    Format {
        name: "human",
        about: "for people, with the lines in question",
        render: human::render,
    },
    Format {
        name: "json",
        about: "for programs; its schema is schema/check.schema.json",
        render: json::render,
    },
    Format { name: "github", about: "annotations for GitHub Actions", render: github::render },
    Format {
        name: "sarif",
        about: "SARIF 2.1.0, for code scanning and viewers",
        render: sarif::render,
    },
    Format { name: "junit", about: "JUnit's XML, for CI services", render: junit::render },
];

/// What formats may take into account.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether colours may be used.
    pub color: bool,
    /// Whether notes are shown to people.
    pub notes: bool,
    /// How wide lines may be.
    pub width: usize,
    /// How long the check took; left out where output must be the same every time.
    pub took: Option<Duration>,
}
