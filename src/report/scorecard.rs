//! What was found, scored after MQM: points for each error by its severity and its type, for so much text.
//!
//! This is the linear model without calibration of the MQM Council. Each error costs the points of its severity times
//! the weight of its type; the score is 100 less the points for every 100 words of the original. Source: Lommel,
//! Gladkoff, Melby et al., "The Multi-Range Theory of Translation Quality Measurement: MQM scoring models and
//! Statistical Quality Control" (2024, arXiv 2405.16969), where the points are called absolute penalty total, the
//! words evaluation word count, and 1,000 words the reference word count. The framework: Lommel, Uszkoreit and
//! Burchardt, "Multidimensional Quality Metrics (MQM)" (Tradumàtica 12, 2014). Where words are not written apart,
//! characters are counted instead, as ISO 5060 has it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::places::counted;
use super::{Pair, Severity};
use crate::message::{Id, Message, id, message};
use crate::text::script::is_han;
use crate::text::{Document, Lang, PieceKind};

/// How many error types there are.
const KINDS: usize = 12;

/// An error type of MQM: what kind of fault a finding is to those who score translations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "their names are those of MQM")]
pub enum ErrorType {
    InconsistentWithTerminologyResource,
    InconsistentUseOfTerminology,
    Mistranslation,
    Addition,
    Omission,
    Untranslated,
    Punctuation,
    Spelling,
    TextualConventions,
    Layout,
    MarkupTag,
    Other,
}

impl ErrorType {
    /// All of them, in the order of MQM.
    pub const ALL: [ErrorType; KINDS] = [
        ErrorType::InconsistentWithTerminologyResource,
        ErrorType::InconsistentUseOfTerminology,
        ErrorType::Mistranslation,
        ErrorType::Addition,
        ErrorType::Omission,
        ErrorType::Untranslated,
        ErrorType::Punctuation,
        ErrorType::Spelling,
        ErrorType::TextualConventions,
        ErrorType::Layout,
        ErrorType::MarkupTag,
        ErrorType::Other,
    ];

    /// The type of what a check finds.
    pub fn of(check: &str) -> ErrorType {
        TYPES.iter().find(|(name, _)| *name == check).map_or(ErrorType::Other, |(_, kind)| *kind)
    }

    /// The name in settings and for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorType::InconsistentWithTerminologyResource => "inconsistent-with-terminology-resource",
            ErrorType::InconsistentUseOfTerminology => "inconsistent-use-of-terminology",
            ErrorType::Mistranslation => "mistranslation",
            ErrorType::Addition => "addition",
            ErrorType::Omission => "omission",
            ErrorType::Untranslated => "untranslated",
            ErrorType::Punctuation => "punctuation",
            ErrorType::Spelling => "spelling",
            ErrorType::TextualConventions => "textual-conventions",
            ErrorType::Layout => "layout",
            ErrorType::MarkupTag => "markup-tag",
            ErrorType::Other => "other",
        }
    }

    /// The name for readers, behind that of the dimension: "accuracy: omission".
    pub fn title(self) -> Message {
        match self {
            ErrorType::Other => self.name().into(),
            _ => message!("mqm-title", dimension = self.dimension().1, name = self.name()),
        }
    }

    /// The dimension of MQM that it belongs to, for programs and for readers.
    pub fn dimension(self) -> (&'static str, Id) {
        use ErrorType::*;
        match self {
            InconsistentWithTerminologyResource | InconsistentUseOfTerminology => {
                ("terminology", id!("mqm-terminology"))
            }
            Mistranslation | Addition | Omission | Untranslated => ("accuracy", id!("mqm-accuracy")),
            Punctuation | Spelling | TextualConventions => {
                ("linguistic-conventions", id!("mqm-linguistic-conventions"))
            }
            Layout | MarkupTag => ("design-and-markup", id!("mqm-design-and-markup")),
            Other => ("other", id!("mqm-other")),
        }
    }

    fn name(self) -> Id {
        match self {
            ErrorType::InconsistentWithTerminologyResource => {
                id!("mqm-inconsistent-with-terminology-resource")
            }
            ErrorType::InconsistentUseOfTerminology => id!("mqm-inconsistent-use-of-terminology"),
            ErrorType::Mistranslation => id!("mqm-mistranslation"),
            ErrorType::Addition => id!("mqm-addition"),
            ErrorType::Omission => id!("mqm-omission"),
            ErrorType::Untranslated => id!("mqm-untranslated"),
            ErrorType::Punctuation => id!("mqm-punctuation"),
            ErrorType::Spelling => id!("mqm-spelling"),
            ErrorType::TextualConventions => id!("mqm-textual-conventions"),
            ErrorType::Layout => id!("mqm-layout"),
            ErrorType::MarkupTag => id!("mqm-markup-tag"),
            ErrorType::Other => id!("mqm-other"),
        }
    }
}

