//! How sure it is that marks which say different things belong together: a logistic regression over short passages that
//! are wrong or right, and pairs in sync, where no such marks do.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use duizhao::align::align;
use duizhao::meaning::trust::{BIAS, Features, SURE, TOLD};
use duizhao::meaning::{Candidate, View, candidates};
use duizhao::read::{self, Limits};
use duizhao::segment::segment;
use duizhao::text::Document;

use crate::passages::{FOLDS, Passage, document};
use crate::regression;

/// The report counts confidences in so many steps.
const BINS: usize = 20;
struct Row {
    features: Features,
    wrong: bool,
    fold: usize,
    in_sync: bool,
}

/// What half of a squared weight costs; of .1 to 100 tried, by what is found in passages that nothing was learnt from
/// where a twentieth of the right ones alarm, the best.
const STRENGTH: f64 = 20.0;

/// The weights learnt from passages, from the examples of the tables of marks and from pairs in sync, and how well they
/// hold for passages that they were not learnt from. What contradicts in a wrong passage and not in its twin is the fault.
pub(crate) fn train(
    passages: &[Passage],
    examples: &Path,
    in_sync: &[[PathBuf; 2]],
) -> Result<(String, String)> {
    let mut rows = Vec::new();
    let found = |[source, target]: [Document; 2]| candidates(&View::new(&align(source, target)));
    let text = std::fs::read_to_string(examples).with_context(|| examples.display().to_string())?;
    for (line, row) in text.lines().enumerate().filter(|(_, row)| !row.starts_with('#')) {
        let [_, zh, en, clash] = row.split('\t').collect::<Vec<_>>()[..] else {
            bail!("{}:{}: four columns are wanted", examples.display(), line + 1);
        };
        add(found([document(zh)?, document(en)?]), clash != "-", line % FOLDS, false, &mut rows);
    }
    let all: Vec<Vec<Candidate>> =
        passages.iter().map(|passage| Ok(found(passage.documents()?))).collect::<Result<_>>()?;
    for (passage, own) in passages.iter().zip(&all) {
        let right = passage.twin.map_or(&[][..], |twin| &all[twin]);
        let is_new = |one: &&Candidate| {
            !right.iter().any(|other| (one.class, &one.marks) == (other.class, &other.marks))
        };
        add(own.iter().filter(is_new), passage.is_wrong(), passage.fold, false, &mut rows);
    }
    for (pair, [zh, en]) in in_sync.iter().enumerate() {
        let of =
            |path: &Path| -> Result<Document> { Ok(segment(read::file(path, None, &Limits::default())?)) };
        add(found([of(zh)?, of(en)?]), false, pair % FOLDS, true, &mut rows);
    }
    let line = |(name, weight): (&String, &f64)| format!("{name}\t{weight:.4}\n");
    Ok((learn(&rows, |_| true).iter().map(line).collect(), report(&rows)))
}

fn add<C: Borrow<Candidate>>(
    found: impl IntoIterator<Item = C>,
    wrong: bool,
    fold: usize,
    in_sync: bool,
    rows: &mut Vec<Row>,
) {
    let row = |one: C| Row { features: one.borrow().features.clone(), wrong, fold, in_sync };
    rows.extend(found.into_iter().map(row));
}

fn learn(rows: &[Row], of: impl Fn(&Row) -> bool) -> BTreeMap<String, f64> {
    let rows: Vec<_> = rows.iter().filter(|row| of(row)).map(|row| (&row.features, row.wrong)).collect();
    regression::ridge(&rows, STRENGTH)
}

/// The probability of a row by some weights.
fn probability(weights: &BTreeMap<String, f64>, features: &Features) -> f64 {
    let weight = |name: &str| weights.get(name).copied().unwrap_or(0.0);
    let sum: f64 = features.iter().map(|(name, much)| weight(name) * f64::from(*much)).sum();
    1.0 / (1.0 + (-sum - weight(BIAS)).exp())
}

/// Says how many of each confidence are right, where each passage is judged by weights learnt from the other folds.
fn report(rows: &[Row]) -> String {
    let mut bins = [[0usize; 3]; BINS];
    for fold in 0..FOLDS {
        let weights = learn(rows, |row| row.fold != fold);
        for row in rows.iter().filter(|row| row.fold == fold) {
            let likely = probability(&weights, &row.features);
            let kind = if row.wrong { 0 } else { 1 + usize::from(row.in_sync) };
            bins[((likely * BINS as f64) as usize).min(BINS - 1)][kind] += 1;
        }
    }
    let mut text = format!(
        "Made by: cargo run --profile quick --example train -- ALIGNED IN_SYNC PASSAGES…
on ../shared/eval/contrast, tests/passages, src/meaning/marks/examples.tsv and ../shared/eval/insync: marks that say different things and may belong together, each
judged by weights learnt from the other five of six folds. From {TOLD} on they are told, from {SURE} on as grave.

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
