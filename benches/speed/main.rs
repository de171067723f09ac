//! How fast claimbook is, against programs that do only the unavoidable part of the same work.
//!
//! ```text
//! cargo bench                                     everything, with 10,000 claims
//! cargo bench -- --claims 100000                  everything, with more
//! cargo bench -- check diff                       some of it
//! cargo bench -- generate files|lines|history DIR [--claims N] [--seed N] [--commits N] [--changes N]
//! ```
//!
//! The last makes a dataset and leaves it there.

// A table on standard output is what it is for.
#![allow(clippy::print_stdout)]

mod floor;
mod generator;
mod layout;
mod measure;

use claimbook::model::RecordKind;
use clap::{Parser, Subcommand, ValueEnum};
use generator::{Plan, Record};
use layout::Churn;
use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

#[derive(Parser)]
#[command(name = "cargo bench --")]
struct Args {
    /// How many claims a dataset has.
    #[arg(long, global = true, default_value_t = 10_000)]
    claims: usize,

    /// The seed of the generator.
    #[arg(long, global = true, default_value_t = 1)]
    seed: u64,

    /// What cargo says to benchmarks.
    #[arg(long, hide = true, global = true)]
    bench: bool,

    /// What to measure; everything if nothing is named.
    #[arg(value_enum)]
    what: Vec<What>,

    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    Start,
    Check,
    Changed,
    Diff,
    Log,
    Publish,
}

#[derive(Subcommand)]
enum Task {
    /// Make a dataset.
    Generate {
        /// As one file a record, as lines, or as a bare repository with a history.
        form: Form,
        /// Where; the folder must not exist.
        folder: PathBuf,
        /// Of a history: how many commits follow the first.
        #[arg(long, default_value_t = 100)]
        commits: usize,
        /// Of a history: how many claims each commit changes.
        #[arg(long, default_value_t = 10)]
        changes: usize,
    },
    /// The floor of `check`.
    #[command(hide = true)]
    FloorCheck { folder: PathBuf },
    /// The floor of `diff`.
    #[command(hide = true)]
    FloorDiff { folder: PathBuf, old: String, new: String },
    /// The floor of `publish`.
    #[command(hide = true)]
    FloorCopy { from: PathBuf, to: PathBuf },
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Files,
    Lines,
    History,
}

fn main() {
    let args = Args::parse();
    let plan = Plan { claims: args.claims, seed: args.seed };
    match args.task {
        Some(Task::Generate { form, folder, commits, changes }) => {
            assert!(!folder.exists(), "{} exists already", folder.display());
            generate(plan, form, &folder, Churn { commits, changes });
        }
        Some(Task::FloorCheck { folder }) => {
            let (records, dangling) = floor::check(&folder);
            println!("{records} records, {dangling} references lead nowhere");
        }
        Some(Task::FloorDiff { folder, old, new }) => {
            println!("{} bytes differ", floor::diff(&folder, &old, &new));
        }
        Some(Task::FloorCopy { from, to }) => println!("{} files", floor::copy(&from, &to)),
        None => Bench::new(plan, &args.what).run(),
    }
}

fn generate(plan: Plan, form: Form, folder: &Path, churn: Churn) {
    match form {
        Form::Files => layout::files(plan, folder),
        Form::Lines => layout::lines(plan, folder),
        Form::History => layout::history(plan, churn, folder),
    }
}

struct Bench {
    plan: Plan,
    what: Vec<What>,
    /// Where the datasets are made, once for each size and seed.
    data: PathBuf,
}

