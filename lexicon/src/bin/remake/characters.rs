//! What is known of single characters: simplified form, readings, and how they are used in names.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use duizhao_lexicon::layout::{COST_SCALE, Character, FIRST_CHARACTER, LAST_CHARACTER, SYLLABLE};
use regex::Regex;

use crate::Files;
use crate::cedict::Entry;
use crate::is_han;
use crate::places::Name;
use crate::segmentation::Jieba;

/// Readings kept of a character, the commonest first.
const READINGS: usize = 6;

/// How much likelier (in cost) a verb must be in a name than alone to be taken for part of one: jieba's list of names
/// holds many with the verb that happened to follow.
const VERB_MARGIN: u8 = 15;

/// The characters of CC-CEDICT.
pub(crate) struct Characters {
    simplified: BTreeMap<char, char>,
    readings: BTreeMap<char, Vec<String>>,
    surnames: BTreeSet<char>,
    double_surnames: BTreeSet<String>,
    syllables: BTreeSet<String>,
}

impl Characters {
    /// Gathers them. A character becomes the simplified one that most headwords pair it with; one that is only a
    /// variant of another becomes what that one becomes.
    pub(crate) fn new(entries: &[Entry<'_>], jieba: &Jieba<'_>) -> Characters {
        let mut pairs: BTreeMap<char, BTreeMap<char, usize>> = BTreeMap::new();
        let mut readings: BTreeMap<char, BTreeMap<String, usize>> = BTreeMap::new();
        let mut surnames = BTreeSet::new();
        let mut double_surnames = BTreeSet::new();
        for entry in entries {
            let (traditional, simplified) = (entry.traditional.chars(), entry.simplified.chars());
            if traditional.clone().count() == simplified.clone().count() {
                for (t, s) in traditional.clone().zip(simplified.clone()) {
                    *pairs.entry(t).or_default().entry(s).or_default() += 1;
                }
            }
            let syllables: Vec<String> = entry.pinyin.split(' ').map(toneless).collect();
            for headword in entry.headwords() {
                let spelt: Vec<char> = headword.chars().filter(|c| is_han(*c)).collect();
                if spelt.len() == syllables.len() && spelt.len() == headword.chars().count() {
                    for (&c, syllable) in spelt.iter().zip(&syllables) {
                        if is_syllable(syllable) {
                            *readings.entry(c).or_default().entry(syllable.clone()).or_default() += 1;
                        }
                    }
                }
            }
            if entry.senses.iter().any(|sense| sense.starts_with("surname ")) {
                surnames.extend(single(entry.simplified));
                surnames.extend(single(entry.traditional));
            }
            let is_double = entry.senses.iter().any(|sense| sense.contains("-character surname"))
                || entry.senses.iter().any(|sense| sense.starts_with("surname "));
            if is_double && entry.simplified.chars().count() == 2 {
                double_surnames.extend(entry.headwords().map(str::to_owned));
            }
        }
        let mut simplified = BTreeMap::new();
        for (&character, forms) in &pairs {
            // Ties go to the smaller code point; what jieba counts in simplified text decides nothing here.
            if let Some((&form, _)) =
                forms.iter().max_by_key(|&(form, count)| (*count, std::cmp::Reverse(*form)))
            {
                simplified.insert(character, form);
            }
        }
        for (character, target) in variants(entries, jieba) {
            simplified.insert(character, target);
        }
        let readings: BTreeMap<char, Vec<String>> = readings
            .into_iter()
            .map(|(c, counts)| {
                let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
                counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
                (c, counts.into_iter().take(READINGS).map(|(syllable, _)| syllable).collect())
            })
            .collect();
        let syllables = readings.values().flatten().cloned().collect();
        Characters { simplified, readings, surnames, double_surnames, syllables }
    }

    /// The character as keys of the indices have it; see [`duizhao_lexicon::layout`]. Following the map twice
    /// changes nothing, since variants may point at traditional forms.
    pub(crate) fn simplify_char(&self, character: char) -> char {
        let mut current = character;
        for _ in 0..4 {
            let next = self.simplified.get(&current).copied().unwrap_or(current);
            if next == current || !in_table(next) || !in_table(current) {
                break;
            }
            current = next;
        }
        current
    }

    /// The text in normalised characters.
    pub(crate) fn simplify(&self, text: &str) -> String {
        text.chars().map(|c| self.simplify_char(c)).collect()
    }

    /// How the names of persons in jieba's list use characters.
    pub(crate) fn persons(&self, jieba: &Jieba<'_>) -> Persons {
        let mut persons = Persons::default();
        for &(word, count, tag) in &jieba.words {
            let chars: Vec<char> = word.chars().map(|c| self.simplify_char(c)).collect();
            match chars[..] {
                [c] => {
                    *persons.alone.entry(c).or_default() += count;
                    if tag.starts_with(['v', 'd', 'p', 'c', 'u', 'r', 'q']) {
                        persons.verbs.insert(c);
                    }
                }
                [surname, first, second] if tag == "nr" && self.surnames.contains(&surname) => {
                    *persons.surnames.entry(surname).or_default() += 1;
                    *persons.given.entry(first).or_default() += 1;
                    *persons.given.entry(second).or_default() += 1;
                }
                _ => {}
            }
            persons.total += count;
        }
        persons
    }

    /// Writes the table of characters, their readings, the syllables and the double surnames.
    pub(crate) fn write(&self, names: &[Name], jieba: &Jieba<'_>, files: &mut Files) -> Result<()> {
        let persons = self.persons(jieba);
        let mut sound_counts: BTreeMap<char, usize> = BTreeMap::new();
        for (word, _, tag) in &jieba.words {
            let is_surname = word.chars().next().is_some_and(|c| self.surnames.contains(&c));
            if *tag == "nrt" && word.chars().count() >= 3 && !is_surname {
                for c in word.chars() {
                    *sound_counts.entry(c).or_default() += 1;
                }
            }
        }
        for name in names.iter().filter(|name| name.is_transcribed && name.chinese.chars().count() >= 3) {
            for c in name.chinese.chars().filter(|c| is_han(*c)) {
                *sound_counts.entry(self.simplify_char(c)).or_default() += 1;
            }
        }
        sound_counts.retain(|_, count| *count >= 5);
        let mut lists: BTreeMap<Vec<u8>, u16> = BTreeMap::new();
        let mut blob = vec![0u8];
        let syllables: Vec<&String> = self.syllables.iter().collect();
        let mut table = Vec::new();
        for code in FIRST_CHARACTER..=LAST_CHARACTER {
            let Some(character) = char::from_u32(code) else { continue };
            let simplified = self.simplify_char(character);
            let mut list = Vec::new();
            if let Some(readings) = self.readings.get(&character) {
                list.push(readings.len() as u8);
                for reading in readings {
                    let number = syllables.binary_search(&reading).unwrap_or_default();
                    list.extend((number as u16).to_le_bytes());
                }
            }
            let readings = if list.is_empty() {
                0
            } else {
                *lists.entry(list).or_insert_with_key(|list| {
                    let start = blob.len() as u16;
                    blob.extend(list);
                    start
                })
            };
            let record = Character {
                simplified: u32::from(simplified) as u16,
                readings,
                surname: if self.surnames.contains(&character) { persons.surname(simplified) } else { 0 },
                given: persons.given(simplified),
                alone: persons.alone(simplified),
                transcription: if sound_counts.contains_key(&simplified) {
                    cost(&sound_counts, simplified)
                } else {
                    0
                },
            };
            table.extend(record.pack());
        }
        ensure!(blob.len() <= usize::from(u16::MAX), "the readings outgrow their offsets");
        files.insert("characters.bin", table);
        files.insert("readings.bin", blob);
        files.insert(
            "syllables.txt",
            syllables.iter().flat_map(|s| format!("{s:SYLLABLE$}").into_bytes()).collect(),
        );
        files.insert("double-surnames.txt", self.double_surnames.iter().flat_map(|s| s.bytes()).collect());
        Ok(())
    }
}

/// How the names of persons use characters, and how often those stand alone.
#[derive(Default)]
pub(crate) struct Persons {
    surnames: BTreeMap<char, usize>,
    given: BTreeMap<char, usize>,
    alone: BTreeMap<char, u64>,
    /// Characters that are verbs, adverbs or function words when they stand alone.
    verbs: BTreeSet<char>,
    total: u64,
}

impl Persons {
    /// Whether a word that jieba takes for a person's name may be one: surname and given name are likelier than words
    /// of their own, unlike 笑 in 贾蓉笑. Words of another length, or without a surname, pass.
    pub(crate) fn may_be(&self, word: &str) -> bool {
        let chars: Vec<char> = word.chars().collect();
        match chars[..] {
            [surname, first, second] if self.surnames.contains_key(&surname) => {
                self.surname(surname) < self.alone(surname) && self.given(first) > 0 && self.given(second) > 0
            }
            _ => true,
        }
    }

