//! The models of words that the other side leaves out: a clause or a member of an enumeration is taken out of every few
//! sentences of pairs in sync, and a logistic regression tells the words left without a rendering from those that were
//! so before. With the encoder, which sees more than clauses, every other sentence loses one to three words instead. And
//! from passages of which the other side leaves something out, with the right ones of the same.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use duizhao::align::nulls::Weights;
use duizhao::align::{self, Aligned, Grounds};
use duizhao::meaning::View;
use duizhao::meaning::content::{self, FEATURES, SEEN_FEATURES, Unexplained};
use duizhao::run::Deep;
use duizhao::text::Document;
use duizhao::text::Side;
use duizhao::{read, segment};

use crate::passages::Passage;
use crate::regression;
use crate::{files, folders};

/// One sentence in so many loses something.
const EVERY: usize = 14;
/// The share of sentences that lose something in a translation with faults: what the confidences assume.
const RATE: f64 = 0.04;

/// A run of a whole document counts as much as so many of passages, which are rendered more literally than what people
/// translate.
const DOCUMENT: f64 = 4.0;

/// All features, with the encoder's.
const ALL: usize = FEATURES + SEEN_FEATURES;

struct Row<const N: usize> {
    features: [f32; N],
    lost: bool,
    pair: usize,
    weight: f64,
}

/// The pairs in the folders of a folder.
pub(crate) fn pairs(within: &Path) -> Result<Vec<[PathBuf; 2]>> {
    let mut pairs = Vec::new();
    for folder in folders(within)? {
        let of = |lang: &str| -> Result<PathBuf> {
            let named = files(&folder, |name| name.split('.').next() == Some(lang))?;
            named.into_iter().next().with_context(|| format!("{}: no file {lang}.*", folder.display()))
        };
        pairs.push([of("zh")?, of("en")?]);
    }
    Ok(pairs)
}

/// The weights learnt from all pairs, and how well the confidences hold when every pair is judged by weights learnt
/// from the others. `nulls` tell the aligner what stands alone.
pub(crate) fn train(
    pairs: &[[PathBuf; 2]],
    passages: &[Passage],
    nulls: &Weights,
) -> Result<([f32; FEATURES + 1], String)> {
    learn(pairs, passages, nulls, None, |run| Some(run.features))
}

/// The same for what the encoder is asked of.
pub(crate) fn train_seen(
    pairs: &[[PathBuf; 2]],
    passages: &[Passage],
    nulls: &Weights,
    deep: &Deep,
) -> Result<([f32; ALL + 1], String)> {
    learn(pairs, passages, nulls, Some(deep), |run| {
        let mut features = [0.0; ALL];
        let known = run.features.iter().chain(run.seen.as_ref()?);
        features.iter_mut().zip(known).for_each(|(slot, known)| *slot = *known);
        Some(features)
    })
}

fn learn<const N: usize, const SIZE: usize>(
    pairs: &[[PathBuf; 2]],
    passages: &[Passage],
    nulls: &Weights,
    deep: Option<&Deep>,
    known: impl Fn(&Unexplained) -> Option<[f32; N]>,
) -> Result<([f32; SIZE], String)> {
    let mut rows = Vec::new();
    for (pair, [zh, en]) in pairs.iter().enumerate() {
        let of_pair = plant(zh, en, nulls, deep).with_context(|| zh.display().to_string())?;
        rows.extend(of_pair.iter().filter_map(|(run, lost, weight)| {
            Some(Row { features: known(run)?, lost: *lost, pair, weight: DOCUMENT * *weight })
        }));
    }
    let mut found = Vec::new();
    for passage in passages {
        found.push(runs(passage, nulls, deep)?);
    }
    let lost = passages.iter().filter(|passage| side_of(passage).is_some()).count();
    let weight = RATE * (passages.len() - lost) as f64 / lost.max(1) as f64;
    for (passage, runs) in passages.iter().zip(&found) {
        let side = side_of(passage);
        let twin = passage.twin.map_or(&[][..], |twin| &found[twin]);
        // what stands so in the right passage of the two was not lost
        let own = runs.iter().filter(|(run, text)| {
            !passage.is_wrong()
                || side == Some(run.side)
                    && !twin.iter().any(|(other, same)| (other.side, same) == (run.side, text))
        });
        let pair = pairs.len() + passage.fold;
        let (lost, weight) = if side.is_some() { (true, weight) } else { (false, 1.0) };
        rows.extend(own.filter_map(|(run, _)| Some(Row { features: known(run)?, lost, pair, weight })));
    }
    let all: Vec<_> = rows.iter().map(|row| (row.features, row.lost, row.weight)).collect();
    let weights = regression::logistic::<N, SIZE>(&all).map(|weight| weight as f32);
    let taken = if deep.is_some() {
        "clauses, members of enumerations and one to three words"
    } else {
        "clauses and members of enumerations"
    };
    Ok((weights, report::<N, SIZE>(&rows, taken)))
}

