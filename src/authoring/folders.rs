//! The folders that records of a dataset are in, and which of them a new one belongs into.

use super::Draft;
use crate::{
    load::Loaded,
    model::{Entry, RecordKind, Table},
};
use std::{cmp::Reverse, collections::BTreeMap};

/// How many records are in each folder, below that of their kind.
type Votes = BTreeMap<String, usize>;

/// Where records are: claims by the subjects they are about, others all together.
#[derive(Default)]
pub struct Folders {
    by_subject: BTreeMap<String, Votes>,
    by_kind: BTreeMap<RecordKind, Votes>,
}

impl Folders {
    /// Looks where the records of a dataset are.
    pub fn of(loaded: &Loaded) -> Self {
        let mut folders = Self::default();
        for entry in loaded.dataset.claims.values() {
            let Some(folder) = folder(loaded, RecordKind::Claim, entry) else { continue };
            for subject in &entry.record.subjects {
                let votes = folders.by_subject.entry(subject.clone()).or_default();
                *votes.entry(folder.to_owned()).or_default() += 1;
            }
        }
        folders.count(loaded, RecordKind::Source, &loaded.dataset.sources);
        folders.count(loaded, RecordKind::Publisher, &loaded.dataset.publishers);
        folders.count(loaded, RecordKind::Subject, &loaded.dataset.subjects);
        folders
    }

    fn count<T>(&mut self, loaded: &Loaded, kind: RecordKind, table: &Table<T>) {
        let votes = self.by_kind.entry(kind).or_default();
        for folder in table.values().filter_map(|entry| folder(loaded, kind, entry)) {
            *votes.entry(folder.to_owned()).or_default() += 1;
        }
    }

    /// The folder where most of its like are: of a claim, those about the same subjects.
    pub fn usual(&self, draft: &Draft) -> &str {
        let mut all: BTreeMap<&str, usize> = BTreeMap::new();
        let subjects = draft.texts("/subjects");
        let lists = match draft.kind {
            RecordKind::Claim => {
                subjects.iter().filter_map(|subject| self.by_subject.get(*subject)).collect()
            }
            kind => self.by_kind.get(&kind).into_iter().collect::<Vec<_>>(),
        };
        for (folder, n) in lists.into_iter().flatten() {
            *all.entry(folder).or_default() += n;
        }
        let best = all.into_iter().max_by_key(|&(folder, n)| (n, Reverse(folder)));
        best.map_or("", |(folder, _)| folder)
    }
}

/// The folder of a record, below that of its kind; none for a line among others.
fn folder<'l, T>(loaded: &'l Loaded, kind: RecordKind, entry: &Entry<T>) -> Option<&'l str> {
    let path = &loaded.texts.get(entry.origin.file).path;
    let below = path.strip_prefix("dataset/")?.strip_prefix(kind.folder())?.strip_prefix('/')?;
    below.ends_with(".json").then(|| below.rsplit_once('/').map_or("", |(folder, _)| folder))
}
