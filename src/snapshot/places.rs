//! Where files of some names stand in a commit, by what git's index knows: in a clone that is much
//! quicker than to look through trees. Of the index no more is read than the part about one folder,
//! and that block by block, since memory for all of it costs more than the look.

use super::{Spot, Step, history::History, index_bytes::Bytes, tree};
use crate::error::Result;
use git2::Oid;
use std::{
    borrow::Cow,
    collections::BTreeSet,
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
};

impl History {
    /// Where files of these names may stand below a folder of the dataset's root in a commit. Not
    /// every place need be among them: where one is missing, [`search`](Self::search) tells.
    ///
    /// # Errors
    /// Where git does not have a folder.
    pub fn likely(&self, step: &Step, folder: &str, names: &BTreeSet<String>) -> Result<Vec<Spot>> {
        let index = self.repository.path().join("index");
        let places = places(&index, &self.below(folder), names);
        let mut spots = Vec::new();
        self.standing(vec![step.tree_id()], &places, 0, &mut spots)?;
        Ok(spots)
    }

    /// Those of the paths at which a regular file stands. They are in order, and the trees on the way
    /// to `begin`, where their next part begins, are known: each folder is read once.
    fn standing(
        &self,
        way: Vec<Oid>,
        paths: &[String],
        begin: usize,
        spots: &mut Vec<Spot>,
    ) -> Result<()> {
        let Some(tree) = way.last().filter(|_| !paths.is_empty()) else { return Ok(()) };
        let next = |path: &str| path[begin..].find('/').map_or(path.len(), |at| begin + at);
        let groups = || paths.chunk_by(|a, b| a[..next(a)] == b[..next(b)]);
        let found: Vec<Option<Oid>> = self.raw(*tree, |bytes| {
            let one = |group: &[String]| {
                let (path, end) = (&group[0], next(&group[0]));
                let entry = tree::find(bytes, &path.as_bytes()[begin..end])?;
                let fits = if end < path.len() { entry.is_folder() } else { entry.is_file() };
                entry.id().filter(|_| fits)
            };
            groups().map(one).collect()
        })?;
        for (group, id) in groups().zip(found) {
            let Some(id) = id else { continue };
            let way = [&way[..], &[id]].concat();
            match next(&group[0]) {
                end if end < group[0].len() => self.standing(way, group, end + 1, spots)?,
                _ => spots.push(self.spot_of(&group[0], way)),
            }
        }
        Ok(())
    }
}

/// The paths below a folder, in order, at which the index has files of these names; as far as they can
/// be told.
fn places(index: &Path, folder: &str, names: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    let names: Vec<String> = names.iter().map(|name| format!("/{name}")).collect();
    // Without an index nothing is known.
    let _ = look(index, &format!("{folder}/"), &names, &mut found);
    // One that is half merged has up to three entries.
    found.dedup();
    found
}

/// How much of an index is read at once.
const BLOCK: usize = 1 << 17;

/// How much is read to tell what stands somewhere: more than a path may be long.
const PEEK: usize = 1 << 14;

/// The length of what stands before the first entry.
const HEAD: u64 = 12;

fn look(index: &Path, folder: &str, names: &[String], found: &mut Vec<String>) -> io::Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let mut file = File::open(index)?;
    let mut bytes = vec![0; BLOCK + PEEK];
    let mut filled = read_at(&mut file, 0, &mut bytes[..HEAD as usize])?;
    let Some((version, _)) = Bytes(&bytes[..filled]).head() else { return Ok(()) };
    // In version 4 what stands somewhere follows only from what stands before it.
    let begin = if version < 4 { begin(&mut file, version, folder, &mut bytes)? } else { HEAD };
    file.seek(SeekFrom::Start(begin))?;
    filled = 0;
    // Most entries are not looked for: told by one byte of each.
    let wanted = |path: &[u8]| {
        names.iter().any(|name| {
            let slash = path.len().checked_sub(name.len()).and_then(|at| path.get(at));
            slash == Some(&b'/') && path.ends_with(name.as_bytes())
        })
    };
    let mut last = Vec::new();
    loop {
        let more = file.read(&mut bytes[filled..])?;
        if more == 0 {
            return Ok(());
        }
        filled += more;
        let mut rest = Bytes(&bytes[..filled]);
        let mut path = Cow::Owned(last);
        let mut ahead = rest;
        while let Some(entry) = ahead.entry(version, &path) {
            (path, rest) = (entry.path, ahead);
            if wanted(&path) && path.starts_with(folder.as_bytes()) {
                found.extend(String::from_utf8(path.to_vec()));
            }
        }
        // Entries are in order, so that one look in a block tells whether those of the folder are past.
        if path[..] > *folder.as_bytes() && !path.starts_with(folder.as_bytes()) {
            return Ok(());
        }
        last = path.into_owned();
        let left = rest.0.len();
        bytes.copy_within(filled - left..filled, 0);
        filled = left;
    }
}

