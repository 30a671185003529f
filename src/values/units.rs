//! Measures: units by the words and signs that name them, and what one makes of another.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::chars::{Chars, is_cjk};
use super::labels;
use super::names::Names;
use super::numerals::Numeral;
use super::numerals::en::collect;
use super::numerals::grammar::cardinal;
use super::numerals::zh::{CLASSIFIERS, Read, digit, is_numeral, numeral};
use super::out::{Draft, Out};
use super::table::rows;
use super::words::{after_joint, lower_at, word_after, word_before};
use super::{Amount, Unit, ValueKind};
use crate::words::{characters, words};

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
        let times = match power.strip_prefix('e') {
            Some(power) => power.parse().ok().and_then(Amount::ten_to),
            None => Amount::parse(power),
        };
        let Some(times) = times else { continue };
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

/// What a unit measures, and how much of it.
#[derive(Debug, Clone, Copy)]
struct Size {
    dimension: &'static str,
    /// How many of the base of the dimension it makes.
    size: Amount,
    /// Units of one system make whole numbers of each other; between two systems they are rounded.
    system: &'static str,
    /// What is added for the base: 0 °C is 32 °F.
    offset: Amount,
}

static SIZES: LazyLock<FxHashMap<&'static str, Size>> = LazyLock::new(|| {
    rows(include_str!("units/dimensions.tsv"))
        .filter_map(|row| {
            let (&[unit, dimension, size, system], offset) = row.split_first_chunk::<4>()?;
            let offset = offset.first().map_or(Some(Amount::ZERO), |offset| Amount::parse(offset))?;
            Some((unit, Size { dimension, size: Amount::parse(size)?, system, offset }))
        })
        .collect()
});

/// Whether two units measure the same: hours and days, miles and kilometres.
pub fn of_one_dimension(one: Unit, other: Unit) -> bool {
    let dimension = |unit: Unit| SIZES.get(unit.as_str()).map(|size| size.dimension);
    // months and weeks are both spans of time, bits and bytes both data
    let group = |dimension| match dimension {
        "calendar" => "time",
        "bits" => "data",
        _ => dimension,
    };
    one == other || dimension(one).is_some_and(|d| dimension(other).map(group) == Some(group(d)))
}

/// Whether two units measure the same in one system: hours and days, but not kilos and 斤.
pub(super) fn of_one_system(one: Unit, other: Unit) -> bool {
    let system = |unit: Unit| SIZES.get(unit.as_str()).map(|size| size.system);
    of_one_dimension(one, other) && system(one) == system(other)
}

/// Whether two different units measure the same, and no time.
pub(super) fn of_one_kind_of_stuff(one: Unit, other: Unit) -> bool {
    let time = |unit: Unit| {
        SIZES.get(unit.as_str()).is_none_or(|size| matches!(size.dimension, "time" | "calendar"))
    };
    one != other && !time(one) && of_one_dimension(one, other)
}

/// Whether two units measure the same stuff, by its weight or its volume.
pub(super) fn both_weigh(one: Unit, other: Unit) -> bool {
    let stuff =
        |unit: Unit| SIZES.get(unit.as_str()).is_some_and(|size| matches!(size.dimension, "mass" | "volume"));
    stuff(one) && stuff(other)
}

/// How many of another unit an amount makes; nothing for units of different dimensions, or with different zeros.
pub(super) fn converted(amount: Amount, from: Unit, to: Unit) -> Option<Amount> {
    let (a, b) = (SIZES.get(from.as_str())?, SIZES.get(to.as_str())?);
    let comparable = a.dimension == b.dimension && a.offset == b.offset;
    amount.mul(a.size)?.div(b.size).filter(|_| comparable)
}

/// 亩产, 年产, 月租金 at `i`: what is brought forth or paid by each.
pub(super) fn yield_of(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let made = |stop: usize| t.c(stop) == '产' && !matches!(t.c(stop + 1), '生' | '品');
    // 年营业额, 月租金, but not 2021年收入
    let told = |stop: usize| {
        stop == i + 1
            && !is_numeral(t.before(t.before_space(i)))
            && !t.before(t.before_space(i)).is_ascii_digit()
            && !characters!("before a time that counts nothing").contains(&t.before(i))
            && t.any(stop, words!("counted by the year", zh)).is_some()
    };
    let (named, _) = named_zh(t, i).filter(|(_, stop)| made(*stop) || told(*stop))?;
    let d = Draft::new(ValueKind::Rate, i, i + 1, Amount::ONE).unit(Some(named.unit)).weak(true);
    (named.times == Amount::ONE).then(|| out.put(d))
}

