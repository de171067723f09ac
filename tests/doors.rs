//! The doors for people who write no JSON: what they write in their own way is understood, and what
//! is not is told in words of their form or table, with what to write there instead.

mod common;

use common::{Run, claimbook, copy, sample};
use std::fs;

/// A form that is filled in as it should be.
const FORM: &str = "\
### Statement

A night market opened on the harbour bridge in October 2022.

### Kind of claim

event

### Subjects

Harbour bridge, Port Aldine

### Topics

Traffic

### Date

2022-10

### Amount

_No response_

### Unit

_No response_

### Confidence

low

### Source

https://night.example.org/market

### What the source shows

The market's own announcement.

### Directness

primary

### Stance

supports

### Title

A market at night

### Kind of source

webpage

### Publisher

Night Market Club

### Date of publication

2022-10-01

### Language

en

### Read on

2025-03-01

### Kind of publisher

ngo
";

/// Takes in the form with other answers to its questions.
fn form(answers: &[(&str, &str)]) -> Run {
    let mut text = FORM.to_owned();
    for (label, answer) in answers {
        let heading = format!("### {label}\n\n");
        let (before, rest) = text.split_once(&heading).unwrap_or_else(|| panic!("{label}"));
        let rest = rest.split_once("\n\n").map_or("", |(_, rest)| rest);
        text = format!("{before}{heading}{answer}\n\n{rest}");
    }
    take_in("issue.md", &text, &["--issue", "issue.md"])
}

fn take_in(name: &str, text: &str, args: &[&str]) -> Run {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    fs::write(dir.path().join(name), text).expect("written");
    claimbook(dir.path(), &[&["import", "--as-of", "2025-03-11"], args].concat())
}

#[track_caller]
fn says(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
}

#[track_caller]
fn never_says(text: &str, words: &[&str]) {
    for words in words {
        assert!(!text.contains(words), "{words:?} is in\n{text}");
    }
}

#[test]
fn the_form_as_it_should_be_goes_in() {
    let run = form(&[]).expect(0);
    says(&run.stdout, &["wrote 1 new claim, 1 new source and 1 new publisher"]);
    // The warning says which publisher it is about, where that is named.
    says(&run.stdout, &["`Publisher`: `night-market-club` is the publisher of sources"]);
    never_says(&run.stdout, &["issue.md:1:1"]);
}

#[test]
fn what_github_writes_for_no_answer_is_none() {
    let run = form(&[("Stance", "None"), ("Read on", "_No response_")]).expect(0);
    says(&run.stdout, &["wrote 1 new claim, 1 new source and 1 new publisher"]);
}

#[test]
fn line_ends_and_marks_of_windows_are_not_shown() {
    let windows = format!("\u{feff}{}", FORM.replace("### Date\n\n2022-10", "### Date\n\nautumn"))
        .replace('\n', "\r\n");
    let run = take_in("issue.md", &windows, &["--issue", "issue.md"]).expect(1);
    says(&run.stdout, &["19 | autumn\n"]);
    never_says(&run.stdout, &["␍"]);
}

#[test]
fn dates_of_another_form_are_read_where_they_are_certain() {
    let run = form(&[("Date", "October 2022"), ("Date of publication", "1 Oct. 2022")]).expect(0);
    says(&run.stderr, &["2022-10", "2022-10-01"]);
    // Which is the month?
    let run = form(&[("Date of publication", "01/10/2022"), ("Date", "autumn")]).expect(1);
    let both = "(1 October 2022) or";
    says(&run.stdout, &["`01/10/2022`", both, "(10 January 2022)", "a date is `2024`"]);
    // A day is asked for, and a month is none.
    let run = form(&[("Read on", "March 2025")]).expect(1);
    says(&run.stdout, &["a day is written YYYY-MM-DD"]);
}

#[test]
fn words_that_mean_another_are_understood() {
    let run = form(&[("Kind of source", "website"), ("Language", "English")]).expect(0);
    says(&run.stderr, &["webpage", "en"]);
    // Not everything is.
    let run = form(&[("Kind of source", "painting"), ("Language", "Elvish")]).expect(1);
    says(&run.stdout, &["`painting` is not one of the 25 words", "a short BCP 47 tag"]);
}
