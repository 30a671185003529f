//! The report for a terminal: each finding with excerpts of both sides, marked at the words concerned.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::lines::Lines;
use super::places::spot;
use super::scorecard::GRAVEST_FIRST;
use super::{Options, Pair, Totals, check_name, headline, place, side_title};
use crate::check::{Finding, Message, Severity, Side, Status, Tongue};
use crate::message::{id, message};
use crate::report::Verdict;
use crate::text::foreign::shown;
use crate::text::{Document, Span};

/// Writes the findings of a pair that count for the verdict, or all of them if the options say so. Lines longer than
/// `options.width` are cut to a window around the words concerned.
///
/// Control characters of the texts are written as pictures of themselves, never as they are.
pub fn pair(pair: &Pair, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let told = pair.findings.iter().filter(|finding| options.all || finding.status == Status::New);
    each(pair, told, options, out)
}

/// Writes one finding of a pair, as [`pair`] does.
pub fn finding(pair: &Pair, finding: &Finding, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    each(pair, std::iter::once(finding), options, out)
}

fn each<'a>(
    pair: &Pair,
    mut findings: impl Iterator<Item = &'a Finding>,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (source, target) = (Lines::of(&pair.bitext.source), Lines::of(&pair.bitext.target));
    findings.try_for_each(|finding| {
        let view = View { pair, finding, source: &source, target: &target, options };
        out.write_all(view.to_string().as_bytes())
    })
}

/// Writes a line that sums up.
pub fn tail(totals: &Totals, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(summary(totals, options).as_bytes())?;
    out.write_all(scorecard(totals, options).as_bytes())
}

/// "1 critical, 2 major, 0 minor (not counted: 3 known): failed"
fn summary(totals: &Totals, options: &Options) -> String {
    let tongue = options.tongue;
    let counts = GRAVEST_FIRST.map(|severity| counted(totals.count(severity), severity.title(), tongue));
    let mut uncounted = Vec::new();
    for status in [Status::Known, Status::Existing, Status::Suppressed] {
        match totals.with_status(status) {
            0 => {}
            count => uncounted.push(counted(count, status.title(), tongue)),
        }
    }
    let comma = id!("comma").said(tongue);
    let uncounted = match uncounted.is_empty() {
        true => Cow::default(),
        false => message!("text-not-counted", counts = uncounted.join(&comma)).said(tongue),
    };
    let (verdict, colour) = match totals.verdict {
        Verdict::Pass => (id!("passed"), AnsiColor::Green),
        Verdict::Fail => (id!("failed"), AnsiColor::Red),
    };
    let verdict = paint(&verdict.said(tongue), colour.on_default().bold(), options);
    format!("{}{uncounted}{}{verdict}\n", counts.join(&comma), colon(tongue))
}

/// The scorecard, a line a type of error and one for the score; nothing where it is not to be shown.
fn scorecard(totals: &Totals, options: &Options) -> String {
    let Some(scoring) = &options.scoring else { return String::new() };
    let (card, tongue) = (&totals.scorecard, options.tongue);
    let mut lines = message!("text-scorecard", extent = card.extent()).said(tongue).into_owned() + "\n";
    let rows = card.rows(scoring);
    let titles: Vec<Cow<str>> = rows.iter().map(|row| row.kind.title().said(tongue)).collect();
    let widest = titles.iter().map(|title| title.width()).max().unwrap_or(0);
    for (row, title) in rows.iter().zip(&titles) {
        let counts = GRAVEST_FIRST.into_iter().zip(row.counts);
        let counts = counts.map(|(severity, count)| counted(count, severity.title(), tongue));
        let (counts, space) = (counts.collect::<Vec<_>>(), " ".repeat(widest - title.width()));
        let points = message!("text-points", points = row.penalty.to_string()).said(tongue);
        let counts = counts.join(&id!("comma").said(tongue));
        // writing to a string cannot fail
        let _ = writeln!(lines, "  {title}{space}  {counts}  {points}");
    }
    let _ = writeln!(lines, "  {}", card.told(scoring).said(tongue));
    lines
}

