//! Where published files go: into a folder, all or nothing, or against the files that are there.

mod compare;
mod folder;
mod list;
mod place;
mod staging;
mod there;

pub use compare::Compare;
pub use folder::{Branch, Folder, resolve};
pub use list::Fits;
pub use staging::abandon;

use crate::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufWriter, Write},
    path::Path,
};

/// Writes the bytes of files, of which each has its place among those that were asked for.
pub type Fill<'f> = dyn FnMut(&mut [&mut dyn Write]) -> io::Result<()> + 'f;

/// Takes published files.
pub trait Sink {
    /// Takes files that are written together, by their paths below the output folder with `/`;
    /// `fill` writes the bytes of each.
    ///
    /// # Errors
    /// Where the bytes cannot be written, or a path is not one below the folder.
    fn files(&mut self, paths: &[&str], fill: &mut Fill) -> Result<()>;

    /// Takes one file; `fill` writes its bytes.
    ///
    /// # Errors
    /// As for [`Sink::files`].
    fn file(
        &mut self,
        path: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        self.files(&[path], &mut |outs| outs.iter_mut().try_for_each(|out| fill(*out)))
    }

    /// The files taken so far, by path.
    fn written(&self) -> &BTreeMap<String, Written>;

    /// A new folder for files that are not published.
    ///
    /// # Errors
    /// Where none can be made.
    fn scratch(&self) -> io::Result<tempfile::TempDir>;

    /// A part of this sink that can be filled while others are; none where files are taken one after
    /// the other.
    fn branch(&self) -> Option<Branch> {
        None
    }

    /// Takes the files of a part.
    fn join(&mut self, _: Branch) {}

    /// Takes one file that can only be made on disk: `make` writes it where it is told to.
    ///
    /// # Errors
    /// Where it cannot be made, or as for [`Sink::file`].
    fn made(&mut self, path: &str, make: &mut dyn FnMut(&Path) -> Result<()>) -> Result<()> {
        let failed = |e: io::Error| Error::new(format!("cannot make {path}: {e}"));
        let scratch = self.scratch().map_err(failed)?;
        let made = scratch.path().join("file");
        make(&made)?;
        let mut file = fs::File::open(&made).map_err(failed)?;
        self.file(path, &mut |out| io::copy(&mut file, out).map(drop))
    }
}

/// A file that a sink has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// How many bytes it has.
    pub bytes: u64,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Gathers what is written in small pieces, so that it is hashed and written in large ones.
fn buffered<W: Write>(writer: W) -> BufWriter<W> {
    BufWriter::with_capacity(1 << 16, writer)
}

/// The writers of several files, as [`Fill`] takes them.
fn each<W: Write>(writers: &mut [W]) -> Vec<&mut dyn Write> {
    writers.iter_mut().map(|writer| writer as &mut dyn Write).collect()
}

/// Writes on, counts the bytes and keeps a running hash.
struct Counted<W> {
    inner: W,
    bytes: u64,
    hash: Sha256,
}

impl<W> Counted<W> {
    fn new(inner: W) -> Self {
        Self { inner, bytes: 0, hash: Sha256::new() }
    }

    fn written(self) -> Written {
        Written { bytes: self.bytes, sha256: hex(&self.hash.finalize()) }
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += u64::try_from(written).unwrap_or(u64::MAX);
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// A path that cannot leave the folder it is joined to.
fn inside(path: &str) -> Result<&Path> {
    let path = Path::new(path);
    let plain = path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if plain {
        Ok(path)
    } else {
        Err(Error::new(format!("{} leaves the output folder", path.display())))
    }
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(2 * bytes.len());
    for half in bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
        out.push(char::from(DIGITS[usize::from(half)]));
    }
    out
}
