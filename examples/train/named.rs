//! Models with named features: ridge regressions over what is found in wrong passages and in right ones.

use std::collections::BTreeMap;
use std::fmt::Write;

use duizhao::meaning::learnt::{BIAS, Features};

use crate::passages::FOLDS;
use crate::regression::{self, Shrinkage};

/// The report counts confidences in so many steps.
const BINS: usize = 20;

/// Something that may be a fault.
pub(crate) struct Row {
    pub(crate) features: Features,
    pub(crate) wrong: bool,
    pub(crate) fold: usize,
    /// Whether it was found in a pair in sync.
    pub(crate) in_sync: bool,
}

/// A line a weight.
pub(crate) fn weights(rows: &[Row], shrinkage: Shrinkage) -> String {
    let line = |(name, weight): (&String, &f64)| format!("{name}\t{weight:.4}\n");
    learn(rows, shrinkage, |_| true).iter().map(line).collect()
}

fn learn(rows: &[Row], shrinkage: Shrinkage, of: impl Fn(&Row) -> bool) -> BTreeMap<String, f64> {
    let rows: Vec<_> = rows.iter().filter(|row| of(row)).map(|row| (&row.features, row.wrong)).collect();
    regression::ridge(&rows, shrinkage)
}

/// The probability of a row by some weights.
fn probability(weights: &BTreeMap<String, f64>, features: &Features) -> f64 {
    let weight = |name: &str| weights.get(name).copied().unwrap_or(0.0);
    let sum: f64 = features.iter().map(|(name, much)| weight(name) * f64::from(*much)).sum();
    1.0 / (1.0 + (-sum - weight(BIAS)).exp())
}

/// Says how many of each confidence are right, where each passage is judged by weights learnt from the other folds.
/// `heading` says what was looked at, and from where on it is told.
pub(crate) fn report(rows: &[Row], shrinkage: Shrinkage, heading: &str) -> String {
    let mut bins = [[0usize; 3]; BINS];
    for fold in 0..FOLDS {
        let weights = learn(rows, shrinkage, |row| row.fold != fold);
        for row in rows.iter().filter(|row| row.fold == fold) {
            let likely = probability(&weights, &row.features);
            let kind = if row.wrong { 0 } else { 1 + usize::from(row.in_sync) };
            bins[((likely * BINS as f64) as usize).min(BINS - 1)][kind] += 1;
        }
    }
    let mut text = format!(
        "Made by: cargo run --profile quick --example train -- ALIGNED IN_SYNC READ PASSAGES…
{heading}

confidence  in wrong passages  in right ones  in pairs in sync
"
    );
    for (bin, [wrong, right, in_sync]) in bins.iter().enumerate() {
        let from = bin as f64 / BINS as f64;
        let line = format!("{from:.2}        {wrong:17}  {right:13}  {in_sync:16}");
        let _ = writeln!(text, "{line}");
    }
    text
}
