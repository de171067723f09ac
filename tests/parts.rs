//! Verifying part of a release: its files as they are offered one by one, and what a list of checksums
//! names.
#![cfg(unix)]

mod common;

use common::{
    Run, claimbook, copy, edit, files, git,
    ready::{FOLDER, Ready, sum},
};
use serde_json::{Value, json};
use std::{fs, path::Path, process::Command};

/// The commands of the workflow that gathers what readers fetch one by one.
fn gather() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows/release.yml");
    let text = fs::read_to_string(path).expect("a workflow");
    let (_, step) = text.split_once("- name: Gather what readers").expect("a step");
    let (_, step) = step.split_once("run: |\n").expect("its commands");
    let lines = step.lines().take_while(|line| line.starts_with("          "));
    lines.map(|line| format!("{}\n", line.trim_start())).collect()
}

/// A release, and its files as they are offered one by one in the folder `assets`.
fn offered() -> Ready {
    let ready = Ready::released();
    let mut bash = Command::new("bash");
    let done = bash.args(["-e", "-c", &gather()]).current_dir(ready.dir.path()).status();
    assert!(done.expect("it runs").success());
    ready
}

fn flip(path: &Path) {
    let mut bytes = fs::read(path).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).expect("written");
}

/// The lines of a run before the last one.
fn problems(run: &Run) -> Vec<&str> {
    let mut lines: Vec<&str> = run.stdout.lines().collect();
    lines.pop();
    lines
}

#[test]
fn files_offered_one_by_one_are_verified_with_their_archives() {
    let ready = offered();
    let there = files(&ready.path("assets"));
    let text = fs::read(ready.path("assets/manifest.json")).expect("a manifest");
    let manifest: Value = serde_json::from_slice(&text).expect("JSON");
    let named = manifest["files"].as_array().expect("files");
    let here = named.iter().filter(|of| there.contains_key(of["path"].as_str().expect("a path")));
    let (here, of) = (here.count(), named.len());
    assert!(0 < here && here < of, "{here} of {of}");
    let told = format!(
        "port-aldine 1.0.0 of 2025-03-12: {} files, nothing is wrong; {here} of {of} files of the \
         release are here, and both archives\n",
        there.len()
    );
    for args in [&["verify", "assets"][..], &["verify", "assets/SHA256SUMS"]] {
        assert_eq!(ready.run(args).expect(0).stdout, told);
    }
    ready.run(&["verify", "--rebuild", "assets"]).expect(0);
    let json: Value = serde_json::from_str(
        &ready.run(&["verify", "assets", "--format", "json"]).expect(0).stdout,
    )
    .expect("JSON");
    assert_eq!(json["part"], json!({"files": here, "of": of, "archives": 2}));
    // With an archive unpacked beside it, all of it is here.
    copy(&ready.path(FOLDER), &ready.path("assets/port-aldine-1.0.0"));
    let told = ready.verify("assets").expect(0).stdout;
    assert!(
        told.ends_with(&format!(
            "; {of} of {of} files of the release are here, and both archives\n"
        )),
        "{told}"
    );
    ready.run(&["verify", "--rebuild", "assets"]).expect(0);
    flip(&ready.path("assets/port-aldine-1.0.0/report/README.md"));
    let run = ready.verify("assets").expect(1);
    let lines = problems(&run);
    assert!(lines.len() == 1, "{lines:#?}");
    assert!(lines[0].starts_with("port-aldine-1.0.0/report/README.md has the SHA-256 "));
}

/// What `verify` says of files offered one by one after a change, without the last line.
fn wrong(change: impl FnOnce(&Path)) -> Vec<String> {
    let ready = offered();
    change(&ready.path("assets"));
    let run = ready.verify("assets").expect(1);
    problems(&run).into_iter().map(str::to_owned).collect()
}

/// Lets the list of checksums say what a file has become.
fn admit(root: &Path, name: &str, old: &str) {
    edit(&root.join("SHA256SUMS"), old, &sum(&root.join(name)));
}

#[test]
fn whatever_is_wrong_with_them_is_told() {
    let tell = |lines: Vec<String>, begin: &[&str]| {
        let as_expected = lines.len() == begin.len()
            && lines.iter().zip(begin).all(|(line, begin)| line.starts_with(begin));
        assert!(as_expected, "{begin:?}: {lines:#?}");
    };
    tell(wrong(|root| flip(&root.join("claims.csv"))), &["claims.csv has the SHA-256 "]);
    tell(
        wrong(|root| {
            fs::rename(root.join("claims.csv"), root.join("more.csv")).expect("renamed");
        }),
        &["claims.csv is missing", "more.csv is not in SHA256SUMS"],
    );
    tell(
        wrong(|root| fs::write(root.join("more.csv"), "a\n").expect("written")),
        &["more.csv is not in SHA256SUMS"],
    );
    tell(
        wrong(|root| fs::remove_file(root.join("manifest.json")).expect("removed")),
        &["manifest.json is missing"],
    );
    // Though the list says what it has become.
    let row = |root: &Path| {
        let path = root.join("claims.csv");
        let (old, text) = (sum(&path), fs::read_to_string(&path).expect("a table"));
        fs::write(&path, text + "x,y\n").expect("written");
        admit(root, "claims.csv", &old);
    };
    tell(wrong(row), &["claims.csv has ", "claims.csv holds 11 claims"]);
    for end in ["zip", "tar.gz"] {
        let name = format!("port-aldine-1.0.0.{end}");
        let archive = |root: &Path| root.join(&name);
        let begin = format!("{name} has the SHA-256 ");
        tell(wrong(|root| flip(&archive(root))), &[&begin]);
        let lines = wrong(|root| {
            let old = sum(&archive(root));
            flip(&archive(root));
            admit(root, &name, &old);
        });
        assert!(lines.iter().any(|line| line.starts_with(&name)), "{lines:#?}");
        tell(
            wrong(|root| {
                let old = sum(&archive(root));
                fs::write(archive(root), other_release(&name)).expect("written");
                admit(root, &name, &old);
            }),
            &[&format!("{name} is of another release than manifest.json")],
        );
    }
    // A list with a broken line tells still that this is no whole release.
    let lines = wrong(|root| edit(&root.join("SHA256SUMS"), "  claims.csv", " claims.csv"));
    tell(lines, &["SHA256SUMS cannot be read: line "]);
}

