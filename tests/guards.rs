//! What must not change for a part of the dataset to be enough to check a change: a case for each
//! guard, in which the records that changed and what they name would tell something else than all.

mod common;

use common::{claimbook, edit, place::Place};
use serde_json::{Value, json};
use std::fs;

/// What a change brings in, after making sure that everything was read for it.
#[track_caller]
fn by_all(place: &Place) -> Vec<String> {
    let found = place.found(&["--base", "HEAD"]);
    let base = place.json(&["--base", "HEAD"])["summary"]["base"].clone();
    assert_eq!(base["records"], "all", "found {found:?}");
    found
}

/// Changes a claim as JSON.
fn change(place: &Place, id: &str, how: impl FnOnce(&mut Value)) {
    let text = fs::read_to_string(place.claim(id)).expect("a claim");
    let mut claim = serde_json::from_str(&text).expect("JSON");
    how(&mut claim);
    place.write(&claim);
}

fn statement(place: &Place, id: &str) -> Value {
    let text = fs::read_to_string(place.claim(id)).expect("a claim");
    serde_json::from_str::<Value>(&text).expect("JSON")["statement"].clone()
}

#[test]
fn what_touches_nothing_else_needs_no_more_than_a_part() {
    let place = Place::new();
    edit(&place.claim("bridge-cost"), "page 12", "page 13");
    let report = place.json(&["--base", "HEAD"]);
    assert_eq!(report["summary"]["base"]["records"], "changed");
    assert_eq!(report["findings"], json!([]));
}

#[test]
fn a_record_that_is_mended_lets_rules_speak_of_others() {
    let place = Place::new();
    let sources = place.path().join("dataset/sources");
    let text = fs::read_to_string(sources.join("radio-opening-2022.json")).expect("a source");
    let text = text.replace("radio-opening-2022", "cited-by-nobody").replace("/bridge", "/other");
    fs::write(sources.join("cited-by-nobody.json"), text).expect("written");
    // Whatever that citation means to say: it may name any source.
    edit(&place.claim("bridge-decided"), "\"supports\"", "\"suports\"");
    place.commit("A slip, and a source that nothing cites");
    assert_eq!(place.found(&[]), ["schema bridge-decided"]);
    edit(&place.claim("bridge-decided"), "\"suports\"", "\"supports\"");
    assert_eq!(by_all(&place), ["unused-record cited-by-nobody"]);
}

#[test]
fn a_statement_is_compared_with_those_of_all_claims() {
    let place = Place::new();
    let said = statement(&place, "bridge-cost");
    change(&place, "bridge-second-lane", |claim| claim["statement"] = said);
    assert_eq!(by_all(&place), ["duplicate-claim bridge-second-lane"]);
}

#[test]
fn a_source_may_be_cited_elsewhere_too() {
    let place = Place::new();
    change(&place, "bridge-toll-free", |claim| {
        claim["citations"].as_array_mut().expect("a list").remove(0);
    });
    assert_eq!(by_all(&place), [""; 0]);
}

#[test]
fn a_claim_that_becomes_high_may_be_contradicted_by_one_that_is() {
    let place = Place::new();
    change(&place, "bridge-decided", |claim| {
        claim["relations"] = json!([{"type": "contradicts", "claim": "bridge-opened"}]);
    });
    place.commit("A contradiction");
    edit(&place.claim("bridge-opened"), "\"moderate\"", "\"high\"");
    let found = by_all(&place);
    assert!(found.contains(&"high-contradiction bridge-decided".to_owned()), "{found:?}");
}

#[test]
fn what_disputes_a_claim_may_be_said_elsewhere_too() {
    let place = Place::new();
    change(&place, "bridge-opened", |claim| {
        claim["relations"] = json!([{"type": "contradicts", "claim": "bridge-decided"}]);
    });
    change(&place, "bridge-decided", |claim| {
        claim["status"] = json!("disputed");
        claim["status_date"] = json!("2025-03-10");
        claim["status_note"] = json!("The newspaper has another day.");
        claim["confidence"] = json!("low");
        claim["confidence_note"] = json!("The minutes say it, and the newspaper does not.");
        claim["citations"].as_array_mut().expect("a list").push(json!({
            "source": "gazette-cost-2022", "stance": "contradicts", "directness": "secondary",
            "shows": "Names another day."
        }));
    });
    place.commit("Disputed");
    assert_eq!(place.found(&[]), [""; 0]);
    edit(&place.claim("bridge-decided"), "\"contradicts\"", "\"context\"");
    assert_eq!(by_all(&place), [""; 0]);
}

#[test]
fn a_publisher_counts_for_every_claim_that_rests_on_it() {
    let place = Place::with_any_number();
    place.commit("Any number may be weakened");
    let publisher = place.path().join("dataset/publishers/bridge-institute.json");
    let text = fs::read_to_string(&publisher).expect("a publisher");
    let mut record: Value = serde_json::from_str(&text).expect("JSON");
    record["reliability"] = json!("D");
    fs::write(&publisher, record.to_string()).expect("written");
    claimbook(place.path(), &["fmt"]).expect(0);
    assert_eq!(by_all(&place), ["dispute-status bridge-traffic-2024"]);
}

#[test]
fn a_waiver_may_accept_what_is_said_of_another_kind_too() {
    let place = Place::new();
    // A claim and a source with one id, each with dates that cannot be.
    let source = place.path().join("dataset/sources/radio-opening-2022.json");
    edit(&source, "\"accessed\": \"20", "\"accessed\": \"19");
    let text = fs::read_to_string(place.claim("bridge-decided")).expect("a claim");
    let mut claim: Value = serde_json::from_str(&text).expect("JSON");
    claim["id"] = json!("radio-opening-2022");
    claim["statement"] = json!("Nobody had asked the people of Port Aldine by the end of 2019.");
    claim["review_by"] = json!("2025-03-01");
    place.write(&claim);
    let waiver = json!({"waivers": [{"rule": "date-order", "id": "radio-opening-2022", "reason": "It is known for now.", "expires": "2099-01-01"}]});
    fs::write(place.path().join("dataset/waivers.json"), waiver.to_string()).expect("written");
    claimbook(place.path(), &["fmt"]).expect(0);
    place.commit("Waived for both");
    let report = place.json(&[]);
    assert_eq!(
        (&report["summary"]["waived"], &report["summary"]["errors"]),
        (&json!(2), &json!(0))
    );
    edit(&place.claim("radio-opening-2022"), "2025-03-01", "2026-03-01");
    assert_eq!(by_all(&place), [""; 0]);
}

#[test]
fn how_many_are_weakened_is_a_share_of_all() {
    let place = Place::new();
    let meta = place.path().join("dataset/dataset.json");
    edit(&meta, "\"policy\": {", "\"policy\": {\n    \"mass_change_percent\": 20,");
    claimbook(place.path(), &["fmt"]).expect(0);
    place.commit("A fifth may be weakened at once");
    for id in ["bridge-cost", "bridge-decided"] {
        edit(&place.claim(id), "\"high\"", "\"moderate\"");
    }
    assert_eq!(by_all(&place), [""; 0]);
}
