//! Makes the weights of the model of units without a counterpart, `src/align/nulls.weights`.
//!
//! `cargo run --release --example train_nulls -- STEM…` takes segmented, hand-aligned texts, `STEM.zh`, `STEM.en` and
//! `STEM.gold` (one `[0, 1]:[2]` a line), leaves out one side of every thirtieth link, and prints the weights of a
//! logistic regression that tells the sentences left alone from the others.

mod regression;

use std::path::Path;

use anyhow::{Context, Result};
use duizhao::align::nulls::FEATURES;
use duizhao::{align, read, text::Lang};

/// One link in so many loses its source, and one its target.
const EVERY: usize = 33;

fn main() -> Result<()> {
    let mut rows: Vec<([f32; FEATURES], bool, f64)> = Vec::new();
    for stem in std::env::args().skip(1) {
        for shift in 0..EVERY / 3 {
            plant(&stem, shift * 3, &mut rows).with_context(|| stem.clone())?;
        }
    }
    #[expect(clippy::print_stdout, reason = "the weights are what this command is for")]
    for weight in regression::logistic::<FEATURES, { FEATURES + 1 }>(&rows) {
        println!("    {weight:.4},");
    }
    Ok(())
}

/// Adds the features of a text that lost some sentences, and which of its sentences are left alone.
fn plant(stem: &str, shift: usize, rows: &mut Vec<([f32; FEATURES], bool, f64)>) -> Result<()> {
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
        Ok(read::lines(Path::new(&path), Some(lang), &read::Limits::default())?)
    };
    let (source, target) = align::null_features(&document(0, Lang::ZH)?, &document(1, Lang::EN)?);
    for (side, features) in [source, target].into_iter().enumerate() {
        let alone = kept(side).into_iter().map(|unit| alone[side][unit]);
        rows.extend(features.into_iter().zip(alone).map(|(features, alone)| (features, alone, 1.0)));
    }
    Ok(())
}
