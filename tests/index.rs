//! What git's index knows of a work tree saves reading it, and changes no answer: with the index and
//! without it, a diff against a commit tells the same.

mod common;

use common::{claimbook, copy, edit, git, sample};
use std::{fs, path::Path};

/// A repository of the sample that git itself committed, so that its index says which trees it makes.
fn committed() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    for args in [
        &["init", "--quiet"][..],
        &["add", "--all"],
        &["-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "First"],
    ] {
        git(dir.path(), args).expect(0);
    }
    dir
}

/// What differs from HEAD, as the index helps to tell.
fn differs(root: &Path) -> String {
    differs_below(root, root)
}

/// The same of a dataset in a folder of a repository.
fn differs_below(top: &Path, root: &Path) -> String {
    let told = || {
        let checked = claimbook(root, &["check", "--base", "HEAD", "--format", "json"]);
        assert!(checked.code < 2, "{}", checked.stderr);
        // Whether the records that changed were enough.
        let part = checked.stderr.contains(" changed record");
        let diff = claimbook(root, &["diff", "HEAD", "--format", "json"]).expect(0).stdout;
        format!("{diff}{}{part}", checked.stdout)
    };
    let (index, aside) = (top.join(".git/index"), top.join(".git/aside"));
    assert!(fs::read(&index).expect("an index").windows(4).any(|name| name == b"TREE"));
    let with = told();
    fs::rename(&index, &aside).expect("moved");
    let without = told();
    fs::rename(&aside, &index).expect("moved back");
    assert_eq!(with, without);
    with
}

#[test]
fn the_index_changes_no_answer() {
    let dir = committed();
    let root = dir.path();
    let claims = root.join("dataset/claims");
    assert!(!differs(root).contains("\"verb\""));

    edit(&claims.join("bridge-cost.json"), "84.5 million", "86 million");
    assert!(differs(root).contains("\"bridge-cost\""));

    fs::remove_file(claims.join("bridge-toll-free.json")).expect("removed");
    assert!(differs(root).contains("\"bridge-toll-free\""));

    fs::rename(claims.join("bridge-named.json"), claims.join("bridge-called.json")).expect("moved");
    differs(root);

    // What is staged makes another tree.
    git(root, &["add", "--all"]).expect(0);
    differs(root);
    git(
        root,
        &["-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "2"],
    )
    .expect(0);
    assert!(!differs(root).contains("\"verb\""));
    git(root, &["update-index", "--skip-worktree", "dataset/claims/bridge-cost.json"]).expect(0);
    fs::remove_file(claims.join("bridge-cost.json")).expect("removed");
    assert!(differs(root).contains("\"bridge-cost\""));
}

/// Commits everything.
fn commit(root: &Path) {
    git(root, &["add", "--all"]).expect(0);
    let who = ["-c", "user.name=A", "-c", "user.email=a@b.example"];
    git(root, &[&who[..], &["commit", "--quiet", "-m", "More"]].concat()).expect(0);
}

#[test]
fn what_the_index_has_otherwise_is_told_apart() {
    let dir = tempfile::tempdir().expect("a folder");
    let (top, root) = (dir.path(), dir.path().join("data"));
    copy(&sample(), &root);
    let claims = root.join("dataset/claims");
    let text = fs::read_to_string(claims.join("bridge-cost.json")).expect("a claim");
    let claim = |id: &str| text.replace("\"bridge-cost\"", &format!("\"{id}\""));
    for name in ["deep/er/one", "deep/er/two", "deep.a", "deep/a", "deep-a", "also"] {
        let file = claims.join(format!("{name}.json"));
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, claim(name.rsplit(['/', '.']).next().expect("a name"))).expect("written");
    }
    fs::write(top.join("dataset-like.json"), "{}").expect("written");
    fs::create_dir_all(top.join("data/dataset.d")).expect("a folder");
    fs::write(top.join("data/dataset.d/file"), "").expect("written");
    fs::create_dir_all(top.join("zone")).expect("a folder");
    fs::write(top.join("zone/file"), "").expect("written");
    git(top, &["init", "--quiet"]).expect(0);
    commit(top);
    let same = differs_below(top, &root);
    assert!(!same.contains("\"verb\""), "{same}");

    // Staged, in a folder of its own: of the others the trees are still known.
    fs::write(claims.join("deep/er/three.json"), claim("three")).expect("written");
    git(top, &["add", "--all"]).expect(0);
    assert!(differs_below(top, &root).contains("\"three\""));
    edit(&claims.join("deep/a.json"), "84.5 million", "86 million");
    assert!(differs_below(top, &root).contains("86 million"));
    // Staged, and taken back in the folder alone.
    git(top, &["add", "--all"]).expect(0);
    edit(&claims.join("deep/a.json"), "86 million", "84.5 million");
    assert!(!differs_below(top, &root).contains("86 million"));
    // No more in the index, and still there; and the other way around.
    git(top, &["rm", "--quiet", "--cached", "data/dataset/claims/deep/er/one.json"]).expect(0);
    assert!(!differs_below(top, &root).contains("\"one\""));
    git(top, &["rm", "--quiet", "--cached", "-r", "data/dataset/claims/deep/er"]).expect(0);
    fs::remove_file(claims.join("deep/er/two.json")).expect("removed");
    let without = differs_below(top, &root);
    assert!(without.contains("\"two\"") && !without.contains("\"one\""), "{without}");
    // Only announced.
    git(top, &["reset", "--quiet"]).expect(0);
    git(top, &["add", "--intent-to-add", "data/dataset/claims/deep/er/three.json"]).expect(0);
    assert!(differs_below(top, &root).contains("\"three\""));
    for version in ["4", "2"] {
        git(top, &["update-index", "--index-version", version]).expect(0);
        assert!(differs_below(top, &root).contains("\"three\""), "version {version}");
    }
    commit(top);
    // A file where a folder was, and a folder where a file was.
    fs::remove_dir_all(claims.join("deep/er")).expect("removed");
    fs::write(claims.join("deep/er"), "").expect("written");
    fs::remove_file(claims.join("also.json")).expect("removed");
    fs::create_dir(claims.join("also.json")).expect("a folder");
    fs::write(claims.join("also.json/new.json"), claim("new")).expect("written");
    for _ in 0..2 {
        let told = differs_below(top, &root);
        assert!(told.contains("\"new\"") && told.contains("\"also\""), "{told}");
        git(top, &["add", "--all"]).expect(0);
    }
    commit(top);
    assert!(!differs_below(top, &root).contains("\"verb\""));
    // Trees of a commit that was taken back.
    git(top, &["reset", "--quiet", "--soft", "HEAD~1"]).expect(0);
    assert!(differs_below(top, &root).contains("\"new\""));
    commit(top);
    // All of it staged to go.
    git(top, &["rm", "--quiet", "--cached", "-r", "data"]).expect(0);
    assert!(!differs_below(top, &root).contains("\"verb\""));
}

