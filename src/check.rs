//! Judges an aligned bitext: what a check is, what it finds, and the list of them all.

mod context;
mod divergence;
mod fingerprint;
mod lookup;

mod abridged_passage;
mod added_content;
mod added_passage;
mod condition_mismatch;
mod cue_timing;
mod date_mismatch;
mod divergent_passage;
mod heading_mismatch;
mod inconsistent_sentence;
mod inconsistent_term;
mod joined_words;
mod length_outlier;
mod list_mismatch;
mod markup_mismatch;
mod missing_content;
mod missing_file;
mod missing_passage;
mod modality_mismatch;
mod moved_passage;
mod name_mismatch;
mod number_mismatch;
mod orphan_file;
mod polarity_mismatch;
mod quotation_mismatch;
mod relation_mismatch;
mod scope_mismatch;
mod stale_passage;
mod tense_mismatch;
mod term_violation;
mod unpaired_mark;
mod untranslated_passage;

use std::collections::BTreeMap;

pub use self::context::{Context, Leftovers, Passage};
pub(crate) use self::inconsistent_sentence::{Said, said};
pub use self::lookup::{UnknownCheck, find};
pub use self::term_violation::Demands;
use rayon::prelude::*;

use crate::align::{Aligned, Bitext};
use crate::markup::placeholders::Pattern;
use crate::message::{Argument, id, message};
pub use crate::message::{Id, Message, Tongue};
use crate::terms::Term;
pub use crate::text::Side;
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

    /// The name for readers.
    pub fn title(self) -> Message {
        match self {
            Severity::Minor => message!("severity-minor"),
            Severity::Major => message!("severity-major"),
            Severity::Critical => message!("severity-critical"),
        }
    }
}

/// A class of fault: plain data and the function that looks for it.
pub struct Check {
    /// Its identity; reads as "allow number-mismatch".
    pub name: &'static str,
    /// The name for readers: "number-mismatch" in English, "数字不符" in Chinese. The identity stays the same.
    pub title: Id,
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

impl Check {
    /// The manual page, without the indentation that it has in the source.
    pub fn manual(&self) -> String {
        let indentation = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let written = self.docs.lines().filter(|line| !line.trim().is_empty());
        let indent = written.map(indentation).min().unwrap_or(0);
        let lines = self.docs.trim_matches('\n').trim_end().lines();
        lines.map(|line| line.get(indent..).unwrap_or_default().trim_end().to_owned() + "\n").collect()
    }
}

/// All checks, in the order of the manual.
pub static CHECKS: &[&Check] = &[
    &missing_passage::CHECK,
    &added_passage::CHECK,
    &moved_passage::CHECK,
    &divergent_passage::CHECK,
    &missing_content::CHECK,
    &added_content::CHECK,
    &number_mismatch::CHECK,
    &date_mismatch::CHECK,
    &name_mismatch::CHECK,
    &polarity_mismatch::CHECK,
    &modality_mismatch::CHECK,
    &scope_mismatch::CHECK,
    &condition_mismatch::CHECK,
    &tense_mismatch::CHECK,
    &relation_mismatch::CHECK,
    &untranslated_passage::CHECK,
    &abridged_passage::CHECK,
    &quotation_mismatch::CHECK,
    &heading_mismatch::CHECK,
    &list_mismatch::CHECK,
    &markup_mismatch::CHECK,
    &cue_timing::CHECK,
    &unpaired_mark::CHECK,
    &joined_words::CHECK,
    &inconsistent_term::CHECK,
    &inconsistent_sentence::CHECK,
    &term_violation::CHECK,
    &length_outlier::CHECK,
    &stale_passage::CHECK,
    &missing_file::CHECK,
    &orphan_file::CHECK,
];

/// What the checks may be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Severities that differ from the default, by name of the check; `None` switches the check off.
    pub severity: BTreeMap<String, Option<Severity>>,
    /// Findings less likely to be right than this stay unsaid; from 0 to 1.
    pub min_confidence: f64,
    /// What the user wants words to mean.
    pub termbase: Demands,
    /// The patterns of the user's own placeholders.
    pub placeholders: Vec<Pattern>,
    /// The keys of front matter whose values must be the same.
    pub verbatim: Vec<String>,
    /// How many columns of text a cue of subtitles may show in a second.
    pub reading_speed: Option<f64>,
    /// Whether the user names the languages of both versions.
    pub languages_named: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            severity: BTreeMap::new(),
            min_confidence: 0.5,
            termbase: Demands::default(),
            placeholders: Vec::new(),
            verbatim: Vec::new(),
            reading_speed: None,
            languages_named: false,
        }
    }
}

/// Runs all checks that are not switched off over an aligned pair.
///
/// Findings come in the order of the source text; those that concern the target alone stand where their place
/// in the target is linked to.
pub fn check(aligned: &Aligned, settings: &Settings) -> Vec<Finding> {
    check_and_count(aligned, settings).0
}

