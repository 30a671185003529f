//! Makes all that is learnt from texts: `src/meaning/trust.weights`, which tell how sure it is that two marks belong
//! together, `src/meaning/denials.weights`, which tell how sure it is that a denial is a fault,
//! `src/meaning/standing.weights`, which tell whether two things have changed places, and
//! `src/meaning/opposed.weights`, which tell how sure it is that a word is put for its opposite;
//! `src/align/nulls.weights` and, with the encoder, `src/align/nulls.seen.weights`, which tell the units that stand
//! alone; `src/meaning/content.weights` and, with the encoder, `src/meaning/seen.weights`, which tell the words that the
//! other side leaves out; and the calibrations of all but those of the units in `reports/`.
//!
//! `cargo run --profile quick --example train -- ALIGNED IN_SYNC READ PASSAGES…`, for the project
//! `… -- ../shared/eval/alignment ../shared/eval/insync tests/passages ../shared/eval/contrast`, takes
//!
//! - a folder with a folder for every genre of segmented texts that were aligned by hand, `STEM.zh`, `STEM.en` and
//!   `STEM.gold` (one `[0, 1]:[2]` a line);
//! - a folder with a folder for every pair of documents in sync, `zh.END` and `en.END`;
//! - a folder with tables of short passages that are wrong or right (see `tests/passages`), which everything that needs
//!   passages is learnt from;
//! - folders with more of them, of which opposites are not learnt.
//!
//! Before all that, names of what to learn, with commas between (`marks,denials,places,opposites,units,content,seen`),
//! leave the rest as it is; `words` are all but the units.
//!
//! Faults are planted in both. It prints how well the aligner tells the planted omissions in every genre, and how
//! often links of each score are right where a person aligned, when every text is judged by weights learnt from the
//! others.

mod content;
mod denials;
mod named;
mod nulls;
mod opposed;
mod passages;
mod regression;
mod standing;
mod trust;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use duizhao::align::nulls::{SEEN, WEIGHTS};
use duizhao::encoder::Encoder;
use duizhao::run::Deep;

/// What is learnt, each by weights of its own.
const PARTS: [&str; 7] = ["marks", "denials", "places", "opposites", "units", "content", "seen"];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let named = arguments
        .first()
        .filter(|first| *first == "words" || first.split(',').all(|part| PARTS.contains(&part)));
    let folders: Vec<PathBuf> =
        arguments.iter().skip(usize::from(named.is_some())).map(PathBuf::from).collect();
    let [aligned, in_sync, folders @ ..] = &folders[..] else {
        bail!("say which folders hold the texts: train [PART,…] ALIGNED IN_SYNC READ PASSAGES…");
    };
    let wants = |part: &str| match named {
        None => true,
        Some(words) if words == "words" => part != "units",
        Some(parts) => parts.split(',').any(|one| one == part),
    };
    let [read, ..] = folders else { bail!("say which folder holds the passages that were read") };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pairs = content::pairs(in_sync)?;
    let passages = passages::read(folders)?;
    if wants("marks") {
        let (learnt, calibration) =
            trust::train(&passages, &root.join("src/meaning/marks/examples.tsv"), &pairs)?;
        write(&root.join("src/meaning/trust.weights"), &learnt)?;
        write(&root.join("reports/calibration-marks.txt"), &calibration)?;
    }
    if wants("denials") {
        let (learnt, calibration) = denials::train(&passages, &pairs)?;
        write(&root.join("src/meaning/denials.weights"), &learnt)?;
        write(&root.join("reports/calibration-denials.txt"), &calibration)?;
    }
    if wants("places") {
        let (learnt, calibration) = standing::train(&passages, &pairs)?;
        write(&root.join("src/meaning/standing.weights"), &weights(&learnt))?;
        write(&root.join("reports/calibration-standing.txt"), &calibration)?;
    }
    if wants("opposites") {
        let (learnt, calibration) = opposed::train(read, aligned, &pairs)?;
        write(&root.join("src/meaning/opposed.weights"), &weights(&learnt))?;
        write(&root.join("reports/calibration-opposites.txt"), &calibration)?;
    }
    let (mut nulls, mut seen) = (WEIGHTS, SEEN);
    if wants("units") {
        let mut texts = nulls::texts(aligned)?;
        texts.extend(nulls::in_sync(&pairs)?);
        nulls = nulls::train(&texts)?;
        write(&root.join("src/align/nulls.weights"), &weights(&nulls))?;
        nulls::see(&mut texts, Encoder::open()?);
        seen = nulls::train(&texts)?;
        write(&root.join("src/align/nulls.seen.weights"), &weights(&seen))?;
    }
    if wants("content") {
        let (learnt, calibration) = content::train(&pairs, &passages, &nulls)?;
        write(&root.join("src/meaning/content.weights"), &weights(&learnt))?;
        write(&root.join("reports/calibration-content.txt"), &calibration)?;
    }
    if wants("seen") {
        // the encoder is slow: of the passages those that lose something or gain it, and as many more of the right ones
        let some = passages::some(&passages);
        let (learnt, calibration) = content::train_seen(&pairs, &some, &seen, &Deep::open()?)?;
        write(&root.join("src/meaning/seen.weights"), &weights(&learnt))?;
        write(&root.join("reports/calibration-seen.txt"), &calibration)?;
    }
    Ok(())
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
