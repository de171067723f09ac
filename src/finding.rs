//! What is said about the data: a finding, the place it is about, and the report of all of them.

use crate::document::{self, Lines, Part};
use serde::{Serialize, Serializer};
use std::{cmp::Ordering, collections::BTreeMap, ops::Range};

/// How much a finding matters. Errors and warnings make a check fail; notes do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The record cannot stay as it is.
    Error,
    /// Something to mend or to accept with a waiver.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One text of a snapshot, by its path from the root, with `/`.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The path.
    pub path: String,
    /// What stands in it; empty where it could not be read as text.
    pub text: String,
}

/// Which of the texts of a snapshot: an index into [`Texts`].
pub type FileId = u32;

/// The texts of a snapshot, in order of path.
#[derive(Clone, Debug, Default)]
pub struct Texts(pub Vec<Text>);

impl Texts {
    /// The text with this index.
    #[must_use]
    pub fn get(&self, file: FileId) -> &Text {
        &self.0[file as usize]
    }
}

/// Where a record stands: a file and the bytes of it that are the record (all of a `.json` file,
/// one line of a `.jsonl` file).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Origin {
    /// The bytes of the file that are the record.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The member or item that `pointer` names, in this record.
    #[must_use]
    pub fn at(self, pointer: impl Into<String>) -> Place {
        Place { origin: self, pointer: pointer.into(), spot: Spot::Value }
    }

    /// The key of the member that `pointer` names, in this record.
    #[must_use]
    pub fn key(self, pointer: impl Into<String>) -> Place {
        Place { origin: self, pointer: pointer.into(), spot: Spot::Key }
    }

    /// Bytes of the file, counted from the record's start.
    #[must_use]
    pub fn bytes(self, range: Range<usize>) -> Place {
        Place { origin: self, pointer: String::new(), spot: Spot::Bytes(range) }
    }
}

/// What a finding is about, named by its part of the document; the line follows when it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The record.
    pub origin: Origin,
    /// The JSON pointer (RFC 6901) in the record.
    pub pointer: String,
    spot: Spot,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Spot {
    Value,
    Key,
    /// A character of the string the pointer names, counted in the string as it is meant.
    Character(usize),
    Bytes(Range<usize>),
}

impl Place {
    /// One character of the string this place names, counted from 0 in its decoded text.
    #[must_use]
    pub fn character(mut self, index: usize) -> Self {
        self.spot = Spot::Character(index);
        self
    }

    /// The bytes of the file that the place covers.
    #[must_use]
    pub fn range(&self, texts: &Texts) -> Range<usize> {
        let text = &texts.get(self.origin.file).text;
        let start = self.origin.start as usize;
        let record = text.get(start..self.origin.end as usize).unwrap_or_default();
        let range = match &self.spot {
            Spot::Value => document::locate(record, &self.pointer, Part::Value),
            Spot::Key => document::locate(record, &self.pointer, Part::Key),
            Spot::Bytes(range) => range.clone(),
            Spot::Character(index) => document::character(
                record,
                document::locate(record, &self.pointer, Part::Value),
                *index,
            ),
        };
        start + range.start..start + range.end
    }
}

/// A change that would mend the finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// Whether it surely keeps what is said: others are for a person to look at.
    pub safe: bool,
    /// What it does, in words.
    pub description: String,
    /// What takes the place of the finding's span.
    pub replacement: String,
}

/// One thing said about the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule that says it.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What it is about.
    pub place: Place,
    /// Other places that explain it.
    pub related: Vec<(Place, String)>,
    /// A change that mends it.
    pub fix: Option<Fix>,
    /// The id of the record it is about, for waivers and filters.
    pub id: Option<String>,
    /// What it is known again by in another version, beside its rule and place: its message, unless
    /// that quotes what other records say.
    pub known_by: Option<String>,
    /// Whether it was there before the change that is checked.
    pub older: bool,
}

