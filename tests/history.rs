//! The life of a record, read from real repositories: what each commit and each merge did to it.

mod common;

use common::{
    claimbook,
    clone::Clone,
    edit, git,
    life::{blame, life, log},
};
use serde_json::Value;
use std::fs;

const CLAIM: &str = "dataset/claims/bridge-cost.json";

#[test]
fn each_commit_tells_what_it_did() {
    let mut clone = Clone::new();
    clone.edit(CLAIM, "\"high\"", "\"moderate\"");
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
    assert_eq!(life(&clone), all);
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
  + added with high confidence; cites “Final account of the harbour bridge” and “Bridge cost
    doubled, says auditor”
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

/// The changes in words of a page for people, without what stands around them.
fn told(page: &str) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for line in page.lines() {
        match (line.strip_prefix("    "), told.last_mut()) {
            (Some(rest), Some(last)) => last.extend([" ", rest]),
            _ if ["  - ", "  + ", "  ~ "].iter().any(|mark| line.starts_with(mark)) => {
                told.push(line.trim_start().to_owned());
            }
            _ => {}
        }
    }
    told
}

#[test]
fn log_says_it_in_the_words_of_diff() {
    let mut clone = Clone::new();
    let claim = clone.file(CLAIM);
    edit(&claim, "\"84500000\"", "\"84600000\"");
    edit(&claim, "\"aldine-crowns\"", "\"vehicles-per-day\"");
    edit(&claim, "\"harbour-bridge\"", "\"aldinia\", \"port-aldine\"");
    edit(&claim, "\"money\"", "\"traffic\"");
    edit(&claim, "\"supersedes\"", "\"supports\"");
    edit(&claim, "\"primary\"", "\"secondary\"");
    clone.commit("The claim");
    let source = "dataset/sources/gazette-cost-2022.json";
    edit(&clone.file(source), "\"aldine-gazette\"", "\"aldine-radio\"");
    let derived = "\"accessed\": \"2025-03-10\",\n  \"derived_from\": [\"radio-opening-2022\"]";
    edit(&clone.file(source), "\"accessed\": \"2025-03-10\"", derived);
    clone.commit("The source");
    for (id, from, to, words) in [
        ("bridge-cost", "HEAD~2", "HEAD~1", "84,500,000 Aldine crowns → 84,600,000 vehicles a day"),
        ("gazette-cost-2022", "HEAD~1", "HEAD", "publisher: Aldine Gazette → Radio Aldine"),
    ] {
        let log = claimbook(clone.path(), &["log", id, "-n1"]).expect(0).stdout;
        let diff = claimbook(clone.path(), &["diff", from, to]).expect(0).stdout;
        let entry = diff.split_once(&format!("\n{id}")).expect("an entry").1;
        let entry = entry.split("\n\n").next().unwrap_or_default();
        let shown = told(&log);
        assert!(shown.iter().any(|line| line.contains(words)), "{log}\n{diff}");
        // What the citations can carry depends on other records, of which a life says nothing.
        let mut said = told(entry);
        said.retain(|line| !line.contains("ceiling") && !line.contains("independent support"));
        assert_eq!(shown, said, "{log}\n{diff}");
    }
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
    assert_eq!(life(&clone), before);
    let run = claimbook(clone.path(), &["blame", "bridge-cost"]).expect(2);
    assert!(run.stderr.contains("`claimbook log bridge-cost` also finds"), "{}", run.stderr);
    fs::write(clone.file("dataset/claims/bridge-cost.json"), text).expect("written");
    clone.commit("Here again");
    assert_eq!(life(&clone), [&["Here again: added -"][..], &before].concat());
    assert_eq!(blame(clone.path(), "statement", &[]), "Here again");
}

