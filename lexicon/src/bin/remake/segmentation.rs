//! The segmentation index: jieba's words, the headwords of CC-CEDICT and the names of places, with costs.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use duizhao_lexicon::layout::{COST_SCALE, Pos, WordValue};

use crate::cedict::Entry;
use crate::characters::Characters;
use crate::places::Name;
use crate::renderings::Renderings;
use crate::{Files, fst_map, is_han};

/// The cost of a headword that jieba has not counted: rarer than what was counted least.
const UNCOUNTED: f32 = 17.5;
/// How much cheaper a headword is made than its cheapest parts, so that it stays whole.
const WHOLE: f32 = 0.25;
/// How often jieba must have counted a word for it to be common.
const COMMON: u64 = 300;
/// The cost of a single character that jieba has not counted.
const UNKNOWN_CHARACTER: f32 = 18.0;

/// jieba's dictionary: word, count, tag.
pub(crate) struct Jieba<'a> {
    pub(crate) words: Vec<(&'a str, u64, &'a str)>,
    index: BTreeMap<&'a str, usize>,
}

impl Jieba<'_> {
    /// Whether it has the word.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.index.contains_key(word)
    }

    /// How often it counted the word.
    pub(crate) fn count(&self, word: &str) -> u64 {
        self.index.get(word).map_or(0, |&at| self.words[at].1)
    }

    /// Whether nothing speaks against the word being the name of a place.
    pub(crate) fn may_be_place(&self, word: &str) -> bool {
        self.index.get(word).is_none_or(|&at| matches!(self.words[at].2, "ns" | "nz" | "nrt" | "nt"))
    }
}

/// Reads `word count tag` lines.
pub(crate) fn parse_jieba(text: &str) -> Result<Jieba<'_>> {
    let mut words = Vec::new();
    for line in text.lines() {
        let mut fields = line.rsplitn(3, ' ');
        let (tag, count, word) = (fields.next(), fields.next(), fields.next());
        let (Some(tag), Some(count), Some(word)) = (tag, count, word) else { continue };
        words.push((word, count.parse().with_context(|| format!("jieba: no count in {line}"))?, tag));
    }
    let index = words.iter().enumerate().map(|(at, &(word, _, _))| (word, at)).collect();
    Ok(Jieba { words, index })
}

