//! The entries of a git tree, read from its raw bytes. libgit2's own trees are sorted into memory
//! entry by entry, which is more than a look for one name needs.

use super::{FileKind, git};
use crate::error::{Error, Result};
use git2::{ObjectType, Odb, Oid};
use memchr::memmem::Finder;

/// An entry of a tree.
#[derive(Clone, Copy)]
pub struct RawEntry<'t> {
    /// All of it.
    pub bytes: &'t [u8],
    mode: &'t [u8],
    /// Its name.
    pub name: &'t [u8],
    /// Its object: the bytes of an id.
    pub object: &'t [u8],
}

impl RawEntry<'_> {
    /// What it is to a snapshot.
    pub fn kind(&self) -> FileKind {
        match self.mode {
            b"120000" => FileKind::Symlink,
            b"160000" => FileKind::Submodule,
            _ if self.is_file() => FileKind::Regular,
            _ => FileKind::Other,
        }
    }

    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        self.mode == b"40000"
    }

    /// Whether it is a file with bytes, and no link.
    pub fn is_file(&self) -> bool {
        self.mode.starts_with(b"100")
    }

    /// Whether it is the same in all that git tells apart: of a file's mode, who may run it.
    pub fn is_same(&self, other: &Self) -> bool {
        let runs = |entry: &Self| entry.mode.iter().skip(3).any(|digit| digit & 1 == 1);
        let files = self.is_file() && other.is_file() && runs(self) == runs(other);
        self.object == other.object && (files || self.mode == other.mode)
    }

    /// Whether it has another name and stands before one, in the order of trees: that of a folder is
    /// as if its name ended in a slash.
    pub fn is_before(&self, other: &Self) -> bool {
        let key = |entry: &Self| {
            let slash = entry.is_folder().then_some(b'/');
            entry.name.iter().copied().chain(slash)
        };
        self.name != other.name && key(self).lt(key(other))
    }

    /// Its object; none where the bytes are no id.
    pub fn id(&self) -> Option<Oid> {
        Oid::from_bytes(self.object).ok()
    }
}

/// What `look` makes of the bytes of a tree.
pub fn raw<T>(odb: &Odb, tree: Oid, look: impl FnOnce(&[u8]) -> T) -> Result<T> {
    let object = odb.read(tree).map_err(|e| git::missing(&e, "a folder"))?;
    match object.kind() {
        ObjectType::Tree => Ok(look(object.data())),
        _ => Err(Error::new(format!("git has no folder {tree}, but something else"))),
    }
}

/// The length of an object id in bytes: SHA-1, the only kind that this libgit2 reads.
const ID: usize = 20;

/// The entries of a tree's bytes: `MODE NAME\0ID` one after the other. What is cut short ends them.
pub fn entries(mut bytes: &[u8]) -> impl Iterator<Item = RawEntry<'_>> {
    std::iter::from_fn(move || {
        let space = memchr::memchr(b' ', bytes)?;
        let (mode, rest) = (&bytes[..space], &bytes[space + 1..]);
        let end = memchr::memchr(0, rest)?;
        let object = rest.get(end + 1..end + 1 + ID)?;
        let (entry, after) = bytes.split_at(space + 1 + end + 1 + ID);
        bytes = after;
        Some(RawEntry { bytes: entry, mode, name: &rest[..end], object })
    })
}

/// The entry of this name.
pub fn find<'t>(bytes: &'t [u8], name: &[u8]) -> Option<RawEntry<'t>> {
    entries(bytes).find(|entry| entry.name == name)
}

/// Tells at a glance whether a tree has entries that matter: most have none, and need not be read
/// entry by entry.
pub struct Glance<'g>(Vec<Finder<'g>>);

impl Glance<'_> {
    /// Files whose names end so matter, and folders.
    pub fn new(ends: &[&str]) -> Self {
        let ends = ends.iter().map(|end| format!("{end}\0").into_bytes());
        let all = ends.chain([b"40000 ".to_vec()]);
        Self(all.map(|bytes| Finder::new(&bytes).into_owned()).collect())
    }

    /// Whether such an entry may be among those of a tree's bytes; where not, none is.
    pub fn at(&self, bytes: &[u8]) -> bool {
        self.0.iter().any(|finder| finder.find(bytes).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glance_sees_files_and_folders() {
        let mut file = b"100644 c.json\0".to_vec();
        file.extend([0; ID]);
        let mut folder = b"40000 c\0".to_vec();
        folder.extend([0; ID]);
        for (ends, seen) in [(&["c.json"][..], true), (&[".json"], true), (&["c", "b.json"], false)]
        {
            assert_eq!(Glance::new(ends).at(&file), seen, "{ends:?}");
            assert!(Glance::new(ends).at(&folder), "{ends:?}");
        }
    }

    #[test]
    fn entries_are_read_to_the_end_and_not_beyond() {
        let mut bytes = b"40000 a b\0".to_vec();
        bytes.extend([0; ID]);
        bytes.extend(b"100644 c.json\0");
        bytes.extend([b' '; ID]);
        bytes.extend(b"120000 link\0");
        bytes.extend([1; ID]);
        let names: Vec<&[u8]> = entries(&bytes).map(|entry| entry.name).collect();
        assert_eq!(names, [&b"a b"[..], b"c.json", b"link"]);
        let at = |name: &[u8]| find(&bytes, name).map(|e| (e.is_folder(), e.is_file()));
        assert_eq!(at(b"a b"), Some((true, false)));
        assert_eq!(at(b"c.json"), Some((false, true)));
        assert_eq!(at(b"link"), Some((false, false)));
        assert_eq!(at(b"c"), None);
        assert_eq!(entries(&bytes[..bytes.len() - 1]).count(), 2);
        assert_eq!(entries(b"").count(), 0);
    }
}
