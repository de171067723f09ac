//! What templates can do to a value besides printing it.

use super::markdown_link;
use crate::{
    date::date_words,
    text::{amount, plural, thousands},
};
use minijinja::{Environment, Error, ErrorKind, Value};

/// Makes the filters known.
pub fn add(env: &mut Environment) {
    env.add_filter("amount", |number: String| amount(&number));
    env.add_filter("anchor", |id: &str| Value::from_safe_string(anchor(id)));
    env.add_filter("count", counted);
    env.add_filter("date", date_words);
    env.add_filter("json", json);
    env.add_filter("left", |text: String, width: usize| format!("{text:<width$}"));
    env.add_filter("link", link);
    env.add_filter("number", |number: Value| thousands(&number.to_string()));
    env.add_filter("quoted", quoted);
    env.add_filter("right", |text: String, width: usize| format!("{text:>width$}"));
    env.add_filter("share", share);
}

/// `{{ page | link }}`: the Markdown link of anything with a `title` and a `url`; its title alone
/// where the `url` is null.
fn link(page: Value) -> Result<Value, Error> {
    let (title, url) = (page.get_attr("title")?, page.get_attr("url")?);
    match (title.as_str(), url.as_str()) {
        (Some(title), Some(url)) => Ok(Value::from_safe_string(markdown_link(title, url))),
        (Some(_), None) if url.is_none() => Ok(title),
        _ => Err(Error::new(ErrorKind::InvalidOperation, "a link needs a title and a url")),
    }
}

/// `{{ title | json }}`: a text as a JSON string, which is a string of YAML too.
fn json(text: &str) -> Value {
    Value::from_safe_string(serde_json::Value::from(text).to_string())
}

/// `{{ 2 | count("claim") }}`: a number and its noun, "2 claims".
fn counted(n: usize, noun: &str) -> String {
    format!("{} {}", thousands(&n.to_string()), plural(n, noun))
}

/// `{{ text | quoted }}`: text in the quotation marks of JSON, which are also those of YAML.
fn quoted(text: &str) -> Value {
    Value::from_safe_string(serde_json::Value::from(text).to_string())
}

/// `{{ part | share(whole) }}`: per cent, rounded down, in four columns.
fn share(part: usize, whole: usize) -> String {
    format!("{:>3}%", (part * 100).checked_div(whole).unwrap_or(0))
}

/// An id as it may stand in a path, an anchor or code: letters, digits, `-` and `_`.
#[must_use]
pub fn anchor(id: &str) -> String {
    id.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}
