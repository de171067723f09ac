//! The doors for people who write no JSON: what they write in their own way is understood, and what
//! is not is told in words of their form or table, with what to write there instead.

mod common;

use common::{Run, claimbook, copy, files, sample};
use std::{fs, path::Path};

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

/// A table of claims that is filled in as it should be.
const SHEET: [(&str, &str); 9] = [
    ("statement", "A boat crossing cost two crowns in 2021 before the bridge stood."),
    ("kind", "measurement"),
    ("subject", "Port Aldine"),
    ("topic", "Money"),
    ("date", "2021"),
    ("amount", "2"),
    ("unit", "Aldine crowns"),
    ("confidence", "low"),
    ("source", "blog-traffic-2024"),
];

/// Takes in a table with these cells beside, or in the place of, what should be there.
fn sheet(cells: &[(&str, &str)]) -> Run {
    let mut row: Vec<(&str, &str)> = SHEET.to_vec();
    row.push(("shows", "It tells the old price."));
    for cell in cells {
        match row.iter_mut().find(|(header, _)| *header == cell.0) {
            Some(there) => *there = *cell,
            None => row.push(*cell),
        }
    }
    let (headers, cells): (Vec<&str>, Vec<&str>) = row.into_iter().unzip();
    take_in("claims.csv", &format!("{}\n{}\n", headers.join(","), cells.join(",")), &["claims.csv"])
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
    says(&run.stderr, &["issue.md: `Date`: read `October 2022` as `2022-10`", "as `2022-10-01`"]);
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
    says(&run.stderr, &["`Kind of source`: read `website` as `webpage`", "`English` as `en`"]);
    // Not everything is.
    let run = form(&[("Kind of source", "painting"), ("Language", "Elvish")]).expect(1);
    says(&run.stdout, &["`painting` is not one of the 25 words", "a short BCP 47 tag"]);
}

#[test]
fn what_is_not_read_as_it_stands_is_said() {
    let run = form(&[("Confidence", "Low")]).expect(0);
    assert_eq!(run.stderr.lines().next(), Some("issue.md: `Confidence`: read `Low` as `low`"));
    let run = sheet(&[("kind", "Measurement")]).expect(0);
    says(&run.stderr, &["claims.csv: row 2, column B (`kind`): read `Measurement` as"]);
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    let args = ["new", "subject", "--name", "A street", "--kind", "Programme"];
    let run = claimbook(dir.path(), &args).expect(0);
    says(&run.stderr, &["read `Programme` as `programme`\n"]);
}

#[test]
fn an_address_without_its_beginning_is_one() {
    let run = form(&[("Source", "www.night.example.org/market")]).expect(0);
    says(&run.stderr, &["`Source`: read `www.night.example.org/market` as `https://www.night."]);
    says(&run.stdout, &["wrote 1 new claim, 1 new source"]);
    // Anything else is no address, and that is told once, where it stands.
    let run = form(&[("Source", "The market's page")]).expect(1);
    says(
        &run.stdout,
        &["`Source` cannot be `The market's page`", "begins with `https://`", "1 error:"],
    );
}

#[test]
fn what_is_missing_is_told_at_its_field_or_column() {
    let empty = [("Source", ""), ("Publisher", ""), ("What the source shows", "_No response_")];
    let run = form(&empty).expect(1);
    for field in ["Source", "Publisher", "What the source shows"] {
        says(&run.stdout, &[&format!("`{field}` is empty\n"), &format!(" | ### {field}\n")]);
    }
    says(&run.stdout, &["`claimbook list publishers --text WORD`", "3 errors:"]);
    let run = form(&[("Kind of claim", "measurement")]).expect(1);
    says(
        &run.stdout,
        &[
            "`Amount` is empty, which is needed where `Kind of claim` is `measurement`",
            "fill in `Amount` and `Unit`\n",
            " or correct `Kind of claim`, if that is wrong",
            "1 error:",
        ],
    );
    let run = sheet(&[("unit", ""), ("shows", "")]).expect(1);
    says(
        &run.stdout,
        &[
            "row 2, column G (`unit`) is empty",
            "write `aldine-crowns` or",
            "row 2, column J (`shows`) is empty",
            "2 errors:",
        ],
    );
    let run = sheet(&[("unit", "miles"), ("date", "")]).expect(1);
    says(&run.stdout, &["column E (`date`) is empty", "write it, such as `", "2 errors:"]);
    let text = "statement,kind\nA boat crossing cost two crowns in 2021.,event\n";
    let run = take_in("claims.csv", text, &["claims.csv"]).expect(1);
    says(&run.stdout, &["row 2: there is no `subjects`", "add a column `subjects`, and write"]);
    // What is called `citations` is their number: a citation stands in columns of its own.
    for (column, cell) in [("", ""), (",citations", ",1")] {
        let text = format!(
            "statement,kind,date,subject,topics,confidence{column}\nA boat crossing cost two crowns in 2021.,event,2021,Harbour Bridge,money,low{cell}\n"
        );
        let run = take_in("claims.csv", &text, &["claims.csv"]).expect(1);
        says(
            &run.stdout,
            &["row 2: there is no `citations`", "help: add the columns `source` and `shows`\n"],
        );
    }
}

