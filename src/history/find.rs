//! Where a record stands in a commit: in the file of its name, in another, or in a line of one.

use crate::{
    error::Result,
    model::{Item, MAX_LINES, MAX_RECORD, RecordKind, Which},
    snapshot::{File, History, Spot, Step},
};
use memchr::memmem;
use std::{collections::BTreeSet, rc::Rc};

/// A record in a commit.
#[derive(Clone)]
pub struct Found {
    /// Its kind.
    pub kind: RecordKind,
    /// Its file.
    pub spot: Spot,
    /// What it says; none where it cannot be read.
    pub version: Option<Rc<Item>>,
}

impl Found {
    fn of(kind: RecordKind, spot: Spot, item: Item) -> Self {
        let version = (!matches!(item, Item::Broken(..))).then(|| Rc::new(item));
        Self { kind, spot, version }
    }
}

/// Where a record stood in later commits, in one without it.
pub struct Lost {
    kind: RecordKind,
    spot: Spot,
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
        let only = BTreeSet::from([named.clone()]);
        // Cheap ways first: the file's name, then its content.
        for kind in RecordKind::ALL {
            let folder = format!("dataset/{}", kind.folder());
            for spot in self.history.likely(step, &folder, &only)? {
                if let Some(item) = self.item(kind, &spot.file())? {
                    return Ok(Some(Found::of(kind, spot, item)));
                }
            }
        }
        type Way<'w> = (&'w str, &'w dyn Fn(&str) -> bool);
        let ways: [Way; 3] = [
            (&named, &|name| name == named),
            (".jsonl", &|name| name.ends_with(".jsonl")),
            (".json", &|name| name.ends_with(".json") && name != named),
        ];
        for (end, way) in ways {
            for kind in RecordKind::ALL {
                let folder = format!("dataset/{}", kind.folder());
                let found = self.history.search(
                    step,
                    &folder,
                    &[end],
                    &mut |name, file| match way(name) {
                        true => self.at(step, kind, &file()),
                        false => Ok(None),
                    },
                )?;
                if found.is_some() {
                    return Ok(found);
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
            if let Some(item) = self.item(found.kind, &spot.file())? {
                return Ok(Some(Found::of(found.kind, spot, item)));
            }
        }
        let kind = found.map(|found| found.kind).or(kind);
        let mut candidates = Vec::new();
        for kind in kinds(kind) {
            let folder = format!("dataset/{}", kind.folder());
            self.history.replaced(&[(parent, child)], &folder, &mut |_, file| {
                candidates.push((kind, file));
                Ok(())
            })?;
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

    /// Where a record, found in the commit after one without it, would stand in this one.
    pub fn lost(&self, step: &Step, found: &Found) -> Result<Lost> {
        Ok(Lost { kind: found.kind, spot: self.history.same_path(step, &found.spot)? })
    }

    /// The record in the commit before one without it, at the path where it stood later.
    pub fn again(&self, step: &Step, lost: &Lost) -> Result<(Option<Found>, Lost)> {
        let spot = self.history.same_path(step, &lost.spot)?;
        let item = match spot.there && !spot.same_bytes(&lost.spot) {
            true => self.item(lost.kind, &spot.file())?,
            false => None,
        };
        let found = item.map(|item| Found::of(lost.kind, spot.clone(), item));
        Ok((found, Lost { kind: lost.kind, spot }))
    }

    /// Which of many pairs of commits, old and new, took away a file with the record.
    pub fn taken(
        &self,
        steps: &[(&Step, &Step)],
        kind: Option<RecordKind>,
    ) -> Result<BTreeSet<usize>> {
        let mut taken = BTreeSet::new();
        for kind in kinds(kind) {
            let folder = format!("dataset/{}", kind.folder());
            self.history.replaced(steps, &folder, &mut |at, file| {
                if !taken.contains(&at) && self.item(kind, &file)?.is_some() {
                    taken.insert(at);
                }
                Ok(())
            })?;
        }
        Ok(taken)
    }

    /// The record, where this file of a commit holds it.
    fn at(&self, step: &Step, kind: RecordKind, file: &File) -> Result<Option<Found>> {
        let Some(item) = self.item(kind, file)? else { return Ok(None) };
        let spot = self.history.spot(step, &file.path, None)?;
        Ok(spot.map(|spot| Found::of(kind, spot, item)))
    }

    /// What a file says of the record; none where it does not hold it.
    pub fn item(&self, kind: RecordKind, file: &File) -> Result<Option<Item>> {
        let stem = stem(&file.path);
        if stem.is_none() && !file.path.ends_with(".jsonl") {
            return Ok(None);
        }
        let limit = if stem.is_some() { MAX_RECORD } else { MAX_LINES };
        let Some(bytes) = self.history.read(file, limit)? else { return Ok(None) };
        // Most files and lines are of other records: told before they are parsed.
        if stem.is_some_and(|stem| stem != self.id && !self.may_be_in(&bytes)) {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&bytes);
        Ok(match stem {
            Some(_) => self.own(Which::Record(kind, stem).read(&text)),
            None => {
                let quoted = format!("\"{}\"", self.id);
                let lines = text.lines().filter(|line| line.contains(&quoted));
                let mut items = lines.map(|line| Which::Record(kind, None).read(line));
                items.find_map(|item| self.own(item))
            }
        })
    }

    /// Whether the id may stand in a text: as it is, or written with escapes.
    fn may_be_in(&self, bytes: &[u8]) -> bool {
        !self.id.is_ascii()
            || memmem::find(bytes, self.id.as_bytes()).is_some()
            || bytes.contains(&b'\\')
    }

    /// The item, if it is the record that is looked for.
    fn own(&self, item: Item) -> Option<Item> {
        item.id().is_some_and(|(_, id)| id == self.id).then_some(item)
    }
}

/// The name of a file of one record, without its ending.
pub fn stem(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.strip_suffix(".json")
}

/// The kinds to look at, given what is known.
fn kinds(known: Option<RecordKind>) -> impl Iterator<Item = RecordKind> {
    RecordKind::ALL.into_iter().filter(move |kind| known.is_none_or(|known| known == *kind))
}
