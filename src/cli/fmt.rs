//! `claimbook fmt`

use super::{Context, Outcome, changes::Changes, note, paths::Wanted, print};
use crate::{authoring::Edits, error::Result, load, snapshot::Snapshot, text::count};
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

    /// Show what would change as a patch, and write nothing; exit with 1 where a file would change.
    #[arg(long)]
    diff: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let root = context.root()?;
    let wanted = Wanted::of(&root, &args.paths)?;
    let mut edits = Edits::new();
    let mut broken = 0;
    let snapshot = Snapshot::folder(&root)?;
    for file in load::canonical_files(&load::schemas(&snapshot)?, &snapshot)? {
        match file.text {
            _ if !wanted.has(&file.path) => {}
            Ok(text) => drop(edits.insert(file.path, text)),
            Err(why) => {
                broken += 1;
                let said = format!("left alone {}: {why}", file.path);
                if args.diff { note(&said) } else { print(&format!("{said}\n"))? }
            }
        }
    }
    let changes = Changes::read(&root, edits)?;
    let changed = changes.paths().len();
    if args.diff {
        changes.show(context)?;
    } else {
        let does = if args.check { "would write" } else { "wrote" };
        if !args.check {
            changes.write(&root)?;
        }
        let mut out: String = changes.paths().map(|path| format!("{does} {path}\n")).collect();
        if changed + broken == 0 {
            out.push_str("everything is in canonical form\n");
        } else if changed > 0 {
            out.push_str(&format!("{}\n", count(changed, "file")));
        }
        print(&out)?;
    }
    let would = changed > 0 && (args.check || args.diff);
    Ok(if broken > 0 || would { Outcome::Found } else { Outcome::Clean })
}
