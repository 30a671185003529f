//! The gloss index: headwords → stems of their English glosses, and the dictionary text for explanations.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use duizhao_lexicon::english;
use duizhao_lexicon::layout::{GROUP, Posting, TEXT_BLOCK, write_postings};
use regex::Regex;

use crate::cedict::Entry;
use crate::characters::Characters;
use crate::ecdict::Reversed;
use crate::places::Name;
use crate::renderings::Renderings;
use crate::{Files, fst_map};

/// Highest rank and number of words that a posting can hold.
const LIMIT: u8 = 15;
/// Glosses longer than this explain rather than translate.
const LONGEST: usize = 12;
/// Stems kept of a headword, the best first.
const MOST: usize = 48;
/// The longest headwords, in characters, whose characters are filed by the stems that they may render, and the most words
/// of such a gloss.
const SHORT: usize = 3;
const PLAIN: u8 = 2;
/// How far a reference is followed.
const DEPTH: u8 = 3;

/// The rank of the first of our own renderings, and how many share one: they are in order, but nearer to each other
/// than the senses of a dictionary are.
const FIRST: u8 = 1;
const STEP: u8 = 3;

/// One gloss: its stems, and its rank among the senses.
struct Piece {
    rank: u8,
    stems: Vec<String>,
}

/// A stem with its rank and the number of words of its gloss.
type Ranked = (String, u8, u8);

/// What is looked up once: patterns, and entries by headword.
struct Dictionary<'a> {
    entries: &'a [Entry<'a>],
    by_headword: BTreeMap<&'a str, Vec<usize>>,
    reference: Regex,
    han: Regex,
    /// The traditional form in front of a bar and the simplified one.
    doubled: Regex,
    brackets: Regex,
    parentheses: Regex,
}

