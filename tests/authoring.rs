//! Writing records as a contributor does: what is filled in, what is refused, and that the check is
//! content with what was written.

mod common;
#[path = "common/writing.rs"]
mod writing;

use common::{claimbook, edit};
use std::{fs, path::Path};
use writing::{CLAIM, folder, new, with};

fn read(dir: &tempfile::TempDir, path: &str) -> String {
    fs::read_to_string(dir.path().join(path)).expect(path)
}

#[test]
fn a_publisher_a_source_and_a_claim_make_a_clean_check() {
    let dir = folder();
    let at = dir.path();
    let publisher =
        ["publisher", "--name", "Bürgerradio Süd", "--kind", "news", "--reliability", "C"];
    new(at, &publisher).expect(0);
    let source = [
        "source",
        "--type",
        "broadcast",
        "--title",
        "Zwei Sender auf der Brücke",
        "--publisher",
        "Bürgerradio Süd",
        "--issued",
        "2022-09-05",
        "--lang",
        "de",
        "--author",
        "Weber, Ida",
        "--author",
        "Redaktion",
        "--url",
        "https://radio.example.org/a?utm_source=feed&id=7",
    ];
    let run = new(at, &source).expect(0);
    assert_eq!(run.stdout, "wrote dataset/sources/burgerradio-sud-zwei-sender-auf-2022.json\n");
    assert!(run.stderr.contains("mended: remove the tracking parameters"), "{}", run.stderr);
    // Until a claim cites it, a check would only say that none does.
    assert!(run.stderr.contains("next:\n  claimbook new claim --cite "), "{}", run.stderr);
    assert!(!run.stderr.contains("claimbook check"), "{}", run.stderr);
    assert_eq!(
        read(&dir, "dataset/sources/burgerradio-sud-zwei-sender-auf-2022.json"),
        r#"{
  "id": "burgerradio-sud-zwei-sender-auf-2022",
  "type": "broadcast",
  "title": "Zwei Sender auf der Brücke",
  "authors": [
    {
      "family": "Weber",
      "given": "Ida"
    },
    {
      "literal": "Redaktion"
    }
  ],
  "publisher": "burgerradio-sud",
  "issued": "2022-09-05",
  "lang": "de",
  "url": "https://radio.example.org/a?id=7",
  "accessed": "2025-03-11"
}
"#
    );
    // The source is named by its address, in another form.
    let more = [
        "--confidence",
        "moderate",
        "--cite",
        "http://www.radio.example.org/a?id=7",
        "--directness",
        "primary",
        "--shows",
        "Both stations are heard.",
    ];
    let run = new(at, &with(CLAIM, &more)).expect(0);
    assert!(run.stderr.contains("claimbook check"), "{}", run.stderr);
    assert_eq!(
        read(&dir, "dataset/claims/second-radio-station-broadcast-harbour-2022.json"),
        r#"{
  "id": "second-radio-station-broadcast-harbour-2022",
  "statement": "A second radio station broadcast from the harbour bridge in 2022.",
  "kind": "event",
  "subjects": [
    "harbour-bridge"
  ],
  "topics": [
    "traffic"
  ],
  "date": "2022",
  "confidence": "moderate",
  "citations": [
    {
      "source": "radio-opening-2022",
      "stance": "supports",
      "directness": "secondary",
      "shows": "The programme names the other station."
    },
    {
      "source": "burgerradio-sud-zwei-sender-auf-2022",
      "stance": "supports",
      "directness": "primary",
      "shows": "Both stations are heard."
    }
  ],
  "status": "active",
  "reviewed": "2025-03-11"
}
"#
    );
    let check = claimbook(at, &["check", "--as-of", "2025-03-11"]).expect(0);
    assert!(check.stdout.contains("no errors, no warnings"), "{}", check.stdout);
}

