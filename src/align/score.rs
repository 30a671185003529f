//! How well a span of source units and a span of target units render each other: a sum of named pieces of evidence.
//!
//! The score of a link is a log-likelihood ratio against the two spans having nothing to do with one another
//! (after Ma 2006, "Champollion", and Brown et al. 1993, Model 1): every word of one side is drawn either from the
//! document's own unigram or from the renderings of the words of the other side.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::band::Band;
use super::evidence::{Rendering, Table, find};
use super::nulls;
use super::tokens::{Tokens, TypeId};
use super::units::{Edge, Form, MARKS, Mark, Part, Units};
use crate::text::BlockKind;

/// The most units of one side in one link.
pub(crate) const WIDEST: usize = 7;

/// The weight of each piece of evidence; chosen once, for all texts.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    /// The share of words that are drawn from the other side's renderings.
    pub(crate) lambda: f32,
    /// The weight of the target given the source.
    pub(crate) forward: f32,
    /// The weight of the source given the target.
    pub(crate) backward: f32,
    /// The weight of the length deviation.
    pub(crate) length: f32,
    /// The variance of a length per letter (Gale and Church 1993, section 3.2).
    pub(crate) variance: f32,
    /// The weight of the log prior of the link's shape.
    pub(crate) prior: f32,
    /// For both spans beginning with a quotation.
    pub(crate) open: f32,
    /// The share of blocks without a counterpart: of the first of a run, and of those behind it.
    pub(crate) alone: [f32; 2],
    /// Of what tells units that stand alone.
    pub(crate) nulls: nulls::Weights,
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            lambda: 0.23,
            forward: 0.5,
            backward: 0.5,
            length: 1.3,
            variance: 7.8,
            prior: 1.4,
            open: 0.5,
            alone: [BLOCK_ALONE, NEXT_BLOCK_ALONE],
            nulls: nulls::WEIGHTS,
        }
    }
}

/// What the ends of two spans say for their being linked, in nats: a table for each thing an [`Edge`] tells of an end.
#[derive(Debug, Clone)]
pub(crate) struct Endings {
    /// By whether a quotation is open.
    quoting: [[f32; 2]; 2],
    /// By whether a quotation closes.
    closes: [[f32; 2]; 2],
    /// By [`Mark`].
    marks: [[f32; MARKS]; MARKS],
}

impl Default for Endings {
    /// What holds of texts in general.
    fn default() -> Self {
        /// For both ending in the same mark.
        const SAME: f32 = 2.0;
        /// For one ending in a mark and the other not.
        const LONE: f32 = -0.4;
        let mut marks = [[LONE; MARKS]; MARKS];
        (0..MARKS).for_each(|mark| marks[mark][mark] = SAME);
        marks[Mark::None as usize][Mark::None as usize] = 0.0;
        Endings { quoting: [[0.0, -2.5], [-2.5, 1.5]], closes: [[0.0, 0.0], [0.0, SAME]], marks }
    }
}

impl Endings {
    /// What holds of this bitext, by how the spans end that a first path links.
    ///
    /// Whoever writes dialogue without quotation marks on one side, or closes sentences otherwise, does so all over.
    pub(crate) fn learnt<'e>(links: impl Iterator<Item = (&'e Edge, &'e Edge)>) -> Endings {
        let (mut quoting, mut closes, mut marks) = ([[0.0; 2]; 2], [[0.0; 2]; 2], [[0.0; MARKS]; MARKS]);
        for (one, other) in links {
            quoting[usize::from(one.quoting)][usize::from(other.quoting)] += 1.0;
            closes[usize::from(one.closes)][usize::from(other.closes)] += 1.0;
            marks[one.mark as usize][other.mark as usize] += 1.0;
        }
        let general = Endings::default();
        Endings {
            quoting: information(&quoting, &general.quoting),
            closes: information(&closes, &general.closes),
            marks: information(&marks, &general.marks),
        }
    }

    /// What two ends say.
    fn of(&self, one: &Edge, other: &Edge) -> f32 {
        self.quoting[usize::from(one.quoting)][usize::from(other.quoting)]
            + self.closes[usize::from(one.closes)][usize::from(other.closes)]
            + self.marks[one.mark as usize][other.mark as usize]
    }
}

