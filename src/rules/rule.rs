//! What a rule is: its words, and how it looks at a dataset.

use super::{Case, Change, Context, Findings, Statements};
use crate::finding::{Finding, Place, Severity};

/// A rule: its words and how it looks at a dataset.
pub struct Rule {
    /// Kebab-case, the name of its file.
    pub id: &'static str,
    /// Which chapter of the manual it is in.
    pub group: Group,
    /// How much its findings matter.
    pub severity: Severity,
    /// What it asks for, in one sentence.
    pub summary: &'static str,
    /// Why, and how to mend a finding: paragraphs of Markdown.
    pub explain: &'static str,
    /// Something it objects to.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    /// How it looks at a dataset.
    pub check: Check,
}

/// The chapters of the manual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Whether files can be read and fit the schema.
    Reading,
    /// Whether what records refer to is there.
    References,
    /// Whether something is recorded twice.
    Duplicates,
    /// Whether dates agree.
    Time,
    /// Whether citations carry what is claimed.
    Evidence,
    /// How records are written.
    Form,
    /// Findings accepted for now.
    Waivers,
    /// What may not be done to a dataset, against a base.
    Change,
}

impl Group {
    /// The chapter's title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Reading => "Reading",
            Self::References => "References",
            Self::Duplicates => "Duplicates",
            Self::Time => "Time",
            Self::Evidence => "Evidence",
            Self::Form => "Form",
            Self::Waivers => "Waivers",
            Self::Change => "Change",
        }
    }
}

/// How a rule looks at a dataset.
pub enum Check {
    /// While it is read, or while waivers are applied: not here.
    Elsewhere,
    /// At one claim after the other, in any order.
    Claim(fn(&Context, &Case, &mut Findings)),
    /// At the whole.
    Dataset(fn(&Context, &mut Findings)),
    /// At what all claims say.
    Statements(fn(&Context, &Statements, &mut Findings)),
    /// At two versions of it.
    Change(fn(&Change, &mut Findings)),
}

impl Rule {
    /// Whether its findings can be accepted for now: not where a file cannot be read, where the
    /// waivers themselves are at fault, or where commits acknowledge.
    #[must_use]
    pub fn can_be_waived(&self) -> bool {
        self.group != Group::Waivers
            && !matches!(self.id, "syntax" | "encoding" | "duplicate-key" | "mass-change")
    }

    /// A finding of this rule.
    #[must_use]
    pub fn finding(&self, place: Place, message: impl Into<String>) -> Finding {
        Finding::new(self.id, self.severity, place, message)
    }
}
