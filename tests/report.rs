//! The Markdown report, on a dataset whose every text tries to break out of its place, and on one
//! with more claims than a page holds.

mod common;

use common::{claimbook, copy, sample};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Texts that mean something to Markdown, HTML, tables, templates or GitHub.
const HOSTILE: &[&str] = &[
    r"Pipes | and \| and `code|span` and ``two`` ticks",
    "<script>alert(1)</script> & <b>bold</b> &amp; &#x41; &copy; <!-- no --> -->",
    "[link](https://evil.example/) ![image](x.png) [ref][1] [^1] [ ] [x]: y",
    "*stars* **more** _under_ __score__ ~~gone~~ snake_case _a_b_ *_*",
    "# heading ## and > quote and $x^2$ and $$y$$",
    "https://evil.example/a_b?c=d&e=f www.evil.example me+@evil.example :smile: @someone",
    "هوش مصنوعی در ایران، ۲۰۲۵ (آزمون) | <b>",
    "人工知能の発展 | 中国 **重要**",
    "{{ 7 * 7 }} {% raw %} {# x #} ${a} %s",
    "</details></td></table></summary></span><a id=\"claim-fake\"></a>",
    r"a backslash \ and one at the end \",
    "1. first of a list",
    "> quoted",
    "| a | b |",
    "*** --- ===",
    "``` fence",
    "~~~ fence",
    "<https://evil.example>",
    "](https://evil.example)",
    "!&#124; \\&#124; \"quotes\" 'single' `",
];

/// Claims enough for several pages of one topic and one subject.
const MANY: usize = 230;

/// A dataset in a folder of its own, and what was published from it.
struct Report {
    pages: BTreeMap<String, String>,
    dir: tempfile::TempDir,
}

impl Report {
    fn of(records: &BTreeMap<String, Value>) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        for (path, record) in records {
            let path = dir.path().join("dataset").join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, record.to_string()).expect("written");
        }
        Self::publish(dir)
    }

    fn publish(dir: tempfile::TempDir) -> Self {
        claimbook(dir.path(), &["publish", "--format", "markdown"]).expect(0);
        let mut pages = BTreeMap::new();
        read(&dir.path().join("dist/report"), "", &mut pages);
        Self { pages, dir }
    }

    fn markdown(&self) -> impl Iterator<Item = (&str, &str)> {
        let pages = self.pages.iter().filter(|(path, _)| path.ends_with(".md"));
        pages.map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

fn read(folder: &Path, below: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{path}/"), found);
        } else {
            found.insert(path, fs::read_to_string(entry.path()).expect("text"));
        }
    }
}

