//! How likely it is that a word is put for its opposite: a logistic regression over short passages that are wrong or
//! right, right ones in which a word was exchanged for its opposite, sentences that were linked by hand, and pairs in
//! sync.

use std::fmt::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use duizhao::align::align;
use duizhao::meaning::View;
use duizhao::meaning::opposed::{self, FEATURES, Features, SURE, TOLD};
use duizhao::read::{self, Format, Limits};
use duizhao::segment::segment;
use duizhao::text::{Document, Lang, Side, Span};

use crate::{files, folders, regression};

/// Rows are parted into so many folds, with both passages of a two in one.
const FOLDS: usize = 6;
/// The table whose wrong rows are of this kind.
const TABLE: &str = "opposites";
/// How much a fault counts that somebody wrote, and one that was planted.
const WRITTEN: f64 = 3.0;
const PLANTED: f64 = 0.1;
/// One of so many first words of an end is planted.
const FIRST: usize = 4;

/// Where a candidate was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Written,
    Planted,
    Right,
    InSync,
}

struct Row {
    features: Features,
    found: Found,
    fold: usize,
}

/// The weights learnt from the passages in the `*.tsv` of a folder (name, checks that should find something or `-`,
/// source, target), from texts aligned by hand and from pairs in sync, and how well they hold for what they were not
/// learnt from.
pub(crate) fn train(
    read: &Path,
    aligned: &Path,
    in_sync: &[[PathBuf; 2]],
) -> Result<([f32; FEATURES + 1], String)> {
    let mut rows = Vec::new();
    for path in files(read, |name| name.ends_with(".tsv"))? {
        let kind = path.file_stem().is_some_and(|stem| stem == TABLE);
        of_table(&path, kind, &mut rows)?;
    }
    for folder in folders(aligned)? {
        for gold in files(&folder, |name| name.ends_with(".gold"))? {
            by_hand(&gold, &mut rows)?;
        }
    }
    for (pair, [zh, en]) in in_sync.iter().enumerate() {
        let of =
            |path: &Path| -> Result<Document> { Ok(segment(read::file(path, None, &Limits::default())?)) };
        let aligned = align(of(zh)?, of(en)?);
        let found = opposed::candidates(&View::new(&aligned)).into_iter();
        rows.extend(found.map(|one| Row {
            features: one.features,
            found: Found::InSync,
            fold: pair % FOLDS,
        }));
    }
    let weights = learn(&rows, |_| true);
    Ok((weights.map(|weight| weight as f32), report(&rows)))
}

fn document(text: &str) -> Result<Document> {
    let han = text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let lang = if han { Lang::ZH } else { Lang::EN };
    Ok(segment(read::bytes("passage", text.as_bytes(), Format::Plain, Some(lang))?))
}

/// The candidates of a table of passages; of the wrong ones those in what differs from the right passage of the same
/// source, if they are of the kind.
fn of_table(path: &Path, of_kind: bool, rows: &mut Vec<Row>) -> Result<()> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut lines = Vec::new();
    for (line, row) in text.lines().enumerate() {
        let [name, checks, source, target, ..] = row.split('\t').collect::<Vec<_>>()[..] else {
            bail!("{}:{}: four columns are wanted", path.display(), line + 1);
        };
        lines.push((name, checks == "-", source, target));
    }
    for &(name, right, source, target) in &lines {
        let fold = name.trim_end_matches(char::is_alphabetic).bytes().map(usize::from).sum::<usize>() % FOLDS;
        if right {
            add_right(source, target, fold, rows)?;
            continue;
        }
        let twin = lines.iter().find(|(_, right, of, _)| *right && *of == source);
        if let Some((.., twin)) = twin.filter(|_| of_kind) {
            let differs = differing(target, twin);
            add_wrong(source, target, &differs, Found::Written, fold, rows)?;
        }
    }
    Ok(())
}

/// Which stretch of the one text the other has otherwise.
fn differing(text: &str, other: &str) -> Range<usize> {
    let before: usize =
        text.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    let behind = text[before..].chars().rev().zip(other[before..].chars().rev());
    let behind: usize = behind.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    before..text.len() - behind
}

