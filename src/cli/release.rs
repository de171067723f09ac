//! `claimbook release`

use super::{Context, Outcome, check::acknowledged, interrupt, print, source::Source, target};
use crate::{
    between::Between,
    diff::{Bump, Changes},
    error::{Error, Result},
    model::Meta,
    publish::{ALL, Folder},
    release::{self, Built, CHANGELOG, Previous, Version},
    snapshot::{self, CommitId, History, Moment, Tag},
    text::count,
    write,
};
use clap::ArgGroup;
use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

/// The folder to write into unless told.
const OUT: &str = "release";

/// Release the dataset as of HEAD: checked, built, and tagged with its version.
///
/// The check must find nothing, with the rules of change held against the last release. The version
/// follows from what changed since, and may be higher, never lower.
/// `--changelog` writes what changed into dataset/CHANGELOG.md: edit and commit it, and it becomes
/// the notes of the release. Then `release` writes every format, a manifest, checksums and two
/// archives, all or nothing, and makes an annotated tag; to publish them, push the tag. On a commit
/// that has its tag, the same release is built again, byte for byte.
#[derive(clap::Args)]
#[command(group = ArgGroup::new("ahead").args(["dry_run", "changelog"]))]
pub struct Args {
    /// The version; the least one that the changes ask for unless told.
    version: Option<String>,

    /// Show the version, the notes and the files, and write nothing.
    #[arg(long)]
    dry_run: bool,

    /// Only write what changed into dataset/CHANGELOG.md.
    #[arg(long)]
    changelog: bool,

    /// With `--changelog` or `--dry-run`, what the commit still to be made will acknowledge of all that
    /// changed since the last release: `weakens 12 claims`. May be given several times.
    #[arg(long, value_name = "WORDS", requires = "ahead")]
    acknowledge: Vec<String>,

    /// The folder to write into. The release in it before is replaced, and nothing else.
    #[arg(long, value_name = "DIR", default_value = OUT)]
    out: PathBuf,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let root = context.root_at("HEAD")?;
    if !args.dry_run && !args.changelog {
        target::fit(&root, &args.out, OUT)?;
    }
    interrupt::leaves_nothing();
    let history = History::open(&root)?;
    let head = history.tip("HEAD")?;
    if history.is_shallow() {
        return Err(Error::new("this is a shallow clone: the last release may be missing in it")
            .hint("git fetch --unshallow --tags (in GitHub Actions: fetch-depth: 0)"));
    }
    let source = Source::read(context, &root, &head.to_string())?;
    let tags = source.meta().ok().map(|meta| Tags::read(&history, head, meta)).transpose()?;
    let last = tags.as_ref().and_then(|tags| tags.last.as_ref()).map(|(_, tag)| tag);
    if let Some(words) = source.check(context, &root, last, &acknowledged(&args.acknowledge)?)? {
        print(&words)?;
        super::note("nothing was released: the check must find nothing");
        return Ok(Outcome::Found);
    }
    let meta = source.meta()?;
    let plan = Plan::make(&root, tags.unwrap_or_default(), meta, args.version.as_deref())?;
    let authors =
        history.authors(plan.last.as_ref().map(|(_, tag)| tag.commit.id.as_str()), head)?;
    let since = plan.last.as_ref().map(|(_, tag)| (tag.name.as_str(), &plan.changes));
    let generated =
        release::notes(&source.loaded.dataset, meta, since, &authors, &source.templates)?;
    if args.changelog {
        return changelog(&root, &plan, &source, &generated);
    }
    let section = release::section(&source.changelog, &plan.version);
    let mut obstacles = uncommitted(&root)?;
    if section.is_none() {
        obstacles.push(
            Error::new(format!("{CHANGELOG} has no section for {}", plan.version))
                .hint("`claimbook release --changelog` writes it; commit it, then release"),
        );
    }
    if !plan.tagged {
        obstacles.extend(history.tagger().err());
    }
    let notes = section.unwrap_or(&generated);
    if args.dry_run {
        let mut out = Folder::nowhere()?;
        let built = source.build(
            context,
            &root,
            &plan.version,
            plan.previous(),
            &[ALL.into()],
            &mut out,
        )?;
        print(&dry(&plan, notes, &built))?;
        for obstacle in &obstacles {
            super::note(&format!("it would be refused: {obstacle}"));
            obstacle.hints().iter().for_each(|hint| super::note(&format!("hint: {hint}")));
        }
        return Ok(if obstacles.is_empty() { Outcome::Clean } else { Outcome::Found });
    }
    if let Some(obstacle) = obstacles.into_iter().next() {
        return Err(obstacle);
    }
    let mut out = Folder::new(&args.out, Box::new(release::is_release))?;
    let built =
        source.build(context, &root, &plan.version, plan.previous(), &[ALL.into()], &mut out)?;
    out.finish()?;
    let files = count(built.manifest.files.len(), "file");
    print(&format!(
        "{} {} is in {}: {files}, two archives\n",
        meta.name,
        plan.version,
        args.out.display()
    ))?;
    // Last: what has a tag is there as a whole.
    if plan.tagged {
        print(&format!("the commit has the tag {} already\n", plan.tag))?;
    } else {
        history.tag(&plan.tag, head, &format!("{} {}\n\n{notes}\n", meta.title, plan.version))?;
        print(&format!("tagged {}; to publish it: git push origin {}\n", plan.tag, plan.tag))?;
    }
    Ok(Outcome::Clean)
}

/// What is going to be released.
struct Plan {
    version: String,
    tag: String,
    /// Whether the commit has the tag.
    tagged: bool,
    last: Option<(String, Tag)>,
    changes: Changes,
}

