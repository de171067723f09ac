//! What `claimbook ci` writes for people: comments, suggestions and issues, and what a trusted job makes
//! of them.

mod common;

use claimbook::ci::{MARKER, MAX_COMMENT, SUGGESTION};
use common::{
    Repo, claimbook_with, copy, edit,
    runner::{NEXT_DAY, Runner},
    sample,
};
use serde_json::{Value, json};
use std::fs;

#[test]
fn fixes_are_suggested_where_the_change_is() {
    let runner = Runner::new();
    let head = runner.change();
    runner.run("pull_request", &head, &[]).expect(1);
    let review = runner.json("review.json");
    let comments = review["comments"].as_array().expect("comments");
    assert_eq!(comments.len(), 2);
    assert_eq!(comments[0]["path"], "dataset/claims/bridge-opened.json");
    assert_eq!(comments[0]["line"], 14);
    let body = comments[0]["body"].as_str().expect("text");
    assert!(body.starts_with(SUGGESTION), "{body}");
    assert!(body.contains("```suggestion\n  \"confidence\": \"moderate\",\n```\n"), "{body}");
    let sentences = |comment: &serde_json::Value| {
        let body = comment["body"].as_str().expect("text");
        !body.contains("?.") && body.contains(" To mend it, ")
    };
    assert!(comments.iter().all(sentences), "{comments:?}");
    // What a suggestion says mends what it is about.
    for comment in comments {
        let path = runner.root().join(comment["path"].as_str().expect("a path"));
        let text = fs::read_to_string(&path).expect("a file");
        let body = comment["body"].as_str().expect("text");
        let (_, rest) = body.split_once("suggestion\n").expect("a suggestion");
        let (line, _) = rest.split_once("\n```").expect("its end");
        let at = usize::try_from(comment["line"].as_u64().expect("a line")).expect("small") - 1;
        let mut lines: Vec<&str> = text.lines().collect();
        lines[at] = line;
        fs::write(&path, lines.join("\n") + "\n").expect("written");
    }
    let head = runner.commit("As suggested");
    runner.run("pull_request", &head, &[]).expect(0);
    assert_eq!(runner.json("review.json")["comments"], json!([]));
}

#[test]
fn a_mistake_on_a_line_that_did_not_change_is_not_suggested_upon() {
    let runner = Runner::new();
    // The ceiling sinks, and the line that declares more stays as it was.
    edit(&runner.claim("bridge-cost"), "\"primary\"", "\"secondary\"");
    let head = runner.commit("Second-hand");
    let run = runner.run("pull_request", &head, &[]).expect(1);
    assert!(run.stdout.contains("confidence-ceiling"), "{}", run.stdout);
    assert_eq!(runner.json("review.json")["comments"], json!([]));
}

#[test]
fn a_pull_request_about_something_else_gets_no_comment() {
    let runner = Runner::new();
    fs::write(runner.root().join("README.md"), "Facts.\n").expect("written");
    let head = runner.commit("A page");
    runner.run("pull_request", &head, &[]).expect(0);
    assert!(!runner.wrote("comment.md"));
    assert!(runner.wrote("summary.md"));
}

#[test]
fn paths_are_those_of_the_repository() {
    let dir = tempfile::tempdir().expect("a folder");
    let top = dir.path().join("facts");
    copy(&sample(), &top.join("data/bridge"));
    let repo = Repo { git: git2::Repository::init(&top).expect("a repository") };
    let base = repo.commit("The sample", NEXT_DAY).to_string();
    let runner = Runner { dir, repo, base };
    let claim = top.join("data/bridge/dataset/claims/bridge-opened.json");
    edit(&claim, "\"moderate\"", "\"high\"");
    let head = runner.commit("Higher");
    let root = top.join("data/bridge");
    let root = root.to_str().expect("UTF-8");
    let run = runner.run("pull_request", &head, &["--root", root]).expect(1);
    let path = "data/bridge/dataset/claims/bridge-opened.json";
    assert!(run.stdout.contains(&format!("::error file={path},")), "{}", run.stdout);
    assert_eq!(runner.json("review.json")["comments"][0]["path"], path);
    assert!(runner.file("out/report.sarif").contains(path));
}

#[test]
fn pages_stay_short_and_say_what_they_left_out() {
    let runner = Runner::new();
    let text = fs::read_to_string(runner.claim("bridge-decided")).expect("a claim");
    for i in 0..1500 {
        let id = format!("bridge-decided-{i}");
        let claim = text
            .replace("\"bridge-decided\"", &format!("\"{id}\""))
            .replace("\"status\": \"active\"", "\"status\": \"actve\"");
        fs::write(runner.claim(&id), claim).expect("written");
    }
    let head = runner.commit("Many");
    runner.run("pull_request", &head, &[]).expect(1);
    let (comment, summary) = (runner.file("out/comment.md"), runner.file("out/summary.md"));
    assert!(comment.chars().count() <= MAX_COMMENT, "{}", comment.chars().count());
    assert!(comment.contains("more findings left out here"), "{}", &comment[comment.len() - 500..]);
    assert!(comment.contains("`claimbook diff` shows everything"));
    assert!(summary.len() <= 1 << 20, "{}", summary.len());
    assert!(summary.len() > comment.len());
}