/// The checks, each with the error type of what it finds.
const TYPES: &[(&str, ErrorType)] = &[
    ("missing-passage", ErrorType::Omission),
    ("added-passage", ErrorType::Addition),
    ("moved-passage", ErrorType::TextualConventions),
    ("divergent-passage", ErrorType::Mistranslation),
    ("missing-content", ErrorType::Omission),
    ("added-content", ErrorType::Addition),
    ("number-mismatch", ErrorType::Mistranslation),
    ("date-mismatch", ErrorType::Mistranslation),
    ("name-mismatch", ErrorType::Mistranslation),
    ("polarity-mismatch", ErrorType::Mistranslation),
    ("modality-mismatch", ErrorType::Mistranslation),
    ("scope-mismatch", ErrorType::Mistranslation),
    ("condition-mismatch", ErrorType::Mistranslation),
    ("tense-mismatch", ErrorType::Mistranslation),
    ("relation-mismatch", ErrorType::Mistranslation),
    ("untranslated-passage", ErrorType::Untranslated),
    ("abridged-passage", ErrorType::Omission),
    ("quotation-mismatch", ErrorType::Punctuation),
    ("heading-mismatch", ErrorType::Layout),
    ("list-mismatch", ErrorType::Mistranslation),
    ("markup-mismatch", ErrorType::MarkupTag),
    ("cue-timing", ErrorType::Layout),
    ("unpaired-mark", ErrorType::Punctuation),
    ("joined-words", ErrorType::Spelling),
    ("inconsistent-term", ErrorType::InconsistentUseOfTerminology),
    ("inconsistent-sentence", ErrorType::InconsistentUseOfTerminology),
    ("term-violation", ErrorType::InconsistentWithTerminologyResource),
    ("length-outlier", ErrorType::Mistranslation),
    ("stale-passage", ErrorType::Mistranslation),
    ("missing-file", ErrorType::Omission),
    ("orphan-file", ErrorType::Addition),
];

/// The severities, as scorecards list them.
pub(super) const GRAVEST_FIRST: [Severity; 3] = [Severity::Critical, Severity::Major, Severity::Minor];

/// How many words the penalty is told for.
const REFERENCE: f64 = 1000.0;
/// The score of a text without errors.
const MOST: f64 = 100.0;

/// What errors cost, and what score is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scoring {
    /// The points of a severity: of minor, major and critical errors.
    pub severities: [f64; 3],
    /// What those are multiplied by, in the order of [`ErrorType::ALL`].
    pub types: [f64; KINDS],
    /// The lowest score that passes.
    pub min_score: Option<f64>,
}

impl Default for Scoring {
    /// The multipliers of the MQM Council, and all types alike.
    fn default() -> Scoring {
        Scoring { severities: [1.0, 5.0, 25.0], types: [1.0; KINDS], min_score: None }
    }
}

impl Scoring {
    /// What one error costs.
    pub fn points(&self, kind: ErrorType, severity: Severity) -> f64 {
        self.severities[severity as usize] * self.types[kind as usize]
    }
}

/// What is scored: how much text, and how many errors of each type and severity, of those that count for the verdict.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scorecard {
    /// The words of originals in languages that write them apart.
    pub words: usize,
    /// The characters of all other originals.
    pub characters: usize,
    /// How many errors there are.
    pub errors: BTreeMap<(ErrorType, Severity), usize>,
}