#[test]
fn what_is_missing_is_told_with_the_flags_that_give_it() {
    let dir = folder();
    let run = new(dir.path(), CLAIM).expect(2);
    assert!(run.stderr.contains("a claim needs 1 more answer: `--confidence`"), "{}", run.stderr);
    assert!(
        run.stderr.contains("can carry `low` at most: 1 independent group (C): low"),
        "{}",
        run.stderr
    );
    let measured: Vec<&str> =
        CLAIM.iter().map(|arg| if *arg == "event" { "measurement" } else { arg }).collect();
    let run = new(dir.path(), &measured).expect(2);
    assert!(run.stderr.contains("`--amount`, `--unit` and `--confidence`"), "{}", run.stderr);
    let run = new(dir.path(), &["source", "--type", "report"]).expect(2);
    assert!(run.stderr.contains("--url or --doi or --isbn or --archived-url"), "{}", run.stderr);
    // A dataset's own schema can ask for more.
    fs::create_dir(dir.path().join("schema")).expect("a folder");
    let own = dir.path().join("schema/subject.schema.json");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/subject.schema.json"), &own)
        .expect("a copy");
    edit(&own, "\"kind\"\n  ]", "\"kind\",\n    \"x_region\"\n  ]");
    let subject = ["subject", "--name", "Quay", "--kind", "organization"];
    let run = new(dir.path(), &subject).expect(2);
    assert!(run.stderr.contains("--set x_region=…"), "{}", run.stderr);
    new(dir.path(), &with(&subject, &["--set", "x_region=south"])).expect(0);
    let written = read(&dir, "dataset/subjects/quay.json");
    assert!(written.contains("\"$schema\": \"../../schema/subject.schema.json\""), "{written}");
    assert!(written.contains("\"x_region\": \"south\""), "{written}");
}

#[test]
fn what_brings_in_errors_is_not_written() {
    let dir = folder();
    let path = dir.path().join("dataset/claims/second-radio-station-broadcast-harbour-2022.json");
    let run = new(dir.path(), &with(CLAIM, &["--confidence", "high"])).expect(1);
    assert!(run.stdout.contains("error[confidence-ceiling]"), "{}", run.stdout);
    assert!(run.stderr.contains("nothing was written"), "{}", run.stderr);
    assert!(!path.exists());
    let run = new(dir.path(), &with(CLAIM, &["--confidence", "low", "--dry-run"])).expect(0);
    assert!(run.stdout.starts_with("{\n  \"id\": \"second-radio-station"), "{}", run.stdout);
    assert!(!path.exists());
    new(dir.path(), &with(CLAIM, &["--confidence", "high", "--force"])).expect(0);
    assert!(path.exists());
    // It stands now: neither its id nor its words are to be had again.
    let run =
        new(dir.path(), &with(CLAIM, &["--confidence", "low", "--id", "bridge-cost"])).expect(2);
    assert!(run.stderr.contains("there is a claim `bridge-cost` already"), "{}", run.stderr);
    let run = new(dir.path(), &with(CLAIM, &["--confidence", "low"])).expect(1);
    assert!(run.stdout.contains("states the same in the same words"), "{}", run.stdout);
}

