//! A citation to paste into a text, in the style of APA (7th edition).

use super::Work;
use crate::{date, error::Result, templates::Templates};
use serde::Serialize;

#[derive(Serialize)]
struct View<'w> {
    /// The authors, with a point at the end.
    authors: String,
    year: Option<u16>,
    /// Whether the year is not certain.
    about: bool,
    title: &'w str,
    /// Whether the title ends a sentence by itself.
    ended: bool,
    /// What it is part of.
    container: Option<&'w str>,
    version: Option<&'w str>,
    /// What has become of it: `retracted` and the like.
    status: Option<&'w str>,
    url: Option<&'w str>,
}

/// The citation of the dataset or of a claim, one line.
///
/// # Errors
/// Where a template of the repository does not fit.
pub fn apa(work: &Work, templates: &Templates) -> Result<String> {
    let issued = work.issued.as_deref().and_then(date::parts);
    templates.render(
        "cite.txt",
        &View {
            authors: authors(&work.authors.iter().map(|author| author.name()).collect::<Vec<_>>()),
            year: issued.map(|date| date.from.year),
            about: issued.is_some_and(|date| date.about),
            title: work.title,
            ended: work.title.ends_with(['.', '?', '!']),
            container: work.container,
            version: work.version,
            status: work.status.map(|(status, _)| status),
            url: work.url.as_deref(),
        },
    )
}

/// Up to twenty names, or nineteen and the last, and a point.
fn authors(names: &[String]) -> String {
    let list = match names {
        [] => return String::new(),
        [one] => one.clone(),
        [most @ .., last] if names.len() <= 20 => format!("{}, & {last}", most.join(", ")),
        [first @ .., last] => format!("{}, … {last}", first[..19].join(", ")),
    };
    if list.ends_with('.') { list } else { list + "." }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined_as_apa_has_it() {
        let names = |n: usize| (1..=n).map(|i| format!("N{i}")).collect::<Vec<_>>();
        assert_eq!(authors(&names(1)), "N1.");
        assert_eq!(authors(&names(2)), "N1, & N2.");
        assert_eq!(authors(&["A Ltd.".to_owned()]), "A Ltd.");
        assert!(authors(&names(20)).ends_with("N19, & N20."));
        assert!(authors(&names(22)).ends_with("N18, N19, … N22."));
    }
}
