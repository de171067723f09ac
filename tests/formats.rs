//! The manual of what is published: it is fresh, and tells of every file there can be.
//!
//! `SNAPSHOTS=overwrite cargo test --test formats` writes `docs/formats.md` anew.

mod common;

use claimbook::publish::EXPORTERS;
use common::{Repo, claimbook, copy, files, fresh, sample};
use std::{collections::BTreeSet, path::Path};

#[test]
fn the_manual_of_formats_is_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = claimbook(root, &["publish", "--manual"]).expect(0).stdout;
    fresh(&root.join("docs/formats.md"), &manual);
}

/// Whether a path is what a pattern says, with a name in place of each `<…>`.
fn fits(path: &str, pattern: &str) -> bool {
    match pattern.split_once('<') {
        None => path == pattern,
        Some((before, rest)) => {
            let (_, after) = rest.split_once('>').expect("a closed name");
            path.strip_prefix(before).is_some_and(|path| {
                let ends = path.char_indices().map(|(at, _)| at).skip(1);
                ends.take_while(|at| !path[..*at].contains('/')).any(|at| fits(&path[at..], after))
            })
        }
    }
}

/// A page's path without its number: `report/sources.2.md` goes on `report/sources.md`.
fn first_page(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    match parts.as_slice() {
        [base, number, "md"] if number.parse::<u32>().is_ok() => format!("{base}.md"),
        _ => path.to_owned(),
    }
}

#[test]
fn every_published_file_is_in_the_manual() {
    let hostile = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/hostile");
    for exporter in EXPORTERS.iter().filter(|exporter| exporter.built) {
        let described = EXPORTERS.iter().filter(|other| exporter.describes.contains(&other.name));
        let all: Vec<_> = [exporter].into_iter().chain(described).flat_map(|e| e.files).collect();
        let mut unseen: BTreeSet<&str> =
            exporter.files.iter().map(|(pattern, _)| *pattern).collect();
        for dataset in [&sample(), &hostile] {
            let root = tempfile::tempdir().expect("a folder");
            copy(dataset, root.path());
            let mut args = vec!["publish", "--format", exporter.name];
            if exporter.news {
                let git = git2::Repository::init(root.path()).expect("a repository");
                Repo { git }.commit("Everything", 1_900_000_000);
                args.extend(["--at", "HEAD", "--base", "HEAD"]);
            }
            claimbook(root.path(), &args).expect(0);
            for path in files(&root.path().join("dist")).into_keys().filter(|p| p != "SHA256SUMS") {
                let path = first_page(&path);
                let known = all.iter().find(|(pattern, _)| fits(&path, pattern));
                let (pattern, _) = known
                    .unwrap_or_else(|| panic!("{}: {path} is not in its `files`", exporter.name));
                unseen.remove(pattern);
            }
        }
        assert!(unseen.is_empty(), "{} never writes {unseen:?}", exporter.name);
    }
}