    fn surname(&self, c: char) -> u8 {
        cost(&self.surnames, c)
    }

    /// 0 for what is never in a given name, and for verbs and the like that are about as common alone.
    fn given(&self, c: char) -> u8 {
        let given = if self.given.contains_key(&c) { cost(&self.given, c) } else { 0 };
        let alone = self.alone(c);
        let is_noise =
            given > alone.saturating_add(6) || self.verbs.contains(&c) && given + VERB_MARGIN > alone;
        if is_noise { 0 } else { given }
    }

    fn alone(&self, c: char) -> u8 {
        self.alone.get(&c).map_or(u8::MAX, |&count| {
            (-(count.max(1) as f32 / self.total as f32).ln() * COST_SCALE).round().clamp(1.0, 255.0) as u8
        })
    }
}

/// −ln of the share of `c`, with half a count added to each.
fn cost(counts: &BTreeMap<char, usize>, c: char) -> u8 {
    let total: usize = counts.values().sum();
    let count = counts.get(&c).copied().unwrap_or(0) as f32 + 0.5;
    (-(count / (total as f32 + 0.5 * counts.len() as f32)).ln() * COST_SCALE).round().clamp(1.0, 255.0) as u8
}

/// Characters that CC-CEDICT only knows as a variant of another, and that other.
fn variants(entries: &[Entry<'_>], jieba: &Jieba<'_>) -> BTreeMap<char, char> {
    let mut found: BTreeMap<char, Option<char>> = BTreeMap::new();
    let Ok(pattern) = Regex::new(r"^(?:\([^)]*\) )?(?:\w+ )?variant of (\p{Han})(?:\||\[|$)") else {
        return BTreeMap::new();
    };
    for entry in entries {
        let Some(character) = single(entry.simplified) else { continue };
        if entry.traditional != entry.simplified || jieba.has(entry.simplified) {
            found.insert(character, None);
            continue;
        }
        for sense in &entry.senses {
            let target =
                pattern.captures(sense).and_then(|captures| captures.get(1)?.as_str().chars().next());
            let slot = found.entry(character).or_insert(target);
            if *slot != target {
                *slot = None;
            }
        }
    }
    found
        .into_iter()
        .filter_map(|(character, target)| Some((character, target?)))
        .filter(|&(character, target)| in_table(character) && in_table(target))
        .collect()
}

fn in_table(character: char) -> bool {
    (FIRST_CHARACTER..=LAST_CHARACTER).contains(&u32::from(character))
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|c| is_han(*c) && chars.next().is_none())
}

/// `Lu:3` → `lv`.
fn toneless(syllable: &str) -> String {
    syllable.trim_end_matches(|c: char| c.is_ascii_digit()).to_ascii_lowercase().replace("u:", "v")
}

fn is_syllable(text: &str) -> bool {
    (1..=SYLLABLE).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase())
        && text != "r"
        && text.contains(['a', 'e', 'i', 'o', 'u', 'v'])
}
