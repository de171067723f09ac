//! The pages that people read: what was found and what changed, what weakens the dataset first.

use super::MARKER;
use crate::{
    diff::Changes,
    error::Result,
    finding::{Located, Report, Severity, Texts},
    report,
    templates::{Templates, escape_markdown, markdown_link},
};
use serde::Serialize;

/// What a page is made of.
pub struct Page<'p> {
    /// What was found.
    pub report: &'p Report,
    /// The texts that places are in.
    pub texts: &'p Texts,
    /// What changed; none where the dataset was checked as it is.
    pub changes: Option<&'p Changes>,
    /// How many of the findings are offered as suggestions.
    pub suggestions: usize,
    /// The address below which files are shown, such as `https://github.com/o/r/blob/COMMIT`.
    pub blob: Option<&'p str>,
    /// The templates of the repository.
    pub templates: &'p Templates,
}

/// What a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The summary of a run.
    Summary,
    /// A comment that the next run finds again.
    Comment,
}

#[derive(Serialize)]
struct View<'p> {
    marker: Option<&'static str>,
    errors: usize,
    warnings: usize,
    notes: usize,
    compared: bool,
    findings: Vec<Item<'p>>,
    left_out: usize,
    suggestions: usize,
    diff: String,
}

#[derive(Serialize)]
struct Item<'p> {
    rule: &'p str,
    severity: &'static str,
    /// Markdown, as are the next two.
    message: String,
    help: Option<String>,
    place: String,
}

impl Page<'_> {
    /// Renders the page with at most this many characters, and says what it left out.
    ///
    /// # Errors
    /// Where a template of the repository fails.
    pub fn render(&self, look: Look, most: usize) -> Result<String> {
        let weighty = |located: &&Located| located.finding.severity != Severity::Note;
        let found: Vec<&Located> = self.report.findings.iter().filter(weighty).collect();
        let with = |shown: usize, diff: String| {
            let view = View {
                marker: (look == Look::Comment).then_some(MARKER),
                errors: self.report.count(Severity::Error),
                warnings: self.report.count(Severity::Warning),
                notes: self.report.count(Severity::Note),
                compared: self.changes.is_some(),
                findings: found[..shown].iter().map(|located| self.item(located)).collect(),
                left_out: found.len() - shown,
                suggestions: self.suggestions,
                diff,
            };
            self.templates.render("ci/page.md", &view)
        };
        // What changed gets the room that findings leave, at least half of it.
        let mut shown = found.len();
        let mut text = with(shown, String::new())?;
        while shown > 0 && text.chars().count() > most / 2 {
            shown = shown * 3 / 4;
            text = with(shown, String::new())?;
        }
        let Some(changes) = self.changes else { return Ok(text) };
        let room = most.saturating_sub(text.chars().count());
        let text = with(shown, report::diff::markdown(changes, self.templates, room)?)?;
        Ok(text.trim_end().to_owned() + "\n")
    }

    fn item<'p>(&'p self, located: &'p Located) -> Item<'p> {
        let finding = &located.finding;
        let path = &self.texts.get(finding.place.origin.file).path;
        let shown = format!("{path}:{}", located.start.0);
        let url = self.blob.map(|blob| format!("{blob}/{}#L{}", encoded(path), located.start.0));
        Item {
            rule: finding.rule,
            severity: finding.severity.as_str(),
            message: worded(&finding.message),
            help: finding.help.as_deref().map(worded),
            place: markdown_link(&shown, &url.unwrap_or_default()),
        }
    }
}

/// The words of a finding as Markdown: what stands between backticks is code.
pub(super) fn worded(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // Where one is left over, nobody knows which.
    if parts.len().is_multiple_of(2) {
        return escape_markdown(text);
    }
    let mut out = String::with_capacity(text.len() + 16 * parts.len());
    for (i, part) in parts.iter().enumerate() {
        let inner = part.trim();
        if i % 2 == 1 {
            out.push_str(&format!("<code>{}</code>", escape_markdown(inner)));
        } else if inner.is_empty() {
            out.push_str(part);
        } else {
            let (before, after) = part.split_once(inner).unwrap_or_default();
            out.push_str(&format!("{before}{}{after}", escape_markdown(inner)));
        }
    }
    out
}

/// A path for an address. An `@` would be taken for the name of an account.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for b in path.bytes() {
        if b.is_ascii_alphanumeric() || b"-._/".contains(&b) {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}

/// The issue about what is due: claims to review, and waivers to renew or drop. None where nothing is.
///
/// # Errors
/// Where a template of the repository fails.
pub fn due(page: &Page, day: &str, most: usize) -> Result<Option<String>> {
    #[derive(Serialize)]
    struct Due<'p> {
        day: &'p str,
        claims: Vec<Item<'p>>,
        waivers: Vec<Item<'p>>,
        left_out: usize,
    }
    let of = |rules: &[&str]| -> Vec<&Located> {
        let found = page.report.findings.iter();
        found.filter(|located| rules.contains(&located.finding.rule)).collect()
    };
    let (claims, waivers) = (of(&["stale-claim"]), of(&["expired-waiver", "unused-waiver"]));
    if claims.is_empty() && waivers.is_empty() {
        return Ok(None);
    }
    let mut shown = claims.len();
    loop {
        let due = Due {
            day,
            claims: claims[..shown].iter().map(|located| page.item(located)).collect(),
            waivers: waivers.iter().take(100).map(|located| page.item(located)).collect(),
            left_out: claims.len() - shown + waivers.len().saturating_sub(100),
        };
        let text = page.templates.render("ci/due.md", &due)?;
        if shown == 0 || text.chars().count() <= most {
            return Ok(Some(text));
        }
        shown = shown * 3 / 4;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_code_and_nothing_else() {
        assert_eq!(worded("`a_` is *no* key"), r"<code>a\_</code> is \*no\* key");
        assert_eq!(worded("a `<b>`, c"), r"a <code>\<b\></code>, c");
        assert_eq!(worded("one ` alone"), r"one \` alone");
    }
}
