//! JSON Schema 2020-12: the validators of a repository's schemas, what their errors mean in words,
//! and the canonical form that follows from them. The only home of the jsonschema crate.

mod canonical;
mod condition;
mod example;
mod form;
mod kinds;
mod limits;
pub mod manual;
mod meant;
mod missing;
mod nodes;
mod outline;
mod pattern;
mod problem;
mod refusal;
mod telling;
mod tree;
mod words;

pub use canonical::Form;
pub use form::{Member, Takes};
pub use outline::{Field, outline};
pub use problem::{Problem, ProblemKind};
pub use words::subject;

use crate::{
    date::{self, Day},
    document::{self, Json, Part, escape_token},
    error::{Error, Result},
    text::did_you_mean,
};
use canonical::Shape;
use jsonschema::{PatternOptions, Validator};
use std::collections::BTreeMap;
use tree::Tree;

/// The schemas a dataset is checked with, as they come with the program. A repository's own file
/// of the same name takes the place of each.
pub const EMBEDDED: &[(&str, &str)] = &[
    ("claim", include_str!("../../schema/claim.schema.json")),
    ("source", include_str!("../../schema/source.schema.json")),
    ("publisher", include_str!("../../schema/publisher.schema.json")),
    ("subject", include_str!("../../schema/subject.schema.json")),
    ("dataset", include_str!("../../schema/dataset.schema.json")),
    ("waivers", include_str!("../../schema/waivers.schema.json")),
];

/// The schemas of what is published and of what commands print.
pub const OUTPUTS: &[(&str, &str)] = &[
    ("bundle", include_str!("../../schema/bundle.schema.json")),
    ("claims-line", include_str!("../../schema/claims-line.schema.json")),
    ("changes", include_str!("../../schema/changes.schema.json")),
    ("manifest", include_str!("../../schema/manifest.schema.json")),
    ("check", include_str!("../../schema/check.schema.json")),
    ("diff", include_str!("../../schema/diff.schema.json")),
    ("log", include_str!("../../schema/log.schema.json")),
    ("blame", include_str!("../../schema/blame.schema.json")),
    ("list", include_str!("../../schema/list.schema.json")),
    ("show", include_str!("../../schema/show.schema.json")),
    ("explain", include_str!("../../schema/explain.schema.json")),
    ("stats", include_str!("../../schema/stats.schema.json")),
    ("verify", include_str!("../../schema/verify.schema.json")),
];

/// The members that the embedded schema of this name gives at a place of a record.
#[must_use]
pub fn embedded_members(name: &str, pointer: &str) -> Vec<Member> {
    form::members(&embedded(name), pointer)
}

/// The embedded schema of this name; null where there is none.
#[must_use]
pub fn embedded(name: &str) -> Json<'static> {
    let found = EMBEDDED.iter().chain(OUTPUTS).find(|(other, _)| *other == name);
    let json = found.and_then(|(_, text)| Json::parse(text).ok());
    json.map(|(json, _)| json.into_owned()).unwrap_or_default()
}

/// The path of a schema in a repository.
#[must_use]
pub fn path(name: &str) -> String {
    format!("schema/{name}.schema.json")
}

/// One schema, compiled.
pub struct Schema {
    root: nodes::Schema,
    validator: Validator<Tree>,
    shape: Shape,
    today: Option<Day>,
}

/// The schemas of a repository, by name.
pub struct Schemas(BTreeMap<&'static str, Schema>);

impl Schemas {
    /// Compiles the schemas: those in `own`, by path, else the embedded ones.
    ///
    /// # Errors
    /// Where one is no JSON, no valid schema, not self-contained, or has a keyword that JSON Schema
    /// does not know.
    pub fn load(own: &BTreeMap<String, String>) -> Result<Self> {
        let mut schemas = BTreeMap::new();
        for (name, embedded) in EMBEDDED {
            schemas.insert(*name, Schema::choose(name, embedded, own)?);
        }
        Ok(Self(schemas))
    }

    /// The same on a day, which is the example of a day in what is told.
    #[must_use]
    pub fn on(mut self, today: Day) -> Self {
        self.0.values_mut().for_each(|schema| schema.today = Some(today));
        self
    }

    /// The schema of this name, one of [`EMBEDDED`].
    ///
    /// # Panics
    /// Where there is no schema of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> &Schema {
        &self.0[name]
    }
}

