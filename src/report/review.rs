//! The report for reviewers in Word and Excel: one row a finding, to decide on in the table itself.
//!
//! What they decided is read back by `gate::review`.

use std::borrow::Cow;
use std::io::{self, BufRead, Write};

use super::lines::Lines;
use super::scorecard::{GRAVEST_FIRST, Row, Score, Scorecard, Scoring};
use super::table::{Cell, Column, Run, Sheet, Table};
use super::{Options, Pair, Totals, check_name, place};
use crate::align::Link;
use crate::check::{Finding, Id, Message, Side, Status, Tongue};
use crate::message::{id, message};
use crate::text::{Document, Span};

/// A word of the table in every language of the interface: all are known when it is read back.
pub fn wordings(word: Id) -> [Cow<'static, str>; Tongue::ALL.len()] {
    Tongue::ALL.map(|tongue| word.said(tongue))
}

/// The head of the column that says where a finding is.
pub const PLACE: Id = id!("table-place");
/// The head of the column that names the check.
pub const CHECK: Id = id!("table-check");
/// The head of the column for what the reviewer decides.
pub const DECISION: Id = id!("table-decision");
/// The head of the column for what the reviewer has to say.
pub const REMARK: Id = id!("table-remark");
/// The head of the column that tells findings apart.
pub const FINGERPRINT: Id = id!("table-fingerprint");
/// The decision that the finding is right, so that the text is to be mended.
pub const ACCEPT: Id = id!("table-accept");
/// The decision that the text may stay as it is.
pub const DISMISS: Id = id!("table-dismiss");

const SIDES: [Side; 2] = [Side::Source, Side::Target];

/// Writes the rows of a pair, a line each as JSON: the findings that count for the verdict, or all of them if the
/// options say so.
pub fn part(pair: &Pair, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    rows(pair, options, |row| {
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")
    })
}

/// Makes a Word document of the rows.
pub fn docx(rows: &mut dyn BufRead, _: &Totals, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    table(rows, options.tongue).docx(out)
}

/// Makes an Excel workbook of the rows.
pub fn xlsx(
    rows: &mut dyn BufRead,
    totals: &Totals,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let scorecard = options.scoring.map(|scoring| scorecard(&totals.scorecard, &scoring, options.tongue));
    table(rows, options.tongue).xlsx(scorecard, out)
}

/// The scorecard as a sheet: a row a type of error, and below them what they come to.
fn scorecard(card: &Scorecard, scoring: &Scoring, tongue: Tongue) -> Sheet {
    let number = |number: f64| Cell::Number(number);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let heads = [id!("table-error-type").into()]
        .into_iter()
        .chain(GRAVEST_FIRST.map(|severity| severity.title()))
        .chain([id!("table-penalty").into()]);
    rows.push(heads.map(|head: Message| Cell::text(head.said(tongue))).collect());
    for Row { kind, counts, penalty } in card.rows(scoring) {
        let counts = counts.map(|count| number(count as f64));
        rows.push(
            [Cell::text(kind.title().said(tongue))]
                .into_iter()
                .chain(counts)
                .chain([number(penalty)])
                .collect(),
        );
    }
    let Score { penalty, per_thousand, value } = card.score(scoring);
    let told = [
        (id!("table-points"), Some(penalty)),
        (id!("table-extent"), Some((card.words + card.characters) as f64)),
        (id!("table-per-thousand"), per_thousand),
        (id!("table-score"), value),
        (id!("table-least"), scoring.min_score),
    ];
    rows.push(Vec::new());
    for (name, value) in told {
        let value = value.map_or_else(|| Cell::text(id!("table-none").said(tongue)), number);
        rows.push(vec![Cell::text(name.said(tongue)), value]);
    }
    Sheet { name: id!("table-sheet").said(tongue), rows }
}

