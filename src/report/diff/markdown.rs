//! For pull requests and release notes: Markdown from `templates/diff.md.jinja`, short enough for a
//! comment. What does not fit is left out from the end, and it says so.

use super::{
    Options,
    notes::{Entry, Notes, Section},
    pieces::Piece,
};
use crate::{diff::Changes, error::Result, templates::Templates, text::shorten};

/// How long the page is at most: GitHub takes comments of 65,536 characters.
const MAX_CHARACTERS: usize = 60_000;

/// How long one text may be.
const MAX_TEXT: usize = 1_000;

/// How many changes of one record are told.
const MAX_LINES: usize = 25;

/// Renders changes as Markdown.
pub fn render(changes: &Changes, options: &Options) -> Result<String> {
    markdown(changes, options.templates, MAX_CHARACTERS)
}

/// Changes as Markdown of at most this many characters, as far as that is possible.
///
/// # Errors
/// Where a template of the repository fails.
pub fn markdown(changes: &Changes, templates: &Templates, characters: usize) -> Result<String> {
    let mut notes = Notes::of(changes);
    let mut all = std::mem::take(&mut notes.sections);
    all.iter_mut().flat_map(|section| &mut section.entries).for_each(trim);
    let total: usize = all.iter().map(|section| section.entries.len()).sum();
    let mut with = |most: usize| -> Result<Option<String>> {
        notes.sections = first(&all, most);
        notes.left_out = total - most;
        let text = templates.render("diff.md", &notes)?;
        Ok((text.chars().count() <= characters).then_some(text))
    };
    // No entry is shorter than its mark-up.
    let (mut fits, mut most) = (0, total.min(characters / 16));
    let mut text = with(most)?;
    if text.is_none() {
        // The most entries that fit lie in between.
        while most - fits > 1 {
            let middle = fits + (most - fits) / 2;
            match with(middle)? {
                Some(shorter) => (fits, text) = (middle, Some(shorter)),
                None => most = middle,
            }
        }
        if text.is_none() {
            text = with(0)?;
        }
    }
    Ok(text.unwrap_or_default())
}

/// The first entries, in their sections.
fn first(all: &[Section], mut most: usize) -> Vec<Section> {
    let mut sections = Vec::new();
    for section in all {
        let entries: Vec<Entry> = section.entries.iter().take(most).cloned().collect();
        most -= entries.len();
        if !entries.is_empty() {
            sections.push(Section { title: section.title, entries });
        }
    }
    sections
}

/// Keeps one record from filling the page.
fn trim(entry: &mut Entry) {
    let short = |text: &mut String| {
        if text.len() > MAX_TEXT {
            *text = shorten(text, MAX_TEXT);
        }
    };
    short(&mut entry.name);
    entry.named.iter_mut().for_each(short);
    entry.untold = entry.lines.len().saturating_sub(MAX_LINES);
    entry.lines.truncate(MAX_LINES);
    let pieces = |piece: &mut Piece| short(&mut piece.text);
    for line in &mut entry.lines {
        line.pieces.truncate(200);
        line.pieces.iter_mut().chain(&mut line.because).for_each(pieces);
    }
}
