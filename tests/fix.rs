//! Mending never changes what is said: whatever slips are put into a record, what comes out is the
//! record as it was, or the slip is left for a person.

mod common;

use claimbook::{
    authoring::{Edits, Scope, mend},
    date::Day,
    document::Json,
    load,
    rules::AsOf,
    schema::Schemas,
    snapshot::Snapshot,
};
use common::{claimbook, copy, edit, sample};
use serde_json::{Map, Value};
use std::{fs, path::Path};

/// A dataset to put slips into.
struct Ground {
    snapshot: Snapshot,
    schemas: Schemas,
    /// Paths and texts of its records.
    records: Vec<(String, String)>,
}

impl Ground {
    fn of(root: &Path) -> Self {
        let snapshot = Snapshot::folder(root).expect("a dataset");
        let is_record = |path: &str| path.ends_with(".json") && path.matches('/').count() > 1;
        let records = snapshot
            .files()
            .iter()
            .filter(|file| is_record(&file.path))
            .map(|file| {
                (file.path.clone(), fs::read_to_string(root.join(&file.path)).expect("a record"))
            })
            .collect();
        let schemas = load::schemas(&snapshot).expect("schemas");
        Self { snapshot, schemas, records }
    }

    /// What mending makes of a file.
    fn mend(&self, path: &str, text: String) -> String {
        let as_of = AsOf { day: Day::new(2026, 12, 31).expect("a day"), asked: false };
        let scope = Scope { file: &|other| other == path, suggested: false };
        let edits = Edits::from([(path.to_owned(), text)]);
        let mended =
            mend(&self.schemas, &self.snapshot, edits, as_of, &scope, &|_| ()).expect("mended");
        mended.edits[path].clone()
    }
}

fn value(text: &str) -> Value {
    let (json, repeats) = Json::parse(text.trim_start_matches('\u{feff}')).expect("JSON");
    assert!(!repeats, "a key twice in {text}");
    json.to_value()
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("a number") % sides.max(1)
    }
}

/// A word with two letters the other way round; none where that is no slip, or cannot be told from
/// another word.
fn slip(word: &str, dice: &mut Dice) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let at = dice.roll(letters.len().checked_sub(1)?);
    letters.swap(at, at + 1);
    let slip: String = letters.iter().collect();
    (letters.len() >= 6 && slip != word).then_some(slip)
}

/// Keys whose values are one of a few words.
const WORDS: &[&str] = &["confidence", "directness", "kind", "stance", "status", "type"];

/// Keys whose values are text for people.
const TEXTS: &[&str] =
    &["statement", "title", "name", "shows", "note", "description", "confidence_note"];

/// Puts one slip into an object or something in it; whether it did.
fn disturb(members: &mut Map<String, Value>, dice: &mut Dice) -> bool {
    let keys: Vec<String> = members.keys().cloned().collect();
    let key = keys[dice.roll(keys.len())].clone();
    match (&mut members[&key], dice.roll(4)) {
        (_, 0) if !key.starts_with(['x', '$']) => {
            let Some(other) = slip(&key, dice) else { return false };
            if members.contains_key(&other) {
                return false;
            }
            let value = members.remove(&key).expect("a member");
            members.insert(other, value);
            true
        }
        (Value::String(text), _) if WORDS.contains(&key.as_str()) => {
            let Some(other) = slip(text, dice) else { return false };
            *text = other;
            true
        }
        (Value::String(text), n) if TEXTS.contains(&key.as_str()) => {
            *text = match n {
                1 => format!("  {text}"),
                2 => format!("{text}\u{a0}"),
                _ => {
                    let at = text
                        .char_indices()
                        .nth(dice.roll(text.chars().count()))
                        .map_or(0, |(at, _)| at);
                    format!("{}\u{200b}{}", &text[..at], &text[at..])
                }
            };
            true
        }
        (Value::String(url), _) if key == "url" && !url.contains(['?', '#']) => {
            url.push_str("?utm_source=feed&fbclid=1");
            true
        }
        (Value::Array(items), _) => {
            let at = dice.roll(items.len());
            match &mut items[at] {
                Value::Object(inner) => disturb(inner, dice),
                _ => false,
            }
        }
        (Value::Object(inner), _) if key != "topics" => disturb(inner, dice),
        _ => false,
    }
}

