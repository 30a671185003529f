//! The table of classes is in order, and all of it is asked for.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Row, TABLE, TABLED};
use crate::text::script::is_han;

/// Classes of which the place of a word says which it is: one, two, three.
const COUNTED: [&str; 2] = ["cardinal", "ordinal"];

#[test]
fn rows_are_in_order() {
    for pair in TABLED.windows(2) {
        let [one, other] = pair else { continue };
        assert!(
            one.class != other.class || one.language < other.language,
            "{}: rows of a class stand in the order of their languages, one each",
            other.class
        );
    }
    let classes: Vec<&str> = TABLED.iter().map(|row| row.class).collect();
    let apart: BTreeSet<&str> = classes.chunk_by(|a, b| a == b).map(|rows| rows[0]).collect();
    assert_eq!(apart.len(), classes.chunk_by(|a, b| a == b).count(), "rows of a class stand together");
}

#[test]
fn words_are_in_order() {
    for Row { class, language, words } in &TABLED {
        let words: Vec<&str> = split(language, words);
        // the end of a word counts as more than any letter: a longer word goes before what it begins with
        let key = |word: &str| format!("{word}\u{10ffff}");
        let fits = |pair: &[&str]| key(pair[0]) < key(pair[1]);
        let counted = COUNTED.contains(class);
        assert!(counted || words.windows(2).all(fits), "{class}: sort {words:?}, and say nothing twice");
        assert!(words.iter().all(|word| !word.is_empty() && word.trim() == *word), "{class}: {words:?}");
    }
}

fn split<'w>(language: &str, words: &'w str) -> Vec<&'w str> {
    match language {
        "han" => words.split("").filter(|character| !character.is_empty()).collect(),
        _ => words.split('|').collect(),
    }
}

#[test]
fn words_are_of_their_language() {
    for Row { class, language, words } in &TABLED {
        let letters = words.chars().filter(|c| c.is_alphanumeric());
        let fits = match *language {
            "han" => words.chars().all(is_han),
            "zh" => letters.clone().all(is_han),
            "en" => letters.clone().all(|c| c.is_ascii_alphabetic()),
            other => panic!("{class}: no language {other} is known here"),
        };
        assert!(fits && letters.count() > 0, "{class}: {words:?} are no words of {language}");
    }
}

/// The last column shows what a class is: a text in which one of its words stands.
#[test]
fn examples_have_a_word_of_their_class() {
    for line in TABLE.lines().filter(|line| super::is_row(line)) {
        let [class, language, words, example] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("class, language, words, example: {line}")
        };
        let example = format!(" {example} ");
        let holds = |word: &str| match language {
            // or the beginning or end of one
            "en" => example.match_indices(word).any(|(at, _)| {
                let (before, behind) = (&example[..at], &example[at + word.len()..]);
                !before.ends_with(char::is_alphabetic) || !behind.starts_with(char::is_alphabetic)
            }),
            _ => example.contains(word),
        };
        assert!(split(language, words).into_iter().any(holds), "{class}: {example} shows none of {words}");
    }
}

#[test]
fn characters_are_spelt() {
    let row = TABLED.iter().find(|row| (row.class, row.language) == ("classifier", "han"));
    let characters: String = super::characters!("classifier").iter().collect();
    assert_eq!(row.map(|row| row.words), Some(&*characters));
}

/// Code asks for classes by `words!("class", language)`, `words!("class")` or `characters!("class")`.
#[test]
fn every_row_is_asked_for() {
    let mut asked = BTreeSet::new();
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(&file).expect("readable");
        let named = |call: &'static str| text.split(call).skip(1).map(str::trim_start);
        for call in named("characters!(") {
            let class = call.strip_prefix('"').and_then(|call| call.split_once('"'));
            asked.extend(class.map(|(class, _)| (class.to_owned(), "han".to_owned())));
        }
        for call in named("words!(") {
            let Some((class, rest)) = call.strip_prefix('"').and_then(|call| call.split_once('"')) else {
                continue;
            };
            let language = rest.trim_start_matches([',', ' ', '\n']);
            let end = language.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(language.len());
            asked.insert((class.to_owned(), language[..end].to_owned()));
        }
    }
    let idle: Vec<(&str, &str)> = TABLED
        .iter()
        .filter(|row| {
            let of = |language: &str| asked.contains(&(row.class.to_owned(), language.to_owned()));
            !of(row.language) && (row.language == "han" || !of(""))
        })
        .map(|row| (row.class, row.language))
        .collect();
    assert!(idle.is_empty(), "nothing asks for {idle:?}: take them out of words.tsv");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let within = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    entries.flat_map(within).filter(|path| path.extension().is_some_and(|end| end == "rs")).collect()
}
