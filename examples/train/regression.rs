//! Logistic regression.

use std::collections::BTreeMap;

use duizhao::meaning::learnt::{BIAS, Features};

/// The probability of a row.
pub(crate) fn probability<const FEATURES: usize>(weights: &[f64], features: &[f32; FEATURES]) -> f64 {
    let sum: f64 = features.iter().zip(weights).map(|(x, w)| f64::from(*x) * w).sum();
    1.0 / (1.0 + (-sum - weights[FEATURES]).exp())
}

/// Weights and, last, the bias, from rows of features, whether they count, and how much: maximum likelihood with a
/// little shrinkage, by Newton's method. `SIZE` is `FEATURES` + 1.
pub(crate) fn logistic<const FEATURES: usize, const SIZE: usize>(
    rows: &[([f32; FEATURES], bool, f64)],
) -> [f64; SIZE] {
    let inputs = |features: &[f32; FEATURES]| features.iter().map(|x| f64::from(*x)).chain([1.0]).collect();
    let rows: Vec<_> =
        rows.iter().map(|(features, counts, times)| (inputs(features), *counts, *times)).collect();
    let weights = newton(&rows, &[SHRINKAGE; SIZE]);
    std::array::from_fn(|at| weights[at])
}

/// Weights of the inputs of rows, of which the last is always 1, from whether the rows count and how much: maximum
/// likelihood, where half of each squared weight costs so many nats.
fn newton(rows: &[(Vec<f64>, bool, f64)], costs: &[f64]) -> Vec<f64> {
    let mut weights = vec![0.0; costs.len()];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().zip(costs).map(|(weight, cost)| cost * weight).collect();
        let mut curvature = vec![vec![0.0; costs.len()]; costs.len()];
        costs.iter().enumerate().for_each(|(at, cost)| curvature[at][at] = *cost);
        for (inputs, counts, times) in rows {
            let sum: f64 = inputs.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let likely = 1.0 / (1.0 + (-sum).exp());
            for (i, x) in inputs.iter().enumerate() {
                gradient[i] += times * (likely - f64::from(u8::from(*counts))) * x;
                let slope = times * likely * (1.0 - likely) * x;
                curvature[i].iter_mut().zip(inputs).for_each(|(slot, y)| *slot += slope * y);
            }
        }
        let step = eliminate(curvature, gradient);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }
    weights
}

/// So many steps of Newton's method are enough.
const STEPS: usize = 12;

/// Weights by which rows of features, of which most are nothing, count as they are rather than turned round: maximum
/// likelihood with much shrinkage, one weight after the other.
pub(crate) fn direction(rows: &[&[(usize, f32)]], features: usize) -> Vec<f64> {
    let mut columns: Vec<Vec<(usize, f64)>> = vec![Vec::new(); features];
    for (row, values) in rows.iter().enumerate() {
        values.iter().for_each(|(at, value)| columns[*at].push((row, f64::from(*value))));
    }
    let mut weights = vec![0.0f64; features];
    let mut sums = vec![0.0f64; rows.len()];
    for _ in 0..SWEEPS {
        for (weight, column) in weights.iter_mut().zip(&columns) {
            let (mut gradient, mut curvature) = (MUCH * *weight, MUCH);
            for (row, value) in column {
                let wrong = 1.0 / (1.0 + sums[*row].exp());
                gradient -= wrong * value;
                curvature += wrong * (1.0 - wrong) * value * value;
            }
            let step = (-gradient / curvature).clamp(-1.0, 1.0);
            *weight += step;
            column.iter().for_each(|(row, value)| sums[*row] += step * value);
        }
    }
    weights
}

/// So often each weight is made better.
const SWEEPS: usize = 60;

/// What half of a squared weight costs where there are many of them.
const MUCH: f64 = 16.0;

/// What half of a squared weight costs, in nats.
const SHRINKAGE: f64 = 1.0;

/// What keeps named features from being taken too seriously.
#[derive(Clone, Copy)]
pub(crate) struct Shrinkage {
    /// What half of a squared weight of a feature scaled to a deviation of 1 costs, in nats.
    pub(crate) strength: f64,
    /// What fewer rows have weighs nothing.
    pub(crate) seen: usize,
}

/// The weights of named features and of [`BIAS`], which is always there, from rows of features and whether they count:
/// maximum likelihood, by Newton's method.
pub(crate) fn ridge(
    rows: &[(&Features, bool)],
    Shrinkage { strength, seen }: Shrinkage,
) -> BTreeMap<String, f64> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in rows.iter().flat_map(|(features, _)| features.iter()) {
        *times.entry(name).or_default() += 1;
    }
    let common = times.into_iter().filter(|(_, times)| *times >= seen).map(|(name, _)| name);
    let columns: BTreeMap<&str, usize> = common.enumerate().map(|(at, name)| (name, at)).collect();
    let (size, count) = (columns.len(), rows.len() as f64);
    let mut matrix = vec![vec![0.0; size + 1]; rows.len()];
    for (row, (features, _)) in matrix.iter_mut().zip(rows) {
        row[size] = 1.0;
        for (name, much) in features.iter() {
            if let Some(&at) = columns.get(&**name) {
                row[at] = f64::from(*much);
            }
        }
    }
    let mean = |at: usize| matrix.iter().map(|row| row[at]).sum::<f64>() / count;
    let means: Vec<f64> = (0..size).map(mean).collect();
    let deviation = |at: usize| {
        (matrix.iter().map(|row| (row[at] - means[at]).powi(2)).sum::<f64>() / count).sqrt().max(1e-6)
    };
    let deviations: Vec<f64> = (0..size).map(deviation).collect();
    for row in &mut matrix {
        (0..size).for_each(|at| row[at] = (row[at] - means[at]) / deviations[at]);
    }
    let rows: Vec<_> =
        matrix.into_iter().zip(rows).map(|(inputs, (_, counts))| (inputs, *counts, 1.0)).collect();
    let mut costs = vec![strength; size];
    costs.push(0.0);
    let weights = newton(&rows, &costs);
    let bias = weights[size] - (0..size).map(|at| weights[at] * means[at] / deviations[at]).sum::<f64>();
    let of = |(name, at): (&&str, &usize)| ((*name).to_owned(), weights[*at] / deviations[*at]);
    let mut named: BTreeMap<String, f64> = columns.iter().map(of).collect();
    named.insert(BIAS.to_owned(), bias);
    named
}

/// The solution of a system of linear equations with a positive definite matrix, by elimination.
fn eliminate(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    for pivot in 0..right.len() {
        let row = matrix[pivot].clone();
        for other in (0..right.len()).filter(|&other| other != pivot) {
            let factor = matrix[other][pivot] / row[pivot];
            matrix[other].iter_mut().zip(&row).for_each(|(slot, value)| *slot -= factor * value);
            right[other] -= factor * right[pivot];
        }
    }
    (0..right.len()).map(|at| right[at] / matrix[at][at]).collect()
}
