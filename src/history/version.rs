//! One version of a record of any kind.

use crate::{
    diff::{self, Change},
    document::Json,
    finding::Origin,
    model::{Claim, Item, Publisher, RecordKind, Source, Subject, Which},
};
use serde_json::Value;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization as _;

/// A record as it stood in a commit.
#[derive(Clone, Debug)]
pub enum Version {
    /// A claim.
    Claim(Claim),
    /// A source.
    Source(Source),
    /// A publisher.
    Publisher(Publisher),
    /// A subject.
    Subject(Subject),
}

/// What a text holds, asked for one record.
pub enum Held {
    /// Another record, or none.
    Nothing,
    /// The record, in pieces.
    Broken,
    /// The record.
    Version(Box<Version>),
}

/// Reads the record with this id from the text of a file named `stem`, or of a line of one that
/// holds many.
pub fn read(text: &str, kind: RecordKind, id: &str, stem: Option<&str>) -> Held {
    let which = Which::Record(kind, stem);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Ok((json, _)) = Json::parse(text) else {
        return match which.broken(text) {
            Item::Broken(_, Some(found)) if found == id => Held::Broken,
            _ => Held::Nothing,
        };
    };
    let found = which.id(&json);
    if found.as_deref() != Some(id) {
        return Held::Nothing;
    }
    let origin = Origin { file: 0, start: 0, end: 0 };
    let version = match which.item(&json, origin, Vec::new(), found) {
        Item::Claim(entry) => Version::Claim(entry.record),
        Item::Source(entry) => Version::Source(entry.record),
        Item::Publisher(entry) => Version::Publisher(entry.record),
        Item::Subject(entry) => Version::Subject(entry.record),
        _ => return Held::Broken,
    };
    Held::Version(Box::new(version))
}

/// What changed from one version to another; none is a version in which there was no record.
pub fn changes(old: Option<&Version>, new: Option<&Version>) -> Vec<Change> {
    macro_rules! compare {
        ($variant:ident, $compare:path) => {{
            let of = |version: Option<&Version>| match version {
                Some(Version::$variant(record)) => Some(record.clone()),
                _ => None,
            };
            $compare(of(old).as_ref(), of(new).as_ref())
        }};
    }
    match new.or(old) {
        None => Vec::new(),
        Some(Version::Claim(_)) => compare!(Claim, diff::claim),
        Some(Version::Source(_)) => compare!(Source, diff::source),
        Some(Version::Publisher(_)) => compare!(Publisher, diff::publisher),
        Some(Version::Subject(_)) => compare!(Subject, diff::subject),
    }
}

/// Lists whose items are fields of their own, with what names an item.
const LISTS: &[(&str, &[&str])] =
    &[("citations", &["source"]), ("relations", &["type", "claim"]), ("corrections", &["date"])];

impl Version {
    /// Its fields in the order of the record: key, or key and what names an item of a list, to value.
    /// Sets are in order and texts in NFC, so that what only reads the same is the same.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, Value)> {
        let text = match self {
            Self::Claim(record) => serde_json::to_string(record),
            Self::Source(record) => serde_json::to_string(record),
            Self::Publisher(record) => serde_json::to_string(record),
            Self::Subject(record) => serde_json::to_string(record),
        };
        let text: String = text.unwrap_or_default().nfc().collect();
        let record = Json::parse(&text).map(|(record, _)| record).unwrap_or_default();
        let mut fields = Vec::new();
        for (key, value) in record.members().into_iter().flat_map(|members| members.iter()) {
            match LISTS.iter().find(|(list, _)| list == key) {
                Some((_, names)) => items(key, names, value, &mut fields),
                None => {
                    let mut value = value.to_value();
                    if let Some(words) =
                        value.as_array_mut().filter(|v| v.iter().all(Value::is_string))
                    {
                        words.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
                    }
                    fields.push((key.to_string(), value));
                }
            }
        }
        fields
    }
}

/// The items of a list as fields; those of one name are told apart by their number.
fn items(key: &str, names: &[&str], list: &Json, fields: &mut Vec<(String, Value)>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for item in list.items() {
        let word = |name: &&str| {
            let word = item.members().and_then(|members| members.get(name)).and_then(Json::as_str);
            word.unwrap_or("?").to_owned()
        };
        let name = names.iter().map(word).fold(key.to_owned(), |name, word| name + "/" + &word);
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        let field = if *times > 1 { format!("{name}/{times}") } else { name };
        fields.push((field, item.to_value()));
    }
}
