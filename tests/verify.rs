//! Verifying releases: what is wrong with a download is told, file by file, and strangers' archives stay
//! inside.

mod common;

use claimbook::{document::Json, schema::Schema};
use common::{
    claimbook, copy, edit, files,
    ready::{FOLDER, Ready, sum},
};
use serde_json::{Value, json};
use std::{fs, path::Path};

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

/// Lets the manifest and the checksums of a release say what a file has become, or that it is there.
fn admit(folder: &Path, path: &str) {
    let (file, at) = (folder.join(path), folder.join("manifest.json"));
    let mut manifest: Value =
        serde_json::from_slice(&fs::read(&at).expect("a manifest")).expect("JSON");
    let files = manifest["files"].as_array_mut().expect("files");
    files.retain(|of| of["path"] != path);
    let bytes = fs::metadata(&file).expect("a file").len();
    files.push(json!({"path": path, "bytes": bytes, "sha256": sum(&file), "media_type": "application/octet-stream"}));
    fs::write(&at, manifest.to_string()).expect("written");
    let sums = folder.join("SHA256SUMS");
    let list = fs::read_to_string(&sums).expect("a list");
    let others = list
        .lines()
        .filter(|line| !line.ends_with(&format!("  {path}")) && !line.ends_with("  manifest.json"));
    let mut lines: Vec<String> = others.map(str::to_owned).collect();
    for name in [path, "manifest.json"] {
        lines.push(format!("{}  {name}", sum(&folder.join(name))));
    }
    lines.sort_by_key(|line| line.split_once("  ").map(|(_, path)| path.to_owned()));
    fs::write(&sums, lines.join("\n") + "\n").expect("written");
}

#[test]
fn a_row_more_is_found_though_its_sums_were_mended() {
    for (path, row, words) in [
        ("claims.csv", "x,y\n", "claims.csv holds 11 claims, and manifest.json says 10"),
        ("claims.jsonl", "{}\n", "claims.jsonl holds 11 claims, and manifest.json says 10"),
        ("relations.csv", "a\n", "relations.csv holds 3 relations, and manifest.json says 2"),
    ] {
        let add = |root: &Path| {
            let folder = root.join("port-aldine-1.0.0");
            let text = fs::read_to_string(folder.join(path)).expect("a file") + row;
            fs::write(folder.join(path), text).expect("written");
            admit(&folder, path);
        };
        assert_eq!(wrong(add, FOLDER), [words]);
    }
}

#[test]
fn a_row_less_is_found_in_databases_too() {
    let databases = [
        (cfg!(feature = "sqlite"), "sqlite", "port-aldine.sqlite"),
        (cfg!(feature = "parquet"), "parquet", "claims.parquet"),
    ];
    for (_, format, path) in databases.into_iter().filter(|(built, ..)| *built) {
        let other = tempfile::tempdir().expect("a folder");
        copy(&common::sample(), other.path());
        fs::remove_file(other.path().join("dataset/claims/bridge-second-lane.json"))
            .expect("removed");
        claimbook(other.path(), &["publish", "--format", format]).expect(0);
        let replace = |root: &Path| {
            let folder = root.join("port-aldine-1.0.0");
            fs::copy(other.path().join("dist").join(path), folder.join(path)).expect("a copy");
            admit(&folder, path);
        };
        let lines = wrong(replace, FOLDER);
        let words = format!("{path} holds 9 claims, and manifest.json says 10");
        assert!(lines.contains(&words), "{lines:#?}");
    }
}

#[test]
fn what_was_not_counted_is_named() {
    let ready = Ready::released();
    let folder = ready.path(FOLDER);
    let run = ready.run(&["verify", FOLDER]).expect(0);
    assert_eq!(run.stderr, "");
    fs::write(folder.join("claims.parquet"), "no Parquet").expect("written");
    admit(&folder, "claims.parquet");
    let told = |run: &common::Run| -> Value { serde_json::from_str(&run.stdout).expect("JSON") };
    let json = ["verify", FOLDER, "--format", "json"];
    if cfg!(feature = "parquet") {
        let run = ready.run(&["verify", FOLDER]).expect(1);
        assert!(run.stdout.starts_with("claims.parquet cannot be counted: it is no Parquet file"));
        assert_eq!(told(&ready.run(&json).expect(1))["uncounted"], json!([]));
    } else {
        let run = ready.run(&["verify", FOLDER]).expect(0);
        assert!(run.stderr.contains("the records in claims.parquet\n"), "{}", run.stderr);
        assert!(run.stderr.contains("built with --features parquet"), "{}", run.stderr);
        assert_eq!(told(&ready.run(&json).expect(0))["uncounted"], json!(["claims.parquet"]));
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
    // A part of it, with one of the archives.
    let part = ready.path("part");
    fs::create_dir(&part).expect("a folder");
    let mut list = String::new();
    for path in ["port-aldine-1.0.0.zip", "port-aldine-1.0.0/manifest.json"] {
        let from = ready.path("release").join(path);
        let name = from.file_name().expect("a name").to_string_lossy().into_owned();
        fs::copy(&from, part.join(&name)).expect("a copy");
        list.push_str(&format!("{}  {name}\n", sum(&from)));
    }
    fs::write(part.join("SHA256SUMS"), list).expect("written");
    let here = ready.run(&["verify", "part", "--format", "json"]).expect(0).stdout;
    let here: Value = serde_json::from_str(&here).expect("JSON");
    assert_eq!((&here["part"]["files"], &here["part"]["archives"]), (&json!(0), &json!(1)));
    for (schema, mut value) in [("manifest", manifest), ("verify", told), ("verify", here)] {
        assert_eq!(problems(schema, &value), 0, "{schema}: {value:#}");
        value["surprise"] = json!(1);
        assert_eq!(problems(schema, &value), 1, "{schema} takes anything");
    }
}
