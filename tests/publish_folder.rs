//! Publishing into folders that hold something already: nothing is deleted, overwritten or changed
//! that was not published before.

mod common;

use common::{claimbook, dataset::Dataset, edit, files, git, ready::Ready};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

impl Dataset {
    /// Writes a file below `dist`.
    fn put(&self, path: &str, text: &str) {
        let path = self.path("dist").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    /// Fails unless publishing is refused with these words, and changes nothing.
    #[track_caller]
    fn refuses(&self, args: &[&str], words: &[&str]) {
        refuses(self.dir.path(), &[&["publish"], args].concat(), words);
    }
}

#[track_caller]
fn refuses(root: &Path, args: &[&str], words: &[&str]) {
    let before = files(root);
    let run = claimbook(root, args).expect(2);
    for words in words.iter().chain(&["--out"]) {
        assert!(run.stderr.contains(words), "no {words}: {}", run.stderr);
    }
    assert!(files(root) == before, "something changed");
}

/// The list that `sha256sum` makes of files in a folder.
fn sums(folder: &Path, names: &[&str]) -> String {
    let line = |name: &&str| format!("{}  {name}\n", common::ready::sum(&folder.join(name)));
    names.iter().map(line).collect()
}

#[test]
fn what_is_in_a_list_of_somebody_else_stays() {
    let dataset = Dataset::new();
    dataset.put("thesis.txt", "thesis");
    dataset.put("SHA256SUMS", &sums(&dataset.path("dist"), &["thesis.txt"]));
    dataset.refuses(&["--format", "csv"], &["not published by claimbook: SHA256SUMS"]);
    // Even where it names what we could have written, but never alone.
    dataset.put("claims.csv", "mine");
    dataset.put("SHA256SUMS", &sums(&dataset.path("dist"), &["claims.csv"]));
    dataset.refuses(&[], &["not published by claimbook: SHA256SUMS and claims.csv"]);
    // What it names is not said to be ours either.
    let run = dataset.run(&["--check"]).expect(1);
    assert!(!run.stdout.contains("thesis"), "{}", run.stdout);
}

#[test]
fn a_file_of_somebody_else_with_a_name_of_ours_stays() {
    let dataset = Dataset::new();
    dataset.put("claims.csv", "mine");
    dataset.put("report/sources.md", "mine");
    dataset.refuses(&[], &["not published by claimbook: claims.csv and report/sources.md"]);
    // Whatever is not in the way is no reason.
    dataset.run(&["--format", "bibtex"]).expect(0);
    assert_eq!(files(&dataset.path("dist"))["claims.csv"], b"mine");
    dataset.refuses(&["--format", "csv"], &["not published by claimbook: claims.csv"]);
    // A folder in the place of a file, and a file in that of a folder.
    fs::remove_dir_all(dataset.path("dist")).expect("removed");
    dataset.put("claims.jsonl/notes.txt", "mine");
    dataset.put("report", "mine");
    dataset.refuses(&[], &["claims.jsonl and report\n"]);
}

#[test]
fn a_published_file_that_somebody_changed_stays() {
    let dataset = Dataset::new();
    dataset.run(&[]).expect(0);
    fs::write(dataset.path("dist/claims.csv"), "mended by hand").expect("written");
    fs::write(dataset.path("dist/claims.jsonl"), "this too").expect("written");
    let words = ["changed since it was published: claims.csv and claims.jsonl", "move these files"];
    // Whether it would be replaced or removed.
    dataset.refuses(&[], &words);
    dataset.refuses(&["--format", "bibtex"], &words);
    // One that is gone is no loss.
    fs::remove_file(dataset.path("dist/claims.csv")).expect("removed");
    fs::remove_file(dataset.path("dist/claims.jsonl")).expect("removed");
    dataset.run(&[]).expect(0);
    dataset.run(&["--check"]).expect(0);
}

#[test]
fn releases_are_not_published_over_nor_publications_released_over() {
    let ready = Ready::released();
    refuses(ready.dir.path(), &["publish", "--out", "release"], &["SHA256SUMS"]);
    let folder = "release/port-aldine-1.0.0";
    refuses(ready.dir.path(), &["publish", "--out", folder], &["holds a release"]);
    fs::remove_file(ready.path(folder).join("SHA256SUMS")).expect("removed");
    refuses(ready.dir.path(), &["publish", "--format", "bibtex", "--out", folder], &["release"]);
    // A manifest of something else is as good as any other file.
    fs::create_dir(ready.path("app")).expect("a folder");
    fs::write(ready.path("app/manifest.json"), "{\"name\": \"An app\"}").expect("written");
    ready.run(&["publish", "--out", "app"]).expect(0);
    assert!(ready.path("app/manifest.json").exists());
    refuses(ready.dir.path(), &["release", "--out", "app"], &["SHA256SUMS"]);
    // What is missing is made again, what was changed is not.
    ready.run(&["release"]).expect(0);
    fs::write(ready.path("release/port-aldine-1.0.0.zip"), "changed").expect("written");
    refuses(ready.dir.path(), &["release"], &["changed since it was published: port-aldine-1.0.0"]);
}

#[test]
fn folders_of_the_dataset_and_of_git_are_not_for_published_files() {
    let ready = Ready::new();
    let root = ready.dir.path();
    let holder = root.parent().expect("a folder").to_str().expect("UTF-8");
    for (out, words) in [
        ("dataset", "dataset is a part of the dataset's `dataset/`"),
        ("dataset/sources/new", "`dataset/`"),
        ("templates", "`templates/`"),
        ("schema/../schema/out", "`schema/`"),
        (".git", "what git keeps"),
        (".git/hooks", "what git keeps"),
        ("sub/.git/x", "what git keeps"),
        (".", ". is the folder of the dataset's repository"),
        ("dist/..", "is the folder of the dataset's repository"),
        (holder, "holds the folder of the dataset's repository"),
        ("/", "holds the folder of the dataset's repository"),
    ] {
        fs::create_dir_all(ready.path("dist")).expect("a folder");
        fs::create_dir_all(ready.path("schema")).expect("a folder");
        for command in ["publish", "release"] {
            refuses(root, &[command, "--out", out], &[words]);
        }
    }
    // The default is no better from there.
    let run = claimbook(&root.join("dataset"), &["publish"]).expect(2);
    assert!(run.stderr.contains("dist is a part of the dataset's `dataset/`"), "{}", run.stderr);
    assert!(!root.join("dataset/dist").exists());
    // A folder of its own may be the one we are in.
    let dist = root.join("dist");
    claimbook(&dist, &["publish", "--out", "."]).expect(0);
    claimbook(&dist, &["publish", "--out", "."]).expect(0);
    assert!(dist.join("claims.csv").exists());
}

#[test]
fn a_run_that_was_cut_off_halfway_knows_its_files_again() {
    let dataset = Dataset::new();
    dataset.put("notes.txt", "mine");
    dataset.run(&["--format", "json,csv"]).expect(0);
    let old = files(&dataset.path("dist"));
    edit(&dataset.path("dataset/subjects/aldinia.json"), "Aldinia", "Aldinien");
    dataset.run(&["--format", "json,csv"]).expect(0);
    let new = files(&dataset.path("dist"));
    // As a run leaves it whose machine lost power: some files new, some old, in a list of both.
    let list = |files: &BTreeMap<String, Vec<u8>>| -> BTreeSet<(String, String)> {
        let text = String::from_utf8(files["SHA256SUMS"].clone()).expect("UTF-8");
        let lines = text.lines().map(|line| line.split_once("  ").expect("two columns"));
        lines.map(|(sum, path)| (path.to_owned(), sum.to_owned())).collect()
    };
    let both: BTreeSet<_> = list(&old).union(&list(&new)).cloned().collect();
    assert!(both.len() > list(&old).len());
    let both: String = both.iter().map(|(path, sum)| format!("{sum}  {path}\n")).collect();
    dataset.put("SHA256SUMS", &both);
    fs::write(dataset.path("dist/subjects.csv"), &old["subjects.csv"]).expect("written");
    fs::remove_file(dataset.path("dist/claims.csv")).expect("removed");
    dataset.run(&["--format", "json,csv"]).expect(0);
    assert!(files(&dataset.path("dist")) == new);
}

#[test]
fn a_published_file_that_became_the_new_one_by_another_way_is_no_loss() {
    let dataset = Dataset::new();
    dataset.run(&[]).expect(0);
    let old = files(&dataset.path("dist"));
    edit(&dataset.path("dataset/subjects/aldinia.json"), "Aldinia", "Aldinien");
    dataset.run(&[]).expect(0);
    let new = files(&dataset.path("dist"));
    dataset.put("SHA256SUMS", &String::from_utf8(old["SHA256SUMS"].clone()).expect("UTF-8"));
    dataset.run(&[]).expect(0);
    assert!(files(&dataset.path("dist")) == new);
}

#[test]
fn git_ignores_what_a_killed_run_leaves() {
    let dir = tempfile::tempdir().expect("a folder");
    claimbook(dir.path(), &["init"]).expect(0);
    git(dir.path(), &["init", "-q"]).expect(0);
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    for ignored in [".dist-aB3dE6/new/claims.csv", ".release-aB3dE6/old/all"] {
        git(dir.path(), &["check-ignore", ignored]).expect(0);
        fs::copy(own.join(".gitignore"), dir.path().join(".gitignore")).expect("a copy");
        git(dir.path(), &["check-ignore", ignored]).expect(0);
    }
}
