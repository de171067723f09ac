//! What each page needs before its commands can be run, and what of them cannot.

use crate::{page, read, scene::Scene};
use std::fs;

/// A page whose commands are run.
pub struct Page {
    pub path: &'static str,
    /// Where its reader begins.
    pub scene: fn() -> Scene,
    /// What has happened before a block, told by how it begins, has its turn.
    pub before: fn(&mut Scene, &str),
}

/// Commands that are not run: the page, the first line of the block, and why.
pub const NOT_RUN: &[(&str, &str, &str)] = &[
    ("README.md", "cargo run -- publish", "compiles for minutes"),
    ("README.md", "tests/run", "runs this test"),
    ("CONTRIBUTING.md", "git clone <this repository> && cd <its folder>", "compiles for minutes"),
    ("docs/releases.md", "git worktree add ../claimbook-1.3.0 data-v1.3.0", "compiles for minutes"),
    (
        "docs/releases.md",
        "cargo install --locked --root ../claimbook-0.1.0 --version 0.1.0 claimbook",
        "asks a registry, and compiles for minutes",
    ),
    ("docs/tutorial.md", "cargo install --locked --debug --path .", "compiles for minutes"),
];

pub const PAGES: &[Page] = &[
    Page { path: "README.md", scene: two_mistakes, before: nothing },
    Page { path: "CONTRIBUTING.md", scene: Scene::own, before: nothing },
    Page { path: "docs/diff.md", scene: two_releases, before: nothing },
    Page { path: "docs/git.md", scene: life_of_a_claim, before: nothing },
    Page { path: "docs/github.md", scene: pushed, before: nothing },
    Page { path: "docs/import.md", scene: Scene::own, before: files_to_import },
    Page { path: "docs/own-dataset.md", scene: Scene::empty, before: nothing },
    Page { path: "docs/releases.md", scene: released, before: change_of_place },
    Page { path: "docs/reviewing.md", scene: costs, before: nothing },
    Page { path: "docs/tutorial.md", scene: before_a_clone, before: nothing },
];

fn nothing(_: &mut Scene, _: &str) {}

const COST: &str = "dataset/claims/bridge-cost.json";
const GAZETTE: &str = "dataset/publishers/aldine-gazette.json";

/// Our own dataset, with a key misspelt and a confidence raised.
fn two_mistakes() -> Scene {
    let scene = Scene::own();
    let claims = "dataset/claims";
    scene.edit(
        &format!("{claims}/india/indiaai-mission-approved.json"),
        "confidence",
        "confidnece",
    );
    scene.edit(&format!("{claims}/china/deepseek-r1-training-cost.json"), "moderate", "high");
    scene
}

/// An empty folder, from which our own dataset can be cloned under the address that pages give.
fn before_a_clone() -> Scene {
    let scene = Scene::own();
    let origin = scene.dir.path().join("origin");
    fs::rename(&scene.at, &origin).expect("moved");
    fs::create_dir(&scene.at).expect("a folder");
    let config = scene.dir.path().join(".gitconfig");
    let rest = fs::read_to_string(&config).expect("settings");
    let address = "https://github.com/OWNER/claimbook";
    let told = format!("{rest}[url \"{}\"]\n\tinsteadOf = {address}\n", origin.display());
    fs::write(config, told).expect("written");
    scene
}

/// The sample, released, and a branch that changes what the bridge cost and how the gazette is rated.
fn costs() -> Scene {
    let scene = Scene::sample();
    scene.git(&["tag", "v1.0.0"]);
    scene.git(&["switch", "--quiet", "--create", "costs"]);
    scene.edit(COST, "84.5 million", "86 million");
    scene.edit(COST, "\"84500000\"", "\"86000000\"");
    scene.commit("The ramps were left out");
    scene.edit(GAZETTE, "\"B\"", "\"D\"");
    scene.edit(COST, "\"high\"", "\"moderate\"");
    scene.edit("dataset/claims/bridge-opened.json", "\"moderate\"", "\"low\"");
    scene.commit("Rate the gazette anew");
    scene
}

const FERRY: &str = r#"{
  "id": "ferry-stopped",
  "statement": "The ferry of Port Aldine stopped for good on 4 September 2022.",
  "kind": "event",
  "subjects": [
    "port-aldine"
  ],
  "topics": [
    "traffic"
  ],
  "date": "2022-09-04",
  "confidence": "low",
  "citations": [
    {
      "source": "radio-opening-2022",
      "stance": "supports",
      "directness": "secondary",
      "shows": "The report names the last day of the ferry."
    }
  ],
  "status": "active",
  "reviewed": "2025-03-12"
}
"#;

/// A citation of the cost that can go.
const AUDIT: &str = r#"    },
    {
      "source": "gazette-cost-2022",
      "stance": "supports",
      "directness": "secondary",
      "shows": "An auditor names a sum of the same size a year before."
    }"#;

