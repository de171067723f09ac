//! Setting up git in the clone of a dataset, and what it shows then.

mod common;

use common::{Run, claimbook, copy, edit, git, sample};
use std::{fs, path::Path};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file")
}

#[test]
fn git_is_set_up_once_and_says_so() {
    let dir = folder();
    copy(&sample(), dir.path());
    fs::write(dir.path().join(".gitattributes"), "* text=auto").expect("written");
    git(dir.path(), &["init", "--quiet"]).expect(0);
    let first = claimbook(dir.path(), &["init", "--git"]).expect(0).stdout;
    assert!(first.contains("set merge.claimbook.driver"), "{first}");
    assert!(first.contains("set diff.claimbook.textconv"), "{first}");
    assert!(first.contains("added 2 lines to .gitattributes"), "{first}");
    let attributes = read(&dir.path().join(".gitattributes"));
    assert!(attributes.starts_with("* text=auto\ndataset/**/*.json merge="), "{attributes}");
    let config = read(&dir.path().join(".git/config"));
    let again = claimbook(dir.path(), &["init", "--git"]).expect(0).stdout;
    assert!(again.contains("nothing to do"), "{again}");
    assert_eq!(read(&dir.path().join(".gitattributes")), attributes);
    assert_eq!(read(&dir.path().join(".git/config")), config);
    let attribute = git(
        dir.path(),
        &["check-attr", "merge", "diff", "--", "dataset/claims/deep/down/a.json", "README.md"],
    );
    let attribute = attribute.expect(0).stdout;
    assert_eq!(attribute.matches(": claimbook").count(), 2, "{attribute}");
}

#[test]
fn without_a_clone_there_is_nothing_to_set_up() {
    let dir = folder();
    copy(&sample(), dir.path());
    let run = claimbook(dir.path(), &["init", "--git"]).expect(2);
    assert!(run.stderr.contains("not in a git repository"), "{}", run.stderr);
    assert!(!dir.path().join(".gitattributes").exists());
    let run = claimbook(Path::new("/"), &["init", "--git"]).expect(2);
    assert!(run.stderr.contains("no dataset/dataset.json"), "{}", run.stderr);
}

#[test]
fn a_linked_work_tree_shares_the_setup() {
    let (dir, other) = (folder(), folder());
    claimbook(dir.path(), &["init", "--name=one"]).expect(0);
    git(dir.path(), &["add", "."]).expect(0);
    git(dir.path(), &["commit", "--quiet", "--message", "One"]).expect(0);
    let tree = other.path().join("tree");
    let tree = tree.to_str().expect("UTF-8");
    git(dir.path(), &["worktree", "add", "--quiet", tree]).expect(0);
    let run = claimbook(Path::new(tree), &["init", "--git"]).expect(0);
    assert!(run.stdout.contains("nothing to do"), "{}", run.stdout);
}

/// The sample in a clone where git compares records by field.
fn clone(root: &Path) -> impl Fn(&[&str]) -> Run {
    copy(&sample(), root);
    let path = root.to_owned();
    let git = move |args: &[&str]| git(&path, args).expect(0);
    git(&["init", "--quiet"]);
    claimbook(root, &["init", "--git"]).expect(0);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "The sample"]);
    git
}

#[test]
fn git_shows_what_changed_in_a_record() {
    let dir = folder();
    let git = clone(dir.path());
    let claim = dir.path().join("dataset/claims/bridge-cost.json");
    // Another layout is no change.
    let compact: serde_json::Value = serde_json::from_str(&read(&claim)).expect("JSON");
    fs::write(&claim, compact.to_string()).expect("written");
    let layout = git(&["diff", "--unified=0"]).stdout;
    assert!(!layout.contains("\n+"), "{layout}");
    claimbook(dir.path(), &["fmt"]).expect(0);
    edit(&claim, "page 12", "page 13\\u202e");
    edit(&claim, "\"high\"", "\"moderate\"");
    let expected = "
@@ -10 +10 @@ claim: bridge-cost
-  confidence: high
+  confidence: moderate
@@ -13 +13 @@ claim: bridge-cost
-  citations council-budget-2023 supports locator: page 12
+  citations council-budget-2023 supports locator: page 13<U+202E>
";
    let shown = git(&["diff", "--unified=0"]).stdout;
    assert!(shown.ends_with(expected), "{shown}");
    git(&["commit", "--quiet", "--all", "--message", "Less sure"]);
    let log = git(&["log", "-p", "--unified=0", "-1"]).stdout;
    assert!(log.contains("\n+  confidence: moderate\n"), "{log}");
}

#[test]
fn git_shows_broken_files_as_they_are() {
    let dir = folder();
    let git = clone(dir.path());
    let claim = dir.path().join("dataset/claims/bridge-cost.json");
    edit(&claim, "\"kind\": \"measurement\",", "\"kind\": \"measurement\"");
    let shown = git(&["diff"]).stdout;
    assert!(shown.contains("\n+  \"kind\": \"measurement\"\n"), "{shown}");
}

#[test]
fn git_shows_lines_and_the_dataset_as_fields_too() {
    let dir = folder();
    let git = clone(dir.path());
    edit(&dir.path().join("dataset/dataset.json"), "\"Money\"", "\"Funds\"");
    let line = "{\"id\":\"new-one\",\"name\":\"New\",\"kind\":\"event\"}\n";
    fs::write(dir.path().join("dataset/subjects/more.jsonl"), line).expect("written");
    git(&["add", "."]);
    let shown = git(&["diff", "--cached"]).stdout;
    assert!(shown.contains("\n+  topics money label: Funds\n"), "{shown}");
    assert!(shown.contains("\n+subject: new-one\n+  name: New\n+  kind: event\n"), "{shown}");
}

#[test]
fn without_the_program_git_shows_the_text() {
    let dir = folder();
    let git = clone(dir.path());
    let config = git(&["config", "diff.claimbook.textconv"]).stdout;
    let gone = config.trim_end().replace(env!("CARGO_BIN_EXE_claimbook"), "/nowhere/claimbook");
    assert_ne!(gone, config.trim_end());
    git(&["config", "diff.claimbook.textconv", &gone]);
    edit(&dir.path().join("dataset/claims/bridge-cost.json"), "\"high\"", "\"moderate\"");
    let shown = git(&["diff"]).stdout;
    assert!(shown.contains("\n+  \"confidence\": \"moderate\",\n"), "{shown}");
}