#[test]
fn changes_belong_to_the_commits_they_came_in_with() {
    let mut clone = Clone::new();
    claimbook(clone.path(), &["init", "--git"]).expect(0);
    clone.commit("Attributes");
    clone.branch("theirs");
    clone.edit(CLAIM, "page 12", "page 13");
    clone.switch("main");
    clone.edit(CLAIM, "\"high\"", "\"moderate\"");
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    let both = [
        "\"high\" to \"moderate\": confidence-lowered confidence",
        "page 12 to page 13: citation-changed citations/council-budget-2023/locator",
        "The sample: added -",
    ];
    assert_eq!(life(&clone), both);
    assert_eq!(blame(clone.path(), "citations/council-budget-2023", &[]), "page 12 to page 13");
    assert_eq!(blame(clone.path(), "confidence", &[]), "\"high\" to \"moderate\"");
    // A merge that changes something itself.
    clone.branch("more");
    clone.edit(CLAIM, "page 13", "page 14");
    clone.switch("main");
    clone.edit(CLAIM, "2025-03-10", "2025-03-11");
    clone.git(&["merge", "--no-commit", "--no-ff", "more"]).expect(0);
    edit(&clone.file(CLAIM), "\"moderate\"", "\"low\"");
    clone.commit("Merged by hand");
    assert_eq!(
        life(&clone)[..3],
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
    clone.edit(CLAIM, "page 12", "page 13");
    clone.branch("theirs");
    clone.edit(CLAIM, "page 13", "page 14");
    clone.switch("main");
    edit(&clone.file("dataset/claims/bridge-named.json"), "2025-03-10", "2025-03-11");
    clone.commit("Elsewhere");
    clone.git(&["merge", "--no-edit", "--strategy=ours", "theirs"]).expect(0);
    let locator = "citation-changed citations/council-budget-2023/locator";
    assert_eq!(
        life(&clone),
        [format!("page 12 to page 13: {locator}"), "The sample: added -".into()]
    );
    assert_eq!(blame(clone.path(), "citations/council-budget-2023", &[]), "page 12 to page 13");
}

#[test]
fn of_two_who_changed_one_field_the_one_who_prevailed_is_named() {
    let mut clone = Clone::new();
    clone.branch("theirs");
    clone.edit(CLAIM, "\"high\"", "\"low\"");
    clone.switch("main");
    // Later, but given up in the merge, which takes another field from here.
    clone.edit(CLAIM, "\"high\"", "\"moderate\"");
    clone.edit(CLAIM, "page 12", "page 13");
    clone.git(&["merge", "theirs"]).expect(1);
    let text = git(clone.path(), &["show", "main:dataset/claims/bridge-cost.json"]).stdout;
    fs::write(clone.file(CLAIM), text.replace("\"moderate\"", "\"low\"")).expect("written");
    clone.commit("Merged");
    assert_eq!(blame(clone.path(), "confidence", &[]), "\"high\" to \"low\"");
    assert_eq!(blame(clone.path(), "citations/council-budget-2023", &[]), "page 12 to page 13");
    assert_eq!(life(&clone).len(), 4);
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
    assert_eq!(life(&clone), ["On a: reviewed reviewed", "The sample: added -"]);
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
    clone.edit(CLAIM, "page 12", "page 13");
    fs::write(clone.file(CLAIM), text.replace("page 12", "page 13")).expect("written");
    clone.commit("As it was");
    assert_eq!(life(&clone).len(), 2, "{:?}", life(&clone));
    assert_eq!(blame(clone.path(), "statement", &[]), "The sample");
}

#[test]
fn a_version_that_cannot_be_read_hides_nothing() {
    let mut clone = Clone::new();
    edit(&clone.file(CLAIM), "\"kind\": \"measurement\",", "\"kind\": \"measurement\"");
    edit(&clone.file(CLAIM), "page 12", "page 13");
    clone.commit("Broken");
    clone.edit(CLAIM, "\"kind\": \"measurement\"", "\"kind\": \"measurement\",");
    clone.edit(CLAIM, "\"high\"", "\"moderate\"");
    let log = life(&clone);
    assert_eq!(log.len(), 3, "{log:?}");
    assert!(log[1].starts_with("Broken: citation-changed"), "{log:?}");
    let tip = git(clone.path(), &["rev-parse", "HEAD~2"]).stdout;
    let run = claimbook(clone.path(), &["blame", "bridge-cost", "--at", tip.trim()]).expect(2);
    assert!(run.stderr.contains("cannot be read"), "{}", run.stderr);
}

#[test]
fn records_are_shown_and_listed_as_they_were() {
    let mut clone = Clone::new();
    clone.edit(CLAIM, "\"high\"", "\"moderate\"");
    let old = claimbook(clone.path(), &["show", "bridge-cost", "--at", "HEAD~1"]).expect(0).stdout;
    assert!(old.starts_with("bridge-cost: active, high confidence"), "{old}");
    let list = |more: &[&str]| {
        let args = [&["list", "--confidence=high", "--format=ids"][..], more].concat();
        claimbook(clone.path(), &args).expect(0).stdout
    };
    assert!(!list(&[]).contains("bridge-cost\n"));
    assert!(list(&["--at", "HEAD~1"]).contains("bridge-cost\n"));
}
