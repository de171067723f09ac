//! Published files: each format is one file and one line in [`EXPORTERS`].
//!
//! An exporter turns an [`Edition`] into files of a [`Sink`], the same bytes for the same edition
//! whatever the clock, the locale, the folder or the number of threads.

pub mod changes;
mod csv;
mod edition;
mod json;
mod manual;
mod markdown;
mod sink;
pub mod tables;

pub use edition::{Computed, Edition};
pub use json::bundle;
pub use manual::manual;
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
    /// Its files and what each holds; `<…>` stands for a name that the dataset gives.
    pub files: &'static [(&'static str, &'static str)],
    /// Writes its files.
    pub run: fn(&Edition, &mut dyn Sink) -> Result<()>,
}

/// Every format.
pub const EXPORTERS: &[Exporter] = &[
    Exporter {
        name: "json",
        about: "one file with everything, and claims one a line, for programs",
        default: true,
        files: &[
            ("<name>.json", "the whole dataset, named after it"),
            ("claims.jsonl", "the claims, one a line, in order of id"),
        ],
        run: json::run,
    },
    Exporter {
        name: "csv",
        about: "seven tables joined by id, for spreadsheets and data frames",
        default: true,
        files: &[("<table>.csv", "a table")],
        run: csv::run,
    },
    Exporter {
        name: "markdown",
        about: "a report with charts, for people, on GitHub or wherever Markdown is shown",
        default: true,
        files: &[
            ("report/README.md", "the overview: what there is, in numbers and charts"),
            ("report/topics/<topic>.md", "the claims of a topic, in full"),
            ("report/subjects.md", "who and what claims are about"),
            ("report/subjects/<subject>.md", "what there is about a subject"),
            ("report/disagreements.md", "claims that contradict one another, side by side"),
            ("report/sources.md", "the sources, by reliability, and which claims cite them"),
            ("report/publishers.md", "the publishers, their letters and why"),
            ("report/removed.md", "what is left of removed claims"),
            ("report/charts/<chart>.svg", "a chart of the overview"),
        ],
        run: markdown::run,
    },
];
