//! What a Chinese word may mean in English, by stem.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use duizhao_lexicon::layout::{Posting, TEXT_BLOCK, postings_of, read_u32};
use duizhao_lexicon::{
    HEADWORDS, POSTINGS, POSTINGS_INDEX, RENDERED, RENDERED_ENDS, STEM_ENDS, STEM_TEXTS, STEMS, TEXT_ENDS,
    TEXTS, layout,
};
use fst::Map;

use super::characters::simplify;

// `None` would mean a damaged build; the test `indices_open` proves that it does not happen.
static HEADWORD_MAP: LazyLock<Option<Map<&[u8]>>> = LazyLock::new(|| Map::new(HEADWORDS).ok());
static STEM_MAP: LazyLock<Option<Map<&[u8]>>> = LazyLock::new(|| Map::new(STEMS).ok());

/// The number of an English stem that occurs in glosses, below [`stem_count`]; common stems have small numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StemId(pub u32);

/// One English stem that may render a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gloss {
    /// The stem.
    pub stem: StemId,
    /// The rank of the best gloss it stands in, from 0 to 15: the first sense is the commonest.
    pub rank: u8,
    /// How many content words that gloss has, from 1 to 15.
    pub words: u8,
    /// The gloss is of a part of the word asked for, not of the whole.
    pub part: bool,
}

/// The glosses of one word, each stem once, by rank and then by number of words.
#[derive(Debug, Clone, Default)]
pub struct Glosses {
    body: &'static [u8],
}

impl Iterator for Glosses {
    type Item = Gloss;

    fn next(&mut self) -> Option<Gloss> {
        let (Posting { stem, rank, words }, rest) = layout::read_posting(self.body)?;
        self.body = rest;
        Some(Gloss { stem: StemId(stem), rank, words, part: false })
    }
}

/// The glosses of a word in either script; none when the lexicon has no such headword.
pub fn glosses(word: &str) -> Glosses {
    let body = record(word).and_then(|record| postings_of(POSTINGS, POSTINGS_INDEX, record));
    Glosses { body: body.unwrap_or_default() }
}

/// The glosses of a word, or else those of the fewest parts that it can be cut into, longer parts rather than
/// single characters; characters without an entry are passed over. Each stem occurs once, with its best rank.
pub fn glosses_or_parts(word: &str) -> Vec<Gloss> {
    let whole: Vec<Gloss> = glosses(word).collect();
    if !whole.is_empty() {
        return whole;
    }
    let mut best: BTreeMap<StemId, Gloss> = BTreeMap::new();
    for part in parts(word) {
        for gloss in glosses(part) {
            let slot = best.entry(gloss.stem).or_insert(gloss);
            if (gloss.rank + gloss.words, gloss.rank) < (slot.rank + slot.words, slot.rank) {
                *slot = gloss;
            }
        }
    }
    let mut found: Vec<Gloss> = best.into_values().map(|gloss| Gloss { part: true, ..gloss }).collect();
    found.sort_by_key(|gloss| (gloss.rank, gloss.words, gloss.stem));
    found
}

/// The number of a stem as [`stem`](super::stem) gives it; `None` when no gloss has it.
pub fn stem_id(stem: &str) -> Option<StemId> {
    Some(StemId(u32::try_from(STEM_MAP.as_ref()?.get(stem)?).ok()?))
}

/// The text of a stem; empty when there is no such number.
pub fn stem_text(stem: StemId) -> &'static str {
    let index = stem.0 as usize;
    let start = index.checked_sub(1).map_or(Some(0), |before| read_u32(STEM_ENDS, before));
    let (Some(start), Some(end)) = (start, read_u32(STEM_ENDS, index)) else { return "" };
    STEM_TEXTS.get(start as usize..end as usize).unwrap_or_default()
}

/// Whether a simplified character stands in a short word that a stem may render.
pub fn is_of_renderings(c: char, stem: StemId) -> bool {
    let index = stem.0 as usize;
    let start = index.checked_sub(1).map_or(Some(0), |before| read_u32(RENDERED_ENDS, before));
    let (Some(start), Some(end)) = (start, read_u32(RENDERED_ENDS, index)) else { return false };
    let Ok(c) = u16::try_from(u32::from(c)) else { return false };
    let characters = RENDERED.get(start as usize..end as usize).unwrap_or_default();
    characters.chunks_exact(2).any(|bytes| bytes == c.to_le_bytes())
}

/// How many stems there are: one more than the largest number.
pub fn stem_count() -> u32 {
    (STEM_ENDS.len() / 4) as u32
}

/// What the dictionary says of a word, on one line: senses parted by ` / `, entries by ` | `. `None` when the
/// lexicon has no such headword.
pub fn explain(word: &str) -> Option<String> {
    let record = record(word)?;
    let block = record / TEXT_BLOCK;
    let start = block.checked_sub(1).map_or(Some(0), |before| read_u32(TEXT_ENDS, before))?;
    let end = read_u32(TEXT_ENDS, block)?;
    let texts = miniz_oxide::inflate::decompress_to_vec(TEXTS.get(start as usize..end as usize)?).ok()?;
    let text = texts.split(|&byte| byte == b'\n').nth(record % TEXT_BLOCK)?;
    Some(String::from_utf8_lossy(text).into_owned())
}

/// The record of a headword as written, or else as filed.
fn record(word: &str) -> Option<usize> {
    let map = HEADWORD_MAP.as_ref()?;
    let filed = || match simplify(word) {
        Cow::Borrowed(_) => None,
        Cow::Owned(filed) => map.get(filed),
    };
    map.get(word).or_else(filed).and_then(|record| usize::try_from(record).ok())
}

