//! Sums of money: signs, codes and names of currencies, before and behind a number.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::chars::Chars;
use super::labels;
use super::names::Names;
use super::numerals::Numeral;
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
    let (unit, stop) = CURRENCIES.zh.at(t, k).filter(|_| !labels::in_word(t, n))?;
    if t.c(k) == '元' && n.lone() && NOT_YUAN.contains(&t.c(stop)) && stop == k + 1 {
        return None;
    }
    Some(out.put(n.draft_zh(t, ValueKind::Money, n.value, stop).unit(Some(unit)).weak(n.lone_one(t))))
}

/// What follows 元 in words: 元素, 元旦.
const NOT_YUAN: &[char] = characters!("no yuan");
