//! `manifest.json`: what a release is, where it comes from, and every file with its checksum.

use super::sums::inside;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The name of the manifest.
pub const MANIFEST: &str = "manifest.json";

/// What a release is. Its schema is `schema/manifest.schema.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this shape.
    pub manifest: u32,
    /// The dataset's name.
    pub name: String,
    /// The version that was released.
    pub version: String,
    /// The day of the commit.
    pub released: String,
    /// The commit that was published.
    pub commit: String,
    /// Its tree, which is the same for every commit with these files.
    pub tree: String,
    /// What made it, such as `claimbook 1.0.0`.
    pub tool: String,
    /// The release before; none for the first.
    pub previous: Option<Previous>,
    /// The formats it holds.
    pub formats: Vec<String>,
    /// How many rows each table has, by its name.
    pub counts: BTreeMap<String, u64>,
    /// Its files, in order of path; neither this one nor the list of checksums.
    pub files: Vec<File>,
}

/// The release before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Previous {
    /// Its version.
    pub version: String,
    /// Its commit.
    pub commit: String,
}

/// A file of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// The path in the release, with `/`.
    pub path: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Their SHA-256, in hexadecimal.
    pub sha256: String,
    /// Its media type.
    pub media_type: String,
    /// How many records it holds, a row or a line each; none where it is not laid out so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// Where the text is none, it is of a later version, or it names a file twice or one elsewhere.
    pub fn read(text: &[u8]) -> Result<Self> {
        #[derive(Deserialize)]
        struct Shape {
            manifest: u32,
        }
        let no = |e: serde_json::Error| Error::new(format!("this is no manifest: {e}"));
        match serde_json::from_slice(text).map_err(no)? {
            Shape { manifest: 1 } => {}
            Shape { manifest } => {
                return Err(Error::new(format!("this manifest has version {manifest}"))
                    .hint("a newer claimbook reads it"));
            }
        }
        let manifest: Self = serde_json::from_slice(text).map_err(no)?;
        let mut seen = BTreeSet::new();
        for file in &manifest.files {
            if !inside(&file.path) {
                return Err(Error::new(format!("`{}` is no path in a release", file.path)));
            }
            if !seen.insert(&file.path) {
                return Err(Error::new(format!("the manifest names {} twice", file.path)));
            }
        }
        Ok(manifest)
    }

    /// The manifest as the text of its file.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The folder that archives hold, and what they are named after.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }
}
