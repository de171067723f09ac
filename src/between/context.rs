//! What did not change and is needed all the same: what claims cite, where it decides what they can
//! carry or is to be named; everything, where a change of a source or a publisher may touch any claim.

use super::{
    Between,
    read::{self, Read, Role, Same},
};
use crate::{
    confidence::Evidence,
    diff::{ceiling_may_move, publisher_moves, source_moves},
    error::Result,
    model::{Dataset, Item, RecordKind, Table},
    snapshot::{File, FileKind, MARK, Moment},
};
use std::collections::BTreeSet;

/// The files that did not change: the same at both moments.
pub struct Rest<'m> {
    pub moment: &'m Moment,
    pub changed: BTreeSet<&'m str>,
    /// What is in changed files and is the same all the same.
    pub same: Same,
}

/// Adds what is needed to tell what the changes mean.
pub fn add(between: &mut Between, rest: &Rest) -> Result<()> {
    meta(between, rest)?;
    vanished(between, rest)?;
    if anything_moves(between) {
        everything(between, rest)?;
    } else {
        cited(between, rest)?;
    }
    related(between, rest)
}

/// `dataset.json`, with the policy.
fn meta(between: &mut Between, rest: &Rest) -> Result<()> {
    for item in rest.read(&rest.in_folder("dataset", [MARK].map(name))?)? {
        between.add(&item);
    }
    for part in [&mut between.old, &mut between.new] {
        if let Some(meta) = &part.dataset.meta {
            part.dataset.policy = meta.record.policy.clone();
        }
    }
    Ok(())
}

/// Records that seem to be gone are there all the same where two files held one id and one of them
/// was deleted.
fn vanished(between: &mut Between, rest: &Rest) -> Result<()> {
    for kind in RecordKind::ALL {
        let ids = |dataset: &Dataset| dataset.ids(kind).map(str::to_owned).collect::<BTreeSet<_>>();
        let gone = &ids(&between.old.dataset) - &ids(&between.new.dataset);
        for item in rest.find(kind, gone)? {
            between.new.dataset.add(item);
        }
    }
    Ok(())
}

/// Whether a source, a publisher or the policy changed in a way that may touch any claim.
fn anything_moves(between: &Between) -> bool {
    let (old, new) = (&between.old.dataset, &between.new.dataset);
    old.policy != new.policy
        || any_pair(&old.sources, &new.sources, source_moves)
        || any_pair(&old.publishers, &new.publishers, publisher_moves)
}

/// Whether a record in both tables differs in this way.
fn any_pair<T>(old: &Table<T>, new: &Table<T>, differs: fn(&T, &T) -> bool) -> bool {
    let pairs = old.iter().filter_map(|(id, entry)| Some((entry, new.get(id)?)));
    pairs.into_iter().any(|(old, new)| differs(&old.record, &new.record))
}

/// Adds every source and publisher, and the claims that cite something that moved.
fn everything(between: &mut Between, rest: &Rest) -> Result<()> {
    for kind in [RecordKind::Source, RecordKind::Publisher] {
        for item in rest.all(kind)? {
            between.add(&item);
        }
    }
    let claims = rest.all(RecordKind::Claim)?;
    let (old, new) = (&between.old.dataset, &between.new.dataset);
    let (before, after) = (Evidence::new(old), Evidence::new(new));
    let policy = old.policy != new.policy;
    let moved = |item: &Item| match item {
        Item::Claim(entry) => {
            policy || entry.record.citations.iter().any(|c| before.differs(&after, &c.source))
        }
        _ => false,
    };
    let claims: Vec<Item> = claims.into_iter().filter(moved).collect();
    for item in claims {
        between.add(&item);
    }
    Ok(())
}

/// Adds the sources that changed citations name, and those of claims whose ceiling may move, with
/// what they repeat and who published them.
fn cited(between: &mut Between, rest: &Rest) -> Result<()> {
    let mut sources = BTreeSet::new();
    let mut subjects = BTreeSet::new();
    let (old, new) = (&between.old.dataset, &between.new.dataset);
    for (id, entry) in &old.claims {
        let Some(now) = new.claims.get(id) else { continue };
        let (before, after) = (&entry.record, &now.record);
        if ceiling_may_move(before, after, &new.policy) || before.citations != after.citations {
            let citations = before.citations.iter().chain(&after.citations);
            sources.extend(citations.map(|citation| citation.source.clone()));
        }
        if before.subjects != after.subjects {
            subjects.extend(before.subjects.iter().chain(&after.subjects).cloned());
        }
    }
    // Those of a new claim are told with it.
    for (_, entry) in new.claims.iter().filter(|(id, _)| !old.claims.contains_key(*id)) {
        sources.extend(entry.record.citations.iter().map(|citation| citation.source.clone()));
    }
    let mut publishers = BTreeSet::new();
    let mut seen = BTreeSet::new();
    while !sources.is_empty() {
        between.fetch(rest, RecordKind::Source, &sources)?;
        seen.append(&mut sources.clone());
        let records = [&between.old.dataset, &between.new.dataset]
            .into_iter()
            .flat_map(|dataset| sources.iter().filter_map(|id| dataset.sources.get(id)));
        let mut next = BTreeSet::new();
        for entry in records {
            publishers.insert(entry.record.publisher.clone());
            next.extend(entry.record.derived_from.iter().filter(|id| !seen.contains(*id)).cloned());
        }
        sources = next;
    }
    between.fetch(rest, RecordKind::Publisher, &publishers)?;
    between.fetch(rest, RecordKind::Subject, &subjects)
}

