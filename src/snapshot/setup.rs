//! Setting up a repository: making one, and telling git how to treat records.

use super::git;
use crate::error::{Error, Result};
use git2::{ConfigLevel, ErrorCode, Repository, RepositoryInitOptions};
use std::path::Path;

/// Makes a git repository of the folder `root`, unless it is in one already; whether it did.
///
/// # Errors
/// Where git cannot make one.
pub fn start_repository(root: &Path) -> Result<bool> {
    let failed =
        |e: git2::Error| Error::new(format!("cannot make a git repository: {}", e.message()));
    match Repository::discover(root) {
        Ok(_) => return Ok(false),
        Err(e) if e.code() == ErrorCode::NotFound => {}
        Err(_) => return git::open(root).map(|_| false),
    }
    let mut options = RepositoryInitOptions::new();
    // The branch that the user's configuration names, else `main`.
    let named = git2::Config::open_default()
        .is_ok_and(|config| config.get_string("init.defaultBranch").is_ok());
    if !named {
        options.initial_head("main");
    }
    Repository::init_opts(root, &options).map_err(failed)?;
    Ok(true)
}

/// Sets values in the configuration of the clone that holds `root`; the keys of those that were not
/// set so before.
///
/// # Errors
/// Where there is no repository, or its configuration cannot be written.
pub fn configure<'k>(root: &Path, values: &[(&'k str, String)]) -> Result<Vec<&'k str>> {
    let failed =
        |e: git2::Error| Error::new(format!("cannot set git's configuration: {}", e.message()));
    let config = git::open(root)?.config().map_err(failed)?;
    let mut config = config.open_level(ConfigLevel::Local).map_err(failed)?;
    let mut changed = Vec::new();
    for (key, value) in values {
        if config.get_string(key).ok().as_ref() != Some(value) {
            config.set_str(key, value).map_err(failed)?;
            changed.push(*key);
        }
    }
    Ok(changed)
}
