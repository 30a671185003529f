//! Shares and multiples: per cent, fractions, 成 and 折, half, twice, 倍.

use super::chars::{Chars, is_cjk, is_space, spaced};
use super::digits::{digits, slash_fraction, vulgar};
use super::numerals::en::{Item, Part, collect};
use super::numerals::grammar::{cardinal, parse};
use super::numerals::zh::{
    Num, Read, big_magnitude, digit, is_numeral, numeral, scan_scale, small_magnitude,
};
use super::numerals::{Form, Numeral};
use super::out::{Draft, Out};
use super::words::{lower_at, part, word_after, word_before};
use super::{Amount, Unit, ValueKind};
use super::{labels, units};
use crate::words::{characters, words};

/// `%` and `‰` after a numeral.
pub(super) fn signs(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let k = t.past_space(n.end);
    let value = match t.c(k) {
        '%' => n.value,
        '‰' => n.value.div(Amount::int(10)).unwrap_or(n.value),
        _ => return None,
    };
    let off = word_after(t, k + 1, &["off"]).map(|_| Unit("off"));
    Some(out.put(n.draft_zh(t, ValueKind::Percent, value, k + 1).unit(off)))
}

/// percent, per cent, percentage points, per mille, basis points; 30 percent off.
pub(super) fn percent_words(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    if let Some(stop) =
        word_after(t, n.end, &["basis"]).and_then(|stop| word_after(t, stop, &["point", "points"]))
    {
        let value = n.value.div(Amount::int(100))?;
        return Some(out.put(n.draft(ValueKind::Percent, value, stop).unit(Some(Unit("bp")))));
    }
    let per = |second: &str| word_after(t, word_after(t, n.end, &["per"])?, &[second]);
    if let Some(stop) = per("mille").or_else(|| word_after(t, n.end, &["permille"])) {
        return Some(out.put(n.draft(ValueKind::Percent, n.value.div(Amount::int(10))?, stop)));
    }
    let stop = word_after(t, n.end, words!("percent", en)).or_else(|| per("cent"))?;
    if let Some(stop) = word_after(t, stop, &["point", "points"]) {
        return Some(out.put(n.draft(ValueKind::Percent, n.value, stop).unit(Some(Unit("pp")))));
    }
    let off = word_after(t, stop, &["off"]).map(|_| Unit("off"));
    Some(out.put(n.draft(ValueKind::Percent, n.value, stop).unit(off)))
}

/// 个百分点, 个基点
pub(super) fn points(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    if let Some(stop) = spaced(t, n.end, "个基点").or_else(|| spaced(t, n.end, "基点")) {
        let value = n.value.div(Amount::int(100))?;
        return Some(out.put(n.draft_zh(t, ValueKind::Percent, value, stop).unit(Some(Unit("bp")))));
    }
    let stop = spaced(t, n.end, "个百分点").or_else(|| spaced(t, n.end, "百分点"))?;
    Some(out.put(n.draft_zh(t, ValueKind::Percent, n.value, stop).unit(Some(Unit("pp")))))
}

/// 月息一分, 年息八厘: a 分 of interest is a hundredth a month and a tenth a year, a 厘 a tenth of that.
pub(super) fn interest(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let before = |words: &[&str]| t.any_before(n.at, words);
    let percent = match (before(&["月息", "月利"]), before(&["年息", "年利"])) {
        (true, _) => 10,
        (_, true) => 100,
        _ => return None,
    };
    let tenths = match t.c(n.end) {
        '分' if t.c(n.end + 1) != '之' => percent,
        '厘' => percent / 10,
        _ => return None,
    };
    let (value, stop) = match t.c(n.end + 1) {
        '半' => (n.value.plus_half(), n.end + 2),
        _ => (n.value, n.end + 1),
    };
    let value = value.mul(Amount::ratio(tenths, 10)?)?;
    Some(out.put(n.draft_zh(t, ValueKind::Percent, value, stop)))
}

