//! Where pages stand in the output folder, and what leads from one to another.

use crate::templates::anchor;
use std::fmt::Write as _;

/// The list of sources, without number and extension.
pub const SOURCES: &str = "report/sources";
/// The list of publishers.
pub const PUBLISHERS: &str = "report/publishers";
/// The list of subjects.
pub const SUBJECTS: &str = "report/subjects";
/// The page of disagreements.
pub const DISAGREEMENTS: &str = "report/disagreements";
/// The page of claims that no topic tells.
pub const LOOSE: &str = "report/removed";
/// The overview.
pub const OVERVIEW: &str = "report/README";

/// The page of a topic, without number and extension.
pub fn topic_base(id: &str) -> String {
    format!("report/topics/{}", anchor(id))
}

/// The page of a subject, without number and extension.
pub fn subject_base(id: &str) -> String {
    format!("report/subjects/{}", anchor(id))
}

/// A page of several: ids hold no dots, so that the number cannot be part of one.
pub fn page_path(base: &str, page: usize) -> String {
    let mut path = String::with_capacity(base.len() + 12);
    path.push_str(base);
    if page > 1 {
        // Nothing that is written to memory fails.
        let _ = write!(path, ".{page}");
    }
    path.push_str(".md");
    path
}

/// The address of `to` for a page at `from`, both from the output folder.
pub fn relative(from: &str, to: &str) -> String {
    let mut url = String::with_capacity(to.len() + 12);
    write_relative(&mut url, from, to);
    url
}

/// The address of what has an id, on a page `to`, for a page at `from`.
pub fn address(from: &str, to: &str, kind: &str, id: &str) -> String {
    let mut url = String::with_capacity(to.len() + kind.len() + id.len() + 14);
    if from != to {
        write_relative(&mut url, from, to);
    }
    for part in ["#", kind, "-", &anchor(id)] {
        url.push_str(part);
    }
    url
}

/// The same as [`relative`], at the end of `url`.
fn write_relative(url: &mut String, from: &str, to: &str) {
    let same = from.bytes().zip(to.bytes()).take_while(|(here, there)| here == there).count();
    let slash = from.as_bytes()[..same].iter().rposition(|byte| *byte == b'/');
    let folder = slash.map_or(0, |slash| slash + 1);
    for _ in from[folder..].bytes().filter(|byte| *byte == b'/') {
        url.push_str("../");
    }
    url.push_str(&to[folder..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_relative_to_the_page() {
        let cases = [
            ("report/README.md", "report/topics/a.md", "topics/a.md"),
            ("report/topics/a.md", "report/topics/b.2.md", "b.2.md"),
            ("report/topics/a.md", "report/sources.md", "../sources.md"),
            ("report/sources.md", "report/sources.2.md", "sources.2.md"),
            ("report/topics/é.md", "report/topics/è.md", "è.md"),
        ];
        for (from, to, url) in cases {
            assert_eq!(relative(from, to), url);
            assert_eq!(address(from, to, "claim", "a.b"), format!("{url}#claim-ab"));
        }
        assert_eq!(address("report/a.md", "report/a.md", "claim", "c"), "#claim-c");
    }
}