#[test]
fn nobody_is_asked_to_write_json() {
    let run = form(&[("Amount", "\"43\""), ("Unit", "Aldine crowns")]).expect(1);
    says(&run.stdout, &["`Amount` cannot be `\"43\"`", "such as `10371.92`"]);
    let context = sheet(&[("stance", "context")]).expect(1);
    says(&context.stdout, &["at least one citation needs `supports` as `stance`"]);
    let misplaced = sheet(&[("likelihood", "likely")]).expect(1);
    says(&misplaced.stdout, &["column K (`likelihood`) does not belong here"]);
    let high = form(&[("Confidence", "high")]).expect(1);
    says(&high.stdout, &["`Confidence`: `high` is above `low`", "help: write `low`"]);
    for run in [run, context, misplaced, high] {
        let helps = run.stdout.lines().filter(|line| line.contains("help: "));
        helps.for_each(|help| never_says(help, &["`\"", "\": "]));
    }
}

/// Prints the four templates into files, and takes them in as they are.
fn untouched(dir: &Path) -> Run {
    let tables = ["publishers", "subjects", "sources", "claims"];
    for table in tables {
        let run = claimbook(dir, &["import", "--template", table]).expect(0);
        assert_eq!(run.stdout.lines().count(), 2, "{table}:\n{}", run.stdout);
        fs::write(dir.join(format!("{table}.csv")), run.stdout).expect("written");
    }
    let files = tables.map(|table| format!("{table}.csv"));
    let args: Vec<&str> = ["import"].into_iter().chain(files.iter().map(String::as_str)).collect();
    claimbook(dir, &args)
}

#[test]
fn templates_that_nobody_touched_do_nothing() {
    // The examples are records of the dataset's own.
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    let run = untouched(dir.path()).expect(0);
    assert_eq!(run.stdout, "wrote nothing for 4 records that are there just so\n");
    // Or those of the schemas, where it has none.
    fs::create_dir_all(dir.path().join("new/dataset")).expect("a folder");
    let settings = "dataset/dataset.json";
    let new = dir.path().join("new");
    fs::copy(dir.path().join(settings), new.join(settings)).expect("a copy");
    let run = untouched(&new).expect(0);
    assert_eq!(run.stdout, "wrote nothing for the example of the template\n");
}

#[test]
fn an_example_that_is_half_replaced_changes_no_record() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    untouched(dir.path()).expect(0);
    let path = dir.path().join("subjects.csv");
    let before = files(&dir.path().join("dataset"));
    let text = fs::read_to_string(&path).expect("a table");
    let name = text.lines().nth(1).and_then(|row| row.split(',').nth(1)).expect("a name");
    fs::write(&path, text.replace(name, "Night market")).expect("written");
    for expected in ["wrote 1 new subject\n", "wrote nothing for 1 record that is there just so\n"]
    {
        let run = claimbook(dir.path(), &["import", "subjects.csv", "--update"]).expect(0);
        assert_eq!(run.stdout, expected);
    }
    let after = files(&dir.path().join("dataset"));
    assert!(before.iter().all(|(path, text)| after.get(path) == Some(text)));
    assert_eq!(after.len(), before.len() + 1);
}

#[test]
fn a_name_that_nothing_has_leads_on() {
    // Near is only what a slip makes of a name, not another ministry.
    let run = form(&[
        ("Publisher", "Council of the Port of Aldine for Trade"),
        ("Kind of publisher", ""),
    ]);
    let run = run.expect(1);
    says(
        &run.stdout,
        &[
            "`Publisher`: no publisher is called `Council of the Port of Aldine for Trade`",
            "`claimbook list publishers --text WORD` finds those that are there",
            "`Kind of publisher` and `Country of publisher` make one",
            "1 error:",
        ],
    );
    never_says(&run.stdout, &["did you mean"]);
    let slip = form(&[("Publisher", "Aldine Gazete"), ("Kind of publisher", "")]).expect(1);
    says(&slip.stdout, &["did you mean `aldine-gazette`?", "finds others, `Kind of publisher`"]);
    let source = form(&[
        ("Title", ""),
        ("Kind of source", ""),
        ("Publisher", ""),
        ("Language", ""),
        ("Date of publication", ""),
    ])
    .expect(1);
    says(
        &source.stdout,
        &["no source has the address `https://night", "`Title` and the fields below it"],
    );
    // A table says the same of an id as of a name, and how to make one.
    let subject = sheet(&[("subject", "harbor-brige"), ("topic", "Weather")]).expect(1);
    says(
        &subject.stdout,
        &[
            "no subject is called `harbor-brige`",
            "did you mean `harbour-bridge`?",
            "`claimbook new subject` makes one",
            "no topic is called `Weather`",
            "help: write `construction`, ",
        ],
    );
    never_says(&subject.stdout, &[".json"]);
}

