//! The tables of a dataset: names, columns, types, keys and rows, written once. Every tabular
//! format is made from this list, so that they cannot drift apart.
//!
//! Columns are a contract: adding, removing, renaming or reordering one is a major change.

use super::{Computed, Edition};
use crate::model::{Author, Correction};
use std::borrow::Cow;

/// A table.
pub struct Table {
    /// Its name, and its file's without extension.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
    /// The columns that together identify a row.
    pub key: &'static [&'static str],
    /// Columns that hold the key of another table: (column, table, column there).
    pub foreign: &'static [(&'static str, &'static str, &'static str)],
    /// Calls a function with every row, a cell for each column.
    pub rows: Rows,
}

/// Calls a function with every row of a table, a cell for each column.
pub type Rows = fn(&Edition, &mut dyn FnMut(&[Cell]));

/// A column.
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: CellKind,
    /// Whether every row has a cell.
    pub required: bool,
    /// What it says, in one sentence.
    pub about: &'static str,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Text.
    Text,
    /// A decimal number of any size, as text.
    Decimal,
    /// A whole number.
    Integer,
    /// A day, YYYY-MM-DD.
    Day,
    /// An EDTF date.
    Edtf,
    /// A web address.
    Url,
    /// Ids joined by `;`.
    Ids,
    /// Texts joined by ` | `.
    Texts,
    /// Web addresses joined by a space.
    Urls,
}

/// A cell; empty where there is nothing to say.
pub type Cell<'c> = Cow<'c, str>;

macro_rules! columns {
    ($($name:literal $kind:ident $need:ident $about:literal;)*) => {
        &[$(Column { name: $name, kind: CellKind::$kind, required: columns!(@$need), about: $about }),*]
    };
    (@required) => { true };
    (@optional) => { false };
}

