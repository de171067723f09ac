//! Which findings were there before a change: those that are the same wherever they have moved to, and
//! how each format tells them from new ones.

mod common;

use common::{claimbook, edit, place::Place};
use serde_json::{Value, json};
use std::fs;

#[test]
fn only_what_the_change_brought_in_counts() {
    let place = Place::new();
    edit(&place.claim("bridge-cost"), "\"high\"", "\"hgih\"");
    place.commit("A slip that nobody saw");
    place.check(&[]).expect(1);
    let same = place.check(&["--base", "HEAD"]).expect(0).stdout;
    assert!(same.contains("checked no changed records against HEAD"), "{same}");
    // What is added before it in its file moves it to another line.
    edit(&place.claim("bridge-cost"), "\"id\"", "\"x_note\": \"Read again.\",\n  \"id\"");
    edit(&place.claim("bridge-decided"), "\"active\"", "\"actve\"");
    let run = place.check(&["--base", "HEAD"]).expect(1).stdout;
    assert!(run.contains("did you mean `active`?"), "{run}");
    assert!(!run.contains("did you mean `high`?"), "{run}");
    assert!(run.contains(": 1 error, no warnings"), "{run}");
    assert!(run.contains("\n1 older finding not shown; --all shows them\n"), "{run}");
    let notes = place.check(&["--base", "HEAD", "--notes"]).expect(1).stdout;
    assert!(notes.contains("older findings not shown"), "{notes}");
    let all = place.json(&["--base", "HEAD", "--all"]);
    let new = |rule: &str| -> Vec<bool> {
        let findings = all["findings"].as_array().expect("findings").iter();
        let of_rule = findings.filter(|finding| finding["rule"] == rule);
        of_rule.map(|finding| finding["new"].as_bool().expect("marked")).collect()
    };
    assert_eq!(new("schema"), [false, true]);
    assert_eq!(all["summary"]["errors"], 2);
    let all = place.check(&["--base", "HEAD", "--all"]).expect(1).stdout;
    assert!(all.contains("did you mean `high`?"), "{all}");
    assert!(all.contains("= note: it was there before the change"), "{all}");
    assert!(!all.contains("not shown"), "{all}");
    // Without a base there is nothing to mark.
    assert!(place.json(&[])["findings"][0].get("new").is_none());
    assert!(place.json(&[])["summary"].get("base").is_none());
    // A change that brings in nothing is none the worse for what was there.
    place.commit("Another slip");
    edit(&place.claim("bridge-decided"), "\"actve\"", "\"active\"");
    place.check(&["--base", "HEAD"]).expect(0);
    place.check(&["--base", "HEAD", "--all"]).expect(1);
}

#[test]
fn an_item_of_a_list_is_the_same_wherever_it_stands() {
    let place = Place::new();
    let quote = "\"shows\": \"The mean of eight weeks of counting.\",";
    edit(
        &place.claim("bridge-traffic-2024"),
        "      \"translation\": \"on average 6,200 vehicles\"\n",
        "",
    );
    edit(&place.claim("bridge-traffic-2024"), "Fahrzeuge\",", "Fahrzeuge\"");
    place.commit("A quote without its translation");
    assert_eq!(place.found(&[]), ["untranslated-quote bridge-traffic-2024"]);
    let before = json!({"source": "council-budget-2023", "stance": "supports", "directness": "secondary", "shows": "Takes the number over."});
    let text = fs::read_to_string(place.claim("bridge-traffic-2024")).expect("a claim");
    assert!(text.contains(quote));
    let mut claim: Value = serde_json::from_str(&text).expect("JSON");
    claim["citations"].as_array_mut().expect("a list").insert(0, before);
    place.write(&claim);
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
    // The same slip in another item is another finding.
    claim["citations"].as_array_mut().expect("a list").push(json!({"source": "institute-count-2024", "stance": "supports", "directness": "primary", "shows": "The highest day.", "quote": "am Freitag 8.000"}));
    place.write(&claim);
    assert_eq!(place.found(&["--base", "HEAD"]), ["untranslated-quote bridge-traffic-2024"]);
}

