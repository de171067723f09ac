//! The bibliography, in the eyes of the program that Typst reads it with.

mod common;

use biblatex::{Bibliography, ChunksExt as _, Entry};
use common::{claimbook, copy, edit, sample};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path};

/// The entries that are published from a repository, and its sources.
fn read(root: &Path) -> (Bibliography, BTreeMap<String, Value>) {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&root.join("dataset"), &dir.path().join("dataset"));
    claimbook(dir.path(), &["publish", "--format", "bibtex,json"]).expect(0);
    let text = |name: &str| fs::read_to_string(dir.path().join("dist").join(name)).expect("a file");
    let bibliography = Bibliography::parse(&text("sources.bib")).expect("BibLaTeX");
    let meta = fs::read_to_string(dir.path().join("dataset/dataset.json")).expect("a file");
    let meta: Value = serde_json::from_str(&meta).expect("JSON");
    let bundle = text(&format!("{}.json", meta["name"].as_str().expect("a name")));
    let mut bundle: Value = serde_json::from_str(&bundle).expect("JSON");
    let sources = bundle["sources"].as_array_mut().expect("a list");
    let by_id = |source: &mut Value| (text_of(&source["id"]).to_owned(), source.take());
    (bibliography, sources.iter_mut().map(by_id).collect())
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn field(entry: &Entry, name: &str) -> Option<String> {
    entry.get(name).map(|chunks| chunks.format_verbatim())
}

#[test]
fn every_source_is_an_entry_that_nothing_is_missing_from() {
    let hostile = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/hostile");
    for root in [Path::new(env!("CARGO_MANIFEST_DIR")), &sample(), &hostile] {
        let (bibliography, sources) = read(root);
        let keys: Vec<&str> = bibliography.keys().collect();
        assert_eq!(keys, sources.keys().collect::<Vec<_>>());
        for entry in bibliography.iter() {
            let source = &sources[&entry.key];
            let unknown = text_of(&source["issued"]) == "XXXX";
            let report = entry.verify();
            // Sources have no editors.
            let known = |f: &&&str| !(**f == "editor" || unknown && ["year", "date"].contains(*f));
            let missing: Vec<_> = report.missing.iter().filter(known).collect();
            assert!(missing.is_empty(), "{}: {missing:?}", entry.key);
            assert!(report.malformed.is_empty(), "{}: {:?}", entry.key, report.malformed);
            assert_eq!(field(entry, "title").as_deref(), source["title"].as_str(), "{}", entry.key);
            assert_eq!(field(entry, "doi").as_deref(), source["doi"].as_str(), "{}", entry.key);
            assert_eq!(field(entry, "urldate").as_deref(), source["accessed"].as_str());
            if !unknown {
                assert_eq!(field(entry, "date").as_deref(), source["issued"].as_str());
                entry.date().unwrap_or_else(|e| panic!("{}: {e}", entry.key));
            }
            let authors = source["authors"].as_array().map_or(1, Vec::len);
            assert_eq!(entry.author().expect("authors").len(), authors, "{}", entry.key);
        }
    }
}

#[test]
fn a_citation_of_the_dataset_and_of_a_claim_are_entries_too() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    edit(&dir.path().join("dataset/dataset.json"), "\"title\": \"", "\"title\": \"50% {of} ");
    for args in
        [&["cite", "--format", "bibtex"][..], &["cite", "bridge-cost", "--format", "bibtex"]]
    {
        let printed = claimbook(dir.path(), args).expect(0).stdout;
        let bibliography = Bibliography::parse(&printed).expect("BibLaTeX");
        let entry = bibliography.iter().next().expect("an entry");
        let report = entry.verify();
        // A part of a book should have an editor and a publisher; the authors are all there is.
        let known = |f: &&&str| !["editor", "publisher"].contains(*f);
        let missing: Vec<_> = report.missing.iter().filter(known).collect();
        assert!(missing.is_empty() && report.malformed.is_empty(), "{}: {missing:?}", entry.key);
        let whole = field(entry, "booktitle").or_else(|| field(entry, "title")).expect("a title");
        assert!(whole.starts_with("50% {of} "), "{whole}");
    }
}