/// "3 known", "已知 3".
fn counted(count: usize, what: Message, tongue: Tongue) -> Cow<'static, str> {
    message!("text-counted", count = count, what = what).said(tongue)
}

fn colon(tongue: Tongue) -> Cow<'static, str> {
    id!("colon").said(tongue)
}

/// One finding about to be written.
struct View<'a> {
    pair: &'a Pair,
    finding: &'a Finding,
    source: &'a Lines<'a>,
    target: &'a Lines<'a>,
    options: &'a Options,
}

const SIDES: [Side; 2] = [Side::Source, Side::Target];

impl fmt::Display for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let View { finding, options, .. } = *self;
        let tongue = options.tongue;
        let message = finding.message.said(tongue);
        let (first, rest) = headline(&message);
        let label =
            format!("{}[{}]", finding.severity.title().said(tongue), check_name(finding.check, tongue));
        let label = paint(&label, severity_style(finding.severity), options);
        writeln!(f, "{label}{}{}", colon(tongue), paint(&shown(first), Style::new().bold(), options))?;

        let excerpts: Vec<_> = SIDES.iter().filter_map(|&side| self.excerpt(side)).collect();
        let last = excerpts.iter().flat_map(|excerpt| &excerpt.rows).filter_map(|row| row.number).max();
        let gutter = last.unwrap_or(1).to_string().len();
        let rail = |mark: &str| paint(mark, rail_style(), options);
        for (index, excerpt) in excerpts.iter().enumerate() {
            let arrow = rail(if index == 0 { "-->" } else { ":::" });
            writeln!(f, "{:gutter$}{arrow} {}", "", excerpt.head)?;
            writeln!(f, "{:gutter$} {}", "", rail("|"))?;
            for row in &excerpt.rows {
                let number = row.number.map(|number| number.to_string()).unwrap_or_default();
                let line = format!("{} {} {}", rail(&format!("{number:>gutter$}")), rail("|"), row.text);
                writeln!(f, "{}", line.trim_end())?;
            }
            if index + 1 < excerpts.len() {
                writeln!(f, "{:gutter$} {}", "", rail("|"))?;
            }
        }
        let mut notes: Vec<(&str, String)> = Vec::new();
        let (note_word, sure) = (id!("text-note").said(tongue), id!("text-confidence").said(tongue));
        notes.extend(
            rest.lines().filter(|line| !line.trim().is_empty()).map(|line| (&*note_word, shown(line.trim()))),
        );
        notes.extend(excerpts.into_iter().flat_map(|excerpt| excerpt.notes).map(|note| (&*note_word, note)));
        let status = match finding.status {
            Status::New => String::new(),
            status => format!("{}{}", id!("comma").said(tongue), status.title().said(tongue)),
        };
        notes.push((&sure, format!("{:.2}{status}", finding.confidence)));
        for (kind, note) in notes {
            let colon = colon(tongue);
            let kind = paint(&format!("{kind}{}", colon.trim_end()), Style::new().bold(), options);
            let space = if colon.ends_with(' ') { " " } else { "" };
            writeln!(f, "{:gutter$} {} {kind}{space}{note}", "", rail("="))?;
        }
        writeln!(f)
    }
}

/// The part of one side that a finding is about.
struct Excerpt {
    /// "zh.md:45:3 (source)"
    head: String,
    rows: Vec<Row>,
    /// What is to be said of places that the rows do not show.
    notes: Vec<String>,
}

/// A line beside the rail: text of the document if it has a number, else marks under it.
struct Row {
    number: Option<usize>,
    text: String,
}

impl Row {
    fn marks(text: String) -> Row {
        Row { number: None, text }
    }
}

/// The most lines of a passage that are shown; of a longer one, the first and the last.
const SHOWN: usize = 3;

