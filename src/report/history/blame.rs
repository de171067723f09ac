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
        let words = format!("{}: {}", line.field.replace('/', " "), value(line));
        page.line(2, 4, &[(PLAIN, words)]);
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

/// What a field says, without what its name says already.
fn value(line: &Line) -> String {
    let (Value::Object(members), Some((list, _))) = (&line.value, line.field.split_once('/'))
    else {
        return show(&line.value);
    };
    let part = |key: &str| members.get(key).map(show);
    match list {
        "citations" => {
            let how = [part("stance"), part("directness")].into_iter().flatten();
            let mut words = how.collect::<Vec<_>>().join(", ");
            if let Some(shows) = part("shows") {
                words.push_str(&format!(": {shows}"));
            }
            words.extend(part("locator").map(|locator| format!(" [{locator}]")));
            words.extend(part("quote").map(|quote| format!(" “{quote}”")));
            words
        }
        "corrections" => part("note").unwrap_or_default(),
        _ => "yes".to_owned(),
    }
}
