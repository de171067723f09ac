//! Checking a change: what it may not do, and that only what it brought in counts, on repositories
//! with releases, merges, moved records and missing history.

mod common;

use common::{
    claimbook, edit,
    place::{Place, rules},
};
use serde_json::{Value, json};
use std::fs;

#[test]
fn a_record_that_moved_is_not_removed() {
    let place = Place::new();
    place.tag("v1.0.0");
    let claims = place.path().join("dataset/claims");
    fs::create_dir_all(claims.join("old/more")).expect("a folder");
    fs::rename(place.claim("bridge-named"), claims.join("old/more/bridge-named.json"))
        .expect("moved");
    let mut lines = String::new();
    for id in ["bridge-decided", "bridge-opened", "visitor-remark"] {
        let text = fs::read_to_string(place.claim(id)).expect("a claim");
        let claim: Value = serde_json::from_str(&text).expect("JSON");
        lines.push_str(&format!("{claim}\n"));
        fs::remove_file(place.claim(id)).expect("removed");
    }
    fs::write(claims.join("more.jsonl"), lines).expect("written");
    claimbook(place.path(), &["fmt"]).expect(0);
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
    // One that is dropped from the lines is, whatever is released after.
    place.commit("Moved");
    place.tag("v1.1.0");
    let text = fs::read_to_string(claims.join("more.jsonl")).expect("lines");
    let rest: String = text.lines().skip(1).map(|line| format!("{line}\n")).collect();
    fs::write(claims.join("more.jsonl"), &rest).expect("written");
    assert_eq!(place.found(&["--base", "HEAD"]), ["released-id-missing bridge-decided"]);
    let message = place.json(&["--base", "HEAD"])["findings"][0]["message"].clone();
    assert_eq!(
        message,
        "the claim `bridge-decided` was released in v1.1.0 and is gone; it stood in dataset/claims/more.jsonl"
    );
    // Here the line stands in the release, and has been rewritten since.
    fs::write(claims.join("more.jsonl"), text.replacen("2019-05-14", "2019-05", 1))
        .expect("written");
    place.commit("Rewritten");
    fs::write(claims.join("more.jsonl"), rest).expect("written");
    assert_eq!(place.found(&["--base", "HEAD"]), ["released-id-missing bridge-decided"]);
}

#[test]
fn a_claim_may_go_only_as_another_of_the_same_words() {
    let place = Place::new();
    let text = fs::read_to_string(place.claim("bridge-opened")).expect("a claim");
    fs::write(place.claim("bridge-opening"), text.replacen("bridge-opened", "bridge-opening", 1))
        .expect("written");
    place.commit("The same twice");
    assert_eq!(place.found(&[]), ["duplicate-claim bridge-opening"]);
    fs::remove_file(place.claim("bridge-opening")).expect("removed");
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
    fs::remove_file(place.claim("bridge-opened")).expect("removed");
    assert_eq!(
        place.found(&["--base", "HEAD"]),
        [
            "mass-change dataset/dataset.json",
            "record-removed bridge-opened",
            "record-removed bridge-opening",
            "unused-record radio-opening-2022",
            "unused-record aldinia"
        ],
    );
}

#[test]
fn a_claim_that_was_never_released_may_go_with_a_word() {
    let place = Place::new();
    fs::remove_file(place.claim("bridge-named")).expect("removed");
    let gone = ["record-removed bridge-named"];
    assert_eq!(place.found(&["--base", "HEAD"]), gone);
    assert_eq!(place.found(&["--base", "HEAD", "--acknowledge", "removes bridge-name"]), gone);
    assert_eq!(place.found(&["--base", "HEAD", "--acknowledge", "removes bridge-named"]), [""; 0]);
    let run = place.check(&["--base", "HEAD", "--acknowledge", "bridge-named"]).expect(2);
    assert!(
        run.stderr.contains("hint: write `weakens 12 claims` or `removes ID`"),
        "{}",
        run.stderr
    );
    place.commit(
        "The leaflet was about another bridge\n\nClaimbook-Acknowledge: removes bridge-named",
    );
    assert_eq!(place.found(&["--base", "HEAD~1"]), [""; 0]);
    assert_eq!(place.found(&["--at", "HEAD", "--base", "HEAD~1"]), [""; 0]);
    // What was released is not in the hands of who removes it.
    place
        .repo
        .git
        .tag_lightweight(
            "v1.0.0",
            &place.repo.git.revparse_single("HEAD~1").expect("a commit"),
            false,
        )
        .expect("a tag");
    assert_eq!(place.found(&["--base", "HEAD~1"]), ["released-id-missing bridge-named"]);
}