#[test]
fn a_waiver_that_goes_brings_its_finding_back() {
    let place = Place::new();
    edit(
        &place.claim("bridge-decided"),
        "\"citations\"",
        "\"review_by\": \"2025-03-01\",\n  \"citations\"",
    );
    claimbook(place.path(), &["fmt"]).expect(0);
    let waivers = place.path().join("dataset/waivers.json");
    let waiver = json!({"waivers": [{"rule": "date-order", "id": "bridge-decided", "reason": "The archive is closed.", "expires": "2099-01-01"}]});
    fs::write(&waivers, waiver.to_string()).expect("written");
    claimbook(place.path(), &["fmt"]).expect(0);
    place.commit("Waived");
    assert_eq!(place.found(&[]), [""; 0]);
    fs::remove_file(&waivers).expect("removed");
    assert_eq!(place.found(&["--base", "HEAD"]), ["date-order bridge-decided"]);
    // The finding mended and the waiver left behind is another one.
    place.switch("master");
    edit(&place.claim("bridge-decided"), "2025-03-01", "2026-03-01");
    assert_eq!(place.found(&["--base", "HEAD"]), ["unused-waiver dataset/waivers.json"]);
}

/// A slip that was there, and one that is new.
fn two_slips() -> Place {
    let place = Place::new();
    edit(&place.claim("bridge-cost"), "\"high\"", "\"hgih\"");
    place.commit("A slip that nobody saw");
    edit(&place.claim("bridge-decided"), "\"active\"", "\"actve\"");
    place
}

/// The claim and the state of each result that is more than a note.
fn states(place: &Place, args: &[&str]) -> Vec<(String, Value)> {
    let run = place.check(&[args, &["--format", "sarif"]].concat()).expect(1);
    let log: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results").iter();
    let told = results.filter(|result| result["level"] != "note");
    let place = |result: &Value| {
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        uri.as_str().expect("a path").replace("dataset/claims/", "").replace(".json", "")
    };
    told.map(|result| (place(result), result["baselineState"].clone())).collect()
}

#[test]
fn sarif_has_a_state_for_each_result_or_for_none() {
    let place = two_slips();
    let state = |id: &str, state: Value| (id.to_owned(), state);
    let (old, new) =
        (state("bridge-cost", "unchanged".into()), state("bridge-decided", "new".into()));
    assert_eq!(states(&place, &["--base", "HEAD", "--all"]), [old, new.clone()]);
    assert_eq!(states(&place, &["--base", "HEAD"]), [new]);
    let none = ["bridge-cost", "bridge-decided"].map(|id| state(id, Value::Null));
    assert_eq!(states(&place, &[]), none);
}

#[test]
fn junit_names_what_is_new_and_marks_what_is_older() {
    let place = two_slips();
    let report =
        |args: &[&str]| place.check(&[args, &["--format", "junit"]].concat()).expect(1).stdout;
    let all = report(&["--base", "HEAD", "--all"]);
    let begin =
        "<failure type=\"error\" message=\"2 errors, 1 of them older: `actve` is not one of";
    assert!(all.contains(begin), "{all}");
    let text = all.split_once("</failure>").expect("a failure").0;
    let (old, new) = text.split_once("\ndataset/claims/bridge-decided.json").expect("two of them");
    assert!(
        old.contains("dataset/claims/bridge-cost.json")
            && old.ends_with("\n  note: it was there before the change"),
        "{old}"
    );
    assert!(!new.contains("it was there before"), "{new}");
    for report in [report(&["--base", "HEAD"]), report(&[])] {
        assert!(!report.contains("older") && !report.contains("it was there before"), "{report}");
    }
}

/// Adds a source that another was copied from, and cites it in a claim.
fn cite_another(place: &Place, like: &str, id: &str, claim: &str, stance: &str) {
    let sources = place.path().join("dataset/sources");
    let text = fs::read_to_string(sources.join(format!("{like}.json"))).expect("a source");
    let mut source: Value = serde_json::from_str(&text).expect("JSON");
    source["id"] = json!(id);
    source["title"] = json!(format!("Another page: {id}"));
    source["url"] = json!(format!("https://{id}.example.org/"));
    fs::write(sources.join(format!("{id}.json")), source.to_string()).expect("written");
    let text = fs::read_to_string(place.claim(claim)).expect("a claim");
    let mut record: Value = serde_json::from_str(&text).expect("JSON");
    let citation = json!({"source": id, "stance": stance, "directness": "secondary", "shows": "Says it again."});
    record["citations"].as_array_mut().expect("a list").push(citation);
    place.write(&record);
}

