//! What `check --base` prints, held against files in `tests/base/`.
//!
//! `SNAPSHOTS=overwrite cargo test --test base_prints` writes them anew; read what changed.

mod common;

use common::{claimbook, edit, fresh, place::Place};
use std::{fs, path::Path};

/// A released dataset with a slip, and a change with one more that breaks the rules of change too.
fn changed() -> Place {
    let place = Place::new();
    edit(&place.claim("bridge-opened"), "\"moderate\"", "\"moderat\"");
    place.commit("A slip that nobody saw");
    place.tag("v1.0.0");
    edit(&place.claim("bridge-cost"), "84.5 million", "94.5 million");
    edit(&place.claim("bridge-traffic-2024"), "\"moderate\"", "\"high\"");
    edit(&place.claim("bridge-decided"), "\"active\"", "\"actve\"");
    fs::remove_file(place.claim("bridge-second-lane")).expect("removed");
    // What is told depends on the day of the commit, and so on no other.
    place.commit("More than it should");
    place
}

/// The output without how long it took.
fn timeless(text: &str) -> String {
    let Some((before, rest)) = text.split_once(" in 0.") else { return text.to_owned() };
    let (_, after) = rest.split_once(" s: ").expect("a time");
    format!("{before} in 0.00 s: {after}")
}

#[test]
fn a_change_is_told_as_before() {
    let place = changed();
    let cases: [(&str, &[&str]); 8] = [
        ("human.txt", &[]),
        ("human-all.txt", &["--all"]),
        ("github.txt", &["--format", "github"]),
        ("github-all.txt", &["--format", "github", "--all"]),
        ("check.json", &["--format", "json"]),
        ("check-all.json", &["--format", "json", "--all"]),
        ("junit.xml", &["--format", "junit"]),
        ("junit-all.xml", &["--format", "junit", "--all"]),
    ];
    for (name, args) in cases {
        let run = claimbook(
            place.path(),
            &[&["check", "--at", "HEAD", "--base", "HEAD~1"], args].concat(),
        )
        .expect(1);
        assert_eq!(run.stderr, "");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/base").join(name);
        fresh(&path, &timeless(&run.stdout));
    }
}