impl View<'_> {
    fn lines(&self, side: Side) -> &Lines<'_> {
        match side {
            Side::Source => self.source,
            Side::Target => self.target,
        }
    }

    fn side(&self, side: Side) -> Cow<'static, str> {
        side_title(side).said(self.options.tongue)
    }

    fn nothing(&self) -> Cow<'static, str> {
        id!("nothing-here").said(self.options.tongue)
    }

    /// Cells left for text: the gutter, the rail and the spaces around it are taken off.
    fn width(&self) -> usize {
        self.options.width.saturating_sub(10).max(20)
    }

    fn excerpt(&self, side: Side) -> Option<Excerpt> {
        let span = place(self.finding, side)?;
        let document = self.pair.document(side);
        let lines = self.lines(side);
        let at = lines.position(span.start);
        let name = message!("text-in-brackets", what = side_title(side)).said(self.options.tongue);
        let place = shown(&spot(at, document.part(span.start)));
        let head = format!("{}:{place}{name}", shown(&document.path));
        let mut excerpt = Excerpt { head, rows: Vec::new(), notes: Vec::new() };
        let mut notes: Vec<(Span, Cow<str>)> = self
            .finding
            .evidence
            .iter()
            .filter(|evidence| evidence.side == side)
            .map(|evidence| (evidence.span, evidence.note.said(self.options.tongue)))
            .collect();
        if span.is_empty() {
            self.gap(document, lines, span.start, &mut excerpt);
        } else {
            self.passage(document, lines, span, &mut notes, &mut excerpt);
        }
        for (span, note) in notes {
            let at = lines.position(span.start);
            let quoted = clipped(&document.words(span), self.width().min(40));
            let (name, colon) = (self.side(side), colon(self.options.tongue));
            let place = shown(&spot(at, document.part(span.start)));
            excerpt.notes.push(format!("{name} {place} “{quoted}”{colon}{}", shown(&note)));
        }
        Some(excerpt)
    }

    /// Shows the lines of a passage; what evidence stands in them is marked and taken from `notes`.
    fn passage(
        &self,
        document: &Document,
        lines: &Lines,
        span: Span,
        notes: &mut Vec<(Span, Cow<str>)>,
        excerpt: &mut Excerpt,
    ) {
        let (first, last) = lines.lines(span);
        let speaks =
            |line: &usize| lines.span(*line).intersect(span).is_some_and(|part| !blank(document, part));
        let mut wanted: Vec<usize> = (first..=last).filter(speaks).take(SHOWN + 1).collect();
        let cut = wanted.len() > SHOWN;
        if cut {
            wanted.truncate(1);
            wanted.extend((first..=last).rev().find(speaks));
        }
        for (index, &line) in wanted.iter().enumerate() {
            if cut && index == 1 {
                excerpt.rows.push(Row::marks("…".to_owned()));
            }
            let whole = lines.span(line);
            let Some(part) = whole.intersect(span) else { continue };
            let window = Window::new(document, whole, part, self.width());
            excerpt.rows.push(Row { number: Some(line), text: window.shown() });
            let mut label = String::new();
            notes.retain(|(at, note)| {
                let same = *at == span && index == 0;
                if same {
                    label = format!(" {}", shown(note));
                }
                !same
            });
            let style = severity_style(self.finding.severity);
            let marks = window.marks(part, '^').unwrap_or_default();
            excerpt.rows.push(Row::marks(paint(&(marks + &label), style, self.options)));
            notes.retain(|(at, note)| match window.marks(*at, '-') {
                Some(marks) if whole.contains(*at) => {
                    let text = format!("{marks} {}", shown(note));
                    excerpt.rows.push(Row::marks(paint(&text, rail_style(), self.options)));
                    false
                }
                _ => true,
            });
        }
    }

    /// Shows where something should stand: within a line, or between two.
    fn gap(&self, document: &Document, lines: &Lines, at: usize, excerpt: &mut Excerpt) {
        let line = lines.position(at).line;
        let whole = lines.span(line);
        let at = at.clamp(whole.start, whole.end);
        let (before, after) = (Span::new(whole.start, at), Span::new(at, whole.end));
        let style = severity_style(self.finding.severity);
        if !blank(document, before) && !blank(document, after) {
            let window = Window::new(document, whole, Span::new(at, at), self.width());
            excerpt.rows.push(Row { number: Some(line), text: window.shown() });
            let marks = " ".repeat(window.column(at).unwrap_or(0));
            excerpt
                .rows
                .push(Row::marks(marks + &paint(&format!("^ {}", self.nothing()), style, self.options)));
            return;
        }
        let full = |line: &usize| !blank(document, lines.span(*line));
        let above = if blank(document, before) { line.saturating_sub(1) } else { line };
        let below = if blank(document, before) { line } else { line + 1 };
        if let Some(above) = (1..=above).rev().find(full) {
            let span = lines.span(above);
            let window = Window::new(document, span, Span::new(span.end, span.end), self.width());
            excerpt.rows.push(Row { number: Some(above), text: window.shown() });
        }
        excerpt.rows.push(Row::marks(paint(
            &id!("text-nothing-here").said(self.options.tongue),
            style,
            self.options,
        )));
        if let Some(below) = (below..=lines.len()).find(full) {
            let span = lines.span(below);
            let window = Window::new(document, span, Span::new(span.start, span.start), self.width());
            excerpt.rows.push(Row { number: Some(below), text: window.shown() });
        }
    }
}

