//! git's own comparison of texts, without a repository.

use crate::error::{Error, Result};
use git2::{DiffOptions, Patch};
use std::{collections::BTreeMap, ops::Range, path::Path};

/// What one text has where another has something else; either side may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Which pieces of the old text are gone.
    pub old: Range<usize>,
    /// Which pieces of the new text came for them.
    pub new: Range<usize>,
}

/// Where two rows of pieces, lines or words, differ.
#[must_use]
pub fn edits(old: &[&str], new: &[&str]) -> Vec<Edit> {
    // As git tells words apart: each piece becomes a line. The line holds its number, since a piece
    // may have line feeds of its own.
    let mut known = BTreeMap::new();
    let mut lines = |pieces: &[&str]| {
        let mut text = String::new();
        for piece in pieces {
            let next = known.len();
            let number = known.entry((*piece).to_owned()).or_insert(next);
            text.push_str(&format!("{number}\n"));
        }
        text
    };
    let (before, after) = (lines(old), lines(new));
    hunks(&before, &after).unwrap_or_else(|_| vec![Edit { old: 0..old.len(), new: 0..new.len() }])
}

fn hunks(old: &str, new: &str) -> std::result::Result<Vec<Edit>, git2::Error> {
    let mut options = DiffOptions::new();
    options.context_lines(0).minimal(true).force_text(true);
    let patch =
        Patch::from_buffers(old.as_bytes(), None, new.as_bytes(), None, Some(&mut options))?;
    let range = |start: u32, length: u32| {
        // Lines count from 1; an empty side names the line before it.
        let start = start as usize - usize::from(length > 0);
        start..start + length as usize
    };
    (0..patch.num_hunks())
        .map(|at| {
            let (hunk, _) = patch.hunk(at)?;
            Ok(Edit {
                old: range(hunk.old_start(), hunk.old_lines()),
                new: range(hunk.new_start(), hunk.new_lines()),
            })
        })
        .collect()
}

/// The change of one file as a unified diff, which `patch` and `git apply` read; empty where there
/// is none.
///
/// # Errors
/// Where libgit2 fails.
pub fn patch(path: &str, old: &str, new: &str) -> Result<String> {
    let failed = |e: git2::Error| Error::new(format!("cannot compare {path}: {}", e.message()));
    let mut options = DiffOptions::new();
    options.force_text(true);
    let name = Some(Path::new(path));
    let mut patch =
        Patch::from_buffers(old.as_bytes(), name, new.as_bytes(), name, Some(&mut options))
            .map_err(failed)?;
    let mut out = Vec::new();
    patch
        .print(&mut |_, _, line| {
            match line.origin() {
                // git's header names objects, of which there are none here.
                'F' => out.extend(format!("--- a/{path}\n+++ b/{path}\n").bytes()),
                origin => {
                    if matches!(origin, ' ' | '+' | '-') {
                        out.push(origin as u8);
                    }
                    out.extend(line.content());
                }
            }
            true
        })
        .map_err(failed)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_told_apart() {
        let edit = |old, new| Edit { old, new };
        assert_eq!(
            edits(&["a", "b", "c"], &["a", "x\ny", "c", "d"]),
            [edit(1..2, 1..2), edit(3..3, 3..4)]
        );
        assert_eq!(edits(&[], &["a", "b"]), [edit(0..0, 0..2)]);
        assert_eq!(edits(&["a", "b"], &["b"]), [edit(0..1, 0..0)]);
        assert_eq!(edits(&["a"], &[]), [edit(0..1, 0..0)]);
        assert_eq!(edits(&["a\0"], &["a\0"]), []);
        assert_eq!(edits(&[], &[]), []);
    }

    #[test]
    fn a_patch_shows_the_lines_that_change() {
        let shown = |old, new| patch("a/b.json", old, new).expect("compared");
        assert_eq!(
            shown("{\n  \"a\": 1\n}\n", "{\n  \"a\": 2\n}\n"),
            "--- a/a/b.json\n+++ b/a/b.json\n@@ -1,3 +1,3 @@\n {\n-  \"a\": 1\n+  \"a\": 2\n }\n"
        );
        assert!(shown("a\n", "a\n").is_empty());
        assert_eq!(
            shown("a\0\n", "b"),
            "--- a/a/b.json\n+++ b/a/b.json\n@@ -1 +1 @@\n-a\0\n+b\n\\ No newline at end of file\n"
        );
    }
}