/// From where on to look for entries of a folder: those before are told apart by halving, since
/// entries are in order of path. Each begins a multiple of eight bytes from the first.
fn begin(file: &mut File, version: u32, folder: &str, bytes: &mut [u8]) -> io::Result<u64> {
    let (mut low, mut high) = (HEAD, file.metadata()?.len());
    while high.saturating_sub(low) > BLOCK as u64 {
        let middle = low + (high - low) / 16 * 8;
        let filled = read_at(file, middle, &mut bytes[..PEEK])?;
        let first = (0..filled).step_by(8).find_map(|at| {
            let entry = Bytes(&bytes[at..filled]).entry(version, &[])?;
            entry.is_one().then_some((at as u64, entry.path))
        });
        match first {
            Some((at, path)) if path[..] < *folder.as_bytes() => low = middle + at,
            _ => high = middle,
        }
    }
    Ok(low)
}

/// Fills what it is given from somewhere on, and tells how much that was.
fn read_at(file: &mut File, at: u64, bytes: &mut [u8]) -> io::Result<usize> {
    file.seek(SeekFrom::Start(at))?;
    let mut filled = 0;
    loop {
        match file.read(&mut bytes[filled..])? {
            0 => return Ok(filled),
            n => filled += n,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An index of version 2, of many blocks: five folders with 3,000 files each.
    fn index() -> Vec<u8> {
        let mut bytes = b"DIRC\0\0\0\x02\0\0\0\0".to_vec();
        for folder in ["a", "b/c", "b/d/e", "b/d", "f"] {
            for n in 0..3_000 {
                let path = format!("{folder}/x{n:04}.json");
                let began = bytes.len();
                bytes.extend([0; 24]);
                bytes.extend(0o100_644_u32.to_be_bytes());
                bytes.extend([0xff; 32]);
                bytes.extend((path.len() as u16).to_be_bytes());
                bytes.extend(path.as_bytes());
                bytes.extend(vec![0; 8 - (bytes.len() - began) % 8]);
            }
        }
        bytes.extend(b"TREE\0\0\0\x09\0-1 0\nmore");
        bytes.extend([7; 20]);
        bytes
    }

    #[test]
    fn places_are_found_wherever_the_folder_stands() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let bytes = index();
        assert!(bytes.len() > 8 * BLOCK);
        std::fs::write(file.path(), bytes).expect("written");
        let look = |folder: &str, names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            places(file.path(), folder, &names)
        };
        for folder in ["a", "b/c", "b/d/e", "f"] {
            for name in ["x0000.json", "x1234.json", "x2999.json"] {
                assert_eq!(look(folder, &[name]), [format!("{folder}/{name}")]);
            }
        }
        assert_eq!(
            look("b", &["x0001.json", "x2000.json", "none.json"]),
            ["c", "c", "d/e", "d/e", "d", "d"]
                .iter()
                .zip(["x0001", "x2000"].iter().cycle())
                .map(|(folder, name)| format!("b/{folder}/{name}.json"))
                .collect::<Vec<_>>()
        );
        assert_eq!(look("b/d", &["0001.json"]), [""; 0]);
        assert_eq!(look("b/x", &["x0001.json"]), [""; 0]);
        assert_eq!(look("b", &[]), [""; 0]);
        assert_eq!(places(Path::new("/none"), "b", &BTreeSet::from(["x".into()])), [""; 0]);
    }
}
