//! Reading records without asking a schema.

use crate::{
    error::{Error, Result},
    model::{Item, MAX_LINES, MAX_RECORD, RecordKind, Which, guess_ids},
    snapshot::{Changed, Content, File, Moment},
};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What a path of a repository holds.
#[derive(Clone, Copy)]
pub enum Role<'p> {
    /// One record.
    One(Which<'p>),
    /// A record a line.
    Lines(RecordKind),
    /// A schema.
    Schema,
}

impl<'p> Role<'p> {
    /// The role of a path; none for what holds no record and no schema.
    pub fn of(path: &'p str) -> Option<Self> {
        if path.starts_with("schema/") {
            return path.ends_with(".schema.json").then_some(Self::Schema);
        }
        let below = path.strip_prefix("dataset/")?;
        match below {
            "dataset.json" => return Some(Self::One(Which::Meta)),
            "waivers.json" => return Some(Self::One(Which::Waivers)),
            _ => {}
        }
        let folder = below.split_once('/')?.0;
        let kind = RecordKind::ALL.into_iter().find(|kind| kind.folder() == folder)?;
        let name = below.rsplit('/').next().filter(|name| !name.starts_with('.'))?;
        match name.rsplit_once('.')? {
            (stem, "json") => Some(Self::One(Which::Record(kind, Some(stem)))),
            (_, "jsonl") => Some(Self::Lines(kind)),
            _ => None,
        }
    }
}

/// What a file gave.
pub enum Read {
    /// A record.
    Item(Box<Item>),
    /// Records, not read yet.
    Lines(RecordKind, String),
    /// A schema, with its path.
    Schema(String, String),
}

/// Reads files, in order.
pub fn files(moment: &Moment, files: &[&File]) -> Result<Vec<Read>> {
    let read: Vec<Result<Option<Read>>> = files
        .par_iter()
        .with_min_len(32)
        .map_init(
            || moment.reader(),
            |reader, file| {
                let reader = reader.as_ref().map_err(Error::clone)?;
                let Some(role) = Role::of(&file.path) else { return Ok(None) };
                let limit = if let Role::Lines(_) = role { MAX_LINES } else { MAX_RECORD };
                Ok(match (reader.read(file, limit)?, role) {
                    (Content::TooLarge, Role::One(which)) => {
                        Some(Read::Item(Box::new(which.broken(""))))
                    }
                    (Content::TooLarge, Role::Lines(kind)) => {
                        Some(Read::Item(Box::new(Item::Broken(kind, None))))
                    }
                    (Content::TooLarge, Role::Schema) => None,
                    (Content::Bytes(bytes), role) => Some(text(role, &file.path, bytes)),
                })
            },
        )
        .collect();
    read.into_iter().filter_map(Result::transpose).collect()
}

fn text(role: Role, path: &str, bytes: Vec<u8>) -> Read {
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    match role {
        Role::One(which) => Read::Item(Box::new(which.read(&text))),
        Role::Lines(kind) => Read::Lines(kind, text),
        Role::Schema => Read::Schema(path.to_owned(), text),
    }
}

/// Reads lines that are a record each.
pub fn records(kind: RecordKind, lines: &[&str]) -> Vec<Item> {
    lines.par_iter().with_min_len(64).map(|line| Which::Record(kind, None).read(line)).collect()
}

/// Of lines that are a record each, reads those with one of these ids, and takes the ids out.
pub fn search(kind: RecordKind, lines: &[&str], ids: &mut BTreeSet<String>) -> Vec<Item> {
    // The first `id` of a line is nearly always that of its record.
    let likely = |line: &&str| guess_ids(line).any(|id| ids.contains(&id));
    let (likely, others): (Vec<&str>, Vec<&str>) = lines.iter().copied().partition(likely);
    let mut found = Vec::new();
    for lines in [likely, others] {
        if ids.is_empty() {
            break;
        }
        for item in records(kind, &lines) {
            if item.id().is_some_and(|(_, id)| ids.remove(id)) {
                found.push(item);
            }
        }
    }
    found
}