/// For so many links the general opinion of how ends go together counts.
const GENERAL: f32 = 30.0;
/// No pair of ends says more than this for or against a link, in nats.
const MOST_OF_AN_END: f32 = 4.0;

/// The pointwise mutual information of what is counted together, in nats, where `general` is what it is in general.
fn information<const K: usize>(counts: &[[f32; K]; K], general: &[[f32; K]; K]) -> [[f32; K]; K] {
    let total: f32 = counts.iter().flatten().sum();
    // what is never met is rare, not impossible
    let share = |count: f32| (count + 0.5) / (total + 0.5 * K as f32);
    let rows: [f32; K] = std::array::from_fn(|a| share(counts[a].iter().sum()));
    let columns: [f32; K] = std::array::from_fn(|b| share(counts.iter().map(|row| row[b]).sum()));
    let likely = |a: usize, b: usize| rows[a] * columns[b] * general[a][b].exp();
    let whole: f32 = (0..K).flat_map(|a| (0..K).map(move |b| (a, b))).map(|(a, b)| likely(a, b)).sum();
    std::array::from_fn(|a| {
        std::array::from_fn(|b| {
            let together = (counts[a][b] + GENERAL * likely(a, b) / whole) / (total + GENERAL);
            (together / (rows[a] * columns[b])).ln().clamp(-MOST_OF_AN_END, MOST_OF_AN_END)
        })
    })
}

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
const BLOCK_ALONE: f32 = 0.02;
/// The share of blocks without a counterpart behind such a block.
const NEXT_BLOCK_ALONE: f32 = 0.3;
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

/// What is known of a bitext as a whole.
#[derive(Debug, Clone)]
pub(crate) struct Knowledge {
    pub(crate) table: Table,
    pub(crate) weights: Weights,
    pub(crate) endings: Endings,
    pub(crate) source_unigram: Vec<f32>,
    pub(crate) target_unigram: Vec<f32>,
    /// Target letters a source letter makes.
    pub(crate) ratio: f64,
}

impl Knowledge {
    /// What the lexicon and the counts of the two documents tell.
    pub(crate) fn new(table: Table, source: &Tokens, target: &Tokens, ratio: f64) -> Knowledge {
        Knowledge {
            table,
            weights: Weights::default(),
            endings: Endings::default(),
            source_unigram: unigram(source),
            target_unigram: unigram(target),
            ratio,
        }
    }
}

/// Where the words of one side stand.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// The places of its tokens, type by type, ascending.
    places: Vec<u32>,
    /// Which of them are those of each type.
    of_type: FxHashMap<TypeId, (u32, u32)>,
    /// The unit of each token.
    unit_of: Vec<u32>,
}

impl Places {
    pub(crate) fn of(units: &Units) -> Places {
        let whole = units.whole();
        let all = whole.places(&(0..whole.len()));
        let mut places: Vec<u32> = (0..all.end as u32).collect();
        places.sort_unstable_by_key(|&at| (whole.token(at), at));
        let mut of_type: FxHashMap<TypeId, (u32, u32)> = FxHashMap::default();
        let mut first = 0;
        for same in places.chunk_by(|&a, &b| whole.token(a) == whole.token(b)) {
            let next = first + same.len() as u32;
            of_type.insert(whole.token(same[0]), (first, next));
            first = next;
        }
        let mut unit_of = vec![0; all.end];
        for unit in 0..whole.len() {
            unit_of[whole.places(&(unit..unit + 1))].fill(unit as u32);
        }
        Places { places, of_type, unit_of }
    }

    /// The places of a type.
    fn of_type(&self, id: TypeId) -> &[u32] {
        let (first, next) = self.of_type.get(&id).copied().unwrap_or_default();
        &self.places[first as usize..next as usize]
    }
}

