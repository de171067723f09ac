//! Who or what claims are about.

use super::read::{self, Extra, Read};
use crate::document::Json;
use serde::Serialize;

/// A subject.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Subject {
    /// The permanent id; the file name where the record has none.
    pub id: String,
    /// Its usual name.
    pub name: String,
    /// What kind of thing it is.
    pub kind: String,
    /// What or who it is, in a few words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Addresses of pages about the same thing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<String>,
    /// `x_` keys.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Read for Subject {
    fn member(&mut self, key: &str, value: &Json) {
        match key {
            "id" => self.id = read::text(value),
            "name" => self.name = read::text(value),
            "kind" => self.kind = read::text(value),
            "description" => self.description = read::some_text(value),
            "same_as" => self.same_as = read::texts(value),
            _ => read::extra(&mut self.extra, key, value),
        }
    }
}
