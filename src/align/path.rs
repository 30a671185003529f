//! The best monotone path of links through two sequences of units, by exact dynamic programming in a band.

use std::ops::Range;

use super::band::Band;
use super::score::{Model, SHAPES_SOURCE, SHAPES_TARGET, Shapes};

/// A link of the path: consecutive source units and consecutive target units.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bead {
    pub(crate) source: Range<usize>,
    pub(crate) target: Range<usize>,
}

impl Bead {
    pub(crate) fn is_null(&self) -> bool {
        self.source.is_empty() || self.target.is_empty()
    }
}

/// What leaving a unit without a counterpart scores, for every unit of both sides (besides the prior of the shape).
#[derive(Debug, Clone)]
pub(crate) struct Nulls {
    pub(crate) source: Vec<f32>,
    pub(crate) target: Vec<f32>,
}

/// The path of the highest score. Beads tile both sides, in order.
///
/// Time and memory grow with the area of the band. Cells outside the band are never visited; the band
/// always holds both corners and is connected, so there is a path.
pub(crate) fn best(model: &Model, shapes: &Shapes, nulls: &Nulls, band: &Band) -> Vec<Bead> {
    let (rows, columns) = (model.source.len(), model.target.len());
    let mut scores: Vec<Vec<f32>> = Vec::with_capacity(rows + 1);
    let mut steps: Vec<Vec<(u8, u8)>> = Vec::with_capacity(rows + 1);
    let mut windows = model.windows(band);
    for i in 0..=rows {
        if i > 0 {
            windows.advance(i);
        }
        let Range { start, end } = band.columns(i);
        let mut row = vec![f32::NEG_INFINITY; end - start];
        let mut step = vec![(0u8, 0u8); end - start];
        for j in start..end {
            if i == 0 && j == 0 {
                row[0] = 0.0;
                continue;
            }
            let mut best = (f32::NEG_INFINITY, (0u8, 0u8));
            if i > 0
                && let Some(before) = at(&scores, band, i - 1, j)
            {
                let score = before + shapes.null_source + nulls.source[i - 1];
                best = better(best, score, (1, 0));
            }
            if j > start {
                let score = row[j - 1 - start] + shapes.null_target + nulls.target[j - 1];
                best = better(best, score, (0, 1));
            }
            for m in 1..=SHAPES_SOURCE.min(i) {
                let of_row = band.columns(i - m);
                for n in 1..=SHAPES_TARGET.min(j) {
                    if j - n < of_row.start {
                        break;
                    }
                    if j - n >= of_row.end {
                        continue;
                    }
                    let prior = shapes.log_prior(m, n);
                    if prior == f32::NEG_INFINITY {
                        continue;
                    }
                    let before = scores[i - m][j - n - of_row.start];
                    if before == f32::NEG_INFINITY {
                        continue;
                    }
                    let score = before + prior + windows.score(i, j, m, n);
                    best = better(best, score, (m as u8, n as u8));
                }
            }
            row[j - start] = best.0;
            step[j - start] = best.1;
        }
        scores.push(row);
        steps.push(step);
        // only as many rows of scores as the tallest link needs are ever read again
        if i >= SHAPES_SOURCE {
            scores[i - SHAPES_SOURCE] = Vec::new();
        }
    }
    backtrack(&steps, band, rows, columns)
}

fn at(scores: &[Vec<f32>], band: &Band, i: usize, j: usize) -> Option<f32> {
    let columns = band.columns(i);
    columns.contains(&j).then(|| scores[i][j - columns.start]).filter(|score| *score > f32::NEG_INFINITY)
}

fn better(best: (f32, (u8, u8)), score: f32, step: (u8, u8)) -> (f32, (u8, u8)) {
    if score > best.0 { (score, step) } else { best }
}

fn backtrack(steps: &[Vec<(u8, u8)>], band: &Band, rows: usize, columns: usize) -> Vec<Bead> {
    let mut beads = Vec::new();
    let (mut i, mut j) = (rows, columns);
    while i > 0 || j > 0 {
        let (m, n) = steps[i][j - band.columns(i).start];
        // the band is connected, so every cell was reached by some step; a null step keeps this total
        let (m, n) = match (m as usize, n as usize) {
            (0, 0) if i > 0 => (1, 0),
            (0, 0) => (0, 1),
            step => step,
        };
        beads.push(Bead { source: i - m..i, target: j - n..j });
        (i, j) = (i - m, j - n);
    }
    beads.reverse();
    beads
}