/// What the ferry can cite in its place, so that no source is left without a claim.
const EARNINGS: &str = r#"    },
    {
      "source": "gazette-cost-2022",
      "stance": "context",
      "directness": "secondary",
      "shows": "It tells what the ferry had earned."
    }
  ],
  "status""#;

const CORRECTION: &str = r#""status": "active",
  "corrections": [
    {
      "date": "2025-03-12",
      "note": "The sum left out the ramps."
    }
  ]"#;

const WITHDRAWN: &str = r#""2025-03-10",
  "status": "retracted",
  "status_note": "Taken down by the editor.""#;

/// Changes the sample: a number is corrected and loses a source, a source is withdrawn, a claim added.
fn change(scene: &Scene) {
    scene.edit(COST, AUDIT, "    }");
    scene.edit(COST, "84.5 million", "86 million");
    scene.edit(COST, "\"84500000\"", "\"86000000\"");
    scene.edit(COST, "\"high\"", "\"moderate\"");
    scene.edit(COST, "\"status\": \"active\"", CORRECTION);
    scene.edit("dataset/sources/rumour-toll.json", "\"2025-03-10\"", WITHDRAWN);
    let ferry = "dataset/claims/ferry-stopped.json";
    scene.write(ferry, FERRY);
    scene.edit(ferry, "    }\n  ],\n  \"status\"", EARNINGS);
}

/// Two releases of the sample, and the first as it was published.
fn two_releases() -> Scene {
    let mut scene = Scene::sample();
    scene.git(&["tag", "v1.0.0"]);
    scene.done("claimbook publish --at v1.0.0");
    change(&scene);
    scene.commit_on("2025-03-12", "Costs, and the ferry");
    scene.git(&["tag", "v1.1.0"]);
    scene
}

/// The sample, with a claim that was moved and lost a source.
fn life_of_a_claim() -> Scene {
    let mut scene = Scene::sample();
    scene.edit(COST, AUDIT, "    }");
    scene.edit(COST, "\"high\"", "\"moderate\"");
    scene.done("mkdir dataset/claims/money && git mv dataset/claims/bridge-cost.json dataset/claims/money/");
    scene.commit_on("2025-03-12", "The audit was about another bridge");
    scene
}

/// The sample in a workflow that a push started.
fn pushed() -> Scene {
    let mut scene = Scene::sample();
    let before = scene.done("git rev-parse HEAD");
    scene.edit(COST, "\"high\"", "\"moderate\"");
    scene.commit("Be careful");
    let after = scene.done("git rev-parse HEAD");
    let event = read("tests/events/push.json");
    scene.write("event.json", &event.replace("BASE", before.trim()).replace("HEAD", after.trim()));
    scene
}

/// The files that the page on import names.
fn files_to_import(scene: &mut Scene, block: &str) {
    if block.contains("reviewed.csv") {
        scene.write("reviewed.csv", "id,confidence\nindiaai-mission-approved,moderate\n");
    } else if block.contains("body.md") {
        let tutorial = read("docs/tutorial.md");
        let steps = page::steps(&tutorial.lines().collect::<Vec<_>>());
        let issue = steps.into_iter().find_map(|(_, step)| match step {
            page::Step::File { name, text } if name == "issue.md" => Some(text),
            _ => None,
        });
        scene.write("body.md", &issue.expect("the text of an issue"));
    }
}

/// The sample under the name of our own dataset, released once, and what was released downloaded.
fn released() -> Scene {
    let mut scene = Scene::sample();
    let meta = "dataset/dataset.json";
    scene.edit(meta, "\"port-aldine\"", "\"brics-ai\"");
    scene.edit(
        meta,
        "  \"policy\": {",
        "  \"release\": {\n    \"tag_prefix\": \"data-v\"\n  },\n  \"policy\": {",
    );
    scene.done("claimbook fmt");
    scene.write(".gitignore", "/release/\n");
    scene.done("git init --quiet --bare ../origin.git && git remote add origin ../origin.git");
    scene.commit("The first release");
    scene.done("claimbook release --changelog");
    scene.commit("What is in it");
    scene.done("claimbook release && mkdir ../download && cp -r release/* ../download");
    scene.done("cp -r ../download/brics-ai-1.0.0/* ../download");
    change(&scene);
    scene.commit("Costs, and the ferry");
    scene.done("claimbook diff data-v1.0.0 HEAD --format changes > ../download/changes.json");
    scene
}

/// Readers are where they downloaded a release, maintainers in the repository.
fn change_of_place(scene: &mut Scene, block: &str) {
    let place = if block.starts_with("claimbook release") { "here" } else { "download" };
    scene.at = scene.dir.path().join(place);
}
