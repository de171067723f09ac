//! `claimbook ci`

use super::{Context, Outcome, check::as_of, note, print, workflow};
use crate::{
    between::Between,
    check::{self, Ask, Base, Checked},
    ci::{self, Look, Page, Review},
    date::Day,
    diff::Changes,
    error::{Error, Result},
    load,
    report::{self, Options},
    rules::AsOf,
    snapshot::{Moment, Snapshot},
    write,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// What folders hold: the comment, what it becomes when it is posted, and so on.
mod names {
    pub const COMMENT: &str = "comment.md";
    pub const COMMENT_REQUEST: &str = "comment.json";
    pub const REVIEW: &str = "review.json";
    pub const REVIEW_REQUEST: &str = "review-request.json";
    pub const SUMMARY: &str = "summary.md";
    pub const REPORT: &str = "report.json";
    pub const SARIF: &str = "report.sarif";
    pub const ISSUE: &str = "issue.md";
}

/// How much of a folder that a stranger wrote is read, in bytes a file.
const MAX_FOREIGN: u64 = 4 << 20;

/// Check what a workflow of GitHub Actions was started for, and tell people and programs.
///
/// Compares the commit with what a pull request, a merge queue or a push puts it upon, and prints
/// what the change brings in as annotations, by the rules of change too, as `claimbook check --base`
/// finds it; on a schedule or by hand, checks the dataset as it is.
/// Writes the summary of the run, and into a folder the comment for the pull request, suggestions,
/// SARIF and JSON. docs/github.md tells how workflows use it.
#[derive(clap::Args)]
#[command(
    after_help = "Reads GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_BASE_REF, GITHUB_WORKSPACE, GITHUB_SERVER_URL and \
GITHUB_REPOSITORY; writes to the files that GITHUB_STEP_SUMMARY and GITHUB_OUTPUT name, where they are set."
)]
pub struct Args {
    /// The revision to check.
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    at: String,

    /// The folder to write the comment, suggestions, SARIF and JSON to.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// List claims to review and waivers to renew instead: the text of an issue.
    #[arg(long, conflicts_with = "post")]
    stale: bool,

    /// Make the requests that post a comment and suggestions out of a folder that an untrusted job
    /// wrote, into the folder of `--out`.
    #[arg(long, value_name = "DIR", requires = "out", requires = "commit")]
    post: Option<PathBuf>,

    /// The commit that suggestions are about, with `--post`.
    #[arg(long, value_name = "SHA", requires = "post")]
    commit: Option<String>,

    /// The day that counts as today, YYYY-MM-DD; unless told the commit's, with `--stale` today's.
    #[arg(long, value_name = "DATE", value_parser = |day: &str| day.parse::<Day>())]
    as_of: Option<Day>,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    match (&args.post, &args.out, &args.commit) {
        (Some(from), Some(to), Some(commit)) => post(from, to, commit),
        _ if args.stale => stale(context, args),
        _ => change(context, args),
    }
}

/// Tells what a change brings in, or what there is to say of the dataset.
fn change(context: &Context, args: &Args) -> Result<Outcome> {
    let event = workflow::event()?.ok_or_else(|| {
        Error::new("GITHUB_EVENT_NAME is not set: nothing tells what to compare")
            .hint("outside GitHub Actions: claimbook check, and claimbook diff")
    })?;
    let root = context.root_at(&args.at)?;
    let snapshot = Snapshot::revision(&root, &args.at)?;
    let templates = context.templates(&snapshot)?;
    let as_of = as_of(&snapshot, args.as_of);
    let (Checked { report, mut texts }, changes, mut old) =
        match workflow::base(&event, &root, Some(&args.at))? {
            Some(base) => {
                let ask = Ask { as_of, all: false, acknowledged: &[] };
                let checked = context.against(&base, &snapshot, ask)?;
                let old = load::texts_at(&base.moment, &mendable(&checked))?;
                (checked, Some(changes(&base, &snapshot)?), old)
            }
            None => {
                let loaded = context.load_on(&snapshot, as_of)?;
                let report = check::check(&loaded, as_of);
                (Checked { report, texts: loaded.texts }, None, BTreeMap::new())
            }
        };
    if let Some(below) = workflow::below_workspace(&root) {
        for text in &mut texts.0 {
            text.path = format!("{below}/{}", text.path);
        }
        old = old.into_iter().map(|(path, text)| (format!("{below}/{path}"), text)).collect();
    }
    let options = Options { notes: true, ..Options::default() };
    let render = |name: &str| {
        let format = report::FORMATS.iter().find(|format| format.name == name);
        format.map(|format| (format.render)(&report, &texts, &options)).unwrap_or_default()
    };
    let review = match event.pull {
        Some(_) => Some(ci::review(&report, &texts, &old, &templates)?),
        None => None,
    };
    let head = event.pull.as_deref();
    let blob = workflow::blob(head.or(snapshot.commit().map(|commit| commit.id.as_str())));
    let page = Page {
        report: &report,
        texts: &texts,
        changes: changes.as_ref(),
        suggestions: review.as_ref().map_or(0, |review| review.comments.len()),
        blob: blob.as_deref(),
        templates: &templates,
    };
    let summary = page.render(Look::Summary, ci::MAX_SUMMARY)?;
    if let Some(out) = &args.out {
        put(out, names::SARIF, Some(render("sarif")))?;
        put(out, names::REPORT, Some(render("json")))?;
        put(out, names::SUMMARY, Some(summary.clone()))?;
        // A pull request that is not about the dataset gets no comment.
        let silent = report.findings.is_empty() && changes.as_ref().is_none_or(Changes::is_empty);
        let comment = match &event.pull {
            Some(_) if !silent => Some(page.render(Look::Comment, ci::MAX_COMMENT)?),
            _ => None,
        };
        put(out, names::COMMENT, comment)?;
        put(out, names::REVIEW, review.as_ref().map(Review::json).transpose()?)?;
    }
    workflow::append("GITHUB_STEP_SUMMARY", &summary)?;
    workflow::append("GITHUB_OUTPUT", &format!("found={}\n", report.fails()))?;
    print(&render("github"))?;
    Ok(if report.fails() { Outcome::Found } else { Outcome::Clean })
}