/// All that scoring two sequences of units needs.
#[derive(Clone, Copy)]
pub(crate) struct Model<'a> {
    pub(crate) source: Part<'a>,
    pub(crate) target: Part<'a>,
    pub(crate) table: &'a Table,
    pub(crate) weights: &'a Weights,
    endings: &'a Endings,
    /// The unigram probability of each source type and each target type, in the whole document.
    pub(crate) source_unigram: &'a [f32],
    pub(crate) target_unigram: &'a [f32],
    /// Target letters a source letter makes, in this bitext.
    pub(crate) ratio: f64,
    /// Where the words of the target side stand, of these units and of others.
    places: &'a Places,
}

impl<'a> Model<'a> {
    /// For units of two sides; `places` are those of the whole target side.
    pub(crate) fn new(
        source: Part<'a>,
        target: Part<'a>,
        places: &'a Places,
        knowledge: &'a Knowledge,
    ) -> Model<'a> {
        Model {
            source,
            target,
            table: &knowledge.table,
            weights: &knowledge.weights,
            endings: &knowledge.endings,
            source_unigram: &knowledge.source_unigram,
            target_unigram: &knowledge.target_unigram,
            ratio: knowledge.ratio,
            places,
        }
    }

    /// The same, where the ends of units say something else.
    pub(crate) fn with_endings(self, endings: &'a Endings) -> Model<'a> {
        Model { endings, ..self }
    }

    /// How many units both sides have together.
    pub(crate) fn size(&self) -> usize {
        self.source.len() + self.target.len()
    }

    /// The places of a target type in some of the units, ascending, and its unigram probability.
    pub(crate) fn places(&self, id: TypeId, units: &Range<usize>) -> (&'a [u32], f32) {
        let within = self.target.places(units);
        let all = self.places.of_type(id);
        let first = all.partition_point(|&at| (at as usize) < within.start);
        let count = all[first..].partition_point(|&at| (at as usize) < within.end);
        (&all[first..first + count], self.target_unigram[id as usize])
    }

    /// The unit that holds the target token at a place.
    pub(crate) fn target_unit(&self, at: u32) -> usize {
        self.places.unit_of[at as usize] as usize - self.target.first()
    }

    /// The evidence of the words: the mean of both directions, in nats.
    pub(crate) fn lexical(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        self.weights.forward * self.target_given_source(source.clone(), target.clone())
            + self.weights.backward * self.source_given_target(source, target)
    }

    /// ln P(target words | source words) − ln P(target words).
    pub(crate) fn target_given_source(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let from = self.source.span(&source);
        let to = self.target.span(&target);
        self.target_words(from, to)
    }

    /// The same for words that need not be consecutive units.
    pub(crate) fn target_words(&self, from: &[TypeId], to: &[TypeId]) -> f32 {
        given(from, to, &self.table.backward, self.target_unigram, self.weights.lambda)
    }

    /// ln P(source words | target words) − ln P(source words).
    pub(crate) fn source_given_target(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let from = self.target.span(&target);
        let to = self.source.span(&source);
        self.source_words(from, to)
    }

    /// The same for words that need not be consecutive units.
    pub(crate) fn source_words(&self, from: &[TypeId], to: &[TypeId]) -> f32 {
        given(from, to, &self.table.forward, self.source_unigram, self.weights.lambda)
    }

    /// How many standard deviations longer one span is than another of the expected length, both in target letters.
    pub(crate) fn deviation(&self, found: f64, expected: f64) -> f32 {
        let mean = ((expected + found) / 2.0).max(1.0);
        ((found - expected) / (f64::from(self.weights.variance) * mean).sqrt()) as f32
    }

    /// The evidence of the lengths, both in target letters: minus half the squared deviation in standard
    /// deviations, beyond four of them growing like a root only (Gale and Church 1993).
    fn lengths(&self, found: f32, expected: f32) -> f32 {
        let mean = ((expected + found) / 2.0).max(1.0);
        let squared = (found - expected) * (found - expected) / (self.weights.variance * mean);
        // d²/2 and 4√d cross at four
        let penalty = (squared / 2.0).min(4.0 * squared.sqrt().sqrt());
        -self.weights.length * penalty
    }

    /// The target letters that source units are expected to make.
    fn expected(&self, source: &Range<usize>) -> f64 {
        self.source.letters(source) * self.ratio
    }

    /// The evidence of the lengths of two spans.
    pub(crate) fn length(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        self.lengths(self.target.letters(&target) as f32, self.expected(&source) as f32)
    }

    /// The evidence of how the spans begin and end; neither is empty.
    pub(crate) fn edges(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let (one, other) = (self.source.edges(), self.target.edges());
        self.endings.of(&one[source.end - 1], &other[target.end - 1])
            + beginnings(self.weights, &one[source.start], &other[target.start])
    }

    /// The evidence of what the blocks are: 0 for sentences.
    pub(crate) fn forms(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let pair = source.len() + target.len() == 2;
        let of = |part: Part<'a>, range| part.forms().get(range).and_then(opening);
        match (of(self.source, source), of(self.target, target)) {
            (Some(one), Some(other)) => openings(&one, &other, pair),
            _ => 0.0,
        }
    }

    /// The whole score of a link, without the prior of its shape.
    pub(crate) fn score(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        self.lexical(source.clone(), target.clone())
            + self.length(source.clone(), target.clone())
            + self.edges(source.clone(), target.clone())
            + self.forms(source, target)
    }

    /// How sure a link is, from 0 to 1: the score per word through a logistic curve; a half for a null link.
    pub(crate) fn confidence(&self, source: Range<usize>, target: Range<usize>) -> f64 {
        if source.is_empty() || target.is_empty() {
            return 0.5;
        }
        let words = (self.source.span(&source).len() + self.target.span(&target).len()) as f64 / 2.0;
        let score = f64::from(self.score(source, target));
        1.0 / (1.0 + (-4.0 * score / (words + 4.0)).exp())
    }

    /// For links of at most `widest` units of one side that end in some rows, which are to be gone through in order.
    pub(crate) fn windows<'m>(&'m self, band: &'m Band, widest: usize, rows: Range<usize>) -> Windows<'m> {
        let mut windows = Windows {
            model: self,
            band,
            widest,
            units: 0..0,
            known: FxHashMap::default(),
            renderings: Vec::new(),
            hits: Default::default(),
            forward: vec![Vec::new(); widest + 1],
            first: 0,
            backward: Default::default(),
            openings: Vec::new(),
            forms: Default::default(),
            tokens: 0..0,
            sums: Vec::new(),
        };
        let (first, last) = (windows.units_from(rows.start), windows.units_from(rows.end - 1));
        windows.units = first.start..last.end;
        windows.tokens = windows.token_range(&windows.units);
        windows.sums = vec![0.0; windows.tokens.len()];
        if self.source.of_blocks() {
            windows.openings = windows.units.clone().map(|unit| two_openings(self.target, unit)).collect();
        }
        windows
    }
}

