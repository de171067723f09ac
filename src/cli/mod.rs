//! The command line: what it takes, and what each command does with the library.

mod apply;
mod changes;
mod check;
mod ci;
mod cite;
mod commands;
mod completions;
mod context;
mod diff;
mod explain;
mod fields;
mod fix;
mod fmt;
mod import;
mod init;
mod interrupt;
mod list;
mod log;
mod man;
mod merge_driver;
mod new;
mod news;
mod output;
mod paths;
mod progress;
mod publish;
mod rebuild;
mod release;
mod shell;
mod show;
mod source;
mod stats;
mod target;
mod textconv;
mod verify;
mod view;
mod watch;
mod weight;
mod workflow;
mod writing;

use clap::{Parser, Subcommand, ValueEnum};
use context::{Context, here};
use output::{json, note, print, width};
use std::{
    io::{self, IsTerminal as _, Write as _},
    path::PathBuf,
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
    #[arg(long, global = true, value_name = "DIR", display_order = 900)]
    root: Option<PathBuf>,

    /// When to use colours: `auto` where they are shown, `always` or `never`.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        display_order = 901
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
