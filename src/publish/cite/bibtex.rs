//! BibTeX in the dialect of BibLaTeX (<https://ctan.org/pkg/biblatex>), in UTF-8: dates are EDTF, and
//! older programs find the year beside them.

use super::Work;
use crate::{
    error::Result,
    model::Author,
    publish::{Edition, Sink},
    text::capitalised,
};
use std::fmt::Write as _;

/// Writes every source.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    sink.file("sources.bib", &mut |out| {
        for (i, work) in Work::sources(edition).enumerate() {
            if i > 0 {
                out.write_all(b"\n")?;
            }
            out.write_all(entry(&work).as_bytes())?;
        }
        Ok(())
    })
}

/// The kind of entry for a work, and the fields for its container and its publisher.
fn kind(work: &Work) -> (&'static str, &'static str, &'static str) {
    match work.kind {
        "article-journal" | "article-magazine" | "article-newspaper" => {
            ("article", "journal", "publisher")
        }
        "book" => ("book", "series", "publisher"),
        "chapter" | "entry" if work.container.is_some() => {
            ("incollection", "booktitle", "publisher")
        }
        "paper-conference" if work.container.is_some() => {
            ("inproceedings", "booktitle", "publisher")
        }
        "dataset" => ("dataset", "series", "publisher"),
        "software" => ("software", "series", "publisher"),
        "report" => ("report", "series", "institution"),
        "thesis" => ("thesis", "series", "institution"),
        "patent" => ("patent", "series", "organization"),
        "article" | "chapter" | "paper-conference" | "post" | "post-weblog" | "webpage"
            if work.url.is_some() || work.doi.is_some() =>
        {
            ("online", "maintitle", "organization")
        }
        _ => ("misc", "maintitle", "organization"),
    }
}

/// The entry of a work, some lines.
#[must_use]
pub fn entry(work: &Work) -> String {
    let (kind, container, publisher) = kind(work);
    let mut entry = format!("@{kind}{{{},\n", work.key);
    let mut field = |name: &str, value: &str| {
        // Writing into a text does not fail.
        let _ = writeln!(entry, "  {name} = {{{value}}},");
    };
    match &work.authors[..] {
        // Without an author most styles have nothing to sort by.
        [] => field("author", &format!("{{{}}}", escape(work.publisher.unwrap_or_default()))),
        authors => {
            field("author", &authors.iter().map(|a| name(a)).collect::<Vec<_>>().join(" and "))
        }
    }
    // The inner braces keep capitals.
    field("title", &format!("{{{}}}", escape(work.title)));
    if let Some(title) = work.title_en {
        field("titleaddon", &escape(title));
    }
    if let Some(within) = work.container {
        field(container, &format!("{{{}}}", escape(within)));
    }
    if matches!(work.kind, "article-magazine" | "article-newspaper") {
        field("entrysubtype", work.kind.trim_start_matches("article-"));
    }
    if matches!(work.kind, "report" | "thesis") {
        field("type", work.kind);
    }
    // Where it stands as the author already, only books and their like name it again.
    let named = work.authors.is_empty() && matches!(kind, "article" | "misc" | "online");
    if let Some(name) = work.publisher.filter(|_| !named) {
        field(publisher, &format!("{{{}}}", escape(name)));
    }
    if let Some(number) = work.number {
        field(if kind == "misc" { "howpublished" } else { "number" }, &escape(number));
    }
    if let Some(version) = work.version {
        field("version", version);
    }
    if let Some(date) = work.issued.as_deref().filter(|date| *date != "XXXX") {
        field("date", date);
        if let Some(year) = year(date) {
            field("year", year);
        }
    }
    field("langid", work.lang);
    if let Some(url) = &work.url {
        field("url", &verbatim(url));
    }
    if let Some(day) = work.accessed {
        field("urldate", day);
    }
    if let Some(doi) = work.doi {
        field("doi", &verbatim(doi));
    }
    if let Some(isbn) = work.isbn {
        field("isbn", isbn);
    }
    if let Some(note) = note(work) {
        field("note", &escape(&note));
    }
    entry.push_str("}\n");
    entry
}

/// The year that a date begins with; none where its digits are not all known.
fn year(date: &str) -> Option<&str> {
    date.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))
}

/// What readers should know of a work: that it was withdrawn, and where a copy is.
fn note(work: &Work) -> Option<String> {
    let status = work.status.map(|(status, note)| format!("{}: {note}", capitalised(status)));
    let copy = work.archived.filter(|copy| work.url.as_deref() != Some(copy));
    let parts: Vec<String> =
        status.into_iter().chain(copy.map(|copy| format!("Archived at {copy}"))).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A name: of a person in parts, of a body as it is.
fn name(author: &Author) -> String {
    match (&author.family, &author.given) {
        (Some(family), Some(given)) => format!("{}, {}", part(family), part(given)),
        (family, given) => {
            let whole = author.literal.as_ref().or(family.as_ref()).or(given.as_ref());
            format!("{{{}}}", escape(whole.map_or("", String::as_str)))
        }
    }
}

/// A part of a name, in braces where a comma or an `and` would end it.
fn part(text: &str) -> String {
    let splits =
        text.contains(',') || text.split_whitespace().any(|w| w.eq_ignore_ascii_case("and"));
    if splits { format!("{{{}}}", escape(text)) } else { escape(text) }
}

/// Text with what LaTeX would read as a command written as one that prints it.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            // A brace with a backslash would still count as one.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            c => out.push(c),
        }
    }
    out
}

/// An address, which is not read as LaTeX, with braces in percent-encoding.
fn verbatim(address: &str) -> String {
    address.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_not_taken_for_commands() {
        assert_eq!(
            escape(r"50% & $5 #1 a_b {c} \d ^~"),
            r"50\% \& \$5 \#1 a\_b \textbraceleft{}c\textbraceright{} \textbackslash{}d \textasciicircum{}\textasciitilde{}"
        );
        assert_eq!(verbatim("https://a.org/{b}_c%20d"), "https://a.org/%7Bb%7D_c%20d");
    }

    #[test]
    fn names_keep_their_parts() {
        let author = |family: &str, given: &str| Author {
            family: Some(family.to_owned()),
            given: Some(given.to_owned()),
            ..Author::default()
        };
        assert_eq!(name(&author("da Silva", "Ana")), "da Silva, Ana");
        assert_eq!(name(&author("Smith, Jr. and Sons", "Al")), "{Smith, Jr. and Sons}, Al");
        let body = Author { literal: Some("Trade and Industry".to_owned()), ..Author::default() };
        assert_eq!(name(&body), "{Trade and Industry}");
    }
}
