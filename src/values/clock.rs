//! Times of day: 下午三点半, 20时30分, 3:30 p.m., noon.

use std::sync::LazyLock;

use super::chars::Chars;
use super::digits::short_run;
use super::numerals::Numeral;
use super::numerals::en::{Item, collect};
use super::numerals::grammar::cardinal;
use super::numerals::zh::{Read, numeral};
use super::out::{Draft, Out};
use super::table::rows;
use super::words::{lower_at, word_after, word_before};
use super::{Amount, Unit, Value, ValueKind, units};
use crate::words::{characters, words};

/// 14:30 and 14:30:15 at `i`, whose first number `hour` ends at `end` with a colon behind it: the end.
pub(super) fn digital(
    t: &Chars<'_>,
    i: usize,
    (hour, end): (i64, usize),
    out: &mut Out<'_, '_>,
) -> Option<usize> {
    if end - i > 2 || hour > 24 {
        return None;
    }
    let (minute, end_minute) = short_run(t, end + 1, 2)?;
    if end_minute - end != 3
        || t.any_before(i, words!("before a ratio", zh))
        || minute > 59
        || t.c(end_minute).is_ascii_alphabetic() && !matches!(t.c(end_minute), 'a' | 'p' | 'A' | 'P')
    {
        return None;
    }
    // 1:57.38, as races are timed
    if t.c(end_minute) == '.'
        && let Some((hundredths, stop)) = short_run(t, end_minute + 1, 2)
        && stop == end_minute + 3
    {
        let seconds = Amount::int(minute).add(Amount::ratio(hundredths.into(), 100)?)?;
        out.push(Draft::new(ValueKind::Number, i, end, Amount::int(hour)).unit(Some(Unit("minute"))));
        let d = Draft::new(ValueKind::Number, end + 1, stop, seconds);
        return Some(out.put(d.unit(Some(Unit("second")))));
    }
    let half = daytime(t, i)
        .and_then(|half| half_of_day(hour, half))
        .or_else(|| half_after(t, end_minute).map(|(half, _)| half));
    out.push(Draft::new(ValueKind::Hour, i, end, Amount::int(hour)).unit(half.filter(|_| hour <= 12)));
    // 15:00 is three o'clock: nobody says the minute.
    out.push(Draft::new(ValueKind::Minute, end + 1, end_minute, Amount::int(minute)).weak(minute == 0));
    if t.c(end_minute) == ':'
        && let Some((second, stop)) = short_run(t, end_minute + 1, 2)
        && second < 60
    {
        let d = Draft::new(ValueKind::Second, end_minute + 1, stop, Amount::int(second));
        return Some(out.put(d.weak(second == 0)));
    }
    Some(end_minute)
}

/// Words before an hour that tell that it is one, with the half of the day they mean; longest first.
static DAYTIMES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let mut words: Vec<_> = rows(include_str!("clock/daytimes.tsv"))
        .filter_map(|row| Some((*row.first()?, row.get(1).copied().unwrap_or(""))))
        .collect();
    words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    words
});

