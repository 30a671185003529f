//! Words that hold values without saying them: 耄耋, 九一八, round the clock, octogenarian.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::chars::Chars;
use super::names::Names;
use super::out::{Draft, Out};
use super::table::rows;
use super::{Amount, Unit, ValueKind};

/// What a word holds: a kind, an amount, and the unit where there is one.
type Held = (ValueKind, Amount, Option<Unit>);

/// What the words of [the table](self) hold, by the number of their row.
struct Words {
    held: Vec<Vec<Held>>,
    zh: Names<usize>,
    /// By their first word.
    en: FxHashMap<&'static str, Vec<(&'static str, usize)>>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut all = Words { held: Vec::new(), zh: Names::default(), en: FxHashMap::default() };
    for row in rows(include_str!("implied.tsv")) {
        let &[lang, words, values] = &row[..] else { continue };
        let at = all.held.len();
        all.held.push(values.split(' ').filter_map(held).collect());
        for word in words.split('|') {
            match lang {
                "zh" => all.zh.add(word, at),
                _ => all.en.entry(first_word(word)).or_default().push((word, at)),
            }
        }
    }
    all.zh.sort();
    all.en.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
    all
});

fn first_word(phrase: &'static str) -> &'static str {
    let end = phrase.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(phrase.len());
    &phrase[..end]
}

/// Reads `number:24:hour`, as the table writes it.
fn held(value: &'static str) -> Option<Held> {
    let mut parts = value.split(':');
    let kind = match parts.next()? {
        "number" => ValueKind::Number,
        "ordinal" => ValueKind::Ordinal,
        "month" => ValueKind::Month,
        "day" => ValueKind::Day,
        "hour" => ValueKind::Hour,
        _ => return None,
    };
    Some((kind, Amount::parse(parts.next()?)?, parts.next().map(Unit)))
}

/// Reads the Chinese word at `i` that holds values, where one stands there: its end.
pub(super) fn zh(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let (row, end) = WORDS.zh.at(t, i)?;
    Some(put(i, end, row, out))
}

/// Reads the English words at `i` that hold values, the first of which is `word`, in lower case: their end.
pub(super) fn en(t: &Chars<'_>, i: usize, word: &str, out: &mut Out<'_, '_>) -> Option<usize> {
    let same = |at: usize, c: char| {
        let here = t.c(at).to_ascii_lowercase();
        here == c || c == '\'' && here == '’'
    };
    WORDS.en.get(word)?.iter().find_map(|&(phrase, row)| {
        let end = i + phrase.len();
        let stands = phrase.chars().zip(i..).all(|(c, at)| same(at, c));
        (stands && !t.c(end).is_alphanumeric()).then(|| put(i, end, row, out))
    })
}

/// Adds what the word from `i` to `end` holds, a character for each value but the last.
fn put(i: usize, end: usize, row: usize, out: &mut Out<'_, '_>) -> usize {
    let held = WORDS.held.get(row).map_or(&[][..], Vec::as_slice);
    for (at, &(kind, value, unit)) in (i..).zip(held) {
        let stop = if at + 1 == i + held.len() { end } else { at + 1 };
        out.push(Draft::new(kind, at, stop, value).unit(unit).weak(true));
    }
    end
}