/// The same record, laid out in another way.
fn lay_out(value: &Value, dice: &mut Dice) -> String {
    match dice.roll(4) {
        0 => value.to_string(),
        1 => serde_json::to_string_pretty(value).expect("JSON").replace('\n', "\r\n"),
        2 => format!("\u{feff}{value}\n\n"),
        _ => serde_json::to_string_pretty(value).expect("JSON").replace('é', "e\u{301}"),
    }
}

#[test]
fn slips_are_undone_and_nothing_else_changes() {
    let hostile = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/hostile");
    let mut dice = Dice(7);
    let (mut slips, mut layouts, mut left) = (0, 0, 0);
    for ground in [Ground::of(&sample()), Ground::of(&hostile)] {
        for _ in 0..150 {
            let (path, text) = &ground.records[dice.roll(ground.records.len())];
            let original = value(text);
            let mut changed = original.clone();
            let Value::Object(members) = &mut changed else { panic!("no object") };
            let disturbed = disturb(members, &mut dice);
            slips += usize::from(disturbed);
            layouts += usize::from(!disturbed);
            let given = lay_out(&changed, &mut dice);
            let mended = ground.mend(path, given.clone());
            let after = value(&mended);
            // A slip that cannot be told for sure stays.
            if after == changed && disturbed {
                left += 1;
                continue;
            }
            assert_eq!(after, original, "{path} from\n{given}");
            assert_eq!(&mended, text, "{path} is not in canonical form");
        }
    }
    assert!(slips > 80 && layouts > 40, "{slips} slips, {layouts} layouts");
    assert!(left < slips / 10, "{left} of {slips} slips are left");
}

#[test]
fn what_only_a_person_can_mend_is_left_as_it_is() {
    let ground = Ground::of(&sample());
    for (path, text) in &ground.records {
        let original = value(text);
        for (pointer, wrong) in [
            ("/date", "someday"),
            ("/confidence", "certain"),
            ("/reviewed", "2031-01-01"),
            ("/publisher", "nobody"),
            ("/lang", "Elvish"),
            ("/id", "another-id"),
            ("/statement", "=SUM(A1)"),
        ] {
            let mut changed = original.clone();
            let Some(member) = changed.pointer_mut(pointer) else { continue };
            *member = wrong.into();
            assert_eq!(value(&ground.mend(path, changed.to_string())), changed, "{path} {pointer}");
        }
        // What is no JSON is not touched at all.
        for broken in [text.replacen(':', "", 1), text.replacen('{', "{\"id\": \"a\", ", 1)] {
            assert_eq!(ground.mend(path, broken.clone()), broken, "{path}");
        }
    }
}

#[test]
fn a_line_that_is_mended_leaves_its_neighbours_alone() {
    let ground = Ground::of(&sample());
    let lines: Vec<String> = ground
        .records
        .iter()
        .filter(|(path, _)| path.contains("/subjects/"))
        .map(|(_, text)| value(text).to_string().replace("\"id\":\"", "\"id\":\"other-"))
        .collect();
    let path = "dataset/subjects/more.jsonl";
    let good = ground.mend(path, lines.join("\n") + "\n");
    let slip = good.replacen("\"description\"", "\"descriptoin\"", 1).replacen("}\n", "}  \n\n", 1);
    assert_ne!(good, slip);
    assert_eq!(ground.mend(path, slip), good);
}

