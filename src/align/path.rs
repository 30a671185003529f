//! The best monotone path of links through two sequences of units, by exact dynamic programming in a band.

use std::ops::Range;

use rayon::prelude::*;

use super::band::Band;
use super::score::{Model, Shapes, Windows};

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

impl Nulls {
    /// No unit is likelier than another to stand alone.
    pub(crate) fn none(model: &Model) -> Nulls {
        Nulls { source: vec![0.0; model.source.len()], target: vec![0.0; model.target.len()] }
    }
}

/// A number for every cell of a band, row by row.
type Cells = Vec<Vec<f32>>;

/// The best totals of every cell of a band.
struct Totals {
    /// Of all paths.
    best: Cells,
    /// Of the paths whose step at the cell leaves a unit of the source alone.
    source: Cells,
    /// The same for the target.
    target: Cells,
}

/// The last step of the best path to a cell, and of the best paths to it whose last step leaves a unit alone.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    /// So many source units and so many target units.
    size: (u8, u8),
    /// Whether the source unit before it is alone as well, where the step leaves one alone.
    source_goes_on: bool,
    /// The same for the target.
    target_goes_on: bool,
}

/// The last steps to every cell.
type Steps = Vec<Vec<Step>>;

/// What links a search may choose from.
struct Choice<'a> {
    shapes: &'a Shapes,
    band: &'a Band,
    /// The shapes that links may have.
    kinds: Vec<(usize, usize)>,
    size: (usize, usize),
}

/// The scores of the links that end in a row: kind by kind, one for each column; −∞ where a link would leave the band.
type Row = Vec<f32>;

/// The path of the highest score when no unit is likelier than another to stand alone, as [`Lattice::best`] finds it,
/// by scores that are forgotten when they have been looked at once.
pub(crate) fn best(model: &Model, shapes: &Shapes, band: &Band) -> Vec<Bead> {
    let choice = Choice::new(model, shapes, band);
    let stretches = choice.stretches();
    let rows = stretches.chunks(AT_ONCE).flat_map(|some| choice.scores(model, some));
    let (_, steps) = choice.forward(&Nulls::none(model), std::iter::once(Row::new()).chain(rows));
    choice.backtrack(&steps)
}

/// The scores of all links inside a band, without those of null links: computed once, searched often.
pub(crate) struct Lattice<'a> {
    choice: Choice<'a>,
    scores: Vec<Row>,
}

