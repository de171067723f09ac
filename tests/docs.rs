//! The pages that people read: their links lead somewhere, their commands are commands, and their
//! examples are records with which a newcomer sees a green check.

mod common;

use claimbook::{document::Json, schema::Schemas};
use common::{claimbook, copy, findings, sample};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::{Map, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages about the toolkit, by path.
fn pages() -> BTreeMap<PathBuf, String> {
    let mut paths: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/README.md"]
            .map(PathBuf::from)
            .into();
    for entry in fs::read_dir(root().join("docs")).expect("the folder docs") {
        paths.push(Path::new("docs").join(entry.expect("an entry").file_name()));
    }
    let read = |path: PathBuf| {
        let text = fs::read_to_string(root().join(&path)).expect("a page");
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

fn events(page: &str) -> Parser<'_> {
    Parser::new_ext(page, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

/// The anchors of a page: those of its headings, as GitHub makes them, and those it sets itself.
fn anchors(page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in events(page) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let text = heading.take().unwrap_or_default().to_lowercase();
                let kept = text.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
                found.insert(kept.map(|c| if c == ' ' { '-' } else { c }).collect());
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::InlineHtml(html) => {
                let id = html.split_once("id=\"").and_then(|(_, rest)| rest.split_once('"'));
                found.extend(id.map(|(id, _)| id.to_owned()));
            }
            _ => {}
        }
    }
    found
}

#[test]
fn links_lead_to_files_and_headings_that_are_there() {
    for (path, page) in pages() {
        for event in events(&page) {
            let Event::Start(Tag::Link { dest_url: link, .. } | Tag::Image { dest_url: link, .. }) =
                event
            else {
                continue;
            };
            if link.contains("://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = match file {
                "" => path.clone(),
                _ => path.parent().expect("a folder").join(file),
            };
            let target = root().join(target);
            assert!(target.exists(), "{}: {link} leads nowhere", path.display());
            if !anchor.is_empty() {
                let there = anchors(&fs::read_to_string(&target).expect("a page"));
                assert!(there.contains(anchor), "{}: {link}: no such heading", path.display());
            }
        }
    }
}

#[test]
fn the_readme_leads_to_every_page() {
    let readme = fs::read_to_string(root().join("README.md")).expect("a page");
    for path in pages().into_keys().filter(|path| path.starts_with("docs")) {
        let link = format!("]({})", path.display());
        assert!(readme.contains(&link), "README.md has no link to {}", path.display());
    }
}

/// The lines of code of a page that call claimbook.
fn commands(page: &str) -> Vec<String> {
    let mut code = Vec::new();
    let mut shell = false;
    for event in events(page) {
        match event {
            Event::Code(text) => code.push(text.to_string()),
            Event::Start(Tag::CodeBlock(kind)) => {
                shell = matches!(kind, pulldown_cmark::CodeBlockKind::Fenced(info)
                    if ["sh", "console"].contains(&info.split(' ').next().unwrap_or_default()));
            }
            Event::End(TagEnd::CodeBlock) => shell = false,
            Event::Text(text) if shell => {
                let joined = text.replace("\\\n", "");
                let lines = joined.lines().map(|line| line.strip_prefix("$ ").unwrap_or(line));
                code.extend(lines.map(str::to_owned));
            }
            _ => {}
        }
    }
    code.retain(|line| line.starts_with("claimbook "));
    code
}

#[test]
fn commands_and_their_flags_are_there() {
    let mut helps: BTreeMap<String, String> = BTreeMap::new();
    let mut seen = 0;
    for (path, page) in pages() {
        for line in commands(&page) {
            let mut words = line.split_whitespace().skip(1);
            let command = words.next().expect("a command");
            if command.starts_with('-') || command == "COMMAND" {
                continue;
            }
            let mut names = vec![command];
            // `new` takes the kind of record as a command of its own.
            names.extend(words.clone().next().filter(|_| command == "new"));
            let help = helps.entry(names.join(" ")).or_insert_with(|| {
                let run = claimbook(root(), &[names.as_slice(), &["--help"]].concat());
                assert_eq!(run.code, 0, "{}: there is no command `{line}`", path.display());
                run.stdout
            });
            for flag in words.filter(|word| word.starts_with("--")) {
                let flag = flag.split('=').next().unwrap_or(flag);
                assert!(help.contains(flag), "{}: `{line}`: no {flag}", path.display());
            }
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} commands were found");
}

/// The arguments of a line of code, as a shell divides it.
fn arguments(line: &str) -> Vec<String> {
    let mut quoted = false;
    let parts = line.split(|c| {
        quoted ^= c == '"';
        c == ' ' && !quoted
    });
    parts.filter(|part| !part.is_empty()).map(|part| part.replace('"', "")).collect()
}

/// The JSON that a page shows, as text.
fn examples(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut json = false;
    for event in events(page) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                json =
                    matches!(kind, pulldown_cmark::CodeBlockKind::Fenced(lang) if &*lang == "json");
                found.extend(json.then(String::new));
            }
            Event::End(TagEnd::CodeBlock) => json = false,
            Event::Text(text) if json => found.last_mut().expect("a block").push_str(&text),
            _ => {}
        }
    }
    found
}

