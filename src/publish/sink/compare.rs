//! Files that are compared with those of a folder.

use super::{Counted, Sink, Written, buffered, inside, published};
use crate::error::{Error, Result};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read as _, Write},
    path::{Path, PathBuf},
};

/// Compares the files with those of a folder and writes nothing.
pub struct Compare {
    out: PathBuf,
    written: BTreeMap<String, Written>,
    differences: Vec<String>,
}

impl Compare {
    /// Prepares to compare with what was published into `out`.
    #[must_use]
    pub fn new(out: &Path) -> Self {
        Self { out: out.to_owned(), written: BTreeMap::new(), differences: Vec::new() }
    }

    /// What is not as it should be, a line each.
    #[must_use]
    pub fn finish(mut self) -> Vec<String> {
        for path in published(&self.out).into_keys() {
            if !self.written.contains_key(&path) {
                self.differences.push(format!("{path} is no longer published"));
            }
        }
        self.differences
    }
}

impl Sink for Compare {
    fn file(
        &mut self,
        path: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        let target = self.out.join(inside(path)?);
        // Files that describe others need their sums, whether they are there or not.
        let file = fs::File::open(&target).ok();
        let missing = file.is_none();
        let same = Same { file: file.map(io::BufReader::new), same: true, buffer: Vec::new() };
        let failed = |e: io::Error| Error::new(format!("cannot compare {path}: {e}"));
        let mut writer = buffered(Counted::new(same));
        fill(&mut writer).map_err(failed)?;
        let mut writer = writer.into_inner().map_err(|e| failed(e.into_error()))?;
        let same = writer.inner.is_all_the_same();
        self.written.insert(path.to_owned(), writer.written());
        if missing {
            self.differences.push(format!("{path} is missing"));
        } else if !same {
            self.differences.push(format!("{path} differs"));
        }
        Ok(())
    }

    fn written(&self) -> &BTreeMap<String, Written> {
        &self.written
    }

    fn scratch(&self) -> io::Result<tempfile::TempDir> {
        // Nothing is written beside what is only looked at.
        tempfile::tempdir()
    }
}

/// Compares what is written with a file.
struct Same {
    file: Option<io::BufReader<fs::File>>,
    same: bool,
    buffer: Vec<u8>,
}

impl Same {
    /// Whether the file has the bytes that were written and no more.
    fn is_all_the_same(&mut self) -> bool {
        let more = |file: &mut io::BufReader<fs::File>| file.read(&mut [0]).is_ok_and(|n| n > 0);
        self.same && !self.file.as_mut().is_some_and(more)
    }
}

impl Write for Same {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(file) = self.file.as_mut().filter(|_| self.same) {
            self.buffer.resize(bytes.len(), 0);
            self.same = file.read_exact(&mut self.buffer).is_ok() && self.buffer == bytes;
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
