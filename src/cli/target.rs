//! Which folders files are not written into, whatever they are called: those that the dataset and
//! git live in.

use crate::{
    error::{Error, Result},
    publish::resolve,
    snapshot::FOLDERS,
};
use std::{fs, path::Path};

/// Refuses a folder that is the root, holds it, or is one of those in it that are read.
pub fn fit(root: &Path, out: &Path, name: &str) -> Result<()> {
    let named = out.display();
    let cannot = |what: &str, e| Error::new(format!("cannot tell where {what} is: {e}"));
    let root = fs::canonicalize(root).map_err(|e| cannot(&root.display().to_string(), e))?;
    let out = resolve(out).map_err(|e| cannot(&named.to_string(), e))?;
    let refuse = |what: &str| {
        let own = root.join(name);
        let hint = format!("name a folder of its own, such as --out {}", own.display());
        Err(Error::new(format!("{named} {what}: nothing is written into it")).hint(hint))
    };
    if out == root {
        return refuse("is the folder of the dataset's repository");
    }
    if root.starts_with(&out) {
        return refuse("holds the folder of the dataset's repository");
    }
    let below = out.strip_prefix(&root).ok();
    if below.unwrap_or(&out).components().any(|part| part.as_os_str() == ".git") {
        return refuse("is a part of what git keeps");
    }
    match below
        .and_then(|below| below.components().next())
        .and_then(|first| FOLDERS.into_iter().find(|own| first.as_os_str() == *own))
    {
        Some(own) => refuse(&format!("is a part of the dataset's `{own}/`")),
        None => Ok(()),
    }
}
