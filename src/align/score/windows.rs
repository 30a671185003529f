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
    /// For each of `units` and each number of units from there on, by how much what may render a word weighs less in
    /// so many words.
    shares: Vec<f32>,
    /// For each source type met so far, which of `renderings` are its own.
    known: FxHashMap<TypeId, Range<usize>>,
    /// Where in `units` the types met so far may be rendered; for each type by ascending position.
    renderings: Vec<Rendered>,
    /// For each of the last source units: which target tokens its words may render.
    hits: VecDeque<Vec<Hit>>,
    /// `forward[m][j]`: Σ over the target units `first..first+j` of ln P(unit | the last m source units), against chance.
    forward: Vec<Vec<f64>>,
    /// The first target unit that `forward` covers.
    first: usize,
    /// For each of the last source units `u`: `[n][j]`, ln P(u | n target units that end before j), against chance.
    backward: VecDeque<Backward>,
    /// For each number of target units: of how many of the last source units `backward` is summed up, and the sums for
    /// the columns of the present row.
    sums: Vec<(usize, Vec<f32>)>,
    /// What the blocks of links say; none for sentences.
    forms: Option<Forms>,
    /// The tokens of `units`.
    tokens: Range<u32>,
    /// For each of `tokens`, which of `met` it is, counted from 1; all 0 between two rows.
    slots: Vec<u32>,
    /// Room for what is worked out of a row.
    met: Vec<Met>,
    products: Vec<f64>,
    likely: Likely,
    /// How near the spans are in what they mean; nothing where the encoder was not asked.
    nearby: Option<Nearby<'m>>,
}

/// A target token that a source type may be rendered by.
#[derive(Clone, Copy)]
struct Rendered {
    /// Its position.
    at: u32,
    /// The unit it is in.
    unit: u32,
    /// t(target | source) / p(target).
    there: f32,
    /// t(source | target) / p(source).
    back: f32,
}

/// A target token that a word of a source unit may be rendered by.
#[derive(Clone, Copy)]
struct Hit {
    /// Its position.
    at: u32,
    /// The unit it is in.
    unit: u32,
    /// t(target | source) / p(target), once for each such word.
    there: f32,
}

/// A target token that words of the last source units may be rendered by.
struct Met {
    at: u32,
    /// Its unit, counted from the first that the row looks at.
    unit: usize,
    /// Σ t(target | source) / p(target).
    sum: f32,
    /// How often it counts: once, and once more for each word that was met while the sum was nothing. The weights of
    /// the models that judge links are fitted to this.
    times: u32,
}

/// What the blocks are that links may begin with.
struct Forms {
    /// How links may begin on the target side: with a block alone, and with it and the one behind it.
    openings: Vec<[Option<Opening>; 2]>,
    /// Which of `openings` each of the units has.
    of_unit: Vec<usize>,
    /// For the openings of source blocks that were met what each of `openings` says against them, in nats:
    /// `[m > 1][n > 1]`.
    values: FxHashMap<[Option<Opening>; 2], Vec<[[f32; 2]; 2]>>,
    /// For each of the last source units its openings.
    last: VecDeque<[Option<Opening>; 2]>,
}

/// How links may begin with a block: with it alone, and with it and the one behind it.
fn two_openings(units: Part, at: usize) -> [Option<Opening>; 2] {
    [1, 2].map(|size| units.forms().get(at..at + size).and_then(opening))
}

impl Forms {
    fn of(target: Part, units: Range<usize>) -> Forms {
        let mut forms = Forms {
            openings: Vec::new(),
            of_unit: Vec::with_capacity(units.len()),
            values: FxHashMap::default(),
            last: VecDeque::new(),
        };
        let mut known = FxHashMap::default();
        for unit in units {
            let opening = two_openings(target, unit);
            let at = *known.entry(opening).or_insert_with(|| {
                forms.openings.push(opening);
                forms.openings.len() - 1
            });
            forms.of_unit.push(at);
        }
        forms
    }

    /// Goes on to links that begin with one more source unit, of which `widest` are kept.
    fn read(&mut self, ones: [Option<Opening>; 2], widest: usize) {
        self.last.truncate(widest - 1);
        self.last.push_front(ones);
        self.values.entry(ones).or_insert_with(|| {
            let of = |others: &[Option<Opening>; 2]| {
                [0, 1].map(|m| {
                    [0, 1].map(|n| match (&ones[m], &others[n]) {
                        (Some(one), Some(other)) => openings(one, other, m + n == 0),
                        _ => 0.0,
                    })
                })
            };
            self.openings.iter().map(of).collect()
        });
    }
}

