//! git's own three-way merge of texts, without a repository.

use crate::error::{Error, Result};
use git2::{IndexEntry, IndexTime, MergeFileOptions, ObjectType, Odb, Oid, Repository};

/// Merges three texts line by line: the result, and whether it is without conflicts. `labels` name
/// our side and the other behind the markers.
///
/// # Errors
/// Where libgit2 fails.
pub fn merge_texts(
    [base, ours, theirs]: [&[u8]; 3],
    marker_size: u16,
    labels: [&str; 2],
) -> Result<(Vec<u8>, bool)> {
    // Nothing is left to merge; and libgit2 gives no text for an empty one.
    if ours == theirs || theirs == base {
        return Ok((ours.to_vec(), true));
    }
    if ours == base {
        return Ok((theirs.to_vec(), true));
    }
    let failed = |e: git2::Error| Error::new(format!("cannot merge the texts: {}", e.message()));
    // libgit2 merges what an object database holds; this one is in memory.
    let store = Odb::new().map_err(failed)?;
    store.add_new_mempack_backend(1).map_err(failed)?;
    let entry = |text: &[u8]| -> Result<IndexEntry> {
        Ok(entry(store.write(ObjectType::Blob, text).map_err(failed)?))
    };
    let (base, ours, theirs) = (entry(base)?, entry(ours)?, entry(theirs)?);
    let repository = Repository::from_odb(store).map_err(failed)?;
    let mut options = MergeFileOptions::new();
    options.marker_size(marker_size).our_label(labels[0]).their_label(labels[1]);
    let merged = repository
        .merge_file_from_index(&base, &ours, &theirs, Some(&mut options))
        .map_err(failed)?;
    Ok((merged.content().to_vec(), merged.is_automergeable()))
}

fn entry(id: Oid) -> IndexEntry {
    let time = IndexTime::new(0, 0);
    let path = b"text".to_vec();
    IndexEntry {
        ctime: time,
        mtime: time,
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_merged_as_git_does() {
        let merged = |sides: [&str; 3]| {
            let (text, clean) =
                merge_texts(sides.map(str::as_bytes), 9, ["HEAD", "topic"]).expect("merged");
            (String::from_utf8(text).expect("UTF-8"), clean)
        };
        let base = "1\n2\n3\n4\n5\n";
        assert_eq!(
            merged([base, "0\n1\n2\n3\n4\n5\n", "1\n2\n3\n4\n5\n6\n"]),
            ("0\n1\n2\n3\n4\n5\n6\n".to_owned(), true)
        );
        let (text, clean) = merged([base, "1\n2\na\n4\n5\n", "1\n2\nb\n4\n5\n"]);
        assert!(!clean);
        assert_eq!(text, "1\n2\n<<<<<<<<< HEAD\na\n=========\nb\n>>>>>>>>> topic\n4\n5\n");
        for (sides, expected) in [
            (["", "", ""], ""),
            ([base, "", base], ""),
            ([base, base, ""], ""),
            (["", base, base], base),
        ] {
            assert_eq!(merged(sides), (expected.to_owned(), true));
        }
        let (text, clean) = merged([base, "", "6\n"]);
        assert!(!clean && text.contains("\n6\n"), "{text}");
    }
}
