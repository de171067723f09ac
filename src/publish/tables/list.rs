//! The list of tables and columns.

use super::{CellKind, Column, Table, rows};

/// Columns, one a line: name, kind, whether every row has a cell, and what it says. A column that
/// says nothing itself is described by the schema: by the field of its own name in `$record`, or
/// by the fields after `as`.
macro_rules! columns {
    ($record:literal: $($name:literal $kind:ident $need:ident $($about:literal)? $(as $($field:literal)+)?;)*) => {
        &[$(Column {
            name: $name,
            kind: CellKind::$kind,
            required: columns!(@need $need),
            about: columns!(@about $($about)?),
            fields: columns!(@fields $record $name [$($about)?] [$($($field)+)?]),
        }),*]
    };
    (@need required) => { true };
    (@need optional) => { false };
    (@about) => { None };
    (@about $about:literal) => { Some($about) };
    (@fields $record:literal $name:literal [] []) => {
        &[concat!($record, "/properties/", $name)]
    };
    (@fields $record:literal $name:literal [$about:literal] []) => { &[] };
    (@fields $record:literal $name:literal [$($about:literal)?] [$($field:literal)+]) => {
        &[$($field),+]
    };
}

/// Every table, in the order of publication.
pub const TABLES: &[Table] = &[
    Table {
        name: "claims",
        about: "One claim a row; a removed claim has only its id and status.",
        columns: columns! { "claim#/$defs/claim":
            "id" Text required;
            "statement" Text optional;
            "kind" Text optional;
            "status" Text required "active, disputed, superseded, retracted or removed."
                as "claim#/$defs/claim/properties/status" "claim#/$defs/tombstone/properties/status";
            "confidence" Text optional;
            "ceiling" Text optional "The most its citations can carry; empty where no source counts."
                as "claim#/$defs/claim/properties/confidence";
            "groups" Integer optional "Independent groups of supporting sources.";
            "contradicting_groups" Integer optional "Independent groups of contradicting sources that count.";
            "stix_confidence" Integer optional "The confidence on the scale of STIX 2.1: 15, 50 or 85.";
            "likelihood" Text optional;
            "date" Edtf optional;
            "earliest" Day optional "First day the date may mean; empty where that end is open or unknown.";
            "latest" Day optional "Last day the date may mean; empty where that end is open or unknown.";
            "amount" Decimal optional as "claim#/$defs/quantity/properties/amount";
            "unit" Text optional as "claim#/$defs/quantity/properties/unit";
            "lower" Decimal optional as "claim#/$defs/quantity/properties/lower";
            "upper" Decimal optional as "claim#/$defs/quantity/properties/upper";
            "topics" Ids optional;
            "subjects" Ids optional;
            "citations" Integer required "How many citations the claim has.";
            "confidence_note" Text optional;
            "status_date" Day optional;
            "status_note" Text optional;
            "reviewed" Day optional;
            "review_by" Day optional;
            "assertion_hash" Text optional "SHA-256 of what the claim asserts, whatever supports it.";
            "iri" Url required "Address that identifies the claim.";
        },
        key: &["id"],
        foreign: &[],
        prose: &["statement", "confidence_note", "status_note"],
        rows: rows::claims,
    },
    Table {
        name: "citations",
        about: "One citation a row: what a source shows about a claim.",
        columns: columns! { "claim#/$defs/citation":
            "claim" Text required "Id of the claim.";
            "position" Integer required "Place among the claim's citations, from 1.";
            "source" Text required;
            "stance" Text required;
            "directness" Text required;
            "shows" Text required;
            "locator" Text optional;
            "quote" Text optional;
            "translation" Text optional;
        },
        key: &["claim", "position"],
        foreign: &[("claim", "claims", "id"), ("source", "sources", "id")],
        prose: &["shows", "quote", "translation"],
        rows: rows::citations,
    },
    Table {
        name: "sources",
        about: "One cited work a row.",
        columns: columns! { "source#":
            "id" Text required;
            "type" Text required;
            "title" Text required;
            "title_en" Text optional;
            "authors" Texts optional;
            "publisher" Text required;
            "container" Text optional;
            "number" Text optional;
            "issued" Edtf required;
            "lang" Text required;
            "url" Url optional;
            "doi" Text optional;
            "isbn" Text optional;
            "archived_url" Url optional;
            "accessed" Day optional;
            "reliability" Text required "Effective letter, A to F: the worse of the publisher's and its own."
                as "source#/properties/reliability";
            "own_reliability" Text optional "Its own letter, where that is worse than the publisher's."
                as "source#/properties/reliability";
            "reliability_note" Text optional;
            "derived_from" Ids optional;
            "status" Text optional;
            "status_note" Text optional;
            "claims" Integer required "How many claims cite it.";
        },
        key: &["id"],
        foreign: &[("publisher", "publishers", "id")],
        prose: &["title", "title_en", "container"],
        rows: rows::sources,
    },
    Table {
        name: "authors",
        about: "One author of a source a row: a person by family and given name, or a body.",
        columns: columns! { "source#/$defs/author":
            "source" Text required "Id of the source.";
            "position" Integer required "Place among the source's authors, from 1.";
            "family" Text optional;
            "given" Text optional;
            "literal" Text optional;
        },
        key: &["source", "position"],
        foreign: &[("source", "sources", "id")],
        prose: &[],
        rows: rows::authors,
    },
    Table {
        name: "publishers",
        about: "One publisher a row.",
        columns: columns! { "publisher#":
            "id" Text required;
            "name" Text required;
            "country" Text optional;
            "kind" Text required;
            "reliability" Text required;
            "owner" Text optional;
            "note" Text optional;
        },
        key: &["id"],
        foreign: &[],
        prose: &[],
        rows: rows::publishers,
    },
    Table {
        name: "subjects",
        about: "One subject a row: who or what claims are about.",
        columns: columns! { "subject#":
            "id" Text required;
            "name" Text required;
            "kind" Text required;
            "description" Text optional;
            "same_as" Urls optional;
            "claims" Integer required "How many claims are about it.";
        },
        key: &["id"],
        foreign: &[],
        prose: &[],
        rows: rows::subjects,
    },
    Table {
        name: "claim_subjects",
        about: "Which claim is about which subject.",
        columns: columns! { "":
            "claim" Text required "Id of the claim.";
            "subject" Text required "Id of the subject.";
        },
        key: &["claim", "subject"],
        foreign: &[("claim", "claims", "id"), ("subject", "subjects", "id")],
        prose: &[],
        rows: rows::claim_subjects,
    },
    Table {
        name: "relations",
        about: "How claims stand to one another.",
        columns: columns! { "claim#/$defs/relation":
            "claim" Text required "Id of the claim that has the relation.";
            "type" Text required;
            "target" Text required as "claim#/$defs/relation/properties/claim";
        },
        key: &["claim", "type", "target"],
        foreign: &[("claim", "claims", "id"), ("target", "claims", "id")],
        prose: &[],
        rows: rows::relations,
    },
    Table {
        name: "corrections",
        about: "What was wrong in released versions of a claim.",
        columns: columns! { "claim#/$defs/correction":
            "claim" Text required "Id of the claim.";
            "position" Integer required "Place among the claim's corrections, from 1, oldest first.";
            "date" Day required;
            "note" Text required;
        },
        key: &["claim", "position"],
        foreign: &[("claim", "claims", "id")],
        prose: &[],
        rows: rows::corrections,
    },
    Table {
        name: "extras",
        about: "What records hold under keys of the dataset's own, which begin with x_.",
        columns: columns! { "":
            "table" Text required "Table of the record: claims, sources, publishers or subjects.";
            "id" Text required "Id of the record.";
            "pointer" Text required "JSON pointer of the value in the record.";
            "value" Text required "The value, as JSON.";
        },
        key: &["table", "id", "pointer"],
        foreign: &[],
        prose: &[],
        rows: rows::extras,
    },
];
