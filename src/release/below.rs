//! A folder inside the output, for those who write as if it were the whole.

use crate::{
    error::Result,
    publish::{Sink, Written},
};
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

/// Takes files into one folder of another sink.
pub struct Below<'s> {
    sink: &'s mut dyn Sink,
    folder: String,
    written: BTreeMap<String, Written>,
}

impl<'s> Below<'s> {
    /// The folder of this name.
    pub fn new(sink: &'s mut dyn Sink, folder: &str) -> Self {
        Self { sink, folder: folder.to_owned(), written: BTreeMap::new() }
    }
}

impl Sink for Below<'_> {
    fn file(
        &mut self,
        path: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        let whole = format!("{}/{path}", self.folder);
        self.sink.file(&whole, fill)?;
        let written = self.sink.written().get(&whole).cloned();
        self.written.extend(written.map(|written| (path.to_owned(), written)));
        Ok(())
    }

    fn written(&self) -> &BTreeMap<String, Written> {
        &self.written
    }

    fn scratch(&self) -> io::Result<tempfile::TempDir> {
        self.sink.scratch()
    }
}
