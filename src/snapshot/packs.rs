//! The indexes of packs, made sure of: libgit2 believes what stands in one, and a wrong one leads it to
//! another object, or out of the pack, where the program would end without a word.

use super::git::DAMAGED;
use crate::error::{Error, Result};
use sha1::{Digest as _, Sha1};
use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

/// Up to how many bytes of an index are hashed, which takes a millisecond. Of a larger one only the places
/// are looked at that it gives to objects: to hash it would take longer than most that is asked.
const HASHED: u64 = 1 << 20;

/// How long the checksum is that an index and a pack end in.
const SUM: u64 = 20;

/// Where the number of objects stands in an index of version 2, and where the list of their names begins.
const COUNT: u64 = 8 + 255 * 4;
const NAMES: u64 = COUNT + 4;

/// A file as it was made sure of: other bytes come with another length or time.
type Known = (PathBuf, u64, Option<SystemTime>);

/// The files that were made sure of.
static SOUND: Mutex<BTreeSet<Known>> = Mutex::new(BTreeSet::new());

/// Makes sure of the indexes of packs below a folder of objects and those that it borrows from.
///
/// # Errors
/// Where one of them is not what git wrote.
pub fn make_sure(objects: &Path) -> Result<()> {
    let (mut folders, mut seen) = (vec![objects.to_owned()], BTreeSet::new());
    while let Some(folder) = folders.pop() {
        if !seen.insert(folder.clone()) {
            continue;
        }
        // What cannot be listed or read is told by git.
        for entry in fs::read_dir(folder.join("pack")).into_iter().flatten().flatten() {
            index(&entry.path())?;
        }
        let borrowed = fs::read_to_string(folder.join("info/alternates")).unwrap_or_default();
        folders.extend(borrowed.lines().map(|line| folder.join(line)));
    }
    Ok(())
}

fn index(path: &Path) -> Result<()> {
    let of_pack = path.extension().is_some_and(|end| end == "idx");
    if !of_pack && !path.ends_with("multi-pack-index") {
        return Ok(());
    }
    let Ok(about) = fs::metadata(path) else { return Ok(()) };
    let known = (path.to_owned(), about.len(), about.modified().ok());
    let sound = || SOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if sound().contains(&known) {
        return Ok(());
    }
    let (right, why) = match (about.len() <= HASHED, of_pack) {
        (true, _) => (has_its_sum(path), "its checksum is another"),
        (false, true) => (stays_inside(path), "it leads out of the pack"),
        (false, false) => (Ok(true), ""),
    };
    if right.unwrap_or(true) {
        sound().insert(known);
        return Ok(());
    }
    let error = Error::new(format!("{} is damaged: {why}", path.display()));
    Err(match of_pack {
        true => error.hint(format!(
            "delete it, and git index-pack {} makes it anew",
            path.with_extension("pack").display()
        )),
        false => error.hint("delete it, and git multi-pack-index write makes it anew"),
    }
    .hint(DAMAGED))
}

/// Whether a file ends in the checksum of what stands before.
fn has_its_sum(path: &Path) -> io::Result<bool> {
    let bytes = fs::read(path)?;
    let at = bytes.len().saturating_sub(SUM as usize);
    let (content, sum) = bytes.split_at(at);
    Ok(Sha1::digest(content)[..] == *sum)
}

/// Whether an index gives every object a place in its pack. Those beyond 2 GiB stand in a list of their
/// own, with which libgit2 takes care; so it does of indexes of version 1, which nobody writes any more.
fn stays_inside(path: &Path) -> io::Result<bool> {
    let pack = fs::metadata(path.with_extension("pack"))?.len();
    let mut file = fs::File::open(path)?;
    let mut begin = [0; 8];
    file.read_exact(&mut begin)?;
    if begin != *b"\xfftOc\0\0\0\x02" {
        return Ok(true);
    }
    let mut count = [0; 4];
    file.seek(SeekFrom::Start(COUNT))?;
    file.read_exact(&mut count)?;
    let count = u64::from(u32::from_be_bytes(count));
    file.seek(SeekFrom::Start(NAMES + count * (SUM + 4)))?;
    let mut places = Vec::new();
    file.take(count * 4).read_to_end(&mut places)?;
    let inside = |place: &[u8]| match place {
        [a, b, c, d] if a & 0x80 == 0 => {
            u64::from(u32::from_be_bytes([*a, *b, *c, *d])) < pack.saturating_sub(SUM)
        }
        _ => true,
    };
    Ok(places.chunks_exact(4).all(inside))
}