/// The sentences that a person linked.
fn by_hand(gold: &Path, rows: &mut Vec<Row>) -> Result<()> {
    let lines = |end: &str| -> Result<Vec<String>> {
        let path = gold.with_extension(end);
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Ok(text.lines().map(str::to_owned).collect())
    };
    let (zh, en) = (lines("zh")?, lines("en")?);
    for (at, link) in lines("gold")?.iter().enumerate() {
        let mut sides = link.split(':').zip([&zh, &en]).map(|(side, lines)| {
            let numbers = side.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
            numbers
                .filter_map(|number: usize| lines.get(number))
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" ")
        });
        if let (Some(zh), Some(en)) = (sides.next(), sides.next())
            && !zh.is_empty()
            && !en.is_empty()
        {
            add_right(&zh, &en, at % FOLDS, rows)?;
        }
    }
    Ok(())
}

/// The candidates of a right passage, and those in a word of its target that is exchanged for the opposite.
fn add_right(source: &str, target: &str, fold: usize, rows: &mut Vec<Row>) -> Result<()> {
    let aligned = align(document(source)?, document(target)?);
    let view = View::new(&aligned);
    let found = opposed::candidates(&view).into_iter();
    rows.extend(found.map(|one| Row { features: one.features, found: Found::Right, fold }));
    let plants = opposed::plants(&view, Side::Target);
    let turn = source.bytes().map(usize::from).sum::<usize>();
    let Some((span, words)) = (!plants.is_empty()).then(|| &plants[turn % plants.len()]) else {
        return Ok(());
    };
    let text = &view.document(Side::Target).text;
    let old = &text[span.start..span.end];
    let ending = |word: &&&str| {
        ["ing", "ed", "er", "est", "ly", "s"].iter().find(|end| word.ends_with(**end)).copied()
    };
    let alike: Vec<&str> =
        words.iter().filter(|word| ending(word) == ending(&&old)).take(FIRST).copied().collect();
    let first = words.iter().take(FIRST).copied().collect();
    let alike = if alike.is_empty() { first } else { alike };
    if alike.is_empty() {
        return Ok(());
    }
    let word = alike[turn / 7 % alike.len()];
    let planted = format!("{}{word}{}", &text[..span.start], &text[span.end..]);
    add_wrong(source, &planted, &(span.start..span.start + word.len()), Found::Planted, fold, rows)
}

fn add_wrong(
    source: &str,
    target: &str,
    place: &Range<usize>,
    found: Found,
    fold: usize,
    rows: &mut Vec<Row>,
) -> Result<()> {
    let aligned = align(document(source)?, document(target)?);
    let view = View::new(&aligned);
    let place = Span::new(place.start, place.end);
    let chinese = view.document(Side::Target).lang == Lang::ZH;
    let own = opposed::candidates(&view)
        .into_iter()
        .filter(|one| if chinese { one.zh.overlaps(place) } else { one.en.overlaps(place) });
    rows.extend(own.map(|one| Row { features: one.features, found, fold }));
    Ok(())
}

fn learn(rows: &[Row], of: impl Fn(&Row) -> bool) -> [f64; FEATURES + 1] {
    let rows: Vec<_> = rows
        .iter()
        .filter(|row| of(row))
        .map(|row| match row.found {
            Found::Written => (row.features, true, WRITTEN),
            Found::Planted => (row.features, true, PLANTED),
            Found::Right | Found::InSync => (row.features, false, 1.0),
        })
        .collect();
    regression::logistic::<FEATURES, { FEATURES + 1 }>(&rows)
}

/// Says how many of each confidence are faults, where each passage is judged by weights learnt from the other folds.
fn report(rows: &[Row]) -> String {
    let mut tenths = [[0usize; 4]; 10];
    for fold in 0..FOLDS {
        let weights = learn(rows, |row| row.fold != fold);
        for row in rows.iter().filter(|row| row.fold == fold) {
            let likely = regression::probability(&weights, &row.features);
            tenths[((likely * 10.0) as usize).min(9)][row.found as usize] += 1;
        }
    }
    let mut text = format!(
        "Made by: cargo run --profile quick --example train -- ALIGNED IN_SYNC READ PASSAGES…
on tests/passages, ../shared/eval/alignment and ../shared/eval/insync: words that may be put for their opposites,
each judged by weights learnt from the other five of six folds. From {TOLD} on they are told, from {SURE} on as grave.

confidence  faults written  faults planted  in right passages  in pairs in sync
"
    );
    for (tenth, [written, planted, right, in_sync]) in tenths.iter().enumerate() {
        let line = format!("0.{tenth}         {written:14}  {planted:14}  {right:17}  {in_sync:16}");
        let _ = writeln!(text, "{line}");
    }
    text
}
