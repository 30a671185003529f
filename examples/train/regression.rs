//! Logistic regression.

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
    let mut weights = [0.0f64; SIZE];
    for _ in 0..12 {
        let mut gradient = weights.map(|weight| SHRINKAGE * weight);
        let mut curvature = [[0.0f64; SIZE]; SIZE];
        (0..SIZE).for_each(|at| curvature[at][at] = SHRINKAGE);
        for (features, counts, times) in rows {
            let mut inputs = [1.0f64; SIZE];
            inputs.iter_mut().zip(features).for_each(|(slot, feature)| *slot = f64::from(*feature));
            let sum: f64 = inputs.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let likely = 1.0 / (1.0 + (-sum).exp());
            for (i, x) in inputs.iter().enumerate() {
                gradient[i] += times * (likely - f64::from(u8::from(*counts))) * x;
                for (slot, y) in curvature[i].iter_mut().zip(&inputs) {
                    *slot += times * likely * (1.0 - likely) * x * y;
                }
            }
        }
        let step = solve(curvature, gradient);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }
    weights
}

/// What half of a squared weight costs, in nats.
const SHRINKAGE: f64 = 1.0;

/// The solution of a system of linear equations with a positive definite matrix, by elimination.
fn solve<const SIZE: usize>(mut matrix: [[f64; SIZE]; SIZE], mut right: [f64; SIZE]) -> [f64; SIZE] {
    for pivot in 0..SIZE {
        let row = matrix[pivot];
        for other in (0..SIZE).filter(|&other| other != pivot) {
            let factor = matrix[other][pivot] / row[pivot];
            matrix[other].iter_mut().zip(&row).for_each(|(slot, value)| *slot -= factor * value);
            right[other] -= factor * right[pivot];
        }
    }
    std::array::from_fn(|at| right[at] / matrix[at][at])
}
