//! One JSON text: its value as a tree that borrows from the text, and where in the text every part
//! of it stands. Nothing here knows what a claim is.

mod locate;
mod parts;
mod syntax;

pub use locate::{Part, Repeat, character, locate, repeated_keys};
pub use parts::{items, members};
pub use syntax::{SyntaxError, explain};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::{borrow::Cow, cell::Cell, fmt, ops::Range};

/// A JSON value that borrows its text. Members keep the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Json<'a> {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string, borrowed unless it has escapes.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Json<'a>>),
    /// An object.
    Object(Members<'a>),
}

/// The members of an object in the order of the text, without repeated keys: the last one counts,
/// as it does for every common parser.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Members<'a> {
    /// The value under `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json<'a>> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Every member, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, (Cow<'a, str>, Json<'a>)> {
        self.0.iter()
    }

    /// How many members there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> FromIterator<(Cow<'a, str>, Json<'a>)> for Members<'a> {
    fn from_iter<I: IntoIterator<Item = (Cow<'a, str>, Json<'a>)>>(members: I) -> Self {
        let mut members = members.into_iter().collect();
        keep_last(&mut members);
        Self(members)
    }
}

impl<'a> Json<'a> {
    /// Reads one JSON text; the flag says whether an object in it repeats a key.
    ///
    /// # Errors
    /// Where the text is no JSON: serde_json's error, which [`explain`] words for people.
    pub fn parse(text: &'a str) -> Result<(Self, bool), serde_json::Error> {
        let repeats = Cell::new(false);
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let value = Seed(&repeats).deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok((value, repeats.get()))
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items of an array; none for anything else.
    #[must_use]
    pub fn items(&self) -> &[Json<'a>] {
        match self {
            Self::Array(items) => items,
            _ => &[],
        }
    }

    /// The members of an object.
    #[must_use]
    pub fn members(&self) -> Option<&Members<'a>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The value a JSON pointer (RFC 6901) names.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Json<'a>> {
        pointer.split('/').skip(1).try_fold(self, |at, token| match at {
            Self::Object(members) => members.get(&unescape_token(token)),
            Self::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// The same value, independent of its text.
    #[must_use]
    pub fn into_owned(self) -> Json<'static> {
        let owned = |text: Cow<str>| Cow::Owned(text.into_owned());
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(value),
            Self::Number(number) => Json::Number(number),
            Self::String(text) => Json::String(owned(text)),
            Self::Array(items) => Json::Array(items.into_iter().map(Json::into_owned).collect()),
            Self::Object(Members(members)) => Json::Object(Members(
                members.into_iter().map(|(key, value)| (owned(key), value.into_owned())).collect(),
            )),
        }
    }

    /// The same value as a `serde_json::Value`.
    #[must_use]
    pub fn to_value(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(number) => Value::Number(number.clone()),
            Self::String(text) => Value::String(text.clone().into_owned()),
            Self::Array(items) => Value::Array(items.iter().map(Json::to_value).collect()),
            Self::Object(members) => Value::Object(
                members.iter().map(|(key, value)| (key.to_string(), value.to_value())).collect(),
            ),
        }
    }
}

/// The value on one line, as a person would write it.
impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let parted = |f: &mut fmt::Formatter, i: usize| f.write_str(if i > 0 { ", " } else { "" });
        match self {
            Self::Array(items) => {
                f.write_str("[")?;
                for (i, item) in items.iter().enumerate() {
                    parted(f, i)?;
                    write!(f, "{item}")?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (i, (key, value)) in members.iter().enumerate() {
                    parted(f, i)?;
                    write!(f, "{}: {value}", Json::String(Cow::Borrowed(key)))?;
                }
                f.write_str("}")
            }
            scalar => write!(f, "{}", scalar.to_value()),
        }
    }
}

/// One token of a JSON pointer, escaped (RFC 6901, section 3).
#[must_use]
pub fn escape_token(token: &str) -> Cow<'_, str> {
    if token.contains(['~', '/']) {
        token.replace('~', "~0").replace('/', "~1").into()
    } else {
        token.into()
    }
}

