//! What every command has: the repository to work on, and colours.

use super::{Color, progress};
use crate::{
    check::{Ask, Base, Checked},
    error::{Error, Result},
    load::{self, Loaded},
    rules::AsOf,
    schema::Schemas,
    snapshot::{self, Snapshot},
    templates::Templates,
};
use std::{
    io::{self, IsTerminal as _},
    path::PathBuf,
};

/// What every command has.
pub struct Context {
    pub root: Option<PathBuf>,
    pub color: Color,
}

impl Context {
    /// The snapshot to work on: the folder, or a revision of its repository.
    pub fn snapshot(&self, at: Option<&str>) -> Result<Snapshot> {
        match at {
            None => Snapshot::folder(&self.root()?),
            Some(rev) => Snapshot::revision(&self.root_at(rev)?, rev),
        }
    }

    /// The folder that holds `dataset/`.
    pub fn root(&self) -> Result<PathBuf> {
        let Some(root) = &self.root else {
            return snapshot::find_root(&here()?).ok_or_else(|| {
                Error::new(format!("no {} here or in any folder above", snapshot::MARK))
                    .hint("run claimbook in a dataset's repository, or name one with --root")
            });
        };
        if !root.is_dir() {
            return Err(Error::new(format!("{} is no folder", root.display())));
        }
        Ok(root.clone())
    }

    pub fn root_at(&self, rev: &str) -> Result<PathBuf> {
        match &self.root {
            Some(root) => Ok(root.clone()),
            None => snapshot::find_root_at(&here()?, rev),
        }
    }

    /// Reads a dataset, with a progress bar where it takes its time.
    pub fn load(&self, snapshot: &Snapshot) -> Result<Loaded> {
        self.load_with(&load::schemas(snapshot)?, snapshot)
    }

    /// The same for a check on a day.
    pub fn load_on(&self, snapshot: &Snapshot, as_of: AsOf) -> Result<Loaded> {
        self.load_with(&load::schemas(snapshot)?.on(as_of.day), snapshot)
    }

    pub fn load_with(&self, schemas: &Schemas, snapshot: &Snapshot) -> Result<Loaded> {
        let bar = progress::Bar::new("reading", snapshot.files().len());
        load::load_with(schemas, snapshot, &|n| bar.advance(n))
    }

    /// Checks what a snapshot makes of its base, likewise.
    pub fn against(&self, base: &Base, snapshot: &Snapshot, ask: Ask) -> Result<Checked> {
        let bar = progress::Bar::new("reading", snapshot.files().len());
        crate::check::against(base, snapshot, ask, &|n| bar.advance(n))
    }

    /// The templates of the repository.
    pub fn templates(&self, snapshot: &Snapshot) -> Result<Templates> {
        Templates::new(load::own_files(snapshot, "templates", 1 << 20)?)
    }

    pub fn choice(&self, terminal: bool) -> anstream::ColorChoice {
        match self.color {
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
            Color::Auto if !terminal => anstream::ColorChoice::Never,
            Color::Auto => anstream::AutoStream::choice(&io::stdout()),
        }
    }

    /// Whether what goes to standard output may have colours.
    pub fn colors(&self) -> bool {
        self.choice(io::stdout().is_terminal()) != anstream::ColorChoice::Never
    }
}

pub fn here() -> Result<PathBuf> {
    std::env::current_dir().map_err(|e| Error::new(format!("cannot tell the current folder: {e}")))
}
