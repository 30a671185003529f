//! Dates by their parts: 2021年, the 1990s, weekdays, quarters, centuries, before Christ.

mod digital;
mod eras;
mod months;

use std::sync::LazyLock;

use super::chars::{Chars, is_dash};
use super::clock;
use super::digits::short_run;
use super::names::Names;
use super::numerals::zh::{CLASSIFIERS, Read, digit, is_numeral, numeral};
use super::numerals::{Form, Numeral};
use super::out::{Draft, Out};
use super::table::rows;
use super::words::{after_joint, lower_at, word_after, word_before};
use super::{Amount, Unit, ValueKind, units};
use crate::words::{characters, words};

pub use digital::glued_year;
pub(super) use digital::{digit_date, glued};
pub(super) use eras::{after_rank, era_before, lunar};
pub(super) use months::{month, month_at};

/// nineteen ninety-four
pub(super) fn spelled_year(_: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    (n.form == Form::Year).then(|| out.put(n.draft(ValueKind::Year, n.value, n.end)))
}

/// 221 BC
pub(super) fn before_christ(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let stop = word_after(t, n.end, &["bc", "bce"])?;
    Some(out.put(n.draft(ValueKind::Year, n.value.neg(), stop)))
}

/// 12 July: the day before its month.
pub(super) fn day_before_month(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let day = n.arabic && n.run <= 2 && n.int().is_some_and(|d| (1..=31).contains(&d));
    (day && month_at(t, after_joint(t, n.end)).is_some())
        .then(|| out.put(n.draft(ValueKind::Day, n.value, n.end)))
}

/// A year that is told by what stands before it: in 2021, (2015), the 2015 Paris Agreement.
pub(super) fn told_year(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    if !n.arabic || n.run != 4 || !n.int().is_some_and(|y| (1000..2200).contains(&y)) {
        return None;
    }
    let next = t.past_space(n.end);
    let told = word_before(t, n.start, words!("before a date", en))
        || word_before(t, n.start, BEFORE_YEAR)
        || is_dash(t.before(n.start))
        || t.before(n.start) == '('
        || word_before(t, n.start, &["the", "a", "at"]) && t.c(next).is_ascii_uppercase();
    let counted = t.c(next).is_ascii_lowercase()
        && lower_at(t, next).is_some_and(|(w, _)| {
            w.as_str().ends_with('s')
                && w.as_str().len() > 3
                && !words!("no noun behind a year", en).contains(&w.as_str())
        });
    (told && !counted).then(|| out.put(n.draft(ValueKind::Year, n.value, n.end)))
}

/// Words after which four digits are a year, beside those that stand before any date.
const BEFORE_YEAR: &[&str] = words!("before a year", en);

/// 1990s, the 90s
pub(super) fn decade_after(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let apostrophe = usize::from(matches!(t.c(n.end), '\'' | '’'));
    let s = n.end + apostrophe;
    if !n.arabic || t.c(s) != 's' || t.c(s + 1).is_alphanumeric() {
        return None;
    }
    let year = n.int().filter(|year| year % 10 == 0)?;
    let short = n.run == 2
        && (apostrophe > 0
            || word_before(t, n.start, words!("before a decade", en))
            || t.before(n.start) == '-');
    (n.run == 4 && (1000..2200).contains(&year) || short)
        .then(|| out.put(Draft::new(ValueKind::Decade, n.start, s + 1, n.value)))
}

/// 本世纪初 at `i`: the century of today, as "the early 2000s" has it.
pub(super) fn this_century(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    t.is(i, "本世纪").then(|| out.put(Draft::new(ValueKind::Century, i, i + 3, Amount::int(21)).weak(true)))
}

/// 上世纪 at `i`, where no decade of it follows: 上世纪末.
pub(super) fn last_century(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let decade = is_numeral(t.c(i + 3)) || t.c(t.past_space(i + 3)).is_ascii_digit();
    (t.is(i, "上世纪") && !decade)
        .then(|| out.put(Draft::new(ValueKind::Century, i, i + 3, Amount::int(20)).weak(true)))
}

