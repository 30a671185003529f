//! The best monotone path of links through two sequences of units, by exact dynamic programming in a band.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use super::band::Band;
use super::beads::{Bead, Nulls, NullsOf};
use super::score::{Model, Shapes, WIDEST, Windows};

/// The best totals of the cells of one row of a band.
#[derive(Debug, Clone, Default)]
struct Totals {
    /// Of all paths.
    best: Vec<f32>,
    /// Of the paths whose step at the cell leaves a unit of the source alone.
    source: Vec<f32>,
    /// The same for the target.
    target: Vec<f32>,
}

impl Totals {
    /// Those of another row, none of whose cells is reached yet.
    fn renew(&mut self, cells: usize) {
        for totals in [&mut self.best, &mut self.source, &mut self.target] {
            totals.clear();
            totals.resize(cells, f32::NEG_INFINITY);
        }
    }
}

/// The totals of a few rows that stand together; a further one takes the place of the one farthest from it.
#[derive(Clone)]
struct Rows {
    rows: Vec<Totals>,
}

impl Rows {
    fn new(count: usize) -> Rows {
        Rows { rows: vec![Totals::default(); count] }
    }

    fn get(&self, row: usize) -> &Totals {
        &self.rows[row % self.rows.len()]
    }

    fn slot(&mut self, row: usize) -> &mut Totals {
        let at = row % self.rows.len();
        &mut self.rows[at]
    }
}

/// The last step of the best path to a cell, and of the best paths to it whose last step leaves a unit alone, in a
/// byte: three bits for the source units, three for the target units, and whether the unit before it is alone as
/// well, where the step leaves one alone, for either side.
#[derive(Debug, Clone, Copy, Default)]
struct Step(u8);

// the sizes of a link fit into their bits
const _: () = assert!(WIDEST < 8);

impl Step {
    const SOURCE_GOES_ON: u8 = 1 << 6;
    const TARGET_GOES_ON: u8 = 1 << 7;

    /// The bits of a size.
    fn bits((m, n): (u8, u8)) -> u8 {
        m << 3 | n
    }

    fn set_size(&mut self, bits: u8) {
        self.0 = self.0 & !0b11_1111 | bits;
    }

    fn size(self) -> (u8, u8) {
        (self.0 >> 3 & 0b111, self.0 & 0b111)
    }

    fn set(&mut self, flag: u8, goes_on: bool) {
        self.0 |= if goes_on { flag } else { 0 };
    }

    fn has(self, flag: u8) -> bool {
        self.0 & flag != 0
    }
}

/// What links a search may choose from.
#[derive(Clone)]
struct Choice<'a> {
    shapes: &'a Shapes,
    band: Band,
    /// The shapes that links may have.
    kinds: Vec<(usize, usize)>,
    size: (usize, usize),
}

/// The scores of the links that end in a row: kind by kind, one for each column; −∞ where a link would leave the band.
type Row = Vec<f32>;

/// The path of the highest score when no unit is likelier than another to stand alone, as [`Lattice::best`] finds it.
pub(crate) fn best(model: &Model, shapes: &Shapes, band: Band) -> Vec<Bead> {
    let lattice = Lattice { choice: Choice::new(model, shapes, band), scores: None };
    lattice.best(model, Nulls::none(model.source.len(), model.target.len()).all())
}

/// The links inside a band with their scores, null links apart, to be searched several times.
#[derive(Clone)]
pub(crate) struct Lattice<'a> {
    choice: Choice<'a>,
    /// The scores, row by row, unless they are worked out anew each time they are looked at.
    scores: Option<Vec<Row>>,
}

