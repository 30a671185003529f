//! How likely it is that so many units of one side correspond to so many of the other, or a unit to none, before anything
//! is read.

use super::Weights;

/// The most units of one side in one link.
pub(crate) const WIDEST: usize = 7;

/// The log priors of link shapes.
#[derive(Debug, Clone)]
pub(crate) struct Shapes {
    grid: [[f32; WIDEST + 1]; WIDEST + 1],
    /// The most units of one side in a link.
    widest: usize,
    pub(crate) null: Null,
}

/// What it scores that units of one side have no counterpart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Null {
    /// For the first one of a run.
    pub(crate) first: f32,
    /// For every one after it: what is left out is left out by the section.
    pub(crate) next: f32,
}

/// The share of blocks that have no counterpart, or with which a run of such blocks begins.
pub(super) const BLOCK_ALONE: f32 = 0.02;
/// The share of blocks without a counterpart behind such a block.
pub(super) const NEXT_BLOCK_ALONE: f32 = 0.3;
/// The share of sentences that have no counterpart.
pub(crate) const SENTENCE_ALONE: f32 = 0.004;
/// As many links as this were seen before those of the bitext.
const BEFORE: f32 = 60.0;
/// How many classes of shapes there are.
const CLASSES: usize = 7;

/// The class of the shape of a link that is not null. Inside a class the fall with the number of units is the same
/// in all bitexts.
fn class(m: usize, n: usize) -> usize {
    match (m, n) {
        (1, 1) => 0,
        (1, 2) => 1,
        (2, 1) => 2,
        (1, _) => 3,
        (_, 1) => 4,
        (2, 2) => 5,
        _ => 6,
    }
}

impl Shapes {
    /// The prior of a shape before anything is known of the bitext: 1:1 most of all, then 1:2 and 2:1, then a
    /// geometric fall with the number of units. `counts` are links seen already (m, n), which sharpen it. Links of
    /// more than `widest` units of one side there are none.
    pub(crate) fn new(
        weights: &Weights,
        blocks: bool,
        widest: usize,
        counts: impl IntoIterator<Item = (usize, usize)>,
    ) -> Shapes {
        let mut mass = [[0.0f32; WIDEST + 1]; WIDEST + 1];
        for (m, row) in mass.iter_mut().enumerate() {
            for (n, cell) in row.iter_mut().enumerate() {
                // whoever splits sentences freely still keeps the paragraphs
                let rarer = match (m.min(n), m.max(n)) {
                    (_, many) if many > widest => 0.0,
                    (1, 1) => 1.0,
                    (few, many) if blocks && few > 1 && few + many > 5 => 0.0,
                    _ if blocks => 0.1,
                    _ => 1.0,
                };
                *cell = rarer * base(m, n);
            }
        }
        let mut counts = counts.into_iter().peekable();
        if counts.peek().is_some() {
            // by classes: one odd link must not make its shape likely
            let (mut general, mut seen) = ([0.0f32; CLASSES], [0.0f32; CLASSES]);
            let shapes = || (1..=widest).flat_map(|m| (1..=widest).map(move |n| (m, n)));
            shapes().for_each(|(m, n)| general[class(m, n)] += mass[m][n]);
            let known = counts.filter(|(m, n)| (1..=widest).contains(m) && (1..=widest).contains(n));
            known.for_each(|(m, n)| seen[class(m, n)] += 1.0);
            for (m, n) in shapes() {
                let class = class(m, n);
                if general[class] > 0.0 {
                    mass[m][n] *= BEFORE + seen[class] / general[class];
                }
            }
        }
        let total: f32 = mass.iter().flatten().sum();
        let mut grid = [[f32::NEG_INFINITY; WIDEST + 1]; WIDEST + 1];
        for (row, masses) in grid.iter_mut().zip(&mass) {
            for (cell, mass) in row.iter_mut().zip(masses) {
                if *mass > 0.0 {
                    *cell = weights.prior * (mass / total).ln();
                }
            }
        }
        let null = |share: f32| weights.prior * share.ln();
        let (first, next) =
            if blocks { (weights.alone[0], weights.alone[1]) } else { (SENTENCE_ALONE, SENTENCE_ALONE) };
        Shapes { grid, widest, null: Null { first: null(first), next: null(next) } }
    }

    /// The shapes that links may have between so many source units and so many target units, null links apart.
    pub(crate) fn list(&self, sources: usize, targets: usize) -> Vec<(usize, usize)> {
        let most = |units: usize| 1..=units.min(self.widest);
        let all = most(sources).flat_map(|m| most(targets).map(move |n| (m, n)));
        all.filter(|&(m, n)| self.log_prior(m, n) > f32::NEG_INFINITY).collect()
    }

    /// The most units of one side in a link.
    pub(crate) fn widest(&self) -> usize {
        self.widest
    }

    pub(crate) fn log_prior(&self, m: usize, n: usize) -> f32 {
        self.grid[m][n]
    }
}

fn base(m: usize, n: usize) -> f32 {
    match (m.min(n), m.max(n)) {
        (0, _) => 0.0,
        (1, 1) => 0.72,
        (1, 2) => 0.085,
        (1, 3) => 0.02,
        (1, rest) => 0.007 * 0.4f32.powi(rest as i32 - 4),
        (2, 2) => 0.01,
        (few, rest) if few + rest <= 9 => 0.0007 * 0.4f32.powi((few + rest) as i32 - 4),
        _ => 0.0,
    }
}