/// '90s and '95 at `i`.
pub(super) fn short_year(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let (Some(tens), Some(ones)) = (t.c(i + 1).to_digit(10), t.c(i + 2).to_digit(10)) else { return i + 1 };
    if t.before(i).is_alphanumeric() {
        return i + 1;
    }
    let n = i64::from(tens * 10 + ones);
    if ones == 0 && t.c(i + 3) == 's' && !t.c(i + 4).is_alphanumeric() {
        return out.put(Draft::new(ValueKind::Decade, i, i + 4, Amount::int(n)));
    }
    if t.c(i) != '‘'
        && !t.c(i + 3).is_alphanumeric()
        && !matches!(t.c(i + 3), '\'' | '’' | '.' | '%' | ',' | ':')
    {
        return out.put(Draft::new(ValueKind::Year, i, i + 3, Amount::int(of_century(n))).weak(true));
    }
    i + 1
}

/// 1997-98: a season or a fiscal year that begins in one year and ends in the next.
pub(super) fn two_years(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let year = n.int().filter(|year| n.arabic && n.end - n.at == 4 && (1000..2100).contains(year))?;
    let (next, stop) = short_run(t, n.end + 1, 2).filter(|_| is_dash(t.c(n.end)))?;
    let follows = stop == n.end + 3 && (year + 1) % 100 == next;
    if !follows || t.c(stop).is_ascii_alphanumeric() || is_dash(t.c(stop)) {
        return None;
    }
    out.push(n.draft(ValueKind::Year, n.value, n.end));
    Some(out.put(Draft::new(ValueKind::Year, n.end + 1, stop, Amount::int(year + 1))))
}

/// A year of two digits: until 29 of this century.
fn of_century(n: i64) -> i64 {
    if n >= 30 { 1900 + n } else { 2000 + n }
}

/// nineties: the word at `i`.
pub(super) fn decade_word(t: &Chars<'_>, i: usize, end: usize, n: i64, out: &mut Out<'_, '_>) -> usize {
    // his mid-thirties
    let at = if matches!(t.before(i), '-' | '‑') { i - 1 } else { t.before_space(i) };
    let part = word_before(t, at, &["early", "late", "mid", "middle"]);
    let start = (0..at).rev().take_while(|&at| t.c(at).is_ascii_alphabetic()).last().filter(|_| part);
    let age = word_before(t, start.unwrap_or(i), words!("possessive", en));
    out.put(Draft::new(ValueKind::Decade, i, end, Amount::int(n)).weak(age))
}

/// "over the past decade": ten years; the first decade and a half.
pub(super) fn past_decade(t: &Chars<'_>, i: usize, end: usize, out: &mut Out<'_, '_>) -> usize {
    if let Some(stop) = units::and_a_half(t, end) {
        return out.put(Draft::new(ValueKind::Number, i, stop, Amount::int(15)).unit(Some(Unit("year"))));
    }
    out.put(Draft::new(ValueKind::Number, i, end, Amount::int(10)).unit(Some(Unit("year"))).weak(true))
}

/// Whether a weekday stands at `i`: 周三, and no 周一次.
pub(super) fn is_weekday(t: &Chars<'_>, i: usize) -> bool {
    weekday_at(t, i).is_ok()
}