/// "percent of 10": the number that follows, as a percentage. `word` ends at `end` and is percent or per.
pub(super) fn percent_of(
    t: &Chars<'_>,
    i: usize,
    word: &str,
    mut end: usize,
    items: &mut Vec<Item>,
    out: &mut Out<'_, '_>,
) -> usize {
    if word == "per" {
        match word_after(t, end, &["cent", "cents"]) {
            Some(e) => end = e,
            // per second
            None => {
                let Some(stop) = word_after(t, end, &["second"]) else { return end };
                return units::adverb(t.past_space(end), stop, "second", out);
            }
        }
    }
    if out.last_end() > i {
        return end;
    }
    let Some(of) = word_after(t, end, &["of"]) else { return end };
    collect(t, t.past_space(of), items);
    let Some(p) = parse(items) else { return end };
    let Some(last) = items.get(p.used.saturating_sub(1)) else { return end };
    if p.kind == ValueKind::Number && p.used > 0 && !t.c(t.past_space(last.end)).is_ascii_lowercase() {
        return out.put(Draft::new(ValueKind::Percent, i, last.end, p.value));
    }
    end
}

/// What an English fraction is of: half a year is a measure, "a third party" a rank.
pub(super) fn en_fraction(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    if n.form != Form::Fraction {
        return None;
    }
    if n.word == Some(Part::Half) {
        let stop = word_after(t, n.end, &["a", "an"]).unwrap_or(n.end);
        if let Some(stop) = percentage_point(t, stop) {
            return Some(out.put(n.draft(ValueKind::Percent, n.value, stop).unit(Some(Unit("pp")))));
        }
        if let Some((w, e)) = lower_at(t, t.past_space(stop))
            && let Some((unit, times)) = units::en_measure(w.as_str())
        {
            let value = n.value.mul(times)?;
            return Some(out.put(n.draft(ValueKind::Number, value, e).unit(Some(unit)).weak(true)));
        }
    }
    // a quarter of an hour
    if let Some(of) = word_after(t, n.end, &["of"]).and_then(|stop| word_after(t, stop, &["a", "an"]))
        && let Some((w, e)) = lower_at(t, t.past_space(of))
    {
        if let Some((unit, times)) = units::en_measure(w.as_str()) {
            let value = n.value.mul(times)?;
            return Some(out.put(n.draft(ValueKind::Number, value, e).unit(Some(unit)).weak(n.weak)));
        }
        if let Some(stop) = percentage_point(t, of) {
            return Some(out.put(n.draft(ValueKind::Percent, n.value, stop).unit(Some(Unit("pp")))));
        }
        if words!("percent", en).contains(&w.as_str()) {
            return Some(out.put(n.draft(ValueKind::Percent, n.value, e)));
        }
    }
    // rates are cut by a quarter point
    if let Some(stop) = word_after(t, n.end, &["point"]).filter(|_| Amount::ratio(1, 4) == Some(n.value)) {
        let points = n.draft(ValueKind::Percent, n.value, stop).unit(Some(Unit("pp")));
        return Some(out.put(points.weak(true)));
    }
    if n.word == Some(Part::Quarter) {
        return Some(n.end);
    }
    let ends = |word: &str| n.end.checked_sub(word.len()).is_some_and(|at| t.is(at, word));
    // the first three quarters of a year; two quarters, five quarters
    if ends("quarters") {
        let count = n.value.mul(Amount::int(4))?;
        let span = word_before(t, n.at, words!("before quarters", en));
        if count != Amount::int(3) || span {
            let counted = n.draft(ValueKind::Number, count, n.end);
            return Some(out.put(counted.unit(Some(Unit("quarter")))));
        }
    }
    if ends("halves") {
        let count = n.value.mul(Amount::int(2))?;
        return Some(out.put(n.draft(ValueKind::Number, count, n.end).weak(true)));
    }
    let after = t.past_space(n.end);
    // "the one hundredth visitor"
    let told =
        word_before(t, n.at, &["the"]) && Amount::ONE.div(n.value).is_some_and(|d| d >= Amount::int(100));
    if told && n.tokens == 2 {
        let rank = Amount::ONE.div(n.value)?;
        return Some(out.put(n.draft(ValueKind::Ordinal, rank, n.end)));
    }
    let rank = n.weak && n.tokens >= 2 && n.value < half_of_one();
    if rank
        && t.c(after).is_alphabetic()
        && word_after(t, n.end, AFTER_SHARE).is_none()
        && let Some(nth) = Amount::ONE.div(n.value)
    {
        return Some(out.put(n.draft(ValueKind::Ordinal, nth, n.end).weak(true)));
    }
    Some(out.put(n.draft(ValueKind::Fraction, n.value, n.end).weak(n.weak)))
}

