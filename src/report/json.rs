//! The report for programs: JSON, version 1, whose fields keep their names and meanings.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use super::lines::{Lines, Position};
use super::scorecard::{Row, Score, Scorecard, Scoring};
use super::{Options, Pair, Totals, Unused, place, side_name};
use crate::align::{Alignment, Link};
use crate::check::{Evidence, Finding, Severity, Side, Status, Tongue};
use crate::text::{Block, Document, Numbering, Span};

/// Writes what comes before the pairs.
///
/// Lines and columns count from 1, columns in Unicode scalar values; `end` is exclusive. Scores and
/// confidences have three decimals. A block, a sentence or a link takes one line.
pub fn head(_: &Totals, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    let tool = ToolView { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    write!(out, "{{\n \"version\": 1,\n \"tool\": ")?;
    laid_out(&tool, 1, out)?;
    write!(out, ",\n \"pairs\": [\n  ")
}

/// Writes one pair.
pub fn pair(pair: &Pair, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    laid_out(&pair_view(pair, options), 2, out)
}

/// Writes what comes after the pairs.
pub fn tail(totals: &Totals, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let summary = SummaryView {
        critical: totals.count(Severity::Critical),
        major: totals.count(Severity::Major),
        minor: totals.count(Severity::Minor),
        existing: totals.with_status(Status::Existing),
        known: totals.with_status(Status::Known),
        suppressed: totals.with_status(Status::Suppressed),
        unchanged: totals.unchanged,
        scorecard: scorecard_view(&totals.scorecard, options),
        unused_suppressions: &totals.unused_suppressions,
        verdict: totals.verdict.as_str(),
    };
    write!(out, "\n ],\n \"summary\": ")?;
    laid_out(&summary, 1, out)?;
    writeln!(out, "\n}}")
}

/// Writes a value as it looks inside `depth` levels of objects and arrays.
fn laid_out(value: &impl Serialize, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    let layout = Layout { depth, ..Layout::default() };
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, layout))?;
    out.flush()
}

/// Writes one JSON object a line for each pair, with the fields that a member of `pairs` has in the whole report.
pub fn line(pair: &Pair, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &pair_view(pair, options))?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct ToolView {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct SummaryView<'a> {
    critical: usize,
    major: usize,
    minor: usize,
    existing: usize,
    known: usize,
    suppressed: usize,
    unchanged: usize,
    scorecard: ScorecardView,
    unused_suppressions: &'a [Unused],
    verdict: &'static str,
}

#[derive(Serialize)]
struct PairView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a serde_json::Value>,
    source: DocumentView<'a>,
    target: DocumentView<'a>,
    alignment: AlignmentView<'a>,
    findings: Vec<FindingView<'a>>,
    scorecard: ScorecardView,
}

/// What was found, scored after MQM.
#[derive(Serialize)]
struct ScorecardView {
    unit: &'static str,
    units: usize,
    penalty: f64,
    per_thousand: Option<f64>,
    score: Option<f64>,
    min_score: Option<f64>,
    errors: Vec<ErrorsView>,
}

/// The errors of a type.
#[derive(Serialize)]
struct ErrorsView {
    dimension: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    critical: usize,
    major: usize,
    minor: usize,
    penalty: f64,
}

#[derive(Serialize)]
struct DocumentView<'a> {
    path: &'a str,
    lang: &'a str,
    #[serde(skip_serializing_if = "is_utf8")]
    encoding: &'static str,
    blocks: Vec<BlockView<'a>>,
    sentences: Vec<SentenceView<'a>>,
}

#[derive(Serialize)]
struct BlockView<'a> {
    kind: &'static str,
    level: Option<u8>,
    numbering: Option<NumberingView<'a>>,
    lines: (usize, usize),
    sentences: Vec<usize>,
}

#[derive(Serialize)]
struct NumberingView<'a> {
    text: &'a str,
    value: u32,
}

#[derive(Serialize)]
struct SentenceView<'a> {
    block: usize,
    #[serde(flatten)]
    place: PlaceView<'a>,
}

#[derive(Serialize)]
struct PlaceView<'a> {
    start: PositionView<'a>,
    end: PositionView<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct PositionView<'a> {
    line: usize,
    column: usize,
    /// The run of the paragraph, in a Word document.
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<usize>,
    /// The slide, page or cell, in a file that has such parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
}

#[derive(Serialize)]
struct AlignmentView<'a> {
    blocks: Vec<LinkView<'a>>,
    sentences: Vec<LinkView<'a>>,
}

#[derive(Serialize)]
struct LinkView<'a> {
    source: &'a [usize],
    target: &'a [usize],
    score: f64,
    moved: bool,
}

#[derive(Serialize)]
struct FindingView<'a> {
    check: &'a str,
    category: &'static str,
    severity: &'static str,
    confidence: f64,
    message: Cow<'a, str>,
    fingerprint: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppression: Option<&'a str>,
    source: Option<PlaceView<'a>>,
    target: Option<PlaceView<'a>>,
    evidence: Vec<EvidenceView<'a>>,
}

#[derive(Serialize)]
struct EvidenceView<'a> {
    side: &'static str,
    text: &'a str,
    note: Cow<'a, str>,
    start: PositionView<'a>,
    end: PositionView<'a>,
}

