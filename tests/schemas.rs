//! The schemas themselves: sound, self-contained, alike where they say the same, true to their
//! examples, and what the program prints has the shape they say.

use claimbook::{
    diff::VERBS,
    document::Json,
    schema::{EMBEDDED, Schema},
};
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const BASE: &str = "https://claimbook.example/schema/1/";

/// Every schema in `schema/`, by name.
fn schemas() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder schema") {
        let path = entry.expect("an entry").path();
        let file = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let name = file.strip_suffix(".schema.json").expect("schema/ holds only *.schema.json");
        found.insert(name.to_owned(), read(&path));
    }
    found
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn compile(name: &str, schema: &Value) -> Schema {
    Schema::compile(name, &schema.to_string()).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// What a schema has against a value, in words.
fn problems(schema: &Schema, value: &Value) -> Vec<String> {
    let text = value.to_string();
    let (json, _) = Json::parse(&text).expect("JSON");
    schema.problems(&json).into_iter().map(|p| format!("{}: {}", p.pointer, p.message)).collect()
}

/// Calls `visit` with every subschema that describes a value, and its pointer: not with those that
/// only ask for something on a condition.
fn every<'s>(schema: &'s Value, at: &str, visit: &mut impl FnMut(&str, &'s Map<String, Value>)) {
    let Some(node) = schema.as_object() else { return };
    visit(at, node);
    for named in ["properties", "$defs"] {
        for (name, inner) in node.get(named).and_then(Value::as_object).into_iter().flatten() {
            every(inner, &format!("{at}/{named}/{name}"), visit);
        }
    }
    for one in ["items", "additionalProperties", "propertyNames"] {
        if let Some(inner) = node.get(one) {
            every(inner, &format!("{at}/{one}"), visit);
        }
    }
}

/// The schema of one part of a file.
fn part(root: &Value, node: &Map<String, Value>) -> Value {
    let mut part = node.clone();
    part.insert("$schema".to_owned(), root["$schema"].clone());
    part.insert("$defs".to_owned(), root["$defs"].clone());
    Value::Object(part)
}

#[test]
fn every_schema_compiles_and_says_what_it_is() {
    let schemas = schemas();
    for (name, _) in EMBEDDED {
        assert!(schemas.contains_key(*name), "schema/{name}.schema.json is missing");
    }
    for (name, schema) in &schemas {
        // Compiling refuses keywords that nobody knows and references that lead nowhere.
        compile(name, schema);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        assert_eq!(schema["$id"], format!("{BASE}{name}.schema.json"), "{name}");
        assert!(schema["title"].is_string() && schema["description"].is_string(), "{name}");
        assert!(schema["examples"].is_array(), "{name} has no examples");
    }
}

#[test]
fn misspelt_keywords_and_lost_references_are_refused() {
    let with = |keyword: &str, value: Value| {
        let mut schema = schemas().remove("subject").expect("the schema of subjects");
        schema["properties"]["name"][keyword] = value;
        Schema::compile("subject", &schema.to_string()).err().map(|e| e.to_string())
    };
    assert_eq!(with("maxLength", json!(9)), None);
    let error = with("maxLenght", json!(9)).expect("an unknown keyword");
    assert!(error.contains("no keyword `maxLenght`"), "{error}");
    let error = with("$ref", json!("#/$defs/lien")).expect("a lost reference");
    assert!(error.contains("`#/$defs/lien` points at nothing"), "{error}");
}

#[test]
fn definitions_of_one_name_are_the_same_everywhere() {
    let mut seen: BTreeMap<String, (String, Value)> = BTreeMap::new();
    for (name, schema) in schemas() {
        for (definition, value) in schema["$defs"].as_object().into_iter().flatten() {
            let (first, same) =
                seen.entry(definition.clone()).or_insert_with(|| (name.clone(), value.clone()));
            assert_eq!(same, value, "#/$defs/{definition} of {first} and of {name} differ");
        }
    }
}

#[test]
fn every_definition_is_used() {
    for (name, schema) in schemas() {
        let text = schema.to_string();
        for definition in schema["$defs"].as_object().into_iter().flatten().map(|(name, _)| name) {
            let reference = format!("\"#/$defs/{definition}\"");
            assert!(text.contains(&reference), "{name}: nothing refers to {reference}");
        }
    }
}

#[test]
fn every_property_is_described() {
    for (name, schema) in schemas() {
        let described = |property: &Value| {
            let target = property["$ref"].as_str().and_then(|r| schema.pointer(&r[1..]));
            property["description"].is_string()
                || target.is_some_and(|t| t["description"].is_string())
        };
        every(&schema, "", &mut |at, node| {
            for (key, property) in
                node.get("properties").and_then(Value::as_object).into_iter().flatten()
            {
                assert!(described(property), "{name}: {at}/properties/{key} has no description");
            }
        });
    }
}

#[test]
fn a_limit_beside_a_reference_narrows_it() {
    for (name, schema) in schemas() {
        every(&schema, "", &mut |at, node| {
            let target = node.get("$ref").and_then(Value::as_str);
            let target = target.and_then(|reference| schema.pointer(&reference[1..]));
            let limit = |node: Option<&Value>| node.and_then(Value::as_u64);
            let pair = |keyword| limit(node.get(keyword)).zip(limit(target.map(|t| &t[keyword])));
            if let Some((here, there)) = pair("maxLength") {
                assert!(here < there, "{name}: {at}: maxLength {here} is never reached");
            }
            if let Some((here, there)) = pair("minLength") {
                assert!(here > there, "{name}: {at}: minLength {here} is never reached");
            }
        });
    }
}

#[test]
fn examples_are_examples_of_what_they_stand_with() {
    for (name, schema) in schemas() {
        let mut examples = 0;
        every(&schema, "", &mut |at, node| {
            for example in node.get("examples").and_then(Value::as_array).into_iter().flatten() {
                let found = problems(&compile(&name, &part(&schema, node)), example);
                assert!(found.is_empty(), "{name}: {at}: the example {example}: {found:?}");
                examples += 1;
            }
        });
        assert!(examples > 0, "{name} has no example");
    }
}

#[test]
fn defaults_are_values_the_schema_allows() {
    for (name, schema) in schemas() {
        every(&schema, "", &mut |at, node| {
            if let Some(default) = node.get("default") {
                let found = problems(&compile(&name, &part(&schema, node)), default);
                assert!(found.is_empty(), "{name}: {at}: the default {default}: {found:?}");
            }
        });
    }
}

#[test]
fn no_schema_takes_the_empty_object_or_no_object() {
    for (name, schema) in schemas() {
        let compiled = compile(&name, &schema);
        for value in [json!({}), json!([]), json!(null), json!("text")] {
            assert!(!problems(&compiled, &value).is_empty(), "{name} takes {value}");
        }
    }
}

/// What the program prints or publishes: the schema it must fit, and how it is made.
struct Output {
    schema: &'static str,
    made_by: fn(&Path) -> Vec<Value>,
}

const OUTPUTS: &[Output] = &[
    Output { schema: "bundle", made_by: |root| vec![read(&published(root).join("brics-ai.json"))] },
    Output { schema: "claims-line", made_by: |root| lines(&published(root).join("claims.jsonl")) },
    Output {
        schema: "check",
        made_by: |root| {
            let based = ["check", "--base", "HEAD"];
            let changed = changed();
            let all = [&based[..], &["--all"]].concat();
            let based = [&based[..], &all].map(|args| printed(changed.path(), args));
            [vec![printed(root, &["check"])], based.into()].concat()
        },
    },
    Output {
        schema: "list",
        made_by: |root| {
            let whats = ["claims", "sources", "publishers", "subjects", "topics"];
            whats.map(|what| printed(root, &["list", what])).into()
        },
    },
    Output {
        schema: "show",
        made_by: |root| {
            let lists = ["claims", "sources", "publishers", "subjects"];
            let lists = lists.map(|what| claimbook(root, &["list", what, "--format", "ids"]));
            // Records of every kind, and claims with all that can be said about one.
            let ids = lists.iter().flat_map(|ids| ids.lines().step_by(ids.lines().count() / 3 + 1));
            ids.map(|id| printed(root, &["show", id])).collect()
        },
    },
    Output { schema: "stats", made_by: |root| vec![printed(root, &["stats"])] },
    Output {
        schema: "explain",
        made_by: |root| vec![printed(root, &["explain"]), printed(root, &["explain", "syntax"])],
    },
    Output {
        schema: "diff",
        made_by: |_| {
            let changed = changed();
            vec![printed(changed.path(), &["diff"])]
        },
    },
    Output { schema: "log", made_by: |_| lives("log") },
    Output { schema: "blame", made_by: |_| lives("blame") },
    Output {
        schema: "changes",
        made_by: |_| {
            let changed = changed();
            vec![parse(&claimbook(changed.path(), &["diff", "--format", "changes"]))]
        },
    },
];

/// What a command prints as JSON.
fn printed(root: &Path, command: &[&str]) -> Value {
    parse(&claimbook(root, &[command, &["--format", "json"]].concat()))
}

/// Commits the working tree.
fn commit(git: &git2::Repository) {
    let mut index = git.index().expect("an index");
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("added");
    index.update_all(["*"], None).expect("updated");
    let tree = git.find_tree(index.write_tree().expect("a tree")).expect("a tree");
    let who = git2::Signature::new("A Tester", "tester@example.org", &git2::Time::new(0, 0));
    let who = who.expect("a signature");
    let parent = git.head().and_then(|head| head.peel_to_commit()).ok();
    let parents: Vec<&git2::Commit> = parent.iter().collect();
    git.commit(Some("HEAD"), &who, &who, "All", &tree, &parents).expect("a commit");
}

/// What `log` or `blame` prints of records that changed in many ways, and of one of each kind.
fn lives(command: &str) -> Vec<Value> {
    let root = changed();
    commit(&git2::Repository::open(root.path()).expect("a repository"));
    let mut found = Vec::new();
    for folder in ["claims/russia", "sources", "publishers", "subjects"] {
        let folder = root.path().join("dataset").join(folder);
        let entries = fs::read_dir(folder).expect("a folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().expect("UTF-8")).collect();
        names.sort();
        for id in names.iter().take(8).filter_map(|name| name.strip_suffix(".json")) {
            found.push(printed(root.path(), &[command, id]));
        }
    }
    found
}

/// A repository with a commit and, in its working tree, changes of many sorts.
fn changed() -> tempfile::TempDir {
    let root = repository();
    let git = git2::Repository::init(root.path()).expect("a repository");
    commit(&git);
    let claims = root.path().join("dataset/claims/russia");
    let mut paths: Vec<PathBuf> = fs::read_dir(claims)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for (i, path) in paths.iter().take(8).enumerate() {
        let mut claim = read(path);
        match i {
            0 => fs::remove_file(path).expect("removed"),
            1 => claim["statement"] = json!("Something else happened there that year."),
            2 => {
                claim["status"] = json!("retracted");
                claim["status_date"] = json!("2026-11-24");
                claim["status_note"] = json!("Nobody could confirm it.");
            }
            3 => claim["corrections"] = json!([{"date": "2026-11-24", "note": "A wrong year."}]),
            4 => claim["citations"] = json!([claim["citations"][0]]),
            5 => claim["date"] = json!("1999/.."),
            6 => claim["confidence"] = json!("none"),
            _ => claim["relations"] = json!([{"type": "supports", "claim": "no-such-claim"}]),
        }
        if i > 0 {
            fs::write(path, claim.to_string()).expect("written");
        }
    }
    let mut meta = read(&root.path().join("dataset/dataset.json"));
    meta["policy"] = json!({"high_groups": 4});
    fs::write(root.path().join("dataset/dataset.json"), meta.to_string()).expect("written");
    fs::remove_file(root.path().join("schema/claims-line.schema.json")).expect("removed");
    root
}

#[test]
fn the_schema_of_diffs_names_every_verb() {
    let schema = &schemas()["diff"];
    let verbs: Vec<&str> = VERBS.iter().map(|info| info.word).collect();
    assert_eq!(schema["$defs"]["verb"]["enum"], json!(verbs));
    let changed = changed();
    let diff = printed(changed.path(), &["diff"]);
    let changes = diff["changes"].as_array().expect("changes");
    for member in ["field", "old", "new", "because"] {
        assert!(changes.iter().any(|change| change.get(member).is_some()), "no `{member}`");
        assert!(changes.iter().any(|change| change.get(member).is_none()), "always `{member}`");
    }
    let compiled = compile("diff", schema);
    let mut odd = diff;
    odd["changes"][0]["verb"] = json!("misplaced");
    assert!(!problems(&compiled, &odd).is_empty());
}

/// Runs the program on the repository at `root`; whatever it finds, it must be able to run.
fn claimbook(root: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_claimbook"))
        .args(args)
        .current_dir(root)
        .output()
        .expect("the program runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code().is_some_and(|code| code < 2), "{args:?}: {errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn published(root: &Path) -> PathBuf {
    let out = root.join("dist");
    if !out.exists() {
        claimbook(root, &["publish"]);
    }
    out
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).expect("lines").lines().map(parse).collect()
}

/// A copy of this repository's dataset, with its schemas.
fn repository() -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy(&entry.path(), &target);
            } else {
                fs::copy(entry.path(), target).expect("a copy");
            }
        }
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = tempfile::tempdir().expect("a folder");
    for folder in ["dataset", "schema"] {
        copy(&here.join(folder), &root.path().join(folder));
    }
    root
}

#[test]
fn outputs_have_the_shape_their_schema_says() {
    let (schemas, root) = (schemas(), repository());
    for output in OUTPUTS {
        let schema = compile(output.schema, &schemas[output.schema]);
        let values = (output.made_by)(root.path());
        assert!(!values.is_empty(), "{} has nothing to look at", output.schema);
        for value in values {
            let found = problems(&schema, &value);
            assert!(found.is_empty(), "{}: {found:?}", output.schema);
            let mut odd = value;
            odd["surprise"] = json!(true);
            assert!(!problems(&schema, &odd).is_empty(), "{} takes anything", output.schema);
        }
    }
}

#[test]
fn findings_have_the_shape_their_schema_says() {
    let root = repository();
    let subjects = root.path().join("dataset/subjects");
    fs::write(subjects.join("odd.json"), "{\"id\": \"odd\", \"nmae\": \"Odd\"}").expect("a file");
    fs::write(subjects.join("torn.json"), "{\"id\": ").expect("a file");
    fs::write(subjects.join("twice.json"), "{\"id\": 1, \"id\": 2}").expect("a file");
    let report = parse(&claimbook(root.path(), &["check", "--format", "json"]));
    let all = report["findings"].as_array().expect("findings");
    for member in ["fix", "help", "id"] {
        assert!(all.iter().any(|f| f[member] != Value::Null), "no finding has `{member}`");
    }
    assert!(all.iter().any(|f| !f["related"].as_array().is_some_and(Vec::is_empty)));
    let schema = compile("check", &schemas()["check"]);
    assert_eq!(problems(&schema, &report), Vec::<String>::new());
    let mut odd = report;
    odd["findings"][0]["line"] = json!(0);
    assert!(!problems(&schema, &odd).is_empty());
}
