//! How sure it is that marks which say different things belong together: a logistic regression over short passages that
//! are wrong or right, and pairs in sync, where no such marks do.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use duizhao::align::align;
use duizhao::meaning::trust::{FEATURES, Features, SURE, TOLD};
use duizhao::meaning::{View, candidates};
use duizhao::read::{self, Format, Limits};
use duizhao::segment::segment;
use duizhao::text::{Document, Lang};

use crate::{files, regression};

/// Rows are parted into so many folds, with both passages of a two in one.
const FOLDS: usize = 6;

struct Row {
    features: Features,
    wrong: bool,
    fold: usize,
    in_sync: bool,
}

/// The weights learnt from the passages in the `*.tsv` of a folder (name, checks that should find something or `-`,
/// source, target) and from pairs in sync, and how well they hold for passages that they were not learnt from.
pub(crate) fn train(passages: &Path, in_sync: &[[PathBuf; 2]]) -> Result<([f32; FEATURES + 1], String)> {
    let mut rows = Vec::new();
    for path in files(passages, |name| name.ends_with(".tsv"))? {
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        for (line, row) in text.lines().enumerate() {
            let [name, checks, source, target, ..] = row.split('\t').collect::<Vec<_>>()[..] else {
                bail!("{}:{}: four columns are wanted", path.display(), line + 1);
            };
            let of = |text: &str| -> Result<Document> {
                let lang = if text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
                    Lang::ZH
                } else {
                    Lang::EN
                };
                Ok(segment(read::bytes(name, text.as_bytes(), Format::Plain, Some(lang))?))
            };
            let fold =
                name.trim_end_matches(char::is_alphabetic).bytes().map(usize::from).sum::<usize>() % FOLDS;
            add(of(source)?, of(target)?, checks != "-", fold, false, &mut rows);
        }
    }
    for (pair, [zh, en]) in in_sync.iter().enumerate() {
        let of =
            |path: &Path| -> Result<Document> { Ok(segment(read::file(path, None, &Limits::default())?)) };
        add(of(zh)?, of(en)?, false, pair % FOLDS, true, &mut rows);
    }
    let weights = learn(&rows, |_| true);
    Ok((weights.map(|weight| weight as f32), report(&rows)))
}

fn add(source: Document, target: Document, wrong: bool, fold: usize, in_sync: bool, rows: &mut Vec<Row>) {
    let aligned = align(source, target);
    let found = candidates(&View::new(&aligned)).into_iter();
    rows.extend(found.map(|(_, features)| Row { features, wrong, fold, in_sync }));
}

fn learn(rows: &[Row], of: impl Fn(&Row) -> bool) -> [f64; FEATURES + 1] {
    let rows: Vec<_> = rows.iter().filter(|row| of(row)).map(|row| (row.features, row.wrong, 1.0)).collect();
    regression::logistic::<FEATURES, { FEATURES + 1 }>(&rows)
}

/// Says how many of each confidence are right, where each passage is judged by weights learnt from the other folds.
fn report(rows: &[Row]) -> String {
    let mut tenths = [[0usize; 3]; 10];
    for fold in 0..FOLDS {
        let weights = learn(rows, |row| row.fold != fold);
        for row in rows.iter().filter(|row| row.fold == fold) {
            let likely = regression::probability(&weights, &row.features);
            let kind = if row.wrong { 0 } else { 1 + usize::from(row.in_sync) };
            tenths[((likely * 10.0) as usize).min(9)][kind] += 1;
        }
    }
    let mut text = format!(
        "Made by: cargo run --profile quick --example train -- ALIGNED IN_SYNC PASSAGES
on ../shared/eval/contrast and ../shared/eval/insync: marks that say different things and may belong together, each
judged by weights learnt from the other five of six folds. From {TOLD} on they are told, from {SURE} on as grave.

confidence  in wrong passages  in right ones  in pairs in sync
"
    );
    for (tenth, [wrong, right, in_sync]) in tenths.iter().enumerate() {
        let line = format!("0.{tenth}         {wrong:17}  {right:13}  {in_sync:16}");
        let _ = writeln!(text, "{line}");
    }
    text
}