/// The word for a time of the day that ends before `i`: what half of the day it means, if it says.
fn daytime(t: &Chars<'_>, i: usize) -> Option<&'static str> {
    let i = t.before_space(i);
    DAYTIMES.iter().find(|(word, _)| t.any_before(i, &[*word])).map(|(_, half)| *half)
}

/// The half of the day that an hour is in, by a word for a time of the day: 中午12点 is p.m., 晚上12点 midnight.
fn half_of_day(hour: i64, half: &str) -> Option<Unit> {
    let forenoon = match half {
        "a.m." => true,
        "p.m." => false,
        "noon" => (9..12).contains(&hour),
        "night" => hour == 12 || hour < 5,
        _ => return None,
    };
    (hour <= 12).then_some(Unit(if forenoon { "a.m." } else { "p.m." }))
}

/// 下午三点半, 20时30分; 三点 alone is three points. `k` is where 点 or 时 stands, `last` what was read just before.
pub(super) fn zh_hour(
    t: &Chars<'_>,
    n: &Numeral,
    k: usize,
    last: Option<ValueKind>,
    out: &mut Out<'_, '_>,
) -> Option<usize> {
    let hour = n.int().filter(|h| (0..=24).contains(h))?;
    // 早一点, 晚一点: a little.
    let little = t.c(n.start) == '一'
        && n.tokens == 1
        && matches!(t.before(n.start), '早' | '晚')
        && t.any(k + 1, &["钟", "整", "半"]).is_none();
    if little {
        return None;
    }
    let daytime = daytime(t, n.start);
    let told = daytime.is_some()
        || n.arabic && t.c(k) == '点' && (13..=24).contains(&hour)
        || matches!(last, Some(ValueKind::Day | ValueKind::Weekday));
    let minutes = match numeral(t, k + 1) {
        Read::Num(m) => matches!(t.c(m.end), '分' | '刻') && t.c(m.end + 1) != '之',
        _ => false,
    };
    let tail = t.any(k + 1, words!("behind an hour", zh)).is_some();
    let is_time = told || minutes || tail || t.c(k) == '时' && (n.arabic || n.tokens > 1);
    if !is_time || t.c(k) == '时' && NOT_HOURS.contains(&t.c(k + 1)) {
        return None;
    }
    let stop = if t.c(k + 1) == '钟' { k + 2 } else { k + 1 };
    let half = daytime.and_then(|half| half_of_day(hour, half));
    let stop = out.put(Draft::new(ValueKind::Hour, n.start, stop, Amount::int(hour)).unit(half));
    if t.c(stop) == '半' {
        return Some(out.put(Draft::new(ValueKind::Minute, stop, stop + 1, Amount::int(30))));
    }
    Some(stop)
}

/// What follows 时 in words: 时间, 时代.
const NOT_HOURS: &[char] = characters!("no hour");

/// 差十分八点, 差一刻六点 at `i`: so many minutes before the hour.
pub(super) fn short_of(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let Read::Num(short) = numeral(t, t.past_space(i + 1)) else { return None };
    let k = t.past_space(short.end);
    let (minutes, stop) = match t.c(k) {
        '刻' => (short.value.as_int()? * 15, k + 1),
        '分' => (short.value.as_int()?, t.any(k, &["分钟"]).unwrap_or(k + 1)),
        _ => return None,
    };
    let Read::Num(hour) = numeral(t, t.past_space(stop)) else { return None };
    let whole = hour.value.as_int().filter(|hour| (1..=24).contains(hour))?;
    let k = t.past_space(hour.end);
    if t.c(k) != '点' || !(1..60).contains(&minutes) {
        return None;
    }
    let before = if whole > 12 { whole - 1 } else { (whole + 10) % 12 + 1 };
    out.push(Draft::new(ValueKind::Minute, i, stop, Amount::int(60 - minutes)));
    let half = daytime(t, i).and_then(|half| half_of_day(before, half));
    let end = k + 1 + usize::from(t.c(k + 1) == '钟');
    Some(out.put(Draft::new(ValueKind::Hour, stop, end, Amount::int(before)).unit(half)))
}

/// Words for times of the day, with the hours between which they lie.
static PERIODS: LazyLock<Vec<([i64; 2], &'static str)>> = LazyLock::new(|| {
    let rows = rows(include_str!("clock/periods.tsv")).filter_map(|row| {
        let &[from, to, words] = &row[..] else { return None };
        Some(([from.parse().ok()?, to.parse().ok()?], words))
    });
    rows.flat_map(|(hours, words)| words.split('|').map(move |word| (hours, word))).collect()
});

/// Whether a text names a time of the day that an hour lies in: "mid-morning" for 上午十点左右.
pub fn names_hour(text: &str, hour: &Value) -> bool {
    let Some(n) = hour.value.as_int().filter(|_| hour.kind == ValueKind::Hour) else { return false };
    let hours: &[i64] = match hour.unit.map(Unit::as_str) {
        Some("a.m.") => &[n % 12],
        Some("p.m.") => &[n % 12 + 12, n % 12 + 24],
        _ => &[n, n + 12, n + 24],
    };
    PERIODS
        .iter()
        .any(|([from, to], word)| hours.iter().any(|h| (from..=to).contains(&h)) && text.contains(word))
}

