//! Conflict markers, as git writes them.

use similar::{DiffOp, TextDiff};

/// How conflicts are marked.
#[derive(Clone, Debug)]
pub struct Markers {
    /// How many characters a marker has.
    pub size: usize,
    /// What our side is called.
    pub ours: String,
    /// What the other side is called.
    pub theirs: String,
}

impl Markers {
    /// One text out of two: what they share once, and each difference between markers.
    #[must_use]
    pub fn between(&self, ours: &str, theirs: &str) -> String {
        let diff = TextDiff::from_lines(ours, theirs);
        let mut out = String::new();
        for op in diff.ops() {
            let ours: String = op.old_range().filter_map(|line| diff.old_slice(line)).collect();
            if matches!(op, DiffOp::Equal { .. }) {
                out.push_str(&ours);
            } else {
                let theirs: String =
                    op.new_range().filter_map(|line| diff.new_slice(line)).collect();
                self.conflict(&ours, &theirs, &mut out);
            }
        }
        out
    }

    /// Adds a conflict: whole lines, or nothing, of each side.
    pub fn conflict(&self, ours: &str, theirs: &str, out: &mut String) {
        let marker = |c: char| String::from(c).repeat(self.size);
        out.push_str(&format!("{} {}\n{ours}", marker('<'), self.ours));
        out.push_str(&format!("{}\n{theirs}", marker('=')));
        out.push_str(&format!("{} {}\n", marker('>'), self.theirs));
    }
}
