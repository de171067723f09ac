//! The house rules of the code's structure, read from `src/`: which module may use which, where
//! the heavy crates live, and what may not be used at all.

use std::{collections::BTreeMap, fs, path::Path};

/// The floors: a module uses only modules of floors below its own, or its own children.
const FLOORS: &[(u8, &[&str])] = &[
    (0, &["date", "document", "error", "text"]),
    (1, &["finding"]),
    (2, &["model", "snapshot"]),
    (3, &["confidence", "schema"]),
    (4, &["diff", "merge", "stats", "templates", "write"]),
    (5, &["between", "history", "markers", "rules", "starter"]),
    (6, &["load"]),
    (7, &["check"]),
    (8, &["publish", "report"]),
    (9, &["authoring", "ci", "release"]),
    (10, &["cli"]),
];

/// Crates with one home each: the path, below `src/`, that files using them begin with.
const HOMES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["report/human.rs"]),
    ("biblatex", &["authoring/facts/bibtex.rs"]),
    ("clap", &["cli/"]),
    ("ctrlc", &["cli/interrupt.rs"]),
    ("csv", &["authoring/intake/template.rs", "publish/"]),
    ("deunicode", &["authoring/ids.rs"]),
    ("edtf_core", &["date/"]),
    ("flate2", &["release/archive.rs", "release/unpack.rs"]),
    ("git2", &["snapshot/"]),
    ("html5gum", &["authoring/facts/html.rs"]),
    ("indicatif", &["cli/"]),
    ("inquire", &["cli/new/terminal.rs"]),
    ("jsonschema", &["schema/"]),
    ("mimalloc", &["main.rs"]),
    ("minijinja", &["templates/"]),
    ("parquet", &["publish/parquet.rs", "publish/exporters.rs", "publish/mod.rs"]),
    ("rawzip", &["release/archive.rs", "release/unpack.rs"]),
    ("rusqlite", &["publish/sqlite.rs"]),
    ("semver", &["release/version.rs"]),
    ("sha1", &["snapshot/packs.rs"]),
    ("sha2", &["publish/", "release/", "report/sarif/"]),
    ("strsim", &["text/slips.rs"]),
    ("tar", &["release/archive.rs", "release/unpack.rs"]),
    (
        "tempfile",
        &[
            "publish/parquet.rs",
            "publish/sink/",
            "publish/sqlite.rs",
            "release/below.rs",
            "write.rs",
        ],
    ),
];

/// The Rust files below `src/`, by path, without their tests and comments.
fn sources() -> BTreeMap<String, String> {
    fn walk(folder: &Path, below: &str, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{path}/"), found);
            } else {
                let text = fs::read_to_string(entry.path()).expect("text");
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
                found.insert(path, lines.collect::<Vec<_>>().join("\n"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut found);
    found
}

fn module(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or_default()
}

fn floor(module: &str) -> u8 {
    let found = FLOORS.iter().find(|(_, modules)| modules.contains(&module));
    found.unwrap_or_else(|| panic!("`{module}` has no floor: add it to the table")).0
}

/// The modules that a text uses: `crate::name` and the names in `use crate::{…}`.
fn used(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let name = |text: &str| -> String {
            text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        };
        if let Some(list) = rest.strip_prefix('{') {
            let (mut depth, mut item) = (0, String::new());
            for c in list.chars() {
                match c {
                    '}' if depth == 0 => break,
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        found.push(name(item.trim()));
                        item.clear();
                        continue;
                    }
                    _ => {}
                }
                item.push(c);
            }
            found.push(name(item.trim()));
        } else {
            found.push(name(rest));
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

#[test]
fn modules_use_only_floors_below() {
    for (path, code) in
        sources().iter().filter(|(path, _)| !["lib.rs", "main.rs"].contains(&path.as_str()))
    {
        let own = module(path);
        for other in used(code).iter().filter(|other| *other != own) {
            assert!(
                floor(other) < floor(own),
                "{path} uses `{other}`, which is not on a floor below"
            );
        }
    }
}

#[test]
fn the_documentation_has_the_same_floors() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let text = fs::read_to_string(path).expect("text").replace("mod@", "");
    let rows: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("//! | ")).skip(1).collect();
    assert_eq!(rows.len(), FLOORS.len());
    for (row, (floor, modules)) in rows.iter().zip(FLOORS.iter().rev()) {
        let links: Vec<String> = modules.iter().map(|module| format!("[`{module}`]")).collect();
        let begin = format!("{floor} | {} |", links.join(", "));
        assert!(row.starts_with(&begin), "src/lib.rs: {row} should begin with {begin}");
    }
}

#[test]
fn every_heavy_crate_has_one_home() {
    for (name, homes) in HOMES {
        for (path, code) in &sources() {
            let uses =
                code.contains(&format!("{name}::")) || code.contains(&format!("use {name};"));
            let at_home = homes.iter().any(|home| path.starts_with(home));
            assert!(
                !uses || at_home || path == "lib.rs",
                "{path} uses `{name}`, whose home is {homes:?}"
            );
        }
    }
}

#[test]
fn order_is_never_left_to_chance() {
    // What is found by hash in there is never gone through.
    for (path, code) in sources().into_iter().filter(|(path, _)| path != "model/lookup.rs") {
        for name in ["HashMap", "HashSet"] {
            assert!(!code.contains(name), "{path} uses {name}: use the ordered one");
        }
    }
}

#[test]
fn only_the_command_line_prints_or_asks_the_environment() {
    for (path, code) in sources().iter().filter(|(path, _)| !path.starts_with("cli/")) {
        for word in ["println!", "eprintln!", "print!(", "std::env::", "stdout()", "stderr()"] {
            assert!(!code.contains(word), "{path} uses {word}");
        }
    }
}
