//! The merge driver at work: real merges, rebases and cherry-picks by git itself.

mod common;

use common::{claimbook, clone::Clone, copy, edit, sample};
use std::{
    fs,
    path::{Path, PathBuf},
};

const CLAIM: &str = "dataset/claims/bridge-cost.json";

/// A clone in which git merges records by field.
fn sample_clone() -> Clone {
    clone_with(|_| {})
}

/// One whose files are changed before the first commit.
fn clone_with(change: impl FnOnce(&Path)) -> Clone {
    Clone::with(|root| {
        change(root);
        claimbook(root, &["init", "--git"]).expect(0);
    })
}

/// A branch `theirs` and `main` go apart, each with its own changes.
fn part(clone: &mut Clone, ours: &[(&str, &str, &str)], theirs: &[(&str, &str, &str)]) {
    clone.branch("theirs");
    for (branch, edits) in [("theirs", theirs), ("main", ours)] {
        clone.switch(branch);
        for (path, from, to) in edits {
            edit(&clone.file(path), from, to);
        }
        clone.commit(branch);
    }
}

fn citation(source: &str) -> String {
    let shows = "\"shows\": \"It gives the sum as well.\"";
    let rest = "\"stance\": \"supports\", \"directness\": \"secondary\"";
    format!("\"citations\": [{{\"source\": \"{source}\", {rest}, {shows}}},")
}

#[test]
fn different_changes_of_one_record_merge_cleanly() {
    for how in
        [&["merge", "--no-edit", "theirs"][..], &["rebase", "theirs"], &["cherry-pick", "theirs"]]
    {
        let mut clone = sample_clone();
        let (radio, blog) = (citation("radio-opening-2022"), citation("blog-traffic-2024"));
        part(
            &mut clone,
            &[
                (CLAIM, "\"citations\": [", &radio),
                (CLAIM, "\"topics\": [", "\"topics\": [\"traffic\","),
                (CLAIM, "2025-03-10", "2025-03-11"),
                (CLAIM, "The harbour bridge cost", "The harbour bridge of Port Aldine cost"),
            ],
            &[
                (CLAIM, "\"citations\": [", &blog),
                (CLAIM, "\"high\"", "\"moderate\""),
                (CLAIM, "2025-03-10", "2025-03-12"),
                (CLAIM, "page 12", "page 13"),
            ],
        );
        clone.git(how).expect(0);
        let text = clone.text(CLAIM);
        for part in [
            "radio-opening-2022",
            "blog-traffic-2024",
            "gazette-cost-2022",
            "\"traffic\"",
            "of Port Aldine cost",
            "\"moderate\"",
            "page 13",
            "\"reviewed\": \"2025-03-12\"",
        ] {
            assert!(text.contains(part), "{how:?} lost {part}:\n{text}");
        }
        let run = claimbook(clone.path(), &["fmt", "--check"]).expect(0);
        assert!(run.stdout.contains("canonical form"), "{}", run.stdout);
    }
}

#[test]
fn a_conflict_is_marked_inside_the_one_field() {
    let mut clone = sample_clone();
    part(
        &mut clone,
        &[(CLAIM, "cost 84.5", "has cost 84.5"), (CLAIM, "page 12", "page 14")],
        &[
            (CLAIM, "cost 84.5", "did cost 84.5"),
            (CLAIM, "\"date\": \"2023\"", "\"date\": \"2023-11\""),
        ],
    );
    let run = clone.git(&["merge", "theirs"]).expect(1);
    assert!(run.stdout.contains("CONFLICT (content)"), "{}", run.stdout);
    assert!(run.stderr.contains("conflict in dataset/claims/bridge-cost.json: statement"));
    let text = clone.text(CLAIM);
    let expected = "{\n  \"id\": \"bridge-cost\",\n<<<<<<< HEAD\n  \"statement\": \"The harbour bridge has cost 84.5 million Aldine crowns by its final account of 2023.\",\n=======\n  \"statement\": \"The harbour bridge did cost 84.5 million Aldine crowns by its final account of 2023.\",\n>>>>>>> theirs\n  \"kind\": \"measurement\",\n";
    assert!(text.starts_with(expected), "{text}");
    assert_eq!(text.matches("<<<<<<<").count(), 1);
    assert!(text.contains("page 14") && text.contains("\"2023-11\""), "{text}");
    assert!(clone.git(&["diff", "--name-only", "--diff-filter=U"]).stdout.contains(CLAIM));
    clone.git(&["diff", "--check"]).expect(2);
}

