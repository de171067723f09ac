//! The command line: what it takes, and what each command does with the library.

mod apply;
mod changes;
mod check;
mod ci;
mod cite;
mod commands;
mod completions;
mod diff;
mod explain;
mod fields;
mod fix;
mod fmt;
mod import;
mod init;
mod list;
mod log;
mod man;
mod merge_driver;
mod new;
mod news;
mod paths;
mod publish;
mod release;
mod show;
mod source;
mod stats;
mod textconv;
mod verify;
mod view;
mod watch;
mod weight;
mod workflow;
mod writing;

use crate::{
    check::{Ask, Base, Checked},
    error::{Error, Result},
    load::{self, Loaded},
    rules::AsOf,
    schema::Schemas,
    snapshot::{self, Snapshot},
    templates::Templates,
};
use clap::{Parser, Subcommand, ValueEnum};
use serde::Serialize;
use std::{
    io::{self, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Check, diff and publish datasets of sourced claims that live in a git repository.
///
/// Every claim is one sentence with citations, a date and a confidence. claimbook holds a dataset
/// against its schemas and rules, works out what its citations can carry, and publishes it as
/// JSON, CSV and Markdown.
#[derive(Parser)]
#[command(name = "claimbook", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 nothing to say, 1 something found, 2 could not run.")]
pub struct Args {
    /// The repository: the folder that holds `dataset/`. Without it, the nearest one upward.
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,

    /// When to use colours.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    color: Color,

    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Args),
    Diff(diff::Args),
    Apply(apply::Args),
    Log(log::Args),
    Blame(log::BlameArgs),
    Publish(publish::Args),
    Release(release::Args),
    Verify(verify::Args),
    List(Box<list::Args>),
    Show(show::Args),
    Explain(explain::Args),
    Stats(stats::Args),
    Cite(cite::Args),
    New(new::Args),
    Import(import::Args),
    Fix(fix::Args),
    Fmt(fmt::Args),
    Init(Box<init::Args>),
    MergeDriver(merge_driver::Args),
    Textconv(textconv::Args),
    Completions(completions::Args),
    Man(man::Args),
    Ci(ci::Args),
}

/// How a run ended: its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to say: 0.
    Clean,
    /// Something was found: 1.
    Found,
}

/// Parses the arguments, runs the command and says how it ended.
#[must_use]
pub fn main() -> ExitCode {
    let args = Args::parse();
    let context = Context { root: args.root, color: args.color };
    let failed = match args.command {
        // To git, anything up to 128 is a conflict in a file that was merged.
        Command::MergeDriver(_) => 129,
        _ => 2,
    };
    let outcome = match args.command {
        Command::Check(args) => check::run(&context, &args),
        Command::Diff(args) => diff::run(&context, &args),
        Command::Apply(args) => apply::run(&context, &args),
        Command::Log(args) => log::run(&context, &args),
        Command::Blame(args) => log::run_blame(&context, &args),
        Command::Publish(args) => publish::run(&context, &args),
        Command::Release(args) => release::run(&context, &args),
        Command::Verify(args) => verify::run(&context, &args),
        Command::List(args) => list::run(&context, &args),
        Command::Show(args) => show::run(&context, &args),
        Command::Explain(args) => explain::run(&context, &args),
        Command::Stats(args) => stats::run(&context, &args),
        Command::Cite(args) => cite::run(&context, &args),
        Command::New(args) => new::run(&context, &args),
        Command::Import(args) => import::run(&context, &args),
        Command::Fix(args) => fix::run(&context, &args),
        Command::Fmt(args) => fmt::run(&context, &args),
        Command::Init(args) => init::run(&context, &args),
        Command::MergeDriver(args) => merge_driver::run(&context, &args),
        Command::Textconv(args) => textconv::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Ci(args) => ci::run(&context, &args),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(error) => {
            let mut stderr =
                anstream::AutoStream::new(io::stderr(), context.choice(io::stderr().is_terminal()));
            let style = anstyle::AnsiColor::Red.on_default().bold();
            // Nobody is left to tell where standard error is closed.
            let _ = writeln!(stderr, "{style}error{style:#}: {error}");
            for hint in error.hints() {
                let _ = writeln!(stderr, "hint: {hint}");
            }
            ExitCode::from(failed)
        }
    }
}

/// What every command has.
struct Context {
    root: Option<PathBuf>,
    color: Color,
}

impl Context {
    /// The snapshot to work on: the folder, or a revision of its repository.
    fn snapshot(&self, at: Option<&str>) -> Result<Snapshot> {
        match at {
            None => Snapshot::folder(&self.root()?),
            Some(rev) => Snapshot::revision(&self.root_at(rev)?, rev),
        }
    }

    /// The folder that holds `dataset/`.
    fn root(&self) -> Result<PathBuf> {
        let Some(root) = &self.root else {
            return snapshot::find_root(&here()?).ok_or_else(|| {
                Error::new(format!("no {} here or in any folder above", snapshot::MARK))
                    .hint("run claimbook in a dataset's repository, or name one with --root")
            });
        };
        if !root.is_dir() {
            return Err(Error::new(format!("{} is no folder", root.display())));
        }
        Ok(root.clone())
    }

