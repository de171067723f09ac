//! From one file to its records, and to what is wrong with them.

use super::place::{Role, gaps, in_folder, role, stem};
use crate::{
    document::{self, Json, escape_token},
    error::Result,
    finding::{FileId, Finding, Origin, Text},
    model::{Item, MAX_LINES, MAX_RECORD, RecordKind, Which},
    rules::reading,
    schema::{Form, Problem, Schema, Schemas},
    snapshot::{Content, File, FileKind, Reader},
};
use rayon::prelude::*;
use std::cell::RefCell;

/// What one file gives.
pub struct Part {
    pub text: Text,
    pub items: Vec<Item>,
    pub findings: Vec<Finding>,
    /// The folder that nobody reads in which it is, where that is what is found.
    pub stray: Option<String>,
}

/// What one record gives.
struct Record {
    item: Item,
    /// What it gives where it cannot be read.
    broken: Vec<Item>,
    findings: Vec<Finding>,
}

pub struct Files<'s> {
    pub schemas: &'s Schemas,
}

impl Files<'_> {
    pub fn file(&self, reader: &Reader, id: FileId, file: &File) -> Result<Part> {
        let mut part = Part {
            text: Text { path: file.path.clone(), text: String::new() },
            items: Vec::new(),
            findings: Vec::new(),
            stray: None,
        };
        let origin = Origin { file: id, start: 0, end: 0 };
        let mut unknown =
            |why: &str, help: &str| part.findings.push(reading::unknown_file(origin, why, help));
        match file.kind {
            FileKind::Regular => {}
            FileKind::Symlink => {
                unknown("a symbolic link, which is not followed", "put what it leads to here")
            }
            FileKind::Submodule => {
                unknown("a submodule, which is not read", "put its files into this repository")
            }
            FileKind::BadName => unknown("a file name that is not UTF-8", "rename the file"),
            FileKind::Other => {
                unknown("no regular file", "put a regular file here, at most 24 folders deep")
            }
        }
        if !in_folder(&file.path, "dataset") {
            return Ok(part);
        }
        if file.kind != FileKind::Regular {
            part.items = gaps(&file.path);
            return Ok(part);
        }
        let role = role(&file.path);
        let limit = match &role {
            Role::Aside => return Ok(part),
            Role::Unknown { why, help, folder } => {
                part.findings.push(reading::unknown_file(origin, why, help));
                part.items = gaps(&file.path);
                part.stray.clone_from(folder);
                return Ok(part);
            }
            Role::Lines(_) => MAX_LINES,
            _ => MAX_RECORD,
        };
        let mut broken = |kind: &Role| {
            if let Role::Record(kind) = kind {
                part.items.push(Item::Broken(*kind, Some(stem(&file.path).to_owned())));
            } else if let Role::Lines(kind) = kind {
                part.items.push(Item::Broken(*kind, None));
            }
        };
        let bytes = match reader.read(file, limit)? {
            Content::Bytes(bytes) => bytes,
            Content::TooLarge => {
                broken(&role);
                part.findings.push(reading::file_too_large(origin, limit));
                return Ok(part);
            }
        };
        part.text.text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                broken(&role);
                let bytes = error.as_bytes();
                let finding = reading::not_utf8(origin, bytes, error.utf8_error().valid_up_to());
                part.text.text = String::from_utf8_lossy(bytes).into_owned();
                part.findings.push(finding);
                return Ok(part);
            }
        };
        let text = part.text.text.as_str();
        let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        if bom > 0 {
            part.findings.push(reading::bom(origin));
        }
        let whole = span(id, bom, text.len());
        let one = |form, kind| self.record(text, whole, kind, form, bom > 0);
        let Record { item, broken, findings } = match role {
            Role::Record(kind) => one(Form::File, Which::Record(kind, Some(stem(&file.path)))),
            Role::Meta => one(Form::File, Which::Meta),
            Role::Waivers => one(Form::File, Which::Waivers),
            _ => {
                let Role::Lines(kind) = role else { return Ok(part) };
                let (lines, spread) = apart(text, lines(text, id, bom));
                for origin in spread {
                    part.findings.push(reading::spread(origin));
                    part.items.push(Item::Broken(kind, None));
                }
                let records: Vec<_> = lines
                    .par_iter()
                    .with_min_len(64)
                    .map(|line| {
                        self.record(text, *line, Which::Record(kind, None), Form::Line, false)
                    })
                    .collect();
                // The records are many: each stays where it is in memory.
                let mut broken = Vec::new();
                let item = |mut record: Record| {
                    broken.append(&mut record.broken);
                    part.findings.append(&mut record.findings);
                    record.item
                };
                part.items.extend(records.into_iter().map(item));
                part.items.append(&mut broken);
                return Ok(part);
            }
        };
        part.items.push(item);
        part.items.extend(broken);
        part.findings.extend(findings);
        Ok(part)
    }

    /// Reads one record; `odd` says that its text has already been found odd.
    fn record(&self, file: &str, origin: Origin, which: Which, form: Form, odd: bool) -> Record {
        let text = &file[origin.start as usize..origin.end as usize];
        let mut findings = Vec::new();
        if text.len() > MAX_RECORD {
            findings.push(reading::file_too_large(origin, MAX_RECORD));
            return Record { item: Item::Nothing, broken: which.all_broken(text), findings };
        }
        let (json, repeats) = match Json::parse(text) {
            Ok(parsed) => parsed,
            Err(error) => {
                let error = document::explain(text, &error, form == Form::Line);
                let finding = if error.too_deep { reading::too_deep } else { reading::syntax };
                findings.push(finding(origin, error));
                return Record { item: Item::Nothing, broken: which.all_broken(text), findings };
            }
        };
        let schema = self.schemas.get(which.schema());
        let mut flaws = Vec::new();
        if repeats {
            for repeat in document::repeated_keys(text) {
                findings.push(reading::duplicate_key(origin, &repeat));
                flaws.push(repeat.pointer);
            }
        }
        let problems = schema.problems(&json);
        if let (Which::Record(kind, _), false) = (which, problems.is_empty())
            && let Some(other) = self.belongs(kind, &json)
        {
            let why = format!("a {}, in the folder of {}", other.as_str(), kind.folder());
            let help = format!("move it into `dataset/{}/`", other.folder());
            let id = which.id(&json);
            let broken = [kind, other].map(|kind| Item::Broken(kind, id.clone())).into();
            findings.push(Finding { id, ..reading::unknown_file(origin, &why, &help) });
            return Record { item: Item::Nothing, broken, findings };
        }
        for problem in problems {
            // What a repeated key holds is told when one of the two is left.
            if !flaws.contains(&problem.flaw) {
                flaws.push(problem.flaw.clone());
                findings.push(reading::schema(origin, problem));
            }
        }
        if !text.is_ascii() || text.contains('\\') || text.contains("\"...\"") {
            each_text(&json, "", &mut |at, text| {
                // Remarks of one's own can be what they like, as far as it is seen.
                let own = at.contains("/x_");
                let problem = Problem::invisible(at, text)
                    .or_else(|| schema.unwritten(at, text).filter(|_| !own));
                if let Some(problem) = problem.filter(|problem| !flaws.contains(&problem.flaw)) {
                    findings.push(reading::schema(origin, problem));
                }
            });
        }
        if findings.is_empty() && !odd {
            canonical(schema, text, &json, origin, form, &mut findings);
        }
        let id = which.id(&json);
        for finding in &mut findings {
            finding.id.clone_from(&id);
        }
        Record { item: which.item(&json, origin, flaws, id), broken: Vec::new(), findings }
    }

    /// The other kind of record that one is which does not fit its folder: by the schema that it
    /// names, or because it is a sound one.
    fn belongs(&self, kind: RecordKind, json: &Json) -> Option<RecordKind> {
        let schema = json.pointer("/$schema").and_then(Json::as_str).unwrap_or_default();
        let named = schema.rsplit('/').next().and_then(|name| name.strip_suffix(".schema.json"));
        let mut others = RecordKind::ALL.into_iter().filter(|other| *other != kind);
        others.find(|other| match named {
            Some(named) => named == other.as_str(),
            None => self.schemas.get(other.as_str()).problems(json).is_empty(),
        })
    }
}

