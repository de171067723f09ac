//! CSV (RFC 4180, with LF): one file a table. The schema keeps text from beginning with what a
//! spreadsheet would run, so cells are written as they are.

use super::{
    Edition, Sink,
    tables::{Cell, TABLES, Table},
};
use crate::error::Result;
use csv::{QuoteStyle, Terminator, WriterBuilder};
use std::io;

/// The path of a table's file.
#[must_use]
pub fn path(table: &Table) -> String {
    format!("{}.csv", table.name)
}

/// Writes one file a table.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    for table in TABLES {
        sink.file(&path(table), &mut |out| {
            let mut writer = WriterBuilder::new()
                .terminator(Terminator::Any(b'\n'))
                .quote_style(QuoteStyle::Necessary)
                .from_writer(out);
            writer.write_record(table.columns.iter().map(|column| column.name))?;
            let mut text = String::new();
            (table.rows)(edition, &mut |cells| {
                for (cell, column) in cells.iter().zip(table.columns) {
                    if let Cell::Text(text) = cell {
                        writer.write_field(text.as_bytes())?;
                        continue;
                    }
                    text.clear();
                    cell.write(column.kind, &mut text).map_err(io::Error::other)?;
                    writer.write_field(&text)?;
                }
                Ok(writer.write_record(None::<&[u8]>)?)
            })?;
            writer.flush()
        })?;
    }
    Ok(())
}
