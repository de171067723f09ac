//! Reading a dataset at a git revision: what works without a checkout, and what is said where git
//! says no. Every repository is built here; no `git` is needed on the path.

mod common;

use common::{Repo, claimbook, copy, edit, sample};
use std::{fs, path::Path};

const CLEAN: &str = "no errors, no warnings";

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn a_revision_is_read_without_looking_at_the_work_tree() {
    let dir = folder();
    let repo = Repo::with_sample(dir.path());
    let claim = dir.path().join("dataset/claims/bridge-cost.json");
    edit(&claim, "\"high\"", "\"hgih\"");
    assert!(claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(0).stdout.contains(CLEAN));
    let found = claimbook(dir.path(), &["check"]).expect(1).stdout;
    assert!(found.contains("did you mean `high`?"), "{found}");
    repo.commit("A slip", 1_741_737_600);
    claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(1);
    assert!(claimbook(dir.path(), &["check", "--at", "HEAD~1"]).expect(0).stdout.contains(CLEAN));
}

#[test]
fn tags_branches_and_dates_name_revisions() {
    let dir = folder();
    let repo = Repo::with_sample(dir.path());
    let head = repo.git.head().expect("HEAD").peel_to_commit().expect("a commit");
    repo.git.tag_lightweight("v1.0.0", head.as_object(), false).expect("a tag");
    let who = repo.git.signature().unwrap_or_else(|_| head.author().to_owned());
    repo.git.tag("v1.0.1", head.as_object(), &who, "annotated", false).expect("a tag");
    let name = head.id().to_string();
    for rev in ["v1.0.0", "v1.0.1", &name[..10], "HEAD^{tree}", "@", "@{2025-03-11}"] {
        assert!(
            claimbook(dir.path(), &["check", "--at", rev]).expect(0).stdout.contains(CLEAN),
            "{rev}"
        );
    }
}

#[test]
fn a_bare_repository_will_do() {
    let (dir, bare) = (folder(), folder());
    let repo = Repo::with_sample(dir.path());
    let git = git2::build::RepoBuilder::new()
        .bare(true)
        .clone(&format!("file://{}", dir.path().display()), bare.path())
        .expect("a clone");
    assert!(git.is_bare());
    let there = claimbook(bare.path(), &["check", "--at", "HEAD"]).expect(0);
    assert!(there.stdout.contains(CLEAN));
    let root = bare.path().to_str().expect("UTF-8");
    claimbook(Path::new("/"), &["--root", root, "show", "bridge-cost", "--at", "HEAD"]).expect(0);
    let id = repo.git.head().expect("HEAD").target().expect("a commit").to_string();
    let out = dir.path().join("out");
    let out = out.to_str().expect("UTF-8");
    claimbook(bare.path(), &["publish", "--at", "HEAD", "--out", out, "--format", "json"])
        .expect(0);
    let bundle = fs::read_to_string(Path::new(out).join("port-aldine.json")).expect("published");
    let bundle: serde_json::Value = serde_json::from_str(&bundle).expect("JSON");
    assert_eq!(bundle["revision"], serde_json::json!({"commit": id, "date": "2025-03-11"}));
}

#[test]
fn a_dataset_in_a_folder_of_its_repository_is_found() {
    let dir = folder();
    copy(&sample(), &dir.path().join("data/bridge"));
    let repo = Repo { git: git2::Repository::init(dir.path()).expect("a repository") };
    repo.commit("Further down", 1_741_651_200);
    let inside = dir.path().join("data/bridge/dataset/claims");
    assert!(claimbook(&inside, &["check", "--at", "HEAD"]).expect(0).stdout.contains(CLEAN));
    assert!(claimbook(&inside, &["check"]).expect(0).stdout.contains(CLEAN));
    let above = claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(2);
    assert!(
        above.stderr.contains("revision `HEAD` has no dataset/dataset.json"),
        "{}",
        above.stderr
    );
    let above = claimbook(dir.path(), &["check"]).expect(2);
    assert!(above.stderr.contains("--root"), "{}", above.stderr);
}

#[test]
fn an_unknown_revision_is_named() {
    let dir = folder();
    Repo::with_sample(dir.path());
    let run = claimbook(dir.path(), &["check", "--at", "v9"]).expect(2);
    assert!(run.stderr.contains("no revision `v9`"), "{}", run.stderr);
    assert!(run.stdout.is_empty());
}