#[test]
fn every_release_counts_and_nothing_else_does() {
    let place = Place::new();
    place.set(
        "bridge-named",
        json!({"id": "bridge-christened", "statement": "The bridge was christened."}),
    );
    place.commit("Never released but in tags that are none");
    for tag in ["vendor-1.0.0", "v1.0.0-rc.1", "v1.0", "data-v1.0.0", "v1.0.0.0"] {
        place.tag(tag);
    }
    fs::remove_file(place.claim("bridge-christened")).expect("removed");
    assert_eq!(place.found(&["--base", "HEAD"]), ["record-removed bridge-christened"]);
    let said = place.json(&["--base", "HEAD"])["findings"][0]["message"].clone();
    assert_eq!(
        said,
        "the claim `bridge-christened` is gone; it stood in dataset/claims/bridge-christened.json"
    );
    // An old release has it; the newest has not.
    place.tag("v0.9.0+build.7");
    place.commit("Gone");
    place.tag("v1.0.0");
    assert_eq!(place.found(&["--base", "HEAD~1"]), ["released-id-missing bridge-christened"]);
    // Who comes later did not do it.
    edit(&place.claim("bridge-cost"), "page 12", "page 13");
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
    fs::write(place.path().join("dataset/README.md"), "More.\n").expect("written");
    let all = place.json(&["--base", "HEAD", "--all"]);
    assert_eq!(rules(&all), ["released-id-missing bridge-christened"]);
    assert_eq!(
        all["findings"].as_array().expect("findings").iter().filter(|f| f["new"] == true).count(),
        0
    );
    // A tombstone is enough, and need not begin as a new claim does.
    place.write(&json!({"id": "bridge-christened", "status": "removed", "status_date": "2025-03-11", "status_note": "Only the tombstone is left."}));
    assert_eq!(place.found(&["--base", "HEAD", "--all"]), [""; 0]);
}

#[test]
fn the_prefix_of_release_tags_is_that_of_the_dataset() {
    let place = Place::new();
    let meta = place.path().join("dataset/dataset.json");
    edit(
        &meta,
        "\"policy\": {",
        "\"release\": {\n    \"tag_prefix\": \"data-v\"\n  },\n  \"policy\": {",
    );
    claimbook(place.path(), &["fmt"]).expect(0);
    place.commit("Data has versions of its own");
    place.tag("v1.0.0");
    edit(&place.claim("bridge-cost"), "of 2023.", "of November 2023.");
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
    place.tag("data-v1.0.0");
    assert_eq!(place.found(&["--base", "HEAD"]), ["unexplained-correction bridge-cost"]);
    // To change the prefix does not change what was released.
    edit(&meta, "data-v", "other-v");
    assert_eq!(place.found(&["--base", "HEAD"]), ["unexplained-correction bridge-cost"]);
}

/// A claim of the sample's bridge, with more members or other ones.
fn bridge(id: &str, over: Value) -> Value {
    let mut claim = json!({
        "id": id,
        "statement": format!("The harbour bridge has the property {id}."),
        "kind": "event",
        "subjects": ["harbour-bridge"],
        "topics": ["construction"],
        "date": "2022-09",
        "confidence": "low",
        "citations": [cite("gazette-opening-2022", "secondary")],
        "status": "active",
        "reviewed": "2025-03-10",
    });
    for (key, value) in over.as_object().expect("an object") {
        claim[key] = value.clone();
    }
    claim
}