/// Words longer than this are cut only at their beginning: no headword is as long.
const LONGEST_PART: usize = 12;

/// The fewest headwords that cover the word; among as few, the ones with the fewest single characters.
fn parts(word: &str) -> Vec<&str> {
    let bounds: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    // For each bound: how many characters without entry, how many parts, how many single characters; and the
    // bound before.
    let mut best = vec![((usize::MAX, 0, 0), 0, false); bounds.len()];
    best[0].0 = (0, 0, 0);
    for end in 1..bounds.len() {
        for start in end.saturating_sub(LONGEST_PART)..end {
            let is_known = record(&word[bounds[start]..bounds[end]]).is_some();
            let is_single = end - start == 1;
            if !is_known && !is_single {
                continue;
            }
            let (unknown, count, singles) = best[start].0;
            let key = (unknown + usize::from(!is_known), count + 1, singles + usize::from(is_single));
            if key < best[end].0 {
                best[end] = (key, start, is_known);
            }
        }
    }
    let mut found = Vec::new();
    let mut end = bounds.len() - 1;
    while end > 0 {
        let (_, start, is_known) = best[end];
        if is_known {
            found.push(&word[bounds[start]..bounds[end]]);
        }
        end = start;
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{is_han, stem};

    #[test]
    fn indices_open() {
        assert!(HEADWORD_MAP.is_some());
        assert!(STEM_MAP.is_some());
        assert_eq!(stem_count() as usize, STEM_MAP.as_ref().map_or(0, |map| map.len()));
    }

    #[test]
    fn every_stem_has_its_number_and_text() {
        for number in 0..stem_count() {
            let text = stem_text(StemId(number));
            assert_eq!(stem_id(text), Some(StemId(number)), "{text}");
        }
        assert_eq!(stem_text(StemId(stem_count())), "");
    }

    #[test]
    fn words_have_glosses() {
        for (word, english, rank) in [
            ("主权", "sovereignty", 0),
            ("主權", "sovereignty", 0),
            ("网络", "network", 1),
            ("網路", "internet", 1),
            ("儿童", "children", 0),
            ("中国", "China", 0),
            ("打", "strike", 3),
            ("防长", "defence", 2),
            ("沙特阿拉伯", "Saudi", 0),
            ("密西沙加", "Mississauga", 0),
            ("说", "said", 1),
            ("説", "said", 2),
            ("後", "after", 4),
        ] {
            let id = stem_id(&stem(english));
            let found = glosses(word).find(|gloss| Some(gloss.stem) == id);
            assert!(found.is_some_and(|gloss| gloss.rank <= rank), "{word} {english}: {:?}", listing(word));
        }
    }

    #[test]
    fn characters_stand_in_what_a_stem_renders() {
        for (c, english, known) in [('静', "silence", true), ('礼', "funeral", true), ('河', "fire", false)]
        {
            let id = stem_id(&stem(english)).expect("is a stem");
            assert_eq!(is_of_renderings(c, id), known, "{c} {english}");
        }
    }

    #[test]
    fn our_own_renderings_are_in_order_and_in_the_index() {
        let rows =
            include_str!("../../lexicon/source/renderings.tsv").lines().filter(|row| !row.starts_with('#'));
        let mut before = "";
        for row in rows {
            let (word, renderings) = row.split_once('\t').expect("a tab");
            assert!(before < word && word.chars().all(is_han), "{word} after {before}");
            before = word;
            for rendering in renderings.split(' ') {
                let own = rendering.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '\'' | '-'));
                assert!(own && !rendering.is_empty(), "{row}");
            }
            assert!(glosses(word).next().is_some(), "{word} means nothing");
        }
        for (word, english) in
            [("出租人", "landlord"), ("旅客", "passenger"), ("退款", "refund"), ("发展", "growth")]
        {
            let id = stem_id(&stem(english));
            assert!(
                glosses(word).any(|gloss| Some(gloss.stem) == id),
                "{word} {english}: {:?}",
                listing(word)
            );
        }
    }

    #[test]
    fn what_is_written_decides_between_characters_that_one_simplified_form_joins() {
        let queen = stem_id(&stem("empress"));
        assert!(glosses("后").any(|gloss| Some(gloss.stem) == queen));
        assert!(!glosses("後").any(|gloss| Some(gloss.stem) == queen), "{:?}", listing("後"));
    }

    #[test]
    fn parts_explain_what_no_entry_has() {
        assert_eq!(glosses("网络空间主权").count(), 0);
        assert_eq!(parts("网络空间主权"), ["网络空间", "主权"]);
        let found = glosses_or_parts("网络空间主权");
        assert!(found.iter().all(|gloss| gloss.part));
        assert!(found.iter().any(|gloss| stem_text(gloss.stem) == stem("sovereignty")));
        assert_eq!(glosses_or_parts("").len(), 0);
        assert_eq!(glosses_or_parts("qq").len(), 0);
    }

    #[test]
    fn explanations_are_the_text_of_the_entry() {
        assert_eq!(explain("主权").as_deref(), Some("sovereignty"));
        assert!(explain("网络").is_some_and(|text| text.contains("network")));
        assert_eq!(explain("不存在的词语"), None);
    }

    fn listing(word: &str) -> Vec<(&'static str, u8, u8)> {
        glosses(word).map(|gloss| (stem_text(gloss.stem), gloss.rank, gloss.words)).collect()
    }
}
