//! `claimbook diff` and `claimbook apply` on real repositories: what is told, and what is said where
//! git says no. Every repository is built here; no `git` is needed on the path.

mod common;

use claimbook::diff::VERBS;
use common::{Repo, claimbook, edit, fresh};
use git2::Oid;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

const DAY: i64 = 86_400;
/// 2025-03-11, the day of the first commit.
const FIRST: i64 = 1_741_651_200;

/// The sample in a repository, and where a claim of it stands.
struct Sample {
    dir: tempfile::TempDir,
    repo: Repo,
}

impl Sample {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let repo = Repo::with_sample(dir.path());
        Self { dir, repo }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn claim(&self, id: &str) -> PathBuf {
        self.path(&format!("dataset/claims/{id}.json"))
    }

    /// Changes a member of a record; null takes it out.
    fn set(&self, path: &Path, key: &str, value: Value) {
        let mut record: Value =
            serde_json::from_str(&fs::read_to_string(path).expect("a file")).expect("JSON");
        match value {
            Value::Null => {
                record.as_object_mut().expect("an object").remove(key);
            }
            value => record[key] = value,
        }
        fs::write(path, serde_json::to_string_pretty(&record).expect("JSON")).expect("written");
    }

    fn commit(&self, message: &str, days: i64) -> Oid {
        self.repo.commit(message, FIRST + days * DAY)
    }

    fn diff(&self, args: &[&str]) -> String {
        let args: Vec<&str> = ["diff"].iter().chain(args).copied().collect();
        claimbook(self.dir.path(), &args).expect(0).stdout
    }

    /// `verb id field` of every change.
    fn told(&self, args: &[&str]) -> Vec<String> {
        told(self.dir.path(), args)
    }

    /// Makes a change of every sort.
    fn change_much(&self) {
        let cost = self.claim("bridge-cost");
        let statement =
            "The harbour bridge cost 86 million Aldine crowns by its final account of 2023.";
        self.set(&cost, "statement", json!(statement));
        self.set(&cost, "quantity", json!({"amount": "86000000", "unit": "aldine-crowns"}));
        self.set(&cost, "confidence", json!("moderate"));
        edit(&cost, "\"council-budget-2023\"", "\"institute-count-2024\"");
        self.set(
            &cost,
            "corrections",
            json!([{"date": "2025-03-12", "note": "The sum left out the ramps."}]),
        );
        for id in ["bridge-decided", "bridge-named", "bridge-opened", "bridge-unpopular"] {
            self.set(&self.claim(id), "reviewed", json!("2025-03-12"));
        }
        let lane = self.claim("bridge-second-lane");
        self.set(&lane, "status", json!("retracted"));
        self.set(&lane, "status_date", json!("2025-03-12"));
        self.set(&lane, "status_note", json!("The council never decided it."));
        self.set(&self.claim("bridge-opened"), "topics", json!(["traffic"]));
        self.set(&self.path("dataset/publishers/aldine-gazette.json"), "reliability", json!("D"));
        let toll = self.path("dataset/sources/rumour-toll.json");
        self.set(&toll, "status", json!("retracted"));
        self.set(&toll, "status_note", json!("Taken down by the editor."));
        self.set(&self.path("dataset/dataset.json"), "license", json!("CC-BY-NC-4.0"));
        let new = json!({
            "id": "ferry-stopped", "statement": "The ferry of Port Aldine stopped for good on 4 September 2022.",
            "kind": "event", "subjects": ["port-aldine"], "topics": ["traffic"], "date": "2022-09-04",
            "confidence": "low", "citations": [{
                "source": "radio-opening-2022", "stance": "supports", "directness": "secondary",
                "shows": "The reporter says that the ferry runs no more."
            }], "status": "active", "reviewed": "2025-03-12"
        });
        fs::write(self.claim("ferry-stopped"), new.to_string()).expect("written");
    }
}

fn told(folder: &Path, args: &[&str]) -> Vec<String> {
    let all: Vec<&str> = ["diff", "--format", "json"].iter().chain(args).copied().collect();
    let diff: Value =
        serde_json::from_str(&claimbook(folder, &all).expect(0).stdout).expect("JSON");
    let line = |change: &Value| {
        let part = |key: &str| change[key].as_str().unwrap_or("-").to_owned();
        format!("{} {} {}", part("verb"), part("id"), part("field"))
    };
    diff["changes"].as_array().expect("changes").iter().map(line).collect()
}

fn error(folder: &Path, args: &[&str]) -> String {
    let all: Vec<&str> = ["diff"].iter().chain(args).copied().collect();
    let run = claimbook(folder, &all).expect(2);
    assert!(run.stdout.is_empty(), "{}", run.stdout);
    run.stderr
}

/// A text on one line.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A file that holds what is expected.
fn expected(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff").join(name)
}

const LOWERED: &str = "confidence-lowered bridge-cost confidence";

