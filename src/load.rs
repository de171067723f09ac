//! From a snapshot to a dataset: every file is read, parsed, held against its schema and turned
//! into a record, in parallel. What cannot be read becomes a finding and hides nothing else.

mod pair;

pub use pair::{Pair, pair};

use crate::{
    document::{self, Json, escape_token},
    error::{Error, Result},
    finding::{FileId, Finding, Origin, Text, Texts},
    model::{Dataset, Item, MAX_LINES, MAX_RECORD, Meta, Read as _, RecordKind, Which},
    rules::reading,
    schema::{Form, Problem, Schema, Schemas},
    snapshot::{self, Content, File, FileKind, Moment, Reader, Snapshot},
    text::{did_you_mean, invisible_in},
};
use rayon::prelude::*;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

/// A dataset as it was read.
#[derive(Default)]
pub struct Loaded {
    /// The records.
    pub dataset: Dataset,
    /// What could not be read, or does not fit the schema.
    pub findings: Vec<Finding>,
    /// The texts, for showing places.
    pub texts: Texts,
}

/// Reads the dataset of a snapshot, with the schemas of its repository.
///
/// `progress` is called with the number of files read since the last call, from any thread.
///
/// # Errors
/// Where the snapshot has no dataset, a file cannot be read, or a schema is not valid.
pub fn load(snapshot: &Snapshot, progress: &(dyn Fn(usize) + Sync)) -> Result<Loaded> {
    load_with(&schemas(snapshot)?, snapshot, progress)
}

