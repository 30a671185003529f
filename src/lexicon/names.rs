//! Names of persons and places in Latin letters: pinyin in either order, joined or apart, and Wade–Giles.

use std::ops::Range;

use duizhao_lexicon::layout::SYLLABLE;
use duizhao_lexicon::{DOUBLE_SURNAMES, SYLLABLES};

use super::characters::{character, is_han, readings};
use super::fold;

/// Names longer than this (in characters) are not spelt out.
const LONGEST_NAME: usize = 6;
/// Spellings listed of a name.
const MOST_SPELLINGS: usize = 32;
/// Bytes of a surname of two characters in the list.
const DOUBLE_SURNAME_BYTES: usize = 6;

/// How Chinese is written in Latin letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Romanisation {
    /// Xi Jinping
    Pinyin,
    /// Chiang Ching-kuo
    WadeGiles,
}

/// Which part of a name comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameOrder {
    /// As in Chinese: Huang Zhixiong.
    SurnameFirst,
    /// As in English: Zhixiong Huang.
    GivenFirst,
}

/// Where a name was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameMatch {
    /// Which of the words given.
    pub words: Range<usize>,
    /// Which part comes first.
    pub order: NameOrder,
    /// How it is spelt.
    pub romanisation: Romanisation,
}

/// Finds the name `han` among neighbouring English words: in either order, in one word or several, with or without
/// hyphens, apostrophes and accents, in upper or lower case. The first and shortest run of words that spells the
/// whole name is the answer; `None` when there is none, or `han` is not one to six characters with known readings.
pub fn matches_name(han: &str, words: &[&str]) -> Option<NameMatch> {
    let name = characters_of(han)?;
    let longest = name.len() * SYLLABLE;
    for start in 0..words.len() {
        let mut letters = String::new();
        for (end, word) in words.iter().enumerate().skip(start).take(name.len()) {
            letters.extend(letters_of(word));
            if letters.len() > longest {
                break;
            }
            for order in [NameOrder::SurnameFirst, NameOrder::GivenFirst] {
                if order == NameOrder::GivenFirst && name.len() == 1 {
                    continue;
                }
                let ordered = in_order(&name, order);
                for romanisation in [Romanisation::Pinyin, Romanisation::WadeGiles] {
                    if spells(&ordered, romanisation, &letters) {
                        return Some(NameMatch { words: start..end + 1, order, romanisation });
                    }
                }
            }
        }
    }
    None
}

/// Spellings of a name in pinyin, in small letters without spaces, in both orders, `v` for ü; at most 32, the
/// likelier readings first. Empty when `han` is not one to six characters with known readings.
pub fn romanisations(han: &str) -> Vec<String> {
    let Some(name) = characters_of(han) else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for order in [NameOrder::SurnameFirst, NameOrder::GivenFirst] {
        let mut spellings = vec![String::new()];
        for c in in_order(&name, order) {
            spellings = spellings
                .iter()
                .flat_map(|before| readings(c).map(move |syllable| format!("{before}{syllable}")))
                .take(MOST_SPELLINGS / 2)
                .collect();
        }
        for spelling in spellings {
            if !found.contains(&spelling) {
                found.push(spelling);
            }
        }
    }
    found
}

/// Whether the word can be read as one to four syllables of pinyin, whatever its case, hyphens, apostrophes and
/// accents. Many English words can (`China`, `women`), so it proves little alone.
pub fn is_pinyin(latin: &str) -> bool {
    let letters: String = letters_of(latin).collect();
    is_syllables(&letters, 4) && !letters.is_empty()
}

/// Whether the text is a surname, of one or two characters.
pub fn is_surname(han: &str) -> bool {
    let mut chars = han.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => character(c).is_some_and(|found| found.surname > 0),
        _ => double_surname_len(han) == Some(han.len()),
    }
}

