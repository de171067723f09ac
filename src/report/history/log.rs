//! The life of a record, as a reviewer would note it.

use super::{Asked, cut_off, short};
use crate::{
    diff::Changes,
    error::Result,
    history::Life,
    report::diff::{BOLD, PLAIN, Page, lines},
};

/// Renders the life of a record for people.
pub fn render(life: &Life, asked: &Asked) -> Result<String> {
    let names = Changes { about: life.about.clone(), ..Changes::default() };
    let mut page = Page::new(asked.color, asked.width);
    let mut path = "";
    for (i, event) in life.events.iter().enumerate() {
        if i > 0 {
            page.out.push('\n');
        }
        let commit = &event.commit;
        let merge = if event.merge { " (merge)" } else { "" };
        let rest = format!(" {} {}: {}{merge}", commit.day, commit.author, commit.subject);
        page.line(0, 2, &[(BOLD, short(commit)), (PLAIN, rest)]);
        if event.path != path {
            page.line(2, 4, &[(PLAIN, format!("in {}", event.path))]);
            path = &event.path;
        }
        for line in lines(&names, &event.changes.iter().collect::<Vec<_>>()) {
            let spans = page.spans(&line);
            page.line(2, 4, &spans);
        }
    }
    for commit in &life.cut {
        page.out.push('\n');
        page.line(0, 2, &[(PLAIN, cut_off(commit))]);
    }
    Ok(page.out)
}
