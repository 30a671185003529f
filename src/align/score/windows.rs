//! The scores of all links that end at one unit, each in constant time: what [`super::Model::score`] says of one link,
//! for the search that asks for all of them.

use std::collections::VecDeque;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::ends::beginnings;
use super::forms::{Opening, opening, openings};
use super::nearness::{Nearby, worth};
use super::words::LARGE;
use super::{Model, Part, TypeId};
use crate::align::band::Band;

/// What the words, lengths, ends and forms say of the spans that end at the present row.
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
    /// How near the spans are in what they mean; nothing where the encoder was not asked.
    nearby: Option<Nearby<'m>>,
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

impl<'m> Windows<'m> {
    /// For links of at most `widest` units of one side that end in some rows, which are to be gone through in order.
    pub(crate) fn new(
        model: &'m Model<'m>,
        band: &'m Band,
        widest: usize,
        rows: Range<usize>,
    ) -> Windows<'m> {
        let mut windows = Windows {
            model,
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
            nearby: None,
        };
        let (first, last) = (windows.units_from(rows.start), windows.units_from(rows.end - 1));
        windows.units = first.start..last.end;
        windows.tokens = windows.token_range(&windows.units);
        windows.sums = vec![0.0; windows.tokens.len()];
        windows.nearby = Nearby::new(model.source.senses(), model.target.senses(), widest, &windows.units);
        if model.source.of_blocks() {
            windows.openings = windows.units.clone().map(|unit| two_openings(model.target, unit)).collect();
        }
        windows
    }

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
        if let Some(nearby) = &mut self.nearby {
            nearby.advance(unit, within.clone());
        }
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
        if let Some(nearby) = &self.nearby {
            for (score, (j, (later, earlier))) in
                scores.iter_mut().zip(columns.clone().zip(later.iter().zip(earlier)))
            {
                *score += worth(nearby.margin(m, n, j), (later - earlier) as f32);
            }
        }
        if let Some(forms) = self.forms.get(m - 1) {
            let values = &forms.values[begin - forms.first..][..count];
            let (many, others) = (usize::from(m > 1), usize::from(n > 1));
            scores.iter_mut().zip(values).for_each(|(score, value)| *score += value[many][others]);
        }
    }
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
