//! The quick way: where no change touches what is found about *other* records, it is enough to read
//! the records that changed and what they refer to, as they were and as they are.
//!
//! Both versions of that part are checked as any dataset is, and what only the later one has is new.
//! What the rules cannot see in a part of a dataset, such as who else supersedes a claim, they see in
//! neither version of it, so that it makes no difference. What has to be ruled out is a change that
//! touches what is found about records that are not read; the guards do that.
//!
//! A record is looked for in the file that has its name. Where a file has another name, or two records
//! have one id, the dataset has errors of `file-name` and `duplicate-id` that say so.

use super::{Base, guard};
use crate::{
    date::Day,
    error::Result,
    finding::Records,
    load::{self, Pair},
    model::{Dataset, RecordKind},
    snapshot::{Changed, File, FileKind, Snapshot},
};
use std::collections::{BTreeMap, BTreeSet};

/// The part of two versions that is enough to tell what is new.
pub struct Part {
    /// The two versions of it.
    pub pair: Pair,
    /// How many records changed.
    pub records: Records,
}

type Id = (RecordKind, String);

/// Reads the part of a snapshot and its base that is enough to tell what is new; none where only all
/// of them would do.
pub fn read(base: &Base, head: &Snapshot, changed: &[Changed], today: Day) -> Result<Option<Part>> {
    let Some((ids, mut before)) = touched(head, changed) else { return Ok(None) };
    let names = Names::of(head);
    let Some(mut after) = names.find(ids.iter()) else { return Ok(None) };
    let always = |path: &str| {
        path.starts_with("schema/")
            || ["dataset/dataset.json", "dataset/waivers.json"].contains(&path)
    };
    let around: Vec<File> = head.files().iter().filter(|f| always(&f.path)).cloned().collect();
    before.extend_from_slice(&around);
    after.extend(around);
    let paths: BTreeSet<&str> = changed.iter().map(|change| change.path.as_str()).collect();
    let schemas = load::schemas(&head.moment().clone().only(after.clone()))?.on(today);
    let mut there = ids.clone();
    loop {
        let [old, new] = [(&base.moment, &before), (head.moment(), &after)]
            .map(|(moment, files)| moment.clone().only(files.clone()));
        let pair = load::pair((&old, None), (&new, &schemas), &paths, &|_| {})?;
        let mut wanted = named(&pair.base.dataset, &ids);
        wanted.append(&mut named(&pair.head.dataset, &ids));
        let Some(more) = names.find(wanted.difference(&there)) else { return Ok(None) };
        if more.is_empty() {
            let part = guard::Part { pair: &pair, changed: &ids };
            return Ok(guard::hold(&part).then(|| Part { pair, records: count(&ids) }));
        }
        there.append(&mut wanted);
        before.extend_from_slice(&more);
        after.extend(more);
    }
}

/// The records that changed, and the files they were in; none where something else changed than
/// records in files of their own.
fn touched(head: &Snapshot, changed: &[Changed]) -> Option<(BTreeSet<Id>, Vec<File>)> {
    let (mut ids, mut before) = (BTreeSet::new(), Vec::new());
    for change in changed {
        let there = head.files().binary_search_by(|file| file.path.cmp(&change.path)).is_ok();
        match (load::holds(&change.path), &change.old, &change.new) {
            (load::Holds::Record(kind, id), Some(old), Some(_)) => {
                ids.insert((kind, id.to_owned()));
                before.push(old.clone());
            }
            // A regular file, or none, where none is read.
            (load::Holds::Nothing, _, Some(_)) => {}
            (load::Holds::Nothing, Some(_), None) if !there => {}
            _ => return None,
        }
    }
    Some((ids, before))
}

/// The records that others refer to: all that changed claims name, what the sources among them
/// repeat, and who published these.
fn named(dataset: &Dataset, changed: &BTreeSet<Id>) -> BTreeSet<Id> {
    let mut found = BTreeSet::new();
    let claims = changed.iter().filter(|(kind, _)| *kind == RecordKind::Claim);
    for claim in claims.filter_map(|(_, id)| Some(&dataset.claims.get(id)?.record)) {
        let id = |kind: RecordKind| move |id: &String| (kind, id.clone());
        found.extend(claim.citations.iter().map(|c| &c.source).map(id(RecordKind::Source)));
        found.extend(claim.subjects.iter().map(id(RecordKind::Subject)));
        found.extend(claim.relations.iter().map(|r| &r.claim).map(id(RecordKind::Claim)));
    }
    for source in dataset.sources.values().map(|entry| &entry.record) {
        found.insert((RecordKind::Publisher, source.publisher.clone()));
        found.extend(source.derived_from.iter().map(|id| (RecordKind::Source, id.clone())));
    }
    found
}

/// Where records stand, by the names of their files.
struct Names<'s> {
    files: &'s [File],
    /// What tells the name of each file from most others.
    marks: Vec<u16>,
    /// The kinds of which some records stand in files with a record a line.
    in_lines: BTreeSet<RecordKind>,
}

impl<'s> Names<'s> {
    fn of(snapshot: &'s Snapshot) -> Self {
        let lines = |file: &File| match load::holds(&file.path) {
            load::Holds::Records(kind) if file.kind == FileKind::Regular => Some(kind),
            _ => None,
        };
        let files = snapshot.files();
        let named = files.iter().filter(|file| file.path.ends_with(".jsonl"));
        Self {
            files,
            marks: files.iter().map(|file| mark(&file.path)).collect(),
            in_lines: named.filter_map(lines).collect(),
        }
    }

    /// The files of records, where there is just one for each.
    fn find<'i>(&self, ids: impl Iterator<Item = &'i Id>) -> Option<Vec<File>> {
        let mut missing: BTreeMap<(RecordKind, &str), bool> =
            ids.map(|(kind, id)| ((*kind, id.as_str()), true)).collect();
        if missing.keys().any(|(kind, _)| self.in_lines.contains(kind)) {
            return None;
        }
        // Most files are of other records: told by their marks before it is asked what they are.
        let mut wanted = vec![false; 1 << 16];
        for (_, id) in missing.keys() {
            wanted[usize::from(mark(id))] = true;
        }
        let mut found = Vec::with_capacity(missing.len());
        let files = self.files.iter().zip(&self.marks);
        for (file, _) in files.filter(|(_, mark)| wanted[usize::from(**mark)]) {
            if let load::Holds::Record(kind, id) = load::holds(&file.path)
                && file.kind == FileKind::Regular
                && let Some(missing) = missing.get_mut(&(kind, id))
            {
                if !std::mem::take(missing) {
                    return None;
                }
                found.push(file.clone());
            }
        }
        (found.len() == missing.len()).then_some(found)
    }
}

/// A number by which to tell most names of files apart, folders and extensions left out.
fn mark(path: &str) -> u16 {
    let mut mark: u16 = 0;
    for byte in path.bytes().rev() {
        match byte {
            b'/' => break,
            b'.' => mark = 0,
            _ => mark = mark.wrapping_mul(31).wrapping_add(byte.into()),
        }
    }
    mark
}

fn count(ids: &BTreeSet<Id>) -> Records {
    let of = |kind| ids.iter().filter(|(other, _)| *other == kind).count();
    Records {
        claims: of(RecordKind::Claim),
        sources: of(RecordKind::Source),
        publishers: of(RecordKind::Publisher),
        subjects: of(RecordKind::Subject),
    }
}
