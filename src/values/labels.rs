//! What only looks like a number: names with digits in them, addresses, standards, sayings.

use std::sync::LazyLock;

use super::chars::{Chars, is_cjk, past_word};
use super::names::Names;
use super::numerals::Numeral;
use super::numerals::zh::{digit, is_numeral};
use super::out::{Draft, Out};
use super::table::words;
use super::words::{Part, lower_at, month_named, part, word_after};
use super::{Amount, Unit, ValueKind};
use crate::words::{characters, words};

/// A word of ASCII letters, digits and underscores that begins with a letter, and what hangs on it.
pub(super) struct Word {
    /// One past the letters, digits and underscores.
    pub(super) end: usize,
    pub(super) has_digit: bool,
    /// Where to read on when the word is a name or an address.
    pub(super) skip: usize,
}

/// Reads the word at `i`: `skip` passes over URLs, mail addresses and number tails (COVID-19).
pub(super) fn word(t: &Chars<'_>, i: usize) -> Word {
    let mut end = i;
    let mut has_digit = false;
    while t.c(end).is_ascii_alphanumeric() || t.c(end) == '_' {
        has_digit |= t.c(end).is_ascii_digit();
        end += 1;
    }
    let www = end == i + 3
        && t.c(end) == '.'
        && t.c(i).eq_ignore_ascii_case(&'w')
        && t.c(i + 1).eq_ignore_ascii_case(&'w');
    let address = t.is(end, "://") || www || (t.c(end) == '@' && t.c(end + 1).is_ascii_alphanumeric());
    let skip = if address { past_address(t, end) } else { past_tail(t, i, end, has_digit) };
    Word { end, has_digit, skip }
}

fn past_address(t: &Chars<'_>, end: usize) -> usize {
    let mut skip = end;
    while skip < t.len() && t.c(skip).is_ascii_graphic() && !matches!(t.c(skip), '<' | '>' | '"' | '`') {
        skip += 1;
    }
    skip
}

/// Past what hangs on the name from `i` to `end`: it goes on after a hyphen when a digit follows (COVID-19, GPT-3.5,
/// F-16A), and after points and strokes when there are digits in it.
fn past_tail(t: &Chars<'_>, i: usize, end: usize, has_digit: bool) -> usize {
    let mut skip = end;
    while matches!(t.c(skip), '-' | '‑' | '‐') && t.c(skip + 1).is_ascii_digit() && !opens_range(t, i, end)
    {
        skip += 1;
        while t.c(skip).is_ascii_alphanumeric() || (t.c(skip) == '.' && t.c(skip + 1).is_ascii_alphanumeric())
        {
            skip += 1;
        }
    }
    while has_digit && matches!(t.c(skip), '.' | '/' | ':') && t.c(skip + 1).is_ascii_digit() {
        skip += 1;
        while t.c(skip).is_ascii_alphanumeric() {
            skip += 1;
        }
    }
    skip
}

/// Words that a number may follow after a hyphen: mid-1990s, pre-2000, top-10.
const BEFORE_RANGE: &[&str] = words!("before a hyphen and a number", en);

fn opens_range(t: &Chars<'_>, i: usize, end: usize) -> bool {
    let w = &t.src[t.span(i, end).range()];
    BEFORE_RANGE.contains(&w) || matches!(part(w), Some((Part::Tens(_), false))) || month_named(w).is_some()
}

/// Q3, H1 and v3.0 among the words with digits in them; all others are names. Returns where to read on.
pub(super) fn digit_word(t: &Chars<'_>, i: usize, w: &Word, text: &str, out: &mut Out<'_, '_>) -> usize {
    let kind = match (text.as_bytes(), w.skip == w.end) {
        ([b'Q', b'1'..=b'4'], true) => Some(ValueKind::Quarter),
        ([b'H', b'1' | b'2'], true) => Some(ValueKind::HalfYear),
        _ => None,
    };
    if let (Some(kind), Some(n)) = (kind, t.c(i + 1).to_digit(10)) {
        out.push(Draft::new(kind, i, w.end, Amount::int(i64::from(n))));
        return w.end;
    }
    let version = matches!(t.c(i), 'v' | 'V') && (i + 1..w.end).all(|j| t.c(j).is_ascii_digit());
    if version {
        return i + 1;
    }
    w.skip
}

/// Bodies that number their standards.
const BODIES: &[&str] = words!("body of standards", en);

/// Past the number of a standard, when `word`, which ends at `end`, is a body that numbers its standards: ISO 9001, GB/T 35273.
pub(super) fn past_standard(t: &Chars<'_>, word: &str, end: usize) -> Option<usize> {
    if !BODIES.contains(&word) {
        return None;
    }
    let mut k = end;
    while t.c(k) == '/' || t.c(k).is_ascii_uppercase() {
        k += 1;
    }
    let mut stop = t.past_space(k);
    if stop == k || !t.c(stop).is_ascii_digit() {
        return None;
    }
    while t.c(stop).is_ascii_alphanumeric()
        || matches!(t.c(stop), '-' | '.' | ':' | '/') && t.c(stop + 1).is_ascii_alphanumeric()
    {
        stop += 1;
    }
    Some(stop)
}

/// After a number in digits, letters that touch it make a name: 5G, 3D; as do 5 G and 4 K, unless memory is counted.
pub(super) fn en_name(t: &Chars<'_>, n: &Numeral, _: &mut Out<'_, '_>) -> Option<usize> {
    if let Some(end) = past_label(t, n) {
        return Some(end);
    }
    if n.arabic && (t.c(n.end).is_alphabetic() || t.c(n.end) == '_') {
        return Some(word(t, n.end).skip.max(past_word(t, n.end)));
    }
    let generation = n.tokens == 2 && n.end == n.at + 2 && matches!(t.c(n.at + 1), 'G' | 'K');
    let memory = || word_after(t, n.end, words!("memory", en)).is_some();
    (generation && !memory()).then_some(n.end)
}

