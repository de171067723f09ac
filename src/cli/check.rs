//! `claimbook check`

use super::{
    Context, Outcome,
    paths::{below_root, within},
    print, width, workflow,
};
use crate::{
    check::{self, Ask, Base, Checked},
    date::Day,
    error::{Error, Result},
    report::{FORMATS, Options},
    rules::{Acknowledgement, AsOf},
    snapshot::Snapshot,
};
use clap::builder::PossibleValuesParser;
use std::{path::PathBuf, time::Instant};

/// Check the dataset: syntax, schemas, and the rules over the whole.
///
/// Exits with 1 when there are errors or warnings. `claimbook explain RULE` tells what a rule asks
/// for and why.
///
/// With `--base`, what changed since is checked too: that nothing is removed, that what was released
/// is corrected in the open, that confidence is earned. Then only findings that the change brought in
/// are shown and count. Under GitHub Actions the base is the branch that a pull request is for, or
/// what was there before a push.
#[derive(clap::Args)]
pub struct Args {
    /// Only show findings in these files or folders. The whole dataset is read all the same.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Check a git revision instead of the folder; no checkout is needed.
    #[arg(long, value_name = "REV")]
    at: Option<String>,

    /// Check what changed since this revision, or since the commit at which it and HEAD (or `--at`)
    /// parted.
    #[arg(long, value_name = "REV")]
    base: Option<String>,

    /// Check the dataset as it is, also under GitHub Actions.
    #[arg(long, conflicts_with = "base")]
    no_base: bool,

    /// With a base, also show findings that were there before; then they count too.
    #[arg(long, conflicts_with = "no_base")]
    all: bool,

    /// With a base, what the commit still to be made will acknowledge: `weakens 12 claims`, or
    /// `removes ID`. May be given several times.
    #[arg(long, value_name = "WORDS", conflicts_with = "no_base")]
    acknowledge: Vec<String>,

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
    let as_of = as_of(&snapshot, args.as_of);
    let acknowledged = acknowledged(&args.acknowledge)?;
    let mut checked = match base(context, args)? {
        Some(base) => {
            let ask = Ask { as_of, all: args.all, acknowledged: &acknowledged };
            context.against(&base, &snapshot, ask)?
        }
        None => {
            let loaded = context.load_on(&snapshot, as_of)?;
            Checked { report: check::check(&loaded, as_of), texts: loaded.texts }
        }
    };
    if !args.paths.is_empty() {
        keep(context, args, &snapshot, &mut checked)?;
    }
    let name =
        args.format.as_deref().unwrap_or(if workflow::is_here() { "github" } else { "human" });
    let format = FORMATS.iter().find(|f| f.name == name).unwrap_or(&FORMATS[0]);
    let options = Options {
        color: context.colors(),
        notes: args.notes,
        width: width(),
        took: Some(began.elapsed()),
    };
    print(&(format.render)(&checked.report, &checked.texts, &options))?;
    Ok(if checked.report.fails() { Outcome::Found } else { Outcome::Clean })
}

/// What to check against: what was asked for, else what a workflow was started for.
fn base(context: &Context, args: &Args) -> Result<Option<Base>> {
    let at = args.at.as_deref();
    let root = || match at {
        Some(rev) => context.root_at(rev),
        None => context.root(),
    };
    if let Some(rev) = &args.base {
        return Base::of(&root()?, rev, at).map(Some);
    }
    if !args.no_base
        && workflow::is_here()
        && let Some(event) = workflow::event()?
        && let Some(base) = workflow::base(&event, &root()?, at)?
    {
        return Ok(Some(base));
    }
    needs_base(args)
}

/// No base, where nothing was asked for that only a base has an answer to.
fn needs_base(args: &Args) -> Result<Option<Base>> {
    if args.all || !args.acknowledge.is_empty() {
        let flag = if args.all { "--all" } else { "--acknowledge" };
        return Err(Error::new(format!("{flag} needs a base to check against"))
            .hint("name one: --base origin/main"));
    }
    Ok(None)
}

/// What words on the command line acknowledge.
pub fn acknowledged(words: &[String]) -> Result<Vec<Acknowledgement>> {
    words.iter().map(|words| words.parse()).collect()
}

/// The day that counts as today: the one asked for, else the commit's, else today's.
pub fn as_of(snapshot: &Snapshot, asked: Option<Day>) -> AsOf {
    let commit = snapshot.commit().map(|commit| Day::from_unix(commit.time));
    AsOf { day: asked.or(commit).unwrap_or_else(Day::today), asked: asked.is_some() }
}

/// Keeps the findings in the paths that were asked for.
fn keep(context: &Context, args: &Args, snapshot: &Snapshot, checked: &mut Checked) -> Result<()> {
    let mut wanted = Vec::new();
    for path in &args.paths {
        // At a revision the path need not be there in the folder.
        let below = match &args.at {
            Some(_) => path.to_string_lossy().trim_end_matches('/').to_owned(),
            None => below_root(&context.root()?, path)?,
        };
        let holds = |file: &str| within(file, &below);
        if !snapshot.files().iter().any(|file| holds(&file.path)) {
            return Err(Error::new(format!("{} is not a part of the dataset", path.display()))
                .hint("name files or folders below dataset/"));
        }
        wanted.push(below);
    }
    let Checked { report, texts } = checked;
    report.findings.retain(|located| {
        let path = &texts.get(located.finding.place.origin.file).path;
        wanted.iter().any(|below| within(path, below))
    });
    Ok(())
}
