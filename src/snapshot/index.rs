//! What git's index knows of the files of a folder: their content, and the size and the times they had
//! when it was looked at. Read here, in the form git documents (gitformat-index), because only this
//! much of it is needed, and that of every file.

use git2::Oid;
use std::{borrow::Cow, fs::Metadata, time::UNIX_EPOCH};

/// Seconds and nanoseconds since 1970.
pub type Time = (u32, u32);

/// What is known of one file.
pub struct Entry<'b> {
    /// The path from the top of the work tree.
    pub path: Cow<'b, [u8]>,
    /// What git calls its content.
    pub id: Oid,
    stat: Stat,
}

/// By what one can tell that a file is as it was.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Stat {
    modified: Time,
    /// Its number in the file system, and its size: the lower halves.
    inode: u32,
    size: u32,
}

impl Entry<'_> {
    /// Whether a file of these signs surely holds what is known. One that was written when the index
    /// was, or later, may have changed since without showing it.
    pub fn knows(&self, now: Stat, written: Time) -> bool {
        let same_file = self.stat.inode == 0 || now.inode == 0 || self.stat.inode == now.inode;
        self.stat.modified == now.modified
            && self.stat.size == now.size
            && same_file
            && now.modified < written
    }
}

impl Stat {
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

/// What is read of an index.
#[derive(Default)]
pub struct Index<'b> {
    /// The regular files, in order of path.
    pub entries: Vec<Entry<'b>>,
    /// The tree that holds just these files, by the cache of trees; none where there may be others.
    pub tree: Option<Oid>,
}

/// Reads an index. Nothing where it is in a form of which not enough is known: then trees and files
/// have to be read, and nothing else is lost.
pub fn read(bytes: &[u8]) -> Index<'_> {
    Bytes(bytes).index().unwrap_or_default()
}

/// What is left to read.
#[derive(Clone, Copy)]
pub struct Bytes<'b>(pub &'b [u8]);

/// An entry as it stands in an index.
pub struct Raw<'b> {
    /// Times, device, inode, mode, owner, size, content and flags.
    head: &'b [u8; RAW],
    /// More flags.
    more: u8,
    /// The path from the top of the work tree.
    pub path: Cow<'b, [u8]>,
}

/// How many bytes stand before an entry's path.
const RAW: usize = 62;

impl<'b> Raw<'b> {
    fn number(&self, at: usize) -> u32 {
        let bytes = self.head[at..].first_chunk().copied();
        bytes.map(u32::from_be_bytes).unwrap_or_default()
    }

    /// Whether it is of a kind that git has; where not, it is no entry.
    pub fn is_one(&self) -> bool {
        matches!(self.number(24) >> 12, 0o10 | 0o12 | 0o16) && !self.path.is_empty()
    }

    /// What is known of a regular file that is neither half merged, nor only announced, nor left out
    /// of the work tree.
    fn known(self) -> Option<Entry<'b>> {
        let plain = self.head[60] & 0x30 == 0 && self.more & 0x60 == 0;
        if !plain || self.number(24) >> 12 != 0o10 {
            return None;
        }
        let modified = (self.number(8), self.number(12));
        let stat = Stat { modified, inode: self.number(20), size: self.number(36) };
        Some(Entry { id: Oid::from_bytes(&self.head[40..60]).ok()?, path: self.path, stat })
    }
}

/// Marks an extension that says that this file alone does not tell everything.
const SPLIT: &[u8] = b"link";

/// Marks the extension that says which trees the entries make.
const TREES: &[u8] = b"TREE";

impl<'b> Bytes<'b> {
    #[inline]
    fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_be_bytes)
    }

    /// The version, and how many entries there are.
    pub fn head(&mut self) -> Option<(u32, usize)> {
        if self.take(4)? != b"DIRC" {
            return None;
        }
        let version = self.number().filter(|version| (2..=4).contains(version))?;
        Some((version, self.number()? as usize))
    }

    /// An entry; `last` is the path of the one before.
    #[inline]
    pub fn entry(&mut self, version: u32, last: &[u8]) -> Option<Raw<'b>> {
        let began = self.0.len();
        let head: &[u8; RAW] = self.take(RAW)?.first_chunk()?;
        let extended = version > 2 && head[60] & 0x40 != 0;
        let more = if extended { self.take(2)?[0] } else { 0 };
        let path = if version == 4 {
            let dropped = self.varint()?;
            let kept = last.len().checked_sub(dropped)?;
            Cow::Owned([&last[..kept], self.text()?].concat())
        } else {
            // A long path's length is not told.
            let length = usize::from(u16::from_be_bytes([head[60] & 0xf, head[61]]));
            let known = if length < 0xfff { Some(length) } else { memchr::memchr(0, self.0) };
            let path = Cow::Borrowed(self.take(known?)?);
            // One to eight bytes follow, so that eight divides the whole.
            self.take(8 - (began - self.0.len()) % 8)?;
            path
        };
        Some(Raw { head, more, path })
    }

    fn index(mut self) -> Option<Index<'b>> {
        let (version, count) = self.head()?;
        let mut entries: Vec<Entry> = Vec::with_capacity(count.min(self.0.len() / 64));
        let mut last: Cow<[u8]> = Cow::default();
        for _ in 0..count {
            let entry = self.entry(version, &last)?;
            last.clone_from(&entry.path);
            entries.extend(entry.known());
        }
        let mut tree = None;
        while self.0.len() > 20 {
            let name = self.take(4)?;
            if name == SPLIT {
                return None;
            }
            let size = self.number()? as usize;
            let extension = self.take(size)?;
            if name == TREES && entries.len() == count {
                tree = Bytes(extension).root();
            }
        }
        Some(Index { entries, tree })
    }

    /// The tree of everything, by the first entry of the cache of trees: an empty path, how many
    /// entries it has, which is negative where it is not known, how many trees, and its name.
    fn root(mut self) -> Option<Oid> {
        let end = self.0.iter().position(|byte| *byte == b'\n')?;
        let counts = std::str::from_utf8(self.take(end)?).ok()?.strip_prefix('\0')?;
        self.take(1)?;
        counts.split_once(' ')?.0.parse::<u32>().ok()?;
        Oid::from_bytes(self.take(20)?).ok()
    }

    /// The bytes up to the next zero.
    fn text(&mut self) -> Option<&'b [u8]> {
        let text = self.take(memchr::memchr(0, self.0)?)?;
        self.take(1)?;
        Some(text)
    }

    /// A number of seven bits a byte, in the manner of packs.
    fn varint(&mut self) -> Option<usize> {
        let mut byte = self.take(1)?[0];
        let mut value = usize::from(byte & 0x7f);
        while byte & 0x80 != 0 {
            byte = self.take(1)?[0];
            value = value.checked_add(1)?.checked_mul(128)? + usize::from(byte & 0x7f);
        }
        Some(value)
    }
}