#[test]
fn every_format_reads_as_before() {
    let sample = Sample::new();
    sample.change_much();
    sample.commit("Much", 1);
    for (format, path) in
        [("human", "human.txt"), ("markdown", "markdown.md"), ("json", "json.json")]
    {
        let text = sample.diff(&["HEAD~1", "HEAD", "--format", format]);
        // Ids of commits depend on nothing but the sample.
        fresh(&expected(path), &text);
    }
    fresh(&expected("stat.txt"), &sample.diff(&["HEAD~1", "HEAD", "--stat"]));
}

#[test]
fn the_manual_lists_every_verb() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diff.md");
    let page = fs::read_to_string(&path).expect("the page");
    let (before, rest) = page.split_once("<!-- verbs -->\n").expect("where the table begins");
    let (_, after) = rest.split_once("<!-- end of verbs -->").expect("where it ends");
    let mut table =
        String::from("| Verb | Said of | What it says | Weighs | Bump |\n|:--|:--|:--|:--|:--|\n");
    for info in VERBS {
        let weights: Vec<&str> = info.weights.iter().map(|weight| weight.as_str()).collect();
        let bumps: Vec<&str> = info.bumps.iter().map(|bump| bump.as_str()).collect();
        table.push_str(&format!(
            "| `{}` | {} | {} | {} | {} |\n",
            info.word,
            info.of.as_str(),
            info.about.trim(),
            weights.join(", "),
            bumps.join(", "),
        ));
    }
    fresh(&path, &format!("{before}<!-- verbs -->\n{table}<!-- end of verbs -->{after}"));
}

#[test]
fn colours_mark_words_on_request() {
    let sample = Sample::new();
    edit(&sample.claim("bridge-cost"), "84.5 million", "86 million");
    let text = sample.diff(&["--color", "always", "--only", "restated"]);
    assert!(text.contains("\u{1b}[31m84.5\u{1b}[0m"), "{text:?}");
    assert!(text.contains("\u{1b}[32m86\u{1b}[0m"), "{text:?}");
    let text = sample.diff(&["--only", "restated"]);
    assert!(text.contains("[-84.5-]{+86+} million"), "{text:?}");
}

#[test]
fn sides_are_named_as_for_git() {
    let sample = Sample::new();
    let claim = sample.claim("bridge-cost");
    let head = sample.repo.git.head().expect("HEAD").peel_to_commit().expect("a commit");
    sample.repo.git.tag_lightweight("v1", head.as_object(), false).expect("a tag");
    edit(&claim, "\"high\"", "\"moderate\"");
    sample.commit("Less", 2);
    let head = sample.repo.git.head().expect("HEAD").peel_to_commit().expect("a commit");
    sample.repo.git.tag_lightweight("v2", head.as_object(), false).expect("a tag");
    for args in [
        &["v1", "v2"][..],
        &["v1..v2"],
        &["v1.."],
        &["v1...v2"],
        &["v1"],
        &["HEAD~1", "HEAD"],
        &["@{2025-03-12}"],
        &["--as-of", "2025-03-12"],
        &["@{2025-03-12}..@{2025-03-13}"],
        &["v1", "--staged"],
    ] {
        assert_eq!(sample.told(args), [LOWERED], "{args:?}");
    }
    assert_eq!(sample.told(&[]), [""; 0]);
    edit(&claim, "\"moderate\"", "\"low\"");
    assert_eq!(sample.told(&[]), [LOWERED]);
    assert_eq!(sample.told(&["--staged"]), [""; 0]);
    let mut index = sample.repo.git.index().expect("an index");
    index.add_path(Path::new("dataset/claims/bridge-cost.json")).expect("added");
    index.write().expect("written");
    edit(&claim, "\"low\"", "\"moderate\"");
    assert_eq!(sample.told(&["--staged"]), [LOWERED]);
    assert_eq!(sample.told(&[]), [""; 0]);
    let clean = claimbook(sample.dir.path(), &["diff", "--exit-code"]).expect(0);
    assert!(clean.stdout.contains("nothing changed"), "{}", clean.stdout);
    claimbook(sample.dir.path(), &["diff", "v1", "v2", "--exit-code"]).expect(1);
}

#[test]
fn formatting_alone_is_no_change() {
    let sample = Sample::new();
    for entry in fs::read_dir(sample.path("dataset/claims")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let record: Value =
            serde_json::from_str(&fs::read_to_string(&path).expect("a file")).expect("JSON");
        // Keys by name, all on one line.
        fs::write(&path, record.to_string()).expect("written");
    }
    let source = sample.path("dataset/sources/radio-opening-2022.json");
    let text = fs::read_to_string(&source).expect("a file");
    fs::write(&source, format!("\u{feff}{}", text.replace('\n', "\r\n"))).expect("written");
    assert_eq!(sample.told(&[]), [""; 0]);
    sample.commit("Other bytes", 1);
    assert_eq!(sample.told(&["HEAD~1", "HEAD"]), [""; 0]);
}

