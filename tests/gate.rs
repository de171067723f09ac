//! The gate of a workflow: `check` and `ci` know what started it, and hold the change against the same
//! base, with the rules of change.

mod common;

use common::{claimbook_with, edit, place::Place, runner::Runner};
use serde_json::{Value, json};
use std::{fs, path::Path};

/// What `check` says in a workflow.
fn in_workflow(place: &Path, event: &str, payload: &Value, more: &[(&str, &str)]) -> common::Run {
    let file = place.join(".git/event.json");
    fs::write(&file, payload.to_string()).expect("written");
    let path = file.display().to_string();
    let mut environment = vec![
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_EVENT_NAME", event),
        ("GITHUB_EVENT_PATH", path.as_str()),
    ];
    environment.extend_from_slice(more);
    claimbook_with(place, &environment, &["check"])
}

#[test]
fn a_workflow_knows_what_it_was_started_for() {
    let place = Place::parted();
    let (master, topic) = ("master", "topic");
    let commit = |name: &str| place.id(name);
    let pull_from = |base: &str| json!({"pull_request": {"base": {"sha": base}, "head": {"sha": commit(topic)}}});
    // The branch as it was fetched, as long as it was.
    let pull = pull_from(&commit("master~1"));
    let branch = [("GITHUB_BASE_REF", master)];
    let run = in_workflow(place.path(), "pull_request", &pull, &branch).expect(1).stdout;
    assert!(run.contains("::error file=dataset/claims/bridge-cost.json"), "{run}");
    assert!(!run.contains("bridge-decided"), "{run}");
    assert!(
        run.contains(&format!("checked 1 changed record against {}", commit("master~1"))),
        "{run}"
    );
    place
        .repo
        .git
        .reference(
            "refs/remotes/origin/master",
            place.repo.git.revparse_single(master).expect("a commit").id(),
            false,
            "fetched",
        )
        .expect("a reference");
    let run = in_workflow(place.path(), "pull_request", &pull, &branch).expect(1).stdout;
    assert!(run.contains("against origin/master"), "{run}");
    // A merge queue and a push say it themselves.
    for (event, payload) in [
        ("merge_group", json!({"merge_group": {"base_sha": commit(master)}})),
        ("push", json!({"before": commit("topic~1")})),
    ] {
        let run = in_workflow(place.path(), event, &payload, &[]).expect(1).stdout;
        assert!(run.contains("bridge-cost") && !run.contains("bridge-decided"), "{event}: {run}");
    }
    // Nothing was there before, or it is gone: then everything counts.
    let whole = "checked 10 claims: 1 error";
    for (event, payload) in [
        ("push", json!({"before": "0000000000000000000000000000000000000000"})),
        ("push", json!({"before": "1234567890123456789012345678901234567890"})),
        ("schedule", json!({})),
        ("workflow_dispatch", json!({"ref": topic})),
    ] {
        let run = in_workflow(place.path(), event, &payload, &[]).expect(1).stdout;
        assert!(run.contains(whole), "{event}: {run}");
    }
    // A pull request whose base is not there is not checked.
    let pull = pull_from("1234567890123456789012345678901234567890");
    let run = in_workflow(place.path(), "pull_request", &pull, &[]).expect(2);
    assert!(run.stderr.contains("fetch-depth: 0 of actions/checkout"), "{}", run.stderr);
    // It can be told not to look.
    let run = claimbook_with(
        place.path(),
        &[
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_EVENT_NAME", "pull_request"),
            ("GITHUB_BASE_REF", master),
        ],
        &["check", "--no-base"],
    );
    assert!(run.expect(1).stdout.contains(whole));
}

