//! The life of a record wherever it stands: in other files and folders, and in clones of every sort.

mod common;

use common::{
    claimbook,
    clone::Clone,
    copy, edit, git,
    life::{blame, json, life, log},
    sample,
};
use std::{fs, path::Path};

const CLAIM: &str = "dataset/claims/bridge-cost.json";

#[test]
fn a_file_is_followed_where_it_moves() {
    let mut clone = Clone::new();
    clone.edit(CLAIM, "page 12", "page 13");
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
        life(&clone),
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
fn a_file_that_had_another_name_is_found() {
    let mut clone = Clone::with(|root| {
        fs::rename(root.join(CLAIM), root.join("dataset/claims/cost.json")).expect("renamed");
    });
    assert_eq!(life(&clone), ["The sample: added -"]);
    git(clone.path(), &["mv", "dataset/claims/cost.json", CLAIM]).expect(0);
    clone.commit("Named well");
    clone.edit(CLAIM, "page 12", "page 13");
    assert_eq!(life(&clone).len(), 2);
    // Another record had the name before.
    let other = fs::read_to_string(clone.file("dataset/claims/bridge-named.json")).expect("a file");
    let kept = fs::read_to_string(clone.file(CLAIM)).expect("a file");
    fs::write(clone.file(CLAIM), other.replace("bridge-named", "bridge-other")).expect("written");
    clone.commit("Another record");
    fs::write(clone.file(CLAIM), kept).expect("written");
    clone.commit("Back");
    let subjects: Vec<String> = life(&clone)
        .iter()
        .map(|line| line.split(" -").next().expect("words").to_owned())
        .collect();
    assert_eq!(subjects[..2], ["Back: added", "Another record: removed"]);
}

#[test]
fn a_life_long_before_is_found() {
    let mut clone = Clone::new();
    let kept = clone.text(CLAIM);
    git(clone.path(), &["mv", CLAIM, "dataset/claims/cost.json"]).expect(0);
    clone.commit("Misnamed");
    fs::remove_file(clone.file("dataset/claims/cost.json")).expect("removed");
    clone.commit("Gone");
    let other = clone.text("dataset/claims/bridge-named.json");
    for n in 0..20 {
        let text = other.replace("\"reviewed\": \"2025", &format!("\"reviewed\": \"{}", 1980 + n));
        fs::write(clone.file("dataset/claims/bridge-named.json"), text).expect("written");
        clone.commit("Meanwhile");
    }
    fs::create_dir_all(clone.file("dataset/claims/money")).expect("a folder");
    fs::write(clone.file("dataset/claims/money/bridge-cost.json"), kept).expect("written");
    clone.commit("Back");
    let whole = ["Back: added -", "Gone: removed -", "The sample: added -"];
    assert_eq!(log(clone.path(), "bridge-cost", &["--earlier"]), whole);
    assert_eq!(life(&clone), whole[..1]);
}

#[test]
fn a_life_at_the_same_path_is_found_after_long() {
    let mut clone = Clone::new();
    let (kept, folder) = (clone.text(CLAIM), "dataset/claims/money");
    let path = "dataset/claims/money/bridge-cost.json";
    git(clone.path(), &["mv", CLAIM, "dataset/claims/cost.json"]).expect(0);
    fs::create_dir_all(clone.file(folder)).expect("a folder");
    git(clone.path(), &["mv", "dataset/claims/cost.json", path]).expect(0);
    clone.commit("Moved");
    fs::remove_dir_all(clone.file(folder)).expect("removed");
    clone.commit("Gone");
    let other = kept.replace("bridge-cost", "bridge-other");
    fs::create_dir_all(clone.file(folder)).expect("a folder");
    fs::write(clone.file(path), other).expect("written");
    clone.commit("Another record");
    fs::write(clone.file("dataset/claims/money/more.json"), "{}").expect("written");
    clone.commit("Beside it");
    fs::remove_file(clone.file(path)).expect("removed");
    fs::remove_file(clone.file("dataset/claims/money/more.json")).expect("removed");
    fs::create_dir_all(clone.file(path)).expect("a folder");
    fs::write(clone.file(&format!("{path}/x.json")), "{}").expect("written");
    clone.commit("A folder");
    fs::remove_dir_all(clone.file(path)).expect("removed");
    fs::create_dir_all(clone.file(folder)).expect("a folder");
    fs::write(clone.file(path), &kept).expect("written");
    clone.commit("Back");
    let whole = ["Back: added -", "Gone: removed -", "The sample: added -"];
    assert_eq!(life(&clone), whole);
    assert_eq!(log(clone.path(), "bridge-cost", &["--earlier"]), whole);
    // As a line, too.
    let line = kept.lines().map(str::trim).collect::<String>();
    fs::remove_file(clone.file(path)).expect("removed");
    let lines = clone.file("dataset/claims/all.jsonl");
    fs::write(&lines, format!("{line}\n")).expect("written");
    clone.commit("A line");
    fs::write(&lines, "").expect("written");
    clone.commit("Without it");
    fs::write(&lines, format!("{line}\n")).expect("written");
    clone.commit("With it");
    let lately = ["With it: added -", "Without it: removed -"];
    assert_eq!(life(&clone), [&lately[..], &whole].concat());
}

#[test]
#[cfg(unix)]
fn links_and_submodules_in_its_place_are_no_record() {
    let mut clone = Clone::new();
    fs::rename(clone.file(CLAIM), clone.file("elsewhere.json")).expect("renamed");
    std::os::unix::fs::symlink("../../elsewhere.json", clone.file(CLAIM)).expect("a link");
    clone.commit("A link");
    fs::remove_file(clone.file(CLAIM)).expect("removed");
    fs::rename(clone.file("elsewhere.json"), clone.file(CLAIM)).expect("renamed");
    clone.commit("A file");
    assert_eq!(life(&clone), ["A file: added -", "A link: removed -", "The sample: added -"]);
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
    clone.edit(CLAIM, "page 12", "page 13");
    let expected = life(&clone);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let (bare, tree) = (elsewhere.path().join("bare"), elsewhere.path().join("tree"));
    let name = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    git(clone.path(), &["clone", "--quiet", "--bare", ".", &name(&bare)]).expect(0);
    assert_eq!(log(&bare, "bridge-cost", &[]), expected);
    // A bare repository within a dataset's folder is one of its own.
    let inside = clone.file("mirror.git");
    git(clone.path(), &["clone", "--quiet", "--bare", ".", &name(&inside)]).expect(0);
    git(&inside, &["update-ref", "HEAD", "HEAD~1"]).expect(0);
    assert_eq!(log(&inside, "bridge-cost", &[]), expected[1..]);
    fs::remove_dir_all(inside).expect("removed");
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
    clone.edit(CLAIM, "page 12", "page 13");
    clone.edit(CLAIM, "page 13", "page 14");
    clone.edit(CLAIM, "\"high\"", "\"moderate\"");
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
    clone.edit(CLAIM, "page 12", "page 13");
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
