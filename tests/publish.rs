//! Publishing: all or nothing, the same bytes every time, and nothing of others touched.

mod common;

use common::{Repo, claimbook, dataset::Dataset, edit, files};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

impl Dataset {
    fn out(&self) -> PathBuf {
        self.path("dist")
    }
}

/// Publishes every format.
const ALL: [&str; 3] = ["publish", "--format", "all"];

/// Fails where two folders do not hold the same, and names the files.
#[track_caller]
fn assert_same(one: &BTreeMap<String, Vec<u8>>, two: &BTreeMap<String, Vec<u8>>) {
    let paths: BTreeSet<&String> = one.keys().chain(two.keys()).collect();
    let differ: Vec<_> =
        paths.into_iter().filter(|path| one.get(*path) != two.get(*path)).collect();
    assert!(differ.is_empty(), "{differ:?} differ");
}

#[test]
fn a_dataset_with_errors_is_not_published() {
    let dataset = Dataset::new();
    claimbook(dataset.dir.path(), &ALL).expect(0);
    let before = files(&dataset.out());
    edit(
        &dataset.path("dataset/claims/bridge-cost.json"),
        "council-budget-2023",
        "council-budget-2032",
    );
    let run = claimbook(dataset.dir.path(), &ALL).expect(1);
    assert!(run.stdout.contains("did you mean `council-budget-2023`?"), "{}", run.stdout);
    assert!(run.stderr.contains("nothing was published"), "{}", run.stderr);
    assert_same(&files(&dataset.out()), &before);
}

#[test]
fn publishing_twice_gives_the_same_bytes_wherever_it_is() {
    let (one, two) = (Dataset::new(), Dataset::new());
    claimbook(one.dir.path(), &ALL).expect(0);
    let (root, out) = (two.dir.path().to_owned(), two.out());
    let elsewhere = ["--root", root.to_str().expect("UTF-8")];
    let into = ["--out", out.to_str().expect("UTF-8")];
    claimbook(Path::new("/"), &[&elsewhere[..], &ALL, &into].concat()).expect(0);
    assert_same(&files(&one.out()), &files(&two.out()));
    claimbook(one.dir.path(), &ALL).expect(0);
    assert_same(&files(&one.out()), &files(&two.out()));
}

#[test]
fn a_revision_gives_the_same_bytes_with_and_without_a_work_tree() {
    let dir = tempfile::tempdir().expect("a folder");
    Repo::with_sample(dir.path());
    let bare = tempfile::tempdir().expect("a folder");
    git2::build::RepoBuilder::new()
        .bare(true)
        .clone(&format!("file://{}", dir.path().display()), bare.path())
        .expect("a clone");
    let args = [&ALL[..], &["--at", "HEAD", "--out", "dist"]].concat();
    claimbook(dir.path(), &args).expect(0);
    claimbook(bare.path(), &args).expect(0);
    assert_same(&files(&dir.path().join("dist")), &files(&bare.path().join("dist")));
}

#[test]
fn descriptions_come_with_what_they_describe_and_fit_it() {
    let dataset = Dataset::new();
    claimbook(dataset.dir.path(), &["publish", "--format", "datapackage"]).expect(0);
    let before = files(&dataset.out());
    assert!(before.contains_key("claims.csv") && !before.contains_key("claims.jsonl"));
    let package: serde_json::Value =
        serde_json::from_slice(&before["datapackage.json"]).expect("JSON");
    let sums = String::from_utf8(before["SHA256SUMS"].clone()).expect("UTF-8");
    for resource in package["resources"].as_array().expect("a list") {
        let path = resource["path"].as_str().expect("a path");
        assert_eq!(resource["bytes"], before[path].len(), "{path}");
        let hash = resource["hash"].as_str().expect("a hash").trim_start_matches("sha256:");
        assert!(sums.contains(&format!("{hash}  {path}\n")), "{path}");
    }
    edit(&dataset.path("dataset/subjects/aldinia.json"), "Aldinia", "Aldinien");
    let run =
        claimbook(dataset.dir.path(), &["publish", "--format", "datapackage", "--check"]).expect(1);
    assert_eq!(run.stdout, "subjects.csv differs\ndatapackage.json differs\n");
    assert_same(&files(&dataset.out()), &before);
}

