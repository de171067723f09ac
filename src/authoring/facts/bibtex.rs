//! BibTeX and BibLaTeX. The only home of biblatex.

use super::{Fact, csl, tidy};
use crate::error::{Error, Result};
use biblatex::{
    Bibliography, ChunksExt as _, DateValue, Datetime, Entry, EntryType, PermissiveType, Person,
};
use serde_json::{Value, json};

/// Languages as babel calls them.
const LANGUAGES: &[(&str, &str)] = &[
    ("amharic", "am"),
    ("american", "en-US"),
    ("arabic", "ar"),
    ("brazil", "pt-BR"),
    ("brazilian", "pt-BR"),
    ("british", "en-GB"),
    ("chinese", "zh"),
    ("dutch", "nl"),
    ("english", "en"),
    ("french", "fr"),
    ("german", "de"),
    ("hindi", "hi"),
    ("indonesian", "id"),
    ("italian", "it"),
    ("japanese", "ja"),
    ("ngerman", "de"),
    ("persian", "fa"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("turkish", "tr"),
];

/// The facts of an entry; of several, the one whose key is `key`.
pub fn read(text: &str, key: Option<&str>) -> Result<Vec<Fact>> {
    let bibliography = Bibliography::parse(text).map_err(|e| {
        let (line, column) = crate::document::line_column(text, e.span.start);
        Error::new(format!("line {line}, column {column}: it is no BibTeX: {}", e.kind))
    })?;
    let keys: Vec<String> = bibliography.iter().map(|entry| entry.key.clone()).collect();
    let at = csl::one(&keys, key)?;
    bibliography.iter().nth(at).map(facts).ok_or_else(|| Error::new("it holds no work"))
}

fn facts(entry: &Entry) -> Vec<Fact> {
    let mut facts = Vec::new();
    let text = |field: &str| {
        let text = tidy::line(&entry.get(field)?.format_verbatim());
        Some(text).filter(|text| !text.is_empty())
    };
    let mut add = |pointer, value: Option<String>, field: &str| {
        facts.extend(value.map(|value| Fact::new(pointer, value, field)));
    };
    let title = text("title").map(|title| match text("subtitle") {
        Some(subtitle) => format!("{title}: {subtitle}"),
        None => title,
    });
    add("/title", title, "title");
    add("/type", kind(entry).map(str::to_owned), "the type of the entry");
    for field in ["journaltitle", "journal", "booktitle", "series"] {
        add("/container", text(field), field);
    }
    add("/number", text("number").filter(|_| entry.entry_type == EntryType::TechReport), "number");
    for field in ["publisher", "institution", "school", "organization", "howpublished"] {
        add("/publisher", text(field).filter(|text| !text.contains("://")), field);
    }
    add("/url", text("url"), "url");
    add("/doi", text("doi").and_then(|doi| tidy::doi(&doi)), "doi");
    add("/isbn", text("isbn").map(|isbn| tidy::isbn(&isbn)), "isbn");
    for field in ["langid", "language"] {
        let tag = text(field).and_then(|name| {
            let named = LANGUAGES.iter().find(|(other, _)| name.eq_ignore_ascii_case(other));
            named.map(|(_, tag)| (*tag).to_owned()).or_else(|| tidy::language(&name))
        });
        add("/lang", tag, field);
    }
    add("/issued", entry.date().ok().and_then(issued), "date");
    add(
        "/accessed",
        text("urldate").and_then(|day| tidy::date(&day)).filter(|day| day.len() == 10),
        "urldate",
    );
    let authors: Vec<Value> =
        entry.author().unwrap_or_default().iter().filter_map(author).collect();
    if !authors.is_empty() {
        facts.push(Fact::new("/authors", authors, "author"));
    }
    facts
}

/// What an entry is in the terms of CSL.
fn kind(entry: &Entry) -> Option<&'static str> {
    Some(match entry.entry_type {
        EntryType::Article => "article-journal",
        EntryType::Book | EntryType::MvBook | EntryType::Booklet | EntryType::Manual => "book",
        EntryType::InBook | EntryType::InCollection => "chapter",
        EntryType::InProceedings => "paper-conference",
        EntryType::MastersThesis | EntryType::PhdThesis | EntryType::Thesis => "thesis",
        EntryType::TechReport | EntryType::Report => "report",
        EntryType::Patent => "patent",
        EntryType::Dataset => "dataset",
        EntryType::Software => "software",
        EntryType::Online => "webpage",
        _ => return None,
    })
}

fn issued(date: PermissiveType<biblatex::Date>) -> Option<String> {
    let PermissiveType::Typed(date) = date else { return None };
    let day = |at: Datetime| {
        let mut parts = vec![format!("{:04}", at.year)];
        // Months and days are counted from 0.
        parts.extend(at.month.map(|month| (month + 1).to_string()));
        parts.extend(at.day.map(|day| (day + 1).to_string()));
        tidy::date(&parts.join("-"))
    };
    let mark = match (date.uncertain, date.approximate) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        (false, false) => "",
    };
    Some(match date.value {
        DateValue::At(at) => format!("{}{mark}", day(at)?),
        DateValue::After(from) => format!("{}/..", day(from)?),
        DateValue::Before(to) => format!("../{}", day(to)?),
        DateValue::Between(from, to) => format!("{}/{}", day(from)?, day(to)?),
    })
}

fn author(person: &Person) -> Option<Value> {
    let family = match person.prefix.as_str() {
        "" => person.name.clone(),
        prefix => format!("{prefix} {}", person.name),
    };
    let given = match person.suffix.as_str() {
        "" => person.given_name.clone(),
        suffix => format!("{} {suffix}", person.given_name),
    };
    match (family.trim(), given.trim()) {
        ("", _) => None,
        // A body stands in braces, and has one name.
        (name, "") => Some(json!({"literal": name})),
        (family, given) => Some(json!({"family": family, "given": given})),
    }
}
