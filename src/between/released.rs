//! What an older moment holds that a newer one may lack.

use super::{
    context::Rest,
    read::{self, Read, Role, Same},
};
use crate::{
    error::Result,
    model::{Item, RecordKind, Which},
    snapshot::{self, Changed, Moment},
};
use std::collections::{BTreeMap, BTreeSet};

/// What an older moment has otherwise than a newer one.
pub struct Differing {
    /// The records of files, or lines, that differ: kind, id and path.
    pub ids: Vec<(RecordKind, String, String)>,
    /// The paths that differ.
    pub paths: BTreeSet<String>,
}

/// The records and paths that an older moment has otherwise than a newer one. A `.json` file holds
/// the record it is named after, so that only files with a record a line are read.
///
/// # Errors
/// Where git has no content for a file.
pub fn differing(old: &Moment, new: &Moment) -> Result<Differing> {
    let changed = snapshot::changed(old, new)?;
    let mut ids = Vec::new();
    let mut lines: Vec<Changed> = Vec::new();
    let mut folders: BTreeMap<RecordKind, BTreeSet<String>> = BTreeMap::new();
    for change in &changed {
        match Role::of(&change.path) {
            Some(Role::One(Which::Record(kind, Some(stem)))) if change.old.is_some() => {
                ids.push((kind, stem.to_owned(), change.path.clone()));
            }
            Some(Role::Lines(kind)) => {
                folders.entry(kind).or_default().insert(change.path.clone());
                lines.push(change.clone());
            }
            _ => {}
        }
    }
    let ([before, _], _) = read::changed(&lines, [old, new])?;
    let items = before.into_iter().filter_map(|read| match read {
        Read::Item(item) => Some(*item),
        Read::Lines(..) | Read::Schema(..) => None,
    });
    for item in items {
        let Some((kind, id)) = item.id() else { continue };
        // Of several files it is not known which.
        let path = match folders.get(&kind) {
            Some(paths) if paths.len() == 1 => paths.iter().next().cloned().unwrap_or_default(),
            _ => format!("dataset/{}", kind.folder()),
        };
        ids.push((kind, id.to_owned(), path));
    }
    let paths = changed.into_iter().map(|change| change.path).collect();
    Ok(Differing { ids, paths })
}

/// The records of a kind with these ids, at a moment.
///
/// # Errors
/// Where a file cannot be read.
pub fn find(moment: &Moment, kind: RecordKind, ids: BTreeSet<String>) -> Result<Vec<Item>> {
    Rest { moment, changed: BTreeSet::new(), same: Same::default() }.find(kind, ids)
}
