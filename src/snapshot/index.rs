//! What git's index knows of the files of a folder: their content, and the size and the times they had
//! when it was looked at. Read here, because only this much of it is needed, and that of every file.

use super::index_bytes::{Bytes, Cached, RAW, Raw, mode, number};
use std::{
    borrow::Cow,
    fs::{File, Metadata},
    io::{Read as _, Seek as _},
    path::Path,
    time::UNIX_EPOCH,
};

/// Seconds and nanoseconds since 1970.
pub type Time = (u32, u32);

/// By what one can tell that a file is as it was.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Stat {
    modified: Time,
    /// Its number in the file system, and its size: the lower halves.
    inode: u32,
    size: u32,
}

impl Stat {
    /// Whether a file of these signs surely holds what was known of it. One that was written when the
    /// index was, or later, may have changed since without showing it.
    pub fn holds(self, now: Self, written: Time) -> bool {
        let same_file = self.inode == 0 || now.inode == 0 || self.inode == now.inode;
        self.modified == now.modified
            && self.size == now.size
            && same_file
            && now.modified < written
    }

    /// The signs of a file.
    #[cfg(unix)]
    pub fn of(at: &rustix::fs::Stat) -> Self {
        Self {
            modified: (at.st_mtime as u32, at.st_mtime_nsec as u32),
            inode: at.st_ino as u32,
            size: at.st_size as u32,
        }
    }

    /// The signs of a file.
    #[cfg(not(unix))]
    pub fn of(at: &Metadata) -> Self {
        Self { modified: modified(at), inode: 0, size: at.len() as u32 }
    }
}

/// When a file was written.
pub fn modified(at: &Metadata) -> Time {
    let since = at.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let since = since.unwrap_or_default();
    (u32::try_from(since.as_secs()).unwrap_or(u32::MAX), since.subsec_nanos())
}

/// An index, of which no more is held than what is known beside the files.
pub struct Index {
    file: File,
    /// When it was written.
    pub written: Time,
    /// The cache of trees; of nothing where there is none.
    pub trees: Cached,
    /// The paths, in order, of what is not known enough to go by, or has no name to go by.
    odd: Vec<Vec<u8>>,
}

impl Index {
    /// Opens an index. None where it is in a form of which not enough is known: then trees and files
    /// have to be read, and nothing else is lost.
    pub fn open(path: &Path) -> Option<Self> {
        let file = File::open(path).ok()?;
        let written = modified(&file.metadata().ok()?);
        let mut odd = Vec::new();
        let mut entries = Entries::of(&file)?;
        while entries.left > 0 {
            entries.raw()?;
            if !entries.known() || std::str::from_utf8(&entries.path).is_err() {
                odd.push(entries.path.clone());
            }
        }
        let trees = Bytes(&entries.rest()?).trees()?;
        drop(entries);
        Some(Self { file, written, trees, odd })
    }

    /// Whether there is something in a folder, whose path ends in a slash, that is not known enough.
    pub fn is_odd(&self, folder: &[u8]) -> bool {
        let at = self.odd.partition_point(|path| path.as_slice() < folder);
        self.odd.get(at).is_some_and(|path| path.starts_with(folder))
    }

    /// What is known of its files.
    pub fn entries(&self) -> Option<Entries<'_>> {
        Entries::of(&self.file)
    }
}

/// What an index knows of files, one after the other in order of path.
pub struct Entries<'i> {
    file: &'i File,
    version: u32,
    /// How many are still to come.
    left: usize,
    /// What was read of the file: more of it than an entry takes.
    bytes: Vec<u8>,
    at: usize,
    filled: usize,
    /// The path of one, from the top of the work tree.
    pub path: Vec<u8>,
    head: [u8; RAW],
    more: u8,
}

/// How much of an index is held at once.
const HELD: usize = 1 << 17;

impl<'i> Entries<'i> {
    fn of(mut file: &'i File) -> Option<Self> {
        file.rewind().ok()?;
        let (path, head, bytes) = (Vec::new(), [0; RAW], vec![0; HELD]);
        let mut entries =
            Self { file, version: 0, left: 0, bytes, at: 0, filled: 0, path, head, more: 0 };
        entries.fill()?;
        let mut rest = Bytes(&entries.bytes[..entries.filled]);
        (entries.version, entries.left) = rest.head()?;
        entries.at = entries.filled - rest.0.len();
        Some(entries)
    }

    /// Reads on; none where there is no more, or it cannot be held.
    fn fill(&mut self) -> Option<()> {
        self.bytes.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        self.at = 0;
        let more = self.file.read(&mut self.bytes[self.filled..]).ok()?;
        self.filled += more;
        (more > 0).then_some(())
    }

    /// Goes on to the next entry, whatever it is.
    fn raw(&mut self) -> Option<()> {
        loop {
            let mut rest = Bytes(&self.bytes[self.at..self.filled]);
            if let Some(Raw { head, more, path }) = rest.entry(self.version, &self.path) {
                (self.head, self.more) = (*head, more);
                match path {
                    Cow::Owned(path) => self.path = path,
                    Cow::Borrowed(path) => {
                        self.path.clear();
                        self.path.extend_from_slice(path);
                    }
                }
                self.at = self.filled - rest.0.len();
                self.left -= 1;
                return Some(());
            }
            self.fill()?;
        }
    }

    /// Whether the entry is a regular file that is neither half merged, nor only announced, nor left out
    /// of the work tree.
    fn known(&self) -> bool {
        let plain = self.head[60] & 0x30 == 0 && self.more & 0x60 == 0;
        plain && mode(&self.head) >> 12 == 0o10
    }

    /// Goes on to the next entry that is known enough; none where there is none.
    pub fn next(&mut self) -> Option<()> {
        loop {
            if self.left == 0 {
                return None;
            }
            self.raw()?;
            if self.known() {
                return Some(());
            }
        }
    }

    /// What git calls the content of the file: the bytes of an id.
    pub fn id(&self) -> &[u8] {
        &self.head[40..60]
    }

    /// By what to tell that the file is as it was.
    pub fn stat(&self) -> Stat {
        let number = |at| number(&self.head, at);
        Stat { modified: (number(8), number(12)), inode: number(20), size: number(36) }
    }

    /// What follows the entries.
    fn rest(&mut self) -> Option<Vec<u8>> {
        let mut rest = self.bytes[self.at..self.filled].to_vec();
        self.file.read_to_end(&mut rest).ok()?;
        Some(rest)
    }
}
