//! What git's index knows of the files of a folder: their content, and the size and the times they had
//! when it was looked at. Read here, in the form git documents (gitformat-index), because only this
//! much of it is needed, and that of every file.

use git2::Oid;
use memchr::memmem;
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

/// Where files of this name likely stand below a folder, found without reading the index entry by
/// entry. Not every place need be among them, and a place may be none.
pub fn places(bytes: &[u8], folder: &str, name: &str) -> Vec<String> {
    let (folder, end) = (format!("{folder}/"), format!("/{name}\0"));
    let begin = memmem::FinderRev::new(&folder);
    let found = memmem::find_iter(bytes, &end).filter_map(|at| {
        let before = &bytes[at.saturating_sub(MAX_PATH)..=at];
        let path = &bytes[at - (before.len() - 1 - begin.rfind(before)?)..at + end.len() - 1];
        let path = std::str::from_utf8(path).ok().filter(|path| !path.contains('\0'))?;
        Some(path.to_owned())
    });
    found.collect()
}

/// How long a path may be to be found at a glance.
const MAX_PATH: usize = 4096;

/// What is left to read.
struct Bytes<'b>(&'b [u8]);

/// Marks an extension that says that this file alone does not tell everything.
const SPLIT: &[u8] = b"link";

/// Marks the extension that says which trees the entries make.
const TREES: &[u8] = b"TREE";

impl<'b> Bytes<'b> {
    fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_be_bytes)
    }

    fn index(mut self) -> Option<Index<'b>> {
        if self.take(4)? != b"DIRC" {
            return None;
        }
        let version = self.number().filter(|version| (2..=4).contains(version))?;
        let count = self.number()? as usize;
        let mut entries: Vec<Entry> = Vec::with_capacity(count.min(self.0.len() / 64));
        let mut last: Cow<[u8]> = Cow::default();
        for _ in 0..count {
            let began = self.0.len();
            let _changed = self.take(8)?;
            let modified = (self.number()?, self.number()?);
            let _device = self.number()?;
            let (inode, mode) = (self.number()?, self.number()?);
            let _owner = self.take(8)?;
            let size = self.number()?;
            let id = Oid::from_bytes(self.take(20)?).ok()?;
            let flags: [u8; 2] = self.take(2)?.try_into().ok()?;
            let flags = u16::from_be_bytes(flags);
            let extended = version > 2 && flags & 0x4000 != 0;
            let more = if extended { self.take(2)?[0] } else { 0 };
            let path = if version == 4 {
                let dropped = self.varint()?;
                let kept = last.len().checked_sub(dropped)?;
                Cow::Owned([&last[..kept], self.text()?].concat())
            } else {
                let path = Cow::Borrowed(self.text()?);
                // One of up to eight bytes has been read with the path.
                let length = began - self.0.len() - 1;
                self.take(7 - length % 8)?;
                path
            };
            last.clone_from(&path);
            // Neither half merged, nor only announced, nor left out of the work tree.
            let plain = flags & 0x3000 == 0 && more & 0x60 == 0 && mode & 0o170_000 == 0o100_000;
            if plain {
                entries.push(Entry { path, id, stat: Stat { modified, inode, size } });
            }
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
        let end = self.0.iter().position(|byte| *byte == 0)?;
        let text = self.take(end)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_whole_paths() {
        let mut bytes = b"DIRC\0\0".to_vec();
        for path in ["a/claims/x.json", "a/claims/b/c/x.json", "a/claims/ax.json", "b/x.json"] {
            bytes.extend([7; 62]);
            bytes.extend(path.as_bytes());
            bytes.extend([0; 3]);
        }
        assert_eq!(
            places(&bytes, "a/claims", "x.json"),
            ["a/claims/x.json", "a/claims/b/c/x.json"]
        );
        assert_eq!(places(&bytes, "a/claims", "c.json"), [""; 0]);
        assert_eq!(places(b"", "a/claims", "x.json"), [""; 0]);
    }
}
