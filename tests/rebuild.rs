//! Building a release again with another claimbook than the one that made it: what to do is told, with
//! commands that work as they stand.

mod common;

use common::{
    Run, claimbook, edit, git,
    ready::{FOLDER, Ready, sum},
};
use std::{fs, path::Path, process::Command};

/// Lets the manifest of a release say something else, and the checksums agree.
fn say(ready: &Ready, old: &str, new: &str) {
    let manifest = ready.path(FOLDER).join("manifest.json");
    let before = sum(&manifest);
    edit(&manifest, old, new);
    edit(&ready.path(FOLDER).join("SHA256SUMS"), &before, &sum(&manifest));
}

/// The flag for what a release is built with that holds every format of this claimbook.
const FEATURES: &str = if cfg!(feature = "parquet") { " --features parquet" } else { "" };

fn this() -> String {
    format!("claimbook {}", env!("CARGO_PKG_VERSION"))
}

/// The sample, released as if by this claimbook.
fn by(tool: &str) -> Ready {
    let ready = Ready::released();
    say(&ready, &format!("\"tool\": \"{}\"", this()), &format!("\"tool\": \"{tool}\""));
    ready
}

/// The sample beside the source of a toolkit of this version, released as if by claimbook 0.1.0.
fn beside(version: &str) -> Ready {
    let ready = Ready::new();
    let cargo = format!("[package]\nname = \"claimbook\"\nversion = \"{version}\"\n");
    fs::write(ready.path("Cargo.toml"), cargo).expect("written");
    ready.repo.commit("The toolkit", 1_741_737_601);
    ready.run(&["release"]).expect(0);
    say(&ready, &format!("\"{}\"", this()), "\"claimbook 0.1.0\"");
    ready
}

fn rebuild(ready: &Ready) -> Run {
    ready.run(&["verify", "--rebuild", FOLDER])
}

#[test]
fn what_differs_by_another_claimbook_is_followed_by_what_to_do() {
    let run = rebuild(&by("claimbook 0.1.0")).expect(1);
    assert!(run.stdout.contains("manifest.json is not what its commit gives"), "{}", run.stdout);
    let (counted, rest) = run.stderr.split_once('\n').expect("a line");
    let told: Vec<usize> = counted.split(' ').filter_map(|word| word.parse().ok()).collect();
    // The manifest and its sum.
    assert!(told.len() == 2 && told[0] > 0 && told[1] == told[0] + 2, "{counted}");
    assert!(counted.ends_with("files are the same, built again"), "{counted}");
    let expected = format!(
        "hint: it was made by claimbook 0.1.0, and this is {}: build it with claimbook 0.1.0:\n  \
         cargo install --locked{FEATURES} --root ../claimbook-0.1.0 --version 0.1.0 claimbook\n  \
         ../claimbook-0.1.0/bin/claimbook verify --rebuild {FOLDER}\n",
        this()
    );
    assert_eq!(rest, expected);
}

#[test]
fn what_cannot_be_built_by_this_claimbook_is_followed_by_what_to_do() {
    let ready = by("claimbook 9.0.0");
    say(&ready, "\"formats\": [", "\"formats\": [\n    \"holograms\",\n    \"parquet\",");
    let run = rebuild(&ready).expect(2);
    let expected = format!(
        "error: this claimbook knows no format `holograms`\n\
         hint: it was made by claimbook 9.0.0, and this is {}: build it with claimbook 9.0.0:\n  \
         cargo install --locked --features parquet --root ../claimbook-9.0.0 --version 9.0.0 claimbook\n  \
         ../claimbook-9.0.0/bin/claimbook verify --rebuild {FOLDER}\n",
        this()
    );
    assert_eq!(run.stderr, expected);
    // From a folder further in.
    let run = claimbook(&ready.path("dataset"), &["verify", "--rebuild", &format!("../{FOLDER}")]);
    let run = run.expect(2);
    let command = format!("\n  ../../claimbook-9.0.0/bin/claimbook verify --rebuild ../{FOLDER}\n");
    assert!(run.stderr.contains(&command), "{}", run.stderr);
}