#[test]
fn abbreviations_that_a_record_shows_are_names() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    let make = |name: &str, id: &str| {
        let args = ["new", "publisher", "--name", name, "--id", id, "--kind", "government"];
        claimbook(dir.path(), &args).expect(0);
    };
    make("Ministério da Ciência, Tecnologia e Inovação", "mcti-brazil");
    make("Ministry of Foreign Affairs of Aldinia", "mfa-aldinia");
    make("Port Authority (HARBOUR)", "port-authority");
    make("Royal Bank of Aldinia", "royal-bank");
    let source = |publisher: &str| {
        let address = format!("https://example.org/{}", publisher.replace(' ', "-"));
        let args = [
            "new",
            "source",
            "--title",
            "A page",
            "--type",
            "webpage",
            "--lang",
            "en",
            "--issued",
            "2024",
            "--url",
            &address,
            "--dry-run",
            "--publisher",
            publisher,
        ];
        claimbook(dir.path(), &args)
    };
    for (given, meant) in [
        ("MCTI", "mcti-brazil"),
        ("mfa", "mfa-aldinia"),
        ("MCTI Brazil", "mcti-brazil"),
        ("Harbour", "port-authority"),
        ("Port authority", "port-authority"),
    ] {
        let run = source(given).expect(0);
        says(&run.stdout, &[&format!("\"publisher\": \"{meant}\"")]);
    }
    // What only the initials say is a guess; what several show is no name.
    says(&source("RBA").expect(2).stderr, &["did you mean `royal-bank`?"]);
    make("Ministry of Foreign Affairs of Sudaldinia", "mfa-sudaldinia");
    says(&source("MFA").expect(2).stderr, &["can be publisher `mfa-aldinia` or `mfa-sudaldinia`"]);
}

#[test]
fn names_of_a_list_may_be_parted_by_commas() {
    let cells = [("subject", "\"Port Aldine, harbour-bridge\""), ("topic", "\"Money,traffic\"")];
    says(&sheet(&cells).expect(0).stdout, &["wrote 1 new claim"]);
    let run = form(&[("Subjects", "Port Aldine, harbour-bridge")]).expect(0);
    says(&run.stdout, &["wrote 1 new claim"]);
    // No topic has a comma in its name, so each is told by itself.
    let run = sheet(&[("topic", "\"Money,Trafic\"")]).expect(1);
    says(&run.stdout, &["no topic is called `Trafic`\n", "did you mean `traffic`?", "1 error:"]);
}

#[test]
fn a_comma_in_a_name_is_a_part_of_it() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    let ferry = r#"{"id":"aldine-ferry","name":"Ferry, Port Aldine","kind":"organization"}"#;
    fs::write(dir.path().join("dataset/subjects/more.jsonl"), format!("{ferry}\n"))
        .expect("written");
    let claim = |subjects: &str| {
        let claim = [
            "new",
            "claim",
            "--dry-run",
            "--as-of",
            "2025-03-11",
            "--kind",
            "event",
            "--topic",
            "money;traffic",
            "--statement",
            "The ferry of Port Aldine took its last fare in the summer of 2022.",
            "--date",
            "2022",
            "--confidence",
            "low",
            "--cite",
            "radio-opening-2022",
            "--shows",
            "The programme tells of it.",
            "--directness",
            "secondary",
            "--subject",
            subjects,
        ];
        claimbook(dir.path(), &claim)
    };
    says(&claim("Ferry, Port Aldine").expect(0).stdout, &["\"aldine-ferry\"\n"]);
    says(
        &claim("Ferry, Port Aldine;Harbour bridge").expect(0).stdout,
        &["\"aldine-ferry\",\n    \"harbour-bridge\"\n"],
    );
    let both = claim("Port Aldine,Harbour bridge").expect(0).stdout;
    says(&both, &["\"harbour-bridge\",\n    \"port-aldine\"\n", "\"money\",\n    \"traffic\"\n"]);
    let run = claim("Port Aldine, Nowhere").expect(2);
    says(
        &run.stderr,
        &[
            "--subject: no subject is called `Port Aldine, Nowhere`",
            "where these are several, write `Port Aldine; Nowhere`",
        ],
    );
}
