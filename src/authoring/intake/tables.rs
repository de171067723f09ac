//! From the rows of tables to records: rows of one id are one record, rows of other tables are
//! entries of its lists.

use super::{
    super::Desk,
    Complaint, Incoming, Input, Options, Say, Spot, cell_words,
    columns::{self, Column, Table},
    gather::Gathered,
    rows::{self, Row},
};
use crate::{
    error::{Error, Result},
    model::RecordKind,
};
use std::collections::BTreeMap;

/// A table whose columns are understood.
pub struct Opened<'i> {
    input: usize,
    text: &'i str,
    table: &'static Table,
    headers: Vec<String>,
    columns: Vec<Column>,
    rows: Vec<Row>,
}

/// Reads the header of a table.
pub fn open<'i>(
    desk: &Desk,
    input: usize,
    file: &'i Input,
    options: &Options,
) -> Result<Opened<'i>> {
    let text = file.text.as_str();
    let mut rows = rows::rows(text, rows::delimiter(text)).map_err(|at| {
        let (line, column) = crate::document::line_column(text, at);
        Error::new(format!("{}:{line}:{column}: the quotation mark is never closed", file.name))
            .hint("a quotation mark inside a cell is written twice")
    })?;
    let blank = |row: &Row| row.cells.iter().all(|range| rows::cell(text, range).trim().is_empty());
    rows.retain(|row| !blank(row));
    if rows.is_empty() {
        return Err(Error::new(format!("{} has no header", file.name))
            .hint("`claimbook import --template claims` prints one to fill in"));
    }
    let header = rows.remove(0);
    let headers: Vec<String> =
        header.cells.iter().map(|range| rows::cell(text, range).trim().to_owned()).collect();
    let table = match &options.table {
        Some(name) => {
            columns::table(name).ok_or_else(|| Error::new(format!("there is no table `{name}`")))?
        }
        None => {
            let at = headers.iter().position(|header| header.eq_ignore_ascii_case("kind"));
            let kinds = at.into_iter().flat_map(|at| {
                rows.iter()
                    .filter_map(move |row| row.cells.get(at))
                    .map(|r| rows::cell(text, r).into_owned())
            });
            columns::guess(&file.name, desk.schemas(), &headers, &kinds.collect::<Vec<_>>())?
        }
    };
    let columns = columns::columns(&file.name, table, desk.schemas(), &headers, &options.map)?;
    Ok(Opened { input, text, table, headers, columns, rows })
}

