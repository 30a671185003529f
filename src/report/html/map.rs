//! Draws the alignment in a narrow strip: the blocks of both sides and the ribbons between them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::words::Label;
use super::{Entry, SEVERITIES, SIDES, letter, marks, of, units};
use crate::align::Link;
use crate::check::{Severity, Side, Tongue};
use crate::message::message;
use crate::report::{Pair, place};
use crate::text::{Document, Span};

/// How tall the drawing is, in its own units.
const HEIGHT: f64 = 1000.0;
/// How wide it is, and where its parts begin and end from left to right.
const WIDTH: f64 = 48.0;
const TICK: f64 = 5.0;
const COLUMN: f64 = 7.0;
/// What is less tall cannot be seen by itself.
const FINE: f64 = 2.0;

/// Where every block stands in the drawing.
pub(super) struct Map<'a> {
    pair: &'a Pair,
    /// The upper border of each block of each side, and the lower border of the last.
    borders: [Vec<f64>; 2],
}

impl<'a> Map<'a> {
    pub(super) fn new(pair: &'a Pair) -> Map<'a> {
        Map { pair, borders: SIDES.map(|side| borders(pair.document(side))) }
    }

    /// How far down a row stands on either side. Where a side is empty it stands at `last`, the lower border
    /// of the rows before; `last` is moved on.
    pub(super) fn row(&self, link: &Link, last: &mut [f64; 2]) -> [f64; 2] {
        let mut tops = *last;
        for ((side, top), last) in SIDES.into_iter().zip(&mut tops).zip(last) {
            if let Some((upper, lower)) = self.extent(side, units(link, side)) {
                *top = upper;
                if !link.moved {
                    *last = lower;
                }
            }
        }
        tops
    }

    /// The borders of a group of blocks.
    fn extent(&self, side: Side, units: &[usize]) -> Option<(f64, f64)> {
        let borders = of(&self.borders, side);
        Some((*borders.get(*units.first()?)?, *borders.get(units.last()? + 1)?))
    }

    pub(super) fn write(&self, entries: &[Entry], tongue: Tongue, out: &mut impl Write) -> io::Result<()> {
        let (mut ribbons, mut moved) = (String::new(), String::new());
        let mut blocks = String::new();
        let mut gaps = String::new();
        for side in SIDES {
            for (alone, (top, bottom)) in self.stretches(side) {
                rect(if alone { &mut gaps } else { &mut blocks }, column(side), COLUMN, top, bottom);
            }
        }
        for (out_of_order, [source, target]) in self.bands() {
            ribbon(if out_of_order { &mut moved } else { &mut ribbons }, source, target);
        }
        write!(
            out,
            "<div class=\"map\"><svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\" \
             {}>",
            Label("aria-label", message!("html-map"), tongue)
        )?;
        for (class, path) in
            [("ribbon", ribbons), ("ribbon moved", moved), ("block", blocks), ("block none", gaps)]
        {
            if !path.is_empty() {
                write!(out, "<path class=\"{class}\" d=\"{path}\"/>")?;
            }
        }
        // The gravest are drawn last, over the others.
        for severity in SEVERITIES.into_iter().rev() {
            for side in SIDES {
                let mut path = String::new();
                let graves = entries.iter().filter(|entry| entry.finding.severity == severity);
                for span in graves.filter_map(|entry| place(entry.finding, side)) {
                    let at = self.height(side, span);
                    // The grave ones reach farther out.
                    let length = if severity == Severity::Minor { TICK - 2.0 } else { TICK };
                    let left = if side == Side::Source { TICK - length } else { WIDTH - TICK };
                    // Writing to a string cannot fail.
                    let _ = write!(path, "M{left} {at:.2}h{length}");
                }
                if !path.is_empty() {
                    let class = severity.as_str();
                    write!(out, "<path class=\"tick {class} {}\" d=\"{path}\"/>", letter(side))?;
                }
            }
        }
        writeln!(out, "<path class=\"view\" d=\"\"/></svg></div>")
    }

    /// The blocks of one side from top to bottom, and whether nothing is linked to them. What is alike and too small
    /// to be told apart is one stretch.
    fn stretches(&self, side: Side) -> Vec<(bool, (f64, f64))> {
        let links = self.pair.bitext.alignment.blocks.iter().filter(|link| link.is_null());
        let alone: BTreeSet<usize> = links.flat_map(|link| units(link, side)).copied().collect();
        let mut stretches: Vec<(bool, (f64, f64))> = Vec::new();
        for (block, borders) in of(&self.borders, side).windows(2).enumerate() {
            let &[top, bottom] = borders else { continue };
            match stretches.last_mut() {
                Some((same, last)) if *same == alone.contains(&block) && last.1 - last.0 < FINE => {
                    last.1 = bottom
                }
                _ => stretches.push((alone.contains(&block), (top, bottom))),
            }
        }
        stretches
    }

    /// What the ribbons join, and whether it is out of order. Thin ribbons that follow one another on both sides are
    /// drawn as one.
    fn bands(&self) -> Vec<(bool, [(f64, f64); 2])> {
        let mut bands: Vec<(bool, [(f64, f64); 2])> = Vec::new();
        for link in &self.pair.bitext.alignment.blocks {
            let ends = SIDES.map(|side| self.extent(side, units(link, side)));
            let [Some(source), Some(target)] = ends else { continue };
            let next = [source, target];
            match bands.last_mut() {
                Some((same, last))
                    if *same == link.moved
                        && last
                            .iter()
                            .zip(next)
                            .all(|(last, next)| last.1 == next.0 && last.1 - last.0 < FINE) =>
                {
                    last.iter_mut().zip(next).for_each(|(last, next)| last.1 = next.1);
                }
                _ => bands.push((link.moved, next)),
            }
        }
        bands
    }

    /// How far down a place stands: within its block by its share of the bytes.
    fn height(&self, side: Side, span: Span) -> f64 {
        let blocks = &self.pair.document(side).blocks;
        let index = marks::overlapped(blocks, Span::new(span.start, span.start + 1)).next();
        let index = index.unwrap_or_else(|| blocks.partition_point(|block| block.span.end <= span.start));
        let borders = of(&self.borders, side);
        let top = borders.get(index).copied().unwrap_or(HEIGHT);
        let bottom = borders.get(index + 1).copied().unwrap_or(top);
        let within = blocks.get(index).map_or(0.0, |block| {
            let into = span.start.saturating_sub(block.span.start) as f64;
            into / block.span.len().max(1) as f64
        });
        top + (bottom - top) * within.min(1.0)
    }
}

fn column(side: Side) -> f64 {
    match side {
        Side::Source => TICK + 1.0,
        Side::Target => WIDTH - TICK - 1.0 - COLUMN,
    }
}

/// The borders of all blocks: each is as tall as its share of the text, and a little for itself.
fn borders(document: &Document) -> Vec<f64> {
    let weight = |span: Span| span.len() as f64 + 20.0;
    let total: f64 = document.blocks.iter().map(|block| weight(block.span)).sum();
    let mut at = 0.0;
    let mut borders = vec![0.0];
    for block in &document.blocks {
        at += weight(block.span);
        borders.push(at / total * HEIGHT);
    }
    borders
}

/// Space between two blocks or ribbons that follow one another.
fn trim(top: f64, bottom: f64) -> (f64, f64) {
    (top, bottom - ((bottom - top) * 0.2).min(1.5))
}

fn rect(path: &mut String, x: f64, width: f64, top: f64, bottom: f64) {
    let (top, bottom) = trim(top, bottom);
    let _ = write!(path, "M{x} {top:.2}h{width}V{bottom:.2}h-{width}z");
}

fn ribbon(path: &mut String, source: (f64, f64), target: (f64, f64)) {
    let (left, right) = (column(Side::Source) + COLUMN, column(Side::Target));
    let middle = (left + right) / 2.0;
    let ((s0, s1), (t0, t1)) = (trim(source.0, source.1), trim(target.0, target.1));
    let _ = write!(
        path,
        "M{left} {s0:.2}C{middle} {s0:.2} {middle} {t0:.2} {right} {t0:.2}V{t1:.2}\
         C{middle} {t1:.2} {middle} {s1:.2} {left} {s1:.2}z"
    );
}