#[derive(Default)]
struct Backward {
    first: usize,
    /// Row by row: `width` values for each n from 1 on; none where no window may render a word of the unit.
    values: Vec<f32>,
    width: usize,
    /// What a window says that renders no word of the unit.
    unrendered: f32,
}

/// For every window of target units how likely it makes the words of a source unit: window by window the sizes of those
/// that begin with one unit, against chance.
#[derive(Default)]
struct Likely {
    /// A sum of logarithms is the logarithm of a product.
    products: Vec<f64>,
    /// What was taken of products before they left the range of f64, in nats.
    nats: Vec<f32>,
    /// No product is greater.
    most: f64,
}

impl Likely {
    fn clear(&mut self) {
        self.products.clear();
        self.nats.clear();
        self.most = 1.0;
    }

    /// Makes room for so many windows, unless it is there.
    fn open(&mut self, windows: usize) {
        self.products.resize(windows, 1.0);
        self.nats.resize(windows, 0.0);
    }

    /// Makes sure that products may become so many times as large.
    fn make_way(&mut self, times: f64) {
        self.most *= times;
        if self.most > LARGE {
            for (nats, product) in self.nats.iter_mut().zip(&mut self.products) {
                *nats += product.ln() as f32;
                *product = 1.0;
            }
            self.most = times;
        }
    }

    /// A word that windows render by `sum` is met in them `times`.
    fn raise(&mut self, windows: Range<usize>, sum: f32, shares: &[f32], times: f32) {
        if times == 1.0 {
            let products = self.products[windows].iter_mut();
            products.zip(shares).for_each(|(product, share)| *product *= f64::from(1.0 + sum * share));
        } else {
            let nats = self.nats[windows].iter_mut();
            nats.zip(shares).for_each(|(nats, share)| *nats += times * (1.0 + sum * share).ln());
        }
    }
}