/// Writes `words.fst`.
pub(crate) fn write(
    entries: &[Entry<'_>],
    jieba: &Jieba<'_>,
    names: &[Name],
    renderings: &Renderings,
    characters: &Characters,
    files: &mut Files,
) -> Result<()> {
    let particles: BTreeSet<char> = jieba
        .words
        .iter()
        .filter(|word| word.2.starts_with('u') && word.0.chars().count() == 1)
        .flat_map(|word| word.0.chars())
        .collect();
    let total: u64 = jieba.words.iter().map(|&(_, count, _)| count).sum();
    let mut headwords: BTreeMap<String, Pos> = BTreeMap::new();
    let (mut proper, mut common) = (BTreeMap::new(), BTreeSet::new());
    for entry in entries {
        for headword in entry.headwords().filter(|word| is_word(word)) {
            let slot = headwords.entry(characters.simplify(headword)).or_insert(Pos::Other);
            // A common meaning goes before a name, whatever their order.
            if *slot == Pos::Other || slot.is_name() && !entry.is_proper() {
                *slot = pos_of_entry(entry);
            }
            if entry.is_proper() && !entry.is_surname() {
                proper.entry(characters.simplify(headword)).or_insert_with(|| pos_of_entry(entry));
            } else {
                common.insert(characters.simplify(headword));
            }
        }
    }
    for name in names.iter().filter(|name| is_word(&name.chinese)) {
        let pos = if name.is_place { Pos::Place } else { Pos::Noun };
        headwords.entry(characters.simplify(&name.chinese)).or_insert(pos);
    }
    // what is made of other words means what they mean: 上诉法院
    let own = renderings.words().filter(|word| is_word(word) && !is_compound(word, &headwords, false));
    for word in own.map(str::to_owned).collect::<Vec<_>>() {
        headwords.entry(word).or_insert(Pos::Noun);
    }
    let persons = characters.persons(jieba);
    let mut counted: BTreeMap<String, (u64, u64, Pos)> = BTreeMap::new();
    for &(word, count, tag) in jieba.words.iter().filter(|(word, _, _)| is_word(word)) {
        let word = characters.simplify(word);
        let mut pos = pos_of_tag(tag);
        // 国家主权 is in the list as one word, but what it means is what its parts mean.
        if tag != "i" && is_compound(&word, &headwords, pos.is_name()) {
            continue;
        }
        if pos.is_name()
            && !headwords.contains_key(&word)
            && is_common_word_and_more(&word, &common, &proper, jieba)
        {
            continue;
        }
        if tag == "nr" && !headwords.contains_key(&word) && !persons.may_be(&word) {
            continue;
        }
        // jieba takes many a common word for a name, and 美 for the country.
        let is_certain = match proper.get(&word) {
            Some(_) if word.chars().count() == 1 => false,
            Some(&proper) => (proper == Pos::Person) == (pos == Pos::Person),
            None => false,
        };
        if pos.is_name()
            && !is_certain
            && common.contains(&word)
            && let Some(&common) = headwords.get(&word).filter(|pos| !pos.is_name() && **pos != Pos::Other)
        {
            pos = common;
        }
        let slot = counted.entry(word).or_insert((0, 0, Pos::Other));
        slot.0 += count;
        // The part of speech of the commonest spelling, unless its tag says nothing.
        if pos != Pos::Other && count >= slot.1 {
            (slot.1, slot.2) = (count, pos);
        }
    }
    let mut words: BTreeMap<String, (f32, Pos)> = counted
        .into_iter()
        .map(|(word, (count, _, pos))| {
            let cost = (total as f32 / count.max(1) as f32).ln();
            (word, (cost, pos))
        })
        .collect();
    let counted: BTreeMap<String, f32> =
        words.iter().map(|(word, &(cost, _))| (word.clone(), cost)).collect();
    for (word, pos) in headwords {
        let length = word.chars().count();
        let mut cost = match length {
            1 => UNKNOWN_CHARACTER,
            _ => UNCOUNTED,
        };
        // Two characters lose against two words when they are only a name, or one is a particle (中的, 到了).
        if length >= 3
            || length == 2 && common.contains(&word) && !word.chars().any(|c| particles.contains(&c))
        {
            cost = cost.min(split_cost(&word, &counted) - WHOLE);
        }
        let slot = words.entry(word).or_insert((cost, pos));
        slot.0 = slot.0.min(cost);
        if slot.1 == Pos::Other {
            slot.1 = pos;
        }
    }
    let values = words.iter().map(|(word, &(cost, pos))| {
        let cost = (cost * COST_SCALE).round().clamp(0.0, 255.0) as u8;
        (word.as_str(), WordValue { cost, pos }.pack())
    });
    files.insert("words.fst", fst_map(values)?);
    Ok(())
}

/// The cost of the cheapest way to write `word` with two or more counted words.
fn split_cost(word: &str, counted: &BTreeMap<String, f32>) -> f32 {
    let bounds: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let mut best = vec![f32::INFINITY; bounds.len()];
    best[0] = 0.0;
    for end in 1..bounds.len() {
        for start in 0..end {
            let part = &word[bounds[start]..bounds[end]];
            let cost = match counted.get(part) {
                _ if part == word => continue,
                Some(&cost) => cost,
                None if end - start == 1 => UNKNOWN_CHARACTER,
                None => continue,
            };
            best[end] = best[end].min(best[start] + cost);
        }
    }
    best[bounds.len() - 1]
}

/// Whether the word is no headword itself but made of headwords of two characters and more; no part may be a name
/// when the whole is said to be one.
fn is_compound(word: &str, headwords: &BTreeMap<String, Pos>, is_name: bool) -> bool {
    let bounds: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    if bounds.len() < 5 || headwords.contains_key(word) {
        return false;
    }
    let is_part = |part: &str| headwords.get(part).is_some_and(|pos| !is_name || !pos.is_name());
    let mut reached = vec![false; bounds.len()];
    reached[0] = true;
    for end in 2..bounds.len() {
        reached[end] = (0..end - 1).any(|start| reached[start] && is_part(&word[bounds[start]..bounds[end]]));
    }
    reached[bounds.len() - 1]
}

/// Whether three characters taken for a name are a common word of two and one more: 文明史, 安全法.
fn is_common_word_and_more(
    word: &str,
    common: &BTreeSet<String>,
    proper: &BTreeMap<String, Pos>,
    jieba: &Jieba<'_>,
) -> bool {
    let Some((third, _)) = word.char_indices().nth(2) else { return false };
    let is_three = word.chars().count() == 3;
    let is_common =
        |part: &str| common.contains(part) && !proper.contains_key(part) && jieba.count(part) >= COMMON;
    is_three && is_common(&word[..third])
}

fn is_word(word: &str) -> bool {
    word.chars().any(is_han) && word.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric() || c == '·')
}