/// The errors of a type.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The type.
    pub kind: ErrorType,
    /// How many are critical, major and minor.
    pub counts: [usize; 3],
    /// What they cost.
    pub penalty: f64,
}

/// What it comes to, in two decimals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// What all errors cost.
    pub penalty: f64,
    /// The same for 1,000 words or characters; none where there are no words.
    pub per_thousand: Option<f64>,
    /// From 0 to 100; none where there is nothing to score.
    pub value: Option<f64>,
}

impl Scorecard {
    /// The scorecard of one pair.
    pub fn of(pair: &Pair) -> Scorecard {
        let source = &pair.bitext.source;
        let (mut card, units) = (Scorecard::default(), units(source));
        match writes_words_apart(source.lang) {
            true => card.words = units,
            false => card.characters = units,
        }
        for finding in counted(pair) {
            *card.errors.entry((ErrorType::of(finding.check), finding.severity)).or_default() += 1;
        }
        card
    }

    /// Takes in what was found elsewhere.
    pub fn add(&mut self, other: &Scorecard) {
        self.words += other.words;
        self.characters += other.characters;
        for (kind, count) in &other.errors {
            *self.errors.entry(*kind).or_default() += count;
        }
    }

    /// The types of which there are errors, in the order of MQM.
    pub fn rows(&self, scoring: &Scoring) -> Vec<Row> {
        let count = |kind, severity| self.errors.get(&(kind, severity)).copied().unwrap_or_default();
        let row = |kind| {
            let counts = GRAVEST_FIRST.map(|severity| count(kind, severity));
            let costs = GRAVEST_FIRST.map(|severity| scoring.points(kind, severity));
            let penalty: f64 = counts.iter().zip(costs).map(|(&count, cost)| count as f64 * cost).sum();
            let penalty = rounded(penalty);
            Row { kind, counts, penalty }
        };
        ErrorType::ALL.into_iter().map(row).filter(|row| row.counts != [0; 3]).collect()
    }

    /// What it comes to.
    pub fn score(&self, scoring: &Scoring) -> Score {
        let penalty = self.rows(scoring).iter().map(|row| row.penalty).fold(0.0, |sum, one| sum + one);
        let units = (self.words + self.characters) as f64;
        let share = (units > 0.0).then(|| penalty / units);
        let value = match share {
            Some(share) => Some(MOST * (1.0 - share).max(0.0)),
            // a file that is missing is an error without a text
            None if penalty > 0.0 => Some(0.0),
            None => None,
        };
        Score {
            penalty: rounded(penalty),
            per_thousand: share.map(|share| rounded(share * REFERENCE)),
            value: value.map(rounded),
        }
    }

    /// Whether the score is as high as it is asked to be. Where there is nothing to score, nothing is asked.
    pub fn passes(&self, scoring: &Scoring) -> bool {
        match (scoring.min_score, self.score(scoring).value) {
            (Some(least), Some(value)) => value >= least,
            _ => true,
        }
    }

    /// What the text is measured in, for programs.
    pub fn unit(&self) -> &'static str {
        match (self.words, self.characters) {
            (_, 0) => "word",
            (0, _) => "character",
            _ => "word or character",
        }
    }

    /// "1,234 characters"
    pub(super) fn extent(&self) -> Message {
        message!("mqm-extent", count = grouped(self.words + self.characters), units = self.units())
    }

    fn units(&self) -> Id {
        match (self.words, self.characters) {
            (_, 0) => id!("mqm-words"),
            (0, _) => id!("mqm-characters"),
            _ => id!("mqm-words-or-characters"),
        }
    }

    /// The score in a sentence, and whether it is high enough.
    pub(super) fn told(&self, scoring: &Scoring) -> Message {
        let Score { penalty, per_thousand, value } = self.score(scoring);
        let Some(value) = value else { return message!("mqm-nothing") };
        let (value, penalty) = (format!("{value:.2}"), penalty.to_string());
        let score = match per_thousand {
            Some(share) => message!(
                "mqm-score-and-share",
                value = value,
                penalty = penalty,
                share = format!("{share:.2}"),
                units = self.units()
            ),
            None => message!("mqm-score", value = value, penalty = penalty),
        };
        let Some(least) = scoring.min_score else { return score };
        let least = least.to_string();
        match self.passes(scoring) {
            true => message!("mqm-reached", score = score, least = least),
            false => message!("mqm-not-reached", score = score, least = least),
        }
    }
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// "12,345"
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn writes_words_apart(lang: Lang) -> bool {
    !["zh", "ja"].contains(&lang.as_str())
}

