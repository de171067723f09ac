//! A record field by field, each with the commit that set it.

use super::{Asked, cut_off, short};
use crate::{
    error::Result,
    history::{Blame, Line},
    report::diff::{BOLD, PLAIN, Page, show},
};
use serde_json::Value;

/// Renders who set what in a record for people.
pub fn render(blame: &Blame, asked: &Asked) -> Result<String> {
    let mut page = Page::new(asked.color, asked.width);
    page.line(0, 2, &[(PLAIN, blame.path.clone())]);
    let mut commit = None;
    for line in &blame.lines {
        if commit != Some(line.commit.id) {
            commit = Some(line.commit.id);
            let c = &line.commit;
            let before = if line.cut { " or before" } else { "" };
            let rest = format!(" {}{before} {}: {}", c.day, c.author, c.subject);
            page.out.push('\n');
            page.line(0, 2, &[(BOLD, short(c)), (PLAIN, rest)]);
        }
        page.line(2, 4, &[(PLAIN, words(line))]);
        if line.field == "confidence" && line.cited != blame.cited {
            let then = line.cited.iter().map(|c| format!("{} {}", c.source, c.stance.as_str()));
            let then = then.collect::<Vec<_>>().join(", ");
            page.line(4, 4, &[(PLAIN, format!("when it rested on: {then}"))]);
        }
    }
    if let Some(cut) = blame.lines.iter().find(|line| line.cut) {
        page.out.push('\n');
        page.line(0, 2, &[(PLAIN, cut_off(&cut.commit))]);
    }
    Ok(page.out)
}

/// A field and what it says, each thing once.
fn words(line: &Line) -> String {
    let name = line.field.replace('/', " ");
    let (Value::Object(members), Some((list, rest))) = (&line.value, name.split_once(' ')) else {
        return format!("{name}: {}", show(&line.value));
    };
    let part = |key: &str| members.get(key).map(show);
    match list {
        "citations" => {
            let how = [part("stance"), part("directness")].into_iter().flatten();
            let mut words = format!("{name}: {}", how.collect::<Vec<_>>().join(", "));
            words.extend(part("shows").map(|shows| format!(": {shows}")));
            words.extend(part("locator").map(|locator| format!(" [{locator}]")));
            words.extend(part("quote").map(|quote| format!(" “{quote}”")));
            words
        }
        "corrections" => format!("{name}: {}", part("note").unwrap_or_default()),
        _ => format!("{list}: {rest}"),
    }
}
