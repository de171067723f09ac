//! What somebody meant who wrote something that a schema refuses: a synonym, other capitals, an
//! address as a browser shows it, a date in another form.

use super::nodes::{self, Node};
use crate::{
    date::{self, Day, date_words},
    document::Json,
    text::{did_you_mean, list},
};

/// The one of `options` that is surely meant: by a synonym that the schema names under `x-meant`,
/// else by a slip.
pub fn word<'s>(nodes: &[&'s Node], given: &str, options: &'s [String]) -> Option<&'s str> {
    synonym(nodes, given).or_else(|| did_you_mean(given, options.iter().map(String::as_str)))
}

/// What may be meant by a text: one thing where that is certain, a synonym, an example in other
/// capitals, an address or a date; else the days that a date can be.
pub fn texts(nodes: &[&Node], given: &str) -> Vec<String> {
    let synonyms = nodes::keyword(nodes, "x-meant").and_then(Json::members);
    let meant = synonyms.into_iter().flat_map(|members| members.iter().map(|(_, meant)| meant));
    let examples = nodes::keyword(nodes, "examples").map(Json::items).unwrap_or_default();
    let mut known = meant.chain(examples).filter_map(Json::as_str);
    let other_capitals = || known.find(|known| known.to_lowercase() == given.to_lowercase());
    let known = synonym(nodes, given).or_else(other_capitals).map(str::to_owned);
    match known.or_else(|| address(nodes, given)) {
        Some(meant) => vec![meant],
        None => dates(nodes, given),
    }
}

/// The address that is meant by one without its scheme, where the place takes addresses.
fn address(nodes: &[&Node], given: &str) -> Option<String> {
    let wanted = nodes::text(nodes, "pattern")?.starts_with("^https?://");
    let plain = given.starts_with("www.") && !given.contains(char::is_whitespace);
    (wanted && plain).then(|| format!("https://{given}"))
}

fn synonym<'s>(nodes: &[&'s Node], given: &str) -> Option<&'s str> {
    let given = given.trim().to_lowercase();
    let synonyms = nodes::keyword(nodes, "x-meant")?.members()?;
    synonyms.iter().find(|(word, _)| *word == given).and_then(|(_, meant)| meant.as_str())
}

/// The dates that may be meant, where the place takes dates.
fn dates(nodes: &[&Node], given: &str) -> Vec<String> {
    let mut dates = match nodes::text(nodes, "format") {
        Some("edtf" | "date") => date::meant(given),
        _ => Vec::new(),
    };
    if nodes::text(nodes, "format") == Some("date") {
        dates.retain(|date| date.parse::<Day>().is_ok());
    }
    dates
}

/// What to write where one of these is meant; several are dates.
pub fn write(meant: &[String]) -> String {
    let worded = |date: &String| format!("`\"{date}\"` ({})", date_words(date));
    match meant {
        [one] => format!("write `{}`", quoted(one)),
        several => {
            format!("write {}", list(&several.iter().map(worded).collect::<Vec<_>>(), "or"))
        }
    }
}

/// The text as JSON.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