/// Two measures of one dimension together, in the unit of the first.
pub(super) fn sum(one: (Amount, Unit), other: (Amount, Unit)) -> Option<Amount> {
    let (a, b) = (SIZES.get(one.1.as_str())?, SIZES.get(other.1.as_str())?);
    if a.dimension != b.dimension || a.system != b.system {
        return None;
    }
    one.0.add(other.0.mul(b.size)?.div(a.size)?)
}

/// How far a number may lie from another that it was rounded to, as a share of it: 3 miles are 5 km, not 6.
fn rounding() -> Amount {
    Amount::ratio(1, 10).unwrap_or(Amount::ZERO)
}

/// How far any two numbers may lie apart that were converted: a pound is 450 g.
fn close() -> Amount {
    Amount::ratio(15, 1000).unwrap_or(Amount::ZERO)
}

/// Whether two measures in different units of one dimension are equal: exactly inside one system, and within the
/// rounding of the one or the other between two, 3 miles and 4.8 km. What is said roughly, "some ten miles" for 三十里,
/// may have been rounded to any number near.
pub(super) fn equal(one: (Amount, Unit), other: (Amount, Unit), rough: bool) -> bool {
    let (Some(a), Some(b)) = (SIZES.get(one.1.as_str()), SIZES.get(other.1.as_str())) else { return false };
    if a.dimension != b.dimension {
        return are_months(one, other) || are_months(other, one);
    }
    let base = |(amount, _): (Amount, Unit), size: &Size| amount.mul(size.size)?.add(size.offset);
    let (Some(x), Some(y)) = (base(one, a), base(other, b)) else { return false };
    if x == y || a.system == b.system {
        return x == y;
    }
    let converted = |x: Amount, size: &Size| x.add(size.offset.neg())?.div(size.size);
    // `written` was rounded from what the other side says exactly
    let rounded = |written: Amount, exact: Option<Amount>| -> Option<bool> {
        let exact = exact?;
        let apart = exact.distance(written)?;
        let whole = exact.distance(Amount::ZERO)?;
        let half = written.last_digit().div(Amount::int(2))?;
        Some((rough || apart <= half) && apart <= whole.mul(rounding())? || apart <= whole.mul(close())?)
    };
    rounded(other.0, converted(x, b)).unwrap_or(false) || rounded(one.0, converted(y, a)).unwrap_or(false)
}

/// Whether so many days or weeks are so many months, of 28 to 31 days: six weeks for 一个半月.
fn are_months((months, calendar): (Amount, Unit), (days, unit): (Amount, Unit)) -> bool {
    if !matches!(unit.as_str(), "day" | "week") {
        return false;
    }
    let within = || {
        let [calendar, unit] = [calendar, unit].map(|unit| SIZES.get(unit.as_str()));
        let months = months.mul(calendar.filter(|size| size.dimension == "calendar")?.size)?;
        let days = days.mul(unit?.size)?.div(Amount::int(86_400))?;
        Some(days >= months.mul(Amount::int(28))? && days <= months.mul(Amount::int(31))?)
    };
    within().unwrap_or(false)
}

/// The unit whose sign stands at `i` as a word of its own, and its end.
fn sign(t: &Chars<'_>, i: usize) -> Option<(Named, usize)> {
    let whole = |end: usize| !(t.c(end).is_ascii_alphanumeric() || matches!(t.c(end), '_' | '\'' | '’'));
    let rate = |end: usize| t.c(end) != '/' || per_stroke(t, end).is_some();
    UNITS.signs.all(t, i).find(|&(_, end)| whole(end) && rate(end))
}

