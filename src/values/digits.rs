//! Arabic digits: separators, decimals, powers, fractions with a stroke, signs.

use super::Amount;
use super::chars::Chars;
use crate::words::words;

/// Arabic digits as read at one place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Digits {
    /// `None` when there are more than 30 digits: an identifier.
    pub(super) amount: Option<Amount>,
    pub(super) end: usize,
    /// How many digits, when it is nothing but digits; else 0.
    pub(super) plain: usize,
}
/// One past the digits that begin at `from`.
pub(super) fn run_end(t: &Chars<'_>, from: usize) -> usize {
    let mut j = from;
    while t.c(j).is_ascii_digit() {
        j += 1;
    }
    j
}

/// The whole number of at most `most` digits at `from`, and its end.
pub(super) fn short_run(t: &Chars<'_>, from: usize, most: usize) -> Option<(i64, usize)> {
    let mut n = 0;
    let mut j = from;
    while let Some(d) = t.c(j).to_digit(10) {
        if j - from >= most {
            return None;
        }
        n = n * 10 + i64::from(d);
        j += 1;
    }
    (j > from).then_some((n, j))
}

/// Reads the Arabic number that begins at `i`: separators, decimals, exponents and powers, without sign.
pub(super) fn digits(t: &Chars<'_>, i: usize, decimal_comma: bool) -> Option<Digits> {
    let mut whole: Vec<(usize, usize)> = Vec::new();
    let mut end = i;
    if t.c(i) == '.' {
        if !t.c(i + 1).is_ascii_digit() || t.before(i) == '.' || t.before(i).is_alphanumeric() {
            return None;
        }
    } else {
        end = run_end(t, i);
        if end == i {
            return None;
        }
        whole.push((i, end));
    }
    let first = end - i;
    let chained = i >= 2 && matches!(t.before(i), '.' | ',') && t.c(i - 2).is_ascii_digit();
    if first > 0
        && !chained
        && let Some(groups) = grouped(t, i, end, decimal_comma)
    {
        end = groups.last().map_or(end, |g| g.1);
        whole.extend(groups);
    }
    let fraction = if chained { None } else { decimals(t, i, end, (first, whole.len()), decimal_comma) };
    if let Some((_, stop)) = fraction {
        end = stop;
    }
    if first == 0 && fraction.is_none() {
        return None;
    }
    let mut plain = if whole.len() == 1 && fraction.is_none() { first } else { 0 };
    let Some((mantissa, places)) = mantissa(t, &whole, fraction) else {
        return Some(Digits { amount: None, end, plain: 0 });
    };
    let mut amount = Amount::ten_to(places).and_then(|d| Amount::ratio(mantissa, 1)?.div(d));
    if let Some((scaled, stop)) = amount.and_then(|a| exponent(t, end, a)) {
        (amount, end, plain) = (Some(scaled), stop, 0);
    }
    Some(Digits { amount, end, plain })
}

/// More digits than these are an identifier.
const MOST_DIGITS: usize = 30;

/// All digits of a number as one whole number, and how many of them are decimals; `None` for an identifier.
fn mantissa(
    t: &Chars<'_>,
    whole: &[(usize, usize)],
    decimals: Option<(usize, usize)>,
) -> Option<(i128, i32)> {
    let (mut count, mut mantissa, mut places) = (0, 0, 0);
    for (k, &(from, to)) in whole.iter().chain(decimals.iter()).enumerate() {
        for j in from..to {
            count += 1;
            if count > MOST_DIGITS {
                return None;
            }
            mantissa = mantissa * 10 + i128::from(t.c(j).to_digit(10).unwrap_or(0));
            places += i32::from(k >= whole.len());
        }
    }
    Some((mantissa, places))
}