#[test]
fn a_fix_is_shown_before_it_is_made_and_can_be_confined() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    let claims = dir.path().join("dataset/claims");
    edit(&claims.join("bridge-cost.json"), "\"confidence\"", "\"confidnece\"");
    edit(&claims.join("bridge-opened.json"), "\"statement\"", "\"statment\"");
    let day = ["--as-of", "2025-03-11"];
    let run = |args: &[&str]| claimbook(dir.path(), &[args, &day].concat());
    let patch = run(&["fix", "--diff"]).expect(1).stdout;
    assert!(patch.contains("--- a/dataset/claims/bridge-cost.json\n"), "{patch}");
    assert!(
        patch.contains("-  \"confidnece\": \"high\",\n+  \"confidence\": \"high\",\n"),
        "{patch}"
    );
    run(&["check"]).expect(1);
    run(&["fix", "dataset/claims/bridge-cost.json"]).expect(0);
    let left = run(&["check"]).expect(1).stdout;
    assert!(left.contains("statment") && !left.contains("confidnece"), "{left}");
    let all = run(&["fix"]).expect(0).stdout;
    assert_eq!(
        all,
        "dataset/claims/bridge-opened.json: write `\"statement\"` (schema)\nmended 1 file\n"
    );
    assert_eq!(run(&["fix"]).expect(0).stdout, "nothing to mend\n");
    assert_eq!(run(&["fix", "--diff"]).expect(0).stdout, "");
}

#[test]
fn what_may_change_meaning_is_only_done_when_asked_for() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&sample(), dir.path());
    let path = dir.path().join("dataset/claims/bridge-cost.json");
    edit(&path, "council-budget-2023", "council-budgte-2023");
    let run = |args: &[&str]| claimbook(dir.path(), &[args, &["--as-of", "2025-03-11"]].concat());
    let text = fs::read_to_string(&path).expect("a claim");
    let said = run(&["fix"]).expect(1);
    assert!(
        said.stderr.contains("1 finding can be mended if that is what is meant"),
        "{}",
        said.stderr
    );
    assert_eq!(fs::read_to_string(&path).expect("a claim"), text);
    run(&["fix", "--suggested"]).expect(0);
    assert!(fs::read_to_string(&path).expect("a claim").contains("council-budget-2023"));
    // `fmt` shows what it would do in the same way.
    fs::write(&path, text.replace("  \"", "\t\"")).expect("written");
    let patch = claimbook(dir.path(), &["fmt", "--diff"]).expect(1).stdout;
    assert!(patch.contains("-\t\"id\": \"bridge-cost\",\n"), "{patch}");
}

/// What mending makes of a value that stands at a pointer of a record of the sample, and what a
/// check says of it.
fn of_value(ground: &Ground, path: &str, pointer: &str, wrong: Value) -> (Value, Value) {
    let (_, text) = ground.records.iter().find(|(other, _)| other == path).expect("a record");
    let mut changed = value(text);
    let (parent, key) = pointer.rsplit_once('/').expect("a member");
    match changed.pointer_mut(parent).expect("a parent") {
        Value::Object(members) => drop(members.insert(key.to_owned(), wrong)),
        parent => parent[key.parse::<usize>().expect("a place")] = wrong,
    }
    let mended = value(&ground.mend(path, changed.to_string()));
    let root = tempfile::tempdir().expect("a folder");
    copy(&sample(), root.path());
    fs::write(root.path().join(path), changed.to_string()).expect("written");
    let found = common::findings(root.path(), &["--as-of", "2025-03-11"]);
    let own = found.into_iter().find(|finding| finding["rule"] == "schema").expect("a finding");
    (mended.pointer(pointer).expect("a member").clone(), own)
}

