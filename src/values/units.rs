//! Measures: units by the words and signs that name them, and what one makes of another.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::chars::Chars;
use super::labels;
use super::numerals::Numeral;
use super::out::Out;
use super::shares::plus_half;
use super::table::{Names, rows};
use super::words::{after_joint, lower_at};
use super::{Amount, Unit, ValueKind};

/// A unit as a word names it: the unit, and how many of it the word stands for.
#[derive(Debug, Clone, Copy)]
struct Named {
    unit: Unit,
    times: Amount,
}

/// The table of units.
struct Units {
    zh: Names<Named>,
    en: FxHashMap<&'static str, Named>,
    /// Words of two words, by the first: square, cubic.
    en_pairs: FxHashMap<&'static str, Vec<(&'static str, Named)>>,
    signs: Names<Named>,
}

static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let mut all = Units {
        zh: Names::default(),
        en: FxHashMap::default(),
        en_pairs: FxHashMap::default(),
        signs: Names::default(),
    };
    for row in rows(include_str!("units/words.tsv")) {
        let &[unit, power, zh, en, signs] = &row[..] else { continue };
        let Some(times) = power.parse().ok().and_then(Amount::ten_to) else { continue };
        let named = Named { unit: Unit(unit), times };
        zh.split_whitespace().for_each(|name| all.zh.add(name, named));
        signs.split_whitespace().for_each(|name| all.signs.add(name, named));
        for word in en.split_whitespace() {
            match word.split_once('_') {
                Some((first, second)) => all.en_pairs.entry(first).or_default().push((second, named)),
                None => _ = all.en.insert(word, named),
            }
        }
    }
    all.zh.sort();
    all.signs.sort();
    all
});

/// A unit's dimension, and how many of the smallest unit there it makes.
type Size = (&'static str, Amount);

static SIZES: LazyLock<FxHashMap<&'static str, Size>> = LazyLock::new(|| {
    rows(include_str!("units/dimensions.tsv"))
        .filter_map(|row| {
            let &[unit, dimension, size] = &row[..] else { return None };
            Some((unit, (dimension, Amount::int(size.parse().ok()?))))
        })
        .collect()
});

/// Two measures in one unit; `None` where no factor leads from the one unit to the other.
pub(super) fn in_one_unit(one: (Amount, Unit), other: (Amount, Unit)) -> Option<(Amount, Amount)> {
    let (dimension, size) = SIZES.get(one.1.as_str())?;
    let (_, other_size) = SIZES.get(other.1.as_str()).filter(|(same, _)| same == dimension)?;
    Some((one.0.mul(*size)?, other.0.mul(*other_size)?))
}

/// The unit whose sign stands at `i` as a word of its own, the factor it stands for, and its end.
fn sign(t: &Chars<'_>, i: usize) -> Option<(Named, usize)> {
    let (named, end) = UNITS.signs.at(t, i)?;
    (!(t.c(end).is_ascii_alphanumeric() || matches!(t.c(end), '_' | '/' | '\'' | '’')))
        .then_some((named, end))
}

/// km, GB after digits.
pub(super) fn sign_after(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let k = t.past_space(n.end);
    if !n.arabic {
        return None;
    }
    let (named, stop) = sign(t, k)?;
    // apart from its number a single letter may be anything
    if k > n.end && stop == k + 1 && !matches!(t.c(k), 'm' | 'g' | 'L' | 'V' | 'W' | 't') {
        return None;
    }
    Some(out.put(n.draft_zh(t, ValueKind::Number, n.value.mul(named.times)?, stop).unit(Some(named.unit))))
}

/// The unit that an English word in lower case names, where the word stands for one of it.
pub(super) fn en_measure(word: &str) -> Option<Unit> {
    UNITS.en.get(word).filter(|named| named.times == Amount::ONE).map(|named| named.unit)
}

/// kilometres, square metres, gigabytes
pub(super) fn en_after(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let (word, end) = lower_at(t, after_joint(t, n.end))?;
    if let Some(seconds) = UNITS.en_pairs.get(word.as_str())
        && let Some((second, stop)) = lower_at(t, t.past_space(end))
        && let Some((_, named)) = seconds.iter().find(|(word, _)| *word == second.as_str())
    {
        return Some(out.put(n.draft(ValueKind::Number, n.value, stop).unit(Some(named.unit))));
    }
    let named = UNITS.en.get(word.as_str())?;
    let d = n.draft(ValueKind::Number, n.value.mul(named.times)?, end);
    Some(out.put(d.unit(Some(named.unit)).weak(n.weak)))
}

/// 公里, 吨; 一年半, 三升半.
pub(super) fn zh_after(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let k = t.past_space(n.end);
    let (named, stop) = UNITS.zh.at(t, k).filter(|_| !labels::in_word(t, n))?;
    let next = t.c(stop);
    let short = stop == k + 1;
    let word = t.c(k) == '周' && t.c(k + 1) == '年'
        || t.c(k) == '升' && matches!(next, '级' | '至' | '到' | '高' | '起' | '为' | '温')
        || matches!(t.c(k), '克' | '米' | '天' | '周' | '秒')
            && short
            && n.lone()
            && matches!(next, '拉' | '粉' | '饭' | '然' | '下' | '空' | '边' | '围' | '杀' | '隆');
    if word {
        return None;
    }
    if named.times != Amount::ONE {
        let d = n.draft_zh(t, ValueKind::Number, n.value.mul(named.times)?, stop);
        return Some(out.put(d.unit(Some(named.unit))));
    }
    let half = next == '半' && !matches!(t.c(stop + 1), '年' | '个' | '天' | '夜');
    let value = if half { plus_half(n.value) } else { n.value };
    let d = n.draft_zh(t, ValueKind::Number, value, stop + usize::from(half));
    Some(out.put(d.unit(Some(named.unit)).weak(n.lone_one(t) && !half)))
}

/// 个月, 个半小时, 个多星期: 个 may stand before a span of time.
pub(super) fn time_after(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let k = t.past_space(n.end);
    if t.c(k) != '个' {
        return None;
    }
    let more = t.c(k + 1) == '多';
    let k = k + 1 + usize::from(more);
    if t.c(k) == '半'
        && let Some((unit, stop)) = time_unit(t, k + 1)
    {
        let d = n.draft_zh(t, ValueKind::Number, plus_half(n.value), stop);
        return Some(out.put(d.unit(Some(unit))));
    }
    let (unit, stop) = time_unit(t, k)?;
    let d = n.draft_zh(t, ValueKind::Number, n.value, stop).approximate(more);
    Some(out.put(d.unit(Some(unit)).weak(n.lone_one(t))))
}

/// A span of time after 个: 月, 小时, 星期, 季度, 世纪.
fn time_unit(t: &Chars<'_>, i: usize) -> Option<(Unit, usize)> {
    if t.c(i) == '月' {
        return Some((Unit("month"), i + 1));
    }
    let (named, stop) = UNITS.zh.at(t, i)?;
    let span = matches!(named.unit.as_str(), "hour" | "week" | "century" | "quarter" | "term");
    span.then_some((named.unit, stop))
}

/// 二十两银子: the weight, where 两 stands behind more than a digit.
pub(super) fn weight(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    if t.c(n.end) != '两' || n.lone() || t.c(n.end + 1) == '个' {
        return None;
    }
    let d = n.draft_zh(t, ValueKind::Number, n.value, n.end + 1);
    Some(out.put(d.unit(Some(Unit("liang")))))
}
