//! Two versions of a whole dataset.

use super::{
    About, Because, Change, Changes, Record, Side, Verb, ceiling, claim, meta, publisher, schema,
    source, subject, waivers,
};
use crate::model::{Claim, Dataset, Entry, RecordKind, RelationType, Status, Table, Waivers};
use std::collections::{BTreeMap, BTreeSet};

/// One version of a dataset, to compare with another.
#[derive(Clone, Copy)]
pub struct Version<'d> {
    dataset: &'d Dataset,
    side: Option<&'d Side>,
    schemas: Option<&'d BTreeMap<String, String>>,
}

impl<'d> From<&'d Dataset> for Version<'d> {
    fn from(dataset: &'d Dataset) -> Self {
        Self { dataset, side: None, schemas: None }
    }
}

impl<'d> Version<'d> {
    /// The same with what it is called.
    #[must_use]
    pub fn called(self, side: &'d Side) -> Self {
        Self { side: Some(side), ..self }
    }

    /// The same with the schemas of its repository, by path.
    #[must_use]
    pub fn schemas(self, schemas: &'d BTreeMap<String, String>) -> Self {
        Self { schemas: Some(schemas), ..self }
    }
}

/// Everything that changed between two versions.
///
/// A version may be a part of its dataset: records that are in neither are not missed. What claims
/// that are compared cite must be in both, or what they can carry is not compared.
#[must_use]
pub fn compare<'d>(old: impl Into<Version<'d>>, new: impl Into<Version<'d>>) -> Changes {
    let (old, new) = (old.into(), new.into());
    let mut comparison =
        Comparison { old: old.dataset, new: new.dataset, changes: Changes::default() };
    let side = |version: Version| version.side.cloned().unwrap_or_default();
    (comparison.changes.old, comparison.changes.new) = (side(old), side(new));
    if let (Some(before), Some(after)) = (old.schemas, new.schemas) {
        comparison.changes.changes.extend(schema::schemas(before, after));
    }
    comparison.dataset();
    comparison.table(RecordKind::Publisher, |d| &d.publishers, publisher);
    comparison.table(RecordKind::Source, |d| &d.sources, source);
    comparison.table(RecordKind::Subject, |d| &d.subjects, subject);
    comparison.claims();
    comparison.about();
    comparison.changes.arrange();
    comparison.changes
}

/// A record in both versions.
type Pair<'d, T> = (Option<&'d Entry<T>>, Option<&'d Entry<T>>);

struct Comparison<'d> {
    old: &'d Dataset,
    new: &'d Dataset,
    changes: Changes,
}