#[test]
fn a_rebase_names_its_sides() {
    let mut clone = sample_clone();
    part(
        &mut clone,
        &[(CLAIM, "cost 84.5", "has cost 84.5")],
        &[(CLAIM, "cost 84.5", "did cost 84.5")],
    );
    clone.git(&["rebase", "theirs"]).expect(1);
    let text = clone.text(CLAIM);
    assert!(text.contains("<<<<<<< HEAD\n") && text.contains("(main)\n"), "{text}");
}

#[test]
fn markers_are_as_long_as_git_asks() {
    let mut clone = clone_with(|root| {
        fs::write(root.join(".gitattributes"), "*.json conflict-marker-size=12\n")
            .expect("written");
    });
    part(
        &mut clone,
        &[(CLAIM, "cost 84.5", "has cost 84.5")],
        &[(CLAIM, "cost 84.5", "did cost 84.5")],
    );
    clone.git(&["merge", "theirs"]).expect(1);
    assert!(clone.text(CLAIM).contains("\n<<<<<<<<<<<< HEAD\n"));
    assert!(clone.text(CLAIM).contains("\n============\n"));
}

#[test]
fn a_quantity_is_never_put_together_from_both_sides() {
    let mut clone = sample_clone();
    part(
        &mut clone,
        &[(CLAIM, "84500000", "84600000")],
        &[(CLAIM, "\"aldine-crowns\"", "\"vehicles-per-day\"")],
    );
    clone.git(&["merge", "theirs"]).expect(1);
    let text = clone.text(CLAIM);
    assert!(text.contains("84500000") && text.contains("84600000"), "{text}");
}

#[test]
fn what_one_side_deleted_and_the_other_changed_stays_for_people() {
    let mut clone = sample_clone();
    let other = "dataset/claims/bridge-named.json";
    part(&mut clone, &[(CLAIM, "page 12", "page 13")], &[(other, "2025-03-10", "2025-03-11")]);
    clone.git(&["switch", "--quiet", "theirs"]).expect(0);
    fs::remove_file(clone.file(CLAIM)).expect("removed");
    clone.commit("Gone");
    let run = clone.git(&["merge", "main"]).expect(1);
    assert!(run.stdout.contains("CONFLICT (modify/delete)"), "{}", run.stdout);
    assert!(clone.text(CLAIM).contains("page 13"));
}

#[test]
fn broken_json_is_merged_as_text() {
    let mut clone = sample_clone();
    part(
        &mut clone,
        &[(CLAIM, "\"kind\": \"measurement\",", "\"kind\": \"measurement\"")],
        &[(CLAIM, "page 12", "page 13")],
    );
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    let text = clone.text(CLAIM);
    assert!(text.contains("\"measurement\"\n") && text.contains("page 13"), "{text}");

    let mut clone = sample_clone();
    part(
        &mut clone,
        &[(CLAIM, "\"kind\": \"measurement\",", "\"kind\": \"measurement\"")],
        &[(CLAIM, "\"kind\": \"measurement\",", "\"kind\": \"event\",")],
    );
    let run = clone.git(&["merge", "theirs"]).expect(1);
    assert!(run.stderr.contains("merged as text"), "{}", run.stderr);
    let text = clone.text(CLAIM);
    assert!(text.contains("<<<<<<< HEAD\n  \"kind\": \"measurement\"\n=======\n"), "{text}");
}

#[test]
fn keys_given_twice_are_not_lost() {
    let mut clone = sample_clone();
    part(
        &mut clone,
        &[(CLAIM, "\"kind\": \"measurement\",", "\"kind\": \"event\", \"kind\": \"measurement\",")],
        &[(CLAIM, "page 12", "page 13")],
    );
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    let text = clone.text(CLAIM);
    assert!(text.contains("\"event\"") && text.contains("page 13"), "{text}");
}

/// Puts the claims of the sample into one file.
fn into_lines(root: &Path) {
    let folder = root.join("dataset/claims");
    let mut names: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    names.sort();
    let mut lines = String::new();
    for path in names {
        let text = fs::read_to_string(&path).expect("a file");
        let line: Vec<&str> = text.lines().map(str::trim).collect();
        lines += &(line.concat() + "\n");
        fs::remove_file(path).expect("removed");
    }
    fs::write(folder.join("all.jsonl"), lines).expect("written");
    claimbook(root, &["fmt"]).expect(0);
}

