//! The tables of a dataset: names, columns, types, keys and rows, written once. Every tabular
//! format is made from this list, so that they cannot drift apart.
//!
//! Columns are a contract: adding, removing, renaming or reordering one is a major change.

mod glossary;
mod list;
mod rows;

pub use glossary::Glossary;
pub use list::TABLES;

use super::Edition;
use crate::date::Day;
use std::{
    borrow::Cow,
    fmt::{self, Write as _},
};

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
    /// The columns that hold prose worth searching.
    pub prose: &'static [&'static str],
    /// Calls a function with every row, a cell for each column, until it fails.
    pub rows: Rows,
}

/// Takes the rows of a table.
pub type TakeRow<'t> = &'t mut dyn FnMut(&[Cell]) -> std::io::Result<()>;

/// Calls a function with every row of a table, a cell for each column, until it fails.
pub type Rows = fn(&Edition, TakeRow) -> std::io::Result<()>;

/// A column.
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: CellKind,
    /// Whether every row has a cell.
    pub required: bool,
    /// What it says, in one sentence; where there is none, the schema says it.
    pub about: Option<&'static str>,
    /// The fields it comes from, as `SCHEMA#POINTER`.
    pub fields: &'static [&'static str],
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
    /// Ids.
    Ids,
    /// Texts.
    Texts,
    /// Web addresses.
    Urls,
}

impl CellKind {
    /// What joins the items of a list where a cell can only hold text; none where the cells are no
    /// lists.
    #[must_use]
    pub fn separator(self) -> Option<&'static str> {
        match self {
            Self::Ids => Some(";"),
            Self::Texts => Some(" | "),
            Self::Urls => Some(" "),
            _ => None,
        }
    }
}

/// A cell.
pub enum Cell<'c> {
    /// There is nothing to say.
    Empty,
    /// Text of any kind, days and decimals that people wrote among it.
    Text(Cow<'c, str>),
    /// A whole number.
    Number(u64),
    /// A day that was worked out.
    Day(Day),
    /// A list, not empty.
    List(Cow<'c, [String]>),
}

impl Cell<'_> {
    /// The cell as text, written at the end of `out`; a list is joined as its column wants it.
    ///
    /// # Errors
    /// None: writing into a text does not fail.
    pub fn write(&self, kind: CellKind, out: &mut String) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => out.write_str(text),
            Self::Number(number) => write!(out, "{number}"),
            Self::Day(day) => write!(out, "{day}"),
            Self::List(items) => {
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        out.push_str(kind.separator().unwrap_or_default());
                    }
                    out.push_str(item);
                }
                Ok(())
            }
        }
    }
}