#[test]
fn a_word_becomes_another_only_where_that_is_sure() {
    let ground = Ground::of(&sample());
    let cost = "dataset/claims/bridge-cost.json";
    let gazette = "dataset/publishers/aldine-gazette.json";
    let cost_source = "dataset/sources/gazette-cost-2022.json";
    for (path, pointer, wrong, mended, offered) in [
        // Another grade, or the opposite.
        (gazette, "/reliability", "G", "G", None),
        (gazette, "/reliability", "2", "2", None),
        (gazette, "/reliability", "A-", "A-", None),
        (cost, "/status", "inactive", "inactive", None),
        (cost, "/status", "undisputed", "undisputed", None),
        (cost, "/status", "unretracted", "unretracted", None),
        (cost, "/citations/0/stance", "unsupports", "unsupports", None),
        // More than a slip, a short word, a part of a word.
        (cost, "/kind", "mesuremnt", "mesuremnt", Some("measurement")),
        (cost, "/confidence", "lwo", "lwo", Some("low")),
        // One slip, other capitals.
        (cost, "/confidence", "hgih", "high", Some("high")),
        (cost, "/confidence", "LOW", "low", Some("low")),
        (gazette, "/reliability", "b", "B", Some("B")),
        // What the schema says is meant.
        (cost_source, "/type", "act", "legislation", Some("legislation")),
    ] {
        let (after, said) = of_value(&ground, path, pointer, wrong.into());
        let offer = said["fix"].as_object().map(|fix| fix["replacement"].clone());
        let offered = offered.map(|word| Value::from(format!("\"{word}\"")));
        assert_eq!((after, offer), (mended.into(), offered), "{wrong}");
    }
}

#[test]
fn a_reference_becomes_an_id_only_where_that_exists() {
    let ground = Ground::of(&sample());
    let cost = "dataset/claims/bridge-cost.json";
    let gazette = "dataset/sources/gazette-cost-2022.json";
    let source = "/citations/0/source";
    for (path, pointer, wrong, id, help) in [
        (
            cost,
            source,
            "http://gazette.example.org/2022/bridge-cost/",
            Some("gazette-cost-2022"),
            "write `\"gazette-cost-2022\"`, the source with this address",
        ),
        (
            cost,
            source,
            "dataset/sources/gazette-cost-2022.json",
            Some("gazette-cost-2022"),
            "write `\"gazette-cost-2022\"`, without `.json`",
        ),
        (
            cost,
            source,
            "https://www.example.org/nothing-of-ours",
            None,
            "a source is cited by its id; `claimbook new source --url …` makes one",
        ),
        (
            cost,
            source,
            "nothing-of-ours.json",
            None,
            "a source is cited by its id, which `claimbook list sources --text WORD` finds; `claimbook new source` makes one",
        ),
        (
            cost,
            "/subjects/0",
            "Harbour Bridge",
            Some("harbour-bridge"),
            "write `\"harbour-bridge\"`, the subject of this name",
        ),
        (
            cost,
            "/subjects/0",
            "Republic of Aldinia",
            None,
            "a subject is named by its id, which `claimbook list subjects --text WORD` finds; `claimbook new subject` makes one",
        ),
        (
            gazette,
            "/publisher",
            "Institute for bridges",
            Some("bridge-institute"),
            "write `\"bridge-institute\"`, the publisher of this name",
        ),
        (cost, "/topics/0", "Public Money", None, "a topic is named by its id, such as"),
    ] {
        let (after, said) = of_value(&ground, path, pointer, wrong.into());
        assert_eq!(after, id.unwrap_or(wrong), "{wrong}");
        assert!(said["help"].as_str().expect("a help").starts_with(help), "{wrong}: {said:#}");
    }
}

#[test]
fn text_is_put_in_brackets_only_where_a_list_is_one_of_texts() {
    let ground = Ground::of(&sample());
    let gazette = "dataset/sources/gazette-cost-2022.json";
    let (after, said) = of_value(&ground, gazette, "/authors", "John Smith".into());
    assert_eq!(after, "John Smith");
    assert_eq!(said["message"], "`authors` is text, not a list");
    assert_eq!(said["help"], "write a list, such as `[{\"family\": \"…\"}]`");
    let cost = "dataset/claims/bridge-cost.json";
    let (after, _) = of_value(&ground, cost, "/topics", "cost".into());
    assert_eq!(after, serde_json::json!(["cost"]));
}
