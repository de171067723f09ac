//! `claimbook stats`

use super::{Context, Outcome, print};
use crate::{
    error::{Error, Result},
    markers::{Stale, TABLES, Values},
    stats::Stats,
    text::count,
    write,
};
use clap::ValueEnum;
use std::{collections::BTreeMap, path::PathBuf};

/// Show counts and coverage: how much there is of what, and how well it is attested.
///
/// With --update, the numbers and tables in Markdown pages are filled in; with --check, they are
/// held against the dataset, for CI.
#[derive(clap::Args)]
pub struct Args {
    /// Read a git revision instead of the folder.
    #[arg(long, value_name = "REV")]
    at: Option<String>,

    /// How to show them.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,

    /// Fill in the markers of these Markdown pages: what stands between
    /// `<!-- claimbook:stats:NAME -->` and `<!-- /claimbook -->`.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "format")]
    update: Vec<PathBuf>,

    /// Write nothing; exit with 1 where a marker of these pages is out of date.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["format", "update"])]
    check: Vec<PathBuf>,

    /// List the markers and what each stands for.
    #[arg(long, conflicts_with_all = ["format", "update", "check"])]
    markers: bool,
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
    let templates = context.templates(&snapshot)?;
    let values = Values::new(&stats, &templates);
    if args.markers {
        print(&list(&values))?;
        return Ok(Outcome::Clean);
    }
    if !args.update.is_empty() || !args.check.is_empty() {
        return pages(&values, args);
    }
    print(&match args.format {
        Format::Json => super::json(&stats)?,
        Format::Human => templates.render("stats.txt", &stats)?,
        Format::Markdown => templates.render("stats.md", &BTreeMap::from([("stats", &stats)]))?,
    })?;
    Ok(Outcome::Clean)
}

fn list(values: &Values) -> String {
    let width = values.numbers().keys().map(String::len).max().unwrap_or(0);
    let numbers = values.numbers().iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let tables = TABLES.iter().map(|name| (*name, "a table"));
    numbers.chain(tables).map(|(name, value)| format!("{name:<width$}  {value}\n")).collect()
}

/// Fills in the markers of pages, or says which are out of date. All pages are read before the
/// first one is written.
fn pages(values: &Values, args: &Args) -> Result<Outcome> {
    let mut filled = Vec::new();
    for path in args.update.iter().chain(&args.check) {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|e| Error::new(format!("cannot read {shown}: {e}")))?;
        filled.push((path, values.fill(&shown, &text)?));
    }
    let stale = filled.iter().filter(|(_, page)| !page.stale.is_empty());
    if args.check.is_empty() {
        for (path, page) in stale {
            let shown = path.display();
            write::file(path, page.text.as_bytes())
                .map_err(|e| Error::new(format!("cannot write {shown}: {e}")))?;
            print(&format!("updated {shown}: {}\n", count(page.stale.len(), "marker")))?;
        }
        return Ok(Outcome::Clean);
    }
    let mut files = Vec::new();
    for (path, page) in stale {
        files.push(path.display().to_string());
        for Stale { place: (line, column), name, values } in &page.stale {
            let words = match values {
                Some((is, should)) => format!("`{name}` is {should}, not {is:?}"),
                None => format!("the table `{name}` is out of date"),
            };
            print(&format!("{}:{line}:{column}: {words}\n", path.display()))?;
        }
    }
    if files.is_empty() {
        return Ok(Outcome::Clean);
    }
    super::note(&format!("to fill them in: claimbook stats --update {}", files.join(" ")));
    Ok(Outcome::Found)
}
