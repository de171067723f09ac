//! `claimbook fmt`

use super::{Context, Outcome, below_root, print};
use crate::{
    error::{Error, Result},
    load,
    text::count,
    write,
};
use std::path::PathBuf;

/// Write records in canonical form: keys in schema order, sets sorted, two spaces.
///
/// Nothing but the layout changes. Files that are not valid JSON are left alone and named.
#[derive(clap::Args)]
pub struct Args {
    /// Only these files or folders.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Write nothing; exit with 1 where a file would change.
    #[arg(long)]
    check: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let root = context.root()?;
    let mut wanted = Vec::new();
    for path in &args.paths {
        wanted.push(below_root(&root, path)?);
    }
    let snapshot = context.snapshot(None)?;
    let mut out = String::new();
    let (mut changed, mut broken) = (0, 0);
    for formatted in load::canonical_files(&snapshot)? {
        let inside = |folder: &String| {
            formatted
                .path
                .strip_prefix(folder.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || folder.is_empty())
        };
        if !wanted.is_empty() && !wanted.iter().any(inside) {
            continue;
        }
        match formatted.text {
            Err(why) => {
                broken += 1;
                out.push_str(&format!("left alone {}: {why}\n", formatted.path));
            }
            Ok(text) => {
                changed += 1;
                let does = if args.check { "would write" } else { "wrote" };
                out.push_str(&format!("{does} {}\n", formatted.path));
                if !args.check {
                    write::file(&root.join(&formatted.path), text.as_bytes())
                        .map_err(|e| Error::new(format!("cannot write {}: {e}", formatted.path)))?;
                }
            }
        }
    }
    if changed + broken == 0 {
        out.push_str("everything is in canonical form\n");
    } else if changed > 0 {
        out.push_str(&format!("{}\n", count(changed, "file")));
    }
    print(&out)?;
    Ok(if broken > 0 || (args.check && changed > 0) { Outcome::Found } else { Outcome::Clean })
}