#[test]
fn what_is_no_revision_of_a_dataset_is_named() {
    let (dir, empty) = (folder(), folder());
    Repo::with_sample(dir.path());
    copy(&sample(), empty.path());
    git2::Repository::init(empty.path()).expect("a repository");
    for (root, rev, words) in [
        (dir.path(), "HEAD:dataset/dataset.json", "names a file, not a commit or a folder"),
        (dir.path(), "HEAD:dataset", "has no dataset/dataset.json"),
        (dir.path(), "HEAD@{2025-03-10}", "there is no commit of 2025-03-10 or before"),
        (dir.path(), "HEAD@{2025-03-10}", "the first one is of 2025-03-11"),
        (dir.path(), "@{2025-02-30}", "`2025-02-30` is not a day"),
        (dir.path(), "HEAD@{2025-03}", "write YYYY-MM-DD, as in @{2026-01-31}"),
        (dir.path(), "master..topic", "is a range, where one revision is needed"),
        (dir.path(), "", "is no name of a revision"),
        (dir.path(), "mastre", "did you mean `master`?"),
        (dir.path(), "HEAD~1", "no revision `HEAD~1`"),
        (empty.path(), "HEAD", "it has no commits yet"),
    ] {
        let run = claimbook(root, &["check", "--at", rev]).expect(2);
        assert!(run.stderr.contains(words), "{rev}: {}", run.stderr);
    }
    claimbook(empty.path(), &["check", "--as-of", "2025-03-11"]).expect(0);
    // A branch on which nothing was committed yet.
    let git = git2::Repository::open(dir.path()).expect("a repository");
    git.set_head("refs/heads/new").expect("switched");
    let run = claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(2);
    assert!(run.stderr.contains("the branch that is checked out has no commits"), "{}", run.stderr);
    claimbook(dir.path(), &["check", "--at", "master"]).expect(0);
}

#[test]
fn packed_objects_and_packed_references_are_read() {
    let dir = folder();
    let repo = Repo::with_sample(dir.path());
    let head = repo.git.head().expect("HEAD");
    let (name, id) = (head.name().expect("a name"), head.target().expect("a commit"));
    let mut pack = repo.git.packbuilder().expect("a pack");
    pack.insert_commit(id).expect("packed");
    let objects = dir.path().join(".git/objects");
    pack.write(&objects.join("pack"), 0o644).expect("written");
    for entry in fs::read_dir(&objects).expect("objects") {
        let entry = entry.expect("an entry");
        if entry.file_name().len() == 2 {
            fs::remove_dir_all(entry.path()).expect("removed");
        }
    }
    fs::write(dir.path().join(".git/packed-refs"), format!("{id} {name}\n")).expect("written");
    fs::remove_file(dir.path().join(".git").join(name)).expect("removed");
    assert!(claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(0).stdout.contains(CLEAN));
}

#[test]
fn a_detached_head_is_a_revision_too() {
    let dir = folder();
    let repo = Repo::with_sample(dir.path());
    let first = repo.git.head().expect("HEAD").target().expect("a commit");
    edit(&dir.path().join("dataset/claims/bridge-cost.json"), "\"high\"", "\"hgih\"");
    repo.commit("A slip", 1_741_737_600);
    repo.git.set_head_detached(first).expect("detached");
    assert!(claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(0).stdout.contains(CLEAN));
}

#[test]
fn a_shallow_clone_says_how_to_get_the_rest() {
    let dir = folder();
    let repo = Repo::with_sample(dir.path());
    fs::write(dir.path().join("dataset/README.md"), "More.\n").expect("written");
    let head = repo.commit("More", 1_741_737_600);
    // What `git clone --depth 1` leaves: the last commit, marked as one whose parents are missing.
    let parent = repo.git.find_commit(head).expect("a commit").parent_id(0).expect("a parent");
    fs::write(dir.path().join(".git/shallow"), format!("{head}\n")).expect("written");
    let (first, rest) = (&parent.to_string()[..2], &parent.to_string()[2..]);
    fs::remove_file(dir.path().join(".git/objects").join(first).join(rest)).expect("removed");
    claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(0);
    let run = claimbook(dir.path(), &["check", "--at", "HEAD~1"]).expect(2);
    assert!(run.stderr.contains("git fetch --unshallow"), "{}", run.stderr);
    assert!(run.stderr.contains("fetch-depth: 0"), "{}", run.stderr);
}