#[test]
fn records_in_lines_pair_by_id() {
    let lines = "dataset/claims/all.jsonl";
    let mut clone = clone_with(into_lines);
    let new = |id: &str| {
        format!(
            "{{\"id\":\"{id}\",\"status\":\"removed\",\"status_date\":\"2025-03-01\",\"status_note\":\"A test.\"}}\n{{\"id\":\"bridge-decided\""
        )
    };
    part(
        &mut clone,
        &[(lines, "{\"id\":\"bridge-decided\"", &new("bridge-aaa")), (lines, "page 12", "page 13")],
        &[
            (lines, "{\"id\":\"bridge-decided\"", &new("bridge-bbb")),
            (lines, "cost 84.5", "did cost 84.5"),
        ],
    );
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    let text = clone.text(lines);
    assert!(text.contains("bridge-aaa") && text.contains("bridge-bbb"), "{text}");
    assert!(text.find("bridge-aaa") < text.find("bridge-bbb"), "{text}");
    assert!(text.contains("page 13") && text.contains("did cost"), "{text}");
    claimbook(clone.path(), &["fmt", "--check"]).expect(0);

    let mut clone = clone_with(into_lines);
    part(
        &mut clone,
        &[(lines, "cost 84.5", "has cost 84.5"), (lines, "page 12", "page 13")],
        &[(lines, "cost 84.5", "did cost 84.5")],
    );
    clone.git(&["merge", "theirs"]).expect(1);
    let text = clone.text(lines);
    let (_, marked) = text.split_once("<<<<<<< HEAD\n").expect("a conflict");
    let (ours, rest) = marked.split_once("=======\n").expect("a middle");
    let (theirs, _) = rest.split_once(">>>>>>> theirs\n").expect("an end");
    assert_eq!((ours.lines().count(), theirs.lines().count()), (1, 1));
    assert_eq!(ours.replace("has cost", "did cost"), theirs);
    assert!(theirs.contains("page 13"), "{theirs}");
}

/// A new claim in a file of its own.
fn write_new(clone: &Clone, over: &[(&str, &str)]) {
    let mut text = clone.text("dataset/claims/bridge-named.json");
    text = text.replace("\"bridge-named\"", "\"bridge-new\"");
    for (from, to) in over {
        assert!(text.contains(from), "{text}");
        text = text.replacen(from, to, 1);
    }
    fs::write(clone.file("dataset/claims/bridge-new.json"), text).expect("written");
}

#[test]
fn two_new_files_of_one_name_come_together() {
    let new = "dataset/claims/bridge-new.json";
    let mut clone = sample_clone();
    clone.branch("theirs");
    write_new(&clone, &[("leaflet", "book"), ("\"construction\"", "\"traffic\"")]);
    clone.commit("theirs");
    clone.switch("main");
    let radio = citation("radio-opening-2022");
    write_new(&clone, &[("leaflet", "poster"), ("\"citations\": [", &radio)]);
    clone.commit("ours");
    let run = clone.git(&["merge", "theirs"]).expect(1);
    assert!(run.stderr.contains(&format!("conflict in {new}: statement")), "{}", run.stderr);
    let text = clone.text(new);
    assert_eq!(text.matches("<<<<<<<").count(), 1, "{text}");
    for part in ["book", "poster", "\"traffic\"", "radio-opening-2022", "blog-traffic-2024"] {
        assert!(text.contains(part), "{part} is lost: {text}");
    }
    // Without a conflict nothing is left to do.
    let mut clone = sample_clone();
    clone.branch("theirs");
    write_new(&clone, &[("\"construction\"", "\"traffic\"")]);
    clone.commit("theirs");
    clone.switch("main");
    write_new(&clone, &[("\"citations\": [", &radio)]);
    clone.commit("ours");
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    let text = clone.text(new);
    assert!(text.contains("\"traffic\"") && text.contains("radio-opening-2022"), "{text}");
}

