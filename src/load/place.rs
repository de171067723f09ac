//! What a file is for, by where it lies.

use crate::{
    model::{Item, RecordKind},
    schema::Form,
    text::did_you_mean,
};

/// What a path is for.
pub enum Role {
    Record(RecordKind),
    Lines(RecordKind),
    Meta,
    Waivers,
    /// Read by nobody, and welcome.
    Aside,
    Unknown {
        why: String,
        help: String,
        /// The folder that is not read, where that is why.
        folder: Option<String>,
    },
}

/// What a path below `dataset/` is for.
pub fn role(path: &str) -> Role {
    let below = path.strip_prefix("dataset/").unwrap_or(path);
    let name = below.rsplit('/').next().unwrap_or(below);
    let aside = name.starts_with('.')
        || name.ends_with(".md")
        || name.ends_with(".license")
        || name.starts_with("LICENSE")
        || name == "CITATION.cff";
    if aside {
        return Role::Aside;
    }
    let Some((folder, _)) = below.split_once('/') else {
        return match below {
            "dataset.json" => Role::Meta,
            "waivers.json" => Role::Waivers,
            _ => top_level(below),
        };
    };
    let kinds = RecordKind::ALL;
    let Some(kind) = kinds.into_iter().find(|kind| kind.folder() == folder) else {
        let meant = did_you_mean(folder, kinds.iter().map(|kind| kind.folder()));
        return Role::Unknown {
            why: format!("`{folder}/` is no folder of records"),
            folder: Some(folder.to_owned()),
            help: match meant {
                Some(meant) => format!("did you mean `dataset/{meant}/`?"),
                None => {
                    "records are in `claims/`, `sources/`, `publishers/` and `subjects/`".to_owned()
                }
            },
        };
    };
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "json" => Role::Record(kind),
        "jsonl" => Role::Lines(kind),
        extension => {
            let meant = match extension.to_lowercase().as_str() {
                "ndjson" | "jsonlines" => "jsonl",
                _ => "json",
            };
            let what = if matches!(extension, "yaml" | "yml" | "toml" | "csv") {
                format!("records are JSON: write it as `{}.json`", stem(name))
            } else {
                format!(
                    "rename it to `{}.{meant}`, or move it out of `dataset/{folder}/`",
                    stem(name)
                )
            };
            let why = format!("`{name}` is no file of records");
            Role::Unknown { why, help: what, folder: None }
        }
    }
}

/// The records that may be meant by a path below `dataset/` that is not read: what refers to them
/// is not told as well.
pub fn gaps(path: &str) -> Vec<Item> {
    let below = path.strip_prefix("dataset/").unwrap_or(path);
    let folder = below.split('/').next().unwrap_or_default();
    let name = below.rsplit('/').next().unwrap_or_default();
    let meant = did_you_mean(folder, RecordKind::ALL.iter().map(|kind| kind.folder()));
    // A page or a picture in no folder of records is no record.
    if meant.is_none() && !name.ends_with(".json") {
        return Vec::new();
    }
    let of_kind = |kind: &RecordKind| meant.is_none_or(|meant| meant == kind.folder());
    // The name of a folder, such as that of a link to one, is no id.
    let id = name.contains('.').then(|| stem(name).to_owned());
    let kinds = RecordKind::ALL.into_iter().filter(of_kind);
    kinds.map(|kind| Item::Broken(kind, id.clone())).collect()
}

fn top_level(name: &str) -> Role {
    let meant = did_you_mean(name, ["dataset.json", "waivers.json"]);
    Role::Unknown {
        why: format!("`{name}` is not a file of the dataset"),
        folder: None,
        help: match meant {
            Some(meant) => format!("did you mean `dataset/{meant}`?"),
            None => "records are in `claims/`, `sources/`, `publishers/` and `subjects/`; move anything else out of `dataset/`".to_owned(),
        },
    }
}

/// What the file at a path, from the repository's root, holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds<'p> {
    /// A record, with the id that the file is named after.
    Record(RecordKind, &'p str),
    /// A record a line.
    Records(RecordKind),
    /// What the dataset is.
    Meta,
    /// Findings that were waived.
    Waivers,
    /// Nothing that is read, and nothing that is missed.
    Nothing,
    /// Anything else: a schema, a path that should not be there.
    Other,
}

impl Holds<'_> {
    /// The name of the schema for what is held, and how it is laid out; none where it is no record.
    #[must_use]
    pub fn layout(self) -> Option<(&'static str, Form)> {
        match self {
            Self::Record(kind, _) => Some((kind.as_str(), Form::File)),
            Self::Records(kind) => Some((kind.as_str(), Form::Line)),
            Self::Meta => Some(("dataset", Form::File)),
            Self::Waivers => Some(("waivers", Form::File)),
            Self::Nothing | Self::Other => None,
        }
    }
}

/// What the file at a path holds, if it is a regular file.
#[must_use]
pub fn holds(path: &str) -> Holds<'_> {
    if in_folder(path, "templates") {
        return Holds::Nothing;
    }
    if !in_folder(path, "dataset") {
        return Holds::Other;
    }
    match role(path) {
        Role::Record(kind) => Holds::Record(kind, stem(path)),
        Role::Lines(kind) => Holds::Records(kind),
        Role::Meta => Holds::Meta,
        Role::Waivers => Holds::Waivers,
        Role::Aside => Holds::Nothing,
        Role::Unknown { .. } => Holds::Other,
    }
}

pub fn in_folder(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The name of a file without folders and its extension.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split_once('.').map_or(name, |(stem, _)| stem)
}
