//! Releases: the version follows from what changed, nothing is half made, the bytes are the same
//! everywhere, and what is wrong with a download is told, file by file.

mod common;

use claimbook::{document::Json, schema::Schema};
use common::{Repo, Run, claimbook, copy, edit, files, git};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const FOLDER: &str = "release/port-aldine-1.0.0";

/// A repository of the sample that is ready for its first release.
struct Ready {
    dir: tempfile::TempDir,
    repo: Repo,
}

impl Ready {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let repo = Repo::with_sample(dir.path());
        let mut config = repo.git.config().expect("a configuration");
        config.set_str("user.name", "A Tester").expect("set");
        config.set_str("user.email", "tester@example.org").expect("set");
        fs::write(dir.path().join(".gitignore"), "/release/\n").expect("written");
        let ready = Self { dir, repo };
        ready.run(&["release", "--changelog"]).expect(0);
        ready.repo.commit("Changes of 1.0.0", 1_741_737_600); // 2025-03-12
        ready
    }

    /// The same, released as 1.0.0.
    fn released() -> Self {
        let ready = Self::new();
        ready.run(&["release"]).expect(0);
        ready
    }

    fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    fn run(&self, args: &[&str]) -> Run {
        claimbook(self.dir.path(), args)
    }

    fn verify(&self, path: &str) -> Run {
        self.run(&["verify", path])
    }

    /// A claim that says less, and a new one, by somebody new.
    fn change(&self) {
        let claims = self.path("dataset/claims");
        edit(&claims.join("bridge-cost.json"), "\"high\"", "\"moderate\"");
        let text = fs::read_to_string(claims.join("bridge-decided.json")).expect("a claim");
        let text = text.replace("bridge-decided", "bridge-vote-held");
        let text = text.replace(
            "On 14 May 2019 the council of Port Aldine decided to build a bridge over the harbour.",
            "The vote on the bridge was the last of the council's meeting on 14 May 2019.",
        );
        fs::write(claims.join("bridge-vote-held.json"), text).expect("written");
        git(self.dir.path(), &["add", "-A"]).expect(0);
        let author = "--author=Nora New <nora@example.org>";
        git(self.dir.path(), &["commit", "-q", author, "-m", "Less and more"]).expect(0);
    }

    fn tags(&self) -> String {
        git(
            self.dir.path(),
            &["for-each-ref", "--format=%(refname:short) %(objecttype)", "refs/tags"],
        )
        .expect(0)
        .stdout
    }
}

