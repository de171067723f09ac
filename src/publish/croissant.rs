//! Croissant 1.1 (<https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html>):
//! `croissant.json` describes the CSV tables as record sets, for machine learning.

use super::{
    Edition, Sink, about,
    cite::{Work, bibtex},
    csv,
    tables::{CellKind, Column, Glossary, TABLES, Table},
    taken, write_json,
};
use crate::error::Result;
use serde::{Serialize, Serializer};

/// Writes the descriptor, after the tables.
pub fn run(edition: &Edition, sink: &mut dyn Sink) -> Result<()> {
    let meta = edition.meta;
    let glossary = Glossary::new(&edition.schemas);
    let files: Result<Vec<File>> = TABLES.iter().map(|table| File::of(table, sink)).collect();
    let dataset = Dataset {
        context: Context { language: &meta.language },
        kind: "sc:Dataset",
        conforms_to: "http://mlcommons.org/croissant/1.1",
        name: &meta.name,
        alternate_name: &meta.title,
        description: &meta.description,
        license: about::license_pages(&meta.license),
        url: about::page(meta),
        creator: meta
            .maintainers
            .iter()
            .map(|who| Creator { kind: "Organization", name: &who.name, url: who.url.as_deref() })
            .collect(),
        date_published: edition.as_of().map(|day| day.to_string()),
        version: edition.version.as_deref(),
        in_language: &meta.language,
        cite_as: bibtex::entry(&Work::dataset(edition)),
        keywords: about::keywords(edition),
        distribution: files?,
        record_set: TABLES.iter().map(|table| RecordSet::of(table, &glossary)).collect(),
    };
    write_json(sink, "croissant.json", &dataset)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dataset<'e> {
    #[serde(rename = "@context")]
    context: Context<'e>,
    #[serde(rename = "@type")]
    kind: &'static str,
    conforms_to: &'static str,
    name: &'e str,
    alternate_name: &'e str,
    description: &'e str,
    license: Vec<String>,
    url: &'e str,
    creator: Vec<Creator<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'e str>,
    in_language: &'e str,
    cite_as: String,
    keywords: Vec<&'e str>,
    distribution: Vec<File>,
    record_set: Vec<RecordSet<'e>>,
}

#[derive(Serialize)]
struct Creator<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'e str>,
}

/// The JSON-LD context that the specification recommends.
struct Context<'e> {
    language: &'e str,
}

/// The terms that stand for one address each.
const TERMS: &[(&str, &str)] = &[
    ("@vocab", "https://schema.org/"),
    ("sc", "https://schema.org/"),
    ("cr", "http://mlcommons.org/croissant/"),
    ("rai", "http://mlcommons.org/croissant/RAI/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("annotation", "cr:annotation"),
    ("arrayShape", "cr:arrayShape"),
    ("citeAs", "cr:citeAs"),
    ("column", "cr:column"),
    ("conformsTo", "dct:conformsTo"),
    ("containedIn", "cr:containedIn"),
    ("equivalentProperty", "cr:equivalentProperty"),
    ("excludes", "cr:excludes"),
    ("extract", "cr:extract"),
    ("field", "cr:field"),
    ("fileObject", "cr:fileObject"),
    ("fileProperty", "cr:fileProperty"),
    ("fileSet", "cr:fileSet"),
    ("format", "cr:format"),
    ("includes", "cr:includes"),
    ("isArray", "cr:isArray"),
    ("isLiveDataset", "cr:isLiveDataset"),
    ("jsonPath", "cr:jsonPath"),
    ("key", "cr:key"),
    ("md5", "cr:md5"),
    ("parentField", "cr:parentField"),
    ("path", "cr:path"),
    ("readLines", "cr:readLines"),
    ("recordSet", "cr:recordSet"),
    ("references", "cr:references"),
    ("regex", "cr:regex"),
    ("repeated", "cr:repeated"),
    ("replace", "cr:replace"),
    ("samplingRate", "cr:samplingRate"),
    ("sdVersion", "cr:sdVersion"),
    ("separator", "cr:separator"),
    ("source", "cr:source"),
    ("subField", "cr:subField"),
    ("transform", "cr:transform"),
    ("unArchive", "cr:unArchive"),
    ("value", "cr:value"),
];

/// The terms whose values are of a type of their own.
const TYPED: &[(&str, &str, &str)] = &[
    ("data", "cr:data", "@json"),
    ("dataType", "cr:dataType", "@vocab"),
    ("examples", "cr:examples", "@json"),
];

impl Serialize for Context<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        #[derive(Serialize)]
        struct Typed {
            #[serde(rename = "@id")]
            id: &'static str,
            #[serde(rename = "@type")]
            kind: &'static str,
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("@language", self.language)?;
        for (term, address) in TERMS {
            map.serialize_entry(term, address)?;
        }
        for (term, id, kind) in TYPED {
            map.serialize_entry(term, &Typed { id, kind })?;
        }
        map.end()
    }
}

