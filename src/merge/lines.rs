//! A file with one record a line: records are the same where their ids are.

use super::{
    Markers, Merged, Sides, order,
    record::{self, Place, value},
};
use crate::{
    document::Json,
    schema::{Form, Schema},
};
use std::collections::BTreeMap;

/// Merges the texts of a `.jsonl` file. A record in conflict stands there once for each side, with
/// everything else merged.
pub fn merge(schema: &Schema, texts: Sides<&str>, markers: &Markers) -> Option<Merged> {
    let Sides { base, ours, theirs } = texts.map(|text| records(schema, text));
    let sides = Sides { base: base?, ours: ours?, theirs: theirs? };
    let mut conflicts = Vec::new();
    let mut merged = BTreeMap::new();
    for id in sides.ours.ids.iter().chain(&sides.theirs.ids) {
        if !merged.contains_key(id) {
            let mut place = Place { path: id.clone(), conflicts: &mut conflicts };
            let record = sides.as_ref().map(|side| side.table.get(id));
            merged.insert(id.clone(), value(record, "", &mut place));
        }
    }
    let order = order::order(&sides.map(|side| side.ids), |id| {
        merged.get(id).is_some_and(|both| both.ours.is_some() || both.theirs.is_some())
    });
    let line = |record: &Option<Json>| match record {
        Some(record) => schema.canonical(record, Form::Line) + "\n",
        None => String::new(),
    };
    let mut text = String::new();
    for both in order.ours.min(order.theirs).iter().filter_map(|id| merged.get(id)) {
        let ours = line(&both.ours);
        if both.ours == both.theirs {
            text.push_str(&ours);
        } else {
            markers.conflict(&ours, &line(&both.theirs), &mut text);
        }
    }
    Some(Merged { text, conflicts })
}

/// The records of one side, and their ids in the order of the file.
struct Records {
    ids: Vec<String>,
    table: BTreeMap<String, Json<'static>>,
}

/// The records of a text; none where one is not sound, has no id, or has that of another.
fn records(schema: &Schema, text: &str) -> Option<Records> {
    let mut found = Records { ids: Vec::new(), table: BTreeMap::new() };
    for line in text.lines() {
        let Some(record) = record::read(schema, line)? else { continue };
        let id = record.members()?.get("id")?.as_str()?.to_owned();
        found.ids.push(id.clone());
        if found.table.insert(id, record).is_some() {
            return None;
        }
    }
    Some(found)
}
