//! The templates of every text output, and how they print. The only home of minijinja.
//!
//! A repository's own file below `templates/` takes the place of the built-in one of the same name.
//! Templates cannot read files, and everything strangers wrote is escaped for where it stands: by
//! the extension before `.jinja`, Markdown for `.md`, XML for `.svg` and `.xml`.

use crate::error::{Error, Result};
use minijinja::{
    AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior, Value,
    syntax::SyntaxConfig, value::Serde,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// A template of this program, by name.
macro_rules! built_in {
    ($name:literal) => {
        ($name, include_str!(concat!("../templates/", $name, ".jinja")))
    };
}

/// The built-in templates, by name.
const BUILT_IN: &[(&str, &str)] = &[
    built_in!("evidence.txt"),
    built_in!("explain-claim.txt"),
    built_in!("explain-rule.txt"),
    built_in!("explain-rules.txt"),
    built_in!("rules.md"),
    built_in!("show-claim.txt"),
    built_in!("show-publisher.txt"),
    built_in!("show-source.txt"),
    built_in!("show-subject.txt"),
    built_in!("stats.md"),
    built_in!("stats.txt"),
];

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
            Some("svg" | "xml" | "html") => AutoEscape::Html,
            _ => AutoEscape::None,
        });
        env.set_formatter(format);
        env.set_debug(true);
        env.add_filter("link", link);
        env.add_filter("left", |text: String, width: usize| format!("{text:<width$}"));
        env.add_filter("right", |text: String, width: usize| format!("{text:>width$}"));
        env.add_filter("share", share);
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
        template.render(Value::from(Serde(page))).map_err(|e| template_error(&e))
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
    match state.auto_escape() {
        AutoEscape::Custom(kind) if kind == "markdown" => match value.as_str() {
            Some(text) if !value.is_safe() => Ok(out.write_str(&escape_markdown(text))?),
            _ => Ok(write!(out, "{value}")?),
        },
        _ => minijinja::escape_formatter(out, state, value),
    }
}

/// `{{ part | share(whole) }}`: per cent, rounded down, in four columns.
fn share(part: usize, whole: usize) -> String {
    format!("{:>3}%", (part * 100).checked_div(whole).unwrap_or(0))
}

/// `{{ page | link }}`: the Markdown link of anything with a `title` and a `url`.
fn link(page: Value) -> std::result::Result<Value, minijinja::Error> {
    let (title, url) = (page.get_attr("title")?, page.get_attr("url")?);
    match (title.as_str(), url.as_str()) {
        (Some(title), Some(url)) => Ok(Value::from_safe_string(markdown_link(title, url))),
        _ => Err(minijinja::Error::new(
            ErrorKind::InvalidOperation,
            "a link needs a title and a url",
        )),
    }
}

/// A Markdown link (CommonMark 0.31, section 6.3) whose text and address cannot break out of it.
#[must_use]
pub fn markdown_link(title: &str, url: &str) -> String {
    let mut target = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '<' => target.push_str("%3C"),
            '>' => target.push_str("%3E"),
            '|' => target.push_str("%7C"),
            '\\' => target.push_str("%5C"),
            '(' => target.push_str("%28"),
            ')' => target.push_str("%29"),
            ' ' => target.push_str("%20"),
            c if c.is_control() => {}
            c => target.push(c),
        }
    }
    format!("[{}](<{target}>)", escape_markdown(title))
}

/// Text that GitHub Flavored Markdown shows as it is: in a paragraph, a heading, a list item, a
/// link or a cell of a table. Only what would be read as markup is escaped.
#[must_use]
pub fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.char_indices().peekable();
    let mut before = ' ';
    // A line that begins with a number and a dot, or with a dash, would be a list.
    let list = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let marker = if list.starts_with(['.', ')', '-', '+', '=']) {
        text.len() - list.len()
    } else {
        usize::MAX
    };
    while let Some((at, c)) = rest.next() {
        let after = rest.peek().map(|(_, c)| *c);
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' => {
                out.push('\\')
            }
            _ if at == marker => out.push('\\'),
            // Addresses and emoji names are linked and replaced where the colon stands free.
            ':' if after.is_some_and(|c| !c.is_whitespace()) => out.push('\\'),
            '.' if text[..at].to_ascii_lowercase().ends_with("www") => out.push('\\'),
            _ => {}
        }
        match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' => out.push(' '),
            // An e-mail address is linked whatever is escaped in it.
            '@' if before.is_alphanumeric() => out.push_str("@<!-- -->"),
            c => out.push(c),
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_prose_is_left_alone() {
        assert_eq!(
            escape_markdown("In 2024, Brazil's plan (PBIA) cost 23.1 bn - a record!"),
            "In 2024, Brazil's plan (PBIA) cost 23.1 bn - a record!"
        );
        assert_eq!(
            escape_markdown("1. *a* _b_ <c> [d](e) | `f`"),
            r"1\. \*a\* \_b\_ \<c\> \[d\](e) \| \`f\`"
        );
        assert_eq!(
            escape_markdown("see https://a.org and www.b.org :smile:"),
            r"see https\://a.org and www\.b.org \:smile:"
        );
        assert_eq!(escape_markdown("me@a.org"), "me@<!-- -->a.org");
    }

    #[test]
    fn links_hold_together() {
        assert_eq!(
            markdown_link("a]b", "https://a.org/x|y(<z>) w"),
            r"[a\]b](<https://a.org/x%7Cy%28%3Cz%3E%29%20w>)"
        );
    }
}