#[test]
fn records_are_the_same_wherever_they_stand() {
    let sample = Sample::new();
    let moved = sample.path("dataset/claims/money");
    fs::create_dir_all(&moved).expect("a folder");
    fs::rename(sample.claim("bridge-cost"), moved.join("bridge-cost.json")).expect("moved");
    sample.commit("To a folder", 1);
    assert_eq!(sample.told(&["HEAD~1", "HEAD"]), [""; 0]);
    // All claims into one file, one of them changed, then one line changed.
    let mut lines = String::new();
    for folder in ["dataset/claims", "dataset/claims/money"] {
        for entry in fs::read_dir(sample.path(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let text = fs::read_to_string(&path).expect("a file");
                let record: Value = serde_json::from_str(&text).expect("JSON");
                lines.push_str(&format!("{record}\n"));
                fs::remove_file(path).expect("removed");
            }
        }
    }
    let all = sample.path("dataset/claims/all.jsonl");
    fs::write(&all, lines.replacen("84.5 million", "85 million", 1)).expect("written");
    sample.commit("One a line", 2);
    assert_eq!(sample.told(&["HEAD~1", "HEAD"]), ["restated bridge-cost statement"]);
    fs::write(&all, lines.replacen("85 million", "84.5 million", 1)).expect("written");
    fs::rename(&all, sample.path("dataset/claims/bridge.jsonl")).expect("moved");
    assert_eq!(sample.told(&[]), ["restated bridge-cost statement"]);
    sample.commit("Renamed", 3);
    assert_eq!(sample.told(&["HEAD~3", "HEAD"]), [""; 0]);
}

#[test]
fn a_copy_that_is_deleted_is_not_gone() {
    let sample = Sample::new();
    let copy = sample.path("dataset/claims/money/bridge-cost.json");
    fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
    fs::copy(sample.claim("bridge-cost"), &copy).expect("copied");
    sample.commit("Twice", 1);
    fs::remove_file(sample.claim("bridge-cost")).expect("removed");
    sample.commit("Once", 2);
    assert_eq!(sample.told(&["HEAD~1", "HEAD"]), [""; 0]);
    assert_eq!(sample.told(&["HEAD~2", "HEAD"]), [""; 0]);
    fs::remove_file(copy).expect("removed");
    sample.commit("Gone", 3);
    assert_eq!(sample.told(&["HEAD~1", "HEAD"]), ["removed bridge-cost -"]);
    // What comes back as it was did not change.
    sample.repo.git.head().expect("HEAD");
    let cost = fs::read_to_string(common::sample().join("dataset/claims/bridge-cost.json"));
    fs::write(sample.claim("bridge-cost"), cost.expect("a file")).expect("written");
    sample.commit("Back", 4);
    assert_eq!(sample.told(&["HEAD~1", "HEAD"]), ["added bridge-cost -"]);
    assert_eq!(sample.told(&["HEAD~4", "HEAD"]), [""; 0]);
}

#[test]
fn a_publisher_moves_the_ceilings_of_claims_that_did_not_change() {
    let sample = Sample::new();
    sample.set(&sample.path("dataset/publishers/aldine-council.json"), "reliability", json!("D"));
    let told = sample.told(&[]);
    let lowered = |id: &str| format!("ceiling-lowered {id} ceiling");
    assert!(told.contains(&lowered("bridge-decided")), "{told:?}");
    assert!(told.contains(&lowered("bridge-cost")), "{told:?}");
    assert!(told.contains(&"reliability-changed aldine-council reliability".to_owned()));
    let text = sample.diff(&["--only", "claim:bridge-decided"]);
    assert!(text.contains("because of the publisher “Port Aldine Town Council”"), "{text}");
    // The same through the one file that all claims are in.
    sample.commit("D", 1);
    assert_eq!(sample.told(&["HEAD~1", "HEAD"]), told);
}

#[test]
fn the_policy_moves_ceilings_too() {
    let sample = Sample::new();
    let policy = json!({"high_groups": 5, "act_kinds": []});
    sample.set(&sample.path("dataset/dataset.json"), "policy", policy);
    let told = sample.told(&[]);
    for line in [
        "ceiling-lowered bridge-cost ceiling",
        "edited port-aldine policy/high_groups",
        "edited port-aldine policy/act_kinds",
    ] {
        assert!(told.contains(&line.to_owned()), "{line}: {told:?}");
    }
    let text = sample.diff(&["--only", "claim:bridge-cost"]);
    assert!(
        text.contains("ceiling lowered: high → moderate (because the policy changed)"),
        "{text}"
    );
}

#[test]
fn a_derived_source_counts_no_more_than_what_it_repeats() {
    let sample = Sample::new();
    let source = sample.path("dataset/sources/gazette-cost-2022.json");
    sample.set(&source, "derived_from", json!(["council-budget-2023"]));
    let told = sample.told(&[]);
    for line in
        ["edited gazette-cost-2022 derived_from", "independent-support-lost bridge-cost groups"]
    {
        assert!(told.contains(&line.to_owned()), "{told:?}");
    }
}

