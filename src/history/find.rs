//! Where a record stands in a commit: in the file of its name, in another, or in a line of one.

use super::version::{Held, Version, read};
use crate::{
    error::Result,
    model::RecordKind,
    snapshot::{File, History, Spot, Step},
};
use std::rc::Rc;

/// How many bytes a file of records may take.
const MAX_FILE: usize = 1 << 30;

/// A record in a commit.
#[derive(Clone)]
pub struct Found {
    /// Its kind.
    pub kind: RecordKind,
    /// Its file.
    pub spot: Spot,
    /// What it says; none where it cannot be read.
    pub version: Option<Rc<Version>>,
}

/// Looks for one record.
pub struct Finder<'h> {
    pub history: &'h History,
    pub id: &'h str,
}

impl Finder<'_> {
    /// The record in a commit of which nothing is known.
    pub fn anywhere(&self, step: &Step) -> Result<Option<Found>> {
        let named = format!("{}.json", self.id);
        // Cheap ways first: the file's name, then its content.
        let ways: [&dyn Fn(&str) -> bool; 3] =
            [&|name| name == named, &|name| name.ends_with(".jsonl"), &|name| {
                name.ends_with(".json") && name != named
            }];
        for way in ways {
            for kind in RecordKind::ALL {
                let folder = format!("dataset/{}", kind.folder());
                for file in self.history.files(step, &folder, way)? {
                    if let Some(found) = self.at(step, kind, &file)? {
                        return Ok(Some(found));
                    }
                }
            }
        }
        Ok(None)
    }

    /// The record in the commit before one in which it stands as `found`, or does not; none of a
    /// kind is known where it was never found.
    pub fn before(
        &self,
        parent: &Step,
        child: &Step,
        found: Option<&Found>,
        kind: Option<RecordKind>,
    ) -> Result<Option<Found>> {
        if let Some(found) = found
            && let Some(spot) = self.history.spot(parent, &found.spot.path, Some(&found.spot))?
        {
            if spot.same_bytes(&found.spot) {
                return Ok(Some(Found { spot, ..found.clone() }));
            }
            if let Some(found) = self.at(parent, found.kind, &spot.file())? {
                return Ok(Some(found));
            }
        }
        let kind = found.map(|found| found.kind).or(kind);
        let kinds = RecordKind::ALL.into_iter().filter(|other| kind.is_none_or(|k| k == *other));
        let mut candidates = Vec::new();
        for kind in kinds {
            let folder = format!("dataset/{}", kind.folder());
            let changed = self.history.changed(parent, child, &folder)?;
            candidates.extend(changed.into_iter().filter_map(|c| Some((kind, c.old?))));
        }
        let named = format!("/{}.json", self.id);
        candidates.sort_by_key(|(_, file)| (!file.path.ends_with(&named), file.path.clone()));
        for (kind, file) in candidates {
            if let Some(found) = self.at(parent, kind, &file)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The record, where this file of a commit holds it.
    fn at(&self, step: &Step, kind: RecordKind, file: &File) -> Result<Option<Found>> {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let stem = match name.rsplit_once('.') {
            Some((stem, "json")) => Some(stem),
            Some((_, "jsonl")) => None,
            _ => return Ok(None),
        };
        let Some(bytes) = self.history.read(file, MAX_FILE)? else { return Ok(None) };
        let held = match std::str::from_utf8(&bytes) {
            Err(_) if stem == Some(self.id) => Held::Broken,
            Err(_) => Held::Nothing,
            Ok(text) if stem.is_some() => read(text, kind, self.id, stem),
            Ok(text) => self.line(text, kind),
        };
        let version = match held {
            Held::Nothing => return Ok(None),
            Held::Broken => None,
            Held::Version(version) => Some(Rc::from(version)),
        };
        let spot = self.history.spot(step, &file.path, None)?;
        Ok(spot.map(|spot| Found { kind, spot, version }))
    }

    /// The record in the lines of a text.
    fn line(&self, text: &str, kind: RecordKind) -> Held {
        // Most lines are of other records: told before they are parsed.
        let quoted = format!("\"{}\"", self.id);
        for line in text.lines().filter(|line| line.contains(&quoted)) {
            match read(line, kind, self.id, None) {
                Held::Nothing => {}
                held => return held,
            }
        }
        Held::Nothing
    }
}