/// The releases of the dataset.
#[derive(Default)]
struct Tags {
    all: Vec<(Version, Tag)>,
    /// The version that HEAD has been released as.
    done: Option<Version>,
    /// The release before it, or before HEAD.
    last: Option<(Version, Tag)>,
}

impl Tags {
    fn read(history: &History, head: CommitId, meta: &Meta) -> Result<Self> {
        let prefix = meta.tag_prefix();
        let mut all = Vec::new();
        for tag in history.tags(prefix)? {
            if let Ok(version) = release::parse(&tag.name[prefix.len()..]) {
                all.push((version, tag));
            }
        }
        let here = all.iter().filter(|(_, tag)| tag.commit.id == head.to_string());
        let done = here.map(|(version, _)| version).max().cloned();
        let mut before = Vec::new();
        for (version, tag) in &all {
            let earlier = done.as_ref().is_none_or(|done| version < done);
            if earlier && history.leads_to(&tag.commit.id, head)? {
                before.push((version.clone(), tag.clone()));
            }
        }
        Ok(Self { all, done, last: release::last(before) })
    }
}

impl Plan {
    fn make(root: &Path, tags: Tags, meta: &Meta, asked: Option<&str>) -> Result<Self> {
        let prefix = meta.tag_prefix();
        let asked = asked.map(|text| release::parse(text.strip_prefix(prefix).unwrap_or(text)));
        let asked = asked.transpose()?;
        let Tags { all, done, last } = tags;
        if let (Some(done), Some(asked)) = (&done, &asked)
            && done != asked
        {
            return Err(Error::new(format!("HEAD is released already, as {done}"))
                .hint("a version needs a commit of its own"));
        }
        let changes = match &last {
            Some((_, tag)) => {
                let old = Moment::revision(root, &format!("refs/tags/{}", tag.name))?;
                Between::read(&old, &Moment::revision(root, "HEAD")?)?.changes()
            }
            None => Changes::default(),
        };
        let tagged = done.is_some();
        let version = match done {
            Some(done) => done,
            None => release::next(last.as_ref().map(|(v, _)| v), changes.bump, asked)?,
        };
        let tag = format!("{prefix}{version}");
        if let Some((_, other)) = all.iter().find(|(_, of)| of.name == tag).filter(|_| !tagged) {
            return Err(Error::new(format!(
                "{tag} is the tag of another commit, {}",
                other.commit.id
            ))
            .hint("name a higher version"));
        }
        let last = last.map(|(version, tag)| (version.to_string(), tag));
        Ok(Self { version: version.to_string(), tag, tagged, last, changes })
    }

    fn previous(&self) -> Option<Previous> {
        let (version, tag) = self.last.as_ref()?;
        Some(Previous { version: version.clone(), commit: tag.commit.id.clone() })
    }
}

/// What would be released but is not committed: the first few files.
fn uncommitted(root: &Path) -> Result<Vec<Error>> {
    let head = Moment::revision(root, "HEAD")?;
    let changed = snapshot::changed(&head, &Moment::folder(root))?;
    let Some(first) = changed.first() else { return Ok(Vec::new()) };
    let more = match changed.len() {
        1 => String::new(),
        n => format!(" and {}", count(n - 1, "more file")),
    };
    Ok(vec![Error::new(format!("not committed: {}{more}", first.path)).hint(
        "a release is made of a commit: commit the changes, or put them aside with git stash",
    )])
}

/// Writes the section of a release.
fn changelog(root: &Path, plan: &Plan, source: &Source, notes: &str) -> Result<Outcome> {
    let meta = source.meta()?;
    if plan.tagged {
        return Err(Error::new(format!("HEAD is released already, as {}", plan.version)));
    }
    let day = source.day();
    // As it is in the folder: somebody may be writing in it.
    let page = match fs::read_to_string(root.join(CHANGELOG)) {
        Err(e) if e.kind() == ErrorKind::NotFound => String::new(),
        page => page.map_err(|e| Error::new(format!("cannot read {CHANGELOG}: {e}")))?,
    };
    let page = release::with_section(&page, &meta.title, &plan.version, &day, notes);
    write::file(&root.join(CHANGELOG), page.as_bytes())
        .map_err(|e| Error::new(format!("cannot write {CHANGELOG}: {e}")))?;
    print(&format!(
        "{CHANGELOG}: a section for {}; read it, commit it, then run `claimbook release`\n",
        plan.version
    ))?;
    Ok(Outcome::Clean)
}

/// What `--dry-run` shows.
fn dry(plan: &Plan, notes: &str, built: &Built) -> String {
    let mut out = format!("version {} as the tag {}\n", plan.version, plan.tag);
    match &plan.last {
        None => out.push_str("the first release\n"),
        Some((last, _)) => {
            out.push_str(&format!("since {last}: {}", plan.changes.bump.as_str()));
            if let Some(by) =
                plan.changes.forced_by.as_ref().filter(|_| plan.changes.bump != Bump::None)
            {
                out.push_str(&format!(
                    ", for {} {}, {}",
                    by.record.as_str(),
                    by.id,
                    by.verb.as_str()
                ));
            }
            out.push('\n');
        }
    }
    out.push_str(&format!("\n{}\n\n", notes.trim()));
    let longest = built.written.values().map(|of| of.bytes.to_string().len()).max().unwrap_or(0);
    for (path, written) in &built.written {
        out.push_str(&format!("{:>longest$}  {path}\n", written.bytes));
    }
    out
}