fn canonical(
    schema: &Schema,
    text: &str,
    json: &Json,
    origin: Origin,
    form: Form,
    findings: &mut Vec<Finding>,
) {
    thread_local! {
        static BUFFER: RefCell<String> = const { RefCell::new(String::new()) };
    }
    BUFFER.with_borrow_mut(|buffer| {
        if !schema.is_canonical(text, json, form, buffer) {
            findings.push(reading::not_canonical(origin, text, buffer));
        }
    });
}

/// The bytes of each line that holds anything, without its newline.
fn lines(text: &str, file: FileId, start: usize) -> impl Iterator<Item = Origin> + '_ {
    let mut at = start;
    text[start..].split_inclusive('\n').filter_map(move |line| {
        let from = at;
        at += line.len();
        let body = line.strip_suffix('\n').unwrap_or(line);
        (!body.trim().is_empty()).then(|| span(file, from, from + body.len()))
    })
}

/// The lines that hold a record each, and those at which one begins that goes on over several.
fn apart(text: &str, lines: impl Iterator<Item = Origin>) -> (Vec<Origin>, Vec<Origin>) {
    let (mut whole, mut spread) = (Vec::new(), Vec::new());
    let mut open = false;
    for line in lines {
        match (open, text[line.start as usize..line.end as usize].trim_end()) {
            (false, "{") => {
                open = true;
                spread.push(line);
            }
            (false, _) => whole.push(line),
            (true, rest) => open = !matches!(rest, "}" | "},"),
        }
    }
    (whole, spread)
}

fn span(file: FileId, start: usize, end: usize) -> Origin {
    // Files hold at most 1 GiB.
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Origin { file, start: small(start), end: small(end) }
}

fn each_text(json: &Json, at: &str, found: &mut impl FnMut(&str, &str)) {
    match json {
        Json::String(text) => found(at, text),
        Json::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                each_text(item, &format!("{at}/{i}"), found);
            }
        }
        Json::Object(members) => {
            for (key, value) in members.iter() {
                each_text(value, &format!("{at}/{}", escape_token(key)), found);
            }
        }
        _ => {}
    }
}
