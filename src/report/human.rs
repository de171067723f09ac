//! For people: each finding as rustc shows an error, and a line that sums up.

use super::Options;
use crate::{
    document,
    finding::{Located, Place, Report, Severity, Texts},
    text::{count, invisible, visible},
};
use annotate_snippets::{
    AnnotationKind, Element, Level, Origin, Renderer, Snippet, renderer::DecorStyle,
};
use std::{borrow::Cow, fmt::Write as _, ops::Range};

/// Related places further away than this many bytes get a snippet of their own.
const NEAR: usize = 4096;

/// Renders a report for people.
pub fn render(report: &Report, texts: &Texts, options: &Options) -> String {
    let mut out = findings(report, texts, options);
    out.push_str(&summary(report, options));
    out.push('\n');
    out
}

/// The findings of a report, for people.
pub fn findings(report: &Report, texts: &Texts, options: &Options) -> String {
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer
        .decor_style(if options.color { DecorStyle::Unicode } else { DecorStyle::Ascii })
        .term_width(options.width.max(60));
    let mut out = String::new();
    for located in &report.findings {
        if options.notes || located.finding.severity != Severity::Note {
            let _ = writeln!(out, "{}\n", finding(&renderer, located, texts));
        }
    }
    out
}

fn finding(renderer: &Renderer, located: &Located, texts: &Texts) -> String {
    let finding = &located.finding;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level.primary_title(&finding.message).id(finding.rule);
    let mut group = {
        let elements = snippets(located, texts);
        group = group.id(finding.rule);
        group.elements(elements)
    };
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(each_on_its_line(help)));
    }
    if finding.older {
        group = group.element(Level::NOTE.message("it was there before the change"));
    }
    renderer.render(&[group])
}

/// Help of several thoughts, each on a line of its own; what stands as code stays in one piece.
fn each_on_its_line(help: &str) -> String {
    let pieces = help.split('`').enumerate();
    let lines = pieces.map(|(i, piece)| match i % 2 {
        0 => piece.replace("; ", "\n"),
        _ => piece.to_owned(),
    });
    lines.collect::<Vec<_>>().join("`")
}

/// The part of a text that is shown: the finding's own lines with the related places near it, and
/// a further snippet for each place elsewhere.
fn snippets<'t>(located: &'t Located, texts: &'t Texts) -> Vec<Element<'t>> {
    let finding = &located.finding;
    let file = finding.place.origin.file;
    let text = &texts.get(file).text;
    if text.is_empty() {
        return vec![Origin::path(texts.get(file).path.as_str()).into()];
    }
    let range = document::first_line(text, located.range.clone());
    let related: Vec<(&Place, Range<usize>, &str)> = finding
        .related
        .iter()
        .map(|(place, words)| {
            let text = &texts.get(place.origin.file).text;
            (place, document::first_line(text, place.range(texts)), words.as_str())
        })
        .collect();
    let near = |place: &Place, at: &Range<usize>| {
        place.origin.file == file && at.start.abs_diff(range.start) < NEAR
    };
    let shown = related
        .iter()
        .filter(|(place, at, _)| near(place, at))
        .fold(range.clone(), |all, (_, at, _)| all.start.min(at.start)..all.end.max(at.end));
    let mut main = snippet(texts, file, &shown);
    main.1 = main.1.annotation(AnnotationKind::Primary.span(shift(&range, main.0)));
    let mut elements = Vec::new();
    let mut apart = Vec::new();
    for (place, at, words) in related {
        if near(place, &at) {
            main.1 =
                main.1.annotation(AnnotationKind::Context.span(shift(&at, main.0)).label(words));
        } else {
            let (start, snippet) = snippet(texts, place.origin.file, &at);
            let mark = AnnotationKind::Context.span(shift(&at, start)).label(words);
            apart.push(snippet.annotation(mark).into());
        }
    }
    elements.push(main.1.into());
    elements.extend(apart);
    elements
}