/// Where the decimals stand of a number that begins at `i`, has `first` digits in the first of its `groups` and
/// ends, so far, at `end`: after a point, or a comma where the language or the grouping says so.
fn decimals(
    t: &Chars<'_>,
    i: usize,
    end: usize,
    (first, groups): (usize, usize),
    decimal_comma: bool,
) -> Option<(usize, usize)> {
    let grouped_by = if groups > 1 { t.c(i + first) } else { '\0' };
    let point = t.c(end);
    let fits = match point {
        '.' => !decimal_comma || grouped_by == ',' || groups == 1,
        ',' if decimal_comma || grouped_by == '.' => true,
        ',' => {
            // 1,3 by itself; (1,3) and 1,3,5 are lists.
            let n = run_end(t, end + 1) - end - 1;
            (1..=2).contains(&n)
                && first <= 3
                && groups == 1
                && !matches!(t.before(i), '(' | '[' | '{' | '^' | ',')
                && !t.full_width(end)
        }
        _ => false,
    };
    if !fits || !t.c(end + 1).is_ascii_digit() {
        return None;
    }
    let stop = run_end(t, end + 1);
    let again = matches!(t.c(stop), '.' | ',') && t.c(stop + 1).is_ascii_digit();
    // 1,3,5 and 1.2.3 are no decimals.
    let split = again && (t.c(stop) == point || t.c(stop) == ',' && point == ',');
    (!split).then_some((end + 1, stop))
}

/// The groups of digits after the first, when the digits are set in groups: 1,234,567 or 12,34,567 or 1 234 567.
fn grouped(t: &Chars<'_>, i: usize, end: usize, decimal_comma: bool) -> Option<Vec<(usize, usize)>> {
    let sep = t.c(end);
    if end - i > 3
        || t.c(i) == '0'
        || !t.c(end + 1).is_ascii_digit()
        || !matches!(sep, ',' | ' ' | '\u{202f}' | '\u{a0}' | '\u{2009}' | '.')
    {
        return None;
    }
    let mut groups = Vec::new();
    let mut j = end;
    while t.c(j) == sep && groups.len() < 12 {
        let from = j + 1;
        let to = run_end(t, from);
        if to == from || to - from > 3 || (to - from < 2 && sep == ',') {
            break;
        }
        groups.push((from, to));
        j = to;
    }
    let all = !groups.is_empty() && groups.iter().all(|g| g.1 - g.0 == 3);
    let indian = sep == ','
        && end - i <= 2
        && groups.len() >= 2
        && groups.split_last().is_some_and(|(l, rest)| l.1 - l.0 == 3 && rest.iter().all(|g| g.1 - g.0 == 2));
    let again = t.c(j).is_ascii_digit() || t.c(j) == sep && t.c(j + 1).is_ascii_digit();
    let fits = match sep {
        // A point groups only where the language writes so, or where decimals follow a comma: 1.111,11.
        '.' => {
            all && (decimal_comma
                || (t.c(j) == ','
                    && t.c(j + 1).is_ascii_digit()
                    && !(t.c(j + 2).is_ascii_digit() && t.c(j + 3).is_ascii_digit())))
        }
        ',' => !decimal_comma && (all || indian) && !again,
        ' ' => all && groups.len() >= 2 && !again,
        _ => all && !t.c(j).is_ascii_digit(),
    };
    fits.then_some(groups)
}

/// 1e5, 1.3x10^6, 1.1^23 after a number that ended at `i`.
fn exponent(t: &Chars<'_>, i: usize, base: Amount) -> Option<(Amount, usize)> {
    match t.c(i) {
        'e' | 'E' => {
            let (n, end) = power(t, i + 1)?;
            Some((base.mul(Amount::ten_to(n)?)?, end))
        }
        '^' => {
            let (n, end) = power(t, i + 1)?;
            Some((base.pow(n)?, end))
        }
        _ => {
            let j = t.past_space(i);
            if !matches!(t.c(j), 'x' | 'X' | '×' | '*') {
                return None;
            }
            let j = t.past_space(j + 1);
            if !t.is(j, "10") {
                return None;
            }
            let (n, end) = if t.c(j + 2) == '^' { power(t, j + 3)? } else { raised(t, j + 2)? };
            Some((base.mul(Amount::ten_to(n)?)?, end))
        }
    }
}