/// The findings of a rule against HEAD, with whether each is new.
fn of_rule(place: &Place, rule: &str) -> Vec<(String, bool)> {
    let report = place.json(&["--base", "HEAD", "--all"]);
    let findings = report["findings"].as_array().expect("findings").iter();
    let of_rule = findings.filter(|finding| finding["rule"] == rule);
    let part = |finding: &Value, key: &str| finding[key].as_str().expect("text").to_owned();
    let told =
        of_rule.map(|finding| (part(finding, "id"), finding["new"].as_bool().expect("marked")));
    told.collect()
}

#[test]
fn a_count_that_moves_makes_no_finding_new() {
    let place = Place::new();
    let publisher = place.path().join("dataset/publishers/aldine-radio.json");
    edit(&publisher, "\"C\"", "\"F\",\n  \"note\": \"A station of the town.\"");
    claimbook(place.path(), &["fmt"]).expect(0);
    place.commit("The radio is not judged");
    cite_another(&place, "radio-opening-2022", "radio-again", "bridge-decided", "context");
    assert_eq!(of_rule(&place, "unrated-publisher"), [("aldine-radio".to_owned(), false)]);
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
    let told = place.check(&["--base", "HEAD", "--all"]).stdout;
    assert!(told.contains("it is the publisher of 2 sources"), "{told}");
    // Another voice of the same origin.
    cite_another(&place, "radio-opening-2022", "radio-once-more", "bridge-opened", "supports");
    let known = ["bridge-opened", "bridge-toll-free"].map(|id| (id.to_owned(), false));
    assert_eq!(of_rule(&place, "single-origin"), known);
}

#[test]
fn claims_that_grow_more_alike_were_alike_before() {
    let place = Place::new();
    let text = fs::read_to_string(place.claim("bridge-cost")).expect("a claim");
    let mut claim: Value = serde_json::from_str(&text).expect("JSON");
    let statement = claim["statement"].as_str().expect("text").to_owned();
    claim["id"] = json!("bridge-cost-again");
    claim["statement"] = json!(format!("Surely {}", statement.replacen("The", "the", 1)));
    claim.as_object_mut().expect("an object").remove("relations");
    place.write(&claim);
    assert_eq!(of_rule(&place, "similar-claim"), [("bridge-cost-again".to_owned(), true)]);
    place.commit("Nearly the same");
    claim["statement"] = json!(format!("Quite surely {}", statement.replacen("The", "the", 1)));
    place.write(&claim);
    assert_eq!(of_rule(&place, "similar-claim"), [("bridge-cost-again".to_owned(), false)]);
}

/// Members of a record, set in the file at `path` below `dataset/`; null takes one away.
fn set(place: &Place, path: &str, members: Value) {
    let path = place.path().join("dataset").join(path);
    let text = fs::read_to_string(&path).expect("a record");
    let mut record: Value = serde_json::from_str(&text).expect("JSON");
    for (key, value) in members.as_object().expect("members") {
        record[key] = value.clone();
    }
    fs::write(path, record.to_string()).expect("written");
}

/// A copy of a record with other members, in a file of its own.
fn another(place: &Place, kind: &str, of: &str, id: &str, mut members: Value) {
    let folder = place.path().join("dataset").join(kind);
    fs::copy(folder.join(format!("{of}.json")), folder.join(format!("{id}.json"))).expect("copied");
    members["id"] = json!(id);
    set(place, &format!("{kind}/{id}.json"), members);
}

