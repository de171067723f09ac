//! A part of a release: files of it that were fetched one by one into one folder, as they are offered
//! beside its archives.

use super::{
    build::{TAR, ZIP},
    contents::Contents,
    sums::{self, SUMS},
    unpack::is_archive,
    verify::Verified,
};
use std::collections::BTreeSet;

/// How much of a release is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many of the files that the manifest names.
    pub files: usize,
    /// How many it names.
    pub of: usize,
    /// How many of its two archives.
    pub archives: usize,
}

/// Whether files lie as they are offered one by one: the list of checksums names an archive beside
/// them. The list of a whole release never does, as archives hold the folder that it is in.
pub fn is_part(contents: &Contents) -> bool {
    let text = contents.texts.get(SUMS).map(Vec::as_slice).unwrap_or_default();
    // Not as a list: one with a broken line is the same one still.
    String::from_utf8_lossy(text)
        .lines()
        .filter_map(|line| line.rsplit([' ', '*']).next())
        .any(|path| is_archive(path) && !path.contains('/'))
}

impl Verified {
    /// Such files against the manifest beside them; those that the list of checksums need not name.
    pub(super) fn part(&mut self, contents: &Contents) -> BTreeSet<String> {
        let mut known = BTreeSet::new();
        let Some(manifest) = self.manifest_of(contents, "") else { return known };
        let listed = sums::read(contents.texts.get(SUMS).map_or(&[], Vec::as_slice));
        let listed = listed.unwrap_or_default();
        for file in &manifest.files {
            let Some(seen) = contents.seen.get(&file.path) else { continue };
            let wrong = self.file(file, Some(seen), &file.path);
            self.counts(&manifest, &file.path, seen, &file.path);
            if wrong || !listed.contains_key(&file.path) {
                known.insert(file.path.clone());
            }
        }
        // An archive may have been unpacked beside it.
        let folder = manifest.folder();
        let unpacked = |path: &str| path.strip_prefix(&folder).is_some_and(|p| p.starts_with('/'));
        for (path, seen) in contents.seen.iter().filter(|(path, _)| *path != SUMS) {
            let found = (path.clone(), seen.sha256.clone());
            if unpacked(path) {
                known.insert(path.clone());
                self.have.entry(path.clone()).or_insert(found);
            } else if is_archive(path) {
                self.have.insert(path.clone(), found);
            } else {
                self.have.insert(format!("{folder}/{path}"), found);
            }
        }
        let here = |path: &str| contents.seen.contains_key(path);
        let file = |path: &str| here(path) || here(&format!("{folder}/{path}"));
        self.part = Some(Part {
            files: manifest.files.iter().filter(|of| file(&of.path)).count(),
            of: manifest.files.len(),
            archives: [TAR, ZIP].iter().filter(|end| here(&format!("{folder}{end}"))).count(),
        });
        self.manifest = Some(manifest);
        known
    }
}
