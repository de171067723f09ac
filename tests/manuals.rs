//! The generated pages of fields and commands: they are fresh, and leave nothing out.
//!
//! `SNAPSHOTS=overwrite cargo test --test manuals` writes `docs/fields.md` and `docs/commands.md`.

mod common;

use common::{claimbook, copy, edit, fresh, sample};
use std::{collections::BTreeSet, fs, path::Path};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn fields(folder: &Path) -> String {
    claimbook(folder, &["explain", "--manual=fields"]).expect(0).stdout
}

fn commands() -> String {
    claimbook(root(), &["man", "--manual"]).expect(0).stdout
}

/// The texts of the headings of a level.
fn headings<'p>(page: &'p str, level: &str) -> BTreeSet<&'p str> {
    page.lines().filter_map(|line| line.strip_prefix(level)).collect()
}

#[test]
fn the_manual_of_fields_is_fresh() {
    fresh(&root().join("docs/fields.md"), &fields(root()));
}

#[test]
fn the_manual_of_commands_is_fresh() {
    fresh(&root().join("docs/commands.md"), &commands());
}

#[test]
fn every_schema_has_its_part() {
    let files: BTreeSet<String> = fs::read_dir(root().join("schema"))
        .expect("the schemas")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    let page = fields(root());
    assert_eq!(headings(&page, "### "), files.iter().map(String::as_str).collect());
}

#[test]
fn every_property_of_a_schema_has_its_row() {
    /// The keys of every `properties` in a schema that are no conditions.
    fn keys<'s>(node: &'s serde_json::Value, found: &mut BTreeSet<&'s str>) {
        for (name, value) in node.as_object().into_iter().flatten() {
            match (name.as_str(), value) {
                ("if" | "examples" | "contains" | "then" | "else" | "allOf", _) => {}
                ("properties", serde_json::Value::Object(properties)) => {
                    found.extend(properties.keys().map(String::as_str));
                    properties.values().for_each(|value| keys(value, found));
                }
                _ => keys(value, found),
            }
        }
        node.as_array().into_iter().flatten().for_each(|value| keys(value, found));
    }
    let page = fields(root());
    for entry in fs::read_dir(root().join("schema")).expect("the schemas") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a schema");
        let schema = serde_json::from_str(&text).expect("JSON");
        let mut found = BTreeSet::new();
        keys(&schema, &mut found);
        assert!(!found.is_empty());
        for key in found {
            let row = [format!("\n| `{key}` |"), format!(".{key}` |")];
            let there = row.iter().any(|row| page.contains(row));
            assert!(there, "{}: {key} has no row", path.display());
        }
    }
}

#[test]
fn a_repository_reads_about_its_own_schemas() {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&sample(), folder.path());
    assert_eq!(fields(folder.path()), fields(root()), "without schemas of its own");
    copy(&root().join("schema"), &folder.path().join("schema"));
    let schema = folder.path().join("schema/claim.schema.json");
    edit(&schema, "\"minLength\": 20", "\"minLength\": 33");
    assert!(fields(folder.path()).contains("33 to 400 characters"));
}

#[test]
fn every_command_and_option_has_its_part() {
    let page = commands();
    let help = claimbook(root(), &["--help"]).expect(0).stdout;
    let listed = help.split_once("Commands:\n").expect("the commands").1;
    let listed = listed.split_once("\n\n").expect("their end").0;
    let name = |line: &str| {
        let own = line.strip_prefix("  ").filter(|rest| !rest.starts_with(' '))?;
        Some(own.split_whitespace().next().expect("a name").to_owned())
    };
    let mut names: BTreeSet<String> = listed.lines().filter_map(name).collect();
    assert!(names.remove("help") && names.remove("new"));
    names.extend(["claim", "source", "publisher", "subject"].map(|kind| format!("new {kind}")));
    assert_eq!(headings(&page, "## "), names.iter().map(String::as_str).collect());
    for name in &names {
        let args: Vec<&str> = name.split(' ').chain(["--help"]).collect();
        let help = claimbook(root(), &args).expect(0).stdout;
        let part = page.split_once(&format!("\n## {name}\n")).expect("its part").1;
        let part = part.split("\n## ").next().expect("its end");
        assert_eq!(part.matches("\nExit codes: 0 ").count(), 1, "{name}");
        for flag in help.split_whitespace().filter(|word| word.starts_with("--")) {
            let flag = flag.trim_end_matches(|c: char| !c.is_alphanumeric());
            let shared = ["--root", "--color", "--help"].contains(&flag);
            assert!(shared || part.contains(flag), "{name}: {flag} is not there");
        }
    }
}