#[test]
fn of_several_sources_that_moved_the_one_that_decides_is_named() {
    let sample = Sample::new();
    // A house that owns one paper only makes no voice less.
    let council = sample.path("dataset/publishers/aldine-council.json");
    sample.set(&council, "owner", json!("town-house"));
    let source = sample.path("dataset/sources/gazette-cost-2022.json");
    sample.set(&source, "derived_from", json!(["council-budget-2023"]));
    let text = sample.diff(&["--only", "claim:bridge-cost"]);
    let because = "high → moderate (because of the source “Bridge cost doubled, says auditor”)";
    assert!(unwrapped(&text).contains(because), "{text}");
}

#[test]
fn what_is_alike_is_told_once() {
    let sample = Sample::new();
    let cost = sample.claim("bridge-cost");
    sample.set(&cost, "confidence", json!("moderate"));
    sample.set(&cost, "confidence_note", json!("The account was not audited."));
    let cite = |source: &str, shows: &str| json!({"source": source, "stance": "supports", "directness": "secondary", "shows": shows});
    let more = json!([
        {"source": "council-budget-2023", "stance": "context", "directness": "secondary", "shows": "The sum."},
        cite("gazette-cost-2022", "The mayor’s words on the sum."),
        cite("radio-opening-2022", "The same."),
        cite("institute-count-2024", "The same."),
    ]);
    sample.set(&cost, "citations", more);
    let text = sample.diff(&["--only", "claim:bridge-cost"]);
    let (_, shown) = text.split_once("\n\n").expect("a summary");
    fresh(&expected("alike.txt"), shown);
}

#[test]
fn what_is_no_record_is_told_in_words_too() {
    let sample = Sample::new();
    let meta = sample.path("dataset/dataset.json");
    edit(
        &meta,
        "\"topics\": {",
        "\"topics\": {\"lamps\": {\"label\": \"Lamps\"}, \"paint\": {\"label\": \"Paint\"},",
    );
    edit(&meta, "\"label\": \"Aldine crowns\"", "\"label\": \"crowns\"");
    let waivers = sample.path("dataset/waivers.json");
    let waiver = |id: &str, expires: &str, reason: &str| json!({"rule": "single-origin", "id": id, "reason": reason, "expires": expires});
    let before =
        [waiver("bridge-named", "2026-01-01", "One paper."), waiver("a", "2026-01-01", "No.")];
    fs::write(&waivers, json!({"waivers": before}).to_string()).expect("written");
    sample.commit("Before", 1);
    let after = [
        waiver("bridge-named", "2027-01-01", "One paper still."),
        waiver("b", "2026-01-01", "Soon."),
    ];
    fs::write(&waivers, json!({"waivers": after}).to_string()).expect("written");
    let text = fs::read_to_string(&meta).expect("a file");
    let mut other: Value = serde_json::from_str(&text).expect("JSON");
    other["policy"] = json!({"high_groups": 3});
    other["topics"].as_object_mut().expect("topics").remove("lamps");
    fs::write(&meta, other.to_string()).expect("written");
    fs::create_dir_all(sample.path("schema")).expect("a folder");
    let schema = include_str!("../schema/source.schema.json");
    let mut schema: Value = serde_json::from_str(schema).expect("JSON");
    let url = schema["properties"]["url"].clone();
    for key in ["url", "archived_url"] {
        schema["properties"][key]["maxLength"] = json!(99);
    }
    for key in ["x_one", "x_two"] {
        schema["properties"][key] = url.clone();
    }
    fs::write(sample.path("schema/source.schema.json"), schema.to_string()).expect("written");
    for name in ["one", "two", "three"] {
        fs::write(sample.path(&format!("schema/{name}.schema.json")), "{}").expect("written");
    }
    let shown = sample.diff(&["--only", "weakens,neutral,strengthens"]);
    fresh(&expected("frame.txt"), shown.split_once("Weakened\n").expect("a section").1);
}

#[test]
fn records_that_a_change_names_are_told_by_their_names() {
    let sample = Sample::new();
    let named = sample.claim("bridge-named");
    let relation = json!([{"type": "contradicts", "claim": "bridge-unpopular"}]);
    sample.set(&named, "relations", relation);
    let source = sample.path("dataset/sources/radio-opening-2022.json");
    sample.set(&source, "publisher", json!("aldine-gazette"));
    let text = sample.diff(&[]);
    let unpopular: Value = serde_json::from_str(
        &fs::read_to_string(sample.claim("bridge-unpopular")).expect("a claim"),
    )
    .expect("JSON");
    let statement = unpopular["statement"].as_str().expect("a statement");
    let told = unwrapped(&text);
    assert!(told.contains(&format!("now contradicts “{statement}”")), "{text}");
    assert!(told.contains("publisher: Radio Aldine → Aldine Gazette"), "{text}");
    // A second publisher of the same name is told by its id.
    let twin = sample.path("dataset/publishers/radio-aldine-2.json");
    let gazette = fs::read_to_string(sample.path("dataset/publishers/aldine-gazette.json"));
    fs::write(
        &twin,
        gazette.expect("a publisher").replace("\"aldine-gazette\"", "\"radio-aldine-2\""),
    )
    .expect("written");
    sample.commit("Twins", 1);
    sample.set(&source, "publisher", json!("radio-aldine-2"));
    let text = sample.diff(&[]);
    assert!(text.contains("publisher: aldine-gazette → radio-aldine-2"), "{text}");
}

