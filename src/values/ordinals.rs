//! Ranks: 第三, 首次, 21st, third, Chapter IV, Ⅱ, ①.

use super::chars::{Chars, at_start};
use super::dates::{self, month_at};
use super::labels::word;
use super::numerals::en::Part;
use super::numerals::zh::{Read, digit, numeral};
use super::numerals::{Form, Numeral};
use super::out::{Draft, Out};
use super::versions::chain;
use super::words::{word_after, word_before, word_end};
use super::{Amount, Unit, ValueKind, parts, units};
use crate::words::{characters, words};

/// Ⅱ, ⅳ and ①: the rank they stand for.
pub(super) fn rank_mark(c: char) -> Option<i64> {
    let n = match c {
        'Ⅰ'..='Ⅻ' => c as u32 - 'Ⅰ' as u32 + 1,
        'ⅰ'..='ⅻ' => c as u32 - 'ⅰ' as u32 + 1,
        '①'..='⑳' => c as u32 - '①' as u32 + 1,
        '⑴'..='⒇' => c as u32 - '⑴' as u32 + 1,
        '㈠'..='㈩' => c as u32 - '㈠' as u32 + 1,
        _ => return None,
    };
    Some(i64::from(n))
}

/// A Roman numeral of capital letters up to 89, written the regular way.
fn roman(word: &str) -> Option<i64> {
    if word.is_empty() || word.len() > 8 {
        return None;
    }
    let mut total = 0;
    let mut rest = word;
    for (sign, n) in [("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)] {
        let mut times = 0;
        while let Some(r) = rest.strip_prefix(sign) {
            total += n;
            rest = r;
            times += 1;
            let most = if matches!(sign, "X" | "I") { 3 } else { 1 };
            if times == most {
                break;
            }
        }
    }
    (rest.is_empty() && total > 0).then_some(total)
}

/// The letter or small Roman numeral in brackets at `i` where it goes on a number: 8(b), 第8条(b)项, 16(iii); the rank it
/// stands for.
pub(super) fn item(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let before = t.before(i);
    if !(before.is_ascii_digit() || matches!(before, ')' | '条' | '款' | '项' | '第')) {
        return None;
    }
    let stop = (i + 1..i + 6).find(|&at| !t.c(at).is_ascii_lowercase()).filter(|&at| t.c(at) == ')')?;
    let letters = &t.src[t.span(i + 1, stop).range()];
    let letter = |c: char| i64::from(u32::from(c) - u32::from('a')) + 1;
    let rank = roman(&letters.to_ascii_uppercase())
        .filter(|_| letters.len() > 1 || letters == "i")
        .or_else(|| letters.chars().next().filter(|_| letters.len() == 1).map(letter))?;
    Some(out.put(Draft::new(ValueKind::Ordinal, i + 1, stop, Amount::int(rank))) + 1)
}

/// 21st, 5th after digits; twenty-first, in words.
pub(super) fn en_after(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    if n.form == Form::Ordinal {
        return Some(en_rank(t, n, n.end, out));
    }
    let stop = t.any(n.end, words!("ending of an ordinal", en))?;
    (n.arabic && !(t.c(stop).is_alphanumeric() || t.c(stop) == '_')).then(|| en_rank(t, n, stop, out))
}

/// What an ordinal that ends at `end` is of: century, quarter, half, a day's month.
fn en_rank(t: &Chars<'_>, n: &Numeral, end: usize, out: &mut Out<'_, '_>) -> usize {
    if let Some(d) = dates::after_rank(t, n, end) {
        return out.put(d);
    }
    let within = |most: i64| n.int().is_some_and(|n| (1..=most).contains(&n));
    let mut put = |kind: ValueKind, stop: usize, weak: bool| {
        out.put(Draft::new(kind, n.start, stop, n.value).weak(weak))
    };
    if let Some(stop) = word_after(t, end, &["century", "centuries"]) {
        if let Some(before) = word_after(t, stop, &["bc", "bce"]) {
            return out.put(Draft::new(ValueKind::Century, n.start, before, n.value.neg()));
        }
        return put(ValueKind::Century, stop, false);
    }
    if let Some(stop) = word_after(t, end, &["quarter"]).filter(|_| within(4)) {
        return put(ValueKind::Quarter, stop, false);
    }
    if let Some(stop) = word_after(t, end, &["half"]).filter(|_| within(2)) {
        if let Some(part) = n.int().and_then(|nth| parts::half(t, n.start, stop, nth)) {
            return out.put(part);
        }
        let year = of_a_year(t, stop);
        return put(if year { ValueKind::HalfYear } else { ValueKind::Ordinal }, stop, !year);
    }
    // the second fortnight begins with the third week
    if word_after(t, end, &["fortnight"]).is_some()
        && let Some(week) = n.value.mul(Amount::int(2)).and_then(|weeks| weeks.add(Amount::int(-1)))
    {
        return out.put(Draft::new(ValueKind::Ordinal, n.start, end, week).weak(true));
    }
    if within(31) {
        let of = word_after(t, end, &["of"]).unwrap_or(end);
        if month_at(t, t.past_space(of)).is_some() {
            return put(ValueKind::Day, end, false);
        }
    }
    // every second house is half of them
    let a = word_before(t, n.at, &["a", "every"]);
    let weak = match n.word {
        // "per second", "a second": the unit of time, or no rank that must be kept.
        Some(Part::Nth(2)) => {
            let after = t.c(t.past_space(end));
            let times = || word_before(t, t.before_space(n.at).saturating_sub(1), &["times"]);
            let rate = word_before(t, n.at, &["a"]) && (!after.is_alphabetic() || times());
            // every second house
            let counted = after.is_alphabetic() && word_before(t, n.at, &["each", "every"]);
            let time =
                word_before(t, n.at, words!("before a second", en)) && !counted || t.before(n.at) == '/';
            if rate {
                return units::adverb(n.at, end, "second", out);
            }
            if time || a && !after.is_alphabetic() || after == '/' {
                return end;
            }
            a
        }
        // "at first", "in the first place", "first of all"
        Some(Part::Nth(1)) => {
            let all = word_after(t, end, &["of"]).is_some_and(|o| word_after(t, o, &["all"]).is_some());
            word_before(t, n.at, &["at"]) || all || a
        }
        // 第三方 comes and goes: third-party
        Some(Part::Nth(3)) => a || word_after(t, end, &["party", "parties"]).is_some(),
        Some(Part::Nth(_)) => a,
        _ => false,
    };
    put(ValueKind::Ordinal, end, weak || n.weak)
}

/// Whether what follows a half at `stop` says that it is one of a year: of 2021, of this year.
fn of_a_year(t: &Chars<'_>, stop: usize) -> bool {
    word_after(t, stop, &["of"]).is_some_and(|o| {
        t.c(t.past_space(o)).is_ascii_digit()
            || word_after(t, o, &["this", "last", "next"]).is_some()
            || word_after(t, word_after(t, o, &["the"]).unwrap_or(o), &["year"]).is_some()
    })
}

/// A Roman numeral at the word from `i` to `end`, or after it: Chapter IV, Louis XIV, "II. Scope".
pub(super) fn roman_word(
    t: &Chars<'_>,
    i: usize,
    end: usize,
    lower: &str,
    out: &mut Out<'_, '_>,
) -> Option<usize> {
    if let Some((from, to, n)) = roman_after(t, lower, end) {
        return Some(out.put(Draft::new(ValueKind::Ordinal, from, to, Amount::int(n))));
    }
    let n = roman(&t.src[t.span(i, end).range()])?;
    let heading = at_start(t, i) && (t.past_space(end) >= t.len() || t.c(end) == '.' && t.c(end + 1) == ' ');
    (heading || end >= i + 2)
        .then(|| out.put(Draft::new(ValueKind::Ordinal, i, end, Amount::int(n)).weak(true)))
}

/// Appendix C, 附录D, B座: the rank of the letter at `i`, where a lettered thing is named before it or behind it. Always
/// weak: it stands against another letter alone.
pub(super) fn letter(t: &Chars<'_>, i: usize, end: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let c = t.c(i);
    let alone =
        end == i + 1 && c.is_ascii_uppercase() && !matches!(t.c(end), '-' | '\'' | '’' | '&' | '+' | '.');
    let named = || {
        word_before(t, i, words!("lettered", en))
            || t.any_before(t.before_space(i), words!("lettered", zh))
            || characters!("behind a letter").contains(&t.c(end))
    };
    if !alone || !named() {
        return None;
    }
    let rank = Amount::int(i64::from(u32::from(c) - u32::from('A')) + 1);
    Some(out.put(Draft::new(ValueKind::Ordinal, i, end, rank).unit(Some(Unit("letter"))).weak(true)))
}

/// The place of a Roman numeral after a word that is numbered so: Chapter IV, World War II.
fn roman_after(t: &Chars<'_>, low: &str, end: usize) -> Option<(usize, usize, i64)> {
    if !words!("division", en).contains(&low) && !words!("numbered in Roman numerals", en).contains(&low) {
        return None;
    }
    let n = t.past_space(end);
    let stop = word_end(t, n);
    if n == end || stop == n || t.c(stop).is_alphanumeric() || !t.c(n).is_ascii_uppercase() {
        return None;
    }
    let value = roman(&t.src[t.span(n, stop).range()])?;
    // "Part I have not read": the pronoun.
    if stop == n + 1 && t.c(n) == 'I' && word_after(t, stop, words!("behind I", en)).is_some() {
        return None;
    }
    Some((n, stop, value))
}

/// 首次, 首届: a first that a translation may say in many ways.
pub(super) fn head(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let after = if t.c(i + 1) == '都' { '\0' } else { t.c(i + 1) };
    if characters!("counted by a first").contains(&after) && t.before(i) != '元' {
        out.push(Draft::new(ValueKind::Ordinal, i, i + 1, Amount::ONE).weak(true));
    }
    i + 1
}

/// 其一, 其二.
pub(super) fn member(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    if let Some(d) = digit(t.c(i + 1)).filter(|&d| d > 0)
        && matches!(t.c(i + 2), '，' | ',' | '、' | '：' | ':')
    {
        out.push(Draft::new(ValueKind::Ordinal, i, i + 2, Amount::int(d)).weak(true));
        return i + 2;
    }
    i + 1
}

/// 第三, 第 21 届, 第三季度, 第Ⅱ.
pub(super) fn zh_rank(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let at = t.past_space(i + 1);
    if let Some(n) = rank_mark(t.c(at)) {
        out.push(Draft::new(ValueKind::Ordinal, i, at + 1, Amount::int(n)));
        return at + 1;
    }
    if t.c(at).is_ascii_uppercase() {
        let w = word(t, at);
        if let Some(n) = roman(&t.src[t.span(at, w.end).range()]) {
            out.push(Draft::new(ValueKind::Ordinal, i, w.end, Amount::int(n)));
            return w.end;
        }
        return w.skip;
    }
    if let Some(end) = chain(t, at, out) {
        return end;
    }
    let num = match numeral(t, at) {
        Read::Num(n) => n,
        // 第三四: two ranks.
        Read::Either(a, b, mid, end) if end == mid + 1 => {
            out.push(Draft::new(ValueKind::Ordinal, i, mid, a));
            out.push(Draft::new(ValueKind::Ordinal, mid, end, b));
            return end;
        }
        Read::Either(.., end) | Read::Skip(end) => return end,
        Read::No => return i + 1,
    };
    let k = t.past_space(num.end);
    if t.is(k, "季度") && num.value <= Amount::int(4) {
        out.push(Draft::new(ValueKind::Quarter, i, k + 2, num.value));
        return k + 2;
    }
    let weak = match num.value.as_int() {
        Some(1) => t.any(k, words!("behind 第一", zh)).is_some(),
        Some(2) => t.any(k, words!("behind 第二", zh)).is_some(),
        Some(3) => t.any(k, words!("behind 第三", zh)).is_some(),
        _ => false,
    };
    out.push(Draft::new(ValueKind::Ordinal, i, num.end, num.value).weak(weak));
    num.end
}

/// firstly: the word at `i`.
pub(super) fn adverb(i: usize, end: usize, n: i64, out: &mut Out<'_, '_>) -> usize {
    out.put(Draft::new(ValueKind::Ordinal, i, end, Amount::int(n)).weak(true))
}

/// Ⅱ and ① at `i`; Ⅱ级 says which, alone it may number what follows.
pub(super) fn mark(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let n = rank_mark(t.c(i))?;
    let rank = matches!(t.c(i), 'Ⅰ'..='ⅻ') && characters!("behind a rank").contains(&t.c(i + 1));
    Some(out.put(Draft::new(ValueKind::Ordinal, i, i + 1, Amount::int(n)).weak(!rank)))
}
