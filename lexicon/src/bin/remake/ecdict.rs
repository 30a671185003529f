//! Reads ECDICT, an English dictionary for Chinese readers, the other way round: the English words that a Chinese word
//! stands for.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::characters::Characters;
use crate::is_han;

/// The columns that are read: a word, what it means, and how common it is by two corpora, 0 for not counted.
#[derive(Deserialize)]
struct Row<'a> {
    word: &'a str,
    translation: &'a str,
    bnc: &'a str,
    frq: &'a str,
}

/// For each Chinese word in simplified characters the English words that it stands for, with the rank of each.
pub(crate) struct Reversed(BTreeMap<String, BTreeMap<String, u8>>);

/// The rank of the first meaning of a common English word, and how many meanings share one.
const FIRST: usize = 2;
const STEP: usize = 2;
/// The places in the list of frequencies up to which an English word ranks no worse, one worse, two worse.
const COMMON: [u32; 3] = [3_000, 10_000, 30_000];
/// How much worse a single character ranks, which means too much.
const SINGLE: usize = 3;
/// Highest rank that a posting can hold.
const LIMIT: usize = 15;
/// The longest meaning that is a word, in characters.
const LONGEST: usize = 6;

/// What meanings of adjectives and verbs begin and end with beside the word itself.
const BEFORE: [char; 4] = ['使', '被', '有', '令'];
const AFTER: [char; 8] = ['的', '地', '于', '在', '到', '了', '着', '成'];

impl Reversed {
    /// Reads the table; of meanings only those that `is_word` knows.
    pub(crate) fn read(
        table: &str,
        characters: &Characters,
        is_word: impl Fn(&str) -> bool,
    ) -> Result<Reversed> {
        let mut all: BTreeMap<String, BTreeMap<String, u8>> = BTreeMap::new();
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let header = reader.headers()?.clone();
        for record in reader.records() {
            let record = record?;
            let row: Row = record.deserialize(Some(&header)).context("ECDICT")?;
            let places = [row.bnc, row.frq].map(|place| place.parse().unwrap_or(0)).into_iter();
            let Some(place) = places.filter(|&place: &u32| place > 0).min() else { continue };
            if !row.word.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
                continue;
            }
            let rarity = COMMON.iter().filter(|&&common| place > common).count();
            for (at, word) in meanings(row.translation, characters, &is_word).into_iter().enumerate() {
                let single = if word.chars().nth(1).is_none() { SINGLE } else { 0 };
                let rank = (FIRST + at / STEP + rarity + single).min(LIMIT) as u8;
                let slot = all.entry(word).or_default().entry(row.word.to_owned()).or_insert(rank);
                *slot = rank.min(*slot);
            }
        }
        Ok(Reversed(all))
    }

    /// All Chinese words that stand for something.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The English words that a Chinese word stands for, with their ranks.
    pub(crate) fn of(&self, word: &str) -> impl Iterator<Item = (&str, u8)> {
        self.0.get(word).into_iter().flatten().map(|(english, &rank)| (english.as_str(), rank))
    }
}

/// The words among the meanings of an entry, in order, once each.
fn meanings(translation: &str, characters: &Characters, is_word: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in translation.split("\\n") {
        // what was gathered from the web is as often wrong as right, and names are read elsewhere
        if ["[网络]", "[人名]", "[地名]"].iter().any(|mark| line.trim_start().starts_with(mark)) {
            continue;
        }
        let mut depth = 0usize;
        let plain: String = line
            .chars()
            .map(|c| {
                match c {
                    '(' | '（' | '[' | '<' | '〈' | '【' => depth += 1,
                    ')' | '）' | ']' | '>' | '〉' | '】' => {
                        depth = depth.saturating_sub(1);
                        return ' ';
                    }
                    _ => {}
                }
                if depth > 0 { ' ' } else { c }
            })
            .collect();
        for part in plain.split(|c: char| !is_han(c)).filter(|part| !part.is_empty()) {
            let part = characters.simplify(part);
            let short = part.chars().nth(LONGEST).is_none();
            let bare = part.strip_suffix(AFTER).filter(|rest| rest.chars().nth(1).is_some());
            let inner = part.strip_prefix(BEFORE).filter(|rest| rest.chars().nth(1).is_some());
            let both =
                inner.and_then(|rest| rest.strip_suffix(AFTER)).filter(|rest| rest.chars().nth(1).is_some());
            for word in [Some(&*part), bare, inner, both].into_iter().flatten() {
                if short && is_word(word) && !found.iter().any(|known| known == word) {
                    found.push(word.to_owned());
                }
            }
        }
    }
    found
}
