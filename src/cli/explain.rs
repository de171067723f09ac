//! `claimbook explain`

use super::{
    Context, Outcome, fields, print,
    show::{self, Format, Shown, no_record},
    view::ClaimView,
    weight::Weight,
};
use crate::{
    confidence::Evidence,
    error::{Error, Result},
    load,
    model::{Dataset, MAX_RECORD},
    rules::{self, RULES},
    snapshot::Snapshot,
    templates::Templates,
    text::did_you_mean,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Explain a rule, or the confidence that a claim, source or publisher can carry.
///
/// For a claim: which sources form which group, which line of the table sets the ceiling, and what
/// one more citation would do. For a source or publisher: its letter, and what one citation of it
/// carries. Without a name, the rules are listed.
#[derive(clap::Args)]
pub struct Args {
    /// A rule, or the id of a claim, source or publisher.
    #[arg(value_name = "RULE|ID")]
    name: Option<String>,

    /// Read a git revision instead of the folder.
    #[arg(long, value_name = "REV")]
    at: Option<String>,

    /// How to show it.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,

    /// Print a page of the manual in Markdown: all rules, or all fields of records and outputs, by
    /// the schemas of the repository where it has its own.
    #[arg(
        long,
        conflicts_with_all = ["name", "at"],
        value_enum,
        value_name = "PAGE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "rules"
    )]
    manual: Option<Manual>,
}

/// A page of the manual.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Manual {
    Rules,
    Fields,
}

/// Some rules, for the list and for programs.
#[derive(Serialize)]
struct Rules {
    rules: Vec<RuleView>,
}

/// The rules of one chapter of the manual.
#[derive(Serialize)]
struct Chapter {
    title: &'static str,
    rules: Vec<RuleView>,
}

/// A rule's page.
#[derive(Serialize)]
struct RuleView {
    id: &'static str,
    group: &'static str,
    severity: &'static str,
    summary: &'static str,
    explain: &'static str,
    bad: &'static str,
    good: &'static str,
}

impl RuleView {
    fn of(rule: &rules::Rule) -> Self {
        Self {
            id: rule.id,
            group: rule.group.title(),
            severity: rule.severity.as_str(),
            summary: rule.summary,
            explain: rule.explain,
            bad: rule.bad,
            good: rule.good,
        }
    }
}

pub fn run(context: &Context, args: &Args) -> Result<Outcome> {
    // The rules can be read without a dataset.
    let templates = Templates::new(BTreeMap::new())?;
    if let Some(page) = args.manual {
        print(&match page {
            Manual::Rules => {
                templates.render("rules.md", &BTreeMap::from([("groups", chapters())]))?
            }
            Manual::Fields => fields::page(&templates, &own_schemas(context)?)?,
        })?;
        return Ok(Outcome::Clean);
    }
    let human = args.format == Format::Human;
    let Some(name) = &args.name else {
        let all = Rules { rules: RULES.iter().map(|rule| RuleView::of(rule)).collect() };
        print(&if human {
            templates.render("explain-rules.txt", &all)?
        } else {
            super::json(&all)?
        })?;
        return Ok(Outcome::Clean);
    };
    if let Some(rule) = rules::find(name) {
        let view = RuleView::of(rule);
        print(&if human {
            templates.render("explain-rule.txt", &view)?
        } else {
            super::json(&Rules { rules: vec![view] })?
        })?;
        return Ok(Outcome::Clean);
    }
    let snapshot =
        context.snapshot(args.at.as_deref()).map_err(|error| match did_you_mean(name, ids()) {
            Some(meant) => Error::new(format!("there is no rule `{name}`"))
                .hint(format!("did you mean `{meant}`?")),
            None => error,
        })?;
    let loaded = context.load(&snapshot)?;
    let Some(entry) = loaded.dataset.claims.get(name) else {
        let weight =
            Weight::of(&loaded.dataset, name).ok_or_else(|| other(&loaded.dataset, name))?;
        print(&if human {
            context.templates(&snapshot)?.render("explain-weight.txt", &weight)?
        } else {
            super::json(&show::find(&loaded, name)?)?
        })?;
        return Ok(Outcome::Clean);
    };
    let view = ClaimView::of(&loaded, &Evidence::new(&loaded.dataset), entry);
    print(&if human {
        context.templates(&snapshot)?.render("explain-claim.txt", &view)?
    } else {
        super::json(&Shown::Claim(Box::new(view)))?
    })?;
    Ok(Outcome::Clean)
}

/// What there is to say about a name that nothing explained has.
fn other(dataset: &Dataset, name: &str) -> Error {
    if dataset.subjects.contains_key(name) {
        return Error::new(format!("`{name}` is a subject, and no confidence depends on it"))
            .hint(format!("`claimbook show {name}` shows it, and the claims about it"));
    }
    match did_you_mean(name, ids()) {
        Some(meant) => Error::new(format!("there is no rule or record `{name}`"))
            .hint(format!("did you mean the rule `{meant}`?")),
        None => no_record(dataset, name),
    }
}

/// The schemas of the repository, by path; none outside of one.
fn own_schemas(context: &Context) -> Result<BTreeMap<String, String>> {
    match context.root() {
        Ok(root) => load::own_files(&Snapshot::folder(&root)?, "schema", MAX_RECORD),
        Err(_) if context.root.is_none() => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    }
}

/// Every rule, by chapter, in the order of the manual.
fn chapters() -> Vec<Chapter> {
    let chapter = |rules: &[&rules::Rule]| Chapter {
        title: rules[0].group.title(),
        rules: rules.iter().map(|rule| RuleView::of(rule)).collect(),
    };
    RULES.chunk_by(|a, b| a.group == b.group).map(chapter).collect()
}

fn ids() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.id)
}
