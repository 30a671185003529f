//! How likely it is that a denial which nothing plainly answers to is a fault: a ridge regression over short passages that are
//! wrong or right, and pairs in sync, where none is.

use std::path::{Path, PathBuf};

use anyhow::Result;
use duizhao::align::align;
use duizhao::meaning::View;
use duizhao::meaning::denials::{self, SURE, TOLD};
use duizhao::read::{self, Limits};
use duizhao::segment::segment;
use duizhao::text::{Document, Side};

use crate::named::{self, Row};
use crate::passages::{FOLDS, Passage};
use crate::regression::Shrinkage;

/// The check that tells of denials.
const CHECK: &str = "polarity-mismatch";

/// Of strengths of 5, 10 and 20, by the folds, the best. Every word that denies is a feature; many are seen once.
const SHRINKAGE: Shrinkage = Shrinkage { strength: 10.0, seen: 5 };

/// A denial that nothing answers to, or nothing plainly.
struct Found {
    row: Row,
    /// Its side, its words, how many of these words stand before it on the side, and whether anything answers to it: what
    /// the same denial has in common in a wrong passage and its twin.
    name: (Side, String, usize, bool),
}

/// The weights learnt from passages and from pairs in sync, and how well they hold for passages that they were not learnt
/// from. Of what nothing answers to in a wrong passage, that which something answers to in its twin, or which the twin
/// has not, is the fault; where another check should tell of the fault, that is left out.
pub(crate) fn train(passages: &[Passage], in_sync: &[[PathBuf; 2]]) -> Result<(String, String)> {
    let mut all: Vec<Vec<Found>> = Vec::new();
    for passage in passages {
        all.push(found(passage.documents()?, passage.fold, false));
    }
    let mut rows = Vec::new();
    for (at, passage) in passages.iter().enumerate() {
        if !passage.is_wrong() {
            continue;
        }
        let Some(twin) = passage.twin else { continue };
        let told = passage.checks.split('|').any(|check| check == CHECK);
        for one in &all[at] {
            if told && !all[twin].iter().any(|other| other.name == one.name) {
                rows.push(Row { features: one.row.features.clone(), wrong: true, ..one.row });
            }
        }
    }
    let right = passages.iter().zip(all).filter(|(passage, _)| !passage.is_wrong());
    rows.extend(right.flat_map(|(_, found)| found).map(|one| one.row));
    for (pair, [zh, en]) in in_sync.iter().enumerate() {
        let of =
            |path: &Path| -> Result<Document> { Ok(segment(read::file(path, None, &Limits::default())?)) };
        rows.extend(found([of(zh)?, of(en)?], pair % FOLDS, true).into_iter().map(|one| one.row));
    }
    let heading = format!(
        "on ../shared/eval/contrast, tests/passages and ../shared/eval/insync: denials that nothing plainly answers to, each judged
by weights learnt from the other five of six folds. From {TOLD} on they are told, from {SURE} on as grave."
    );
    Ok((named::weights(&rows, SHRINKAGE), named::report(&rows, SHRINKAGE, &heading)))
}

/// The denials of two documents that nothing answers to.
fn found([source, target]: [Document; 2], fold: usize, in_sync: bool) -> Vec<Found> {
    let aligned = align(source, target);
    let view = View::new(&aligned);
    let one = |one: denials::Candidate| {
        let text = &view.document(one.side).text;
        let word = &text[one.word.start..one.word.end];
        let before = text[..one.word.start].matches(word).count();
        let row = Row { features: one.features, wrong: false, fold, in_sync };
        Found { row, name: (one.side, word.to_owned(), before, one.is_alone) }
    };
    denials::candidates(&view).into_iter().map(one).collect()
}
