//! CSL-JSON, as reference managers export it.

use super::{Fact, tidy};
use crate::{
    error::{Error, Result},
    text::code_list,
};
use serde_json::{Value, json};

/// Members that are taken as they are.
const PLAIN: &[(&str, &str)] = &[
    ("title", "/title"),
    ("type", "/type"),
    ("container-title", "/container"),
    ("number", "/number"),
    ("publisher", "/publisher"),
    ("URL", "/url"),
];

/// The facts of a work; of several, the one whose `id` is `key`.
pub fn read(text: &str, key: Option<&str>) -> Result<Vec<Fact>> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|e| Error::new(format!("it is no JSON: {e}")))?;
    let works: Vec<&Value> = match &value {
        Value::Array(works) => works.iter().collect(),
        work => vec![work],
    };
    let id = |work: &Value| {
        work.get("id")
            .map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned))
            .unwrap_or_default()
    };
    let ids: Vec<String> = works.iter().map(|work| id(work)).collect();
    let at = one(&ids, key)?;
    let work = works[at];
    if work.get("title").is_none() && work.get("type").is_none() {
        return Err(Error::new("it is no CSL-JSON: it has neither `type` nor `title`"));
    }
    Ok(facts(work))
}

/// Which of several works is meant.
pub fn one(keys: &[String], key: Option<&str>) -> Result<usize> {
    match (keys, key) {
        ([], _) => Err(Error::new("it holds no work")),
        (_, Some(key)) => keys.iter().position(|other| other == key).ok_or_else(|| {
            Error::new(format!("it holds no work `{key}`"))
                .hint(format!("it holds {}", code_list(keys, "and")))
        }),
        ([_], None) => Ok(0),
        (several, None) => Err(Error::new(format!("it holds {} works", several.len()))
            .hint(format!("name one with FILE#KEY: {}", code_list(several, "or")))),
    }
}

fn facts(work: &Value) -> Vec<Fact> {
    let mut facts = Vec::new();
    let text = |key: &str| {
        let value = work.get(key)?;
        let text =
            value.as_str().map(tidy::line).or_else(|| value.as_i64().map(|n| n.to_string()))?;
        Some(text).filter(|text| !text.is_empty())
    };
    let mut add = |pointer, value: Option<String>, key: &str| {
        facts.extend(value.map(|value| Fact::new(pointer, value, key)));
    };
    for (key, pointer) in PLAIN {
        add(pointer, text(key), key);
    }
    add("/doi", text("DOI").and_then(|doi| tidy::doi(&doi)), "DOI");
    add("/isbn", text("ISBN").map(|isbn| tidy::isbn(&isbn)), "ISBN");
    add("/lang", text("language").and_then(|tag| tidy::language(&tag)), "language");
    add("/issued", work.get("issued").and_then(date), "issued");
    // A day, and nothing less, is the day it was read.
    add("/accessed", work.get("accessed").and_then(date).filter(|day| day.len() == 10), "accessed");
    let authors = work.get("author").and_then(Value::as_array);
    let authors: Vec<Value> = authors.into_iter().flatten().filter_map(author).collect();
    if !authors.is_empty() {
        facts.push(Fact::new("/authors", authors, "author"));
    }
    facts
}

fn author(value: &Value) -> Option<Value> {
    let part = |key: &str| {
        value.get(key).and_then(Value::as_str).map(tidy::line).filter(|text| !text.is_empty())
    };
    if let Some(literal) = part("literal") {
        return Some(json!({"literal": literal}));
    }
    let particle = part("non-dropping-particle").or_else(|| part("dropping-particle"));
    let family = match (particle, part("family")?) {
        (Some(particle), family) => format!("{particle} {family}"),
        (None, family) => family,
    };
    Some(match part("given") {
        Some(given) => json!({"family": family, "given": given}),
        None => json!({"family": family}),
    })
}

/// A date of CSL: its parts, a range of them, or text.
fn date(value: &Value) -> Option<String> {
    let day = |parts: &Value| {
        let parts: Vec<String> = parts
            .as_array()?
            .iter()
            .map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned))
            .collect();
        tidy::date(&parts.join("-"))
    };
    if let Some(parts) = value.get("date-parts").and_then(Value::as_array) {
        let days: Vec<String> = parts.iter().filter_map(day).collect();
        return match days.as_slice() {
            [one] => Some(one.clone()),
            [from, to] => Some(format!("{from}/{to}")),
            _ => None,
        };
    }
    tidy::date(value.get("raw").or_else(|| value.get("literal"))?.as_str()?)
}
