//! Files that would change: shown as a patch, or written.

use super::{Context, print};
use crate::{
    authoring::Edits,
    error::{Error, Result},
    report, snapshot, write,
};
use std::{
    fs,
    io::{self, IsTerminal as _},
    path::Path,
};

/// Files that would change.
pub struct Changes {
    edits: Edits,
    patches: Vec<String>,
}

impl Changes {
    /// Reads what stands in the files that `edits` would change, and forgets those that stay as
    /// they are.
    pub fn read(root: &Path, edits: Edits) -> Result<Self> {
        let mut changes = Self { edits: Edits::new(), patches: Vec::new() };
        for (path, new) in edits {
            let old = fs::read(root.join(&path))
                .map_err(|e| Error::new(format!("cannot read {path}: {e}")))?;
            if old != new.as_bytes() {
                changes.patches.push(snapshot::patch(&path, &String::from_utf8_lossy(&old), &new)?);
                changes.edits.insert(path, new);
            }
        }
        Ok(changes)
    }

    /// The paths, in order.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &str> {
        self.edits.keys().map(String::as_str)
    }

    /// Prints them as a patch: for a terminal with what cannot be seen, else to be applied.
    pub fn show(&self, context: &Context) -> Result<()> {
        for patch in &self.patches {
            if io::stdout().is_terminal() || context.colors() {
                print(&report::patch_shown(patch, context.colors()))?;
            } else {
                print(patch)?;
            }
        }
        Ok(())
    }

    /// Writes all of them, or none.
    pub fn write(&self, root: &Path) -> Result<()> {
        write_all(root, &self.edits)
    }
}

/// Writes files, all or none.
pub fn write_all(root: &Path, edits: &Edits) -> Result<()> {
    write::all(root, edits).map_err(|(path, e)| {
        Error::new(format!("cannot write {path}: {e}")).hint("nothing was written")
    })
}