impl<'a> Choice<'a> {
    fn new(model: &Model, shapes: &'a Shapes, band: &'a Band) -> Choice<'a> {
        let size = (model.source.len(), model.target.len());
        Choice { shapes, band, kinds: shapes.list(size.0, size.1), size }
    }

    /// The rows of the grid but the first, in which no link ends, a few at a time.
    fn stretches(&self) -> Vec<Range<usize>> {
        let rows = self.size.0;
        (1..=rows).step_by(STRETCH).map(|first| first..(first + STRETCH).min(rows + 1)).collect()
    }

    /// The scores of the links that end in some rows, row by row.
    fn scores(&self, model: &Model, stretches: &[Range<usize>]) -> Vec<Row> {
        if self.kinds.is_empty() {
            return vec![Row::new(); stretches.iter().map(Range::len).sum()];
        }
        let widest = self.shapes.widest().min(self.size.0.max(self.size.1));
        let of_stretch = |stretch: &Range<usize>| -> Vec<Row> {
            let lead = stretch.start.saturating_sub(widest).max(1)..stretch.start;
            let mut windows = model.windows(self.band, widest, lead.start..stretch.end);
            lead.for_each(|i| windows.advance(i));
            let row = |i: usize| {
                windows.advance(i);
                self.row(i, &windows)
            };
            stretch.clone().map(row).collect()
        };
        let scored: Vec<Vec<Row>> = stretches.par_iter().map(of_stretch).collect();
        scored.into_iter().flatten().collect()
    }

    /// The scores of all links that end with the source unit before row `i`: for each kind those of all columns.
    fn row(&self, i: usize, windows: &Windows) -> Row {
        let columns = self.band.columns(i);
        let mut row = vec![f32::NEG_INFINITY; columns.len() * self.kinds.len()];
        let ends = windows.ends(i, &columns);
        for (scores, &(m, n)) in row.chunks_exact_mut(columns.len().max(1)).zip(&self.kinds) {
            if let Some(reach) = reach(self.band, i, (m, n)) {
                let here = reach.start - columns.start..reach.end - columns.start;
                windows.scores(i, reach, (m, n), &ends[here.clone()], &mut scores[here]);
                let prior = self.shapes.log_prior(m, n);
                scores.iter_mut().for_each(|score| *score += prior);
            }
        }
        row
    }

    /// The best totals of the paths from the start to every cell, and their last steps.
    ///
    /// Runs of units that stand alone are cheaper than as many single ones, hence the totals of their own (Gotoh 1982).
    fn forward(&self, nulls: &Nulls, links: impl Iterator<Item: AsRef<[f32]>>) -> (Totals, Steps) {
        let rows = self.size.0;
        let (band, null) = (self.band, self.shapes.null);
        let cells = || Vec::with_capacity(rows + 1);
        let mut totals = Totals { best: cells(), source: cells(), target: cells() };
        let mut steps: Steps = Vec::with_capacity(rows + 1);
        for (i, links) in links.enumerate() {
            let Range { start, end } = band.columns(i);
            let mut row = vec![f32::NEG_INFINITY; end - start];
            let mut step = vec![Step::default(); end - start];
            for (&(m, n), scores) in self.kinds.iter().zip(self.by_kind(i, links.as_ref())) {
                let Some(reach) = reach(band, i, (m, n)) else { continue };
                let before =
                    &totals.best[i - m][reach.start - n - band.columns(i - m).start..][..reach.len()];
                let here = reach.start - start..reach.end - start;
                let cells = row[here.clone()].iter_mut().zip(&mut step[here.clone()]);
                for ((best, step), (before, score)) in cells.zip(before.iter().zip(&scores[here])) {
                    let total = before + score;
                    if total > *best {
                        (*best, step.size) = (total, (m as u8, n as u8));
                    }
                }
            }
            let mut alone = [vec![f32::NEG_INFINITY; end - start], vec![f32::NEG_INFINITY; end - start]];
            for j in start..end {
                let here = j - start;
                if i == 0 && j == 0 {
                    row[0] = 0.0;
                    continue;
                }
                // of equal totals a null step wins
                let mut best = (f32::NEG_INFINITY, (0u8, 0u8));
                if i > 0
                    && let Some(before) = at(&totals.best, band, i - 1, j)
                {
                    let first = before + null.first;
                    let next =
                        at(&totals.source, band, i - 1, j).map_or(f32::NEG_INFINITY, |run| run + null.next);
                    step[here].source_goes_on = next > first;
                    alone[0][here] = first.max(next) + nulls.source[i - 1];
                    best = better(best, alone[0][here], (1, 0));
                }
                if j > start {
                    let first = row[here - 1] + null.first;
                    let next = alone[1][here - 1] + null.next;
                    step[here].target_goes_on = next > first;
                    alone[1][here] = first.max(next) + nulls.target[j - 1];
                    best = better(best, alone[1][here], (0, 1));
                }
                (row[here], step[here].size) = better(best, row[here], step[here].size);
            }
            let [source, target] = alone;
            totals.best.push(row);
            totals.source.push(source);
            totals.target.push(target);
            steps.push(step);
        }
        (totals, steps)
    }

    /// The path that the steps to the last cell make.
    fn backtrack(&self, steps: &Steps) -> Vec<Bead> {
        let mut beads = Vec::new();
        let (mut i, mut j) = self.size;
        // the step of a run that goes on
        let mut run = None;
        while i > 0 || j > 0 {
            let step = steps[i][j - self.band.columns(i).start];
            // the band is connected, so every cell was reached by some step; a null step keeps this total
            let size = match run.unwrap_or(step.size) {
                (0, 0) if i > 0 => (1, 0),
                (0, 0) => (0, 1),
                size => size,
            };
            run = match size {
                (_, 0) if step.source_goes_on => Some(size),
                (0, _) if step.target_goes_on => Some(size),
                _ => None,
            };
            let (m, n) = (size.0 as usize, size.1 as usize);
            beads.push(Bead { source: i - m..i, target: j - n..j });
            (i, j) = (i - m, j - n);
        }
        beads.reverse();
        beads
    }

    /// The scores of the links that end in a row: for each kind those of all columns.
    fn by_kind<'r>(&self, i: usize, row: &'r [f32]) -> impl Iterator<Item = &'r [f32]> {
        row.chunks_exact(self.band.columns(i).len().max(1))
    }
}