/// Parts of dates and times after a Chinese numeral, and spans of years.
pub(super) fn zh_after(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let k = t.past_space(n.end);
    // 登陆日
    if n.lone() && characters!("numeral of documents").contains(&t.c(n.at)) {
        return None;
    }
    let last = out.touching(n.start);
    let put = |out: &mut Out<'_, '_>, kind: ValueKind, stop: usize| {
        let d = Draft::new(kind, n.start, stop, n.value).weak(n.vague).approximate(n.approximate);
        Some(out.put(d))
    };
    let within = |most: i64| n.int().is_some_and(|n| (1..=most).contains(&n));
    match t.c(k) {
        // 八零后: who was born in the eighties
        '后' if n.run == 2 && n.int().is_some_and(|year| year % 10 == 0) && k == n.end => {
            Some(out.put(Draft::new(ValueKind::Decade, n.start, k + 1, n.value).weak(true)))
        }
        '世' if t.is(k, "世纪") => {
            if let Some((decade, stop)) = decade_of_century(t, n, k) {
                return Some(out.put(Draft::new(ValueKind::Decade, n.start, stop, decade)));
            }
            // 公元前五世纪至前三世纪
            let before = t.before(n.at) == '前' && out.last_before_christ();
            let value = if before { n.value.neg() } else { n.value };
            Some(
                out.put(
                    Draft::new(ValueKind::Century, n.start, k + 2, value)
                        .weak(n.vague)
                        .approximate(n.approximate),
                ),
            )
        }
        '年' if t.is(k, "年代") && t.any_before(n.at, &["上世纪", "上个世纪"]) => {
            let year = n.int().filter(|year| (0..100).contains(year))?;
            Some(out.put(Draft::new(ValueKind::Decade, n.start, k + 2, Amount::int(1900 + year))))
        }
        '年' if t.is(k, "年代") => put(out, ValueKind::Decade, k + 2),
        '年' if t.is(k, "年级") => put(out, ValueKind::Ordinal, k + 2),
        '年' => zh_year(t, n, k, out),
        '月' if within(12) && !matches!(t.c(k + 1), '球' | '亮' | '饼' | '色') => {
            put(out, ValueKind::Month, if t.c(k + 1) == '份' { k + 2 } else { k + 1 })
        }
        '日' if within(31) && !t.is(k, "日元") && !matches!(t.c(k + 1), '本' | '益' | '常') => {
            let d = Draft::new(ValueKind::Day, n.start, k + 1, n.value);
            let lone_one = n.lone() && t.c(n.at) == '一';
            Some(out.put(d.weak(n.vague || lone_one).approximate(n.approximate)))
        }
        '号' if within(31) && last == Some(ValueKind::Month) => put(out, ValueKind::Day, k + 1),
        // 前三季度 counts quarters
        '季' if t.is(k, "季度") && t.before(n.at) == '前' => {
            Some(out.put(n.draft_zh(t, ValueKind::Number, n.value, k + 2).unit(Some(Unit("quarter")))))
        }
        '季' if t.is(k, "季度") && within(4) => put(out, ValueKind::Quarter, k + 2),
        '点' | '时' => clock::zh_hour(t, n, k, last, out),
        _ => clock::minutes(t, n, k, last).map(|d| out.put(d.weak(n.vague).approximate(n.approximate))),
    }
}

/// 20世纪90年代 is one decade: its first year and its end; 世纪 stands at `k`.
fn decade_of_century(t: &Chars<'_>, n: &Numeral, k: usize) -> Option<(Amount, usize)> {
    let Read::Num(ten) = numeral(t, t.past_space(k + 2)) else { return None };
    let stop = t.any(t.past_space(ten.end), &["年代"])?;
    let (century, year) = (n.int()?, ten.value.as_int()?);
    ((0..100).contains(&year) && (1..30).contains(&century))
        .then(|| (Amount::int((century - 1) * 100 + year), stop))
}

/// 年 at `k` after a numeral: a year, or a span of years.
fn zh_year(t: &Chars<'_>, n: &Numeral, k: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let lone_one = n.lone() && t.c(n.at) == '一';
    if t.c(k + 1) == '轻' || lone_one && t.any(k + 1, &["一度", "到头", "之计"]).is_some() {
        return None;
    }
    let number = n.int()?;
    let era = eras::of_era(t, n, k, out);
    let mut put = |value: Amount, stop: usize, weak: bool| {
        let d = Draft::new(ValueKind::Year, n.start, stop, value).approximate(n.approximate);
        Some(out.put(d.weak(n.vague || weak)))
    };
    if let Some(year) = era {
        return put(Amount::int(year), k + 1, false);
    }
    if let Some(year) = year_of_digits(t, n, k, number) {
        return put(Amount::int(year), k + 1, false);
    }
    let half = t.c(k + 1) == '半';
    let (value, stop) = (if half { n.value.plus_half() } else { n.value }, k + 1 + usize::from(half));
    let d = Draft::new(ValueKind::Number, n.start, stop, value).unit(Some(Unit("year")));
    Some(out.put(d.weak(n.vague || lone_one && !half).approximate(n.approximate || t.c(stop) == '多')))
}

/// The year that digits before 年 mean, of four, or of two where a month follows or a mark stands before.
fn year_of_digits(t: &Chars<'_>, n: &Numeral, k: usize, number: i64) -> Option<i64> {
    let spelled = n.run >= 2 && !n.arabic;
    if n.run == 4 && (1000..2200).contains(&number) || spelled && n.run == 3 {
        return Some(number);
    }
    let month_follows = || match numeral(t, t.past_space(k + 1)) {
        Read::Num(m) => t.c(t.past_space(m.end)) == '月',
        _ => false,
    };
    let short = n.run == 2
        && (spelled || t.c(n.at) == '0' || matches!(t.before(n.at), '\'' | '’' | '‘') || month_follows());
    short.then(|| of_century(number))
}

