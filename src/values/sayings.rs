//! Sayings whose numbers count nothing: the eleventh hour, on cloud nine, 一五一十.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::table::rows;
use super::{Value, numerals, words};

/// A saying, and where in it the numeral begins, in bytes.
type Saying = (&'static str, usize);

/// Sayings by each numeral in them: an English word, a Chinese character, digits.
static SAYINGS: LazyLock<FxHashMap<&'static str, Vec<Saying>>> = LazyLock::new(|| {
    let mut sayings: FxHashMap<&str, Vec<Saying>> = FxHashMap::default();
    let rows = rows(include_str!("sayings.tsv")).filter_map(|row| row.get(1).copied());
    for saying in rows.flat_map(|list| list.split('|')) {
        let mut at = 0;
        while let Some(word) = first_word(&saying[at..]) {
            if is_numeral(word) {
                sayings.entry(word).or_default().push((saying, at));
            }
            at += word.len();
        }
    }
    sayings
});

/// The English word, the group of digits or the other character that a text begins with.
fn first_word(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    let same = |c: char| match first.is_ascii_digit() {
        true => c.is_ascii_digit(),
        false => first.is_ascii_alphabetic() && c.is_ascii_alphabetic(),
    };
    let end = text.find(|c: char| !same(c)).unwrap_or(text.len());
    Some(&text[..end.max(first.len_utf8())])
}

fn is_numeral(word: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || numerals::zh::is_numeral(c) || c == '半';
    word.chars().next().is_some_and(digit) || words::role(word).is_some()
}

/// Makes the values that stand in sayings weak: they account for others, and are never missed themselves.
pub(super) fn weaken(text: &str, values: &mut [Value]) {
    let strong = values.iter_mut().filter(|value| !value.weak);
    strong.for_each(|value| value.weak = in_saying(text, value));
}

/// Whether a value begins with the numeral of a saying that stands around it.
fn in_saying(text: &str, value: &Value) -> bool {
    let Some(word) = first_word(&text[value.span.start..]) else { return false };
    let lower = word.to_ascii_lowercase();
    let Some(sayings) = SAYINGS.get(lower.as_str()) else { return false };
    sayings.iter().any(|&(saying, at)| {
        let Some(start) = value.span.start.checked_sub(at) else { return false };
        let end = start + saying.len();
        // no 二百五 is in 二百五十
        let whole = |c: Option<char>| match saying.is_ascii() {
            true => !c.is_some_and(|c| c.is_ascii_alphanumeric()),
            false => !c.is_some_and(numerals::zh::is_numeral),
        };
        text.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(saying))
            && whole(text[..start].chars().next_back())
            && whole(text[end..].chars().next())
    })
}
