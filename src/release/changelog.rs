//! `dataset/CHANGELOG.md`: what changed in each release, a section each, the newest first. It is a
//! page like any other: what the tool wrote may be edited before it is committed.

/// Where the page is kept.
pub const CHANGELOG: &str = "dataset/CHANGELOG.md";

/// What the section of a version says; none where there is none.
#[must_use]
pub fn section<'t>(page: &'t str, version: &str) -> Option<&'t str> {
    let (begin, end) = place(page, version)?;
    let body = page[begin..end].split_once('\n').map_or("", |(_, body)| body);
    Some(body.trim())
}

/// The page with a section for a version, in place of one that is there; `day` is in its heading.
#[must_use]
pub fn with_section(page: &str, title: &str, version: &str, day: &str, body: &str) -> String {
    let text = format!("## {version} ({day})\n\n{}\n", body.trim());
    if page.trim().is_empty() {
        let lead = "What changed in each release, the newest first.";
        return format!("# {title}: changes\n\n{lead}\n\n{text}");
    }
    let (begin, end) = place(page, version).unwrap_or_else(|| {
        let first = headings(page).next().map_or(page.len(), |(at, _)| at);
        (first, first)
    });
    let before = page[..begin].trim_end();
    let after = page[end..].trim_start();
    let gap = if after.is_empty() { "" } else { "\n" };
    format!("{before}\n\n{text}{gap}{after}")
}

/// Where a version's section begins and ends.
fn place(page: &str, version: &str) -> Option<(usize, usize)> {
    let of = |heading: &str| {
        heading.split_whitespace().next().map(|v| v.trim_matches(['[', ']']) == version)
    };
    let (begin, _) = headings(page).find(|(_, heading)| of(heading) == Some(true))?;
    let end = headings(page).map(|(at, _)| at).find(|at| *at > begin).unwrap_or(page.len());
    Some((begin, end))
}

/// The headings of sections, and where they begin.
fn headings(page: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    page.split_inclusive('\n').filter_map(move |line| {
        let begin = at;
        at += line.len();
        line.strip_prefix("## ").map(|heading| (begin, heading.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_come_first_are_replaced_and_found() {
        let one = with_section("", "Title", "1.0.0", "2025-01-01", "The first.\n");
        assert_eq!(section(&one, "1.0.0"), Some("The first."));
        let two = with_section(&one, "Title", "1.1.0", "2025-02-01", "### New\n\n- more");
        assert!(two.find("## 1.1.0") < two.find("## 1.0.0"));
        assert_eq!(section(&two, "1.1.0"), Some("### New\n\n- more"));
        assert_eq!(section(&two, "1.0.0"), Some("The first."));
        assert_eq!(section(&two, "1.0"), None);
        let again = with_section(&two, "Title", "1.1.0", "2025-02-01", "### New\n\n- more");
        assert_eq!(again, two);
        let other = with_section(&two, "Title", "1.0.0", "2025-01-01", "Otherwise.");
        assert_eq!(section(&other, "1.0.0"), Some("Otherwise."));
        assert_eq!(section(&other, "1.1.0"), Some("### New\n\n- more"));
    }
}
