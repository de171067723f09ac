//! What changed in one record, as lines that a reviewer reads.

use super::{
    pieces::{Kind, Piece, Pieces},
    words::say,
};
use crate::diff::{Because, Change, Changes, Record, Verb, Weight};
use serde::Serialize;
use serde_json::Value;

/// Changes in words.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// `-` where it weakens, `+` where it strengthens, else `~`.
    pub mark: char,
    /// What changed.
    pub pieces: Vec<Piece>,
    /// Why.
    pub because: Vec<Piece>,
}

impl Line {
    /// The line as plain text, without its mark.
    #[must_use]
    pub fn plain(&self) -> String {
        let plain = |pieces: &[Piece]| pieces.iter().map(Piece::plain).collect::<String>();
        match &self.because[..] {
            [] => plain(&self.pieces),
            because => format!("{} ({})", plain(&self.pieces), plain(because)),
        }
    }
}

/// Words the changes of one record: what it is called first, then what weakens it. What is said of
/// several things alike is one line, and nothing is told twice.
#[must_use]
pub fn lines(changes: &Changes, of: &[&Change]) -> Vec<Line> {
    let note = Note::of(of);
    let mut of = of.to_vec();
    of.retain(|change| !note.is_told_by_another(change));
    of.sort_by(|a, b| note.place(a).cmp(&note.place(b)).then_with(|| a.field.cmp(&b.field)));
    let mut alike: Vec<Vec<&Change>> = Vec::new();
    for change in of {
        match alike.iter_mut().find(|group| joins(group, change)) {
            Some(group) => group.push(change),
            None => alike.push(vec![change]),
        }
    }
    let mut reasons: Vec<Vec<Piece>> = Vec::new();
    let lines = alike.into_iter().map(|group| {
        let mut line = line(changes, &group);
        if note.tells_why(group[0]) || reasons.contains(&line.because) {
            line.because.clear();
        }
        reasons.extend((!line.because.is_empty()).then(|| line.because.clone()));
        line
    });
    lines.collect()
}

/// Words changes that are told in one line.
#[must_use]
pub fn line(changes: &Changes, alike: &[&Change]) -> Line {
    let mut pieces = Pieces::default();
    say(&mut pieces, changes, alike);
    let has = |weight| alike.iter().any(|change| change.weight == weight);
    let mark = match () {
        () if has(Weight::Weakens) => '-',
        () if has(Weight::Strengthens) => '+',
        () => '~',
    };
    let because = alike.first().map(|change| because(changes, change)).unwrap_or_default();
    Line { mark, pieces: pieces.0, because }
}

/// Whether a change is of the sort of others, and is told with them.
fn joins(group: &[&Change], change: &Change) -> bool {
    let first = group[0];
    let parts = |change: &Change| -> Vec<String> {
        change.field.iter().flat_map(|field| field.split('/')).map(str::to_owned).collect()
    };
    let (theirs, own) = (parts(first), parts(change));
    match (change.record, change.verb) {
        _ if first.verb != change.verb => false,
        (Record::Claim, Verb::CitationAdded | Verb::CitationRemoved) => {
            let how = |change: &Change| {
                let citation = change.new.as_ref().or(change.old.as_ref());
                citation.map(|c| (c["stance"].clone(), c["directness"].clone()))
            };
            how(first) == how(change)
        }
        (Record::Claim, Verb::CitationChanged) => {
            theirs.get(1) == own.get(1) && !group.iter().any(|other| other.field == change.field)
        }
        (Record::Schema, Verb::ValueAdded | Verb::ValueRemoved) => first.field == change.field,
        (Record::Schema, _) => (&first.old, &first.new) == (&change.old, &change.new),
        (Record::Dataset, Verb::Added | Verb::Removed) => {
            let vocabulary = matches!(own.first().map(String::as_str), Some("topics" | "units"));
            vocabulary && theirs.first() == own.first()
        }
        _ => false,
    }
}

/// The note on a claim's confidence, where it changed together with the confidence.
struct Note<'c> {
    confidence: Option<&'c Change>,
    /// What changed in the note, where that is the reason.
    reason: Option<&'c Change>,
}

impl<'c> Note<'c> {
    fn of(changes: &[&'c Change]) -> Self {
        let of_field = |field: &str| {
            changes.iter().copied().find(|change| change.field.as_deref() == Some(field))
        };
        let (confidence, note) = (of_field("confidence"), of_field("confidence_note"));
        let says = |note: &&Change| {
            let text = note.new.as_ref().and_then(Value::as_str);
            let because = confidence.and_then(|change| change.because.as_ref());
            matches!(because, Some(Because::Note { text: why, .. }) if Some(why.as_str()) == text)
        };
        Self { confidence, reason: note.filter(says) }
    }

    /// Whether the confidence is told with all that this change says.
    fn is_told_by_another(&self, change: &Change) -> bool {
        self.reason.is_some_and(|note| note == change && note.old.is_none())
    }

    /// Whether the reason of a change is told by that of the note.
    fn tells_why(&self, change: &Change) -> bool {
        self.reason.is_some_and(|note| note.old.is_some())
            && self.confidence.is_some_and(|confidence| confidence == change)
    }

    /// Where a change is told.
    fn place(&self, change: &Change) -> (bool, bool, Verb, bool) {
        let called = is_name(change);
        match (change.field.as_deref(), self.confidence) {
            // The note belongs to the confidence.
            (Some("confidence_note"), Some(of)) => {
                (true, of.weight != Weight::Weakens, of.verb, true)
            }
            _ => (!called, change.weight != Weight::Weakens, change.verb, false),
        }
    }
}

/// Whether a change is told by what readers know the record by.
#[must_use]
pub fn is_name(change: &Change) -> bool {
    matches!(change.field.as_deref(), Some("statement" | "title" | "name"))
}

/// What explains a change, but for what another line of the same record says.
fn because(changes: &Changes, change: &Change) -> Vec<Piece> {
    let mut p = Pieces::default();
    match (&change.because, change.verb) {
        (
            Some(Because::Citation { source }),
            Verb::ConfidenceRaised
            | Verb::ConfidenceLowered
            | Verb::Disputed
            | Verb::CeilingLowered
            | Verb::CeilingRaised
            | Verb::IndependentSupportLost,
        ) => {
            p.words("because of ").name(changes, Record::Source, source);
        }
        (Some(Because::Source { id }), _) => {
            p.words("because of the source ").name(changes, Record::Source, id);
        }
        (Some(Because::Publisher { id }), _) => {
            p.words("because of the publisher ").name(changes, Record::Publisher, id);
        }
        (Some(Because::Claim { id }), Verb::Superseded) => {
            p.words("by ").name(changes, Record::Claim, id);
        }
        (Some(Because::Policy), _) => {
            p.words("because the policy changed");
        }
        // Why a finding was accepted is no reason to do so no longer.
        (Some(Because::Note { .. }), Verb::Removed | Verb::Edited)
            if change.record == Record::Dataset => {}
        (Some(Because::Note { text, .. }), _) => {
            p.add(Kind::Text, text);
        }
        (Some(Because::Commit { id, subject }), _) => {
            p.words("in ").add(Kind::Code, id.get(..10).unwrap_or(id)).words(": ");
            p.add(Kind::Text, subject);
        }
        _ => {}
    }
    p.0
}
