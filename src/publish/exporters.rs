//! The list of published formats.

use super::{
    Edition, Exporter, Sink, cff, changes,
    cite::{bibtex, csl},
    croissant, csv, csvw, datapackage,
    feed::{atom, jsonfeed},
    json, jsonld, markdown,
};

#[cfg(not(all(feature = "sqlite", feature = "parquet")))]
use crate::error::Error;
use crate::error::Result;
use rayon::prelude::*;

/// A format like most: only on request, and in every build.
const PLAIN: Exporter = Exporter {
    name: "",
    about: "",
    readers: "",
    default: false,
    files: &[],
    describes: &[],
    apart: false,
    news: false,
    built: true,
    run: |_, _| Ok(()),
};

/// Writes the files of a format.
type Run = fn(&Edition, &mut dyn Sink) -> Result<()>;

#[cfg(feature = "sqlite")]
const SQLITE: Run = super::sqlite::run;
#[cfg(not(feature = "sqlite"))]
const SQLITE: Run = |_, _| Err(not_built("sqlite"));

#[cfg(feature = "parquet")]
const PARQUET: Run = super::parquet::run;
#[cfg(not(feature = "parquet"))]
const PARQUET: Run = |_, _| Err(not_built("parquet"));

/// This program was built without a format.
#[cfg(not(all(feature = "sqlite", feature = "parquet")))]
fn not_built(name: &str) -> Error {
    Error::new(format!("this claimbook was built without the format `{name}`"))
        .hint(format!("cargo install --locked --path . --features {name}"))
}

/// Every format; what describes other files comes after them.
pub const EXPORTERS: &[Exporter] = &[
    Exporter {
        name: "json",
        about: "one file with everything, and claims one a line",
        readers: "programs",
        default: true,
        files: &[
            ("<name>.json", "the whole dataset, named after it"),
            ("claims.jsonl", "the claims, one a line, in order of id"),
        ],
        apart: true,
        run: json::run,
        ..PLAIN
    },
    Exporter {
        name: "csv",
        about: "tables joined by id",
        readers: "spreadsheets and data frames",
        default: true,
        files: &[("<table>.csv", "a table")],
        apart: true,
        run: csv::run,
        ..PLAIN
    },
    Exporter {
        name: "markdown",
        about: "a report with charts",
        readers: "people, on GitHub or wherever Markdown is shown",
        default: true,
        files: &[
            ("report/README.md", "the overview: what there is, in numbers and charts"),
            ("report/topics/<topic>.md", "the claims of a topic, in full"),
            ("report/subjects.md", "who and what claims are about"),
            ("report/subjects/<subject>.md", "what there is about a subject"),
            ("report/disagreements.md", "claims that contradict one another, side by side"),
            ("report/sources.md", "the sources, by reliability, and which claims cite them"),
            ("report/publishers.md", "the publishers, their letters and why"),
            ("report/removed.md", "what is left of removed claims"),
            ("report/charts/<chart>.svg", "a chart of the overview"),
        ],
        apart: true,
        run: markdown::run,
        ..PLAIN
    },
    Exporter {
        name: "sqlite",
        about: "SQLite: the tables in one file, with keys and full-text search",
        readers: "SQL, Datasette and nearly every language",
        files: &[(
            "<name>.sqlite",
            "the tables, a table of what the dataset is, and indexes of words",
        )],
        built: cfg!(feature = "sqlite"),
        run: SQLITE,
        ..PLAIN
    },
    Exporter {
        name: "parquet",
        about: "Parquet: the tables in columns; needs the cargo feature parquet",
        readers: "DuckDB, pandas, Spark and data warehouses",
        files: &[("<table>.parquet", "a table")],
        built: cfg!(feature = "parquet"),
        run: PARQUET,
        ..PLAIN
    },
    Exporter {
        name: "datapackage",
        about: "Data Package 2.0: the tables with types, keys and hashes",
        readers: "Frictionless and other tools for tables",
        files: &[("datapackage.json", "the description of the CSV tables")],
        describes: &["csv"],
        run: datapackage::run,
        ..PLAIN
    },
    Exporter {
        name: "csvw",
        about: "CSV on the Web: the tables with types and keys",
        readers: "public-sector and linked-data tools",
        files: &[("csv-metadata.json", "the description of the CSV tables")],
        describes: &["csv"],
        run: csvw::run,
        ..PLAIN
    },
    Exporter {
        name: "croissant",
        about: "Croissant 1.1: the tables as record sets",
        readers: "machine-learning hubs and dataset search",
        files: &[("croissant.json", "the description of the CSV tables")],
        describes: &["csv"],
        run: croissant::run,
        ..PLAIN
    },
    Exporter {
        name: "cff",
        about: "Citation File Format 1.2: how to cite the dataset",
        readers: "GitHub, Zenodo and Zotero",
        files: &[("CITATION.cff", "the dataset, to be cited")],
        run: cff::run,
        ..PLAIN
    },
    Exporter {
        name: "csl",
        about: "CSL-JSON: the sources as a bibliography",
        readers: "Zotero, pandoc and other citation managers",
        files: &[("sources.csl.json", "the sources, in order of id")],
        run: csl::run,
        ..PLAIN
    },
    Exporter {
        name: "bibtex",
        about: "BibLaTeX: the sources as a bibliography",
        readers: "LaTeX, Typst and most citation managers",
        files: &[("sources.bib", "the sources, in order of id")],
        run: bibtex::run,
        ..PLAIN
    },
    Exporter {
        name: "jsonld",
        about: "schema.org: the dataset, its claims and what they cite as linked data",
        readers: "dataset search and knowledge graphs",
        files: &[("<name>.jsonld", "one graph, which names the other files published with it")],
        run: jsonld::run,
        ..PLAIN
    },
    Exporter {
        name: "changes",
        about: "a change set, which makes this version of the base's bundle",
        readers: "programs that have the version before",
        files: &[("changes.json", "the records that are new, changed or gone")],
        news: true,
        run: changes::run,
        ..PLAIN
    },
    Exporter {
        name: "atom",
        about: "Atom: a feed of what changed since the base",
        readers: "feed readers",
        files: &[("atom.xml", "an entry for the version, and one for each claim that changed")],
        news: true,
        run: atom::run,
        ..PLAIN
    },
    Exporter {
        name: "jsonfeed",
        about: "JSON Feed 1.1: the same feed",
        readers: "feed readers and programs",
        files: &[("feed.json", "an entry for the version, and one for each claim that changed")],
        news: true,
        run: jsonfeed::run,
        ..PLAIN
    },
];

