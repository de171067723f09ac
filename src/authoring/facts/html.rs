//! A saved page: its `citation_…`, Open Graph and Dublin Core tags, its JSON-LD, its language, its
//! canonical address and its title. The only home of html5gum.

use super::{Fact, linked, tidy};
use crate::error::Result;
use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};
use serde_json::Value;

/// What a page says in its tags.
#[derive(Default)]
struct Page {
    /// Names and contents of `meta`.
    meta: Vec<(String, String)>,
    canonical: Option<String>,
    lang: Option<String>,
    title: String,
    /// Scripts of JSON-LD.
    linked: Vec<String>,
}

/// The facts of a page, the surest first.
pub fn read(text: &str) -> Result<Vec<Fact>> {
    let page = scan(text);
    let mut facts = Vec::new();
    scholarly(&page, &mut facts);
    for script in &page.linked {
        facts.extend(linked::read(script));
    }
    let mut add = |pointer, value: Option<String>, told_by: &str| {
        facts.extend(value.map(|value| Fact::new(pointer, value, told_by)));
    };
    for name in ["dc.title", "dcterms.title", "og:title", "twitter:title"] {
        add("/title", page.get(name), name);
    }
    add("/title", Some(tidy::line(&page.title)).filter(|title| !title.is_empty()), "<title>");
    for name in ["article:published_time", "dcterms.issued", "dc.date.issued", "dc.date", "date"] {
        add("/issued", page.get(name).and_then(|date| tidy::date(&date)), name);
    }
    for name in ["dc.language", "dcterms.language", "og:locale"] {
        add("/lang", page.get(name).and_then(|tag| tidy::language(&tag)), name);
    }
    add("/lang", page.lang.as_deref().and_then(tidy::language), "<html lang>");
    let address = |url: Option<String>| url.filter(|url| url.starts_with("http"));
    add("/url", address(page.canonical.clone()), "the canonical link");
    for name in ["og:url", "citation_abstract_html_url", "citation_fulltext_html_url"] {
        add("/url", address(page.get(name)), name);
    }
    for name in ["dc.identifier", "dcterms.identifier"] {
        add("/doi", page.get(name).and_then(|doi| tidy::doi(&doi)), name);
    }
    for name in ["dc.publisher", "dcterms.publisher", "og:site_name"] {
        add("/publisher", page.get(name), name);
    }
    // `article` is what most pages call themselves: it tells no kind.
    add("/type", page.get("og:type").filter(|kind| kind == "book"), "og:type");
    add(
        "/type",
        page.get("og:type").filter(|kind| kind == "website").map(|_| "webpage".into()),
        "og:type",
    );
    Ok(facts)
}

/// The tags that scholarly search engines read.
fn scholarly(page: &Page, facts: &mut Vec<Fact>) {
    let mut add = |pointer, value: Option<String>, told_by: &str| {
        facts.extend(value.map(|value| Fact::new(pointer, value, told_by)));
    };
    add("/title", page.get("citation_title"), "citation_title");
    for name in [
        "citation_publication_date",
        "citation_date",
        "citation_online_date",
        "citation_cover_date",
    ] {
        add("/issued", page.get(name).and_then(|date| tidy::date(&date)), name);
    }
    add(
        "/lang",
        page.get("citation_language").and_then(|tag| tidy::language(&tag)),
        "citation_language",
    );
    add("/doi", page.get("citation_doi").and_then(|doi| tidy::doi(&doi)), "citation_doi");
    add("/isbn", page.get("citation_isbn").map(|isbn| tidy::isbn(&isbn)), "citation_isbn");
    for name in ["citation_technical_report_number", "citation_patent_number"] {
        add("/number", page.get(name), name);
    }
    for (name, kind) in [
        ("citation_journal_title", "article-journal"),
        ("citation_conference_title", "paper-conference"),
        ("citation_inbook_title", "chapter"),
        ("citation_technical_report_institution", "report"),
        ("citation_dissertation_institution", "thesis"),
        ("citation_patent_number", "patent"),
    ] {
        if let Some(value) = page.get(name) {
            add("/type", Some(kind.to_owned()), name);
            if name.ends_with("_title") {
                add("/container", Some(value), name);
            }
        }
    }
    for name in [
        "citation_publisher",
        "citation_technical_report_institution",
        "citation_dissertation_institution",
    ] {
        add("/publisher", page.get(name), name);
    }
    let authors = page.meta.iter().filter(|(name, _)| name == "citation_author");
    let authors: Vec<Value> = authors.map(|(_, author)| tidy::author(author)).collect();
    if !authors.is_empty() {
        facts.push(Fact::new("/authors", authors, "citation_author"));
    }
}

impl Page {
    fn get(&self, name: &str) -> Option<String> {
        let found = self.meta.iter().find(|(other, content)| other == name && !content.is_empty());
        found.map(|(_, content)| content.clone())
    }
}

/// Reads the tags of a page.
fn scan(text: &str) -> Page {
    let mut page = Page::default();
    let mut emitter = DefaultEmitter::default();
    // What stands in a script is no markup.
    emitter.naively_switch_states(true);
    let (mut in_title, mut in_linked) = (false, false);
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) => match string(&tag.name).as_str() {
                "meta" => {
                    let name = attribute(&tag, "name").or_else(|| attribute(&tag, "property"));
                    if let (Some(name), Some(content)) = (name, attribute(&tag, "content")) {
                        page.meta.push((name.to_lowercase(), tidy::line(&content)));
                    }
                }
                "link"
                    if attribute(&tag, "rel")
                        .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
                {
                    page.canonical = page.canonical.or_else(|| attribute(&tag, "href"));
                }
                "html" => {
                    page.lang = attribute(&tag, "lang").or_else(|| attribute(&tag, "xml:lang"))
                }
                // Pictures have titles of their own.
                "title" if page.title.is_empty() => in_title = true,
                "script" => {
                    let kind = attribute(&tag, "type").unwrap_or_default();
                    in_linked = kind.eq_ignore_ascii_case("application/ld+json");
                    if in_linked {
                        page.linked.push(String::new());
                    }
                }
                _ => {}
            },
            Token::String(part) if in_title => page.title.push_str(&string(&part)),
            Token::String(part) if in_linked => {
                if let Some(script) = page.linked.last_mut() {
                    script.push_str(&string(&part));
                }
            }
            Token::EndTag(_) => (in_title, in_linked) = (false, false),
            _ => {}
        }
    }
    page
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(string(&value.value)).filter(|value| !value.trim().is_empty())
}

fn string(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
