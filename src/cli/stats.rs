//! `claimbook stats`

use super::{Context, Outcome, print};
use crate::{error::Result, stats::Stats};
use clap::ValueEnum;

/// Show counts and coverage: how much there is of what, and how well it is attested.
#[derive(clap::Args)]
pub struct Args {
    /// Read a git revision instead of the folder.
    #[arg(long, value_name = "REV")]
    at: Option<String>,

    /// How to show them.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
    /// Tables for a page.
    Markdown,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let snapshot = context.snapshot(args.at.as_deref())?;
    let loaded = context.load(&snapshot)?;
    let stats = Stats::of(&loaded.dataset);
    print(&match args.format {
        Format::Json => super::json(&stats)?,
        Format::Human => context.templates(&snapshot)?.render("stats.txt", &stats)?,
        Format::Markdown => context.templates(&snapshot)?.render("stats.md", &stats)?,
    })?;
    Ok(Outcome::Clean)
}