/// The end of "percentage point" behind `end`.
fn percentage_point(t: &Chars<'_>, end: usize) -> Option<usize> {
    word_after(t, end, &["percentage"]).and_then(|end| word_after(t, end, &["point"]))
}

/// Words after which "a third" is a share and no rank.
const AFTER_SHARE: &[&str] = words!("behind a share", en);

fn half_of_one() -> Amount {
    Amount::ratio(1, 2).unwrap_or(Amount::ONE)
}

/// "N in M" as a share of `top`, a number that ends at `end`, where both are bare and M is a round or small number; four
/// of every five, three or more out of ten.
pub(super) fn one_in(t: &Chars<'_>, top: Amount, end: usize) -> Option<(Amount, usize)> {
    let top = top.as_int().filter(|&n| (1..100).contains(&n))?;
    // three times out of four
    let end =
        word_after(t, end, &["times"]).filter(|&end| word_after(t, end, &["out"]).is_some()).unwrap_or(end);
    // one adult in ten
    let who = || lower_at(t, t.past_space(end)).filter(|(word, _)| top == 1 && !units::names(word.as_str()));
    let (named, end) = match word_after(t, end, &["in", "of", "or", "out"]) {
        Some(_) => (false, end),
        None => (true, who()?.1),
    };
    let open = word_after(t, end, &["or"]).and_then(|or| word_after(t, or, &["more", "fewer", "less"]));
    let end = open.unwrap_or(end);
    let every = |end: usize| word_after(t, end, &["every"]);
    let of = |end: usize| word_after(t, end, &["of"]);
    let out_of = || word_after(t, end, &["out"]).and_then(of).map(|end| every(end).unwrap_or(end));
    let inside = word_after(t, end, &["in"]).map(|end| every(end).unwrap_or(end));
    let k = inside.or_else(|| of(end).and_then(every)).or_else(out_of)?;
    if !is_space(t.c(end)) || !is_space(t.c(k)) {
        return None;
    }
    let n = t.past_space(k);
    let (bottom, stop) = if t.c(n).is_ascii_digit() {
        let d = digits(t, n, false)?;
        (d.amount?.as_int()?, d.end)
    } else if let Some(stop) = word_after(t, k, &["a"]).filter(|_| top == 1) {
        let (word, end) = lower_at(t, t.past_space(stop))?;
        match part(word.as_str())?.0 {
            Part::Hundred => (100, end),
            Part::Scale(zeros) => (Amount::ten_to(zeros)?.as_int()?, end),
            _ => return None,
        }
    } else {
        let mut items = Vec::new();
        collect(t, n, &mut items);
        let c = cardinal(&items, 0).filter(|c| !c.nth)?;
        (c.value.as_int()?, items.get(c.next.checked_sub(1)?)?.end)
    };
    let round = (2..=20).contains(&bottom)
        || matches!(bottom, 25 | 30 | 40 | 50 | 60 | 100 | 1000 | 10_000 | 100_000 | 1_000_000);
    let next = lower_at(t, t.past_space(stop));
    let told = next.as_ref().is_none_or(|(word, _)| words!("auxiliary", en).contains(&word.as_str()));
    // Only shares of people and chances are told so; a count in a place or a time is not.
    let share = round
        && top < bottom
        && (!named || !t.c(n).is_ascii_digit() && told && !t.c(t.past_space(stop)).is_ascii_digit())
        && (top == 1
            || !t.c(t.past_space(stop)).is_alphanumeric()
            || word_after(t, stop, &["of"]).is_some()
            // nine in ten rural homes
            || !t.c(n).is_ascii_digit() && next.is_some_and(|(word, _)| !units::names(word.as_str()))
            || word_after(t, stop, PEOPLE).is_some());
    if !share
        || matches!(t.c(stop), '.' | ',' | '-' | ':' | '/') && t.c(stop + 1).is_ascii_digit()
        || t.c(stop).is_alphanumeric()
    {
        return None;
    }
    Some((Amount::ratio(i128::from(top), i128::from(bottom))?, stop))
}

