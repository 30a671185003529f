//! How sure it is that marks which say different things belong together: a logistic regression over short passages that
//! are wrong or right, and pairs in sync, where no such marks do.

use std::borrow::Borrow;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use duizhao::align::align;
use duizhao::meaning::trust::{SURE, TOLD};
use duizhao::meaning::{Candidate, View, candidates};
use duizhao::read::{self, Limits};
use duizhao::segment::segment;
use duizhao::text::Document;

use crate::named::{self, Row};
use crate::passages::{FOLDS, Passage, document};
use crate::regression::Shrinkage;

/// Of strengths of .1 to 100, by what is found in passages that nothing was learnt from where a twentieth of the right
/// ones alarm, the best.
const SHRINKAGE: Shrinkage = Shrinkage { strength: 20.0, seen: 1 };

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
    let heading = format!(
        "on ../shared/eval/contrast, tests/passages, src/meaning/marks/examples.tsv and ../shared/eval/insync: marks that say different things and may belong together, each
judged by weights learnt from the other five of six folds. From {TOLD} on they are told, from {SURE} on as grave."
    );
    Ok((named::weights(&rows, SHRINKAGE), named::report(&rows, SHRINKAGE, &heading)))
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
