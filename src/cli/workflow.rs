//! What GitHub Actions tells a step, and what a step tells it.

use super::note;
use crate::{
    check::{Base, Event},
    error::{Error, Result},
};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

/// Whether GitHub Actions runs this.
pub fn is_here() -> bool {
    variable("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// What started the workflow; none outside of one.
pub fn event() -> Result<Option<Event>> {
    let Some(name) = variable("GITHUB_EVENT_NAME") else { return Ok(None) };
    let path = variable("GITHUB_EVENT_PATH").ok_or_else(|| {
        Error::new("GITHUB_EVENT_PATH is not set").hint("it names the file with the event's JSON")
    })?;
    let text = fs::read_to_string(&path).map_err(|e| {
        Error::new(format!("cannot read the event at {path}: {e}"))
            .hint("GITHUB_EVENT_PATH names the file that GitHub wrote")
    })?;
    let event = Event::read(&name, &text, &variable("GITHUB_BASE_REF").unwrap_or_default());
    event.map(Some).map_err(|e| e.within(&path))
}

/// What is checked against by an event; says so where that was thrown away.
pub fn base(event: &Event, root: &Path, at: Option<&str>) -> Result<Option<Base>> {
    let base = event.base(root, at)?;
    if base.is_none() && event.names_a_base() {
        note("what was there before was pushed over: the dataset is checked as it is");
    }
    Ok(base)
}

/// Adds text to the file that a variable of GitHub's names, where it is set.
pub fn append(name: &str, text: &str) -> Result<()> {
    let Some(path) = variable(name) else { return Ok(()) };
    let file = fs::OpenOptions::new().append(true).create(true).open(&path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|e| Error::new(format!("cannot write to {name}, {path}: {e}")))
}

/// The address below which GitHub shows the files of a commit.
pub fn blob(commit: Option<&str>) -> Option<String> {
    let server = variable("GITHUB_SERVER_URL")?;
    let repository = variable("GITHUB_REPOSITORY")?;
    commit.map(|commit| format!("{server}/{repository}/blob/{commit}"))
}

/// Where the dataset is below the folder that GitHub checked out; none where it is that folder.
pub fn below_workspace(root: &Path) -> Option<String> {
    let workspace = PathBuf::from(variable("GITHUB_WORKSPACE")?).canonicalize().ok()?;
    let root = root.canonicalize().ok()?;
    let below = root.strip_prefix(workspace).ok()?;
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
