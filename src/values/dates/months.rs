//! Months by their English names, with the day and the year behind them.

use crate::values::chars::{Chars, at_start, is_dash};
use crate::values::digits::short_run;
use crate::values::out::{Draft, Out};
use crate::values::words::{month_named, word_before, word_end};
use crate::values::{Amount, ValueKind};
use crate::words::words;

/// The end of a month's name at `k`.
pub(in crate::values) fn month_at(t: &Chars<'_>, k: usize) -> Option<usize> {
    if !t.c(k).is_ascii_uppercase() {
        return None;
    }
    let end = word_end(t, k);
    month_named(&t.src[t.span(k, end).range()])?;
    Some(end)
}

/// A name of a month in the text, and what stands after it.
struct Name<'t> {
    /// Where it stands.
    i: usize,
    /// One past the name, and its point.
    end: usize,
    text: &'t str,
    /// Where the next word begins.
    next: usize,
    /// The number of at most four digits there, and its end.
    number: Option<(i64, usize)>,
    /// Whether its day stands before it: 12 July.
    day_before: bool,
}

/// A month's name at `i`, with the day and the year after it. Returns where to read on.
pub(in crate::values) fn month(t: &Chars<'_>, i: usize, end: usize, m: i64, out: &mut Out<'_, '_>) -> usize {
    let text = &t.src[t.span(i, end).range()];
    let dot = usize::from(t.c(end) == '.' && text.len() <= 4 && text != "May");
    let next = t.past_space(end + dot);
    let day_before = out.values.last().is_some_and(|v| {
        let gap = t.src.get(v.span.end..t.offset(i));
        v.kind == ValueKind::Day && gap.is_some_and(|gap| matches!(gap.trim(), "" | "of" | "st" | "th"))
    });
    let name = Name { i, end: end + dot, text, next, number: short_run(t, next, 4), day_before };
    // A line of its own, such as a cell of a table.
    if at_start(t, i) && t.past_space(name.end) >= t.len() {
        return out.put(Draft::new(ValueKind::Month, i, end, Amount::int(m)).weak(true));
    }
    if no_month(t, &name) {
        return end;
    }
    out.push(Draft::new(ValueKind::Month, i, name.end, Amount::int(m)));
    day_and_year(t, &name, out).unwrap_or(name.end)
}

fn is_year(t: &Chars<'_>, (n, end): (i64, usize), from: usize) -> bool {
    end == from + 4 && (1000..2200).contains(&n) && !t.c(end).is_alphanumeric()
}

/// Whether the name is another word here: May, March, Mar, or short for something else.
fn no_month(t: &Chars<'_>, name: &Name<'_>) -> bool {
    let text = name.text;
    let short = text.len() <= 4 && !matches!(text, "June" | "July" | "May");
    let ambiguous = words!("month that may be another word", en).contains(&text);
    if !(ambiguous || short) {
        return false;
    }
    let k = name.next;
    let dated = name.day_before
        || name.number.is_some_and(|(n, e)| {
            e <= k + 2 && (1..=31).contains(&n) || e == k + 4 && (1000..2200).contains(&n)
        });
    let comma_year =
        t.c(k) == ',' && short_run(t, t.past_space(k + 1), 4).is_some_and(|(y, _)| (1000..2200).contains(&y));
    if text == "MAY" && !dated {
        return true;
    }
    let modal = matches!(text, "May" | "MAY");
    // mid-May
    let before = name.i - usize::from(matches!(t.before(name.i), '-' | '‑'));
    let other = modal || short || at_start(t, name.i) || matches!(text, "March" | "MARCH");
    other
        && !dated
        && !comma_year
        && ![words!("before a date", en), BEFORE_MONTH].iter().any(|words| word_before(t, before, words))
}

/// Words after which a name that may be another word is a month, beside those that stand before any date.
const BEFORE_MONTH: &[&str] = words!("before a month", en);

/// Reads the day and the year after a month; "July the twelfth" and "May Fourth": the ordinal is read next.
fn day_and_year(t: &Chars<'_>, name: &Name<'_>, out: &mut Out<'_, '_>) -> Option<usize> {
    let k = name.next;
    let (n, e) = name.number?;
    if is_year(t, (n, e), k) {
        return Some(out.put(Draft::new(ValueKind::Year, k, e, Amount::int(n))));
    }
    if name.day_before || !(1..=31).contains(&n) || e > k + 2 {
        return None;
    }
    let suffix = t.any(e, words!("ending of an ordinal", en)).filter(|&s| !t.c(s).is_alphanumeric());
    let mut stop = suffix.unwrap_or(e);
    if t.c(stop).is_alphanumeric() || t.c(stop) == '.' && t.c(stop + 1).is_ascii_digit() || t.c(stop) == '%' {
        return None;
    }
    out.push(Draft::new(ValueKind::Day, k, stop, Amount::int(n)));
    // July 12–14, 2022
    let dash = t.past_space(stop);
    if is_dash(t.c(dash)) {
        let from = t.past_space(dash + 1);
        if let Some((n2, e2)) = short_run(t, from, 2)
            && (1..=31).contains(&n2)
            && !t.c(e2).is_alphanumeric()
        {
            stop = out.put(Draft::new(ValueKind::Day, from, e2, Amount::int(n2)));
        }
    }
    let comma = t.past_space(stop);
    let from = if t.c(comma) == ',' { t.past_space(comma + 1) } else { comma };
    if let Some((y, ey)) = short_run(t, from, 4)
        && is_year(t, (y, ey), from)
    {
        return Some(out.put(Draft::new(ValueKind::Year, from, ey, Amount::int(y))));
    }
    Some(stop)
}