/// A rate's second half behind a stroke at `i`: km/h, 元/吨, 公里/小时. The unit and its end.
fn per_stroke(t: &Chars<'_>, i: usize) -> Option<(Unit, usize)> {
    if t.c(i) != '/' {
        return None;
    }
    let letters = |end: usize| t.c(end).is_ascii_alphanumeric() || t.c(end) == '_';
    let sign = UNITS.signs.all(t, i + 1).find(|&(_, end)| !letters(end));
    let word = || {
        let (word, end) = lower_at(t, i + 1)?;
        Some((*UNITS.en.get(word.as_str())?, end))
    };
    let (named, end) = sign.or_else(word).or_else(|| named_zh(t, i + 1))?;
    (named.times == Amount::ONE).then_some((named.unit, end))
}

/// The Chinese unit at `i`, of those that stand behind 每 and a stroke as well.
fn named_zh(t: &Chars<'_>, i: usize) -> Option<(Named, usize)> {
    let one = |unit: &'static str| Some((Named { unit: Unit(unit), times: Amount::ONE }, i + 1));
    match t.c(i) {
        '年' if t.c(i + 1) != '轻' => one("year"),
        '月' => one("month"),
        '日' => one("day"),
        '时' => one("hour"),
        '季' if t.c(i + 1) != '度' && t.c(i + 1) != '节' => one("quarter"),
        _ => UNITS.zh.at(t, i).or_else(|| if t.c(i) == '分' { one("minute") } else { None }),
    }
}

/// Whether a Chinese unit stands at `i`.
pub(super) fn zh_unit(t: &Chars<'_>, i: usize) -> bool {
    named_zh(t, i).is_some()
}

/// km, GB after digits; 1-lb; km/h, of which the hour is a value of its own.
pub(super) fn sign_after(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    if !n.arabic {
        return None;
    }
    let joined = t.c(n.end) == '-';
    let k = if joined { n.end + 1 } else { t.past_space(n.end) };
    let (mut named, stop) = sign(t, k)?;
    // apart from its number a single letter may be anything
    if k > n.end && stop == k + 1 && (joined || !matches!(t.c(k), 'm' | 'g' | 'L' | 'V' | 'W' | 't')) {
        return None;
    }
    // 1h 32m
    if t.c(k) == 'm' && stop == k + 1 && after_hours(out, n.start) {
        named = Named { unit: Unit("minute"), times: Amount::ONE };
    }
    // Mbps, mph: the last two letters are the rate
    let rate = RATES.iter().find(|(letters, _)| stop > k + 2 && t.is(stop - 2, letters));
    let end = stop - if rate.is_some() { 2 } else { 0 };
    out.push(n.draft_zh(t, ValueKind::Number, n.value.mul(named.times)?, end).unit(Some(named.unit)));
    if let Some(&(_, unit)) = rate {
        return Some(adverb(end, stop, unit, out));
    }
    Some(rate_behind(t, stop, out).unwrap_or(stop))
}

/// Letters at the end of a sign that make it a rate, and the unit of time.
const RATES: [(&str, &str); 2] = [("ps", "second"), ("ph", "hour")];

/// Whether a number of hours ends where the next number begins.
fn after_hours(out: &Out<'_, '_>, start: usize) -> bool {
    out.touching(start) == Some(ValueKind::Number)
        && out.values.last().is_some_and(|v| v.unit == Some(Unit("hour")))
}

/// 小时32分: minutes behind hours that are a span of time.
pub(super) fn minutes(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let k = t.past_space(n.end);
    if t.c(k) != '分' || !after_hours(out, n.start) || t.c(k + 1) == '钟' {
        return None;
    }
    Some(out.put(n.draft_zh(t, ValueKind::Number, n.value, k + 1).unit(Some(Unit("minute")))))
}

/// The second half of a rate behind a stroke at `i`, as a value of its own: its end.
fn rate_behind(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let (unit, stop) = per_stroke(t, i)?;
    Some(out.put(Draft::new(ValueKind::Rate, i, stop, Amount::ONE).unit(Some(unit)).weak(true)))
}

/// Units that are spoken of without a number, by any of their words: the smallest, and those of data.
fn technical(named: &Named) -> bool {
    matches!(named.unit.as_str(), "ns" | "μs" | "ms" | "nm" | "μm" | "KiB" | "MiB" | "GiB" | "TiB")
        || matches!(named.unit.as_str(), "B" | "bit") && named.times != Amount::ONE
}

