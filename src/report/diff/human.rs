//! For people: as a reviewer would note it, wrapped and, on a terminal, in colours.

use super::{
    Options,
    notes::{Entry, Notes},
    page::{BOLD, PLAIN, Page},
};
use crate::{diff::Changes, error::Result};

/// Renders changes for people.
pub fn render(changes: &Changes, options: &Options) -> Result<String> {
    let notes = Notes::of(changes);
    let mut page = Page::new(options.color, options.width);
    page.line(0, 2, &[(BOLD, format!("{} → {}: ", notes.old, notes.new)), (PLAIN, notes.summary)]);
    if !notes.forced_by.is_empty() {
        let mut bump = vec![(PLAIN, "version bump: ".to_owned()), (BOLD, notes.bump.to_owned())];
        bump.push((PLAIN, ", for ".to_owned()));
        bump.extend(notes.forced_by.iter().map(|piece| page.piece(piece)));
        page.line(0, 2, &bump);
    }
    for section in &notes.sections {
        page.out.push('\n');
        page.line(0, 0, &[(BOLD.underline(), section.title.to_owned())]);
        for entry in &section.entries {
            self::entry(&mut page, entry);
        }
    }
    if !notes.unread.is_empty() {
        page.out.push('\n');
        let text = format!("not compared, since they cannot be read: {}", notes.unread.join(", "));
        page.line(0, 2, &[(PLAIN, text)]);
    }
    Ok(page.out)
}

fn entry(page: &mut Page, entry: &Entry) {
    if entry.many.is_empty() {
        let kind = match entry.kind {
            "" => String::new(),
            kind => format!(" ({kind})"),
        };
        page.line(0, 2, &[(BOLD, entry.id.clone()), (PLAIN, kind)]);
        if !entry.name.is_empty() {
            page.line(2, 2, &[(PLAIN, entry.name.clone())]);
        }
        for line in &entry.lines {
            let spans = page.spans(line);
            page.line(2, 4, &spans);
        }
        return;
    }
    let mut spans = vec![(BOLD, entry.many.clone())];
    for line in &entry.lines {
        spans.push((PLAIN, ": ".to_owned()));
        spans.extend(page.spans(line).split_off(1));
    }
    page.line(0, 2, &spans);
    let more = match entry.unnamed {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    page.line(2, 2, &[(PLAIN, entry.named.join(", ")), (PLAIN, more)]);
}
