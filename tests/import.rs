//! Taking records in: what was published comes back without loss, and a spreadsheet's mistakes are
//! told at its rows and columns before anything is written.

mod common;

use common::{Run, claimbook, copy, sample};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn with_sample() -> tempfile::TempDir {
    let dir = folder();
    copy(&sample(), dir.path());
    dir
}

/// Runs `claimbook import`, on a day of the sample's time.
fn import(dir: &Path, args: &[&str]) -> Run {
    claimbook(dir, &[&["import", "--as-of", "2025-03-11"], args].concat())
}

/// The records below a folder by kind and id: their canonical text, without the address of their
/// schema. Files are canonical, so that removing the line leaves canonical text.
fn records(root: &Path) -> BTreeMap<(String, String), String> {
    fn walk(folder: &Path, kind: &str, found: &mut BTreeMap<(String, String), String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, kind, found);
                continue;
            }
            let text = fs::read_to_string(&path).expect("a record");
            let lines = path.extension().is_some_and(|end| end == "jsonl");
            for record in if lines { text.lines().collect() } else { vec![text.as_str()] } {
                let value: Value = serde_json::from_str(record).expect("JSON");
                let id = value["id"].as_str().expect("an id").to_owned();
                let text = match lines {
                    // A line has a form of its own.
                    true => serde_json::to_string(&value).expect("JSON"),
                    false => record
                        .lines()
                        .filter(|l| !l.starts_with("  \"$schema\""))
                        .collect::<Vec<_>>()
                        .join("\n"),
                };
                found.insert((kind.to_owned(), id), text);
            }
        }
    }
    let mut found = BTreeMap::new();
    for kind in ["claims", "sources", "publishers", "subjects"] {
        walk(&root.join("dataset").join(kind), kind, &mut found);
    }
    found
}

/// An empty dataset with the settings of another.
fn empty(root: &Path) -> tempfile::TempDir {
    let dir = folder();
    fs::create_dir(dir.path().join("dataset")).expect("a folder");
    fs::copy(root.join("dataset/dataset.json"), dir.path().join("dataset/dataset.json"))
        .expect("a copy");
    dir
}

fn come_back(root: &Path, day: &str) {
    let import =
        |dir: &Path, args: &[&str]| claimbook(dir, &[&["import", "--as-of", day], args].concat());
    let (out, again) = (folder(), empty(root));
    let tables = out.path().to_str().expect("UTF-8");
    claimbook(root, &["publish", "--format", "csv", "--out", tables]).expect(0);
    let run = import(again.path(), &[tables]).expect(0);
    assert!(run.stdout.contains("wrote "), "{}", run.stdout);
    let (before, after) = (records(root), records(again.path()));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (key, text) in &before {
        assert_eq!(text, &after[key], "{key:?}");
    }
    // And once more, over what is there: nothing is to be done.
    for args in [&[tables, "--update"][..], &[tables]] {
        let run = import(again.path(), args).expect(0);
        assert!(run.stdout.starts_with("wrote nothing for"), "{}", run.stdout);
    }
}

#[test]
fn the_sample_comes_back_from_its_tables() {
    come_back(&sample(), "2025-03-11");
}

#[test]
fn our_own_dataset_comes_back_from_its_tables() {
    come_back(Path::new(env!("CARGO_MANIFEST_DIR")), "2028-01-01");
}

#[test]
fn texts_that_look_like_code_and_keys_of_ones_own_come_back() {
    let hostile = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/hostile");
    let (out, again) = (folder(), empty(&hostile));
    let tables = out.path().to_str().expect("UTF-8");
    claimbook(&hostile, &["publish", "--format", "csv", "--out", tables]).expect(0);
    claimbook(again.path(), &["import", tables, "--as-of", "2028-01-01"]).expect(0);
    let value = |records: BTreeMap<(String, String), String>| -> BTreeMap<(String, String), Value> {
        let parse = |(key, text): ((String, String), String)| {
            (key, serde_json::from_str(&text).expect("JSON"))
        };
        records.into_iter().map(parse).collect()
    };
    let (before, after) = (value(records(&hostile)), value(records(again.path())));
    assert_eq!(before, after);
    assert!(
        before.values().any(|record| record.to_string().contains("\"x_")),
        "no key of one's own"
    );
}

