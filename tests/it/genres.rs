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
    let known = fs::read_to_string(folder().join("alarms.tsv")).expect("the table");
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
    let known: Vec<&str> = known.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(said, known);
}

/// A new fault is a line in `faults.tsv`.
#[test]
fn planted_faults_are_found() {
    let table = fs::read_to_string(folder().join("faults.tsv")).expect("the table");
    let rows: Vec<Vec<&str>> =
        table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    let wrong: Vec<String> = rows
        .par_iter()
        .filter_map(|row| {
            let [pair, old, new, check] = row[..] else { panic!("four columns: {row:?}") };
            let en = text(pair, "en");
            let (old, new) = (old.replace("\\n", "\n"), new.replace("\\n", "\n"));
            assert!(en.contains(&old), "{pair} has no {old:?}");
            let found = findings(&text(pair, "zh"), &en.replacen(&old, &new, 1));
            let first = found.first().map_or("-", |finding| finding.check);
            let met = found.iter().any(|finding| finding.check == check) || first == check;
            (!met).then(|| format!("{pair}: {old:?} → {new:?}: {first}, not {check}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
