//! The bytes of git's index, in the form git documents (gitformat-index).

use git2::Oid;
use std::borrow::Cow;

/// What is left to read.
#[derive(Clone, Copy)]
pub struct Bytes<'b>(pub &'b [u8]);

/// An entry as it stands in an index.
pub struct Raw<'b> {
    /// Times, device, inode, mode, owner, size, content and flags.
    pub head: &'b [u8; RAW],
    /// More flags.
    pub more: u8,
    /// The path from the top of the work tree.
    pub path: Cow<'b, [u8]>,
}

/// How many bytes stand before an entry's path.
pub const RAW: usize = 62;

/// One of the numbers that stand before an entry's path.
pub fn number(head: &[u8; RAW], at: usize) -> u32 {
    let bytes = head[at..].first_chunk().copied();
    bytes.map(u32::from_be_bytes).unwrap_or_default()
}

/// The mode of an entry.
pub fn mode(head: &[u8; RAW]) -> u32 {
    number(head, 24)
}

impl Raw<'_> {
    /// Whether it is of a kind that git has; where not, it is no entry.
    pub fn is_one(&self) -> bool {
        matches!(mode(self.head) >> 12, 0o10 | 0o12 | 0o16) && !self.path.is_empty()
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

    /// The cache of trees among what follows the entries; none where there is more than this file.
    pub fn trees(mut self) -> Option<Cached> {
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
        Some(trees.unwrap_or_default())
    }

    /// A folder of the cache of trees: its name, how many entries it has, which is negative where it is
    /// not known, how many folders, the name of its tree, and after it these folders.
    fn cached(&mut self, depth: usize) -> Option<Cached> {
        if depth > DEEPEST {
            return None;
        }
        let name = self.text()?.to_vec();
        let line = self.take(memchr::memchr(b'\n', self.0)?)?;
        self.take(1)?;
        let (count, folders) = std::str::from_utf8(line).ok()?.split_once(' ')?;
        let tree = match count.parse::<u32>() {
            Ok(_) => Oid::from_bytes(self.take(20)?).ok(),
            Err(_) => None,
        };
        let mut cached = Cached { name, tree, ..Cached::default() };
        for _ in 0..folders.parse::<usize>().ok()? {
            let inner = self.cached(depth + 1)?;
            cached.height = cached.height.max(inner.height + 1);
            cached.inner.push(inner);
        }
        cached.inner.sort_unstable_by(|a, b| a.name.cmp(&b.name));
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

/// A folder in the cache of trees.
#[derive(Default)]
pub struct Cached {
    name: Vec<u8>,
    /// The tree that its entries make; none where it is not known.
    pub tree: Option<Oid>,
    /// The folders in it, in order of name.
    inner: Vec<Self>,
    /// How many folders are one in another below it.
    pub height: usize,
}

impl Cached {
    /// A folder in it.
    pub fn inner(&self, name: &[u8]) -> Option<&Self> {
        let at = self.inner.binary_search_by(|inner| inner.name.as_slice().cmp(name)).ok()?;
        self.inner.get(at)
    }
}
