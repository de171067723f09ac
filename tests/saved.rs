//! `new source --from`: a saved page, BibTeX and CSL-JSON tell what stands in them, and nothing that
//! does not.

mod common;

use common::{Run, claimbook, copy, sample};
use serde_json::{Value, json};
use std::{fs, path::Path};

fn saved(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/saved").join(name);
    path.to_str().expect("UTF-8").to_owned()
}

fn from(name: &str, more: &[&str]) -> Run {
    let given = ["new", "source", "--from", name, "--dry-run", "--as-of", "2025-03-11"];
    claimbook(&sample(), &[given.as_slice(), more].concat())
}

#[track_caller]
fn record(run: Run) -> Value {
    serde_json::from_str(&run.expect(0).stdout).expect("JSON")
}

#[test]
fn a_news_page_tells_nearly_everything() {
    let run = from(&saved("news.html"), &[]);
    assert!(
        run.stderr.contains("issued: \"2022-09-05\" (article:published_time)"),
        "{}",
        run.stderr
    );
    assert_eq!(
        record(run),
        json!({
            "id": "aldine-gazette-bridge-opens-cars-2022",
            "type": "article-newspaper",
            "title": "Bridge opens & cars roll",
            "authors": [{"literal": "Ida Weber"}, {"family": "Moyo", "given": "Admire"}],
            "publisher": "aldine-gazette",
            "issued": "2022-09-05",
            "lang": "en-IN",
            "url": "https://gazette.example.org/bridge-cars",
            "accessed": "2025-03-11",
        })
    );
}

#[test]
fn what_flags_say_counts_more_than_what_a_file_tells() {
    let run = from(&saved("news.html"), &["--title", "Another", "--lang", "en", "--id", "mine"]);
    assert!(!run.stderr.contains("title:"), "{}", run.stderr);
    let record = record(run);
    assert_eq!(
        (&record["title"], &record["lang"], &record["id"]),
        (&json!("Another"), &json!("en"), &json!("mine"))
    );
}

#[test]
fn scholarly_tags_count_more_than_those_for_sharing() {
    assert_eq!(
        record(from(&saved("journal.html"), &[])),
        json!({
            "id": "bridge-institute-traffic-new-bridge-2024",
            "type": "article-journal",
            "title": "Traffic over a new bridge",
            "authors": [{"family": "Moyo", "given": "Admire"}, {"literal": "Bridge Institute"}],
            "publisher": "bridge-institute",
            "container": "Journal of Bridges",
            "issued": "2024-03-07",
            "lang": "en",
            "doi": "10.1000/bridge.7",
            "isbn": "9780306406157",
        })
    );
}

#[test]
fn a_bibliography_tells_of_the_entry_that_is_named() {
    let path = saved("references.bib");
    let several = from(&path, &[]).expect(2);
    assert!(several.stderr.contains("it holds 2 works"), "{}", several.stderr);
    assert!(several.stderr.contains("`guo2025` or `plan`"), "{}", several.stderr);
    let run = from(&format!("{path}#guo2025"), &["--publisher", "bridge-institute"]);
    assert_eq!(
        record(run),
        json!({
            "id": "bridge-institute-deepseek-r1-incentivizes-2024",
            "type": "article-journal",
            "title": "DeepSeek-R1 incentivizes reasoning in LLMs through reinforcement learning",
            "authors": [
                {"family": "Guo", "given": "Daya"},
                {"family": "van der Berg", "given": "Anna"},
                {"literal": "DeepSeek-AI"},
            ],
            "publisher": "bridge-institute",
            "container": "Nature",
            "issued": "2024-09-17",
            "lang": "en",
            "doi": "10.1038/s41586-025-09422-z",
        })
    );
    let plan = record(from(&format!("{path}#plan"), &["--lang", "en", "--isbn", "9780306406157"]));
    assert_eq!(plan["title"], "Counting Cars: a plan");
    assert_eq!(plan["issued"], "2024-03~");
    let none = from(&format!("{path}#other"), &[]).expect(2);
    assert!(none.stderr.contains("it holds no work `other`"), "{}", none.stderr);
}

#[test]
fn a_reference_manager_tells_it_as_json() {
    assert_eq!(
        record(from(&saved("references.json"), &[])),
        json!({
            "id": "bridge-institute-plan-2024",
            "type": "report",
            "title": "A plan",
            "authors": [{"literal": "UNESCO"}, {"family": "van der Berg", "given": "Anna"}],
            "publisher": "bridge-institute",
            "issued": "2024-03",
            "lang": "pt-BR",
            "url": "https://plan.example.org/",
            "accessed": "2025-03-01",
        })
    );
}

#[test]
fn what_does_not_fit_is_left_out_and_said() {
    let run = from(&saved("hostile.html"), &[]).expect(2);
    for words in [
        "left out: og:title: `title` begins with `=`",
        "left out: citation_author",
        "a source needs",
        "`--title`",
        "`--issued`",
        "`--lang`",
        "`--url`",
    ] {
        assert!(run.stderr.contains(words), "{words} is not in\n{}", run.stderr);
    }
    assert!(!run.stderr.contains('\u{202e}'), "{}", run.stderr);
    assert!(!run.stderr.contains("too deep"), "{}", run.stderr);
}

#[test]
fn a_file_that_tells_nothing_is_an_error_with_a_place() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    let write = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        fs::write(&path, bytes).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    for (name, bytes, words) in [
        ("a.bib", b"@article{x, title = {open".as_slice(), "a.bib: line 1, column"),
        ("a.json", b"{\"type\": ", "a.json: it is no JSON"),
        ("b.json", b"[1, 2]", "b.json: it holds 2 works"),
        ("c.json", b"{\"a\": 1}", "c.json: it is no CSL-JSON"),
        ("a.txt", b"A page.", "a.txt: it is no saved page, BibTeX or CSL-JSON"),
        ("a.html", b"<title>Caf\xe9</title>", "a.html is not UTF-8"),
    ] {
        let run = from(&write(name, bytes), &[]).expect(2);
        assert!(run.stderr.contains(words), "{name}: {}", run.stderr);
    }
    let run = from("nowhere.html", &[]).expect(2);
    assert!(run.stderr.contains("cannot read nowhere.html"), "{}", run.stderr);
}