/// 每小时, 每公顷, 按日, 逐年 at `i`: where to read on.
pub(super) fn every(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let k = i + 1 + usize::from(t.c(i + 1) == '个');
    // 每分 is a part
    let found = named_zh(t, k).filter(|&(named, stop)| {
        let other = t.c(k) == '分' || t.c(k) == '日' && t.c(stop) == '元';
        // 按时, 按年龄
        let other = other || t.c(i) != '每' && (t.c(k) == '时' || t.any(k, words!("no rate", zh)).is_some());
        named.times == Amount::ONE && !other
    });
    let Some((named, stop)) = found else { return i + 1 };
    let d = Draft::new(ValueKind::Rate, i, stop, Amount::ONE).unit(Some(named.unit)).weak(true);
    out.put(d)
}

/// 以毫秒为单位, 以公里显示 at `i`: where to read on.
pub(super) fn counted_in(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    match UNITS.zh.at(t, i + 1) {
        Some((named, stop)) if t.any(stop, words!("unit of writing", zh)).is_some() => {
            out.put(Draft::new(ValueKind::Unit, i + 1, stop, named.times).unit(Some(named.unit)).weak(true))
        }
        _ => i + 1,
    }
}

/// 毫秒, 微秒, 兆字节 at `i`, without a number.
pub(super) fn bare_zh(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let (named, stop) = UNITS.zh.at(t, i).filter(|(named, _)| technical(named))?;
    Some(out.put(Draft::new(ValueKind::Unit, i, stop, named.times).unit(Some(named.unit)).weak(true)))
}

/// The end of "and a half" behind `end`.
pub(super) fn and_a_half(t: &Chars<'_>, end: usize) -> Option<usize> {
    let and = word_after(t, end, &["and"])?;
    word_after(t, word_after(t, and, &["a"])?, &["half"])
}

/// How often: hourly, daily; a row of the table of words.
pub(super) fn adverb(i: usize, end: usize, unit: &'static str, out: &mut Out<'_, '_>) -> usize {
    out.put(Draft::new(ValueKind::Rate, i, end, Amount::ONE).unit(Some(Unit(unit))).weak(true))
}

/// The word of a unit from `i` to `end` without a number: per hour, a week, "an hour and a half", in miles,
/// milliseconds. Returns where to read on.
pub(super) fn bare_en(t: &Chars<'_>, i: usize, end: usize, word: &str, out: &mut Out<'_, '_>) -> usize {
    let Some(&named) = UNITS.en.get(word) else { return end };
    let article = word_before(t, i, &["a", "an"]);
    if let Some(stop) = and_a_half(t, end).filter(|_| article) {
        let value = named.times.mul(Amount::ONE.plus_half()).unwrap_or(named.times);
        return out.put(Draft::new(ValueKind::Number, i, stop, value).unit(Some(named.unit)));
    }
    let put = |out: &mut Out<'_, '_>, kind: ValueKind, value: Amount, stop: usize| {
        out.put(Draft::new(kind, i, stop, value).unit(Some(named.unit)).weak(true))
    };
    if article {
        let time =
            SIZES.get(named.unit.as_str()).is_some_and(|size| matches!(size.dimension, "time" | "calendar"));
        // "a second opinion", "a foot in the door", "a ton of"
        if words!("no unit behind a", en).contains(&word) {
            return end;
        }
        // nothing is counted by the century
        let rate = time && named.times == Amount::ONE && named.unit != Unit("century");
        let kind = if rate { ValueKind::Rate } else { ValueKind::Number };
        return put(out, kind, named.times, end);
    }
    if word_before(t, i, &["per", "every", "each"]) || t.before(i) == '/' {
        return put(out, ValueKind::Rate, named.times, end);
    }
    let many = word.ends_with('s') || word == "feet" || word == "inches";
    if technical(&named) && word.len() > 3 || many && word_before(t, i, &["in"]) {
        return put(out, ValueKind::Unit, named.times, end);
    }
    end
}