/// The kind of record that an example is, and its text; a part of `dataset.json` is put in its place.
fn record(example: &str) -> Option<(&'static str, String)> {
    let whole = |text: &str| serde_json::from_str::<Map<String, Value>>(text).ok();
    if let Some(record) = whole(example) {
        let kind = if record.contains_key("statement") { "claim" } else { "source" };
        return record.contains_key("id").then(|| (kind, example.to_owned()));
    }
    let part = whole(&format!("{{{example}}}")).unwrap_or_else(|| panic!("no JSON: {example}"));
    let meta = fs::read_to_string(sample().join("dataset/dataset.json")).expect("dataset.json");
    let mut meta = whole(&meta).expect("JSON");
    meta.extend(part);
    Some(("dataset", Value::from(meta).to_string()))
}

#[test]
fn examples_fit_their_schemas() {
    let schemas = Schemas::load(&BTreeMap::new()).expect("the schemas of the program");
    let mut seen = 0;
    for (path, page) in pages() {
        for (kind, text) in examples(&page).iter().filter_map(|example| record(example)) {
            let (json, _) = Json::parse(&text).expect("JSON");
            let found = schemas.get(kind).problems(&json);
            assert!(found.is_empty(), "{}: {found:?}", path.display());
            seen += 1;
        }
    }
    assert!(seen >= 2, "only {seen} examples were found");
}

#[test]
fn a_newcomer_sees_a_green_check() {
    let folder = tempfile::tempdir().expect("a folder");
    for part in ["dataset", "schema"] {
        copy(&root().join(part), &folder.path().join(part));
    }
    let before = findings(folder.path(), &[]);
    let page = fs::read_to_string(root().join("CONTRIBUTING.md")).expect("a page");
    let mut written = 0;
    // What stands in a sentence leaves something out.
    let whole = |line: &&String| line.contains(" --title ") || line.contains(" --statement ");
    for line in commands(&page).iter().filter(whole) {
        let arguments = arguments(line);
        let arguments: Vec<&str> = arguments[1..].iter().map(String::as_str).collect();
        claimbook(folder.path(), &arguments).expect(0);
        written += 1;
    }
    assert_eq!(written, 2, "CONTRIBUTING shows a source and a claim");
    let mut new = findings(folder.path(), &[]);
    new.retain(|finding| !before.contains(finding));
    assert!(new.is_empty(), "{new:#?}");
}

#[test]
fn who_installs_gets_the_versions_that_were_tested() {
    let mut pages = pages();
    let template = PathBuf::from("templates/init/CONTRIBUTING.md.jinja");
    pages.insert(template.clone(), fs::read_to_string(root().join(template)).expect("a page"));
    let builds: Vec<&str> = pages
        .values()
        .flat_map(|page| page.match_indices("cargo install").map(|(at, _)| &page[at..]))
        .map(|rest| rest.split(['\n', '`']).next().unwrap_or(rest))
        .collect();
    assert!(builds.len() >= 4, "{builds:?}");
    for build in builds {
        assert!(build.contains("--locked"), "{build}");
    }
}
