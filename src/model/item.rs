//! From a JSON value to a record in its place: what a file or a line of one gives.

use super::{
    Claim, Dataset, Duplicate, Entry, Meta, Named, Publisher, Read, RecordKind, Source, Subject,
    Table, Waivers,
};
use crate::{document::Json, finding::Origin};

/// How many bytes a record may take.
pub const MAX_RECORD: usize = 1 << 20;

/// How many bytes a `.jsonl` file may take.
pub const MAX_LINES: usize = 1 << 30;

/// What one record gives.
#[derive(Clone, Debug)]
pub enum Item {
    /// A claim.
    Claim(Entry<Claim>),
    /// A source.
    Source(Entry<Source>),
    /// A publisher.
    Publisher(Entry<Publisher>),
    /// A subject.
    Subject(Entry<Subject>),
    /// `dataset.json`
    Meta(Entry<Meta>),
    /// `waivers.json`
    Waivers(Entry<Waivers>),
    /// A record that could not be read, with its id where that can be told.
    Broken(RecordKind, Option<String>),
    /// A file that could not be read and holds no record with an id.
    Nothing,
}

impl Item {
    /// What kind of record it is, and its id.
    #[must_use]
    pub fn id(&self) -> Option<(RecordKind, &str)> {
        Some(match self {
            Self::Claim(entry) => (RecordKind::Claim, &entry.record.id),
            Self::Source(entry) => (RecordKind::Source, &entry.record.id),
            Self::Publisher(entry) => (RecordKind::Publisher, &entry.record.id),
            Self::Subject(entry) => (RecordKind::Subject, &entry.record.id),
            Self::Broken(kind, id) => (*kind, id.as_deref()?),
            Self::Meta(_) | Self::Waivers(_) | Self::Nothing => return None,
        })
    }
}

/// Which record a text holds.
#[derive(Clone, Copy)]
pub enum Which<'p> {
    /// One with an id, and the name of its file.
    Record(RecordKind, Option<&'p str>),
    /// `dataset.json`
    Meta,
    /// `waivers.json`
    Waivers,
}

impl Which<'_> {
    /// The name of its schema.
    #[must_use]
    pub fn schema(self) -> &'static str {
        match self {
            Self::Record(kind, _) => kind.as_str(),
            Self::Meta => "dataset",
            Self::Waivers => "waivers",
        }
    }

    /// The record's id, or else the name of its file.
    #[must_use]
    pub fn id(self, json: &Json) -> Option<String> {
        let Self::Record(_, stem) = self else { return None };
        let id = json.pointer("/id").and_then(Json::as_str).filter(|id| !id.is_empty());
        id.or(stem).map(str::to_owned)
    }

    /// Reads a record without asking a schema.
    #[must_use]
    pub fn read(self, text: &str) -> Item {
        let Ok((json, _)) = Json::parse(text.trim_start_matches('\u{feff}')) else {
            return self.broken(text);
        };
        let id = self.id(&json);
        self.item(&json, Origin { file: 0, start: 0, end: 0 }, Vec::new(), id)
    }

    /// What a text gives that cannot be read.
    #[must_use]
    pub fn broken(self, text: &str) -> Item {
        match self {
            Self::Record(kind, stem) => {
                Item::Broken(kind, stem.map(str::to_owned).or_else(|| guess_ids(text).next()))
            }
            _ => Item::Nothing,
        }
    }

    /// The same of a text in which more than one record may stand: two on a line, for one.
    #[must_use]
    pub fn all_broken(self, text: &str) -> Vec<Item> {
        let mut items = vec![self.broken(text)];
        if let Self::Record(kind, None) = self {
            items.extend(guess_ids(text).skip(1).map(|id| Item::Broken(kind, Some(id))));
        }
        items
    }

    /// The record that a value gives; `id` is what [`Which::id`] found.
    #[must_use]
    pub fn item(self, json: &Json, origin: Origin, flaws: Vec<String>, id: Option<String>) -> Item {
        fn entry<T: Read>(json: &Json, origin: Origin, flaws: Vec<String>) -> Entry<T> {
            Entry { origin, flaws, ..Entry::sound(T::read(json)) }
        }
        let (kind, stem) = match self {
            Self::Meta => return Item::Meta(entry(json, origin, flaws)),
            Self::Waivers => return Item::Waivers(entry(json, origin, flaws)),
            Self::Record(kind, stem) => (kind, stem),
        };
        let Some(id) = id else { return Item::Broken(kind, None) };
        macro_rules! with_id {
            ($variant:ident) => {{
                let mut entry = entry(json, origin, flaws);
                entry.named = match stem {
                    None => Named::Lines,
                    Some(stem) if stem == id => Named::Own,
                    Some(_) => Named::Other,
                };
                set_id(&mut entry.record, id);
                Item::$variant(entry)
            }};
        }
        match kind {
            RecordKind::Claim => with_id!(Claim),
            RecordKind::Source => with_id!(Source),
            RecordKind::Publisher => with_id!(Publisher),
            RecordKind::Subject => with_id!(Subject),
        }
    }
}

