//! What members are called in questions, and in which order they are asked for.

use crate::model::RecordKind;

/// In which order people think of a record: what it says first, its confidence after the
/// citations, its id last.
pub fn rank(kind: RecordKind, pointer: &str) -> usize {
    let order: &[&str] = match kind {
        RecordKind::Claim => &["/statement", "/kind", "/subjects", "/topics", "/date", "/quantity"],
        RecordKind::Source => &["/url", "/title", "/type", "/publisher"],
        RecordKind::Publisher | RecordKind::Subject => &["/name", "/kind"],
    };
    match pointer {
        "/id" => usize::MAX,
        "/confidence" => usize::MAX - 1,
        _ => order.iter().position(|first| pointer.starts_with(first)).unwrap_or(order.len()),
    }
}

/// Members that people call something else than the key, and what helps to answer where the
/// schema's description, which is about records, does not.
const ASKED: &[(&str, &str, &str)] = &[
    ("id", "ID", "Permanent once released: a few words that tell it from others, and the year"),
    ("url", "URL", "Its address: https://…"),
    ("doi", "DOI", ""),
    ("isbn", "ISBN", ""),
    ("archived_url", "Address of an archived copy", "Such as https://web.archive.org/…"),
    ("title_en", "Title in English", ""),
    ("type", "Kind of work", "Type to search, Enter takes it"),
    ("publisher", "Publisher", "Who published it: type to search, Enter takes it"),
    (
        "issued",
        "Issued",
        "When it was published, such as 2025-03-11 or 2025-03; XXXX where that cannot be seen",
    ),
    ("lang", "Language", "Language of the work in short: en, pt-BR, ru, zh"),
    ("accessed", "Accessed", "The day you read it, such as 2025-03-11"),
    (
        "derived_from",
        "Derived from",
        "Sources that it repeats: type to search, Space marks, Enter goes on",
    ),
    ("subjects", "Subjects", "Who or what it is about: type to search, Space marks, Enter goes on"),
    ("topics", "Topics", "Type to search, Space marks, Enter goes on"),
    ("unit", "Unit", "Type to search, Enter takes it"),
    ("source", "Source", "Type to search by title, publisher or address, Enter takes it"),
    ("claim", "Claim", "Type to search, Enter takes it"),
    ("shows", "What does the source show?", "In your own words, what it shows about this claim"),
    (
        "date",
        "Date",
        "When it is or was true in the world, such as 2025-03-11, 2025-03 or 2024/2028",
    ),
    ("country", "Country", "Where it is at home, by its two letters: BR, CN, IN, RU, ZA"),
    ("owner", "Owner", "Who controls it, as an id; publishers of one owner count as one origin"),
    ("same_as", "Same as", "Addresses of pages about the same thing"),
];

/// What Enter takes where somebody knows no better: what claims the least.
const USUAL: &[(&str, &str)] = &[("type", "webpage"), ("directness", "secondary")];

fn asked(pointer: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let key = key(pointer);
    // A relation has another type than a work.
    let of_work = key != "type" || !pointer.starts_with("/relations");
    ASKED.iter().find(|(name, ..)| *name == key && of_work)
}

fn key(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or_default()
}

/// What helps to answer, if that is not the schema's description.
pub fn hint(pointer: &str) -> Option<&'static str> {
    asked(pointer).map(|(.., hint)| *hint).filter(|hint| !hint.is_empty())
}

/// The word that comes first among those to choose from.
pub fn usual(pointer: &str) -> Option<&'static str> {
    USUAL.iter().find(|(name, _)| *name == key(pointer)).map(|(_, word)| *word)
}

/// What a member is called in a question.
pub fn label(pointer: &str) -> String {
    if let Some((_, label, _)) = asked(pointer) {
        return (*label).to_owned();
    }
    let words = key(pointer).replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A word with what a description says of it: `word: …`.
pub fn explained(word: &str, about: &str) -> String {
    let sentences = about.split(['.', ';']).map(str::trim);
    let own = sentences.filter_map(|sentence| sentence.strip_prefix(word)?.strip_prefix(": "));
    own.map(|words| format!("{word}: {words}")).next().unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_explained_by_their_description() {
        let about = "event: something that happened. state: how things stand.";
        assert_eq!(explained("state", about), "state: how things stand");
        assert_eq!(explained("other", about), "other");
        assert_eq!(label("/confidence_note"), "Confidence note");
    }
}
