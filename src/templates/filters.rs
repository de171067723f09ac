//! What templates can do to a value besides printing it.

use super::markdown::{write_link, write_markdown};
use crate::{
    date::date_words,
    text::{amount, plural, thousands},
};
use minijinja::{Environment, Error, ErrorKind, Value};
use std::borrow::Cow;

/// Makes the filters known.
pub fn add(env: &mut Environment) {
    env.add_filter("amount", |number: String| amount(&number));
    env.add_filter("anchor", |id: &str| Value::from_safe_string(anchor(id).into_owned()));
    env.add_filter("count", counted);
    env.add_filter("date", date_words);
    env.add_filter("json", json);
    env.add_filter("left", |text: String, width: usize| format!("{text:<width$}"));
    env.add_filter("link", link);
    env.add_filter("links", links);
    env.add_filter("number", |number: Value| thousands(&number.to_string()));
    env.add_filter("quoted", quoted);
    env.add_filter("right", |text: String, width: usize| format!("{text:>width$}"));
    env.add_filter("share", share);
    env.add_filter("word", word);
}

/// `{{ page | link }}`: the Markdown link of anything with a `title` and a `url`; its title alone
/// where the `url` is null.
fn link(page: &Value) -> Result<Value, Error> {
    let mut out = String::with_capacity(128);
    add_link(page, &mut out)?;
    Ok(Value::from_safe_string(out))
}

fn add_link(page: &Value, out: &mut String) -> Result<(), Error> {
    let (title, url) = (page.get_attr("title")?, page.get_attr("url")?);
    match (title.as_str(), url.as_str()) {
        (Some(title), Some(url)) => Ok(write_link(out, title, url)?),
        (Some(title), None) if url.is_none() => Ok(write_markdown(out, title)?),
        _ => Err(Error::new(ErrorKind::InvalidOperation, "a link needs a title and a url")),
    }
}

/// `{{ pages | links(", ") }}`: the links of several, with what stands between them.
fn links(pages: Value, between: &str) -> Result<Value, Error> {
    let mut out = String::new();
    for page in pages.try_iter()? {
        if !out.is_empty() {
            out.push_str(between);
        }
        add_link(&page, &mut out)?;
    }
    Ok(Value::from_safe_string(out))
}

/// `{{ title | json }}`: a text as a JSON string, which is a string of YAML too.
fn json(text: &str) -> Value {
    Value::from_safe_string(serde_json::Value::from(text).to_string())
}

/// `{{ 2 | count("claim") }}`: a number and its noun, "2 claims".
fn counted(n: usize, noun: &str) -> String {
    let mut counted = thousands(&n.to_string());
    counted.push(' ');
    counted.push_str(&plural(n, noun));
    counted
}

/// `{{ text | quoted }}`: text in the quotation marks of JSON, which are also those of YAML.
fn quoted(text: &str) -> Value {
    Value::from_safe_string(serde_json::Value::from(text).to_string())
}

/// `{{ id | word(words) }}`: the word for an id; one that has none is shown as it is.
fn word(id: &str, words: Value) -> Result<Value, Error> {
    let word = words.get_item(&Value::from(id))?;
    let shown = || Value::from(id.replace(['-', '_'], " "));
    Ok(if word.is_undefined() { shown() } else { word })
}

/// `{{ part | share(whole) }}`: per cent, rounded down, in four columns.
fn share(part: usize, whole: usize) -> String {
    format!("{:>3}%", (part * 100).checked_div(whole).unwrap_or(0))
}

/// An id as it may stand in a path, an anchor or code: letters, digits, `-` and `_`.
#[must_use]
pub fn anchor(id: &str) -> Cow<'_, str> {
    if id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) {
        return id.into();
    }
    id.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}
