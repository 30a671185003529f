//! Parts of a month, a season, a year, a decade or a century: 月底, mid-August, the latter half of the 17th century.

use std::sync::LazyLock;

use super::chars::Chars;
use super::names::Names;
use super::out::{Draft, Out};
use super::table::rows;
use super::words::{Role, after_joint, lower_at, month_named, part, role, word_after, word_before, word_end};
use super::{Amount, Unit, ValueKind};
use crate::words::words;

/// What names a part in Chinese; `None` where it only looks so, 三年初中.
#[derive(Default)]
struct Parts {
    /// Behind any period.
    short: Names<Option<Amount>>,
    /// Behind a century or a decade.
    long: Names<Option<Amount>>,
}

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let mut parts = Parts::default();
    for row in rows(include_str!("parts/behind.tsv")) {
        let &[place, short, long] = &row[..] else { continue };
        let place = Amount::parse(place);
        short.split_whitespace().for_each(|name| parts.short.add(name, place));
        [short, long]
            .iter()
            .flat_map(|list| list.split_whitespace())
            .for_each(|name| parts.long.add(name, place));
    }
    parts.short.sort();
    parts.long.sort();
    parts
});

/// Words that name a part together with its period: 中旬, 盛夏, 下半月.
static WHOLE: LazyLock<Names<(Amount, &'static str)>> = LazyLock::new(|| {
    let mut names = Names::default();
    for row in rows(include_str!("parts/whole.tsv")) {
        let &[place, unit, words] = &row[..] else { continue };
        let Some(place) = Amount::parse(place) else { continue };
        words.split_whitespace().for_each(|name| names.add(name, (place, unit)));
    }
    names.sort();
    names
});

fn draft(i: usize, end: usize, place: Amount, unit: &'static str) -> Draft {
    Draft::new(ValueKind::Part, i, end, place).unit(Some(Unit(unit))).weak(true)
}

