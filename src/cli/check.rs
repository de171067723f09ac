//! `claimbook check`

use super::{Context, Outcome, below_root, paths::within, print, width};
use crate::{
    check,
    date::Day,
    error::{Error, Result},
    finding::Report,
    load::Loaded,
    report::{FORMATS, Options},
    rules::AsOf,
    snapshot::Snapshot,
};
use clap::builder::PossibleValuesParser;
use std::{path::PathBuf, time::Instant};

/// Check the dataset: syntax, schemas, and the rules over the whole.
///
/// Exits with 1 when there are errors or warnings. `claimbook explain RULE` tells what a rule asks
/// for and why.
#[derive(clap::Args)]
pub struct Args {
    /// Only show findings in these files or folders. The whole dataset is read all the same.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Check a git revision instead of the folder; no checkout is needed.
    #[arg(long, value_name = "REV")]
    at: Option<String>,

    /// The day that counts as today, YYYY-MM-DD; also reports claims whose review is due.
    #[arg(long, value_name = "DATE", value_parser = |day: &str| day.parse::<Day>())]
    as_of: Option<Day>,

    /// How to show findings; under GitHub Actions the default is github.
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|f| f.name)))]
    format: Option<String>,

    /// Show notes too.
    #[arg(long)]
    notes: bool,

    /// Check again whenever a file changes, until Ctrl-C.
    #[arg(long, conflicts_with = "at")]
    watch: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    if args.watch {
        return super::watch::watch(&context.root()?, || once(context, args));
    }
    once(context, args)
}

/// Checks once.
fn once(context: &Context, args: &Args) -> Result<Outcome> {
    let began = Instant::now();
    let snapshot = context.snapshot(args.at.as_deref())?;
    let loaded = context.load(&snapshot)?;
    let mut report = check::check(&loaded, as_of(&snapshot, args.as_of));
    if !args.paths.is_empty() {
        keep(context, args, &loaded, &mut report)?;
    }
    let default = if std::env::var_os("GITHUB_ACTIONS").is_some_and(|v| v == "true") {
        "github"
    } else {
        "human"
    };
    let name = args.format.as_deref().unwrap_or(default);
    let format = FORMATS.iter().find(|f| f.name == name).unwrap_or(&FORMATS[0]);
    let options = Options {
        color: context.colors(),
        notes: args.notes,
        width: width(),
        took: Some(began.elapsed()),
    };
    print(&(format.render)(&report, &loaded.texts, &options))?;
    Ok(if report.fails() { Outcome::Found } else { Outcome::Clean })
}

/// The day that counts as today: the one asked for, else the commit's, else today's.
pub fn as_of(snapshot: &Snapshot, asked: Option<Day>) -> AsOf {
    let commit = snapshot.commit().map(|commit| Day::from_unix(commit.time));
    AsOf { day: asked.or(commit).unwrap_or_else(Day::today), asked: asked.is_some() }
}

/// Keeps the findings in the paths that were asked for.
fn keep(context: &Context, args: &Args, loaded: &Loaded, report: &mut Report) -> Result<()> {
    let mut wanted = Vec::new();
    for path in &args.paths {
        // At a revision the path need not be there in the folder.
        let below = match &args.at {
            Some(_) => path.to_string_lossy().trim_end_matches('/').to_owned(),
            None => below_root(&context.root()?, path)?,
        };
        let holds = |file: &str| within(file, &below);
        if !loaded.texts.0.iter().any(|text| holds(&text.path)) {
            return Err(Error::new(format!("{} is not a part of the dataset", path.display()))
                .hint("name files or folders below dataset/"));
        }
        wanted.push(below);
    }
    report.findings.retain(|located| {
        let path = &loaded.texts.get(located.finding.place.origin.file).path;
        wanted.iter().any(|below| within(path, below))
    });
    Ok(())
}