/// The part of a line that fits: what stands in each cell, and which byte it comes from.
struct Window {
    /// Byte offset, first cell, and what is written for each grapheme, in order.
    cells: Vec<(usize, usize, String)>,
    /// One past the last byte and the last cell.
    end: (usize, usize),
    /// Whether something is cut off after the last cell.
    cut: bool,
}

impl Window {
    /// Cuts `line` to `width` cells around `focus`, which lies inside it. A focus that is too long is cut at
    /// its end; what is cut off is shown as `…`.
    fn new(document: &Document, line: Span, focus: Span, width: usize) -> Window {
        let width = width.max(2);
        let before = document.slice(Span::new(line.start, focus.start));
        let after = document.slice(Span::new(focus.start, line.end));
        let focused = fitting(document.slice(focus).graphemes(true), width).cells;
        let right = fitting(after.graphemes(true), width).cells;
        let around = (width - focused.min(width * 2 / 3)) / 2;
        let room = around.max(width - right);
        let mut left = fitting(before.graphemes(true).rev(), room);
        if left.cut {
            // One cell goes to the ellipsis.
            left = fitting(before.graphemes(true).rev(), room.saturating_sub(1));
            left.cut = true;
        }
        let start = focus.start - left.bytes;

        let mut cells = Vec::new();
        let mut cell = 0;
        let mut end = start;
        let mut cut = false;
        if left.cut {
            cells.push((start, 0, "…".to_owned()));
            cell = 1;
        }
        for (at, grapheme) in document.slice(Span::new(start, line.end)).grapheme_indices(true) {
            let text = shown(grapheme);
            let wide = text.width();
            if cell + wide > width {
                cut = true;
                break;
            }
            cells.push((start + at, cell, text));
            cell += wide;
            end = start + at + grapheme.len();
        }
        Window { cells, end: (end, cell), cut }
    }

    fn shown(&self) -> String {
        let mut text: String = self.cells.iter().map(|(_, _, text)| text.as_str()).collect();
        if self.cut {
            text.push('…');
        }
        text
    }

    /// The cell of a byte offset, if it is in the window or at its end.
    fn column(&self, at: usize) -> Option<usize> {
        if at == self.end.0 {
            return Some(self.end.1);
        }
        let index = self.cells.partition_point(|&(start, _, _)| start <= at).checked_sub(1)?;
        self.cells.get(index).filter(|_| at < self.end.0).map(|&(_, cell, _)| cell)
    }

