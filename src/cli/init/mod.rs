//! `claimbook init`

mod git;

use super::{Context, Outcome, here, print};
use crate::{
    authoring::slug,
    check::is_commit,
    error::{Error, Result},
    snapshot,
    starter::{self, Plan, Word},
    templates::{self, Templates},
    text::{count, list},
    write,
};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Start a dataset in an empty folder, or add to one what it lacks.
///
/// Writes schemas, a sample claim with its source, publisher and subject, workflows, issue forms,
/// settings of editors and instructions for contributors; `claimbook check` then has nothing to say.
/// Nothing is asked: what is not given gets a default, which `dataset/dataset.json` shows.
#[derive(clap::Args)]
pub struct Args {
    /// The folder, which is made where it is missing; by default, the current one.
    dir: Option<PathBuf>,

    /// Short name of the dataset, lower-case words joined by hyphens; by default, the folder's.
    #[arg(long, value_name = "SLUG")]
    name: Option<String>,

    /// Title for readers; by default, made from the name.
    #[arg(long)]
    title: Option<String>,

    /// What it holds, for whom, and how far it reaches.
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,

    /// Licence of the data, an SPDX expression: identifiers such as CC-BY-4.0, joined by AND, OR or
    /// WITH.
    #[arg(long, value_name = "SPDX", default_value = "CC-BY-4.0")]
    license: String,

    /// Language of statements and notes.
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,

    /// Address under which records are identified; by default, one at example.org.
    #[arg(long, value_name = "URL")]
    base_iri: Option<String>,

    /// Where readers find the dataset.
    #[arg(long, value_name = "URL")]
    homepage: Option<String>,

    /// Where it is kept.
    #[arg(long, value_name = "URL")]
    repository: Option<String>,

    /// Who keeps it; may be given several times.
    #[arg(long, value_name = "NAME")]
    maintainer: Vec<String>,

    /// A topic that claims can have; may be given several times.
    #[arg(long, value_name = "ID[=LABEL]", value_parser = word)]
    topic: Vec<Word>,

    /// A unit that quantities can have; may be given several times.
    #[arg(long, value_name = "ID[=LABEL]", value_parser = word)]
    unit: Vec<Word>,

    /// The action of claimbook that workflows use, by the whole name of a commit. Without it they use the
    /// one that this program was released with, or else build the program, which takes minutes.
    #[arg(long, value_name = "OWNER/NAME@COMMIT", value_parser = action)]
    action: Option<String>,

    /// Make no git repository.
    #[arg(long)]
    no_git: bool,

    /// Write no dataset: in the clone of one, make git merge and compare records by field.
    #[arg(long, conflicts_with = "no_git")]
    git: bool,

    /// Write no dataset: beside one, write the built-in templates that it does not have, to adapt.
    #[arg(long, conflicts_with_all = ["git", "no_git"])]
    templates: bool,

    /// Write no dataset: beside one, write the workflows that it does not have and the scripts that they
    /// run; `--action` holds for them.
    #[arg(long, conflicts_with_all = ["git", "no_git", "templates"])]
    workflows: bool,
}

/// What was done, for the template that says it.
#[derive(Default, Serialize)]
struct Done {
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<usize>,
    folder: String,
    /// Whether the folder is not the current one.
    elsewhere: bool,
    /// Whether there is a git repository.
    git: bool,
    /// Whether it was made.
    repository: bool,
    /// What was set in its configuration.
    settings: Vec<&'static str>,
    /// How many lines were added to `.gitattributes`.
    attributes: usize,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let built_in = Templates::new(BTreeMap::new())?;
    let mut done = Done::default();
    if args.templates {
        let all = templates::of_output()
            .map(|(name, text)| (format!("templates/{name}.jinja"), text.to_owned()));
        let n = add(&existing(context, args)?, all.collect())?;
        print(&format!("{} in templates/: keep those that you change\n", count(n, "file")))?;
        return Ok(Outcome::Clean);
    }
    if args.workflows {
        let all = starter::workflows(&built_in, action_of(args).as_deref())?;
        let n = add(&existing(context, args)?, all)?;
        print(&format!(
            "{} in .github/: they run once the main branch has them\n",
            count(n, "file")
        ))?;
        return Ok(Outcome::Clean);
    }
    if args.git {
        let root = existing(context, args)?;
        done.settings = git::set_up(&root)?;
        done.attributes = git::add_attributes(&root, &starter::attributes(&built_in)?)?;
    } else {
        let folder = args.dir.clone().unwrap_or_else(|| PathBuf::from("."));
        must_be_empty(&folder)?;
        let files = starter::files(&built_in, &plan(args, &folder)?)?;
        write::all(&folder, &files)
            .map_err(|(path, e)| Error::new(format!("cannot write {path}: {e}")))?;
        if !args.no_git {
            done.repository = snapshot::start_repository(&folder)?;
            done.settings = git::set_up(&folder)?;
        }
        done.files = Some(files.len());
        done.folder = folder.display().to_string();
        done.elsewhere = args.dir.is_some() && done.folder != ".";
        done.git = !args.no_git;
    }
    print(&built_in.render("init.txt", &done)?)?;
    Ok(Outcome::Clean)
}