/// The evidence of how two spans begin.
fn beginnings(weights: &Weights, first: &Edge, other: &Edge) -> f32 {
    if first.opens && other.opens { weights.open } else { 0.0 }
}

/// How much more the number of a heading says that is run into its paragraph: without it the two would have to be
/// told from a paragraph and a heading that stands alone.
const RUN_IN: f32 = 4.0;

/// How the blocks of one side of a link begin.
#[derive(Clone, Copy)]
struct Opening {
    /// The form of the first block.
    form: Form,
    /// Whether it is a heading with its text below it.
    headed: bool,
    /// Whether it is a cell of a table with another one behind it.
    cells: bool,
}

/// What it says that several cells of a table stand against one block: a cell is rendered by a cell.
const CELLS: f32 = -8.0;
/// What it says that two cells of tables stand in different columns.
const COLUMNS: f32 = -1.5;

fn opening(forms: &[Form]) -> Option<Opening> {
    let form = *forms.first()?;
    let second = forms.get(1).map(|second| second.kind);
    let headed = form.kind == BlockKind::Heading && second.is_some_and(|kind| kind != BlockKind::Heading);
    let cells = form.kind == BlockKind::TableCell && second == Some(BlockKind::TableCell);
    Some(Opening { form, headed, cells })
}

/// What the openings of a link say; whether it is a `pair`, one block against one.
fn openings(one: &Opening, other: &Opening, pair: bool) -> f32 {
    match pair {
        true => forms(&one.form, &other.form),
        _ if one.cells || other.cells => CELLS + forms(&one.form, &other.form).min(0.0),
        // a heading that the other side runs into its text shows by its number, if by anything
        _ if one.headed != other.headed && one.form.kind.is_prose() && other.form.kind.is_prose() => {
            RUN_IN * numbers(&one.form, &other.form).unwrap_or(0.0)
        }
        _ => forms(&one.form, &other.form).min(0.0),
    }
}

