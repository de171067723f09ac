//! One JSON text: its value as a tree that borrows from the text, and where in the text every part
//! of it stands. Nothing here knows what a claim is.

mod lines;
mod locate;
mod mistake;
mod parts;
mod read;
mod syntax;

pub use lines::{Lines, first_line, line_column};
pub use locate::{Part, Repeat, character, locate, repeated_keys};
pub use parts::{items, members};
pub use syntax::{SyntaxError, explain};

use serde_json::Number;
use std::{borrow::Cow, fmt};

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
        read::keep_last(&mut members);
        Self(members)
    }
}

impl<'a> Json<'a> {
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

/// Whether a text stands in JSON as it is: looked at eight bytes at a time, since nearly every text of
/// a dataset does.
#[must_use]
pub fn needs_no_escape(text: &str) -> bool {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    // The highest bit of a byte, where that byte is less than another below 0x80.
    let less =
        |bytes: u64, than: u8| bytes.wrapping_sub(EACH * u64::from(than)) & !bytes & (EACH << 7);
    let plain = |bytes: &[u8; 8]| {
        let bytes = u64::from_le_bytes(*bytes);
        let is = |byte: u8| less(bytes ^ (EACH * u64::from(byte)), 1);
        less(bytes, 0x20) | is(b'"') | is(b'\\') == 0
    };
    let bytes = text.as_bytes();
    match bytes.last_chunk() {
        Some(last) => plain(last) && bytes.as_chunks().0.iter().all(plain),
        None => bytes.iter().all(|b| *b >= 0x20 && *b != b'"' && *b != b'\\'),
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
