//! Building a release into a folder: `<name>-<version>/` with everything, and its archives.

use super::{
    archive::{self, Archiver},
    below::Below,
    manifest::{File, MANIFEST, Manifest, Previous},
    sums::{self, SUMS},
};
use crate::{
    error::{Error, Result},
    publish::{Edition, Exporter, Folder, Sink, Written, media_type, tables::TABLES},
};
use std::collections::BTreeMap;

/// How the names of archives end.
pub const TAR: &str = ".tar.gz";
/// How the names of archives end.
pub const ZIP: &str = ".zip";

/// What a release says of itself besides the dataset.
pub struct Facts {
    /// Its version.
    pub version: String,
    /// The tree of its commit.
    pub tree: String,
    /// What makes it.
    pub tool: String,
    /// The release before.
    pub previous: Option<Previous>,
    /// Further files, by path.
    pub files: BTreeMap<String, String>,
}

/// A release that was built.
pub struct Built {
    /// What it is.
    pub manifest: Manifest,
    /// Everything that was written, by path: archives, and the folder with the files.
    pub written: BTreeMap<String, Written>,
}

/// Builds a release into `out`: nothing is in place before [`Folder::finish`].
///
/// # Errors
/// Where the edition is not of a commit, or a file cannot be written.
pub fn build(
    edition: &Edition,
    facts: Facts,
    exporters: &[&Exporter],
    out: &mut Folder,
) -> Result<Built> {
    let (Some(commit), Some(day)) = (edition.commit, edition.day()) else {
        return Err(Error::new("only a commit can be released"));
    };
    let name = &edition.meta.name;
    let folder = format!("{name}-{}", facts.version);
    let mut inside = Below::new(out, &folder);
    exporters.iter().try_for_each(|exporter| (exporter.run)(edition, &mut inside))?;
    for (path, text) in &facts.files {
        put(&mut inside, path, text)?;
    }
    let counts = counts(edition)?;
    let file = |(path, written): (&String, &Written)| File {
        path: path.clone(),
        bytes: written.bytes,
        sha256: written.sha256.clone(),
        media_type: media_type(path).to_owned(),
        rows: table_of(path).and_then(|table| counts.get(table).copied()),
    };
    let manifest = Manifest {
        manifest: 1,
        name: name.clone(),
        version: facts.version,
        released: day.to_string(),
        commit: commit.id.clone(),
        tree: facts.tree,
        tool: facts.tool,
        previous: facts.previous,
        formats: exporters.iter().map(|exporter| exporter.name.to_owned()).collect(),
        files: inside.written().iter().map(file).collect(),
        counts,
    };
    put(&mut inside, MANIFEST, &manifest.text())?;
    let sums = inside.written().iter().map(|(path, of)| (path.as_str(), of.sha256.as_str()));
    let sums = sums::write(sums);
    put(&mut inside, SUMS, &sums)?;
    let within = format!("{folder}/");
    let paths: Vec<String> =
        out.written().keys().filter(|path| path.starts_with(&within)).cloned().collect();
    let time = commit.time;
    let below = out.gathered().to_owned();
    for (end, write) in [(TAR, archive::tar as Archiver), (ZIP, archive::zip)] {
        out.file(&format!("{folder}{end}"), &mut |out| write(out, &below, &paths, time))?;
    }
    Ok(Built { manifest, written: out.written().clone() })
}

fn put(sink: &mut dyn Sink, path: &str, text: &str) -> Result<()> {
    sink.file(path, &mut |out| out.write_all(text.as_bytes()))
}

/// How many rows each table has.
fn counts(edition: &Edition) -> Result<BTreeMap<String, u64>> {
    let count = |table: &crate::publish::tables::Table| {
        let mut rows = 0;
        (table.rows)(edition, &mut |_| {
            rows += 1;
            Ok(())
        })
        .map_err(|e| Error::new(format!("cannot count {}: {e}", table.name)))?;
        Ok((table.name.to_owned(), rows))
    };
    TABLES.iter().map(count).collect()
}

/// The table that a file holds a row or a line of for each record.
pub fn table_of(path: &str) -> Option<&str> {
    match path.rsplit_once('.')? {
        (table, "csv" | "parquet" | "jsonl") => Some(table),
        _ => None,
    }
}
