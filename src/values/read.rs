//! Goes through a text once, finds where a value may begin and asks the rooms what it is.

mod other;

use super::chars::{Chars, past_word};
use super::digits::{digits, sign_start, vulgar};
use super::numerals::en::{Item, Part, collect};
use super::numerals::grammar::{Phrase, parse};
use super::numerals::zh::{Num, Read, digit, is_numeral, letter_scale, numeral};
use super::numerals::{Form, Numeral, Reader};
use super::out::{Draft, Out};
use super::words::{
    Lower, Role, after_joint, lower_at, month_named, part, role, word_after, word_before, word_end,
};
use super::{
    Amount, Unit, ValueKind, clock, counts, dates, implied, labels, money, ordinals, parts, shares, units,
    versions,
};
use crate::words::words;

pub(super) use other::other;

/// Who is asked about a Chinese numeral, in this order.
const ZH: &[Reader] = &[
    dates::two_years,
    money::named_before,
    labels::plan,
    labels::saying,
    shares::signs,
    shares::points,
    shares::interest,
    shares::tenths,
    dates::zh_after,
    shares::times,
    units::weight,
    units::hundredths,
    units::degrees,
    shares::one_half,
    counts::ratio,
    counts::dozens,
    units::time_after,
    units::minutes,
    money::zh_named,
    units::zh_after,
    units::sign_after,
    shares::x,
    labels::zh_name,
    counts::zh,
];

/// Who is asked about an English numeral, in this order.
const EN: &[Reader] = &[
    dates::two_years,
    money::named_before,
    dates::spelled_year,
    ordinals::en_after,
    shares::signs,
    shares::percent_words,
    shares::en_fraction,
    dates::decade_after,
    shares::x,
    clock::hour,
    units::sign_after,
    labels::en_name,
    money::en_named,
    dates::before_christ,
    counts::times,
    shares::fold,
    dates::day_before_month,
    units::en_after,
    units::below,
    counts::en,
];