/// An archive of a release with the same name and version, of another commit.
fn other_release(name: &str) -> Vec<u8> {
    let ready = Ready::new();
    git(ready.dir.path(), &["commit", "-q", "--allow-empty", "-m", "Another"]).expect(0);
    ready.run(&["release"]).expect(0);
    fs::read(ready.path("release").join(name)).expect("an archive")
}

#[test]
fn a_whole_release_without_a_file_is_told_as_incomplete() {
    let ready = offered();
    fs::remove_dir_all(ready.path(FOLDER).join("report")).expect("removed");
    for path in [FOLDER, "release"] {
        let run = ready.verify(path).expect(1);
        assert!(run.stdout.contains("report/README.md is missing\n"), "{}", run.stdout);
        assert!(!run.stdout.contains(" are here"), "{}", run.stdout);
    }
}

#[test]
fn a_list_of_checksums_stands_for_what_it_names() {
    let ready = offered();
    ready.run(&["publish"]).expect(0);
    for list in ["release", FOLDER, "assets", "dist"] {
        let told = ready.verify(list).expect(0).stdout;
        // What it does not name is none of its business.
        fs::write(ready.path(list).join("other.txt"), "other\n").expect("written");
        assert_eq!(ready.verify(&format!("{list}/SHA256SUMS")).expect(0).stdout, told);
        assert_eq!(claimbook(&ready.path(list), &["verify", "SHA256SUMS"]).expect(0).stdout, told);
    }
    let dist = ready.path("dist");
    flip(&dist.join("claims.csv"));
    fs::remove_file(dist.join("sources.csv")).expect("removed");
    std::os::unix::fs::symlink("other.txt", dist.join("link")).expect("linked");
    fs::remove_dir_all(dist.join("report")).expect("removed");
    std::os::unix::fs::symlink(ready.path(FOLDER).join("report"), dist.join("report"))
        .expect("linked");
    let run = ready.verify("dist/SHA256SUMS").expect(1);
    let lines = problems(&run);
    for line in ["sources.csv is missing", "report/README.md is no file"] {
        assert!(lines.contains(&line), "{line}: {lines:#?}");
    }
    assert!(lines.iter().any(|line| line.starts_with("claims.csv has the SHA-256 ")));
    assert!(!run.stdout.contains("other.txt") && !run.stdout.contains("link "), "{lines:#?}");
    fs::write(dist.join("SHA256SUMS"), "nothing\n").expect("written");
    let run = ready.verify("dist/SHA256SUMS").expect(1);
    assert_eq!(problems(&run), ["SHA256SUMS cannot be read: line 1 is no checksum and path"]);
}

#[test]
fn a_list_that_another_names_is_held_against_it() {
    let ready = Ready::released();
    let list = ready.path(FOLDER).join("SHA256SUMS");
    let kept: String = fs::read_to_string(&list)
        .expect("a list")
        .lines()
        .skip(1)
        .map(|l| format!("{l}\n"))
        .collect();
    fs::write(&list, kept).expect("written");
    let run = ready.verify(&format!("{FOLDER}/SHA256SUMS")).expect(1);
    assert!(run.stdout.contains("SHA256SUMS has the SHA-256 "), "{}", run.stdout);
}

#[test]
fn archives_that_are_no_releases_are_held_against_their_list() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&common::sample(), &dir.path().join("sample"));
    let tar = Command::new("tar")
        .args(["-czf", "some.tar.gz", "sample"])
        .current_dir(dir.path())
        .status();
    assert!(tar.expect("it runs").success());
    let path = dir.path().join("some.tar.gz");
    fs::write(dir.path().join("SHA256SUMS"), format!("{}  some.tar.gz\n", sum(&path)))
        .expect("written");
    let run = claimbook(dir.path(), &["verify", "SHA256SUMS"]).expect(0);
    assert_eq!(run.stdout, "checksums: 2 files, nothing is wrong\n");
    flip(&path);
    let run = claimbook(dir.path(), &["verify", "SHA256SUMS"]).expect(1);
    assert!(run.stdout.starts_with("some.tar.gz has the SHA-256 "), "{}", run.stdout);
}
