//! What `show` says of citations against a claim that do not count.

mod common;

use common::{claimbook, edit, place::Place};
use serde_json::json;

fn shown(place: &Place, id: &str) -> String {
    claimbook(place.path(), &["show", id]).expect(0).stdout
}

#[test]
fn a_source_against_the_claim_is_too_weak_beside_a_better_one() {
    let place = Place::new();
    let shown = shown(&place, "bridge-traffic-2024");
    assert!(
        shown.contains("not counted [2] contradicts, but is too weak beside the support"),
        "{shown}"
    );
}

#[test]
fn a_source_that_is_not_judged_is_told_as_such() {
    let place = Place::new();
    let blog = place.path().join("dataset/publishers/harbour-blog.json");
    edit(&blog, r#""reliability": "D""#, r#""reliability": "F", "note": "Found last week.""#);
    let shown = shown(&place, "bridge-traffic-2024");
    assert!(
        shown.contains("not counted [2] contradicts, but is rated F, not judged yet"),
        "{shown}"
    );
}

#[test]
fn nothing_is_weaker_than_no_support() {
    let place = Place::new();
    let citation = |source: &str, stance: &str| json!({"source": source, "stance": stance, "directness": "secondary", "shows": "It says so."});
    let citations =
        [citation("rumour-toll", "supports"), citation("gazette-cost-2022", "contradicts")];
    place.set("bridge-cost", json!({"citations": citations}));
    let shown = shown(&place, "bridge-cost");
    assert!(
        shown.contains("not counted [2] contradicts a claim that nothing supports which counts"),
        "{shown}"
    );
}

#[test]
fn a_flawed_publisher_leaves_the_letter_open() {
    let place = Place::new();
    let blog = place.path().join("dataset/publishers/harbour-blog.json");
    edit(&blog, r#""reliability": "D""#, r#""reliability": "G""#);
    let shown = shown(&place, "bridge-traffic-2024");
    assert!(shown.contains("(Harbour Blog, its letter not known; 2024~)"), "{shown}");
}
