//! Versions of one record: what changed between two, and the fields of one.

use crate::{
    diff::{self, Change},
    document::Json,
    model::Item,
};
use serde_json::Value;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization as _;

/// What changed from one version to another; none is a commit without the record.
pub fn changes(old: Option<&Item>, new: Option<&Item>) -> Vec<Change> {
    macro_rules! compare {
        ($variant:ident, $compare:path) => {{
            let [old, new] = [old, new].map(|item| match item {
                Some(Item::$variant(entry)) => Some(&entry.record),
                _ => None,
            });
            $compare(old, new)
        }};
    }
    match new.or(old) {
        Some(Item::Claim(_)) => compare!(Claim, diff::claim),
        Some(Item::Source(_)) => compare!(Source, diff::source),
        Some(Item::Publisher(_)) => compare!(Publisher, diff::publisher),
        Some(Item::Subject(_)) => compare!(Subject, diff::subject),
        _ => Vec::new(),
    }
}

/// Lists whose items are fields of their own, with what names an item.
const LISTS: &[(&str, &[&str])] =
    &[("citations", &["source"]), ("relations", &["type", "claim"]), ("corrections", &["date"])];

/// The fields of a record in its order: key, or key and what names an item of a list, to value.
/// Sets are in order and texts in NFC, so that what only reads the same is the same.
pub fn fields(item: &Item) -> Vec<(String, Value)> {
    let text = match item {
        Item::Claim(entry) => serde_json::to_string(&entry.record),
        Item::Source(entry) => serde_json::to_string(&entry.record),
        Item::Publisher(entry) => serde_json::to_string(&entry.record),
        Item::Subject(entry) => serde_json::to_string(&entry.record),
        _ => return Vec::new(),
    };
    let text: String = text.unwrap_or_default().nfc().collect();
    let record = Json::parse(&text).map(|(record, _)| record).unwrap_or_default();
    let mut fields = Vec::new();
    for (key, value) in record.members().into_iter().flat_map(|members| members.iter()) {
        match LISTS.iter().find(|(list, _)| list == key) {
            Some((_, names)) => items(key, names, value, &mut fields),
            None => {
                let mut value = value.to_value();
                if let Some(words) = value.as_array_mut().filter(|v| v.iter().all(Value::is_string))
                {
                    words.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
                }
                fields.push((key.to_string(), value));
            }
        }
    }
    fields
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
