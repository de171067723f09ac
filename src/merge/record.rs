//! One record, three times: fields are merged on their own, and lists item by item.

use super::{Markers, Merged, Sides, items, order};
use crate::{
    document::{Json, Members},
    schema::{Form, Schema},
};
use std::collections::BTreeMap;

/// Fields whose parts only mean something together: `5` of one side and `euro` of the other would
/// be an amount that nobody wrote.
const WHOLE: [&str; 1] = ["quantity"];

/// Days on which something was last done: where both sides did it, the later one holds.
const LATEST: [&str; 2] = ["reviewed", "accessed"];

/// What a merge makes of a value: the same twice, but for what is in conflict.
pub struct Both {
    pub ours: Option<Json<'static>>,
    pub theirs: Option<Json<'static>>,
}

impl Both {
    pub fn clean(value: Option<&Json<'static>>) -> Self {
        Self { ours: value.cloned(), theirs: value.cloned() }
    }
}

/// Where a value stands, for naming conflicts, and the conflicts found so far.
pub struct Place<'c> {
    pub path: String,
    pub conflicts: &'c mut Vec<String>,
}

impl Place<'_> {
    pub fn below(&mut self, part: &str) -> Place<'_> {
        let joint = if self.path.is_empty() { "" } else { ", " };
        Place { path: format!("{}{joint}{part}", self.path), conflicts: self.conflicts }
    }

    /// Notes that both sides changed what stands here.
    pub fn conflict(&mut self) {
        self.conflicts.push(self.path.clone());
    }
}

/// Merges the texts of a file that holds one record.
pub fn file(schema: &Schema, texts: Sides<&str>, markers: &Markers) -> Option<Merged> {
    let sides = texts.map(|text| read(schema, text));
    let sides = Sides { base: sides.base?, ours: sides.ours?, theirs: sides.theirs? };
    let mut conflicts = Vec::new();
    let mut place = Place { path: String::new(), conflicts: &mut conflicts };
    let both = value(sides.as_ref().map(Option::as_ref), "", &mut place);
    let text = |record: Option<Json>| {
        record.map(|record| schema.canonical(&record, Form::File)).unwrap_or_default()
    };
    let ours = text(both.ours);
    let text = if conflicts.is_empty() { ours } else { markers.between(&ours, &text(both.theirs)) };
    Some(Merged { text, conflicts })
}

/// The record of a text, as its canonical form says it; `Some(None)` where the text is empty, and
/// none where it is no sound record.
#[allow(clippy::option_option)]
pub fn read(schema: &Schema, text: &str) -> Option<Option<Json<'static>>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Some(None);
    }
    // A key given twice would lose one of its values.
    let (json, repeats) = Json::parse(text).ok()?;
    if repeats || json.members().is_none() {
        return None;
    }
    let canonical = schema.canonical(&json, Form::Line);
    Json::parse(&canonical).ok().map(|(json, _)| Some(json.into_owned()))
}

/// Merges a value; `key` is the member that holds it.
pub fn value(sides: Sides<Option<&Json<'static>>>, key: &str, place: &mut Place) -> Both {
    let Sides { base, ours, theirs } = sides;
    if ours == theirs || theirs == base {
        return Both::clean(ours);
    }
    if ours == base {
        return Both::clean(theirs);
    }
    if let (Some(Json::String(a)), Some(Json::String(b))) = (ours, theirs)
        && LATEST.contains(&key)
    {
        return Both::clean(if a > b { ours } else { theirs });
    }
    if let (Some(ours), Some(theirs)) = (ours, theirs)
        && let Some(objects) = objects(base, ours, theirs)
        && !WHOLE.contains(&key)
    {
        return members(objects, place);
    }
    if let Some(Both { ours: a, theirs: b }) =
        lists(sides).and_then(|lists| items::merge(lists, key, place))
    {
        // A list that one side took out is not left behind empty.
        let out = ours.is_none() || theirs.is_none();
        let there = |list: &Json| !(out && list.items().is_empty());
        return Both { ours: a.filter(there), theirs: b.filter(there) };
    }
    place.conflict();
    Both { ours: ours.cloned(), theirs: theirs.cloned() }
}

/// The members of a value that is an object on both sides, and was one or nothing before.
fn objects<'j>(
    base: Option<&'j Json<'static>>,
    ours: &'j Json<'static>,
    theirs: &'j Json<'static>,
) -> Option<Sides<Option<&'j Members<'static>>>> {
    let (ours, theirs) = (ours.members()?, theirs.members()?);
    let base = match base {
        Some(base) => Some(base.members()?),
        None => None,
    };
    Some(Sides { base, ours: Some(ours), theirs: Some(theirs) })
}

/// The items of a value that is a list wherever it is there; a list that is not there is empty.
fn lists<'j>(sides: Sides<Option<&'j Json<'static>>>) -> Option<Sides<&'j [Json<'static>]>> {
    let list = |side: Option<&'j Json<'static>>| match side {
        None => Some(&[][..]),
        Some(Json::Array(items)) => Some(items.as_slice()),
        Some(_) => None,
    };
    let Sides { base, ours, theirs } = sides.map(list);
    Some(Sides { base: base?, ours: ours?, theirs: theirs? })
}

/// Merges the members of an object one by one.
fn members(sides: Sides<Option<&Members<'static>>>, place: &mut Place) -> Both {
    let keys = sides.map(|members| {
        members.map(|members| members.iter().map(|(key, _)| key.as_ref()).collect::<Vec<_>>())
    });
    let keys = keys.map(Option::unwrap_or_default);
    let mut merged = BTreeMap::new();
    for key in keys.ours.iter().chain(&keys.theirs) {
        if !merged.contains_key(key) {
            let member = sides.map(|members| members.and_then(|members| members.get(key)));
            merged.insert(*key, value(member, key, &mut place.below(key)));
        }
    }
    // How members are ordered means nothing, so that two orders are no conflict.
    let order = order::order(&keys, |key| {
        merged.get(key).is_some_and(|both| both.ours.is_some() || both.theirs.is_some())
    });
    let order = order.ours.min(order.theirs);
    let side = |of: fn(&Both) -> &Option<Json<'static>>| {
        let members = order.iter().filter_map(|key| Some((*key, of(merged.get(key)?).clone()?)));
        Some(Json::Object(members.map(|(key, value)| (key.to_owned().into(), value)).collect()))
    };
    Both { ours: side(|both| &both.ours), theirs: side(|both| &both.theirs) }
}
