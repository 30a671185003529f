//! Judges an aligned bitext: what a check is, what it finds, and the list of them all.

use crate::align::Bitext;
use crate::text::Span;

/// What kind of fault a check looks for, after MQM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The translation says more, less or something else.
    Accuracy,
    /// A term is rendered otherwise than it should be.
    Terminology,
    /// Order, levels and numbering differ.
    Structure,
    /// Typography and form.
    Conventions,
    /// Code, links, tags and placeholders differ.
    Markup,
}

impl Category {
    /// The name used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Accuracy => "accuracy",
            Category::Terminology => "terminology",
            Category::Structure => "structure",
            Category::Conventions => "conventions",
            Category::Markup => "markup",
        }
    }
}

/// How grave a finding is, after MQM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look.
    Minor,
    /// A fault that a reader would be misled by.
    Major,
    /// A fault that must not be published.
    Critical,
}

impl Severity {
    /// The name used in reports and settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Minor => "minor",
            Severity::Major => "major",
            Severity::Critical => "critical",
        }
    }
}

/// One of the two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The original.
    Source,
    /// The translation.
    Target,
}

/// A class of fault: plain data and the function that looks for it.
pub struct Check {
    /// Its identity; reads as "allow number-mismatch".
    pub name: &'static str,
    /// What kind of fault it is.
    pub category: Category,
    /// How grave its findings are unless the settings say otherwise.
    pub severity: Severity,
    /// One line: "a number on one side is missing or different on the other".
    pub summary: &'static str,
    /// The manual page in Markdown, with `fires` and `passes` examples that are run as tests.
    pub docs: &'static str,
    /// Looks for it.
    pub run: fn(&Context, &mut Findings),
}

/// What a check looks at.
pub struct Context<'a> {
    /// The aligned pair.
    pub bitext: &'a Bitext,
}

/// Where the findings of a check go.
#[derive(Default)]
pub struct Findings {
    found: Vec<Finding>,
}

/// Whether a finding counts for the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Status {
    /// It counts.
    #[default]
    New,
    /// It was there at the base revision already.
    Existing,
    /// The baseline knows it.
    Known,
}

impl Status {
    /// The name used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::New => "new",
            Status::Existing => "existing",
            Status::Known => "known",
        }
    }
}

/// A piece of text that shows why a finding was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The version it is in.
    pub side: Side,
    /// Where it is.
    pub span: Span,
    /// What it shows: "no counterpart".
    pub note: String,
}

/// One fault in the text.
///
/// At least one of `source` and `target` is a place with text. An empty span is a gap: the place where
/// something should stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The name of the check that found it.
    pub check: &'static str,
    /// Its kind.
    pub category: Category,
    /// How grave it is.
    pub severity: Severity,
    /// How likely it is to be right, from 0 to 1.
    pub confidence: f64,
    /// What is wrong, why we think so, what to do.
    pub message: String,
    /// Where, in the source.
    pub source: Option<Span>,
    /// Where, in the target.
    pub target: Option<Span>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Its identity across runs: made from the check and the texts concerned, never from positions.
    pub fingerprint: String,
    /// Whether it counts for the verdict.
    pub status: Status,
}
