//! The same change in repositories of every shape: `diff`, `log`, `blame` and `check --base` all tell
//! it, or say what is missing and how to get it.

mod common;

use common::{Run, claimbook, clone::Clone, git, life};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

const CLAIM: &str = "dataset/claims/bridge-cost.json";
const OTHER: &str = "dataset/claims/bridge-named.json";
const FIELD: &str = "citations/council-budget-2023";

/// What was done to the claim in every repository, and the name of the commit that did it.
fn change(clone: &mut Clone) {
    clone.edit(CLAIM, "page 12", "page 13");
}

const SUBJECT: &str = "page 12 to page 13";

/// A repository in some shape: `base` is before the change, HEAD after it.
struct Shape {
    name: &'static str,
    /// Makes it, and gives the folder to run in.
    make: fn(&mut Clone) -> PathBuf,
    /// What `check` finds that the change brought in.
    found: &'static [&'static str],
}

fn here(clone: &Clone) -> PathBuf {
    clone.path().to_owned()
}

/// A branch `topic` with the change; `main` has another one meanwhile.
fn parted(clone: &mut Clone) {
    clone.branch("topic");
    change(clone);
    clone.switch("main");
    clone.edit(OTHER, "2025-03-10", "2025-03-11");
}

const SHAPES: &[Shape] = &[
    Shape {
        name: "one commit after another",
        make: |clone| {
            change(clone);
            here(clone)
        },
        found: &[],
    },
    Shape {
        name: "a merge",
        make: |clone| {
            parted(clone);
            clone.git(&["merge", "--quiet", "--no-edit", "topic"]).expect(0);
            here(clone)
        },
        found: &[],
    },
    Shape {
        name: "an octopus",
        make: |clone| {
            parted(clone);
            clone.branch("third");
            clone.edit("dataset/claims/bridge-opened.json", "2025-03-10", "2025-03-12");
            clone.switch("main");
            clone.edit("dataset/claims/bridge-decided.json", "2025-03-10", "2025-03-12");
            clone.git(&["merge", "--quiet", "--no-edit", "topic", "third"]).expect(0);
            let parents = git(clone.path(), &["log", "-1", "--format=%P"]).stdout;
            assert_eq!(parents.split_whitespace().count(), 3, "{parents}");
            here(clone)
        },
        found: &[],
    },
    Shape {
        name: "a folder that the file moved to, and one it was renamed in",
        make: |clone| {
            change(clone);
            fs::create_dir_all(clone.file("dataset/claims/money/2023")).expect("a folder");
            let moved = "dataset/claims/money/2023/bridge-cost.json";
            git(clone.path(), &["mv", CLAIM, moved]).expect(0);
            clone.commit("Moved");
            git(clone.path(), &["mv", "dataset/claims/money", "dataset/claims/sums"]).expect(0);
            clone.commit("Renamed");
            here(clone)
        },
        found: &[],
    },
    Shape {
        name: "a submodule",
        make: |clone| {
            change(clone);
            let other = clone.file("../other");
            fs::create_dir_all(&other).expect("a folder");
            git(&other, &["init", "--quiet", "--initial-branch=main"]).expect(0);
            git(&other, &["commit", "--quiet", "--allow-empty", "--message=Empty"]).expect(0);
            let from = other.to_str().expect("UTF-8").to_owned();
            let allow = "protocol.file.allow=always";
            let add = ["-c", allow, "submodule", "--quiet", "add", &from, "dataset/claims/other"];
            git(clone.path(), &add).expect(0);
            clone.commit("A submodule");
            here(clone)
        },
        found: &["unknown-file dataset/claims/other"],
    },
    #[cfg(unix)]
    Shape {
        name: "a symbolic link",
        make: |clone| {
            change(clone);
            let link = clone.file("dataset/claims/link.json");
            std::os::unix::fs::symlink("bridge-cost.json", link).expect("a link");
            clone.commit("A link");
            here(clone)
        },
        found: &["unknown-file dataset/claims/link.json"],
    },
    Shape {
        name: "a file that was deleted and came back",
        make: |clone| {
            let kept = clone.text(CLAIM);
            fs::remove_file(clone.file(CLAIM)).expect("removed");
            clone.commit("Gone");
            fs::write(clone.file(CLAIM), kept.replace("page 12", "page 13")).expect("written");
            clone.commit(SUBJECT);
            here(clone)
        },
        found: &[],
    },
    Shape {
        name: "lines that end in CRLF",
        make: |clone| {
            change(clone);
            let windows = clone.text(CLAIM).replace('\n', "\r\n");
            fs::write(clone.file(CLAIM), windows).expect("written");
            clone.commit("Windows");
            here(clone)
        },
        found: &["not-canonical bridge-cost"],
    },
    Shape {
        name: "lines that git turns around",
        make: |clone| {
            fs::write(clone.file(".gitattributes"), "*.json text eol=crlf\n").expect("written");
            clone.commit("Attributes");
            change(clone);
            fs::remove_file(clone.file(CLAIM)).expect("removed");
            git(clone.path(), &["checkout", "--quiet", "--", "."]).expect(0);
            assert!(clone.text(CLAIM).contains("\r\n"));
            here(clone)
        },
        found: &[],
    },
    Shape {
        name: "a linked work tree",
        make: |clone| {
            change(clone);
            let tree = clone.file("../tree");
            let path = tree.to_str().expect("UTF-8");
            git(clone.path(), &["worktree", "add", "--quiet", path]).expect(0);
            tree
        },
        found: &[],
    },
    Shape {
        name: "a bare clone",
        make: |clone| {
            change(clone);
            let bare = clone.file("../bare");
            let path = bare.to_str().expect("UTF-8");
            git(clone.path(), &["clone", "--quiet", "--bare", ".", path]).expect(0);
            bare
        },
        found: &[],
    },
    Shape {
        name: "a shallow clone that goes back far enough",
        make: |clone| {
            change(clone);
            clone.edit(OTHER, "2025-03-10", "2025-03-11");
            git(clone.path(), &["tag", "v1.0.0", "base"]).expect(0);
            shallow(clone, "3")
        },
        found: &[],
    },
    Shape {
        name: "a detached HEAD",
        make: |clone| {
            change(clone);
            git(clone.path(), &["switch", "--quiet", "--detach"]).expect(0);
            here(clone)
        },
        found: &[],
    },
    Shape {
        name: "packed objects and references",
        make: |clone| {
            change(clone);
            git(clone.path(), &["gc", "--quiet", "--prune=now"]).expect(0);
            here(clone)
        },
        found: &[],
    },
];