/// As [`check`], with the terms of the source and those of the target, which a check has counted anyway.
pub fn check_and_count(aligned: &Aligned, settings: &Settings) -> (Vec<Finding>, [Vec<Term>; 2]) {
    let context = Context::new(aligned, settings);
    let on = CHECKS.par_iter().filter(|check| settings.severity.get(check.name) != Some(&None));
    let found: Vec<Vec<Finding>> = on
        .map(|check| {
            let mut findings = Findings::default();
            (check.run)(&context, &mut findings);
            stated(check, findings.found, settings)
        })
        .collect();
    let findings = arrange(once(owned(found.into_iter().flatten().collect())), &context);
    (findings, context.into_terms())
}

/// Adds what the gate found between two states of a pair to the findings in its new state, as findings of
/// `stale-passage`, each in its place.
pub(crate) fn add_stale(
    mut findings: Vec<Finding>,
    stale: Vec<Fault>,
    aligned: &Aligned,
    settings: &Settings,
) -> Vec<Finding> {
    findings.extend(stated(&stale_passage::CHECK, stale, settings));
    arrange(findings, &Context::new(aligned, settings))
}

/// The check of sentences that are rendered now one way, now another.
pub(crate) const INCONSISTENT_SENTENCE: &str = inconsistent_sentence::CHECK.name;
/// The check of terms that are.
pub(crate) const INCONSISTENT_TERM: &str = inconsistent_term::CHECK.name;

/// What checks find in a pair by what stands in others, as findings.
pub(crate) fn further(
    faults: Vec<(&'static str, Fault)>,
    bitext: &Bitext,
    settings: &Settings,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, fault) in faults {
        let check = CHECKS.iter().find(|check| check.name == name);
        findings.extend(check.map_or_else(Vec::new, |check| stated(check, vec![fault], settings)));
    }
    fingerprint::stamp(&mut findings, bitext);
    findings
}

/// What is to be said of a document of that side whose counterpart is not where it is expected.
pub fn lone(side: Side, there: &str, expected: &str, settings: &Settings) -> Vec<Finding> {
    let top = Span::new(0, 0);
    let other = side.other();
    let (check, source, target, message) = match side {
        Side::Source => {
            let message = message!("missing-file-lone", there = there, side = other, expected = expected);
            (&missing_file::CHECK, Some(top), None, message)
        }
        Side::Target => {
            let message = message!("orphan-file-lone", there = there, side = other, expected = expected);
            (&orphan_file::CHECK, None, Some(top), message)
        }
    };
    let fault = Fault { source, target, message, confidence: 1.0, severity: None, evidence: Vec::new() };
    let mut findings = stated(check, vec![fault], settings);
    findings.iter_mut().for_each(|finding| finding.fingerprint = fingerprint::of_words([check.name, there]));
    findings
}

/// The faults of a check as findings, without those that the settings leave unsaid.
fn stated(check: &'static Check, faults: Vec<Fault>, settings: &Settings) -> Vec<Finding> {
    let severity = match settings.severity.get(check.name) {
        Some(None) => return Vec::new(),
        Some(Some(severity)) => Some(*severity),
        None => None,
    };
    let sure = faults.into_iter().filter(|fault| fault.confidence >= settings.min_confidence);
    let finding = |fault: Fault| Finding {
        check: check.name,
        category: check.category,
        severity: severity.or(fault.severity).unwrap_or(check.severity),
        confidence: fault.confidence.clamp(0.0, 1.0),
        message: fault.message,
        source: fault.source,
        target: fault.target,
        evidence: fault.evidence,
        fingerprint: String::new(),
        status: Status::New,
        suppression: None,
    };
    sure.map(finding).collect()
}

/// Puts findings in order and gives them their fingerprints.
fn arrange(mut all: Vec<Finding>, context: &Context) -> Vec<Finding> {
    let order = |finding: &Finding| {
        let place = finding
            .source
            .map(|span| span.start)
            .or_else(|| finding.target.map(|span| context.counterpart(Side::Target, span.start)));
        (place, finding.target, finding.source, finding.check)
    };
    let said = |finding: &Finding| finding.message.said(Tongue::English);
    all.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| said(a).cmp(&said(b))));
    fingerprint::stamp(&mut all, context.bitext());
    all
}

/// Checks that look at how much is said rather than at what: where another check names the very fault, they have
/// nothing to add. The later ones yield to the earlier ones too.
const GENERAL: [&str; 3] =
    [missing_content::CHECK.name, added_content::CHECK.name, length_outlier::CHECK.name];
/// Checks of form: what they find does not account for anything missing.
const FORMAL: [Category; 2] = [Category::Conventions, Category::Terminology];

/// The checks of what a sentence says, in the order in which they own a fault that several of them see.
const OWNERS: [&str; 9] = [
    number_mismatch::CHECK.name,
    date_mismatch::CHECK.name,
    name_mismatch::CHECK.name,
    modality_mismatch::CHECK.name,
    polarity_mismatch::CHECK.name,
    scope_mismatch::CHECK.name,
    condition_mismatch::CHECK.name,
    tense_mismatch::CHECK.name,
    relation_mismatch::CHECK.name,
];

