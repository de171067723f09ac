//! CSV (RFC 4180, with LF): one file a table. The schema keeps text from beginning with what a
//! spreadsheet would run, so cells are written as they are.

use super::{Edition, Sink, tables::TABLES};
use crate::error::Result;
use csv::{QuoteStyle, Terminator, WriterBuilder};
use std::io;

/// Writes one file a table.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    for table in TABLES {
        sink.file(&format!("{}.csv", table.name), &mut |out| {
            let mut writer = WriterBuilder::new()
                .terminator(Terminator::Any(b'\n'))
                .quote_style(QuoteStyle::Necessary)
                .from_writer(out);
            writer.write_record(table.columns.iter().map(|column| column.name))?;
            let mut result = Ok(());
            (table.rows)(edition, &mut |cells| {
                if result.is_ok() {
                    result = writer.write_record(cells.iter().map(|cell| cell.as_bytes()));
                }
            });
            result.map_err(io::Error::other)?;
            writer.flush()
        })?;
    }
    Ok(())
}
