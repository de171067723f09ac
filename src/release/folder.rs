//! A folder: a release, a part of one beside its archives, or everything that `release` or `publish` wrote.

use super::{
    contents::{Contents, Seen},
    manifest::{MANIFEST, Manifest},
    part::is_part,
    sums::SUMS,
    unpack::is_archive,
    verify::Verified,
};
use crate::error::Result;
use std::{collections::BTreeSet, mem, path::Path};

impl Verified {
    /// A release, a part of one, or what has checksums only.
    pub(super) fn folder(&mut self, root: &Path, mut contents: Contents) -> Result<()> {
        if contents.texts.contains_key(MANIFEST) && !is_part(&contents) {
            self.release(&contents, "");
            return Ok(());
        }
        self.output(root, &mut contents)
    }

    /// The output of `release`: a folder with files, its archives, and checksums of it all; or files
    /// of it beside its archives. Also what `publish` writes, which has checksums only.
    fn output(&mut self, root: &Path, contents: &mut Contents) -> Result<()> {
        self.strange(contents, "");
        contents.seen.values().for_each(|seen| self.count(seen));
        let folder =
            |path: &String| path.strip_suffix(MANIFEST)?.strip_suffix('/').map(str::to_owned);
        let mut folders: Vec<String> = contents.texts.keys().filter_map(folder).collect();
        let mut known = BTreeSet::new();
        if contents.texts.contains_key(MANIFEST) {
            known = self.part(contents);
            let own = self.manifest.as_ref().map(Manifest::folder);
            folders.retain(|folder| Some(folder) == own.as_ref());
        } else {
            // Nothing but the sums of the others is in the list.
            let files = contents.seen.iter().filter(|(path, _)| *path != SUMS);
            let found = |(path, seen): (&String, &Seen)| {
                (path.clone(), (path.clone(), seen.sha256.clone()))
            };
            self.have.extend(files.map(found));
        }
        let told = self.sums(contents, "", &known);
        let archives: Vec<String> =
            contents.seen.keys().filter(|p| is_archive(p) && !told.contains(*p)).cloned().collect();
        for folder in folders {
            let inner = contents.split(&folder);
            self.within(&folder, |own| {
                own.release(&inner, &format!("{folder}/"));
                Ok(())
            })?;
        }
        for path in archives {
            // Without a release, archives may be of anything.
            let must = self.manifest.is_some();
            self.within(&path, |own| own.archive(&root.join(&path), &format!("{path}: "), must))?;
        }
        Ok(())
    }

    /// The release in a folder or an archive that was counted already.
    fn within(&mut self, name: &str, read: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let outside = (self.files, self.bytes, mem::take(&mut self.have));
        let beside = self.manifest.clone();
        read(self)?;
        (self.files, self.bytes, self.have) = outside;
        if self.part.is_some() && self.manifest != beside {
            self.tell(name, "differs", format!("is of another release than {MANIFEST}"));
            self.manifest = beside;
        }
        Ok(())
    }
}
