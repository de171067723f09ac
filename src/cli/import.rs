//! `claimbook import`

use super::{Context, Outcome, changes::write_all, note, print, width, writing::Writing};
use crate::{
    authoring::{
        Desk,
        intake::{self, Counts, Form, Input, TABLES},
    },
    error::{Error, Result},
    finding::Severity,
    report::{self, FORMATS, Options},
    snapshot::Snapshot,
    text::{count, list},
};
use clap::builder::PossibleValuesParser;
use std::{
    collections::BTreeMap,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

/// Take in records from spreadsheets, published tables, lines of JSON or an issue form.
///
/// A table has a header; a row is a record, or a citation of the claim above it. What the rows are is
/// told by the file's name or its headers. Lists in a cell are parted by `;`, subjects and topics also
/// by commas; names stand for ids. A folder is taken as tables that `publish` wrote. All records are
/// tried against the whole dataset first, and everything that is wrong is told with its row and column;
/// then all are written, or none.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  claimbook import --template claims > claims.csv
  claimbook import claims.csv --dry-run
  claimbook import dist")]
pub struct Args {
    /// Tables (.csv, .tsv), lines of JSON (.jsonl), or a folder of published tables; `-` is a table
    /// on standard input.
    #[arg(value_name = "PATH", required_unless_present_any = ["issue", "template"])]
    paths: Vec<PathBuf>,

    /// The body of an issue that was opened with one of the forms; `-` is standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    issue: Option<PathBuf>,

    /// Print a table to fill in: its header and an example.
    #[arg(long, value_name = "TABLE", conflicts_with_all = ["paths", "issue"], value_parser = tables())]
    template: Option<String>,

    /// What the rows are, where that cannot be told.
    #[arg(long, value_name = "TABLE", value_parser = tables())]
    kind: Option<String>,

    /// Read the column HEADER as NAME; `-` leaves it out.
    #[arg(long, value_name = "HEADER=NAME", value_parser = pair)]
    map: Vec<(String, String)>,

    /// Change records that are there: columns of the table take the place of what they say, other
    /// members stay.
    #[arg(long)]
    update: bool,

    #[command(flatten)]
    writing: Writing,

    /// How to show what is wrong.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|f| f.name)))]
    format: String,
}

fn tables() -> PossibleValuesParser {
    PossibleValuesParser::new(TABLES.iter().map(|table| table.name))
}

fn pair(text: &str) -> std::result::Result<(String, String), String> {
    let (header, name) = text.rsplit_once('=').ok_or("write HEADER=NAME")?;
    Ok((header.trim().to_owned(), name.trim().to_owned()))
}

/// How many bytes a file may have.
const LIMIT: u64 = 1 << 30;

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let root = context.root()?;
    let snapshot = Snapshot::folder(&root)?;
    let loaded = context.load(&snapshot)?;
    let desk = Desk::new(snapshot, loaded, args.writing.today())?;
    if let Some(table) = &args.template {
        print(&intake::template(&desk, table)?)?;
        return Ok(Outcome::Clean);
    }
    let options = intake::Options {
        table: args.kind.clone(),
        map: args.map.iter().cloned().collect::<BTreeMap<_, _>>(),
        update: args.update,
        folder: args.writing.folder.clone(),
    };
    let batch = intake::take_in(&desk, inputs(args)?, &options)?;
    let trial = &batch.trial;
    batch.read.iter().for_each(|words| note(words));
    let human = args.format == FORMATS[0].name;
    let shown = Options { color: context.colors(), width: width(), ..Options::default() };
    if human {
        print(&report::findings(&trial.report, &trial.loaded.texts, &shown))?;
    } else if let Some(format) = FORMATS.iter().find(|format| format.name == args.format) {
        print(&(format.render)(&trial.report, &trial.loaded.texts, &shown))?;
    }
    // Where programs read the report, it stands alone.
    let say = |text: &str| {
        if human {
            return print(&format!("{text}\n"));
        }
        note(text);
        Ok(())
    };
    let what = words(&batch.counts);
    let found = |severity: Severity| count(trial.report.count(severity), severity.as_str());
    if trial.is_refused() {
        say(&format!("{}: nothing was written", found(Severity::Error)))?;
        return Ok(Outcome::Found);
    }
    if args.writing.dry_run {
        say(&format!("no errors, {}: would write {what}", found(Severity::Warning)))?;
        return Ok(Outcome::Clean);
    }
    write_all(&root, &trial.edits)?;
    say(&format!("wrote {what}"))?;
    if !trial.edits.is_empty() {
        note("next: claimbook check");
    }
    Ok(Outcome::Clean)
}

/// `2 new claims, 1 new source and 1 changed claim`
fn words(counts: &Counts) -> String {
    let mut parts = Vec::new();
    for (adjective, per_kind) in [("new", &counts.new), ("changed", &counts.changed)] {
        for (kind, n) in per_kind {
            parts.push(count(*n, &format!("{adjective} {}", kind.as_str())));
        }
    }
    if counts.same > 0 {
        let are = if counts.same == 1 { "is" } else { "are" };
        parts
            .push(format!("nothing for {} that {are} there just so", count(counts.same, "record")));
    }
    if counts.examples > 0 {
        parts.push("nothing for the example of the template".to_owned());
    }
    if parts.is_empty() { "nothing".to_owned() } else { list(&parts, "and") }
}

/// The files to take in.
fn inputs(args: &Args) -> Result<Vec<Input>> {
    if let Some(path) = &args.issue {
        return Ok(vec![input(path, Form::Issue)?]);
    }
    let mut inputs = Vec::new();
    for path in &args.paths {
        if !path.is_dir() {
            let name = path.to_string_lossy().to_lowercase();
            let lines = [".jsonl", ".ndjson"].iter().any(|end| name.ends_with(end));
            inputs.push(input(path, if lines { Form::Lines } else { Form::Table })?);
            continue;
        }
        let before = inputs.len();
        for table in TABLES {
            let path = path.join(format!("{}.csv", table.name));
            if path.is_file() {
                inputs.push(input(&path, Form::Table)?);
            }
        }
        if inputs.len() == before {
            return Err(Error::new(format!("{} holds no published tables", path.display()))
                .hint("`claimbook publish --format csv` writes them"));
        }
    }
    Ok(inputs)
}

fn input(path: &Path, form: Form) -> Result<Input> {
    let failed = |e: std::io::Error| Error::new(format!("cannot read {}: {e}", path.display()));
    let mut bytes = Vec::new();
    let name = if path == Path::new("-") {
        std::io::stdin().lock().take(LIMIT).read_to_end(&mut bytes).map_err(failed)?;
        "standard input".to_owned()
    } else {
        fs::File::open(path)
            .and_then(|file| file.take(LIMIT).read_to_end(&mut bytes))
            .map_err(failed)?;
        path.display().to_string()
    };
    let text = String::from_utf8(bytes).map_err(|_| {
        Error::new(format!("{name} is not UTF-8"))
            .hint("save it as “CSV UTF-8”, as spreadsheets call it")
    })?;
    Ok(Input { name, text, form })
}
