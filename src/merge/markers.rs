//! Conflict markers, as git writes them.

use crate::snapshot;

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
        // Markers begin a line of git's, which only a line feed ends.
        let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
        let (ours, theirs) = (lines(ours), lines(theirs));
        let mut out = String::new();
        let mut told = 0;
        for edit in snapshot::edits(&ours, &theirs) {
            out.extend(ours[told..edit.old.start].iter().copied());
            told = edit.old.end;
            self.conflict(&ours[edit.old].concat(), &theirs[edit.new].concat(), &mut out);
        }
        out.extend(ours[told..].iter().copied());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_begin_lines_and_stand_in_none() {
        let markers = Markers { size: 7, ours: "a".to_owned(), theirs: "b".to_owned() };
        let text = markers.between("one\rtwo\nthree\n", "one\r2\nthree\n");
        assert_eq!(text, "<<<<<<< a\none\rtwo\n=======\none\r2\n>>>>>>> b\nthree\n");
    }
}