#[test]
fn a_workflow_with_a_shallow_clone_says_how_to_get_the_rest() {
    let place = Place::parted();
    let clone = place.shallow(1);
    for (event, payload) in [
        (
            "pull_request",
            json!({"pull_request": {"base": {"sha": place.id("HEAD")}, "head": {"sha": place.id("HEAD")}}}),
        ),
        (
            "merge_group",
            json!({"merge_group": {"base_sha": "1234567890123456789012345678901234567890"}}),
        ),
        ("push", json!({"before": "1234567890123456789012345678901234567890"})),
    ] {
        let branch = [("GITHUB_BASE_REF", "master")];
        let run = in_workflow(clone.path(), event, &payload, &branch).expect(2);
        assert!(run.stderr.contains("fetch-depth: 0"), "{event}: {}", run.stderr);
    }
}

/// The events of a change, as GitHub writes them.
const CHANGES: [&str; 4] = ["pull_request", "fork", "merge_group", "push"];

/// What `check` says of an event that `ci` was run for, after making sure that it is the same.
#[track_caller]
fn alike(runner: &Runner, event: &str, head: &str, code: i32) -> String {
    let ci = runner.run(event, head, &[]).expect(code);
    let check = runner.again(event, &["check", "--at", head, "--notes"]).expect(code);
    let annotations = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.starts_with("::")).map(str::to_owned).collect()
    };
    assert_eq!(annotations(&ci.stdout), annotations(&check.stdout), "{event}");
    ci.stdout
}

#[test]
fn a_claim_that_goes_is_acknowledged_or_stops_the_change() {
    for event in CHANGES {
        let runner = Runner::new();
        fs::remove_file(runner.claim("bridge-second-lane")).expect("removed");
        let head = runner.commit("One claim less");
        let said = alike(&runner, event, &head, 1);
        assert!(said.contains("the claim `bridge-second-lane` is gone"), "{event}: {said}");
        let page = runner.file("summary");
        for words in
            ["<code>record-removed</code>", "Claimbook-Acknowledge: removes bridge-second-lane"]
        {
            assert!(page.contains(words), "{event}: no {words} in\n{page}");
        }
        let commented = ["pull_request", "fork"].contains(&event);
        let comment = runner.file("out/comment.md");
        assert_eq!(comment.contains("<code>record-removed</code>"), commented, "{comment}");
        assert!(runner.file("out/report.sarif").contains("\"ruleId\": \"record-removed\""));

        let head = runner.commit("Said so\n\nClaimbook-Acknowledge: removes bridge-second-lane\n");
        alike(&runner, event, &head, 0);
        assert!(!runner.file("out/report.json").contains("record-removed"), "{event}");
    }
}

#[test]
fn what_was_released_is_corrected_in_the_open() {
    for event in CHANGES {
        let runner = Runner::new();
        runner.repo.tag("v1.0.0");
        let claim = runner.claim("bridge-decided");
        edit(&claim, "On 14 May 2019", "In May 2019");
        let head = runner.commit("Less exact");
        let said = alike(&runner, event, &head, 1);
        assert!(said.contains("unexplained-correction"), "{event}: {said}");
        let correction = r#""corrections": [
    {
      "date": "2025-03-11",
      "note": "The minutes give the month only."
    }
  ],
  "reviewed""#;
        edit(&claim, "\"reviewed\"", correction);
        let head = runner.commit("With its reason");
        alike(&runner, event, &head, 0);
    }
}

#[test]
fn an_event_that_cannot_be_read_is_named() {
    let runner = Runner::new();
    for (event, text, why) in [
        (
            "pull_request",
            "{\n  \"number\": ,",
            "the event is no JSON: expected value at line 2 column 13",
        ),
        ("pull_request", "{}", "no commit at /pull_request/base/sha"),
        ("push", r#"{"before": "HEAD~1"}"#, "no commit at /before"),
        ("merge_group", "{}", "no commit at /merge_group/base_sha"),
    ] {
        for command in ["ci", "check"] {
            runner.play(event, text, &[]);
            let run = runner.again(event, &[command]).expect(2);
            assert!(run.stderr.contains("event.json: "), "{command}: {}", run.stderr);
            assert!(run.stderr.contains(why), "{command}: {}", run.stderr);
            assert!(run.stderr.contains("hint: GITHUB_EVENT_"), "{command}: {}", run.stderr);
        }
    }
}
