//! What to do once a record is written.

use crate::{authoring::Draft, cli::shell, model::RecordKind, text::list};
use serde::Serialize;
use std::path::Path;

/// What to do once a record is written, for the template.
#[derive(Serialize)]
pub struct Steps {
    /// What a new record of this kind is for: until then, a check says that nothing uses it.
    #[serde(rename = "use")]
    used: Option<String>,
    /// How git is called; none where there is no repository.
    git: Option<String>,
    paths: Vec<String>,
    subject: String,
}

impl Steps {
    pub fn of(root: &Path, records: &[Draft], paths: Vec<String>) -> Self {
        let names: Vec<String> =
            records.iter().rev().map(|d| format!("{} {}", d.kind.as_str(), d.id())).collect();
        // What was asked for comes last.
        let used = records.last().and_then(|draft| match draft.kind {
            RecordKind::Source => Some(format!("new claim --cite {} --shows …", draft.id())),
            RecordKind::Publisher => Some(format!("new source --publisher {}", draft.id())),
            RecordKind::Subject => Some(format!("new claim --subject {}", draft.id())),
            RecordKind::Claim => None,
        });
        Self { used, git: git(root), paths, subject: format!("Add {}", list(&names, "and")) }
    }
}

/// How git is called for this repository from here; none where it is none of git's.
fn git(root: &Path) -> Option<String> {
    let full = root.canonicalize().ok()?;
    full.ancestors().find(|folder| folder.join(".git").exists())?;
    let here = std::env::current_dir().ok()?.canonicalize().ok()?;
    if here == full {
        return Some("git".to_owned());
    }
    Some(format!("git -C {}", shell::word(&root.to_string_lossy())))
}
