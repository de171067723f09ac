//! One file against the manifest and the list of checksums, and its records against those counted.

use super::{
    contents::{Contents, Seen},
    manifest::{File, MANIFEST, Manifest},
    sums::{self, SUMS},
    verify::Verified,
};
use crate::text::count;
use std::collections::BTreeSet;

impl Verified {
    /// A file against its line of the manifest; whether something is wrong.
    pub(super) fn file(&mut self, file: &File, seen: Option<&Seen>, shown: &str) -> bool {
        let before = self.problems.len();
        match seen {
            None => self.tell(shown, "missing", "is missing"),
            Some(seen) if seen.bytes != file.bytes => {
                let words = format!(
                    "has {}, and {MANIFEST} says {}",
                    count(usize::try_from(seen.bytes).unwrap_or(usize::MAX), "byte"),
                    file.bytes
                );
                self.tell(shown, "differs", words);
            }
            Some(seen) if seen.sha256 != file.sha256 => {
                self.tell(shown, "differs", other_sum(&seen.sha256, &file.sha256, MANIFEST));
            }
            Some(_) => {}
        }
        self.problems.len() > before
    }

    /// The files against the list of checksums; the paths of those with a problem, which are not
    /// told of where they are among `told`.
    pub(super) fn sums(
        &mut self,
        contents: &Contents,
        shown: &str,
        told: &BTreeSet<String>,
    ) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let at = |path: &str| format!("{shown}{path}");
        let sums = match sums::read(contents.texts.get(SUMS).map_or(&[], Vec::as_slice)) {
            Ok(sums) => sums,
            Err(why) => {
                self.tell(&at(SUMS), "unreadable", format!("cannot be read: {why}"));
                return found;
            }
        };
        let listed = sums.keys().map(String::as_str);
        let there = contents.seen.keys().map(String::as_str).filter(|path| *path != SUMS);
        let paths: BTreeSet<&str> = listed.chain(there).filter(|p| !told.contains(*p)).collect();
        for path in paths {
            let (problem, message) = match (contents.seen.get(path), sums.get(path)) {
                (None, _) => ("missing", "is missing".to_owned()),
                (Some(_), None) => ("extra", format!("is not in {SUMS}")),
                (Some(seen), Some(sum)) if seen.sha256 != *sum => {
                    ("differs", other_sum(&seen.sha256, sum, SUMS))
                }
                _ => continue,
            };
            self.tell(&at(path), problem, message);
            found.insert(path.to_owned());
        }
        found
    }

    /// The records in a file against those that the manifest counts.
    pub(super) fn counts(&mut self, manifest: &Manifest, path: &str, seen: &Seen, shown: &str) {
        let tables: Vec<&String> = match path.rsplit_once('.') {
            Some((table, "csv" | "jsonl" | "parquet")) => {
                manifest.counts.keys().filter(|name| *name == table).collect()
            }
            Some((name, "json")) if name == manifest.name => {
                manifest.counts.keys().filter(|table| LISTS.contains(&table.as_str())).collect()
            }
            Some((_, "sqlite")) => manifest.counts.keys().collect(),
            _ => return,
        };
        if tables.is_empty() {
            return;
        }
        match &seen.counts {
            Err(why) => self.tell(shown, "unreadable", format!("cannot be counted: {why}")),
            // Some formats are read only by a program that was built to.
            Ok(counts) if counts.is_empty() && uncounted(path) => {
                self.uncounted.push(shown.to_owned());
            }
            Ok(counts) => {
                for table in tables {
                    let (is, said) =
                        (counts.get(table).copied().unwrap_or(0), manifest.counts[table]);
                    if is != said {
                        let words =
                            format!("holds {is} {}, and {MANIFEST} says {said}", words(table));
                        self.tell(shown, "counts", words);
                    }
                }
            }
        }
    }

    pub(super) fn strange(&mut self, contents: &Contents, shown: &str) {
        for (path, why) in &contents.strange {
            self.tell(&format!("{shown}{path}"), "unreadable", why);
        }
    }

    pub(super) fn count(&mut self, seen: &Seen) {
        self.files += 1;
        self.bytes += seen.bytes;
    }
}

/// Whether a file that holds records may be one that this program does not know how to count.
fn uncounted(path: &str) -> bool {
    [".sqlite", ".parquet"].iter().any(|end| path.ends_with(end))
}

/// The tables that are lists of the file with everything.
const LISTS: [&str; 4] = ["claims", "publishers", "sources", "subjects"];

/// Two sums that differ, in words.
pub(super) fn other_sum(is: &str, said: &str, by: &str) -> String {
    format!("has the SHA-256 {is}, and {by} says {said}")
}

/// The rows of a table in words: `claim_subjects`, `claim subjects`.
fn words(table: &str) -> String {
    table.replace('_', " ")
}
