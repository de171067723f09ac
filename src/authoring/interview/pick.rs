//! Choosing what a reference leads to, among what is there and what is made on the way.

use super::{super::Draft, Choice, Interview, Offer};
use crate::{
    error::Result,
    model::{Dataset, Entry, Publisher, RecordKind, Source, Target},
};

impl Interview<'_> {
    /// Lets choose a record or word that is there, or makes a record.
    pub(super) fn pick(&mut self, target: Target, question: &str, about: &str) -> Result<String> {
        let (ids, options) = self.offered(target);
        let chosen = self.asker.one(&Choice { question, help: about, options: &options })?;
        match (target, ids[chosen.at].as_str()) {
            (Target::Record(kind), "") => {
                self.typed = chosen.unfit;
                self.make(kind)
            }
            (_, id) => Ok(id.to_owned()),
        }
    }

    pub(super) fn pick_some(
        &mut self,
        target: Target,
        question: &str,
        about: &str,
    ) -> Result<Vec<String>> {
        let (ids, options) = self.offered(target);
        loop {
            let chosen = self.asker.some(&Choice { question, help: about, options: &options })?;
            if chosen.is_empty() {
                self.asker
                    .tell("at least one is needed: type to search, Space marks, Enter goes on");
                continue;
            }
            let id = |at: usize| match (target, ids[at].as_str()) {
                (Target::Record(kind), "") => self.make(kind),
                (_, id) => Ok(id.to_owned()),
            };
            return chosen.into_iter().map(id).collect();
        }
    }

    /// Makes another record that this one needs.
    fn make(&mut self, kind: RecordKind) -> Result<String> {
        self.asker.tell(&format!("a new {}:", kind.as_str()));
        let mut draft = Draft::new(kind);
        self.complete(&mut draft)?;
        self.typed.clear();
        let id = draft.id().to_owned();
        self.made.push(draft);
        Ok(id)
    }

    /// Ids of what a reference can lead to, and the answers that stand for them. Without an id, it is
    /// a new record.
    fn offered(&self, target: Target) -> (Vec<String>, Vec<Offer>) {
        let new = new_one(target).map(|words| (String::new(), Offer::of(words)));
        let made =
            self.made.iter().filter(|draft| Target::Record(draft.kind) == target).map(|draft| {
                let name = ["/name", "/title", "/statement"].map(|p| draft.text(p)).concat();
                called(draft.id(), &name)
            });
        new.into_iter().chain(made).chain(there(&self.desk.loaded.dataset, target)).unzip()
    }
}

/// An id with the words to know it by.
fn called(id: &str, words: &str) -> (String, Offer) {
    (id.to_owned(), Offer::of(format!("{words} [{id}]")))
}

/// What a dataset has that a reference can lead to.
fn there(dataset: &Dataset, target: Target) -> Vec<(String, Offer)> {
    let meta = dataset.meta.as_ref().map(|meta| &meta.record);
    match target {
        Target::Topic | Target::Unit => {
            let words = meta.map(|m| if target == Target::Topic { &m.topics } else { &m.units });
            let all = words.into_iter().flat_map(|words| words.iter());
            all.map(|(id, label)| called(id, &label.label)).collect()
        }
        Target::Record(RecordKind::Claim) => {
            dataset.claims.iter().map(|(id, e)| called(id, &e.record.statement)).collect()
        }
        Target::Record(RecordKind::Subject) => {
            dataset.subjects.iter().map(|(id, e)| called(id, &e.record.name)).collect()
        }
        Target::Record(RecordKind::Publisher) => {
            let words = |e: &Publisher| format!("{} ({})", e.name, e.reliability);
            dataset.publishers.iter().map(|(id, e)| called(id, &words(&e.record))).collect()
        }
        Target::Record(RecordKind::Source) => {
            let offer = |(id, entry): (&String, &Entry<Source>)| {
                let source = &entry.record;
                let publisher = dataset.publishers.get(&source.publisher);
                let name = publisher.map_or(source.publisher.as_str(), |p| &p.record.name);
                let english =
                    source.title_en.as_ref().map(|t| format!(" / {t}")).unwrap_or_default();
                let words =
                    format!("{}{english}, {name}, {}", source.title, source.issued.as_str());
                let links = [&source.url, &source.doi, &source.archived_url, &source.isbn];
                let also: Vec<&str> = links.into_iter().flatten().map(String::as_str).collect();
                let (id, offer) = called(id, &words);
                (id, Offer { also: also.join(" "), ..offer })
            };
            dataset.sources.iter().map(offer).collect()
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