/// 周三, 星期日, 礼拜天.
pub(super) fn weekday_zh(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    if let Some((both, end)) = WEEKDAYS.days.at(t, i) {
        return days(i, end, both, out);
    }
    match weekday_at(t, i) {
        Ok((day, stop)) => out.put(Draft::new(ValueKind::Weekday, i, stop, Amount::int(day))),
        Err(read_on) => read_on,
    }
}

/// What weekdays are called in Chinese; [the table](self) says how it is read.
#[derive(Default)]
struct Weekdays {
    /// 周, 星期
    weeks: Names<()>,
    /// 日, by its number
    named: Names<i64>,
    /// 周末
    days: Names<[i64; 2]>,
}

static WEEKDAYS: LazyLock<Weekdays> = LazyLock::new(|| {
    let mut weekdays = Weekdays::default();
    for row in rows(include_str!("dates/weekdays.tsv")) {
        let &[kind, number, words] = &row[..] else { continue };
        let both =
            number.split_once('-').and_then(|(one, other)| Some([one.parse().ok()?, other.parse().ok()?]));
        for word in words.split(' ') {
            match (kind, number.parse(), both) {
                ("week", ..) => weekdays.weeks.add(word, ()),
                ("day", Ok(day), _) => weekdays.named.add(word, day),
                ("days", _, Some(both)) => weekdays.days.add(word, both),
                _ => {}
            }
        }
    }
    weekdays.weeks.sort();
    weekdays.days.sort();
    weekdays
});

/// 周末, weekdays: the first and the last of the days that a word from `i` to `end` stands for. They account for days that
/// the other side names, and need not be named there.
pub(super) fn days(i: usize, end: usize, both: [i64; 2], out: &mut Out<'_, '_>) -> usize {
    let [first, last] = both.map(Amount::int);
    out.push(Draft::new(ValueKind::Weekday, i, i + 1, first).weak(true));
    out.put(Draft::new(ValueKind::Weekday, i + 1, end, last).weak(true))
}

/// The weekday at `i` and its end; `Err` is where to read on.
fn weekday_at(t: &Chars<'_>, i: usize) -> Result<(i64, usize), usize> {
    let Some((_, at)) = WEEKDAYS.weeks.at(t, i) else { return Err(i + 1) };
    let day = match (WEEKDAYS.named.at(t, at), t.c(at)) {
        (Some((day, _)), _) => day,
        (None, c) => match digit(c) {
            Some(d @ 1..=6) if !matches!(c, '两' | '俩' | '仨') => d,
            _ => return Err(at),
        },
    };
    let next = t.c(at + 1);
    let short = at == i + 1;
    let counted = (short && day < 7 && CLASSIFIERS.contains(&next) && !matches!(next, '时' | '日')
        || is_numeral(next) && !(next == '一' && t.c(at + 2) == '早')
        || matches!(next, '周' | '年'))
        && next != '\0';
    if counted
        || short
            && (day == 7 && (t.c(at) == '天' || next == '期')
                || matches!(t.before(i), '一' | '四' | '圆' | '众'))
    {
        return Err(at);
    }
    Ok((day, at + 1))
}

/// 公元前221年.
pub(super) fn before_christ_zh(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let Some(from) = t.any(i, &["公元前"]) else { return i + 1 };
    let Read::Num(n) = numeral(t, t.past_space(from)) else { return from };
    let k = t.past_space(n.end);
    match t.c(k) {
        '年' => {
            out.push(Draft::new(ValueKind::Year, i, k + 1, n.value.neg()));
            k + 1
        }
        '世' => {
            out.push(Draft::new(ValueKind::Century, i, k + 2, n.value.neg()));
            k + 2
        }
        _ => from,
    }
}

/// 上半年, 下半年 at `i`: the end.
pub(super) fn half_year(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    if !t.is(i + 1, "半年") {
        return None;
    }
    let n = if t.c(i) == '上' { 1 } else { 2 };
    Some(out.put(Draft::new(ValueKind::HalfYear, i, i + 3, Amount::int(n))))
}

/// Monday: the word at `i`, which has a capital letter then.
pub(super) fn weekday(t: &Chars<'_>, i: usize, end: usize, day: i64, out: &mut Out<'_, '_>) -> usize {
    if t.c(i).is_ascii_uppercase() {
        let feast = word_before(t, i, words!("feast before a weekday", en));
        out.push(Draft::new(ValueKind::Weekday, i, end, Amount::int(day)).weak(feast));
    }
    end
}