/// A part that is referred to.
#[derive(Serialize)]
struct Id {
    #[serde(rename = "@id")]
    id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct File {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    name: String,
    description: &'static str,
    content_url: String,
    content_size: String,
    encoding_format: &'static str,
    sha256: String,
}

impl File {
    fn of(table: &Table, sink: &dyn Sink) -> Result<Self> {
        let path = csv::path(table);
        let written = taken(sink, &path)?;
        Ok(Self {
            kind: "cr:FileObject",
            id: path.clone(),
            name: path.clone(),
            description: table.about,
            content_size: format!("{} B", written.bytes),
            encoding_format: about::media_type(&path),
            sha256: written.sha256.clone(),
            content_url: path,
        })
    }
}

#[derive(Serialize)]
struct RecordSet<'g> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'static str,
    name: &'static str,
    description: &'static str,
    key: Vec<Id>,
    field: Vec<Field<'g>>,
}

/// The id of a column's field.
fn field_id(table: &str, column: &str) -> Id {
    Id { id: format!("{table}/{column}") }
}

impl<'g> RecordSet<'g> {
    fn of(table: &'static Table, glossary: &'g Glossary) -> Self {
        Self {
            kind: "cr:RecordSet",
            id: table.name,
            name: table.name,
            description: table.about,
            key: table.key.iter().map(|column| field_id(table.name, column)).collect(),
            field: table.columns.iter().map(|column| Field::of(table, column, glossary)).collect(),
        }
    }
}

/// A column. What it refers to is not said: mlcroissant 1.1 joins the tables where it is, and then
/// gives no records of one table after those of another.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Field<'g> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(flatten)]
    id: Id,
    name: &'static str,
    description: &'g str,
    data_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_array: Option<bool>,
    source: Source,
}

impl<'g> Field<'g> {
    fn of(table: &'static Table, column: &'static Column, glossary: &'g Glossary) -> Self {
        let separator = column.kind.separator();
        Self {
            kind: "cr:Field",
            id: field_id(table.name, column.name),
            name: column.name,
            description: glossary.about(column),
            data_type: match column.kind {
                CellKind::Integer => "sc:Integer",
                CellKind::Decimal => "sc:Float",
                CellKind::Day => "sc:Date",
                CellKind::Url | CellKind::Urls => "sc:URL",
                CellKind::Text | CellKind::Edtf | CellKind::Ids | CellKind::Texts => "sc:Text",
            },
            is_array: separator.map(|_| true),
            source: Source {
                file_object: Id { id: csv::path(table) },
                extract: Extract { column: column.name },
                transform: separator.map(|separator| Transform { separator }),
            },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Source {
    file_object: Id,
    extract: Extract,
    #[serde(skip_serializing_if = "Option::is_none")]
    transform: Option<Transform>,
}

#[derive(Serialize)]
struct Extract {
    column: &'static str,
}

#[derive(Serialize)]
struct Transform {
    separator: &'static str,
}
