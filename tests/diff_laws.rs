//! What holds for every pair of datasets: nothing that is the same is told, nothing that differs goes
//! untold, reading less gives the same, and a change set gives the new bundle.

mod common;

use claimbook::{
    between::Between,
    diff::{Bump, Change, Changes, Of, Record, VERBS, compare},
    document::Json,
    finding::Origin,
    model::{Dataset, RecordKind, Which},
    publish::{self, Edition},
    snapshot::{Commit, Moment},
    templates::Templates,
};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path, sync::LazyLock};

/// Records by path below `dataset/`.
type Files = BTreeMap<String, Value>;

/// A record, one of its keys, and what to put there.
type Edit = (Index, Index, Index);

/// The sample dataset.
fn sample() -> Files {
    let below = common::sample().join("dataset");
    let files = common::files(&below).into_iter();
    files.map(|(path, text)| (path, serde_json::from_slice(&text).expect("JSON"))).collect()
}

/// What a key of a record may hold; null where it may be missing.
fn choices(path: &str) -> Vec<(&'static str, Vec<Value>)> {
    let cite = |source: &str, stance: &str, directness: &str, shows: &str| json!({"source": source, "stance": stance, "directness": directness, "shows": shows});
    let council = cite("council-budget-2023", "supports", "primary", "The sum.");
    let gazette = cite("gazette-cost-2022", "supports", "secondary", "The same sum.");
    let blog = cite("blog-traffic-2024", "contradicts", "secondary", "Another sum.");
    let context = cite("council-budget-2023", "context", "primary", "The sum.");
    let radio = cite("radio-opening-2022", "supports", "primary", "Heard it.");
    match path.split('/').next() {
        Some("claims") => vec![
            ("statement", vec![json!("It opened in May."), json!("It opened in June.")]),
            ("kind", vec![json!("event"), json!("state"), json!("forecast")]),
            ("subjects", vec![json!(["aldinia"]), json!(["aldinia", "harbour-bridge"])]),
            ("topics", vec![json!(["money"]), json!(["traffic", "money"])]),
            ("date", vec![json!("2022"), json!("2022-09"), json!("2023/.."), json!("2024/2026")]),
            (
                "quantity",
                vec![
                    Value::Null,
                    json!({"amount": "1", "unit": "cars"}),
                    json!({"amount": "2", "unit": "cars"}),
                ],
            ),
            ("confidence", vec![json!("high"), json!("moderate"), json!("low")]),
            ("confidence_note", vec![Value::Null, json!("So it is.")]),
            ("likelihood", vec![Value::Null, json!("likely")]),
            (
                "citations",
                vec![
                    json!([council]),
                    json!([council, gazette]),
                    json!([gazette, council]),
                    json!([council, blog, radio]),
                    json!([context, gazette]),
                    json!([blog]),
                ],
            ),
            (
                "relations",
                vec![Value::Null, json!([{"type": "supersedes", "claim": "bridge-cost"}])],
            ),
            (
                "status",
                vec![
                    json!("active"),
                    json!("disputed"),
                    json!("superseded"),
                    json!("retracted"),
                    json!("odd"),
                ],
            ),
            ("status_note", vec![Value::Null, json!("Since it was wrong.")]),
            (
                "corrections",
                vec![
                    Value::Null,
                    json!([{"date": "2025-01-01", "note": "Wrong month."}]),
                    json!([{"date": "2025-01-01", "note": "Wrong year."}, {"date": "2025-02-01", "note": "Wrong."}]),
                ],
            ),
            ("reviewed", vec![json!("2025-03-10"), json!("2025-03-11"), json!("2027-01-01")]),
            ("x_ours", vec![Value::Null, json!({"b": 1, "a": [2, 1]})]),
        ],
        Some("sources") => vec![
            ("title", vec![json!("A title"), json!("Another title")]),
            ("publisher", vec![json!("aldine-council"), json!("aldine-radio")]),
            ("issued", vec![json!("2019"), json!("2024-01-01")]),
            ("reliability", vec![Value::Null, json!("C"), json!("E")]),
            (
                "derived_from",
                vec![Value::Null, json!(["gazette-opening-2022"]), json!(["council-budget-2023"])],
            ),
            ("status", vec![Value::Null, json!("corrected"), json!("retracted")]),
        ],
        Some("publishers") => vec![
            ("name", vec![json!("A name"), json!("Another name")]),
            ("reliability", ["A", "B", "C", "D", "E", "F"].map(Value::from).to_vec()),
            ("owner", vec![Value::Null, json!("one-house"), json!("other-house")]),
            ("kind", vec![json!("government"), json!("news")]),
        ],
        Some("subjects") => vec![("name", vec![json!("A name"), json!("Another name")])],
        _ => vec![
            ("license", vec![json!("CC0-1.0"), json!("CC-BY-4.0"), json!("CC-BY-NC-4.0")]),
            ("title", vec![json!("A title"), json!("Another title")]),
            ("homepage", vec![Value::Null, json!("https://example.org/")]),
            ("policy", vec![Value::Null, json!({"high_groups": 3}), json!({"act_kinds": []})]),
            (
                "topics",
                vec![
                    json!({"money": {"label": "Money"}, "traffic": {"label": "Traffic"}}),
                    json!({"traffic": {"label": "Traffic"}, "money": {"label": "Cash"}}),
                    json!({"money": {"label": "Money"}}),
                ],
            ),
            ("x_ours", vec![Value::Null, json!(1)]),
        ],
    }
}