/// What two blocks being of the same or another form says, in nats.
fn forms(one: &Form, other: &Form) -> f32 {
    let mut score = 0.0f32;
    if one.kind != other.kind {
        score -= if one.kind.is_prose() == other.kind.is_prose() { 3.0 } else { 12.0 };
    } else if one.level == other.level && one.level.is_some() {
        score += 1.0;
    } else if one.kind == BlockKind::TableCell && one.level.is_some() && other.level.is_some() {
        score += COLUMNS;
    }
    let alike = one.numbering.is_some() == other.numbering.is_some();
    score + numbers(one, other).unwrap_or(if alike { 0.0 } else { -0.5 })
}

/// What the numbers of two blocks say, in nats, if both have one.
fn numbers(one: &Form, other: &Form) -> Option<f32> {
    let ((style, value), (other_style, other_value)) = (one.numbering?, other.numbering?);
    Some(match (value == other_value, style == other_style) {
        (true, true) => 1.5,
        (true, false) => 1.0,
        (false, _) => -1.0,
    })
}

/// Σ over `to` of ln((1−λ) + λ/(|from|+1) · Σ over `from` of t(to|from)/p(to)).
fn given(from: &[TypeId], to: &[TypeId], table: &[Vec<Rendering>], unigram: &[f32], lambda: f32) -> f32 {
    let share = lambda / (from.len() as f32 + 1.0);
    let sum = |row: &[Rendering], counts: &[f32]| -> f32 {
        // whichever of the two lists is shorter is walked
        if row.len() <= 8 * from.len() {
            row.iter().map(|pair| counts.get(pair.id as usize).map_or(0.0, |count| count * pair.back)).sum()
        } else {
            from.iter().filter_map(|&given| find(row, given)).map(|pair| pair.back).sum()
        }
    };
    counted(from, |counts| {
        // sums of logarithms are logarithms of products, taken before a product leaves the range of f64
        let (mut nats, mut product) = (0.0, 1.0f64);
        for &word in to {
            let sum = sum(&table[word as usize], counts);
            product *= f64::from(1.0 - lambda + share * sum / unigram[word as usize]);
            if !(1.0 / LARGE..LARGE).contains(&product) {
                nats += product.ln();
                product = 1.0;
            }
        }
        (nats + product.ln()) as f32
    })
}

/// A product beyond this, or below its inverse, is near the end of the range of f64.
const LARGE: f64 = 1e200;

thread_local! {
    /// How often each type stands in the span that [`given`] is asked about; all zero between two questions.
    static COUNTS: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// What `answer` makes of the number of times each type is in `words`; the counts reach as far as the highest type.
fn counted(words: &[TypeId], answer: impl FnOnce(&[f32]) -> f32) -> f32 {
    COUNTS.with_borrow_mut(|counts| {
        let size = words.iter().max().map_or(0, |&id| id as usize + 1);
        counts.resize(counts.len().max(size), 0.0);
        words.iter().for_each(|&id| counts[id as usize] += 1.0);
        let found = answer(counts);
        words.iter().for_each(|&id| counts[id as usize] = 0.0);
        found
    })
}

/// A unit of more tokens than this is counted by type: a block may hold one word ten thousand times.
const LONG: usize = 200;

/// The types among some tokens, and how often each is to be counted.
fn counts(words: &[TypeId]) -> Vec<(TypeId, f32)> {
    if words.len() <= LONG {
        return words.iter().map(|&word| (word, 1.0)).collect();
    }
    let mut sorted = words.to_vec();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f32)).collect()
}