    /// A row of marks under the part of a span that is in the window; none if there is no such part.
    fn marks(&self, span: Span, mark: char) -> Option<String> {
        let start = self.cells.first().map(|&(at, _, _)| at)?;
        let seen = span.intersect(Span::new(start, self.end.0))?;
        let (from, to) = (self.column(seen.start)?, self.column(seen.end)?);
        let mut marks = " ".repeat(from);
        marks.extend(std::iter::repeat_n(mark, to.saturating_sub(from).max(1)));
        Some(marks)
    }
}

/// How many of the graphemes fit into `width` cells.
fn fitting<'a>(graphemes: impl Iterator<Item = &'a str>, width: usize) -> Fitting {
    let mut fitting = Fitting { cells: 0, bytes: 0, cut: false };
    for grapheme in graphemes {
        let cells = shown(grapheme).width();
        if fitting.cells + cells > width {
            fitting.cut = true;
            break;
        }
        fitting.cells += cells;
        fitting.bytes += grapheme.len();
    }
    fitting
}

/// What fits: its cells, its bytes, and whether something was left over.
struct Fitting {
    cells: usize,
    bytes: usize,
    cut: bool,
}

fn blank(document: &Document, span: Span) -> bool {
    document.slice(span).trim_start_matches('\u{feff}').trim().is_empty()
}

/// The beginning of a text in at most `width` cells, on one line.
fn clipped(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut cells = 0;
    for grapheme in text.graphemes(true) {
        let piece = if matches!(grapheme, "\n" | "\r\n" | "\r") { " ".to_owned() } else { shown(grapheme) };
        cells += piece.width();
        if cells > width {
            out.push('…');
            break;
        }
        out.push_str(&piece);
    }
    out
}

fn severity_style(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Critical => AnsiColor::Red,
        Severity::Major => AnsiColor::Yellow,
        Severity::Minor => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}

fn rail_style() -> Style {
    AnsiColor::Blue.on_default()
}

fn paint(text: &str, style: Style, options: &Options) -> String {
    if !options.colour || text.is_empty() {
        return text.to_owned();
    }
    let mut painted = String::new();
    // Writing to a string cannot fail.
    let _ = write!(painted, "{style}{text}{style:#}");
    painted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Lang;

    /// The text that stands in these cells.
    fn under(text: &str, cells: std::ops::Range<usize>) -> String {
        let mut at = 0;
        let inside = text.graphemes(true).filter(|grapheme| {
            let from = at;
            at += grapheme.width();
            cells.contains(&from) && at <= cells.end
        });
        inside.collect()
    }

    proptest! {
        #[test]
        fn marks_stand_under_their_words(
            before in "[a中 。é]{0,80}", words in "[a中b网]{1,60}", after in "[a中 。é]{0,80}", width in 2usize..80,
        ) {
            let text = format!("{before}{words}{after}");
            let span = Span::new(before.len(), before.len() + words.len());
            let line = Span::new(0, text.len());
            let document =
                Document { path: String::new(), lang: Lang::ZH, text, composed: vec![], runs: vec![], parts: vec![], encoding: "UTF-8", format: crate::text::Format::Plain, forms: vec![], entries: vec![], blocks: vec![], sentences: vec![] };
            let window = Window::new(&document, line, span, width);
            prop_assert!(window.shown().width() <= width + 1);
            let marks = window.marks(span, '^').unwrap_or_default();
            let from = marks.len() - marks.trim_start().len();
            let marked = under(&window.shown(), from..marks.len());
            prop_assert!(words.starts_with(&marked), "{marked:?} in\n{}\n{marks}", window.shown());
            prop_assert!(width < 6 || !marked.is_empty());
            prop_assert!(words.width() + 4 > width * 2 / 3 || marked == words, "{marked:?}");
        }
    }
}