/// Writes headwords, postings, stems and texts; gives the stems in the order of their numbers.
pub(crate) fn write(
    entries: &[Entry<'_>],
    names: &[Name],
    renderings: &Renderings,
    reversed: &Reversed,
    characters: &Characters,
    files: &mut Files,
) -> Result<Vec<String>> {
    let dictionary = Dictionary::new(entries)?;
    let mut keys: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate() {
        for headword in entry.headwords() {
            keys.entry(characters.simplify(headword)).or_default().insert(number);
            // As written too: 後 has fewer meanings than 后. Dropped below where it makes no difference.
            keys.entry(headword.to_owned()).or_default().insert(number);
        }
    }
    let mut places: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in names {
        let key = characters.simplify(&name.chinese);
        keys.entry(key.clone()).or_default();
        let slot = places.entry(key).or_default();
        slot.extend(
            name.english
                .iter()
                .map(String::as_str)
                .filter(|english| !slot.contains(english))
                .collect::<Vec<_>>(),
        );
    }
    for word in renderings.words().chain(reversed.words()) {
        keys.entry(word.to_owned()).or_default();
    }
    let mut records: BTreeMap<&str, (Vec<Ranked>, String)> = BTreeMap::new();
    for (key, numbers) in &keys {
        let normalised = characters.simplify(key);
        if normalised != *key && keys.get(&normalised) == Some(numbers) {
            continue;
        }
        let english = places.get(key).map(Vec::as_slice).unwrap_or_default();
        let own = renderings.of(&normalised);
        let stands: Vec<(&str, u8)> = reversed.of(&normalised).collect();
        let text = if numbers.is_empty() && english.is_empty() {
            match own.is_empty() {
                true => stands.iter().map(|(english, _)| *english).collect::<Vec<_>>().join(" / "),
                false => own.join(" / "),
            }
        } else {
            dictionary.text(numbers, english)
        };
        records.insert(key, (dictionary.stems(numbers, english, &own, &stands), text));
    }
    // Common stems get small numbers, which take fewer bytes.
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (stem, _, _) in records.values().flat_map(|(stems, _)| stems) {
        *counts.entry(stem).or_default() += 1;
    }
    let mut by_count: Vec<(&str, usize)> = counts.into_iter().collect();
    by_count.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let numbers: BTreeMap<&str, u32> =
        by_count.iter().enumerate().map(|(number, &(stem, _))| (stem, number as u32)).collect();
    let (mut stem_texts, mut stem_ends) = (String::new(), Vec::new());
    for (stem, _) in &by_count {
        stem_texts.push_str(stem);
        stem_ends.extend((stem_texts.len() as u32).to_le_bytes());
    }
    files.insert("stems.fst", fst_map(numbers.iter().map(|(&stem, &number)| (stem, u64::from(number))))?);
    files.insert("stems.txt", stem_texts.into_bytes());
    files.insert("stems.idx", stem_ends);

    let mut rendered = vec![BTreeSet::new(); by_count.len()];
    for (key, (stems, _)) in records.iter().filter(|(key, _)| key.chars().nth(SHORT).is_none()) {
        for (stem, ..) in stems.iter().filter(|(_, _, words)| *words <= PLAIN) {
            let number = *numbers.get(stem.as_str()).context("a stem without a number")?;
            rendered[number as usize].extend(key.chars().filter_map(|c| u16::try_from(u32::from(c)).ok()));
        }
    }
    let (mut characters_of, mut ends_of) = (Vec::new(), Vec::new());
    for characters in rendered {
        characters_of.extend(characters.into_iter().flat_map(u16::to_le_bytes));
        ends_of.extend((characters_of.len() as u32).to_le_bytes());
    }
    files.insert("rendered.bin", characters_of);
    files.insert("rendered.idx", ends_of);

    // Headwords with the same meanings and the same text share a record.
    let mut headwords = Vec::new();
    let mut known: BTreeMap<(Vec<Posting>, &str), usize> = BTreeMap::new();
    let (mut postings, mut index, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for (&key, (stems, text)) in &records {
        let list = stems
            .iter()
            .map(|(stem, rank, words)| {
                let stem = *numbers.get(stem.as_str()).context("a stem without a number")?;
                Ok(Posting { stem, rank: *rank, words: *words })
            })
            .collect::<Result<Vec<Posting>>>()?;
        let next = known.len();
        let record = *known.entry((list, text)).or_insert_with_key(|(list, text)| {
            if next.is_multiple_of(GROUP) {
                index.extend((postings.len() as u32).to_le_bytes());
            }
            write_postings(list, &mut postings);
            texts.push(*text);
            next
        });
        headwords.push((key, record as u64));
    }
    files.insert("headwords.fst", fst_map(headwords)?);
    files.insert("postings.bin", postings);
    files.insert("postings.idx", index);
    let (mut blocks, mut ends) = (Vec::new(), Vec::new());
    for block in texts.chunks(TEXT_BLOCK) {
        let joined: String = block.iter().flat_map(|text| [text, "\n"]).collect();
        blocks.extend(miniz_oxide::deflate::compress_to_vec(joined.as_bytes(), 10));
        ends.extend((blocks.len() as u32).to_le_bytes());
    }
    files.insert("texts.bin", blocks);
    files.insert("texts.idx", ends);
    Ok(by_count.into_iter().map(|(stem, _)| stem.to_owned()).collect())
}

impl<'a> Dictionary<'a> {
    fn new(entries: &'a [Entry<'a>]) -> Result<Dictionary<'a>> {
        let mut by_headword: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, entry) in entries.iter().enumerate() {
            by_headword.entry(entry.simplified).or_default().push(number);
            if entry.traditional != entry.simplified {
                by_headword.entry(entry.traditional).or_default().push(number);
            }
        }
        Ok(Dictionary {
            entries,
            by_headword,
            reference: Regex::new(concat!(
                r"(?:(?:old|ancient|archaic|erhua|Japanese|Taiwan|erroneous|popular|nonstandard|simplified|euphemistic)\s+)*",
                r"\b(?P<kind>variant of|abbr\. for|abbr\. of|see also|see|used in|same as|equivalent (?:of|to)|",
                r"also written|also called|also known as)\s+",
                r"(?P<traditional>\p{Han}[\p{Han}·，]*)(?:\|(?P<simplified>\p{Han}[\p{Han}·，]*))?(?:\[(?P<pinyin>[^\]]*)\])?"
            ))?,
            han: Regex::new(r"\p{Han}[\p{Han}·，]*(?:\|[\p{Han}·，]+)?(?:\[[^\]]*\])?")?,
            doubled: Regex::new(r"\p{Han}[\p{Han}·，]*\|")?,
            brackets: Regex::new(r"\[[^\]]*\]")?,
            parentheses: Regex::new(r"\([^()]*\)")?,
        })
    }

    /// The stems of a headword with rank and number of words, best first.
    fn stems(
        &self,
        numbers: &BTreeSet<usize>,
        english: &[&str],
        own: &[String],
        stands: &[(&str, u8)],
    ) -> Vec<Ranked> {
        let mut pieces: Vec<Piece> = english
            .iter()
            .map(|name| Piece { rank: 0, stems: content(name) })
            .filter(|piece| !piece.stems.is_empty())
            .collect();
        pieces.extend(own.iter().enumerate().map(|(at, rendering)| Piece {
            rank: (FIRST + at as u8 / STEP).min(LIMIT),
            stems: content(rendering),
        }));
        pieces.extend(stands.iter().map(|&(word, rank)| Piece { rank, stems: content(word) }));
        let has_common = numbers.iter().any(|&number| !self.entries[number].is_proper());
        for &number in numbers {
            let entry = &self.entries[number];
            // A surname is the last thing that a word means; a name comes after the common meanings.
            let demotion = match (entry.is_surname(), entry.is_proper()) {
                (true, _) if numbers.len() > 1 => 6,
                (_, true) if has_common => 2,
                _ => 0,
            };
            pieces.extend(self.pieces(number, demotion, DEPTH));
        }
        let mut best: BTreeMap<&str, (u8, u8)> = BTreeMap::new();
        for piece in &pieces {
            let words = (piece.stems.len() as u8).min(LIMIT);
            for stem in &piece.stems {
                let slot = best.entry(stem).or_insert((piece.rank, words));
                // One sense further down costs about as much as one more word.
                if piece.rank + words < slot.0 + slot.1 {
                    *slot = (piece.rank, words);
                }
            }
        }
        let mut stems: Vec<Ranked> =
            best.into_iter().map(|(stem, (rank, words))| (stem.to_owned(), rank, words)).collect();
        stems.sort_by(|a, b| (a.1, a.2, &a.0).cmp(&(b.1, b.2, &b.0)));
        stems.truncate(MOST);
        stems
    }

    /// The glosses of an entry, with those of the entries it refers to.
    fn pieces(&self, number: usize, first_rank: u8, depth: u8) -> Vec<Piece> {
        let entry = &self.entries[number];
        let mut pieces = Vec::new();
        let mut rank = first_rank;
        let mut weak = Vec::new();
        for sense in &entry.senses {
            if ["CL:", "Taiwan pr.", "also pr.", "pr. ", "old pr."]
                .iter()
                .any(|start| sense.starts_with(start))
            {
                continue;
            }
            let before = pieces.len();
            let plain = self.plain(sense);
            for part in plain.split("; ") {
                pieces.extend(
                    split_commas(part, entry.is_proper()).into_iter().map(|(gloss, later)| Piece {
                        rank: (rank + later).min(LIMIT),
                        stems: content(gloss),
                    }),
                );
            }
            pieces.retain(|piece| !piece.stems.is_empty());
            for captures in self.reference.captures_iter(sense) {
                let target = captures.name("traditional").map_or("", |found| found.as_str());
                let pinyin = captures.name("pinyin").map(|found| found.as_str());
                let found = self.find(target, pinyin);
                match captures.name("kind").map_or("", |kind| kind.as_str()) {
                    "variant of" | "abbr. for" | "abbr. of" | "see" | "same as" | "used in" if depth > 0 => {
                        // Beside a gloss of its own the reference only adds to it.
                        let later = rank + u8::from(pieces.len() > before);
                        for number in found {
                            pieces.extend(self.pieces(number, later.min(LIMIT), depth - 1));
                        }
                    }
                    _ => weak.extend(found),
                }
            }
            if pieces.len() > before {
                rank = (rank + 1).min(LIMIT);
            }
        }
        if pieces.is_empty() && depth > 0 {
            for number in weak {
                pieces.extend(self.pieces(number, first_rank, depth - 1));
            }
        }
        pieces
    }

    /// The entries that a reference means: those with that reading, or all when none has it.
    fn find(&self, headword: &str, pinyin: Option<&str>) -> Vec<usize> {
        let numbers = self.by_headword.get(headword).map(Vec::as_slice).unwrap_or_default();
        let exact: Vec<usize> = numbers
            .iter()
            .copied()
            .filter(|&number| pinyin.is_some_and(|p| p.eq_ignore_ascii_case(self.entries[number].pinyin)))
            .collect();
        if exact.is_empty() { numbers.to_vec() } else { exact }
    }

    /// A sense without references, Chinese, readings and remarks in parentheses.
    fn plain(&self, sense: &str) -> String {
        let mut text = self.reference.replace_all(sense, " ").into_owned();
        text = self.han.replace_all(&text, " ").into_owned();
        text = self.brackets.replace_all(&text, " ").into_owned();
        for _ in 0..3 {
            text = self.parentheses.replace_all(&text, " ").into_owned();
        }
        text
    }

    /// The dictionary text of a headword on one line, without readings and traditional forms.
    fn text(&self, numbers: &BTreeSet<usize>, english: &[&str]) -> String {
        let mut texts: Vec<String> = Vec::new();
        if !english.is_empty() {
            texts.push(english.join(" / "));
        }
        for &number in numbers {
            let senses = self.entries[number].senses.iter().filter(|sense| !sense.starts_with("CL:"));
            let joined = senses.copied().collect::<Vec<_>>().join(" / ");
            let text = self.brackets.replace_all(&self.doubled.replace_all(&joined, ""), "").into_owned();
            if !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts.join(" | ")
    }
}