/// 分, 秒 and 刻 after an hour.
pub(super) fn minutes(t: &Chars<'_>, n: &Numeral, k: usize, last: Option<ValueKind>) -> Option<Draft> {
    let hour = last == Some(ValueKind::Hour);
    let (kind, value) = match t.c(k) {
        '分' if hour && n.int().is_some_and(|n| (0..60).contains(&n)) && t.c(k + 1) != '钟' => {
            (ValueKind::Minute, n.value)
        }
        '秒' if last == Some(ValueKind::Minute) => (ValueKind::Second, n.value),
        '刻' if hour && n.int().is_some_and(|n| (1..=3).contains(&n)) => {
            (ValueKind::Minute, Amount::int(15 * n.int()?))
        }
        _ => return None,
    };
    Some(Draft::new(kind, n.start, k + 1, value))
}

/// Past "o'" of "o'clock".
fn after_apostrophe(t: &Chars<'_>, end: usize) -> usize {
    let k = t.past_space(end);
    if t.c(k) == 'o' && matches!(t.c(k + 1), '\'' | '’') { k + 2 } else { end }
}

/// a.m., PM after an hour: the half of the day, and its end.
fn day_half(t: &Chars<'_>, end: usize) -> Option<(Unit, usize)> {
    let k = t.past_space(end);
    let half = match t.c(k) {
        'a' | 'A' => "a.m.",
        'p' | 'P' => "p.m.",
        _ => return None,
    };
    let dot = usize::from(t.c(k + 1) == '.');
    let m = k + 1 + dot;
    if !matches!(t.c(m), 'm' | 'M')
        || t.c(m + 1).is_alphanumeric()
        || (dot == 0 && k > end && t.c(k) == 'a' && t.c(m + 1) == '\'')
    {
        return None;
    }
    Some((Unit(half), m + 1 + usize::from(dot == 1 && t.c(m + 1) == '.')))
}

/// "in the morning", "at night" after an hour: the half of the day, and its end.
fn part_of_day(t: &Chars<'_>, end: usize) -> Option<(Unit, usize)> {
    if let Some(stop) = word_after(t, end, &["at"]).and_then(|at| word_after(t, at, &["night"])) {
        return Some((Unit("p.m."), stop));
    }
    let the = word_after(t, word_after(t, end, &["in"])?, &["the"])?;
    word_after(t, the, &["morning"])
        .map(|stop| (Unit("a.m."), stop))
        .or_else(|| Some((Unit("p.m."), word_after(t, the, &["afternoon", "evening"])?)))
}

/// The half of the day that stands behind an hour, in any way.
fn half_after(t: &Chars<'_>, end: usize) -> Option<(Unit, usize)> {
    day_half(t, end).or_else(|| part_of_day(t, end))
}

/// 7.35 p.m. and the 14.05 train at `i`, with a point as British papers have it: the end.
pub(super) fn dotted(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let (hour, end) = short_run(t, i, 2).filter(|&(hour, end)| hour <= 24 && t.c(end) == '.')?;
    let (minute, stop) = short_run(t, end + 1, 2).filter(|&(n, stop)| n < 60 && stop == end + 3)?;
    let runs =
        || word_before(t, i, &["the"]) && word_after(t, stop, words!("runs by the clock", en)).is_some();
    let (half, past) = match half_after(t, stop).filter(|_| hour <= 12) {
        Some((half, past)) => (Some(half), past),
        None if runs() => (None, stop),
        None => return None,
    };
    out.push(Draft::new(ValueKind::Hour, i, end, Amount::int(hour)).unit(half));
    out.push(Draft::new(ValueKind::Minute, end + 1, stop, Amount::int(minute)).weak(minute == 0));
    Some(past)
}

/// 3 p.m., three o'clock, "two in the afternoon"
pub(super) fn hour(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    // "the first one in the morning" is one of several
    if n.int() == Some(1) && word_before(t, n.start, BEFORE_PRONOUN) {
        return None;
    }
    let clock =
        word_after(t, after_apostrophe(t, n.end), &["clock"]).filter(|_| t.c(t.past_space(n.end)) == 'o');
    let end = clock.unwrap_or(n.end);
    let half = n.int().filter(|h| (0..=12).contains(h)).and_then(|_| half_after(t, end));
    let stop = match (half, clock) {
        (Some((_, stop)), None) => stop,
        (_, Some(stop)) => stop,
        (None, None) => return None,
    };
    let d = n.draft(ValueKind::Hour, n.value, stop);
    out.push(d.unit(half.map(|(half, _)| half)));
    Some(half.map_or(stop, |(_, past)| past))
}

