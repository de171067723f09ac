//! The three-way merge of records: what two people changed in one record, or in one file of
//! records, comes together field by field. What both changed differently is a conflict, shown
//! inside the one field; everything around it is merged, and neither side is lost.

mod items;
mod lines;
mod markers;
mod order;
mod record;

pub use markers::Markers;

use crate::schema::{Form, Schema};

/// What there is three times: where both sides began, and what each of them made of it.
#[derive(Clone, Copy, Debug)]
pub struct Sides<T> {
    /// What both began with.
    pub base: T,
    /// What one side made of it.
    pub ours: T,
    /// What the other side made of it.
    pub theirs: T,
}

impl<T> Sides<T> {
    /// Each of them, borrowed.
    pub fn as_ref(&self) -> Sides<&T> {
        Sides { base: &self.base, ours: &self.ours, theirs: &self.theirs }
    }

    /// The same of each.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Sides<U> {
        Sides { base: f(self.base), ours: f(self.ours), theirs: f(self.theirs) }
    }
}

/// A merged file.
#[derive(Debug)]
pub struct Merged {
    /// Its text: in canonical form, but for the conflict markers.
    pub text: String,
    /// The parts that both sides changed differently, in words; none where the merge is clean.
    pub conflicts: Vec<String>,
}

/// The members by which the items of the list under `name` are known again; none where an item is
/// only known as a whole.
#[must_use]
pub fn known_by(name: &str) -> &'static [&'static str] {
    let found = items::KNOWN_BY.iter().find(|(list, _)| *list == name);
    found.and_then(|(_, levels)| levels.first()).copied().unwrap_or_default()
}

/// Merges the three texts of a file of records; none where one of them is no sound JSON, or holds
/// records that cannot be told apart. A side that is empty has no record.
#[must_use]
pub fn merge(schema: &Schema, form: Form, texts: Sides<&str>, markers: &Markers) -> Option<Merged> {
    match form {
        Form::File => record::file(schema, texts, markers),
        Form::Line => lines::merge(schema, texts, markers),
    }
}
