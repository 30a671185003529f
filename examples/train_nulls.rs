//! Makes the weights of the model of units without a counterpart, `src/align/nulls.weights`.
//!
//! `cargo run --release --example train_nulls -- STEM…` takes segmented, hand-aligned texts, `STEM.zh`, `STEM.en` and
//! `STEM.gold` (one `[0, 1]:[2]` a line), leaves out one side of every thirtieth link, and prints the weights of a
//! logistic regression that tells the sentences left alone from the others.

use std::path::Path;

use anyhow::{Context, Result};
use duizhao::align::nulls::FEATURES;
use duizhao::{align, read, text::Lang};

/// One link in so many loses its source, and one its target.
const EVERY: usize = 33;

fn main() -> Result<()> {
    let mut rows: Vec<([f32; FEATURES], f32)> = Vec::new();
    for stem in std::env::args().skip(1) {
        for shift in 0..EVERY / 3 {
            plant(&stem, shift * 3, &mut rows).with_context(|| stem.clone())?;
        }
    }
    #[expect(clippy::print_stdout, reason = "the weights are what this command is for")]
    for weight in regress(&rows) {
        println!("    {weight:.4},");
    }
    Ok(())
}

/// Adds the features of a text that lost some sentences, and which of its sentences are left alone.
fn plant(stem: &str, shift: usize, rows: &mut Vec<([f32; FEATURES], f32)>) -> Result<()> {
    let lines = |end: &str| -> Result<Vec<String>> {
        Ok(std::fs::read_to_string(format!("{stem}.{end}"))?.lines().map(str::to_owned).collect())
    };
    let texts = [lines("zh")?, lines("en")?];
    let mut dropped = texts.clone().map(|lines| vec![false; lines.len()]);
    let mut alone = dropped.clone();
    for (at, link) in lines("gold")?.iter().enumerate() {
        let sides: Vec<Vec<usize>> = link
            .split(':')
            .take(2)
            .map(|side| side.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect())
            .collect();
        let lost = match (at + shift) % EVERY {
            _ if sides.iter().any(Vec::is_empty) => None,
            0 => Some(0),
            16 => Some(1),
            _ => None,
        };
        for (side, units) in sides.iter().enumerate() {
            for &unit in units {
                dropped[side][unit] = lost == Some(side);
                alone[side][unit] = lost == Some(1 - side) || sides[1 - side].is_empty();
            }
        }
    }
    let kept = |side: usize| (0..texts[side].len()).filter(|&unit| !dropped[side][unit]).collect::<Vec<_>>();
    let folder = tempfile::tempdir()?;
    let document = |side: usize, lang: Lang| -> Result<_> {
        let path = folder.path().join(lang.as_str());
        let text: String = kept(side).iter().map(|&unit| format!("{}\n", texts[side][unit])).collect();
        std::fs::write(&path, text)?;
        Ok(read::lines(Path::new(&path), Some(lang))?)
    };
    let (source, target) = align::null_features(&document(0, Lang::ZH)?, &document(1, Lang::EN)?);
    for (side, features) in [source, target].into_iter().enumerate() {
        let labels = kept(side).into_iter().map(|unit| f32::from(u8::from(alone[side][unit])));
        rows.extend(features.into_iter().zip(labels));
    }
    Ok(())
}

/// Weights and, last, the bias: maximum likelihood with a little shrinkage, by Newton's method.
fn regress(rows: &[([f32; FEATURES], f32)]) -> Vec<f64> {
    const SIZE: usize = FEATURES + 1;
    let mut weights = [0.0f64; SIZE];
    for _ in 0..12 {
        let mut gradient = weights.map(|weight| SHRINKAGE * weight);
        let mut curvature = [[0.0f64; SIZE]; SIZE];
        (0..SIZE).for_each(|at| curvature[at][at] = SHRINKAGE);
        for (features, label) in rows {
            let mut inputs = [1.0f64; SIZE];
            inputs.iter_mut().zip(features).for_each(|(slot, feature)| *slot = f64::from(*feature));
            let sum: f64 = inputs.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let likely = 1.0 / (1.0 + (-sum).exp());
            for (i, x) in inputs.iter().enumerate() {
                gradient[i] += (likely - f64::from(*label)) * x;
                for (slot, y) in curvature[i].iter_mut().zip(&inputs) {
                    *slot += likely * (1.0 - likely) * x * y;
                }
            }
        }
        let step = solve(curvature, gradient);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight -= step);
    }
    weights.to_vec()
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
