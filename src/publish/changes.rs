//! The change set: what turns one published bundle into the next, so that whoever has the old one
//! need not fetch the new one. Records are given whole, exactly as they stand in the new bundle.

use super::{Edition, Sink, bundle, feed::not_told, sink::hex};
use crate::{
    document::{items, members},
    error::{Error, Result},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// The members of a bundle that hold records, in order of id.
const LISTS: [&str; 4] = ["claims", "sources", "publishers", "subjects"];

/// A bundle that a change set is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The commit that was published; none where a folder was.
    pub commit: Option<String>,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// How long the file is.
    pub bytes: usize,
}

/// What a change set says besides the records.
#[derive(Clone, Debug, Deserialize)]
pub struct Head {
    /// Version of this shape.
    pub version: u32,
    name: String,
    /// The bundle it applies to.
    pub from: State,
    /// The bundle it gives.
    pub to: State,
    /// The members of the new bundle, in order.
    members: Vec<String>,
    /// The records that are gone, by list.
    removed: BTreeMap<String, BTreeSet<String>>,
}

impl Head {
    /// Reads the head of a change set.
    ///
    /// # Errors
    /// Where the text is no change set, or one of a later version.
    pub fn read(changes: &str) -> Result<Self> {
        let head: Self = serde_json::from_str(changes)
            .map_err(|e| Error::new(format!("this is no change set: {e}")))?;
        if head.version != 1 {
            return Err(Error::new(format!("this change set has version {}", head.version))
                .hint("a newer claimbook reads it"));
        }
        Ok(head)
    }

    /// The name of the dataset, where it is one.
    ///
    /// # Errors
    /// Where it is none: a file could be named after it anywhere.
    pub fn name(&self) -> Result<&str> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !self.name.is_empty() && self.name.bytes().all(plain) {
            Ok(&self.name)
        } else {
            Err(Error::new("the change set names no dataset"))
        }
    }
}

/// Writes the change set from the version before.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    let before = edition.news.as_ref().and_then(|news| news.before.as_deref());
    let before = before.ok_or_else(not_told)?;
    let changes = between(before, &bundle(edition))?;
    sink.file("changes.json", &mut |out| out.write_all(changes.as_bytes()))
}

/// The change set between two bundles of one dataset.
///
/// # Errors
/// Where a text is no bundle.
pub fn between(old: &str, new: &str) -> Result<String> {
    let (before, after) = (Bundle::read(old)?, Bundle::read(new)?);
    let mut removed = BTreeMap::new();
    let mut put = Vec::new();
    for list in LISTS {
        let (was, is) = (before.records(list)?, after.records(list)?);
        let gone = was.keys().filter(|id| !is.contains_key(*id));
        let gone: Vec<String> = gone.map(|id| id.to_string()).collect();
        removed.insert(list, gone);
        let changed = is.iter().filter(|(id, text)| was.get(*id) != Some(text));
        put.push((list, array(changed.map(|(_, text)| *text))));
    }
    let set = after
        .0
        .iter()
        .filter(|(key, text)| !LISTS.contains(&key.as_str()) && before.member(key) != Some(text));
    // One step further in than in the bundle.
    let set =
        set.map(|(key, text)| format!("\n    {}: {}", quoted(key), text.replace('\n', "\n  ")));
    let set = set.collect::<Vec<_>>().join(",");
    let keys: Vec<&String> = after.0.iter().map(|(key, _)| key).collect();
    let mut parts = vec![
        ("version", "1".to_owned()),
        ("name", after.member("name").unwrap_or("\"\"").to_owned()),
        ("from", json(&before.state(old))),
        ("to", json(&after.state(new))),
        ("members", json(&keys)),
        ("set", if set.is_empty() { "{}".to_owned() } else { format!("{{{set}\n  }}") }),
        ("removed", json(&removed)),
    ];
    parts.extend(put);
    Ok(object(parts.iter().map(|(key, text)| (*key, text.as_str()))))
}

