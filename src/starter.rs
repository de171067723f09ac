//! The files of a new dataset's repository: what `init` writes, from the templates below `init/`.

use crate::{
    document::Json,
    error::{Error, Result},
    schema::{self, EMBEDDED, Form, Schema},
    templates::Templates,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// The files made from a template each: `init/PATH`.
const FILES: &[&str] = &[
    ".gitattributes",
    ".github/ISSUE_TEMPLATE/claim.yml",
    ".github/ISSUE_TEMPLATE/config.yml",
    ".github/ISSUE_TEMPLATE/correction.yml",
    ".github/ISSUE_TEMPLATE/source.yml",
    ".github/pull_request_template.md",
    ".gitignore",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    "CONTRIBUTING.md",
    "README.md",
    "dataset/claims/example-library-opened.json",
    "dataset/dataset.json",
    "dataset/publishers/example-town-council.json",
    "dataset/sources/example-council-minutes-2021.json",
    "dataset/subjects/example-town.json",
    "templates/README.md",
];

/// The workflows, made from a template each.
const WORKFLOWS: &[&str] = &[
    ".github/workflows/claims-comment.yml",
    ".github/workflows/claims.yml",
    ".github/workflows/weekly.yml",
];

/// A file that this repository has too, by path.
macro_rules! shared {
    ($path:literal) => {
        ($path, include_str!(concat!("../", $path)))
    };
}

/// The scripts that workflows run: those of this repository.
const SCRIPTS: &[(&str, &str)] =
    &[shared!(".github/post-claims"), shared!(".github/update-due-issue")];

/// What is known about a new dataset.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    /// Its short name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it holds.
    pub description: String,
    /// The language of its statements.
    pub language: String,
    /// The licence of its data.
    pub license: String,
    /// The address under which its records are identified.
    pub base_iri: String,
    /// Where readers find it.
    pub homepage: Option<String>,
    /// Where it is kept.
    pub repository: Option<String>,
    /// Who keeps it.
    pub maintainers: Vec<String>,
    /// Its topics.
    pub topics: Vec<Word>,
    /// Its units.
    pub units: Vec<Word>,
    /// The action that its workflows use, `OWNER/NAME@COMMIT`; without one, they build the program.
    #[serde(skip)]
    pub action: Option<String>,
}

/// A word of a dataset's vocabulary.
#[derive(Clone, Debug, Serialize)]
pub struct Word {
    /// Its id.
    pub id: String,
    /// What readers see.
    pub label: String,
}

/// A plan, and what else the templates need.
#[derive(Serialize)]
struct Page<'p> {
    #[serde(flatten)]
    plan: &'p Plan,
    /// This program's version.
    version: &'static str,
    /// Schemas by name, with the files that each is for.
    schemas: Vec<(&'static str, String)>,
}

/// The files of a new dataset, by path.
///
/// # Errors
/// Where the plan does not make a valid `dataset.json`.
pub fn files(templates: &Templates, plan: &Plan) -> Result<BTreeMap<String, String>> {
    let pattern = |name: &str| match name {
        "dataset" | "waivers" => format!("dataset/{name}.json"),
        _ => format!("dataset/{name}s/**/*.json"),
    };
    let page = Page {
        plan,
        version: env!("CARGO_PKG_VERSION"),
        schemas: EMBEDDED.iter().map(|(name, _)| (*name, pattern(name))).collect(),
    };
    let mut files = BTreeMap::new();
    for path in FILES {
        files.insert((*path).to_owned(), templates.render(&format!("init/{path}"), &page)?);
    }
    files.extend(workflows(templates, plan.action.as_deref())?);
    for (name, text) in EMBEDDED {
        files.insert(schema::path(name), (*text).to_owned());
    }
    if let Some(text) = files.get_mut("dataset/dataset.json") {
        *text = checked(text)?;
    }
    Ok(files)
}

/// The workflows of a dataset's repository and the scripts that they run, by path; `action` is that of
/// [`Plan`].
///
/// # Errors
/// Where a template cannot be rendered.
pub fn workflows(templates: &Templates, action: Option<&str>) -> Result<BTreeMap<String, String>> {
    let page = BTreeMap::from([("action", action), ("version", Some(env!("CARGO_PKG_VERSION")))]);
    let mut files: BTreeMap<String, String> =
        SCRIPTS.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    for path in WORKFLOWS {
        files.insert((*path).to_owned(), templates.render(&format!("init/{path}"), &page)?);
    }
    Ok(files)
}

/// The lines of `.gitattributes` that hand records to git's drivers of the name `claimbook`.
///
/// # Errors
/// Where the template cannot be rendered.
pub fn attributes(templates: &Templates) -> Result<Vec<String>> {
    let text = templates.render("init/.gitattributes", &())?;
    Ok(text.lines().filter(|line| line.contains("=claimbook")).map(str::to_owned).collect())
}

/// The text of a `dataset.json` in canonical form.
fn checked(text: &str) -> Result<String> {
    let schema = Schema::named("dataset", &BTreeMap::new())?;
    let (json, _) = Json::parse(text).map_err(|e| Error::new(format!("dataset.json: {e}")))?;
    if let Some(problem) = schema.problems(&json).into_iter().next() {
        let error = Error::new(format!("no dataset was made: {}", problem.message));
        return Err(problem.help.into_iter().fold(error, Error::hint));
    }
    Ok(schema.canonical(&json, Form::File))
}
