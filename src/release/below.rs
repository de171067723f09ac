//! A folder inside the output, for those who write as if it were the whole.

use crate::{
    error::Result,
    publish::{Fill, Sink, Written},
};
use std::{collections::BTreeMap, io};

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
    fn files(&mut self, paths: &[&str], fill: &mut Fill) -> Result<()> {
        let whole: Vec<String> =
            paths.iter().map(|path| format!("{}/{path}", self.folder)).collect();
        self.sink.files(&whole.iter().map(String::as_str).collect::<Vec<_>>(), fill)?;
        let taken = self.sink.written();
        let written = paths.iter().zip(&whole).filter_map(|(path, whole)| {
            taken.get(whole).map(|written| ((*path).to_owned(), written.clone()))
        });
        self.written.extend(written);
        Ok(())
    }

    fn written(&self) -> &BTreeMap<String, Written> {
        &self.written
    }

    fn scratch(&self) -> io::Result<tempfile::TempDir> {
        self.sink.scratch()
    }
}