/// The side that says more than the other in a passage of which that is the fault.
fn side_of(passage: &Passage) -> Option<Side> {
    match passage.checks.split('|').next() {
        Some("missing-content") => Some(Side::Source),
        Some("added-content") => Some(Side::Target),
        _ => None,
    }
}

/// The runs of a passage, each with what it says.
fn runs(passage: &Passage, nulls: &Weights, deep: Option<&Deep>) -> Result<Vec<(Unexplained, String)>> {
    let aligned = align_documents(passage.documents()?, nulls, deep);
    let view = View::new(&aligned);
    let of = |run: Unexplained| {
        let text = view.document(run.side).slice(run.span).to_owned();
        (run, text)
    };
    Ok(content::unexplained(&view).into_iter().map(of).collect())
}

/// The documents of two paths aligned, by what tells the units that stand alone.
pub(crate) fn aligned(zh: &Path, en: &Path, nulls: &Weights, deep: Option<&Deep>) -> Result<Aligned> {
    let document = |path: &Path| -> Result<Document> {
        Ok(segment::segment(read::file(path, None, &read::Limits::default())?))
    };
    Ok(align_documents([document(zh)?, document(en)?], nulls, deep))
}

fn align_documents([source, target]: [Document; 2], nulls: &Weights, deep: Option<&Deep>) -> Aligned {
    let senses = deep.and_then(|deep| deep.senses([&source, &target]));
    let mut aligned = align::align_by(source, target, Grounds::of(senses.as_ref()).with(nulls));
    if let Some(deep) = deep {
        deep.look(&mut aligned);
    }
    aligned
}

/// The runs of a pair, and those that are new where something was taken out: whether they are these, and how much
/// each counts.
fn plant(
    zh: &Path,
    en: &Path,
    nulls: &Weights,
    deep: Option<&Deep>,
) -> Result<Vec<(Unexplained, bool, f64)>> {
    let whole = aligned(zh, en, nulls, deep)?;
    let before = content::unexplained(&View::new(&whole));
    let sentences = whole.bitext().alignment.sentences.len();
    let folder = tempfile::tempdir()?;
    let mut lost = Vec::new();
    let mut planted = 0;
    for side in [Side::Source, Side::Target] {
        for shift in 0..EVERY {
            let (text, places) = without_clauses(&whole, side, shift, deep.is_some());
            planted += places.len();
            let original = if side == Side::Source { zh } else { en };
            let path = folder.path().join(original.file_name().unwrap_or_default());
            std::fs::write(&path, text)?;
            let faulty = match side {
                Side::Source => aligned(&path, en, nulls, deep)?,
                Side::Target => aligned(zh, &path, nulls, deep)?,
            };
            for run in content::unexplained(&View::new(&faulty)) {
                let known = before.iter().any(|old| old.side == run.side && old.span.overlaps(run.span));
                let here = places.iter().any(|&at| run.place.start <= at && at <= run.place.end);
                if run.side == side.other() && here && !known {
                    lost.push(run);
                }
            }
        }
    }
    let weight = RATE * sentences as f64 / planted.max(1) as f64;
    let before = before.into_iter().map(|run| (run, false, 1.0));
    Ok(before.chain(lost.into_iter().map(|run| (run, true, weight))).collect())
}

