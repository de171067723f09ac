//! What descriptors say about a dataset as a whole: its page, its licences, its files.

use super::Edition;
use crate::model::Meta;

/// The page of the dataset: where readers find it, else where it is kept, else its address.
pub fn page(meta: &Meta) -> &str {
    meta.homepage.as_deref().or(meta.repository.as_deref()).unwrap_or(&meta.base_iri)
}

/// The labels of the topics.
pub fn keywords<'m>(edition: &Edition<'m>) -> Vec<&'m str> {
    edition.meta.topics.iter().map(|(_, topic)| topic.label.as_str()).collect()
}

/// The licences that an SPDX expression names, whatever joins them.
pub fn licenses(expression: &str) -> Vec<&str> {
    let words = expression.split([' ', '(', ')']);
    let mut named = Vec::new();
    let mut exception = false;
    for word in words.filter(|word| !word.is_empty()) {
        match word {
            "AND" | "OR" => {}
            "WITH" => exception = true,
            _ if exception => exception = false,
            _ if named.contains(&word) => {}
            license => named.push(license),
        }
    }
    named
}

/// The page of a licence; none where it is not one of the SPDX list.
pub fn license_page(license: &str) -> Option<String> {
    let own = license.starts_with("LicenseRef-");
    (!own).then(|| format!("https://spdx.org/licenses/{}.html", license.trim_end_matches('+')))
}

/// The pages of the licences that an SPDX expression names; in place of a page the name.
pub fn license_pages(expression: &str) -> Vec<String> {
    let named = licenses(expression).into_iter();
    named.map(|name| license_page(name).unwrap_or_else(|| name.to_owned())).collect()
}

/// The media type of a published file, by its name.
#[must_use]
pub fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("csv") => "text/csv",
        Some("json") if path.ends_with(".csl.json") => "application/vnd.citationstyles.csl+json",
        Some("json") => "application/json",
        Some("jsonl") => "application/jsonl",
        Some("jsonld") => "application/ld+json",
        Some("md") => "text/markdown",
        Some("svg") => "image/svg+xml",
        Some("bib") => "application/x-bibtex",
        Some("cff") => "application/yaml",
        Some("sqlite") => "application/vnd.sqlite3",
        Some("parquet") => "application/vnd.apache.parquet",
        Some("xml") => "application/atom+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_found_in_expressions() {
        assert_eq!(licenses("CC-BY-4.0"), ["CC-BY-4.0"]);
        assert_eq!(
            licenses("(MIT OR Apache-2.0) AND GPL-2.0-only WITH Classpath-exception-2.0"),
            ["MIT", "Apache-2.0", "GPL-2.0-only"]
        );
        assert_eq!(license_page("LicenseRef-own"), None);
    }
}
