//! Sentences as wholes: how near they are, and how much nearer than to others (Artetxe and Schwenk 2019, "Margin-based
//! parallel corpus mining").

use rustc_hash::FxHashMap;

use super::{Encoder, LAYERS, WIDTH};

/// The sentences of both versions of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Wholes {
    sides: [Side; 2],
}

/// The sentences of one version.
#[derive(Debug, Clone, PartialEq, Default)]
struct Side {
    /// For each sentence the sum of its vectors, less so many times their mean in all of the version.
    sums: Vec<f32>,
    /// For each sentence how near, on average, those of the other version are that are nearest.
    crowd: Vec<f32>,
}

/// How many neighbours make a crowd, as in the paper.
const NEIGHBOURS: usize = 4;
/// Sentences that are encoded before what is not needed of them is dropped.
const AT_ONCE: usize = 2048;
/// The most sentences of a version that neighbours are looked for among, evenly taken: the cost grows with it.
const POOL: usize = 4096;

impl Wholes {
    /// Encodes the sentences of the original and of the translation, each distinct one once. `told` is told how many
    /// more are done, and how many more are to be, from any thread.
    pub fn new(encoder: Encoder, texts: [&[String]; 2], told: &(dyn Fn(usize, usize) + Sync)) -> Wholes {
        let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
        let mut distinct: Vec<&str> = Vec::new();
        let of_text = texts.map(|texts| -> Vec<usize> {
            let number = |text| {
                *numbers.entry(text).or_insert_with(|| {
                    distinct.push(text);
                    distinct.len() - 1
                })
            };
            texts.iter().map(String::as_str).map(number).collect()
        });
        told(0, distinct.len());
        let mut seen: Vec<(Vec<f32>, f32)> = Vec::with_capacity(distinct.len());
        for texts in distinct.chunks(AT_ONCE) {
            let encoded = encoder.encode(texts, LAYERS, &|done| told(done, 0));
            seen.extend(encoded.into_iter().map(|one| (one.pooled, one.pieces.len() as f32)));
        }
        let mut sides = of_text.map(|numbers| {
            let all = || numbers.iter().map(|&number| &seen[number]);
            Side { sums: centred(all), crowd: Vec::new() }
        });
        let [one, other] = &mut sides;
        let directions = [directions(&one.sums), directions(&other.sums)];
        one.crowd = crowd(encoder, &directions[0], &directions[1]);
        other.crowd = crowd(encoder, &directions[1], &directions[0]);
        Wholes { sides }
    }

    /// For a sentence of the original, or else of the translation: a vector whose length grows with that of the
    /// sentence, so that the sum of several is that of all of them together.
    pub fn sum(&self, source: bool, sentence: usize) -> &[f32] {
        &self.sides[usize::from(!source)].sums[sentence * WIDTH..][..WIDTH]
    }

    /// How near those of the other version are that are nearest to a sentence: the cosine, on average.
    pub fn crowd(&self, source: bool, sentence: usize) -> f32 {
        self.sides[usize::from(!source)].crowd[sentence]
    }
}

/// For each sentence its pooled vector less the mean of all, times its pieces.
fn centred<'a, I: Iterator<Item = &'a (Vec<f32>, f32)>>(sentences: impl Fn() -> I) -> Vec<f32> {
    let mut mean = vec![0.0; WIDTH];
    let mut pieces = 0.0;
    for (pooled, size) in sentences() {
        mean.iter_mut().zip(pooled).for_each(|(sum, number)| *sum += size * number);
        pieces += size;
    }
    mean.iter_mut().for_each(|sum| *sum /= f32::max(pieces, 1.0));
    let of = |(pooled, size): &'a (Vec<f32>, f32)| -> Vec<f32> {
        pooled.iter().zip(&mean).map(|(number, mean)| size * (number - mean)).collect()
    };
    sentences().flat_map(of).collect()
}

/// Vectors made as long as one; what is nothing stays so.
pub(super) fn directions(vectors: &[f32]) -> Vec<f32> {
    let mut directions = vectors.to_vec();
    for vector in directions.chunks_exact_mut(WIDTH) {
        let length = dot(vector, vector).sqrt();
        if length > 0.0 {
            vector.iter_mut().for_each(|number| *number /= length);
        }
    }
    directions
}

fn crowd(encoder: Encoder, of: &[f32], among: &[f32]) -> Vec<f32> {
    let step = (among.len() / WIDTH).div_ceil(POOL).max(1);
    let pool: Vec<f32> = among.chunks_exact(WIDTH).step_by(step).flatten().copied().collect();
    nearest(encoder, of, &pool, NEIGHBOURS)
}

/// For each vector the mean of its products with those `count` of `pool` that are nearest; 0 when there are none.
pub(super) fn nearest(encoder: Encoder, of: &[f32], pool: &[f32], count: usize) -> Vec<f32> {
    let size = pool.len() / WIDTH;
    let count = count.min(size);
    if count == 0 {
        return vec![0.0; of.len() / WIDTH];
    }
    let mut means = Vec::with_capacity(of.len() / WIDTH);
    encoder.products(of, pool, |products| {
        products.select_nth_unstable_by(count - 1, |one, other| other.total_cmp(one));
        let best = &mut products[..count];
        // the sum must not hang on the order that they were found in
        best.sort_unstable_by(f32::total_cmp);
        means.push(best.iter().sum::<f32>() / count as f32);
    });
    means
}

/// The sum of the products of the numbers of two vectors, in an order that fills the registers of any processor.
pub fn dot(one: &[f32], other: &[f32]) -> f32 {
    const LANES: usize = 16;
    let mut sums = [0.0f32; LANES];
    let (one, one_rest) = one.as_chunks::<LANES>();
    let (other, other_rest) = other.as_chunks::<LANES>();
    for (one, other) in one.iter().zip(other) {
        for at in 0..LANES {
            sums[at] += one[at] * other[at];
        }
    }
    sums.iter().sum::<f32>() + one_rest.iter().zip(other_rest).map(|(one, other)| one * other).sum::<f32>()
}

/// The cosine of the angle between two vectors; 0 if one of them is nothing.
pub fn cosine(one: &[f32], other: &[f32]) -> f32 {
    let lengths = (dot(one, one) * dot(other, other)).sqrt();
    if lengths > 0.0 { dot(one, other) / lengths } else { 0.0 }
}