/// Past what makes a name of digits with a hyphen behind them, 10-K and 7-Eleven, but not 12-Month and 5-Star.
fn past_label(t: &Chars<'_>, n: &Numeral) -> Option<usize> {
    if !n.arabic || n.run == 0 || t.c(n.end) != '-' || !t.c(n.end + 1).is_ascii_uppercase() {
        return None;
    }
    let (name, _) = lower_at(t, n.end + 1)?;
    let counts = word(t, n.end + 1).end > n.end + 3 && part(name.as_str()).is_none();
    (!counts).then(|| word(t, n.end + 1).skip)
}

/// Letters that touch a number in digits: 5G, 3D, 2FA are names, 1st and 3x are not.
pub(super) fn zh_name(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    if let Some(end) = past_label(t, n) {
        return Some(end);
    }
    if n.arabic && t.c(n.end) == '-' && t.c(n.end + 1).is_ascii_alphabetic() {
        return Some(out.put(n.draft_zh(t, ValueKind::Number, n.value, n.end)));
    }
    let k = t.past_space(n.end);
    // 二十国集团
    if t.is(k, "国集团") || t.is(k, "国峰会") {
        return Some(k + 3);
    }
    if !n.arabic || !t.c(n.end).is_ascii_alphabetic() {
        return None;
    }
    let stop = word(t, n.end).skip;
    if words!("ending of an ordinal", en).contains(&&t.src[t.span(n.end, stop).range()]) {
        return Some(out.put(n.draft_zh(t, ValueKind::Ordinal, n.value, stop)));
    }
    Some(stop)
}

/// Words that begin with a numeral and count nothing: 四川, 一些.
static WORDS: LazyLock<Names<()>> = LazyLock::new(|| {
    let mut names = Names::default();
    words(include_str!("labels/zh.tsv")).into_iter().for_each(|word| names.add(word, ()));
    names.sort();
    names
});

/// Characters before a lone 一 with which it makes a word.
const BEFORE_ONE: &[char] = characters!("before a lone one");

/// Whether a numeral of one character belongs to a word and is no number there.
pub(super) fn in_word(t: &Chars<'_>, n: &Numeral) -> bool {
    let at = n.at;
    if !n.lone() || t.past_space(n.end) != at + 1 {
        return false;
    }
    match t.c(at) {
        '一' if at > 0 && BEFORE_ONE.contains(&t.before(at)) => return true,
        '十' if t.is(at, "十分") => return !matches!(t.c(at + 2), '钟' | '之'),
        _ => {}
    }
    // 张三, 李四, 王五; 再三
    let name = matches!((t.before(at), t.c(at)), ('张' | '再' | '不', '三') | ('李', '四') | ('王', '五'));
    name || WORDS.at(t, at).is_some()
}

/// 十四五 between quotation marks or before 规划 and 时期: the fourteenth plan of five years.
pub(super) fn plan(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let quoted = matches!(t.before(n.at), '“' | '"' | '「') && matches!(t.c(n.at + 3), '”' | '"' | '」');
    let named = quoted || t.any(n.at + 3, &["规划", "时期", "期间"]).is_some();
    let nth = digit(t.c(n.at + 1)).filter(|_| t.c(n.at) == '十' && t.c(n.at + 2) == '五')?;
    if !named {
        return None;
    }
    out.push(Draft::new(ValueKind::Ordinal, n.at, n.at + 2, Amount::int(10 + nth)).weak(true));
    let years = Draft::new(ValueKind::Number, n.at + 2, n.at + 3, Amount::int(5)).weak(true);
    Some(out.put(years.unit(Some(Unit("year")))))
}

/// Sayings and the names of notations: 三番五次, 四面八方, 十六进制.
pub(super) fn saying(t: &Chars<'_>, n: &Numeral, _: &mut Out<'_, '_>) -> Option<usize> {
    let notation = !n.arabic && t.is(t.past_space(n.end), "进制");
    (notation || in_saying(t, n)).then_some(n.end)
}

/// What stands behind a digit where it counts, and makes no saying of four characters.
const COUNTED: &[char] = characters!("counted by a digit");

/// Whether a digit and its neighbours are a saying of four characters: 三番五次, 四面八方, 一心一意.
fn in_saying(t: &Chars<'_>, n: &Numeral) -> bool {
    if t.is(n.at, "十万八千里") {
        return true;
    }
    if !n.lone() || n.start != n.at {
        return false;
    }
    let lone = |i: usize| {
        is_numeral(t.c(i)) && t.c(i) != '零' && !is_numeral(t.c(i + 1)) && (i == 0 || !is_numeral(t.c(i - 1)))
    };
    let plain = |i: usize| is_cjk(t.c(i)) && !is_numeral(t.c(i)) && !COUNTED.contains(&t.c(i));
    let here = |i: usize| {
        let pattern = lone(i) && plain(i + 1) && lone(i + 2) && plain(i + 3);
        !t.is(i, "一国两") && (pattern || past_saying(t, i).is_some())
    };
    here(n.at) || n.at >= 2 && here(n.at - 2)
}

/// Past a saying that the pattern of digits and words does not fit, where one stands at `i`.
pub(super) fn past_saying(t: &Chars<'_>, i: usize) -> Option<usize> {
    t.any(i, SAYINGS)
}

/// Sayings that the pattern of digits and words does not fit.
const SAYINGS: &[&str] = words!("saying", zh);