    fn root_at(&self, rev: &str) -> Result<PathBuf> {
        match &self.root {
            Some(root) => Ok(root.clone()),
            None => snapshot::find_root_at(&here()?, rev),
        }
    }

    /// Reads a dataset, with a progress bar where it takes its time.
    fn load(&self, snapshot: &Snapshot) -> Result<Loaded> {
        self.load_with(&load::schemas(snapshot)?, snapshot)
    }

    /// The same for a check on a day.
    fn load_on(&self, snapshot: &Snapshot, as_of: AsOf) -> Result<Loaded> {
        self.load_with(&load::schemas(snapshot)?.on(as_of.day), snapshot)
    }

    fn load_with(&self, schemas: &Schemas, snapshot: &Snapshot) -> Result<Loaded> {
        let bar = progress::Bar::new("reading", snapshot.files().len());
        load::load_with(schemas, snapshot, &|n| bar.advance(n))
    }

    /// Checks what a snapshot makes of its base, likewise.
    fn against(&self, base: &Base, snapshot: &Snapshot, ask: Ask) -> Result<Checked> {
        let bar = progress::Bar::new("reading", snapshot.files().len());
        crate::check::against(base, snapshot, ask, &|n| bar.advance(n))
    }

    /// The templates of the repository.
    fn templates(&self, snapshot: &Snapshot) -> Result<Templates> {
        Templates::new(load::own_files(snapshot, "templates", 1 << 20)?)
    }

    fn choice(&self, terminal: bool) -> anstream::ColorChoice {
        match self.color {
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
            Color::Auto if !terminal => anstream::ColorChoice::Never,
            Color::Auto => anstream::AutoStream::choice(&io::stdout()),
        }
    }

    /// Whether what goes to standard output may have colours.
    fn colors(&self) -> bool {
        self.choice(io::stdout().is_terminal()) != anstream::ColorChoice::Never
    }
}

fn here() -> Result<PathBuf> {
    std::env::current_dir().map_err(|e| Error::new(format!("cannot tell the current folder: {e}")))
}

/// Writes to standard output. A reader that has gone away, such as `head`, is no error.
fn print(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::new(format!("cannot write to standard output: {e}")))
        }
        _ => Ok(()),
    }
}

/// An object as JSON for programs, in version 1 of its shape; `schema/` has a schema of each.
fn json(value: &impl Serialize) -> Result<String> {
    #[derive(Serialize)]
    struct V1<'v, T: Serialize> {
        version: u8,
        #[serde(flatten)]
        value: &'v T,
    }
    bare_json(&V1 { version: 1, value })
}

/// A value as JSON in a shape that others have fixed.
fn bare_json(value: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(value);
    text.map(|text| text + "\n").map_err(|e| Error::new(format!("cannot write JSON: {e}")))
}

/// Says something that is neither data nor a finding, on standard error.
fn note(text: &str) {
    // Nobody is left to tell where standard error is closed.
    let _ = writeln!(io::stderr(), "{text}");
}

/// How wide lines may be: the terminal's width, or 100.
fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0).max(60))
}

/// A path as it stands in the repository: relative to its root, with `/`.
fn below_root(root: &Path, path: &Path) -> Result<String> {
    let real = |path: &Path| {
        path.canonicalize()
            .map_err(|e| Error::new(format!("cannot look at {}: {e}", path.display())))
    };
    let (top, full) = (real(root)?, real(path)?);
    let below = full
        .strip_prefix(&top)
        .map_err(|_| Error::new(format!("{} is not below {}", path.display(), root.display())))?;
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Ok(parts.join("/"))
}

mod progress {
    //! A progress bar on a terminal, for work that takes more than a second.

    use indicatif::{ProgressBar, ProgressStyle};
    use std::{
        io::{self, IsTerminal as _},
        sync::{
            OnceLock,
            atomic::{AtomicUsize, Ordering},
        },
        time::{Duration, Instant},
    };

    pub struct Bar {
        what: &'static str,
        total: usize,
        done: AtomicUsize,
        began: Instant,
        bar: OnceLock<ProgressBar>,
        shown: bool,
    }

    impl Bar {
        pub fn new(what: &'static str, total: usize) -> Self {
            Self {
                what,
                total,
                done: AtomicUsize::new(0),
                began: Instant::now(),
                bar: OnceLock::new(),
                shown: io::stderr().is_terminal(),
            }
        }

        pub fn advance(&self, n: usize) {
            let done = self.done.fetch_add(n, Ordering::Relaxed) + n;
            // Looking at the clock for every file would cost more than some files do.
            if !self.shown
                || !done.is_multiple_of(256)
                || self.began.elapsed() < Duration::from_secs(1)
            {
                return;
            }
            let bar = self.bar.get_or_init(|| {
                let style =
                    ProgressStyle::with_template("{msg} {wide_bar} {human_pos} of {human_len}");
                ProgressBar::new(self.total as u64)
                    .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
                    .with_message(self.what)
            });
            bar.set_position(done as u64);
        }
    }

    impl Drop for Bar {
        fn drop(&mut self) {
            if let Some(bar) = self.bar.get() {
                bar.finish_and_clear();
            }
        }
    }
}
