//! Lets the jsonschema crate read our own tree, so that no second one is built for it.

use crate::document::{Json, Members};
use jsonschema::{
    JsonType,
    json::{self, Node as _, NodeIdentity},
};
use serde_json::{Number, Value};
use std::borrow::Cow;

/// Our tree as jsonschema's representation of JSON.
pub struct Tree;

impl json::Json for Tree {
    type Node<'a> = &'a Json<'a>;
    type PreparedKey = String;
    type StringBuffer = Json<'static>;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(
        buffer: &mut Json<'static>,
        string: &str,
        f: impl FnOnce(Self::Node<'_>) -> T,
    ) -> T {
        *buffer = Json::String(Cow::Owned(string.to_owned()));
        f(buffer)
    }
}

impl<'a> json::Node<'a, Tree> for &'a Json<'a> {
    type Object = &'a Members<'a>;
    type Array = &'a [Json<'a>];
    type Number = &'a Number;

    fn as_object(&self) -> Option<&'a Members<'a>> {
        self.members()
    }
    fn as_array(&self) -> Option<&'a [Json<'a>]> {
        match self {
            Json::Array(items) => Some(items),
            _ => None,
        }
    }
    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.as_str().map(Cow::Borrowed)
    }
    fn as_number(&self) -> Option<&'a Number> {
        match self {
            Json::Number(number) => Some(number),
            _ => None,
        }
    }
    fn as_boolean(&self) -> Option<bool> {
        match self {
            Json::Bool(value) => Some(*value),
            _ => None,
        }
    }
    fn is_null(&self) -> bool {
        matches!(self, Json::Null)
    }
    fn json_type(&self) -> JsonType {
        match self {
            Json::Null => JsonType::Null,
            Json::Bool(_) => JsonType::Boolean,
            Json::Number(_) => JsonType::Number,
            Json::String(_) => JsonType::String,
            Json::Array(_) => JsonType::Array,
            Json::Object(_) => JsonType::Object,
        }
    }
    fn string_length(&self) -> Option<u64> {
        // Every byte that does not continue a character begins one.
        let begins = |text: &str| text.bytes().filter(|byte| byte & 0xC0 != 0x80).count();
        let length = |text: &str| if text.is_ascii() { text.len() } else { begins(text) };
        self.as_str().map(|text| length(text) as u64)
    }
    fn equals_value(&self, expected: &Value) -> bool {
        match (self, expected) {
            (Json::String(text), Value::String(expected)) => text == expected,
            (Json::String(_), _) | (_, Value::String(_)) => false,
            _ => json::cmp::equal(&self.to_value(), expected),
        }
    }
    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(Json::to_value(self))
    }
    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(std::ptr::from_ref::<Json>(self) as usize))
    }
}

impl<'a> json::Object<'a, Tree> for &'a Members<'a> {
    type Node = &'a Json<'a>;
    type MemberName = &'a str;
    type MembersIter = MembersIter<'a>;

    fn len(&self) -> usize {
        Members::len(self)
    }
    fn get(&self, key: &String) -> Option<&'a Json<'a>> {
        Members::get(self, key)
    }
    fn members(&self) -> MembersIter<'a> {
        MembersIter(self.iter())
    }
}

/// The members of an object, as jsonschema walks them.
pub struct MembersIter<'a>(std::slice::Iter<'a, (Cow<'a, str>, Json<'a>)>);

impl<'a> Iterator for MembersIter<'a> {
    type Item = (&'a str, &'a Json<'a>);
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_ref(), value))
    }
}

impl<'a> json::Array<'a, Tree> for &'a [Json<'a>] {
    type Node = &'a Json<'a>;
    type ElementsIter = std::slice::Iter<'a, Json<'a>>;

    fn len(&self) -> usize {
        <[Json]>::len(self)
    }
    fn elements(&self) -> Self::ElementsIter {
        self.iter()
    }
    fn is_unique(&self) -> bool {
        // The sets of records are short lists of ids; anything else is compared as values.
        if self.len() <= 32 && self.iter().all(|item| item.is_string()) {
            return (1..self.len()).all(|i| !self[..i].contains(&self[i]));
        }
        let values: Vec<Cow<Value>> =
            self.iter().map(|item| Cow::Owned(Json::to_value(item))).collect();
        json::unique::is_unique(&values)
    }
}
