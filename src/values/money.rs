//! Sums of money: signs, codes and names of currencies, before and behind a number.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::chars::{Chars, is_cjk};
use super::labels;
use super::names::Names;
use super::numerals::Numeral;
use super::numerals::zh::{Read, is_numeral, numeral};
use super::out::{Draft, Out};
use super::table::rows;
use super::words::{after_joint, lower_at, word_after};
use super::{Amount, Unit, ValueKind};
use crate::words::{characters, words};

/// The table of currencies.
struct Currencies {
    zh: Names<Unit>,
    en: FxHashMap<&'static str, Unit>,
    codes: FxHashMap<&'static str, Unit>,
    signs: FxHashMap<&'static str, Unit>,
}

static CURRENCIES: LazyLock<Currencies> = LazyLock::new(|| {
    let mut all = Currencies {
        zh: Names::default(),
        en: FxHashMap::default(),
        codes: FxHashMap::default(),
        signs: FxHashMap::default(),
    };
    for row in rows(include_str!("money/currencies.tsv")) {
        let &[code, zh, en, codes, signs] = &row[..] else { continue };
        zh.split_whitespace().for_each(|name| all.zh.add(name, Unit(code)));
        for (map, names) in [(&mut all.en, en), (&mut all.codes, codes), (&mut all.signs, signs)] {
            map.extend(names.split_whitespace().map(|name| (name, Unit(code))));
        }
    }
    all.zh.sort();
    all
});

/// The currency of a code before a number: USD, RMB.
pub(super) fn code(word: &str) -> Option<Unit> {
    CURRENCIES.codes.get(word).copied()
}

/// A code that touches its sum, RMB500, in the word at `i`: the currency, and where the number begins.
pub(super) fn glued_code(t: &Chars<'_>, i: usize, word: &str) -> Option<(Unit, usize)> {
    let unit = code(word.get(..3)?)?;
    let digits =
        word.get(3..).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
    (digits && t.c(i + 3).is_ascii_digit()).then_some((unit, i + 3))
}

/// A sign of currency at `i`, with the capital letters that touch it: the currency, where it begins, and where the
/// number begins that follows.
pub(super) fn sign(t: &Chars<'_>, i: usize) -> Option<(Unit, usize, usize)> {
    let mut from = i;
    while from > 0 && i - from < 3 && t.c(from - 1).is_ascii_uppercase() {
        from -= 1;
    }
    let signs = &CURRENCIES.signs;
    let mut sign = [0; 4];
    let sign = t.c(i).encode_utf8(&mut sign);
    let with_letters = format!("{}{sign}", &t.src[t.span(from, i).range()]);
    let unit = signs.get(with_letters.as_str()).or_else(|| signs.get(&*sign))?;
    Some((*unit, from, t.past_space(i + 1)))
}

/// A sum whose currency stands before the number: $100, RMB 500, $5m.
pub(super) fn named_before(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let (unit, from) = n.money?;
    let million = Amount::int(1_000_000);
    let mut d =
        Draft::new(ValueKind::Money, from, n.end, n.value).unit(Some(unit)).approximate(n.approximate);
    d.scale = n.scale;
    if t.c(n.end) == 'm' && !t.c(n.end + 1).is_alphanumeric() {
        (d.value, d.scale, d.end) = (n.value.mul(million).unwrap_or(n.value), million, n.end + 1);
    }
    let end = out.put(d);
    Some(t.any(t.past_space(end), words!("yuan behind a sum", zh)).unwrap_or(end))
}

/// yuan, US dollars
pub(super) fn en_named(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let (word, end) = lower_at(t, after_joint(t, n.end))?;
    if let Some(&unit) = CURRENCIES.en.get(word.as_str()) {
        return Some(out.put(n.draft(ValueKind::Money, n.value, end).unit(Some(unit)).weak(n.weak)));
    }
    let stop = word_after(t, end, &["dollars", "dollar"]).filter(|_| word.as_str() == "us")?;
    Some(out.put(n.draft(ValueKind::Money, n.value, stop).unit(Some(Unit("USD")))))
}

/// 元, 美元
pub(super) fn zh_named(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let k = t.past_space(n.end);
    if let Some((cents, stop)) = change(t, n.value, n.end).filter(|_| n.lone()) {
        return Some(out.put(n.draft_zh(t, ValueKind::Money, cents, stop).unit(Some(Unit("cent")))));
    }
    let spoken = || (t.c(k) == '块').then_some((Unit("money"), k + 1)).filter(|_| is_sum(t, k + 1));
    let named = CURRENCIES.zh.at(t, k).or_else(spoken);
    let (unit, stop) = named.filter(|_| !labels::in_word(t, n))?;
    if t.c(k) == '元' && n.lone() && NOT_YUAN.contains(&t.c(stop)) && stop == k + 1 {
        return None;
    }
    if let Some((value, stop)) = with_change(t, n.value, stop).filter(|_| stop == k + 1) {
        return Some(out.put(n.draft_zh(t, ValueKind::Money, value, stop).unit(Some(unit))));
    }
    Some(out.put(n.draft_zh(t, ValueKind::Money, n.value, stop).unit(Some(unit)).weak(n.lone_one(t))))
}

/// Whether 块 that ends at `stop` may stand for money, and is no piece of something: 要五十块，八块五.
fn is_sum(t: &Chars<'_>, stop: usize) -> bool {
    !is_cjk(t.c(stop)) || is_numeral(t.c(stop)) || characters!("behind a sum").contains(&t.c(stop))
}

/// 两毛钱: so many tenths, whose unit stands at `k`, in hundredths; and the end.
fn change(t: &Chars<'_>, tenths: Amount, k: usize) -> Option<(Amount, usize)> {
    let stop = t.any(k, &["毛钱", "角钱"]).or_else(|| {
        let alone = t.c(k) == '毛' && !is_cjk(t.c(k + 1));
        alone.then_some(k + 1)
    })?;
    Some((tenths.mul(Amount::int(10))?, stop))
}

/// 八块五, 三元五角, 三块二毛五: a sum whose unit ends at `stop`, with what stands behind it; and the end.
fn with_change(t: &Chars<'_>, whole: Amount, stop: usize) -> Option<(Amount, usize)> {
    let spoken = t.before(stop) == '块';
    let part = |i: usize| match numeral(t, i) {
        Read::Num(n) if n.tokens == 1 && n.value < Amount::int(10) => Some((n.value, n.end)),
        _ => None,
    };
    let (tenths, end) = part(stop)?;
    let value = whole.add(tenths.div(Amount::int(10))?)?;
    let past_money = |i: usize| if t.c(i) == '钱' { i + 1 } else { i };
    if !matches!(t.c(end), '毛' | '角') {
        let alone = spoken && (!is_cjk(t.c(end)) || t.c(end) == '的' || t.c(end) == '钱');
        return alone.then(|| (value, past_money(end)));
    }
    let hundredths = part(end + 1).filter(|&(_, at)| t.c(at) == '分' || spoken && !is_cjk(t.c(at)));
    let Some((hundredths, at)) = hundredths else { return Some((value, past_money(end + 1))) };
    let value = value.add(hundredths.div(Amount::int(100))?)?;
    Some((value, past_money(at + usize::from(t.c(at) == '分'))))
}

/// What follows 元 in words: 元素, 元旦.
const NOT_YUAN: &[char] = characters!("no yuan");
