//! English words around a numeral, and the part a word plays in one.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Amount;
use super::chars::Chars;
use super::table::rows;

/// A word in lower case, if it is short enough to matter.
pub(super) struct Lower {
    pub(super) bytes: [u8; 16],
    pub(super) len: usize,
}

impl Lower {
    pub(super) fn of(t: &Chars<'_>, from: usize, to: usize) -> Option<Lower> {
        let len = to.checked_sub(from).filter(|n| (1..=16).contains(n))?;
        let mut bytes = [0; 16];
        for (slot, j) in bytes.iter_mut().zip(from..to) {
            *slot = u8::try_from(t.c(j).to_ascii_lowercase()).ok().filter(u8::is_ascii)?;
        }
        Some(Lower { bytes, len })
    }

    pub(super) fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }
}

/// What a word or a group of digits is to a numeral.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Part {
    Digits(Amount),
    /// zero to nineteen
    Unit(i64),
    /// twenty to ninety
    Tens(i64),
    Hundred,
    /// thousand and above, as a power of ten
    Scale(i32),
    Dozen,
    /// third, twelfth: below twenty
    Nth(i64),
    TensNth(i64),
    HundredNth,
    ScaleNth(i32),
    A,
    And,
    Point,
    Half,
    Quarter,
    Of,
    Over,
    Out,
}

impl Part {
    /// The part that the table of words calls `kind`, with its number.
    fn named(kind: &str, n: i64) -> Option<Part> {
        Some(match kind {
            "unit" => Part::Unit(n),
            "tens" => Part::Tens(n),
            "hundred" => Part::Hundred,
            "scale" => Part::Scale(i32::try_from(n).ok()?),
            "dozen" => Part::Dozen,
            "nth" => Part::Nth(n),
            "tens-nth" => Part::TensNth(n),
            "hundredth" => Part::HundredNth,
            "scale-th" => Part::ScaleNth(i32::try_from(n).ok()?),
            "a" => Part::A,
            "and" => Part::And,
            "point" => Part::Point,
            "half" => Part::Half,
            "quarter" => Part::Quarter,
            "of" => Part::Of,
            "over" => Part::Over,
            "out" => Part::Out,
            _ => return None,
        })
    }
}

/// What a word can be to a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Role {
    /// A part of a numeral, and whether it is in the plural.
    Numeral(Part, bool),
    /// twice, tripled
    Multiple(i64),
    /// nineties
    Decade(i64),
    /// both, bilateral, another: a small number that is in the word
    Within(i64),
    /// firstly
    Rank(i64),
    /// Monday, as 1
    Weekday(i64),
    /// weekend: from its first day to its last
    Days([i64; 2]),
    /// noon, midnight
    Hour(i64),
    /// weekly: per which unit
    Rate(&'static str),
    /// early: where the middle of the part lies
    Part(Amount),
}

/// The roles of the words in [the table](self), which are in lower case.
static ROLES: LazyLock<FxHashMap<&'static str, Role>> = LazyLock::new(|| {
    let mut roles = FxHashMap::default();
    for row in rows(include_str!("words/en.tsv")) {
        let &[kind, number, words, plurals] = &row[..] else { continue };
        let n = number.parse().unwrap_or(0);
        let role = |plural: bool| {
            Some(match kind {
                "multiple" => Role::Multiple(n),
                "decade" => Role::Decade(n),
                "within" => Role::Within(n),
                "rank" => Role::Rank(n),
                "weekday" => Role::Weekday(n),
                "days" => {
                    let (first, last) = number.split_once('-')?;
                    Role::Days([first.parse().ok()?, last.parse().ok()?])
                }
                "hour" => Role::Hour(n),
                "rate" => Role::Rate(number),
                "part" => Role::Part(Amount::parse(number)?),
                _ => Role::Numeral(Part::named(kind, n)?, plural),
            })
        };
        for (list, plural) in [(words, false), (plurals, true)] {
            for word in list.split_whitespace() {
                roles.extend(role(plural).map(|role| (word, role)));
            }
        }
    }
    roles
});

/// What a word in lower case can be to a value.
pub(super) fn role(word: &str) -> Option<Role> {
    ROLES.get(word).copied()
}

/// The part that a word plays in a numeral, and whether it is in the plural.
pub(super) fn part(word: &str) -> Option<(Part, bool)> {
    match role(word)? {
        Role::Numeral(part, plural) => Some((part, plural)),
        _ => None,
    }
}

/// The months by their English names and abbreviations (without their points), as they are written.
static MONTHS: LazyLock<FxHashMap<&'static str, i64>> = LazyLock::new(|| {
    let mut months = FxHashMap::default();
    for (row, month) in rows(include_str!("words/months.tsv")).zip(1..) {
        months.extend(row.into_iter().flat_map(str::split_whitespace).map(|name| (name, month)));
    }
    months
});

/// The month that an English name or abbreviation (without its point) means; capital first letter.
pub(super) fn month_named(word: &str) -> Option<i64> {
    MONTHS.get(word).copied()
}

/// One past the ASCII letters at `i`.
pub(super) fn word_end(t: &Chars<'_>, i: usize) -> usize {
    let mut j = i;
    while t.c(j).is_ascii_alphabetic() {
        j += 1;
    }
    j
}

/// The word at `i` in lower case, and its end.
pub(super) fn lower_at(t: &Chars<'_>, i: usize) -> Option<(Lower, usize)> {
    let end = word_end(t, i);
    if t.c(end).is_alphanumeric() || t.c(end) == '_' {
        return None;
    }
    Some((Lower::of(t, i, end)?, end))
}

/// Whether the word that ends before `i` (spaces between) is one of `words`; any case.
pub(super) fn word_before(t: &Chars<'_>, i: usize, words: &[&str]) -> bool {
    let end = t.before_space(i);
    let mut start = end;
    while start > 0 && t.c(start - 1).is_ascii_alphabetic() && end - start < 16 {
        start -= 1;
    }
    Lower::of(t, start, end).is_some_and(|w| words.contains(&w.as_str()))
}

/// Whether the next word after `i` (spaces or one hyphen between) is one of `words`, and its end.
pub(super) fn word_after(t: &Chars<'_>, i: usize, words: &[&str]) -> Option<usize> {
    let k = after_joint(t, i);
    let (w, end) = lower_at(t, k)?;
    words.contains(&w.as_str()).then_some(end)
}

pub(super) fn after_joint(t: &Chars<'_>, i: usize) -> usize {
    if matches!(t.c(i), '-' | '‑' | '‐') { i + 1 } else { t.past_space(i) }
}