/// Records that have an id.
trait Identified {
    fn id(&mut self) -> &mut String;
}

macro_rules! identified {
    ($($record:ident),+) => {
        $(impl Identified for $record {
            fn id(&mut self) -> &mut String {
                &mut self.id
            }
        })+
    };
}

identified!(Claim, Source, Publisher, Subject);

fn set_id(record: &mut impl Identified, id: String) {
    *record.id() = id;
}

impl Dataset {
    /// Takes what a file gave, item by item. The first file of many records in order of id makes their
    /// table at once: that looks nothing up, and packs the table.
    pub fn add_all(&mut self, items: Vec<Item>) {
        let in_order = items.len() > 1 && items.windows(2).all(|two| two[0].id() < two[1].id());
        let mut rest = Vec::new();
        macro_rules! at_once {
            ($($variant:ident => $table:ident),+) => {
                match items.first() {
                    $(Some(Item::$variant(_)) if in_order && self.$table.is_empty() => {
                        let mut entries = Vec::with_capacity(items.len());
                        for item in items {
                            match item {
                                Item::$variant(entry) => {
                                    entries.push((entry.record.id.clone(), entry));
                                }
                                other => rest.push(other),
                            }
                        }
                        self.$table = entries.into_iter().collect();
                    })+
                    _ => rest = items,
                }
            };
        }
        at_once!(Claim => claims, Source => sources, Publisher => publishers, Subject => subjects);
        rest.into_iter().for_each(|item| self.add(item));
    }

    /// Takes what a text gave. Of two records with one id the one counts whose file is named after it,
    /// or else the first.
    pub fn add(&mut self, item: Item) {
        match item {
            Item::Claim(entry) => {
                add(&mut self.claims, &mut self.duplicates, RecordKind::Claim, entry)
            }
            Item::Source(entry) => {
                add(&mut self.sources, &mut self.duplicates, RecordKind::Source, entry)
            }
            Item::Publisher(entry) => {
                add(&mut self.publishers, &mut self.duplicates, RecordKind::Publisher, entry)
            }
            Item::Subject(entry) => {
                add(&mut self.subjects, &mut self.duplicates, RecordKind::Subject, entry)
            }
            Item::Meta(entry) => self.meta = Some(entry),
            Item::Waivers(entry) => self.waivers = Some(entry),
            Item::Broken(kind, Some(id)) => {
                self.broken.insert((kind, id));
            }
            Item::Broken(kind, None) => {
                self.unknown.insert(kind);
            }
            Item::Nothing => {}
        }
    }
}

fn add<T: Identified>(
    table: &mut Table<T>,
    duplicates: &mut Vec<Duplicate>,
    kind: RecordKind,
    mut entry: Entry<T>,
) {
    let id = entry.record.id().clone();
    let Some(first) = table.get_mut(&id) else {
        table.insert(id, entry);
        return;
    };
    if entry.named < first.named {
        std::mem::swap(first, &mut entry);
        let others = duplicates.iter_mut().filter(|other| other.kind == kind && other.id == id);
        others.for_each(|other| other.first = first.origin);
    }
    duplicates.push(Duplicate { kind, id, first: first.origin, again: entry.origin });
}

/// The ids in a text that is no JSON, as far as they can be made out.
pub fn guess_ids(text: &str) -> impl Iterator<Item = String> {
    text.split("\"id\"").skip(1).filter_map(|rest| {
        let value = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        let id = value.split_once('"')?.0;
        (!id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
            .then(|| id.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_made_at_once_is_as_any() {
        let read =
            |id: &&str| Which::Record(RecordKind::Claim, None).read(&format!("{{\"id\":{id}}}"));
        for ids in [
            &["\"a\"", "\"b\"", "\"c\""][..],
            &["\"a\"", "\"b\"", "\"b\"", "\"c\""],
            &["\"c\"", "\"a\"", "\"c\""],
            &["\"a\"", "oops", "\"b\"", "3"],
            &["\"a\""],
            &[],
        ] {
            let (mut at_once, mut one_by_one) = (Dataset::default(), Dataset::default());
            at_once.add_all(ids.iter().map(read).collect());
            // To a table that has something, even many are added one by one.
            at_once.add_all(["\"b\"", "\"d\""].iter().map(read).collect());
            ids.iter().chain(&["\"b\"", "\"d\""]).map(read).for_each(|item| one_by_one.add(item));
            assert_eq!(format!("{at_once:?}"), format!("{one_by_one:?}"), "{ids:?}");
        }
    }
}