/// The unit that an English word in lower case names, and how many of it.
pub(super) fn en_measure(word: &str) -> Option<(Unit, Amount)> {
    UNITS.en.get(word).map(|named| (named.unit, named.times))
}

/// The unit that the English word behind `end` names, and where it ends.
pub(super) fn measured(t: &Chars<'_>, end: usize) -> Option<(Unit, usize)> {
    let (word, stop) = lower_at(t, after_joint(t, end))?;
    let (unit, times) = en_measure(word.as_str())?;
    (times == Amount::ONE).then_some((unit, stop))
}

/// The end of "of an hour" behind `end`.
pub(super) fn quarter_hour(t: &Chars<'_>, end: usize) -> Option<usize> {
    word_after(t, word_after(t, word_after(t, end, &["of"])?, &["an"])?, &["hour"])
}

/// Whether an English word in lower case, or a sign, names a unit.
pub(super) fn names(word: &str) -> bool {
    UNITS.en.contains_key(word)
        || matches!(word, "g" | "kg" | "km" | "m" | "cm" | "mm" | "mg" | "ml" | "l" | "t")
}

/// kilometres, square metres, gigabytes
pub(super) fn en_after(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let (word, end) = lower_at(t, after_joint(t, n.end))?;
    if let Some((unit, stop)) = parts_per(t, word.as_str(), end) {
        return Some(out.put(n.draft(ValueKind::Number, n.value, stop).unit(Some(unit))));
    }
    if let Some(seconds) = UNITS.en_pairs.get(word.as_str())
        && let Some((second, stop)) = lower_at(t, after_joint(t, end))
        && let Some((_, named)) = seconds.iter().find(|(word, _)| *word == second.as_str())
    {
        let (value, stop) = match below_zero(t, stop) {
            Some(stop) if matches!(named.unit.as_str(), "°C" | "°F") => (n.value.neg(), stop),
            _ => (n.value, stop),
        };
        return Some(out.put(n.draft(ValueKind::Number, value, stop).unit(Some(named.unit))));
    }
    let named = match UNITS.en.get(word.as_str()) {
        Some(named) => named,
        None => return qualified(t, n, word.as_str(), end, out),
    };
    // four foot ten
    if named.unit == Unit("ft")
        && let Some((inches, stop)) = inches(t, end)
    {
        let value = n.value.mul(Amount::int(12))?.add(inches)?;
        return Some(out.put(n.draft(ValueKind::Number, value, stop).unit(Some(Unit("in")))));
    }
    let value = n.value.mul(named.times)?;
    if named.unit == Unit("°")
        && let Some(stop) = below_zero(t, end)
    {
        return Some(out.put(n.draft(ValueKind::Number, value.neg(), stop).unit(Some(named.unit))));
    }
    let d = n.draft(ValueKind::Number, value, end);
    Some(out.put(d.unit(Some(named.unit)).weak(n.weak)))
}

/// A span of time with one word before its unit, `word`, which ends at `end`: two quiet centuries, three long years.
fn qualified(t: &Chars<'_>, n: &Numeral, word: &str, end: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let noun = word.ends_with('s') || words!("counted in shares", en).contains(&word);
    if noun
        || n.arabic
        || n.weak
        || t.c(n.end) != ' '
        || t.c(end) != ' '
        || words!("joint", en).contains(&word)
    {
        return None;
    }
    let (unit, stop) = lower_at(t, end + 1)?;
    let named =
        UNITS.en.get(unit.as_str()).filter(|_| matches!(unit.as_str(), "centuries" | "decades" | "years"))?;
    Some(out.put(n.draft(ValueKind::Number, n.value.mul(named.times)?, stop).unit(Some(named.unit))))
}

/// The end of "below zero" behind `end`.
fn below_zero(t: &Chars<'_>, end: usize) -> Option<usize> {
    word_after(t, word_after(t, end, &["below"])?, &["zero", "freezing"])
}

