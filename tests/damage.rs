//! Repositories whose objects are damaged: a clear error, never another record.

mod common;

use claimbook::{
    error::Result,
    snapshot::{Content, Moment},
};
use common::{Repo, claimbook, edit, git};
use git2::Oid;
use std::{
    collections::BTreeSet,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

const CLAIM: &str = "dataset/claims/bridge-cost.json";

/// The sample with two versions of a claim, and the object of the newer one.
fn repository() -> (tempfile::TempDir, Repo, Oid) {
    let dir = tempfile::tempdir().expect("a folder");
    let repo = Repo::with_sample(dir.path());
    edit(&dir.path().join(CLAIM), "page 12", "page 13");
    repo.commit("Another page", 1_741_737_600);
    let id = {
        let tree = repo.git.head().expect("HEAD").peel_to_tree().expect("a tree");
        tree.get_path(Path::new(CLAIM)).expect("an entry").id()
    };
    (dir, repo, id)
}

/// The claim at HEAD.
fn read(root: &Path) -> Result<Vec<u8>> {
    let moment = Moment::revision(root, "HEAD")?;
    let files =
        moment.lookup("dataset/claims", &BTreeSet::from(["bridge-cost.json".to_owned()]))?;
    match moment.reader()?.read(&files[0], 1 << 20)? {
        Content::Bytes(bytes) => Ok(bytes),
        Content::TooLarge => panic!("too large"),
    }
}

/// Lets a file of git's be written, and gives its bytes.
fn open(path: &Path) -> Vec<u8> {
    let bytes = fs::read(path).expect("a file");
    // Writing anew leaves its mode behind.
    fs::remove_file(path).expect("removed");
    fs::write(path, &bytes).expect("written");
    bytes
}

/// Flips bits of a file one after the other, and reads the claim each time.
fn flip(root: &Path, path: &Path, places: impl Iterator<Item = usize>) {
    let (right, sound) = (read(root).expect("a claim"), open(path));
    let mut refused = 0;
    for at in places.take_while(|at| *at < sound.len()) {
        let mut bytes = sound.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(path, &bytes).expect("written");
        match read(root) {
            Ok(bytes) => assert!(bytes == right, "a wrong claim is read with byte {at} flipped"),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 0, "nothing was damaged");
    fs::write(path, &sound).expect("written");
}

fn loose(root: &Path, id: Oid) -> PathBuf {
    let id = id.to_string();
    root.join(".git/objects").join(&id[..2]).join(&id[2..])
}

/// Packs all objects, and gives the pack.
fn pack(root: &Path, repo: &Repo) -> PathBuf {
    let mut pack = repo.git.packbuilder().expect("a pack");
    let mut walk = repo.git.revwalk().expect("a walk");
    walk.push_head().expect("HEAD");
    pack.insert_walk(&mut walk).expect("packed");
    let objects = root.join(".git/objects");
    pack.write(&objects.join("pack"), 0o644).expect("written");
    for entry in fs::read_dir(&objects).expect("objects") {
        let entry = entry.expect("an entry");
        if entry.file_name().len() == 2 {
            fs::remove_dir_all(entry.path()).expect("removed");
        }
    }
    let mut files = fs::read_dir(objects.join("pack")).expect("packs");
    let is_pack = |path: &PathBuf| path.extension().is_some_and(|end| end == "pack");
    files.find_map(|file| Some(file.ok()?.path()).filter(is_pack)).expect("a pack")
}

#[test]
fn a_flipped_bit_never_gives_another_claim() {
    let (dir, repo, id) = repository();
    flip(dir.path(), &loose(dir.path(), id), 0..);
    let pack = pack(dir.path(), &repo);
    // Damage elsewhere in the pack need not be seen.
    flip(dir.path(), &pack, (0..).step_by(7));
}

#[test]
fn every_command_says_that_objects_are_damaged() {
    let (dir, _, id) = repository();
    let path = loose(dir.path(), id);
    let mut bytes = open(&path);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(&path, bytes).expect("written");
    for args in [
        &["diff", "HEAD~1", "HEAD"][..],
        &["check", "--at", "HEAD"],
        &["check", "--at", "HEAD", "--base", "HEAD~1"],
        &["log", "bridge-cost"],
        &["blame", "bridge-cost"],
        &["show", "bridge-cost", "--at", "HEAD"],
        &["publish", "--at", "HEAD", "--out", "out"],
    ] {
        let run = claimbook(dir.path(), args).expect(2);
        assert!(run.stderr.contains(&format!("git cannot read {CLAIM}: ")), "{}", run.stderr);
        assert!(run.stderr.contains("git fsck --full"), "{}", run.stderr);
        assert!(run.stdout.is_empty(), "{}", run.stdout);
    }
    // A commit that is damaged itself.
    let (dir, repo, _) = repository();
    let head = repo.git.head().expect("HEAD").target().expect("a commit");
    let path = loose(dir.path(), head);
    let mut bytes = open(&path);
    let last = bytes.len() - 1;
    bytes[last] ^= 0xff;
    fs::write(&path, bytes).expect("written");
    let run = claimbook(dir.path(), &["diff", "HEAD~1", "HEAD"]).expect(2);
    assert!(run.stderr.contains("git cannot read `HEAD"), "{}", run.stderr);
    assert!(run.stderr.contains("git fsck --full"), "{}", run.stderr);
}

#[test]
fn a_damaged_index_of_a_pack_is_told() {
    let (dir, repo, _) = repository();
    let pack = pack(dir.path(), &repo);
    let index = pack.with_extension("idx");
    let sound = open(&index);
    let refused = |damage: &str, bytes: &[u8], args: &[&str]| {
        fs::write(&index, bytes).expect("written");
        let run = claimbook(dir.path(), args).expect(2);
        let name = index.file_name().and_then(|name| name.to_str()).expect("a name");
        let said = format!("{name} is damaged: its checksum is another");
        assert!(run.stderr.contains(&said), "{damage}: {}", run.stderr);
        assert!(run.stderr.contains("git index-pack "), "{damage}: {}", run.stderr);
        assert!(run.stdout.is_empty(), "{damage}: {}", run.stdout);
    };
    let check = ["check", "--at", "HEAD"];
    for length in [0, 1, 20, 500, 1032, sound.len() / 2, sound.len() - 21, sound.len() - 1] {
        refused(&format!("cut at {length}"), &sound[..length], &check);
    }
    let flipped = |at: usize, bit: u8| {
        let mut bytes = sound.clone();
        bytes[at] ^= bit;
        bytes
    };
    for at in (0..sound.len()).step_by(53).chain([sound.len() - 1]) {
        refused(&format!("byte {at}"), &flipped(at, 1 << (at % 8)), &check);
    }
    // Where an object stands: far beyond the pack's end.
    let objects = (sound.len() - 1072) / 28;
    let beyond = flipped(1032 + 24 * objects, 0x10);
    for args in [
        &["diff", "HEAD~1", "HEAD"][..],
        &["check", "--base", "HEAD"],
        &["log", "bridge-cost"],
        &["blame", "bridge-cost"],
        &["show", "bridge-cost", "--at", "HEAD"],
        &["publish", "--at", "HEAD", "--out", "out"],
    ] {
        refused(&args.join(" "), &beyond, args);
    }
    // What is said to help does.
    fs::remove_file(&index).expect("removed");
    git(dir.path(), &["index-pack", pack.to_str().expect("UTF-8")]).expect(0);
    claimbook(dir.path(), &["diff", "HEAD~1", "HEAD"]).expect(0);
}

#[test]
fn a_damaged_index_of_many_objects_is_told() {
    let (dir, _, _) = repository();
    let mut import = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(dir.path())
        .stdin(Stdio::piped())
        .spawn()
        .expect("git");
    let blobs = (0..40_000).map(|i| format!("blob\ndata 8\n{i:08}\n")).collect::<String>();
    import.stdin.take().expect("a pipe").write_all(blobs.as_bytes()).expect("written");
    assert!(import.wait().expect("an end").success());
    let packs = fs::read_dir(dir.path().join(".git/objects/pack")).expect("packs");
    let mut paths = packs.map(|entry| entry.expect("an entry").path());
    let index = paths.find(|path| path.extension().is_some_and(|end| end == "idx"));
    let index = index.expect("an index");
    let mut bytes = open(&index);
    assert!(bytes.len() > 1 << 20);
    claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(0);
    bytes[1032 + 24 * 40_000 + 4 * 7] ^= 0x40;
    fs::write(&index, bytes).expect("written");
    let run = claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(2);
    assert!(run.stderr.contains("is damaged: it leads out of the pack"), "{}", run.stderr);
}

#[test]
fn a_repository_that_borrows_from_a_damaged_one_is_told() {
    let (dir, repo, _) = repository();
    let index = pack(dir.path(), &repo).with_extension("idx");
    let clone = tempfile::tempdir().expect("a folder");
    let from = dir.path().to_str().expect("UTF-8");
    git(clone.path(), &["clone", "--quiet", "--shared", from, "."]).expect(0);
    claimbook(clone.path(), &["diff", "HEAD~1", "HEAD"]).expect(0);
    let mut bytes = open(&index);
    bytes[600] ^= 1;
    fs::write(&index, bytes).expect("written");
    let run = claimbook(clone.path(), &["diff", "HEAD~1", "HEAD"]).expect(2);
    assert!(run.stderr.contains(".idx is damaged"), "{}", run.stderr);
}

#[test]
fn a_commit_that_is_not_there_is_no_revision_that_nobody_knows() {
    let (dir, repo, _) = repository();
    let head = repo.git.head().and_then(|head| head.peel_to_commit()).expect("a commit");
    let first = head.parent_id(0).expect("a parent");
    fs::remove_file(loose(dir.path(), first)).expect("removed");
    for rev in ["HEAD~1", "HEAD~1^{tree}", "@{2025-03-11}"] {
        let run = claimbook(dir.path(), &["check", "--at", rev]).expect(2);
        assert!(run.stderr.contains("git fsck --full"), "{rev}: {}", run.stderr);
        assert!(run.stderr.contains(&first.to_string()), "{rev}: {}", run.stderr);
    }
    let run = claimbook(dir.path(), &["log", "bridge-cost"]).expect(2);
    assert!(run.stderr.contains("git fsck --full"), "{}", run.stderr);
    fs::remove_file(loose(dir.path(), head.id())).expect("removed");
    let run = claimbook(dir.path(), &["check", "--at", "HEAD"]).expect(2);
    let said = format!("git cannot read `HEAD`: there is no commit {}", head.id());
    assert!(run.stderr.contains(&said), "{}", run.stderr);
    assert!(run.stderr.contains("git fsck --full"), "{}", run.stderr);
}