/// The lines of a text that hold anything.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty())
}

/// What is in changed files and is the same at both moments.
#[derive(Default)]
pub struct Same {
    /// Files that only moved to another folder, as they are at the newer moment.
    pub moved: Vec<File>,
    /// Texts with a record a line, of the newer moment, and the lines that are new in them.
    pub texts: Vec<(RecordKind, String)>,
    pub fresh: BTreeSet<String>,
}

/// Reads the changed files at both moments, but for those that only moved to another folder. Of
/// files with a record a line, only the lines that one moment alone has are read as records.
pub fn changed(changed: &[Changed], moments: [&Moment; 2]) -> Result<([Vec<Read>; 2], Same)> {
    type Side = fn(&Changed) -> Option<&File>;
    let sides: [Side; 2] = [|changed| changed.old.as_ref(), |changed| changed.new.as_ref()];
    let all = sides.map(|side| {
        let files = changed.iter().filter_map(side);
        files.filter(|file| Role::of(&file.path).is_some()).collect::<Vec<_>>()
    });
    let keys = [0, 1].map(|i| all[i].iter().filter_map(|file| key(file)).collect::<BTreeSet<_>>());
    let apart = [0, 1].map(|i| {
        let moved = |file: &&&File| key(file).is_some_and(|key| keys[1 - i].contains(&key));
        let (moved, apart): (Vec<&File>, Vec<&File>) = all[i].iter().partition(moved);
        (moved, apart)
    });
    let mut both = [files(moments[0], &apart[0].1)?, files(moments[1], &apart[1].1)?];
    let mut same = Same {
        moved: apart[1].0.iter().map(|file| (*file).clone()).collect(),
        texts: Vec::new(),
        fresh: BTreeSet::new(),
    };
    for kind in RecordKind::ALL {
        let [old, new] = &both;
        let [old, new] = [lines_of(kind, old), lines_of(kind, new)];
        let [before, after] = self::apart(&old, &new);
        same.fresh.extend(after.iter().map(|line| (*line).to_owned()));
        let (before, after) = (records(kind, &before), records(kind, &after));
        both[0].extend(before.into_iter().map(|item| Read::Item(Box::new(item))));
        both[1].extend(after.into_iter().map(|item| Read::Item(Box::new(item))));
    }
    let texts = both[1].extract_if(.., |read| matches!(read, Read::Lines(..)));
    same.texts = texts
        .filter_map(|read| match read {
            Read::Lines(kind, text) => Some((kind, text)),
            _ => None,
        })
        .collect();
    Ok((both, same))
}

/// What makes a file the same in another folder: what it is for, its name and its content.
fn key(file: &File) -> Option<(&str, &str, String)> {
    let mut parts = file.path.split('/');
    let top = (parts.next()?, parts.next()?);
    Some((top.1, parts.next_back()?, file.content()?))
}

fn lines_of(kind: RecordKind, side: &[Read]) -> Vec<&str> {
    let texts = side.iter().filter_map(|read| match read {
        Read::Lines(of, text) if *of == kind => Some(text),
        _ => None,
    });
    texts.flat_map(|text| lines(text)).collect()
}

/// The lines that one of two lists alone has.
fn apart<'l>(old: &[&'l str], new: &[&'l str]) -> [Vec<&'l str>; 2] {
    // Most lines stand where they stood.
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for i in 0..old.len().max(new.len()) {
        let (a, b) = (old.get(i), new.get(i));
        if a != b {
            before.extend(a);
            after.extend(b);
        }
    }
    let sets = [&before, &after].map(|lines| lines.iter().copied().collect::<BTreeSet<&str>>());
    before.retain(|line| !sets[1].contains(line));
    after.retain(|line| !sets[0].contains(line));
    [before, after]
}