/// The length in bytes of the two-character surname that the text begins with.
pub(super) fn double_surname_len(text: &str) -> Option<usize> {
    let key = text.get(..DOUBLE_SURNAME_BYTES)?;
    let list = DOUBLE_SURNAMES.as_bytes();
    let (mut low, mut high) = (0, list.len() / DOUBLE_SURNAME_BYTES);
    while low < high {
        let middle = low + (high - low) / 2;
        let start = middle * DOUBLE_SURNAME_BYTES;
        match list.get(start..start + DOUBLE_SURNAME_BYTES)?.cmp(key.as_bytes()) {
            std::cmp::Ordering::Equal => return Some(DOUBLE_SURNAME_BYTES),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

/// The characters of a name, without the space inside 郎　平.
fn characters_of(han: &str) -> Option<Vec<char>> {
    let name: Vec<char> = han.chars().filter(|c| !c.is_whitespace()).collect();
    let is_readable = (1..=LONGEST_NAME).contains(&name.len())
        && name.iter().all(|&c| is_han(c) && readings(c).next().is_some());
    is_readable.then_some(name)
}

fn in_order(name: &[char], order: NameOrder) -> Vec<char> {
    let mut ordered = name.to_vec();
    if order == NameOrder::GivenFirst {
        let text: String = name.iter().collect();
        let surname = if name.len() > 2 && double_surname_len(&text).is_some() { 2 } else { 1 };
        ordered.rotate_left(surname.min(name.len()));
    }
    ordered
}

fn letters_of(word: &str) -> impl Iterator<Item = char> {
    // ü is kept apart from u: `fold` would drop the dots.
    let kept: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, 'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ') { 'v' } else { c })
        .collect();
    let folded = fold(&kept);
    folded.chars().filter(char::is_ascii_alphabetic).collect::<Vec<_>>().into_iter()
}

fn spells(name: &[char], romanisation: Romanisation, letters: &str) -> bool {
    let Some((&first, rest)) = name.split_first() else { return letters.is_empty() };
    readings(first).any(|syllable| {
        let spellings = match romanisation {
            Romanisation::Pinyin => pinyin_spellings(syllable),
            Romanisation::WadeGiles => wade_giles(syllable),
        };
        spellings.iter().any(|spelling| {
            letters.strip_prefix(spelling.as_str()).is_some_and(|after| spells(rest, romanisation, after))
        })
    })
}

/// ü is typed in several ways: Lü, Lv, Lu, Lyu.
fn pinyin_spellings(syllable: &str) -> Vec<String> {
    if syllable.contains('v') {
        ["v", "u", "yu", "ue"].iter().map(|written| syllable.replace('v', written)).collect()
    } else {
        vec![syllable.to_owned()]
    }
}

/// The spellings of a pinyin syllable in Wade–Giles, without apostrophes and dots, as print mostly has them.
fn wade_giles(syllable: &str) -> Vec<String> {
    let whole = match syllable {
        "yi" => "i",
        "yan" => "yen",
        "ye" => "yeh",
        "you" => "yu",
        "yong" => "yung",
        "yue" => "yueh",
        "er" => "erh",
        "zi" | "ci" => "tzu",
        "si" => return vec!["ssu".to_owned(), "szu".to_owned()],
        "zhi" | "chi" => "chih",
        "shi" => "shih",
        "ri" => "jih",
        "e" => return vec!["e".to_owned(), "o".to_owned()],
        _ => "",
    };
    if !whole.is_empty() {
        return vec![whole.to_owned()];
    }
    let is_initial = |c: char| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'v');
    let (initial, last) = syllable.split_at(syllable.find(|c| !is_initial(c)).unwrap_or(syllable.len()));
    let written = match initial {
        "b" => "p",
        "d" => "t",
        "g" => "k",
        "zh" | "j" | "q" => "ch",
        "x" => "hs",
        "r" => "j",
        "z" | "c" => "ts",
        other => other,
    };
    let last = match (initial, last) {
        (_, "ian") => "ien",
        (_, "ie") => "ieh",
        ("j" | "q" | "x", "ue") | (_, "ve") => "ueh",
        (_, "ong") => "ung",
        (_, "iong") => "iung",
        ("g" | "k" | "h" | "sh", "uo") => "uo",
        (_, "uo") => "o",
        ("g" | "k", "ui") => "uei",
        ("g" | "k" | "h", "e") => "o",
        (_, "v") => "u",
        (_, other) => other,
    };
    vec![format!("{written}{last}")]
}