/// Asks the readers about a numeral; returns where to read on.
fn ask(readers: &[Reader], t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> usize {
    readers.iter().find_map(|reader| reader(t, n, out)).unwrap_or(n.end)
}

/// Reads the values of a Chinese text.
pub(super) fn zh(t: &Chars<'_>, out: &mut Out<'_, '_>) {
    let mut i = 0;
    while i < t.len() {
        let c = t.c(i);
        if let Some(end) = implied::zh(t, i, out) {
            i = end;
            continue;
        }
        let next = match c {
            '0'..='9' | '.' => zh_number(t, i, None, out),
            'a'..='z' | 'A'..='Z' | '_' => zh_latin(t, i, out),
            '$' | '€' | '£' | '¥' | '₩' | '₹' | '₽' => match money::sign(t, i) {
                Some((unit, from, n)) if t.c(n).is_ascii_digit() => zh_number(t, n, Some((unit, from)), out),
                _ => i + 1,
            },
            '(' => ordinals::item(t, i, out).unwrap_or(i + 1),
            _ if c.is_ascii() => i + 1,
            '第' => ordinals::zh_rank(t, i, out),
            '千' if t.any(i, &["千字节", "千比特"]).is_some() => {
                units::bare_zh(t, i, out).unwrap_or(i + 1)
            }
            '负' | '百' | '佰' | '千' | '仟' | '万' | '亿' | '十' | '拾' | '半' | '廿' | '卅' | '卌' => {
                zh_number(t, i, None, out)
            }
            '上' | '下' => {
                dates::half_year(t, i, out).or_else(|| parts::zh(t, i, out)).unwrap_or_else(|| match c {
                    '上' => dates::last_century(t, i, out).unwrap_or_else(|| counts::vague(t, i, out)),
                    _ => i + 1,
                })
            }
            '差' => clock::short_of(t, i, out).unwrap_or(i + 1),
            '数' | '几' | '好' | '近' | '成' | '逾' | '过' => counts::vague(t, i, out),
            '本' => dates::this_century(t, i, out).unwrap_or(i + 1),
            '工' if t.is(i, "工作日") => dates::days(i, i + 3, [1, 5], out),
            '双' if t.is(i, "双休日") => dates::days(i, i + 3, [6, 7], out),
            '周' | '星' | '礼' => dates::weekday_zh(t, i, out),
            '首' => ordinals::head(t, i, out),
            '其' => ordinals::member(t, i, out),
            '公' => dates::before_christ_zh(t, i, out),
            '翻' => shares::doubled(t, i, out),
            '零' if t.is(i, "零下") => zh_number(t, i, None, out),
            '双' => counts::pair(t, i, out),
            '亩' | '年' | '月' | '日' | '季' => units::yield_of(t, i, out).unwrap_or(i + 1),
            '每' => match shares::of_every(t, i) {
                Some((share, stop)) => out.put(Draft::new(ValueKind::Fraction, i, stop, share)),
                // 每周一 is a day
                None if dates::is_weekday(t, i + 1 + usize::from(t.c(i + 1) == '个')) => i + 1,
                None => units::every(t, i, out),
            },
            '以' => units::counted_in(t, i, out),
            '按' | '逐' => units::every(t, i, out),
            '毫' | '微' | '纳' | '兆' | '吉' | '太' => units::bare_zh(t, i, out).unwrap_or(i + 1),
            '初' | '正' | '腊' | '冬' => {
                dates::lunar(t, i, out).or_else(|| parts::zh(t, i, out)).unwrap_or(i + 1)
            }
            '中' | '末' | '底' | '尾' | '早' | '晚' | '盛' | '仲' | '隆' | '深' | '暮' | '春' | '夏'
            | '秋' | '岁' | '前' | '后' => parts::zh(t, i, out).unwrap_or(i + 1),
            '打' if t.is(i, "打对折") => {
                out.put(Draft::new(ValueKind::Percent, i + 1, i + 3, Amount::int(50)))
            }
            '¼'..='¾' | '⅐'..='⅞' => shares::vulgar_mark(i, c, out).unwrap_or(i + 1),
            'Ⅰ'..='ⅻ' | '①'..='⒇' | '㈠'..='㈩' => ordinals::mark(t, i, out).unwrap_or(i + 1),
            _ if digit(c).is_some() => zh_number(t, i, None, out),
            _ => i + 1,
        };
        i = next.max(i + 1);
    }
}

/// Latin words inside Chinese: codes of currencies, Q3, v3.0, names with digits.
fn zh_latin(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let w = labels::word(t, i);
    let word = &t.src[t.span(i, w.end).range()];
    if w.has_digit {
        // RMB500
        if let Some((unit, n)) = money::glued_code(t, i, word) {
            return zh_number(t, n, Some((unit, i)), out);
        }
        return labels::digit_word(t, i, &w, word, out);
    }
    if let Some(end) = ordinals::letter(t, i, w.end, out) {
        return end;
    }
    let n = t.past_space(w.end);
    if t.c(n).is_ascii_digit()
        && let Some(unit) = money::code(word)
    {
        return zh_number(t, n, Some((unit, i)), out);
    }
    labels::past_standard(t, word, w.end).unwrap_or(w.skip)
}

/// Where the number at `i` begins after its sign: 负, 零下 or a minus. `Err` is where to read on when none follows.
fn zh_sign(t: &Chars<'_>, i: usize) -> Result<(usize, usize), usize> {
    let c = t.c(i);
    let number = |n: usize| is_numeral(t.c(n)) || t.c(n).is_ascii_digit();
    if c == '负' {
        let n = t.past_space(i + 1);
        let burden = matches!(t.c(n), '万' | '亿' | '百' | '千') && t.c(n + 1) != '分';
        return if number(n) && !burden { Ok((i, n)) } else { Err(i + 1) };
    }
    if t.is(i, "零下") {
        let n = t.past_space(i + 2);
        return if number(n) { Ok((i, n)) } else { Err(i + 2) };
    }
    Ok((if c.is_ascii_digit() || c == '.' { sign_start(t, i) } else { i }, i))
}

/// Reads the Chinese number at `i` with all that belongs to it; `money` is a currency named before it. Returns
/// where to read on.
fn zh_number(t: &Chars<'_>, i: usize, money: Option<(Unit, usize)>, out: &mut Out<'_, '_>) -> usize {
    if t.c(i).is_ascii_digit()
        && let Some(end) = dates::digit_date(t, i, false, out).or_else(|| versions::chain(t, i, out))
    {
        return end;
    }
    let (start, at) = match zh_sign(t, i) {
        Ok(places) => places,
        Err(read_on) => return read_on,
    };
    if let Some(end) = shares::hundredths(t, start, at, out) {
        return end;
    }
    match t.c(at) {
        '半' => return shares::half(t, at, out),
        '百' | '佰' | '千' | '仟' | '万' | '亿' => return counts::bare_magnitude(t, at, out),
        _ => {}
    }
    let num = match numeral(t, at) {
        Read::No => return i + 1,
        Read::Skip(end) => return end,
        Read::Either(a, b, mid, end) => {
            for (v, from, to) in [(a, at, mid), (b, mid, end)] {
                out.push(Draft::new(ValueKind::Number, from, to, v).weak(true).approximate(true));
            }
            return end;
        }
        Read::Num(num) => num,
    };
    let signed = |v: Amount| if start < at { v.neg() } else { v };
    let rough = num.approximate || shares::rough_before(t, start);
    if let Some((value, stop)) = shares::zh_fraction(t, at, &num) {
        if shares::of_finals(t, stop) {
            return stop;
        }
        return out.put(Draft::new(ValueKind::Fraction, start, stop, signed(value)).approximate(rough));
    }
    let num = with_letters(t, at, num);
    let n = Numeral {
        start,
        at,
        end: num.end,
        value: signed(num.value),
        scale: num.scale,
        form: Form::Cardinal,
        arabic: num.arabic,
        run: num.run,
        tokens: num.tokens,
        approximate: rough,
        vague: num.vague,
        weak: false,
        word: None,
        money,
    };
    ask(ZH, t, &n, out)
}

/// 10k, 5w and 3½: the scale or the part that touches the digits at `at`.
fn with_letters(t: &Chars<'_>, at: usize, mut num: Num) -> Num {
    if num.arabic
        && let Some((factor, stop)) = letter_scale(t, at, &num)
        && let Some(v) = num.value.mul(factor)
    {
        (num.value, num.scale, num.end) = (v, factor, stop);
    }
    if let Some(v) = vulgar(t.c(num.end)).and_then(|p| num.value.add(p)) {
        (num.value, num.end) = (v, num.end + 1);
    }
    num
}

/// Reads the values of an English text.
pub(super) fn en(t: &Chars<'_>, out: &mut Out<'_, '_>) {
    let mut items = Vec::new();
    let mut i = 0;
    while i < t.len() {
        let c = t.c(i);
        if let Some(end) = dates::glued(t, i, out) {
            i = end;
            continue;
        }
        let next = match c {
            'a'..='z' | 'A'..='Z' | '_' => en_word(t, i, &mut items, out),
            '0'..='9' | '.' | '¼'..='¾' | '⅐'..='⅞' => en_number(t, (i, i), None, &mut items, out),
            '$' | '€' | '£' | '¥' | '₩' | '₹' | '₽' => match money::sign(t, i) {
                Some((unit, from, n)) if t.c(n).is_ascii_digit() || t.c(n) == '.' => {
                    en_number(t, (n, n), Some((unit, from)), &mut items, out)
                }
                _ => i + 1,
            },
            '(' => ordinals::item(t, i, out).unwrap_or(i + 1),
            '\'' | '’' | '‘' if t.c(i + 1).is_ascii_digit() => dates::short_year(t, i, out),
            _ if c.is_ascii() => i + 1,
            'Ⅰ'..='ⅻ' | '①'..='⒇' => ordinals::mark(t, i, out).unwrap_or(i + 1),
            _ if c.is_alphabetic() => past_word(t, i),
            _ => i + 1,
        };
        i = next.max(i + 1);
    }
}

/// The commonest small words, which say nothing here.
const SMALL: &[&str] = words!("says nothing of numbers", en);

/// Reads the English word at `i`: a numeral, a month, a name to pass over. Returns where to read on.
fn en_word(t: &Chars<'_>, i: usize, items: &mut Vec<Item>, out: &mut Out<'_, '_>) -> usize {
    let w = labels::word(t, i);
    if t.c(w.end).is_alphabetic() {
        return past_word(t, i);
    }
    let text = &t.src[t.span(i, w.end).range()];
    if w.has_digit {
        if let Some((unit, n)) = money::glued_code(t, i, text) {
            return en_number(t, (n, n), Some((unit, i)), items, out);
        }
        return labels::digit_word(t, i, &w, text, out);
    }
    let Some(lower) = Lower::of(t, i, w.end) else { return w.skip };
    let lower = lower.as_str();
    if w.skip > w.end && lower != "fy" {
        return w.skip;
    }
    if w.end == i + 1
        && let Some(end) = ordinals::letter(t, i, w.end, out)
    {
        return end;
    }
    // Most words end here.
    if lower.len() == 1 && lower != "a" || SMALL.contains(&lower) {
        return w.end;
    }
    if let Some(end) = implied::en(t, i, lower, out) {
        return end;
    }
    if t.c(i).is_ascii_uppercase()
        && let Some(end) = en_name(t, i, w.end, text, items, out)
    {
        return end;
    }
    ordinals::roman_word(t, i, w.end, lower, out).unwrap_or_else(|| en_role(t, i, w.end, lower, items, out))
}

/// A word with a capital letter: a month, a weekday, the code of a currency before its sum, a standard.
fn en_name(
    t: &Chars<'_>,
    i: usize,
    end: usize,
    text: &str,
    items: &mut Vec<Item>,
    out: &mut Out<'_, '_>,
) -> Option<usize> {
    if let Some(end) = dates::era_before(t, i, end, out) {
        return Some(end);
    }
    if let Some(m) = month_named(text) {
        return Some(dates::month(t, i, end, m, out));
    }
    let n = t.past_space(end);
    if t.c(n).is_ascii_digit()
        && let Some(unit) = money::code(text)
    {
        return Some(en_number(t, (n, n), Some((unit, i)), items, out));
    }
    labels::past_standard(t, text, end)
}

/// What the word from `i` to `end` is to a value.
fn en_role(
    t: &Chars<'_>,
    i: usize,
    end: usize,
    lower: &str,
    items: &mut Vec<Item>,
    out: &mut Out<'_, '_>,
) -> usize {
    match lower {
        "minus" | "negative" => {
            let n = t.past_space(end);
            let numeral = |(word, _): (Lower, usize)| {
                matches!(part(word.as_str()), Some((Part::Unit(_) | Part::Tens(_) | Part::Point, _)))
            };
            let number = t.c(n).is_ascii_digit() || t.c(n) == '.' || lower_at(t, n).is_some_and(numeral);
            return if n > end && number { en_number(t, (i, n), None, items, out) } else { end };
        }
        word if word == "per" || words!("percent", en).contains(&word) => {
            return shares::percent_of(t, i, lower, end, items, out);
        }
        // the hundred metres
        "hundred" if word_before(t, i, &["the"]) => {
            if let Some((unit, stop)) = units::measured(t, end) {
                return out.put(
                    Draft::new(ValueKind::Number, i, stop, Amount::int(100)).unit(Some(unit)).weak(true),
                );
            }
        }
        "decade" => return dates::past_decade(t, i, end, out),
        "another" => return counts::another(t, i, end, out),
        "quarter" if word_before(t, i, &["each", "every", "per"]) => {
            if let Some(stop) = units::quarter_hour(t, end) {
                let minutes = Draft::new(ValueKind::Number, i, stop, Amount::int(15));
                return out.put(minutes.unit(Some(Unit("minute"))));
            }
            return units::adverb(i, end, "quarter", out);
        }
        _ => {}
    }
    match role(lower) {
        None => units::bare_en(t, i, end, lower, out),
        Some(Role::Rate(unit)) => units::adverb(i, end, unit, out),
        Some(Role::Multiple(n)) => shares::multiple(i, end, n, out),
        Some(Role::Within(n)) => counts::within(i, end, n, out),
        Some(Role::Decade(n)) => dates::decade_word(t, i, end, n, out),
        Some(Role::Rank(n)) => ordinals::adverb(i, end, n, out),
        Some(Role::Hour(n)) => clock::word(i, end, n, out),
        Some(Role::Part(place)) => parts::en(t, i, end, lower, place, out),
        Some(Role::Weekday(n)) => dates::weekday(t, i, end, n, out),
        Some(Role::Days(both)) => dates::days(i, end, both, out),
        Some(Role::Numeral(part, _)) => {
            if begins_numeral(t, end, part) {
                en_number(t, (i, i), None, items, out).max(end)
            } else {
                end
            }
        }
    }
}

/// Whether a numeral can begin with a part that ends at `end`: "a" only before what it can count.
fn begins_numeral(t: &Chars<'_>, end: usize, first: Part) -> bool {
    let next = |end: usize| lower_at(t, after_joint(t, end)).and_then(|(word, _)| part(word.as_str()));
    match first {
        Part::And | Part::Point | Part::Of | Part::Over | Part::Out => false,
        Part::Dozen => false,
        // hundred trillionth
        Part::Hundred | Part::Scale(_) => matches!(next(end), Some((Part::ScaleNth(_), false))),
        Part::A => {
            let next = next(end);
            matches!(
                next,
                Some((
                    Part::Hundred
                        | Part::Scale(_)
                        | Part::Dozen
                        | Part::Quarter
                        | Part::Half
                        | Part::HundredNth
                        | Part::ScaleNth(_)
                        | Part::Nth(3..)
                        | Part::TensNth(_),
                    false
                ))
            ) || matches!(next, Some((Part::Tens(_), _))) && twenty_first(t, end)
        }
        _ => true,
    }
}

/// Whether tens with an ordinal stand after `end`: a twenty-first.
fn twenty_first(t: &Chars<'_>, end: usize) -> bool {
    let tens = word_end(t, t.past_space(end));
    let rank = lower_at(t, after_joint(t, tens)).and_then(|(word, _)| part(word.as_str()));
    matches!(rank, Some((Part::Nth(3..) | Part::Nth(1), false)))
}

/// Words before a number that make it rough.
const ROUGH: &[&str] = words!("rough", en);

/// Reads the English number at `at` with all that belongs to it; `start` is where a word for minus stands, or `at`.
/// Returns where to read on.
fn en_number(
    t: &Chars<'_>,
    (start, at): (usize, usize),
    money: Option<(Unit, usize)>,
    items: &mut Vec<Item>,
    out: &mut Out<'_, '_>,
) -> usize {
    let c = t.c(at);
    if c.is_ascii_digit()
        && money.is_none()
        && start == at
        && let Some(end) = clock::dotted(t, at, out)
            .or_else(|| dates::digit_date(t, at, true, out))
            .or_else(|| versions::chain(t, at, out))
    {
        return end;
    }
    if money.is_none()
        && start == at
        && let Some(end) = clock::spoken(t, at, items, out)
    {
        return end;
    }
    collect(t, at, items);
    let Some(first) = items.first() else {
        return digits(t, at, false).map_or(at + 1, |d| d.end);
    };
    let Some(mut p) = parse(items) else { return first.end };
    let end_of = |p: &Phrase| items.get(p.used.saturating_sub(1)).map_or(at + 1, |last| last.end);
    let mut end = end_of(&p);
    // "over" divides only where nothing is counted: "5 over 3 years" are two numbers.
    let over = items.iter().take(p.used).position(|x| x.part == Part::Over);
    if let Some(k) = over
        && p.kind == ValueKind::Fraction
        && t.c(t.past_space(end)).is_alphanumeric()
    {
        let Some(q) = items.get(..k).and_then(parse) else { return end };
        (p, end) = (q, end_of(&q));
    }
    // 5 in 8, one in three
    if p.kind == ValueKind::Number
        && money.is_none()
        && let Some((v, stop)) = shares::one_in(t, p.value, end)
    {
        return out.put(Draft::new(ValueKind::Fraction, at, stop, v));
    }
    let start = if start == at && (c.is_ascii_digit() || c == '.') { sign_start(t, at) } else { start };
    let n = en_numeral(t, (start, at, end), &p, if p.used == 1 { Some(*first) } else { None }, money);
    ask(EN, t, &n, out)
}

/// The numeral that a phrase makes at its place.
fn en_numeral(
    t: &Chars<'_>,
    (start, at, end): (usize, usize, usize),
    p: &Phrase,
    single: Option<Item>,
    money: Option<(Unit, usize)>,
) -> Numeral {
    let negative = start < at;
    Numeral {
        start,
        at,
        end,
        value: if negative { p.value.neg() } else { p.value },
        scale: p.scale,
        form: match p.kind {
            ValueKind::Ordinal => Form::Ordinal,
            ValueKind::Fraction => Form::Fraction,
            ValueKind::Year => Form::Year,
            _ => Form::Cardinal,
        },
        arabic: single.is_some_and(|item| matches!(item.part, Part::Digits(_))),
        run: single.map_or(0, |item| item.plain),
        tokens: p.used,
        approximate: words_say_rough(t, start, end),
        vague: false,
        weak: p.weak && !negative,
        word: single.map(|item| item.part),
        money,
    }
}

fn words_say_rough(t: &Chars<'_>, start: usize, end: usize) -> bool {
    word_before(t, start, ROUGH) || t.c(end) == '+' || word_after(t, end, &["odd"]).is_some()
}
