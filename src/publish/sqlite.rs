//! SQLite: the tables in one file, with keys, checks of words and full-text search. The only home
//! of rusqlite. The bytes are the same for the same version of SQLite, which comes with us.

use super::{
    Edition, Sink,
    tables::{Cell, CellKind, Column, Glossary, TABLES, Table},
};
use crate::error::{Error, Result};
use rusqlite::{
    Connection, OpenFlags, ToSql,
    types::{ToSqlOutput, ValueRef},
};
use std::{collections::BTreeMap, io, path::Path};

/// Writes the database.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    let path = format!("{}.sqlite", edition.meta.name);
    sink.made(&path, &mut |at| {
        write(edition, at).map_err(|e| Error::new(format!("cannot make {path}: {e}")))
    })
}

/// How many rows each table of a database has that somebody else may have made, or why they cannot
/// be counted; an error is one of reading.
///
/// # Errors
/// Where it cannot be read, or there is no room for a copy.
pub fn rows_of_sqlite(
    reader: &mut dyn io::Read,
) -> io::Result<std::result::Result<BTreeMap<String, u64>, String>> {
    // SQLite reads files only.
    let mut copy = tempfile::NamedTempFile::new()?;
    io::copy(reader, &mut copy)?;
    let count = || -> rusqlite::Result<BTreeMap<String, u64>> {
        let database = Connection::open_with_flags(
            copy.path(),
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        database.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
        let rows = |table: &Table| -> rusqlite::Result<(String, u64)> {
            // A view could say anything, and take for ever.
            let all = format!(
                "SELECT (SELECT count(*) FROM \"{0}\") FROM sqlite_schema \
                 WHERE type = 'table' AND name = '{0}'",
                table.name
            );
            let rows: i64 = database.query_row(&all, (), |row| row.get(0))?;
            Ok((table.name.to_owned(), rows.try_into().unwrap_or(0)))
        };
        TABLES.iter().map(rows).collect()
    };
    Ok(count().map_err(|e| format!("it is no database with the tables: {e}")))
}

/// The version of the tables' shape, which the database tells as its `user_version`.
const VERSION: u32 = 1;

fn write(edition: &Edition, at: &Path) -> rusqlite::Result<()> {
    let mut database = Connection::open(at)?;
    // Nothing is lost where it fails: the file is not there yet.
    database.execute_batch(&format!(
        "PRAGMA page_size = 4096;
         PRAGMA encoding = 'UTF-8';
         PRAGMA journal_mode = OFF;
         PRAGMA synchronous = OFF;
         PRAGMA foreign_keys = OFF;
         PRAGMA user_version = {VERSION};"
    ))?;
    let glossary = Glossary::new(&edition.schemas);
    let all = database.transaction()?;
    describe(edition, &all)?;
    for table in TABLES {
        all.execute_batch(&create(table, &glossary))?;
        fill(edition, table, &all)?;
    }
    for table in TABLES {
        all.execute_batch(&index(table))?;
    }
    all.commit()?;
    database.close().map_err(|(_, error)| error)
}

/// The table of what the dataset is, for whoever finds the file alone.
fn describe(edition: &Edition, database: &Connection) -> rusqlite::Result<()> {
    let meta = edition.meta;
    database.execute_batch(
        "CREATE TABLE \"dataset\" (
  \"key\" TEXT NOT NULL PRIMARY KEY,
  \"value\" TEXT NOT NULL
) STRICT, WITHOUT ROWID;",
    )?;
    let day = edition.day().map(|day| day.to_string());
    let facts = [
        ("name", Some(meta.name.as_str())),
        ("title", Some(&meta.title)),
        ("description", Some(&meta.description)),
        ("language", Some(&meta.language)),
        ("license", Some(&meta.license)),
        ("base_iri", Some(&meta.base_iri)),
        ("version", edition.version.as_deref()),
        ("commit", edition.commit.map(|commit| commit.id.as_str())),
        ("date", day.as_deref()),
    ];
    let mut insert = database.prepare("INSERT INTO \"dataset\" VALUES (?, ?)")?;
    for (key, value) in facts {
        if let Some(value) = value {
            insert.execute((key, value))?;
        }
    }
    Ok(())
}

