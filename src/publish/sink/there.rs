//! What a folder holds before it is published into: files of ours, and whatever others put there.

use super::{
    Counted, Written,
    list::{self, Fits, LIST, Sums},
};
use crate::{error::Error, text};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, ErrorKind},
    path::Path,
};

/// How many files an error names.
const NAMED: usize = 10;

/// What was there before.
pub struct There {
    /// What was published there before, as its list has it.
    pub listed: Sums,
    /// Files that are as we published them, and the list of them.
    pub ours: BTreeSet<String>,
    /// Files that we published and somebody changed.
    changed: BTreeSet<String>,
}

impl There {
    /// Looks at a folder, which need not be there, before these files are put into it.
    pub fn look(out: &Path, fits: &Fits, new: &BTreeMap<String, Written>) -> io::Result<Self> {
        let Some(listed) = list::read(out, fits)? else {
            let (listed, ours) = (Sums::new(), BTreeSet::new());
            return Ok(Self { listed, ours, changed: BTreeSet::new() });
        };
        let state = |path: &String, sums: &BTreeSet<String>| {
            // What has become the same by another way, such as `apply`, is no loss either.
            let ours =
                |sum: &str| sums.contains(sum) || new.get(path).is_some_and(|n| n.sha256 == sum);
            State::of(out, path, ours)
        };
        let states = listed.par_iter().map(|(path, sums)| Ok((path, state(path, sums)?)));
        let states: Vec<(&String, State)> = states.collect::<io::Result<_>>()?;
        let which = |state: State| -> BTreeSet<String> {
            let those = states.iter().filter(|(_, of)| *of == state);
            those.map(|(path, _)| (*path).clone()).collect()
        };
        let (mut ours, changed) = (which(State::Ours), which(State::Changed));
        ours.insert(LIST.to_owned());
        Ok(Self { listed, ours, changed })
    }

    /// Why these files, and the list of them, cannot be put there: others' are in their place, or
    /// ones of ours would be lost that somebody changed.
    pub fn obstacle(
        &self,
        out: &Path,
        named: &Path,
        files: &[String],
    ) -> io::Result<Option<Error>> {
        let mut others = BTreeSet::new();
        for path in files.iter().map(String::as_str).chain([LIST]) {
            if !self.changed.contains(path) && !self.ours.contains(path) {
                others.extend(in_the_way(out, path)?);
            }
        }
        let named = named.display();
        let mut problems = Vec::new();
        if !others.is_empty() {
            problems.push(format!("not published by claimbook: {}", some(&others)));
        }
        if !self.changed.is_empty() {
            problems.push(format!("changed since it was published: {}", some(&self.changed)));
        }
        if problems.is_empty() {
            return Ok(None);
        }
        let problems = problems.join("; ");
        let words = format!("{named} holds files that would be overwritten or lost: {problems}");
        let hint = "nothing was changed: move these files away, or name another folder with --out";
        Ok(Some(Error::new(words).hint(hint)))
    }

    /// Whether a folder holds nothing besides what we published.
    pub fn only_ours(&self, out: &Path) -> io::Result<bool> {
        self.only_ours_below(out, "")
    }

    fn only_ours_below(&self, folder: &Path, below: &str) -> io::Result<bool> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else { return Ok(false) };
            let path = format!("{below}{name}");
            let ours = if entry.file_type()?.is_dir() {
                // Folders that hold nothing of ours are not even entered.
                let within = format!("{path}/");
                self.ours.range(within.clone()..).next().is_some_and(|p| p.starts_with(&within))
                    && self.only_ours_below(&entry.path(), &within)?
            } else {
                self.ours.contains(&path)
            };
            if !ours {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What has become of a file that was published.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Ours,
    Changed,
    Gone,
}

impl State {
    fn of(out: &Path, path: &str, ours: impl Fn(&str) -> bool) -> io::Result<Self> {
        if let Some(place) = in_the_way(out, path)?
            && place != path
        {
            return Ok(Self::Changed);
        }
        let file = out.join(path);
        match fs::symlink_metadata(&file) {
            Err(e) if absent(&e) => Ok(Self::Gone),
            Err(e) => Err(named(path)(e)),
            Ok(at) if !at.is_file() => Ok(Self::Changed),
            Ok(_) => {
                let same = ours(&sum(&file).map_err(named(path))?);
                Ok(if same { Self::Ours } else { Self::Changed })
            }
        }
    }
}

/// What stands where a file is to be: something at its own place, or no folder on the way to it.
fn in_the_way(out: &Path, path: &str) -> io::Result<Option<String>> {
    let folders = path.match_indices('/').map(|(at, _)| (&path[..at], true));
    for (place, folder) in folders.chain([(path, false)]) {
        match fs::symlink_metadata(out.join(place)) {
            Err(e) if absent(&e) => return Ok(None),
            Err(e) => return Err(named(place)(e)),
            Ok(at) if folder && at.is_dir() => {}
            Ok(_) => return Ok(Some(place.to_owned())),
        }
    }
    Ok(None)
}

fn absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Adds to an error which path it is about.
pub fn named(path: &str) -> impl Fn(io::Error) -> io::Error {
    move |e| io::Error::new(e.kind(), format!("{path}: {e}"))
}

fn sum(file: &Path) -> io::Result<String> {
    let mut counted = Counted::new(io::sink());
    io::copy(&mut fs::File::open(file)?, &mut counted)?;
    Ok(counted.written().sha256)
}

/// The first few of some paths, and how many more there are.
fn some(paths: &BTreeSet<String>) -> String {
    let mut shown: Vec<String> = paths.iter().take(NAMED).cloned().collect();
    if paths.len() > NAMED {
        shown.push(text::count(paths.len() - NAMED, "more file"));
    }
    text::list(&shown, "and")
}