/// A snippet of the lines that a range touches, and the byte where it begins.
fn snippet<'t>(
    texts: &'t Texts,
    file: u32,
    range: &Range<usize>,
) -> (usize, Snippet<'t, annotate_snippets::Annotation<'t>>) {
    let text = texts.get(file);
    let start = text.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text.text[range.end..].find('\n').map_or(text.text.len(), |at| range.end + at);
    let line = document::line_column(&text.text, start).0;
    let shown = marked(&text.text[start..end]);
    (start, Snippet::source(shown).path(text.path.as_str()).line_start(line))
}

/// Lines of a file in which one sees where something cannot be seen. Nothing moves by it: what stands
/// for a character is as long as that is in UTF-8.
fn marked(lines: &str) -> Cow<'_, str> {
    let unseen = |c: char| !matches!(c, '\n' | '\r' | '\t') && invisible(c).is_some();
    if !lines.chars().any(|c| c.len_utf8() == 3 && unseen(c)) {
        return lines.into();
    }
    let stand_in = |c: char| if c.len_utf8() == 3 && unseen(c) { '\u{fffd}' } else { c };
    lines.chars().map(stand_in).collect::<String>().into()
}

fn shift(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start - by..range.end - by
}

/// `checked 61 claims, … in 0.02 s: no errors, 1 warning`
pub fn summary(report: &Report, options: &Options) -> String {
    let mut out = format!("checked {}", checked(report));
    if let Some(against) = &report.against {
        let _ = write!(out, " against {}", visible(&against.rev));
    }
    if let Some(took) = options.took {
        let _ = write!(out, " in {:.2} s", took.as_secs_f64());
    }
    let number = |severity: Severity| {
        let n = report.count(severity);
        let noun = severity.as_str();
        if n == 0 { format!("no {noun}s") } else { count(n, noun) }
    };
    let _ = write!(out, ": {}, {}", number(Severity::Error), number(Severity::Warning));
    let notes = report.count(Severity::Note);
    if notes > 0 {
        let hidden = if options.notes { "" } else { " (shown with --notes)" };
        let _ = write!(out, ", {}{hidden}", count(notes, "note"));
    }
    if report.waived > 0 {
        let _ = write!(out, ", {} waived", report.waived);
    }
    let left_out = left_out(report, options.notes);
    if left_out > 0 {
        let _ = write!(out, "\n{} not shown; --all shows them", count(left_out, "older finding"));
    }
    let shown = |l: &&Located| options.notes || l.finding.severity != Severity::Note;
    let mendable = |l: &&Located| l.finding.fix.as_ref().is_some_and(|fix| fix.safe);
    let shown: Vec<&Located> = report.findings.iter().filter(shown).collect();
    let mended = shown.iter().filter(|l| mendable(l)).count();
    let errors = report.count(Severity::Error);
    match (mended, shown.len()) {
        (n, all) if n == all && n > 0 => {
            let them = if n == 1 { "it" } else { "them" };
            let _ = write!(
                out,
                "\n`claimbook fix` mends {them}; by hand, `claimbook fmt` then sets keys and lines in order"
            );
        }
        (n, _) => {
            if n > 0 {
                let _ = write!(out, "\n`claimbook fix` mends {n} of them");
            }
            // What fix writes is in order.
            if errors > 0 {
                let they = if errors == 1 { "it is" } else { "they are" };
                let _ = write!(
                    out,
                    "\nwhen {they} mended, `claimbook fmt` sets keys and lines in order"
                );
            }
        }
    }
    out
}

/// How many records of each kind, or how many that changed.
pub fn checked(report: &Report) -> String {
    let records = &report.records;
    if report.against.as_ref().is_some_and(|against| against.part) {
        let all = records.claims + records.sources + records.publishers + records.subjects;
        return match all {
            0 => "no changed records".to_owned(),
            n => count(n, "changed record"),
        };
    }
    format!(
        "{}, {}, {} and {}",
        count(records.claims, "claim"),
        count(records.sources, "source"),
        count(records.publishers, "publisher"),
        count(records.subjects, "subject"),
    )
}

/// How many findings that were there before are left out, notes only where they would be shown.
pub fn left_out(report: &Report, notes: bool) -> usize {
    let against = report.against.iter().flat_map(|against| &against.left_out);
    against.filter(|(severity, _)| notes || **severity != Severity::Note).map(|(_, n)| n).sum()
}
