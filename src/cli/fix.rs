//! `claimbook fix`

use super::{Context, Outcome, changes::Changes, check, note, paths::Wanted, print, progress};
use crate::{
    authoring::{Edits, Scope, mend},
    date::Day,
    error::Result,
    finding::Severity,
    load,
    rules::AsOf,
    snapshot::Snapshot,
    text::count,
};
use std::path::PathBuf;

/// Mend what can be mended without changing what is said.
///
/// Applies the safe fixes of findings, such as a misspelt key, white space at an end of a text or
/// tracking parameters, and writes records in canonical form, until nothing is left to mend. Exits
/// with 1 where errors or warnings are left.
#[derive(clap::Args)]
pub struct Args {
    /// Only these files or folders.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Show what would change as a patch, and write nothing; exit with 1 where a file would change.
    #[arg(long)]
    diff: bool,

    /// Also apply fixes that may change what is said, such as a lower confidence or another
    /// reference. Look at each with --diff.
    #[arg(long)]
    suggested: bool,

    /// The day that counts as today, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = |day: &str| day.parse::<Day>())]
    as_of: Option<Day>,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let root = context.root()?;
    let wanted = Wanted::of(&root, &args.paths)?;
    let snapshot = Snapshot::folder(&root)?;
    // Whether a review is due is nothing to mend.
    let as_of = AsOf { asked: false, ..check::as_of(&snapshot, args.as_of) };
    let scope = Scope { file: &|path| wanted.has(path), suggested: args.suggested };
    let schemas = load::schemas(&snapshot)?;
    let bar = progress::Bar::new("reading", snapshot.files().len());
    let mended = mend(&schemas, &snapshot, Edits::new(), as_of, &scope, &|n| bar.advance(n))?;
    drop(bar);
    let changes = Changes::read(&root, mended.edits)?;
    let changed = changes.paths().len();
    if args.diff {
        changes.show(context)?;
    } else {
        changes.write(&root)?;
        let mut out = String::new();
        for applied in &mended.applied {
            out.push_str(&format!(
                "{}: {} ({})\n",
                applied.path, applied.description, applied.rule
            ));
        }
        out.push_str(&match changed {
            0 => "nothing to mend\n".to_owned(),
            _ => format!("mended {}\n", count(changed, "file")),
        });
        print(&out)?;
    }
    let mut left = mended.report.findings;
    left.retain(|located| {
        let path = &mended.loaded.texts.get(located.finding.place.origin.file).path;
        located.finding.severity != Severity::Note && wanted.has(path)
    });
    let open = left.iter().filter(|located| located.finding.fix.is_some()).count();
    if !left.is_empty() {
        note(&format!("{} left: `claimbook check` shows them", count(left.len(), "finding")));
    }
    if open > 0 && !args.suggested {
        note(&format!(
            "{} can be mended if that is what is meant: `claimbook fix --suggested --diff` shows how",
            count(open, "finding")
        ));
    }
    Ok(if !left.is_empty() || (args.diff && changed > 0) { Outcome::Found } else { Outcome::Clean })
}