/// How long the prose of a document is: each Chinese or Japanese character counts, and each word of other scripts.
fn units(document: &Document) -> usize {
    let prose = document.blocks.iter().filter(|block| block.kind.is_prose());
    let pieces = prose.flat_map(|block| &block.pieces).filter(|piece| piece.kind == PieceKind::Prose);
    pieces.map(|piece| units_of(document.slice(piece.span))).sum()
}

/// A word is what stands between white space, ideographs and marks beyond ASCII, if it has a letter or a digit.
fn units_of(text: &str) -> usize {
    let (mut units, mut inside) = (0, false);
    for c in text.chars() {
        if is_han(c) || matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}') {
            units += 1;
            inside = false;
        } else if c.is_alphanumeric() {
            units += usize::from(!inside);
            inside = true;
        } else if c.is_whitespace() || !(c.is_ascii() || c == '’') {
            inside = false;
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::CHECKS;

    #[test]
    fn every_check_has_a_type() {
        for check in CHECKS {
            assert_ne!(ErrorType::of(check.name), ErrorType::Other, "{}", check.name);
        }
        for (name, _) in TYPES {
            assert!(CHECKS.iter().any(|check| check.name == *name), "{name}");
        }
    }

    #[test]
    fn text_is_measured_as_people_do() {
        for (text, units) in [
            ("", 0),
            ("— … !", 0),
            ("The state-of-the-art, isn't it?", 4),
            ("网络主权，", 4),
            ("2015年提出AI，ML的。", 7),
            ("word—word", 2),
            ("かな と カナ", 5),
            ("1,234.5 km²", 2),
        ] {
            assert_eq!(units_of(text), units, "{text:?}");
        }
    }

    fn asking(scoring: Scoring, least: f64) -> Scoring {
        Scoring { min_score: Some(least), ..scoring }
    }

    /// Words, errors as "critical major minor", weights, the penalty for 1,000 words and the score.
    #[test]
    fn scores_are_those_of_the_formula() {
        let minor = Scoring::default();
        let double = Scoring {
            types: ErrorType::ALL.map(|kind| if kind == ErrorType::Omission { 2.0 } else { 1.0 }),
            ..minor
        };
        let strict = Scoring { severities: [1.0, 10.0, 100.0], ..minor };
        for (words, errors, scoring, per_thousand, value) in [
            (1000, [0, 0, 0], minor, Some(0.0), Some(100.0)),
            (1000, [1, 2, 3], minor, Some(38.0), Some(96.2)),
            (1000, [1, 2, 3], double, Some(76.0), Some(92.4)),
            (1000, [1, 2, 3], strict, Some(123.0), Some(87.7)),
            (300, [0, 0, 1], minor, Some(3.33), Some(99.67)),
            (10, [1, 0, 0], minor, Some(2500.0), Some(0.0)),
            (0, [0, 0, 0], minor, None, None),
            (0, [1, 0, 0], minor, None, Some(0.0)),
        ] {
            let errors = GRAVEST_FIRST.into_iter().zip(errors).filter(|(_, count)| *count > 0);
            let errors = errors.map(|(severity, count)| ((ErrorType::Omission, severity), count)).collect();
            let card = Scorecard { words, characters: 0, errors };
            let score = card.score(&scoring);
            assert_eq!((score.per_thousand, score.value), (per_thousand, value), "{card:?}");
            if let Some(value) = value {
                assert!(card.passes(&asking(scoring, value)), "{card:?}");
                assert!(!card.passes(&asking(scoring, value + 0.01)), "{card:?}");
            } else {
                assert!(card.passes(&asking(scoring, 100.0)));
            }
        }
    }
}
