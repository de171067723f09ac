//! `claimbook log` and `claimbook blame`

use super::{Context, Outcome, print, width};
use crate::{
    error::{Error, Result},
    history,
    model::RecordKind,
    report::history::{Asked, FORMATS, Format},
    snapshot::{History, Moment},
    text::did_you_mean,
};
use clap::builder::PossibleValuesParser;
use std::path::PathBuf;

/// Show the life of a record: which commit changed what in it, newest first.
///
/// Follows the record through renames, moves between folders and between `.json` and `.jsonl`, and
/// through removal and return to the same file. A change is shown at the commit it came in with, not at
/// the merge that took it in.
#[derive(clap::Args)]
pub struct Args {
    /// The record's id: a claim, source, publisher or subject, also one that is gone.
    id: String,

    /// Go back from this revision.
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    at: String,

    /// Show at most this many commits.
    #[arg(short = 'n', long, value_name = "COUNT", value_parser = some)]
    max_count: Option<usize>,

    /// Also look in every other file for an earlier life, which ended before the record came to where it
    /// is: slow in a long history.
    #[arg(long)]
    earlier: bool,

    /// How to show it.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|f| f.name)))]
    format: String,
}

/// Show which commit last set each field of a record, and what a claim cited then.
#[derive(clap::Args)]
pub struct BlameArgs {
    /// The record's id: a claim, source, publisher or subject.
    id: String,

    /// The record as it stands at this revision.
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    at: String,

    /// How to show it.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|f| f.name)))]
    format: String,
}

/// A number of commits to show.
fn some(text: &str) -> std::result::Result<usize, String> {
    text.parse()
        .ok()
        .filter(|count| *count > 0)
        .ok_or_else(|| "write a number from 1 on".to_owned())
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let root = root(context, &args.at)?;
    let history = History::open(&root)?;
    let tip = history.tip(&args.at)?;
    let format = format(&args.format);
    let most = args.max_count.unwrap_or(usize::MAX);
    let mut life = history::log(&history, tip, &args.id, most, args.earlier)?;
    if life.kind.is_none() {
        return Err(unknown(&root, &args.id, &args.at));
    }
    if format.names {
        life.look_up_names(&history)?;
    }
    print(&(format.log)(&life, &asked(context, &args.id, &args.at, tip.to_string()))?)?;
    // The program ends here: to give back piece by piece what git has in memory would only take time.
    std::mem::forget(history);
    Ok(Outcome::Clean)
}

pub fn run_blame(context: &Context, args: &BlameArgs) -> Result<Outcome> {
    let root = root(context, &args.at)?;
    let history = History::open(&root)?;
    let tip = history.tip(&args.at)?;
    let Some(blame) = history::blame(&history, tip, &args.id)? else {
        return Err(unknown(&root, &args.id, &args.at)
            .hint(format!("`claimbook log {}` also finds what is gone", args.id)));
    };
    print(&(format(&args.format).blame)(
        &blame,
        &asked(context, &args.id, &args.at, tip.to_string()),
    )?)?;
    Ok(Outcome::Clean)
}

/// The folder that holds `dataset/`: in the working tree, or at the revision.
fn root(context: &Context, at: &str) -> Result<PathBuf> {
    context.root().or_else(|_| context.root_at(at))
}

fn format(name: &str) -> &'static Format {
    FORMATS.iter().find(|format| format.name == name).unwrap_or(&FORMATS[0])
}

fn asked<'a>(context: &Context, id: &'a str, rev: &'a str, commit: String) -> Asked<'a> {
    Asked { id, rev, commit, color: context.colors(), width: width() }
}

/// There is no such record, and which one may be meant.
fn unknown(root: &std::path::Path, id: &str, at: &str) -> Error {
    let error = Error::new(format!("no record `{id}` at {at}"));
    let mut names = Vec::new();
    if let Ok(moment) = Moment::revision(root, at) {
        for kind in RecordKind::ALL {
            let files = moment.list(&format!("dataset/{}", kind.folder())).unwrap_or_default();
            names.extend(files.into_iter().filter_map(|file| {
                let name = file.path.rsplit('/').next()?;
                Some(name.strip_suffix(".json")?.to_owned())
            }));
        }
    }
    match did_you_mean(id, names.iter().map(String::as_str)) {
        Some(meant) => error.hint(format!("did you mean `{meant}`?")),
        None => {
            error.hint("`claimbook list` lists the claims, `claimbook list sources` the sources")
        }
    }
}
