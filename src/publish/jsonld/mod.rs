//! JSON-LD in the words of schema.org: the dataset for dataset search, its claims, and what they
//! cite and are about, for knowledge graphs.

mod claim;
mod part;

use super::{Edition, Sink, about};
use crate::{error::Result, model::Maintainer};
use claim::Claim;
use part::{Organization, Subject, Work};
use serde::{Serialize, Serializer, ser::SerializeSeq as _};

/// Writes everything as one graph, after the files it names.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    let files: Vec<Download> = sink
        .written()
        .iter()
        .filter(|(path, _)| !path.contains('/'))
        .map(|(path, file)| Download {
            kind: "DataDownload",
            name: path.clone(),
            content_url: path.clone(),
            encoding_format: about::media_type(path),
            content_size: format!("{} B", file.bytes),
            sha256: file.sha256.clone(),
        })
        .collect();
    let document =
        Document { context: "https://schema.org", graph: Graph { edition, files: &files } };
    sink.file(&format!("{}.jsonld", edition.meta.name), &mut |mut out| {
        serde_json::to_writer_pretty(&mut out, &document)?;
        out.write_all(b"\n")
    })
}

#[derive(Serialize)]
struct Document<'e> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Graph<'e>,
}

/// Every node, written one after the other without holding them all.
struct Graph<'e> {
    edition: &'e Edition<'e>,
    files: &'e [Download],
}

impl Serialize for Graph<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let (edition, dataset) = (self.edition, self.edition.dataset);
        let mut nodes = serializer.serialize_seq(None)?;
        nodes.serialize_element(&Dataset::of(edition, self.files))?;
        for computed in &edition.claims {
            nodes.serialize_element(&Claim::of(edition, computed.claim))?;
        }
        for entry in dataset.sources.values() {
            nodes.serialize_element(&Work::of(edition, &entry.record))?;
        }
        for entry in dataset.publishers.values() {
            nodes.serialize_element(&Organization::of(edition, &entry.record))?;
        }
        for entry in dataset.subjects.values() {
            nodes.serialize_element(&Subject::of(edition, &entry.record))?;
        }
        nodes.end()
    }
}

/// A node that is described elsewhere in the graph.
#[derive(Serialize)]
struct Node {
    #[serde(rename = "@id")]
    id: String,
}

impl Node {
    fn of(edition: &Edition, kind: &str, id: &str) -> Self {
        Self { id: edition.iri(kind, id) }
    }

    fn all(edition: &Edition, kind: &str, ids: &[String]) -> Vec<Self> {
        ids.iter().map(|id| Self::of(edition, kind, id)).collect()
    }
}

/// Something that has a name and is not described further.
#[derive(Serialize)]
struct Named<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'e str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dataset<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'e str,
    identifier: &'e str,
    name: &'e str,
    description: &'e str,
    url: &'e str,
    license: Vec<String>,
    creator: Vec<Creator<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    in_language: &'e str,
    keywords: Vec<&'e str>,
    is_accessible_for_free: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    distribution: &'e [Download],
}

impl<'e> Dataset<'e> {
    fn of(edition: &'e Edition<'e>, files: &'e [Download]) -> Self {
        let meta = edition.meta;
        Self {
            kind: "Dataset",
            id: &meta.base_iri,
            identifier: &meta.name,
            name: &meta.title,
            description: &meta.description,
            url: about::page(meta),
            license: about::license_pages(&meta.license),
            creator: meta.maintainers.iter().map(Creator::of).collect(),
            version: edition.version.as_deref(),
            date_modified: edition.as_of().map(|day| day.to_string()),
            in_language: &meta.language,
            keywords: about::keywords(edition),
            is_accessible_for_free: true,
            distribution: files,
        }
    }
}

#[derive(Serialize)]
struct Creator<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'e str>,
}

impl<'e> Creator<'e> {
    fn of(who: &'e Maintainer) -> Self {
        Self { kind: "Organization", name: &who.name, url: who.url.as_deref() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Download {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    content_url: String,
    encoding_format: &'static str,
    content_size: String,
    sha256: String,
}
