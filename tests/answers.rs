//! What the answers given to `claimbook new` by flags are taken for, and what is said of those that
//! cannot be taken.

mod common;
#[path = "common/writing.rs"]
mod writing;

use writing::{CLAIM, folder, new, with};

/// The claim with one of its answers replaced.
fn wrong(from: &str, to: &'static str) -> Vec<&'static str> {
    CLAIM.iter().map(|arg| if *arg == from { to } else { *arg }).collect()
}

#[test]
fn names_are_understood_and_slips_told() {
    let dir = folder();
    let unknown = new(dir.path(), &wrong("Harbour bridge", "The Harbour Bridge")).expect(2);
    assert!(
        unknown.stderr.contains("no subject is called `The Harbour Bridge`"),
        "{}",
        unknown.stderr
    );
    assert!(unknown.stderr.contains("did you mean `harbour-bridge`?"), "{}", unknown.stderr);
    let unknown = new(dir.path(), &wrong("radio-opening-2022", "https://x.example.org/")).expect(2);
    assert!(unknown.stderr.contains("claimbook new source --url https://x.example.org/"));
    let slip = new(dir.path(), &wrong("radio-opening-2022", "radio-openign-2022")).expect(2);
    assert!(slip.stderr.contains("did you mean `radio-opening-2022`?"), "{}", slip.stderr);
    let early = new(dir.path(), &["claim", "--shows", "Something."]).expect(2);
    assert!(early.stderr.contains("begin one with --cite"), "{}", early.stderr);
}

#[test]
fn every_name_that_leads_nowhere_is_told_at_once_and_an_id_like_any_other_name() {
    let dir = folder();
    let more = ["--relation", "part_of:bridge-opened", "--confidence", "low"];
    let one = wrong("Harbour bridge", "Harbor brige");
    let run = new(dir.path(), &with(&one, &more)).expect(2);
    assert_eq!(
        run.stderr,
        "error: --subject: no subject is called `Harbor brige`\n\
         hint: did you mean `harbour-bridge`? `claimbook list subjects --text WORD` finds others, \
         `claimbook new subject` makes one\n"
    );
    let both = with(&one, &["--topic", "Trafic", "--cite", "radio-opening", "--shows", "More."]);
    let run = new(dir.path(), &with(&both, &more)).expect(2);
    assert_eq!(
        run.stderr,
        "error: 3 answers lead nowhere\n\
         hint: --subject: no subject is called `Harbor brige`: did you mean `harbour-bridge`? \
         `claimbook list subjects --text WORD` finds others, `claimbook new subject` makes one\n\
         hint: --topic: no topic is called `Trafic`: did you mean `traffic`?\n\
         hint: --cite: no source is called `radio-opening`: did you mean `radio-opening-2022`? \
         `claimbook list sources --text WORD` finds others, `claimbook new source` makes one\n"
    );
    // In the form of an id or not, it is the same mistake, with the same way out.
    let source = ["source", "--type", "report", "--title", "A report", "--issued", "2022"];
    let source = with(&source, &["--lang", "en", "--url", "https://a.example.org/", "--publisher"]);
    for name in ["mcti", "MCTI"] {
        let run = new(dir.path(), &with(&source, &[name])).expect(2);
        assert_eq!(
            run.stderr,
            format!(
                "error: --publisher: no publisher is called `{name}`\n\
                 hint: `claimbook list publishers --text WORD` finds those that are there, \
                 `claimbook new publisher` makes one\n"
            )
        );
    }
    // What is to come can still be named by its id.
    new(dir.path(), &with(&source, &["mcti", "--force"])).expect(0);
}

#[test]
fn the_id_of_a_long_statement_keeps_what_was_done_and_when() {
    let dir = folder();
    let long = "On 4 September 2022 Port Aldine's Department of Infrastructure, Transportation and \
                Navigation opened a bridge.";
    let said = wrong("A second radio station broadcast from the harbour bridge in 2022.", long);
    let run = new(dir.path(), &with(&said, &["--confidence", "low"])).expect(0);
    assert_eq!(
        run.stdout.lines().next(),
        Some("wrote dataset/claims/port-aldine-department-opened-bridge-2022.json")
    );
}

#[test]
fn who_leaves_the_directness_out_is_told_what_it_would_do() {
    let dir = folder();
    let council: Vec<&str> = wrong("radio-opening-2022", "council-decision-2019")
        .into_iter()
        .map(|arg| if arg == "2022" { "2019" } else { arg })
        .collect();
    let hint = "hint: if the source is the act itself or first-hand, say `--directness primary` after \
                its --cite: then the citations can carry `high`";
    let run = new(dir.path(), &council).expect(2);
    assert!(run.stderr.contains("a claim needs 1 more answer: `--confidence`"), "{}", run.stderr);
    assert!(run.stderr.contains(hint), "{}", run.stderr);
    let run = new(dir.path(), &with(&council, &["--confidence", "high"])).expect(1);
    for help in
        ["= help: write `low`\n", " or say `primary` as `--directness` where a source is the act"]
    {
        assert!(run.stdout.contains(help), "{}", run.stdout);
    }
    assert!(run.stdout.contains(hint), "{}", run.stdout);
    // Said either way, there is nothing to hint at.
    let said = with(&council, &["--directness", "secondary", "--confidence", "high"]);
    let run = new(dir.path(), &said).expect(1);
    assert!(!run.stdout.contains("hint: if the source"), "{}", run.stdout);
    let said = with(&council, &["--directness", "primary", "--confidence", "high"]);
    new(dir.path(), &said).expect(0);
}