impl<'a> Choice<'a> {
    fn new(model: &Model, shapes: &'a Shapes, band: Band) -> Choice<'a> {
        let size = (model.source.len(), model.target.len());
        Choice { shapes, band, kinds: shapes.list(size.0, size.1), size }
    }

    /// The most units of one side in a link.
    fn widest(&self) -> usize {
        self.shapes.widest().min(self.size.0.max(self.size.1))
    }

    /// The scores of the links that end in some rows, row by row; none end in the first of the grid.
    fn scores(&self, model: &Model, rows: Range<usize>) -> Vec<Row> {
        if self.kinds.is_empty() {
            return vec![Row::new(); rows.len()];
        }
        let mut scored: Vec<Row> = (rows.start == 0).then(Row::new).into_iter().collect();
        let starts = (rows.start.max(1)..rows.end).step_by(STRETCH);
        let stretches: Vec<Range<usize>> =
            starts.map(|start| start..(start + STRETCH).min(rows.end)).collect();
        let widest = self.widest();
        let of_stretch = |stretch: &Range<usize>| -> Vec<Row> {
            let lead = stretch.start.saturating_sub(widest).max(1)..stretch.start;
            let mut windows = Windows::new(model, &self.band, widest, lead.start..stretch.end);
            lead.for_each(|i| windows.pass(i));
            let row = |i: usize| {
                windows.advance(i);
                self.row(i, &mut windows)
            };
            stretch.clone().map(row).collect()
        };
        match &stretches[..] {
            [one] => scored.extend(of_stretch(one)),
            _ => scored.par_extend(stretches.par_iter().flat_map_iter(of_stretch)),
        }
        scored
    }

    /// The scores of all links that end with the source unit before row `i`: for each kind those of all columns.
    fn row(&self, i: usize, windows: &mut Windows) -> Row {
        let columns = self.band.columns(i);
        let mut row = vec![f32::NEG_INFINITY; columns.len() * self.kinds.len()];
        let ends = windows.ends(i, &columns);
        for (scores, &(m, n)) in row.chunks_exact_mut(columns.len().max(1)).zip(&self.kinds) {
            if let Some(reach) = reach(&self.band, i, (m, n)) {
                let here = reach.start - columns.start..reach.end - columns.start;
                let prior = self.shapes.log_prior(m, n);
                windows.scores(i, reach, (m, n), &ends[here.clone()], prior, &mut scores[here]);
            }
        }
        row
    }

    /// Goes on with the best paths from the start to every cell, over some rows, by the scores of the links that end
    /// in them: the last steps of the paths go into `steps`, those of all cells, and the totals of the last rows into
    /// `rows`, where those of the rows before them are; `passed` is given the totals of each row.
    ///
    /// Runs of units that stand alone are cheaper than as many single ones, hence the totals of their own (Gotoh 1982).
    fn forward(
        &self,
        nulls: NullsOf,
        (part, links): (Range<usize>, &[Row]),
        rows: &mut Rows,
        steps: &mut [Step],
        mut passed: impl FnMut(&Totals),
    ) {
        let (band, null) = (&self.band, self.shapes.null);
        for (i, links) in part.zip(links) {
            let Range { start, end } = band.columns(i);
            // no link is so wide that it would still begin in the row whose place this one takes
            let mut row = std::mem::take(rows.slot(i));
            row.renew(end - start);
            let step = &mut steps[band.first(i)..][..end - start];
            for (&(m, n), scores) in self.kinds.iter().zip(self.by_kind(i, links)) {
                let Some(reach) = reach(band, i, (m, n)) else { continue };
                let before =
                    &rows.get(i - m).best[reach.start - n - band.columns(i - m).start..][..reach.len()];
                let here = reach.start - start..reach.end - start;
                let size = Step::bits((m as u8, n as u8));
                let cells = row.best[here.clone()].iter_mut().zip(&mut step[here.clone()]);
                for ((best, step), (before, score)) in cells.zip(before.iter().zip(&scores[here])) {
                    let total = before + score;
                    if total > *best {
                        *best = total;
                        step.set_size(size);
                    }
                }
            }
            for j in start..end {
                let here = j - start;
                if i == 0 && j == 0 {
                    row.best[0] = 0.0;
                    continue;
                }
                // of equal totals a null step wins
                let mut best = (f32::NEG_INFINITY, (0u8, 0u8));
                if i > 0
                    && let Some(above) = band.cell(i - 1, j)
                    && let before = rows.get(i - 1)
                    && before.best[above] > f32::NEG_INFINITY
                {
                    let first = before.best[above] + null.first;
                    let next = before.source[above] + null.next;
                    step[here].set(Step::SOURCE_GOES_ON, next > first);
                    row.source[here] = first.max(next) + nulls.source[i - 1];
                    best = better(best, row.source[here], (1, 0));
                }
                if j > start {
                    let first = row.best[here - 1] + null.first;
                    let next = row.target[here - 1] + null.next;
                    step[here].set(Step::TARGET_GOES_ON, next > first);
                    row.target[here] = first.max(next) + nulls.target[j - 1];
                    best = better(best, row.target[here], (0, 1));
                }
                let (total, size) = better(best, row.best[here], step[here].size());
                row.best[here] = total;
                step[here].set_size(Step::bits(size));
            }
            passed(&row);
            *rows.slot(i) = row;
        }
    }

    /// The path that the steps to the last cell make.
    fn backtrack(&self, steps: &[Step]) -> Vec<Bead> {
        let mut beads = Vec::new();
        let (mut i, mut j) = self.size;
        // the step of a run that goes on
        let mut run = None;
        while i > 0 || j > 0 {
            let step = steps[self.band.first(i) + j - self.band.columns(i).start];
            // the band is connected, so every cell was reached by some step; a null step keeps this total
            let size = match run.unwrap_or(step.size()) {
                (0, 0) if i > 0 => (1, 0),
                (0, 0) => (0, 1),
                size => size,
            };
            run = match size {
                (_, 0) if step.has(Step::SOURCE_GOES_ON) => Some(size),
                (0, _) if step.has(Step::TARGET_GOES_ON) => Some(size),
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
    /// Scores every link. Time and memory grow with the area of the band; where that makes more than `most` scores,
    /// they are not kept: then memory grows by a byte a cell and a few bytes a unit only, and each search takes the
    /// time again.
    pub(crate) fn new(model: &Model, shapes: &'a Shapes, band: Band, most: usize) -> Lattice<'a> {
        let choice = Choice::new(model, shapes, band);
        let kept = choice.band.area().saturating_mul(choice.kinds.len()) <= most;
        let scores = kept.then(|| choice.scores(model, 0..choice.size.0 + 1));
        Lattice { choice, scores }
    }

    /// The rows, as many at a time as there are scores of at once.
    fn parts(&self) -> Vec<Range<usize>> {
        let rows = self.choice.size.0 + 1;
        let at_once = if self.scores.is_some() { rows } else { AT_ONCE };
        (0..rows).step_by(at_once).map(|first| first..(first + at_once).min(rows)).collect()
    }

    /// The scores of the links that end in the rows of a part.
    fn scores(&self, model: &Model, part: &Range<usize>) -> Cow<'_, [Row]> {
        match &self.scores {
            Some(rows) => Cow::Borrowed(&rows[part.clone()]),
            None => Cow::Owned(self.choice.scores(model, part.clone())),
        }
    }

    /// The path of the highest score. Beads tile both sides, in order.
    ///
    /// Cells outside the band are never visited; the band always holds both corners and is connected, so there is
    /// a path.
    pub(crate) fn best(&self, model: &Model, nulls: NullsOf) -> Vec<Bead> {
        let mut rows = Rows::new(self.choice.widest() + 1);
        let mut steps = vec![Step::default(); self.choice.band.area()];
        for part in self.parts() {
            let scores = self.scores(model, &part);
            self.choice.forward(nulls, (part, &scores), &mut rows, &mut steps, |_| {});
        }
        self.choice.backtrack(&steps)
    }

    /// The path of the highest score when no unit is likelier than another to stand alone; and, for every unit of
    /// both sides, by how much the best path that links it beats the best path that leaves it alone, in nats.
    pub(crate) fn best_and_margins(&self, model: &Model) -> (Vec<Bead>, Nulls) {
        let nulls = Nulls::none(model.source.len(), model.target.len());
        let choice = &self.choice;
        let parts = self.parts();
        let mut rows = Rows::new(choice.widest() + 1);
        let mut steps = vec![Step::default(); choice.band.area()];
        let mut before = Before::default();
        // the rows before each part: what stands in it is worked out from them once more on the way back
        let mut begun = Vec::with_capacity(parts.len());
        for part in &parts {
            let scores = self.scores(model, part);
            begun.push(rows.clone());
            before.begin(choice, part.start, &rows);
            choice
                .forward(nulls.all(), (part.clone(), &scores), &mut rows, &mut steps, |row| before.add(row));
        }
        let beads = choice.backtrack(&steps);
        let mut margins = Margins::new(choice);
        for (part, mut rows) in parts.into_iter().zip(begun).rev() {
            let scores = self.scores(model, &part);
            // what was passed last is there still
            if before.part != part.start {
                before.begin(choice, part.start, &rows);
                let again = (part.clone(), &scores[..]);
                choice.forward(nulls.all(), again, &mut rows, &mut steps, |row| before.add(row));
            }
            part.zip(scores.iter()).rev().for_each(|(i, scores)| margins.pass(i, scores, &before));
        }
        (beads, margins.finish())
    }
}

/// The best totals of the cells of some rows, and of the few rows before them.
#[derive(Default)]
struct Before {
    /// The first of the rows.
    part: usize,
    /// The first cell of the rows before it, among all of the band.
    first: usize,
    totals: Totals,
}

impl Before {
    /// Begins with another part, before which stand some rows.
    fn begin(&mut self, choice: &Choice, part: usize, rows: &Rows) {
        let lead = part.saturating_sub(choice.widest())..part;
        self.part = part;
        self.first = choice.band.first(lead.start);
        self.totals.renew(0);
        lead.for_each(|i| self.add(rows.get(i)));
    }

    fn add(&mut self, row: &Totals) {
        self.totals.best.extend_from_slice(&row.best);
        self.totals.source.extend_from_slice(&row.source);
        self.totals.target.extend_from_slice(&row.target);
    }
}

/// The margins of [`Lattice::best_and_margins`] while they are worked out, by the best totals of the paths from every
/// cell to the end, on the way from the last row to the first.
struct Margins<'c> {
    choice: &'c Choice<'c>,
    /// For every unit the best total of the paths that link it, and of those that leave it alone.
    linked: Nulls,
    alone: Nulls,
    /// Of paths whose next step leaves a unit alone, without what it scores to begin the run of such units or to go on
    /// with it; the totals over the links that begin in a row are there when it is come to.
    after: Rows,
    /// For each number of target units the totals over the best of the links that end in each column of a row.
    highest_of: Vec<Vec<f32>>,
}

impl<'c> Margins<'c> {
    fn new(choice: &'c Choice<'c>) -> Margins<'c> {
        let (rows, columns) = choice.size;
        let lowest =
            Nulls { source: vec![f32::NEG_INFINITY; rows], target: vec![f32::NEG_INFINITY; columns] };
        let high = choice.widest();
        let mut after = Rows::new(high + 2);
        (rows.saturating_sub(high)..=rows).for_each(|i| after.slot(i).renew(choice.band.columns(i).len()));
        Margins {
            choice,
            linked: lowest.clone(),
            alone: lowest,
            after,
            highest_of: vec![Vec::new(); high + 1],
        }
    }

    /// Goes on to a row, by the scores of the links that end in it and by the best totals before its cells.
    fn pass(&mut self, i: usize, scores: &[f32], before: &Before) {
        let Choice { shapes, band, size: (rows, columns), .. } = self.choice;
        let (rows, columns) = (*rows, *columns);
        let Margins { linked, alone, after, highest_of, .. } = self;
        let null = shapes.null;
        let high = self.choice.widest();
        let Range { start, end } = band.columns(i);
        let first_cell = band.first(i) - before.first;
        // the first row that a link which ends here may begin in, of those that none was handed to yet
        if i < rows
            && let Some(top) = i.checked_sub(high)
        {
            after.slot(top).renew(band.columns(top).len());
        }
        let mut row = std::mem::take(after.slot(i));
        for j in (start..end).rev() {
            let here = j - start;
            let mut best = row.best[here];
            if i == rows && j == columns {
                best = 0.0;
            }
            if j + 1 < end {
                let after = row.best[here + 1].max(row.target[here + 1] + null.next);
                row.target[here] = after;
                best = best.max(after + null.first);
            }
            if i < rows
                && let Some(below) = band.cell(i + 1, j)
                && let after = after.get(i + 1)
                && after.best[below] > f32::NEG_INFINITY
            {
                row.source[here] = after.best[below].max(after.source[below] + null.next);
                best = best.max(row.source[here] + null.first);
            }
            row.best[here] = best;
        }
        for j in start..end {
            let here = j - start;
            let rest = |run: &[f32]| row.best[here].max(run[here] + null.next);
            if i > 0 {
                raise(
                    &mut alone.source[i - 1..i],
                    before.totals.source[first_cell + here] + rest(&row.source),
                );
            }
            if j > start {
                raise(
                    &mut alone.target[j - 1..j],
                    before.totals.target[first_cell + here] + rest(&row.target),
                );
            }
        }
        highest_of.iter_mut().for_each(|highest| {
            highest.clear();
            highest.resize(end - start, f32::NEG_INFINITY);
        });
        // a row is final here: it hands its totals back over the links that end in it
        for (&(m, n), scores) in self.choice.kinds.iter().zip(self.choice.by_kind(i, scores)) {
            let Some(reach) = reach(band, i, (m, n)) else { continue };
            let from = reach.start - n - band.columns(i - m).start;
            let before = &before.totals.best[band.first(i - m) - before.first + from..][..reach.len()];
            let earlier = &mut after.slot(i - m).best[from..][..reach.len()];
            let here = reach.start - start..reach.end - start;
            let cells = earlier.iter_mut().zip(before).zip(&mut highest_of[n][here.clone()]);
            let links = scores[here.clone()].iter().zip(&row.best[here]);
            let mut highest = f32::NEG_INFINITY;
            for (((earlier, before), of_column), (score, rest)) in cells.zip(links) {
                *earlier = higher(*earlier, rest + score);
                let total = before + score + rest;
                highest = higher(highest, total);
                *of_column = higher(*of_column, total);
            }
            raise(&mut linked.source[i - m..i], highest);
        }
        // a link holds the unit that many before its end if it has as many target units or more
        for n in (1..=high).rev() {
            let (fewer, wider) = highest_of.split_at_mut(n);
            let first = start.max(n);
            let units = linked.target.get_mut(first - n..).unwrap_or_default().iter_mut();
            let highest = wider[0].get(first - start..).unwrap_or_default();
            units.zip(highest).for_each(|(unit, total)| *unit = higher(*unit, *total));
            fewer[n - 1].iter_mut().zip(&wider[0]).for_each(|(fewer, total)| *fewer = higher(*fewer, *total));
        }
        *after.slot(i) = row;
    }

    fn finish(self) -> Nulls {
        let Margins { linked, alone, .. } = self;
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
    slots.iter_mut().for_each(|slot| *slot = higher(*slot, total));
}

/// The higher of two totals, none of which is NaN: `f32::max` would look for that.
fn higher(one: f32, other: f32) -> f32 {
    if other > one { other } else { one }
}

/// The columns of row `i` in which a link of a kind may end: those from which it begins inside the band.
fn reach(band: &Band, i: usize, (m, n): (usize, usize)) -> Option<Range<usize>> {
    let (here, there) = (band.columns(i), band.columns(i.checked_sub(m)?));
    let reach = here.start.max(there.start + n)..here.end.min(there.end + n);
    (reach.start < reach.end).then_some(reach)
}

/// How many rows are scored in one go; stretches are scored side by side.
const STRETCH: usize = 64;
/// How many rows are scored before the search goes on over them, where scores are not kept; few in tests, whose texts
/// are short.
const AT_ONCE: usize = if cfg!(test) { 40 } else { 64 * STRETCH };

fn better(best: (f32, (u8, u8)), score: f32, step: (u8, u8)) -> (f32, (u8, u8)) {
    if score > best.0 { (score, step) } else { best }
}
