//! What readers know records and words by, as a commit has them.

use super::find::{Finder, stem};
use crate::{
    diff::{About, Record},
    error::Result,
    model::{Item, MAX_RECORD, RecordKind, Which},
    snapshot::{File, History, MARK, Step},
};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of records and words in a commit; of those that cannot be found, nothing.
pub fn names(
    history: &History,
    step: &Step,
    wanted: &BTreeSet<(Record, String)>,
) -> Result<BTreeMap<(Record, String), About>> {
    let mut found = BTreeMap::new();
    for kind in RecordKind::ALL {
        let record = Record::from(kind);
        let ids = wanted.iter().filter(|(of, _)| *of == record).map(|(_, id)| id.as_str());
        let names = of_records(history, step, kind, &ids.collect())?;
        found.extend(names.into_iter().map(|(id, name)| ((record, id), name)));
    }
    if wanted.iter().any(|(of, _)| *of == Record::Dataset) {
        let words = of_words(history, step)?;
        found.extend(words.into_iter().map(|(id, name)| ((Record::Dataset, id), name)));
    }
    found.retain(|key, name| wanted.contains(key) && !name.is_empty());
    let about = |name| About { name, ..About::default() };
    Ok(found.into_iter().map(|(key, name)| (key, about(name))).collect())
}

/// A claim's statement, a source's title, the name of anything else, by id.
fn of_records(
    history: &History,
    step: &Step,
    kind: RecordKind,
    ids: &BTreeSet<&str>,
) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    if ids.is_empty() {
        return Ok(names);
    }
    let folder = format!("dataset/{}", kind.folder());
    let name = |id: &str, file: &File| -> Result<Option<String>> {
        Ok(Finder { history, id }.item(kind, file)?.as_ref().and_then(called))
    };
    let files: BTreeSet<String> = ids.iter().map(|id| format!("{id}.json")).collect();
    for spot in history.likely(step, &folder, &files)? {
        let id = stem(&spot.path).unwrap_or_default();
        names.extend(name(id, &spot.file())?.map(|name| (id.to_owned(), name)));
    }
    if names.len() == ids.len() {
        return Ok(names);
    }
    let mut look = |file_name: &str, file: &dyn Fn() -> File| -> Result<Option<()>> {
        let stem = stem(file_name).filter(|stem| ids.contains(stem));
        let lines = file_name.ends_with(".jsonl");
        for id in ids.iter().filter(|id| lines || stem == Some(**id)) {
            names.extend(name(id, &file())?.map(|name| ((*id).to_owned(), name)));
        }
        Ok((names.len() == ids.len()).then_some(()))
    };
    let ends: Vec<&str> = files.iter().map(String::as_str).chain([".jsonl"]).collect();
    history.search(step, &folder, &ends, &mut look)?;
    Ok(names)
}

/// What readers know a record by.
fn called(item: &Item) -> Option<String> {
    Some(match item {
        Item::Claim(entry) => entry.record.statement.clone(),
        Item::Source(entry) => entry.record.title.clone(),
        Item::Publisher(entry) => entry.record.name.clone(),
        Item::Subject(entry) => entry.record.name.clone(),
        _ => return None,
    })
}

/// The labels of topics and units, as `topics/ID` and `units/ID`.
fn of_words(history: &History, step: &Step) -> Result<BTreeMap<String, String>> {
    let Some(spot) = history.spot(step, MARK, None)? else { return Ok(BTreeMap::new()) };
    let bytes = history.read(&spot.file(), MAX_RECORD)?.unwrap_or_default();
    let Item::Meta(entry) = Which::Meta.read(&String::from_utf8_lossy(&bytes)) else {
        return Ok(BTreeMap::new());
    };
    let meta = &entry.record;
    let words = [("topics", &meta.topics), ("units", &meta.units)];
    let labels = words.into_iter().flat_map(|(kind, terms)| {
        terms.iter().map(move |(id, label)| (format!("{kind}/{id}"), label.label.clone()))
    });
    Ok(labels.collect())
}