#[test]
fn filters_narrow_what_is_shown() {
    let sample = Sample::new();
    sample.change_much();
    let ids = |args: &[&str]| {
        let mut ids: Vec<String> = sample
            .told(args)
            .iter()
            .filter_map(|line| line.split(' ').nth(1).map(str::to_owned))
            .collect();
        ids.dedup();
        ids
    };
    assert_eq!(ids(&["--only", "retracted"]), ["bridge-second-lane"]);
    assert_eq!(ids(&["--only", "claim:ferry-stopped"]), ["ferry-stopped"]);
    assert_eq!(
        ids(&["--only", "added", "--only", "retracted"]),
        ["bridge-second-lane", "ferry-stopped"]
    );
    assert_eq!(ids(&["--only", "added,topic:money"]), [""; 0]);
    assert_eq!(ids(&["--only", "topic:traffic", "--only", "added"]), ["ferry-stopped"]);
    assert!(ids(&["--only", "source:rumour-toll"]).contains(&"rumour-toll".to_owned()));
    assert_eq!(
        ids(&["--only", "subject:port-aldine", "--only", "strengthens,added"]),
        ["ferry-stopped"]
    );
    let none = claimbook(sample.dir.path(), &["diff", "--only", "claim:bridge-csot"]).expect(0);
    assert!(none.stderr.contains("nothing fits --only; without it there are "), "{}", none.stderr);
    // The bump is that of everything.
    let stat = sample.diff(&["--stat", "--only", "reviewed"]);
    assert!(stat.contains("version bump: major, for edited of port-aldine"), "{stat}");
    let dir = sample.dir.path();
    assert!(error(dir, &["--only", "reviewd"]).contains("did you mean `reviewed`?"));
    assert!(error(dir, &["--only", "topics:money"]).contains("did you mean `topic`?"));
}

#[test]
fn merges_are_compared_from_where_they_parted() {
    let sample = Sample::new();
    let git = &sample.repo.git;
    let base = git.head().expect("HEAD").peel_to_commit().expect("a commit");
    let who = base.author().to_owned();
    // Three branches, each with a change of its own.
    let mut tips = Vec::new();
    for (i, id) in ["bridge-cost", "bridge-named", "bridge-opened"].into_iter().enumerate() {
        edit(&sample.claim(id), "2025-03-10", &format!("2025-03-1{}", i + 1));
        let mut index = git.index().expect("an index");
        index.add_path(Path::new(&format!("dataset/claims/{id}.json"))).expect("added");
        let tree = git.find_tree(index.write_tree().expect("a tree")).expect("a tree");
        let tip = git.commit(None, &who, &who, id, &tree, &[&base]).expect("a commit");
        git.branch(&format!("b{i}"), &git.find_commit(tip).expect("a commit"), false)
            .expect("a branch");
        edit(&sample.claim(id), &format!("2025-03-1{}", i + 1), "2025-03-10");
        index.read_tree(&base.tree().expect("a tree")).expect("read");
        tips.push(git.find_commit(tip).expect("a commit"));
    }
    assert_eq!(sample.told(&["b0...b1"]), ["reviewed bridge-named reviewed"]);
    assert_eq!(sample.told(&["b0..b1"]).len(), 2);
    for (id, i) in [("bridge-cost", 1), ("bridge-named", 2), ("bridge-opened", 3)] {
        edit(&sample.claim(id), "2025-03-10", &format!("2025-03-1{i}"));
    }
    let mut index = git.index().expect("an index");
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("added");
    let tree = git.find_tree(index.write_tree().expect("a tree")).expect("a tree");
    let parents: Vec<&git2::Commit> = tips.iter().collect();
    let octopus = git.commit(None, &who, &who, "All three", &tree, &parents).expect("a commit");
    let octopus = octopus.to_string();
    for parent in 1..=3 {
        let range = format!("{octopus}^{parent}");
        assert_eq!(sample.told(&[&range, &octopus]).len(), 2, "{range}");
    }
    assert_eq!(sample.told(&[&format!("b2...{octopus}")]).len(), 2);
}

#[test]
fn links_and_submodules_are_no_records() {
    let sample = Sample::new();
    let git = &sample.repo.git;
    let head = git.head().expect("HEAD").peel_to_commit().expect("a commit");
    let tree = head.tree().expect("a tree");
    let inner = |path: &str| {
        let entry = tree.get_path(Path::new(path)).expect("an entry");
        git.find_tree(entry.id()).expect("a tree")
    };
    let blob = git.blob(b"../../../secret.json").expect("a blob");
    let mut claims = git.treebuilder(Some(&inner("dataset/claims"))).expect("a builder");
    claims.insert("bridge-cost.json", blob, 0o120_000).expect("a link");
    claims.insert("vendored", head.id(), 0o160_000).expect("a submodule");
    let mut dataset = git.treebuilder(Some(&inner("dataset"))).expect("a builder");
    dataset.insert("claims", claims.write().expect("a tree"), 0o040_000).expect("inserted");
    let mut top = git.treebuilder(Some(&tree)).expect("a builder");
    top.insert("dataset", dataset.write().expect("a tree"), 0o040_000).expect("inserted");
    let tree = git.find_tree(top.write().expect("a tree")).expect("a tree");
    let who = head.author();
    let id = git.commit(None, &who, &who, "Links", &tree, &[&head]).expect("a commit").to_string();
    // A claim that became a link is a claim no longer.
    assert_eq!(sample.told(&["HEAD", &id]), ["removed bridge-cost -"]);
    assert_eq!(sample.told(&[&id, "HEAD"]), ["added bridge-cost -"]);
}