/// One token of a JSON pointer, as the key it names.
#[must_use]
pub fn unescape_token(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        token.replace("~1", "/").replace("~0", "~").into()
    } else {
        token.into()
    }
}

/// The line and column of a byte offset, both from 1; columns count characters.
#[must_use]
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    // Every byte that does not continue a character begins one.
    (line, before[start..].iter().filter(|byte| **byte & 0xC0 != 0x80).count() + 1)
}

/// Where the lines of a text begin, for asking [`line_column`] of many places of a long one.
pub struct Lines(Vec<usize>);

impl Lines {
    /// Finds the lines of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let after = |(at, byte): (usize, u8)| (byte == b'\n').then_some(at + 1);
        Self(std::iter::once(0).chain(text.bytes().enumerate().filter_map(after)).collect())
    }

    /// The line and column of a byte offset in the same text, as [`line_column`] gives them.
    #[must_use]
    pub fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = offset.min(text.len());
        let line = self.0.partition_point(|start| *start <= offset);
        let start = self.0[line - 1];
        (line, line_column(&text[start..], offset - start).1)
    }
}

/// The range of `text` with its end at most at the end of the line it starts on.
#[must_use]
pub fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let end = text[range.clone()].find(['\n', '\r']).map_or(range.end, |at| range.start + at);
    range.start..end
}

struct Seed<'s>(&'s Cell<bool>);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Json<'de>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }
    fn visit_str<E>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Owned(value.to_owned())))
    }
    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Borrowed(value)))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Seed(self.0))? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json<'de>, A::Error> {
        let mut members = Vec::with_capacity(8);
        while let Some(Key(key)) = map.next_key()? {
            members.push((key, map.next_value_seed(Seed(self.0))?));
        }
        if has_repeats(&members) {
            self.0.set(true);
            keep_last(&mut members);
        }
        Ok(Json::Object(Members(members)))
    }
}

type Member<'a> = (Cow<'a, str>, Json<'a>);

fn has_repeats(members: &[Member]) -> bool {
    // Comparing every pair beats building a set for the few keys that records have.
    if members.len() <= 24 {
        return members
            .iter()
            .enumerate()
            .any(|(i, (key, _))| members[..i].iter().any(|(earlier, _)| earlier == key));
    }
    let mut keys: Vec<&str> = members.iter().map(|(key, _)| key.as_ref()).collect();
    keys.sort_unstable();
    keys.windows(2).any(|pair| pair[0] == pair[1])
}

fn keep_last(members: &mut Vec<Member>) {
    let mut seen = std::collections::BTreeSet::new();
    members.reverse();
    members.retain(|(key, _)| seen.insert(key.to_string()));
    members.reverse();
}

struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_str<E>(self, value: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(value.to_owned())))
            }
            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(value)))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_keys_are_noticed_and_the_last_counts() {
        let (value, repeats) =
            Json::parse(r#"{"a":1,"b":{"k\u0065y":1,"key":2},"a":3}"#).expect("JSON");
        assert!(repeats);
        assert_eq!(value.to_value(), serde_json::json!({"a": 3, "b": {"key": 2}}));
        let many = (0..100).map(|i| format!("\"k{i}\":0")).collect::<Vec<_>>().join(",");
        assert!(!Json::parse(&format!("{{{many}}}")).expect("JSON").1);
        assert!(Json::parse(&format!("{{{many},\"k7\":1}}")).expect("JSON").1);
    }

    #[test]
    fn columns_count_characters() {
        let text = "a\nñá𝄞b\r\nc";
        assert_eq!(line_column(text, text.find('b').expect("b")), (2, 4));
        assert_eq!(line_column(text, text.len()), (3, 2));
        assert_eq!(line_column("", 0), (1, 1));
        for text in [text, "", "\n", "a\n\né\n"] {
            let lines = Lines::of(text);
            for offset in (0..=text.len() + 1).filter(|offset| text.is_char_boundary(*offset)) {
                assert_eq!(lines.line_column(text, offset), line_column(text, offset));
            }
        }
    }
}