/// Reads the dataset of a snapshot with schemas that were compiled before.
///
/// # Errors
/// Where the snapshot has no dataset, or a file cannot be read.
pub fn load_with(
    schemas: &Schemas,
    snapshot: &Snapshot,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Loaded> {
    expect(snapshot)?;
    let mut loaded = Loaded::default();
    let mut strays = BTreeSet::new();
    for part in parts(snapshot, schemas, &wanted(snapshot), 0, progress)? {
        let text = loaded.take(part, &mut strays);
        loaded.texts.0.push(text);
    }
    let texts = std::mem::take(&mut loaded.texts);
    loaded.settle(&texts);
    loaded.texts = texts;
    Ok(loaded)
}

/// Makes sure that a snapshot has a dataset.
///
/// # Errors
/// Where it has none.
pub fn expect(snapshot: &Snapshot) -> Result<()> {
    if snapshot.files().iter().any(|file| file.path == snapshot::MARK) {
        return Ok(());
    }
    let error = Error::new(format!("there is no {}", snapshot::MARK));
    let link = |file: &File| file.path == "dataset" && file.kind == FileKind::Symlink;
    Err(if snapshot.files().iter().any(link) {
        error.hint("`dataset` is a symbolic link, which is not followed; run claimbook in the repository it leads to")
    } else {
        error.hint("run claimbook in a dataset's repository, or name one with --root")
    })
}

/// The schemas of a repository.
///
/// # Errors
/// Where one cannot be read or does not compile.
pub fn schemas(snapshot: &Snapshot) -> Result<Schemas> {
    let mut own = own_files(snapshot, "schema", MAX_RECORD)?;
    own.retain(|path, _| path.ends_with(".schema.json"));
    Schemas::load(&own)
}

/// The files of a snapshot that are looked at.
fn wanted(snapshot: &Snapshot) -> Vec<&File> {
    let template =
        |file: &File| in_folder(&file.path, "templates") && file.kind == FileKind::Regular;
    snapshot.files().iter().filter(|file| !template(file)).collect()
}

/// Reads files, in order; the first has the index `first`.
fn parts(
    snapshot: &Snapshot,
    schemas: &Schemas,
    files: &[&File],
    first: usize,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Vec<Part>> {
    let read = Files { schemas };
    files
        .par_iter()
        .enumerate()
        .with_min_len(16)
        .map_init(
            || snapshot.reader(),
            |reader, (i, file)| {
                progress(1);
                let reader = reader.as_ref().map_err(Error::clone)?;
                read.file(reader, FileId::try_from(first + i).unwrap_or(FileId::MAX), file)
            },
        )
        .collect()
}

impl Loaded {
    /// Takes what the next file gave, and gives back its text. A folder that nobody reads is told
    /// once, with the first of its files.
    fn take(&mut self, part: Part, strays: &mut BTreeSet<String>) -> Text {
        if part.stray.is_none_or(|folder| strays.insert(folder)) {
            self.findings.extend(part.findings);
        }
        for item in part.items {
            self.dataset.add(item);
        }
        part.text
    }

    /// Works out what follows from all files together.
    fn settle(&mut self, texts: &Texts) {
        if let Some(meta) = &self.dataset.meta {
            self.dataset.policy = meta.record.policy.clone();
        }
        mark_misnamed(&mut self.dataset, texts);
    }
}

/// What `dataset.json` says at a moment, without reading anything else; none where it cannot be read.
///
/// # Errors
/// Where the repository can no longer be opened.
pub fn meta(moment: &Moment) -> Result<Option<Meta>> {
    let (folder, name) = snapshot::MARK.split_once('/').unwrap_or_default();
    let Some(file) = moment.lookup(folder, &BTreeSet::from([name.to_owned()]))?.pop() else {
        return Ok(None);
    };
    let Content::Bytes(bytes) = moment.reader()?.read(&file, MAX_RECORD)? else { return Ok(None) };
    let text = String::from_utf8(bytes).unwrap_or_default();
    Ok(Json::parse(&text).ok().map(|(json, _)| Meta::read(&json)))
}

/// The text of a repository's own file below `folder`, by path.
///
/// # Errors
/// Where a file cannot be read or is not UTF-8.
pub fn own_files(
    snapshot: &Snapshot,
    folder: &str,
    limit: usize,
) -> Result<BTreeMap<String, String>> {
    let files = snapshot.files().iter().filter(|file| in_folder(&file.path, folder));
    texts(&snapshot.reader()?, files, limit)
}

/// The text of one file, which is no record; none where it is not there.
///
/// # Errors
/// As [`own_files`].
pub fn own_file(snapshot: &Snapshot, path: &str, limit: usize) -> Result<Option<String>> {
    let files = snapshot.files().iter().filter(|file| file.path == path);
    Ok(texts(&snapshot.reader()?, files, limit)?.remove(path))
}

/// The same of a moment whose other files are not listed.
///
/// # Errors
/// As [`own_files`].
pub fn own_files_at(
    moment: &Moment,
    folder: &str,
    limit: usize,
) -> Result<BTreeMap<String, String>> {
    texts(&moment.reader()?, &moment.list(folder)?, limit)
}

fn texts<'f>(
    reader: &Reader,
    files: impl IntoIterator<Item = &'f File>,
    limit: usize,
) -> Result<BTreeMap<String, String>> {
    let mut own = BTreeMap::new();
    for file in files.into_iter().filter(|file| file.kind == FileKind::Regular) {
        let text = match reader.read(file, limit)? {
            Content::TooLarge => return Err(Error::new(format!("{} is too large", file.path))),
            Content::Bytes(bytes) => String::from_utf8(bytes),
        };
        own.insert(
            file.path.clone(),
            text.map_err(|_| Error::new(format!("{} is not UTF-8", file.path)))?,
        );
    }
    Ok(own)
}

fn in_folder(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// What one file gives.
struct Part {
    text: Text,
    items: Vec<Item>,
    findings: Vec<Finding>,
    /// The folder that nobody reads in which it is, where that is what is found.
    stray: Option<String>,
}

/// What a path is for.
enum Role {
    Record(RecordKind),
    Lines(RecordKind),
    Meta,
    Waivers,
    /// Read by nobody, and welcome.
    Aside,
    Unknown {
        why: String,
        help: String,
        /// The folder that is not read, where that is why.
        folder: Option<String>,
    },
}

struct Files<'s> {
    schemas: &'s Schemas,
}

impl Files<'_> {
    fn file(&self, reader: &Reader, id: FileId, file: &File) -> Result<Part> {
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
        let (items, findings) = match role {
            Role::Record(kind) => one(Form::File, Which::Record(kind, Some(stem(&file.path)))),
            Role::Meta => one(Form::File, Which::Meta),
            Role::Waivers => one(Form::File, Which::Waivers),
            _ => {
                let Role::Lines(kind) = role else { return Ok(part) };
                let lines: Vec<Origin> = lines(text, id, bom).collect();
                let records: Vec<_> = lines
                    .par_iter()
                    .with_min_len(64)
                    .map(|line| {
                        self.record(text, *line, Which::Record(kind, None), Form::Line, false)
                    })
                    .collect();
                let mut all = (Vec::with_capacity(records.len()), Vec::new());
                for (items, findings) in records {
                    all.0.extend(items);
                    all.1.extend(findings);
                }
                all
            }
        };
        part.items = items;
        part.findings.extend(findings);
        Ok(part)
    }

    /// Reads one record; `odd` says that its text has already been found odd.
    fn record(
        &self,
        file: &str,
        origin: Origin,
        which: Which,
        form: Form,
        odd: bool,
    ) -> (Vec<Item>, Vec<Finding>) {
        let text = &file[origin.start as usize..origin.end as usize];
        let mut findings = Vec::new();
        if text.len() > MAX_RECORD {
            findings.push(reading::file_too_large(origin, MAX_RECORD));
            return (vec![which.broken(text)], findings);
        }
        let (json, repeats) = match Json::parse(text) {
            Ok(parsed) => parsed,
            Err(error) => {
                let error = document::explain(text, &error);
                let finding = if error.too_deep { reading::too_deep } else { reading::syntax };
                findings.push(finding(origin, error));
                return (vec![which.broken(text)], findings);
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
        for problem in schema.problems(&json) {
            // What a repeated key holds is told when one of the two is left.
            if !flaws.contains(&problem.flaw) {
                flaws.push(problem.flaw.clone());
                findings.push(reading::schema(origin, problem));
            }
        }
        if !text.is_ascii() || text.contains('\\') {
            look_for_invisible(&json, "", &mut |pointer, found| {
                if !flaws.iter().any(|flaw| flaw == pointer) {
                    findings.push(reading::schema(origin, Problem::invisible(pointer, found)));
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
        (vec![which.item(&json, origin, flaws, id)], findings)
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

/// A record whose file is named otherwise may be meant by that name: references to it are not
/// told as well.
fn mark_misnamed(dataset: &mut Dataset, texts: &Texts) {
    let mut names: Vec<(RecordKind, String)> = Vec::new();
    let mut look = |kind, id: &str, origin: Origin| {
        let path = &texts.get(origin.file).path;
        if path.ends_with(".json") && stem(path) != id {
            names.push((kind, stem(path).to_owned()));
        }
    };
    dataset.claims.iter().for_each(|(id, e)| look(RecordKind::Claim, id, e.origin));
    dataset.sources.iter().for_each(|(id, e)| look(RecordKind::Source, id, e.origin));
    dataset.publishers.iter().for_each(|(id, e)| look(RecordKind::Publisher, id, e.origin));
    dataset.subjects.iter().for_each(|(id, e)| look(RecordKind::Subject, id, e.origin));
    dataset.misnamed.extend(names);
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

fn span(file: FileId, start: usize, end: usize) -> Origin {
    // Files hold at most 1 GiB.
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Origin { file, start: small(start), end: small(end) }
}

/// The name of a file without folders and its extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

fn look_for_invisible(
    json: &Json,
    at: &str,
    found: &mut impl FnMut(&str, (usize, char, &'static str)),
) {
    match json {
        Json::String(text) => {
            if let Some(what) = invisible_in(text) {
                found(at, what);
            }
        }
        Json::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                look_for_invisible(item, &format!("{at}/{i}"), found);
            }
        }
        Json::Object(members) => {
            for (key, value) in members.iter() {
                look_for_invisible(value, &format!("{at}/{}", escape_token(key)), found);
            }
        }
        _ => {}
    }
}

/// What a path below `dataset/` is for.
fn role(path: &str) -> Role {
    let below = path.strip_prefix("dataset/").unwrap_or(path);
    let name = below.rsplit('/').next().unwrap_or(below);
    let aside = name.starts_with('.')
        || name.ends_with(".md")
        || name.ends_with(".license")
        || name.starts_with("LICENSE")
        || name == "CITATION.cff";
    if aside {
        return Role::Aside;
    }
    let Some((folder, _)) = below.split_once('/') else {
        return match below {
            "dataset.json" => Role::Meta,
            "waivers.json" => Role::Waivers,
            _ => top_level(below),
        };
    };
    let kinds = RecordKind::ALL;
    let Some(kind) = kinds.into_iter().find(|kind| kind.folder() == folder) else {
        let meant = did_you_mean(folder, kinds.iter().map(|kind| kind.folder()));
        return Role::Unknown {
            why: format!("`{folder}/` is no folder of records"),
            folder: Some(folder.to_owned()),
            help: match meant {
                Some(meant) => format!("did you mean `dataset/{meant}/`?"),
                None => {
                    "records are in `claims/`, `sources/`, `publishers/` and `subjects/`".to_owned()
                }
            },
        };
    };
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "json" => Role::Record(kind),
        "jsonl" => Role::Lines(kind),
        extension => {
            let meant = match extension.to_lowercase().as_str() {
                "ndjson" | "jsonlines" => "jsonl",
                _ => "json",
            };
            let what = if matches!(extension, "yaml" | "yml" | "toml" | "csv") {
                format!("records are JSON: write it as `{}.json`", stem(name))
            } else {
                format!(
                    "rename it to `{}.{meant}`, or move it out of `dataset/{folder}/`",
                    stem(name)
                )
            };
            let why = format!("`{name}` is no file of records");
            Role::Unknown { why, help: what, folder: None }
        }
    }
}

/// The records that may be meant by a path below `dataset/` that is not read: what refers to them
/// is not told as well.
fn gaps(path: &str) -> Vec<Item> {
    let below = path.strip_prefix("dataset/").unwrap_or(path);
    let folder = below.split('/').next().unwrap_or_default();
    let name = below.rsplit('/').next().unwrap_or_default();
    let meant = did_you_mean(folder, RecordKind::ALL.iter().map(|kind| kind.folder()));
    // A page or a picture in no folder of records is no record.
    if meant.is_none() && !name.ends_with(".json") {
        return Vec::new();
    }
    let of_kind = |kind: &RecordKind| meant.is_none_or(|meant| meant == kind.folder());
    // The name of a folder, such as that of a link to one, is no id.
    let id = name.contains('.').then(|| stem(name).to_owned());
    let kinds = RecordKind::ALL.into_iter().filter(of_kind);
    kinds.map(|kind| Item::Broken(kind, id.clone())).collect()
}

fn top_level(name: &str) -> Role {
    let meant = did_you_mean(name, ["dataset.json", "waivers.json"]);
    Role::Unknown {
        why: format!("`{name}` is not a file of the dataset"),
        folder: None,
        help: match meant {
            Some(meant) => format!("did you mean `dataset/{meant}`?"),
            None => "records are in `claims/`, `sources/`, `publishers/` and `subjects/`; move anything else out of `dataset/`".to_owned(),
        },
    }
}

/// What the file at a path, from the repository's root, holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds<'p> {
    /// A record, with the id that the file is named after.
    Record(RecordKind, &'p str),
    /// A record a line.
    Records(RecordKind),
    /// Nothing that is read, and nothing that is missed.
    Nothing,
    /// Anything else: what the dataset is, a schema, a path that should not be there.
    Other,
}

/// What the file at a path holds, if it is a regular file.
#[must_use]
pub fn record_in(path: &str) -> Holds<'_> {
    if in_folder(path, "templates") {
        return Holds::Nothing;
    }
    if !in_folder(path, "dataset") {
        return Holds::Other;
    }
    match role(path) {
        Role::Record(kind) => Holds::Record(kind, stem(path)),
        Role::Lines(kind) => Holds::Records(kind),
        Role::Aside => Holds::Nothing,
        Role::Meta | Role::Waivers | Role::Unknown { .. } => Holds::Other,
    }
}

/// The name of the schema for what the file at `path`, from the repository's root, holds, and how
/// its records are laid out; none where it holds none.
#[must_use]
pub fn records_in(path: &str) -> Option<(&'static str, Form)> {
    if !in_folder(path, "dataset") {
        return None;
    }
    Some(match role(path) {
        Role::Record(kind) => (kind.as_str(), Form::File),
        Role::Lines(kind) => (kind.as_str(), Form::Line),
        Role::Meta => ("dataset", Form::File),
        Role::Waivers => ("waivers", Form::File),
        Role::Aside | Role::Unknown { .. } => return None,
    })
}

/// A file that is not in canonical form.
pub struct Formatted {
    /// Its path.
    pub path: String,
    /// The canonical text, or why there is none.
    pub text: std::result::Result<String, String>,
}

/// Every file of records that is not in canonical form, in order of path.
///
/// # Errors
/// Where a file cannot be read.
pub fn canonical_files(schemas: &Schemas, snapshot: &Snapshot) -> Result<Vec<Formatted>> {
    let files: Vec<&File> = snapshot
        .files()
        .iter()
        .filter(|file| file.kind == FileKind::Regular && in_folder(&file.path, "dataset"))
        .collect();
    let formatted: Vec<Result<Option<Formatted>>> = files
        .par_iter()
        .map_init(
            || snapshot.reader(),
            |reader, file| {
                let reader = reader.as_ref().map_err(Error::clone)?;
                let Some((kind, form)) = records_in(&file.path) else { return Ok(None) };
                let limit = if form == Form::Line { MAX_LINES } else { MAX_RECORD };
                let text = match reader.read(file, limit)? {
                    Content::TooLarge => Err("it is too large".to_owned()),
                    Content::Bytes(bytes) => {
                        String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
                    }
                };
                let path = file.path.clone();
                Ok(match text {
                    Err(why) => Some(Formatted { path, text: Err(why) }),
                    Ok(text) => match canonical_text(schemas.get(kind), &text, form) {
                        Ok(canonical) if canonical == text => None,
                        other => Some(Formatted { path, text: other }),
                    },
                })
            },
        )
        .collect();
    formatted.into_iter().filter_map(Result::transpose).collect()
}

/// The canonical form of a file's text; why there is none, where it is not sound JSON.
fn canonical_text(schema: &Schema, text: &str, form: Form) -> std::result::Result<String, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let one = |text: &str| match Json::parse(text) {
        Err(error) => Err(document::explain(text, &error).message),
        Ok((_, true)) => Err("it gives a key twice".to_owned()),
        Ok((json, false)) => Ok(schema.canonical(&json, form)),
    };
    match form {
        Form::File => one(text),
        Form::Line => {
            let mut out = String::with_capacity(text.len());
            for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                out.push_str(&one(line).map_err(|why| format!("line {}: {why}", i + 1))?);
                out.push('\n');
            }
            Ok(out)
        }
    }
}
