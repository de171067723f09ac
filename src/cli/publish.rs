//! `claimbook publish`

use super::{Context, Outcome, check::as_of, interrupt, print, target, width};
use crate::{
    between::Between,
    check,
    confidence::Assessed,
    error::{Error, Result},
    finding::Severity,
    load,
    model::Meta,
    publish::{self, ALL, Compare, EXPORTERS, Edition, Exporter, Folder, exporters, feed::News},
    release,
    report::{self, FORMATS, Options},
    snapshot::Moment,
    templates::Templates,
    text::count,
};
use clap::builder::PossibleValuesParser;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

/// The folder to publish into unless told.
const OUT: &str = "dist";

/// Publish the dataset: as JSON, CSV and Markdown unless other formats are named.
///
/// A dataset with errors is not published. All files are written, or none; the same revision gives
/// the same bytes on every machine. `SHA256SUMS` lists what was written, and a later run replaces or
/// removes only what is in that list and unchanged: anything else in the folder stays as it is, and
/// where it is in the way, nothing is published. A folder with nothing else in it is replaced in one
/// step; in others, each file takes its place whole, the list last.
#[derive(clap::Args)]
pub struct Args {
    /// Publish a git revision instead of the folder; no checkout is needed.
    #[arg(long, value_name = "REV")]
    at: Option<String>,

    /// The revision that feeds tell the changes since, such as the last release.
    #[arg(long, value_name = "REV", requires = "at")]
    base: Option<String>,

    /// The folder to publish into.
    #[arg(long, value_name = "DIR", default_value = OUT)]
    out: PathBuf,

    /// Publish only these formats, and the files that they describe; may be given several times.
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', value_parser = PossibleValuesParser::new(EXPORTERS.iter().map(|e| e.name).chain([ALL])))]
    format: Vec<String>,

    /// List the formats and who reads them.
    #[arg(long)]
    list: bool,

    /// Print what each format holds, file by file and column by column, as a page of Markdown.
    #[arg(long, exclusive = true)]
    manual: bool,

    /// Write nothing; exit with 1 where a published file is missing or differs.
    #[arg(long)]
    check: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    if args.list {
        print(&listing())?;
        return Ok(Outcome::Clean);
    }
    if args.manual {
        print(&publish::manual(&Templates::new(BTreeMap::new())?)?)?;
        return Ok(Outcome::Clean);
    }
    if !args.check {
        fit(context, args)?;
    }
    let snapshot = context.snapshot(args.at.as_deref())?;
    let loaded = context.load(&snapshot)?;
    let assessed = Assessed::of(&loaded.dataset);
    let mut report = check::check_assessed(&loaded, &assessed, as_of(&snapshot, None));
    if report.count(Severity::Error) > 0 {
        report.findings.retain(|located| located.finding.severity == Severity::Error);
        let options = Options { color: context.colors(), width: width(), ..Options::default() };
        print(&(FORMATS[0].render)(&report, &loaded.texts, &options))?;
        super::note("nothing was published: the dataset has errors");
        return Ok(Outcome::Found);
    }
    let templates = context.templates(&snapshot)?;
    let edition = Edition::of(&loaded.dataset, assessed, snapshot.commit(), &templates)
        .ok_or_else(|| Error::new("dataset.json cannot be read"))?;
    let version = args.at.as_deref().and_then(|rev| edition.meta.released_as(rev));
    let wanted = exporters(&args.format, args.base.is_some());
    let news = news(context, args, edition.meta, &wanted)?;
    let edition = edition
        .version(version.map(str::to_owned))
        .schemas(load::own_files(&snapshot, "schema", 1 << 20)?)
        .news(news);
    let name = edition.meta.name.clone();
    let fits = Box::new(move |paths: &BTreeSet<&str>| publish::is_publication(&name, paths));
    let template = |error: Error| {
        match (&args.at, error.to_string().starts_with("templates/")) {
        (_, false) => error,
        (None, true) => error.hint(
            "without it, the built-in template is used; `claimbook init --templates` then writes that, to start from",
        ),
        (Some(rev), true) => error.hint(format!(
            "the templates are those of {rev}, for a claimbook of that time; JSON, CSV and other formats need none"
        )),
    }
    };
    if args.check {
        let mut compare = Compare::new(&args.out, fits);
        publish::export(&edition, &wanted, &mut compare).map_err(template)?;
        let differences = compare.finish()?;
        for difference in &differences {
            print(&format!("{difference}\n"))?;
        }
        return Ok(if differences.is_empty() { Outcome::Clean } else { Outcome::Found });
    }
    interrupt::leaves_nothing();
    let mut folder = Folder::new(&args.out, fits)?;
    publish::export(&edition, &wanted, &mut folder).map_err(template)?;
    let files = folder.finish()?;
    // The program ends: what it has read need not be taken apart, millions of texts, before.
    std::mem::forget(edition);
    std::mem::forget(loaded);
    let checked = report::summary(&report, &Options { notes: true, ..Options::default() });
    let out = args.out.display();
    print(&format!("{checked}\npublished {} in {out}\n", count(files.len(), "file")))?;
    Ok(Outcome::Clean)
}

/// Refuses a folder that is not for published files.
fn fit(context: &Context, args: &Args) -> Result<()> {
    let root = match &args.at {
        None => context.root()?,
        Some(rev) => context.root_at(rev)?,
    };
    target::fit(&root, &args.out, OUT)?;
    if release::holds_release(&args.out) {
        let words = format!("{} holds a release: what it has must stay", args.out.display());
        return Err(Error::new(words).hint("name another folder with --out"));
    }
    Ok(())
}

/// What changed since the base, where there is one.
fn news(context: &Context, args: &Args, meta: &Meta, wanted: &[&Exporter]) -> Result<Option<News>> {
    let (Some(rev), Some(base)) = (&args.at, &args.base) else { return Ok(None) };
    let root = context.root_at(rev)?;
    let (old, new) = (Moment::revision(&root, base)?, Moment::revision(&root, rev)?);
    let changes = Between::read(&old, &new)?.changes();
    // However it was named: the same revision gives the same bytes.
    let commit = old.commit().map_or(base.as_str(), |commit| &commit.id);
    let since = meta.released_as(base).unwrap_or(commit);
    let mut news = super::news::news(&changes, since);
    if wanted.iter().any(|exporter| exporter.name == "changes") {
        news.before = Some(super::diff::bundle(context, old)?);
    }
    Ok(Some(news))
}

/// The formats, one a line, those by default first, and who reads each.
fn listing() -> String {
    let mut out = String::new();
    for (heading, default) in [("By default:", true), ("On request:", false)] {
        out.push_str(heading);
        out.push('\n');
        for exporter in EXPORTERS.iter().filter(|exporter| exporter.default == default) {
            let line = format!("  {:<12} {}", exporter.name, exporter.about);
            out.push_str(&format!("{line}; for {}\n", exporter.readers));
        }
    }
    out
}
