//! `claimbook merge-driver`

use super::{Context, Outcome, note};
use crate::{
    document::Json,
    error::{Error, Result},
    load,
    merge::{self, Markers, Merged, Sides},
    schema::Schema,
    snapshot::{self, Moment},
    text::{list, shorten},
    write,
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Merge three versions of a file of records, for git, which runs it in merges and rebases.
///
/// `claimbook init --git` tells git to. Records are merged field by field, lists item by item; what
/// both sides changed differently is marked inside the one field. A file that is no sound JSON is
/// merged as text.
#[derive(clap::Args)]
#[command(after_help = "Exit codes: 0 merged, 1 conflicts are marked, 129 could not run.")]
pub struct Args {
    /// The file as both sides began with it; empty where it was not there (git's %O).
    base: PathBuf,

    /// Our side's file, which gets the result (%A).
    ours: PathBuf,

    /// The other side's file (%B).
    theirs: PathBuf,

    /// How long conflict markers are (%L).
    #[arg(default_value = "7")]
    marker_size: u16,

    /// The file's path in the repository, which tells what it holds (%P).
    #[arg(default_value = "")]
    path: String,

    /// Names of the base, of our side and of the other (%S %X %Y).
    #[arg(num_args = 0..=3)]
    labels: Vec<String>,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let read = |path: &Path| {
        fs::read(path).map_err(|e| Error::new(format!("cannot read {}: {e}", path.display())))
    };
    let (base, ours, theirs) = (read(&args.base)?, read(&args.ours)?, read(&args.theirs)?);
    // A git older than 2.44 hands over the placeholder itself.
    let label = |i: usize, default: &str| {
        let given = args.labels.get(i).filter(|label| !label.is_empty() && !label.starts_with('%'));
        given.map_or(default.to_owned(), |label| label.replace(['\n', '\r'], " "))
    };
    let markers = Markers {
        size: usize::from(args.marker_size),
        ours: label(1, "ours"),
        theirs: label(2, "theirs"),
    };
    let sides = Sides { base: &base, ours: &ours, theirs: &theirs };
    let (merged, conflicts) = match records(context, args, sides, &markers)? {
        Some(merged) => (merged.text.into_bytes(), merged.conflicts),
        None => {
            let labels = [markers.ours.as_str(), markers.theirs.as_str()];
            let (text, clean) =
                snapshot::merge_texts([&base, &ours, &theirs], args.marker_size, labels)?;
            let why = unsound(sides, &markers);
            (text, if clean { Vec::new() } else { vec![format!("merged as text{why}")] })
        }
    };
    write::file(&args.ours, &merged)
        .map_err(|e| Error::new(format!("cannot write {}: {e}", args.ours.display())))?;
    for conflict in &conflicts {
        note(&format!("conflict in {}: {}", args.path, shorten(conflict, 200)));
    }
    Ok(if conflicts.is_empty() { Outcome::Clean } else { Outcome::Found })
}

/// Merges the files as records, where they hold some that can be read.
fn records(
    context: &Context,
    args: &Args,
    sides: Sides<&Vec<u8>>,
    markers: &Markers,
) -> Result<Option<Merged>> {
    let (root, path) = split(context.root.as_deref(), &args.path);
    let Some((name, form)) = load::holds(path).layout() else { return Ok(None) };
    let Sides { base, ours, theirs } = sides.map(|bytes| std::str::from_utf8(bytes));
    let (Ok(base), Ok(ours), Ok(theirs)) = (base, ours, theirs) else { return Ok(None) };
    let own = load::own_files_at(&Moment::folder(&root), "schema", 1 << 20)
        .and_then(|own| Schema::named(name, &own));
    // A merge must go on where the repository's own schema is in pieces.
    let schema = match own {
        Ok(schema) => schema,
        Err(error) => {
            note(&format!("merging with the built-in schema: {error}"));
            Schema::named(name, &BTreeMap::new())?
        }
    };
    Ok(merge::merge(&schema, form, Sides { base, ours, theirs }, markers))
}

/// Which sides cannot be read as records, in words.
fn unsound(sides: Sides<&Vec<u8>>, markers: &Markers) -> String {
    let is_json = |text: &str| text.trim().is_empty() || Json::parse(text).is_ok();
    let sound = |bytes: &[u8]| {
        std::str::from_utf8(bytes).is_ok_and(|text| is_json(text) || text.lines().all(is_json))
    };
    let named = [
        ("what both began with".to_owned(), sides.base),
        (format!("`{}`", markers.ours), sides.ours),
        (format!("`{}`", markers.theirs), sides.theirs),
    ];
    let broken = named.into_iter().filter(|(_, bytes)| !sound(bytes)).map(|(name, _)| name);
    match &broken.collect::<Vec<_>>()[..] {
        [] => String::new(),
        [one] => format!(", since {one} is no sound JSON"),
        several => format!(", since {} are no sound JSON", list(several, "and")),
    }
}

/// Splits a path in the repository into the dataset's root, where git runs us, and the path below.
fn split<'p>(root: Option<&Path>, path: &'p str) -> (PathBuf, &'p str) {
    let root = root.unwrap_or(Path::new("")).to_owned();
    let starts = path.match_indices("dataset/").map(|(at, _)| at);
    let starts: Vec<usize> = starts.filter(|at| *at == 0 || path[..*at].ends_with('/')).collect();
    // A folder above may have the same name.
    let marked = starts.iter().find(|at| root.join(&path[..**at]).join(snapshot::MARK).is_file());
    let at = marked.or(starts.first()).copied().unwrap_or(0);
    (root.join(&path[..at]), &path[at..])
}