/// Makes edits; one in ten takes the record out.
fn edited(files: &Files, edits: &[Edit], wanted: fn(&str) -> bool) -> Files {
    let mut files = files.clone();
    for (record, key, value) in edits {
        let paths: Vec<String> = files.keys().filter(|path| wanted(path)).cloned().collect();
        let Some(path) = paths.get(record.index(paths.len().max(1))) else { continue };
        if key.index(10) == 0 && path != "dataset.json" {
            files.remove(path);
            continue;
        }
        let choices = choices(path);
        let (key, values) = &choices[key.index(choices.len())];
        let record = files.get_mut(path).expect("a record").as_object_mut().expect("an object");
        match &values[value.index(values.len())] {
            Value::Null => record.remove(*key),
            value => record.insert((*key).to_owned(), value.clone()),
        };
    }
    files
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    proptest::collection::vec(any::<Edit>(), 0..12)
}

fn any_record(_: &str) -> bool {
    true
}

fn which(path: &str) -> Which<'_> {
    let Some((folder, name)) = path.rsplit_once('/') else { return Which::Meta };
    let kind = RecordKind::ALL.into_iter().find(|kind| folder.starts_with(kind.folder()));
    Which::Record(kind.expect("a folder of records"), name.strip_suffix(".json"))
}

/// The dataset that texts hold.
fn read<'t>(texts: impl IntoIterator<Item = (&'t String, String)>) -> Dataset {
    let mut dataset = Dataset::default();
    for (path, text) in texts {
        let (json, _) = Json::parse(&text).expect("JSON");
        let origin = Origin { file: 0, start: 0, end: 0 };
        let which = which(path);
        let id = which.id(&json);
        dataset.add(which.item(&json, origin, Vec::new(), id));
    }
    if let Some(meta) = &dataset.meta {
        dataset.policy = meta.record.policy.clone();
    }
    dataset
}

fn dataset(files: &Files) -> Dataset {
    read(files.iter().map(|(path, value)| (path, value.to_string())))
}

fn bundle(dataset: &Dataset, commit: &Commit) -> String {
    static TEMPLATES: LazyLock<Templates> =
        LazyLock::new(|| Templates::new(BTreeMap::new()).expect("templates"));
    publish::bundle(&Edition::new(dataset, Some(commit), &TEMPLATES).expect("an edition"))
}