fn unigram(tokens: &Tokens) -> Vec<f32> {
    // a word of a short text is rarer in the language than in the text
    const UNSEEN: f32 = 1000.0;
    let total = tokens.tokens.len() as f32 + UNSEEN;
    tokens.types.iter().map(|word| word.count.max(1) as f32 / total).collect()
}

/// The lexical scores of all spans that end at the present row, each in constant time.
pub(crate) struct Windows<'m> {
    model: &'m Model<'m>,
    band: &'m Band,
    /// The most units of one side in a link.
    widest: usize,
    /// The target units that any of the rows looks at.
    units: Range<usize>,
    /// For each source type met so far, which of `renderings` are its own.
    known: FxHashMap<TypeId, Range<usize>>,
    /// Where in `units` the types met so far may be rendered; for each type by ascending position.
    renderings: Vec<Hit>,
    /// For each of the last source units: which target tokens its words may render, and Σ t/p.
    hits: VecDeque<Vec<(u32, f32)>>,
    /// `forward[m][j]`: Σ over the target units `first..first+j` of ln P(unit | the last m source units), against chance.
    forward: Vec<Vec<f64>>,
    /// The first target unit that `forward` covers.
    first: usize,
    /// For each of the last source units `u`: `[n][j]`, ln P(u | n target units that end before j), against chance.
    backward: VecDeque<Backward>,
    /// How links may begin on the target side, for each of `units`; empty for sentences.
    openings: Vec<[Option<Opening>; 2]>,
    /// For each of the last source units, what the blocks are whose links begin with it; empty for sentences.
    forms: VecDeque<Beginnings>,
    /// The tokens of `units`.
    tokens: Range<u32>,
    /// For each of `tokens`, a sum that is being made; all zero between two rows.
    sums: Vec<f32>,
}

/// A target token that a source type may be rendered by.
#[derive(Clone, Copy)]
struct Hit {
    /// Its position.
    at: u32,
    /// t(target | source) / p(target).
    there: f32,
    /// t(source | target) / p(source).
    back: f32,
}

/// How links may begin with a block: with it alone, and with it and the one behind it.
fn two_openings(units: Part, at: usize) -> [Option<Opening>; 2] {
    [1, 2].map(|size| units.forms().get(at..at + size).and_then(opening))
}

/// What the forms of blocks say of the links that begin with one source block.
struct Beginnings {
    first: usize,
    /// For each target block from `first` on that a link may begin with: `[m > 1][n > 1]`, in nats.
    values: Vec<[[f32; 2]; 2]>,
}

struct Backward {
    first: usize,
    /// Row by row: `width` values for each n; none where no window may render a word of the unit.
    values: Vec<f32>,
    width: usize,
    /// What a window says that renders no word of the unit.
    unrendered: f32,
}