#[test]
#[cfg(unix)]
fn names_links_and_repositories_within_are_as_without_an_index() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let dir = committed();
    let root = dir.path();
    let claims = root.join("dataset/claims");
    std::os::unix::fs::symlink("bridge-cost.json", claims.join("link.json")).expect("a link");
    let odd = claims.join("names").join(OsStr::from_bytes(b"odd\xff.json"));
    fs::create_dir(claims.join("names")).expect("a folder");
    fs::write(&odd, "{}").expect("written");
    let folder = claims.join(OsStr::from_bytes(b"odd\xfe"));
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("x.json"), "{}").expect("written");
    let deep = claims.join("d/".repeat(26));
    fs::create_dir_all(&deep).expect("folders");
    fs::write(deep.join("x.json"), "{}").expect("written");
    let within = claims.join("within");
    copy(&sample(), &within);
    git(&within, &["init", "--quiet"]).expect(0);
    commit(&within);
    commit(root);
    let told = differs(root);
    assert!(!told.contains("unknown-file"), "{told}");
    edit(&claims.join("bridge-cost.json"), "84.5 million", "86 million");
    assert!(differs(root).contains("86 million"));
    for gone in [claims.join("link.json"), odd] {
        fs::remove_file(gone).expect("removed");
        differs(root);
    }
    fs::remove_dir_all(folder).expect("removed");
    fs::remove_dir_all(within).expect("removed");
    let told = differs(root);
    assert!(!told.contains("unknown-file"), "{told}");
}

#[test]
fn the_life_of_a_record_is_the_same_by_an_index_of_any_version() {
    let dir = committed();
    let root = dir.path();
    let log =
        || ["bridge-cost", "rumour-toll"].map(|id| claimbook(root, &["log", id]).expect(0).stdout);
    let (index, aside) = (root.join(".git/index"), root.join(".git/aside"));
    fs::rename(&index, &aside).expect("moved");
    let without = log();
    fs::rename(&aside, &index).expect("moved back");
    for version in ["2", "4"] {
        git(root, &["update-index", "--index-version", version]).expect(0);
        assert_eq!(log(), without, "version {version}");
    }
    git(root, &["update-index", "--split-index"]).expect(0);
    assert_eq!(log(), without, "split");
    fs::write(&index, "DIRC").expect("written");
    assert_eq!(log(), without, "cut short");
}
