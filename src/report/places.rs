//! Where findings are, as programs that show them beside a file want to know it: one main place, and others.

use super::lines::{Lines, Position};
use super::{Pair, headline, place};
use crate::check::{Finding, Side, Status, Tongue};
use crate::text::Span;
use crate::text::foreign::{shown, shown_lines};

/// Both documents of a pair with their lines.
pub(super) struct Places<'a> {
    pair: &'a Pair,
    lines: [Lines<'a>; 2],
}

/// A place in a file.
pub(super) struct Place<'a> {
    pub(super) side: Side,
    pub(super) path: &'a str,
    pub(super) start: Position,
    /// Exclusive.
    pub(super) end: Position,
    /// The last line with something of the place on it.
    pub(super) last: usize,
    /// The columns of start and end, from 1, in bytes.
    pub(super) bytes: [usize; 2],
    /// The slide, page or cell it stands in, in a file that has such parts.
    pub(super) part: Option<&'a str>,
    /// What stands there.
    pub(super) text: &'a str,
}

impl Place<'_> {
    /// Where it begins, behind the path, as [`spot`] tells it.
    pub(super) fn spot(&self) -> String {
        spot(self.start, self.part)
    }
}

/// `3:14`, and with its part in a file that has some: `3:14, 库存!B2`. The part is as in the file; show it before
/// people see it.
pub(super) fn spot(Position { line, column }: Position, part: Option<&str>) -> String {
    match part {
        Some(part) => format!("{line}:{column}, {part}"),
        None => format!("{line}:{column}"),
    }
}

impl<'a> Places<'a> {
    pub(super) fn of(pair: &'a Pair) -> Places<'a> {
        Places { pair, lines: [Side::Source, Side::Target].map(|side| Lines::of(pair.document(side))) }
    }

    /// Where somebody will mend it: in the translation, or in the original if the finding is about that alone.
    pub(super) fn main(&self, finding: &Finding) -> Place<'a> {
        let side = if finding.target.is_some() { Side::Target } else { Side::Source };
        self.at(side, place(finding, side).unwrap_or(Span::new(0, 0)))
    }

    /// The place on the other side than the main one, if there is one.
    pub(super) fn other(&self, finding: &Finding) -> Option<Place<'a>> {
        finding.target.and(finding.source).map(|span| self.at(Side::Source, span))
    }

    pub(super) fn at(&self, side: Side, span: Span) -> Place<'a> {
        let (document, lines) = (self.pair.document(side), &self.lines[side as usize]);
        let [start, end] = [span.start, span.end].map(|at| lines.position(at));
        let byte = |at: usize, line: usize| at.saturating_sub(lines.span(line).start) + 1;
        Place {
            side,
            path: document.path.strip_prefix("./").unwrap_or(&document.path),
            start,
            end,
            last: lines.lines(span).1.max(start.line),
            bytes: [byte(span.start, start.line), byte(span.end, end.line)],
            part: document.part(span.start),
            text: document.slice(span),
        }
    }

    /// The whole message, shown, and where to look: on the other side, and in which part of a file that has several.
    pub(super) fn told(&self, finding: &Finding, tongue: Tongue) -> String {
        let message = finding.message.said(tongue);
        let (first, rest) = headline(&message);
        let mut told = first.to_owned();
        if !rest.is_empty() {
            told = told + "\n" + rest;
        }
        let main = Some(self.main(finding)).filter(|place| place.part.is_some());
        for place in self.other(finding).into_iter().chain(main) {
            let side = place.side.title().said(tongue);
            told += &format!("\n{side}: {}:{}", shown(place.path), shown(&place.spot()));
        }
        shown_lines(&told)
    }
}

/// The findings that count for the verdict.
pub(super) fn counted(pair: &Pair) -> impl Iterator<Item = &Finding> {
    pair.findings.iter().filter(|finding| finding.status == Status::New)
}
