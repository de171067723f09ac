//! `claimbook ci`

use super::{Context, Outcome, check::as_of, note, print};
use crate::{
    between::Between,
    check,
    ci::{self, Event, Look, Page, Review},
    date::Day,
    diff::Changes,
    error::{Error, Result},
    finding::{Report, Texts},
    report::{self, Options},
    rules::AsOf,
    snapshot::{self, Moment, Snapshot},
    write,
};
use std::{
    collections::BTreeMap,
    fs,
    io::{ErrorKind, Write as _},
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
/// what the change brings in as annotations; on a schedule or by hand, checks the dataset as it is.
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

/// A commit that was checked, and what it was checked against.
struct Checked {
    report: Report,
    texts: Texts,
    changes: Option<Changes>,
    /// The texts of the base that findings with a fix are in, by path.
    old: BTreeMap<String, String>,
}

/// Tells what a change brings in, or what there is to say of the dataset.
fn change(context: &Context, args: &Args) -> Result<Outcome> {
    let event = event()?;
    let root = context.root_at(&args.at)?;
    let snapshot = Snapshot::revision(&root, &args.at)?;
    let templates = context.templates(&snapshot)?;
    let Checked { report, mut texts, changes, mut old } = match base(&root, &event, &args.at)? {
        Some(base) => against(context, args, &root, &snapshot, &base)?,
        None => {
            let loaded = context.load(&snapshot)?;
            let report = check::check(&loaded, as_of(&snapshot, args.as_of));
            Checked { report, texts: loaded.texts, changes: None, old: BTreeMap::new() }
        }
    };
    if let Some(below) = below_workspace(&root) {
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
    let head = event.pull.as_ref().map(|pull| pull.head.as_str());
    let blob = blob(head.or(snapshot.commit().map(|commit| commit.id.as_str())));
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
    append("GITHUB_STEP_SUMMARY", &summary)?;
    append("GITHUB_OUTPUT", &format!("found={}\n", report.fails()))?;
    print(&render("github"))?;
    Ok(if report.fails() { Outcome::Found } else { Outcome::Clean })
}

/// What started the workflow.
fn event() -> Result<Event> {
    let name = variable("GITHUB_EVENT_NAME").ok_or_else(|| {
        Error::new("GITHUB_EVENT_NAME is not set: nothing tells what to compare")
            .hint("outside GitHub Actions: claimbook check, and claimbook diff")
    })?;
    let path = variable("GITHUB_EVENT_PATH").ok_or_else(|| {
        Error::new("GITHUB_EVENT_PATH is not set").hint("it names the file with the event's JSON")
    })?;
    let text = fs::read_to_string(&path)
        .map_err(|e| Error::new(format!("cannot read the event at {path}: {e}")))?;
    Event::read(&name, &text, &variable("GITHUB_BASE_REF").unwrap_or_default())
}

/// The commit at which what is checked parted from what the event puts it upon.
fn base(root: &Path, event: &Event, at: &str) -> Result<Option<String>> {
    let mut failed: Option<Error> = None;
    for name in &event.bases {
        match snapshot::merge_base(root, name, at) {
            Ok(commit) => return Ok(Some(commit)),
            Err(error) => failed = Some(error),
        }
    }
    match failed {
        None => Ok(None),
        Some(error) if snapshot::is_shallow(root)? => Err(error),
        Some(error) if event.may_lack_base() => {
            note(&format!("{error}: it was pushed over; the dataset is checked as it is"));
            Ok(None)
        }
        Some(error) => Err(error.hint("in GitHub Actions: fetch-depth: 0 of actions/checkout")),
    }
}

/// Checks a commit against its base.
fn against(
    context: &Context,
    args: &Args,
    root: &Path,
    head: &Snapshot,
    base: &str,
) -> Result<Checked> {
    let (mut old, mut new) = (Moment::revision(root, base)?, Moment::revision(root, &args.at)?);
    for moment in [&mut old, &mut new] {
        let short = moment.commit().and_then(|commit| commit.id.get(..10)).map(str::to_owned);
        moment.name = short.unwrap_or_else(|| moment.name.clone());
    }
    let changes = Between::read(&old, &new)?.changes();
    let as_of = as_of(head, args.as_of);
    let loaded = context.load(head)?;
    let mut report = check::check(&loaded, as_of);
    let mut texts = BTreeMap::new();
    // A base that holds no dataset yet has no findings.
    let before = old.snapshot()?;
    if before.files().iter().any(|file| file.path == snapshot::MARK) {
        let before = context.load(&before)?;
        let earlier = check::check(&before, as_of);
        ci::keep_new(&mut report, &loaded.texts, &earlier, &before.texts);
        let found = |path: &str| {
            let of = |located: &crate::finding::Located| located.finding.place.origin.file;
            report.findings.iter().any(|located| loaded.texts.get(of(located)).path == path)
        };
        let kept = before.texts.0.into_iter().filter(|text| found(&text.path));
        texts = kept.map(|text| (text.path, text.text)).collect();
    }
    Ok(Checked { report, texts: loaded.texts, changes: Some(changes), old: texts })
}

/// Lists what is due.
fn stale(context: &Context, args: &Args) -> Result<Outcome> {
    let root = context.root_at(&args.at)?;
    let snapshot = Snapshot::revision(&root, &args.at)?;
    let loaded = context.load(&snapshot)?;
    let day = args.as_of.unwrap_or_else(Day::today);
    let report = check::check(&loaded, AsOf { day, asked: true });
    let blob = blob(snapshot.commit().map(|commit| commit.id.as_str()));
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
    append("GITHUB_OUTPUT", &format!("due={}\n", issue.is_some()))?;
    let Some(issue) = issue else {
        note("nothing is due");
        return Ok(Outcome::Clean);
    };
    append("GITHUB_STEP_SUMMARY", &issue)?;
    print(&issue)?;
    Ok(Outcome::Found)
}

/// Makes requests of what an untrusted job wrote.
fn post(from: &Path, to: &Path, commit: &str) -> Result<Outcome> {
    let comment = foreign(&from.join(names::COMMENT))?.map(|text| ci::comment(&text));
    let review = foreign(&from.join(names::REVIEW))?;
    let review = review.map(|text| ci::review_request(&text, commit)).transpose()?.flatten();
    let comment = comment.transpose()?;
    append(
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

/// Adds text to the file that a variable of GitHub's names, where it is set.
fn append(name: &str, text: &str) -> Result<()> {
    let Some(path) = variable(name) else { return Ok(()) };
    let file = fs::OpenOptions::new().append(true).create(true).open(&path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|e| Error::new(format!("cannot write to {name}, {path}: {e}")))
}

/// The address below which GitHub shows the files of a commit.
fn blob(commit: Option<&str>) -> Option<String> {
    let server = variable("GITHUB_SERVER_URL")?;
    let repository = variable("GITHUB_REPOSITORY")?;
    commit.map(|commit| format!("{server}/{repository}/blob/{commit}"))
}

/// Where the dataset is below the folder that GitHub checked out; none where it is that folder.
fn below_workspace(root: &Path) -> Option<String> {
    let workspace = PathBuf::from(variable("GITHUB_WORKSPACE")?).canonicalize().ok()?;
    let root = root.canonicalize().ok()?;
    let below = root.strip_prefix(workspace).ok()?;
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