/// A record for each hostile text in every place that takes text, and many plain claims.
fn hostile() -> BTreeMap<String, Value> {
    let mut records = BTreeMap::from([(
        "dataset.json".to_owned(),
        json!({
            "name": "hostile",
            "title": HOSTILE[0],
            "description": HOSTILE[1],
            "language": "en",
            "license": "CC0-1.0",
            "base_iri": "https://example.org/hostile/",
            "homepage": "https://example.org/(home)",
            "maintainers": [{"name": HOSTILE[2], "url": "https://example.org/?a=1&lt;=2"}],
            "topics": {
                "hostile": {"label": HOSTILE[3], "description": HOSTILE[4]},
                "bulk": {"label": HOSTILE[7]},
                "empty": {"label": "Nothing"}
            },
            "units": {"things": {"label": HOSTILE[0]}}
        }),
    )]);
    for (i, text) in HOSTILE.iter().enumerate() {
        let id = format!("hostile-{i:02}");
        let long = format!("{text} and so on, place {i}");
        records.insert(
            format!("publishers/{id}.json"),
            json!({"id": id, "name": text, "kind": "government", "country": "IR", "reliability": "A", "note": text}),
        );
        records.insert(
            format!("sources/{id}.json"),
            json!({
                "id": id, "type": "report", "title": text, "title_en": long,
                "authors": [{"literal": text}], "publisher": id, "container": text,
                "number": &text.chars().take(60).collect::<String>().trim_end(),
                "issued": "2024~", "lang": "fa",
                "url": format!("https://example.org/{i}/a_(b)?x=1&copy;=2"),
                "archived_url": format!("https://example.org/archive/{i}"),
                "accessed": "2025-01-01", "reliability": "B", "reliability_note": text,
                "status": "corrected", "status_note": text
            }),
        );
        records.insert(
            format!("subjects/{id}.json"),
            json!({
                "id": id, "name": text, "kind": "country", "description": text,
                "same_as": [format!("https://example.org/same/({i})")]
            }),
        );
        let citation = |stance: &str, source: usize| {
            json!({
                "source": format!("hostile-{source:02}"), "stance": stance, "directness": "primary",
                "shows": text, "locator": text, "quote": text, "translation": text
            })
        };
        let next = (i + 1) % HOSTILE.len();
        records.insert(
            format!("claims/{id}.json"),
            json!({
                "id": id, "statement": long, "kind": "measurement", "subjects": [id],
                "topics": ["bulk", "hostile"], "date": "202X",
                "quantity": {"amount": "-12345.5", "unit": "things", "lower": "-20000", "upper": "0"},
                "confidence": "low", "confidence_note": text,
                "citations": [citation("supports", i), citation("contradicts", next)],
                "relations": [{"type": "contradicts", "claim": format!("hostile-{next:02}")}],
                "status": "disputed", "status_date": "2024-12-01", "status_note": text,
                "corrections": [{"date": "2024-12-02", "note": text}],
                "reviewed": "2025-01-01"
            }),
        );
    }
    records.insert(
        "claims/gone.json".to_owned(),
        json!({"id": "gone", "status": "removed", "status_date": "2024-05-05", "status_note": HOSTILE[9]}),
    );
    for i in 0..MANY {
        let id = format!("bulk-{i:03}");
        records.insert(
            format!("claims/{id}.json"),
            json!({
                "id": id, "statement": format!("Thing number {i} was counted once on that day."),
                "kind": "event", "subjects": ["hostile-00"], "topics": ["bulk"],
                "date": format!("{}-03-04", 1900 + i / 2), "confidence": "moderate",
                "citations": [{
                    "source": "hostile-00", "stance": "supports", "directness": "primary",
                    "shows": "The count."
                }],
                "status": "active", "reviewed": "2025-01-01"
            }),
        );
    }
    records
}

fn events(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION)
}

/// What a reader sees of a page; each block and each `<br>` ends a line.
fn words(markdown: &str) -> String {
    let mut words = String::new();
    for event in events(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak => words.push(' '),
            Event::InlineHtml(html) if &*html == "<br>" => words.push('\n'),
            Event::End(_) => words.push('\n'),
            _ => {}
        }
    }
    // A link or a run of emphasis ends no line, but no text that is looked for holds one.
    words
}

/// Every anchor of a page, in order.
fn anchors(markdown: &str) -> Vec<String> {
    let id = |html: &str| {
        let id = html.strip_prefix("<a id=\"")?.strip_suffix("\">")?;
        Some(id.to_owned())
    };
    let html = events(markdown).filter_map(|event| match event {
        Event::InlineHtml(html) => id(&html),
        _ => None,
    });
    html.collect()
}

#[test]
fn no_text_breaks_out_of_its_place() {
    let report = Report::of(&hostile());
    for (path, page) in report.markdown() {
        for event in events(page) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => {
                    assert!(is_ours(html.trim()), "{path} holds {html}");
                }
                Event::Code(code) => {
                    let id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                    assert!(code.chars().all(id), "{path} holds `{code}`");
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    assert!(dest_url.starts_with("charts/"), "{path} shows {dest_url}");
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(!dest_url.contains("evil"), "{path} leads to {dest_url}");
                }
                Event::Start(
                    Tag::CodeBlock(_) | Tag::Strikethrough | Tag::FootnoteDefinition(_),
                )
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::FootnoteReference(_)
                | Event::TaskListMarker(_)
                | Event::Rule => panic!("{path} holds {event:?}"),
                _ => {}
            }
        }
    }
}

/// Whether this is HTML of the templates.
fn is_ours(html: &str) -> bool {
    let plain = [
        "<br>",
        "</a>",
        "<details>",
        "</details>",
        "<sub>",
        "</sub>",
        "<span dir=\"auto\">",
        "</span>",
        "<!-- -->",
    ];
    let anchor = |id: &str| id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    plain.contains(&html)
        || html
            .strip_prefix("<summary>")
            .and_then(|rest| rest.strip_suffix("</summary>"))
            .is_some_and(|words| !words.contains(['<', '>', '&']))
        || html
            .strip_prefix("<a id=\"")
            .and_then(|rest| rest.strip_suffix("\">"))
            .is_some_and(anchor)
}

