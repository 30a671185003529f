//! Short passages that are wrong by one fault, each with its right twin, and others that are right.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use duizhao::read::{self, Format};
use duizhao::segment::segment;
use duizhao::text::{Document, Lang};

use crate::files;

/// Passages are parted into so many folds, with both passages of a two in one.
pub(crate) const FOLDS: usize = 6;

#[derive(Clone)]
pub(crate) struct Passage {
    /// The name of its table: the kind of fault.
    pub(crate) table: String,
    /// The checks that should find something, parted by bars; `-` where it is right.
    pub(crate) checks: String,
    source: String,
    target: String,
    pub(crate) fold: usize,
    /// The right passage of the same original, by its place among all.
    pub(crate) twin: Option<usize>,
}

impl Passage {
    pub(crate) fn is_wrong(&self) -> bool {
        self.checks != "-"
    }

    /// Original and translation.
    pub(crate) fn documents(&self) -> Result<[Document; 2]> {
        Ok([document(&self.source)?, document(&self.target)?])
    }
}

/// A text as a document, Chinese where it holds Chinese.
pub(crate) fn document(text: &str) -> Result<Document> {
    let han = text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let lang = if han { Lang::ZH } else { Lang::EN };
    Ok(segment(read::bytes("passage", text.as_bytes(), Format::Plain, Some(lang))?))
}

/// All passages in the `*.tsv` of some folders: name, checks, source, target. A wrong one is named as its right twin is,
/// with an `a` for the `b`.
pub(crate) fn read(folders: &[PathBuf]) -> Result<Vec<Passage>> {
    let mut passages = Vec::new();
    for folder in folders {
        for path in files(folder, |name| name.ends_with(".tsv"))? {
            let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let table = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let mut places: BTreeMap<&str, usize> = BTreeMap::new();
            for (line, row) in text.lines().enumerate() {
                let [name, checks, source, target, ..] = row.split('\t').collect::<Vec<_>>()[..] else {
                    bail!("{}:{}: four columns are wanted", path.display(), line + 1);
                };
                let fold = stem(name).bytes().map(usize::from).sum::<usize>() % FOLDS;
                places.insert(name, passages.len());
                passages.push(Passage {
                    table: table.clone(),
                    checks: checks.to_owned(),
                    source: source.to_owned(),
                    target: target.to_owned(),
                    fold,
                    twin: None,
                });
            }
            for (name, &at) in &places {
                if passages[at].is_wrong() {
                    passages[at].twin = places.get(&*format!("{}b", stem(name))).copied();
                }
            }
        }
    }
    Ok(passages)
}

/// Of all passages the wrong ones in which something is missing or added, their twins, and one in `OTHERS` of the other
/// right ones: where all would take too long.
pub(crate) fn some(passages: &[Passage]) -> Vec<Passage> {
    let wanted = |passage: &Passage| {
        let checks = &passage.checks;
        checks.starts_with("missing-content") || checks.starts_with("added-content")
    };
    let twins: BTreeSet<usize> =
        passages.iter().filter(|passage| wanted(passage)).filter_map(|passage| passage.twin).collect();
    let kept = |&at: &usize| {
        let passage = &passages[at];
        wanted(passage) || twins.contains(&at) || !passage.is_wrong() && at % OTHERS == 0
    };
    let places: Vec<usize> = (0..passages.len()).filter(kept).collect();
    let moved = |at: usize| {
        let twin = passages[at].twin.and_then(|twin| places.binary_search(&twin).ok());
        Passage { twin, ..passages[at].clone() }
    };
    places.iter().map(|&at| moved(at)).collect()
}

/// See [`some`].
const OTHERS: usize = 4;

/// What the names of both passages of a two have in common.
fn stem(name: &str) -> &str {
    name.trim_end_matches(char::is_alphabetic)
}
