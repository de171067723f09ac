//! Parquet: one file a table, in columns, for programs that read much of few of them. The only home
//! of the parquet crate.

use super::{
    Edition, Sink,
    tables::{Cell, CellKind, Column, TABLES, Table},
};
use crate::{
    date::Day,
    error::{Error, Result},
};
use parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical},
    data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{
        FOOTER_SIZE,
        metadata::{FooterTail, KeyValue, ParquetMetaDataReader, RowGroupMetaData},
        properties::{WriterProperties, WriterVersion},
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::types::{Type, TypePtr},
};
use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
    sync::Arc,
};

/// How many rows are held in memory at a time, and stand together in a file.
const ROWS: usize = 16_384;

/// The longest footer that is read; one of ten million rows has a tenth of it.
const MAX_FOOTER: usize = 16 << 20;

/// How many rows a file has that somebody else may have made, or why they cannot be counted; an error
/// is one of reading. What the file says of its parts must agree with what it says of itself.
///
/// # Errors
/// Where it cannot be read, or there is no room for a copy.
pub fn rows_of_parquet(reader: &mut dyn io::Read) -> io::Result<std::result::Result<u64, String>> {
    // What there is to know stands at the end.
    let mut copy = tempfile::tempfile()?;
    io::copy(reader, &mut copy)?;
    let mut count = || -> Written<u64> {
        let mut tail = [0; FOOTER_SIZE];
        copy.seek(SeekFrom::End(-(FOOTER_SIZE as i64)))?;
        copy.read_exact(&mut tail)?;
        if FooterTail::try_new(&tail)?.metadata_length() > MAX_FOOTER {
            return Err(ParquetError::General("its footer is too long".to_owned()));
        }
        let metadata = ParquetMetaDataReader::new().parse_and_finish(&copy)?;
        let all = metadata.file_metadata().num_rows();
        let mut groups = metadata.row_groups().iter().map(RowGroupMetaData::num_rows);
        let parts = groups.try_fold(0_i64, |sum, n| if n < 0 { None } else { sum.checked_add(n) });
        if parts != Some(all) {
            return Err(ParquetError::General("its parts do not add up".to_owned()));
        }
        Ok(all.try_into().unwrap_or(0))
    };
    Ok(count().map_err(|e| format!("it is no Parquet file: {e}")))
}

/// Writes one file a table.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    for table in TABLES {
        let path = format!("{}.parquet", table.name);
        sink.made(&path, &mut |at| {
            write(edition, table, at).map_err(|e| Error::new(format!("cannot make {path}: {e}")))
        })?;
    }
    Ok(())
}

type Written<T> = std::result::Result<T, ParquetError>;

fn write(edition: &Edition, table: &Table, at: &Path) -> Written<()> {
    let properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_compression(Compression::SNAPPY)
        .set_created_by("claimbook".to_owned())
        .set_key_value_metadata(Some(facts(edition, table)))
        .build();
    let mut writer =
        SerializedFileWriter::new(File::create(at)?, schema(table)?, Arc::new(properties))?;
    let mut columns: Vec<Buffer> = table.columns.iter().map(Buffer::new).collect();
    let mut rows = 0;
    (table.rows)(edition, &mut |cells| {
        for (cell, column) in cells.iter().zip(&mut columns) {
            column.push(cell)?;
        }
        rows += 1;
        if rows == ROWS {
            rows = 0;
            flush(&mut writer, &mut columns).map_err(io::Error::other)?;
        }
        Ok(())
    })?;
    if rows > 0 {
        flush(&mut writer, &mut columns)?;
    }
    writer.close().map(drop)
}

/// What the dataset is, for whoever finds the file alone.
fn facts(edition: &Edition, table: &Table) -> Vec<KeyValue> {
    let meta = edition.meta;
    let facts = [
        ("dataset", Some(meta.name.as_str())),
        ("title", Some(&meta.title)),
        ("table", Some(table.name)),
        ("description", Some(table.about)),
        ("license", Some(&meta.license)),
        ("version", edition.version.as_deref()),
        ("commit", edition.commit.map(|commit| commit.id.as_str())),
    ];
    let known = facts.into_iter().filter_map(|(key, value)| Some((key, value?)));
    known.map(|(key, value)| KeyValue::new(key.to_owned(), value.to_owned())).collect()
}

fn schema(table: &Table) -> Written<TypePtr> {
    let fields: Written<Vec<TypePtr>> = table.columns.iter().map(field).collect();
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(fields?).build()?))
}

/// The type of a column.
fn field(column: &Column) -> Written<TypePtr> {
    let need = if column.required { Repetition::REQUIRED } else { Repetition::OPTIONAL };
    let text = |name: &str, need: Repetition| {
        Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
            .with_repetition(need)
            .with_logical_type(Some(LogicalType::String))
            .build()
    };
    let of = |kind: Physical| Type::primitive_type_builder(column.name, kind).with_repetition(need);
    let field = match column.kind {
        CellKind::Integer => of(Physical::INT64).build()?,
        CellKind::Day => of(Physical::INT32).with_logical_type(Some(LogicalType::Date)).build()?,
        CellKind::Ids | CellKind::Texts | CellKind::Urls => {
            let items = Type::group_type_builder("list")
                .with_repetition(Repetition::REPEATED)
                .with_fields(vec![Arc::new(text("element", Repetition::REQUIRED)?)])
                .build()?;
            Type::group_type_builder(column.name)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(Some(LogicalType::List))
                .with_fields(vec![Arc::new(items)])
                .build()?
        }
        CellKind::Text | CellKind::Decimal | CellKind::Edtf | CellKind::Url => {
            text(column.name, need)?
        }
    };
    Ok(Arc::new(field))
}