/// The cells of a row that say something, by what they mean.
struct Cells<'o> {
    members: Vec<(&'o str, String, Spot)>,
    /// By entry.
    entries: BTreeMap<usize, Vec<(&'o str, String, Spot)>>,
    extra: BTreeMap<&'static str, (String, Spot)>,
    key: String,
    key_spot: Spot,
    position: Option<usize>,
}

impl<'i> Opened<'i> {
    /// The place in the order of reading.
    pub fn rank(&self) -> Option<usize> {
        columns::TABLES.iter().position(|table| table.name == self.table.name)
    }

    /// The name of the table.
    pub fn name(&self) -> &'static str {
        self.table.name
    }

    /// Reads every row. Where a table of authors is there too, names joined in one cell are not
    /// looked at.
    pub fn read(mut self, gathered: &mut Gathered, has_authors: bool) {
        if has_authors && self.table.name == "sources" {
            let joined = Column::Member("/authors".to_owned());
            for column in self.columns.iter_mut().filter(|column| **column == joined) {
                *column = Column::Nothing;
            }
        }
        match self.table.list {
            None => self.records(gathered),
            Some("") => self.extras(gathered),
            Some(list) => self.entries(list, gathered),
        }
    }

    fn spot(&self, row: &Row) -> Spot {
        Spot { input: self.input, range: row.range.clone(), words: cell_words(row.number, None) }
    }

    fn cells(&self, row: &Row, complaints: &mut Vec<Complaint>) -> Cells<'_> {
        let mut cells = Cells {
            members: Vec::new(),
            entries: BTreeMap::new(),
            extra: BTreeMap::new(),
            key: String::new(),
            key_spot: self.spot(row),
            position: None,
        };
        for (i, range) in row.cells.iter().enumerate() {
            let text = rows::cell(self.text, range).trim().to_owned();
            let header = self.headers.get(i).map_or("", String::as_str);
            let spot = Spot {
                input: self.input,
                range: range.clone(),
                words: cell_words(row.number, Some((i, header))),
            };
            match self.columns.get(i) {
                None if !text.is_empty() => complaints.push(Complaint {
                    spot,
                    rule: "syntax",
                    message: "a cell beyond the last column".to_owned(),
                    help: "a cell that holds a comma stands in quotation marks".to_owned(),
                }),
                None | Some(Column::Nothing) => {}
                Some(Column::Key) => (cells.key, cells.key_spot) = (text, spot),
                Some(Column::Position) => match text.parse() {
                    Ok(position) => cells.position = Some(position),
                    Err(_) if text.is_empty() => {}
                    Err(_) => complaints.push(Complaint {
                        spot,
                        rule: "schema",
                        message: format!("`{text}` is no place in a list"),
                        help: "write 1, 2 and so on, or leave the column out".to_owned(),
                    }),
                },
                Some(Column::Member(pointer)) => cells.members.push((pointer, text, spot)),
                Some(Column::Entry(which, key)) => {
                    cells.entries.entry(*which).or_default().push((key, text, spot));
                }
                Some(Column::Extra(name)) => drop(cells.extra.insert(name, (text, spot))),
            }
        }
        cells.entries.retain(|_, cells| cells.iter().any(|(_, text, _)| !text.is_empty()));
        cells
    }

    /// Reads rows that are records. A claim goes on in the next row where that has the same id, or
    /// neither an id nor a statement.
    fn records(&self, gathered: &mut Gathered) {
        let kind = self.table.kind;
        let mut last: Option<usize> = None;
        for row in &self.rows {
            let cells = self.cells(row, &mut gathered.complaints);
            let says_more = cells.members.iter().any(|(_, text, _)| !text.is_empty());
            let known = gathered.find(kind, &cells.key);
            let at = match (known, last) {
                (Some(at), _) if kind == RecordKind::Claim => Some(at),
                (None, Some(at)) if cells.key.is_empty() && !says_more => Some(at),
                _ => None,
            };
            let at = at.unwrap_or_else(|| {
                let id =
                    (!cells.key.is_empty()).then(|| (cells.key.clone(), cells.key_spot.clone()));
                let before = gathered.records.len();
                gathered.add(Incoming::new(kind, id, self.spot(row)));
                before
            });
            let Some(record) = gathered.records.get_mut(at) else { continue };
            for (pointer, text, spot) in cells.members {
                let earlier = record.says.iter().find(|say| say.pointer == pointer);
                match earlier {
                    Some(earlier) if text.is_empty() || earlier.text == text => {}
                    Some(earlier) => gathered.complaints.push(Complaint {
                        message: format!(
                            "`{text}` here, `{}` in {}",
                            earlier.text, earlier.spot.words
                        ),
                        spot,
                        rule: "duplicate-key",
                        help: "rows of one claim say the same, or leave the cell empty".to_owned(),
                    }),
                    None => record.says.push(Say {
                        pointer: pointer.to_owned(),
                        text,
                        json: false,
                        spot,
                    }),
                }
            }
            for entry in cells.entries.into_values() {
                let next = record.entries("/citations");
                record.entry("/citations", next, &self.spot(row), entry);
            }
            last = Some(at);
        }
    }

    /// Reads rows that are entries of a list of a record.
    fn entries(&self, list: &str, gathered: &mut Gathered) {
        let mut complaints = Vec::new();
        let mut found: Vec<(Option<usize>, &Row, Cells)> = self
            .rows
            .iter()
            .map(|row| {
                let cells = self.cells(row, &mut complaints);
                (cells.position, row, cells)
            })
            .collect();
        gathered.complaints.append(&mut complaints);
        found.sort_by_key(|(position, ..)| *position);
        for (_, row, cells) in found {
            let whole = self.spot(row);
            if cells.key.is_empty() {
                gathered.complaints.push(Complaint {
                    spot: whole,
                    rule: "schema",
                    message: format!("no {} is named", self.table.kind.as_str()),
                    help: format!("write the id of the {}", self.table.kind.as_str()),
                });
                continue;
            }
            let record = gathered.of(self.table.kind, &cells.key, &cells.key_spot, &whole);
            // The list may stand in one cell of the record's own row as well: then that counts,
            // and has to say the same.
            if let Some(say) = record.says.iter().find(|say| say.pointer == list && !say.json) {
                let listed: Vec<&str> = say.text.split(';').map(str::trim).collect();
                let missing = cells
                    .entries
                    .into_values()
                    .flatten()
                    .find(|(_, text, _)| !text.is_empty() && !listed.contains(&text.as_str()));
                if let Some((_, text, spot)) = missing {
                    let message = format!("`{text}` is not among those of {}", say.spot.words);
                    gathered.complaints.push(Complaint {
                        spot,
                        rule: "duplicate-key",
                        message,
                        help: "list it in both tables, or leave the column out of one".to_owned(),
                    });
                }
                continue;
            }
            for entry in cells.entries.into_values() {
                let next = record.entries(list);
                record.entry(list, next, &whole, entry);
            }
        }
    }

    /// Reads rows that are keys of the dataset's own, anywhere in a record.
    fn extras(&self, gathered: &mut Gathered) {
        for row in &self.rows {
            let mut cells = self.cells(row, &mut gathered.complaints);
            let mut take =
                |name| cells.extra.remove(name).unwrap_or((String::new(), self.spot(row)));
            let ((table, spot), (pointer, _), (value, value_spot)) =
                (take("table"), take("pointer"), take("value"));
            let Some(kind) = columns::table(&table).filter(|t| t.list.is_none()).map(|t| t.kind)
            else {
                gathered.complaints.push(Complaint {
                    spot,
                    rule: "schema",
                    message: format!("`{table}` is no table of records"),
                    help: "write claims, sources, publishers or subjects".to_owned(),
                });
                continue;
            };
            let whole = self.spot(row);
            let record = gathered.of(kind, &cells.key, &cells.key_spot, &whole);
            record.says.push(Say { pointer, text: value, json: true, spot: value_spot });
        }
    }
}
