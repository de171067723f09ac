//! Starting a dataset.

mod common;

use common::{claimbook, copy, git, git_on, sample};
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
    assert!(run.stdout.contains("cd tide-tables\n"), "{}", run.stdout);
    let spaced = claimbook(dir.path(), &["init", "Tide tables", "--no-git"]).expect(0);
    assert!(spaced.stdout.contains("cd \"Tide tables\"\n"), "{}", spaced.stdout);
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

/// The names below a key of a file in YAML, of the lines that begin so.
fn names<'t>(text: &'t str, key: &str, indent: &str) -> BTreeSet<&'t str> {
    let below = text.split_once(&format!("\n{key}:\n")).map_or("", |(_, rest)| rest);
    let lines = below.lines().take_while(|line| line.starts_with(indent) || line.is_empty());
    let names = lines.filter_map(|line| line.strip_prefix(indent)?.split_once(':'));
    names.map(|(name, _)| name).filter(|name| !name.starts_with(' ')).collect()
}

/// The workflows of a new dataset and of this repository.
const WORKFLOWS: [&str; 3] = ["claims-comment.yml", "claims.yml", "weekly.yml"];

fn workflow(root: &Path, name: &str) -> String {
    read(&root.join(".github/workflows").join(name))
}

fn own() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn its_workflows_use_the_action_that_is_named() {
    let dir = folder();
    let commit = "0a1b2c3d".repeat(5);
    let uses = format!("someone/claimbook@{commit}");
    claimbook(dir.path(), &["init", "with", "--action", &uses]).expect(0);
    // Without one they build the program, and run it as the action does.
    claimbook(dir.path(), &["init", "without"]).expect(0);
    let action = read(&own().join("action.yml"));
    let (inputs, outputs) = (names(&action, "inputs", "  "), names(&action, "outputs", "  "));
    for (name, id, runs) in [
        ("claims-comment.yml", "program", "PROGRAM: claimbook\n"),
        ("claims.yml", "claims", "run: claimbook ci --out \"$OUT\"\n"),
        ("weekly.yml", "stale", "run: claimbook ci --stale --out \"$OUT\" || test $? -eq 1\n"),
    ] {
        let with = workflow(&dir.path().join("with"), name);
        let step = format!("id: {id}\n        uses: {uses} # v{}\n", env!("CARGO_PKG_VERSION"));
        assert!(with.contains(&step) && !with.contains("cargo"), "{with}");
        // What it gives to the action and takes from it is there.
        let (_, below) = with.split_once(&step).expect("the step");
        let below = format!("\n{below}");
        let given = names(&below, "        with", "          ");
        assert!(given.contains("version") && given.is_subset(&inputs), "{given:?} {inputs:?}");
        let outputs_of = format!("steps.{id}.outputs.");
        let taken = with.split(&outputs_of).skip(1);
        let taken: BTreeSet<&str> = taken.filter_map(|rest| rest.split(' ').next()).collect();
        assert!(!taken.is_empty() && taken.is_subset(&outputs), "{taken:?} {outputs:?}");
        let without = workflow(&dir.path().join("without"), name);
        assert!(without.contains("cargo install claimbook --locked"), "{without}");
        assert!(without.contains(runs), "{without}");
    }
    for other in ["someone/claimbook@v1", "claimbook", &format!("a b/c@{commit}"), "a/b/c@x"] {
        let run = claimbook(dir.path(), &["init", "other", "--action", other]).expect(2);
        assert!(run.stderr.contains("a commit in full"), "{other}: {}", run.stderr);
    }
}

/// A text without the part from one line to another, of which the second stays.
#[track_caller]
fn without(text: &str, from: &str, to: Option<&str>) -> String {
    let (before, rest) = text.split_once(from).expect(from);
    let after = to.map_or("", |to| &rest[rest.find(to).expect(to)..]);
    format!("{before}{after}")
}

#[test]
fn its_workflows_are_those_of_this_repository() {
    let dir = folder();
    let uses = format!("someone/claimbook@{}", "0a1b2c3d".repeat(5));
    claimbook(dir.path(), &["init", "new", "--action", &uses]).expect(0);
    let new = dir.path().join("new");
    let version = env!("CARGO_PKG_VERSION");
    let theirs =
        format!("uses: {uses} # v{version}\n        with:\n          version: {version}\n");
    let ours = "uses: ./ # zizmor: ignore[self-repository] as it was checked out\n        with:\n";
    for name in WORKFLOWS {
        let (mut here, mut there) = (workflow(own(), name), workflow(&new, name));
        if name == "claims.yml" {
            // This repository builds the program, and uploads what was found.
            here = without(&here, "      - uses: actions/cache@", Some("      - name: Check,"));
            here = without(&here, "\n  scanning:\n", None);
            there = without(&there, "      - name: It can be published\n", None);
            there = there.replace("        id: claims\n", "");
        }
        assert_eq!(there.replace(&theirs, ours), here, "{name}");
    }
    for script in ["post-claims", "update-due-issue"] {
        let path = format!(".github/{script}");
        assert_eq!(read(&new.join(&path)), read(&own().join(&path)));
        let calls = format!("run: bash {path}\n");
        assert!(WORKFLOWS.iter().any(|name| workflow(&new, name).contains(&calls)), "{script}");
    }
    // The one that builds pins what it uses as this repository does.
    claimbook(dir.path(), &["init", "built"]).expect(0);
    let pinned = |root: &Path| -> BTreeSet<String> {
        let texts = WORKFLOWS.map(|name| workflow(root, name)).concat();
        texts.lines().filter_map(|line| Some(line.split_once("uses: ")?.1.to_owned())).collect()
    };
    let (built, ours) = (pinned(&dir.path().join("built")), pinned(own()));
    assert!(built.is_subset(&ours), "{built:?} {ours:?}");
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
fn workflows_come_to_a_dataset_that_is_there() {
    let dir = folder();
    let uses = format!("someone/claimbook@{}", "0a1b2c3d".repeat(5));
    claimbook(dir.path(), &["init", "new", "--action", &uses]).expect(0);
    let new = dir.path().join("new");
    let all = common::files(&new.join(".github"));
    let lost =
        ["post-claims", "update-due-issue", "workflows/claims-comment.yml", "workflows/weekly.yml"];
    for name in lost {
        fs::remove_file(new.join(".github").join(name)).expect("removed");
    }
    fs::write(new.join(".github/workflows/claims.yml"), "name: Mine\n").expect("written");
    let args = ["init", "--workflows", "--action", &uses];
    let said = claimbook(&new, &args).expect(0).stdout;
    assert_eq!(said, "4 files in .github/: they run once the main branch has them\n");
    let mut now = common::files(&new.join(".github"));
    let mine = now.insert("workflows/claims.yml".to_owned(), all["workflows/claims.yml"].clone());
    assert_eq!(mine.as_deref(), Some(&b"name: Mine\n"[..]));
    assert_eq!(now, all);
    assert!(claimbook(&new, &args).expect(0).stdout.starts_with("0 files"));
    let run = claimbook(dir.path(), &["init", "--workflows"]).expect(2);
    assert!(run.stderr.contains("no dataset/dataset.json"), "{}", run.stderr);
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
    // A folder that is not there is not taken for the one around it.
    let before = files(dir.path());
    let run = claimbook(dir.path(), &["init", "--templates", "misspelt"]).expect(2);
    assert!(run.stderr.contains("there is no dataset/dataset.json in misspelt"), "{}", run.stderr);
    assert_eq!(files(dir.path()), before);
}
