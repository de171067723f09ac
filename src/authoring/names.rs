//! What records are called: the id that somebody means who writes a name, a label or an address.

use super::ids::slug;
use crate::{
    model::{Dataset, RecordKind},
    rules,
    text::did_you_mean,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A record of this kind.
    Record(RecordKind),
    /// A topic of `dataset.json`.
    Topic,
    /// A unit of `dataset.json`.
    Unit,
}

impl Target {
    /// What the member of a record with this pointer refers to, if it is a reference. Entries of
    /// lists count from `0`.
    #[must_use]
    pub fn of(kind: RecordKind, pointer: &str) -> Option<Self> {
        let mut tokens =
            pointer.split('/').skip(1).filter(|t| !t.bytes().all(|b| b.is_ascii_digit()));
        let path = (tokens.next()?, tokens.next());
        Some(match (kind, path) {
            (RecordKind::Claim, ("subjects", None)) => Self::Record(RecordKind::Subject),
            (RecordKind::Claim, ("topics", None)) => Self::Topic,
            (RecordKind::Claim, ("quantity", Some("unit"))) => Self::Unit,
            (RecordKind::Claim, ("citations", Some("source")))
            | (RecordKind::Source, ("derived_from", None)) => Self::Record(RecordKind::Source),
            (RecordKind::Claim, ("relations", Some("claim"))) => Self::Record(RecordKind::Claim),
            (RecordKind::Source, ("publisher", None)) => Self::Record(RecordKind::Publisher),
            _ => return None,
        })
    }

    /// `source`, `topic` and so on.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Record(kind) => kind.as_str(),
            Self::Topic => "topic",
            Self::Unit => "unit",
        }
    }
}

/// A name that nothing has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// The names of a dataset's records and words.
pub struct Names<'d> {
    dataset: &'d Dataset,
    /// Ids by what they are called, in the form of an id.
    called: BTreeMap<(Target, String), BTreeSet<String>>,
    /// Ids of records that are about to be there.
    coming: BTreeSet<(Target, String)>,
}

impl<'d> Names<'d> {
    /// Collects the names of a dataset.
    #[must_use]
    pub fn of(dataset: &'d Dataset) -> Self {
        let mut names = Self { dataset, called: BTreeMap::new(), coming: BTreeSet::new() };
        let record = Target::Record;
        for (id, entry) in &dataset.sources {
            names.add(record(RecordKind::Source), id, &entry.record.title);
            if let Some(title) = &entry.record.title_en {
                names.add(record(RecordKind::Source), id, title);
            }
        }
        for (id, entry) in &dataset.publishers {
            names.add(record(RecordKind::Publisher), id, &entry.record.name);
        }
        for (id, entry) in &dataset.subjects {
            names.add(record(RecordKind::Subject), id, &entry.record.name);
        }
        for (id, entry) in &dataset.claims {
            names.add(record(RecordKind::Claim), id, &entry.record.statement);
        }
        if let Some(meta) = &dataset.meta {
            for (target, words) in
                [(Target::Topic, &meta.record.topics), (Target::Unit, &meta.record.units)]
            {
                for (id, label) in words.iter() {
                    names.add(target, id, &label.label);
                }
            }
        }
        names
    }

    /// Makes another name of an id known.
    pub fn add(&mut self, target: Target, id: &str, name: &str) {
        let key = (target, slug(name));
        if !key.1.is_empty() {
            self.called.entry(key).or_default().insert(id.to_owned());
        }
    }

    /// Makes the id of a record known that is about to be there.
    pub fn expect(&mut self, target: Target, id: &str) {
        self.coming.insert((target, id.to_owned()));
    }

    /// The id that is meant: `given` itself where it has the form of one, else the only one called
    /// so, or with this address.
    ///
    /// # Errors
    /// Where nothing, or more than one thing, is called so.
    pub fn resolve(&self, target: Target, given: &str) -> Result<String, Unknown> {
        let given = given.trim();
        let noun = target.noun();
        if target == Target::Record(RecordKind::Source)
            && let Some(id) = rules::same_work(self.dataset, given)
        {
            return Ok(id.to_owned());
        }
        let own = slug(given);
        if given == own && self.exists(target, given) {
            return Ok(own);
        }
        match self.called.get(&(target, own.clone())).map(|ids| ids.iter().collect::<Vec<_>>()) {
            Some(ids) if ids.len() == 1 => Ok(ids[0].clone()),
            Some(ids) => Err(Unknown {
                message: format!("`{given}` can be {noun} `{}` or `{}`", ids[0], ids[1]),
                help: "write the id".to_owned(),
            }),
            // What is nearly an id is told by `unknown-reference`, with the one that was meant.
            None if given == own => Ok(own),
            None if given.contains("://") => Err(Unknown {
                message: format!("no {noun} has the address {given}"),
                help: format!("make it with `claimbook new {noun} --url {given}`"),
            }),
            None => Err(self.unknown(target, given)),
        }
    }

    /// As [`Names::resolve`], for what has to be there already: an id that nothing has is refused in
    /// the same words as any other name.
    ///
    /// # Errors
    /// Where nothing, or more than one thing, is called so.
    pub fn find(&self, target: Target, given: &str) -> Result<String, Unknown> {
        let id = self.resolve(target, given)?;
        if self.exists(target, &id) { Ok(id) } else { Err(self.unknown(target, given.trim())) }
    }

    fn unknown(&self, target: Target, given: &str) -> Unknown {
        let noun = target.noun();
        let own = slug(given);
        let ids = self.called.iter().filter(|((of, _), _)| *of == target).flat_map(|(_, ids)| ids);
        let near = did_you_mean(&own, ids.map(String::as_str));
        let near = near.or_else(|| self.near(target, &own));
        Unknown {
            message: format!("no {noun} is called `{given}`"),
            help: match (near, target) {
                (Some(id), _) => format!("did you mean `{id}`?"),
                (None, Target::Record(_)) => format!("make it with `claimbook new {noun}`"),
                _ => format!("write the id of one of the {noun}s in `dataset/dataset.json`"),
            },
        }
    }

    /// The id of what is called nearly so: by a slip, or by most of the same words.
    fn near(&self, target: Target, name: &str) -> Option<&str> {
        let known = self.called.iter().filter(|((other, _), _)| *other == target);
        let known: Vec<(&str, &String)> =
            known.filter_map(|((_, name), ids)| Some((name.as_str(), ids.first()?))).collect();
        let slip = did_you_mean(name, known.iter().map(|(name, _)| *name));
        let words: BTreeSet<&str> = name.split('-').collect();
        let shared = |name: &str| {
            let others: BTreeSet<&str> = name.split('-').collect();
            let common = words.intersection(&others).count();
            (2 * common > words.len().max(others.len())).then_some(common)
        };
        let meant = slip.or_else(|| {
            let alike = known.iter().filter_map(|(name, _)| Some((shared(name)?, *name)));
            alike.max_by_key(|(common, _)| *common).map(|(_, name)| name)
        })?;
        known.iter().find(|(name, _)| *name == meant).map(|(_, id)| id.as_str())
    }

    fn exists(&self, target: Target, id: &str) -> bool {
        let words = self.dataset.meta.as_ref().map(|meta| &meta.record);
        if self.coming.contains(&(target, id.to_owned())) {
            return true;
        }
        match target {
            Target::Record(kind) => self.dataset.is_named(kind, id),
            Target::Topic => words.is_some_and(|meta| meta.topics.get(id).is_some()),
            Target::Unit => words.is_some_and(|meta| meta.units.get(id).is_some()),
        }
    }
}
