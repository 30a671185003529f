//! Times of day: 下午三点半, 20时30分, 3:30 p.m., noon.

use super::chars::Chars;
use super::digits::short_run;
use super::numerals::Numeral;
use super::numerals::zh::{Read, numeral};
use super::out::{Draft, Out};
use super::words::word_after;
use super::{Amount, ValueKind};

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
        || minute > 59
        || t.c(end_minute).is_ascii_alphabetic() && !matches!(t.c(end_minute), 'a' | 'p' | 'A' | 'P')
    {
        return None;
    }
    out.push(Draft::new(ValueKind::Hour, i, end, Amount::int(hour)));
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

/// Words before an hour that tell that it is one.
const DAYTIMES: &[&str] = &[
    "上午", "下午", "晚上", "早上", "凌晨", "中午", "傍晚", "清晨", "午夜", "深夜", "早晨", "今晚", "当晚",
    "时间", "晚", "早", "夜里", "半夜", "每天",
];

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
    let told = t.any_before(t.before_space(n.start), DAYTIMES)
        || matches!(last, Some(ValueKind::Day | ValueKind::Weekday));
    let minutes = match numeral(t, k + 1) {
        Read::Num(m) => matches!(t.c(m.end), '分' | '刻') && t.c(m.end + 1) != '之',
        _ => false,
    };
    let tail = t.any(k + 1, &["钟", "整", "半", "许", "左右"]).is_some();
    let is_time = told || minutes || tail || t.c(k) == '时' && n.arabic;
    if !is_time || t.c(k) == '时' && NOT_HOURS.contains(t.c(k + 1)) {
        return None;
    }
    let stop = out.put(Draft::new(
        ValueKind::Hour,
        n.start,
        if t.c(k + 1) == '钟' { k + 2 } else { k + 1 },
        Amount::int(hour),
    ));
    if t.c(stop) == '半' {
        return Some(out.put(Draft::new(ValueKind::Minute, stop, stop + 1, Amount::int(30))));
    }
    Some(stop)
}

/// What follows 时 in words: 时间, 时代.
const NOT_HOURS: &str = "间候代期光刻空而常速髦";

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

/// a.m., PM after an hour: its end.
fn day_half(t: &Chars<'_>, end: usize) -> Option<usize> {
    let k = t.past_space(end);
    if !matches!(t.c(k), 'a' | 'p' | 'A' | 'P') {
        return None;
    }
    let dot = usize::from(t.c(k + 1) == '.');
    let m = k + 1 + dot;
    if !matches!(t.c(m), 'm' | 'M')
        || t.c(m + 1).is_alphanumeric()
        || (dot == 0 && k > end && t.c(k) == 'a' && t.c(m + 1) == '\'')
    {
        return None;
    }
    Some(m + 1 + usize::from(dot == 1 && t.c(m + 1) == '.'))
}

/// 3 p.m., three o'clock
pub(super) fn hour(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    if n.int().is_some_and(|h| (0..=12).contains(&h))
        && let Some(stop) = day_half(t, n.end)
    {
        return Some(out.put(n.draft(ValueKind::Hour, n.value, stop)));
    }
    let stop =
        word_after(t, after_apostrophe(t, n.end), &["clock"]).filter(|_| t.c(t.past_space(n.end)) == 'o')?;
    Some(out.put(n.draft(ValueKind::Hour, n.value, stop)))
}

/// noon, midnight: the word at `i`.
pub(super) fn word(i: usize, end: usize, hour: i64, out: &mut Out<'_, '_>) -> usize {
    out.put(Draft::new(ValueKind::Hour, i, end, Amount::int(hour)).weak(true))
}