#[test]
fn a_partial_clone_says_what_is_missing() {
    let dir = folder();
    let repo = Repo::with_sample(dir.path());
    let tree = repo.git.head().expect("HEAD").peel_to_tree().expect("a tree");
    let blob = tree
        .get_path(Path::new("dataset/claims/bridge-cost.json"))
        .expect("a blob")
        .id()
        .to_string();
    fs::remove_file(dir.path().join(".git/objects").join(&blob[..2]).join(&blob[2..]))
        .expect("removed");
    let run = claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(2);
    assert!(run.stderr.contains("dataset/claims/bridge-cost.json"), "{}", run.stderr);
    assert!(run.stderr.contains("git fetch --refetch --no-filter"), "{}", run.stderr);
}

#[test]
#[cfg(unix)]
fn a_repository_of_somebody_else_says_how_to_trust_it() {
    let (dir, home) = (folder(), folder());
    Repo::with_sample(dir.path());
    // Only root can give a folder away; for anybody else there is nothing to see here.
    if std::os::unix::fs::chown(dir.path(), Some(65_534), None).is_err() {
        return;
    }
    let root = dir.path().to_str().expect("UTF-8");
    let run = claimbook(home.path(), &["--root", root, "check", "--at", "HEAD"]).expect(2);
    assert!(run.stderr.contains("belongs to another user"), "{}", run.stderr);
    assert!(run.stderr.contains("git config --global --add safe.directory"), "{}", run.stderr);
    // The folder itself can be read all the same.
    claimbook(home.path(), &["--root", root, "check"]).expect(0);
}

#[test]
#[cfg(unix)]
fn symbolic_links_are_not_followed() {
    let (dir, elsewhere) = (folder(), folder());
    let repo = Repo::with_sample(dir.path());
    let secret = elsewhere.path().join("secret.json");
    fs::write(&secret, "{\"id\": \"secret\"}").expect("written");
    let link = dir.path().join("dataset/claims/secret.json");
    std::os::unix::fs::symlink(&secret, &link).expect("a link");
    std::os::unix::fs::symlink(elsewhere.path(), dir.path().join("dataset/sources/more"))
        .expect("a link");
    repo.commit("Links", 1_741_737_600);
    for args in [&["check"][..], &["check", "--at", "HEAD"]] {
        let run = claimbook(dir.path(), args).expect(1);
        assert_eq!(
            run.stdout.matches("a symbolic link, which is not followed").count(),
            2,
            "{}",
            run.stdout
        );
        assert!(run.stdout.contains("2 errors, no warnings"), "{}", run.stdout);
    }
}

#[test]
#[cfg(unix)]
fn a_folder_behind_a_symbolic_link_is_told_once() {
    let dir = folder();
    let repo = Repo::with_sample(dir.path());
    let link = |from: &str, to: &str| {
        fs::rename(dir.path().join(to), dir.path().join(from)).expect("renamed");
        std::os::unix::fs::symlink(dir.path().join(from), dir.path().join(to)).expect("a link");
    };
    link("elsewhere", "dataset/claims");
    fs::create_dir(dir.path().join("templates")).expect("a folder");
    std::os::unix::fs::symlink("/etc/hostname", dir.path().join("templates/stats.txt.jinja"))
        .expect("a link");
    repo.commit("Links", 1_741_737_600);
    for args in [&["check"][..], &["check", "--at", "HEAD"]] {
        let run = claimbook(dir.path(), args).expect(1);
        for path in ["dataset/claims", "templates/stats.txt.jinja"] {
            assert!(run.stdout.contains(&format!("--> {path}\n")), "{}", run.stdout);
        }
        assert!(run.stdout.contains("2 errors, no warnings"), "{}", run.stdout);
    }
    link("all", "dataset");
    let run = claimbook(Path::new("/"), &["--root", dir.path().to_str().expect("UTF-8"), "check"]);
    assert!(run.expect(2).stderr.contains("`dataset` is a symbolic link"));
}

