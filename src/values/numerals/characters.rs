//! What Chinese characters are to a numeral, one by one, and the numeral that is made of them.

use crate::values::Amount;
use crate::words::characters;

/// The digit that a character stands for; 两 and 俩 are 2, 仨 is 3.
pub(in crate::values) fn digit(c: char) -> Option<i64> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' | '俩' => 2,
        '三' | '叁' | '仨' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

pub(in crate::values) fn small_magnitude(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

pub(in crate::values) fn big_magnitude(c: char) -> Option<i64> {
    Some(match c {
        '万' => 10_000,
        '亿' => 100_000_000,
        '兆' => 1_000_000_000_000,
        _ => return None,
    })
}

pub(in crate::values) fn is_numeral(c: char) -> bool {
    digit(c).is_some() || small_magnitude(c).is_some() || big_magnitude(c).is_some()
}

/// Words that count what follows a numeral.
pub(in crate::values) const CLASSIFIERS: &[char] = characters!("classifier");

/// A numeral as read at one place.
#[derive(Clone, Copy)]
pub(in crate::values) struct Num {
    pub(in crate::values) value: Amount,
    pub(in crate::values) end: usize,
    pub(in crate::values) approximate: bool,
    pub(in crate::values) vague: bool,
    /// Begun by Arabic digits.
    pub(in crate::values) arabic: bool,
    /// How many digits, when it is Arabic digits and nothing else; or Chinese digits one by one (二〇二一).
    pub(in crate::values) run: usize,
    /// How many characters or digit groups it is made of.
    pub(in crate::values) tokens: usize,
    /// The factor after the first digits: 10,000 in 3.5万.
    pub(in crate::values) scale: Amount,
}