#[test]
fn published_lines_come_back_too() {
    let (out, again) = (folder(), empty(&sample()));
    let dist = out.path().to_str().expect("UTF-8");
    claimbook(&sample(), &["publish", "--format", "csv,json", "--out", dist]).expect(0);
    let path = |name: &str| out.path().join(name).to_str().expect("UTF-8").to_owned();
    let files =
        ["claims.jsonl", "sources.csv", "publishers.csv", "subjects.csv", "authors.csv"].map(path);
    import(again.path(), &files.each_ref().map(String::as_str)).expect(0);
    assert_eq!(records(&sample()), records(again.path()));
}

const SHEET: &str = "\
statement,kind,subject,topic,date,amount,unit,confidence,source,shows,directness,source 2,shows 2
A night market opened on the harbour bridge in the year 2022.,event,Harbour bridge,Traffic,2022,,,low,gazette-opening-2022,It announces the market.,secondary,radio-opening-2022,The programme too.
A boat crossing cost two crowns in 2021 before the bridge stood.,measurement,Port Aldine,Money,2021,2,Aldine crowns,low,blog-traffic-2024,It tells the old price.,secondary,,
,,,,,,,,gazette-cost-2022,So does a letter to the editor.,secondary,,
";

fn sheet(dir: &tempfile::TempDir, text: &str) -> String {
    let path = dir.path().join("sheet.csv");
    fs::write(&path, text).expect("written");
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn a_row_is_a_claim_with_its_citations() {
    let dir = with_sample();
    let path = sheet(&dir, SHEET);
    let dry = import(dir.path(), &[&path, "--dry-run"]).expect(0);
    assert!(dry.stdout.contains("would write 2 new claims"), "{}", dry.stdout);
    assert_eq!(records(dir.path()), records(&sample()));
    import(dir.path(), &[&path]).expect(0);
    let written = records(dir.path());
    let of = |id: &str| -> Value {
        serde_json::from_str(&written[&("claims".to_owned(), id.to_owned())]).expect("JSON")
    };
    let market = of("night-market-opened-harbour-bridge-2022");
    let sources: Vec<&str> = market["citations"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|c| c["source"].as_str())
        .collect();
    assert_eq!(sources, ["gazette-opening-2022", "radio-opening-2022"]);
    assert_eq!(market["subjects"], serde_json::json!(["harbour-bridge"]));
    assert_eq!(market["reviewed"], "2025-03-11");
    let boat = of("boat-crossing-cost-two-crowns-2021");
    assert_eq!(boat["quantity"], serde_json::json!({"amount": "2", "unit": "aldine-crowns"}));
    assert_eq!(boat["citations"].as_array().expect("a list").len(), 2);
}

#[test]
fn what_spreadsheets_make_of_a_file_does_not_matter() {
    let (a, b) = (with_sample(), with_sample());
    let other =
        format!("\u{feff}{}", SHEET.replace(',', ";").replace('\n', "\r\n") + ";;;;;;;;;;;;\r\n");
    import(a.path(), &[&sheet(&a, SHEET)]).expect(0);
    import(b.path(), &[&sheet(&b, &other)]).expect(0);
    assert_eq!(records(a.path()), records(b.path()));
}

#[test]
fn one_mistake_keeps_everything_out_and_is_told_by_row_and_column() {
    let dir = with_sample();
    let wrong = SHEET
        .replace("2021,2,Aldine", "2021-02-30,2,Aldine")
        .replace("radio-opening", "radio-openign");
    let run = import(dir.path(), &[&sheet(&dir, &wrong)]).expect(1);
    for words in [
        "row 3, column E (`date`): 2021-02-30: February 2021 has 28 days",
        "row 2, column L (`source 2`): no source is called `radio-openign-2022`",
        "help: did you mean `radio-opening-2022`?",
        "sheet.csv:3:96",
        "2 errors: nothing was written",
    ] {
        assert!(run.stdout.contains(words), "{words} is not in\n{}", run.stdout);
    }
    assert_eq!(records(dir.path()), records(&sample()));
    let json = import(dir.path(), &[&sheet(&dir, &wrong), "--format", "json"]).expect(1);
    let report: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(report["findings"][0]["line"], 2, "{}", json.stdout);
}

#[test]
fn headers_are_understood_or_asked_about() {
    let dir = with_sample();
    let run =
        import(dir.path(), &[&sheet(&dir, &SHEET.replacen("statement", "Statment", 1))]).expect(2);
    assert!(run.stderr.contains("claims have no column `Statment`"), "{}", run.stderr);
    assert!(
        run.stderr.contains("did you mean `statement`? `--map 'Statment=statement'`"),
        "{}",
        run.stderr
    );
    let own = SHEET.replacen("statement", "What is said", 1).replacen("confidence", "Our guess", 1);
    let path = sheet(&dir, &own);
    let map = ["--map", "What is said=statement", "--map", "Our guess=confidence"];
    import(dir.path(), &[&[path.as_str()], map.as_slice()].concat()).expect(0);
    let unclear = sheet(&dir, "id,name\nquay,Quay\n");
    let run = import(dir.path(), &[&unclear]).expect(2);
    assert!(run.stderr.contains("cannot tell what its rows are"), "{}", run.stderr);
    // The words under `kind` tell subjects from publishers.
    import(dir.path(), &[&sheet(&dir, "name,kind\nThe old quay,document\n")]).expect(0);
    assert!(dir.path().join("dataset/subjects/old-quay.json").exists());
    let twice = sheet(&dir, "name,kind,Name\nQuay,document,Kai\n");
    let run = import(dir.path(), &[&twice, "--kind", "subjects"]).expect(2);
    assert!(run.stderr.contains("`name` and `Name` mean the same"), "{}", run.stderr);
    let open = import(dir.path(), &[&sheet(&dir, "name,kind\n\"Quay,document\n")]).expect(2);
    assert!(
        open.stderr.contains("sheet.csv:2:1: the quotation mark is never closed"),
        "{}",
        open.stderr
    );
    fs::write(dir.path().join("sheet.csv"), b"name,kind\nCaf\xe9,document\n").expect("written");
    let latin = import(dir.path(), &["sheet.csv"]).expect(2);
    assert!(latin.stderr.contains("is not UTF-8"), "{}", latin.stderr);
}

#[test]
fn an_update_changes_what_its_columns_say_and_nothing_else() {
    let dir = with_sample();
    let path = sheet(
        &dir,
        "id,confidence,confidence_note\nbridge-cost,moderate,The account is provisional.\n",
    );
    let run = import(dir.path(), &[&path, "--kind", "claims"]).expect(1);
    assert!(
        run.stdout.contains("row 2, column A (`id`): there is a claim `bridge-cost` already"),
        "{}",
        run.stdout
    );
    import(dir.path(), &[&path, "--kind", "claims", "--update"]).expect(0);
    let (before, mut after) = (records(&sample()), records(dir.path()));
    let key = ("claims".to_owned(), "bridge-cost".to_owned());
    let expected = before[&key].replace(
        "\"high\",",
        "\"moderate\",\n  \"confidence_note\": \"The account is provisional.\",",
    );
    assert_eq!(after[&key], expected);
    after.insert(key.clone(), before[&key].clone());
    assert_eq!(before, after);
    // Citations alone take the place of those that are there.
    let path = sheet(
        &dir,
        "claim,source,stance,directness,shows\nbridge-cost,council-budget-2023,supports,primary,Its last page.\n",
    );
    import(dir.path(), &[&path, "--update"]).expect(0);
    let claim: Value = serde_json::from_str(&records(dir.path())[&key]).expect("JSON");
    assert_eq!(claim["citations"].as_array().expect("a list").len(), 1);
    assert_eq!(claim["confidence"], "moderate");
}

#[test]
fn a_record_among_lines_is_changed_in_its_line() {
    let dir = with_sample();
    let subjects = dir.path().join("dataset/subjects");
    let mut lines = String::new();
    for id in ["aldinia", "harbour-bridge", "port-aldine"] {
        let path = subjects.join(format!("{id}.json"));
        let value: Value =
            serde_json::from_str(&fs::read_to_string(&path).expect("a record")).expect("JSON");
        lines.push_str(&format!("{value}\n"));
        fs::remove_file(path).expect("removed");
    }
    fs::write(subjects.join("all.jsonl"), &lines).expect("written");
    claimbook(dir.path(), &["fmt"]).expect(0);
    let before = fs::read_to_string(subjects.join("all.jsonl")).expect("lines");
    let path = sheet(&dir, "id,name\nharbour-bridge,The harbour bridge\n");
    import(dir.path(), &[&path, "--kind", "subjects", "--update"]).expect(0);
    let after = fs::read_to_string(subjects.join("all.jsonl")).expect("lines");
    let old = before.lines().nth(1).expect("a line");
    assert!(after.contains("\"name\":\"The harbour bridge\""), "{after}");
    assert_eq!(before.replace(old, ""), after.replace(after.lines().nth(1).expect("a line"), ""));
}

#[test]
fn every_template_can_be_filled_in_and_taken_in() {
    let dir = with_sample();
    for table in [
        "claims",
        "citations",
        "sources",
        "authors",
        "publishers",
        "subjects",
        "claim_subjects",
        "relations",
        "corrections",
        "extras",
    ] {
        let run = claimbook(dir.path(), &["import", "--template", table]).expect(0);
        // Excel knows UTF-8 by the mark.
        assert!(run.stdout.starts_with('\u{feff}'), "{table}");
        let path = sheet(&dir, &run.stdout);
        import(dir.path(), &[&path, "--dry-run", "--kind", table]).expect(0);
    }
}

fn issue(dir: &tempfile::TempDir, text: &str) -> String {
    let path = dir.path().join("issue.md");
    fs::write(&path, text).expect("written");
    path.to_str().expect("UTF-8").to_owned()
}

const ISSUE: &str = "\
### Statement

A night market opened on the harbour bridge
in October 2022.

### Kind of claim

event

### Subjects

Harbour bridge, Port Aldine

### Topics

Traffic

### Date

2022-10

### Amount

_No response_

### Confidence

low

### Source

https://night.example.org/market?utm_source=feed

### What the source shows

```text
The market's own announcement.
```

### Directness

primary

### More sources

- gazette-opening-2022: It announces one: for autumn.

### Title

A market at night

### Kind of source

webpage

### Publisher

Night Market Club

### Date of publication

2022-10-01

### Language

en

### Kind of publisher

ngo
";

#[test]
fn an_issue_form_becomes_a_claim_its_source_and_their_publisher() {
    let dir = with_sample();
    let path = issue(&dir, &ISSUE.replace('\n', "\r\n"));
    let run = import(dir.path(), &["--issue", &path]).expect(0);
    assert!(
        run.stdout.contains("wrote 1 new claim, 1 new source and 1 new publisher"),
        "{}",
        run.stdout
    );
    let written = records(dir.path());
    let of = |kind: &str, id: &str| -> Value {
        serde_json::from_str(&written[&(kind.to_owned(), id.to_owned())]).expect("JSON")
    };
    let claim = of("claims", "night-market-opened-harbour-bridge-2022");
    assert_eq!(claim["statement"], "A night market opened on the harbour bridge in October 2022.");
    assert_eq!(claim["citations"][0]["shows"], "The market's own announcement.");
    assert_eq!(claim["citations"][1]["shows"], "It announces one: for autumn.");
    let source = of("sources", claim["citations"][0]["source"].as_str().expect("an id"));
    assert_eq!(source["url"], "https://night.example.org/market");
    let publisher = of("publishers", source["publisher"].as_str().expect("an id"));
    assert_eq!(
        (publisher["name"].as_str(), publisher["reliability"].as_str()),
        (Some("Night Market Club"), Some("F"))
    );
    // The source is there now: a second claim only cites it.
    let second = ISSUE.replace("A night market opened", "A second night market with music opened");
    let run = import(dir.path(), &["--issue", &issue(&dir, &second)]).expect(0);
    assert!(run.stdout.contains("wrote 1 new claim\n"), "{}", run.stdout);
}

#[test]
fn a_form_for_a_source_makes_a_source() {
    let dir = with_sample();
    let (_, source) = ISSUE.split_once("### Title").expect("the source");
    let text = format!(
        "### Title{source}\n### Address\n\nhttps://night.example.org/a\n\n### Authors\n\nMoyo, Admire; {{Night, Inc.}}\n"
    );
    let run = import(dir.path(), &["--issue", &issue(&dir, &text)]).expect(0);
    assert!(run.stdout.contains("wrote 1 new source and 1 new publisher"), "{}", run.stdout);
    let again = import(dir.path(), &["--issue", &issue(&dir, &text)]).expect(0);
    assert_eq!(again.stdout, "wrote nothing for 1 record that is there just so\n");
    let other = text.replace("A market at night", "Another market");
    let again = import(dir.path(), &["--issue", &issue(&dir, &other)]).expect(1);
    assert!(again.stdout.contains("error[duplicate-source]"), "{}", again.stdout);
}

#[test]
fn what_is_wrong_in_a_form_is_told_at_its_section() {
    let dir = with_sample();
    let wrong = ISSUE
        .replace("2022-10\n", "autumn\n")
        .replace("- gazette-opening-2022: ", "- Nowhere: ")
        .replace("### Language", "### Langage");
    let run = import(dir.path(), &["--issue", &issue(&dir, &wrong)]).expect(1);
    for words in [
        "`Date` cannot be `autumn`",
        "`More sources`: no source is called `Nowhere`",
        "the forms have no section `Langage`",
        "did you mean `Language`?",
        "there is no section `Language`",
    ] {
        assert!(run.stdout.contains(words), "{words} is not in\n{}", run.stdout);
    }
    assert_eq!(records(dir.path()), records(&sample()));
    let run = import(dir.path(), &["--issue", &issue(&dir, "It does not work.")]).expect(2);
    assert!(run.stderr.contains("is not the body of an issue form"), "{}", run.stderr);
    // A section cannot be smuggled into another one's text.
    let spoof = ISSUE.replace("in October 2022.", "in October 2022.\n\n### Confidence\n\nhigh");
    let run = import(dir.path(), &["--issue", &issue(&dir, &spoof)]).expect(1);
    assert!(run.stdout.contains("the section is there twice"), "{}", run.stdout);
}

/// The forms of a new dataset with the words of ours.
fn forms_of_init() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let meta = fs::read_to_string(root.join("dataset/dataset.json")).expect("dataset.json");
    let meta: Value = serde_json::from_str(&meta).expect("JSON");
    let license = meta["license"].as_str().expect("a licence").to_owned();
    let mut args = vec!["init".to_owned(), "new".to_owned(), "--license".to_owned(), license];
    for topic in meta["topics"].as_object().expect("topics").keys() {
        args.extend(["--topic".to_owned(), topic.clone()]);
    }
    let dir = folder();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    claimbook(dir.path(), &[args.as_slice(), &["--no-git"]].concat()).expect(0);
    let read = |name: &str| {
        let path = dir.path().join("new/.github/ISSUE_TEMPLATE").join(name);
        (name.to_owned(), fs::read_to_string(path).expect("a form"))
    };
    ["claim.yml", "source.yml"].map(read).into()
}

