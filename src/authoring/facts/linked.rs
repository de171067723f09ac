//! JSON-LD in a page: what schema.org says of the work that the page is.

use super::{Fact, tidy};
use serde_json::{Value, json};

/// Types of schema.org that are works, and what they are in the terms of CSL.
const TYPES: &[(&str, &str)] = &[
    ("AnalysisNewsArticle", "article-newspaper"),
    ("AskPublicNewsArticle", "article-newspaper"),
    ("BackgroundNewsArticle", "article-newspaper"),
    ("BlogPosting", "post-weblog"),
    ("Book", "book"),
    ("Chapter", "chapter"),
    ("Dataset", "dataset"),
    ("Legislation", "legislation"),
    ("NewsArticle", "article-newspaper"),
    ("OpinionNewsArticle", "article-newspaper"),
    ("Report", "report"),
    ("ReportageNewsArticle", "article-newspaper"),
    ("ReviewNewsArticle", "article-newspaper"),
    ("ScholarlyArticle", "article-journal"),
    ("SocialMediaPosting", "post"),
    ("SoftwareApplication", "software"),
    ("SoftwareSourceCode", "software"),
    ("TechArticle", "article"),
    ("Thesis", "thesis"),
    ("Article", "article"),
    ("WebPage", "webpage"),
];

/// How deep a graph is searched.
const DEEP: usize = 6;

/// The facts of one script of JSON-LD.
pub fn read(text: &str) -> Vec<Fact> {
    let Ok(value) = serde_json::from_str::<Value>(text.trim()) else { return Vec::new() };
    let mut works = Vec::new();
    find(&value, 0, &mut works);
    // The most telling type first: a page holds its article.
    works.sort_by_key(|(rank, _)| *rank);
    works.first().map(|(rank, work)| facts(TYPES[*rank].1, work)).unwrap_or_default()
}

/// The works in a value, with the rank of their type.
fn find<'v>(value: &'v Value, depth: usize, works: &mut Vec<(usize, &'v Value)>) {
    if depth > DEEP {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| find(item, depth + 1, works)),
        Value::Object(members) => {
            let types = all(members.get("@type"));
            let rank = |name: &str| TYPES.iter().position(|(known, _)| *known == name);
            if let Some(rank) = types.iter().filter_map(|name| rank(name.as_str()?)).min() {
                works.push((rank, value));
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                members.get(key).into_iter().for_each(|inner| find(inner, depth + 1, works));
            }
        }
        _ => {}
    }
}

fn facts(kind: &str, work: &Value) -> Vec<Fact> {
    let mut facts = vec![Fact::new("/type", kind, "JSON-LD @type")];
    let text =
        |key: &str| all(work.get(key)).first().and_then(|value| value.as_str()).map(tidy::line);
    let mut add = |pointer, value: Option<String>, key: &str| {
        facts.extend(value.map(|value| Fact::new(pointer, value, &format!("JSON-LD {key}"))));
    };
    add("/title", text("headline").or_else(|| text("name")), "headline");
    add("/issued", text("datePublished").and_then(|date| tidy::date(&date)), "datePublished");
    add("/lang", name(work.get("inLanguage")).and_then(|tag| tidy::language(&tag)), "inLanguage");
    add("/container", work.get("isPartOf").and_then(|part| name(Some(part))), "isPartOf");
    add("/publisher", name(work.get("publisher")), "publisher");
    add("/isbn", text("isbn").map(|isbn| tidy::isbn(&isbn)), "isbn");
    let links = ["sameAs", "identifier", "@id"].into_iter().flat_map(|key| all(work.get(key)));
    let doi = links.filter_map(Value::as_str).find_map(tidy::doi);
    add("/doi", doi, "identifier");
    let authors: Vec<Value> = all(work.get("author")).into_iter().filter_map(author).collect();
    if !authors.is_empty() {
        facts.push(Fact::new("/authors", authors, "JSON-LD author"));
    }
    facts
}

/// A value, or the values of a list.
fn all(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Array(items)) => items.iter().collect(),
        other => other.into_iter().collect(),
    }
}

/// The name of a thing: itself where it is text, else its `name`.
fn name(value: Option<&Value>) -> Option<String> {
    let first = *all(value).first()?;
    let text = first.as_str().or_else(|| first.get("name")?.as_str())?;
    Some(tidy::line(text)).filter(|text| !text.is_empty())
}

fn author(value: &Value) -> Option<Value> {
    let part = |key: &str| value.get(key).and_then(Value::as_str).map(tidy::line);
    match (part("familyName"), part("givenName")) {
        (Some(family), Some(given)) => Some(json!({"family": family, "given": given})),
        (Some(family), None) => Some(json!({"family": family})),
        // Where a name divides, it does not say.
        _ => name(Some(value)).map(|name| json!({"literal": name})),
    }
}