impl<'a> Lattice<'a> {
    /// Scores every link. Time and memory grow with the area of the band.
    pub(crate) fn new(model: &Model, shapes: &'a Shapes, band: &'a Band) -> Lattice<'a> {
        let choice = Choice::new(model, shapes, band);
        let rows = choice.scores(model, &choice.stretches());
        Lattice { choice, scores: std::iter::once(Row::new()).chain(rows).collect() }
    }

    /// The path of the highest score. Beads tile both sides, in order.
    ///
    /// Cells outside the band are never visited; the band always holds both corners and is connected, so there is
    /// a path.
    pub(crate) fn best(&self, nulls: &Nulls) -> Vec<Bead> {
        let (_, steps) = self.choice.forward(nulls, self.scores.iter());
        self.choice.backtrack(&steps)
    }

    /// The best totals of the paths from every cell to the end; of those whose next step leaves a unit alone, without
    /// what it scores to begin the run of such units or to go on with it.
    fn backward(&self, nulls: &Nulls) -> Totals {
        let Choice { shapes, band, size: (rows, columns), .. } = self.choice;
        let null = shapes.null;
        let cells =
            || -> Cells { (0..=rows).map(|i| vec![f32::NEG_INFINITY; band.columns(i).len()]).collect() };
        let mut totals = Totals { best: cells(), source: cells(), target: cells() };
        for i in (0..=rows).rev() {
            let Range { start, end } = band.columns(i);
            for j in (start..end).rev() {
                let here = j - start;
                let mut best = totals.best[i][here];
                if i == rows && j == columns {
                    best = 0.0;
                }
                if j + 1 < end {
                    let after = totals.best[i][here + 1].max(totals.target[i][here + 1] + null.next);
                    totals.target[i][here] = after + nulls.target[j];
                    best = best.max(totals.target[i][here] + null.first);
                }
                if i < rows
                    && let Some(after) = at(&totals.best, band, i + 1, j)
                {
                    let run =
                        at(&totals.source, band, i + 1, j).map_or(f32::NEG_INFINITY, |run| run + null.next);
                    totals.source[i][here] = after.max(run) + nulls.source[i];
                    best = best.max(totals.source[i][here] + null.first);
                }
                totals.best[i][here] = best;
            }
            // a row is final here: it hands its totals back over the links that end in it
            for (&(m, n), scores) in self.choice.kinds.iter().zip(self.choice.by_kind(i, &self.scores[i])) {
                let Some(reach) = reach(band, i, (m, n)) else { continue };
                let here = reach.start - start..reach.end - start;
                let (earlier, later) = totals.best.split_at_mut(i);
                let before =
                    &mut earlier[i - m][reach.start - n - band.columns(i - m).start..][..reach.len()];
                for (before, (after, score)) in
                    before.iter_mut().zip(later[0][here.clone()].iter().zip(&scores[here]))
                {
                    *before = before.max(after + score);
                }
            }
        }
        totals
    }

    /// The path of the highest score when no unit is likelier than another to stand alone; and, for every unit of
    /// both sides, by how much the best path that links it beats the best path that leaves it alone, in nats.
    pub(crate) fn best_and_margins(&self, model: &Model) -> (Vec<Bead>, Nulls) {
        let nulls = Nulls::none(model);
        let (before, steps) = self.choice.forward(&nulls, self.scores.iter());
        let beads = self.choice.backtrack(&steps);
        (beads, self.margins(&before, &self.backward(&nulls)))
    }

    /// The margins of [`Lattice::best_and_margins`], by the best totals before and after every cell.
    fn margins(&self, before: &Totals, after: &Totals) -> Nulls {
        let Choice { shapes, band, size: (rows, columns), .. } = self.choice;
        let lowest =
            Nulls { source: vec![f32::NEG_INFINITY; rows], target: vec![f32::NEG_INFINITY; columns] };
        let (mut linked, mut alone) = (lowest.clone(), lowest);
        for i in 0..=rows {
            for j in band.columns(i) {
                let here = j - band.columns(i).start;
                let rest = |run: &Cells| after.best[i][here].max(run[i][here] + shapes.null.next);
                if i > 0 {
                    raise(&mut alone.source[i - 1..i], before.source[i][here] + rest(&after.source));
                }
                if j > band.columns(i).start {
                    raise(&mut alone.target[j - 1..j], before.target[i][here] + rest(&after.target));
                }
            }
            for (&(m, n), scores) in self.choice.kinds.iter().zip(self.choice.by_kind(i, &self.scores[i])) {
                let Some(reach) = reach(band, i, (m, n)) else { continue };
                let start = band.columns(i).start;
                let mut highest = f32::NEG_INFINITY;
                for j in reach {
                    let before = before.best[i - m][j - n - band.columns(i - m).start];
                    let total = before + scores[j - start] + after.best[i][j - start];
                    highest = highest.max(total);
                    raise(&mut linked.target[j - n..j], total);
                }
                raise(&mut linked.source[i - m..i], highest);
            }
        }
        // where the band leaves no choice one of the two is −∞, and so is or is not their difference
        let margin = |linked: Vec<f32>, alone: Vec<f32>| {
            linked.into_iter().zip(alone).map(|(linked, alone)| (linked - alone).clamp(-MOST, MOST)).collect()
        };
        Nulls { source: margin(linked.source, alone.source), target: margin(linked.target, alone.target) }
    }
}

/// A margin beyond this says no more than this.
const MOST: f32 = 60.0;

fn raise(slots: &mut [f32], total: f32) {
    slots.iter_mut().for_each(|slot| *slot = slot.max(total));
}

/// The columns of row `i` in which a link of a kind may end: those from which it begins inside the band.
fn reach(band: &Band, i: usize, (m, n): (usize, usize)) -> Option<Range<usize>> {
    let (here, there) = (band.columns(i), band.columns(i.checked_sub(m)?));
    let reach = here.start.max(there.start + n)..here.end.min(there.end + n);
    (reach.start < reach.end).then_some(reach)
}

/// How many rows are scored in one go; stretches are scored side by side.
const STRETCH: usize = 64;
/// How many stretches are scored before the search goes on over them, where scores are not kept.
const AT_ONCE: usize = 64;

fn at(scores: &[Vec<f32>], band: &Band, i: usize, j: usize) -> Option<f32> {
    let columns = band.columns(i);
    columns.contains(&j).then(|| scores[i][j - columns.start]).filter(|score| *score > f32::NEG_INFINITY)
}

fn better(best: (f32, (u8, u8)), score: f32, step: (u8, u8)) -> (f32, (u8, u8)) {
    if score > best.0 { (score, step) } else { best }
}