/// Every table, in the order of publication.
pub const TABLES: &[Table] = &[
    Table {
        name: "claims",
        about: "One claim a row; a removed claim has only its id and status.",
        columns: columns! {
            "id" Text required "Permanent id of the claim.";
            "statement" Text optional "The claim, one sentence.";
            "kind" Text optional "event, state, measurement, commitment, forecast or assessment.";
            "status" Text required "active, disputed, superseded, retracted or removed.";
            "confidence" Text optional "How good the evidence is: high, moderate or low.";
            "ceiling" Text optional "The most its citations can carry; empty where no source counts.";
            "groups" Integer optional "Independent groups of supporting sources.";
            "contradicting_groups" Integer optional "Independent groups of contradicting sources that count.";
            "stix_confidence" Integer optional "The confidence on the scale of STIX 2.1: 15, 50 or 85.";
            "likelihood" Text optional "How likely a forecast is, in the words of ICD 203.";
            "date" Edtf optional "When it is or was true, in EDTF.";
            "earliest" Day optional "First day the date may mean.";
            "latest" Day optional "Last day the date may mean.";
            "amount" Decimal optional "The amount it states.";
            "unit" Text optional "The unit of the amount.";
            "lower" Decimal optional "Lowest value of a range.";
            "upper" Decimal optional "Highest value of a range.";
            "topics" Ids optional "Topics, joined by ;.";
            "subjects" Ids optional "Subjects, joined by ;.";
            "citations" Integer required "How many citations the claim has.";
            "confidence_note" Text optional "Why not more, or why despite contradiction.";
            "status_date" Day optional "Since when it has its status.";
            "status_note" Text optional "Why it has its status.";
            "reviewed" Day optional "Last day a person opened the sources.";
            "review_by" Day optional "Day the next review is due.";
            "assertion_hash" Text optional "SHA-256 of what the claim asserts.";
            "iri" Url required "Address that identifies the claim.";
        },
        key: &["id"],
        foreign: &[],
        rows: claims,
    },
    Table {
        name: "citations",
        about: "One citation a row: what a source shows about a claim.",
        columns: columns! {
            "claim" Text required "Id of the claim.";
            "position" Integer required "Place among the claim's citations, from 1.";
            "source" Text required "Id of the source.";
            "stance" Text required "supports, contradicts or context.";
            "directness" Text required "primary or secondary.";
            "shows" Text required "What the source shows, in the dataset's words.";
            "locator" Text optional "Where in the source.";
            "quote" Text optional "The exact words.";
            "translation" Text optional "The quote in the dataset's language.";
        },
        key: &["claim", "position"],
        foreign: &[("claim", "claims", "id"), ("source", "sources", "id")],
        rows: citations,
    },
    Table {
        name: "sources",
        about: "One cited work a row.",
        columns: columns! {
            "id" Text required "Permanent id of the source.";
            "type" Text required "Kind of work, in the terms of CSL.";
            "title" Text required "Title in its own language.";
            "title_en" Text optional "Title in English.";
            "authors" Texts optional "Authors, joined by |.";
            "publisher" Text required "Id of the publisher.";
            "container" Text optional "Journal, series or site it is part of.";
            "number" Text optional "Number of an act, report or issue.";
            "issued" Edtf required "When it was published, in EDTF.";
            "lang" Text required "Language, a BCP 47 tag.";
            "url" Url optional "Where it can be read.";
            "doi" Text optional "DOI.";
            "isbn" Text optional "ISBN.";
            "archived_url" Url optional "An archived copy.";
            "accessed" Day optional "Day it was read.";
            "reliability" Text required "Effective letter, A to F: the worse of the publisher's and its own.";
            "own_reliability" Text optional "Its own letter, where that is worse than the publisher's.";
            "reliability_note" Text optional "Why.";
            "derived_from" Ids optional "Sources it repeats, joined by ;.";
            "status" Text optional "corrected, retracted or unavailable.";
            "status_note" Text optional "Why.";
            "claims" Integer required "How many claims cite it.";
        },
        key: &["id"],
        foreign: &[("publisher", "publishers", "id")],
        rows: sources,
    },
    Table {
        name: "publishers",
        about: "One publisher a row.",
        columns: columns! {
            "id" Text required "Permanent id of the publisher.";
            "name" Text required "Its name.";
            "country" Text optional "Where it is at home, ISO 3166-1 alpha-2.";
            "kind" Text required "What kind of publisher it is.";
            "reliability" Text required "Letter, A to F.";
            "owner" Text optional "Who controls it; publishers of one owner count as one origin.";
            "note" Text optional "Why this letter.";
        },
        key: &["id"],
        foreign: &[],
        rows: publishers,
    },
    Table {
        name: "subjects",
        about: "One subject a row: who or what claims are about.",
        columns: columns! {
            "id" Text required "Permanent id of the subject.";
            "name" Text required "Its usual name.";
            "kind" Text required "What kind of thing it is.";
            "description" Text optional "What or who it is.";
            "same_as" Urls optional "Pages about the same thing, joined by a space.";
            "claims" Integer required "How many claims are about it.";
        },
        key: &["id"],
        foreign: &[],
        rows: subjects,
    },
    Table {
        name: "claim_subjects",
        about: "Which claim is about which subject.",
        columns: columns! {
            "claim" Text required "Id of the claim.";
            "subject" Text required "Id of the subject.";
        },
        key: &["claim", "subject"],
        foreign: &[("claim", "claims", "id"), ("subject", "subjects", "id")],
        rows: claim_subjects,
    },
    Table {
        name: "relations",
        about: "How claims stand to one another.",
        columns: columns! {
            "claim" Text required "Id of the claim that has the relation.";
            "type" Text required "supports, contradicts, supersedes or part_of.";
            "target" Text required "Id of the other claim.";
        },
        key: &["claim", "type", "target"],
        foreign: &[("claim", "claims", "id"), ("target", "claims", "id")],
        rows: relations,
    },
    Table {
        name: "corrections",
        about: "What was wrong in released versions of a claim.",
        columns: columns! {
            "claim" Text required "Id of the claim.";
            "position" Integer required "Place among the claim's corrections, from 1, oldest first.";
            "date" Day required "Day of the correction.";
            "note" Text required "What was wrong and what is right.";
        },
        key: &["claim", "position"],
        foreign: &[("claim", "claims", "id")],
        rows: corrections,
    },
];

fn text(text: &str) -> Cell<'_> {
    Cow::Borrowed(text)
}

fn some(value: Option<&String>) -> Cell<'_> {
    Cow::Borrowed(value.map_or("", String::as_str))
}

fn shown(value: Option<impl ToString>) -> Cell<'static> {
    Cow::Owned(value.map(|value| value.to_string()).unwrap_or_default())
}

fn number(n: usize) -> Cell<'static> {
    Cow::Owned(n.to_string())
}