impl Windows<'_> {
    /// Goes on to row `i`: the spans that end with source unit `i − 1`.
    pub(crate) fn advance(&mut self, i: usize) {
        let model = self.model;
        let unit = i - 1;
        let within = self.units_from(i);
        let (hits, backward) = self.read_words(unit, &within);
        self.hits.truncate(self.widest - 1);
        self.hits.push_front(hits);
        self.backward.truncate(self.widest - 1);
        self.backward.push_front(backward);
        let first = within.start;
        if model.source.of_blocks() {
            let beginnings = self.read_forms(unit, within);
            self.forms.truncate(self.widest - 1);
            self.forms.push_front(beginnings);
        }
        let row_end = (self.band.columns(i).end - 1).min(model.target.len());
        self.read_forward(i, first, row_end);
    }

    /// The target units that links may hold which hold the source unit before row `i`.
    fn units_from(&self, i: usize) -> Range<usize> {
        let last_row = (i - 1 + self.widest).min(self.model.source.len());
        let first = self.band.columns(i.saturating_sub(self.widest)).start;
        first..(self.band.columns(last_row).end - 1).min(self.model.target.len())
    }

    /// The positions of the tokens of some target units.
    fn token_range(&self, units: &Range<usize>) -> Range<u32> {
        let Range { start, end } = self.model.target.places(units);
        start as u32..end as u32
    }

    /// Where in the target units that are looked at a source type may be rendered: which of `renderings`.
    fn renderings_of(&mut self, word: TypeId) -> Range<usize> {
        if let Some(known) = self.known.get(&word) {
            return known.clone();
        }
        let model = self.model;
        let own = model.source_unigram[word as usize];
        let first = self.renderings.len();
        for pair in &model.table.forward[word as usize] {
            let (places, unigram) = model.places(pair.id, &self.units);
            let hit = |&at: &u32| Hit { at, there: pair.there / unigram, back: pair.back / own };
            self.renderings.extend(places.iter().map(hit));
        }
        self.renderings[first..].sort_unstable_by_key(|hit| hit.at);
        let all = first..self.renderings.len();
        self.known.insert(word, all.clone());
        all
    }

    fn read_forward(&mut self, i: usize, first: usize, end: usize) {
        let model = self.model;
        let lambda = model.weights.lambda;
        let base = f64::from((1.0 - lambda).ln());
        self.first = first;
        let mut touched: Vec<u32> = Vec::new();
        // of each target unit's words: a sum of logarithms is the logarithm of a product
        let mut products: Vec<f64> = Vec::new();
        let mut words = 0;
        for m in 1..=self.hits.len() {
            words += model.source.tokens(i - m).len();
            for &(at, sum) in &self.hits[m - 1] {
                let slot = &mut self.sums[(at - self.tokens.start) as usize];
                if *slot == 0.0 {
                    touched.push(at);
                }
                *slot += sum;
            }
            let share = lambda / (1.0 - lambda) / (words as f32 + 1.0);
            let (done, row) = self.forward.split_at_mut(m);
            let row = &mut row[0];
            if touched.is_empty() && m > 1 {
                // what none of these source units renders is as likely given more of them
                row.clone_from(&done[m - 1]);
                continue;
            }
            row.clear();
            row.resize(end + 1 - first, 0.0);
            products.clear();
            products.resize(end - first, 1.0);
            for &at in &touched {
                let unit = model.target_unit(at);
                if (first..end).contains(&unit) {
                    let product = &mut products[unit - first];
                    *product *= f64::from(1.0 + share * self.sums[(at - self.tokens.start) as usize]);
                    if *product > LARGE {
                        row[unit - first + 1] += product.ln();
                        *product = 1.0;
                    }
                }
            }
            for unit in first..end {
                let words = model.target.tokens(unit).len() as f64;
                let before = row[unit - first];
                let product = products[unit - first];
                // most units hold nothing that the words may render
                let rendered = if product == 1.0 { 0.0 } else { product.ln() };
                row[unit - first + 1] += before + words * base + rendered;
            }
        }
        for at in touched {
            self.sums[(at - self.tokens.start) as usize] = 0.0;
        }
    }

    /// Which tokens of some target units the words of a source unit may render, and how likely the unit is given any
    /// of the target units.
    fn read_words(&mut self, unit: usize, within: &Range<usize>) -> (Vec<(u32, f32)>, Backward) {
        let model = self.model;
        let Range { start: first, end } = *within;
        let width = end + 1 - first;
        let lambda = model.weights.lambda;
        let odds = lambda / (1.0 - lambda);
        let words = model.source.tokens(unit);
        let unrendered = words.len() as f32 * (1.0 - lambda).ln();
        let mut values = Vec::new();
        let tokens = self.token_range(within);
        let mut hits: Vec<(u32, f32)> = Vec::new();
        let mut of_word: Vec<(usize, f32)> = Vec::new();
        for (word, times) in counts(words) {
            let own = self.renderings_of(word);
            let own = &self.renderings[own];
            let start = own.partition_point(|hit| hit.at < tokens.start);
            of_word.clear();
            for hit in own[start..].iter().take_while(|hit| hit.at < tokens.end) {
                hits.push((hit.at, times * hit.there));
                let unit = model.target_unit(hit.at);
                match of_word.last_mut() {
                    Some((last, sum)) if *last == unit => *sum += hit.back,
                    _ => of_word.push((unit, hit.back)),
                }
            }
            if values.is_empty() && !of_word.is_empty() {
                values.resize(width * (self.widest + 1), unrendered);
            }
            // every window with a hit is met once: by its first hit
            let mut free = first;
            for (index, &(hit, _)) in of_word.iter().enumerate() {
                for begin in free.max((hit + 1).saturating_sub(self.widest))..=hit {
                    let mut sum = 0.0;
                    let mut next = index;
                    for j in hit + 1..=(begin + self.widest).min(end) {
                        if of_word.get(next).is_some_and(|&(unit, _)| unit == j - 1) {
                            sum += of_word[next].1;
                            next += 1;
                        }
                        let size = model.target.places(&(begin..j)).len() as f32 + 1.0;
                        values[(j - begin) * width + j - first] += times * (1.0 + odds * sum / size).ln();
                    }
                }
                free = hit + 1;
            }
        }
        (hits, Backward { first, values, width, unrendered })
    }

    fn read_forms(&self, unit: usize, within: Range<usize>) -> Beginnings {
        let ones = two_openings(self.model.source, unit);
        let of = |begin: usize| {
            let others = &self.openings[begin - self.units.start];
            [0, 1].map(|m| {
                [0, 1].map(|n| match (&ones[m], &others[n]) {
                    (Some(one), Some(other)) => openings(one, other, m + n == 0),
                    _ => 0.0,
                })
            })
        };
        Beginnings { first: within.start, values: within.map(of).collect() }
    }

    /// The evidence of how links end that end with row `i` in each of these columns.
    pub(crate) fn ends(&self, i: usize, columns: &Range<usize>) -> Vec<f32> {
        let (one, other) = (self.model.source.edges(), self.model.target.edges());
        let at = |j: usize| match j.checked_sub(1) {
            Some(last) => self.model.endings.of(&one[i - 1], &other[last]),
            None => 0.0,
        };
        columns.clone().map(at).collect()
    }

    /// The scores of linking the `m` source units before row `i` with the `n` target units before each of these
    /// columns, without the prior of the shape. `ends` is what [`Windows::ends`] says of these columns.
    pub(crate) fn scores(
        &self,
        i: usize,
        columns: Range<usize>,
        (m, n): (usize, usize),
        ends: &[f32],
        scores: &mut [f32],
    ) {
        let model = self.model;
        let (weights, count, begin) = (model.weights, columns.len(), columns.start - n);
        scores.fill(0.0);
        for of_unit in self.backward.iter().take(m) {
            if of_unit.values.is_empty() {
                scores.iter_mut().for_each(|score| *score += of_unit.unrendered);
                continue;
            }
            let values = &of_unit.values[n * of_unit.width + columns.start - of_unit.first..][..count];
            scores.iter_mut().zip(values).for_each(|(score, value)| *score += value);
        }
        let forward = &self.forward[m];
        let later = &forward[columns.start - self.first..][..count];
        let earlier = &forward[begin - self.first..][..count];
        for (score, (later, earlier)) in scores.iter_mut().zip(later.iter().zip(earlier)) {
            *score = weights.forward * (later - earlier) as f32 + weights.backward * *score;
        }
        let expected = model.expected(&(i - m..i)) as f32;
        let letters = model.target.letters_before();
        let later = &letters[columns.start..][..count];
        let earlier = &letters[begin..][..count];
        for (score, (later, earlier)) in scores.iter_mut().zip(later.iter().zip(earlier)) {
            *score += model.lengths((later - earlier) as f32, expected);
        }
        scores.iter_mut().zip(ends).for_each(|(score, end)| *score += end);
        let first = &model.source.edges()[i - m];
        if first.opens {
            let others = &model.target.edges()[begin..][..count];
            scores
                .iter_mut()
                .zip(others)
                .for_each(|(score, other)| *score += beginnings(weights, first, other));
        }
        if let Some(forms) = self.forms.get(m - 1) {
            let values = &forms.values[begin - forms.first..][..count];
            let (many, others) = (usize::from(m > 1), usize::from(n > 1));
            scores.iter_mut().zip(values).for_each(|(score, value)| *score += value[many][others]);
        }
    }
}