/// The period whose Chinese name ends before `i`.
fn period_before(t: &Chars<'_>, i: usize) -> Option<&'static str> {
    match t.before(i) {
        '月' => Some("month"),
        '年' => Some("year"),
        '份' if t.any_before(i, &["月份"]) => Some("month"),
        '代' if t.any_before(i, &["年代"]) => Some("decade"),
        '纪' if t.any_before(i, &["世纪"]) => Some("century"),
        _ => None,
    }
}

/// The Chinese part of a period that begins at `i`, where one does: its end.
pub(super) fn zh(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    if let Some(((place, unit), end)) = WHOLE.at(t, i) {
        return Some(out.put(draft(i, end, place, unit)));
    }
    let unit = period_before(t, i)?;
    let names = if matches!(unit, "decade" | "century") { &PARTS.long } else { &PARTS.short };
    let (place, end) = names.at(t, i)?;
    Some(match place {
        Some(place) => out.put(draft(i, end, place, unit)),
        None => end,
    })
}

/// What says at which place of a period in English, from `i` to `end`: early, mid, the end of. Returns where to read on.
pub(super) fn en(
    t: &Chars<'_>,
    i: usize,
    end: usize,
    word: &str,
    place: Amount,
    out: &mut Out<'_, '_>,
) -> usize {
    if is_span(t, i, end) {
        return end;
    }
    let half = || word_after(t, end, &["half"]);
    let of = |end: usize| word_after(t, end, &["of", "in"]);
    let unit = match word {
        "early" | "late" | "mid" => {
            period(t, after_joint(t, end)).or_else(|| period(t, t.past_space(of(end)?)))
        }
        "latter" | "former" => half().and_then(of).and_then(|of| period(t, t.past_space(of))),
        // year-end
        _ => word_after(t, end, &["of"]).and_then(|of| period(t, t.past_space(of))).or_else(|| ended(t, i)),
    };
    match unit {
        Some(unit) => out.put(draft(i, end, place, unit)),
        None => end,
    }
}

/// Whether the part from `i` to `end` goes on to another one, or from one: mid-to-late, early or mid.
fn is_span(t: &Chars<'_>, i: usize, end: usize) -> bool {
    let before = |i: usize| {
        let end = if matches!(t.before(i), '-' | '‑' | '‐') { i - 1 } else { t.before_space(i) };
        (0..end).rev().take_while(|&at| t.c(at).is_ascii_alphabetic()).last()
    };
    let joins = |at: usize| lower_at(t, at).filter(|(word, _)| matches!(word.as_str(), "to" | "or" | "and"));
    joins(after_joint(t, end)).is_some_and(|(_, stop)| is_part(t, after_joint(t, stop)))
        || before(i).filter(|&at| joins(at).is_some()).and_then(before).is_some_and(|at| is_part(t, at))
}

/// Whether a word for a part stands at `i`.
fn is_part(t: &Chars<'_>, i: usize) -> bool {
    lower_at(t, i).is_some_and(|(word, _)| matches!(role(word.as_str()), Some(Role::Part(..))))
}

/// The period that ends before the word at `i`: year-end, month's end.
fn ended(t: &Chars<'_>, i: usize) -> Option<&'static str> {
    [("year", &["year"]), ("month", &["month"]), ("century", &["century"])].into_iter().find_map(
        |(unit, word)| {
            let joined = matches!(t.before(i), '-' | '‑' | '‐') && word_before(t, i - 1, word);
            let owned =
                t.any_before(t.before_space(i), &["'s", "’s"]) && word_before(t, t.before_space(i) - 2, word);
            (joined || owned).then_some(unit)
        },
    )
}

/// The half of a decade, a century or a month that an ordinal from `start` to `end` names: the first half of the 19th
/// century; a half of a year is a value of its own.
pub(super) fn half(t: &Chars<'_>, start: usize, end: usize, nth: i64) -> Option<Draft> {
    let of = word_after(t, end, &["of"])?;
    let unit = period(t, t.past_space(of)).filter(|unit| *unit != "year")?;
    let place = Amount::ratio(2 * i128::from(nth) - 1, 4)?;
    Some(draft(start, end, place, unit))
}

/// The English period that begins at `i`, with the words that point at it: August, next year, the 1960s, the
/// seventeenth century.
fn period(t: &Chars<'_>, i: usize) -> Option<&'static str> {
    let mut i = i;
    while let Some(next) = pointed(t, i) {
        i = next;
    }
    let c = t.c(i);
    if c.is_ascii_digit() || matches!(c, '\'' | '’') && t.c(i + 1).is_ascii_digit() {
        return numbered(t, i);
    }
    let word = &t.src[t.span(i, word_end(t, i)).range()];
    if c.is_ascii_uppercase() && month_named(word).is_some() {
        return Some("month");
    }
    let (lower, end) = lower_at(t, i)?;
    match (lower.as_str(), role(lower.as_str())) {
        ("month", _) => Some("month"),
        ("year", _) => Some("year"),
        ("decade", _) => Some("decade"),
        ("century", _) => Some("century"),
        (word, _) if words!("season", en).contains(&word) => Some("season"),
        (_, Some(Role::Decade(_))) => Some("decade"),
        (_, Some(Role::Numeral(..))) => ranked(t, end),
        _ => None,
    }
}

/// Past a word that points at a period.
fn pointed(t: &Chars<'_>, i: usize) -> Option<usize> {
    let (word, end) = lower_at(t, i)?;
    words!("points at a period", en)
        .contains(&word.as_str())
        .then(|| t.past_space(end))
        .filter(|next| *next > end)
}

/// What digits at `i` name: 1960s, 1700s, '90s, 19th century, 2019.
fn numbered(t: &Chars<'_>, i: usize) -> Option<&'static str> {
    let from = i + usize::from(!t.c(i).is_ascii_digit());
    let end = (from..from + 5).find(|&at| !t.c(at).is_ascii_digit())?;
    let s = end + usize::from(matches!(t.c(end), '\'' | '’'));
    if t.c(s) == 's' && !t.c(s + 1).is_alphanumeric() && t.c(end - 1) == '0' {
        return Some(if end == from + 4 && t.c(end - 2) == '0' && t.c(from) == '1' {
            "century"
        } else {
            "decade"
        });
    }
    let rank = t.any(end, words!("ending of an ordinal", en));
    if rank.is_some_and(|stop| word_after(t, stop, &["century", "centuries"]).is_some()) {
        return Some("century");
    }
    (end == from + 4 && from == i && !t.c(end).is_alphanumeric()).then_some("year")
}

/// The century that an ordinal in words names, whose first word ends at `end`.
fn ranked(t: &Chars<'_>, end: usize) -> Option<&'static str> {
    let mut at = end;
    for _ in 0..2 {
        if word_after(t, at, &["century", "centuries"]).is_some() {
            return Some("century");
        }
        let next = after_joint(t, at);
        let (word, stop) = lower_at(t, next)?;
        part(word.as_str())?;
        at = stop;
    }
    None
}