/// forty below, twenty below zero: degrees that nobody names.
pub(super) fn below(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let alone = |end: usize| !t.c(t.past_space(end)).is_alphanumeric();
    // in a title
    let named = |end: usize| t.c(end - 5) == 'B' && t.c(n.at).is_ascii_uppercase();
    let stop = below_zero(t, n.end)
        .or_else(|| word_after(t, n.end, &["below"]).filter(|&end| !n.weak && (alone(end) || named(end))))?;
    Some(out.put(n.draft(ValueKind::Number, n.value.neg(), stop)))
}

/// The inches that stand behind feet without saying so, and their end.
fn inches(t: &Chars<'_>, end: usize) -> Option<(Amount, usize)> {
    let mut items = Vec::new();
    collect(t, t.past_space(end), &mut items);
    let c = cardinal(&items, 0).filter(|c| !c.nth && c.next == items.len() && c.value < Amount::int(12))?;
    let stop = items.last()?.end;
    let alone = !t.c(t.past_space(stop)).is_alphanumeric();
    (alone && !c.value.is_zero()).then_some((c.value, stop))
}

/// "parts per million" whose first word ends at `end`: the unit, and its end.
fn parts_per(t: &Chars<'_>, word: &str, end: usize) -> Option<(Unit, usize)> {
    let per = word_after(t, end, &["per"]).filter(|_| matches!(word, "part" | "parts"))?;
    let of = |word: &'static str, unit: &'static str| Some((Unit(unit), word_after(t, per, &[word])?));
    of("million", "ppm").or_else(|| of("billion", "ppb"))
}

/// 公里, 吨; 一年半, 三升半.
pub(super) fn zh_after(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let k = t.past_space(n.end);
    if t.is(k, "刻钟") {
        let value = n.value.mul(Amount::int(15))?;
        return Some(out.put(n.draft_zh(t, ValueKind::Number, value, k + 2).unit(Some(Unit("minute")))));
    }
    // 两分半钟
    if t.is(k, "分半") && matches!(t.c(k + 2), '钟' | '，' | '。' | '、' | '\0') {
        let stop = k + 2 + usize::from(t.c(k + 2) == '钟');
        let d = n.draft_zh(t, ValueKind::Number, n.value.plus_half(), stop);
        return Some(out.put(d.unit(Some(Unit("minute")))));
    }
    // 八里山路, 五里外, 三十里旱路: behind a small number 里 may be "in", 三里屯 a name
    let far = n.tokens > 1
        || matches!(t.c(k + 1), '，' | '。')
        || characters!("counted by 里").contains(&t.c(k + 1));
    if t.c(k) == '里' && far && !labels::in_word(t, n) {
        return Some(out.put(n.draft_zh(t, ValueKind::Number, n.value, k + 1).unit(Some(Unit("li")))));
    }
    // 三分薄田: a tenth of a mu each
    if t.c(k) == '分' && n.tokens == 1 && n.value < Amount::int(10) && is_land(t, k + 1) {
        let value = n.value.div(Amount::int(10))?;
        return Some(out.put(n.draft_zh(t, ValueKind::Number, value, k + 1).unit(Some(Unit("mu")))));
    }
    let (named, stop) = UNITS.zh.at(t, k).filter(|_| !labels::in_word(t, n))?;
    let next = t.c(stop);
    let short = stop == k + 1;
    let word = t.c(k) == '周' && t.c(k + 1) == '年'
        || t.c(k) == '升' && characters!("no litre").contains(&next)
        || matches!(t.c(k), '克' | '米' | '天' | '周' | '秒')
            && short
            && n.lone()
            && characters!("no unit").contains(&next);
    if word {
        return None;
    }
    if named.times != Amount::ONE {
        let d = n.draft_zh(t, ValueKind::Number, n.value.mul(named.times)?, stop);
        return Some(out.put(d.unit(Some(named.unit))));
    }
    if let Some((part, stop)) = decimals(t, stop).filter(|_| matches!(t.c(k), '米' | '尺' | '丈' | '秒'))
    {
        let value = n.value.add(part)?;
        return Some(out.put(n.draft_zh(t, ValueKind::Number, value, stop).unit(Some(named.unit))));
    }
    let half = next == '半' && !characters!("half of its own").contains(&t.c(stop + 1));
    let value = if half { n.value.plus_half() } else { n.value };
    let d = n.draft_zh(t, ValueKind::Number, value, stop + usize::from(half));
    // 四周 is round about as well
    let around = t.is(n.at, "四周") && !t.any_before(n.at, words!("not around", zh));
    let weak = n.lone_one(t) && !half || around && !matches!(next, '内' | '后' | '前' | '以' | '时');
    let stop = out.put(d.unit(Some(named.unit)).weak(weak));
    Some(rate_behind(t, stop, out).unwrap_or(stop))
}