/// The same value in other bytes: members the other way round, letters as escapes, much space.
fn other_bytes(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            out.push_str("{ ");
            for (i, (key, value)) in members.iter().rev().enumerate() {
                out.push_str(if i > 0 { " ,\r\n\t" } else { "" });
                other_bytes(&Value::from(key.as_str()), out);
                out.push_str(" : ");
                other_bytes(value, out);
            }
            out.push_str(" }");
        }
        Value::Array(items) => {
            let words = items.iter().all(Value::is_string);
            let mut items: Vec<&Value> = items.iter().collect();
            if words {
                items.reverse();
            }
            out.push_str("[ ");
            for (i, item) in items.into_iter().enumerate() {
                out.push_str(if i > 0 { " , " } else { "" });
                other_bytes(item, out);
            }
            out.push_str(" ]");
        }
        Value::String(text) => {
            out.push('"');
            for unit in text.encode_utf16() {
                out.push_str(&format!("\\u{unit:04x}"));
            }
            out.push('"');
        }
        other => out.push_str(&other.to_string()),
    }
}

/// How the files of a dataset are laid out.
#[derive(Clone, Copy, Debug)]
enum Layout {
    /// One record a file.
    Files,
    /// The same, all of them a folder further down.
    Deeper,
    /// One file a kind, one record a line.
    Lines,
}

fn layouts() -> impl Strategy<Value = Layout> {
    prop_oneof![Just(Layout::Files), Just(Layout::Deeper), Just(Layout::Lines)]
}

/// Writes files as a commit of a bare repository.
fn commit(git: &git2::Repository, files: &Files, layout: Layout) -> String {
    let mut index = git2::Index::new().expect("an index");
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (path, value) in files {
        match (path.split_once('/'), layout) {
            (Some((folder, _)), Layout::Lines) => {
                let all = texts.entry(format!("dataset/{folder}/all.jsonl")).or_default();
                all.push_str(&format!("{value}\n"));
            }
            (Some((folder, name)), Layout::Deeper) => {
                texts.insert(format!("dataset/{folder}/below/{name}"), value.to_string());
            }
            _ => {
                texts.insert(format!("dataset/{path}"), value.to_string());
            }
        }
    }
    for (path, text) in &texts {
        let id = git.blob(text.as_bytes()).expect("a blob");
        let zero = git2::IndexTime::new(0, 0);
        let entry = git2::IndexEntry {
            ctime: zero,
            mtime: zero,
            dev: 0,
            ino: 0,
            mode: 0o100_644,
            uid: 0,
            gid: 0,
            file_size: 0,
            id,
            flags: 0,
            flags_extended: 0,
            path: path.clone().into_bytes(),
        };
        index.add(&entry).expect("added");
    }
    let tree = git.find_tree(index.write_tree_to(git).expect("a tree")).expect("a tree");
    let who = git2::Signature::new("A Tester", "tester@example.org", &git2::Time::new(0, 0));
    let who = who.expect("a signature");
    git.commit(None, &who, &who, "All", &tree, &[]).expect("a commit").to_string()
}

fn between(folder: &Path, old: &str, new: &str) -> Changes {
    let moment = |rev: &str| Moment::revision(folder, rev).expect("a revision");
    Between::read(&moment(old), &moment(new)).expect("read").changes()
}