/// The root of the dataset that is there already.
fn existing(context: &Context, args: &Args) -> Result<PathBuf> {
    let Some(folder) = &args.dir else { return context.root() };
    let there = Some(folder).filter(|folder| folder.is_dir());
    there.and_then(|folder| snapshot::find_root(folder)).ok_or_else(|| {
        Error::new(format!("there is no {} in {}", snapshot::MARK, folder.display()))
            .hint("without --git, --templates and --workflows, init starts a dataset there")
    })
}

/// Refuses a folder that holds anything but a git repository.
fn must_be_empty(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let failed = |e: std::io::Error| Error::new(format!("cannot list {}: {e}", folder.display()));
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        names.push(entry.map_err(failed)?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| name != ".git");
    names.sort();
    if names.is_empty() {
        return Ok(());
    }
    let dataset = folder.join(snapshot::MARK).is_file();
    let more = names.len().saturating_sub(10);
    names.truncate(10);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    let error = Error::new(format!("{} is not empty", folder.display()))
        .hint(format!("in the way: {}", list(&names, "and")));
    Err(if dataset {
        error.hint("a dataset is there already; init --git sets up git in its clone")
    } else {
        error.hint("name a new folder: claimbook init DIR")
    })
}

/// What the arguments say about the dataset, and defaults for the rest.
fn plan(args: &Args, folder: &Path) -> Result<Plan> {
    let name = match &args.name {
        Some(name) => name.clone(),
        None => slug(
            &here()?
                .join(folder)
                .components()
                .as_path()
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        ),
    };
    if name.is_empty() {
        return Err(Error::new("the folder's name makes no name for the dataset")
            .hint("give one: --name lower-case-words"));
    }
    let title = args.title.clone().unwrap_or_else(|| label(&name));
    let or = |words: &[Word], id: &str| match words {
        [] => vec![Word { id: id.to_owned(), label: label(id) }],
        words => words.to_vec(),
    };
    Ok(Plan {
        description: args
            .description
            .clone()
            .unwrap_or_else(|| format!("Sourced claims: {title}.")),
        language: args.language.clone(),
        license: args.license.clone(),
        base_iri: match &args.base_iri {
            Some(address) => address.clone(),
            None => format!("https://example.org/{}/", slug(&name)),
        },
        homepage: args.homepage.clone(),
        repository: args.repository.clone(),
        maintainers: match args.maintainer.as_slice() {
            [] => vec![format!("The maintainers of {title}")],
            names => names.to_vec(),
        },
        topics: or(&args.topic, "general"),
        units: or(&args.unit, "percent"),
        action: action_of(args),
        name,
        title,
    })
}

/// The action for the workflows: without one, that of the release that this program is of, which the
/// workflow that makes releases names.
fn action_of(args: &Args) -> Option<String> {
    let released_with = || action(option_env!("CLAIMBOOK_ACTION").unwrap_or_default()).ok();
    args.action.clone().or_else(released_with)
}

/// `OWNER/NAME@COMMIT`: a branch or a tag may lead elsewhere tomorrow.
fn action(text: &str) -> std::result::Result<String, String> {
    let plain = |part: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        !part.is_empty() && part.chars().all(fits)
    };
    let named = text.split_once('@').is_some_and(|(repository, commit)| {
        let parts = repository.split_once('/');
        is_commit(commit) && parts.is_some_and(|(owner, name)| plain(owner) && plain(name))
    });
    named.then(|| text.to_owned()).ok_or_else(|| {
        "write a repository and a commit in full, such as OWNER/claimbook@ and 40 digits".to_owned()
    })
}

/// `ID` or `ID=LABEL`.
fn word(text: &str) -> std::result::Result<Word, String> {
    let (id, given) = text.split_once('=').unwrap_or((text, ""));
    if id.is_empty() {
        return Err("an id comes first, such as `money=Money and its uses`".to_owned());
    }
    let label = if given.is_empty() { label(id) } else { given.to_owned() };
    Ok(Word { id: id.to_owned(), label })
}

/// `tide-tables` as `Tide tables`.
fn label(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Writes the files that are not there yet; how many.
fn add(root: &Path, mut files: BTreeMap<String, String>) -> Result<usize> {
    files.retain(|path, _| !root.join(path).exists());
    write::all(root, &files)
        .map_err(|(path, e)| Error::new(format!("cannot write {path}: {e}")))?;
    Ok(files.len())
}
