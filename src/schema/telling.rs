//! From what a schema refuses to what is told: one problem for one mistake, at the place to change.
//!
//! A validator reports every keyword that failed. A misspelt key is then an unknown key and a
//! missing one; a wrong `status` fails every condition on the status. Here each mistake is told
//! once, and the errors that only follow from it are left out.

use super::{
    kinds::Other,
    nodes::Schema,
    problem::Problem,
    refusal::{Refusal, What},
    tree::Tree,
    words::Held,
};
use crate::{date::Day, document::Json, text::code_list};
use jsonschema::Validator;

/// Everything `validator`, compiled from `root`, refuses in `record`, told on a day.
pub fn problems(
    root: &Schema,
    validator: &Validator<Tree>,
    record: &Json,
    today: Option<Day>,
) -> Vec<Problem> {
    let told = tell(root, validator, record, today);
    // Where the record is sound as another kind, only what tells the kinds apart is wrong.
    if told.len() > 1
        && let Some(other) = Other::of(root, record, &told)
        && tell(root, validator, &other.record, today).is_empty()
    {
        return vec![other.problem];
    }
    told
}

fn tell(
    root: &Schema,
    validator: &Validator<Tree>,
    record: &Json,
    today: Option<Day>,
) -> Vec<Problem> {
    let errors: Vec<Refusal> =
        validator.iter_errors(record).flat_map(|e| Refusal::of(root, record, &e)).collect();
    let mut told: Vec<&Refusal> = errors.iter().filter(|e| !e.follows(&errors)).collect();
    // Of several keywords that refuse one value, the most basic tells the mistake.
    told.sort_by_key(|refusal| (&refusal.about, refusal.weight()));
    told.dedup_by_key(|refusal| &refusal.about);
    let word = |(n, refusal): (usize, &&Refusal)| {
        let condition = refusal.conditions.last();
        let missing = |other: &&Refusal| matches!(other.what, What::MissingKey { .. });
        let mut before = told[..n].iter().filter(|other| missing(other));
        let again = condition.is_some() && before.any(|other| other.conditions.last() == condition);
        refusal.word(Held { root, record, today, again })
    };
    join_misplaced(told.iter().enumerate().map(word).collect())
}

/// Joins the problems about keys that one condition forbids, such as everything but the tombstone
/// in a removed claim, into one.
fn join_misplaced(problems: Vec<Problem>) -> Vec<Problem> {
    let mut joined: Vec<Problem> = Vec::new();
    for problem in problems {
        let same = joined.iter_mut().find(|earlier| {
            problem.misplaced.is_some()
                && earlier.misplaced.as_ref().map(|(_, when)| when)
                    == problem.misplaced.as_ref().map(|(_, when)| when)
                && parent(&earlier.pointer) == parent(&problem.pointer)
        });
        let (Some(earlier), Some((keys, when))) = (same, problem.misplaced.clone()) else {
            joined.push(problem);
            continue;
        };
        if let Some((all, _)) = &mut earlier.misplaced {
            all.extend(keys);
            earlier.message = format!("{} do not belong here {when}", code_list(all, "and"));
            earlier.help = Some("remove them".to_owned());
        }
    }
    joined
}

fn parent(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
}

#[cfg(test)]
mod tests {
    use crate::{document::Json, schema::Schemas};
    use std::collections::BTreeMap;

    const CLAIM: &str = r#"{"id":"a-claim","statement":"On 7 March 2024 something was approved somewhere.","kind":"event","subjects":["india"],"topics":["funding"],"date":"2024-03-07","confidence":"high","citations":[{"source":"s","stance":"supports","directness":"primary","shows":"It says so."}],"status":"active","reviewed":"2026-11-01"}"#;
    const SOURCE: &str = r#"{"id":"s","type":"webpage","title":"T","publisher":"p","issued":"2024","lang":"en","url":"https://example.org/","accessed":"2026-11-01"}"#;

    /// `pointer message` of every problem that the change of a good record makes.
    fn problems(name: &str, record: &str, from: &str, to: &str) -> Vec<String> {
        let schemas = Schemas::load(&BTreeMap::new()).expect("schemas");
        let text = record.replacen(from, to, 1);
        assert_ne!(text, record, "{from}");
        let (json, _) = Json::parse(&text).expect(&text);
        let problems = schemas.get(name).problems(&json);
        problems.iter().map(|p| format!("{} {}", p.pointer, p.message)).collect()
    }