impl Bench {
    fn new(plan: Plan, what: &[What]) -> Self {
        let data = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("speed-{}-{}", plan.claims, plan.seed));
        let what = if what.is_empty() { What::value_variants() } else { what }.to_vec();
        Self { plan, what, data }
    }

    fn run(&self) {
        measure::heading();
        for what in &self.what {
            match what {
                What::Start => self.start(),
                What::Check => self.check(),
                What::Changed => self.changed(),
                What::Diff => self.diff(),
                What::Log => self.log(),
                What::Publish => self.publish(),
            }
        }
    }

    /// A dataset of this form; made where it is missing.
    fn dataset(&self, name: &str, form: Form, churn: Churn) -> PathBuf {
        let folder = self.data.join(name);
        if !folder.exists() {
            let unfinished = self.data.join(format!("{name}.part"));
            fs::remove_dir_all(&unfinished).ok();
            generate(self.plan, form, &unfinished, churn);
            fs::rename(&unfinished, &folder).expect("renamed");
        }
        folder
    }

    fn files(&self) -> PathBuf {
        self.dataset("files", Form::Files, NO_CHURN)
    }

    fn lines(&self) -> PathBuf {
        self.dataset("lines", Form::Lines, NO_CHURN)
    }

    /// Two commits, of which the second changes a hundredth of the claims.
    fn hundredth(&self) -> PathBuf {
        let churn = Churn { commits: 1, changes: self.plan.claims / 100 };
        self.dataset("hundredth", Form::History, churn)
    }

    fn title(&self, what: &str) -> String {
        format!("{what}, {} claims", self.plan.claims)
    }

    fn start(&self) {
        measure::alone("--version", || claimbook(Path::new("."), &["--version"]));
    }

    fn check(&self) {
        for (what, folder) in [("files", self.files()), ("lines", self.lines())] {
            measure::compare(
                &self.title(&format!("check, {what}")),
                || claimbook(&folder, &["check"]),
                || floor(&["floor-check".as_ref(), folder.as_ref()]),
            );
        }
    }

    /// One changed file in a work tree, held against `HEAD`.
    fn changed(&self) {
        let tree = self.data.join("changed");
        if !tree.exists() {
            let bare = self.hundredth();
            let git = git2::build::RepoBuilder::new()
                .clone(bare.to_str().expect("UTF-8"), &tree)
                .expect("a clone");
            let path = git
                .index()
                .expect("an index")
                .iter()
                .map(|entry| String::from_utf8(entry.path).expect("UTF-8"))
                .find(|path| path.starts_with("dataset/claims/"))
                .expect("a claim");
            let file = tree.join(path);
            let text = fs::read_to_string(&file).expect("a claim");
            fs::write(file, text.replacen("\"reviewed\": \"2026", "\"reviewed\": \"2025", 1))
                .expect("written");
        }
        measure::compare(
            &self.title("check --base HEAD, one file changed"),
            || claimbook(&tree, &["check", "--base", "HEAD"]),
            || {
                let mut git = Command::new("git");
                git.arg("-C").arg(&tree).args(["status", "--short"]);
                git
            },
        );
    }

    fn diff(&self) {
        let folder = self.hundredth();
        measure::compare(
            &self.title("diff, 1 % changed"),
            || claimbook(&folder, &["diff", "main~1", "main"]),
            || {
                let words = ["main~1", "main"].map(AsRef::as_ref);
                floor(&["floor-diff".as_ref(), folder.as_ref(), words[0], words[1]])
            },
        );
    }

    /// The life of one claim in a history of a thousand commits, and who set what in it, against
    /// `git log` and `git blame` of its file: of claims all over the dataset, the worst.
    fn log(&self) {
        let churn = Churn { commits: 1_000, changes: 10 };
        let folder = self.dataset("grown", Form::History, churn);
        as_cloned(&folder);
        let claims = all_over(generator::records(self.plan));
        let floors: [(&str, &[&str]); 2] =
            [("log", &["log", "--format=%H", "--"]), ("blame", &["blame", "main", "--"])];
        for (command, floor) in floors {
            let pairs = claims.iter().map(|claim| {
                let git = || {
                    let mut git = Command::new("git");
                    git.arg("-C").arg(&folder).args(floor).arg(claim.path());
                    git
                };
                (|| claimbook(&folder, &[command, &claim.id]), git)
            });
            let what = format!("{command} of one claim, 1,001 commits");
            measure::worst(&self.title(&what), pairs);
        }
    }

    /// Publishing, against pandas where Python has it, and against writing the same bytes.
    fn publish(&self) {
        let folder = self.lines();
        let publish = |runs: &Runs| {
            let mut command = claimbook(&folder, &["publish", "--out"]);
            command.arg(runs.next());
            command
        };
        let python = std::env::var("CLAIMBOOK_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let has = Command::new(&python).args(["-c", "import pandas"]).output();
        if has.is_ok_and(|output| output.status.success()) {
            let runs = Runs::new(self.data.join("published"));
            let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/speed/pandas_tables.py");
            let pandas = || {
                let mut command = Command::new(&python);
                command.arg(script).arg(&folder).arg(runs.next());
                command
            };
            let what = self.title("publish, against pandas");
            measure::compare(&what, || publish(&runs), pandas);
        } else {
            println!("pandas is missing: name a Python that has it in CLAIMBOOK_PYTHON");
        }
        let runs = Runs::new(self.data.join("published"));
        let published = runs.next();
        let mut first = claimbook(&folder, &["publish", "--out"]);
        assert!(first.arg(&published).output().is_ok_and(|out| out.status.success()));
        let what = self.title("publish, against writing the bytes");
        let copy = || floor(&["floor-copy".as_ref(), published.as_ref(), runs.next().as_ref()]);
        measure::compare(&what, || publish(&runs), copy);
    }
}

/// A folder for each run, all removed at the end and none before: where many files were just removed,
/// ext4 looks long for a place for the next.
struct Runs {
    folder: PathBuf,
    run: Cell<usize>,
}

impl Runs {
    fn new(folder: PathBuf) -> Self {
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).expect("a folder");
        Self { folder, run: Cell::new(0) }
    }

    fn next(&self) -> PathBuf {
        self.run.set(self.run.get() + 1);
        self.folder.join(self.run.get().to_string())
    }
}

impl Drop for Runs {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// Five claims: the first, the last, which came lately, two between, and one of the folder that holds most.
fn all_over(records: Vec<Record>) -> Vec<Record> {
    let claims: Vec<Record> =
        records.into_iter().filter(|record| record.kind == RecordKind::Claim).collect();
    let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate() {
        folders.entry(&claim.folder).or_default().push(at);
    }
    let crowded = folders.into_values().max_by_key(Vec::len).expect("a folder")[0];
    let last = claims.len() - 1;
    let chosen = BTreeSet::from([0, last / 3, last / 3 * 2, last, crowded]);
    let all = claims.into_iter().enumerate();
    all.filter(|(at, _)| chosen.contains(at)).map(|(_, claim)| claim).collect()
}

/// Leaves a repository as `git clone` does: packed by git itself, and with an index.
fn as_cloned(folder: &Path) {
    if folder.join("index").exists() {
        return;
    }
    let repack = Command::new("git").arg("-C").arg(folder).args(["repack", "-adfq"]).status();
    assert!(repack.expect("git runs").success(), "git cannot pack {}", folder.display());
    let git = git2::Repository::open(folder).expect("a repository");
    let tree = git.head().and_then(|head| head.peel_to_tree()).expect("a tree");
    let mut index = git2::Index::open(&folder.join("index")).expect("an index");
    index.read_tree(&tree).expect("read");
    index.write().expect("written");
}

const NO_CHURN: Churn = Churn { commits: 0, changes: 0 };

fn claimbook(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claimbook"));
    command.args(args).current_dir(folder);
    command
}

/// This very program as one of the floors.
fn floor(args: &[&std::ffi::OsStr]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(args);
    command
}