#[test]
fn a_source_that_is_there_is_not_written_again() {
    let dir = folder();
    let listed = claimbook(dir.path(), &["show", "gazette-opening-2022", "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&listed.expect(0).stdout).expect("JSON");
    let url = shown.pointer("/record/url").and_then(|url| url.as_str()).expect("an address");
    let again = url.replace("https://", "http://www.") + "/#top";
    let source = [
        "source",
        "--type",
        "webpage",
        "--title",
        "Again",
        "--publisher",
        "aldine-gazette",
        "--issued",
        "2022",
        "--lang",
        "en",
        "--url",
        &again,
    ];
    let run = new(dir.path(), &source).expect(1);
    assert!(run.stdout.contains("error[duplicate-source]"), "{}", run.stdout);
}

#[test]
fn a_record_stays_inside_the_dataset() {
    let dir = folder();
    for more in [["--id", "../../outside"], ["--folder", "../.."], ["--folder", "/tmp"]] {
        new(dir.path(), &with(CLAIM, &with(&["--confidence", "low"], &more))).expect(2);
    }
    for command in [&["new", "claim"][..], &["import", "claims.csv"]] {
        let run = claimbook(dir.path(), &[command, &["--folder", "../.."]].concat()).expect(2);
        assert!(
            run.stderr.contains("write names joined by `/`, such as `india`"),
            "{}",
            run.stderr
        );
    }
    let args =
        with(CLAIM, &["--confidence", "low", "--folder", "radio/old", "--id", "two-stations"]);
    new(dir.path(), &args).expect(0);
    assert!(dir.path().join("dataset/claims/radio/old/two-stations.json").exists());
}

#[test]
fn a_claim_goes_where_its_like_are() {
    let dir = folder();
    let claims = dir.path().join("dataset/claims");
    fs::create_dir(claims.join("money")).expect("a folder");
    for id in
        ["bridge-cost", "bridge-cost-estimate", "bridge-named", "bridge-opened", "bridge-decided"]
    {
        let name = format!("{id}.json");
        fs::rename(claims.join(&name), claims.join("money").join(&name)).expect("moved");
    }
    let args = with(CLAIM, &["--confidence", "low", "--id", "two-stations"]);
    let run = new(dir.path(), &args).expect(0);
    assert_eq!(run.stdout, "wrote dataset/claims/money/two-stations.json\n");
}

#[cfg(unix)]
#[test]
fn folders_that_lead_elsewhere_are_not_written_into() {
    let (dir, elsewhere) = (folder(), tempfile::tempdir().expect("a folder"));
    std::os::unix::fs::symlink(elsewhere.path(), dir.path().join("dataset/claims/away"))
        .expect("a link");
    let args = with(CLAIM, &["--confidence", "low", "--folder", "away", "--force"]);
    let run = new(dir.path(), &args).expect(2);
    assert!(run.stderr.contains("symbolic link"), "{}", run.stderr);
    assert_eq!(fs::read_dir(elsewhere.path()).expect("a folder").count(), 0);
}

#[test]
fn a_warning_comes_after_what_was_written() {
    let dir = folder();
    let publisher = ["publisher", "--name", "Night Market Club", "--kind", "ngo", "--note", "New."];
    new(dir.path(), &publisher).expect(0);
    let source = [
        "source",
        "--type",
        "webpage",
        "--title",
        "Market days",
        "--publisher",
        "Night Market Club",
        "--issued",
        "2024",
        "--lang",
        "en",
        "--url",
        "https://night.example.org/days",
    ];
    let run = new(dir.path(), &source).expect(0);
    let (wrote, warned) =
        (run.stdout.find("wrote dataset/"), run.stdout.find("warning[unrated-publisher]"));
    assert_eq!(wrote, Some(0), "{}", run.stdout);
    assert!(warned > wrote, "{}", run.stdout);
}

#[test]
fn what_is_wrong_is_told_at_the_flags() {
    let dir = folder();
    let told = |more: &[&str]| new(dir.path(), &with(CLAIM, more)).expect(1).stdout;
    let high = told(&["--confidence", "high"]);
    for words in [
        "error[confidence-ceiling]: `--confidence`: `high` is above `",
        " --> command line:",
        "--confidence high\n",
        "= help: write `",
    ] {
        assert!(high.contains(words), "{words} is not in\n{high}");
    }
    let late = told(&["--confidence", "low", "--reviewed", "2062-01-01"]);
    assert!(late.contains("]: `--reviewed` is 2062-01-01, after the day"), "{late}");
    let likely = told(&["--confidence", "low", "--likelihood", "likely"]);
    assert!(likely.contains("`--likelihood` does not belong here unless `--kind` is"), "{likely}");
    // Nothing of a file that is not there, and no JSON.
    for told in [high, late, likely] {
        assert!(!told.contains("--> dataset/"), "{told}");
        assert!(!told.contains("\": \""), "{told}");
    }
}
