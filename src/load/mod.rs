//! From a snapshot to a dataset: every file is read, parsed, held against its schema and turned
//! into a record, in parallel. What cannot be read becomes a finding and hides nothing else.

mod file;
mod form;
mod named;
mod own;
mod pair;
mod place;

pub use form::{Formatted, canonical_files};
pub use own::{own_file, own_files, own_files_at, texts_at};
pub use pair::{Pair, pair};
pub use place::{Holds, holds};

use crate::{
    document::Json,
    error::{Error, Result},
    finding::{FileId, Finding, Origin, Text, Texts},
    model::{Dataset, MAX_RECORD, Meta, Named, Read as _, RecordKind, Table},
    schema::Schemas,
    snapshot::{self, Content, File, FileKind, Moment, Snapshot},
    text::code_list,
};
use file::{Files, Part};
use place::{in_folder, stem};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A dataset as it was read.
#[derive(Default)]
pub struct Loaded {
    /// The records.
    pub dataset: Dataset,
    /// What could not be read, or does not fit the schema.
    pub findings: Vec<Finding>,
    /// The texts, for showing places.
    pub texts: Texts,
}

/// Reads the dataset of a snapshot, with the schemas of its repository.
///
/// `progress` is called with the number of files read since the last call, from any thread.
///
/// # Errors
/// Where the snapshot has no dataset, a file cannot be read, or a schema is not valid.
pub fn load(snapshot: &Snapshot, progress: &(dyn Fn(usize) + Sync)) -> Result<Loaded> {
    load_with(&schemas(snapshot)?, snapshot, progress)
}

/// Reads the dataset of a snapshot with schemas that were compiled before.
///
/// # Errors
/// Where the snapshot has no dataset, or a file cannot be read.
pub fn load_with(
    schemas: &Schemas,
    snapshot: &Snapshot,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Loaded> {
    expect(snapshot)?;
    let mut loaded = Loaded::default();
    let mut strays = BTreeSet::new();
    for part in parts(snapshot, schemas, &wanted(snapshot), 0, progress)? {
        let text = loaded.take(part, &mut strays);
        loaded.texts.0.push(text);
    }
    let texts = std::mem::take(&mut loaded.texts);
    loaded.settle(&texts);
    loaded.texts = texts;
    Ok(loaded)
}

/// Makes sure that a snapshot has a dataset.
///
/// # Errors
/// Where it has none.
pub fn expect(snapshot: &Snapshot) -> Result<()> {
    let files = snapshot.files();
    if files.binary_search_by(|file| file.path.as_str().cmp(snapshot::MARK)).is_ok() {
        return Ok(());
    }
    let error = Error::new(format!("there is no {}", snapshot::MARK));
    let link = |file: &File| file.path == "dataset" && file.kind == FileKind::Symlink;
    Err(if files.iter().any(link) {
        error.hint("`dataset` is a symbolic link, which is not followed; run claimbook in the repository it leads to")
    } else {
        error.hint("run claimbook in a dataset's repository, or name one with --root")
    })
}

/// The schemas of a repository.
///
/// # Errors
/// Where one cannot be read or does not compile.
pub fn schemas(snapshot: &Snapshot) -> Result<Schemas> {
    let mut own = own_files(snapshot, "schema", MAX_RECORD)?;
    own.retain(|path, _| path.ends_with(".schema.json"));
    Schemas::load(&own)
}

/// The files of a snapshot that are looked at.
fn wanted(snapshot: &Snapshot) -> Vec<&File> {
    let template =
        |file: &File| in_folder(&file.path, "templates") && file.kind == FileKind::Regular;
    snapshot.files().iter().filter(|file| !template(file)).collect()
}

/// Reads files, in order; the first has the index `first`.
fn parts(
    snapshot: &Snapshot,
    schemas: &Schemas,
    files: &[&File],
    first: usize,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Vec<Part>> {
    let read = Files { schemas };
    files
        .par_iter()
        .enumerate()
        .with_min_len(16)
        .map_init(
            || snapshot.reader(),
            |reader, (i, file)| {
                progress(1);
                let reader = reader.as_ref().map_err(Error::clone)?;
                read.file(reader, FileId::try_from(first + i).unwrap_or(FileId::MAX), file)
            },
        )
        .collect()
}

impl Loaded {
    /// Takes what the next file gave, and gives back its text. A folder that nobody reads is told
    /// once, with the first of its files.
    fn take(&mut self, part: Part, strays: &mut BTreeSet<String>) -> Text {
        if part.stray.is_none_or(|folder| strays.insert(folder)) {
            self.findings.extend(part.findings);
        }
        self.dataset.add_all(part.items);
        part.text
    }

    /// Works out what follows from all files together.
    fn settle(&mut self, texts: &Texts) {
        if let Some(meta) = &self.dataset.meta {
            self.dataset.policy = meta.record.policy.clone();
            for finding in self.findings.iter_mut().filter(|finding| finding.rule == "schema") {
                finding.help = finding.help.take().map(|help| with_known(help, &meta.record));
            }
        }
        mark_misnamed(&mut self.dataset, texts);
        named::tell(&self.dataset, texts, &mut self.findings);
    }
}

/// Up to how many topics or units are named.
const LISTED: usize = 24;

/// What a schema says of ids that stand in `dataset.json`, with those that do.
fn with_known(help: String, meta: &Meta) -> String {
    let all = [("id of a unit", &meta.units), ("ids of topics", &meta.topics)];
    all.into_iter().fold(help, |help, (what, words)| {
        let known: Vec<&str> = words.iter().map(|(id, _)| id).collect();
        let place = format!("{what} in dataset.json");
        if known.is_empty() || known.len() > LISTED || !help.contains(&place) {
            return help;
        }
        help.replace(&place, &format!("{place}, {}", code_list(&known, "or")))
    })
}

/// A record whose file is named otherwise may be meant by that name: references to it are not
/// told as well.
fn mark_misnamed(dataset: &mut Dataset, texts: &Texts) {
    fn of<T>(table: &Table<T>, kind: RecordKind) -> impl Iterator<Item = (RecordKind, Origin)> {
        table
            .values()
            .filter(|entry| entry.named == Named::Other)
            .map(move |entry| (kind, entry.origin))
    }
    let again = dataset.duplicates.iter().map(|duplicate| (duplicate.kind, duplicate.again));
    let all = of(&dataset.claims, RecordKind::Claim)
        .chain(of(&dataset.sources, RecordKind::Source))
        .chain(of(&dataset.publishers, RecordKind::Publisher))
        .chain(of(&dataset.subjects, RecordKind::Subject))
        .chain(again);
    let name = |(kind, origin): (RecordKind, Origin)| {
        let path = &texts.get(origin.file).path;
        path.ends_with(".json").then(|| (kind, stem(path).to_owned()))
    };
    dataset.misnamed = all.filter_map(name).collect();
}

/// What `dataset.json` says at a moment, without reading anything else; none where it cannot be read.
///
/// # Errors
/// Where the repository can no longer be opened.
pub fn meta(moment: &Moment) -> Result<Option<Meta>> {
    let (folder, name) = snapshot::MARK.split_once('/').unwrap_or_default();
    let Some(file) = moment.lookup(folder, &BTreeSet::from([name.to_owned()]))?.pop() else {
        return Ok(None);
    };
    let Content::Bytes(bytes) = moment.reader()?.read(&file, MAX_RECORD)? else { return Ok(None) };
    let text = String::from_utf8(bytes).unwrap_or_default();
    Ok(Json::parse(&text).ok().map(|(json, _)| Meta::read(&json)))
}
