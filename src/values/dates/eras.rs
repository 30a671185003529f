//! Years of eras and months of the old calendar: 民國110年, 令和六年, "the sixty-first year of Kangxi", 正月初八.

use std::sync::LazyLock;

use crate::values::chars::Chars;
use crate::values::digits::short_run;
use crate::values::numerals::Numeral;
use crate::values::numerals::zh::digit;
use crate::values::out::{Draft, Out};
use crate::values::table::rows;
use crate::values::words::{lower_at, word_after, word_end};
use crate::values::{Amount, ValueKind};
use crate::words::words;

/// An era: its names, and its first and last year of the common era.
struct Era {
    zh: &'static str,
    en: &'static str,
    first: i64,
    last: i64,
}

static ERAS: LazyLock<Vec<Era>> = LazyLock::new(|| {
    rows(include_str!("eras.tsv"))
        .filter_map(|row| {
            let &[zh, en, first, last] = &row[..] else { return None };
            Some(Era { zh, en, first: first.parse().ok()?, last: last.parse().ok()? })
        })
        .collect()
});

impl Era {
    /// The year of the common era that the year `n` of this era is, if it had that many.
    fn year(&self, n: i64) -> Option<i64> {
        let year = self.first + n - 1;
        (n > 0 && (year <= self.last || self.last == 0 && n < 300)).then_some(year)
    }
}

/// Years since an era was named that may still be counted in it, in characters.
const NEAR: usize = 60;

/// The year that the numeral before 年 at `k` means in an era, which is named before it; or before another year of
/// it in the same sentence, 民國五十八年…七十六年.
pub(super) fn of_era(t: &Chars<'_>, n: &Numeral, k: usize, out: &Out<'_, '_>) -> Option<i64> {
    let number = n.int()?;
    let start = t.before_space(n.start);
    if let Some(era) = ERAS.iter().find(|era| t.any_before(start, &[era.zh])) {
        return era.year(number);
    }
    // a span of years is seldom so long, and says what it is
    let span = t.any(k + 1, words!("behind a span of years", zh)).is_some()
        || t.any_before(start, words!("before a span of years", zh));
    if number < 10 || span || n.run == 4 || !out.values.iter().any(|v| v.kind == ValueKind::Year) {
        return None;
    }
    let from = (start.saturating_sub(NEAR)..start).rev().take_while(|&i| t.c(i) != '。');
    from.filter_map(|i| ERAS.iter().find(|era| t.is(i, era.zh))).find_map(|era| era.year(number))
}

/// Showa 15, Reiwa 6, with the name of the era from `i` to `end`.
pub(in crate::values) fn era_before(
    t: &Chars<'_>,
    i: usize,
    end: usize,
    out: &mut Out<'_, '_>,
) -> Option<usize> {
    let name = &t.src[t.span(i, end).range()];
    let era = ERAS.iter().find(|era| era.en == name)?;
    let (n, stop) = short_run(t, t.past_space(end), 3)?;
    let year = era.year(n).filter(|_| stop > end + 1 && !t.c(stop).is_alphanumeric())?;
    Some(out.put(Draft::new(ValueKind::Year, i, stop, Amount::int(year))))
}

/// "the fifteenth year of Showa", "the eighth day of the fourth lunar month" after an ordinal that ends at `end`.
pub(in crate::values) fn after_rank(t: &Chars<'_>, n: &Numeral, end: usize) -> Option<Draft> {
    let (number, start) = (n.int()?, n.start);
    let value = |kind, n: i64| Some(Draft::new(kind, start, end, Amount::int(n)));
    if let Some(of) = word_after(t, end, &["year"]).and_then(|year| word_after(t, year, &["of"])) {
        let mut from = t.past_space(of);
        while let Some((_, end)) =
            lower_at(t, from).filter(|(word, _)| words!("before a reign", en).contains(&word.as_str()))
        {
            from = t.past_space(end);
        }
        let name = &t.src[t.span(from, word_end(t, from)).range()];
        return value(ValueKind::Year, ERAS.iter().find(|era| era.en == name)?.year(number)?);
    }
    if let Some(lunar) = word_after(t, end, &["lunar"]) {
        word_after(t, lunar, &["month"])?;
        return value(ValueKind::Month, number).filter(|_| (1..=12).contains(&number));
    }
    let the = word_after(t, word_after(t, word_after(t, end, &["day"])?, &["of"])?, &["the"])?;
    let rank = word_end(t, t.past_space(the));
    word_after(t, rank, &["lunar", "month"])?;
    value(ValueKind::Day, number).filter(|_| (1..=31).contains(&number))
}

/// 初八, 正月, 腊月 at `i`: the end.
pub(in crate::values) fn lunar(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let month = match t.c(i) {
        '正' => 1,
        '冬' => 11,
        '腊' => 12,
        _ => {
            let day =
                if t.c(i + 1) == '十' { 10 } else { digit(t.c(i + 1)).filter(|d| (1..10).contains(d))? };
            let dated = out.touching(i) == Some(ValueKind::Month)
                || t.any_before(i, words!("before a day of the moon", zh));
            return dated.then(|| out.put(Draft::new(ValueKind::Day, i, i + 2, Amount::int(day))));
        }
    };
    (t.c(i + 1) == '月')
        .then(|| out.put(Draft::new(ValueKind::Month, i, i + 2, Amount::int(month)).weak(true)))
}