#[test]
#[cfg(unix)]
fn a_link_in_the_working_tree_is_not_followed() {
    let sample = Sample::new();
    let secret = sample.path("secret.json");
    fs::write(&secret, "{\"id\": \"bridge-cost\", \"statement\": \"secret\"}").expect("written");
    fs::remove_file(sample.claim("bridge-cost")).expect("removed");
    std::os::unix::fs::symlink(&secret, sample.claim("bridge-cost")).expect("a link");
    assert_eq!(sample.told(&[]), ["removed bridge-cost -"]);
    // Nor is a folder that sources might be looked for in.
    let elsewhere = sample.path("elsewhere");
    fs::rename(sample.path("dataset/sources"), &elsewhere).expect("moved");
    std::os::unix::fs::symlink(&elsewhere, sample.path("dataset/sources")).expect("a link");
    let told = sample.told(&["--only", "source:radio-opening-2022"]);
    assert_eq!(told, ["removed radio-opening-2022 -"]);
}

#[test]
fn a_record_that_cannot_be_read_is_neither_there_nor_gone() {
    let sample = Sample::new();
    fs::write(sample.claim("bridge-cost"), "{\"id\": \"bridge-cost\", ").expect("written");
    fs::write(sample.path("dataset/sources/torn.json"), "{").expect("written");
    edit(&sample.claim("bridge-opened"), "\"status\": \"active\"", "\"status\": \"actve\"");
    let text = sample.diff(&[]);
    assert!(text.contains("not compared, since they cannot be read: bridge-cost, torn"), "{text}");
    assert_eq!(sample.told(&[]), ["annotated bridge-opened status"]);
}

#[test]
fn schemas_are_compared_field_by_field() {
    let sample = Sample::new();
    let path = sample.path("schema/publisher.schema.json");
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, include_str!("../schema/publisher.schema.json")).expect("written");
    assert_eq!(sample.told(&[]), [""; 0], "the same as the program's own");
    sample.set(&path, "title", json!("A publisher"));
    assert_eq!(sample.told(&[]), ["edited publisher descriptions"]);
    let mut schema: Value =
        serde_json::from_str(include_str!("../schema/publisher.schema.json")).expect("JSON");
    let properties = schema["properties"].as_object_mut().expect("properties");
    properties.remove("owner");
    properties.insert("address".to_owned(), json!({"type": "string"}));
    properties.insert("note".to_owned(), json!({"type": "number"}));
    let kinds = properties["kind"]["enum"].as_array_mut().expect("kinds");
    kinds.retain(|kind| kind != "blog");
    kinds.push(json!("podcast"));
    schema["required"].as_array_mut().expect("required").push(json!("country"));
    fs::write(&path, schema.to_string()).expect("written");
    let told = sample.told(&[]);
    for line in [
        "field-removed publisher owner",
        "field-added publisher address",
        "field-retyped publisher note",
        "field-required publisher country",
        "value-removed publisher kind",
        "value-added publisher kind",
    ] {
        assert!(told.contains(&line.to_owned()), "{line}: {told:?}");
    }
    let stat = sample.diff(&["--stat"]);
    assert!(stat.contains("version bump: major"), "{stat}");
}

#[test]
fn a_base_that_is_not_there_says_what_to_do() {
    let sample = Sample::new();
    let dir = sample.dir.path();
    let unknown = error(dir, &["v9"]);
    assert!(
        unknown.contains("no revision `v9`") && unknown.contains("git fetch --tags"),
        "{unknown}"
    );
    assert!(error(dir, &["v9...HEAD"]).contains("no revision `v9`"));
    assert!(error(dir, &["HEAD..v9"]).contains("no revision `v9`"));
    for args in [["HEAD..HEAD", "HEAD"], ["HEAD", "HEAD...HEAD"]] {
        let range = error(dir, &args);
        assert!(range.contains("is a range: it names both revisions"), "{range}");
    }
    let early = error(dir, &["--as-of", "2001-01-01"]);
    assert!(early.contains("no commit of 2001-01-01 or before"), "{early}");
    // A history of its own.
    let git = &sample.repo.git;
    let head = git.head().expect("HEAD").peel_to_commit().expect("a commit");
    let (who, tree) = (head.author(), head.tree().expect("a tree"));
    let other = git.commit(None, &who, &who, "Alone", &tree, &[]).expect("a commit").to_string();
    let apart = error(dir, &[&format!("HEAD...{other}")]);
    assert!(apart.contains("have no commit in common"), "{apart}");
    let outside = tempfile::tempdir().expect("a folder");
    common::copy(&common::sample(), outside.path());
    let nowhere = error(outside.path(), &[]);
    assert!(nowhere.contains("is not in a git repository"), "{nowhere}");
    let empty = tempfile::tempdir().expect("a folder");
    common::copy(&common::sample(), empty.path());
    git2::Repository::init(empty.path()).expect("a repository");
    let nothing = error(empty.path(), &[]);
    assert!(nothing.contains("it has no commits yet"), "{nothing}");
}