fn table(rows: &mut dyn BufRead, tongue: Tongue) -> Table<'_> {
    let column = |head: Id, width: u16| Column::new(&head.said(tongue), width);
    let choices = [ACCEPT, DISMISS].map(|choice| choice.said(tongue));
    let columns = vec![
        Column::new("#", 5),
        column(id!("table-severity"), 9),
        column(CHECK, 14),
        column(id!("side-source"), 42),
        column(id!("side-target"), 42),
        column(id!("table-message"), 36),
        column(PLACE, 16),
        column(DECISION, 12).with_choices(&choices),
        column(REMARK, 20),
        column(FINGERPRINT, 5).hidden(),
    ];
    let rows = rows.lines().enumerate().map(|(index, line)| -> io::Result<Vec<Cell>> {
        let mut row: Vec<Cell> = serde_json::from_str(&line?)?;
        row.insert(0, Cell::Number((index + 1) as f64));
        Ok(row)
    });
    let title = message!("table-title", accept = ACCEPT, dismiss = DISMISS).said(tongue).into_owned();
    Table { title, columns, rows: Box::new(rows) }
}

/// Gives `take` the rows of one pair, without their numbers, one after the other.
fn rows(pair: &Pair, options: &Options, take: impl FnMut([Cell; 9]) -> io::Result<()>) -> io::Result<()> {
    let lines = SIDES.map(|side| Lines::of(pair.document(side)));
    let links = links(pair);
    let shown = pair.findings.iter().filter(|finding| options.all || finding.status == Status::New);
    let row = |finding: &Finding| {
        let [source, target] =
            SIDES.map(|side| Cell::Text(passage(pair, &links, finding, side, options.tongue)));
        [
            Cell::text(finding.severity.title().said(options.tongue)),
            Cell::text(check_name(finding.check, options.tongue)),
            source,
            target,
            Cell::text(finding.message.said(options.tongue)),
            Cell::text(places(pair, finding, &lines)),
            Cell::text(""),
            Cell::text(""),
            Cell::text(&finding.fingerprint),
        ]
    };
    shown.map(row).try_for_each(take)
}

/// `zh.md:12` and, on a line of its own, `en.md:14`; a side without a place is named without a line.
fn places(pair: &Pair, finding: &Finding, lines: &[Lines; 2]) -> String {
    let place = |(side, lines): (Side, &Lines)| {
        let path = &pair.document(side).path;
        match place(finding, side) {
            Some(span) => {
                let line = lines.position(span.start).line;
                let part = pair.document(side).part(span.start);
                format!("{path}:{line}{}", part.map_or(String::new(), |part| format!(", {part}")))
            }
            None => path.clone(),
        }
    };
    SIDES.into_iter().zip(lines).map(place).collect::<Vec<_>>().join("\n")
}

/// The sentences that a finding concerns, with the words at fault marked. Where something is missing, the sentence
/// before it and a marked word on the gap; where a finding says nothing of this side, what is linked to the other.
pub(super) fn passage(
    pair: &Pair,
    links: &[Vec<usize>; 2],
    finding: &Finding,
    side: Side,
    tongue: Tongue,
) -> Vec<Run> {
    let document = pair.document(side);
    match place(finding, side) {
        Some(gap) if gap.is_empty() => {
            let first = document.sentences.partition_point(|sentence| sentence.span.end <= gap.start);
            let before = first.checked_sub(1).map(|at| document.sentences[at]);
            let mut runs = before.map(|before| runs(document, before.span, &[])).unwrap_or_default();
            runs.push(Run { text: id!("table-nothing-here").said(tongue).into_owned(), marked: true });
            runs
        }
        Some(span) => {
            let words = finding.evidence.iter().filter(|words| words.side == side && !words.span.is_empty());
            let mut marked: Vec<Span> = words.map(|words| words.span).collect();
            // what the finding compares itself with may be the only evidence, and elsewhere
            if !marked.iter().any(|words| words.overlaps(span)) {
                marked.push(span);
            }
            let mut runs = Vec::new();
            for shown in together(document, marked.iter().copied().chain([span])) {
                if !runs.is_empty() {
                    runs.push(Run { text: " … ".to_owned(), marked: false });
                }
                runs.extend(self::runs(document, shown, &marked));
            }
            runs
        }
        None => {
            let Some(span) = place(finding, side.other()) else { return Vec::new() };
            match counterpart(pair, links, side, span) {
                Some(span) => runs(document, span, &[]),
                None => Vec::new(),
            }
        }
    }
}