/// The tenths or hundredths behind a unit at `i`, and their end: 一米八, 八米三四.
fn decimals(t: &Chars<'_>, i: usize) -> Option<(Amount, usize)> {
    let first = i128::from(digit(t.c(i))?);
    let (part, stop) = match digit(t.c(i + 1)) {
        Some(second) => (Amount::ratio(10 * first + i128::from(second), 100)?, i + 2),
        None => (Amount::ratio(first, 10)?, i + 1),
    };
    (!is_cjk(t.c(stop)) || characters!("behind tenths").contains(&t.c(stop))).then_some((part, stop))
}

/// 三十九度五: degrees and tenths of one.
pub(super) fn degrees(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let (part, stop) = decimals(t, n.end + 1).filter(|_| !n.arabic && t.c(n.end) == '度')?;
    Some(out.put(n.draft_zh(t, ValueKind::Number, n.value.add(part)?, stop)))
}

/// Whether a field is spoken of at `i`, with at most one word before it: 地, 薄田, 自留地.
fn is_land(t: &Chars<'_>, i: usize) -> bool {
    (i..i + 3).take_while(|&at| is_cjk(t.c(at))).any(|at| matches!(t.c(at), '田' | '地'))
}

/// The unit of weight, length or volume at `i` of which 半 names a half, and its end: 半斤, 半公里.
pub(super) fn half_of(t: &Chars<'_>, i: usize) -> Option<(Unit, usize)> {
    let (named, stop) = UNITS.zh.at(t, i)?;
    let dimension = SIZES.get(named.unit.as_str()).map(|size| size.dimension);
    let measured = matches!(dimension, Some("mass" | "length" | "volume" | "area"));
    (measured && named.times == Amount::ONE).then_some((named.unit, stop))
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
        let d = n.draft_zh(t, ValueKind::Number, n.value.plus_half(), stop);
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

/// 49秒38: seconds and hundredths of a second, as races are timed.
pub(super) fn hundredths(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let digit = |i: usize| t.c(i).to_digit(10);
    // 1分57秒38
    if t.c(n.end) == '分'
        && let Read::Num(seconds) = numeral(t, n.end + 1)
        && t.c(seconds.end) == '秒'
        && digit(seconds.end + 1).is_some()
    {
        let minutes = n.draft_zh(t, ValueKind::Number, n.value, n.end + 1);
        return Some(out.put(minutes.unit(Some(Unit("minute")))));
    }
    if t.c(n.end) != '秒' {
        return None;
    }
    let more = i64::from(10 * digit(n.end + 1)? + digit(n.end + 2)?);
    let stop = n.end + 3;
    if digit(stop).is_some() || matches!(t.c(stop), '.' | '年' | '月' | '日' | '个' | '名' | '%') {
        return None;
    }
    let value = n.value.add(Amount::ratio(more.into(), 100)?)?;
    Some(out.put(n.draft_zh(t, ValueKind::Number, value, stop).unit(Some(Unit("second")))))
}

/// 二十两银子, 二两: the weight, where 两 stands behind a numeral and no measure word behind it.
pub(super) fn weight(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let next = t.c(n.end + 1);
    if t.c(n.end) != '两'
        || next == '个'
        || n.lone_one(t) && CLASSIFIERS.contains(&next)
        || n.lone() && (t.c(n.at) == '三' || characters!("counted by 两").contains(&next))
    {
        return None;
    }
    // 二两半
    let half = next == '半' && !characters!("half of its own").contains(&t.c(n.end + 2));
    let (value, stop) = if half { (n.value.plus_half(), n.end + 2) } else { (n.value, n.end + 1) };
    Some(out.put(n.draft_zh(t, ValueKind::Number, value, stop).unit(Some(Unit("liang")))))
}