/// A gloss at its commas, and by how much each part ranks later: synonyms stand side by side, but what follows the
/// name in the gloss of a name describes it.
fn split_commas(gloss: &str, is_proper: bool) -> Vec<(&str, u8)> {
    let parts: Vec<&str> = gloss.split(", ").collect();
    if is_proper {
        return match gloss.split_once(", ") {
            Some((name, description)) => vec![(name, 0), (description, 3)],
            None => vec![(gloss, 0)],
        };
    }
    if parts.iter().all(|part| content(part).len() <= 3) {
        parts.into_iter().map(|part| (part, 0)).collect()
    } else {
        vec![(gloss, 0)]
    }
}

/// The stems of the content words of a gloss, in order, once each; of all its words when it has only stop words;
/// empty when it is too long to be a translation.
fn content(gloss: &str) -> Vec<String> {
    const LABELS: &[&str] =
        &["classifier", "surname", "idiom", "variant", "abbr", "also", "lit", "fig", "sb", "sth"];
    let words: Vec<&str> = english::words(gloss)
        .map(|(_, word)| word)
        .filter(|word| !LABELS.contains(&word.to_ascii_lowercase().as_str()))
        .collect();
    let is_content = |word: &&&str| !english::is_stop_word(word);
    let kept: Vec<&str> = match words.iter().filter(is_content).count() {
        0 if words.len() <= 3 => words,
        _ => words.iter().filter(is_content).copied().collect(),
    };
    if kept.len() > LONGEST {
        return Vec::new();
    }
    let mut stems: Vec<String> = Vec::new();
    for word in kept {
        let stem = english::stem(word);
        if !stem.is_empty() && !stems.contains(&stem) {
            stems.push(stem);
        }
    }
    stems
}