/// A clone of so many commits, with tags.
fn shallow(clone: &Clone, depth: &str) -> PathBuf {
    let folder = clone.file("../shallow");
    let (url, depth) = (format!("file://{}", clone.path().display()), format!("--depth={depth}"));
    let path = folder.to_str().expect("UTF-8");
    git(clone.path(), &["clone", "--quiet", &depth, &url, path]).expect(0);
    git(&folder, &["fetch", "--quiet", "--tags", &depth]).expect(0);
    folder
}

fn json(run: Run) -> Value {
    assert!(run.code < 2, "{}", run.stderr);
    serde_json::from_str(&run.stdout).expect("JSON")
}

/// What the change did to the claim, by `diff` of two revisions.
fn diff(folder: &Path) -> Vec<String> {
    let args = ["diff", "base", "HEAD", "--only", "claim:bridge-cost", "--format", "json"];
    let word = |change: &Value, key: &str| change[key].as_str().unwrap_or("-").to_owned();
    let told = |change: &Value| format!("{} {}", word(change, "verb"), word(change, "field"));
    let diff = json(claimbook(folder, &args));
    diff["changes"].as_array().expect("changes").iter().map(told).collect()
}

/// What `check` finds that is new since then, more than notes: rule, and record or path.
fn found(folder: &Path) -> Vec<String> {
    let args = ["check", "--at", "HEAD", "--base", "base", "--format", "json"];
    let report = json(claimbook(folder, &args));
    let of = |finding: &Value| {
        let id = finding["id"].as_str().or(finding["path"].as_str()).unwrap_or_default();
        format!("{} {id}", finding["rule"].as_str().expect("a rule"))
    };
    let findings = report["findings"].as_array().expect("findings").iter();
    let new = findings.filter(|f| f["new"] != false && f["severity"] != "note");
    new.map(of).collect()
}

#[test]
fn every_command_tells_the_change_in_every_shape() {
    for shape in SHAPES {
        let mut clone = Clone::below("clone");
        git(clone.path(), &["tag", "base"]).expect(0);
        let folder = (shape.make)(&mut clone);
        let locator = format!("citation-changed {FIELD}/locator");
        assert_eq!(diff(&folder), [locator.as_str()], "{}", shape.name);
        let log = life::log(&folder, "bridge-cost", &[]);
        let first = log[0].strip_prefix(SUBJECT);
        let come_back = shape.name.contains("came back");
        let told = if come_back { ": added -".to_owned() } else { format!(": {locator}") };
        assert_eq!(first, Some(told.as_str()), "{}: {log:?}", shape.name);
        assert_eq!(life::blame(&folder, FIELD, &[]), SUBJECT, "{}", shape.name);
        assert_eq!(found(&folder), shape.found, "{}", shape.name);
    }
}

/// The commands, each comparing with or going back to `base`.
const COMMANDS: &[&[&str]] = &[
    &["diff", "base", "HEAD"],
    &["check", "--at", "HEAD", "--base", "base"],
    &["log", "bridge-cost", "--at", "base"],
    &["blame", "bridge-cost", "--at", "base"],
    &["show", "bridge-cost", "--at", "base"],
    &["list", "--at", "base"],
];

/// Runs every command where something is missing: they say so, and what to do.
fn refused(folder: &Path, words: &[&str]) {
    for args in COMMANDS {
        let run = claimbook(folder, args).expect(2);
        assert!(run.stdout.is_empty(), "{args:?}: {}", run.stdout);
        for words in words {
            assert!(run.stderr.contains(words), "{args:?}: {}", run.stderr);
        }
    }
}

#[test]
fn a_base_that_does_not_exist_is_named() {
    let mut clone = Clone::below("clone");
    change(&mut clone);
    refused(clone.path(), &["no revision `base` in this repository"]);
    git(clone.path(), &["tag", "bass"]).expect(0);
    refused(clone.path(), &["did you mean `bass`?"]);
}

#[test]
fn a_shallow_clone_says_how_to_get_the_rest() {
    let mut clone = Clone::below("clone");
    change(&mut clone);
    clone.edit(OTHER, "2025-03-10", "2025-03-11");
    let folder = shallow(&clone, "1");
    refused(&folder, &["no revision `base`", "git fetch --unshallow --tags", "fetch-depth: 0"]);
}

#[test]
fn a_partial_clone_says_what_it_lacks() {
    let mut clone = Clone::below("clone");
    git(clone.path(), &["tag", "base"]).expect(0);
    change(&mut clone);
    git(clone.path(), &["config", "uploadpack.allowFilter", "true"]).expect(0);
    let partial = clone.file("../partial");
    let (url, path) = (format!("file://{}", clone.path().display()), partial.to_str());
    let path = path.expect("UTF-8");
    git(clone.path(), &["clone", "--quiet", "--bare", "--filter=blob:none", &url, path]).expect(0);
    refused(&partial, &["git has no content for dataset/", "git fetch --refetch --no-filter"]);
}
