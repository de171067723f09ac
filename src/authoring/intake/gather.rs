//! The records of several files, as they come in.

use super::{Complaint, Incoming, Say, Spot};
use crate::model::RecordKind;
use std::collections::BTreeMap;

/// The records of several files.
#[derive(Default)]
pub struct Gathered {
    pub records: Vec<Incoming>,
    pub complaints: Vec<Complaint>,
    /// Where in `records` a record with this id is.
    by_id: BTreeMap<(RecordKind, String), usize>,
}

impl Gathered {
    /// Adds a record; one with an id that another has is told.
    pub fn add(&mut self, record: Incoming) {
        if let Some((id, spot)) = &record.id {
            let key = (record.kind, id.clone());
            if self.by_id.contains_key(&key) {
                self.complaints.push(Complaint {
                    spot: spot.clone(),
                    rule: "duplicate-id",
                    message: format!("the {} `{id}` is there twice", record.kind.as_str()),
                    help: "remove one of the two".to_owned(),
                });
                return;
            }
            self.by_id.insert(key, self.records.len());
        }
        self.records.push(record);
    }

    /// Where among the records the one with this id is.
    pub fn find(&self, kind: RecordKind, id: &str) -> Option<usize> {
        self.by_id.get(&(kind, id.to_owned())).copied()
    }

    /// The record with this id, begun where there is none yet.
    pub fn of(
        &mut self,
        kind: RecordKind,
        id: &str,
        id_spot: &Spot,
        whole: &Spot,
    ) -> &mut Incoming {
        let key = (kind, id.to_owned());
        let at = *self.by_id.entry(key).or_insert_with(|| {
            let id = (id.to_owned(), id_spot.clone());
            self.records.push(Incoming::new(kind, Some(id), whole.clone()));
            self.records.len() - 1
        });
        &mut self.records[at]
    }
}

impl Incoming {
    /// How many entries of a list it has so far.
    pub fn entries(&self, list: &str) -> usize {
        self.parts
            .iter()
            .filter(|(pointer, _)| pointer.rsplit_once('/').is_some_and(|(p, _)| p == list))
            .count()
    }

    /// Adds an entry to a list.
    pub fn entry(&mut self, list: &str, at: usize, whole: &Spot, cells: Vec<(&str, String, Spot)>) {
        self.lists.insert(list.to_owned());
        self.parts.push((format!("{list}/{at}"), whole.clone()));
        for (key, text, spot) in cells {
            let slash = if key.is_empty() { "" } else { "/" };
            self.says.push(Say {
                pointer: format!("{list}/{at}{slash}{key}"),
                text,
                json: false,
                spot,
            });
        }
    }
}
