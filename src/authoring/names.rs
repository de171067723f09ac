//! What records are called: the id that somebody means who writes a name, a label or an address.

use super::{aliases, ids::slug, offers::offer};
use crate::{
    model::{Dataset, RecordKind, Target},
    rules,
    text::{code_list, slips},
};
use std::collections::{BTreeMap, BTreeSet};

/// A name that nothing has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Ids by what they are called.
type Called = BTreeMap<(Target, String), BTreeSet<String>>;

/// Up to how many names that may be meant are told: more of them tell nothing.
const FEW: usize = 3;

/// The names of a dataset's records and words.
pub struct Names<'d> {
    dataset: &'d Dataset,
    /// Ids by what they are called, in the form of an id.
    called: Called,
    /// The same by what records show to be called for short: it counts where nothing has the name.
    short: Called,
    /// The same by the initials of names, which are no more than a guess.
    initials: Called,
    /// Ids of records that are about to be there.
    coming: BTreeSet<(Target, String)>,
}

impl<'d> Names<'d> {
    /// Collects the names of a dataset.
    #[must_use]
    pub fn of(dataset: &'d Dataset) -> Self {
        let mut names = Self {
            dataset,
            called: Called::new(),
            short: Called::new(),
            initials: Called::new(),
            coming: BTreeSet::new(),
        };
        let record = Target::Record;
        for (id, entry) in &dataset.sources {
            names.add(record(RecordKind::Source), id, &entry.record.title);
            if let Some(title) = &entry.record.title_en {
                names.add(record(RecordKind::Source), id, title);
            }
        }
        for (id, entry) in &dataset.publishers {
            names.add(record(RecordKind::Publisher), id, &entry.record.name);
            names.shorten(record(RecordKind::Publisher), id, &entry.record.name);
        }
        for (id, entry) in &dataset.subjects {
            names.add(record(RecordKind::Subject), id, &entry.record.name);
            names.shorten(record(RecordKind::Subject), id, &entry.record.name);
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

    fn shorten(&mut self, target: Target, id: &str, name: &str) {
        for short in aliases::shown(id, name).into_iter().filter(|short| !short.is_empty()) {
            self.short.entry((target, short)).or_default().insert(id.to_owned());
        }
        let initials = aliases::initials(name);
        if initials.len() >= aliases::SHORT {
            self.initials.entry((target, initials)).or_default().insert(id.to_owned());
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
        let key = (target, own);
        let called = self.called.get(&key).or_else(|| self.short.get(&key));
        match called.map(|ids| ids.iter().collect::<Vec<_>>()).as_deref() {
            Some([id]) => Ok((*id).clone()),
            Some(ids) => Err(Unknown {
                message: format!("`{given}` can be {noun} {}", code_list(ids, "or")),
                help: "write the id".to_owned(),
            }),
            // An id may be written as words: `China MFA`.
            None if given == key.1 || self.exists(target, &key.1) => Ok(key.1),
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

    /// The names that a text lists, as ids: parted by `;`, and by commas where each part is known or
    /// no name has a comma.
    ///
    /// # Errors
    /// In the place of a name that leads nowhere.
    pub fn list(&self, target: Target, text: &str) -> Vec<Result<String, (String, Unknown)>> {
        let trimmed = |part: &str| (!part.trim().is_empty()).then(|| part.trim().to_owned());
        let mut found = Vec::new();
        for part in text.split(';').filter_map(trimmed) {
            let pieces: Vec<String> = part.split(',').filter_map(trimmed).collect();
            let one = pieces.len() < 2 || self.has_commas(target);
            let whole = one.then(|| self.find(target, &part));
            if let Some(Ok(id)) = whole {
                found.push(Ok(id));
                continue;
            }
            let each: Vec<_> = pieces.iter().map(|piece| self.find(target, piece)).collect();
            match whole {
                Some(Err(mut unknown)) if !each.iter().all(Result::is_ok) => {
                    if pieces.len() > 1 {
                        let apart = pieces.join("; ");
                        unknown.help =
                            format!("{}; where these are several, write `{apart}`", unknown.help);
                    }
                    found.push(Err((part, unknown)));
                }
                _ => found.extend(
                    each.into_iter()
                        .zip(pieces)
                        .map(|(one, piece)| one.map_err(|unknown| (piece, unknown))),
                ),
            }
        }
        found
    }

    /// Whether anything that a target can be has a comma in its name.
    fn has_commas(&self, target: Target) -> bool {
        let dataset = self.dataset;
        let words = dataset.meta.as_ref().map(|meta| match target {
            Target::Topic => meta.record.topics.iter().any(|(_, label)| label.label.contains(',')),
            _ => meta.record.units.iter().any(|(_, label)| label.label.contains(',')),
        });
        match target {
            Target::Topic | Target::Unit => words.unwrap_or_default(),
            Target::Record(RecordKind::Subject) => {
                dataset.subjects.values().any(|entry| entry.record.name.contains(','))
            }
            Target::Record(RecordKind::Publisher) => {
                dataset.publishers.values().any(|entry| entry.record.name.contains(','))
            }
            // Sentences and titles.
            Target::Record(_) => true,
        }
    }

    fn unknown(&self, target: Target, given: &str) -> Unknown {
        let noun = target.noun();
        let address = given.contains("://") || given.starts_with("www.");
        let called = if address { "has the address" } else { "is called" };
        let with = if address { format!(" --url {given}") } else { String::new() };
        Unknown {
            message: format!("no {noun} {called} `{given}`"),
            help: self.advice(target, given, &format!("`claimbook new {noun}{with}` makes one")),
        }
    }

    /// What to do about a name that nothing has; `make` says how a record with it is made.
    #[must_use]
    pub fn advice(&self, target: Target, given: &str, make: &str) -> String {
        let near = self.near(target, &slug(given));
        let meant = (!near.is_empty()).then(|| format!("did you mean {}?", code_list(&near, "or")));
        match (target, meant) {
            (Target::Record(kind), meant) => {
                let others = if meant.is_some() { "others" } else { "those that are there" };
                let meant = meant.map(|meant| format!("{meant} ")).unwrap_or_default();
                format!(
                    "{meant}`claimbook list {}s --text WORD` finds {others}, {make}",
                    kind.as_str()
                )
            }
            (_, Some(meant)) => meant,
            (_, None) => offer(self.dataset, target),
        }
    }

    /// The ids of what is called nearly so, if few are: by a slip, else by its initials.
    fn near(&self, target: Target, name: &str) -> Vec<&str> {
        let known = || {
            let known = self.called.iter().filter(|((other, _), _)| *other == target);
            known.flat_map(|((_, called), ids)| {
                ids.iter().map(move |id| (called.as_str(), id.as_str()))
            })
        };
        let mut near: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for (called, id) in known() {
            let slips = [called, id].into_iter().filter_map(|other| slips(name, other));
            if let Some(slips) = slips.min() {
                near.entry(slips).or_default().insert(id);
            }
        }
        let by_initials = || {
            self.initials
                .get(&(target, name.to_owned()))
                .map(|ids| ids.iter().map(String::as_str).collect::<BTreeSet<&str>>())
        };
        let near = near.into_values().next().or_else(by_initials).unwrap_or_default();
        if near.len() > FEW { Vec::new() } else { near.into_iter().collect() }
    }

    fn exists(&self, target: Target, id: &str) -> bool {
        self.coming.contains(&(target, id.to_owned())) || self.dataset.leads(target, id)
    }
}
