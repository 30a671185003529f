//! Makes all that is learnt from texts: `src/align/nulls.weights` and, with the encoder, `src/align/nulls.seen.weights`,
//! which tell the units that stand alone, `src/meaning/content.weights` and, with the encoder, `src/meaning/seen.weights`, which tell the words that the other
//! side leaves out, `src/meaning/trust.weights`, which tell how sure it is that two marks belong together, `src/meaning/standing.weights`,
//! which tell whether two things have changed places, and the calibrations of the last four in `reports/`.
//!
//! `cargo run --profile quick --example train -- ALIGNED IN_SYNC PASSAGES…`, for the project
//! `… -- ../shared/eval/alignment ../shared/eval/insync ../shared/eval/contrast tests/passages`, takes
//!
//! - a folder with a folder for every genre of segmented texts that were aligned by hand, `STEM.zh`, `STEM.en` and
//!   `STEM.gold` (one `[0, 1]:[2]` a line);
//! - a folder with a folder for every pair of documents in sync, `zh.END` and `en.END`;
//! - folders with tables of short passages that are wrong or right (see `tests/passages`).
//!
//! A `-` in place of ALIGNED leaves the first two as they are.
//!
//! Faults are planted in both. It prints how well the aligner tells the planted omissions in every genre, and how
//! often links of each score are right where a person aligned, when every text is judged by weights learnt from the
//! others.

mod content;
mod nulls;
mod passages;
mod regression;
mod standing;
mod trust;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use duizhao::align::nulls::{SEEN, WEIGHTS};
use duizhao::encoder::Encoder;
use duizhao::run::Deep;

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let [aligned, in_sync, folders @ ..] = &arguments[..] else {
        bail!(
            "say which folders hold the aligned texts, the pairs in sync and the passages: train ALIGNED IN_SYNC PASSAGES…"
        );
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let passages = passages::read(folders)?;
    let (learnt, calibration) =
        trust::train(&passages, &root.join("src/meaning/marks/examples.tsv"), &content::pairs(in_sync)?)?;
    write(&root.join("src/meaning/trust.weights"), &learnt)?;
    write(&root.join("reports/calibration-marks.txt"), &calibration)?;
    let (learnt, calibration) = standing::train(&passages, &content::pairs(in_sync)?)?;
    write(&root.join("src/meaning/standing.weights"), &weights(&learnt))?;
    write(&root.join("reports/calibration-standing.txt"), &calibration)?;
    let (mut nulls, mut seen) = (WEIGHTS, SEEN);
    if aligned != Path::new("-") {
        let mut texts = nulls::texts(aligned)?;
        texts.extend(nulls::in_sync(&content::pairs(in_sync)?)?);
        nulls = nulls::train(&texts)?;
        write(&root.join("src/align/nulls.weights"), &weights(&nulls))?;
        nulls::see(&mut texts, Encoder::open()?);
        seen = nulls::train(&texts)?;
        write(&root.join("src/align/nulls.seen.weights"), &weights(&seen))?;
    }
    let (learnt, calibration) = content::train(&content::pairs(in_sync)?, &passages, &nulls)?;
    write(&root.join("src/meaning/content.weights"), &weights(&learnt))?;
    write(&root.join("reports/calibration-content.txt"), &calibration)?;
    // the encoder is slow: of the passages those that lose something or gain it, and as many more of the right ones
    let some = passages::some(&passages);
    let (learnt, calibration) = content::train_seen(&content::pairs(in_sync)?, &some, &seen, &Deep::open()?)?;
    write(&root.join("src/meaning/seen.weights"), &weights(&learnt))?;
    write(&root.join("reports/calibration-seen.txt"), &calibration)
}

/// Weights as the program includes them.
fn weights(weights: &[f32]) -> String {
    let lines: String = weights.iter().map(|weight| format!("    {weight:.4},\n")).collect();
    format!("[\n{lines}]\n")
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| path.display().to_string())
}

/// The folders in a folder, in the order of their names.
fn folders(within: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(within).with_context(|| within.display().to_string())?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.retain(|path| path.is_dir());
    paths.sort();
    Ok(paths)
}

/// The files in a folder whose name begins or ends so, in the order of their names.
fn files(within: &Path, named: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(within).with_context(|| within.display().to_string())?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.retain(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(&named));
    paths.sort();
    Ok(paths)
}
