//! How well the aligner does on text aligned by hand, where the evaluation folder is at hand.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use duizhao::align::align_sentences;
use duizhao::read;
use duizhao::text::Lang;

/// The numbers of linked source and target sentences.
type Units = (Vec<usize>, Vec<usize>);

/// Strict F1 as the scorer of vecalign counts it: the share of the links found that are right, null links too, and
/// the share of the links of the gold, null links left out, that were found.
fn strict_f1(folder: &Path) -> f64 {
    let (mut found, mut right, mut wanted, mut met) = (0, 0, 0, 0);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    for gold in files.iter().filter(|path| path.extension().is_some_and(|end| end == "gold")) {
        let lines = |end: &str, lang: Lang| {
            read::lines(&gold.with_extension(end), Some(lang), &read::Limits::default()).expect("readable")
        };
        let aligned = align_sentences(lines("zh", Lang::ZH), lines("en", Lang::EN));
        let links: BTreeSet<Units> = aligned
            .bitext()
            .alignment
            .sentences
            .iter()
            .map(|link| (link.source.to_vec(), link.target.to_vec()))
            .collect();
        let gold: BTreeSet<Units> =
            fs::read_to_string(gold).expect("readable").lines().filter_map(units).collect();
        let both = |link: &&Units| !link.0.is_empty() && !link.1.is_empty();
        found += links.len();
        right += links.intersection(&gold).count();
        wanted += gold.iter().filter(both).count();
        met += gold.intersection(&links).filter(both).count();
    }
    assert!(wanted > 0, "{}: no gold", folder.display());
    let (precision, recall) = (right as f64 / found as f64, met as f64 / wanted as f64);
    2.0 * precision * recall / (precision + recall)
}

/// A line of gold: `[0,1]:[2]`.
fn units(line: &str) -> Option<Units> {
    let side = |written: &str| -> Vec<usize> {
        let numbers = written.trim().trim_matches(['[', ']']).split(',').map(str::trim);
        numbers.filter(|number| !number.is_empty()).map(|number| number.parse().expect("a number")).collect()
    };
    let mut sides = line.split(':');
    Some((side(sides.next().filter(|line| line.starts_with('['))?), side(sides.next()?)))
}

/// The floors lie a little below what docs/accuracy.md gives, so that only a real loss fails.
#[test]
#[expect(clippy::print_stderr, reason = "says why nothing was measured")]
fn text_aligned_by_hand_is_aligned_as_well_as_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some(folder) =
        root.ancestors().map(|above| above.join("shared/eval/alignment")).find(|path| path.is_dir())
    else {
        eprintln!("skipped: ../shared/eval/alignment is not here");
        return;
    };
    for (set, floor) in [("macdev", 0.90), ("mag", 0.975)] {
        let reached = strict_f1(&folder.join(set));
        assert!(reached >= floor, "{set}: strict F1 {reached:.3}, below {floor}");
    }
}
