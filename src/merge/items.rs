//! Lists, item by item: items that are the same thing on two sides are merged with one another.

use super::{
    Sides, order,
    record::{Both, Place, value},
};
use crate::document::Json;
use std::collections::{BTreeMap, BTreeSet};

/// By which members an item of a list is known again, the fewest first; more of them are used
/// where those do not tell the items apart.
pub const KNOWN_BY: &[(&str, &[&[&str]])] = &[
    ("citations", &[&["source", "stance"], &["source", "stance", "locator"]]),
    ("relations", &[&["type", "claim"]]),
    ("corrections", &[&["date", "note"]]),
    ("maintainers", &[&["name"]]),
    ("waivers", &[&["rule", "id", "path", "pointer"]]),
];

type Key = Vec<String>;
type List<'j> = &'j [Json<'static>];

/// Merges the lists under `name`; none where their items cannot be told apart, or were changed in
/// a way that only a person can bring together.
pub fn merge(lists: Sides<List>, name: &str, place: &mut Place) -> Option<Both> {
    let (keys, known) = keys(lists, name)?;
    let by_key = |keys: &[Key], list: List<'_>| -> BTreeMap<Key, Json<'static>> {
        keys.iter().cloned().zip(list.iter().cloned()).collect()
    };
    let tables = Sides {
        base: by_key(&keys.base, lists.base),
        ours: by_key(&keys.ours, lists.ours),
        theirs: by_key(&keys.theirs, lists.theirs),
    };
    if !known && rewritten(&tables) {
        return None;
    }
    let mut merged = BTreeMap::new();
    for key in keys.ours.iter().chain(&keys.theirs) {
        if !merged.contains_key(key) {
            let item = tables.as_ref().map(|table| table.get(key));
            let name = key.iter().map(String::as_str).filter(|part| !part.is_empty());
            let name = name.collect::<Vec<_>>().join(" ");
            merged.insert(key.clone(), value(item, "", &mut place.below(&name)));
        }
    }
    let order = order::order(&keys, |key| {
        merged.get(key).is_some_and(|both| both.ours.is_some() || both.theirs.is_some())
    });
    if order.ours != order.theirs {
        place.conflict();
    }
    let side = |order: &[Key], of: fn(&Both) -> &Option<Json<'static>>| {
        Json::Array(order.iter().filter_map(|key| of(merged.get(key)?).clone()).collect())
    };
    Some(Both {
        ours: Some(side(&order.ours, |both| &both.ours)),
        theirs: Some(side(&order.theirs, |both| &both.theirs)),
    })
}

/// The keys of the items, different within each list, and whether they are more than the whole
/// items.
fn keys(lists: Sides<List>, name: &str) -> Option<(Sides<Vec<Key>>, bool)> {
    let all = || [lists.base, lists.ours, lists.theirs].into_iter().flatten();
    let words = all().all(|item| item.as_str().is_some());
    if !words && !all().all(|item| item.members().is_some()) {
        return None;
    }
    let distinct = |keys: &Sides<Vec<Key>>| {
        [&keys.base, &keys.ours, &keys.theirs]
            .into_iter()
            .all(|keys| keys.iter().collect::<BTreeSet<_>>().len() == keys.len())
    };
    let levels = KNOWN_BY.iter().find(|(list, _)| *list == name).map_or(&[][..], |known| known.1);
    for level in levels {
        let keys = lists.map(|list| list.iter().map(|item| key(item, level)).collect());
        if distinct(&keys) {
            return Some((keys, true));
        }
    }
    let keys = lists.map(|list| list.iter().map(|item| vec![text(item)]).collect());
    distinct(&keys).then_some((keys, words))
}

fn key(item: &Json, members: &[&str]) -> Key {
    let member = |name: &&str| item.members().and_then(|members| members.get(name));
    members.iter().map(|name| member(name).map(text).unwrap_or_default()).collect()
}

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.to_string(),
        other => other.to_value().to_string(),
    }
}

/// Whether both sides took out the same item, which has no name, and put different ones in: they
/// may have mended the same one.
fn rewritten(tables: &Sides<BTreeMap<Key, Json<'static>>>) -> bool {
    let Sides { base, ours, theirs } = tables;
    let added = |side: &BTreeMap<Key, Json<'static>>| {
        side.keys().filter(|key| !base.contains_key(*key)).cloned().collect::<BTreeSet<_>>()
    };
    let both = base.keys().any(|key| !ours.contains_key(key) && !theirs.contains_key(key));
    both && added(ours) != added(theirs)
}
