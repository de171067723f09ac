//! Records from elsewhere: spreadsheets, published tables, lines of JSON and issue forms become
//! drafts, each part of which remembers where it came from, so that what the check says is told at
//! the row and column, all of it, before anything is written.

mod columns;
mod flags;
mod gather;
mod issue;
mod lines;
mod place;
mod rows;
mod settle;
mod tables;
mod template;
mod words;

pub use columns::{TABLES, Table, table};
pub use flags::{Flag, tell_at_flags};
pub use place::{Batch, Counts};
pub use template::template;
pub use words::Called;

use super::{Desk, Draft};
use crate::{error::Result, model::RecordKind};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// A file to take in.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its name, as it was given.
    pub name: String,
    /// What stands in it.
    pub text: String,
    /// What it is.
    pub form: Form,
}

impl Input {
    /// Leaves out what only some editors write and nobody sees: a byte order mark, and half of the
    /// line ends of Windows.
    fn clean(&mut self) {
        if let Some(rest) = self.text.strip_prefix('\u{feff}') {
            self.text = rest.to_owned();
        }
        if self.text.contains("\r\n") {
            self.text = self.text.replace("\r\n", "\n");
        }
    }
}

/// What a file to take in is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A table: CSV, or cells parted by `;` or tabs.
    Table,
    /// One JSON record a line.
    Lines,
    /// The body of an issue that was opened with one of the forms.
    Issue,
    /// The flags of a command, one a line; they are taken in already.
    Flags,
}

/// How files are taken in.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What the rows are, where that cannot be told from the file.
    pub table: Option<String>,
    /// Other names for headers.
    pub map: BTreeMap<String, String>,
    /// Whether records that are there are changed.
    pub update: bool,
    /// The folder for new records, below that of their kind.
    pub folder: Option<String>,
}

/// Where in a file something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spot {
    /// The index of the file.
    input: usize,
    /// Its bytes.
    range: Range<usize>,
    /// What a person calls it; empty where the line tells enough.
    words: String,
}

impl Spot {
    /// What is said about it.
    fn with(&self, message: &str) -> String {
        if self.words.is_empty() {
            message.to_owned()
        } else {
            format!("{}: {message}", self.words)
        }
    }
}

/// Something wrong with a file that no rule of the check can see.
struct Complaint {
    spot: Spot,
    rule: &'static str,
    message: String,
    help: String,
}

/// A record on its way in.
struct Incoming {
    kind: RecordKind,
    /// Its id, where it says one.
    id: Option<(String, Spot)>,
    /// All of it.
    whole: Spot,
    /// What it says, by member.
    says: Vec<Say>,
    /// Where further parts of it stand, by JSON pointer.
    parts: Vec<(String, Spot)>,
    /// The lists it gives anew.
    lists: BTreeSet<String>,
    /// Where it was read from JSON: the record.
    record: Option<Value>,
    /// How its file makes what a member refers to, where that is new: by pointer, in words.
    makes: &'static [(&'static str, &'static str)],
}

/// What a record says about a member.
struct Say {
    pointer: String,
    text: String,
    /// Whether the text is JSON.
    json: bool,
    spot: Spot,
}

impl Incoming {
    fn new(kind: RecordKind, id: Option<(String, Spot)>, whole: Spot) -> Self {
        Self {
            kind,
            id,
            whole,
            says: Vec::new(),
            parts: Vec::new(),
            lists: BTreeSet::new(),
            record: None,
            makes: &[],
        }
    }

    /// Whether it says something of just this member, if only that it is empty.
    fn says(&self, pointer: &str) -> bool {
        self.says.iter().any(|say| say.pointer == pointer)
    }

    /// Where the part of the record that `pointer` names comes from.
    fn spot(&self, pointer: &str) -> &Spot {
        let holds = |outer: &str| {
            pointer.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let says = || self.says.iter().map(|say| (say.pointer.as_str(), &say.spot));
        let parts = self.parts.iter().map(|(pointer, spot)| (pointer.as_str(), spot));
        let id = self.id.iter().map(|(_, spot)| ("/id", spot));
        let found = says().chain(parts).chain(id).filter(|(outer, _)| holds(outer));
        if let Some((_, spot)) = found.max_by_key(|(outer, _)| outer.len()) {
            return spot;
        }
        // A list begins with its first entry.
        let within = format!("{pointer}/");
        let first = says().find(|(inner, _)| !pointer.is_empty() && inner.starts_with(&within));
        first.map_or(&self.whole, |(_, spot)| spot)
    }
}

/// Takes files in: how the dataset would be with what they say.
///
/// # Errors
/// Where a file cannot be understood at all, or as [`Desk::trial`].
pub fn take_in(desk: &Desk, mut inputs: Vec<Input>, options: &Options) -> Result<Batch> {
    inputs.iter_mut().for_each(Input::clean);
    let mut gathered = gather::Gathered::default();
    // Records come before what is inside them, whatever the order of the files.
    let mut tables = Vec::new();
    for (i, input) in inputs.iter().enumerate() {
        match input.form {
            Form::Table => tables.push(tables::open(desk, i, input, options)?),
            Form::Lines => lines::read(i, input, options, &mut gathered)?,
            Form::Issue => issue::read(desk, i, input, &mut gathered)?,
            Form::Flags => {}
        }
    }
    tables.sort_by_key(tables::Opened::rank);
    let names: Vec<&str> = tables.iter().map(tables::Opened::name).collect();
    let has_authors = names.contains(&"authors");
    for opened in tables {
        opened.read(&mut gathered, has_authors);
    }
    place::place(desk, inputs, gathered, options)
}

/// A part of a file, in words: `row 14, column C (date)`.
fn cell_words(row: usize, column: Option<(usize, &str)>) -> String {
    match column {
        None => format!("row {row}"),
        Some((at, header)) => format!("row {row}, column {} (`{header}`)", rows::letters(at)),
    }
}

impl Draft {
    /// The record whose JSON is `value`.
    fn from_json(kind: RecordKind, value: Value) -> Self {
        Self { kind, value }
    }
}