/// The SHA-256 of a file.
fn sum(path: &Path) -> String {
    let hash = Sha256::digest(fs::read(path).expect("a file"));
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_dry_run_shows_everything_and_writes_nothing() {
    let ready = Ready::new();
    let before = files(ready.dir.path());
    let run = ready.run(&["release", "--dry-run"]).expect(0);
    for part in
        ["version 1.0.0 as the tag v1.0.0", "10 claims", "port-aldine-1.0.0.zip", "claims.csv"]
    {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    assert_eq!(ready.tags(), "");
    let mut after = files(ready.dir.path());
    after.retain(|path, _| before.contains_key(path) || !path.starts_with(".git/"));
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
}

#[test]
fn a_release_is_whole_and_has_an_annotated_tag() {
    let ready = Ready::released();
    assert_eq!(ready.tags(), "v1.0.0 tag\n");
    let message = git(ready.dir.path(), &["tag", "-l", "--format=%(contents)", "v1.0.0"]).stdout;
    assert!(message.starts_with("The harbour bridge of Port Aldine 1.0.0\n\nThe first release"));
    let told = ready.verify("release").expect(0).stdout;
    assert_eq!(told, "port-aldine 1.0.0 of 2025-03-12: 42 files, nothing is wrong\n");
    for end in [".tar.gz", ".zip", "", "/claims.csv", "/report/sources.md", "/manifest.json"] {
        ready.verify(&format!("{FOLDER}{end}")).expect(0);
    }
    ready.run(&["verify", "--rebuild", "release"]).expect(0);
}

#[test]
fn what_is_not_ready_is_refused() {
    let ready = Ready::new();
    let refused = |ready: &Ready, words: &str| {
        let run = ready.run(&["release"]).expect(2);
        assert!(run.stderr.contains(words), "{}", run.stderr);
        assert!(!ready.path("release").exists() && ready.tags().is_empty());
    };
    let claim = ready.path("dataset/claims/bridge-cost.json");
    edit(&claim, "cost 84.5 million", "cost about 84.5 million");
    refused(&ready, "not committed: dataset/claims/bridge-cost.json");
    edit(&claim, "about ", "");
    edit(&ready.path("dataset/CHANGELOG.md"), "## 1.0.0", "## 0.9.0");
    ready.repo.commit("Another version", 1_741_737_601);
    refused(&ready, "dataset/CHANGELOG.md has no section for 1.0.0");
    edit(&claim, "council-budget-2023", "council-budget-2032");
    ready.repo.commit("A source that is not there", 1_741_737_602);
    let run = ready.run(&["release"]).expect(1);
    assert!(
        run.stdout.contains("council-budget-2032") && run.stderr.contains("nothing was released")
    );
}

#[test]
fn the_version_follows_from_what_changed() {
    let ready = Ready::released();
    ready.change();
    let run = ready.run(&["release", "--changelog", "1.0.1"]).expect(2);
    assert!(run.stderr.contains("1.0.1 is too low: it must be 1.1.0 or higher"), "{}", run.stderr);
    // A tag of something else, such as the toolkit's, is none of the dataset's.
    ready.repo.tag("v7");
    ready.repo.tag("tool-v9.0.0");
    ready.run(&["release", "--changelog"]).expect(0);
    let page = fs::read_to_string(ready.path("dataset/CHANGELOG.md")).expect("a page");
    let parts = [
        "## 1.1.0 ",
        "### Weakened",
        "### New claims",
        "#### Construction",
        "Nora New",
        "## 1.0.0 ",
    ];
    let places: Vec<_> = parts.iter().map(|part| page.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{page}");
    assert!(page.contains("thanks for a first contribution: Nora New."), "{page}");
    ready.repo.commit("Changes of 1.1.0", 1_741_824_000);
    ready.run(&["release"]).expect(0);
    assert!(ready.tags().contains("v1.1.0 tag\n"));
    // The release before gave way to this one.
    assert!(!ready.path(FOLDER).exists());
    ready.run(&["verify", "--rebuild", "release"]).expect(0);
}

#[test]
fn what_was_interrupted_can_be_done_again() {
    let ready = Ready::released();
    let before = files(&ready.path("release"));
    git(ready.dir.path(), &["tag", "-d", "v1.0.0"]).expect(0);
    fs::create_dir(ready.path(".release-torn")).expect("a folder");
    fs::remove_file(ready.path("release/port-aldine-1.0.0.zip")).expect("removed");
    ready.run(&["release"]).expect(0);
    assert!(files(&ready.path("release")) == before);
    assert_eq!(ready.tags(), "v1.0.0 tag\n");
    // With its tag too.
    fs::remove_dir_all(ready.path("release")).expect("removed");
    ready.run(&["release"]).expect(0);
    assert!(files(&ready.path("release")) == before);
}

#[test]
#[cfg(unix)]
fn the_bytes_are_the_same_everywhere() {
    let ready = Ready::released();
    ready.change();
    ready.run(&["release", "--changelog"]).expect(0);
    ready.repo.commit("Changes of 1.1.0", 1_741_824_000);
    ready.run(&["release"]).expect(0);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", ready.dir.path().display());
    git(elsewhere.path(), &["clone", "-q", &url, "other/place"]).expect(0);
    let place = elsewhere.path().join("other/place");
    let words = format!("umask 077; exec {} release", env!("CARGO_BIN_EXE_claimbook"));
    let run = Command::new("sh")
        .args(["-c", &words])
        .current_dir(&place)
        .env_clear()
        .env("HOME", &place)
        .env("TZ", "Pacific/Kiritimati")
        .env("LC_ALL", "ar_EG.UTF-8")
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .expect("it runs");
    assert!(run.status.success(), "{run:?}");
    assert!(files(&place.join("release")) == files(&ready.path("release")));
    // A clone with two commits only, those of the two releases.
    git(elsewhere.path(), &["clone", "-q", "--depth", "1", &url, "shallow"]).expect(0);
    let shallow = elsewhere.path().join("shallow");
    let release = ready.path("release");
    let verify = ["verify", "--rebuild", release.to_str().expect("UTF-8")];
    let run = claimbook(&shallow, &verify).expect(2);
    assert!(run.stderr.contains("shallow"), "{}", run.stderr);
    git(&shallow, &["fetch", "-q", "--depth", "1", "origin", "tag", "v1.0.0"]).expect(0);
    claimbook(&shallow, &verify).expect(0);
}

#[test]
fn the_change_set_gives_the_new_bundle() {
    let ready = Ready::released();
    let old = ready.path("old.json");
    fs::copy(ready.path(FOLDER).join("port-aldine.json"), &old).expect("a copy");
    ready.change();
    ready.run(&["release", "--changelog"]).expect(0);
    ready.repo.commit("Changes of 1.1.0", 1_741_824_000);
    ready.run(&["release"]).expect(0);
    let new = "release/port-aldine-1.1.0";
    ready.run(&["apply", &format!("{new}/changes.json"), "--to", "old.json"]).expect(0);
    assert_eq!(sum(&old), sum(&ready.path(new).join("port-aldine.json")));
}

/// What `verify` says of a release after a change, without the last line.
fn wrong(change: impl FnOnce(&Path), path: &str) -> Vec<String> {
    let ready = Ready::released();
    change(&ready.path("release"));
    let run = ready.verify(path).expect(1);
    let mut lines: Vec<String> = run.stdout.lines().map(str::to_owned).collect();
    lines.pop();
    lines
}

fn flip(path: &Path) {
    let mut bytes = fs::read(path).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).expect("written");
}

#[test]
fn whatever_is_wrong_is_told_with_its_file() {
    let folder = |root: &Path| root.join("port-aldine-1.0.0");
    let one = |lines: &[String], begin: &str| {
        assert!(lines.len() == 1 && lines[0].starts_with(begin), "{begin}: {lines:#?}");
    };
    let lines = wrong(|root| flip(&folder(root).join("report/README.md")), FOLDER);
    one(&lines, "report/README.md has the SHA-256 ");
    let lines =
        wrong(|root| flip(&folder(root).join("claims.csv")), &format!("{FOLDER}/claims.csv"));
    one(&lines, "claims.csv has the SHA-256 ");
    let lose = |root: &Path| fs::remove_file(folder(root).join("claims.jsonl")).expect("removed");
    one(&wrong(lose, FOLDER), "claims.jsonl is missing");
    let add = |root: &Path| fs::write(folder(root).join("more.csv"), "a\n").expect("written");
    one(&wrong(add, FOLDER), "more.csv is not a part of the release");
    let manifest = |root: &Path| {
        edit(
            &folder(root).join("manifest.json"),
            "\"version\": \"1.0.0\"",
            "\"version\": \"1.0.1\"",
        );
    };
    one(&wrong(manifest, FOLDER), "manifest.json has the SHA-256 ");
    for end in [".zip", ".tar.gz"] {
        let name = format!("port-aldine-1.0.0{end}");
        let lines = wrong(|root| flip(&root.join(&name)), &format!("release/{name}"));
        assert!(lines.iter().any(|line| line.starts_with(&name)), "{lines:#?}");
        let lines = wrong(|root| flip(&root.join(&name)), "release");
        one(&lines, &format!("{name} has the SHA-256 "));
    }
}

#[test]
fn a_row_more_is_found_though_its_sums_were_mended() {
    for (path, row, words) in [
        ("claims.csv", "x,y\n", "claims.csv holds 11 claims, and manifest.json says 10"),
        ("claims.jsonl", "{}\n", "claims.jsonl holds 11 claims, and manifest.json says 10"),
        ("relations.csv", "a\n", "relations.csv holds 3 relations, and manifest.json says 2"),
    ] {
        let lines = wrong(
            |root| {
                let folder = root.join("port-aldine-1.0.0");
                let (file, manifest) = (folder.join(path), folder.join("manifest.json"));
                let (old, size) = (sum(&file), fs::metadata(&file).expect("a file").len());
                let text = fs::read_to_string(&file).expect("a file") + row;
                fs::write(&file, &text).expect("written");
                edit(&manifest, &old, &sum(&file));
                edit(
                    &manifest,
                    &format!("\"bytes\": {size}"),
                    &format!("\"bytes\": {}", text.len()),
                );
                let sums = folder.join("SHA256SUMS");
                edit(&sums, &old, &sum(&file));
                let list = fs::read_to_string(&sums).expect("a list");
                let line =
                    list.lines().find(|line| line.ends_with("manifest.json")).expect("a line");
                edit(&sums, line, &format!("{}  manifest.json", sum(&manifest)));
            },
            FOLDER,
        );
        assert_eq!(lines, [words]);
    }
}

#[test]
fn what_another_commit_would_give_is_told() {
    let ready = Ready::released();
    let folder = ready.path(FOLDER);
    // As whoever makes a release by hand would have it: everything fits, and nothing is true.
    let manifest = folder.join("manifest.json");
    let old = sum(&manifest);
    edit(&manifest, "\"tool\": \"claimbook", "\"tool\": \"something");
    edit(&folder.join("SHA256SUMS"), &old, &sum(&manifest));
    ready.verify(FOLDER).expect(0);
    let run = ready.run(&["verify", "--rebuild", FOLDER]).expect(1);
    assert!(run.stdout.contains("manifest.json is not what its commit gives"), "{}", run.stdout);
}

#[test]
fn archives_of_strangers_stay_inside() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("odd.tar.gz");
    let gzip = flate2::write::GzEncoder::new(
        fs::File::create(&path).expect("a file"),
        flate2::Compression::fast(),
    );
    let mut tar = tar::Builder::new(gzip);
    let mut add = |name: &str, kind: tar::EntryType| {
        let mut header = tar::Header::new_ustar();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(0);
        header.set_entry_type(kind);
        header.set_cksum();
        tar.append(&header, std::io::empty()).expect("added");
    };
    add("../outside", tar::EntryType::Regular);
    add("/etc/absolute", tar::EntryType::Regular);
    add("x/link", tar::EntryType::Symlink);
    tar.into_inner().expect("a tar").finish().expect("written");
    let run = claimbook(dir.path(), &["verify", "odd.tar.gz"]).expect(1);
    for words in
        ["../outside is no path inside", "/etc/absolute is no path inside", "x/link is no file"]
    {
        assert!(run.stdout.contains(words), "{words}: {}", run.stdout);
    }
    assert_eq!(files(dir.path()).len(), 1);
}

#[test]
fn what_is_no_release_is_an_error_of_the_run() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("alone.csv"), "a\n").expect("written");
    for (path, words) in [
        (".", "is no release"),
        ("alone.csv", "names alone.csv"),
        ("gone.zip", "cannot read gone.zip"),
        ("gone.csv", "cannot read gone.csv"),
    ] {
        let run = claimbook(dir.path(), &["verify", path]).expect(2);
        assert!(run.stderr.contains(words), "{path}: {}", run.stderr);
    }
}

