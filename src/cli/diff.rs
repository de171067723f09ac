//! `claimbook diff`

use super::{Context, Outcome, print, width};
use crate::{
    between::Between,
    date::Day,
    diff::Filter,
    error::{Error, Result},
    load,
    publish::{self, Edition},
    report::diff::{FORMATS, Options, stat},
    snapshot::{self, Moment},
    templates::Templates,
    text::count,
};
use clap::builder::PossibleValuesParser;
use std::path::PathBuf;

/// Show what changed in the claims and what they rest on, between two revisions or since one.
///
/// Without arguments, compares HEAD with the working tree. Revisions are named as for git: commits,
/// branches, tags, `OLD..NEW`, and `A...B` for what B changed since it parted from A; also
/// `@{2026-01-31}`, the last commit of a day. No checkout is needed.
#[derive(clap::Args)]
#[command(
    after_help = "Exit codes: 0 compared, 2 could not run; with --exit-code 1 where something changed."
)]
pub struct Args {
    /// The older revision, or a range; HEAD unless told.
    old: Option<String>,

    /// The newer revision; the working tree unless told.
    new: Option<String>,

    /// Compare with what is staged for the next commit.
    #[arg(long, conflicts_with = "new")]
    staged: bool,

    /// Compare with the last commit of a day, YYYY-MM-DD, or of those before.
    #[arg(long, value_name = "DATE", conflicts_with = "old", value_parser = |day: &str| day.parse::<Day>())]
    as_of: Option<Day>,

    /// Show only these changes: a verb, `weakens`, `claim:ID`, `topic:ID`, `subject:ID` or
    /// `source:ID`. May be given several times: one of each kind must fit.
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    only: Vec<String>,

    /// Show counts only.
    #[arg(long, conflicts_with = "format")]
    stat: bool,

    /// How to show changes; `changes` is a change set for `apply`.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|f| f.name).chain([CHANGES])))]
    format: String,

    /// Exit with 1 where something changed.
    #[arg(long)]
    exit_code: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let filters = args.only.iter().map(|text| text.parse()).collect::<Result<Vec<Filter>>>()?;
    let (old, new) = moments(context, args)?;
    if args.format == CHANGES {
        print(&change_set(context, old, new)?)?;
        return Ok(Outcome::Clean);
    }
    let mut changes = Between::read(&old, &new)?.changes();
    let all = changes.changes.len();
    changes.keep(&filters);
    let text = if args.stat {
        stat(&changes)
    } else {
        let format = FORMATS.iter().find(|f| f.name == args.format).unwrap_or(&FORMATS[0]);
        let own = match format.name {
            "markdown" => load::own_files_at(&new, "templates", 1 << 20)?,
            _ => Default::default(),
        };
        let templates = Templates::new(own)?;
        let options = Options { color: context.colors(), width: width(), templates: &templates };
        (format.render)(&changes, &options)?
    };
    print(&text)?;
    if changes.is_empty() && all > 0 {
        let are = if all == 1 { "is" } else { "are" };
        super::note(&format!(
            "nothing fits --only; without it there {are} {}",
            count(all, "change")
        ));
    }
    if !changes.unread.is_empty() && (args.stat || args.format == "json") {
        let ids: Vec<&str> = changes.unread.iter().map(|(_, id)| id.as_str()).collect();
        super::note(&format!("not compared, since they cannot be read: {}", ids.join(", ")));
    }
    Ok(if args.exit_code && !changes.is_empty() { Outcome::Found } else { Outcome::Clean })
}

/// The format that is a change set for `apply`.
const CHANGES: &str = "changes";

/// The change set between what `publish` makes of two moments.
fn change_set(context: &Context, old: Moment, new: Moment) -> Result<String> {
    publish::changes::between(&bundle(context, old)?, &bundle(context, new)?)
}

/// The file with everything that `publish` makes of a moment.
pub fn bundle(context: &Context, moment: Moment) -> Result<String> {
    let snapshot = moment.snapshot()?;
    let loaded = context.load(&snapshot)?;
    let templates = context.templates(&snapshot)?;
    Edition::new(&loaded.dataset, snapshot.commit(), &templates)
        .map(|edition| publish::bundle(&edition))
        .ok_or_else(|| Error::new("dataset.json cannot be read"))
}

/// What to compare.
enum Names {
    /// A revision with the folder, or with the index.
    Since(String),
    /// Two revisions.
    Both(String, String),
    /// A revision with the one at which another parted from it.
    Fork(String, String),
}

fn names(args: &Args) -> Result<Names> {
    if let (Some(old), Some(new)) = (&args.old, &args.new)
        && let Some(range) = [old, new].into_iter().find(|rev| rev.contains(".."))
    {
        return Err(Error::new(format!("`{range}` is a range: it names both revisions"))
            .hint("give it alone, or two revisions"));
    }
    let or_head = |name: &str| if name.is_empty() { "HEAD" } else { name }.to_owned();
    Ok(match (&args.old, &args.new, args.as_of) {
        (_, _, Some(day)) => Names::Since(format!("HEAD@{{{day}}}")),
        (None, _, None) => Names::Since("HEAD".to_owned()),
        (Some(old), Some(new), None) => Names::Both(old.clone(), new.clone()),
        (Some(range), None, None) => match (range.split_once("..."), range.split_once("..")) {
            (Some((a, b)), _) => Names::Fork(or_head(a), or_head(b)),
            (None, Some((old, new))) => Names::Both(or_head(old), or_head(new)),
            (None, None) => Names::Since(range.clone()),
        },
    })
}

fn moments(context: &Context, args: &Args) -> Result<(Moment, Moment)> {
    match names(args)? {
        Names::Since(old) => {
            let root = root(context, &[&old], true)?;
            let new = if args.staged { Moment::index(&root)? } else { Moment::folder(&root) };
            Ok((Moment::revision(&root, &old)?, new))
        }
        Names::Both(old, new) => {
            if args.staged {
                return Err(Error::new("--staged compares with one revision")
                    .hint("name only the older one"));
            }
            let root = root(context, &[&new, &old], false)?;
            Ok((Moment::revision(&root, &old)?, Moment::revision(&root, &new)?))
        }
        Names::Fork(a, b) => {
            let root = root(context, &[&b, &a], false)?;
            let base = snapshot::merge_base(&root, &a, &b)?;
            Ok((Moment::revision(&root, &base)?, Moment::revision(&root, &b)?))
        }
    }
}

/// The folder that holds `dataset/`: in the working tree, or at the first of the revisions that
/// has one.
fn root(context: &Context, revisions: &[&str], folder: bool) -> Result<PathBuf> {
    if folder && let Ok(root) = context.root() {
        return Ok(root);
    }
    let mut roots = revisions.iter().map(|rev| context.root_at(rev));
    let first = roots.next().unwrap_or_else(|| context.root());
    match roots.find_map(Result::ok) {
        Some(root) if first.is_err() => Ok(root),
        _ => first,
    }
}