#[test]
fn two_new_files_of_lines_come_together() {
    let lines = "dataset/claims/more.jsonl";
    let tombstone = |id: &str| {
        format!(
            "{{\"id\":\"{id}\",\"status\":\"removed\",\"status_date\":\"2025-03-01\",\"status_note\":\"A test.\"}}\n"
        )
    };
    let mut clone = sample_clone();
    clone.branch("theirs");
    fs::write(clone.file(lines), tombstone("b") + &tombstone("c")).expect("written");
    clone.commit("theirs");
    clone.switch("main");
    fs::write(clone.file(lines), tombstone("a") + &tombstone("b")).expect("written");
    clone.commit("ours");
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    assert_eq!(clone.text(lines), ["a", "b", "c"].map(tombstone).concat());
}

#[test]
fn a_line_that_one_side_deleted_and_the_other_changed_is_kept_for_people() {
    let lines = "dataset/claims/all.jsonl";
    let without = |clone: &Clone, id: &str| {
        let text = clone.text(lines);
        let kept = text.lines().filter(|line| !line.contains(&format!("{{\"id\":\"{id}\"")));
        let kept: Vec<&str> = kept.collect();
        fs::write(clone.file(lines), kept.join("\n") + "\n").expect("written");
    };
    let mut clone = clone_with(into_lines);
    clone.branch("theirs");
    without(&clone, "bridge-cost");
    without(&clone, "bridge-named");
    clone.commit("theirs");
    clone.switch("main");
    edit(&clone.file(lines), "page 12", "page 13");
    clone.commit("ours");
    let run = clone.git(&["merge", "theirs"]).expect(1);
    assert!(run.stderr.contains("conflict in dataset/claims/all.jsonl: bridge-cost"));
    let text = clone.text(lines);
    let (_, marked) = text.split_once("<<<<<<< HEAD\n").expect("a conflict");
    let (ours, theirs) = marked.split_once("=======\n").expect("a middle");
    assert!(ours.contains("page 13") && ours.lines().count() == 1, "{ours}");
    assert!(theirs.starts_with(">>>>>>> theirs\n"), "{theirs}");
    assert!(!text.contains("{\"id\":\"bridge-named\""), "what nobody else touched goes");
}

#[test]
fn a_side_that_is_no_json_is_named_and_not_lost() {
    let lines = "dataset/claims/all.jsonl";
    let slip = ("\"kind\":\"measurement\"", "\"kind\" \"measurement\"");
    let mut clone = clone_with(into_lines);
    part(&mut clone, &[(lines, "page 12", "page 13")], &[(lines, slip.0, slip.1)]);
    let run = clone.git(&["merge", "theirs"]).expect(1);
    let why = "merged as text, since `theirs` is no sound JSON";
    assert!(run.stderr.contains(why), "{}", run.stderr);
    let text = clone.text(lines);
    assert!(text.contains("page 13") && text.contains(slip.1), "{text}");
    assert!(text.contains("<<<<<<< HEAD\n") && text.contains("\n>>>>>>> theirs\n"), "{text}");
    // Bytes that are no text at all.
    let mut clone = sample_clone();
    clone.branch("theirs");
    let mut bytes = fs::read(clone.file(CLAIM)).expect("a file");
    bytes.push(0xff);
    fs::write(clone.file(CLAIM), &bytes).expect("written");
    clone.commit("theirs");
    clone.switch("main");
    edit(&clone.file(CLAIM), "cost 84.5", "has cost 84.5");
    clone.commit("ours");
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    let merged = fs::read(clone.file(CLAIM)).expect("a file");
    assert!(merged.ends_with(b"\xff"), "{}", String::from_utf8_lossy(&merged));
    assert!(String::from_utf8_lossy(&merged).contains("has cost"));
}

#[test]
fn a_file_that_moved_is_merged_where_it_went() {
    let mut clone = sample_clone();
    part(&mut clone, &[(CLAIM, "page 12", "page 13")], &[(CLAIM, "cost 84.5", "did cost 84.5")]);
    let moved = "dataset/claims/money/bridge-cost.json";
    fs::create_dir_all(clone.file("dataset/claims/money")).expect("a folder");
    clone.git(&["mv", CLAIM, moved]).expect(0);
    clone.commit("Moved");
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    let text = clone.text(moved);
    assert!(text.contains("page 13") && text.contains("did cost"), "{text}");
}