#[test]
fn a_submodule_is_not_read() {
    let dir = folder();
    let repo = Repo::with_sample(dir.path());
    let head = repo.git.head().expect("HEAD").peel_to_commit().expect("a commit");
    // A tree with a submodule's entry in it, as `git submodule add` makes one.
    let (tree, dataset) = (head.tree().expect("a tree"), "dataset");
    let below = tree.get_name(dataset).expect("an entry").id();
    let below = repo.git.find_tree(below).expect("a tree");
    let mut builder = repo.git.treebuilder(Some(&below)).expect("a builder");
    builder.insert("vendored", head.id(), 0o160_000).expect("inserted");
    let below = builder.write().expect("a tree");
    let mut builder = repo.git.treebuilder(Some(&tree)).expect("a builder");
    builder.insert(dataset, below, 0o040_000).expect("inserted");
    let tree = repo.git.find_tree(builder.write().expect("a tree")).expect("a tree");
    let who = head.author();
    let id = repo.git.commit(None, &who, &who, "A submodule", &tree, &[&head]).expect("a commit");
    let run = claimbook(dir.path(), &["check", "--at", &id.to_string()]).expect(1);
    assert!(run.stdout.contains("a submodule, which is not read"), "{}", run.stdout);
    // Checked out, it is a folder with a repository of its own.
    git2::Repository::init(dir.path().join("dataset/vendored")).expect("a repository");
    let run = claimbook(dir.path(), &["check"]).expect(1);
    assert!(run.stdout.contains("a submodule, which is not read"), "{}", run.stdout);
}

#[test]
fn a_folder_that_was_not_there_yet_is_empty() {
    let dir = folder();
    copy(&sample(), dir.path());
    fs::remove_dir_all(dir.path().join("dataset/claims")).expect("removed");
    let repo = Repo { git: git2::Repository::init(dir.path()).expect("a repository") };
    repo.commit("No claims yet", 1_741_651_200);
    let run = claimbook(dir.path(), &["list", "--at", "HEAD"]).expect(0);
    assert!(run.stdout.is_empty());
    fs::remove_dir_all(dir.path().join("dataset")).expect("removed");
    repo.commit("No dataset", 1_741_737_600);
    let run = claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(2);
    assert!(run.stderr.contains("has no dataset/dataset.json"), "{}", run.stderr);
}

#[test]
fn the_schema_is_that_of_the_revision() {
    let dir = folder();
    let repo = Repo::with_sample(dir.path());
    let schema = include_str!("../schema/publisher.schema.json");
    let stricter = schema.replacen("\"required\": [", "\"required\": [\"country\", ", 1);
    assert_ne!(schema, stricter);
    fs::create_dir_all(dir.path().join("schema")).expect("a folder");
    fs::write(dir.path().join("schema/publisher.schema.json"), stricter).expect("written");
    repo.commit("Every publisher has a country", 1_741_737_600);
    let run = claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(1);
    assert_eq!(run.stdout.matches("missing key `country`").count(), 6, "{}", run.stdout);
    claimbook(dir.path(), &["check", "--at", "HEAD~1"]).expect(0);
}

#[test]
fn a_linked_work_tree_is_as_good_as_the_first() {
    let (dir, other) = (folder(), folder());
    let repo = Repo::with_sample(dir.path());
    let path = other.path().join("tree");
    repo.git.worktree("tree", &path, None).expect("a work tree");
    assert!(claimbook(&path, &["check", "--at", "HEAD"]).expect(0).stdout.contains(CLEAN));
}

#[test]
fn the_future_begins_after_the_commit() {
    let dir = folder();
    let repo = Repo::with_sample(dir.path());
    edit(&dir.path().join("dataset/claims/bridge-cost.json"), "2025-03-10", "2025-03-20");
    repo.commit("Reviewed later than committed", 1_741_737_600); // 2025-03-12
    let run = claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(1);
    assert!(
        run.stdout.contains("`reviewed` is 2025-03-20, after the day of this check, 2025-03-12"),
        "{}",
        run.stdout
    );
    claimbook(dir.path(), &["check", "--at", "HEAD", "--as-of", "2025-03-19"]).expect(0);
}
