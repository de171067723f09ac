//! The parts of a JSON text as texts, exactly as they are written.

use super::locate::RawMembers;
use serde_json::value::RawValue;

/// The members of an object, in order; none where the text is no object.
#[must_use]
pub fn members(text: &str) -> Vec<(String, &str)> {
    let members = serde_json::from_str::<RawMembers>(text).map(|members| members.0);
    let name = |key: &RawValue| serde_json::from_str(key.get()).unwrap_or_default();
    members.unwrap_or_default().into_iter().map(|(key, value)| (name(key), value.get())).collect()
}

/// The items of an array, in order; none where the text is no array.
#[must_use]
pub fn items(text: &str) -> Vec<&str> {
    let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
    items.into_iter().map(RawValue::get).collect()
}
