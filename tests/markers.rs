//! Numbers in pages: filled in whole, and nothing else of the page touched.

mod common;

use common::{claimbook, copy, edit, sample};
use std::{fs, path::Path};

/// A copy of the sample with these pages beside it.
fn with_pages(pages: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    copy(&sample(), root.path());
    for (name, text) in pages {
        fs::write(root.path().join(name), text).expect("written");
    }
    root
}

fn read(root: &Path, name: &str) -> String {
    fs::read_to_string(root.join(name)).expect("a page")
}

#[test]
fn numbers_and_tables_are_filled_in_and_the_rest_is_kept() {
    let page = "# Ä page\n\n<!-- claimbook:stats:kinds --><!-- /claimbook -->\n\
        ```text\n<!-- claimbook:stats:claims -->x<!-- /claimbook -->\n```\n\
        So many: <!--claimbook:stats:claims-->many<!--/claimbook-->.  \n<!-- other -->\n";
    let root = with_pages(&[("page.md", page)]);
    let run = claimbook(root.path(), &["stats", "--check", "page.md"]).expect(1);
    assert!(run.stdout.contains("page.md:3:1: the table `kinds` is out of date"), "{}", run.stdout);
    assert!(run.stdout.contains("page.md:7:10: `claims` is 10, not \"many\""), "{}", run.stdout);
    assert_eq!(read(root.path(), "page.md"), page);
    let run = claimbook(root.path(), &["stats", "--update", "page.md"]).expect(0);
    assert_eq!(run.stdout, "updated page.md: 2 markers\n");
    let table = "\n\n| Kind | Claims |\n|---|---:|\n| event | 3 |\n| state | 1 |\n\
        | measurement | 2 |\n| commitment | 1 |\n| forecast | 1 |\n| assessment | 1 |\n\n";
    let expected = page
        .replace("kinds --><!--", &format!("kinds -->{table}<!--"))
        .replace("-->many<!--", "-->10<!--");
    assert_eq!(read(root.path(), "page.md"), expected);
    claimbook(root.path(), &["stats", "--check", "page.md"]).expect(0);
    assert_eq!(claimbook(root.path(), &["stats", "--update", "page.md"]).expect(0).stdout, "");
}

#[test]
fn numbers_follow_the_dataset() {
    let root =
        with_pages(&[("page.md", "<!-- claimbook:stats:confidence/low -->2<!-- /claimbook -->")]);
    claimbook(root.path(), &["stats", "--check", "page.md"]).expect(0);
    let claim = root.path().join("dataset/claims/bridge-cost.json");
    edit(&claim, "\"confidence\": \"high\"", "\"confidence\": \"low\"");
    let run = claimbook(root.path(), &["stats", "--check", "page.md"]).expect(1);
    assert!(run.stdout.contains("`confidence/low` is 3, not \"2\""), "{}", run.stdout);
}

#[test]
fn lines_end_as_the_page_does() {
    let root =
        with_pages(&[("page.md", "<!-- claimbook:stats:status -->\r\n<!-- /claimbook -->\r\n")]);
    claimbook(root.path(), &["stats", "--update", "page.md"]).expect(0);
    let page = read(root.path(), "page.md");
    assert_eq!(page.matches('\n').count(), page.matches("\r\n").count(), "{page:?}");
}

#[test]
fn nothing_is_written_where_a_page_has_a_mistake() {
    let good = "<!-- claimbook:stats:claims --><!-- /claimbook -->\n";
    for (bad, words) in [
        ("<!-- claimbook:stats:claims -->\n", "bad.md:1:1: the marker `claims` has no end"),
        ("1\n <!-- /claimbook -->\n", "bad.md:2:2: `<!-- /claimbook -->` ends no marker"),
        (
            "<!-- claimbook:stat:claims -->",
            "bad.md:1:1: there is no marker `claimbook:stat:claims`",
        ),
        ("<!-- claimbook:stats:a --><!-- claimbook:stats:b -->", "the marker `a` has no end"),
        (
            "<!-- claimbook:stats:topic/trafic --><!-- /claimbook -->",
            "did you mean `topic/traffic`?",
        ),
        ("No numbers.\n", "bad.md has no markers"),
    ] {
        let root = with_pages(&[("good.md", good), ("bad.md", bad)]);
        let run = claimbook(root.path(), &["stats", "--update", "good.md", "bad.md"]).expect(2);
        assert!(run.stderr.contains(words), "{bad}: {}", run.stderr);
        assert_eq!(read(root.path(), "good.md"), good);
    }
    let root = with_pages(&[]);
    let run = claimbook(root.path(), &["stats", "--check", "absent.md"]).expect(2);
    assert!(run.stderr.contains("cannot read absent.md"), "{}", run.stderr);
}