fn pair_view<'a>(pair: &'a Pair, options: &Options) -> PairView<'a> {
    let tongue = options.tongue;
    let (source, target) = (&pair.bitext.source, &pair.bitext.target);
    let places = Places { source: (source, Lines::of(source)), target: (target, Lines::of(target)) };
    PairView {
        id: pair.id.as_ref(),
        source: document_view(source, &places.source.1),
        target: document_view(target, &places.target.1),
        alignment: alignment_view(&pair.bitext.alignment),
        findings: pair.findings.iter().map(|finding| finding_view(finding, &places, tongue)).collect(),
        scorecard: scorecard_view(&Scorecard::of(pair), options),
    }
}

fn scorecard_view(card: &Scorecard, options: &Options) -> ScorecardView {
    let scoring: Scoring = options.scoring.unwrap_or_default();
    let Score { penalty, per_thousand, value } = card.score(&scoring);
    let errors = |Row { kind, counts: [critical, major, minor], penalty }| ErrorsView {
        dimension: kind.dimension().0,
        kind: kind.as_str(),
        critical,
        major,
        minor,
        penalty,
    };
    ScorecardView {
        unit: card.unit(),
        units: card.words + card.characters,
        penalty,
        per_thousand,
        score: value,
        min_score: scoring.min_score,
        errors: card.rows(&scoring).into_iter().map(errors).collect(),
    }
}

/// Both documents with their lines.
struct Places<'a> {
    source: (&'a Document, Lines<'a>),
    target: (&'a Document, Lines<'a>),
}

impl<'a> Places<'a> {
    fn view(&self, side: Side, span: Span) -> PlaceView<'a> {
        let (document, lines) = match side {
            Side::Source => &self.source,
            Side::Target => &self.target,
        };
        place_view(document, lines, span)
    }
}

fn document_view<'a>(document: &'a Document, lines: &Lines) -> DocumentView<'a> {
    let sentences = document.sentences.iter().map(|sentence| SentenceView {
        block: sentence.block,
        place: place_view(document, lines, sentence.span),
    });
    DocumentView {
        path: &document.path,
        lang: document.lang.as_str(),
        encoding: document.encoding,
        blocks: document.blocks.iter().map(|block| block_view(document, lines, block)).collect(),
        sentences: sentences.collect(),
    }
}

/// Whether the encoding of a file needs no mention.
fn is_utf8(encoding: &&str) -> bool {
    *encoding == "UTF-8"
}

fn block_view<'a>(document: &'a Document, lines: &Lines, block: &Block) -> BlockView<'a> {
    let numbering = |numbering: &Numbering| NumberingView {
        text: document.slice(numbering.span),
        value: numbering.value,
    };
    BlockView {
        kind: block.kind.as_str(),
        level: block.level,
        numbering: block.numbering.as_deref().map(numbering),
        lines: lines.lines(block.span),
        sentences: block.sentences.clone().collect(),
    }
}

fn alignment_view(alignment: &Alignment) -> AlignmentView<'_> {
    AlignmentView {
        blocks: alignment.blocks.iter().map(link_view).collect(),
        sentences: alignment.sentences.iter().map(link_view).collect(),
    }
}

fn link_view(link: &Link) -> LinkView<'_> {
    LinkView { source: &link.source, target: &link.target, score: rounded(link.score), moved: link.moved }
}

fn finding_view<'a>(finding: &'a Finding, places: &Places<'a>, tongue: Tongue) -> FindingView<'a> {
    let evidence = |evidence: &'a Evidence| {
        let PlaceView { start, end, text } = places.view(evidence.side, evidence.span);
        EvidenceView { side: side_name(evidence.side), text, note: evidence.note.said(tongue), start, end }
    };
    let side = |side| place(finding, side).map(|span| places.view(side, span));
    FindingView {
        check: finding.check,
        category: finding.category.as_str(),
        severity: finding.severity.as_str(),
        confidence: rounded(finding.confidence),
        message: finding.message.said(tongue),
        fingerprint: &finding.fingerprint,
        status: finding.status.as_str(),
        suppression: finding.suppression.as_deref(),
        source: side(Side::Source),
        target: side(Side::Target),
        evidence: finding.evidence.iter().map(evidence).collect(),
    }
}

fn place_view<'a>(document: &'a Document, lines: &Lines, span: Span) -> PlaceView<'a> {
    // what ends where another run or part begins ends in the one before
    let last = span.end.saturating_sub(1).max(span.start);
    PlaceView {
        start: position_view(document, lines.position(span.start), span.start),
        end: position_view(document, lines.position(span.end), last),
        text: document.slice(span),
    }
}

/// A position, with the run and the part in which a byte stands.
fn position_view(document: &Document, Position { line, column }: Position, at: usize) -> PositionView<'_> {
    PositionView { line, column, run: document.run(at), part: document.part(at) }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// Lays the upper levels out over lines and keeps what lies below them on one line each: the object, its
/// pairs, their sides and the arrays in them; a finding takes a line a field.
#[derive(Default)]
struct Layout {
    depth: usize,
    filled: bool,
}

/// The innermost level whose members stand on lines of their own.
const BROKEN: usize = 5;

impl Layout {
    fn open<W: ?Sized + Write>(&mut self, out: &mut W, mark: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        out.write_all(mark)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, mark: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.filled && self.depth < BROKEN {
            self.line(out)?;
        }
        self.filled = true;
        out.write_all(mark)
    }

    fn member<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        match (self.depth <= BROKEN, first) {
            (true, _) => self.line(out),
            (false, true) => Ok(()),
            (false, false) => out.write_all(b" "),
        }
    }

    fn line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| out.write_all(b" "))
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.member(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.member(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}
