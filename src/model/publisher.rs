//! Who published sources.

use super::{
    read::{self, Extra, Read},
    word::Letter,
};
use crate::document::Json;
use serde::Serialize;

/// A publisher: rated once, with the owner that makes independence computable.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Publisher {
    /// The permanent id; the file name where the record has none.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is at home: ISO 3166-1 alpha-2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// What kind of publisher it is.
    pub kind: String,
    /// How far what it publishes can be relied on.
    pub reliability: Letter,
    /// Who controls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Why this letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// `x_` keys.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Publisher {
    /// Whose voice it is: its owner, or itself.
    #[must_use]
    pub fn voice(&self) -> &str {
        self.owner.as_deref().unwrap_or(&self.id)
    }
}

impl Read for Publisher {
    fn member(&mut self, key: &str, value: &Json) {
        match key {
            "id" => self.id = read::text(value),
            "name" => self.name = read::text(value),
            "country" => self.country = read::some_text(value),
            "kind" => self.kind = read::text(value),
            "reliability" => self.reliability = Letter::lenient(value.as_str().unwrap_or_default()),
            "owner" => self.owner = read::some_text(value),
            "note" => self.note = read::some_text(value),
            _ => read::extra(&mut self.extra, key, value),
        }
    }
}
