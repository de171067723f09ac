//! Writing a generated dataset: as one file a record, as `.jsonl`, or as a bare git repository with
//! a history in which claims are added and changed.

use crate::generator::{Plan, Record, Writer, meta, records};
use claimbook::{model::RecordKind, schema::Form};
use fastrand::Rng;
use git2::{ObjectType, Oid, Repository, Signature, Time};
use serde_json::json;
use std::{collections::BTreeMap, fs, io::Write as _, path::Path};

const META: &str = "dataset/dataset.json";

/// One file a record.
pub fn files(plan: Plan, root: &Path) {
    let writer = Writer::new();
    put(root, META, &writer.text("dataset", &meta(), Form::File));
    for record in records(plan) {
        put(root, &record.path(), &writer.record(&record, Form::File));
    }
}

/// One `.jsonl` file for each kind of record.
pub fn lines(plan: Plan, root: &Path) {
    let writer = Writer::new();
    put(root, META, &writer.text("dataset", &meta(), Form::File));
    let mut all: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for record in records(plan) {
        let line = writer.record(&record, Form::Line);
        all.entry(record.kind.folder()).or_default().push((record.id, line));
    }
    for (folder, mut records) in all {
        records.sort_unstable();
        let mut text = String::new();
        for (_, line) in records {
            text.push_str(&line);
            text.push('\n');
        }
        put(root, &format!("dataset/{folder}/all.jsonl"), &text);
    }
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("written");
}

/// How a history goes on from its first commit, which has the whole dataset.
#[derive(Clone, Copy)]
pub struct Churn {
    /// How many commits follow.
    pub commits: usize,
    /// How many claims each of them changes.
    pub changes: usize,
}

/// A bare repository with a history. The objects go to one pack, as in a fresh clone. Where many commits
/// follow, the last claim comes with the last of them.
pub fn history(plan: Plan, churn: Churn, root: &Path) {
    let git = Repository::init_bare(root).expect("a repository");
    git.set_head("refs/heads/main").expect("a branch");
    let odb = git.odb().expect("objects");
    let pack = odb.add_new_mempack_backend(1_000).expect("a pack in memory");
    let writer = Writer::new();
    let blob = |text: &str| odb.write(ObjectType::Blob, text.as_bytes()).expect("a blob");
    let mut top = Folder::default();
    top.put(META, blob(&writer.text("dataset", &meta(), Form::File)));
    let mut claims: Vec<Record> = Vec::new();
    let mut all = records(plan);
    let late = if churn.commits > 1 { all.pop() } else { None };
    for record in all {
        top.put(&record.path(), blob(&writer.record(&record, Form::File)));
        if record.kind == RecordKind::Claim {
            claims.push(record);
        }
    }
    let mut rng = Rng::with_seed(plan.seed ^ 0x5EED);
    let mut parent: Option<Oid> = None;
    for n in 0..=churn.commits {
        if n > 0 {
            for _ in 0..churn.changes {
                let at = rng.usize(..claims.len());
                change(&mut claims[at], &mut rng, n);
                let text = writer.record(&claims[at], Form::File);
                top.put(&claims[at].path(), blob(&text));
            }
        }
        if let Some(late) = late.as_ref().filter(|_| n == churn.commits) {
            top.put(&late.path(), blob(&writer.record(late, Form::File)));
        }
        let tree = git.find_tree(top.write(&git)).expect("a tree");
        let when = Time::new(1_770_000_000 + 3_600 * i64::try_from(n).expect("few"), 0);
        let who =
            Signature::new("A Contributor", "contributor@example.org", &when).expect("a name");
        let parents: Vec<_> = parent.iter().map(|id| git.find_commit(*id).expect("it")).collect();
        let message = format!("Review {n}");
        let id = git
            .commit(None, &who, &who, &message, &tree, &parents.iter().collect::<Vec<_>>())
            .expect("a commit");
        parent = Some(id);
    }
    let mut bytes = git2::Buf::new();
    pack.dump(&git, &mut bytes).expect("a pack");
    let mut out = odb.packwriter().expect("a writer of packs");
    out.write_all(&bytes).expect("written");
    out.commit().expect("a pack");
    git.reference("refs/heads/main", parent.expect("a commit"), true, "generated")
        .expect("a branch");
}

/// What a review does to a claim: another number, another confidence, or only another day.
fn change(record: &mut Record, rng: &mut Rng, n: usize) {
    let claim = &mut record.value;
    claim["reviewed"] = json!(format!("2026-03-{:02}", 1 + n % 28));
    match rng.usize(..3) {
        0 => claim["quantity"]["amount"] = json!(rng.usize(1_000..9_999_999).to_string()),
        1 => claim["confidence"] = json!("low"),
        _ => {}
    }
}

/// A folder of a git tree that is written only where it changed.
#[derive(Default)]
struct Folder {
    files: BTreeMap<String, Oid>,
    folders: BTreeMap<String, Folder>,
    written: Option<Oid>,
}

impl Folder {
    fn put(&mut self, path: &str, blob: Oid) {
        self.written = None;
        match path.split_once('/') {
            Some((folder, rest)) => {
                self.folders.entry(folder.to_owned()).or_default().put(rest, blob)
            }
            None => {
                self.files.insert(path.to_owned(), blob);
            }
        }
    }

    fn write(&mut self, git: &Repository) -> Oid {
        if let Some(written) = self.written {
            return written;
        }
        let mut tree = git.treebuilder(None).expect("a tree");
        for (name, folder) in &mut self.folders {
            tree.insert(name, folder.write(git), 0o040_000).expect("a folder");
        }
        for (name, blob) in &self.files {
            tree.insert(name, *blob, 0o100_644).expect("a file");
        }
        *self.written.insert(tree.write().expect("a tree"))
    }
}