/// 每五名成年人中就有一人 at `i`: the share that so many of so many are, and its end.
pub(super) fn of_every(t: &Chars<'_>, i: usize) -> Option<(Amount, usize)> {
    let Read::Num(whole) = numeral(t, t.past_space(i + 1)) else { return None };
    // 每两分钟就有一趟
    if units::zh_unit(t, whole.end) {
        return None;
    }
    let counted = (whole.end..whole.end + COUNTED).take_while(|&at| is_cjk(t.c(at)) && !is_numeral(t.c(at)));
    let has = counted
        .into_iter()
        .find(|&at| t.c(at) == '有' && matches!(t.before(at), '中' | '里' | '就' | '便' | '约'))?;
    let from = t.any(has + 1, words!("rough", zh)).unwrap_or(has + 1);
    let Read::Num(part) = numeral(t, t.past_space(from)) else { return None };
    let share = part.value.div(whole.value)?;
    (share < Amount::ONE && !part.value.is_negative()).then_some((share, part.end))
}

/// How many characters may say what is counted so.
const COUNTED: usize = 12;

/// Who is counted in shares: one in three people.
const PEOPLE: &[&str] = words!("counted in shares", en);

/// 分之 at `i`, with spaces allowed: its end.
pub(super) fn of_parts(t: &Chars<'_>, i: usize) -> Option<usize> {
    let a = t.past_space(i);
    let b = t.past_space(a + 1);
    (t.c(a) == '分' && t.c(b) == '之').then_some(b + 1)
}

/// A numeral with an optional 负 at `i`.
fn signed(t: &Chars<'_>, i: usize) -> Option<Num> {
    let k = t.past_space(i);
    let (k, negative) = if matches!(t.c(k), '负' | '-') { (t.past_space(k + 1), true) } else { (k, false) };
    let Read::Num(mut n) = numeral(t, k) else { return None };
    if n.arabic
        && let Some((factor, end)) = scan_scale(t, n.end)
    {
        n.value = n.value.mul(factor)?;
        n.end = end;
    }
    if negative {
        n.value = n.value.neg();
    }
    Some(n)
}

/// 百分之, 千分之, 万分之 at `at` and the number after it, as a percentage that begins, with its sign, at `start`.
pub(super) fn hundredths(t: &Chars<'_>, start: usize, at: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let mut base = Amount::ONE;
    let mut k = at;
    while let Some(m) = small_magnitude(t.c(k))
        .filter(|&m| m > 10)
        .or_else(|| big_magnitude(t.c(k)).filter(|&m| m < 1_000_000_000))
    {
        base = base.mul(Amount::int(m))?;
        k += 1;
        if k > at + 3 {
            return None;
        }
    }
    if k == at {
        return None;
    }
    let after = of_parts(t, k)?;
    let next = t.past_space(after);
    let num = match signed(t, next) {
        Some(n) => n,
        None if t.c(next) == '百' && k == at + 1 => {
            // "in full"
            return Some(
                out.put(Draft::new(ValueKind::Percent, start, next + 1, Amount::int(100)).weak(true)),
            );
        }
        None => {
            // 百分之二三十: no one number.
            return match numeral(t, next) {
                Read::Either(.., end) | Read::Skip(end) => Some(end),
                _ => Some(after),
            };
        }
    };
    let value = num.value.mul(Amount::int(100))?.div(base)?;
    let value = if start < at { value.neg() } else { value };
    let rough = num.approximate || rough_before(t, start);
    Some(out.put(Draft::new(ValueKind::Percent, start, num.end, value).approximate(rough)))
}

/// Whether the word before `i` says that a number is rough.
pub(super) fn rough_before(t: &Chars<'_>, i: usize) -> bool {
    t.any_before(t.before_space(i), words!("rough", zh))
}

