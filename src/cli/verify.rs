//! `claimbook verify`

use super::{Context, Outcome, json, print, rebuild::rebuild};
use crate::{
    error::Result,
    release::{self, Part, Problem, Verified},
    text::{count, visible},
};
use clap::ValueEnum;
use serde::Serialize;
use std::path::PathBuf;

/// Tell whether a downloaded release, or one file of it, is what was released.
///
/// Holds every file against `manifest.json` and `SHA256SUMS`, and the records in one format against
/// those in the others. Nothing is unpacked, and nobody is asked over the network.
/// A folder whose `SHA256SUMS` names an archive beside it has files of a release as they are offered one
/// by one: they are verified with the archives, and it is said how many of the release there are. Any
/// other folder with a manifest is a whole release, and what is missing in it is told.
#[derive(clap::Args)]
pub struct Args {
    /// A release: its folder, an archive of it, or one file beside the manifest or the checksums;
    /// `SHA256SUMS` for the files that it names.
    path: PathBuf,

    /// In a clone: build the release again from its commit, and compare every byte. Where another claimbook
    /// made it and bytes differ, how to build it with that one is told.
    #[arg(long)]
    rebuild: bool,

    /// How to print.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs; its schema is schema/verify.schema.json
    Json,
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    let mut verified = release::verify(&args.path)?;
    if args.rebuild {
        rebuild(context, &args.path, &mut verified)?;
    }
    match args.format {
        Format::Human => {
            print(&human(&verified))?;
            if let Some(words) = uncounted(&verified) {
                super::note(&words);
            }
        }
        Format::Json => print(&json(&V1::of(&verified))?)?,
    }
    Ok(if verified.problems.is_empty() { Outcome::Clean } else { Outcome::Found })
}

/// A line for each problem, then a line for everything.
fn human(verified: &Verified) -> String {
    let mut out = String::new();
    for Problem { path, message, .. } in &verified.problems {
        out.push_str(&format!("{}\n", visible(&format!("{path} {message}"))));
    }
    let what = match &verified.manifest {
        Some(of) => format!("{} {} of {}", of.name, of.version, of.released),
        None => "checksums".to_owned(),
    };
    let found = match verified.problems.len() {
        0 => "nothing is wrong".to_owned(),
        n => count(n, "problem"),
    };
    let files = count(verified.files, "file");
    let part = verified.part.as_ref().map(part).unwrap_or_default();
    out.push_str(&format!("{}: {files}, {found}{part}\n", visible(&what)));
    out
}

/// How much of a release is here, after what was found.
fn part(part: &Part) -> String {
    let archives = match part.archives {
        0 => "no archive",
        1 => "one of its two archives",
        _ => "both archives",
    };
    format!(
        "; {} of {} of the release are here, and {archives}",
        part.files,
        count(part.of, "file")
    )
}

/// What was held against its checksum only.
fn uncounted(verified: &Verified) -> Option<String> {
    let (first, rest) = verified.uncounted.split_first()?;
    let more = match rest.len() {
        0 => String::new(),
        n => format!(" and {}", count(n, "more file")),
    };
    let features: Vec<&str> = ["parquet", "sqlite"]
        .into_iter()
        .filter(|feature| verified.uncounted.iter().any(|path| path.ends_with(feature)))
        .collect();
    Some(format!(
        "not counted, only held against the checksums: the records in {}{more}\n\
         hint: claimbook counts them when it is built with --features {}",
        visible(first),
        features.join(",")
    ))
}

#[derive(Serialize)]
struct V1<'v> {
    release: Option<V1Release<'v>>,
    part: Option<V1Part>,
    files: usize,
    bytes: u64,
    problems: Vec<V1Problem<'v>>,
    uncounted: &'v [String],
}

#[derive(Serialize)]
struct V1Release<'v> {
    name: &'v str,
    version: &'v str,
    released: &'v str,
    commit: &'v str,
}

#[derive(Serialize)]
struct V1Part {
    files: usize,
    of: usize,
    archives: usize,
}

#[derive(Serialize)]
struct V1Problem<'v> {
    path: &'v str,
    problem: &'v str,
    message: &'v str,
}

impl<'v> V1<'v> {
    fn of(verified: &'v Verified) -> Self {
        let problem = |of: &'v Problem| V1Problem {
            path: &of.path,
            problem: of.problem,
            message: &of.message,
        };
        Self {
            release: verified.manifest.as_ref().map(|of| V1Release {
                name: &of.name,
                version: &of.version,
                released: &of.released,
                commit: &of.commit,
            }),
            part: verified.part.map(|Part { files, of, archives }| V1Part { files, of, archives }),
            files: verified.files,
            bytes: verified.bytes,
            problems: verified.problems.iter().map(problem).collect(),
            uncounted: &verified.uncounted,
        }
    }
}
