//! `new` at a terminal: what is asked, what is offered, what is refused. The terminal is a real one.
#![cfg(unix)]

mod common;
#[path = "common/terminal.rs"]
mod terminal;

use common::{claimbook, copy, sample};
use std::{fs, path::Path};
use terminal::Terminal;

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    dir
}

fn new(dir: &Path, args: &[&str]) -> Terminal {
    Terminal::run(dir, &[&["new"], args, &["--as-of", "2025-03-11"]].concat())
}

#[test]
fn a_newcomer_writes_a_claim_its_source_and_their_publisher() {
    let dir = folder();
    let mut at = new(dir.path(), &["claim"]);
    at.answer("Statement", "A night market was held on the quay in the year 2022.");
    at.answer("Kind", "event");
    at.until("Subjects");
    at.keys("aldine \r");
    at.until("Topics");
    at.keys("traffic \r");
    at.answer("Date", "2022-13");
    at.until("cannot be `2022-13`");
    at.keys("\u{8}\u{8}\u{8}\r");
    // The source is not there yet, nor is its publisher.
    at.answer("Source", "new source");
    at.until("a new source:");
    at.answer("Where can it be found?", "night.example.org");
    at.until("write its address, which begins with `https://`");
    at.begin_anew("Where can it be found? \n");
    at.keys("https://night.example.org/market?utm_source=feed\r");
    at.answer("Title", "A market at night");
    at.answer("Kind of work", "webpage");
    at.answer("Publisher", "new publisher");
    at.until("a new publisher:");
    at.answer("Name", "Night Market Club");
    at.answer("Kind", "ngo");
    at.answer("Anything more?", "");
    at.answer("ID", "");
    at.answer("Issued", "2022-10-01");
    at.answer("Language", "en");
    at.answer("Anything more?", "");
    at.answer("ID", "");
    at.answer("Stance", "supports");
    at.answer("Directness", "primary");
    at.answer("What does the source show?", "The market's own announcement.");
    let told = at.until("Another citation?");
    assert!(told.contains("can carry `low` at most: 1 independent group (F): low"), "{told}");
    at.keys("n\r");
    let offered =
        at.until("Confidence: how good is the evidence?") + &at.until("low: someone said so");
    assert!(!offered.contains("high:") && !offered.contains("moderate:"), "{offered}");
    at.keys("\r");
    at.answer("Anything more?", "");
    at.answer("ID", "");
    at.answer("Write it?", "");
    let (code, rest) = at.end();
    assert_eq!(code, Some(0), "{rest}");
    for path in [
        "dataset/claims/night-market-held-quay-year-2022.json",
        "dataset/sources/night-market-club-market-night-2022.json",
        "dataset/publishers/night-market-club.json",
    ] {
        assert!(rest.contains(&format!("wrote {path}")), "{path}: {rest}");
        assert!(dir.path().join(path).exists(), "{path}");
    }
    let found = claimbook(dir.path(), &["check", "--as-of", "2025-03-11"]);
    assert!(found.stdout.contains("no errors, 1 warning"), "{}", found.stdout);
    assert!(found.stdout.contains("unrated-publisher"), "{}", found.stdout);
}

#[test]
fn claims_that_are_near_are_shown_while_the_statement_is_typed() {
    let dir = folder();
    let mut at = new(dir.path(), &["claim"]);
    at.until("Statement");
    at.keys("The harbour bridge cost 84.5 million Aldine crowns");
    at.until("by its final account of 2023");
    at.keys(" in total.\r");
    let told = at.until("Is yours another one?");
    assert!(told.contains("bridge-cost: The harbour bridge cost"), "{told}");
    at.keys("n\r");
    let (code, rest) = at.end();
    assert_eq!(code, Some(2), "{rest}");
    assert!(rest.contains("stopped: the claim is there already"), "{rest}");
    let claims = fs::read_dir(dir.path().join("dataset/claims")).expect("a folder").count();
    assert_eq!(claims, fs::read_dir(sample().join("dataset/claims")).expect("a folder").count());
}

#[test]
fn only_what_flags_leave_open_is_asked() {
    let dir = folder();
    let given = ["source", "--type", "report", "--publisher", "Radio Aldine", "--lang", "en"];
    let more = ["--issued", "2022", "--url", "https://radio.example.org/report"];
    let mut at = new(dir.path(), &[given.as_slice(), &more].concat());
    let before = at.answer("Title", "A report by radio");
    assert!(!before.contains("Publisher"), "{before}");
    // What is optional is offered, and only when chosen asked for.
    at.until("Anything more?");
    at.keys("authors \r");
    at.answer("Authors", "Moyo, Admire");
    at.answer("ID", "");
    at.answer("Write it?", "");
    assert_eq!(at.end().0, Some(0));
    let path = dir.path().join("dataset/sources/aldine-radio-report-radio-2022.json");
    assert!(fs::read_to_string(path).expect("a source").contains("\"family\": \"Moyo\""));
    // With all answers given, or with --no-input, nothing is.
    let all = [
        given.as_slice(),
        &more,
        &["--title", "Another one", "--url", "https://a.example.org/"][..2],
    ]
    .concat();
    let at = new(dir.path(), &[all.as_slice(), &["--id", "another", "--force"]].concat());
    assert_eq!(at.end().0, Some(0));
    let at = new(dir.path(), &["source", "--no-input"]);
    let (code, rest) = at.end();
    assert_eq!(code, Some(2));
    assert!(rest.contains("a source needs"), "{rest}");
}