/// The fraction that begins with the numeral `n`, which has no sign yet: 三分之二, 三又四分之一, 3/5, 1 4/3.
pub(super) fn zh_fraction(t: &Chars<'_>, at: usize, num: &Num) -> Option<(Amount, usize)> {
    if let Some(found) = parts_fraction(t, num) {
        return Some(found);
    }
    if !num.arabic || num.run == 0 {
        return None;
    }
    slash_fraction(t, at, &digits(t, at, false)?)
}

/// 三分之二 and 三又四分之一 after the numeral `num`.
fn parts_fraction(t: &Chars<'_>, num: &Num) -> Option<(Amount, usize)> {
    if let Some(after) = of_parts(t, num.end) {
        let top = signed(t, after)?;
        return Some((top.value.div(num.value)?, top.end));
    }
    let k = t.past_space(num.end);
    if t.c(k) != '又' {
        return None;
    }
    let from = t.past_space(k + 1);
    if let Some(d) = digits(t, from, false)
        && let Some((part, end)) = slash_fraction(t, from, &d)
    {
        return Some((num.value.add(part)?, end));
    }
    let Read::Num(den) = numeral(t, from) else { return None };
    let top = signed(t, of_parts(t, den.end)?)?;
    Some((num.value.add(top.value.div(den.value)?)?, top.end))
}

/// 成 and 折, as percentages.
pub(super) fn tenths(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let k = t.past_space(n.end);
    let next = t.c(k + 1);
    let ten = Amount::int(10);
    let mut value = n.value;
    match t.c(k) {
        // 三成五
        '成' if digit(next).is_some_and(|d| d > 0)
            && !is_numeral(t.c(k + 2))
            && value < ten
            && n.tokens == 1 =>
        {
            let value = value.mul(ten)?.add(Amount::int(digit(next)?))?;
            return Some(
                out.put(Draft::new(ValueKind::Percent, n.start, k + 2, value).approximate(n.approximate)),
            );
        }
        '成' => {
            if NOT_TENTHS.contains(&next) || value > ten || n.run > 1 && !n.arabic || value.is_negative() {
                return None;
            }
            value = value.mul(ten)?;
            if next == '半' {
                let value = value.add(Amount::int(5))?;
                return Some(out.put(Draft::new(ValueKind::Percent, n.start, k + 2, value)));
            }
        }
        '折' => {
            if NOT_DISCOUNTS.contains(&next) {
                return None;
            }
            if n.run != 2 {
                if value >= ten {
                    return Some(k + 1);
                }
                value = value.mul(ten)?;
            }
        }
        _ => return None,
    }
    // 七成热, 八成熟: how cooks say hot and done
    let cooking = t.c(k) == '成' && matches!(next, '热' | '熟');
    let paid = (t.c(k) == '折').then_some(Unit("paid"));
    let d = Draft::new(ValueKind::Percent, n.start, k + 1, value).unit(paid).weak(cooking);
    Some(out.put(d.approximate(n.approximate || next == '多')))
}

/// What follows 成 in words: 成员, 成功.
const NOT_TENTHS: &[char] = characters!("no tenths");

/// What follows 折 in words: 折叠.
const NOT_DISCOUNTS: &[char] = characters!("no discount");

/// 倍, and 倍半.
pub(super) fn times(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let k = t.past_space(n.end);
    if t.c(k) != '倍' {
        return None;
    }
    let half = t.c(k + 1) == '半';
    let value = if half { n.value.plus_half() } else { n.value };
    let start = t.before_space(n.start);
    // 比旧礼堂多一倍
    let than = !n.arabic && characters!("more than").contains(&t.before(start));
    let more = (t.any_before(start, GROWTH) || than).then_some(Unit("more"));
    let d = n.draft_zh(t, ValueKind::Multiple, value, k + 1 + usize::from(half));
    Some(out.put(d.unit(more).weak(n.lone_one(t))))
}

/// Verbs that add what follows: 增长两倍, but not 增长到两倍.
const GROWTH: &[&str] = words!("growth", zh);

/// 一半
pub(super) fn one_half(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    if !t.is(n.at, "一半") || !n.lone() {
        return None;
    }
    Some(out.put(Draft::new(ValueKind::Fraction, n.at, n.at + 2, half_of_one()).weak(true)))
}