impl Finding {
    /// A finding of `rule` that says `message` about `place`.
    #[must_use]
    pub fn new(
        rule: &'static str,
        severity: Severity,
        place: Place,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity,
            message: message.into(),
            help: None,
            place,
            related: Vec::new(),
            fix: None,
            id: None,
            known_by: None,
            older: false,
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a place that explains it.
    #[must_use]
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push((place, message.into()));
        self
    }

    /// Adds what it is known again by where its message may change with other records: words of its
    /// own, or none where its place is enough.
    #[must_use]
    pub fn known_by(mut self, words: impl Into<String>) -> Self {
        self.known_by = Some(words.into());
        self
    }

    /// Adds a change that mends it and surely keeps what is said.
    #[must_use]
    pub fn fix(self, description: impl Into<String>, replacement: impl Into<String>) -> Self {
        self.change(true, description.into(), replacement.into())
    }

    /// Adds a change that mends it, for a person to look at.
    #[must_use]
    pub fn suggest(self, description: impl Into<String>, replacement: impl Into<String>) -> Self {
        self.change(false, description.into(), replacement.into())
    }

    fn change(mut self, safe: bool, description: String, replacement: String) -> Self {
        self.fix = Some(Fix { safe, description, replacement });
        self
    }
}

/// How many records of each kind were checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Records {
    /// Claims, tombstones included.
    pub claims: usize,
    /// Sources.
    pub sources: usize,
    /// Publishers.
    pub publishers: usize,
    /// Subjects.
    pub subjects: usize,
}

/// Everything a check found, in order of path, line, column and rule.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was found.
    pub findings: Vec<Located>,
    /// How many records were checked.
    pub records: Records,
    /// How many findings a waiver accepts.
    pub waived: usize,
    /// What it was checked against; none where the dataset was checked as it is.
    pub against: Option<Against>,
}

/// What a change was checked against.
#[derive(Clone, Debug, Default)]
pub struct Against {
    /// The revision that was asked for.
    pub rev: String,
    /// The commit at which what is checked parted from it.
    pub commit: String,
    /// Whether only the records that changed were read, because nothing else can have a new finding.
    pub part: bool,
    /// How many findings were there before and are left out, by severity; where only a part was
    /// read, nobody knows.
    pub left_out: BTreeMap<Severity, usize>,
}

/// A finding with its place in lines and columns.
#[derive(Clone, Debug)]
pub struct Located {
    /// The finding.
    pub finding: Finding,
    /// The bytes of its file.
    pub range: Range<usize>,
    /// Where it begins: line and column, from 1, in characters.
    pub start: (usize, usize),
    /// Where it ends: line and column of the character after it.
    pub end: (usize, usize),
}

impl Report {
    /// Finds every finding's line and column, and puts them in order.
    #[must_use]
    pub fn new(findings: Vec<Finding>, records: Records, waived: usize, texts: &Texts) -> Self {
        let mut lines = BTreeMap::new();
        let mut findings: Vec<Located> = findings
            .into_iter()
            .map(|finding| {
                let file = finding.place.origin.file;
                let text = &texts.get(file).text;
                let range = finding.place.range(texts);
                let lines = lines.entry(file).or_insert_with(|| Lines::of(text));
                let (start, end) =
                    (lines.line_column(text, range.start), lines.line_column(text, range.end));
                Located { finding, range, start, end }
            })
            .collect();
        findings.sort_by(Located::order);
        Self { findings, records, waived, against: None }
    }

    /// How many findings have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|located| located.finding.severity == severity).count()
    }

    /// Whether anything was found that is more than a note.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.findings.iter().any(|located| located.finding.severity != Severity::Note)
    }

    /// How many findings each rule made.
    #[must_use]
    pub fn by_rule(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for located in &self.findings {
            *counts.entry(located.finding.rule).or_insert(0) += 1;
        }
        counts
    }
}

impl Located {
    fn order(&self, other: &Self) -> Ordering {
        let key = |l: &Self| (l.finding.place.origin.file, l.start, l.finding.rule);
        key(self)
            .cmp(&key(other))
            .then_with(|| self.finding.place.pointer.cmp(&other.finding.place.pointer))
            .then_with(|| self.finding.message.cmp(&other.finding.message))
    }
}
