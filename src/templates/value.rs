//! What Rust hands to templates: any serialised value, as the templates' own.

use super::fields::{Name, map, record};
use minijinja::{Error, ErrorKind, Value};
use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use std::fmt;

/// A value for templates.
pub fn value(of: &(impl Serialize + ?Sized)) -> Result<Value, Error> {
    of.serialize(ToValue).map_err(|error| error.0)
}

/// Text that is printed as it is: an address of a page or an anchor, which holds no markup.
pub struct Safe<T>(pub T);

/// The name by which such text is known again.
const SAFE: &str = "claimbook::Safe";

impl<T: Serialize> Serialize for Safe<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(SAFE, &self.0)
    }
}

/// What cannot be a value.
#[derive(Debug)]
struct NoValue(Error);

impl fmt::Display for NoValue {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for NoValue {}

impl ser::Error for NoValue {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(Error::new(ErrorKind::BadSerialization, message.to_string()))
    }
}

type Done = Result<Value, NoValue>;

/// Makes values.
struct ToValue;

/// Numbers and the like, which the templates have themselves.
macro_rules! plain {
    ($($name:ident: $type:ty),* $(,)?) => {
        $(fn $name(self, plain: $type) -> Done {
            Ok(Value::from(plain))
        })*
    };
}

impl Serializer for ToValue {
    type Ok = Value;
    type Error = NoValue;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Members;

    plain! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_i128: i128, serialize_u8: u8, serialize_u16: u16,
        serialize_u32: u32, serialize_u64: u64, serialize_u128: u128, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_str: &str,
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Done {
        Ok(Value::from_bytes(bytes.to_vec()))
    }

    fn serialize_none(self) -> Done {
        Ok(Value::from(()))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, some: &T) -> Done {
        some.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        Ok(Value::from(()))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        Ok(Value::from(()))
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        Ok(Value::from(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        inner: &T,
    ) -> Done {
        let value = inner.serialize(self)?;
        Ok(match value.as_str() {
            Some(text) if name == SAFE => Value::from_safe_string(text.to_owned()),
            _ => value,
        })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        inner: &T,
    ) -> Done {
        Ok(of_variant(Some(variant), inner.serialize(self)?))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items, NoValue> {
        Ok(Items { variant: None, items: Vec::with_capacity(length.unwrap_or(0)) })
    }

    fn serialize_tuple(self, length: usize) -> Result<Items, NoValue> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items, NoValue> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Items, NoValue> {
        Ok(Items { variant: Some(variant), items: Vec::with_capacity(length) })
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Members, NoValue> {
        Ok(Members::new(None, true, length.unwrap_or(16)))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Members, NoValue> {
        Ok(Members::new(None, false, length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Members, NoValue> {
        Ok(Members::new(Some(variant), true, length))
    }
}

/// A value under the name of its variant.
fn of_variant(variant: Option<&'static str>, value: Value) -> Value {
    match variant {
        Some(name) => Value::from_pairs([(name, value)]),
        None => value,
    }
}

thread_local! {
    /// The sequence of nothing, which a report has many of.
    static EMPTY: Value = Value::from(Vec::<Value>::new());
}

/// A sequence that is being made.
struct Items {
    variant: Option<&'static str>,
    items: Vec<Value>,
}

impl Items {
    fn add(&mut self, item: &(impl Serialize + ?Sized)) -> Result<(), NoValue> {
        self.items.push(item.serialize(ToValue)?);
        Ok(())
    }

    fn done(self) -> Done {
        let items = match self.items.is_empty() {
            true => EMPTY.with(Value::clone),
            false => Value::from(self.items),
        };
        Ok(of_variant(self.variant, items))
    }
}

/// A map or struct that is being made.
struct Members {
    variant: Option<&'static str>,
    by_name: bool,
    members: Vec<(Name, Value)>,
}

impl Members {
    fn new(variant: Option<&'static str>, by_name: bool, length: usize) -> Self {
        Self { variant, by_name, members: Vec::with_capacity(length) }
    }

    fn add(&mut self, name: Name, member: &(impl Serialize + ?Sized)) -> Result<(), NoValue> {
        self.members.push((name, member.serialize(ToValue)?));
        Ok(())
    }

    fn done(self) -> Done {
        let Self { variant, by_name, members } = self;
        Ok(of_variant(variant, if by_name { map(members) } else { record(members) }))
    }
}

/// What makes a sequence, under the names that serde has for its kinds.
macro_rules! sequence {
    ($($kind:ident: $add:ident),*) => {
        $(impl $kind for Items {
            type Ok = Value;
            type Error = NoValue;

            fn $add<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), NoValue> {
                self.add(item)
            }

            fn end(self) -> Done {
                self.done()
            }
        })*
    };
}

sequence! {
    SerializeSeq: serialize_element, SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field, SerializeTupleVariant: serialize_field
}

/// What makes a struct, likewise.
macro_rules! members {
    ($($kind:ident),*) => {
        $(impl $kind for Members {
            type Ok = Value;
            type Error = NoValue;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                member: &T,
            ) -> Result<(), NoValue> {
                self.add(Name::Field(name), member)
            }

            fn end(self) -> Done {
                self.done()
            }
        })*
    };
}

members! { SerializeStruct, SerializeStructVariant }

impl SerializeMap for Members {
    type Ok = Value;
    type Error = NoValue;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NoValue> {
        self.members.push((Name::Key(key.serialize(ToValue)?), Value::UNDEFINED));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, member: &T) -> Result<(), NoValue> {
        let value = member.serialize(ToValue)?;
        if let Some((_, last)) = self.members.last_mut() {
            *last = value;
        }
        Ok(())
    }

    fn end(self) -> Done {
        self.done()
    }
}