/// The name that stands for every format.
pub const ALL: &str = "all";

/// The exporters to run, in order: those named, with what they describe; without a name, those
/// that are run by default. `all` names those that this program was built with, and those that tell
/// what changed only where `news` says that there is something to tell.
#[must_use]
pub fn exporters(names: &[String], news: bool) -> Vec<&'static Exporter> {
    let named = |name: &str| names.iter().any(|wanted| wanted == name);
    let described = |name: &str| {
        let mut wanted = EXPORTERS.iter().filter(|exporter| named(exporter.name));
        wanted.any(|exporter| exporter.describes.contains(&name))
    };
    let wanted = |exporter: &&Exporter| {
        named(exporter.name)
            || described(exporter.name)
            || (named(ALL) && exporter.built && (news || !exporter.news))
            || (names.is_empty() && exporter.default)
    };
    EXPORTERS.iter().filter(wanted).collect()
}

/// Writes the files of formats: side by side those that can be where the sink takes them so, the
/// others in order.
///
/// # Errors
/// Where a file cannot be written.
pub fn export(edition: &Edition, exporters: &[&Exporter], sink: &mut dyn Sink) -> Result<()> {
    let (apart, in_order): (Vec<&Exporter>, Vec<&Exporter>) =
        exporters.iter().partition(|exporter| exporter.apart);
    let branches: Option<Vec<_>> = apart.iter().map(|_| sink.branch()).collect();
    let Some(branches) = branches else {
        return exporters.iter().try_for_each(|exporter| (exporter.run)(edition, sink));
    };
    let filled: Vec<Result<_>> = (apart.par_iter().zip(branches))
        .map(|(exporter, mut branch)| (exporter.run)(edition, &mut branch).map(|()| branch))
        .collect();
    for branch in filled {
        sink.join(branch?);
    }
    in_order.iter().try_for_each(|exporter| (exporter.run)(edition, sink))
}