#[test]
fn published_folders_are_verified_by_their_checksums() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&common::sample(), dir.path());
    claimbook(dir.path(), &["publish"]).expect(0);
    let run = claimbook(dir.path(), &["verify", "dist"]).expect(0);
    assert!(run.stdout.starts_with("checksums: "), "{}", run.stdout);
    flip(&dir.path().join("dist/claims.csv"));
    let run = claimbook(dir.path(), &["verify", "dist"]).expect(1);
    assert!(run.stdout.starts_with("claims.csv has the SHA-256 "), "{}", run.stdout);
}

/// What a schema of the repository has against a value.
fn problems(schema: &str, value: &Value) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schema/{schema}.schema.json"));
    let text = fs::read_to_string(path).expect("a schema");
    let compiled = Schema::compile(schema, &text).expect("a schema");
    let text = value.to_string();
    let (json, _) = Json::parse(&text).expect("JSON");
    compiled.problems(&json).len()
}

#[test]
fn manifests_and_findings_fit_their_schemas() {
    let ready = Ready::released();
    let text = fs::read(ready.path(FOLDER).join("manifest.json")).expect("a manifest");
    let manifest: Value = serde_json::from_slice(&text).expect("JSON");
    let folder = ready.path(FOLDER);
    fs::remove_file(folder.join("claims.jsonl")).expect("removed");
    flip(&folder.join("claims.csv"));
    let told = ready.run(&["verify", FOLDER, "--format", "json"]).expect(1).stdout;
    let told: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(told["problems"].as_array().map(Vec::len), Some(2));
    for (schema, mut value) in [("manifest", manifest), ("verify", told)] {
        assert_eq!(problems(schema, &value), 0, "{schema}: {value:#}");
        value["surprise"] = json!(1);
        assert_eq!(problems(schema, &value), 1, "{schema} takes anything");
    }
}