#[test]
fn a_repository_describes_its_columns_itself() {
    let dataset = Dataset::new();
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/claim.schema.json");
    fs::create_dir_all(dataset.path("schema")).expect("a folder");
    let own = dataset.path("schema/claim.schema.json");
    fs::copy(schema, &own).expect("a copy");
    edit(&own, "One checkable sentence in the dataset's language: who, what, when.", "A sentence.");
    claimbook(dataset.dir.path(), &ALL).expect(0);
    let files = files(&dataset.out());
    for path in ["datapackage.json", "csv-metadata.json", "croissant.json"] {
        let text = String::from_utf8(files[path].clone()).expect("UTF-8");
        assert!(text.contains("\"A sentence.\""), "{path}");
        assert!(text.contains("Id of a unit in dataset.json."), "{path}");
    }
}

#[test]
fn a_release_says_its_version_and_day() {
    let dir = tempfile::tempdir().expect("a folder");
    let repo = Repo::with_sample(dir.path());
    repo.tag("v1.2.0");
    let published = |rev: &str| {
        claimbook(dir.path(), &[&ALL[..], &["--at", rev]].concat()).expect(0);
        files(&dir.path().join("dist"))
    };
    let (commit, release) = (published("HEAD"), published("v1.2.0"));
    let read = |files: &BTreeMap<String, Vec<u8>>, path: &str| -> serde_json::Value {
        serde_json::from_slice(&files[path]).expect("JSON")
    };
    for path in ["datapackage.json", "croissant.json"] {
        assert_eq!(read(&commit, path)["version"], serde_json::Value::Null, "{path}");
        assert_eq!(read(&release, path)["version"], "1.2.0", "{path}");
    }
    assert_eq!(read(&release, "datapackage.json")["created"], "2025-03-11T00:00:00Z");
    assert_eq!(read(&release, "croissant.json")["datePublished"], "2025-03-11");
    let citation = String::from_utf8(release["CITATION.cff"].clone()).expect("UTF-8");
    assert!(citation.contains("version: \"1.2.0\"\n"), "{citation}");
    assert!(citation.contains("date-released: \"2025-03-11\"\n"), "{citation}");
}

#[test]
fn feeds_and_change_sets_tell_what_changed_since_a_base() {
    let dir = tempfile::tempdir().expect("a folder");
    let repo = Repo::with_sample(dir.path());
    repo.tag("v1.0.0");
    edit(&dir.path().join("dataset/claims/bridge-cost.json"), "84.5 million", "84.6 million");
    repo.commit("A correction", 1_741_737_600); // 2025-03-12
    let published = |base: &str| {
        claimbook(dir.path(), &[&ALL[..], &["--at", "HEAD", "--base", base]].concat()).expect(0);
        files(&dir.path().join("dist"))
    };
    let files = published("v1.0.0");
    let text = |path: &str| String::from_utf8(files[path].clone()).expect("UTF-8");
    let atom = text("atom.xml");
    assert!(atom.contains("what changed since 1.0.0"), "{atom}");
    assert!(atom.contains("#bridge-cost</id>"), "{atom}");
    assert!(atom.contains("[-84.5-]{+84.6+}"), "{atom}");
    assert!(atom.contains("<updated>2025-03-12T00:00:00Z</updated>"), "{atom}");
    let feed: serde_json::Value = serde_json::from_str(&text("feed.json")).expect("JSON");
    assert_eq!(feed["items"].as_array().map(Vec::len), Some(2), "{feed}");
    let set: serde_json::Value = serde_json::from_str(&text("changes.json")).expect("JSON");
    assert_eq!(set["claims"][0]["id"], "bridge-cost", "{set}");
    // However the base is named, and whether or not it is a release.
    let (one, two) = (published("HEAD~1"), published("master~1"));
    assert_same(&one, &two);
}

