//! What it says of two spans which words stand in them: how often each is met at all, where it stands, and how likely
//! words are to be drawn from the renderings of others.

use std::cell::RefCell;

use crate::align::evidence::{Rendering, Rows, find};
use crate::align::tokens::{Tokens, TypeId};
use crate::align::units::Units;

/// Where the words of one side stand.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// The places of its tokens, type by type, ascending.
    places: Vec<u32>,
    /// Where those of each type begin among them, and, last, where those of the last one end.
    starts: Vec<u32>,
    /// The unit of each token.
    unit_of: Vec<u32>,
}

impl Places {
    pub(crate) fn of(units: &Units) -> Places {
        let whole = units.whole();
        let all = whole.places(&(0..whole.len()));
        let types = whole.span(&(0..whole.len()));
        // counted first, and then put where there is room for as many
        let mut starts = vec![0u32; types.iter().max().map_or(0, |&id| id as usize + 2)];
        types.iter().for_each(|&id| starts[id as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![0; all.len()];
        for (at, &id) in (all.start as u32..).zip(types) {
            places[next[id as usize] as usize] = at;
            next[id as usize] += 1;
        }
        let mut unit_of = vec![0; all.end];
        for unit in 0..whole.len() {
            unit_of[whole.places(&(unit..unit + 1))].fill(unit as u32);
        }
        Places { places, starts, unit_of }
    }

    /// The unit that holds the token at a place.
    pub(super) fn unit_of(&self, at: u32) -> usize {
        self.unit_of[at as usize] as usize
    }

    /// The places of a type.
    pub(super) fn of_type(&self, id: TypeId) -> &[u32] {
        match self.starts.get(id as usize..).unwrap_or_default() {
            &[first, next, ..] => &self.places[first as usize..next as usize],
            _ => &[],
        }
    }
}

/// How likely each type of a document is to be met, whatever stands on the other side.
pub(super) fn unigram(tokens: &Tokens) -> Vec<f32> {
    // a word of a short text is rarer in the language than in the text
    const UNSEEN: f32 = 1000.0;
    let total = tokens.tokens.len() as f32 + UNSEEN;
    tokens.types.iter().map(|word| word.count.max(1) as f32 / total).collect()
}

/// Σ over `to` of ln((1−λ) + λ/(|from|+1) · Σ over `from` of t(to|from)/p(to)).
pub(super) fn given(from: &[TypeId], to: &[TypeId], table: &Rows, unigram: &[f32], lambda: f32) -> f32 {
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
pub(super) const LARGE: f64 = 1e200;

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
