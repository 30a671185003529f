//! Correct translations of many genres, of which nothing is said, and faults planted in them, which are found.

use std::fs;
use std::path::{Path, PathBuf};

use duizhao::check::{self, Finding, Settings};
use duizhao::read::{self, Format};
use duizhao::text::{Document, Lang};
use duizhao::{align, segment};
use rayon::prelude::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/genres")
}

fn text(pair: &str, lang: &str) -> String {
    fs::read_to_string(folder().join(format!("{pair}.{lang}.md"))).expect("a text of the pair")
}

/// The lines of a table, but for its comments.
fn rows(table: &str) -> Vec<String> {
    let table = fs::read_to_string(folder().join(table)).expect("the table");
    table.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

fn findings(zh: &str, en: &str) -> Vec<Finding> {
    let document = |text: &str, lang| -> Document {
        segment::segment(
            read::bytes("text.md", text.as_bytes(), Format::Markdown, Some(lang)).expect("readable"),
        )
    };
    let aligned = align::align(document(zh, Lang::ZH), document(en, Lang::EN));
    let settings = Settings::default();
    let mut found = check::check(&aligned, &settings);
    found.retain(|finding| finding.confidence >= 0.5);
    found
}

/// A new pair is two files `NAME.zh.md` and `NAME.en.md`. What is said all the same stands in `alarms.tsv`.
#[test]
fn of_correct_translations_nothing_is_said() {
    let files = fs::read_dir(folder()).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let names: Vec<String> =
        files.filter_map(|name| Some(name.to_str()?.strip_suffix(".zh.md")?.to_owned())).collect();
    assert!(!names.is_empty(), "no pairs");
    let mut said: Vec<String> = names
        .par_iter()
        .flat_map_iter(|name| {
            let found = findings(&text(name, "zh"), &text(name, "en"));
            found.into_iter().map(move |finding| format!("{name}\t{}", finding.check))
        })
        .collect();
    said.sort();
    assert_eq!(said, rows("alarms.tsv"));
}

/// A new fault is a line in `faults.tsv`.
#[test]
fn planted_faults_are_found() {
    let (faults, alarms) = (rows("faults.tsv"), rows("alarms.tsv"));
    let wrong: Vec<String> = faults
        .par_iter()
        .filter_map(|row| {
            let row: Vec<&str> = row.split('\t').collect();
            let [pair, old, new, check] = row[..] else { panic!("four columns: {row:?}") };
            let en = text(pair, "en");
            let (old, new) = (old.replace("\\n", "\n"), new.replace("\\n", "\n"));
            assert!(en.contains(&old), "{pair} has no {old:?}");
            let found = findings(&text(pair, "zh"), &en.replacen(&old, &new, 1));
            let alarm = |check: &str| alarms.iter().any(|alarm| *alarm == format!("{pair}\t{check}"));
            let mut by: Vec<&str> =
                found.iter().map(|finding| finding.check).filter(|check| !alarm(check)).collect();
            if by.is_empty() {
                by.push("-");
            }
            (!by.contains(&check)).then(|| format!("{pair}: {old:?} → {new:?}: {by:?}, not {check}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
