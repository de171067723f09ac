//! Starting a dataset, and setting up git in the clone of one.

mod common;

use common::{Run, claimbook, copy, edit, git, git_on, sample};
use std::{collections::BTreeSet, fs, path::Path};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file")
}

/// Every file below a folder but git's own, by path.
fn files(root: &Path) -> BTreeSet<String> {
    fn walk(folder: &Path, below: &str, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = format!("{below}{}", entry.file_name().to_string_lossy());
            if path == ".git" {
                continue;
            }
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{path}/"), found);
            } else {
                found.insert(path);
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(root, "", &mut found);
    found
}

#[test]
fn a_new_dataset_is_in_order_at_once() {
    let dir = folder();
    let run = claimbook(dir.path(), &["init", "tide-tables"]).expect(0);
    assert!(run.stdout.contains("made a git repository"), "{}", run.stdout);
    assert!(run.stdout.contains("cd tide-tables"), "{}", run.stdout);
    let root = dir.path().join("tide-tables");
    let checked = claimbook(&root, &["check"]).expect(0).stdout;
    assert_eq!(
        checked.split(" in ").next(),
        Some("checked 1 claim, 1 source, 1 publisher and 1 subject"),
        "{checked}"
    );
    assert!(checked.contains("no errors, no warnings"), "{checked}");
    claimbook(&root, &["fmt", "--check"]).expect(0);
    claimbook(&root, &["publish"]).expect(0);
    assert!(root.join("dist/tide-tables.json").is_file());
    let meta = read(&root.join("dataset/dataset.json"));
    assert!(meta.contains("\"title\": \"Tide tables\""), "{meta}");
    // What is published is no part of the repository, and everything else is.
    git(&root, &["add", "."]).expect(0);
    let commit = ["commit", "--quiet", "--message", "A new dataset"];
    git_on("2026-12-01", &root, &commit).expect(0);
    let tracked: BTreeSet<String> =
        git(&root, &["ls-files"]).expect(0).stdout.lines().map(str::to_owned).collect();
    let here = files(&root).into_iter().filter(|path| !path.starts_with("dist/")).collect();
    assert_eq!(tracked, here);
    claimbook(&root, &["check", "--at", "HEAD", "--as-of", "2026-11-01"]).expect(0);
    assert_eq!(git(&root, &["branch", "--show-current"]).expect(0).stdout, "main\n");
}

#[test]
fn the_flags_say_what_it_is() {
    let dir = folder();
    claimbook(
        dir.path(),
        &[
            "init",
            "--no-git",
            "--name=hafen",
            "--title=Häfen \"am\" Meer: *alle*",
            "--description=Was Häfen sind.",
            "--license=CC0-1.0",
            "--language=de",
            "--base-iri=https://daten.example.org/hafen/",
            "--homepage=https://hafen.example.org/",
            "--repository=https://git.example.org/hafen",
            "--maintainer=Anna",
            "--maintainer=Bo",
            "--topic=bau=Bau & Betrieb",
            "--topic=geld",
            "--unit=euro=Euro",
        ],
    )
    .expect(0);
    assert!(!dir.path().join(".git").exists());
    let meta: serde_json::Value =
        serde_json::from_str(&read(&dir.path().join("dataset/dataset.json"))).expect("JSON");
    for (pointer, expected) in [
        ("/name", "hafen"),
        ("/title", "Häfen \"am\" Meer: *alle*"),
        ("/language", "de"),
        ("/license", "CC0-1.0"),
        ("/base_iri", "https://daten.example.org/hafen/"),
        ("/homepage", "https://hafen.example.org/"),
        ("/repository", "https://git.example.org/hafen"),
        ("/maintainers/1/name", "Bo"),
        ("/topics/bau/label", "Bau & Betrieb"),
        ("/topics/geld/label", "Geld"),
        ("/units/euro/label", "Euro"),
    ] {
        assert_eq!(meta.pointer(pointer).and_then(|v| v.as_str()), Some(expected), "{pointer}");
    }
    let readme = read(&dir.path().join("README.md"));
    assert!(readme.starts_with("# Häfen \"am\" Meer: \\*alle\\*\n"), "{readme}");
    assert!(claimbook(dir.path(), &["check"]).expect(0).stdout.contains("no errors, no warnings"));
}

#[test]
fn what_makes_no_dataset_is_refused_before_anything_is_written() {
    let dir = folder();
    for (flag, said) in [
        ("--language=English", "`language`"),
        ("--license=CC BY; 4.0", "`license`"),
        ("--base-iri=example.org", "`base_iri`"),
        ("--name=Tide Tables", "`name`"),
        ("--title= x", "`title`"),
        ("--topic=Money", "`Money`"),
    ] {
        let run = claimbook(dir.path(), &["init", "new", flag]).expect(2);
        assert!(run.stderr.contains(said), "{flag}: {}", run.stderr);
        assert!(!dir.path().join("new").exists());
    }
}

#[test]
fn a_folder_with_anything_in_it_is_refused() {
    let dir = folder();
    fs::write(dir.path().join("notes.txt"), "Mine.\n").expect("written");
    fs::create_dir(dir.path().join("data")).expect("a folder");
    let run = claimbook(dir.path(), &["init", "."]).expect(2);
    assert!(run.stderr.contains(". is not empty"), "{}", run.stderr);
    assert!(run.stderr.contains("in the way: data and notes.txt"), "{}", run.stderr);
    assert_eq!(files(dir.path()), BTreeSet::from(["notes.txt".to_owned()]));
    let dir = folder();
    copy(&sample(), dir.path());
    let run = claimbook(dir.path(), &["init"]).expect(2);
    assert!(run.stderr.contains("a dataset is there already"), "{}", run.stderr);
    // An empty clone has a folder of git's.
    let dir = folder();
    git(dir.path(), &["init", "--quiet", "empty"]).expect(0);
    let run = claimbook(&dir.path().join("empty"), &["init"]).expect(0);
    assert!(!run.stdout.contains("made a git repository"), "{}", run.stdout);
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

#[test]
fn templates_are_written_to_be_changed() {
    let dir = folder();
    claimbook(dir.path(), &["init", "--no-git", "--name=one"]).expect(0);
    let own = dir.path().join("templates/stats.txt.jinja");
    fs::write(&own, "{{ records.claims }} claims, and that is all\n").expect("written");
    claimbook(dir.path(), &["init", "--templates"]).expect(0);
    assert!(dir.path().join("templates/report/overview.md.jinja").is_file());
    assert!(!files(dir.path()).iter().any(|path| path.starts_with("templates/init/")));
    let stats = claimbook(dir.path(), &["stats"]).expect(0).stdout;
    assert_eq!(stats, "1 claims, and that is all\n");
    claimbook(dir.path(), &["publish"]).expect(0);
}
