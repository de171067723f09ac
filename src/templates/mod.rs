//! The templates of every text output, and how they print. The only home of minijinja.
//!
//! A repository's own file below `templates/` takes the place of the built-in one of the same name.
//! Templates cannot read files, and everything strangers wrote is escaped for where it stands: by
//! the extension before `.jinja`, Markdown for `.md`, XML for `.svg` and `.xml`.

mod fields;
mod filters;
mod markdown;
mod value;

pub use filters::anchor;
pub use markdown::{escape_markdown, markdown_link, markdown_text};
pub use value::Safe;

use crate::error::{Error, Result};
use minijinja::{
    AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior, Value,
    syntax::SyntaxConfig,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// A template of this program, by name.
macro_rules! built_in {
    ($name:literal) => {
        ($name, include_str!(concat!("../../templates/", $name, ".jinja")))
    };
}

/// The built-in templates, by name.
const BUILT_IN: &[(&str, &str)] = &[
    built_in!("atom.xml"),
    built_in!("charts/bar.svg"),
    built_in!("charts/bars.svg"),
    built_in!("charts/claims-by-country.svg"),
    built_in!("charts/claims-by-topic.svg"),
    built_in!("charts/claims-by-year.svg"),
    built_in!("charts/legend.svg"),
    built_in!("charts/sources-by-letter.svg"),
    built_in!("charts/style.svg"),
    built_in!("citation.cff"),
    built_in!("ci/due.md"),
    built_in!("ci/page.md"),
    built_in!("ci/suggestion.md"),
    built_in!("cite.txt"),
    built_in!("commands.md"),
    built_in!("diff-words.md"),
    built_in!("diff.md"),
    built_in!("evidence.txt"),
    built_in!("explain-claim.txt"),
    built_in!("explain-weight.txt"),
    built_in!("explain-rule.txt"),
    built_in!("explain-rules.txt"),
    built_in!("fields.md"),
    built_in!("formats.md"),
    built_in!("init.txt"),
    built_in!("init/.gitattributes"),
    built_in!("init/.github/ISSUE_TEMPLATE/claim.yml"),
    built_in!("init/.github/ISSUE_TEMPLATE/config.yml"),
    built_in!("init/.github/ISSUE_TEMPLATE/correction.yml"),
    built_in!("init/.github/ISSUE_TEMPLATE/source.yml"),
    built_in!("init/.github/pull_request_template.md"),
    built_in!("init/.github/workflows/claims-comment.yml"),
    built_in!("init/.github/workflows/claims.yml"),
    built_in!("init/.github/workflows/weekly.yml"),
    built_in!("init/.gitignore"),
    built_in!("init/.vscode/extensions.json"),
    built_in!("init/.vscode/settings.json"),
    built_in!("init/CONTRIBUTING.md"),
    built_in!("init/README.md"),
    built_in!("init/build.yml"),
    built_in!("init/dataset/claims/example-library-opened.json"),
    built_in!("init/dataset/dataset.json"),
    built_in!("init/dataset/publishers/example-town-council.json"),
    built_in!("init/dataset/sources/example-council-minutes-2021.json"),
    built_in!("init/dataset/subjects/example-town.json"),
    built_in!("init/templates/README.md"),
    built_in!("init/version.yml"),
    built_in!("release/notes.md"),
    built_in!("next-steps.txt"),
    built_in!("report/claim.md"),
    built_in!("report/disagreements.md"),
    built_in!("report/evidence.md"),
    built_in!("report/overview.md"),
    built_in!("report/publishers.md"),
    built_in!("report/removed.md"),
    built_in!("report/sources.md"),
    built_in!("report/subject.md"),
    built_in!("report/subjects.md"),
    built_in!("report/topic.md"),
    built_in!("report/words.md"),
    built_in!("rules.md"),
    built_in!("show-claim.txt"),
    built_in!("show-publisher.txt"),
    built_in!("show-source.txt"),
    built_in!("show-subject.txt"),
    built_in!("stats-table.md"),
    built_in!("stats-tables.md"),
    built_in!("stats.md"),
    built_in!("stats.txt"),
    built_in!("textconv.txt"),
];

/// The names and texts of the built-in templates that say how output looks, in order of name; those
/// that `init` writes files from are left out.
pub fn of_output() -> impl Iterator<Item = (&'static str, &'static str)> {
    BUILT_IN.iter().copied().filter(|(name, _)| !name.starts_with("init/"))
}

/// The templates of a repository, compiled.
pub struct Templates(Environment<'static>);

impl Templates {
    /// Compiles the built-in templates and those of `own`, by path (`templates/NAME.jinja`).
    ///
    /// # Errors
    /// Where a template does not compile, or takes the name of none.
    pub fn new(own: BTreeMap<String, String>) -> Result<Self> {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        let mut syntax = SyntaxConfig::builder();
        // A line with only a tag leaves nothing behind, and a file keeps its last newline.
        syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
        env.set_syntax(syntax.build().map_err(|e| Error::new(e.to_string()))?);
        env.set_auto_escape_callback(|name| match name.rsplit_once('.').map(|(_, ext)| ext) {
            Some("md") => AutoEscape::Custom("markdown".into()),
            Some("svg" | "xml") => AutoEscape::Custom("xml".into()),
            Some("html") => AutoEscape::Html,
            _ => AutoEscape::None,
        });
        env.set_formatter(format);
        env.set_debug(true);
        filters::add(&mut env);
        for (name, source) in BUILT_IN {
            env.add_template(name, source).map_err(|e| template_error(&e))?;
        }
        for (path, source) in own {
            let Some(name) =
                path.strip_prefix("templates/").and_then(|name| name.strip_suffix(".jinja"))
            else {
                continue;
            };
            env.add_template_owned(name.to_owned(), source).map_err(|e| template_error(&e))?;
        }
        Ok(Self(env))
    }

    /// Renders the template `name` with the members of `page`.
    ///
    /// # Errors
    /// Where the template prints something that is not there.
    pub fn render(&self, name: &str, page: &impl Serialize) -> Result<String> {
        let template = self.0.get_template(name).map_err(|e| template_error(&e))?;
        let page = value::value(page).map_err(|e| template_error(&e))?;
        template.render(page).map_err(|e| template_error(&e))
    }

    /// What a macro of the template `name` prints for each of `items`.
    ///
    /// # Errors
    /// Where the template has no such macro, or prints something that is not there.
    pub fn call<T: Serialize>(
        &self,
        name: &str,
        macro_name: &str,
        items: impl Iterator<Item = T>,
    ) -> Result<Vec<String>> {
        let template = self.0.get_template(name).map_err(|e| template_error(&e))?;
        let mut defined = template.render_captured(()).map_err(|e| template_error(&e))?;
        if defined.state().lookup(macro_name).is_none() {
            return Err(Error::new(format!("templates/{name}.jinja: no macro `{macro_name}`")));
        }
        defined
            .with_state_mut(|state| {
                let print = |item| state.call_macro(macro_name, &[value::value(&item)?]);
                items.map(print).collect::<std::result::Result<_, _>>()
            })
            .map_err(|e| template_error(&e))
    }
}

fn template_error(error: &minijinja::Error) -> Error {
    let place = match (error.name(), error.line()) {
        (Some(name), Some(line)) => format!("templates/{name}.jinja:{line}: "),
        (Some(name), None) => format!("templates/{name}.jinja: "),
        _ => String::new(),
    };
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    let error_ = Error::new(format!("{place}{}{detail}", error.kind()));
    match (error.template_source(), error.range()) {
        (Some(source), Some(range)) => match source.get(range) {
            Some(part) => error_.hint(format!("at `{part}`")),
            None => error_,
        },
        _ => error_,
    }
}

/// Prints a value: text is escaped for where it stands unless it is marked safe. A printed null is
/// an error, as an undefined one is, so that no page says `None`.
fn format(
    out: &mut Output,
    state: &mut State,
    value: &Value,
) -> std::result::Result<(), minijinja::Error> {
    if value.is_none() {
        return Err(minijinja::Error::new(
            ErrorKind::InvalidOperation,
            "nothing there to print; test for it first",
        ));
    }
    let AutoEscape::Custom(kind) = state.auto_escape() else {
        return minijinja::escape_formatter(out, state, value);
    };
    match value.as_str() {
        None => Ok(write!(out, "{value}")?),
        Some(text) if value.is_safe() => Ok(out.write_str(text)?),
        Some(text) if kind == "markdown" => Ok(markdown::write_markdown(out, text)?),
        Some(text) => Ok(out.write_str(&escape_xml(text))?),
    }
}

/// Text for XML 1.0, between tags or in quotes. Characters that XML cannot hold are left out.
#[must_use]
pub fn escape_xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_template_compiles() {
        assert!(Templates::new(BTreeMap::new()).is_ok());
    }

    #[test]
    fn xml_holds_any_text() {
        assert_eq!(
            escape_xml("<a b=\"c\">&'\u{1}\u{ffff}"),
            "&lt;a b=&quot;c&quot;&gt;&amp;&#39; "
        );
    }
}
