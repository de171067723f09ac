//! claimbook checks, diffs and publishes datasets of sourced claims that live in a git repository.
//!
//! Users meet the `claimbook` program; this library is everything it does, and is documented for
//! those who change it. What a dataset is, the README says.
//!
//! # The flow
//!
//! ```text
//!            Snapshot ──parse──▶ Document ──schema──▶ Dataset ──rules──▶ Report ──▶ people,
//!  reads ▶   files at one        text, places,        records,   findings,           JSON,
//!            moment: a folder    repeated keys        typed and  in order            GitHub
//!            or a revision                            in order
//!                                                       │
//!                                                       ├─ two of them ─ diff ──▶ Changes ──▶ people,
//!                                                       │                         JSON, Markdown
//!                                                       └─ publish ──▶ files ──▶ writes
//! ```
//!
//! [`snapshot`] is the only reader and [`mod@write`], with the folder of [`publish`], the only writer.
//! Between them functions are pure: the same snapshot gives the same bytes, on every machine and
//! with any number of threads. That is what makes git revisions, tests and reproducible releases
//! cheap.
//!
//! Two kinds of trouble are never mixed. A [finding](finding::Finding) is about the data: all are
//! collected, put in order, and shown at their line and column; the program ends with 1. An
//! [error](error::Error) is about the run, such as a folder that is not there: the first one stops
//! it, with a hint, and the program ends with 2.
//!
//! Records are read leniently, so that one mistake hides nothing else: a record that its schema
//! refuses still loads as far as it goes, with a list of the parts that [cannot be relied
//! on](model::Entry), about which rules keep quiet.
//!
//! # The floors
//!
//! A module uses modules of floors below its own, and its own children; `tests/floors.rs` holds the
//! code to this table.
//!
//! | floor | modules | what they know |
//! |---:|---|---|
//! | 10 | [`cli`] | the command line: arguments, terminals, exit codes |
//! | 9 | [`authoring`], [`ci`], [`release`] | new and changed records: drafts, intake, mending; what a workflow of GitHub Actions asks for; files with checksums, archives, and whether a download is what was released |
//! | 8 | [`publish`], [`report`] | how a dataset, findings and changes look to others |
//! | 7 | [`check`] | the whole check |
//! | 6 | [`load`] | from files to records |
//! | 5 | [`between`], [`history`], [`markers`], [`rules`], [`starter`] | two revisions, the life of a record, numbers in pages, what is asked of a dataset, and the files of a new one |
//! | 4 | [`diff`], [`merge`], [`stats`], [`templates`], [`mod@write`] | changes, merges and counts, and means of output |
//! | 3 | [`confidence`], [`schema`] | what citations carry, and what a record may hold |
//! | 2 | [`model`], [`snapshot`] | records, and where they come from |
//! | 1 | [`finding`] | what can be said about data |
//! | 0 | [`date`], [`document`], [`error`], [`text`] | dates, JSON texts, words |
//!
//! Every heavy crate has one home and can be replaced there; the same test has the list.
//!
//! # To extend it
//!
//! A [rule](rules::RULES), a [format of reports](report::FORMATS), a [published
//! format](publish::EXPORTERS) and a command are each one file, one line in a `const` table of plain
//! structs, and cases in `tests/`. CONTRIBUTING has the recipes. There are no traits for them: a rule
//! is a name, some words and a function, and the table is its documentation, its `--help` and the
//! list of its tests as well.

pub mod authoring;
pub mod between;
pub mod check;
pub mod ci;
pub mod cli;
pub mod confidence;
pub mod date;
pub mod diff;
pub mod document;
pub mod error;
pub mod finding;
pub mod history;
pub mod load;
pub mod markers;
pub mod merge;
pub mod model;
pub mod publish;
pub mod release;
pub mod report;
pub mod rules;
pub mod schema;
pub mod snapshot;
pub mod starter;
pub mod stats;
pub mod templates;
pub mod text;
pub mod write;
