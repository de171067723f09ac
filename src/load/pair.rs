//! Two moments of one dataset, read as for a check. What did not change is read once.

use super::{Loaded, Part, parts, wanted};
use crate::{
    error::Result,
    finding::Text,
    schema::Schemas,
    snapshot::{File, FileKind, Snapshot},
};
use std::{collections::BTreeSet, iter::Peekable, vec::IntoIter};

/// Two moments of one dataset.
#[derive(Default)]
pub struct Pair {
    /// The earlier one; it has no texts of its own.
    pub base: Loaded,
    /// The later one. Its texts are its own, in order of path, and after them those that only the
    /// earlier moment has: places of both are places in these texts.
    pub head: Loaded,
}

/// Reads two moments of a dataset, of which the paths in `changed` have other content. The earlier
/// one is held against schemas of its own only where it has some.
///
/// `progress` is called with the number of files read since the last call, from any thread.
///
/// # Errors
/// Where a file cannot be read.
pub fn pair(
    base: (&Snapshot, Option<&Schemas>),
    head: (&Snapshot, &Schemas),
    changed: &BTreeSet<&str>,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Pair> {
    let files = wanted(head.0);
    let before = wanted(base.0);
    let shared = |old: &File, new: &File| {
        let same = old.kind != FileKind::Regular || !changed.contains(old.path.as_str());
        base.1.is_none() && old.kind == new.kind && same
    };
    let kept = |old: &File| {
        let at = files.binary_search_by(|file| file.path.cmp(&old.path));
        at.is_ok_and(|at| shared(old, files[at]))
    };
    let (kept, own): (Vec<&File>, Vec<&File>) = before.into_iter().partition(|old| kept(old));
    let kept: BTreeSet<&str> = kept.into_iter().map(|file| file.path.as_str()).collect();
    let now = parts(head.0, head.1, &files, 0, progress)?;
    let then = parts(base.0, base.1.unwrap_or(head.1), &own, files.len(), progress)?;
    let mut pair = Pair::default();
    let (mut base_strays, mut head_strays) = (BTreeSet::new(), BTreeSet::new());
    let mut then: Peekable<IntoIter<Part>> = then.into_iter().peekable();
    let mut extra = Vec::new();
    // In order of path, for the first of two records with one id is the one that counts.
    for part in now.into_iter().map(Some).chain([None]) {
        let path = part.as_ref().map(|part| part.text.path.as_str());
        let before = |old: &Part| path.is_none_or(|path| old.text.path.as_str() <= path);
        while let Some(old) = then.next_if(before) {
            extra.push(pair.base.take(old, &mut base_strays));
        }
        let Some(part) = part else { break };
        if kept.contains(part.text.path.as_str()) {
            pair.base.take(part.without_text(), &mut base_strays);
        }
        let text = pair.head.take(part, &mut head_strays);
        pair.head.texts.0.push(text);
    }
    pair.head.texts.0.extend(extra);
    let texts = std::mem::take(&mut pair.head.texts);
    pair.base.settle(&texts);
    pair.head.settle(&texts);
    pair.head.texts = texts;
    Ok(pair)
}

impl Part {
    /// The same for a version that shares the text.
    fn without_text(&self) -> Self {
        Self {
            text: Text::default(),
            items: self.items.clone(),
            findings: self.findings.clone(),
            stray: self.stray.clone(),
        }
    }
}
