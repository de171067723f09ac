//! Choosing what a reference leads to, among what is there and what is made on the way.

use super::{
    super::{Draft, Target},
    Choice, Interview,
};
use crate::{
    error::Result,
    model::{Dataset, RecordKind},
};

impl Interview<'_> {
    /// Lets choose a record or word that is there, or makes a record.
    pub(super) fn pick(&mut self, target: Target, question: &str, about: &str) -> Result<String> {
        let mut known = self.known(target);
        let new = new_one(target);
        if let Some(new) = &new {
            known.insert(0, (String::new(), new.clone()));
        }
        let options: Vec<String> = known.iter().map(|(_, words)| words.clone()).collect();
        let at = self.asker.one(&Choice { question, help: about, options: &options })?;
        match (target, known[at].0.as_str()) {
            (Target::Record(kind), "") => self.make(kind),
            (_, id) => Ok(id.to_owned()),
        }
    }

    pub(super) fn pick_some(
        &mut self,
        target: Target,
        question: &str,
        about: &str,
    ) -> Result<Vec<String>> {
        let mut known = self.known(target);
        if let Some(new) = new_one(target) {
            known.insert(0, (String::new(), new));
        }
        let options: Vec<String> = known.iter().map(|(_, words)| words.clone()).collect();
        loop {
            let chosen = self.asker.some(&Choice { question, help: about, options: &options })?;
            if chosen.is_empty() {
                self.asker
                    .tell("at least one is needed: type to search, Space marks, Enter goes on");
                continue;
            }
            let mut ids = Vec::new();
            for at in chosen {
                ids.push(match (target, known[at].0.as_str()) {
                    (Target::Record(kind), "") => self.make(kind)?,
                    (_, id) => id.to_owned(),
                });
            }
            return Ok(ids);
        }
    }

    /// Makes another record that this one needs.
    fn make(&mut self, kind: RecordKind) -> Result<String> {
        self.asker.tell(&format!("a new {}:", kind.as_str()));
        let mut draft = Draft::new(kind);
        self.complete(&mut draft)?;
        let id = draft.id().to_owned();
        self.made.push(draft);
        Ok(id)
    }

    /// Ids of what a reference can lead to, with the words to know it by.
    fn known(&self, target: Target) -> Vec<(String, String)> {
        let dataset = &self.desk.loaded.dataset;
        let made =
            self.made.iter().filter(|draft| Target::Record(draft.kind) == target).map(|draft| {
                let name = ["/name", "/title", "/statement"].map(|p| draft.text(p)).concat();
                (draft.id().to_owned(), format!("{name} [{}]", draft.id()))
            });
        made.chain(there(dataset, target)).collect()
    }
}

/// What a dataset has that a reference can lead to.
fn there(dataset: &Dataset, target: Target) -> Vec<(String, String)> {
    let called = |id: &str, words: String| (id.to_owned(), format!("{words} [{id}]"));
    let meta = dataset.meta.as_ref().map(|meta| &meta.record);
    match target {
        Target::Topic | Target::Unit => {
            let words = meta.map(|m| if target == Target::Topic { &m.topics } else { &m.units });
            let all = words.into_iter().flat_map(|words| words.iter());
            all.map(|(id, label)| called(id, label.label.clone())).collect()
        }
        Target::Record(RecordKind::Claim) => {
            dataset.claims.iter().map(|(id, e)| called(id, e.record.statement.clone())).collect()
        }
        Target::Record(RecordKind::Subject) => {
            dataset.subjects.iter().map(|(id, e)| called(id, e.record.name.clone())).collect()
        }
        Target::Record(RecordKind::Publisher) => {
            let words = |e: &crate::model::Publisher| format!("{} ({})", e.name, e.reliability);
            dataset.publishers.iter().map(|(id, e)| called(id, words(&e.record))).collect()
        }
        Target::Record(RecordKind::Source) => {
            let words = |e: &crate::model::Source| {
                let publisher = dataset.publishers.get(&e.publisher);
                let name = publisher.map_or(e.publisher.as_str(), |p| p.record.name.as_str());
                let english = e.title_en.as_ref().map(|t| format!(" / {t}")).unwrap_or_default();
                format!("{}{english}, {name}, {}", e.title, e.issued.as_str())
            };
            dataset.sources.iter().map(|(id, e)| called(id, words(&e.record))).collect()
        }
    }
}

/// The answer that makes a new record; none for claims, which are not made on the way.
fn new_one(target: Target) -> Option<String> {
    match target {
        Target::Record(RecordKind::Claim) | Target::Topic | Target::Unit => None,
        Target::Record(kind) => Some(format!("+ a new {}", kind.as_str())),
    }
}