/// What changed, with commits named as people do.
fn changes(base: &Base, head: &Snapshot) -> Result<Changes> {
    let named = |moment: &Moment| {
        let mut moment = moment.clone();
        let short = moment.commit().and_then(|commit| commit.id.get(..10)).map(str::to_owned);
        moment.name = short.unwrap_or(moment.name);
        moment
    };
    Ok(Between::read(&named(&base.moment), &named(head.moment()))?.changes())
}

/// The paths of findings with a fix.
fn mendable(checked: &Checked) -> BTreeSet<&str> {
    let findings = checked.report.findings.iter().map(|located| &located.finding);
    let fixed = findings.filter(|finding| finding.fix.is_some());
    fixed.map(|finding| checked.texts.get(finding.place.origin.file).path.as_str()).collect()
}

/// Lists what is due.
fn stale(context: &Context, args: &Args) -> Result<Outcome> {
    let root = context.root_at(&args.at)?;
    let snapshot = Snapshot::revision(&root, &args.at)?;
    let loaded = context.load(&snapshot)?;
    let day = args.as_of.unwrap_or_else(Day::today);
    let report = check::check(&loaded, AsOf { day, asked: true });
    let blob = workflow::blob(snapshot.commit().map(|commit| commit.id.as_str()));
    let page = Page {
        report: &report,
        texts: &loaded.texts,
        changes: None,
        suggestions: 0,
        blob: blob.as_deref(),
        templates: &context.templates(&snapshot)?,
    };
    let issue = ci::due(&page, &day.to_string(), ci::MAX_COMMENT)?;
    if let Some(out) = &args.out {
        put(out, names::ISSUE, issue.clone())?;
    }
    workflow::append("GITHUB_OUTPUT", &format!("due={}\n", issue.is_some()))?;
    let Some(issue) = issue else {
        note("nothing is due");
        return Ok(Outcome::Clean);
    };
    workflow::append("GITHUB_STEP_SUMMARY", &issue)?;
    print(&issue)?;
    Ok(Outcome::Found)
}

/// Makes requests of what an untrusted job wrote.
fn post(from: &Path, to: &Path, commit: &str) -> Result<Outcome> {
    let comment = foreign(&from.join(names::COMMENT))?.map(|text| ci::comment(&text));
    let review = foreign(&from.join(names::REVIEW))?;
    let review = review.map(|text| ci::review_request(&text, commit)).transpose()?.flatten();
    let comment = comment.transpose()?;
    workflow::append(
        "GITHUB_OUTPUT",
        &format!("comment={}\nreview={}\n", comment.is_some(), review.is_some()),
    )?;
    put(to, names::COMMENT_REQUEST, comment)?;
    put(to, names::REVIEW_REQUEST, review)?;
    Ok(Outcome::Clean)
}

/// The text of a file that a stranger wrote, where there is one.
fn foreign(path: &Path) -> Result<Option<String>> {
    let failed = |why: &dyn std::fmt::Display| Error::new(format!("{}: {why}", path.display()));
    let about = match fs::symlink_metadata(path) {
        Ok(about) => about,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(failed(&e)),
    };
    if !about.is_file() || about.len() > MAX_FOREIGN {
        return Err(failed(&"not a file of at most 4 MiB"));
    }
    fs::read_to_string(path).map(Some).map_err(|e| failed(&e))
}

/// Puts a file into a folder; where there is no text, none is left there from an earlier run.
fn put(folder: &Path, name: &str, text: Option<String>) -> Result<()> {
    let path = folder.join(name);
    let done = match text {
        Some(text) => write::file(&path, text.as_bytes()),
        None => match fs::remove_file(&path) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        },
    };
    done.map_err(|e| Error::new(format!("cannot write {}: {e}", path.display())))
}
