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

/// What a member is called in a question.
pub fn label(pointer: &str) -> String {
    let key = pointer.rsplit('/').next().unwrap_or_default();
    match key {
        "shows" => return "What does the source show?".to_owned(),
        "doi" | "isbn" | "id" | "url" => return key.to_uppercase(),
        "lang" => return "Language".to_owned(),
        "type" if !pointer.contains("relations") => return "Kind of work".to_owned(),
        _ => {}
    }
    let words = key.replace('_', " ");
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
