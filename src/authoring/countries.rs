//! The code of a country that somebody names, as far as the dataset itself shows it: no list of
//! countries is kept.

use super::{Names, Target};
use crate::model::{Dataset, RecordKind};
use std::collections::BTreeMap;

/// What to write for a country given by its name: the code that most publishers have whose id holds
/// that of the subject with the name. None where the dataset does not show one.
#[must_use]
pub fn code(dataset: &Dataset, kind: RecordKind, pointer: &str, name: &str) -> Option<String> {
    if (kind, pointer) != (RecordKind::Publisher, "/country") {
        return None;
    }
    let subject = Target::Record(RecordKind::Subject);
    let id = Names::of(dataset).find(subject, name).ok()?;
    dataset.subjects.get(&id).filter(|entry| entry.record.kind == "country")?;
    let bears = |publisher: &str| format!("-{publisher}-").contains(&format!("-{id}-"));
    let mut codes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (publisher, entry) in dataset.publishers.iter().filter(|(publisher, _)| bears(publisher)) {
        if let Some(code) = &entry.record.country {
            codes.entry(code).or_default().push(publisher);
        }
    }
    let (code, most) = codes.iter().max_by_key(|(_, publishers)| publishers.len())?;
    let as_many = codes.values().filter(|publishers| publishers.len() == most.len());
    (as_many.count() == 1).then(|| format!("write `{code}`, as `{}` has it", most[0]))
}