fn cite(source: &str, directness: &str) -> Value {
    json!({"source": source, "stance": "supports", "directness": directness, "shows": "It says so."})
}

#[test]
fn a_status_changes_only_as_the_table_says() {
    const STATUSES: [&str; 5] = ["active", "disputed", "superseded", "retracted", "removed"];
    let allowed = [
        "none-active",
        "none-disputed",
        "none-superseded",
        "active-disputed",
        "active-superseded",
        "active-retracted",
        "active-removed",
        "disputed-active",
        "disputed-superseded",
        "disputed-retracted",
        "disputed-removed",
        "superseded-retracted",
        "superseded-removed",
        "retracted-removed",
    ];
    let place = Place::with_any_number();
    let of = |id: &str, status: &str| match status {
        "active" => bridge(id, json!({})),
        "removed" => {
            json!({"id": id, "status": "removed", "status_date": "2025-03-11", "status_note": "On request."})
        }
        _ => bridge(
            id,
            json!({"status": status, "status_date": "2025-03-11", "status_note": "So it is."}),
        ),
    };
    let (mut before, mut after, mut expected) = (Vec::new(), Vec::new(), Vec::new());
    for from in STATUSES.into_iter().chain(["none"]) {
        for to in STATUSES {
            let id = format!("{from}-{to}");
            before.extend((from != "none").then(|| of(&id, from)));
            after.push(of(&id, to));
            if from != to && !allowed.contains(&id.as_str()) {
                expected.push(id);
            }
        }
    }
    place.write_all(&before);
    place.commit("Every status");
    place.write_all(&after);
    expected.sort();
    assert_eq!(place.told("status-transition"), expected);
}

#[test]
fn confidence_is_raised_by_evidence_alone() {
    let place = Place::with_any_number();
    let claim = |id: &str, confidence: &str, citations: &[Value]| {
        bridge(id, json!({"confidence": confidence, "citations": citations}))
    };
    let council = || cite("council-decision-2019", "primary");
    let gazette = || cite("gazette-opening-2022", "primary");
    let blog = || cite("blog-traffic-2024", "secondary");
    let against = |stance: &str| {
        let mut against = cite("blog-traffic-2024", "secondary");
        against["stance"] = json!(stance);
        against
    };
    let noted = |mut claim: Value| {
        claim["confidence_note"] = json!("The blog is an impression.");
        claim
    };
    let shown = |words: &str| {
        let mut citation = council();
        citation["shows"] = json!(words);
        citation
    };
    place.write_all(&[
        claim("a-same-again", "low", &[council()]),
        claim("b-other-words", "low", &[council()]),
        claim("c-new-source", "low", &[cite("gazette-opening-2022", "secondary")]),
        claim("d-better", "low", &[cite("council-decision-2019", "secondary")]),
        claim("e-one-that-does-not-count", "low", &[council()]),
        claim("f-same-source-twice", "low", &[gazette()]),
        noted(claim("g-no-longer-against", "low", &[council(), against("contradicts")])),
        claim("h-lowered", "high", &[council()]),
        claim("i-above-all", "low", &[blog()]),
        claim("j-one-taken-away", "low", &[council(), blog()]),
        claim("k-source-better", "low", &[cite("radio-opening-2022", "primary")]),
    ]);
    place.commit("As low as can be");
    place.write_all(&[
        claim("a-same-again", "moderate", &[council()]),
        claim("b-other-words", "moderate", &[shown("It says so twice.")]),
        claim("c-new-source", "moderate", &[council(), cite("gazette-opening-2022", "secondary")]),
        claim("d-better", "moderate", &[council()]),
        claim(
            "e-one-that-does-not-count",
            "moderate",
            &[council(), cite("rumour-toll", "secondary")],
        ),
        claim(
            "f-same-source-twice",
            "moderate",
            &[gazette(), cite("gazette-opening-2022", "secondary")],
        ),
        noted(claim("g-no-longer-against", "moderate", &[council(), against("context")])),
        claim("h-lowered", "moderate", &[council()]),
        claim("i-above-all", "moderate", &[blog()]),
        claim("j-one-taken-away", "moderate", &[council()]),
        claim("k-source-better", "moderate", &[cite("radio-opening-2022", "primary")]),
    ]);
    edit(&place.path().join("dataset/publishers/aldine-radio.json"), "\"C\"", "\"B\"");
    assert_eq!(
        place.told("confidence-unearned"),
        [
            "a-same-again",
            "b-other-words",
            "e-one-that-does-not-count",
            "f-same-source-twice",
            "j-one-taken-away"
        ]
    );
    assert_eq!(place.told("confidence-ceiling"), ["i-above-all"]);
}

