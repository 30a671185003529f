//! Numerals, and what is known of one when the words around it are asked what it counts.

mod characters;
pub(super) mod en;
pub(super) mod grammar;
mod magnitudes;
pub(super) mod zh;

use super::chars::Chars;
use super::out::{Draft, Out};
use super::{Amount, Unit, ValueKind};
use en::Part;

/// What a numeral is by its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Cardinal,
    /// twenty-first
    Ordinal,
    /// two thirds
    Fraction,
    /// nineteen ninety-four
    Year,
}

/// A numeral that has been read, in either language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeral {
    /// Where it begins, with its sign.
    pub(super) start: usize,
    /// Where its first digit or word stands.
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) value: Amount,
    /// The factor after the first digits: 10,000 in 3.5万.
    pub(super) scale: Amount,
    pub(super) form: Form,
    /// Begun by Arabic digits (Chinese), or nothing but those (English).
    pub(super) arabic: bool,
    /// How many digits, when it is Arabic digits and nothing else; or Chinese digits one by one (二〇二一).
    pub(super) run: usize,
    /// How many words, characters or groups of digits it is made of.
    pub(super) tokens: usize,
    pub(super) approximate: bool,
    /// Said with 几, or with two digits to choose from.
    pub(super) vague: bool,
    /// Nothing but the word "one", "half", "first" and the like.
    pub(super) weak: bool,
    /// The English word it is, when it is one.
    pub(super) word: Option<Part>,
    /// A currency named before it, and where.
    pub(super) money: Option<(Unit, usize)>,
}

/// What may stand around a numeral and say what it counts: adds a value and says where to read on, or `None` when
/// it is not concerned.
pub(super) type Reader = fn(&Chars<'_>, &Numeral, &mut Out<'_, '_>) -> Option<usize>;

impl Numeral {
    /// The whole number, when it is one.
    pub(super) fn int(&self) -> Option<i64> {
        self.value.as_int()
    }

    /// Whether it is one Chinese character.
    pub(super) fn lone(&self) -> bool {
        !self.arabic && self.tokens == 1
    }

    /// Whether it is 一 and nothing else.
    pub(super) fn lone_one(&self, t: &Chars<'_>) -> bool {
        self.lone() && matches!(t.c(self.at), '一' | '壹')
    }

    /// A value of this numeral that ends at `stop`.
    pub(super) fn draft(&self, kind: ValueKind, value: Amount, stop: usize) -> Draft {
        let mut d = Draft::new(kind, self.start, stop, value).approximate(self.approximate).weak(self.vague);
        d.scale = self.scale;
        d
    }

    /// The same in Chinese, where words for "about" may follow.
    pub(super) fn draft_zh(&self, t: &Chars<'_>, kind: ValueKind, value: Amount, stop: usize) -> Draft {
        let about = t.any(stop, &["左右", "上下", "多"]).is_some() && kind != ValueKind::Year;
        self.draft(kind, value, stop).approximate(about)
    }
}
