//! A page of text for a terminal: spans, wrapped and, where there are colours, coloured.

use super::{
    line::Line,
    pieces::{Kind, Piece},
};
use crate::text::visible;
use anstyle::{AnsiColor, Style};

/// A style of spans.
pub const PLAIN: Style = Style::new();
/// A style of spans.
pub const BOLD: Style = Style::new().bold();
const GONE: Style = AnsiColor::Red.on_default();
const COME: Style = AnsiColor::Green.on_default();

/// A text in a style.
pub type Span = (Style, String);

/// A page in the making.
pub struct Page {
    /// What was written.
    pub out: String,
    color: bool,
    width: usize,
}

impl Page {
    /// An empty page.
    #[must_use]
    pub fn new(color: bool, width: usize) -> Self {
        Self { out: String::new(), color, width: width.max(60) }
    }

    /// A line, with its mark first.
    pub fn spans(&self, line: &Line) -> Vec<Span> {
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

    /// A piece of a line.
    pub fn piece(&self, piece: &Piece) -> Span {
        let text = &piece.text;
        match piece.kind {
            _ if !self.color => (PLAIN, piece.plain()),
            Kind::Gone | Kind::Old => (GONE, text.clone()),
            Kind::Come | Kind::New => (COME, text.clone()),
            Kind::Code => (BOLD, text.clone()),
            Kind::Words | Kind::Text => (PLAIN, text.clone()),
        }
    }

    /// Writes spans as a paragraph: indented, the lines after the first by `hang`, and no wider
    /// than the page.
    pub fn line(&mut self, indent: usize, hang: usize, spans: &[Span]) {
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
