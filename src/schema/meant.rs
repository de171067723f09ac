//! What somebody meant who wrote something that a schema refuses: a synonym, other capitals, an
//! address as a browser shows it, a date in another form.

use super::nodes::{self, Node};
use crate::{
    date::{self, Day, date_words},
    document::Json,
    text::{did_you_mean, is_sure, list},
};

/// The one of `options` that is meant, and whether surely: by a synonym that the schema names under
/// `x-meant`, else by a slip.
pub fn word<'s>(nodes: &[&'s Node], given: &str, options: &'s [String]) -> Option<(&'s str, bool)> {
    let near = || {
        let near = did_you_mean(given, options.iter().map(String::as_str))?;
        Some((near, is_sure(given, near)))
    };
    synonym(nodes, given).map(|word| (word, true)).or_else(near)
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
    let known = known.or_else(|| address(nodes, given));
    match known.or_else(|| doi(nodes, given)).or_else(|| decimal(nodes, given)) {
        Some(meant) => vec![meant],
        None => dates(nodes, given),
    }
}

/// Whether a place takes what this pattern begins with.
fn takes(nodes: &[&Node], pattern: &str) -> bool {
    nodes::text(nodes, "pattern").is_some_and(|wanted| wanted.starts_with(pattern))
}

/// The address that is meant by one without its scheme or with spaces, where the place takes
/// addresses.
fn address(nodes: &[&Node], given: &str) -> Option<String> {
    let scheme = ["https://", "http://"].iter().any(|scheme| given.starts_with(scheme));
    let plain = scheme || given.starts_with("www.");
    if !takes(nodes, "^https?://") || !plain || given.chars().any(|c| c.is_whitespace() && c != ' ')
    {
        return None;
    }
    let host = given.split('/').nth(if scheme { 2 } else { 0 })?;
    let scheme = if scheme { "" } else { "https://" };
    let sound = !host.is_empty() && !host.contains(' ');
    let meant = format!("{scheme}{}", given.replace(' ', "%20"));
    (sound && meant != given).then_some(meant)
}

/// The DOI that is meant by the address of one, or by one with its name before it.
fn doi(nodes: &[&Node], given: &str) -> Option<String> {
    let at = given.find("10.").filter(|_| takes(nodes, "^10\\."))?;
    let (before, doi) = given.split_at(at);
    let before = before.trim().trim_end_matches(['/', ':']).to_lowercase();
    let before = before
        .strip_prefix("http")
        .map_or(before.as_str(), |rest| rest.trim_start_matches('s').trim_start_matches("://"));
    let named = ["doi", "doi.org", "dx.doi.org", "www.doi.org"].contains(&before);
    (named && !doi.contains(char::is_whitespace)).then(|| doi.to_owned())
}

/// The decimal that is meant by one whose digits stand in threes; of a single three nobody can tell
/// whether it is a fraction.
fn decimal(nodes: &[&Node], given: &str) -> Option<String> {
    let apart = [',', ' ', '\u{a0}', '\u{202f}', '\'', '’', '_'];
    let mark = given.chars().find(|c| apart.contains(c)).filter(|_| takes(nodes, "^-?(0|[1-9]"))?;
    let (whole, fraction) = given.split_once('.').unwrap_or((given, ""));
    let mut groups = whole.trim_start_matches('-').split(mark);
    let first = groups.next()?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let sound = (1..=3).contains(&first.len()) && digits(first) && !first.starts_with('0');
    let groups: Vec<&str> = groups.collect();
    let threes = groups.iter().all(|group| group.len() == 3 && digits(group));
    let certain = mark != ',' || groups.len() > 1 || given.contains('.');
    let certain = certain && digits(fraction) && !given.ends_with('.');
    (sound && threes && certain).then(|| given.replace(mark, ""))
}

/// The id that words make, where the place takes ids: whether it is one that exists nobody knows.
pub fn id(nodes: &[&Node], given: &str) -> Option<String> {
    let letters = given.chars().filter(|c| c.is_alphanumeric());
    let sound = takes(nodes, "^[a-z0-9]+(-") && letters.clone().all(|c| c.is_ascii());
    let words = given.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.collect::<Vec<_>>().join("-").to_lowercase();
    (sound && !id.is_empty() && id != given).then(|| quoted(&id))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::embedded;

    #[test]
    fn what_is_certain_is_meant() {
        for (schema, pointer, given, expected) in [
            ("claim", "/quantity/amount", "42,000,000", Some("42000000")),
            ("claim", "/quantity/amount", "1 250 000.50", Some("1250000.50")),
            ("claim", "/quantity/amount", "12'500", Some("12500")),
            // Thousands in one country, a fraction in another.
            ("claim", "/quantity/amount", "42,000", None),
            ("claim", "/quantity/amount", "4,20,000", None),
            ("claim", "/quantity/amount", "42 million", None),
            ("source", "/doi", "https://doi.org/10.5555/aldine.7", Some("10.5555/aldine.7")),
            ("source", "/doi", "doi: 10.5555/aldine.7", Some("10.5555/aldine.7")),
            ("source", "/doi", "https://example.org/10.5555/aldine.7", None),
            ("source", "/url", "https://example.org/a b", Some("https://example.org/a%20b")),
            ("source", "/url", "www.example.org/a", Some("https://www.example.org/a")),
            ("source", "/url", "https://a b/c", None),
            ("source", "/url", "https:///c", None),
        ] {
            let root = embedded(schema);
            let meant = texts(&nodes::at(&root, pointer), given);
            assert_eq!(meant.first().map(String::as_str), expected, "{given}");
        }
        let root = embedded("claim");
        let id = |given| id(&nodes::at(&root, "/subjects/0"), given);
        assert_eq!(id("Harbour bridge").as_deref(), Some("\"harbour-bridge\""));
        assert_eq!(id("Индия"), None);
    }
}