#[test]
fn an_answer_can_be_changed_before_anything_is_written() {
    let dir = folder();
    let mut at = new(dir.path(), &["subject", "--name", "Old quay"]);
    at.answer("Kind", "event");
    at.answer("Anything more?", "");
    at.answer("ID", "");
    at.until("\"kind\": \"event\"");
    at.answer("Write it?", "change");
    at.answer("Which one?", "kind");
    at.answer("Kind", "document");
    at.until("\"kind\": \"document\"");
    at.answer("Write it?", "");
    assert_eq!(at.end().0, Some(0));
    // Who leaves writes nothing.
    let mut at = new(dir.path(), &["subject", "--name", "New quay"]);
    at.until("Kind");
    at.keys("\u{1b}");
    let (code, rest) = at.end();
    assert_eq!(code, Some(2), "{rest}");
    assert!(rest.contains("nothing was written"), "{rest}");
    assert!(!dir.path().join("dataset/subjects/new-quay.json").exists());
}

#[test]
fn what_fits_nothing_is_said_and_leads_on() {
    let dir = folder();
    let mut at = new(dir.path(), &["source"]);
    at.answer("Where can it be found?", "10.5555/quay.7");
    at.answer("Title", "What the quay cost");
    at.until("Kind of work");
    at.keys("website");
    at.until("nothing fits `website`: type other words, or choose below");
    // Enter says it once more, with what was typed to change; Ctrl-U begins anew.
    at.keys("\r");
    at.until("Kind of work nothing fits `website`");
    at.until("nothing fits `website`");
    at.begin_anew("> webpage");
    at.keys("report\r");
    // What is not there can be made at once, under the name that was typed.
    at.until("Publisher");
    at.keys("Quay Office");
    at.until("nothing fits `Quay Office`");
    at.keys("\u{1b}[B\r");
    at.until("a new publisher:");
    at.until("Name Quay Office");
    at.keys("\r");
    at.answer("Kind", "government");
    at.answer("Anything more?", "");
    at.answer("ID", "");
    at.answer("Issued", "2023");
    at.answer("Language", "en");
    at.answer("Anything more?", "");
    at.answer("ID", "");
    let shown = at.until("Write it?");
    assert!(!shown.contains("<U+"), "{shown}");
    assert!(shown.contains("\"type\": \"report\""), "{shown}");
    assert!(shown.contains("\"doi\": \"10.5555/quay.7\""), "{shown}");
    assert!(shown.contains("\"publisher\": \"quay-office\""), "{shown}");
    at.keys("\r");
    assert_eq!(at.end().0, Some(0));
}

#[test]
fn who_only_presses_enter_claims_the_least() {
    let dir = folder();
    let page = ["source", "--url", "https://quay.example.org/", "--title", "The quay"];
    let more = ["--publisher", "Radio Aldine", "--issued", "2022", "--lang", "en"];
    let mut at = new(dir.path(), &[page.as_slice(), &more].concat());
    at.answer("Kind of work", "");
    at.answer("Anything more?", "");
    at.answer("ID", "");
    at.until("\"type\": \"webpage\"");
    at.keys("\u{1b}");
    at.end();
    let claim = ["claim", "--statement", "The quay of Port Aldine was lit at night in 2022."];
    let more = ["--kind", "event", "--subject", "port-aldine", "--topic", "traffic"];
    let last = ["--date", "2022"];
    let mut at = new(dir.path(), &[claim.as_slice(), &more, &last].concat());
    // A source is found by its address, too.
    at.answer("Source", "https://www.radio.example.org/bridge/");
    at.answer("Stance", "");
    at.answer("Directness", "");
    at.answer("What does the source show?", "The report tells of the lamps.");
    at.answer("Another citation?", "");
    at.answer("Confidence: how good is the evidence?", "");
    at.answer("Anything more?", "");
    at.answer("ID", "");
    let shown = at.until("Write it?");
    for part in ["\"directness\": \"secondary\"", "\"confidence\": \"low\"", "radio-opening-2022"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn how_direct_a_citation_is_is_asked_where_flags_leave_it_open() {
    let dir = folder();
    let claim = ["claim", "--statement", "The quay of Port Aldine was lit at night in 2022."];
    let more = ["--kind", "event", "--subject", "port-aldine", "--topic", "traffic"];
    let last = ["--date", "2022", "--confidence", "low", "--cite", "radio-opening-2022"];
    let shows = ["--shows", "The report tells of the lamps."];
    let mut at = new(dir.path(), &[claim.as_slice(), &more, &last, &shows].concat());
    at.until("about radio-opening-2022:");
    at.answer("Directness", "primary");
    at.answer("Anything more?", "");
    at.answer("ID", "");
    at.until("\"directness\": \"primary\"");
    at.keys("\r");
    assert_eq!(at.end().0, Some(0));
}

#[test]
fn the_screen_is_cleared_for_every_check() {
    let dir = folder();
    let mut at = Terminal::run(dir.path(), &["check", "--watch", "--as-of", "2025-03-11"]);
    at.until("no errors, no warnings");
    at.until("Ctrl-C stops");
    assert!(at.raw.starts_with("\u{1b}[2J"), "{}", at.raw);
    rustix::process::kill_process(at.id(), rustix::process::Signal::INT).expect("a signal");
    assert_eq!(at.end().0, Some(0));
}