#[test]
fn two_branches_that_merged_each_other_merge_again() {
    let mut clone = sample_clone();
    part(&mut clone, &[(CLAIM, "page 12", "page 13")], &[(CLAIM, "cost 84.5", "did cost 84.5")]);
    clone.git(&["tag", "ours"]).expect(0);
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    edit(&clone.file(CLAIM), "2025-03-10", "2025-03-11");
    clone.commit("More");
    clone.git(&["switch", "--quiet", "theirs"]).expect(0);
    clone.git(&["merge", "--no-edit", "ours"]).expect(0);
    edit(&clone.file(CLAIM), "did cost", "has cost");
    clone.commit("More");
    clone.git(&["merge", "--no-edit", "main"]).expect(0);
    let text = clone.text(CLAIM);
    assert!(text.contains("page 13") && text.contains("has cost"), "{text}");
    assert!(text.contains("2025-03-11"), "{text}");
}

#[test]
fn the_vocabulary_of_the_dataset_merges_too() {
    let mut clone = sample_clone();
    let meta = "dataset/dataset.json";
    part(
        &mut clone,
        &[(meta, "\"topics\": {", "\"topics\": {\"paint\": {\"label\": \"Paint\"},")],
        &[(meta, "\"topics\": {", "\"topics\": {\"lamps\": {\"label\": \"Lamps\"},")],
    );
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    let text = clone.text(meta);
    assert!(text.find("lamps").expect("lamps") < text.find("paint").expect("paint"), "{text}");
    claimbook(clone.path(), &["check"]).expect(0);
}

#[test]
fn the_repositorys_own_schema_gives_the_order() {
    let mut clone = clone_with(|root| {
        let schema = include_str!("../schema/publisher.schema.json");
        let first = "\"properties\": {\n    \"$schema\"";
        assert!(schema.contains(first));
        let own = "\"properties\": {\n    \"x_rank\": {\"type\": \"integer\"},\n    \"$schema\"";
        fs::create_dir_all(root.join("schema")).expect("a folder");
        let schema = schema.replacen(first, own, 1);
        fs::write(root.join("schema/publisher.schema.json"), schema).expect("written");
        let publisher = root.join("dataset/publishers/aldine-gazette.json");
        edit(&publisher, "{\n", "{\n  \"x_rank\": 1,\n");
    });
    let publisher = "dataset/publishers/aldine-gazette.json";
    let text = clone.text(publisher);
    let (_, name) = text.split_once("\"name\": \"").expect("a name");
    let name = format!("\"{}\"", name.split_once('"').expect("an end").0);
    part(
        &mut clone,
        &[(publisher, &name, "\"The Gazette\"")],
        &[(publisher, "\"x_rank\": 1", "\"x_rank\": 2")],
    );
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    let text = clone.text(publisher);
    assert!(text.starts_with("{\n  \"x_rank\": 2,"), "{text}");
    assert!(text.contains("The Gazette"), "{text}");
}

#[test]
fn a_dataset_further_down_is_found() {
    let root = "dataset/of/bridges";
    let mut clone = Clone::with(|top| {
        copy(&sample(), &top.join(root));
        claimbook(&top.join(root), &["init", "--git"]).expect(0);
    });
    let claim = format!("{root}/{CLAIM}");
    part(&mut clone, &[(&claim, "page 12", "page 13")], &[(&claim, "\"high\"", "\"moderate\"")]);
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    assert!(clone.text(&claim).contains("page 13") && clone.text(&claim).contains("\"moderate\""));
}

#[test]
fn without_the_program_git_merges_the_text() {
    let mut clone = sample_clone();
    let config = clone.git(&["config", "merge.claimbook.driver"]).expect(0).stdout;
    let program = env!("CARGO_BIN_EXE_claimbook");
    assert!(config.contains(program), "{config}");
    let gone = config.trim_end().replace(program, "/nowhere/claimbook");
    clone.git(&["config", "merge.claimbook.driver", &gone]).expect(0);
    part(&mut clone, &[(CLAIM, "page 12", "page 13")], &[(CLAIM, "cost 84.5", "did cost 84.5")]);
    clone.git(&["merge", "--no-edit", "theirs"]).expect(0);
    assert!(clone.text(CLAIM).contains("page 13") && clone.text(CLAIM).contains("did cost"));
}

#[test]
fn what_cannot_be_read_stops_the_merge() {
    let dir = tempfile::tempdir().expect("a folder");
    let run = claimbook(dir.path(), &["merge-driver", "base", "ours", "theirs", "7", CLAIM]);
    assert!(run.expect(129).stderr.contains("cannot read base"));
}
