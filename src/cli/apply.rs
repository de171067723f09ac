//! `claimbook apply`

use super::{Context, Outcome, print};
use crate::{
    error::{Error, Result},
    publish::changes::{self, Head},
    write,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Bring a published bundle up to date with change sets.
///
/// A bundle is the JSON file with everything that `publish` writes, `NAME.json`. A change set,
/// `changes.json`, comes with a release or from `diff --format changes`. The result is the newer
/// bundle, byte for byte, or nothing is written.
#[derive(clap::Args)]
pub struct Args {
    /// Change sets, in order.
    #[arg(required = true, value_name = "CHANGES")]
    changes: Vec<PathBuf>,

    /// The bundle; the one beside the first change set unless told.
    #[arg(long, value_name = "BUNDLE")]
    to: Option<PathBuf>,

    /// Write the result here, and leave the bundle as it is.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(_: &Context, args: &Args) -> Result<Outcome> {
    let sets = args.changes.iter().map(|path| read(path)).collect::<Result<Vec<_>>>()?;
    let path = match (&args.to, sets.first()) {
        (Some(path), _) => path.clone(),
        (None, Some(first)) => {
            let folder = args.changes[0].parent().unwrap_or(Path::new(""));
            folder.join(format!("{}.json", Head::read(first)?.name()?))
        }
        (None, None) => return Ok(Outcome::Clean),
    };
    let before = read(&path)?;
    let mut bundle = before.clone();
    for (set, from) in sets.iter().zip(&args.changes) {
        let named = |e: Error| e.within(&from.display().to_string());
        if let Some(next) = changes::apply(&bundle, set).map_err(named)? {
            bundle = next;
        }
    }
    let out = args.out.as_ref().unwrap_or(&path);
    if bundle == before && args.out.is_none() {
        print(&format!("{} is up to date already\n", path.display()))?;
        return Ok(Outcome::Clean);
    }
    write::file(out, bundle.as_bytes())
        .map_err(|e| Error::new(format!("cannot write {}: {e}", out.display())))?;
    print(&format!("{}: {}\n", out.display(), changes::describe(&bundle)))?;
    Ok(Outcome::Clean)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|e| Error::new(format!("cannot read {}: {e}", path.display())))
}
