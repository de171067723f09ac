//! What a release says of itself in Markdown: what it weakened first, corrections with their reasons,
//! new claims by topic, and who worked on it.

use crate::{
    diff::{Because, Changes, Record, Verb},
    error::Result,
    model::{Dataset, Meta},
    report::diff::{Notes, Piece, Section},
    snapshot::Authors,
    templates::Templates,
    text::count,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many entries of one sort are told: what is read by people and shown by GitHub has an end.
const MOST: usize = 100;

/// What the template `release/notes.md` is given.
#[derive(Serialize)]
struct Page<'r> {
    /// What the release before is called; none for the first.
    previous: Option<&'r str>,
    summary: String,
    bump: &'static str,
    forced_by: Vec<Piece>,
    corrections: Vec<Corrected<'r>>,
    new_claims: Vec<Topic<'r>>,
    sections: Vec<Section>,
    /// How many entries are not told.
    left_out: usize,
    authors: &'r Authors,
}

/// A claim that was corrected.
#[derive(Serialize)]
struct Corrected<'r> {
    id: &'r str,
    name: &'r str,
    reasons: Vec<Reason<'r>>,
}

/// Why.
#[derive(Serialize)]
struct Reason<'r> {
    date: &'r str,
    note: &'r str,
}

/// The new claims of a topic.
#[derive(Serialize)]
struct Topic<'r> {
    label: &'r str,
    count: usize,
    claims: Vec<New<'r>>,
}

/// A new claim.
#[derive(Serialize)]
struct New<'r> {
    id: &'r str,
    statement: &'r str,
}

/// The notes of a release; `changes` are those since the release before, which is called `previous`.
///
/// # Errors
/// Where a template fails.
pub fn notes(
    dataset: &Dataset,
    meta: &Meta,
    since: Option<(&str, &Changes)>,
    authors: &Authors,
    templates: &Templates,
) -> Result<String> {
    let none = Changes::default();
    let changes = since.map_or(&none, |(_, changes)| changes);
    let told = Notes::of(changes);
    let mut left = MOST;
    let mut left_out = 0;
    let mut sections = Vec::new();
    // New claims are told by topic.
    for mut section in told.sections.into_iter().filter(|section| section.title != NEW) {
        let most = section.entries.len().min(left);
        left_out += section.entries.len() - most;
        left -= most;
        section.entries.truncate(most);
        if most > 0 {
            sections.push(section);
        }
    }
    let page = Page {
        previous: since.map(|(name, _)| name),
        summary: if since.is_some() { told.summary } else { everything(dataset) },
        bump: told.bump,
        forced_by: told.forced_by,
        corrections: corrections(changes),
        new_claims: new_claims(dataset, meta, since.map(|_| changes)),
        sections,
        left_out,
        authors,
    };
    templates.render("release/notes.md", &page)
}

/// The heading of new claims in [`Notes`].
const NEW: &str = "New claims";

/// `238 claims, 401 sources, 301 publishers and 90 subjects`
fn everything(dataset: &Dataset) -> String {
    format!(
        "{}, {}, {} and {}",
        count(dataset.claims.len(), "claim"),
        count(dataset.sources.len(), "source"),
        count(dataset.publishers.len(), "publisher"),
        count(dataset.subjects.len(), "subject"),
    )
}

fn corrections(changes: &Changes) -> Vec<Corrected<'_>> {
    let mut found: BTreeMap<&str, Vec<Reason>> = BTreeMap::new();
    for change in changes.changes.iter().filter(|change| change.verb == Verb::Corrected) {
        if let Some(Because::Correction { date, note }) = &change.because {
            found.entry(&change.id).or_default().push(Reason { date, note });
        }
    }
    let corrected =
        |(id, reasons)| Corrected { id, name: changes.name(Record::Claim, id), reasons };
    found.into_iter().map(corrected).collect()
}

/// New claims, each told once, by the first of its topics; without changes, claims are counted in
/// each of their topics and none is told.
fn new_claims<'r>(
    dataset: &'r Dataset,
    meta: &'r Meta,
    changes: Option<&Changes>,
) -> Vec<Topic<'r>> {
    let added: Option<BTreeSet<&str>> = changes.map(|changes| {
        let of = changes.changes.iter();
        let new = of.filter(|c| c.record == Record::Claim && c.verb == Verb::Added);
        new.map(|change| change.id.as_str()).collect()
    });
    let mut found: BTreeMap<&str, Vec<New>> = BTreeMap::new();
    for (id, entry) in &dataset.claims {
        let is_new = added.as_ref().is_none_or(|added| added.contains(id.as_str()));
        if !is_new || entry.record.is_removed() {
            continue;
        }
        let most = if added.is_some() { 1 } else { usize::MAX };
        for topic in entry.record.topics.iter().take(most) {
            let new = New { id, statement: &entry.record.statement };
            found.entry(topic).or_default().push(new);
        }
    }
    let topics = meta.topics.iter().filter_map(|(id, topic)| {
        let mut claims = found.remove(id)?;
        let count = claims.len();
        claims.truncate(if added.is_some() { MOST / 2 } else { 0 });
        Some(Topic { label: &topic.label, count, claims })
    });
    topics.collect()
}