#[test]
fn what_changed_cannot_be_told_without_a_base() {
    let dataset = Dataset::new();
    for format in ["atom", "jsonfeed", "changes"] {
        let run = claimbook(dataset.dir.path(), &["publish", "--format", format]).expect(2);
        assert!(run.stderr.contains("name them with --at and --base"), "{}", run.stderr);
        assert!(!dataset.out().exists());
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_format_that_is_not_built_in_says_how_to_get_it() {
    let dataset = Dataset::new();
    let run = claimbook(dataset.dir.path(), &["publish", "--format", "csv,parquet"]).expect(2);
    assert!(run.stderr.contains("built without the format `parquet`"), "{}", run.stderr);
    assert!(run.stderr.contains("--features parquet"), "{}", run.stderr);
    assert!(!dataset.out().exists());
}

#[test]
fn check_says_what_is_stale_and_writes_nothing() {
    let dataset = Dataset::new();
    let run = claimbook(dataset.dir.path(), &["publish", "--check"]).expect(1);
    assert!(run.stdout.contains("claims.csv is missing"), "{}", run.stdout);
    assert!(!dataset.out().exists());
    claimbook(dataset.dir.path(), &["publish"]).expect(0);
    assert_eq!(claimbook(dataset.dir.path(), &["publish", "--check"]).expect(0).stdout, "");
    let before = files(&dataset.out());
    edit(&dataset.path("dataset/subjects/aldinia.json"), "Aldinia", "Aldinien");
    let run = claimbook(dataset.dir.path(), &["publish", "--check"]).expect(1);
    assert!(run.stdout.contains("subjects.csv differs"), "{}", run.stdout);
    assert!(!run.stdout.contains("publishers.csv"), "{}", run.stdout);
    assert_eq!(files(&dataset.out()), before);
    fs::write(dataset.out().join("sources.csv"), "cut").expect("written");
    let run = claimbook(dataset.dir.path(), &["publish", "--check"]).expect(1);
    assert!(run.stdout.contains("sources.csv differs"), "{}", run.stdout);
}

#[test]
fn what_is_no_longer_published_goes_and_what_others_put_there_stays() {
    let dataset = Dataset::new();
    claimbook(dataset.dir.path(), &["publish"]).expect(0);
    fs::create_dir_all(dataset.out().join("mine")).expect("a folder");
    fs::write(dataset.out().join("mine/notes.txt"), "mine").expect("written");
    claimbook(dataset.dir.path(), &["publish", "--format", "csv"]).expect(0);
    let now = files(&dataset.out());
    assert!(now.contains_key("claims.csv") && !now.contains_key("claims.jsonl"));
    assert_eq!(now["mine/notes.txt"], b"mine");
    let left: Vec<_> = fs::read_dir(dataset.dir.path())
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name())
        .collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with(".dist")), "{left:?}");
}

#[test]
fn the_list_of_checksums_names_every_file() {
    let dataset = Dataset::new();
    claimbook(dataset.dir.path(), &["publish"]).expect(0);
    let files = files(&dataset.out());
    let list = String::from_utf8(files["SHA256SUMS"].clone()).expect("UTF-8");
    let listed: Vec<&str> =
        list.lines().map(|line| line.split_once("  ").expect("two columns").1).collect();
    let there: Vec<&String> = files.keys().filter(|path| *path != "SHA256SUMS").collect();
    assert_eq!(listed, there);
}

#[test]
fn an_output_that_cannot_be_written_is_an_error_of_the_run() {
    let dataset = Dataset::new();
    fs::write(dataset.out(), "a file").expect("written");
    let run = claimbook(dataset.dir.path(), &["publish"]).expect(2);
    assert!(run.stderr.contains("dist is no folder"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(dataset.out()).expect("a file"), "a file");
}

#[test]
fn every_record_survives_the_way_into_json() {
    let dataset = Dataset::new();
    claimbook(dataset.dir.path(), &["publish"]).expect(0);
    let text = fs::read_to_string(dataset.out().join("port-aldine.json")).expect("published");
    let bundle: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    for kind in ["claims", "sources", "publishers", "subjects"] {
        let published = bundle[kind].as_array().expect("a list");
        let folder = dataset.path("dataset").join(kind);
        assert_eq!(published.len(), fs::read_dir(&folder).expect("a folder").count(), "{kind}");
        for record in published {
            let mut record = record.clone();
            record.as_object_mut().expect("an object").remove("computed");
            let path = folder.join(format!("{}.json", record["id"].as_str().expect("an id")));
            let written: serde_json::Value =
                serde_json::from_str(&fs::read_to_string(path).expect("a record")).expect("JSON");
            assert_eq!(record, written);
        }
    }
}
