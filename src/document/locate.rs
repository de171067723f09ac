//! Where in a JSON text the value that a pointer names stands.
//!
//! The text is read once more, only when a finding needs a place, by the same parser that accepted
//! it: a borrowed `&RawValue` is a slice of the text, so its offset is the distance of two pointers.

use super::{escape_token, unescape_token};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::{collections::BTreeMap, fmt, ops::Range};

/// What of a member a place means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The key before the colon.
    Key,
    /// The value after it.
    Value,
}

/// The byte range of the value (or key) that `pointer` names in `text`, a JSON text. A pointer that
/// names nothing, such as a missing key, gives its closest parent.
#[must_use]
pub fn locate(text: &str, pointer: &str, part: Part) -> Range<usize> {
    let Ok(mut raw) = serde_json::from_str::<&RawValue>(text) else { return 0..0 };
    let mut key = None;
    for token in pointer.split('/').skip(1) {
        let token = unescape_token(token);
        let next = match raw.get().as_bytes().first() {
            // The last of repeated keys counts.
            Some(b'{') => members(raw)
                .into_iter()
                .rev()
                .find(|(name, _)| unescape(name) == token)
                .map(|(name, value)| (Some(name), value)),
            Some(b'[') => items(raw)
                .get(token.parse::<usize>().unwrap_or(usize::MAX))
                .map(|value| (None, *value)),
            _ => None,
        };
        let Some((name, value)) = next else { return range(text, raw) };
        (key, raw) = (name, value);
    }
    match (part, key) {
        (Part::Key, Some(key)) => range(text, key),
        _ => range(text, raw),
    }
}

/// The byte range of one character of a JSON string, given the range of the string with its quotes
/// and the character's index in the decoded text.
#[must_use]
pub fn character(text: &str, string: Range<usize>, index: usize) -> Range<usize> {
    let inner = string.start + 1..string.end.saturating_sub(1);
    let Some(body) = text.get(inner.clone()) else { return string };
    let (mut at, mut seen) = (0, 0);
    while at < body.len() {
        let end = at + encoded_len(&body[at..]);
        if seen == index {
            return inner.start + at..inner.start + end;
        }
        (at, seen) = (end, seen + 1);
    }
    string
}

/// How many bytes the next character of a JSON string takes in the text, escapes included.
fn encoded_len(body: &str) -> usize {
    let escape = |at: usize| body.get(at..at + 6).filter(|e| e.starts_with("\\u"));
    match (body.starts_with('\\'), escape(0)) {
        (false, _) => body.chars().next().map_or(1, char::len_utf8),
        (true, None) => 2,
        (true, Some(unit)) => {
            let high =
                u16::from_str_radix(&unit[2..], 16).is_ok_and(|u| (0xD800..0xDC00).contains(&u));
            if high && escape(6).is_some() { 12 } else { 6 }
        }
    }
}

/// A key given twice in one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// The member's JSON pointer.
    pub pointer: String,
    /// The key where it stands first.
    pub first: Range<usize>,
    /// The key where it stands again.
    pub again: Range<usize>,
}

/// Every repeated key of a JSON text, in its order.
#[must_use]
pub fn repeated_keys(text: &str) -> Vec<Repeat> {
    let mut found = Vec::new();
    if let Ok(raw) = serde_json::from_str::<&RawValue>(text) {
        walk(text, raw, "", &mut found);
    }
    found.sort_by_key(|repeat: &Repeat| repeat.again.start);
    found
}

fn walk(text: &str, raw: &RawValue, at: &str, found: &mut Vec<Repeat>) {
    match raw.get().as_bytes().first() {
        Some(b'{') => {
            let mut seen = BTreeMap::new();
            for (key, value) in members(raw) {
                let name = unescape(key);
                let pointer = format!("{at}/{}", escape_token(&name));
                let again = range(text, key);
                if let Some(first) = seen.get(&name).cloned() {
                    found.push(Repeat { pointer: pointer.clone(), first, again });
                } else {
                    seen.insert(name, again);
                }
                walk(text, value, &pointer, found);
            }
        }
        Some(b'[') => {
            for (i, item) in items(raw).into_iter().enumerate() {
                walk(text, item, &format!("{at}/{i}"), found);
            }
        }
        _ => {}
    }
}

fn range(text: &str, raw: &RawValue) -> Range<usize> {
    let start = raw.get().as_ptr() as usize - text.as_ptr() as usize;
    start..start + raw.get().len()
}

fn members(raw: &RawValue) -> Vec<(&RawValue, &RawValue)> {
    serde_json::from_str::<RawMembers>(raw.get()).map(|members| members.0).unwrap_or_default()
}

fn items(raw: &RawValue) -> Vec<&RawValue> {
    serde_json::from_str(raw.get()).unwrap_or_default()
}

fn unescape(key: &RawValue) -> String {
    serde_json::from_str(key.get()).unwrap_or_default()
}

/// An object's members as they are written, repeated keys and all.
pub(super) struct RawMembers<'a>(pub(super) Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for RawMembers<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RawVisitor;
        impl<'de> Visitor<'de> for RawVisitor {
            type Value = RawMembers<'de>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(RawMembers(members))
            }
        }
        deserializer.deserialize_map(RawVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n  \"id\": \"a\",\n  \"título\": \"ñandú\", \"n\": 1,\n  \"a/b\": {\"x~y\": [10, 20, {\"k\\u0065y\": 1, \"key\": 2}]},\n  \"id\": \"b\"\n}\n";

    #[test]
    fn pointers_find_their_text() {
        let at = |pointer, part| &TEXT[locate(TEXT, pointer, part)];
        assert_eq!(at("/n", Part::Value), "1");
        assert_eq!(at("/n", Part::Key), "\"n\"");
        assert_eq!(at("/a~1b/x~0y/1", Part::Value), "20");
        assert_eq!(at("/id", Part::Value), "\"b\"");
        assert!(at("/a~1b/missing", Part::Value).starts_with("{\"x~y\""));
    }

    #[test]
    fn characters_are_found_behind_escapes() {
        let text = r#"["a\nñ\u00e9\ud83d\ude00z"]"#;
        let string = locate(text, "/0", Part::Value);
        let at = |index| &text[character(text, string.clone(), index)];
        assert_eq!(
            [at(0), at(1), at(2), at(3), at(4), at(5)],
            ["a", "\\n", "ñ", "\\u00e9", "\\ud83d\\ude00", "z"]
        );
        assert_eq!(at(6), &text[string.clone()]);
    }

    #[test]
    fn repeats_are_found_however_they_are_escaped() {
        let found = repeated_keys(TEXT);
        let pointers: Vec<_> = found.iter().map(|r| r.pointer.as_str()).collect();
        assert_eq!(pointers, ["/a~1b/x~0y/2/key", "/id"]);
        assert_eq!(&TEXT[found[1].first.clone()], "\"id\"");
        assert!(found[1].first.start < found[1].again.start);
    }
}
