//! Which findings of two versions of a dataset are the same: those of one rule about one part of one
//! record that say the same of it, wherever the record stands and whatever other records say.

use crate::{
    document::unescape_token,
    finding::{Finding, Texts},
    model::{Dataset, RecordKind},
};
use std::collections::BTreeMap;

/// What makes a finding the same in another version.
type Key = (&'static str, String, String, String);

/// Findings that were there before, to be told from new ones.
pub struct Known(BTreeMap<Key, usize>);

impl Known {
    /// Takes down the findings of a version.
    pub fn new(findings: &[Finding], dataset: &Dataset, texts: &Texts) -> Self {
        let mut known = BTreeMap::new();
        for finding in findings {
            *known.entry(key(finding, dataset, texts)).or_default() += 1;
        }
        Self(known)
    }

    /// Whether a finding of a later version is one of these; each is found once.
    pub fn take(&mut self, finding: &Finding, dataset: &Dataset, texts: &Texts) -> bool {
        match self.0.get_mut(&key(finding, dataset, texts)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }
}

fn key(finding: &Finding, dataset: &Dataset, texts: &Texts) -> Key {
    let path = &texts.get(finding.place.origin.file).path;
    let folder = path.split('/').nth(1).unwrap_or_default();
    let kind = RecordKind::ALL.into_iter().find(|kind| kind.folder() == folder);
    let record = match (&finding.id, kind) {
        (Some(id), Some(kind)) => format!("{} {id}", kind.as_str()),
        _ => path.clone(),
    };
    let pointer = named(&finding.place.pointer, dataset, kind, finding.id.as_deref());
    let words = finding.known_by.as_ref().unwrap_or(&finding.message);
    (finding.rule, record, pointer, words.clone())
}

/// A pointer with an item of a list named by what it says, for its index changes when another one
/// is added before it.
fn named(pointer: &str, dataset: &Dataset, kind: Option<RecordKind>, id: Option<&str>) -> String {
    let mut tokens = pointer.split('/').skip(1);
    let (Some(list), Some(index)) = (tokens.next(), tokens.next()) else {
        return pointer.to_owned();
    };
    let name = index.parse().ok().and_then(|at| item(dataset, kind, id, list, at));
    match name {
        None => pointer.to_owned(),
        Some(name) => {
            let rest: Vec<_> = tokens.map(unescape_token).collect();
            format!("/{list}/{name}/{}", rest.join("/"))
        }
    }
}

/// What the item of a list says, by its index.
fn item(
    dataset: &Dataset,
    kind: Option<RecordKind>,
    id: Option<&str>,
    list: &str,
    at: usize,
) -> Option<String> {
    let Some(kind) = kind else {
        let waiver = dataset.waivers.as_ref()?.record.waivers.get(at).filter(|_| list == "waivers");
        let parts = |w: &crate::model::Waiver| {
            let of = w.id.as_ref().or(w.path.as_ref()).cloned().unwrap_or_default();
            format!("{} {of} {}", w.rule, w.pointer.as_deref().unwrap_or_default())
        };
        return waiver.map(parts);
    };
    let (id, text) = (id?, String::clone);
    match kind {
        RecordKind::Claim => {
            let claim = &dataset.claims.get(id)?.record;
            match list {
                "citations" => claim.citations.get(at).map(|c| text(&c.source)),
                "relations" => claim.relations.get(at).map(|r| format!("{} {}", r.kind, r.claim)),
                "corrections" => claim.corrections.get(at).map(|c| text(&c.date)),
                "subjects" => claim.subjects.get(at).map(text),
                "topics" => claim.topics.get(at).map(text),
                _ => None,
            }
        }
        RecordKind::Source => {
            let source = &dataset.sources.get(id)?.record;
            source.derived_from.get(at).filter(|_| list == "derived_from").map(text)
        }
        RecordKind::Subject => {
            let subject = &dataset.subjects.get(id)?.record;
            subject.same_as.get(at).filter(|_| list == "same_as").map(text)
        }
        RecordKind::Publisher => None,
    }
}