fn claims(edition: &Edition, row: &mut dyn FnMut(&[Cell])) {
    for Computed { claim, assessment, days, assertion_hash } in &edition.claims {
        let quantity = claim.quantity.as_ref();
        row(&[
            text(&claim.id),
            text(&claim.statement),
            text(claim.kind.as_str()),
            text(claim.status.as_str()),
            text(claim.confidence.as_str()),
            shown(assessment.as_ref().and_then(|a| a.ceiling.as_ref())),
            shown(assessment.as_ref().map(|a| a.support.len())),
            shown(assessment.as_ref().map(|a| a.against.len())),
            shown(claim.confidence.stix()),
            some(claim.likelihood.as_ref()),
            text(claim.date.as_str()),
            shown(days.0),
            shown(days.1),
            some(quantity.map(|q| &q.amount)),
            some(quantity.map(|q| &q.unit)),
            some(quantity.and_then(|q| q.lower.as_ref())),
            some(quantity.and_then(|q| q.upper.as_ref())),
            Cow::Owned(claim.topics.join(";")),
            Cow::Owned(claim.subjects.join(";")),
            number(claim.citations.len()),
            some(claim.confidence_note.as_ref()),
            some(claim.status_date.as_ref()),
            some(claim.status_note.as_ref()),
            some(claim.reviewed.as_ref()),
            some(claim.review_by.as_ref()),
            some(assertion_hash.as_ref()),
            Cow::Owned(edition.iri("claim", &claim.id)),
        ]);
    }
}

fn citations(edition: &Edition, row: &mut dyn FnMut(&[Cell])) {
    for Computed { claim, .. } in &edition.claims {
        for (i, citation) in claim.citations.iter().enumerate() {
            row(&[
                text(&claim.id),
                number(i + 1),
                text(&citation.source),
                text(citation.stance.as_str()),
                text(citation.directness.as_str()),
                text(&citation.shows),
                some(citation.locator.as_ref()),
                some(citation.quote.as_ref()),
                some(citation.translation.as_ref()),
            ]);
        }
    }
}

fn sources(edition: &Edition, row: &mut dyn FnMut(&[Cell])) {
    for (id, entry) in &edition.dataset.sources {
        let source = &entry.record;
        let authors: Vec<String> = source.authors.iter().map(Author::name).collect();
        row(&[
            text(id),
            text(&source.kind),
            text(&source.title),
            some(source.title_en.as_ref()),
            Cow::Owned(authors.join(" | ")),
            text(&source.publisher),
            some(source.container.as_ref()),
            some(source.number.as_ref()),
            text(source.issued.as_str()),
            text(&source.lang),
            some(source.url.as_ref()),
            some(source.doi.as_ref()),
            some(source.isbn.as_ref()),
            some(source.archived_url.as_ref()),
            some(source.accessed.as_ref()),
            text(edition.letter(source)),
            shown(source.reliability.as_ref()),
            some(source.reliability_note.as_ref()),
            Cow::Owned(source.derived_from.join(";")),
            shown(source.status.as_ref()),
            some(source.status_note.as_ref()),
            number(edition.cited_by.get(id.as_str()).map_or(0, Vec::len)),
        ]);
    }
}

fn publishers(edition: &Edition, row: &mut dyn FnMut(&[Cell])) {
    for (id, entry) in &edition.dataset.publishers {
        let publisher = &entry.record;
        row(&[
            text(id),
            text(&publisher.name),
            some(publisher.country.as_ref()),
            text(&publisher.kind),
            text(publisher.reliability.as_str()),
            some(publisher.owner.as_ref()),
            some(publisher.note.as_ref()),
        ]);
    }
}

fn subjects(edition: &Edition, row: &mut dyn FnMut(&[Cell])) {
    let mut counts = std::collections::BTreeMap::<&str, usize>::new();
    for id in edition.claims.iter().flat_map(|computed| &computed.claim.subjects) {
        *counts.entry(id).or_default() += 1;
    }
    for (id, entry) in &edition.dataset.subjects {
        let subject = &entry.record;
        row(&[
            text(id),
            text(&subject.name),
            text(&subject.kind),
            some(subject.description.as_ref()),
            Cow::Owned(subject.same_as.join(" ")),
            number(counts.get(id.as_str()).copied().unwrap_or(0)),
        ]);
    }
}

fn claim_subjects(edition: &Edition, row: &mut dyn FnMut(&[Cell])) {
    for Computed { claim, .. } in &edition.claims {
        for subject in &claim.subjects {
            row(&[text(&claim.id), text(subject)]);
        }
    }
}

fn relations(edition: &Edition, row: &mut dyn FnMut(&[Cell])) {
    for Computed { claim, .. } in &edition.claims {
        for relation in &claim.relations {
            row(&[text(&claim.id), text(relation.kind.as_str()), text(&relation.claim)]);
        }
    }
}

fn corrections(edition: &Edition, row: &mut dyn FnMut(&[Cell])) {
    for Computed { claim, .. } in &edition.claims {
        for (i, Correction { date, note, .. }) in claim.corrections.iter().enumerate() {
            row(&[text(&claim.id), number(i + 1), text(date), text(note)]);
        }
    }
}