#[test]
fn a_shallow_clone_says_how_to_get_the_rest() {
    let sample = Sample::new();
    edit(&sample.claim("bridge-cost"), "\"high\"", "\"moderate\"");
    let head = sample.commit("Less", 1);
    let parent = sample.repo.git.find_commit(head).expect("a commit").parent_id(0).expect("one");
    fs::write(sample.path(".git/shallow"), format!("{head}\n")).expect("written");
    remove_object(&sample, parent);
    assert_eq!(sample.told(&[]), [""; 0], "the last commit is there");
    for args in [&["HEAD~1", "HEAD"][..], &["--as-of", "2025-03-11"], &["HEAD~1...HEAD"]] {
        let said = error(sample.dir.path(), args);
        assert!(said.contains("git fetch --unshallow --tags"), "{args:?}: {said}");
    }
}

#[test]
fn a_partial_clone_says_what_is_missing() {
    let sample = Sample::new();
    let tree = sample.repo.git.head().expect("HEAD").peel_to_tree().expect("a tree");
    let path = "dataset/claims/bridge-cost.json";
    let blob = tree.get_path(Path::new(path)).expect("a blob").id();
    edit(&sample.claim("bridge-cost"), "\"high\"", "\"moderate\"");
    sample.commit("Less", 1);
    remove_object(&sample, blob);
    let said = error(sample.dir.path(), &["HEAD~1", "HEAD"]);
    assert!(said.contains(path) && said.contains("git fetch --refetch --no-filter"), "{said}");
}

fn remove_object(sample: &Sample, id: Oid) {
    let id = id.to_string();
    fs::remove_file(sample.path(".git/objects").join(&id[..2]).join(&id[2..])).expect("removed");
}

#[test]
fn bare_repositories_and_work_trees_will_do() {
    let sample = Sample::new();
    edit(&sample.claim("bridge-cost"), "\"high\"", "\"moderate\"");
    sample.commit("Less", 1);
    let bare = tempfile::tempdir().expect("a folder");
    git2::build::RepoBuilder::new()
        .bare(true)
        .clone(&format!("file://{}", sample.dir.path().display()), bare.path())
        .expect("a clone");
    assert_eq!(told(bare.path(), &["HEAD~1", "HEAD"]), [LOWERED]);
    assert_eq!(told(bare.path(), &["HEAD~1..HEAD"]), [LOWERED]);
    for args in [&[][..], &["HEAD~1"], &["--staged"]] {
        let said = error(bare.path(), args);
        assert!(said.contains("name two revisions"), "{args:?}: {said}");
    }
    let other = tempfile::tempdir().expect("a folder");
    let tree = other.path().join("tree");
    sample.repo.git.worktree("tree", &tree, None).expect("a work tree");
    assert_eq!(told(&tree, &["HEAD~1"]), [LOWERED]);
    edit(&tree.join("dataset/claims/bridge-named.json"), "2025-03-10", "2025-03-11");
    assert_eq!(told(&tree, &[]), ["reviewed bridge-named reviewed"]);
}

#[test]
fn a_dataset_in_a_folder_or_not_there_yet_is_compared() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("README.md"), "Soon.\n").expect("written");
    let repo = Repo { git: git2::Repository::init(dir.path()).expect("a repository") };
    repo.commit("Nothing yet", FIRST);
    let inside = dir.path().join("data/bridge");
    common::copy(&common::sample(), &inside);
    repo.commit("The sample", FIRST + DAY);
    let all = told(&inside, &["HEAD~1", "HEAD"]);
    assert!(all.contains(&"added bridge-cost -".to_owned()), "{all:?}");
    assert!(all.iter().all(|line| line.starts_with("added ")), "{all:?}");
    edit(&inside.join("dataset/claims/bridge-cost.json"), "\"high\"", "\"moderate\"");
    assert_eq!(told(&inside.join("dataset"), &[]), [LOWERED]);
}

#[test]
fn markdown_stays_short_and_says_so() {
    let sample = Sample::new();
    for i in 0..2_000 {
        let text =
            format!("@team #{i} <b>Claim</b> number {i} of many, *with* some words to fill it.");
        let claim = json!({"id": format!("many-{i}"), "statement": text, "status": "active"});
        fs::write(sample.claim(&format!("many-{i}")), claim.to_string()).expect("written");
    }
    let text = sample.diff(&["--format", "markdown"]);
    let length = text.chars().count();
    assert!((55_000..=60_000).contains(&length), "{length}");
    assert!(text.contains("more records changed; left out here to stay short"), "{text}");
    assert!(!text.contains("@team") && !text.contains("<b>"), "{}", &text[..2_000]);
    assert!(!text.contains("#1 "), "{}", &text[..2_000]);
    let one = json!({"id": "long", "statement": "word ".repeat(200_000), "status": "active"});
    fs::write(sample.claim("long"), one.to_string()).expect("written");
    assert!(sample.diff(&["--format", "markdown"]).chars().count() <= 60_000);
}