/// The bundle that a change set makes of another; none where it is that already.
///
/// # Errors
/// Where the bundle is not the one the change set is for, or the change set was altered.
pub fn apply(bundle: &str, changes: &str) -> Result<Option<String>> {
    let head = Head::read(changes)?;
    let sum = sum(bundle);
    if sum == head.to.sha256 {
        return Ok(None);
    }
    if sum != head.from.sha256 {
        let is = match &head.from.commit {
            Some(commit) => format!("the bundle of commit {}", commit.get(..10).unwrap_or(commit)),
            None => "another bundle".to_owned(),
        };
        return Err(Error::new(format!("the change set is for {is}, and this is not it"))
            .hint(format!("it must have the SHA-256 {}", head.from.sha256))
            .hint("apply the change sets of the releases in between first, in order"));
    }
    let (base, changes) = (Bundle::read(bundle)?, Bundle::read(changes)?);
    let set: Vec<(String, &str)> = changes.member("set").map(members).unwrap_or_default();
    let none = BTreeSet::new();
    let mut parts = Vec::new();
    for key in &head.members {
        let text = if LISTS.contains(&key.as_str()) {
            let mut records = base.records(key)?;
            let removed = head.removed.get(key).unwrap_or(&none);
            records.retain(|id, _| !removed.contains(id.as_ref()));
            records.extend(changes.records(key)?);
            array(records.into_values())
        } else if let Some((_, text)) = set.iter().find(|(name, _)| name == key) {
            text.replace("\n  ", "\n")
        } else {
            base.member(key).unwrap_or("null").to_owned()
        };
        parts.push((key.as_str(), text));
    }
    let result = object(parts.iter().map(|(key, text)| (*key, text.as_str())));
    if self::sum(&result) != head.to.sha256 {
        return Err(Error::new("the change set does not give the bundle it promises")
            .hint("it was altered on its way: fetch it again"));
    }
    Ok(Some(result))
}

/// What a bundle shows, in words: its commit and day.
#[must_use]
pub fn describe(bundle: &str) -> String {
    match revision(bundle) {
        Some(Revision { commit, date }) => {
            format!("now commit {} of {date}", commit.get(..10).unwrap_or(&commit))
        }
        None => "now up to date".to_owned(),
    }
}

#[derive(Deserialize)]
struct Revision {
    commit: String,
    date: String,
}

/// The commit that a bundle shows; none where a folder was published.
fn revision(bundle: &str) -> Option<Revision> {
    #[derive(Deserialize)]
    struct Shown {
        revision: Option<Revision>,
    }
    serde_json::from_str::<Shown>(bundle).ok()?.revision
}

/// The members of a bundle or a change set, each as its text.
struct Bundle<'t>(Vec<(String, &'t str)>);

impl<'t> Bundle<'t> {
    fn read(text: &'t str) -> Result<Self> {
        let bundle = Self(members(text));
        if LISTS.iter().all(|list| bundle.member(list).is_some()) {
            Ok(bundle)
        } else {
            Err(Error::new("this is no published bundle").hint(
                "`claimbook publish` writes it: the file named after the dataset, with its claims and sources",
            ))
        }
    }

    fn member(&self, key: &str) -> Option<&'t str> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, text)| *text)
    }

    /// The records of a list, by id.
    fn records(&self, list: &str) -> Result<BTreeMap<Cow<'t, str>, &'t str>> {
        #[derive(Deserialize)]
        struct Id<'t> {
            #[serde(borrow)]
            id: Cow<'t, str>,
        }
        let all = items(self.member(list).unwrap_or("[]"));
        all.into_iter()
            .map(|text| match serde_json::from_str::<Id>(text) {
                Ok(record) => Ok((record.id, text)),
                Err(e) => Err(Error::new(format!("a record in `{list}` has no id: {e}"))),
            })
            .collect()
    }

    fn state(&self, text: &str) -> State {
        let commit = revision(text).map(|revision| revision.commit);
        State { commit, sha256: sum(text), bytes: text.len() }
    }
}

fn sum(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// A value as it stands one step in, which is how bundles are laid out.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default().replace('\n', "\n  ")
}

fn quoted(key: &str) -> String {
    serde_json::Value::from(key).to_string()
}

fn object<'t>(members: impl Iterator<Item = (&'t str, &'t str)>) -> String {
    let members: Vec<String> =
        members.map(|(key, text)| format!("\n  {}: {text}", quoted(key))).collect();
    format!("{{{}\n}}\n", members.join(","))
}

fn array<'t>(items: impl Iterator<Item = &'t str>) -> String {
    let items: Vec<String> = items.map(|text| format!("\n    {text}")).collect();
    if items.is_empty() { "[]".to_owned() } else { format!("[{}\n  ]", items.join(",")) }
}
