//! How near vectors are.

use super::{Encoder, WIDTH};

/// Vectors made as long as one; what is nothing stays so.
pub(crate) fn directions(vectors: &[f32]) -> Vec<f32> {
    let mut directions = vectors.to_vec();
    for vector in directions.chunks_exact_mut(WIDTH) {
        let length = dot(vector, vector).sqrt();
        if length > 0.0 {
            vector.iter_mut().for_each(|number| *number /= length);
        }
    }
    directions
}

/// The mean of vectors; nothing in any direction when there are none.
pub(crate) fn mean(vectors: &[f32]) -> Vec<f32> {
    let (mut mean, count) = (vec![0.0; WIDTH], (vectors.len() / WIDTH).max(1) as f32);
    for vector in vectors.chunks_exact(WIDTH) {
        mean.iter_mut().zip(vector).for_each(|(sum, number)| *sum += number);
    }
    mean.iter_mut().for_each(|sum| *sum /= count);
    mean
}

/// Where vectors lie from their mean.
pub(crate) fn from(vectors: &[f32], mean: &[f32]) -> Vec<f32> {
    let mut vectors = vectors.to_vec();
    for vector in vectors.chunks_exact_mut(WIDTH) {
        vector.iter_mut().zip(mean).for_each(|(number, mean)| *number -= mean);
    }
    vectors
}

/// For each vector the mean of its products with those `count` of `pool` that are nearest; 0 when there are none.
pub(crate) fn nearest(encoder: Encoder, of: &[f32], pool: &[f32], count: usize) -> Vec<f32> {
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
    // as many numbers as the widest registers of today hold (AVX-512: 16 of 32 bits)
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
