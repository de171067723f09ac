//! `claimbook cite`

use super::{Context, Outcome, note, print};
use crate::{
    error::{Error, Result},
    load,
    model::{Claim, RecordKind, RelationType, Status, is_version},
    publish::{
        Edition,
        cite::{Work, apa, bibtex, csl},
    },
    snapshot::{Moment, Snapshot},
    text::did_you_mean,
};
use clap::ValueEnum;

/// Print a ready citation of a claim or, without an id, of the dataset.
///
/// `ID@VERSION` cites a claim as a release has it, `@VERSION` the release itself. Without a version
/// the folder is cited, which nobody else may have.
#[derive(clap::Args)]
pub struct Args {
    /// The claim's id, `@` and a released version, or both.
    #[arg(value_name = "ID[@VERSION]")]
    what: Option<String>,

    /// Read a git revision instead of the folder.
    #[arg(long, value_name = "REV")]
    at: Option<String>,

    /// The form of the citation.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Forms of citations.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line of text in the style of APA.
    Text,
    /// BibTeX, in the dialect of BibLaTeX.
    Bibtex,
    /// CSL-JSON.
    Csl,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let what = args.what.as_deref().unwrap_or_default();
    let (id, version) = match what.split_once('@') {
        Some((id, version)) => (id, Some(version)),
        None => (what, None),
    };
    let (snapshot, version) = match version {
        Some(_) if args.at.is_some() => {
            return Err(Error::new("a version and --at name two revisions").hint("leave one out"));
        }
        Some(version) => (release(context, version)?, Some(version.to_owned())),
        None => (context.snapshot(args.at.as_deref())?, None),
    };
    let loaded = context.load(&snapshot)?;
    let templates = context.templates(&snapshot)?;
    let edition = Edition::new(&loaded.dataset, snapshot.commit(), &templates)
        .ok_or_else(|| Error::new("dataset.json cannot be read"))?;
    let named = args.at.as_deref().and_then(|rev| edition.meta.released_as(rev));
    let version = version.or_else(|| named.map(str::to_owned));
    let edition = edition.version(version);
    let work = match id {
        "" => Work::dataset(&edition),
        _ => {
            let entry = loaded.dataset.claims.get(id).ok_or_else(|| no_claim(&edition, id))?;
            warn(&edition, &entry.record)?;
            Work::claim(&edition, &entry.record)
        }
    };
    if edition.version.is_none() {
        note("hint: this names no version; ID@VERSION cites a release");
    }
    print(&match args.format {
        Format::Text => apa(&work, &templates)?,
        Format::Bibtex => bibtex::entry(&work),
        Format::Csl => csl::list(&work)?,
    })?;
    Ok(Outcome::Clean)
}

/// The files of a released version.
fn release(context: &Context, version: &str) -> Result<Snapshot> {
    if !is_version(version) {
        return Err(Error::new(format!("`{version}` is not a version"))
            .hint("a version is three numbers, such as 1.2.0; --at takes any revision"));
    }
    // What tags begin with is the dataset's own business, and it hardly ever changes.
    let here = match context.root() {
        Ok(root) => Moment::folder(&root),
        Err(_) => Moment::revision(&context.root_at("HEAD")?, "HEAD")?,
    };
    let prefix = load::meta(&here)?.unwrap_or_default().tag_prefix().to_owned();
    let tag = format!("{prefix}{version}");
    context.snapshot(Some(&format!("refs/tags/{tag}"))).map_err(|error| {
        let error = Error::new(format!("version {version} cannot be read: {error}"));
        error.hint(format!(
            "git tag --list '{tag}' says whether it is there; git fetch --tags gets it"
        ))
    })
}

/// Says that a claim should not be cited any more.
fn warn(edition: &Edition, claim: &Claim) -> Result<()> {
    let why = claim.status_note.as_deref().unwrap_or_default();
    match claim.status {
        Status::Removed => {
            return Err(Error::new(format!("`{}` was removed: {why}", claim.id))
                .hint("a version before that still has it"));
        }
        Status::Superseded | Status::Retracted | Status::Disputed => {
            note(&format!("warning: `{}` is {}: {why}", claim.id, claim.status));
        }
        _ => {}
    }
    let followers = edition.relations_to.get(claim.id.as_str()).into_iter().flatten();
    for (id, _) in followers.filter(|(_, kind)| **kind == RelationType::Supersedes) {
        note(&format!("hint: `{id}` supersedes it"));
    }
    Ok(())
}

/// There is no claim of this id; it may be something else's.
fn no_claim(edition: &Edition, id: &str) -> Error {
    if edition.dataset.sources.contains_key(id) {
        return Error::new(format!("`{id}` is a source, not a claim"))
            .hint("`claimbook publish --format bibtex,csl` writes citations of all sources");
    }
    let kinds = [(RecordKind::Publisher, "a publisher"), (RecordKind::Subject, "a subject")];
    if let Some((_, what)) =
        kinds.into_iter().find(|(kind, _)| edition.dataset.ids(*kind).any(|other| other == id))
    {
        return Error::new(format!("`{id}` is {what}; what is cited is a claim"));
    }
    let error = Error::new(format!("no claim has the id `{id}`"));
    match did_you_mean(id, edition.dataset.ids(RecordKind::Claim)) {
        Some(meant) => error.hint(format!("did you mean `{meant}`?")),
        None => error.hint("`claimbook list` lists the claims"),
    }
}