/// 2-fold
pub(super) fn fold(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let stop = word_after(t, n.end, &["fold"])?;
    Some(out.put(n.draft(ValueKind::Multiple, n.value, stop)))
}

/// 5x, 3X after digits.
pub(super) fn x(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let fits = n.arabic
        && matches!(t.c(n.end), 'x' | 'X')
        && !(t.c(n.end + 1).is_alphanumeric() || t.c(n.end + 1) == '_')
        && !matches!(t.before(n.start), '-' | '/');
    fits.then(|| out.put(n.draft(ValueKind::Multiple, n.value, n.end + 1)))
}

/// twice, tripled: the word at `i`.
pub(super) fn multiple(i: usize, end: usize, n: i64, out: &mut Out<'_, '_>) -> usize {
    out.put(Draft::new(ValueKind::Multiple, i, end, Amount::int(n)).weak(true))
}

/// 半: half of something that is named after it.
pub(super) fn half(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let half = Amount::ratio(1, 2).unwrap_or(Amount::ONE);
    let mut put = |kind: ValueKind, value: Amount, unit: Option<Unit>, stop: usize| {
        let mut d = Draft::new(kind, i, stop, value).weak(kind != ValueKind::Percent);
        d.unit = unit;
        out.push(d);
        stop
    };
    if let Some(stop) = t.any(i, &["半成"]).filter(|&s| !matches!(t.c(s), '品' | '熟')) {
        return put(ValueKind::Percent, Amount::int(5), None, stop);
    }
    if t.is(i, "半打") && !is_cjk(t.c(i + 2)) {
        return put(ValueKind::Number, Amount::int(6), None, i + 2);
    }
    if t.is(i, "半百") && !t.is(i, "半百分") {
        return put(ValueKind::Number, Amount::int(50), None, i + 2);
    }
    let measured = t.any(i, &["半年", "半个", "半小时", "半分钟", "半天"]).is_some()
        || units::half_of(t, i + 1).is_some();
    if t.is(i, "半数") || matches!(t.before(i), '过' | '近') && !measured {
        return put(ValueKind::Fraction, half, None, i + 1);
    }
    let idle = characters!("before a half that counts nothing").contains(&t.before(i))
        && !(t.before(i) == '过' && measured);
    // 赛后半小时, 最后半公里: what is behind may be a time; 上半天 and 前半夜 are no halves
    if idle && t.before(i) != '后' {
        return i + 1;
    }
    for (word, unit) in [
        ("半年", "year"),
        ("半个月", "month"),
        ("半分钟", "minute"),
        ("半小时", "hour"),
        ("半个小时", "hour"),
        ("半天", "day"),
        ("半个世纪", "century"),
    ] {
        if t.is(i, word) {
            return put(ValueKind::Number, half, Some(Unit(unit)), i + word.chars().count());
        }
    }
    if let Some(stop) = labels::past_saying(t, i) {
        return stop;
    }
    if let Some((unit, stop)) = units::half_of(t, i + 1) {
        return put(ValueKind::Number, half, Some(unit), stop);
    }
    i + 1
}

/// 四分之一决赛: how far a cup has come, and no share.
pub(super) fn of_finals(t: &Chars<'_>, stop: usize) -> bool {
    t.is(stop, "决赛")
}

/// 翻番, 翻两番.
pub(super) fn doubled(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    // 翻了一番
    let k = i + 1 + usize::from(matches!(t.c(i + 1), '了' | '上' | '过'));
    let (times, end) = match (t.c(k), t.c(k + 1)) {
        ('番', _) => (1, k + 1),
        (c, '番') => match digit(c).filter(|times| (1..10).contains(times)) {
            Some(d) => (d, k + 2),
            None => return i + 1,
        },
        _ => return i + 1,
    };
    let value = (1..=times).fold(1_i64, |v, _| v * 2);
    out.push(Draft::new(ValueKind::Multiple, i, end, Amount::int(value)).weak(true));
    end
}

/// ½ and its like, alone.
pub(super) fn vulgar_mark(i: usize, c: char, out: &mut Out<'_, '_>) -> Option<usize> {
    Some(out.put(Draft::new(ValueKind::Fraction, i, i + 1, vulgar(c)?)))
}
