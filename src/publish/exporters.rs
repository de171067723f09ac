//! The list of published formats.

use super::{
    Exporter, cff,
    cite::{bibtex, csl},
    croissant, csv, csvw, datapackage, json, markdown,
};

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
        describes: &[],
        run: json::run,
    },
    Exporter {
        name: "csv",
        about: "eight tables joined by id",
        readers: "spreadsheets and data frames",
        default: true,
        files: &[("<table>.csv", "a table")],
        describes: &[],
        run: csv::run,
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
        describes: &[],
        run: markdown::run,
    },
    Exporter {
        name: "datapackage",
        about: "Data Package 2.0: the tables with types, keys and hashes",
        readers: "Frictionless and other tools for tables",
        default: false,
        files: &[("datapackage.json", "the description of the CSV tables")],
        describes: &["csv"],
        run: datapackage::run,
    },
    Exporter {
        name: "csvw",
        about: "CSV on the Web: the tables with types and keys",
        readers: "public-sector and linked-data tools",
        default: false,
        files: &[("csv-metadata.json", "the description of the CSV tables")],
        describes: &["csv"],
        run: csvw::run,
    },
    Exporter {
        name: "croissant",
        about: "Croissant 1.1: the tables as record sets",
        readers: "machine-learning hubs and dataset search",
        default: false,
        files: &[("croissant.json", "the description of the CSV tables")],
        describes: &["csv"],
        run: croissant::run,
    },
    Exporter {
        name: "cff",
        about: "Citation File Format 1.2: how to cite the dataset",
        readers: "GitHub, Zenodo and Zotero",
        default: false,
        files: &[("CITATION.cff", "the dataset, to be cited")],
        describes: &[],
        run: cff::run,
    },
    Exporter {
        name: "csl",
        about: "CSL-JSON: the sources as a bibliography",
        readers: "Zotero, pandoc and other citation managers",
        default: false,
        files: &[("sources.csl.json", "the sources, in order of id")],
        describes: &[],
        run: csl::run,
    },
    Exporter {
        name: "bibtex",
        about: "BibLaTeX: the sources as a bibliography",
        readers: "LaTeX, Typst and most citation managers",
        default: false,
        files: &[("sources.bib", "the sources, in order of id")],
        describes: &[],
        run: bibtex::run,
    },
];

/// The exporters to run, in order: those named, with what they describe; without a name, those
/// that are run by default.
#[must_use]
pub fn exporters(names: &[String]) -> Vec<&'static Exporter> {
    let named = |name: &str| names.iter().any(|wanted| wanted == name);
    let described = |name: &str| {
        let mut wanted = EXPORTERS.iter().filter(|exporter| named(exporter.name));
        wanted.any(|exporter| exporter.describes.contains(&name))
    };
    EXPORTERS
        .iter()
        .filter(|exporter| match names {
            [] => exporter.default,
            _ => named(exporter.name) || described(exporter.name),
        })
        .collect()
}
