//! Which records and words of the dataset a change names, so that they can be told by what readers
//! know them by.

use super::{Because, Change, Record, Verb};
use serde_json::Value;

impl Change {
    /// The records that it names beside its own, and topics and units as `topics/ID` and `units/ID`
    /// of the dataset.
    #[must_use]
    pub fn names(&self) -> Vec<(Record, String)> {
        let field = self.field.as_deref().unwrap_or_default();
        let values = || self.old.iter().chain(&self.new);
        let own = |record: Record, id: &str| vec![(record, id.to_owned())];
        let set = |record: Record, prefix: &str| -> Vec<(Record, String)> {
            values().flat_map(words).map(|id| (record, format!("{prefix}{id}"))).collect()
        };
        let mut found = match (self.record, field.split('/').collect::<Vec<_>>().as_slice()) {
            (Record::Claim, ["relations", _, claim]) => own(Record::Claim, claim),
            (Record::Claim, ["citations", source, ..]) => own(Record::Source, source),
            (Record::Claim, ["subjects"]) => set(Record::Subject, ""),
            (Record::Claim, ["topics"]) => set(Record::Dataset, "topics/"),
            (Record::Claim, [""]) if self.verb == Verb::Added => {
                let cited = values().filter_map(|claim| claim["citations"].as_array()).flatten();
                let sources = cited.filter_map(|citation| citation["source"].as_str());
                sources.map(|source| (Record::Source, source.to_owned())).collect()
            }
            (Record::Claim, _) if self.verb == Verb::QuantityChanged => {
                let units = values().filter_map(|quantity| quantity["unit"].as_str());
                units.map(|unit| (Record::Dataset, format!("units/{unit}"))).collect()
            }
            (Record::Source, ["publisher"]) => set(Record::Publisher, ""),
            (Record::Source, ["derived_from"]) => set(Record::Source, ""),
            _ => Vec::new(),
        };
        found.extend(match &self.because {
            Some(Because::Citation { source: id } | Because::Source { id }) => {
                own(Record::Source, id)
            }
            Some(Because::Publisher { id }) => own(Record::Publisher, id),
            Some(Because::Claim { id }) => own(Record::Claim, id),
            _ => Vec::new(),
        });
        found
    }
}

/// A word, or those of a list.
fn words(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        value => value.as_str().into_iter().collect(),
    }
}
