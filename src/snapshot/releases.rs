//! Releases in a repository: their tags, who worked on them, and a new tag for the next.

use super::{Commit, CommitId, History, git};
use crate::error::{Error, Result};
use git2::{ErrorCode, ObjectType, Oid, Sort};
use std::collections::{BTreeMap, BTreeSet};

/// A tag of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// The commit it names.
    pub commit: Commit,
}

/// Who worked on a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Authors {
    /// Everybody, in order of name.
    pub all: BTreeSet<String>,
    /// Those among them who had not before.
    pub new: BTreeSet<String>,
}

/// The page that tells of releases: to write it is no work on the dataset.
const PAGE: &str = "CHANGELOG.md";

impl History {
    /// Whether commits are missing in this clone.
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        self.repository.is_shallow()
    }

    /// The tags whose names begin so, in order of name; those of anything but commits left out.
    ///
    /// # Errors
    /// Where git cannot list them.
    pub fn tags(&self, prefix: &str) -> Result<Vec<Tag>> {
        let failed = |e: git2::Error| Error::new(format!("cannot list tags: {}", e.message()));
        let mut tags = Vec::new();
        let names = self.repository.tag_names(None).map_err(failed)?;
        for name in names.iter().flatten().flatten().filter(|name| name.starts_with(prefix)) {
            let reference = self.repository.find_reference(&format!("refs/tags/{name}"));
            let commit = reference.and_then(|reference| reference.peel_to_commit());
            tags.extend(commit.ok().map(|commit| Tag {
                name: name.to_owned(),
                commit: Commit { id: commit.id().to_string(), time: commit.time().seconds() },
            }));
        }
        tags.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(tags)
    }

    /// Whether a commit is another or comes before it.
    ///
    /// # Errors
    /// Where git does not have one of them.
    pub fn leads_to(&self, older: &str, newer: CommitId) -> Result<bool> {
        let older = id(older)?;
        if older == newer.0 {
            return Ok(true);
        }
        let found = self.repository.graph_descendant_of(newer.0, older);
        found.map_err(|e| git::missing(&e, "a commit"))
    }

    /// The id of a commit's whole tree.
    ///
    /// # Errors
    /// Where git does not have the commit.
    pub fn tree(&self, commit: CommitId) -> Result<String> {
        Ok(self.step(commit)?.tree_id().to_string())
    }

    /// The authors of the commits since `old`, or of all, that changed records, by the
    /// repository's `.mailmap`; also those that `Co-authored-by` names.
    ///
    /// # Errors
    /// Where git does not have a commit.
    pub fn authors(&self, old: Option<&str>, new: CommitId) -> Result<Authors> {
        let before = match old {
            Some(old) => self.authors_of(id(old)?, None)?,
            None => BTreeMap::new(),
        };
        let since = self.authors_of(new.0, old.map(id).transpose()?)?;
        let known: BTreeSet<&String> = before.values().collect();
        let is_new = |(email, name): &(&String, &String)| {
            !before.contains_key(*email) && !known.contains(name)
        };
        let fresh = since.iter().filter(is_new).map(|(_, name)| name.clone()).collect();
        Ok(Authors {
            all: since.values().cloned().collect(),
            new: if old.is_some() { fresh } else { BTreeSet::new() },
        })
    }

    /// Names by address of those who changed records from one commit on.
    fn authors_of(&self, tip: Oid, hide: Option<Oid>) -> Result<BTreeMap<String, String>> {
        let failed = |e: git2::Error| git::missing(&e, "a commit");
        let mut walk = self.repository.revwalk().map_err(failed)?;
        walk.set_sorting(Sort::TOPOLOGICAL | Sort::REVERSE).map_err(failed)?;
        walk.push(tip).map_err(failed)?;
        if let Some(hide) = hide {
            walk.hide(hide).map_err(failed)?;
        }
        let mut found = BTreeMap::new();
        for id in walk {
            let id = CommitId(id.map_err(failed)?);
            let step = self.step(id)?;
            // What a merge brings was written in the commits it merges.
            let ([] | [_]) = step.parents[..] else { continue };
            let now = self.records(step.tree_id())?;
            let then = match step.parents.first() {
                Some(parent) => self.records(self.step(*parent)?.tree_id())?,
                None => Vec::new(),
            };
            if now == then {
                continue;
            }
            for (name, email) in self.signed(id)? {
                found.entry(email).or_insert(name);
            }
        }
        Ok(found)
    }

    /// What `dataset/` holds: names and object ids.
    fn records(&self, tree: Oid) -> Result<Vec<(Vec<u8>, Oid)>> {
        let tree = git::find_tree(&self.repository, tree)?;
        let Some(folder) = git::descend(&self.repository, tree, &self.below("dataset"))? else {
            return Ok(Vec::new());
        };
        let is_record = |entry: &git2::TreeEntry| {
            entry.kind() == Some(ObjectType::Tree) || entry.name_bytes().ends_with(b".json")
        };
        let entries =
            folder.iter().filter(|entry| is_record(entry) && entry.name_bytes() != PAGE.as_bytes());
        Ok(entries.map(|entry| (entry.name_bytes().to_vec(), entry.id())).collect())
    }

    /// The names and addresses of those who wrote a commit.
    fn signed(&self, id: CommitId) -> Result<Vec<(String, String)>> {
        let commit = self.commit(id)?;
        let map = self.mailmap.as_ref();
        let author = map.and_then(|map| commit.author_with_mailmap(map).ok());
        let author = author.unwrap_or_else(|| commit.author().to_owned());
        let mut found = vec![pair(&author)];
        let message = commit.message().unwrap_or_default();
        for line in message.lines() {
            let trailer =
                line.split_once(':').filter(|(key, _)| key.eq_ignore_ascii_case("co-authored-by"));
            let named = trailer.and_then(|(_, who)| who.trim().strip_suffix('>')?.split_once('<'));
            let Some((name, email)) = named else { continue };
            let signature =
                git2::Signature::now(name.trim(), email.trim()).and_then(|who| match map {
                    Some(map) => map.resolve_signature(&who),
                    None => Ok(who),
                });
            found.extend(signature.ok().as_ref().map(pair));
        }
        Ok(found)
    }

    /// Makes sure that a tag can be made: that git knows who makes it.
    ///
    /// # Errors
    /// Where it does not.
    pub fn tagger(&self) -> Result<git2::Signature<'static>> {
        self.repository.signature().map_err(|_| {
            Error::new("git does not know who you are, and a release tag names its maker").hint(
                "git config user.name \"Your Name\" and git config user.email you@example.org",
            )
        })
    }

    /// Gives a commit an annotated tag with a message.
    ///
    /// # Errors
    /// Where there is one of that name, or git cannot write it.
    pub fn tag(&self, name: &str, commit: CommitId, message: &str) -> Result<()> {
        let tagger = self.tagger()?;
        let commit = self.commit(commit)?;
        let made = self.repository.tag(name, commit.as_object(), &tagger, message, false);
        made.map(drop).map_err(|e| match e.code() {
            ErrorCode::Exists => Error::new(format!("there is a tag {name} already")),
            _ => Error::new(format!("cannot make the tag {name}: {}", e.message())),
        })
    }
}

fn pair(who: &git2::Signature) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    (text(who.name_bytes()), text(who.email_bytes()).to_lowercase())
}

fn id(commit: &str) -> Result<Oid> {
    Oid::from_str(commit).map_err(|_| Error::new(format!("`{commit}` is no commit's id")))
}
