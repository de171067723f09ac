//! The floors that claimbook is measured against: programs that do only the unavoidable part of
//! the same work, as quickly as the same libraries allow, and say nothing but a count.

use git2::Repository;
use jsonschema::{PatternOptions, Validator};
use rayon::prelude::*;
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn validators() -> Vec<(&'static str, Validator)> {
    let compile = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schema/{name}.schema.json"));
        let text = fs::read_to_string(path).expect("a schema");
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .offline()
            .should_validate_formats(true)
            .with_pattern_options(PatternOptions::regex())
            .with_format("edtf", |text: &str| text.parse::<edtf_core::Edtf>().is_ok())
            .build(&schema)
            .expect("a schema")
    };
    ["claim", "source", "publisher", "subject"]
        .into_iter()
        .zip(["claims", "sources", "publishers", "subjects"])
        .map(|(name, folder)| (folder, compile(name)))
        .collect()
}

/// Reads, parses and validates every record of a folder, and looks up the ids it refers to.
/// Returns how many records there are and how many references lead nowhere.
pub fn check(root: &Path) -> (usize, usize) {
    let mut records: Vec<(usize, Value)> = Vec::new();
    let validators = validators();
    for (i, (folder, validator)) in validators.iter().enumerate() {
        let mut paths = Vec::new();
        walk(&root.join("dataset").join(folder), &mut paths);
        let read = |path: &PathBuf| -> Vec<(usize, Value)> {
            let text = fs::read_to_string(path).expect("text");
            let one = |text: &str| {
                let value: Value = serde_json::from_str(text).expect("JSON");
                assert!(validator.is_valid(&value), "{} is refused", path.display());
                (i, value)
            };
            if path.extension().is_some_and(|e| e == "jsonl") {
                text.par_lines().map(one).collect()
            } else {
                vec![one(&text)]
            }
        };
        let found: Vec<_> = paths.par_iter().flat_map_iter(read).collect();
        records.extend(found);
    }
    let id = |value: &Value| value["id"].as_str().unwrap_or_default().to_owned();
    let ids: BTreeSet<(usize, String)> = records.iter().map(|(i, v)| (*i, id(v))).collect();
    let lost = |at: usize, value: &Value| {
        !ids.contains(&(at, value.as_str().unwrap_or_default().to_owned()))
    };
    let dangling = records
        .iter()
        .map(|(i, value)| match i {
            0 => {
                let cited = value["citations"].as_array().into_iter().flatten();
                let about = value["subjects"].as_array().into_iter().flatten();
                cited.filter(|c| lost(1, &c["source"])).count()
                    + about.filter(|s| lost(3, s)).count()
            }
            1 => usize::from(lost(2, &value["publisher"])),
            _ => 0,
        })
        .sum();
    (records.len(), dangling)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        if entry.file_type().expect("a type").is_dir() {
            walk(&entry.path(), found);
        } else {
            found.push(entry.path());
        }
    }
}

/// Compares two trees of a repository and loads the blobs that differ. Returns how many bytes.
pub fn diff(root: &Path, old: &str, new: &str) -> usize {
    let git = Repository::open(root).expect("a repository");
    let tree = |rev: &str| git.revparse_single(rev).expect("it").peel_to_tree().expect("a tree");
    let (old, new) = (tree(old), tree(new));
    let diff = git.diff_tree_to_tree(Some(&old), Some(&new), None).expect("a comparison");
    diff.deltas()
        .flat_map(|delta| [delta.old_file().id(), delta.new_file().id()])
        .filter(|id| !id.is_zero())
        .map(|id| git.find_blob(id).expect("a blob").content().len())
        .sum()
}

/// Reads every file of a folder and writes it into another: the least that publishing costs.
pub fn copy(from: &Path, to: &Path) -> usize {
    let mut paths = Vec::new();
    walk(from, &mut paths);
    for path in &paths {
        let target = to.join(path.strip_prefix(from).expect("below"));
        fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
        fs::write(target, fs::read(path).expect("read")).expect("written");
    }
    paths.len()
}