impl<'d> Comparison<'d> {
    /// `dataset.json` and `waivers.json`.
    fn dataset(&mut self) {
        let of = |dataset: &'d Dataset| dataset.meta.as_ref().map(|entry| &entry.record);
        let (old, new) = (of(self.old), of(self.new));
        let changes = &mut self.changes.changes;
        changes.extend(meta(old, new));
        let id = new.or(old).map(|meta| meta.name.as_str()).unwrap_or_default();
        let list = |waivers: &'d Option<Entry<Waivers>>| {
            waivers.as_ref().map(|entry| entry.record.waivers.as_slice()).unwrap_or_default()
        };
        changes.extend(waivers(id, list(&self.old.waivers), list(&self.new.waivers)));
    }

    fn table<T: 'd>(
        &mut self,
        kind: RecordKind,
        table: fn(&Dataset) -> &Table<T>,
        compare: fn(Option<&T>, Option<&T>) -> Vec<Change>,
    ) {
        for (old, new) in self.pairs(kind, table(self.old), table(self.new)) {
            let found = compare(old.map(|entry| &entry.record), new.map(|entry| &entry.record));
            self.changes.changes.extend(found);
        }
    }

    fn claims(&mut self) {
        let ceilings = ceiling::Ceilings::new(self.old, self.new);
        let successors = self.successors();
        for pair in self.pairs(RecordKind::Claim, &self.old.claims, &self.new.claims) {
            let mut found = claim(pair.0.map(|e| &e.record), pair.1.map(|e| &e.record));
            if let (Some(old), Some(new)) = pair {
                let moved = ceilings.changes(old, new, &found);
                found.extend(moved);
            }
            for change in found.iter_mut().filter(|change| change.verb == Verb::Superseded) {
                if let Some(id) = successors.get(change.id.as_str()) {
                    change.because = Some(Because::Claim { id: (*id).to_owned() });
                }
            }
            self.changes.changes.extend(found);
        }
    }

    /// The claims that take the place of others.
    fn successors(&self) -> BTreeMap<&'d str, &'d str> {
        let mut found = BTreeMap::new();
        for (id, entry) in &self.new.claims {
            for relation in &entry.record.relations {
                if relation.kind == RelationType::Supersedes {
                    found.insert(relation.claim.as_str(), id.as_str());
                }
            }
        }
        found
    }

    /// Records of two tables by id. One that cannot be read in a version is neither there nor
    /// missing, and is left out.
    fn pairs<T>(
        &mut self,
        kind: RecordKind,
        old: &'d Table<T>,
        new: &'d Table<T>,
    ) -> Vec<Pair<'d, T>> {
        let unread = |dataset: &Dataset, id: &str| {
            dataset.unknown.contains(&kind)
                || !dataset.broken.is_empty() && dataset.broken.contains(&(kind, id.to_owned()))
        };
        let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let mut pairs = Vec::with_capacity(ids.len());
        for id in ids {
            let pair = (old.get(id), new.get(id));
            let hidden = pair.0.is_none() && unread(self.old, id)
                || pair.1.is_none() && unread(self.new, id);
            if hidden {
                self.changes.unread.insert((kind.into(), id.clone()));
            } else {
                pairs.push(pair);
            }
        }
        // One that is in neither table for that reason is told as well.
        let broken = self.old.broken.symmetric_difference(&self.new.broken);
        let hidden =
            broken.filter(|(of, id)| *of == kind && !old.contains_key(id) && !new.contains_key(id));
        self.changes.unread.extend(hidden.map(|(kind, id)| ((*kind).into(), id.clone())));
        pairs
    }

    /// Gathers what readers want to know of the records that changes name.
    fn about(&mut self) {
        let mut about = BTreeMap::new();
        for change in &self.changes.changes {
            self.look(&mut about, change.record, &change.id);
            for (record, id) in change.names() {
                self.look(&mut about, record, &id);
            }
        }
        let claims: Vec<About> = about.values().cloned().collect();
        for claim in claims {
            for id in &claim.sources {
                self.look(&mut about, Record::Source, id);
            }
            for id in &claim.subjects {
                self.look(&mut about, Record::Subject, id);
            }
        }
        for dataset in [self.old, self.new] {
            let Some(entry) = &dataset.meta else { continue };
            for (kind, terms) in [("topics", &entry.record.topics), ("units", &entry.record.units)]
            {
                for (id, label) in terms.iter() {
                    let key = (Record::Dataset, format!("{kind}/{id}"));
                    about.insert(key, About { name: label.label.clone(), ..About::default() });
                }
            }
        }
        self.changes.about = about;
    }

    fn look(&self, about: &mut BTreeMap<(Record, String), About>, record: Record, id: &str) {
        let key = (record, id.to_owned());
        if about.contains_key(&key) {
            return;
        }
        fn newest<'d, T>(new: &'d Table<T>, old: &'d Table<T>, id: &str) -> Option<&'d T> {
            new.get(id).or_else(|| old.get(id)).map(|entry| &entry.record)
        }
        let named = |name: &str| Some(About { name: name.to_owned(), ..About::default() });
        let found = match record {
            Record::Claim => Some(self.claim(id)),
            Record::Source => newest(&self.new.sources, &self.old.sources, id)
                .and_then(|source| named(&source.title)),
            Record::Publisher => newest(&self.new.publishers, &self.old.publishers, id)
                .and_then(|publisher| named(&publisher.name)),
            Record::Subject => newest(&self.new.subjects, &self.old.subjects, id)
                .and_then(|subject| named(&subject.name)),
            Record::Schema | Record::Dataset => None,
        };
        about.extend(found.map(|found| (key, found)));
    }

    fn claim(&self, id: &str) -> About {
        let mut about = About::default();
        let versions = [&self.old.claims, &self.new.claims].map(|claims| claims.get(id));
        for claim in versions.into_iter().flatten().map(|entry: &Entry<Claim>| &entry.record) {
            if claim.status != Status::Removed {
                about.name.clone_from(&claim.statement);
            }
            about.topics.extend(claim.topics.iter().cloned());
            about.subjects.extend(claim.subjects.iter().cloned());
            about.sources.extend(claim.citations.iter().map(|citation| citation.source.clone()));
        }
        about
    }
}