#[test]
fn what_other_records_say_makes_no_finding_new() {
    type Edit = fn(&Place);
    let cases: &[(&str, &str, Edit, Edit)] = &[
        (
            "unknown-reference",
            "bridge-cost",
            |p| edit(&p.claim("bridge-cost"), "\"gazette-cost-2022\"", "\"harbour-report\""),
            |p| another(p, "sources", "gazette-cost-2022", "harbour-reports", json!({})),
        ),
        (
            "confidence-ceiling",
            "bridge-opened",
            |p| edit(&p.claim("bridge-opened"), "\"moderate\"", "\"high\""),
            |p| set(p, "publishers/aldine-gazette.json", json!({"reliability": "D"})),
        ),
        (
            "duplicate-claim",
            "bridge-opened-2",
            |p| another(p, "claims", "bridge-opened", "bridge-opened-2", json!({})),
            |p| another(p, "claims", "bridge-opened", "bridge-again", json!({})),
        ),
        (
            "similar-claim",
            "bridge-opened-2",
            |p| {
                let statement =
                    "The new harbour bridge of Port Aldine opened to traffic on 3 September 2022.";
                another(
                    p,
                    "claims",
                    "bridge-opened",
                    "bridge-opened-2",
                    json!({"statement": statement}),
                );
            },
            |p| {
                let statement =
                    "The harbour bridge of Port Aldine opened up to traffic on 3 September 2022.";
                another(
                    p,
                    "claims",
                    "bridge-opened",
                    "bridge-again",
                    json!({"statement": statement}),
                );
            },
        ),
        (
            "duplicate-source",
            "radio-opening-2022",
            |p| {
                let url = "https://gazette.example.org/2022/bridge-opening";
                set(p, "sources/gazette-opening-2022.json", json!({"url": url}));
                set(p, "sources/radio-opening-2022.json", json!({"url": url}));
            },
            |p| {
                another(p, "sources", "gazette-opening-2022", "a-page", json!({}));
                let cite = |source: &str| json!({"source": source, "stance": "supports", "directness": "secondary", "shows": "The opening."});
                let all = ["a-page", "gazette-opening-2022", "radio-opening-2022"].map(cite);
                set(p, "claims/bridge-opened.json", json!({"citations": all}));
            },
        ),
        (
            "relation-target",
            "bridge-cost",
            |p| set(p, "claims/bridge-cost-estimate.json", json!({"status": "active"})),
            |p| set(p, "claims/bridge-cost-estimate.json", json!({"status": "disputed"})),
        ),
        (
            "untranslated-quote",
            "bridge-traffic-2024",
            |p| {
                let fields = "\",\n      \"translation\": \"on average 6,200 vehicles\"";
                edit(&p.claim("bridge-traffic-2024"), fields, "\"");
            },
            |p| set(p, "sources/institute-count-2024.json", json!({"lang": "de-CH"})),
        ),
        (
            "date-order",
            "bridge-cost",
            |p| edit(&p.claim("bridge-cost"), "\"2025-03-10\"", "\"2023-02-01\""),
            |p| set(p, "sources/council-budget-2023.json", json!({"issued": "2023-10"})),
        ),
        (
            "date-order",
            "bridge-traffic-2024",
            |p| edit(&p.claim("bridge-traffic-2024"), "\"2024-04/2024-05\"", "\"2025-01\""),
            |p| set(p, "sources/institute-count-2024.json", json!({"issued": "2024-06-01"})),
        ),
        (
            "stale-claim",
            "bridge-opened",
            |p| set(p, "claims/bridge-opened.json", json!({"reviewed": "2023-03-10"})),
            |p| set(p, "dataset.json", json!({"policy": {"review_months": {"event": 24}}})),
        ),
    ];
    for (rule, id, before, after) in cases {
        let place = Place::new();
        let told = || {
            let report = place.json(&["--base", "HEAD", "--all", "--as-of", "2027-01-01"]);
            let findings = report["findings"].as_array().expect("findings").clone();
            let mut told = findings.into_iter().filter(|f| f["rule"] == *rule && f["id"] == *id);
            let found = told.next().unwrap_or_else(|| panic!("no {rule} of {id}: {report}"));
            assert!(told.next().is_none(), "{rule} of {id} twice: {report}");
            (found["message"].as_str().expect("text").to_owned(), found["new"] == true)
        };
        before(&place);
        let (first, new) = told();
        assert!(new, "{rule}");
        place.commit("It is wrong");
        after(&place);
        let (second, new) = told();
        assert_ne!(first, second, "{rule}: nothing moved");
        assert!(!new, "{rule}: {second}");
    }
}
