//! From a text to its value, and whether an object in it repeats a key.

use super::{Json, Members};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::{borrow::Cow, cell::Cell, fmt};

impl<'a> Json<'a> {
    /// Reads one JSON text; the flag says whether an object in it repeats a key.
    ///
    /// # Errors
    /// Where the text is no JSON: serde_json's error, which [`explain`](super::explain) words for people.
    pub fn parse(text: &'a str) -> Result<(Self, bool), serde_json::Error> {
        let repeats = Cell::new(false);
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let value = Seed(&repeats).deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok((value, repeats.get()))
    }
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

/// Drops members whose key comes again.
pub fn keep_last(members: &mut Vec<Member>) {
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
}