#[test]
fn a_commit_with_the_source_of_its_claimbook_is_built_from_there() {
    let ready = beside("0.1.0");
    let commit = git(ready.dir.path(), &["rev-parse", "HEAD"]).expect(0).stdout;
    let (commit, short) = (commit.trim(), &commit[..12]);
    let run = rebuild(&ready).expect(1);
    let expected = format!(
        ": build it with claimbook 0.1.0, whose source is in its commit:\n  \
         git worktree add ../claimbook-{short} {commit}\n  \
         cargo run --release --locked{FEATURES} --manifest-path ../claimbook-{short}/Cargo.toml -- \
         verify --rebuild {FOLDER}\n"
    );
    assert!(run.stderr.ends_with(&expected), "{}", run.stderr);
    // From elsewhere, in a place that a shell reads otherwise: the commands work as they stand.
    let outside = tempfile::tempdir().expect("a folder");
    let clone = outside.path().join("it's here");
    git(outside.path(), &["clone", "-q", &ready.dir.path().to_string_lossy(), "it's here"])
        .expect(0);
    common::copy(&ready.path("release"), &clone.join("release"));
    let path = format!("it's here/{FOLDER}");
    let run = claimbook(outside.path(), &["verify", "--rebuild", &path, "--root", "it's here"]);
    let run = run.expect(1);
    let commands: Vec<&str> = run.stderr.lines().filter_map(|l| l.strip_prefix("  ")).collect();
    let [add, build] = commands[..] else { panic!("{}", run.stderr) };
    let rest = format!("-- verify --rebuild 'it'\\''s here/{FOLDER}' --root 'it'\\''s here'");
    assert!(build.ends_with(&rest), "{build}");
    if cfg!(unix) {
        // With `echo` in the place of what builds.
        let script = format!("{add} && {}", build.replacen("cargo run", "echo", 1));
        let mut bash = Command::new("bash");
        let done = bash.args(["-e", "-c", &script]).current_dir(outside.path()).output();
        let done = done.expect("it runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let there = outside.path().join(format!("claimbook-{short}/Cargo.toml"));
        let read = |path: &Path| fs::read_to_string(path).expect("a file");
        assert_eq!(read(&there), read(&ready.path("Cargo.toml")));
        let said = String::from_utf8_lossy(&done.stdout);
        let words = format!("--manifest-path it's here/../claimbook-{short}/Cargo.toml -- verify");
        assert!(said.contains(&words), "{said}");
    }
}

#[test]
fn the_source_of_another_version_is_not_taken_for_it() {
    let ready = beside("0.3.0");
    let run = rebuild(&ready).expect(1);
    assert!(run.stderr.contains("cargo install ") && !run.stderr.contains("git worktree"));
}

#[test]
fn nobody_is_told_commands_that_a_stranger_wrote() {
    for (tool, shown) in [
        ("something 0.1.0", "something 0.1.0"),
        ("claimbook 0.1.0; rm -rf .", "claimbook 0.1.0; rm -rf ."),
        ("claimbook \\u001b[2K", "claimbook <U+001B>[2K"),
    ] {
        let run = rebuild(&by(tool)).expect(1);
        let expected = format!("hint: it was made by {shown}, and this is {}\n", this());
        assert!(run.stderr.ends_with(&expected), "{}", run.stderr);
    }
}

#[test]
fn what_this_claimbook_made_is_told_as_it_is() {
    let ready = Ready::released();
    say(&ready, "\"version\": \"1.0.0\"", "\"version\": \"1.0.0\",\n  \"x\": 1");
    let run = rebuild(&ready).expect(1);
    assert_eq!(run.stderr, "");
    // A commit that is not there is not for want of another claimbook.
    let ready = by("claimbook 0.1.0");
    let commit = git(ready.dir.path(), &["rev-parse", "HEAD"]).expect(0).stdout;
    say(&ready, commit.trim(), &"0".repeat(40));
    let run = rebuild(&ready).expect(2);
    assert!(!run.stderr.contains("it was made by"), "{}", run.stderr);
}

#[test]
fn what_this_version_released_it_can_still_publish() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // In an archive of the source, in a clone without tags, and where git does not trust the folder,
    // there is nothing to look at.
    let tags = git(root, &["tag", "--list", "data-v*"]);
    if tags.code != 0 || !root.join(".git").exists() {
        return;
    }
    let version = format!("version = \"{}\"\n", env!("CARGO_PKG_VERSION"));
    let out = tempfile::tempdir().expect("a folder");
    for tag in tags.stdout.lines() {
        let cargo = git(root, &["show", &format!("{tag}:Cargo.toml")]).stdout;
        if cargo.contains(&version) {
            let out = out.path().join(tag);
            let args = ["publish", "--format", "markdown", "--at", tag, "--out"];
            claimbook(root, &[&args[..], &[&out.to_string_lossy()]].concat()).expect(0);
        }
    }
}
