//! `CITATION.cff` (Citation File Format 1.2.0, <https://citation-file-format.github.io/>): how to cite
//! the dataset, for GitHub and Zenodo.

use super::{Edition, Sink, about};
use crate::{error::Result, model::Maintainer};
use serde::Serialize;

#[derive(Serialize)]
struct View<'e> {
    title: &'e str,
    description: &'e str,
    authors: &'e [Maintainer],
    version: Option<&'e str>,
    commit: Option<&'e str>,
    day: Option<String>,
    /// The licences of which a reader may choose one.
    licenses: Vec<&'e str>,
    url: &'e str,
    repository: Option<&'e str>,
    keywords: Vec<&'e str>,
}

/// Writes the file.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    let meta = edition.meta;
    // The format knows a choice of licences and nothing more complicated.
    let choice =
        !["AND", "WITH", "+", "LicenseRef-"].iter().any(|word| meta.license.contains(word));
    let view = View {
        title: &meta.title,
        description: &meta.description,
        authors: &meta.maintainers,
        version: edition.version.as_deref(),
        commit: edition.commit.map(|commit| commit.id.as_str()),
        day: edition.day().map(|day| day.to_string()),
        licenses: if choice { about::licenses(&meta.license) } else { Vec::new() },
        url: about::page(meta),
        repository: meta.repository.as_deref(),
        keywords: about::keywords(edition),
    };
    let text = edition.templates.render("citation.cff", &view)?;
    sink.file("CITATION.cff", &mut |out| out.write_all(text.as_bytes()))
}
