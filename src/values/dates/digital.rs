//! Dates in digits, and years that ran together with the word beside them.

use std::ops::Range;

use crate::values::chars::Chars;
use crate::values::clock;
use crate::values::digits::short_run;
use crate::values::out::{Draft, Out};
use crate::values::{Amount, ValueKind};
use crate::words::words;

/// Dates and times in digits at `i` (2022-07-12, 2022/7/12, 2022.7.12, 7/12/2022, 14:30): pushes the parts, returns the end.
pub(in crate::values) fn digit_date(
    t: &Chars<'_>,
    i: usize,
    month_first: bool,
    out: &mut Out<'_, '_>,
) -> Option<usize> {
    if matches!(t.before(i), '-' | '/' | ':') && i >= 2 && t.c(i - 2).is_ascii_digit() || t.before(i) == '.' {
        return None;
    }
    let (a, end_a) = short_run(t, i, 4)?;
    let sep = t.c(end_a);
    if sep == ':' {
        return clock::digital(t, i, (a, end_a), out);
    }
    if !matches!(sep, '-' | '/' | '.' | '·') {
        return None;
    }
    let (b, end_b) = short_run(t, end_a + 1, 4)?;
    if t.c(end_b) != sep {
        return known_day(t, i, (a, end_a), (b, end_b), out);
    }
    let (c, end_c) = short_run(t, end_b + 1, 4)?;
    if goes_on(t, end_c) || (t.c(end_c).is_ascii_alphabetic() && t.c(end_c) != 'T') {
        return None;
    }
    let valid = |m: i64, d: i64| (1..=12).contains(&m) && (1..=31).contains(&d);
    let year = |n: i64, digits: usize| digits == 4 && (1000..2200).contains(&n);
    use ValueKind::{Day, Month, Year};
    let kinds = if year(a, end_a - i) && valid(b, c) {
        [Year, Month, Day]
    } else if year(c, end_c - end_b - 1) && sep != '·' && valid(a, b) && (month_first || !valid(b, a)) {
        [Month, Day, Year]
    } else if year(c, end_c - end_b - 1) && sep != '·' && valid(b, a) {
        [Day, Month, Year]
    } else {
        return None;
    };
    for (kind, (n, from, to)) in
        kinds.into_iter().zip([(a, i, end_a), (b, end_a + 1, end_b), (c, end_b + 1, end_c)])
    {
        out.push(Draft::new(kind, from, to, Amount::int(n)));
    }
    // 2022-07-12T08:30
    Some(if t.c(end_c) == 'T' { end_c + 1 } else { end_c })
}

/// Whether more of a date or number follows at `e`.
fn goes_on(t: &Chars<'_>, e: usize) -> bool {
    t.c(e).is_ascii_digit() || (matches!(t.c(e), '-' | '/' | '.') && t.c(e + 1).is_ascii_digit())
}

/// 9/11, the day that is known by its date; 24/7 is no number.
fn known_day(
    t: &Chars<'_>,
    i: usize,
    (a, end_a): (i64, usize),
    (b, end_b): (i64, usize),
    out: &mut Out<'_, '_>,
) -> Option<usize> {
    let sep = t.c(end_a);
    if (a, b) == (9, 11) && matches!(sep, '/' | '·') && !goes_on(t, end_b) {
        out.push(Draft::new(ValueKind::Month, i, end_a, Amount::int(a)));
        return Some(out.put(Draft::new(ValueKind::Day, end_a + 1, end_b, Amount::int(b))));
    }
    ((a, b) == (24, 7) && sep == '/').then_some(end_b)
}

/// Reads a year that ran together with the word beside it, and goes past both.
pub(in crate::values) fn glued(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let c = t.c(i);
    let before = t.before(i);
    if !(c.is_ascii_digit() || c.is_ascii_lowercase())
        || before.is_alphanumeric()
        || "_.-/#@$".contains(before)
    {
        return None;
    }
    let mut end = i;
    let mut digits = 0;
    while t.c(end).is_ascii_alphanumeric() && end - i < 24 {
        digits += usize::from(t.c(end).is_ascii_digit());
        end += 1;
    }
    if digits != 4 || end - i == 4 || t.c(end).is_alphanumeric() {
        return None;
    }
    let word: String = (i..end).map(|at| t.c(at)).collect();
    let year = glued_year(&word)?;
    let value = word[year.clone()].parse().ok()?;
    out.push(Draft::new(ValueKind::Year, i + year.start, i + year.end, Amount::int(value)));
    Some(end)
}

/// Small words that stand before a year, or after one, and are part of no name that has a year in it.
const SMALL: &[&str] = words!("glued to a year", en);

/// Where the year stands in a word such as `in2019`, `2020emphasized` or `2020and`, which lost a space.
///
/// A short group of letters after the digits may be a unit (2000rpm) and is taken only when it is a small word.
///
/// ```
/// assert_eq!(duizhao::values::glued_year("in2019"), Some(2..6));
/// assert_eq!(duizhao::values::glued_year("2020emphasized"), Some(0..4));
/// assert_eq!(duizhao::values::glued_year("Office2019"), None);
/// ```
pub fn glued_year(word: &str) -> Option<Range<usize>> {
    let start = word.find(|c: char| c.is_ascii_digit())?;
    let digits = word[start..].bytes().take_while(u8::is_ascii_digit).count();
    let year = start..start + digits;
    if digits != 4 || !(word[year.clone()].starts_with("19") || word[year.clone()].starts_with("20")) {
        return None;
    }
    let (before, after) = (&word[..start], &word[year.end..]);
    let fits = match (before.is_empty(), after.is_empty()) {
        (false, true) => SMALL.contains(&before),
        (true, false) => {
            let letters = after.bytes().all(|b| b.is_ascii_lowercase());
            letters && (after.len() >= LONG || SMALL.contains(&after))
        }
        _ => false,
    };
    fits.then_some(year)
}

/// Letters after a year that are more than a unit.
const LONG: usize = 5;
