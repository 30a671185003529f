//! A text as characters that are compared: half-width, simplified where numerals need it.

use std::sync::LazyLock;

use super::table::rows;
use crate::text::Span;

/// A text as normalised characters (half-width, simplified where numerals need it) with their byte offsets.
pub(super) struct Chars<'t> {
    pub(super) src: &'t str,
    chars: Vec<char>,
    at: Vec<usize>,
}

impl<'t> Chars<'t> {
    pub(super) fn new(src: &'t str) -> Self {
        let mut chars = Vec::with_capacity(src.len() / 2);
        let mut at = Vec::with_capacity(src.len() / 2);
        for (offset, c) in src.char_indices() {
            chars.push(if c.is_ascii() { c } else { normal(c) });
            at.push(offset);
        }
        Chars { src, chars, at }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The normalised character at `i`; NUL beyond the end.
    pub(super) fn c(&self, i: usize) -> char {
        self.chars.get(i).copied().unwrap_or('\0')
    }

    /// The character before `i`; NUL at the start.
    pub(super) fn before(&self, i: usize) -> char {
        if i == 0 { '\0' } else { self.c(i - 1) }
    }

    pub(super) fn offset(&self, i: usize) -> usize {
        self.at.get(i).copied().unwrap_or(self.src.len())
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.offset(start), self.offset(end))
    }

    /// Whether the characters from `i` on are `word`.
    pub(super) fn is(&self, i: usize, word: &str) -> bool {
        word.chars().zip(i..).all(|(c, j)| self.c(j) == c)
    }

    /// The first of `words` that stands at `i`, and where it ends.
    pub(super) fn any(&self, i: usize, words: &[&str]) -> Option<usize> {
        words.iter().find(|w| self.is(i, w)).map(|w| i + w.chars().count())
    }

    /// Whether one of `words` ends just before `i`.
    pub(super) fn any_before(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|w| {
            let n = w.chars().count();
            n <= i && self.is(i - n, w)
        })
    }

    /// Past at most four spaces.
    pub(super) fn past_space(&self, i: usize) -> usize {
        let mut j = i;
        while j < i + 4 && is_space(self.c(j)) {
            j += 1;
        }
        if is_space(self.c(j)) { i } else { j }
    }

    /// Back over at most four spaces: the index after the last character that is none.
    pub(super) fn before_space(&self, i: usize) -> usize {
        let mut j = i;
        while j > 0 && i - j < 4 && is_space(self.c(j - 1)) {
            j -= 1;
        }
        j
    }

    pub(super) fn full_width(&self, i: usize) -> bool {
        self.src[self.offset(i)..].chars().next().is_some_and(|c| !c.is_ascii())
    }
}

pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}')
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '~' | '−' | '‐' | '‑' | '‒' | '〜')
}

/// Half-width forms, and simplified forms of the characters that numerals, dates and units are made of.
fn normal(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '￥' => '¥',
        '﹣' | '−' => '-',
        FIRST..=LAST => PLAIN.get(c as usize - FIRST as usize).copied().unwrap_or(c),
        _ => c,
    }
}

/// The block of Chinese characters that most texts keep to.
const FIRST: char = '\u{4e00}';
const LAST: char = '\u{9fff}';

/// For each character of the block the one it is read as, mostly itself.
static PLAIN: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut plain: Vec<char> = (FIRST..=LAST).collect();
    for row in rows(include_str!("chars/plain.tsv")) {
        let one = |column: usize| row.get(column).and_then(|text| text.chars().next());
        if let (Some(from), Some(to)) = (one(0), one(1))
            && let Some(slot) = plain.get_mut(from as usize - FIRST as usize)
        {
            *slot = to;
        }
    }
    plain
});

/// Whether a line begins at `i`.
pub(super) fn at_start(t: &Chars<'_>, i: usize) -> bool {
    let j = t.before_space(i);
    j == 0 || t.c(j - 1) == '\n' || matches!(t.before(j), '#' | '*')
}

/// Whether a character is Chinese writing.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// `word` at `i` with spaces allowed between its characters: its end.
pub(super) fn spaced(t: &Chars<'_>, i: usize, word: &str) -> Option<usize> {
    let mut j = i;
    for c in word.chars() {
        j = t.past_space(j);
        if t.c(j) != c {
            return None;
        }
        j += 1;
    }
    Some(j)
}

/// Past a word that holds letters beyond ASCII.
pub(super) fn past_word(t: &Chars<'_>, i: usize) -> usize {
    let mut j = i;
    while t.c(j).is_alphanumeric() {
        j += 1;
    }
    j
}
