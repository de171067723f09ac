//! A repository with the sample dataset, to be changed and checked.

use super::{Repo, Run, claimbook, copy, edit};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

const DAY: i64 = 86_400;
const BEGIN: i64 = 1_741_651_200; // 2025-03-11

/// A repository with the sample dataset committed, and its folder.
pub struct Place {
    dir: tempfile::TempDir,
    pub repo: Repo,
}

impl Place {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let repo = Repo::with_sample(dir.path());
        Self { dir, repo }
    }

    /// With a branch `topic` that has a slip of its own, and `master`, which has one too by now.
    pub fn parted() -> Self {
        let place = Self::new();
        place.branch("topic");
        place.slip("bridge-cost");
        place.commit("A slip on the branch");
        place.switch("master");
        place.slip("bridge-decided");
        place.commit("A slip on master");
        place.switch("topic");
        place
    }

    /// Breaks a claim in one way.
    pub fn slip(&self, id: &str) {
        edit(&self.claim(id), "\"reviewed\": \"2025-03-10\"", "\"reviewed\": \"2025-03-32\"");
    }

    /// What `git clone --depth N` leaves: the last commits of one branch, the first of them marked as
    /// one whose parents are missing, and no tags.
    pub fn shallow(&self, depth: usize) -> tempfile::TempDir {
        let clone = tempfile::tempdir().expect("a folder");
        copy(self.path(), clone.path());
        let git = git2::Repository::open(clone.path()).expect("a repository");
        let branch = git.head().expect("HEAD").name().expect("a name").to_owned();
        for mut reference in git.references().expect("references").flatten() {
            if reference.name() != Ok(branch.as_str()) {
                reference.delete().expect("deleted");
            }
        }
        let mut first = git.head().and_then(|head| head.peel_to_commit()).expect("a commit");
        for _ in 1..depth {
            first = first.parent(0).expect("a parent");
        }
        fs::write(clone.path().join(".git/shallow"), format!("{}\n", first.id())).expect("written");
        for id in first.parent_ids() {
            let (folder, rest) = (&id.to_string()[..2], &id.to_string()[2..]);
            fs::remove_file(clone.path().join(".git/objects").join(folder).join(rest))
                .expect("removed");
        }
        clone
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// The commit that a revision names.
    pub fn id(&self, rev: &str) -> String {
        self.repo.git.revparse_single(rev).expect("a commit").id().to_string()
    }

    pub fn claim(&self, id: &str) -> PathBuf {
        self.path().join(format!("dataset/claims/{id}.json"))
    }

    pub fn commit(&self, message: &str) -> git2::Oid {
        self.repo.commit(message, BEGIN + DAY)
    }

    pub fn tag(&self, name: &str) {
        let head = self.repo.git.head().and_then(|head| head.peel_to_commit()).expect("a commit");
        self.repo.git.tag_lightweight(name, head.as_object(), false).expect("a tag");
    }

    /// Begins a branch here.
    pub fn branch(&self, name: &str) {
        let head = self.repo.git.head().and_then(|head| head.peel_to_commit()).expect("a commit");
        self.repo.git.branch(name, &head, false).expect("a branch");
        self.switch(name);
    }

    pub fn switch(&self, name: &str) {
        self.repo.git.set_head(&format!("refs/heads/{name}")).expect("switched");
        let mut checkout = git2::build::CheckoutBuilder::new();
        self.repo.git.checkout_head(Some(checkout.force())).expect("checked out");
    }

    /// Merges a branch into the one that is checked out, which has changed other files.
    pub fn merge(&self, name: &str) {
        let git = &self.repo.git;
        let ours = git.head().and_then(|head| head.peel_to_commit()).expect("a commit");
        let theirs = git.find_branch(name, git2::BranchType::Local).expect("a branch");
        let theirs = theirs.get().peel_to_commit().expect("a commit");
        let mut index = git.merge_commits(&ours, &theirs, None).expect("merged");
        let tree = git.find_tree(index.write_tree_to(git).expect("a tree")).expect("a tree");
        let who = ours.author();
        git.commit(Some("HEAD"), &who, &who, "Merged", &tree, &[&ours, &theirs]).expect("a commit");
        let mut checkout = git2::build::CheckoutBuilder::new();
        git.checkout_head(Some(checkout.force())).expect("checked out");
    }

    /// Changes members of a claim.
    pub fn set(&self, id: &str, members: Value) {
        let path = self.claim(id);
        let text = fs::read_to_string(&path).expect("a claim");
        let mut claim: Value = serde_json::from_str(&text).expect("JSON");
        for (key, value) in members.as_object().expect("an object") {
            claim[key] = value.clone();
        }
        self.write(&claim);
    }

    pub fn write(&self, claim: &Value) {
        self.write_all(std::slice::from_ref(claim));
    }

    /// Writes claims in canonical form.
    pub fn write_all(&self, claims: &[Value]) {
        for claim in claims {
            let path = self.claim(claim["id"].as_str().expect("an id"));
            fs::write(path, claim.to_string()).expect("written");
        }
        claimbook(self.path(), &["fmt"]).expect(0);
    }

    pub fn check(&self, args: &[&str]) -> Run {
        claimbook(self.path(), &[&["check"], args].concat())
    }

    /// What a check finds that is more than a note, by rule and record.
    pub fn found(&self, args: &[&str]) -> Vec<String> {
        rules(&self.json(args))
    }

    pub fn json(&self, args: &[&str]) -> Value {
        let run = self.check(&[args, &["--format", "json"]].concat());
        assert!(run.code < 2, "{}", run.stderr);
        serde_json::from_str(&run.stdout).expect("JSON")
    }

    /// Lets as many claims be weakened as there are.
    pub fn with_any_number() -> Self {
        let place = Self::new();
        let meta = place.path().join("dataset/dataset.json");
        edit(&meta, "\"policy\": {", "\"policy\": {\n    \"mass_change_percent\": 100,");
        claimbook(place.path(), &["fmt"]).expect(0);
        place
    }

    /// The records that a rule speaks about, against HEAD.
    pub fn told(&self, rule: &str) -> Vec<String> {
        let found = self.found(&["--base", "HEAD"]);
        let of_rule = found.iter().filter_map(|line| line.strip_prefix(rule)?.strip_prefix(' '));
        of_rule.map(str::to_owned).collect()
    }
}

/// What findings are about that are more than notes: rule and record.
pub fn rules(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().expect("findings");
    let told = findings.iter().filter(|finding| finding["severity"] != "note");
    let name = |finding: &Value| {
        let id = finding["id"].as_str().or(finding["path"].as_str()).unwrap_or_default();
        format!("{} {id}", finding["rule"].as_str().expect("a rule"))
    };
    told.map(name).collect()
}
