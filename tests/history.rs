//! The life of a record, read from real repositories.

mod common;

use common::{Run, claimbook, copy, edit, git, git_on, sample};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

const CLAIM: &str = "dataset/claims/bridge-cost.json";

/// A clone of the sample, with a commit a day.
struct Clone {
    dir: tempfile::TempDir,
    day: u32,
}

impl Clone {
    fn new() -> Self {
        Self::with(|_| {})
    }

    fn with(change: impl FnOnce(&Path)) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        copy(&sample(), dir.path());
        change(dir.path());
        git(dir.path(), &["init", "--quiet", "--initial-branch=main"]).expect(0);
        let mut clone = Self { dir, day: 0 };
        clone.commit("The sample");
        clone
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn file(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    /// Runs git, on the next day.
    fn git(&mut self, args: &[&str]) -> Run {
        self.day += 1;
        git_on(&format!("2025-04-{:02}", self.day), self.path(), args)
    }

    fn commit(&mut self, message: &str) {
        git(self.path(), &["add", "--all"]).expect(0);
        self.git(&["commit", "--quiet", "--message", message]).expect(0);
    }

    /// Changes the claim and commits.
    fn edit(&mut self, from: &str, to: &str) {
        edit(&self.file(CLAIM), from, to);
        self.commit(&format!("{from} to {to}"));
    }

    fn switch(&self, branch: &str) {
        git(self.path(), &["switch", "--quiet", branch]).expect(0);
    }

    fn branch(&self, branch: &str) {
        git(self.path(), &["switch", "--quiet", "--create", branch]).expect(0);
    }

    fn log(&self) -> Vec<String> {
        log(self.path(), "bridge-cost", &[])
    }
}

fn json(run: Run) -> Value {
    serde_json::from_str(&run.expect(0).stdout).expect("JSON")
}

/// `subject: verb field, verb field` of each commit, `*` before those of merges.
fn log(folder: &Path, id: &str, more: &[&str]) -> Vec<String> {
    let args = [&["log", id, "--format=json"][..], more].concat();
    let log = json(claimbook(folder, &args));
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let mut lines = Vec::new();
    for event in log["events"].as_array().expect("events") {
        let changes = event["changes"].as_array().expect("changes");
        let said: Vec<String> =
            changes.iter().map(|c| format!("{} {}", word(&c["verb"]), word(&c["field"]))).collect();
        let merge = if event["merge"] == true { "*" } else { "" };
        lines.push(format!("{merge}{}: {}", word(&event["subject"]), said.join(", ")));
    }
    lines
}

/// `subject` of the commit that set each field.
fn blame(folder: &Path, field: &str, more: &[&str]) -> String {
    let args = [&["blame", "bridge-cost", "--format=json"][..], more].concat();
    let blame = json(claimbook(folder, &args));
    let fields = blame["fields"].as_array().expect("fields");
    let found = fields.iter().find(|line| line["field"] == field).expect("the field");
    found["subject"].as_str().expect("a subject").to_owned()
}

#[test]
fn each_commit_tells_what_it_did() {
    let mut clone = Clone::new();
    clone.edit("\"high\"", "\"moderate\"");
    edit(&clone.file("dataset/claims/bridge-named.json"), "2025-03-10", "2025-03-11");
    clone.commit("Another claim");
    edit(&clone.file(CLAIM), "page 12", "page 13");
    edit(&clone.file(CLAIM), "2025-03-10", "2025-03-11");
    clone.commit("Read again");
    let all = [
        "Read again: reviewed reviewed, citation-changed citations/council-budget-2023/locator",
        "\"high\" to \"moderate\": confidence-lowered confidence",
        "The sample: added -",
    ];
    assert_eq!(clone.log(), all);
    assert_eq!(log(clone.path(), "bridge-cost", &["-n", "1"]), all[..1]);
    assert_eq!(log(clone.path(), "bridge-cost", &["--at", "HEAD~1"]), all[1..]);
    assert_eq!(log(clone.path(), "bridge-cost", &["--at", "@{2025-04-02}"]), all[1..]);
    assert_eq!(blame(clone.path(), "reviewed", &[]), "Read again");
    assert_eq!(blame(clone.path(), "citations/council-budget-2023", &[]), "Read again");
    assert_eq!(blame(clone.path(), "confidence", &[]), "\"high\" to \"moderate\"");
    assert_eq!(blame(clone.path(), "confidence", &["--at", "HEAD~3"]), "The sample");
    assert_eq!(blame(clone.path(), "statement", &[]), "The sample");
}

#[test]
fn people_read_it_too() {
    let mut clone = Clone::new();
    fs::write(clone.file(".mailmap"), "Tess Ter <tester@example.org>\n").expect("written");
    edit(&clone.file(CLAIM), "\"high\"", "\"low\\u202e\"");
    clone.commit("Less \u{1b}[1msure");
    let id = git(clone.path(), &["rev-parse", "HEAD"]).stdout;
    let shown = claimbook(clone.path(), &["log", "bridge-cost", "-n1"]).expect(0).stdout;
    assert!(shown.starts_with(&format!("{} 2025-04-02 Tess Ter: Less <U+001B>", &id[..10])));
    assert!(shown.contains("in dataset/claims/bridge-cost.json"), "{shown}");
    assert!(shown.contains("- confidence lowered: high → low<U+202E>"), "{shown}");
    let shown = claimbook(clone.path(), &["log", "bridge-cost"]).expect(0).stdout;
    assert!(
        shown.contains("cites “Budget of the town, 2023”") || shown.contains("cites “"),
        "{shown}"
    );
    let shown = claimbook(clone.path(), &["blame", "bridge-cost"]).expect(0).stdout;
    assert!(shown.contains("\n  confidence: low<U+202E>\n"), "{shown}");
    assert!(shown.contains("citations council-budget-2023: supports, primary: "), "{shown}");
}

#[test]
fn people_see_this() {
    let mut clone = Clone::new();
    let citation = "\"source\": \"gazette-cost-2022\",";
    let text = fs::read_to_string(clone.file(CLAIM)).expect("a file");
    let mut claim: Value = serde_json::from_str(&text).expect("JSON");
    let citations = claim["citations"].as_array_mut().expect("citations");
    assert!(text.contains(citation));
    citations.pop();
    claim["confidence"] = "moderate".into();
    fs::create_dir(clone.file("dataset/claims/money")).expect("a folder");
    fs::remove_file(clone.file(CLAIM)).expect("removed");
    fs::write(clone.file("dataset/claims/money/bridge-cost.json"), claim.to_string())
        .expect("written");
    clone.commit("The Gazette took it back");
    let radio = "\"citations\":[{\"source\":\"radio-opening-2022\",\"stance\":\"context\",\"directness\":\"secondary\",\"shows\":\"The day.\"},";
    edit(&clone.file("dataset/claims/money/bridge-cost.json"), "\"citations\":[", radio);
    clone.commit("The radio");
    let commits = git(clone.path(), &["log", "--format=%h", "--abbrev=10"]).stdout;
    let commits: Vec<&str> = commits.lines().collect();
    let shown = |command: &str| {
        let text = claimbook(clone.path(), &[command, "bridge-cost"]).expect(0).stdout;
        let words = ["COMMIT-THREE", "COMMIT-TWO", "COMMIT-ONE"];
        commits.iter().zip(words).fold(text, |text, (id, word)| text.replace(id, word))
    };
    assert_eq!(shown("log"), LOG);
    assert_eq!(shown("blame"), BLAME);
}

const LOG: &str = "\
COMMIT-THREE 2025-04-03 A Tester: The radio
  in dataset/claims/money/bridge-cost.json
  ~ now cites “Bridge opens a year late”, as context (secondary)

COMMIT-TWO 2025-04-02 A Tester: The Gazette took it back
  - confidence lowered: high → moderate (because of “Bridge cost doubled, says auditor”)
  - no longer cites “Bridge cost doubled, says auditor”, which supports it (secondary)

COMMIT-ONE 2025-04-01 A Tester: The sample
  in dataset/claims/bridge-cost.json
  + added with high confidence; cites “Final account of the harbour bridge”, “Bridge cost doubled,
    says auditor”
";

const BLAME: &str = "\
dataset/claims/money/bridge-cost.json

COMMIT-ONE 2025-04-01 A Tester: The sample
  id: bridge-cost
  statement: The harbour bridge cost 84.5 million Aldine crowns by its final account of 2023.
  kind: measurement
  subjects: harbour-bridge
  topics: construction, money
  date: 2023
  quantity: 84,500,000 aldine-crowns

COMMIT-TWO 2025-04-02 A Tester: The Gazette took it back
  confidence: moderate
    when it rested on: council-budget-2023 supports

COMMIT-THREE 2025-04-03 A Tester: The radio
  citations radio-opening-2022: context, secondary: The day.

COMMIT-ONE 2025-04-01 A Tester: The sample
  citations council-budget-2023: supports, primary: The sum on the last page of the account. [page
    12]
  relations: supersedes bridge-cost-estimate
  status: active
  reviewed: 2025-03-10
";

#[test]
fn a_file_is_followed_where_it_moves() {
    let mut clone = Clone::new();
    clone.edit("page 12", "page 13");
    fs::create_dir_all(clone.file("dataset/claims/money/old")).expect("a folder");
    let deep = "dataset/claims/money/old/bridge-cost.json";
    git(clone.path(), &["mv", CLAIM, deep]).expect(0);
    clone.commit("Moved");
    edit(&clone.file(deep), "page 13", "page 14");
    clone.commit("There");
    // Into a file of lines, with another change, and out again.
    let text = fs::read_to_string(clone.file(deep)).expect("a file");
    let line = text.lines().map(str::trim).collect::<String>().replace("page 14", "page 15");
    let other = "{\"id\":\"other\",\"status\":\"removed\",\"status_date\":\"2025-01-01\",\"status_note\":\"See bridge-cost.\",\"x_see\":\"bridge-cost\"}";
    fs::remove_file(clone.file(deep)).expect("removed");
    fs::write(clone.file("dataset/claims/all.jsonl"), format!("{other}\n{line}\n"))
        .expect("written");
    clone.commit("Into lines");
    fs::write(clone.file("dataset/claims/all.jsonl"), format!("{line}\n\n{other}\n"))
        .expect("written");
    clone.commit("Other lines");
    fs::write(clone.file("dataset/claims/all.jsonl"), format!("{other}\n")).expect("written");
    fs::write(clone.file(CLAIM), text.replace("page 14", "page 15")).expect("written");
    clone.commit("Back");
    let locator = "citation-changed citations/council-budget-2023/locator";
    assert_eq!(
        clone.log(),
        [
            format!("Into lines: {locator}"),
            format!("There: {locator}"),
            format!("page 12 to page 13: {locator}"),
            "The sample: added -".to_owned(),
        ]
    );
    let log = json(claimbook(clone.path(), &["log", "bridge-cost", "--format=json"]));
    let paths: Vec<&str> = log["events"]
        .as_array()
        .expect("events")
        .iter()
        .filter_map(|e| e["path"].as_str())
        .collect();
    assert_eq!(paths, ["dataset/claims/all.jsonl", deep, CLAIM, CLAIM]);
    assert_eq!(blame(clone.path(), "citations/council-budget-2023", &[]), "Into lines");
}

#[test]
fn what_was_removed_has_a_life_too() {
    let mut clone = Clone::new();
    let text = fs::read_to_string(clone.file(CLAIM)).expect("a file");
    fs::remove_file(clone.file(CLAIM)).expect("removed");
    clone.commit("Gone");
    edit(&clone.file("dataset/claims/bridge-named.json"), "2025-03-10", "2025-03-11");
    clone.commit("Meanwhile");
    let before = ["Gone: removed -", "The sample: added -"];
    assert_eq!(clone.log(), before);
    let run = claimbook(clone.path(), &["blame", "bridge-cost"]).expect(2);
    assert!(run.stderr.contains("`claimbook log bridge-cost` also finds"), "{}", run.stderr);
    fs::write(clone.file("dataset/claims/bridge-cost.json"), text).expect("written");
    clone.commit("Here again");
    assert_eq!(clone.log(), [&["Here again: added -"][..], &before].concat());
    assert_eq!(blame(clone.path(), "statement", &[]), "Here again");
}

#[test]
fn changes_belong_to_the_commits_they_came_in_with() {
    let mut clone = Clone::new();
    claimbook(clone.path(), &["init", "--git"]).expect(0);
    clone.commit("Attributes");
    clone.branch("theirs");
    clone.edit("page 12", "page 13");
    clone.switch("main");
    clone.edit("\"high\"", "\"moderate\"");
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    let both = [
        "\"high\" to \"moderate\": confidence-lowered confidence",
        "page 12 to page 13: citation-changed citations/council-budget-2023/locator",
        "The sample: added -",
    ];
    assert_eq!(clone.log(), both);
    assert_eq!(blame(clone.path(), "citations/council-budget-2023", &[]), "page 12 to page 13");
    assert_eq!(blame(clone.path(), "confidence", &[]), "\"high\" to \"moderate\"");
    // A merge that changes something itself.
    clone.branch("more");
    clone.edit("page 13", "page 14");
    clone.switch("main");
    clone.edit("2025-03-10", "2025-03-11");
    clone.git(&["merge", "--no-commit", "--no-ff", "more"]).expect(0);
    edit(&clone.file(CLAIM), "\"moderate\"", "\"low\"");
    clone.commit("Merged by hand");
    assert_eq!(
        clone.log()[..3],
        [
            "*Merged by hand: confidence-lowered confidence",
            "2025-03-10 to 2025-03-11: reviewed reviewed",
            "page 13 to page 14: citation-changed citations/council-budget-2023/locator",
        ]
    );
    assert_eq!(blame(clone.path(), "confidence", &[]), "Merged by hand");
    assert_eq!(blame(clone.path(), "reviewed", &[]), "2025-03-10 to 2025-03-11");
}

#[test]
fn what_a_merge_left_out_is_not_part_of_it() {
    let mut clone = Clone::new();
    clone.edit("page 12", "page 13");
    clone.branch("theirs");
    clone.edit("page 13", "page 14");
    clone.switch("main");
    edit(&clone.file("dataset/claims/bridge-named.json"), "2025-03-10", "2025-03-11");
    clone.commit("Elsewhere");
    clone.git(&["merge", "--no-edit", "--strategy=ours", "theirs"]).expect(0);
    let locator = "citation-changed citations/council-budget-2023/locator";
    assert_eq!(
        clone.log(),
        [format!("page 12 to page 13: {locator}"), "The sample: added -".into()]
    );
    assert_eq!(blame(clone.path(), "citations/council-budget-2023", &[]), "page 12 to page 13");
}

#[test]
fn of_two_who_changed_one_field_the_one_who_prevailed_is_named() {
    let mut clone = Clone::new();
    clone.branch("theirs");
    clone.edit("\"high\"", "\"low\"");
    clone.switch("main");
    // Later, but given up in the merge, which takes another field from here.
    clone.edit("\"high\"", "\"moderate\"");
    clone.edit("page 12", "page 13");
    clone.git(&["merge", "theirs"]).expect(1);
    let text = git(clone.path(), &["show", "main:dataset/claims/bridge-cost.json"]).stdout;
    fs::write(clone.file(CLAIM), text.replace("\"moderate\"", "\"low\"")).expect("written");
    clone.commit("Merged");
    assert_eq!(blame(clone.path(), "confidence", &[]), "\"high\" to \"low\"");
    assert_eq!(blame(clone.path(), "citations/council-budget-2023", &[]), "page 12 to page 13");
    assert_eq!(clone.log().len(), 4);
}

#[test]
fn an_octopus_has_no_changes_of_its_own() {
    let mut clone = Clone::new();
    for (branch, claim) in [("a", "bridge-cost"), ("b", "bridge-named"), ("c", "bridge-opened")] {
        clone.switch("main");
        clone.branch(branch);
        edit(&clone.file(&format!("dataset/claims/{claim}.json")), "2025-03-10", "2025-03-11");
        clone.commit(&format!("On {branch}"));
    }
    clone.switch("main");
    clone.git(&["merge", "--no-edit", "a", "b", "c"]).expect(0);
    let parents = git(clone.path(), &["log", "-1", "--format=%P"]).stdout;
    assert_eq!(parents.split_whitespace().count(), 3, "{parents}");
    assert_eq!(clone.log(), ["On a: reviewed reviewed", "The sample: added -"]);
    assert_eq!(
        log(clone.path(), "bridge-opened", &[]),
        ["On c: reviewed reviewed", "The sample: added -"]
    );
}

#[test]
fn layout_is_no_change() {
    let mut clone = Clone::new();
    let text = fs::read_to_string(clone.file(CLAIM)).expect("a file");
    fs::write(clone.file(CLAIM), text.replace('\n', "\r\n")).expect("written");
    clone.commit("Windows");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    fs::write(clone.file(CLAIM), format!("\u{feff}{value}")).expect("written");
    clone.commit("One line");
    clone.edit("page 12", "page 13");
    fs::write(clone.file(CLAIM), text.replace("page 12", "page 13")).expect("written");
    clone.commit("As it was");
    assert_eq!(clone.log().len(), 2, "{:?}", clone.log());
    assert_eq!(blame(clone.path(), "statement", &[]), "The sample");
}

#[test]
fn a_version_that_cannot_be_read_hides_nothing() {
    let mut clone = Clone::new();
    edit(&clone.file(CLAIM), "\"kind\": \"measurement\",", "\"kind\": \"measurement\"");
    edit(&clone.file(CLAIM), "page 12", "page 13");
    clone.commit("Broken");
    clone.edit("\"kind\": \"measurement\"", "\"kind\": \"measurement\",");
    clone.edit("\"high\"", "\"moderate\"");
    let log = clone.log();
    assert_eq!(log.len(), 3, "{log:?}");
    assert!(log[1].starts_with("Broken: citation-changed"), "{log:?}");
    let tip = git(clone.path(), &["rev-parse", "HEAD~2"]).stdout;
    let run = claimbook(clone.path(), &["blame", "bridge-cost", "--at", tip.trim()]).expect(2);
    assert!(run.stderr.contains("cannot be read"), "{}", run.stderr);
}

#[test]
fn a_file_that_had_another_name_is_found() {
    let mut clone = Clone::with(|root| {
        fs::rename(root.join(CLAIM), root.join("dataset/claims/cost.json")).expect("renamed");
    });
    assert_eq!(clone.log(), ["The sample: added -"]);
    git(clone.path(), &["mv", "dataset/claims/cost.json", CLAIM]).expect(0);
    clone.commit("Named well");
    clone.edit("page 12", "page 13");
    assert_eq!(clone.log().len(), 2);
    // Another record had the name before.
    let other = fs::read_to_string(clone.file("dataset/claims/bridge-named.json")).expect("a file");
    let kept = fs::read_to_string(clone.file(CLAIM)).expect("a file");
    fs::write(clone.file(CLAIM), other.replace("bridge-named", "bridge-other")).expect("written");
    clone.commit("Another record");
    fs::write(clone.file(CLAIM), kept).expect("written");
    clone.commit("Back");
    let subjects: Vec<String> =
        clone.log().iter().map(|line| line.split(" -").next().expect("words").to_owned()).collect();
    assert_eq!(subjects[..2], ["Back: added", "Another record: removed"]);
}

#[test]
fn links_and_submodules_in_its_place_are_no_record() {
    let mut clone = Clone::new();
    fs::rename(clone.file(CLAIM), clone.file("elsewhere.json")).expect("renamed");
    std::os::unix::fs::symlink("../../elsewhere.json", clone.file(CLAIM)).expect("a link");
    clone.commit("A link");
    fs::remove_file(clone.file(CLAIM)).expect("removed");
    fs::rename(clone.file("elsewhere.json"), clone.file(CLAIM)).expect("renamed");
    clone.commit("A file");
    assert_eq!(clone.log(), ["A file: added -", "A link: removed -", "The sample: added -"]);
}

#[test]
fn every_kind_of_record_has_a_life() {
    let mut clone = Clone::new();
    edit(&clone.file("dataset/publishers/aldine-gazette.json"), "\"name\": \"", "\"name\": \"The ");
    edit(&clone.file("dataset/sources/rumour-toll.json"), "\"title\": \"", "\"title\": \"A ");
    edit(&clone.file("dataset/subjects/aldinia.json"), "\"name\": \"", "\"name\": \"Old ");
    clone.commit("Names");
    for (id, field) in [("aldine-gazette", "name"), ("rumour-toll", "title"), ("aldinia", "name")] {
        assert_eq!(
            log(clone.path(), id, &[]),
            [format!("Names: edited {field}"), "The sample: added -".to_owned()]
        );
    }
}

#[test]
fn bare_repositories_work_trees_and_subfolders_will_do() {
    let mut clone = Clone::new();
    clone.edit("page 12", "page 13");
    let expected = clone.log();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let (bare, tree) = (elsewhere.path().join("bare"), elsewhere.path().join("tree"));
    let name = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    git(clone.path(), &["clone", "--quiet", "--bare", ".", &name(&bare)]).expect(0);
    assert_eq!(log(&bare, "bridge-cost", &[]), expected);
    git(clone.path(), &["worktree", "add", "--quiet", &name(&tree)]).expect(0);
    assert_eq!(log(&tree, "bridge-cost", &[]), expected);
    // The dataset moves down in its repository: its life before is another's.
    fs::create_dir_all(clone.file("data")).expect("a folder");
    git(clone.path(), &["mv", "dataset", "data/dataset"]).expect(0);
    clone.commit("Further down");
    edit(&clone.file(&format!("data/{CLAIM}")), "page 13", "page 14");
    clone.commit("There");
    let log = log(&clone.file("data/dataset/claims"), "bridge-cost", &[]);
    assert_eq!(log[0], "There: citation-changed citations/council-budget-2023/locator");
    assert_eq!(log[1], "Further down: added -");
}

#[test]
fn a_shallow_clone_says_where_it_ends() {
    let mut clone = Clone::new();
    clone.edit("page 12", "page 13");
    clone.edit("page 13", "page 14");
    clone.edit("\"high\"", "\"moderate\"");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let shallow = elsewhere.path().join("shallow");
    let url = format!("file://{}", clone.path().display());
    git(elsewhere.path(), &["clone", "--quiet", "--depth=2", &url, "shallow"]).expect(0);
    assert_eq!(log(&shallow, "bridge-cost", &[]).len(), 1);
    let shown = claimbook(&shallow, &["log", "bridge-cost"]).expect(0).stdout;
    assert!(shown.contains("history ends at "), "{shown}");
    assert!(shown.contains("git fetch --unshallow"), "{shown}");
    assert_eq!(blame(&shallow, "confidence", &[]), "\"high\" to \"moderate\"");
    let shown = claimbook(&shallow, &["blame", "bridge-cost"]).expect(0).stdout;
    assert!(shown.contains(" 2025-04-03 or before A Tester: page 13 to page 14"), "{shown}");
    let whole = claimbook(clone.path(), &["log", "bridge-cost"]).expect(0).stdout;
    assert!(!whole.contains("history ends"), "{whole}");
}

#[test]
fn a_partial_clone_says_what_it_lacks() {
    let mut clone = Clone::new();
    clone.edit("page 12", "page 13");
    git(clone.path(), &["config", "uploadpack.allowFilter", "true"]).expect(0);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let url = format!("file://{}", clone.path().display());
    let args = ["clone", "--quiet", "--filter=blob:none", "--no-checkout", &url, "partial"];
    git(elsewhere.path(), &args).expect(0);
    let partial = elsewhere.path().join("partial");
    let run = claimbook(&partial, &["--root", ".", "log", "bridge-cost"]).expect(2);
    assert!(run.stderr.contains("git has no content for dataset/claims/"), "{}", run.stderr);
    assert!(run.stderr.contains("git fetch --refetch"), "{}", run.stderr);
}

#[test]
fn what_is_not_there_is_told() {
    let clone = Clone::new();
    for command in ["log", "blame"] {
        let run = claimbook(clone.path(), &[command, "bridge-csot"]).expect(2);
        assert!(run.stderr.contains("no record `bridge-csot` at HEAD"), "{}", run.stderr);
        assert!(run.stderr.contains("did you mean `bridge-cost`?"), "{}", run.stderr);
        let run = claimbook(clone.path(), &[command, "bridge-cost", "--at", "v9"]).expect(2);
        assert!(run.stderr.contains("no revision `v9`"), "{}", run.stderr);
        let run =
            claimbook(clone.path(), &[command, "bridge-cost", "--at", "HEAD^{tree}"]).expect(2);
        assert!(run.stderr.contains("is no commit"), "{}", run.stderr);
    }
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    let run = claimbook(dir.path(), &["log", "bridge-cost"]).expect(2);
    assert!(run.stderr.contains("not in a git repository"), "{}", run.stderr);
}

#[test]
fn records_are_shown_and_listed_as_they_were() {
    let mut clone = Clone::new();
    clone.edit("\"high\"", "\"moderate\"");
    let old = claimbook(clone.path(), &["show", "bridge-cost", "--at", "HEAD~1"]).expect(0).stdout;
    assert!(old.starts_with("bridge-cost: active, high confidence"), "{old}");
    let list = |more: &[&str]| {
        let args = [&["list", "--confidence=high", "--format=ids"][..], more].concat();
        claimbook(clone.path(), &args).expect(0).stdout
    };
    assert!(!list(&[]).contains("bridge-cost\n"));
    assert!(list(&["--at", "HEAD~1"]).contains("bridge-cost\n"));
}