impl Schema {
    /// Compiles the schema of this name, one of [`EMBEDDED`]: that in `own`, by path, else the
    /// embedded one.
    ///
    /// # Errors
    /// As [`Schemas::load`], and where there is no schema of this name.
    pub fn named(name: &str, own: &BTreeMap<String, String>) -> Result<Self> {
        let (name, embedded) = EMBEDDED
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| Error::new(format!("there is no schema `{name}`")))?;
        Self::choose(name, embedded, own)
    }

    fn choose(name: &str, embedded: &str, own: &BTreeMap<String, String>) -> Result<Self> {
        let path = path(name);
        Self::compile(&path, own.get(&path).map_or(embedded, String::as_str))
    }

    /// Compiles one schema.
    ///
    /// # Errors
    /// As [`Schemas::load`].
    pub fn compile(path: &str, text: &str) -> Result<Self> {
        let (json, _) = Json::parse(text).map_err(|e| {
            let error = document::explain(text, &e, false);
            let (line, column) = document::line_column(text, error.range.start);
            Error::new(format!("{path}:{line}:{column}: {}", error.message)).hint(error.help)
        })?;
        let fail = |pointer: &str, part: Part, message: String| {
            let range = document::locate(text, pointer, part);
            let (line, column) = document::line_column(text, range.start);
            Error::new(format!("{path}:{line}:{column}: {message}"))
        };
        let root = json.into_owned();
        if let Some((pointer, keyword)) = nodes::unknown_keywords(&root).into_iter().next() {
            let error =
                fail(&pointer, Part::Key, format!("JSON Schema has no keyword `{keyword}`"));
            return Err(match did_you_mean(&keyword, nodes::KEYWORDS.iter().copied()) {
                Some(meant) => error
                    .hint(format!("did you mean `{meant}`? keywords of your own begin with `x-`")),
                None => error.hint("keywords of your own begin with `x-`"),
            });
        }
        if let Some((pointer, target)) = nodes::dangling_refs(&root).into_iter().next() {
            return Err(fail(
                &pointer,
                Part::Value,
                format!("`{target}` points at nothing in this file"),
            )
            .hint("each schema file stands alone: refer to `#/$defs/…` of the same file"));
        }
        let validator = jsonschema::options_for::<Tree>()
            .with_draft(jsonschema::Draft::Draft202012)
            .offline()
            .should_validate_formats(true)
            .should_ignore_unknown_formats(false)
            .with_pattern_options(PatternOptions::regex())
            .with_format("edtf", |text: &str| date::edtf_error(text).is_none())
            .build(&root.to_value())
            .map_err(|e| {
                let pointer = e.instance_path().as_str().to_owned();
                fail(&pointer, Part::Value, format!("not a valid JSON Schema: {}", e.masked()))
            })?;
        let shape = Shape::of(&root);
        Ok(Self { root, validator, shape, today: None })
    }

    /// What is wrong with a record, each mistake once, in no particular order.
    #[must_use]
    pub fn problems(&self, record: &Json) -> Vec<Problem> {
        // Most records are fine, and asking only that is quicker.
        if self.validator.is_valid(record) {
            return Vec::new();
        }
        telling::problems(&self.root, &self.validator, record, self.today)
    }

    /// What is wrong with a text that only holds the place of one.
    #[must_use]
    pub fn unwritten(&self, pointer: &str, text: &str) -> Option<Problem> {
        Problem::unwritten(pointer, text, || words::about(&nodes::at(&self.root, pointer)))
    }

    /// The record in canonical form: keys in schema order, sets sorted, text in NFC.
    #[must_use]
    pub fn canonical(&self, record: &Json, form: Form) -> String {
        let mut out = String::new();
        canonical::write(record, &self.shape, form, &mut out);
        out
    }

    /// Whether `text`, which holds `record`, is in canonical form; `buffer` is scratch space.
    #[must_use]
    pub fn is_canonical(&self, text: &str, record: &Json, form: Form, buffer: &mut String) -> bool {
        buffer.clear();
        canonical::write(record, &self.shape, form, buffer);
        buffer == text
    }

    /// The members it names at a place of a record, in its order. Entries of lists count from `0`.
    #[must_use]
    pub fn members(&self, pointer: &str) -> Vec<Member> {
        form::members(&self.root, pointer)
    }

    /// The schema itself.
    #[must_use]
    pub fn root(&self) -> &Json<'static> {
        &self.root
    }
}

/// The pointer of a member below `parent`.
fn child(parent: &str, token: &str) -> String {
    format!("{parent}/{}", escape_token(token))
}