/// Adds the claims that relations name which came or went, so that they can be told by what they say.
fn related(between: &mut Between, rest: &Rest) -> Result<()> {
    let mut claims = BTreeSet::new();
    for (id, entry) in &between.old.dataset.claims {
        let Some(now) = between.new.dataset.claims.get(id) else { continue };
        let (before, after) = (&entry.record.relations, &now.record.relations);
        if before != after {
            claims.extend(before.iter().chain(after).map(|relation| relation.claim.clone()));
        }
    }
    between.fetch(rest, RecordKind::Claim, &claims)
}

impl Between {
    /// Adds a record of a file that did not change to both sides, but not where a file that
    /// changed holds it.
    fn add(&mut self, item: &Item) {
        for part in [&mut self.old, &mut self.new] {
            let taken = match item {
                Item::Meta(_) => part.dataset.meta.is_some(),
                _ => item.id().is_none_or(|(kind, id)| part.dataset.has(kind, id)),
            };
            if !taken {
                part.dataset.add(item.clone());
            }
        }
    }

    /// Adds records of this kind with these ids.
    fn fetch(&mut self, rest: &Rest, kind: RecordKind, ids: &BTreeSet<String>) -> Result<()> {
        let lacks =
            |id: &&String| !self.old.dataset.has(kind, id) || !self.new.dataset.has(kind, id);
        let wanted = ids.iter().filter(lacks).cloned().collect();
        for item in rest.find(kind, wanted)? {
            self.add(&item);
        }
        Ok(())
    }
}

impl Rest<'_> {
    /// Every record of a kind.
    fn all(&self, kind: RecordKind) -> Result<Vec<Item>> {
        let mut items = self.read(&self.below(kind)?)?;
        items.extend(read::records(kind, &self.lines(kind)));
        Ok(items)
    }

    /// The records of a kind with these ids: first where they are expected, then further down, then
    /// among the files with a record a line.
    pub fn find(&self, kind: RecordKind, mut ids: BTreeSet<String>) -> Result<Vec<Item>> {
        let mut found = Vec::new();
        if ids.is_empty() {
            return Ok(found);
        }
        let mut take = |ids: &mut BTreeSet<String>, items: Vec<Item>| {
            for item in items {
                if item.id().is_some_and(|(_, id)| ids.remove(id)) {
                    found.push(item);
                }
            }
        };
        let names = ids.iter().map(|id| format!("{id}.json"));
        let direct = self.in_folder(&format!("dataset/{}", kind.folder()), names)?;
        take(&mut ids, self.read(&direct)?);
        if ids.is_empty() {
            return Ok(found);
        }
        let (files, others): (Vec<File>, Vec<File>) = self
            .below(kind)?
            .into_iter()
            .partition(|file| matches!(Role::of(&file.path), Some(Role::One(_))));
        let named = |file: &File| {
            let name = name(&file.path);
            ids.contains(name.strip_suffix(".json").unwrap_or(name))
        };
        let files: Vec<File> = files.into_iter().filter(named).collect();
        take(&mut ids, self.read(&files)?);
        found.extend(read::search(kind, &self.lines(kind), &mut ids));
        for file in others {
            if ids.is_empty() {
                break;
            }
            for read in read::files(self.moment, &[&file])? {
                if let Read::Lines(kind, text) = read {
                    let lines: Vec<&str> = read::lines(&text).collect();
                    found.extend(read::search(kind, &lines, &mut ids));
                }
            }
        }
        Ok(found)
    }

    /// The regular files of a folder with these names.
    fn in_folder(
        &self,
        folder: &str,
        names: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<Vec<File>> {
        let names = names.into_iter().map(Into::into).collect();
        let mut files = self.moment.lookup(folder, &names)?;
        files.retain(|file| !self.changed.contains(file.path.as_str()));
        Ok(files)
    }

    /// The files of a kind of record, those that only moved included.
    fn below(&self, kind: RecordKind) -> Result<Vec<File>> {
        let folder = format!("dataset/{}", kind.folder());
        let mut files = self.moment.list(&folder)?;
        files.retain(|file| {
            file.kind == FileKind::Regular && !self.changed.contains(file.path.as_str())
        });
        let moved = self.same.moved.iter();
        files.extend(moved.filter(|file| file.path.starts_with(&folder)).cloned());
        Ok(files)
    }

    /// The lines of changed files that are the same at both moments.
    fn lines(&self, kind: RecordKind) -> Vec<&str> {
        let texts = self.same.texts.iter().filter(|(of, _)| *of == kind);
        let lines = texts.flat_map(|(_, text)| read::lines(text));
        lines.filter(|line| !self.same.fresh.contains(*line)).collect()
    }

    fn read(&self, files: &[File]) -> Result<Vec<Item>> {
        let mut items = Vec::new();
        for read in read::files(self.moment, &files.iter().collect::<Vec<_>>())? {
            match read {
                Read::Item(item) => items.push(*item),
                Read::Lines(kind, text) => {
                    items.extend(read::records(kind, &read::lines(&text).collect::<Vec<_>>()));
                }
                Read::Schema(..) => {}
            }
        }
        Ok(items)
    }
}

/// The name of a file without folders.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