/// The sentences that some spans touch: what follows one another in one piece, what is far apart in several.
fn together(document: &Document, spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.map(|span| whole_sentences(document, span)).collect();
    spans.sort();
    let mut pieces: Vec<Span> = Vec::new();
    for span in spans {
        match pieces.last_mut() {
            Some(last)
                if span.start <= last.end
                    || document.slice(Span::new(last.end, span.start)).trim().is_empty() =>
            {
                *last = last.join(span);
            }
            _ => pieces.push(span),
        }
    }
    pieces
}

/// The span, grown to the borders of the sentences it touches.
fn whole_sentences(document: &Document, span: Span) -> Span {
    touched(document, span).fold(span, |all, at| all.join(document.sentences[at].span))
}

/// The sentences that share at least one byte with a span, which stand in order.
fn touched(document: &Document, span: Span) -> impl Iterator<Item = usize> + '_ {
    let first = document.sentences.partition_point(|sentence| sentence.span.end <= span.start);
    (first..document.sentences.len()).take_while(move |&at| document.sentences[at].span.start < span.end)
}

fn units(link: &Link, side: Side) -> &[usize] {
    match side {
        Side::Source => &link.source,
        Side::Target => &link.target,
    }
}

/// For every sentence of both sides the link between sentences that it is in.
pub(super) fn links(pair: &Pair) -> [Vec<usize>; 2] {
    SIDES.map(|side| links_of(pair, side))
}

/// For every sentence of a side the link between sentences that it is in.
fn links_of(pair: &Pair, side: Side) -> Vec<usize> {
    let links = &pair.bitext.alignment.sentences;
    let mut of = vec![links.len(); pair.document(side).sentences.len()];
    for (at, link) in links.iter().enumerate() {
        units(link, side).iter().for_each(|&sentence| of[sentence] = at);
    }
    of
}

/// Where the sentences of this side are that are linked to what the span touches on the other.
pub(super) fn counterpart(pair: &Pair, links: &[Vec<usize>; 2], side: Side, span: Span) -> Option<Span> {
    let other = side.other();
    let linked = touched(pair.document(other), span)
        .filter_map(|at| pair.bitext.alignment.sentences.get(links[other as usize][at]));
    let spans = linked.flat_map(|link| units(link, side)).map(|&at| pair.document(side).sentences[at].span);
    spans.reduce(Span::join)
}

/// The text of a span in runs; white space is made narrow.
fn runs(document: &Document, span: Span, marked: &[Span]) -> Vec<Run> {
    let mut marked: Vec<Span> = marked.iter().filter_map(|words| words.intersect(span)).collect();
    marked.sort();
    let mut runs = Vec::new();
    let mut at = span.start;
    let mut push = |span: Span, marked: bool| {
        let text = narrow(document.slice(span));
        if !text.is_empty() {
            runs.push(Run { text, marked });
        }
    };
    for words in marked {
        // words may be marked twice, and marks may overlap
        let words = Span::new(words.start.max(at), words.end);
        push(Span::new(at, words.start), false);
        push(words, true);
        at = at.max(words.end);
    }
    push(Span::new(at, span.end), false);
    runs
}

/// The text with one space for every run of white space.
fn narrow(text: &str) -> String {
    let mut narrow = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            true if narrow.ends_with(' ') => {}
            true => narrow.push(' '),
            false => narrow.push(c),
        }
    }
    narrow
}
