//! Published files: each format is one file and one line in [`EXPORTERS`].
//!
//! An exporter turns an [`Edition`] into files of a [`Sink`], the same bytes for the same edition
//! whatever the clock, the locale, the folder or the number of threads.

mod about;
mod cff;
pub mod changes;
pub mod cite;
mod croissant;
mod csv;
mod csvw;
mod datapackage;
mod edition;
mod exporters;
pub mod feed;
mod json;
mod jsonld;
mod manual;
mod markdown;
mod ours;
#[cfg(feature = "parquet")]
mod parquet;
mod sink;
#[cfg(feature = "sqlite")]
mod sqlite;
pub mod tables;

pub use about::media_type;
pub use edition::{CitedSource, Computed, Edition};
pub use exporters::{ALL, EXPORTERS, export, exporters};
pub use json::bundle;
pub use manual::manual;
pub use ours::is_publication;
#[cfg(feature = "parquet")]
pub use parquet::rows_of_parquet;
pub use sink::{Compare, Fill, Fits, Folder, Sink, Written, abandon, hex, resolve};
#[cfg(feature = "sqlite")]
pub use sqlite::rows_of_sqlite;

use crate::error::{Error, Result};
use serde::Serialize;

/// A published format.
pub struct Exporter {
    /// Its name, for `--format`.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Who reads it.
    pub readers: &'static str,
    /// Whether it is published unless other formats are asked for.
    pub default: bool,
    /// Its files and what each holds; `<…>` stands for a name that the dataset gives.
    pub files: &'static [(&'static str, &'static str)],
    /// The formats whose files it describes; they are published with it.
    pub describes: &'static [&'static str],
    /// Whether it looks at no other file, so that its own can be written while others are.
    pub apart: bool,
    /// Whether it tells what changed since a version before, which must be named.
    pub news: bool,
    /// Whether this program was built with it.
    pub built: bool,
    /// Writes its files.
    pub run: fn(&Edition, &mut dyn Sink) -> Result<()>,
}

/// Writes a value as JSON for programs and people.
fn write_json(sink: &mut dyn Sink, path: &str, value: &impl Serialize) -> Result<()> {
    sink.file(path, &mut |mut out| {
        serde_json::to_writer_pretty(&mut out, value)?;
        out.write_all(b"\n")
    })
}

/// What a sink took before: a file that is described.
fn taken<'s>(sink: &'s dyn Sink, path: &str) -> Result<&'s Written> {
    sink.written()
        .get(path)
        .ok_or_else(|| Error::new(format!("{path} was not written before its description")))
}