/// The exponent at `from`, with its signs: two minus signs make a plus.
fn power(t: &Chars<'_>, from: usize) -> Option<(i32, usize)> {
    let mut j = from;
    while j < from + 3 && matches!(t.c(j), '+' | '-') {
        j += 1;
    }
    let minus = (from..j).filter(|&k| t.c(k) == '-').count() % 2 == 1;
    let mut n = 0;
    let start = j;
    while t.c(j).is_ascii_digit() && j < start + 3 {
        n = n * 10 + t.c(j).to_digit(10)? as i32;
        j += 1;
    }
    (j > start && !t.c(j).is_ascii_alphanumeric()).then_some((if minus { -n } else { n }, j))
}

/// The exponent at `from` in raised digits: 10⁶, 10⁻⁴.
fn raised(t: &Chars<'_>, from: usize) -> Option<(i32, usize)> {
    let minus = t.c(from) == '⁻';
    let start = from + usize::from(minus);
    let mut k = start;
    let mut n = 0;
    while let Some(d) = superscript(t.c(k)) {
        n = n * 10 + d;
        k += 1;
        if k > start + 2 {
            break;
        }
    }
    (k > start).then_some((if minus { -n } else { n }, k))
}

fn superscript(c: char) -> Option<i32> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|s| s == c).and_then(|p| i32::try_from(p).ok())
}

/// ½ and its like.
pub(super) fn vulgar(c: char) -> Option<Amount> {
    let (n, d) = match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅐' => (1, 7),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        _ => return None,
    };
    Amount::ratio(n, d)
}

/// A fraction in digits, 3/5 or 1 4/3, whose first number has been read: the amount and the end.
pub(super) fn slash_fraction(t: &Chars<'_>, i: usize, first: &Digits) -> Option<(Amount, usize)> {
    let small = |d: &Digits| (1..=4).contains(&d.plain);
    if !small(first) || matches!(t.before(i), '/' | '-') && i >= 2 && t.c(i - 2).is_ascii_alphanumeric() {
        return None;
    }
    let over = |at: usize, num: &Digits| -> Option<(Amount, usize)> {
        if !matches!(t.c(at), '/' | '⁄') || !t.c(at + 1).is_ascii_digit() {
            return None;
        }
        let den = digits(t, at + 1, false)?;
        let (n, d) = (num.amount?, den.amount?);
        // 1/8th
        let end = t.any(den.end, words!("ending of a denominator", en)).unwrap_or(den.end);
        let season = num.plain == 4 && n.as_int().is_some_and(|y| (1900..2100).contains(&y));
        if !small(&den)
            || d.is_zero()
            || season
            || matches!(t.c(den.end), '/' | '-') && t.c(den.end + 1).is_ascii_digit()
            || t.c(end).is_ascii_alphabetic()
        {
            return None;
        }
        Some((n.div(d)?, end))
    };
    if let Some(found) = over(first.end, first) {
        return Some(found);
    }
    let next = t.past_space(first.end);
    if next == first.end || !t.c(next).is_ascii_digit() || first.plain > 3 {
        return None;
    }
    let second = digits(t, next, false)?;
    let (part, end) = over(second.end, &second).filter(|_| (1..=2).contains(&second.plain))?;
    Some((first.amount?.add(part)?, end))
}

/// Where a number at `i` begins with its minus sign; `i` when it has none.
pub(super) fn sign_start(t: &Chars<'_>, i: usize) -> usize {
    if t.before(i) == '-'
        && i >= 1
        && (i == 1 || matches!(t.c(i - 2), ' ' | '(' | '[' | '=' | ':' | '\u{a0}' | '\t' | ',' | '，' | '（'))
    {
        i - 1
    } else {
        i
    }
}