/// The text of a side with a clause less in some sentences, or words where `finer`, and where these stood.
fn without_clauses(whole: &Aligned, side: Side, shift: usize, finer: bool) -> (String, Vec<usize>) {
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
        let sentence = document.slice(span);
        let cut = match (finer, number % 2) {
            (true, 0) => words(sentence, number),
            (false, 0) => half(sentence, number).or_else(|| clause(sentence, number)),
            _ => clause(sentence, number),
        };
        let Some((start, end)) = cut else { continue };
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

/// What an "and" or "or" joins to what stands before it, with that word: up to the next mark, and no more than four
/// words.
fn half(sentence: &str, number: usize) -> Option<(usize, usize)> {
    if sentence.contains(['`', '[', '<', '{', '|']) {
        return None;
    }
    let words = duizhao::lexicon::words(sentence);
    let joint = |at: &usize| {
        ["and", "or", "和", "与", "及", "或", "以及"]
            .contains(&&sentence[words[*at].span.start..words[*at].span.end])
    };
    let halves: Vec<(usize, usize)> = (1..words.len())
        .filter(joint)
        .filter_map(|at| {
            let rest = &sentence[words[at].span.end..];
            let mark = rest.find(|c: char| !c.is_alphanumeric() && c != ' ' && c != '-')?;
            let end = words[at].span.end + mark;
            let count = words
                .iter()
                .filter(|word| word.span.start >= words[at].span.end && word.span.end <= end)
                .count();
            (1..=4).contains(&count).then_some((words[at].span.start, end))
        })
        .collect();
    let (start, end) = *halves.get(number / 2 % halves.len().max(1))?;
    Some((sentence[..start].trim_end_matches(' ').len(), end))
}

/// One to three words side by side, of letters or characters, that leave others.
fn words(sentence: &str, number: usize) -> Option<(usize, usize)> {
    if sentence.contains(['`', '[', '<', '{', '|']) {
        return None;
    }
    let words = duizhao::lexicon::words(sentence);
    let count = 1 + number / 2 % 3;
    let ours: Vec<(usize, usize)> = words
        .iter()
        .map(|word| (word.span.start, word.span.end))
        .filter(|&(start, end)| sentence[start..end].chars().all(char::is_alphabetic))
        .collect();
    if ours.len() < count + 4 {
        return None;
    }
    // not the first, which is written large
    let first = 1 + number * 7 % (ours.len() - count);
    let (start, end) = (ours[first].0, ours[first + count - 1].1);
    let alone = sentence[start..end].chars().all(|c| c.is_alphabetic() || c == ' ');
    // with the space before it, where there is one
    alone.then(|| (sentence[..start].trim_end_matches(' ').len(), end))
}

/// Says how many are right in each tenth of confidence.
fn report<const N: usize, const SIZE: usize>(rows: &[Row<N>], taken: &str) -> String {
    let pairs = rows.iter().map(|row| row.pair).max().map_or(0, |last| last + 1);
    let mut tenths = [(0.0, 0.0); 10];
    for pair in 0..pairs {
        let others: Vec<_> = rows
            .iter()
            .filter(|row| row.pair != pair)
            .map(|row| (row.features, row.lost, row.weight))
            .collect();
        let weights = regression::logistic::<N, SIZE>(&others);
        for row in rows.iter().filter(|row| row.pair == pair) {
            let likely = regression::probability(&weights, &row.features);
            let slot = &mut tenths[((likely * 10.0) as usize).min(9)];
            slot.0 += row.weight;
            slot.1 += if row.lost { row.weight } else { 0.0 };
        }
    }
    let total: f64 = rows.iter().filter(|row| row.lost).map(|row| row.weight).sum();
    let runs: f64 = tenths.iter().map(|(all, _)| all).sum();
    let mut text = format!(
        "Made by: cargo run --profile quick --example train -- ALIGNED IN_SYNC
on the eleven pairs of ../shared/eval/insync and on passages (see trust) in six folds, each judged by weights learnt from the others;
{taken} taken out of every 14th sentence, weighted as if
4 % of the sentences had lost one.

",
    );
    let mut line = |line: String| writeln!(text, "{line}").is_ok();
    line(format!("{:.3} of all runs were lost", total / runs));
    line("confidence  runs  right  of all that was lost".to_owned());
    for (tenth, (all, right)) in tenths.iter().enumerate() {
        let (share, of_lost) = (right / all.max(1e-9), right / total.max(1e-9));
        line(format!("0.{tenth}         {all:6.1}  {share:.2}   {of_lost:.2}"));
    }
    text
}