/// Leaves a fault that several checks of meaning see at the same words of both sides to the one that owns it.
fn owned(findings: Vec<Finding>) -> Vec<Finding> {
    let rank = |finding: &Finding| OWNERS.iter().position(|name| *name == finding.check);
    let mut places: Vec<(Span, (usize, Span))> = findings
        .iter()
        .filter_map(|finding| Some((finding.source?, (rank(finding)?, finding.target?))))
        .collect();
    let places = Places::of(&mut places);
    let seen = |finding: &Finding| {
        let (Some(own), Some(source), Some(target)) = (rank(finding), finding.source, finding.target) else {
            return false;
        };
        places.overlapping(source).any(|(_, (other, two))| *other < own && target.overlaps(*two))
    };
    let keep: Vec<bool> = findings.iter().map(|finding| !seen(finding)).collect();
    findings.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(finding, _)| finding).collect()
}

/// One fault, one finding: a general finding goes where a more specific one concerns the same words.
fn once(mut findings: Vec<Finding>) -> Vec<Finding> {
    let rank =
        |finding: &Finding| GENERAL.iter().position(|name| *name == finding.check).map_or(0, |at| at + 1);
    // what a finding is about: the words it names, or else the place it marks
    let concerned = |finding: &Finding, side: Side| -> Vec<Span> {
        let words =
            finding.evidence.iter().filter(|evidence| evidence.side == side).map(|evidence| evidence.span);
        let mut spans: Vec<Span> = words.collect();
        let place = if side == Side::Source { finding.source } else { finding.target };
        if spans.is_empty() && finding.evidence.is_empty() {
            spans.extend(place);
        }
        spans
    };
    let mut specific: [Vec<(Span, usize)>; 2] = Default::default();
    for finding in findings.iter().filter(|finding| !FORMAL.contains(&finding.category)) {
        for side in [Side::Source, Side::Target] {
            let spans = concerned(finding, side).into_iter();
            specific[side as usize].extend(spans.map(|span| (span, rank(finding))));
        }
    }
    let specific = specific.each_mut().map(Places::of);
    findings.retain(|finding| {
        let own = rank(finding);
        own == 0
            || ![Side::Source, Side::Target].into_iter().any(|side| {
                concerned(finding, side).into_iter().any(|span| {
                    specific[side as usize]
                        .overlapping(span)
                        .any(|(_, rank)| *rank < own && (own == GENERAL.len() || *rank == 0))
                })
            })
    });
    findings
}

/// Spans with what is known of each, ready to be asked which overlap another: without looking at all of them, where
/// few do.
struct Places<'p, T> {
    /// By their starts.
    places: &'p [(Span, T)],
    /// The last end of each place and those before it.
    ends: Vec<usize>,
}

impl<'p, T> Places<'p, T> {
    fn of(places: &'p mut Vec<(Span, T)>) -> Places<'p, T> {
        places.sort_by_key(|(span, _)| span.start);
        let ends = places.iter().scan(0, |last, (span, _)| {
            *last = span.end.max(*last);
            Some(*last)
        });
        Places { ends: ends.collect(), places }
    }

    fn overlapping(&self, span: Span) -> impl Iterator<Item = &(Span, T)> {
        let first = self.ends.partition_point(|&end| end <= span.start);
        let behind = self.places.partition_point(|(other, _)| other.start < span.end);
        self.places[first..behind.max(first)].iter().filter(move |(other, _)| span.overlaps(*other))
    }
}

/// Where the findings of a check go.
#[derive(Default)]
pub struct Findings {
    found: Vec<Fault>,
}

impl Findings {
    /// Reports a fault.
    pub fn add(&mut self, fault: Fault) {
        self.found.push(fault);
    }
}

/// A fault as a check reports it; the driver makes a [`Finding`] of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Where, in the source.
    pub source: Option<Span>,
    /// Where, in the target.
    pub target: Option<Span>,
    /// What is wrong, why we think so, what to do.
    pub message: Message,
    /// How likely it is to be right, from 0 to 1.
    pub confidence: f64,
    /// How grave, where that is not the severity of the check.
    pub severity: Option<Severity>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
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
    /// Somebody said that it is meant to be so, and why.
    Suppressed,
}

impl Status {
    /// The name used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::New => "new",
            Status::Existing => "existing",
            Status::Known => "known",
            Status::Suppressed => "suppressed",
        }
    }

    /// The name for readers.
    pub fn title(self) -> Message {
        match self {
            Status::New => message!("status-new"),
            Status::Existing => message!("status-existing"),
            Status::Known => message!("status-known"),
            Status::Suppressed => message!("status-suppressed"),
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
    pub note: Message,
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
    pub message: Message,
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
    /// Why it is meant to be so, if it is suppressed.
    pub suppression: Option<String>,
}