fn is_syllables(letters: &str, most: usize) -> bool {
    letters.is_empty()
        || most > 0
            && (1..=letters.len().min(SYLLABLE)).rev().any(|len| {
                let (head, rest) = letters.split_at(len);
                is_syllable(head) && is_syllables(rest, most - 1)
            })
}

fn is_syllable(letters: &str) -> bool {
    let (mut low, mut high) = (0, SYLLABLES.len() / SYLLABLE);
    while low < high {
        let middle = low + (high - low) / 2;
        let start = middle * SYLLABLE;
        let Some(syllable) = SYLLABLES.get(start..start + SYLLABLE) else { return false };
        match syllable.trim_end().cmp(letters) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_they_are_written() {
        use NameOrder::{GivenFirst, SurnameFirst};
        use Romanisation::{Pinyin, WadeGiles};
        for (han, english, words, order, romanisation) in [
            ("黄志雄", "Professor Zhixiong Huang of", 1..3, GivenFirst, Pinyin),
            ("黄志雄", "Huang Zhixiong", 0..2, SurnameFirst, Pinyin),
            ("黃志雄", "HUANG Zhi-xiong", 0..2, SurnameFirst, Pinyin),
            ("黄志雄", "ZhixiongHuang", 0..1, GivenFirst, Pinyin),
            ("习近平", "Xi Jinping", 0..2, SurnameFirst, Pinyin),
            ("西安", "in Xi'an", 1..2, SurnameFirst, Pinyin),
            ("西安", "Xi’an", 0..1, SurnameFirst, Pinyin),
            ("郎  平", "Lang Ping", 0..2, SurnameFirst, Pinyin),
            ("吕布", "Lü Bu", 0..2, SurnameFirst, Pinyin),
            ("吕布", "Lyu Bu", 0..2, SurnameFirst, Pinyin),
            ("欧阳修", "Xiu Ouyang", 0..2, GivenFirst, Pinyin),
            ("蒋经国", "Chiang Ching-kuo", 0..2, SurnameFirst, WadeGiles),
            ("周恩来", "Chou En-lai", 0..2, SurnameFirst, WadeGiles),
            ("毛泽东", "Mao Tse-tung", 0..2, SurnameFirst, WadeGiles),
        ] {
            let split: Vec<&str> = english.split(' ').collect();
            let expected = NameMatch { words, order, romanisation };
            assert_eq!(matches_name(han, &split), Some(expected), "{han} {english}");
        }
    }

    #[test]
    fn other_names_are_not_found() {
        for (han, english) in
            [("黄志雄", "Huang Zhiqiang"), ("黄志雄", "Zhixiong"), ("尼古拉斯", "Nicholas"), ("", "Xi")]
        {
            let split: Vec<&str> = english.split(' ').collect();
            assert_eq!(matches_name(han, &split), None, "{han} {english}");
        }
    }

    #[test]
    fn spellings_are_listed() {
        let found = romanisations("黄志雄");
        assert!(found.contains(&"huangzhixiong".to_owned()) && found.contains(&"zhixionghuang".to_owned()));
        assert!(romanisations("曾国藩").contains(&"zengguofan".to_owned()));
        assert!(romanisations("abc").is_empty());
    }

    #[test]
    fn pinyin_is_recognised() {
        for word in ["Zhixiong", "Xi'an", "Lü", "Huang", "Zhi-xiong"] {
            assert!(is_pinyin(word), "{word}");
        }
        for word in ["Smith", "sovereignty", "", "网络", "5G"] {
            assert!(!is_pinyin(word), "{word}");
        }
    }

    #[test]
    fn surnames_are_known() {
        assert!(["黄", "黃", "欧阳", "歐陽", "司马"].iter().all(|name| is_surname(name)));
        assert!(["", "的", "网络", "黄志雄"].iter().all(|name| !is_surname(name)));
    }
}
