//! What the encoder says of links: how much nearer the two sides are, as wholes, than to what else is near them.

use std::ops::Range;

use super::score::WIDEST;
use crate::encoder::WIDTH;
use crate::encoder::margin::{Wholes, dot};

/// The weight, for each unit of a link, of how far its margin stays below [`LEVEL`]: none until the null stage has
/// weights of its own for it. Added in full, at 3 and 5, it made links of what stands alone, and macdev fell from .918
/// to .890 and .849.
const WEIGHT: f32 = 0.0;
/// What the margin of a link should reach: on two chapters of macdev nine in ten right 1:1 links have more than −.12,
/// nine in ten links beside them less than −.24.
const LEVEL: f32 = -0.2;

/// The units of both sides.
pub(crate) struct Sense {
    source: Side,
    target: Side,
}

/// The units of one side.
struct Side {
    /// A vector for each unit.
    sums: Vec<f32>,
    /// How near others are to the units up to each, in total; one more entry than there are units.
    crowds: Vec<f32>,
    /// For each unit the lengths of the sums of it, of it and the one before, and so on.
    lengths: Vec<[f32; WIDEST]>,
}

/// The products of one source unit with target units.
pub(crate) struct Row {
    first: usize,
    /// Of all before each of the target units from `first` on.
    sums: Vec<f32>,
}

impl Sense {
    /// Each unit is some sentences of a document that follow one another.
    pub(crate) fn new(wholes: &Wholes, source: &[Range<usize>], target: &[Range<usize>]) -> Sense {
        Sense { source: Side::new(wholes, true, source), target: Side::new(wholes, false, target) }
    }

    /// The products of a source unit with some target units.
    pub(crate) fn row(&self, unit: usize, targets: Range<usize>) -> Row {
        let mut sums = vec![0.0];
        let mut sum = 0.0;
        for target in targets.clone() {
            sum += dot(self.source.vector(unit), self.target.vector(target));
            sums.push(sum);
        }
        Row { first: targets.start, sums }
    }

    /// Adds what speaks for linking the source units `from` with the `n` target units before each of the columns;
    /// `rows` are those of the source units, the last one first.
    pub(crate) fn add<'r>(
        &self,
        from: Range<usize>,
        columns: Range<usize>,
        n: usize,
        rows: impl Iterator<Item = &'r Row> + Clone,
        scores: &mut [f32],
    ) {
        for (score, end) in scores.iter_mut().zip(columns) {
            let product: f32 =
                rows.clone().map(|row| row.sums[end - row.first] - row.sums[end - n - row.first]).sum();
            *score += self.score(from.clone(), end - n..end, product);
        }
    }

    /// What speaks for one link.
    pub(crate) fn of(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        if source.is_empty() || target.is_empty() {
            return 0.0;
        }
        let product = source
            .clone()
            .map(|unit| self.row(unit, target.clone()).sums.last().copied().unwrap_or(0.0))
            .sum();
        self.score(source, target, product)
    }

    fn score(&self, source: Range<usize>, target: Range<usize>, product: f32) -> f32 {
        let lengths = self.source.length(&source) * self.target.length(&target);
        if lengths <= 0.0 {
            return 0.0;
        }
        let units = (source.len() + target.len()) as f32 / 2.0;
        let crowd = self.source.crowd(&source) + self.target.crowd(&target);
        WEIGHT * units * (2.0 * product / lengths - crowd - LEVEL).min(0.0)
    }
}

impl Side {
    fn new(wholes: &Wholes, source: bool, units: &[Range<usize>]) -> Side {
        let mut side = Side {
            sums: vec![0.0; units.len() * WIDTH],
            crowds: vec![0.0],
            lengths: Vec::with_capacity(units.len()),
        };
        let mut crowds = 0.0;
        for (unit, sum) in units.iter().zip(side.sums.chunks_exact_mut(WIDTH)) {
            for sentence in unit.clone() {
                let vector = wholes.sum(source, sentence);
                sum.iter_mut().zip(vector).for_each(|(sum, number)| *sum += number);
                crowds += wholes.crowd(source, sentence) / unit.len() as f32;
            }
            side.crowds.push(crowds);
        }
        for unit in 0..units.len() {
            let mut lengths = [0.0; WIDEST];
            let mut sum = vec![0.0; WIDTH];
            for (length, unit) in lengths.iter_mut().zip((0..=unit).rev()) {
                sum.iter_mut().zip(side.vector(unit)).for_each(|(sum, number)| *sum += number);
                *length = dot(&sum, &sum).sqrt();
            }
            side.lengths.push(lengths);
        }
        side
    }

    fn vector(&self, unit: usize) -> &[f32] {
        &self.sums[unit * WIDTH..][..WIDTH]
    }

    /// The length of the sum of units; of more than a link may have, that of the last ones.
    fn length(&self, units: &Range<usize>) -> f32 {
        self.lengths[units.end - 1][units.len().min(WIDEST) - 1]
    }

    /// How near others are to units, on average.
    fn crowd(&self, units: &Range<usize>) -> f32 {
        (self.crowds[units.end] - self.crowds[units.start]) / units.len() as f32
    }
}
