//! Named members of a value. Those of a record or a short map stand in a row, which for the dozen
//! that a record has is built and searched far quicker than a tree: a report asks for millions.

use minijinja::{
    Value,
    value::{Enumerator, Object},
};
use std::{collections::BTreeMap, sync::Arc};

/// How many members of a map stand in a row.
const FEW: usize = 32;

/// A name of a member: a struct's, or a key of a map.
#[derive(Debug)]
pub enum Name {
    Field(&'static str),
    Key(Value),
}

impl Name {
    fn as_str(&self) -> Option<&str> {
        match self {
            Self::Field(name) => Some(name),
            Self::Key(key) => key.as_str(),
        }
    }

    fn is(&self, other: &str) -> bool {
        match self {
            Self::Field(name) => *name == other,
            Self::Key(key) => key.as_str() == Some(other),
        }
    }
}

/// Named members.
#[derive(Debug)]
struct Fields {
    members: Vec<(Name, Value)>,
    /// Whether they are listed by name, as those of a map are, and not in the order of a struct.
    by_name: bool,
}

impl Object for Fields {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let is = |(name, _): &&(Name, Value)| name.is(key);
        let mut members = self.members.iter();
        // Where a map is given a name twice, the last counts.
        let found = if self.by_name { members.rfind(is) } else { members.find(is) };
        found.map(|(_, value)| value.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.names().into_iter().map(Value::from).collect())
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        Some(self.names().len())
    }

    fn is_true(self: &Arc<Self>) -> bool {
        !self.members.is_empty()
    }
}

impl Fields {
    fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.members.iter().filter_map(|(name, _)| name.as_str()).collect();
        if self.by_name {
            names.sort_unstable();
            names.dedup();
        }
        names
    }
}

/// A record: its members are listed in the order in which they were given.
pub fn record(members: Vec<(Name, Value)>) -> Value {
    Value::from_object(Fields { members, by_name: false })
}

/// A map: its members are listed by name.
pub fn map(members: Vec<(Name, Value)>) -> Value {
    if members.len() <= FEW && members.iter().all(|(name, _)| name.as_str().is_some()) {
        return Value::from_object(Fields { members, by_name: true });
    }
    let pair = |(name, value)| match name {
        Name::Field(name) => (Value::from(name), value),
        Name::Key(key) => (key, value),
    };
    Value::from_object(members.into_iter().map(pair).collect::<BTreeMap<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_and_listed_whatever_holds_them() {
        let key = |name: &str, value: u32| (Name::Key(Value::from(name)), Value::from(value));
        let names = |value: &Value| value.try_iter().map(|names| names.collect::<Vec<_>>());
        let twice = map(vec![key("b", 1), key("a", 2), key("b", 3)]);
        assert_eq!(twice.get_attr("b").ok(), Some(Value::from(3)));
        assert_eq!(names(&twice).ok(), Some(vec![Value::from("a"), Value::from("b")]));
        let record =
            record(vec![(Name::Field("b"), Value::from(1)), (Name::Field("a"), Value::from(2))]);
        assert_eq!(names(&record).ok(), Some(vec![Value::from("b"), Value::from("a")]));
        let many = map((0..100).map(|n| key(&format!("k{n}"), n)).collect());
        assert_eq!(many.get_attr("k77").ok(), Some(Value::from(77)));
        assert!(many.get_attr("k100").is_ok_and(|value| value.is_undefined()));
    }
}