#[test]
fn what_was_released_is_corrected_in_the_open() {
    let place = Place::with_any_number();
    let wrong = || json!([{"date": "2025-03-01", "note": "Another date was meant."}]);
    let both = || json!([{"date": "2025-03-01", "note": "Another date was meant."}, {"date": "2025-03-05", "note": "And another day."}]);
    place.write_all(&[
        bridge("a-silent", json!({})),
        bridge("b-explained", json!({})),
        bridge("c-filed-anew", json!({})),
        bridge("d-back-again", json!({})),
        bridge("e-twice", json!({})),
        bridge("f-explained-once", json!({})),
        bridge("g-kind", json!({})),
        bridge("h-quantity", json!({"quantity": {"amount": "2", "unit": "aldine-crowns"}})),
        bridge("i-ends", json!({})),
    ]);
    place.commit("Released");
    place.tag("v1.0.0");
    place.write_all(&[
        bridge("d-back-again", json!({"date": "2021"})),
        bridge("e-twice", json!({"date": "2021", "corrections": wrong()})),
        bridge("f-explained-once", json!({"date": "2021", "corrections": wrong()})),
        bridge("j-never-released", json!({})),
    ]);
    place.commit("Since then");
    place.write_all(&[
        bridge("a-silent", json!({"date": "2022"})),
        bridge("b-explained", json!({"date": "2022", "corrections": wrong()})),
        bridge("c-filed-anew", json!({"topics": ["money"], "confidence": "low"})),
        bridge("d-back-again", json!({})),
        // The entry since the release is about this very field.
        bridge("e-twice", json!({"date": "2020", "corrections": wrong()})),
        // This field departs only now.
        bridge("f-explained-once", json!({"date": "2021", "statement": "The bridge is another one altogether.", "corrections": wrong()})),
        bridge("g-kind", json!({"kind": "state"})),
        bridge("h-quantity", json!({})),
        json!({"id": "i-ends", "status": "removed", "status_date": "2025-03-11", "status_note": "On request."}),
        bridge("j-never-released", json!({"date": "2022"})),
    ]);
    assert_eq!(
        place.told("unexplained-correction"),
        ["a-silent", "f-explained-once", "g-kind", "h-quantity"]
    );
    // Entries are added, and none is taken out.
    place.commit("All of that");
    place.write_all(&[
        bridge("b-explained", json!({"date": "2022", "corrections": both()})),
        bridge("e-twice", json!({"date": "2020"})),
        bridge("f-explained-once", json!({"date": "2021", "statement": "The bridge is another one altogether.", "corrections": [{"date": "2025-03-02", "note": "Another date was meant."}]})),
    ]);
    assert_eq!(place.told("corrections-rewritten"), ["e-twice", "f-explained-once"]);
}