/// Reads a time of day in words at `i`: half past nine, a quarter to seven, at ten to eight in the morning.
pub(super) fn spoken(t: &Chars<'_>, i: usize, items: &mut Vec<Item>, out: &mut Out<'_, '_>) -> Option<usize> {
    let from = word_after(t, i, &["a"]).map_or(i, |a| t.past_space(a));
    let quarter = word_after(t, from, &["quarter"]).map(|end| (15, end));
    let named = quarter.or_else(|| word_after(t, from, &["half"]).map(|end| (30, end)));
    let (minute, end) = match named {
        Some(found) => found,
        None => number(t, from, items).filter(|&(n, end)| {
            let minutes = || word_after(t, end, &["minute", "minutes"]).is_some();
            matches!(n, 5 | 10 | 20 | 25) || (1..30).contains(&n) && minutes()
        })?,
    };
    let minutes = word_after(t, end, &["minute", "minutes"]);
    let end = minutes.unwrap_or(end);
    let past = word_after(t, end, &["past"]);
    let to = word_after(t, end, &["to"]).filter(|_| minute != 30);
    // "ten to eight" is a time of day only where one is told, and where nothing is counted
    let told = named.is_some() || past.is_some() || word_before(t, i, BEFORE_TIME);
    let from = t.past_space(past.or(to)?);
    let named_hour =
        ["midnight", "noon"].iter().find_map(|word| Some((*word, word_after(t, from, &[word])?)));
    let (hour, stop) = match named_hour {
        Some((_, stop)) => (12, stop),
        None => number(t, from, items).filter(|(n, _)| (1..=12).contains(n))?,
    };
    let half = match named_hour {
        // before midnight it is night, before noon morning
        Some((word, stop)) => {
            Some((Unit(if (word == "noon") == to.is_some() { "a.m." } else { "p.m." }), stop))
        }
        None => half_after(t, stop),
    };
    let next = lower_at(t, t.past_space(stop));
    let counted = match minutes {
        // five minutes to two hours
        Some(_) => next.is_some_and(|(word, _)| units::names(word.as_str())),
        None => {
            let opens = next.is_some_and(|(word, _)| words!("behind a time", en).contains(&word.as_str()));
            t.c(t.past_space(stop)).is_alphanumeric() && half.is_none() && !opens
        }
    };
    if !told || named.is_none() && past.is_none() && counted {
        return None;
    }
    let value = if past.is_some() { hour } else { (hour + 10) % 12 + 1 };
    let minute = if past.is_some() { minute } else { 60 - minute };
    out.push(Draft::new(ValueKind::Minute, i, end, Amount::int(minute)));
    let d = Draft::new(ValueKind::Hour, from, stop, Amount::int(value)).unit(half.map(|(half, _)| half));
    out.push(d);
    Some(half.map_or(stop, |(_, past)| past))
}

/// Words after which "one" is none.
const BEFORE_PRONOUN: &[&str] = words!("before one of several", en);

/// Words after which "ten to eight" is a time of day.
const BEFORE_TIME: &[&str] = words!("before a time", en);

/// The number at `i`, when it is whole, and its end.
fn number(t: &Chars<'_>, i: usize, items: &mut Vec<Item>) -> Option<(i64, usize)> {
    collect(t, i, items);
    let c = cardinal(items, 0).filter(|c| !c.nth)?;
    Some((c.value.as_int()?, items.get(c.next.checked_sub(1)?)?.end))
}

/// noon, midnight: the word at `i`.
pub(super) fn word(i: usize, end: usize, hour: i64, out: &mut Out<'_, '_>) -> usize {
    let half = (hour == 12).then_some(Unit("p.m."));
    out.put(Draft::new(ValueKind::Hour, i, end, Amount::int(hour)).unit(half).weak(true))
}
