//! Reading what strangers packed: archives are read without being unpacked, paths stay inside, links
//! are not followed, and sizes are bounded.

use super::{
    build::{TAR, ZIP},
    contents::Contents,
    manifest::MANIFEST,
    sums::{self, SUMS, inside},
};
use crate::error::{Error, Result};
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use rawzip::{CompressionMethod, ZipArchive};
use std::{
    fs,
    io::{self, Read},
    path::Path,
};

/// How many bytes all files of a release may have together.
const MAX_BYTES: u64 = 16 << 30;

/// How many bytes an archive may have that is read into memory.
const MAX_ZIP: u64 = 2 << 30;

/// How many files a release may have.
const MAX_FILES: usize = 1_000_000;

/// How deep folders may nest.
const MAX_DEPTH: usize = 16;

/// Whether a path is that of an archive.
pub fn is_archive(path: &str) -> bool {
    path.ends_with(TAR) || path.ends_with(ZIP)
}

/// Reads an archive. One that is broken gives what came before.
pub fn archive(path: &Path) -> Result<Contents> {
    let failed = |e: io::Error| Error::new(format!("cannot read {}: {e}", path.display()));
    let mut file = fs::File::open(path).map_err(failed)?;
    let mut taker = Taker::default();
    let read = if path.to_string_lossy().ends_with(ZIP) {
        let size = file.metadata().map_err(failed)?.len();
        if size > MAX_ZIP {
            return Err(Error::new(format!("{} is too large to be read", path.display()))
                .hint("unpack it and verify the folder"));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        zip(&bytes, &mut taker)
    } else {
        tar(file, &mut taker)
    };
    if let Err(e) = read {
        taker.strange("", &format!("is broken: {e}"));
    }
    Ok(taker.contents)
}

fn tar(file: fs::File, taker: &mut Taker) -> io::Result<()> {
    let mut tar = tar::Archive::new(MultiGzDecoder::new(io::BufReader::new(file)));
    for entry in tar.entries()? {
        let mut entry = entry?;
        let kind = entry.header().entry_type();
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        match kind {
            tar::EntryType::Regular => taker.take(&path, &mut entry)?,
            tar::EntryType::Directory => {}
            _ => taker.strange(&path, "is no file"),
        }
    }
    Ok(())
}

fn zip(bytes: &[u8], taker: &mut Taker) -> io::Result<()> {
    let zip = ZipArchive::from_slice(bytes).map_err(io::Error::other)?;
    let mut entries = zip.entries();
    while let Some(record) = entries.next_entry().map_err(io::Error::other)? {
        let path = String::from_utf8_lossy(record.file_path().as_bytes()).into_owned();
        if record.is_dir() {
            continue;
        }
        if record.mode().is_symlink() {
            taker.strange(&path, "is no file");
            continue;
        }
        let entry = zip.get_entry(record.wayfinder()).map_err(io::Error::other)?;
        let method = record.compression_method();
        if method == CompressionMethod::DEFLATE {
            let data = entry.verifying_reader(DeflateDecoder::new(entry.data()));
            taker.take(&path, &mut { data })?;
        } else if method == CompressionMethod::STORE {
            let data = entry.verifying_reader(entry.data());
            taker.take(&path, &mut { data })?;
        } else {
            taker.strange(&path, "is compressed in a way that releases are not");
        }
    }
    Ok(())
}

/// Reads a folder.
pub fn folder(root: &Path) -> Result<Contents> {
    let mut taker = Taker::default();
    walk(root, "", 0, &mut taker)
        .map_err(|e| Error::new(format!("cannot read {}: {e}", root.display())))?;
    Ok(taker.contents)
}

fn walk(folder: &Path, below: &str, depth: usize, taker: &mut Taker) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() && depth < MAX_DEPTH {
            walk(&entry.path(), &format!("{path}/"), depth + 1, taker)?;
        } else if kind.is_file() {
            taker.take(&path, &mut fs::File::open(entry.path())?)?;
        } else {
            taker.strange(&path, "is no file");
        }
    }
    Ok(())
}

/// Reads the list of checksums in a folder, and what it names.
pub fn listed(root: &Path) -> Result<Contents> {
    let mut taker = Taker::default();
    let read = |path: &str, taker: &mut Taker| {
        fs::File::open(root.join(path))
            .and_then(|mut file| taker.take(path, &mut file))
            .map_err(|e| Error::new(format!("cannot read {}: {e}", root.join(path).display())))
    };
    read(SUMS, &mut taker)?;
    let list = taker.contents.texts.get(SUMS).map_or(&[][..], Vec::as_slice);
    // Whoever looks at the list tells why it cannot be read.
    for path in sums::read(list).unwrap_or_default().keys().filter(|path| *path != SUMS) {
        match kind(root, path) {
            Some(kind) if kind.is_file() => read(path, &mut taker)?,
            Some(_) => taker.strange(path, "is no file"),
            None => {}
        }
    }
    Ok(taker.contents)
}

/// What is at a path, or the link that leads there; none where nothing is.
fn kind(root: &Path, path: &str) -> Option<fs::FileType> {
    let mut at = root.to_owned();
    let mut kind = None;
    for part in path.split('/') {
        at.push(part);
        let here = fs::symlink_metadata(&at).ok()?.file_type();
        kind = Some(here);
        if here.is_symlink() {
            break;
        }
    }
    kind
}

/// Reads one file.
pub fn file(path: &Path, name: &str) -> Result<Contents> {
    let mut taker = Taker::default();
    fs::File::open(path)
        .and_then(|mut file| taker.take(name, &mut file))
        .map_err(|e| Error::new(format!("cannot read {}: {e}", path.display())))?;
    Ok(taker.contents)
}

/// Takes files within bounds.
#[derive(Default)]
struct Taker {
    contents: Contents,
    bytes: u64,
}

impl Taker {
    fn take(&mut self, path: &str, reader: &mut dyn Read) -> io::Result<()> {
        if !inside(path) {
            self.strange(path, "is no path inside the release");
            return Ok(());
        }
        if self.contents.seen.contains_key(path) {
            self.strange(path, "is there twice");
            return Ok(());
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let left = MAX_BYTES - self.bytes;
        let mut bounded = reader.take(left + 1);
        self.contents.take(path, &mut bounded, name == MANIFEST || name == SUMS)?;
        self.bytes += self.contents.seen.get(path).map_or(0, |seen| seen.bytes);
        if self.bytes > MAX_BYTES || self.contents.seen.len() > MAX_FILES {
            let words = format!("more than {MAX_FILES} files or {} GiB", MAX_BYTES >> 30);
            return Err(io::Error::other(words));
        }
        Ok(())
    }

    fn strange(&mut self, path: &str, why: &str) {
        self.contents.strange.push((path.to_owned(), why.to_owned()));
    }
}
