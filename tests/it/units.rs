//! Files that pair their versions themselves, `tests/units/NAME.tsv`: right as they stand, with two units exchanged, and
//! with a unit that is another.

use std::fs;
use std::path::Path;

use duizhao::check::{self, Settings, Severity};
use duizhao::read::{self, Format};
use duizhao::{align, segment};

/// The rows of a table, its header first.
fn rows(name: &str) -> Vec<[String; 2]> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/units").join(name);
    let table = fs::read_to_string(path).expect("a table");
    let row = |line: &str| line.split_once('\t').map(|(one, other)| [one.to_owned(), other.to_owned()]);
    table.lines().map(|line| row(line).expect("two columns")).collect()
}

/// What is told of passages that diverge: which sources each finding is of, with those in its evidence, and how grave it
/// is.
fn divergent(rows: &[[String; 2]]) -> Vec<(Vec<String>, Severity)> {
    let table: String = rows.iter().map(|[one, other]| format!("{one}\t{other}\n")).collect();
    let paired =
        read::paired_bytes("units.tsv", table.as_bytes(), Format::Table, None, None).expect("readable");
    let (source, target) = (segment::segment(paired.source), segment::segment(paired.target));
    let aligned = align::align_within(source, target, paired.links);
    let document = &aligned.bitext().source;
    let found = check::check(&aligned, &Settings::default());
    let told = found.iter().filter(|finding| finding.check == "divergent-passage");
    told.map(|finding| {
        let evidence = finding.evidence.iter().map(|it| it.span);
        let mut spans: Vec<_> = finding.source.into_iter().chain(evidence).collect();
        spans.sort_unstable();
        spans.dedup();
        (spans.into_iter().map(|span| document.slice(span).to_owned()).collect(), finding.severity)
    })
    .collect()
}

/// Tables, and how grave it is that two of their units are exchanged.
const TABLES: &[(&str, Severity)] = &[("buttons.tsv", Severity::Minor), ("messages.tsv", Severity::Major)];

/// A table of which some messages are translated freely, the last one so that most of its words are rendered nowhere.
const FREELY: &str = "freely.tsv";

#[test]
fn right_units_are_silent() {
    for table in TABLES.iter().map(|(table, _)| table).chain([&FREELY]) {
        assert_eq!(divergent(&rows(table)), Vec::new(), "{table}");
    }
}

/// Of those that say something that no other unit says.
#[test]
fn most_units_that_are_wrong_are_told() {
    let right = rows(FREELY);
    let told = (1..right.len()).filter(|&at| {
        let mut wrong = right.clone();
        wrong[at][1] = "女王在花园里种了一棵老苹果树，并邀请了所有客人。".to_owned();
        matches!(&divergent(&wrong)[..], [(places, _)] if *places == [right[at][0].clone()])
    });
    let (told, all) = (told.count(), right.len() - 1);
    assert!(3 * told >= 2 * all, "{told} of {all}");
}

/// However short they are, and however far apart.
#[test]
fn every_two_units_that_are_exchanged_are_one_finding() {
    for (table, severity) in TABLES {
        let right = rows(table);
        for one in 1..right.len() {
            for other in one + 1..right.len() {
                let mut wrong = right.clone();
                (wrong[one][1], wrong[other][1]) = (right[other][1].clone(), right[one][1].clone());
                let told = divergent(&wrong);
                let both = [&right[one][0], &right[other][0]];
                assert!(
                    matches!(&told[..], [(places, grave)] if grave == severity && both.iter().all(|it| places.contains(it))),
                    "{table}: {both:?} exchanged, told of {told:?}"
                );
            }
        }
    }
}
