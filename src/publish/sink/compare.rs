//! Files that are compared with those of a folder.

use super::{
    Counted, Fill, Sink, Written, buffered, each, inside,
    list::{self, Fits},
};
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
    fits: Fits,
    written: BTreeMap<String, Written>,
    differences: Vec<String>,
}

impl Compare {
    /// Prepares to compare with what was published into `out`, of which `fits` tells the list.
    #[must_use]
    pub fn new(out: &Path, fits: Fits) -> Self {
        Self { out: out.to_owned(), fits, written: BTreeMap::new(), differences: Vec::new() }
    }

    /// What is not as it should be, a line each.
    ///
    /// # Errors
    /// Where the list of what was published cannot be read.
    pub fn finish(mut self) -> Result<Vec<String>> {
        let failed = |e| Error::new(format!("cannot compare {}: {e}", self.out.display()));
        let listed = list::read(&self.out, &self.fits).map_err(failed)?;
        for path in listed.unwrap_or_default().into_keys() {
            if !self.written.contains_key(&path) {
                self.differences.push(format!("{path} is no longer published"));
            }
        }
        Ok(self.differences)
    }
}

impl Sink for Compare {
    fn files(&mut self, paths: &[&str], fill: &mut Fill) -> Result<()> {
        let failed =
            |e: io::Error| Error::new(format!("cannot compare {}: {e}", paths.join(" and ")));
        let mut writers = Vec::new();
        for path in paths {
            // Files that describe others need their sums, whether they are there or not.
            let file = fs::File::open(self.out.join(inside(path)?)).ok();
            writers.push(buffered(Counted::new(Same::new(file))));
        }
        fill(&mut each(&mut writers)).map_err(failed)?;
        for (path, writer) in paths.iter().zip(writers) {
            let mut writer = writer.into_inner().map_err(|e| failed(e.into_error()))?;
            self.differences.extend(writer.inner.difference().map(|how| format!("{path} {how}")));
            self.written.insert((*path).to_owned(), writer.written());
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
    fn new(file: Option<fs::File>) -> Self {
        Self { file: file.map(io::BufReader::new), same: true, buffer: Vec::new() }
    }

    /// What is not as it should be, where the file has not the bytes that were written or has more.
    fn difference(&mut self) -> Option<&'static str> {
        let Some(file) = &mut self.file else { return Some("is missing") };
        let more = file.read(&mut [0]).is_ok_and(|n| n > 0);
        (more || !self.same).then_some("differs")
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