    #[test]
    fn one_mistake_gives_one_problem() {
        for (from, to, expected) in [
            (
                "\"confidence\"",
                "\"confidnece\"",
                "/confidnece unknown key `confidnece`; did you mean `confidence`?",
            ),
            (
                "\"high\"",
                "\"hgih\"",
                "/confidence `hgih` is not one of high, moderate, low; did you mean `high`?",
            ),
            ("\"confidence\":\"high\",", "", " missing key `confidence`"),
            (
                "\"active\"",
                "\"actve\"",
                "/status `actve` is not one of active, disputed, superseded, retracted; did you mean `active`?",
            ),
            ("\"status\"", "\"sttus\"", "/sttus unknown key `sttus`; did you mean `status`?"),
            ("\"status\":\"active\",", "", " missing key `status`"),
            (
                "\"event\"",
                "\"measurement\"",
                " missing key `quantity`, which is needed where `kind` is `measurement`",
            ),
            (
                "\"event\"",
                "\"evnt\"",
                "/kind `evnt` is not one of event, state, measurement, commitment, forecast, assessment; did you mean `event`?",
            ),
            ("\"2024-03-07\"", "\"2025-02-30\"", "/date 2025-02-30: February 2025 has 28 days"),
            ("\"2026-11-01\"", "\"2026-02-30\"", "/reviewed 2026-02-30: February 2026 has 28 days"),
            ("\"2026-11-01\"", "\"1.11.2026\"", "/reviewed `reviewed` cannot be `1.11.2026`"),
            (
                "\"supports\"",
                "\"suports\"",
                "/citations/0/stance `suports` is not one of supports, contradicts, context; did you mean `supports`?",
            ),
            (
                "\"supports\"",
                "\"context\"",
                "/citations at least one citation needs `\"stance\": \"supports\"`",
            ),
            (
                "\"stance\"",
                "\"stnce\"",
                "/citations/0/stnce unknown key `stnce`; did you mean `stance`?",
            ),
            (
                "\"date\"",
                "\"likelihood\":\"likely\",\"date\"",
                "/likelihood `likelihood` does not belong here unless `kind` is `forecast`",
            ),
            (
                "\"date\"",
                "\"status_note\":\"because\",\"date\"",
                "/status_note `status_note` does not belong here where `status` is `active`",
            ),
            (
                "On 7",
                "=On 7",
                "/statement `statement` begins with `=`, which spreadsheets take for a formula",
            ),
            ("On 7", " On 7", "/statement `statement` begins with white space"),
            (
                "On 7",
                "\\u202eOn 7",
                "/statement `statement` holds an invisible character: right-to-left override, U+202E",
            ),
            ("[\"india\"]", "[\"india\",\"india\"]", "/subjects/1 `subjects` lists india twice"),
            ("[\"india\"]", "[]", "/subjects `subjects` needs at least 1 entry"),
            ("[\"india\"]", "\"india\"", "/subjects `subjects` is text, not a list"),
            (
                "\"date\"",
                "\"quantity\":{\"amount\":5,\"unit\":\"usd\"},\"date\"",
                "/quantity/amount `amount` of `quantity` is a number, not text",
            ),
            (
                "\"date\"",
                "\"quantity\":{\"amount\":\"5\",\"unit\":\"usd\",\"lower\":\"4\"},\"date\"",
                "/quantity missing key `upper`, which `lower` asks for",
            ),
            (
                "\"shows\":\"It says so.\"",
                "\"shows\":\"\"",
                "/citations/0/shows `shows` in entry 1 of `citations` is empty",
            ),
            ("\"a-claim\"", "\"A claim\"", "/id `id` cannot be `A claim`"),
        ] {
            assert_eq!(problems("claim", CLAIM, from, to), [expected], "{from} → {to}");
        }
        for (from, to, expected) in [
            (
                "\"url\":\"https://example.org/\",\"accessed\":\"2026-11-01\"",
                "\"x_a\":1",
                " none of `url`, `doi`, `isbn` and `archived_url` is given",
            ),
            ("\"url\"", "\"ulr\"", "/ulr unknown key `ulr`; did you mean `url`?"),
            (",\"accessed\":\"2026-11-01\"", "", " missing key `accessed`, which `url` asks for"),
            (
                "webpage",
                "newspaper",
                "/type `newspaper` is not one of the 25 words that `type` can be; did you mean `article-newspaper`?",
            ),
            ("https://example.org/", "example.org", "/url `url` cannot be `example.org`"),
            (
                "\"lang\"",
                "\"authors\":[{\"given\":\"A\"}],\"lang\"",
                "/authors/0 missing key `family`, which is needed unless there is `literal`",
            ),
        ] {
            assert_eq!(problems("source", SOURCE, from, to), [expected], "{from} → {to}");
        }
    }

    #[test]
    fn several_mistakes_are_all_told() {
        let mut found = problems(
            "claim",
            CLAIM,
            "\"kind\":\"event\",\"subjects\":[\"india\"]",
            "\"knd\":\"event\",\"subjects\":[\"In dia\"]",
        );
        found.sort();
        assert_eq!(
            found,
            [
                "/knd unknown key `knd`; did you mean `kind`?",
                "/subjects/0 entry 1 of `subjects` cannot be `In dia`"
            ]
        );
    }

    #[test]
    fn a_tombstone_keeps_only_its_four_fields() {
        let found = problems(
            "claim",
            CLAIM,
            "\"active\"",
            "\"removed\",\"status_date\":\"2026-01-01\",\"status_note\":\"Asked for.\"",
        );
        assert_eq!(
            found,
            [
                "/citations `citations`, `confidence`, `date`, `kind`, `reviewed`, `statement`, `subjects` and `topics` do not belong here where `status` is `removed`"
            ]
        );
    }

    #[test]
    fn a_tombstone_with_a_wrong_status_is_still_one() {
        const TOMBSTONE: &str = r#"{"id":"a-claim","status":"removed","status_date":"2026-01-01","status_note":"Asked for."}"#;
        for (from, to, expected) in [
            (
                "\"removed\"",
                "\"removd\"",
                "/status `removd` is not `removed`, as which the rest of the record is written",
            ),
            ("\"status\"", "\"statsu\"", "/statsu unknown key `statsu`; did you mean `status`?"),
            ("\"status\":\"removed\",", "", " missing key `status`"),
        ] {
            assert_eq!(problems("claim", TOMBSTONE, from, to), [expected], "{from} → {to}");
        }
    }

    #[test]
    fn the_empty_object_is_refused_everywhere() {
        let schemas = Schemas::load(&BTreeMap::new()).expect("schemas");
        let (empty, _) = Json::parse("{}").expect("JSON");
        for (name, _) in super::super::EMBEDDED {
            assert!(!schemas.get(name).problems(&empty).is_empty(), "{name}");
        }
    }
}
