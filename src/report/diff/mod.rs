//! How changes are shown: each format is one file and one line in [`FORMATS`].

mod frame;
mod human;
mod json;
mod line;
mod markdown;
mod notes;
mod page;
mod pieces;
mod prose;
mod stat;
mod words;

pub use json::V1Change;
pub use line::{Line, lines};
pub use markdown::markdown;
pub use notes::{Entry, Notes, Section};
pub use page::{BOLD, PLAIN, Page, Span};
pub use pieces::{Kind, Piece};
pub use stat::stat;
pub use words::show;

use crate::{diff::Changes, error::Result, templates::Templates};

/// A format of changes.
pub struct Format {
    /// Its name, for `--format`.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Renders changes.
    pub render: fn(&Changes, &Options) -> Result<String>,
}

/// Every format; the first is the default.
pub const FORMATS: &[Format] = &[
    Format { name: "human", about: "for people, as a reviewer notes it", render: human::render },
    Format {
        name: "json",
        about: "for programs; its schema is schema/diff.schema.json",
        render: json::render,
    },
    Format {
        name: "markdown",
        about: "for pull requests and release notes, at most 60,000 characters",
        render: markdown::render,
    },
];

/// What formats may take into account.
pub struct Options<'t> {
    /// Whether colours may be used.
    pub color: bool,
    /// How wide lines may be.
    pub width: usize,
    /// The templates of the repository.
    pub templates: &'t Templates,
}