/// Whether the table of verbs knows a change like this.
fn in_the_table(change: &Change) -> bool {
    let info = VERBS.iter().find(|info| info.verb == change.verb).expect("a verb");
    let of = match info.of {
        Of::Any => true,
        Of::Claims => change.record == Record::Claim,
        Of::Records => change.record != Record::Claim,
        Of::Evidence => matches!(change.record, Record::Source | Record::Publisher),
        Of::Schemas => change.record == Record::Schema,
    };
    of && info.weights.contains(&change.weight) && info.bumps.contains(&change.bump)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_the_same_did_not_change(first in edits()) {
        let files = edited(&sample(), &first, any_record);
        let a = dataset(&files);
        prop_assert_eq!(compare(&a, &a).changes, []);
        // The order of its vocabularies is what readers see.
        let other = files.iter().map(|(path, value)| {
            let mut text = String::new();
            match which(path) {
                Which::Meta => text = value.to_string(),
                _ => other_bytes(value, &mut text),
            }
            (path, text)
        });
        let changes = compare(&a, &read(other));
        prop_assert_eq!(&changes.changes, &[]);
        prop_assert_eq!(changes.bump, Bump::None);
    }

    #[test]
    fn what_differs_is_told(first in edits(), second in edits()) {
        let a = edited(&sample(), &first, any_record);
        let b = edited(&a, &second, any_record);
        let changes = compare(&dataset(&a), &dataset(&b));
        prop_assert_eq!(changes.is_empty(), a == b);
        prop_assert_eq!(changes.bump == Bump::None, a == b);
        for change in &changes.changes {
            prop_assert!(in_the_table(change), "{:?}", change);
        }
        // Each record that differs is named.
        for path in a.keys().chain(b.keys()).filter(|path| a.get(*path) != b.get(*path)) {
            let Which::Record(kind, Some(id)) = which(path) else { continue };
            let record = Record::from(kind);
            prop_assert!(changes.changes.iter().any(|c| c.record == record && c.id == id), "{}", path);
        }
    }

    #[test]
    fn a_bump_on_the_way_is_no_less(first in edits(), second in edits(), third in edits()) {
        let files = [
            edited(&sample(), &first, any_record),
            edited(&edited(&sample(), &first, any_record), &second, any_record),
            edited(&edited(&edited(&sample(), &first, any_record), &second, any_record), &third, any_record),
        ];
        let [a, b, c] = files.map(|files| dataset(&files));
        let way = compare(&a, &b).bump.max(compare(&b, &c).bump);
        prop_assert!(compare(&a, &c).bump <= way);
    }

    #[test]
    fn steps_that_undo_nothing_add_up(first in edits(), second in edits()) {
        // The second step touches other claims than the first, and nothing that claims rest on.
        let early = |path: &str| path < "claims/bridge-n" || !path.starts_with("claims/");
        let late = |path: &str| path >= "claims/bridge-n" && path.starts_with("claims/");
        let a = sample();
        let b = edited(&a, &first, early);
        let c = edited(&b, &second, late);
        let [a, b, c] = [a, b, c].map(|files| dataset(&files));
        let steps = compare(&a, &b).bump.max(compare(&b, &c).bump);
        prop_assert_eq!(compare(&a, &c).bump, steps);
    }

    #[test]
    fn a_change_set_gives_the_new_bundle(first in edits(), second in edits()) {
        let a = edited(&sample(), &first, any_record);
        let b = edited(&a, &second, any_record);
        let commits = ["a", "b"].map(|id| Commit { id: id.repeat(40), time: 0 });
        let old = bundle(&dataset(&a), &commits[0]);
        let new = bundle(&dataset(&b), &commits[1]);
        let changes = publish::changes::between(&old, &new).expect("a change set");
        let applied = publish::changes::apply(&old, &changes).expect("applies");
        prop_assert_eq!(applied.as_deref(), Some(new.as_str()));
        prop_assert_eq!(publish::changes::apply(&new, &changes).expect("applies"), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_what_changed_is_reading_everything(
        first in edits(), second in edits(), layouts in (layouts(), layouts()),
    ) {
        let a = edited(&sample(), &first, any_record);
        let b = edited(&a, &second, any_record);
        let folder = tempfile::tempdir().expect("a folder");
        let git = git2::Repository::init_bare(folder.path()).expect("a repository");
        let (old, new) = (commit(&git, &a, layouts.0), commit(&git, &b, layouts.1));
        let whole = compare(&dataset(&a), &dataset(&b));
        prop_assert_eq!(between(folder.path(), &old, &new).changes, whole.changes);
    }
}