#[test]
fn what_is_named_is_told_by_a_short_name() {
    let sample = Sample::new();
    let title = format!("A title {}that ends", "that goes on and on ".repeat(22));
    let short = title.chars().take(120).collect::<String>().trim_end().to_owned() + "…";
    let source = sample.path("dataset/sources/radio-opening-2022.json");
    sample.set(&source, "title", json!(title));
    let subject = sample.path("dataset/subjects/aldinia.json");
    sample.set(&subject, "name", json!(title));
    sample.commit("Long names", 1);
    sample.set(&source, "number", json!("7"));
    let claim = sample.claim("bridge-cost");
    edit(&claim, "\"gazette-cost-2022\"", "\"radio-opening-2022\"");
    edit(&claim, "\"harbour-bridge\"", "\"aldinia\"");
    for format in ["human", "markdown"] {
        let told = unwrapped(&sample.diff(&["--format", format])).replace("\\-", "-");
        // The source by itself, where it is cited, and the subject.
        assert_eq!(told.matches(&short).count(), 3, "{told}");
        assert!(!told.contains("that ends"), "{told}");
    }
}

#[test]
fn hidden_characters_show_on_a_terminal() {
    let sample = Sample::new();
    edit(&sample.claim("bridge-cost"), "84.5 million", "84.5\\u001b[2J \\u202emillion");
    let text = sample.diff(&[]);
    assert!(text.contains("<U+001B>[2J <U+202E>") && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn a_change_set_makes_the_old_bundle_the_new_one() {
    let sample = Sample::new();
    edit(&sample.claim("bridge-cost"), "84.5 million", "86 million");
    sample.commit("A sum", 1);
    fs::remove_file(sample.claim("visitor-remark")).expect("removed");
    edit(
        &sample.path("dataset/dataset.json"),
        "\"title\"",
        "\"homepage\": \"https://a.example/\", \"title\"",
    );
    sample.commit("Less, and a page", 2);
    let dir = sample.dir.path();
    let out = tempfile::tempdir().expect("a folder");
    let at = |name: &str| out.path().join(name);
    let bundle = |rev: &str| {
        let to = at(rev);
        let args =
            ["publish", "--at", rev, "--format", "json", "--out", to.to_str().expect("UTF-8")];
        claimbook(dir, &args).expect(0);
        fs::read(to.join("port-aldine.json")).expect("a bundle")
    };
    let [first, second, third] = ["HEAD~2", "HEAD~1", "HEAD"].map(bundle);
    for (name, args) in [
        ("a.json", ["HEAD~2", "HEAD~1"]),
        ("b.json", ["HEAD~1", "HEAD"]),
        ("c.json", ["HEAD~2", "HEAD"]),
    ] {
        let args = ["diff", args[0], args[1], "--format", "changes"];
        fs::write(at(name), claimbook(dir, &args).expect(0).stdout).expect("written");
    }
    let file = at("port-aldine.json");
    let apply = |args: &[&str]| {
        let all: Vec<&str> = ["apply"].iter().chain(args).copied().collect();
        claimbook(out.path(), &all)
    };
    fs::write(&file, &first).expect("written");
    apply(&["a.json"]).expect(0);
    assert_eq!(fs::read(&file).expect("a bundle"), second);
    assert!(apply(&["a.json"]).expect(0).stdout.contains("up to date already"));
    let wrong = apply(&["c.json"]).expect(2).stderr;
    assert!(wrong.contains("the change set is for the bundle of commit"), "{wrong}");
    assert_eq!(fs::read(&file).expect("a bundle"), second, "nothing is written then");
    apply(&["b.json"]).expect(0);
    assert_eq!(fs::read(&file).expect("a bundle"), third);
    fs::write(&file, &first).expect("written");
    let run =
        apply(&["a.json", "b.json", "--to", "port-aldine.json", "--out", "new.json"]).expect(0);
    assert!(run.stdout.contains("new.json: now commit"), "{}", run.stdout);
    assert_eq!(fs::read(at("new.json")).expect("a bundle"), third);
    assert_eq!(fs::read(&file).expect("a bundle"), first);
    // Altered on its way.
    edit(&at("a.json"), "86 million", "87 million");
    let altered = apply(&["a.json"]).expect(2).stderr;
    assert!(altered.contains("does not give the bundle it promises"), "{altered}");
    assert!(apply(&["port-aldine.json"]).expect(2).stderr.contains("this is no change set"));
    assert!(apply(&["c.json", "--to", "a.json"]).expect(2).stderr.contains("this is not it"));
}