fn pos_of_tag(tag: &str) -> Pos {
    match tag {
        "nr" | "nrt" | "nrfg" => Pos::Person,
        "ns" => Pos::Place,
        "nt" => Pos::Organisation,
        "nz" => Pos::Proper,
        "i" => Pos::Idiom,
        "m" | "mq" | "mg" => Pos::Numeral,
        "q" | "vq" => Pos::Measure,
        "vn" | "an" | "l" | "j" | "s" | "t" | "tg" | "f" => Pos::Noun,
        "ad" | "vd" => Pos::Adverb,
        "z" | "b" => Pos::Adjective,
        "df" | "o" => Pos::Adverb,
        "zg" | "g" | "x" => Pos::Other,
        _ if tag.starts_with('n') => Pos::Noun,
        _ if tag.starts_with('v') => Pos::Verb,
        _ if tag.starts_with('a') => Pos::Adjective,
        _ if tag.starts_with('d') => Pos::Adverb,
        _ if tag.starts_with(['r', 'p', 'c', 'u', 'y', 'e', 'h', 'k']) => Pos::Function,
        _ => Pos::Other,
    }
}

/// What the glosses of a headword say of its part of speech.
fn pos_of_entry(entry: &Entry<'_>) -> Pos {
    let Some(first) = entry.senses.iter().find(|sense| !sense.starts_with("CL:")) else { return Pos::Other };
    if entry.is_surname() {
        return Pos::Other;
    }
    if entry.is_proper() {
        let words: BTreeSet<&str> = first.split(|c: char| !c.is_alphanumeric()).collect();
        let is_place =
            ["county", "city", "district", "prefecture", "province", "capital", "country", "town", "river"]
                .iter()
                .chain(&[
                    "mountain", "island", "region", "state", "County", "City", "District", "River", "Island",
                ])
                .any(|word| words.contains(word));
        let is_person = first
            .split('(')
            .nth(1)
            .is_some_and(|remark| remark.starts_with(|c: char| c.is_ascii_digit()) && remark.contains('-'));
        return match (is_person, is_place) {
            (true, _) => Pos::Person,
            (_, true) => Pos::Place,
            _ => Pos::Proper,
        };
    }
    if first.contains("(idiom)") {
        Pos::Idiom
    } else if first.starts_with("to ") || first.contains(") to ") {
        Pos::Verb
    } else if first.starts_with("classifier ") {
        Pos::Measure
    } else if entry.senses.iter().all(|sense| sense.contains("variant of") || sense.starts_with("see ")) {
        Pos::Other
    } else {
        Pos::Noun
    }
}
