//! What is known of single characters: their simplified form, their readings, their use in names.

use std::borrow::Cow;

use duizhao_lexicon::layout::{Character, SYLLABLE};
use duizhao_lexicon::{CHARACTERS, READINGS, SYLLABLES};

/// Whether the character is Han: ideographs with their extensions and compatibility forms, and 〇.
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3007 | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// The text with every character in the form under which the lexicon files it, usually the simplified one. Each
/// character keeps its length in UTF-8, so offsets into the result are offsets into `text`.
///
/// It serves comparisons, not readers: 著 becomes 着, also in 著名.
pub fn simplify(text: &str) -> Cow<'_, str> {
    let Some(first) = text.char_indices().find(|&(_, c)| simplify_char(c) != c).map(|(at, _)| at) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    out.extend(text[first..].chars().map(simplify_char));
    Cow::Owned(out)
}

/// The readings of a character in pinyin without tones, `v` for ü, the commonest first; none when it is not known.
pub fn readings(c: char) -> impl Iterator<Item = &'static str> {
    let start = character(c).map_or(0, |found| usize::from(found.readings));
    let count = READINGS.get(start).copied().unwrap_or(0);
    (0..usize::from(count)).filter_map(move |place| {
        let at = start + 1 + 2 * place;
        let number = u16::from_le_bytes([*READINGS.get(at)?, *READINGS.get(at + 1)?]);
        let start = usize::from(number) * SYLLABLE;
        Some(SYLLABLES.get(start..start + SYLLABLE)?.trim_end())
    })
}

pub(super) fn character(c: char) -> Option<Character> {
    Character::find(CHARACTERS, c)
}

pub(super) fn simplify_char(c: char) -> char {
    character(c).and_then(|found| char::from_u32(u32::from(found.simplified))).unwrap_or(c)
}