impl<'m> Windows<'m> {
    /// For links of at most `widest` units of one side that end in some rows, which are to be gone through in order.
    pub(crate) fn new(
        model: &'m Model<'m>,
        band: &'m Band,
        widest: usize,
        rows: Range<usize>,
    ) -> Windows<'m> {
        let [first, last] = [rows.start, rows.end - 1].map(|row| units_from(model, band, widest, row));
        let units = first.start..last.end;
        let tokens = token_range(model, &units);
        let starts = model.target.starts();
        let odds = model.weights.lambda / (1.0 - model.weights.lambda);
        let share = |begin: usize, size: usize| match starts[begin..=units.end].get(size) {
            Some(end) => odds / ((end - starts[begin]) as f32 + 1.0),
            None => 0.0,
        };
        let mut shares = Vec::with_capacity(units.len() * widest);
        for begin in units.clone() {
            shares.extend((1..=widest).map(|size| share(begin, size)));
        }
        Windows {
            model,
            band,
            widest,
            shares,
            known: FxHashMap::default(),
            renderings: Vec::new(),
            hits: Default::default(),
            forward: vec![Vec::new(); widest + 1],
            first: 0,
            backward: Default::default(),
            sums: vec![Default::default(); widest],
            forms: model.source.of_blocks().then(|| Forms::of(model.target, units.clone())),
            slots: vec![0; tokens.len()],
            tokens,
            met: Vec::new(),
            products: Vec::new(),
            likely: Likely::default(),
            nearby: Nearby::new(model.source.senses(), model.target.senses(), widest, &units),
            units,
        }
    }

    /// Goes past row `i`, in which no link is asked for, but behind it.
    pub(crate) fn pass(&mut self, i: usize) {
        let unit = i - 1;
        let within = units_from(self.model, self.band, self.widest, i);
        // what is no longer looked at gives its room to what is
        let mut hits = outdated(&mut self.hits, self.widest);
        let mut backward = outdated(&mut self.backward, self.widest);
        self.read_words(unit, &within, &mut hits, &mut backward);
        self.hits.push_front(hits);
        self.backward.push_front(backward);
        if let Some(nearby) = &mut self.nearby {
            nearby.advance(unit, within);
        }
        if let Some(forms) = &mut self.forms {
            forms.read(two_openings(self.model.source, unit), self.widest);
        }
    }

    /// Goes on to row `i`: the spans that end with source unit `i − 1`.
    pub(crate) fn advance(&mut self, i: usize) {
        self.pass(i);
        let row_end = (self.band.columns(i).end - 1).min(self.model.target.len());
        self.read_forward(i, units_from(self.model, self.band, self.widest, i).start, row_end);
        self.sums.iter_mut().for_each(|(units, sums)| {
            *units = 0;
            sums.clear();
        });
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
            let (there, back) = (pair.there / unigram, pair.back / own);
            let rendered = |&at: &u32| Rendered { at, unit: model.target_unit(at) as u32, there, back };
            self.renderings.extend(places.iter().map(rendered));
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
        let starts = &model.target.starts()[first..=end];
        let mut words = 0;
        for m in 1..=self.hits.len() {
            words += model.source.tokens(i - m).len();
            for hit in &self.hits[m - 1] {
                let unit = hit.unit as usize;
                if !(first..end).contains(&unit) {
                    continue;
                }
                let slot = &mut self.slots[(hit.at - self.tokens.start) as usize];
                if *slot == 0 {
                    self.met.push(Met { at: hit.at, unit: unit - first, sum: hit.there, times: 1 });
                    *slot = self.met.len() as u32;
                } else {
                    let met = &mut self.met[*slot as usize - 1];
                    met.times += u32::from(met.sum == 0.0);
                    met.sum += hit.there;
                }
            }
            let share = lambda / (1.0 - lambda) / (words as f32 + 1.0);
            let (done, row) = self.forward.split_at_mut(m);
            let row = &mut row[0];
            if self.met.is_empty() && m > 1 {
                // what none of these source units renders is as likely given more of them
                row.clone_from(&done[m - 1]);
                continue;
            }
            row.clear();
            row.resize(end + 1 - first, 0.0);
            // of each target unit's words: a sum of logarithms is the logarithm of a product
            self.products.clear();
            self.products.resize(end - first, 1.0);
            for met in &self.met {
                let product = &mut self.products[met.unit];
                for _ in 0..met.times {
                    *product *= f64::from(1.0 + share * met.sum);
                    if *product > LARGE {
                        row[met.unit + 1] += product.ln();
                        *product = 1.0;
                    }
                }
            }
            let mut before = 0.0;
            for ((row, product), ends) in row[1..].iter_mut().zip(&self.products).zip(starts.windows(2)) {
                let words = f64::from(ends[1] - ends[0]);
                // most units hold nothing that the words may render
                let rendered = if *product == 1.0 { 0.0 } else { product.ln() };
                *row += before + words * base + rendered;
                before = *row;
            }
        }
        for met in self.met.drain(..) {
            self.slots[(met.at - self.tokens.start) as usize] = 0;
        }
    }

    /// Which tokens of some target units the words of a source unit may render, and how likely the unit is given any
    /// of the target units.
    fn read_words(
        &mut self,
        unit: usize,
        within: &Range<usize>,
        hits: &mut Vec<Hit>,
        backward: &mut Backward,
    ) {
        let model = self.model;
        let Range { start: first, end } = *within;
        let (width, widest) = (end + 1 - first, self.widest);
        let lambda = model.weights.lambda;
        let odds = lambda / (1.0 - lambda);
        let words = model.source.tokens(unit);
        let unrendered = words.len() as f32 * (1.0 - lambda).ln();
        let tokens = token_range(self.model, within);
        hits.clear();
        let mut likely = std::mem::take(&mut self.likely);
        likely.clear();
        // no link that holds the unit ends before this column
        let low = self.band.columns(unit + 1).start;
        let mut of_word: Vec<(usize, f32)> = Vec::new();
        for (word, times) in counts(words) {
            let own = self.renderings_of(word);
            let own = &self.renderings[own];
            let start = own.partition_point(|hit| hit.at < tokens.start);
            of_word.clear();
            for hit in own[start..].iter().take_while(|hit| hit.at < tokens.end) {
                hits.push(Hit { at: hit.at, unit: hit.unit, there: times * hit.there });
                let unit = hit.unit as usize;
                match of_word.last_mut() {
                    Some((last, sum)) if *last == unit => *sum += hit.back,
                    _ => of_word.push((unit, hit.back)),
                }
            }
            if of_word.is_empty() {
                continue;
            }
            likely.open((end - first) * widest);
            let all: f32 = of_word.iter().map(|(_, sum)| sum).sum();
            likely.make_way(f64::from(1.0 + odds * all));
            // every window with a hit is met once: by its first hit
            let mut free = first;
            for (index, &(hit, _)) in of_word.iter().enumerate() {
                for begin in free.max((hit + 1).saturating_sub(widest))..=hit {
                    let shares = &self.shares[(begin - self.units.start) * widest..][..widest];
                    let windows = (begin - first) * widest;
                    let (least, most) = (low.saturating_sub(begin + 1), widest.min(end - begin));
                    let (mut sum, mut size) = (0.0, hit - begin);
                    for (at, &(unit, own)) in of_word[index..].iter().enumerate() {
                        if unit - begin >= most {
                            break;
                        }
                        sum += own;
                        let next = of_word.get(index + at + 1);
                        let next = next.map_or(most, |&(next, _)| most.min(next - begin));
                        let sizes = size.max(least)..next;
                        if !sizes.is_empty() {
                            let windows = windows + sizes.start..windows + sizes.end;
                            likely.raise(windows, sum, &shares[sizes], times);
                        }
                        size = next;
                    }
                }
                free = hit + 1;
            }
        }
        backward.first = first;
        backward.width = width;
        backward.unrendered = unrendered;
        backward.values.clear();
        if !likely.products.is_empty() {
            backward.values.resize(width * widest, unrendered);
            let sizes = likely.products.chunks_exact(widest).zip(likely.nats.chunks_exact(widest));
            for (begin, (products, nats)) in sizes.enumerate() {
                for (size, (product, nats)) in products.iter().zip(nats).enumerate() {
                    if (*product, *nats) != (1.0, 0.0) {
                        backward.values[size * width + begin + size + 1] += nats + product.ln() as f32;
                    }
                }
            }
        }
        self.likely = likely;
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
    /// columns. `ends` is what [`Windows::ends`] says of these columns, and `prior` is that of the shape.
    pub(crate) fn scores(
        &mut self,
        i: usize,
        columns: Range<usize>,
        (m, n): (usize, usize),
        ends: &[f32],
        prior: f32,
        scores: &mut [f32],
    ) {
        let row = self.band.columns(i);
        let (units, sums) = &mut self.sums[n - 1];
        sums.resize(row.len(), 0.0);
        for of_unit in self.backward.range(*units..m.max(*units)) {
            if of_unit.values.is_empty() {
                sums.iter_mut().for_each(|sum| *sum += of_unit.unrendered);
            } else {
                let values = &of_unit.values[(n - 1) * of_unit.width + row.start - of_unit.first..];
                sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
            }
        }
        *units = m.max(*units);
        let model = self.model;
        let (weights, count, begin) = (model.weights, columns.len(), columns.start - n);
        let sums = &sums[columns.start - row.start..][..count];
        let forward = &self.forward[m];
        let later = &forward[columns.start - self.first..][..count];
        let earlier = &forward[begin - self.first..][..count];
        let words = later.iter().zip(earlier).zip(sums).map(|((later, earlier), sum)| {
            weights.forward * (later - earlier) as f32 + weights.backward * sum
        });
        let expected = model.expected(&(i - m..i)) as f32;
        let letters = model.target.letters_before();
        let later = &letters[columns.start..][..count];
        let earlier = &letters[begin..][..count];
        let lengths = later
            .iter()
            .zip(earlier)
            .map(|(later, earlier)| model.lengths((later - earlier) as f32, expected));
        for (((score, words), length), end) in scores.iter_mut().zip(words).zip(lengths).zip(ends) {
            *score = words + length + end;
        }
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
        if let Some(forms) = &self.forms {
            let values = &forms.values[&forms.last[m - 1]];
            let of_unit = &forms.of_unit[begin - self.units.start..][..count];
            let (many, others) = (usize::from(m > 1), usize::from(n > 1));
            let values = of_unit.iter().map(|&at| values[at][many][others]);
            scores.iter_mut().zip(values).for_each(|(score, value)| *score = *score + value + prior);
        } else {
            scores.iter_mut().for_each(|score| *score += prior);
        }
    }
}

/// The target units that links may hold which hold the source unit before row `i`.
fn units_from(model: &Model, band: &Band, widest: usize, i: usize) -> Range<usize> {
    let last_row = (i - 1 + widest).min(model.source.len());
    let first = band.columns(i.saturating_sub(widest)).start;
    first..(band.columns(last_row).end - 1).min(model.target.len())
}

/// The positions of the tokens of some target units.
fn token_range(model: &Model, units: &Range<usize>) -> Range<u32> {
    let Range { start, end } = model.target.places(units);
    start as u32..end as u32
}

/// Takes out what is kept of the first of the last units, unless there is room for one more among so many.
fn outdated<T: Default>(last: &mut VecDeque<T>, many: usize) -> T {
    if last.len() < many { T::default() } else { last.pop_back().unwrap_or_default() }
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
