//! The words and digits that English numerals are made of.

use crate::values::chars::{Chars, is_space};
use crate::values::digits::{digits, slash_fraction, vulgar};
pub(in crate::values) use crate::values::words::Part;
use crate::values::words::{Lower, part, word_end};

/// One word or group of digits of a numeral.
#[derive(Debug, Clone, Copy)]
pub(in crate::values) struct Item {
    pub(in crate::values) part: Part,
    pub(in crate::values) end: usize,
    pub(super) plural: bool,
    /// Joined to the item before by a hyphen.
    pub(super) hyphen: bool,
    /// The hyphen stands between spaces.
    pub(super) loose: bool,
    /// How many digits, for digits and nothing else.
    pub(in crate::values) plain: usize,
}

/// More words than any numeral has.
const LONGEST: usize = 24;

/// Collects the run of numeral words and digits from `i` on.
pub(in crate::values) fn collect(t: &Chars<'_>, i: usize, items: &mut Vec<Item>) {
    items.clear();
    let mut k = i;
    let (mut hyphen, mut loose) = (false, false);
    while items.len() < LONGEST {
        let Some((item, last)) = item(t, k, items.last().copied(), hyphen) else { break };
        items.push(Item { hyphen, loose, ..item });
        if last {
            break;
        }
        let end = item.end;
        let s = t.past_space(end);
        (hyphen, loose) = (false, false);
        if matches!(t.c(s), '-' | '‑' | '‐') && (s == end) != is_space(t.c(s + 1)) {
            hyphen = true;
            loose = s > end;
            k = t.past_space(s + 1);
        } else {
            k = s;
            if k == end && !t.c(k).is_ascii_alphabetic() {
                break;
            }
        }
    }
    // Words that only join need something to join.
    while items.last().is_some_and(|i| {
        matches!(i.part, Part::And | Part::A | Part::Of | Part::Over | Part::Out | Part::Point)
    }) {
        items.pop();
    }
}

/// The part of a numeral at `k`, after `previous`, and whether none can follow it.
fn item(t: &Chars<'_>, k: usize, previous: Option<Item>, hyphen: bool) -> Option<(Item, bool)> {
    let c = t.c(k);
    let item = |part, plural, end, plain| Item { part, end, plural, hyphen, loose: false, plain };
    if c.is_ascii_digit() || c == '.' {
        if hyphen && previous.is_some() {
            return None;
        }
        let d = digits(t, k, false)?;
        let a = d.amount?;
        if let Some(v) = vulgar(t.c(d.end)).and_then(|v| a.add(v)) {
            return Some((item(Part::Digits(v), false, d.end + 1, 0), false));
        }
        if let Some((v, e)) = slash_fraction(t, k, &d) {
            return Some((item(Part::Digits(v), true, e, 0), false));
        }
        return Some((item(Part::Digits(a), false, d.end, d.plain), false));
    }
    if let Some(v) = vulgar(c) {
        return Some((item(Part::Digits(v), true, k + 1, 0), false));
    }
    if !c.is_ascii_alphabetic() {
        return None;
    }
    let stop = word_end(t, k);
    if t.c(stop).is_alphanumeric()
        || t.c(stop) == '_'
        || (matches!(t.c(stop), '\'' | '’') && t.c(stop + 1) == 's')
    {
        return None;
    }
    let after_digits = previous.filter(|p| matches!(p.part, Part::Digits(_)));
    let touching = after_digits.is_some_and(|p| p.end == k);
    if after_digits.is_some()
        && stop == k + 1
        && !hyphen
        && let Some(scale) =
            letter_scale(c, touching || c.is_ascii_uppercase() && after_digits.is_some_and(|p| p.plain == 0))
    {
        return Some((item(Part::Scale(scale), false, stop, 0), false));
    }
    let (part, plural) = Lower::of(t, k, stop).and_then(|l| part(l.as_str()))?;
    (!touching || matches!(part, Part::Scale(_))).then(|| (item(part, plural, stop, 0), false))
}

/// The power of ten of a letter after digits: 10k, 1.2b, 10 G; `sure` where it touches them, or where they are more
/// than a count: 1,674.5 M.
fn letter_scale(c: char, sure: bool) -> Option<i32> {
    match c {
        'k' | 'K' => Some(3),
        'M' if sure => Some(6),
        'b' | 'B' if sure => Some(9),
        'G' => Some(9),
        'T' if sure => Some(12),
        _ => None,
    }
}
