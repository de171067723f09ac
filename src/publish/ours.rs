//! Which lists of files can be of what we publish.

use super::{EXPORTERS, Exporter, tables::TABLES};
use std::collections::BTreeSet;

/// The files of reports that only some datasets have.
const SOMETIMES: &[&str] = &["report/disagreements.md", "report/removed.md"];

/// How many of the files that a format always has tell it from others: later versions may have more.
const TELLING: usize = 2;

/// Whether a list of paths can be that of a published dataset of this name: it has nothing that no
/// format writes, and no file of a format without those that always come with it.
#[must_use]
pub fn is_publication(name: &str, paths: &BTreeSet<&str>) -> bool {
    let whole: Vec<&Exporter> =
        EXPORTERS.iter().filter(|exporter| is_whole(exporter, paths)).collect();
    let written = |path: &str| {
        let mut patterns = whole.iter().flat_map(|exporter| exporter.files);
        patterns.any(|(pattern, _)| is_of(pattern, path, name, paths))
    };
    !paths.is_empty() && paths.iter().all(|path| written(path))
}

/// Whether the files are there that a format, or one that it describes, has in every dataset.
fn is_whole(exporter: &Exporter, paths: &BTreeSet<&str>) -> bool {
    let described = EXPORTERS.iter().filter(|other| exporter.describes.contains(&other.name));
    std::iter::once(exporter).chain(described).all(|exporter| {
        let patterns = exporter.files.iter().flat_map(|(pattern, _)| always(pattern));
        patterns.take(TELLING).all(|path| paths.contains(path.as_str()))
    })
}

/// The files of a pattern that every dataset has.
fn always(pattern: &str) -> Vec<String> {
    if pattern.contains("<table>") {
        return TABLES.iter().map(|table| pattern.replace("<table>", table.name)).collect();
    }
    let named = !pattern.contains('<') && !SOMETIMES.contains(&pattern);
    Vec::from_iter(named.then(|| pattern.to_owned()))
}

/// Whether a path is one of a pattern, in which `<…>` stands for a name that the dataset gives.
fn is_of(pattern: &str, path: &str, name: &str, paths: &BTreeSet<&str>) -> bool {
    let Some((before, (kind, after))) =
        pattern.split_once('<').and_then(|(before, rest)| Some((before, rest.split_once('>')?)))
    else {
        return path == pattern || first_page(path).is_some_and(|first| first == pattern);
    };
    let given = path.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    given.is_some_and(|given| match kind {
        "table" => TABLES.iter().any(|table| table.name == given),
        // It may have had another name before, which the bundle beside it tells.
        "name" => {
            given == name
                || (paths.contains("claims.jsonl") && paths.contains(&*format!("{given}.json")))
        }
        _ => !given.is_empty() && !given.contains('/'),
    })
}

/// The first page of those that a page is one of: `sources.md` for `sources.2.md`.
fn first_page(path: &str) -> Option<String> {
    let (base, number) = path.strip_suffix(".md")?.rsplit_once('.')?;
    number.parse::<u32>().is_ok().then(|| format!("{base}.md"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_ours_are_told_from_others() {
        let tables: Vec<String> =
            TABLES.iter().map(|table| format!("{}.csv", table.name)).collect();
        let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
        let report = ["report/README.md", "report/subjects.md", "report/sources.2.md"];
        for ours in [
            &tables[..],
            &[&tables[..], &["csv-metadata.json", "datapackage.json"]].concat(),
            &["harbour.json", "claims.jsonl"],
            &["port.json", "claims.jsonl", "port.sqlite"],
            &[&report[..], &["report/topics/a.md", "report/charts/b.svg"]].concat(),
            &["harbour.sqlite"],
            &["CITATION.cff"],
        ] {
            assert!(is_publication("harbour", &ours.iter().copied().collect()), "{ours:?}");
        }
        for other in [
            &[][..],
            &["thesis.txt"],
            &["claims.csv"],
            &["harbour.json"],
            &["package.json"],
            &["photos.sqlite"],
            &["datapackage.json"],
            &["report/README.md"],
            &[&tables[..], &["manifest.json"]].concat(),
            &[&tables[..], &["data/claims.csv"]].concat(),
            &[&report[..], &["report/charts/more/b.svg"]].concat(),
        ] {
            assert!(!is_publication("harbour", &other.iter().copied().collect()), "{other:?}");
        }
    }
}