/// The statement that makes a table, with what each column says as comments.
fn create(table: &Table, glossary: &Glossary) -> String {
    let mut parts: Vec<(String, &str)> = Vec::new();
    for column in table.columns {
        parts.push((define(column, glossary), glossary.about(column)));
    }
    let key: Vec<String> = table.key.iter().map(|name| quote(name)).collect();
    parts.push((format!("PRIMARY KEY ({})", key.join(", ")), ""));
    for (column, other, key) in table.foreign {
        let (column, other, key) = (quote(column), quote(other), quote(key));
        parts.push((format!("FOREIGN KEY ({column}) REFERENCES {other} ({key})"), ""));
    }
    let mut sql = format!("CREATE TABLE {} ( -- {}\n", quote(table.name), table.about);
    let last = parts.len() - 1;
    for (i, (part, about)) in parts.iter().enumerate() {
        let comma = if i == last { "" } else { "," };
        let comment = if about.is_empty() { String::new() } else { format!(" -- {about}") };
        sql.push_str(&format!("  {part}{comma}{comment}\n"));
    }
    // With row numbers: rows keep the order in which they stand in the records.
    sql.push_str(") STRICT;");
    sql
}

/// A column: its name, type and checks.
fn define(column: &Column, glossary: &Glossary) -> String {
    let kind = if column.kind == CellKind::Integer { "INTEGER" } else { "TEXT" };
    let name = quote(column.name);
    let mut sql = format!("{name} {kind}");
    if column.required {
        sql.push_str(" NOT NULL");
    }
    let words: Vec<String> = glossary
        .words(column)
        .iter()
        .map(|word| format!("'{}'", word.replace('\'', "''")))
        .collect();
    if !words.is_empty() {
        sql.push_str(&format!(" CHECK ({name} IN ({}))", words.join(", ")));
    }
    if column.kind.separator().is_some() {
        sql.push_str(&format!(" CHECK ({name} IS NULL OR json_valid({name}))"));
    }
    sql
}

/// Inserts every row of a table.
fn fill(edition: &Edition, table: &Table, database: &Connection) -> rusqlite::Result<()> {
    let places = vec!["?"; table.columns.len()].join(", ");
    let mut insert =
        database.prepare(&format!("INSERT INTO {} VALUES ({places})", quote(table.name)))?;
    (table.rows)(edition, &mut |cells| {
        for (i, (cell, column)) in cells.iter().zip(table.columns).enumerate() {
            insert.raw_bind_parameter(i + 1, Bound(cell, column)).map_err(io::Error::other)?;
        }
        insert.raw_execute().map(drop).map_err(io::Error::other)
    })
    .map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))
}

/// The statements that make a table's indexes: of its references, and of its words.
fn index(table: &Table) -> String {
    let name = quote(table.name);
    let mut sql = String::new();
    for (column, ..) in table.foreign.iter().filter(|(column, ..)| table.key[0] != *column) {
        let index = quote(&format!("{}_by_{column}", table.name));
        sql.push_str(&format!("CREATE INDEX {index} ON {name} ({});\n", quote(column)));
    }
    if !table.prose.is_empty() {
        let words = quote(&format!("{}_fts", table.name));
        let columns: Vec<String> = table.prose.iter().map(|column| quote(column)).collect();
        sql.push_str(&format!(
            "CREATE VIRTUAL TABLE {words} USING fts5({}, content={name}, \
             tokenize=\"unicode61 remove_diacritics 2\");
INSERT INTO {words} ({words}) VALUES ('rebuild');
INSERT INTO {words} ({words}) VALUES ('optimize');\n",
            columns.join(", ")
        ));
    }
    sql
}

/// A name as SQL has it.
fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A cell as SQLite takes it: a list as JSON, which SQLite can take apart.
struct Bound<'c>(&'c Cell<'c>, &'c Column);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            // Only a schema of a repository's own leaves out what is required.
            Cell::Empty if self.1.required => ToSqlOutput::Borrowed(ValueRef::Text(b"")),
            Cell::Empty => ToSqlOutput::Borrowed(ValueRef::Null),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Number(number) => i64::try_from(*number).unwrap_or(i64::MAX).into(),
            Cell::Day(day) => day.to_string().into(),
            Cell::List(items) => serde_json::Value::from(items.as_ref()).to_string().into(),
        })
    }
}
