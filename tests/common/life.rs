//! What `log` and `blame` say, in short.

use super::{Run, claimbook, clone::Clone};
use serde_json::Value;
use std::path::Path;

pub fn json(run: Run) -> Value {
    serde_json::from_str(&run.expect(0).stdout).expect("JSON")
}

/// `subject: verb field, verb field` of each commit, `*` before those of merges.
pub fn log(folder: &Path, id: &str, more: &[&str]) -> Vec<String> {
    let args = [&["log", id, "--format=json"][..], more].concat();
    let log = json(claimbook(folder, &args));
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let mut lines = Vec::new();
    for event in log["events"].as_array().expect("events") {
        let changes = event["changes"].as_array().expect("changes");
        let said: Vec<String> =
            changes.iter().map(|c| format!("{} {}", word(&c["verb"]), word(&c["field"]))).collect();
        let merge = if event["merge"] == true { "*" } else { "" };
        lines.push(format!("{merge}{}: {}", word(&event["subject"]), said.join(", ")));
    }
    lines
}

/// The same of the claim that the tests change.
pub fn life(clone: &Clone) -> Vec<String> {
    log(clone.path(), "bridge-cost", &[])
}

/// `subject` of the commit that set a field of that claim.
pub fn blame(folder: &Path, field: &str, more: &[&str]) -> String {
    let args = [&["blame", "bridge-cost", "--format=json"][..], more].concat();
    let blame = json(claimbook(folder, &args));
    let fields = blame["fields"].as_array().expect("fields");
    let found = fields.iter().find(|line| line["field"] == field).expect("the field");
    found["subject"].as_str().expect("a subject").to_owned()
}
