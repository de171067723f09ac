//! For people: as a reviewer would note it, wrapped and, on a terminal, in colours.

use super::{
    Options,
    line::Line,
    notes::{Entry, Notes},
    pieces::{Kind, Piece},
};
use crate::{diff::Changes, error::Result, text::visible};
use anstyle::{AnsiColor, Style};

/// Renders changes for people.
pub fn render(changes: &Changes, options: &Options) -> Result<String> {
    let notes = Notes::of(changes);
    let mut page = Page { out: String::new(), color: options.color, width: options.width.max(60) };
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
            page.entry(entry);
        }
    }
    if !notes.unread.is_empty() {
        page.out.push('\n');
        let text = format!("not compared, since they cannot be read: {}", notes.unread.join(", "));
        page.line(0, 2, &[(PLAIN, text)]);
    }
    Ok(page.out)
}

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const GONE: Style = AnsiColor::Red.on_default();
const COME: Style = AnsiColor::Green.on_default();

type Span = (Style, String);

struct Page {
    out: String,
    color: bool,
    width: usize,
}

impl Page {
    fn entry(&mut self, entry: &Entry) {
        if entry.many.is_empty() {
            self.line(0, 2, &[(BOLD, entry.id.clone())]);
            if !entry.name.is_empty() {
                self.line(2, 2, &[(PLAIN, entry.name.clone())]);
            }
            for line in &entry.lines {
                let spans = self.spans(line);
                self.line(2, 4, &spans);
            }
            return;
        }
        let mut spans = vec![(BOLD, entry.many.clone()), (PLAIN, ": ".to_owned())];
        for line in &entry.lines {
            spans.extend(self.spans(line).split_off(1));
        }
        self.line(0, 2, &spans);
        let more = match entry.unnamed {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        self.line(2, 2, &[(PLAIN, entry.named.join(", ")), (PLAIN, more)]);
    }

    /// A line, with its mark first.
    fn spans(&self, line: &Line) -> Vec<Span> {
        let style = match line.mark {
            '-' => GONE,
            '+' => COME,
            _ => PLAIN,
        };
        let mut spans = vec![(style, format!("{} ", line.mark))];
        spans.extend(line.pieces.iter().map(|piece| self.piece(piece)));
        if !line.because.is_empty() {
            spans.push((PLAIN, " (".to_owned()));
            spans.extend(line.because.iter().map(|piece| self.piece(piece)));
            spans.push((PLAIN, ")".to_owned()));
        }
        spans
    }

    fn piece(&self, piece: &Piece) -> Span {
        let text = &piece.text;
        match piece.kind {
            // Without colours the marks of git's word diff.
            Kind::Gone if !self.color => (PLAIN, format!("[-{text}-]")),
            Kind::Come if !self.color => (PLAIN, format!("{{+{text}+}}")),
            Kind::Gone | Kind::Old => (GONE, text.clone()),
            Kind::Come | Kind::New => (COME, text.clone()),
            Kind::Code => (BOLD, text.clone()),
            Kind::Words | Kind::Text => (PLAIN, text.clone()),
        }
    }

    /// Writes spans as a paragraph: indented, the lines after the first by `hang`, and no wider
    /// than the page.
    fn line(&mut self, indent: usize, hang: usize, spans: &[Span]) {
        let mut column = indent;
        self.out.push_str(&" ".repeat(indent));
        let mut fresh = true;
        let mut gap = 0;
        // A word may run over several spans: it is moved to the next line as a whole.
        for word in words(spans) {
            if word.is_empty() {
                gap += 1;
                continue;
            }
            let length: usize = word.iter().map(|(_, text)| text.chars().count()).sum();
            if !fresh && column + gap + length > self.width {
                self.out.push('\n');
                self.out.push_str(&" ".repeat(hang));
                column = hang;
            } else if !fresh {
                self.out.push_str(&" ".repeat(gap));
                column += gap;
            }
            (fresh, gap) = (false, 0);
            column += length;
            for (style, text) in word {
                if self.color && style != PLAIN {
                    self.out.push_str(&format!("{style}{text}{style:#}"));
                } else {
                    self.out.push_str(&text);
                }
            }
        }
        self.out.push('\n');
    }
}

/// The words of spans, an empty one for every space between them.
fn words(spans: &[Span]) -> Vec<Vec<Span>> {
    let mut words: Vec<Vec<Span>> = vec![Vec::new()];
    for (style, text) in spans {
        for (i, part) in visible(text).split(' ').enumerate() {
            if i > 0 {
                words.push(Vec::new());
                words.push(Vec::new());
            }
            if let Some(word) = words.last_mut().filter(|_| !part.is_empty()) {
                word.push((*style, part.to_owned()));
            }
        }
    }
    words
}
