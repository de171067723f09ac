//! Published files: each format is one file and one line in [`EXPORTERS`].
//!
//! An exporter turns an [`Edition`] into files of a [`Sink`], the same bytes for the same edition
//! whatever the clock, the locale, the folder or the number of threads.

mod csv;
mod edition;
mod json;
mod markdown;
mod sink;
pub mod tables;

pub use edition::{Computed, Edition};
pub use sink::{Compare, Folder, Sink};

use crate::error::Result;

/// A published format.
pub struct Exporter {
    /// Its name, for `--format`.
    pub name: &'static str,
    /// What it is and who reads it.
    pub about: &'static str,
    /// Whether it is published unless other formats are asked for.
    pub default: bool,
    /// Writes its files.
    pub run: fn(&Edition, &mut dyn Sink) -> Result<()>,
}

/// Every format.
pub const EXPORTERS: &[Exporter] = &[
    Exporter {
        name: "json",
        about: "one file with everything, and claims one a line, for programs",
        default: true,
        run: json::run,
    },
    Exporter {
        name: "csv",
        about: "seven tables joined by id, for spreadsheets and data frames",
        default: true,
        run: csv::run,
    },
    Exporter {
        name: "markdown",
        about: "a report with charts, for people, on GitHub or wherever Markdown is shown",
        default: true,
        run: markdown::run,
    },
];