#[test]
fn every_text_is_read_as_it_was_written() {
    let report = Report::of(&hostile());
    for (path, what) in [
        ("topics/hostile.md", "statements, notes, citations and corrections"),
        ("sources.md", "titles, authors and notes"),
        ("publishers.md", "names and notes"),
        ("subjects.md", "names and descriptions"),
    ] {
        let words = words(&report.pages[path]);
        for text in HOSTILE {
            assert!(words.contains(text), "{what}: {path} lacks {text}");
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    for report in [Report::of(&hostile()), Report::publish(copied_sample())] {
        let anchors: BTreeMap<&str, BTreeSet<String>> = (report.markdown())
            .map(|(path, page)| (path, anchors(page).into_iter().collect()))
            .collect();
        for (path, page) in report.markdown() {
            for event in events(page) {
                let (Event::Start(Tag::Link { dest_url: url, .. })
                | Event::Start(Tag::Image { dest_url: url, .. })) = event
                else {
                    continue;
                };
                if url.starts_with("https://") {
                    continue;
                }
                let (target, anchor) = match url.split_once('#') {
                    Some((target, anchor)) => (target, Some(anchor)),
                    None => (&*url, None),
                };
                let target = if target.is_empty() { path.to_owned() } else { join(path, target) };
                assert!(report.pages.contains_key(&target), "{path} leads to {url}");
                if let Some(anchor) = anchor {
                    assert!(anchors[target.as_str()].contains(anchor), "{path} leads to {url}");
                }
            }
        }
    }
}

/// The path that `target` means on the page at `path`.
fn join(path: &str, target: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        if part == ".." {
            parts.pop().expect("a folder to leave");
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

fn copied_sample() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    dir
}

#[test]
fn every_record_has_one_place() {
    let records = hostile();
    let report = Report::of(&records);
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for (path, page) in report.markdown() {
        let anchors = anchors(page);
        let different: BTreeSet<&String> = anchors.iter().collect();
        assert_eq!(different.len(), anchors.len(), "{path} has an anchor twice");
        for anchor in anchors {
            *found.entry(anchor).or_default() += 1;
        }
    }
    for (path, record) in &records {
        for kind in ["claim", "source", "publisher"] {
            if path.starts_with(kind) {
                let anchor = format!("{kind}-{}", record["id"].as_str().expect("an id"));
                assert_eq!(found.get(&anchor), Some(&1), "{anchor}");
            }
        }
    }
    assert!(report.pages["removed.md"].contains("claim-gone"));
}

#[test]
fn long_lists_are_split_into_pages() {
    let report = Report::of(&hostile());
    for path in
        ["topics/bulk.md", "topics/bulk.2.md", "topics/bulk.3.md", "subjects/hostile-00.2.md"]
    {
        assert!(report.pages.contains_key(path), "{path}");
    }
    let last = &report.pages["topics/bulk.3.md"];
    assert!(last.contains("[← Page 2](bulk.2.md) · Page 3 of 3\n"), "{last}");
    for (path, page) in report.markdown() {
        assert!(page.len() < 512 * 1024, "{path} is {} bytes long", page.len());
    }
}

#[test]
fn tables_have_as_many_cells_in_every_row() {
    let report = Report::of(&hostile());
    let mut rows = 0;
    for (path, page) in report.markdown() {
        let lines: Vec<&str> = page.lines().collect();
        for pair in lines.windows(2).filter(|pair| pair.iter().all(|line| line.starts_with("| "))) {
            assert_eq!(cells(pair[0]), cells(pair[1]), "{path}: {}", pair[1]);
            rows += 1;
        }
    }
    assert!(rows > 50, "{rows}");
}

/// The number of cells in a row: pipes that no backslash keeps from ending one.
fn cells(row: &str) -> usize {
    let mut escaped = false;
    row.chars()
        .filter(|c| {
            let ends = *c == '|' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        })
        .count()
}

#[test]
fn charts_are_sound_and_say_what_they_show() {
    let report = Report::of(&hostile());
    let charts: Vec<_> = report.pages.iter().filter(|(path, _)| path.ends_with(".svg")).collect();
    assert_eq!(charts.len(), 4);
    for (path, svg) in charts {
        let document = roxmltree::Document::parse(svg).unwrap_or_else(|e| panic!("{path}: {e}"));
        let names: BTreeSet<&str> = document
            .descendants()
            .filter(|node| node.is_element())
            .map(|node| node.tag_name().name())
            .collect();
        for name in ["title", "desc", "rect", "text"] {
            assert!(names.contains(name), "{path} has no {name}");
        }
        for name in ["script", "foreignObject", "image", "a", "b", "animate"] {
            assert!(!names.contains(name), "{path} has {name}");
        }
        assert!(!svg.contains("url(") && !svg.contains("href"), "{path} asks for more");
    }
}

/// `SNAPSHOTS=overwrite cargo test --test report` writes the pages anew; read what changed.
#[test]
fn the_sample_reads_as_it_did_before() {
    let report = Report::publish(copied_sample());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report");
    if std::env::var_os("SNAPSHOTS").is_some_and(|mode| mode == "overwrite") {
        for (path, page) in &report.pages {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, page).expect("written");
        }
    }
    let mut before = BTreeMap::new();
    read(&folder, "", &mut before);
    for (path, page) in &report.pages {
        assert_eq!(before.remove(path).as_ref(), Some(page), "{path} has changed");
    }
    assert!(before.is_empty(), "no longer there: {:?}", before.keys());
}

#[test]
fn the_same_dataset_gives_the_same_bytes() {
    let records = hostile();
    assert_eq!(Report::of(&records).pages, Report::of(&records).pages);
}

#[test]
fn sources_that_count_as_one_are_told_in_one_sentence() {
    let dir = copied_sample();
    let dataset = dir.path().join("dataset");
    let source = fs::read_to_string(dataset.join("sources/council-budget-2023.json"));
    let third = source.expect("a source").replace("council-budget-2023", "council-notice-2023");
    let third = third.replace("/accounts/bridge", "/notices/bridge");
    fs::write(dataset.join("sources/council-notice-2023.json"), third).expect("written");
    let path = dataset.join("claims/bridge-toll-free.json");
    let text = fs::read_to_string(&path).expect("a claim");
    let mut claim: Value = serde_json::from_str(&text).expect("JSON");
    let citations = claim["citations"].as_array_mut().expect("citations");
    let mut again = citations[1].clone();
    again["source"] = "council-notice-2023".into();
    citations.insert(2, again);
    fs::write(&path, claim.to_string()).expect("written");
    let page = &Report::publish(dir).pages["topics/money.md"];
    let said = " Sources 1, 2 and 3 count as one: behind all stands Port Aldine Town Council.\n";
    assert!(page.contains(said), "{page}");
    assert_eq!(page.matches("count as one").count(), page.matches(said).count(), "{page}");
}

#[test]
fn reviews_are_told_where_some_are_later_than_others() {
    let dir = copied_sample();
    let claim = dir.path().join("dataset/claims/bridge-cost.json");
    let text = fs::read_to_string(&claim).expect("a claim");
    let later = text.replace("\"reviewed\": \"2025-03-10\"", "\"reviewed\": \"2025-03-11\"");
    assert_ne!(later, text);
    fs::write(&claim, later).expect("written");
    let overview = &Report::publish(dir).pages["README.md"];
    let (_, reviews) = overview.split_once("</a>Latest reviews\n\n").expect("a section");
    let (first, _) = reviews.split_once('\n').expect("a line");
    assert!(first.starts_with("- The harbour bridge cost 84.5 million"), "{first}");
    assert!(first.ends_with("reviewed 11 March 2025"), "{first}");
    assert!(overview.contains("[Latest reviews](#latest-reviews)"));
}

#[test]
fn a_template_of_the_repository_takes_the_place_of_ours() {
    let dir = copied_sample();
    let own = dir.path().join("templates/report");
    fs::create_dir_all(&own).expect("a folder");
    fs::write(own.join("publishers.md.jinja"), "{{ publishers|count(\"house\") }}\n")
        .expect("written");
    let report = Report::publish(dir);
    assert_eq!(report.pages["publishers.md"], "6 houses\n");
    assert!(report.pages["sources.md"].starts_with("[The harbour bridge"));
}

#[test]
fn a_template_that_lacks_what_others_need_is_named_and_nothing_is_lost() {
    let report = Report::publish(copied_sample());
    let root = report.dir.path();
    fs::create_dir_all(root.join("templates/report")).expect("a folder");
    fs::write(root.join("templates/report/evidence.md.jinja"), "no macros\n").expect("written");
    let failed = claimbook(root, &["publish", "--format", "markdown"]).expect(2);
    let said = "templates/report/evidence.md.jinja: no macro `reference`";
    assert!(failed.stderr.contains(said), "{}", failed.stderr);
    assert!(failed.stderr.contains("without it, the built-in template is used"));
    let mut pages = BTreeMap::new();
    read(&root.join("dist/report"), "", &mut pages);
    assert_eq!(pages, report.pages);
}
