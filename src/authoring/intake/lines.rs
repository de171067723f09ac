//! Records as lines of JSON.

use super::{Complaint, Incoming, Input, Options, Spot, columns, gather::Gathered};
use crate::{
    document::{self, Json, Part},
    error::{Error, Result},
    model::RecordKind,
    schema,
};
use serde_json::Value;
use std::ops::Range;

/// Reads the records of a file. Keys that `publish` works out are left out.
pub fn read(input: usize, file: &Input, options: &Options, gathered: &mut Gathered) -> Result<()> {
    let stem = file.name.rsplit(['/', '\\']).next().and_then(|name| name.split('.').next());
    let kind = match &options.table {
        None => stem.and_then(columns::table).filter(|table| table.list.is_none()).map(|t| t.kind),
        Some(name) => {
            let table = columns::table(name).filter(|table| table.list.is_none());
            Some(table.map(|table| table.kind).ok_or_else(|| {
                Error::new(format!("a line of {} is a record, and {name} are none", file.name))
            })?)
        }
    };
    let mut start = 0;
    for (i, line) in file.text.split_inclusive('\n').enumerate() {
        let at = start;
        start += line.len();
        let text = line.trim_start_matches('\u{feff}').trim_end();
        if text.trim().is_empty() {
            continue;
        }
        let from = at + line.find(text).unwrap_or(0);
        let spot = Spot { input, range: from..from + text.len(), words: String::new() };
        let part = |range: Range<usize>| Spot {
            range: from + range.start..from + range.end,
            ..spot.clone()
        };
        let mut complain = |spot, rule, message, help: &str| {
            gathered.complaints.push(Complaint { spot, rule, message, help: help.to_owned() });
        };
        let json = match Json::parse(text) {
            Ok((json, false)) => json,
            Ok((_, true)) => {
                let again =
                    document::repeated_keys(text).into_iter().next().map(|repeat| repeat.again);
                let message = "the key is given twice".to_owned();
                complain(
                    part(again.unwrap_or(0..text.len())),
                    "duplicate-key",
                    message,
                    "keep one of the two",
                );
                continue;
            }
            Err(error) => {
                let error = document::explain(text, &error, true);
                complain(part(error.range), "syntax", error.message, &error.help);
                continue;
            }
        };
        let Some(kind) = kind.or_else(|| kind_of(&json)) else {
            let message = format!("line {}: cannot tell what kind of record this is", i + 1);
            complain(spot.clone(), "schema", message, "say it with --kind");
            continue;
        };
        let mut value = json.to_value();
        if let Value::Object(members) = &mut value {
            members.remove("computed");
            members.remove("$schema");
        }
        let id = json.pointer("/id").and_then(Json::as_str);
        let at = document::locate(text, "/id", Part::Value);
        let id = id.map(|id| (id.to_owned(), part(at)));
        gathered.add(Incoming { record: Some(value), ..Incoming::new(kind, id, spot) });
    }
    Ok(())
}

/// The kind of record whose schema names most of the keys; none where two name as many.
fn kind_of(record: &Json) -> Option<RecordKind> {
    let has = |key: &str| record.members().is_some_and(|members| members.get(key).is_some());
    let word = record.pointer("/kind").and_then(Json::as_str);
    let mut scores: Vec<(usize, RecordKind)> = RecordKind::ALL
        .into_iter()
        .map(|kind| {
            let members = schema::embedded_members(kind.as_str(), "");
            let named = members.iter().filter(|member| has(&member.key)).count();
            let fits = members.iter().any(|member| {
                member.key == "kind"
                    && matches!(&member.takes, schema::Takes::Word(words) if words.iter().any(|w| Some(w.as_str()) == word))
            });
            (2 * named + usize::from(fits), kind)
        })
        .collect();
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    (scores[0].0 > scores[1].0).then_some(scores[0].1)
}