#[test]
fn strangers_words_stay_words() {
    let runner = Runner::new();
    let claim = runner.claim("bridge-decided");
    let trap = "@everyone ![x](https://evil.example/p.png) <img src=x> `a`%0A::error::";
    edit(&claim, "\"kind\": \"", &format!("\"{trap}\": 1, \"kind\": \""));
    let head = runner.commit("A trap");
    let run = runner.run("pull_request", &head, &[]).expect(1);
    assert!(run.stdout.lines().all(|line| !line.starts_with("::error::")), "{}", run.stdout);
    let comment = runner.file("out/comment.md");
    assert!(comment.contains("everyone"), "{comment}");
    for live in ["@everyone", "![x]", "](https://evil", " <img"] {
        assert!(!comment.contains(live), "{live}: {comment}");
    }
}

#[test]
fn what_is_due_becomes_the_text_of_an_issue() {
    let runner = Runner::new();
    let run = runner.run("schedule", "", &["--stale", "--as-of", "2025-03-12"]).expect(0);
    assert!(run.stderr.contains("nothing is due"), "{}", run.stderr);
    assert_eq!(runner.file("output"), "due=false\n");
    let waivers = json!({"waivers": [{"rule": "single-origin", "id": "bridge-opened",
        "reason": "The harbour office keeps no page of that day.", "expires": "2026-01-31"}]});
    let path = runner.root().join("dataset/waivers.json");
    fs::write(path, serde_json::to_string_pretty(&waivers).expect("JSON") + "\n").expect("written");
    runner.commit("A waiver");
    let run = runner.run("schedule", "", &["--stale", "--as-of", "2030-01-01"]).expect(1);
    assert_eq!(run.stdout, runner.file("out/issue.md"));
    for words in
        ["claims to review", "1 waiver to renew or drop", "bridge-traffic-2024", "As of 2030-01-01"]
    {
        assert!(run.stdout.contains(words), "no {words}:\n{}", run.stdout);
    }
    assert!(runner.file("output").ends_with("due=true\n"));
}

#[test]
fn a_trusted_job_posts_what_an_untrusted_one_wrote() {
    let runner = Runner::new();
    let head = runner.change();
    runner.run("fork", &head, &[]).expect(1);
    let posted = runner.dir.path().join("posted");
    let (from, to) = (runner.dir.path().join("out"), posted.to_str().expect("UTF-8").to_owned());
    let from = from.to_str().expect("UTF-8");
    let post = ["ci", "--post", from, "--out", &to, "--commit", &head];
    claimbook_with(&runner.root(), &[], &post).expect(0);
    let read = |name: &str| -> Value {
        let text = fs::read_to_string(posted.join(name)).expect("written");
        serde_json::from_str(&text).expect("JSON")
    };
    assert_eq!(read("comment.json")["body"], runner.file("out/comment.md"));
    let review = read("review-request.json");
    assert_eq!(review["event"], "COMMENT");
    assert_eq!(review["commit_id"], head);
    assert_eq!(review["comments"].as_array().map(Vec::len), Some(2));
    // Once there is nothing to post any more, nothing of it is left.
    fs::remove_dir_all(from).expect("removed");
    claimbook_with(&runner.root(), &[], &post).expect(0);
    assert!(common::files(&posted).is_empty());
}

#[test]
fn a_trusted_job_takes_nothing_else() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = |name: &str| dir.path().join(name).to_str().expect("UTF-8").to_owned();
    let commit = "a".repeat(40);
    let post = |file: &str, text: &str, commit: &str| {
        fs::remove_dir_all(path("in")).unwrap_or_default();
        fs::create_dir_all(path("in")).expect("a folder");
        fs::write(dir.path().join("in").join(file), text).expect("written");
        let args = ["ci", "--post", &path("in"), "--out", &path("out"), "--commit", commit];
        claimbook_with(dir.path(), &[], &args)
    };
    let body = format!("{SUGGESTION}\n@all look");
    let comment = json!({"path": "a.json", "line": 1, "body": body, "side": "LEFT"});
    let review = json!({"version": 1, "comments": [comment], "event": "APPROVE", "body": "LGTM"});
    post("review.json", &review.to_string(), &commit).expect(0);
    let request = fs::read_to_string(path("out/review-request.json")).expect("written");
    assert!(!request.contains("APPROVE") && !request.contains("LGTM"), "{request}");
    assert!(!request.contains("LEFT") && !request.contains("@all"), "{request}");
    post("comment.md", &format!("{MARKER}\nhi @all"), &commit).expect(0);
    let request = fs::read_to_string(path("out/comment.json")).expect("written");
    assert!(request.contains("hi @<!-- -->all"), "{request}");
    for (file, text, commit, why) in [
        ("comment.md", "hello".to_owned(), &*commit, "not a comment of"),
        ("comment.md", format!("{MARKER}{}", "x".repeat(70_000)), &commit, "60000 characters"),
        ("review.json", "[]".to_owned(), &commit, "not one of"),
        (
            "review.json",
            json!({"version": 1, "comments": [{"path": "a", "line": 1, "body": "x"}]}).to_string(),
            &commit,
            "no suggestion",
        ),
        ("review.json", review.to_string(), "main; id", "is no commit"),
    ] {
        let run = post(file, &text, commit).expect(2);
        assert!(run.stderr.contains(why), "{}", run.stderr);
    }
}
