//! What git's index knows of the files of a folder: their content, and the size and the times they had
//! when it was looked at. Read here, in the form git documents (gitformat-index), because only this
//! much of it is needed, and that of every file.

use std::{borrow::Cow, fs::Metadata, time::UNIX_EPOCH};

/// Seconds and nanoseconds since 1970.
pub type Time = (u32, u32);

/// What is known of one regular file, which is neither half merged, nor only announced, nor left out of
/// the work tree.
pub struct Entry<'b> {
    /// The path from the top of the work tree.
    pub path: Cow<'b, [u8]>,
    head: &'b [u8; RAW],
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
    /// What git calls its content: the bytes of an id.
    pub fn id(&self) -> &[u8] {
        &self.head[40..60]
    }

    /// Whether a file of these signs surely holds what is known. One that was written when the index
    /// was, or later, may have changed since without showing it.
    pub fn knows(&self, now: Stat, written: Time) -> bool {
        let number = |at| number(self.head, at);
        let inode = number(20);
        let same_file = inode == 0 || now.inode == 0 || inode == now.inode;
        now.modified == (number(8), number(12))
            && now.size == number(36)
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
    /// The cache of trees.
    pub trees: Option<Cached<'b>>,
}

/// A folder in the cache of trees.
pub struct Cached<'b> {
    name: &'b [u8],
    /// The tree that its entries make, and how many these are; none where there may be others.
    pub tree: Option<(&'b [u8], usize)>,
    /// The folders in it, in order of name.
    inner: Vec<Self>,
    /// How many folders are one in another below it.
    pub height: usize,
}

impl Cached<'_> {
    /// A folder in it.
    pub fn inner(&self, name: &[u8]) -> Option<&Self> {
        let at = self.inner.binary_search_by(|inner| inner.name.cmp(name)).ok()?;
        self.inner.get(at)
    }
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

/// One of the numbers that stand before an entry's path.
fn number(head: &[u8; RAW], at: usize) -> u32 {
    let bytes = head[at..].first_chunk().copied();
    bytes.map(u32::from_be_bytes).unwrap_or_default()
}

impl<'b> Raw<'b> {
    fn mode(&self) -> u32 {
        number(self.head, 24)
    }

    /// Whether it is of a kind that git has; where not, it is no entry.
    pub fn is_one(&self) -> bool {
        matches!(self.mode() >> 12, 0o10 | 0o12 | 0o16) && !self.path.is_empty()
    }

    /// What is known of it, where that is enough to go by.
    fn known(self) -> Option<Entry<'b>> {
        let plain = self.head[60] & 0x30 == 0 && self.more & 0x60 == 0;
        (plain && self.mode() >> 12 == 0o10).then_some(Entry { path: self.path, head: self.head })
    }
}

/// Marks an extension that says that this file alone does not tell everything.
const SPLIT: &[u8] = b"link";

/// Marks the extension that says which trees the entries make.
const TREES: &[u8] = b"TREE";

/// How deep folders may be in the cache of trees; one that is deeper is left aside.
const DEEPEST: usize = 256;

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
        let mut trees = None;
        while self.0.len() > 20 {
            let name = self.take(4)?;
            if name == SPLIT {
                return None;
            }
            let size = self.number()? as usize;
            let extension = self.take(size)?;
            if name == TREES {
                trees = Bytes(extension).cached(0);
            }
        }
        Some(Index { entries, trees })
    }

    /// A folder of the cache of trees: its name, how many entries it has, which is negative where it is
    /// not known, how many folders, the name of its tree, and after it these folders.
    fn cached(&mut self, depth: usize) -> Option<Cached<'b>> {
        if depth > DEEPEST {
            return None;
        }
        let name = self.text()?;
        let line = self.take(memchr::memchr(b'\n', self.0)?)?;
        self.take(1)?;
        let (count, folders) = std::str::from_utf8(line).ok()?.split_once(' ')?;
        let tree = match count.parse().ok() {
            Some(count) => Some((self.take(20)?, count)),
            None => None,
        };
        let mut cached = Cached { name, tree, inner: Vec::new(), height: 0 };
        for _ in 0..folders.parse::<usize>().ok()? {
            let inner = self.cached(depth + 1)?;
            cached.height = cached.height.max(inner.height + 1);
            cached.inner.push(inner);
        }
        cached.inner.sort_unstable_by_key(|inner| inner.name);
        Some(cached)
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
