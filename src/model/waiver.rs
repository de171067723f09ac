//! Findings accepted for now.

use super::read::{self, Read};
use crate::document::Json;
use serde::Serialize;

/// `waivers.json`
#[derive(Clone, Debug, Default)]
pub struct Waivers {
    /// The waivers, in the order of the file.
    pub waivers: Vec<Waiver>,
}

impl Read for Waivers {
    fn member(&mut self, key: &str, value: &Json) {
        if key == "waivers" {
            self.waivers = read::records(value);
        }
    }
}

/// One finding accepted for now, with a reason and an expiry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Waiver {
    /// The rule.
    pub rule: String,
    /// Id of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Path of the file, where it has no record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// JSON pointer of the one finding meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// The last day it is accepted.
    pub expires: String,
}

impl Read for Waiver {
    fn member(&mut self, key: &str, value: &Json) {
        match key {
            "rule" => self.rule = read::text(value),
            "id" => self.id = read::some_text(value),
            "path" => self.path = read::some_text(value),
            "pointer" => self.pointer = read::some_text(value),
            "reason" => self.reason = read::text(value),
            "expires" => self.expires = read::text(value),
            _ => {}
        }
    }
}