#[test]
fn many_claims_are_weakened_only_with_a_word() {
    let place = Place::new();
    for id in ["bridge-decided", "bridge-opened", "bridge-cost"] {
        let text = fs::read_to_string(place.claim(id)).expect("a claim");
        let lower = text.replace("\"high\"", "\"low\"").replace("\"moderate\"", "\"low\"");
        assert_ne!(text, lower);
        fs::write(place.claim(id), lower).expect("written");
    }
    let told = ["mass-change dataset/dataset.json"];
    let run = place.check(&["--base", "HEAD"]).expect(1).stdout;
    assert!(run.contains("weakens or removes 3 of 10 claims (30 %)"), "{run}");
    assert!(run.contains("`Claimbook-Acknowledge: weakens 3 claims`"), "{run}");
    assert_eq!(place.found(&["--base", "HEAD", "--acknowledge", "weakens 2 claims"]), told);
    assert_eq!(place.found(&["--base", "HEAD", "--acknowledge", "weakens 3 claims"]), [""; 0]);
    place.commit("Less sure\n\nClaimbook-Acknowledge: weakens 2 claims\n");
    let run = place.check(&["--base", "HEAD~1"]).expect(1).stdout;
    assert!(run.contains("a commit acknowledges 2, but it is 3"), "{run}");
    assert_eq!(place.found(&["--at", "HEAD", "--base", "HEAD~1"]), told);
    // A trailer, not a word in passing; in any commit of the change.
    place.commit("On second thought\n\nClaimbook-Acknowledge: weakens 3 claims\nis what one could say.\n\nBut no.");
    assert_eq!(place.found(&["--base", "HEAD~2"]), told);
    place.commit("It is meant\n\nclaimbook-acknowledge: weakens 3 claims\nSigned-off-by: A Tester <a@example.org>\n");
    place.commit("Something else");
    assert_eq!(place.found(&["--base", "HEAD~4"]), [""; 0]);
    assert_eq!(place.found(&["--at", "HEAD", "--base", "HEAD~4"]), [""; 0]);
    // The word was for that change, not for what comes after.
    assert_eq!(place.found(&["--at", "HEAD~3", "--base", "HEAD~4"]), told);
    // One claim is no mass, unless the dataset wants to hear of every one.
    edit(&place.claim("bridge-toll-free"), "\"moderate\"", "\"low\"");
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
    place.switch("master");
    let meta = place.path().join("dataset/dataset.json");
    edit(&meta, "\"policy\": {", "\"policy\": {\n    \"mass_change_percent\": 0,");
    claimbook(place.path(), &["fmt"]).expect(0);
    place.commit("Every one");
    edit(&place.claim("bridge-toll-free"), "\"moderate\"", "\"low\"");
    assert_eq!(place.found(&["--base", "HEAD"]), told);
    // The threshold is the one of the base.
    edit(&meta, "\"mass_change_percent\": 0", "\"mass_change_percent\": 100");
    assert_eq!(place.found(&["--base", "HEAD"]), told);
    assert_eq!(place.found(&["--base", "HEAD", "--acknowledge", "weakens 1 claim"]), [""; 0]);
}

#[test]
fn a_waiver_of_what_a_change_did_is_not_missed_afterwards() {
    let place = Place::new();
    fs::remove_file(place.claim("bridge-named")).expect("removed");
    assert_eq!(place.found(&["--base", "HEAD"]), ["record-removed bridge-named"]);
    let waiver = json!({"waivers": [{"rule": "record-removed", "id": "bridge-named", "reason": "It was a test of the form.", "expires": "2099-01-01"}]});
    fs::write(place.path().join("dataset/waivers.json"), waiver.to_string()).expect("written");
    claimbook(place.path(), &["fmt"]).expect(0);
    assert_eq!(place.found(&["--base", "HEAD"]), [""; 0]);
    assert_eq!(place.found(&[]), [""; 0]);
    place.commit("Removed");
    assert_eq!(place.found(&["--base", "HEAD", "--all"]), [""; 0]);
    // When it has expired it is to go.
    let later = place.found(&["--as-of", "2099-01-02"]);
    assert!(later.contains(&"unused-waiver dataset/waivers.json".to_owned()), "{later:?}");
}
