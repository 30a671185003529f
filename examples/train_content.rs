//! Makes the weights of the model of words that the other side leaves out, `src/meaning/content.weights`.
//!
//! `cargo run --release --example train_content -- ZH EN [ZH EN…]` takes pairs of documents that are in sync, takes a
//! clause or a member of an enumeration out of every few sentences, and prints the weights of a logistic regression
//! that tells the words left without a rendering from those that were so before. On standard error it says how well
//! the confidences hold, by tenths, when every pair is judged by weights learnt from the others.

mod regression;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use duizhao::align::{self, Aligned};
use duizhao::meaning::View;
use duizhao::meaning::content::{self, FEATURES};
use duizhao::text::Document;
use duizhao::text::Side;
use duizhao::{read, segment};

/// One sentence in so many loses something.
const EVERY: usize = 14;
/// The share of sentences that lose something in a translation with faults: what the confidences assume.
const RATE: f64 = 0.04;

struct Row {
    features: [f32; FEATURES],
    lost: bool,
    pair: usize,
    weight: f64,
}

fn main() -> Result<()> {
    let paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let mut rows = Vec::new();
    for (pair, paths) in paths.chunks_exact(2).enumerate() {
        plant(pair, &paths[0], &paths[1], &mut rows).with_context(|| paths[0].display().to_string())?;
    }
    report(&rows);
    let all: Vec<_> = rows.iter().map(|row| (row.features, row.lost, row.weight)).collect();
    #[expect(clippy::print_stdout, reason = "the weights are what this command is for")]
    {
        println!("[");
        regression::logistic::<FEATURES, { FEATURES + 1 }>(&all)
            .iter()
            .for_each(|weight| println!("    {weight:.4},"));
        println!("]");
    }
    Ok(())
}

fn aligned(zh: &Path, en: &Path) -> Result<Aligned> {
    Ok(align::align(
        segment::segment(read::file(zh, None, &read::Limits::default())?),
        segment::segment(read::file(en, None, &read::Limits::default())?),
    ))
}

fn plant(pair: usize, zh: &Path, en: &Path, rows: &mut Vec<Row>) -> Result<()> {
    let whole = aligned(zh, en)?;
    let before = content::unexplained(&View::new(&whole));
    rows.extend(before.iter().map(|run| Row { features: run.features, lost: false, pair, weight: 1.0 }));
    let sentences = whole.bitext().alignment.sentences.len();
    let folder = tempfile::tempdir()?;
    let mut lost = Vec::new();
    let mut planted = 0;
    for side in [Side::Source, Side::Target] {
        for shift in 0..EVERY {
            let (text, places) = without_clauses(&whole, side, shift);
            planted += places.len();
            let original = if side == Side::Source { zh } else { en };
            let path = folder.path().join(original.file_name().unwrap_or_default());
            std::fs::write(&path, text)?;
            let faulty = if side == Side::Source { aligned(&path, en)? } else { aligned(zh, &path)? };
            for run in content::unexplained(&View::new(&faulty)) {
                let known = before.iter().any(|old| old.side == run.side && old.span.overlaps(run.span));
                let here = places.iter().any(|&at| run.place.start <= at && at <= run.place.end);
                if run.side == side.other() && here && !known {
                    lost.push(run.features);
                }
            }
        }
    }
    let weight = RATE * sentences as f64 / planted.max(1) as f64;
    rows.extend(lost.into_iter().map(|features| Row { features, lost: true, pair, weight }));
    Ok(())
}

/// The text of a side with a clause less in some sentences, and where these stood.
fn without_clauses(whole: &Aligned, side: Side, shift: usize) -> (String, Vec<usize>) {
    let bitext = whole.bitext();
    let document: &Document = if side == Side::Source { &bitext.source } else { &bitext.target };
    let (mut text, mut at, mut places) = (String::new(), 0, Vec::new());
    for (number, link) in bitext.alignment.sentences.iter().enumerate() {
        let own = if side == Side::Source { &link.source } else { &link.target };
        if number % EVERY != shift || own.len() != 1 || link.is_null() || link.score < 0.6 {
            continue;
        }
        let span = document.sentences[own[0]].span;
        if span.start < at {
            continue;
        }
        let Some((start, end)) = clause(document.slice(span), number) else { continue };
        text.push_str(&document.text[at..span.start + start]);
        places.push(text.len());
        at = span.start + end;
    }
    text.push_str(&document.text[at..]);
    (text, places)
}

/// A clause or a member of an enumeration, with the mark before it.
fn clause(sentence: &str, number: usize) -> Option<(usize, usize)> {
    if sentence.contains(['`', '[', '<', '{', '|']) {
        return None;
    }
    let marks: Vec<usize> = sentence.match_indices([',', ';', '，', '；', '、']).map(|(at, _)| at).collect();
    let end = sentence.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let mut parts: Vec<(usize, usize)> =
        marks.iter().zip(marks.iter().skip(1).chain([&end])).map(|(a, b)| (*a, *b)).collect();
    parts.retain(|&(start, end)| {
        start < end && {
            let words = duizhao::lexicon::words(&sentence[start..end]).len();
            words >= if sentence[start..].starts_with('、') { 2 } else { 5 }
        }
    });
    parts.get(number % parts.len().max(1)).copied()
}

/// Says, on standard error, how many are right in each tenth of confidence.
#[expect(clippy::print_stderr, reason = "the report goes beside the weights")]
fn report(rows: &[Row]) {
    let pairs = rows.iter().map(|row| row.pair).max().map_or(0, |last| last + 1);
    let mut tenths = [(0.0, 0.0); 10];
    for pair in 0..pairs {
        let others: Vec<_> = rows
            .iter()
            .filter(|row| row.pair != pair)
            .map(|row| (row.features, row.lost, row.weight))
            .collect();
        let weights = regression::logistic::<FEATURES, { FEATURES + 1 }>(&others);
        for row in rows.iter().filter(|row| row.pair == pair) {
            let likely = regression::probability(&weights, &row.features);
            let slot = &mut tenths[((likely * 10.0) as usize).min(9)];
            slot.0 += row.weight;
            slot.1 += if row.lost { row.weight } else { 0.0 };
        }
    }
    let total: f64 = rows.iter().filter(|row| row.lost).map(|row| row.weight).sum();
    let runs: f64 = tenths.iter().map(|(all, _)| all).sum();
    eprintln!("{:.3} of all runs were lost", total / runs);
    eprintln!("confidence  runs  right  of all that was lost");
    for (tenth, (all, right)) in tenths.iter().enumerate() {
        eprintln!(
            "0.{tenth}         {all:6.1}  {:.2}   {:.2}",
            right / all.max(1e-9),
            right / total.max(1e-9)
        );
    }
}