/// The cells of a column that are not written yet. A list has levels: that it is there is one, that
/// it has items another; and whether an item begins a row.
struct Buffer {
    column: &'static Column,
    texts: Vec<ByteArray>,
    numbers: Vec<i64>,
    days: Vec<i32>,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

impl Buffer {
    fn new(column: &'static Column) -> Self {
        Self {
            column,
            texts: Vec::new(),
            numbers: Vec::new(),
            days: Vec::new(),
            defined: Vec::new(),
            repeated: Vec::new(),
        }
    }

    fn push(&mut self, cell: &Cell) -> io::Result<()> {
        if let (Cell::List(items), Some(_)) = (cell, self.column.kind.separator()) {
            for (i, item) in items.iter().enumerate() {
                self.texts.push(item.as_str().into());
                self.defined.push(2);
                self.repeated.push(i16::from(i > 0));
            }
            return Ok(());
        }
        let empty = matches!(cell, Cell::Empty) && !self.column.required;
        self.defined.push(i16::from(!empty));
        self.repeated.push(0);
        if empty {
            return Ok(());
        }
        match (self.column.kind, cell) {
            (CellKind::Integer, Cell::Number(number)) => {
                self.numbers.push(i64::try_from(*number).unwrap_or(i64::MAX));
            }
            (CellKind::Day, Cell::Day(day)) => self.days.push(since_1970(*day)),
            (CellKind::Day, Cell::Text(text)) => {
                let day = text.parse().map_err(io::Error::other)?;
                self.days.push(since_1970(day));
            }
            (kind, cell) => {
                let mut text = String::new();
                cell.write(kind, &mut text).map_err(io::Error::other)?;
                self.texts.push(text.into_bytes().into());
            }
        }
        Ok(())
    }
}

/// Writes what is held as one row group.
fn flush(writer: &mut SerializedFileWriter<File>, columns: &mut [Buffer]) -> Written<()> {
    let mut group = writer.next_row_group()?;
    for column in columns {
        match column.column.kind {
            CellKind::Integer => put::<Int64Type>(&mut group, &column.numbers, column)?,
            CellKind::Day => put::<Int32Type>(&mut group, &column.days, column)?,
            _ => put::<ByteArrayType>(&mut group, &column.texts, column)?,
        }
        *column = Buffer::new(column.column);
    }
    group.close().map(drop)
}

fn put<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    values: &[T::T],
    column: &Buffer,
) -> Written<()> {
    let Some(mut writer) = group.next_column()? else { return Ok(()) };
    let list = column.column.kind.separator().is_some();
    let defined = (list || !column.column.required).then_some(&column.defined[..]);
    let repeated = list.then_some(&column.repeated[..]);
    writer.typed::<T>().write_batch(values, defined, repeated)?;
    writer.close()
}

/// How many days a day is after 1 January 1970.
fn since_1970(day: Day) -> i32 {
    // Years begin in March here, so that the odd day comes last.
    let (year, month) = if day.month() > 2 {
        (day.year(), i32::from(day.month()) - 3)
    } else {
        (day.year() - 1, i32::from(day.month()) + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + i32::from(day.day()) - 719_469
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with two parts, of 2 and 3 rows.
    fn five_rows() -> Vec<u8> {
        let number = Type::primitive_type_builder("n", Physical::INT64);
        let field = number.with_repetition(Repetition::REQUIRED).build().expect("a type");
        let schema = Type::group_type_builder("t").with_fields(vec![Arc::new(field)]).build();
        let properties = Arc::new(WriterProperties::builder().build());
        let mut writer =
            SerializedFileWriter::new(Vec::new(), Arc::new(schema.expect("a type")), properties)
                .expect("a writer");
        for rows in [&[1_i64, 2][..], &[3, 4, 5]] {
            let mut group = writer.next_row_group().expect("a part");
            let mut column = group.next_column().expect("a column").expect("one");
            column.typed::<Int64Type>().write_batch(rows, None, None).expect("written");
            column.close().expect("closed");
            group.close().expect("closed");
        }
        writer.into_inner().expect("written")
    }

    #[test]
    fn rows_are_counted_in_whatever_somebody_made() {
        let file = five_rows();
        let count = |bytes: &[u8]| rows_of_parquet(&mut &bytes[..]).expect("read");
        assert_eq!(count(&file), Ok(5));
        for other in [&b""[..], b"PAR1", b"\xff\xff\xff\xffPAR1", &file[..file.len() - 1]] {
            let why = count(other).expect_err("no file");
            assert!(why.starts_with("it is no Parquet file: "), "{why}");
        }
        let (mut refused, mut other) = (0, 0);
        for at in 0..file.len() {
            for bit in 0..8 {
                let mut spoilt = file.clone();
                spoilt[at] ^= 1 << bit;
                match count(&spoilt) {
                    Ok(5) => {}
                    Ok(_) => other += 1,
                    Err(_) => refused += 1,
                }
            }
        }
        // The number of rows stands in it twice, so that one alone cannot say another.
        assert!(refused > 100, "{refused}");
        assert_eq!(other, 0);
    }

    #[test]
    fn days_are_counted_from_1970() {
        for (text, days) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("2026-11-28", 20_785),
            ("0001-01-01", -719_162),
        ] {
            assert_eq!(since_1970(text.parse().expect("a day")), days, "{text}");
        }
    }
}