#[test]
fn our_forms_are_those_of_a_new_dataset() {
    for (name, text) in forms_of_init() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/ISSUE_TEMPLATE").join(&name);
        if std::env::var_os("SNAPSHOTS").is_some_and(|mode| mode == "overwrite") {
            fs::write(&own, &text).expect("written");
        }
        let own = fs::read_to_string(own).expect("our form");
        assert_eq!(own, text, "run `SNAPSHOTS=overwrite cargo test --test import` for {name}");
    }
}

#[test]
fn every_field_of_the_forms_is_understood() {
    let mut seen = 0;
    for (name, text) in forms_of_init() {
        for label in text.lines().filter_map(|line| line.trim().strip_prefix("label: ")) {
            let dir = with_sample();
            let body = format!("### Title\n\nA title\n\n### {label}\n\nx\n");
            let run = import(dir.path(), &["--issue", &issue(&dir, &body)]);
            assert!(!run.stdout.contains("have no section"), "{name}: {label}: {}", run.stdout);
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen} labels");
    // A label that nobody knows is noticed.
    let dir = with_sample();
    let run = import(dir.path(), &["--issue", &issue(&dir, "### Title\n\nx\n\n### Colour\n\nx\n")]);
    assert!(run.stdout.contains("have no section"), "{}", run.stdout);
}

#[test]
fn the_words_to_choose_from_are_those_of_the_schemas() {
    let forms = forms_of_init();
    let words = |schema: &str, pointer: &str| -> Vec<String> {
        let text =
            fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(schema));
        let schema: Value = serde_json::from_str(&text.expect("a schema")).expect("JSON");
        let words = schema.pointer(pointer).and_then(Value::as_array).expect("words");
        words.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let claim = "/$defs/claim/properties";
    for (form, label, words) in [
        ("claim.yml", "Kind of claim", words("claim.schema.json", &format!("{claim}/kind/enum"))),
        (
            "claim.yml",
            "Confidence",
            words("claim.schema.json", &format!("{claim}/confidence/enum")),
        ),
        ("claim.yml", "Kind of source", words("source.schema.json", "/properties/type/enum")),
        ("source.yml", "Kind of source", words("source.schema.json", "/properties/type/enum")),
        ("claim.yml", "Kind of publisher", words("publisher.schema.json", "/properties/kind/enum")),
        (
            "source.yml",
            "Kind of publisher",
            words("publisher.schema.json", "/properties/kind/enum"),
        ),
    ] {
        let (_, field) = forms[form].split_once(&format!("label: {label}\n")).expect(label);
        let field = field.split("  - type:").next().expect("a field");
        let (_, options) = field.split_once("options:").expect("options");
        let options = options.split("validations:").next().unwrap_or_default();
        let mut given: Vec<&str> = options
            .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
            .filter(|word| word.starts_with(char::is_alphanumeric))
            .collect();
        let mut wanted: Vec<&str> = words.iter().map(String::as_str).collect();
        given.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(given, wanted, "{form}: {label}");
    }
}

#[test]
fn the_same_file_once_more_does_nothing() {
    let dir = with_sample();
    // Without ids a record is known by its words, however its cells are written.
    let rows = SHEET.replace(",event,", ",Event,");
    import(dir.path(), &[&sheet(&dir, &rows)]).expect(0);
    let run = import(dir.path(), &[&sheet(&dir, &rows)]).expect(0);
    assert_eq!(run.stdout, "wrote nothing for 2 records that are there just so\n");
    // With an id it is that record, or another version of it.
    let table = "id,name,kind\naldinia,Aldinia,country\n";
    let run = import(dir.path(), &["--kind", "subjects", &sheet(&dir, table)]).expect(0);
    assert_eq!(run.stdout, "wrote nothing for 1 record that is there just so\n");
    let other = table.replace("Aldinia", "Aldinia of old");
    let run = import(dir.path(), &["--kind", "subjects", &sheet(&dir, &other)]).expect(1);
    for words in [
        "column A (`id`): there is a subject `aldinia` already, which says something else",
        "leave it out here to keep what is there",
        "give --update to change that",
    ] {
        assert!(run.stdout.contains(words), "{words} is not in\n{}", run.stdout);
    }
    // Where a cell says more, the row may still be the same.
    let run = import(dir.path(), &[&sheet(&dir, &rows.replace("Traffic,2022", "Traffic,2022-09"))]);
    let stdout = run.expect(1).stdout;
    assert!(stdout.contains("leave the row out where it was taken in before"), "{stdout}");
    assert!(stdout.contains("give the row that id, and --update"), "{stdout}");
}

#[test]
fn a_misspelt_kind_does_not_make_a_row_another_table() {
    let dir = with_sample();
    let run =
        import(dir.path(), &[&sheet(&dir, &SHEET.replace(",event,", ",happening,"))]).expect(1);
    assert!(run.stdout.contains("column B (`kind`): `happening` is not one of"), "{}", run.stdout);
}

#[test]
fn two_records_of_one_name_are_asked_about() {
    let dir = with_sample();
    let row = "name,kind,country\naldine gazette,broadcaster,AL\n";
    let run = import(dir.path(), &[&sheet(&dir, row), "--kind", "publishers"]).expect(1);
    let said = "there is a publisher of this name already, `aldine-gazette`";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    let args = ["new", "publisher", "--name", "Aldine Gazette", "--kind", "news", "--no-input"];
    let run = claimbook(dir.path(), &args).expect(2);
    let said = "there is a publisher called `Aldine Gazette` already: `aldine-gazette`";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert!(!dir.path().join("dataset/publishers/aldine-gazette-2.json").exists());
    // It may be another all the same, of another town.
    claimbook(dir.path(), &[&args[..], &["--id", "aldine-gazette-south"]].concat()).expect(0);
    assert!(dir.path().join("dataset/publishers/aldine-gazette-south.json").exists());
}
