//! What is counted without a unit, and when a small number says nothing: 一个, "one of them", 两岸, "both".

use super::chars::{Chars, at_start, is_cjk};
use super::dates;
use super::labels::in_word;
use super::numerals::Numeral;
use super::numerals::en::Part;
use super::numerals::zh::{CLASSIFIERS, Read, big_magnitude, digit, is_numeral, numeral, small_magnitude};
use super::out::{Draft, Out};
use super::shares::of_parts;
use super::words::{word_after, word_before};
use super::{Amount, ValueKind};
use crate::words::{characters, words};

/// Classifiers after which a lone 一 is a count; fewer, for 一 begins many words.
const AFTER_ONE: &[char] = characters!("classifier behind a lone one");

/// After 两: 两国, 两岸, where it goes without saying.
const AFTER_PAIR: &[char] = characters!("behind a pair");

/// A Chinese numeral that nothing else has claimed.
pub(super) fn zh(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let c = t.c(t.past_space(n.end));
    if n.lone() {
        return Some(lone(t, n, c, out));
    }
    // 九一八, 五四: digits one by one, of which two say nothing.
    if !n.arabic && n.run == 2 && !matches!(c, '年' | '折') {
        return Some(n.end);
    }
    // 十六强, "the last sixteen"
    let round = c == '强' && n.int().is_some_and(|n| matches!(n, 4 | 8 | 16 | 32 | 64));
    // 二〇二一 by itself: digits one by one need a word to be a number.
    let weak = !n.arabic && n.run > 0 || round;
    Some(out.put(n.draft_zh(t, ValueKind::Number, n.value, n.end).weak(weak)))
}

/// What ends the name of a part that 一 numbers: 方法一, 步骤一, 例一.
const LABELS: &[char] = characters!("numbered behind its name");

/// A single Chinese digit before `c`.
fn lone(t: &Chars<'_>, n: &Numeral, c: char, out: &mut Out<'_, '_>) -> usize {
    let k = t.past_space(n.end);
    let one = n.lone_one(t);
    let listed = at_start(t, n.at) && list_mark(t, k) || enclosed(t, n.at, n.end);
    let said = c == '是' && list_word(t, n.at) && !(one && t.before(n.at) == '之');
    let nothing = if one {
        !AFTER_ONE.contains(&c) || c == '\0' || in_word(t, n)
    } else {
        let formal = characters!("numeral of documents").contains(&t.c(n.at));
        n.int() == Some(0) && is_cjk(c) || formal || in_word(t, n)
    };
    // 方法一：, 附录一
    let ranges = matches!(c, '至' | '到' | '和' | '与' | '及');
    let labelled = one && LABELS.contains(&t.before(n.at)) && (!is_cjk(c) || ranges);
    if listed || labelled || said && (nothing || !one) {
        return out.put(n.draft_zh(t, ValueKind::Ordinal, n.value, n.end).weak(true));
    }
    if nothing {
        return n.end;
    }
    let pair = matches!(t.c(n.at), '两' | '俩');
    // 这两个, 前后两次: said again of what is known, and often left out.
    let known = t.any_before(n.at, words!("known", zh));
    let weak = one
        || known
        || if pair && is_cjk(c) {
            AFTER_PAIR.contains(&c)
        } else {
            !CLASSIFIERS.contains(&c) || c == '\0' || t.c(n.at) == '二' || c == '则'
        };
    out.put(n.draft_zh(t, ValueKind::Number, n.value, n.end).weak(weak))
}

/// The mark after the number of a heading or list item: 三、 but not 三、四个.
fn list_mark(t: &Chars<'_>, k: usize) -> bool {
    matches!(t.c(k), '、' | '.') && !is_numeral(t.c(k + 1))
}

/// Whether the characters from `a` to `b` stand alone in parentheses, as list numbers do.
fn enclosed(t: &Chars<'_>, a: usize, b: usize) -> bool {
    t.before(a) == '(' && t.c(b) == ')'
}

/// 一是…，二是…: only after a pause.
fn list_word(t: &Chars<'_>, at: usize) -> bool {
    at == 0 || matches!(t.before(at), '，' | ',' | '。' | '；' | ';' | '：' | ':' | '、' | ' ' | '\n')
}

/// 百, 千, 万 with nothing before them: 百余人 is a rough hundred; 千万 and 百姓 are words.
pub(super) fn bare_magnitude(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let mut end = i;
    let mut value = Amount::ONE;
    while let Some(m) = small_magnitude(t.c(end)).filter(|&m| m > 10).or_else(|| big_magnitude(t.c(end))) {
        let Some(v) = value.mul(Amount::int(m)) else { break };
        value = v;
        end += 1;
        if end > i + 3 {
            break;
        }
    }
    if matches!(t.c(end), '余' | '多')
        && (CLASSIFIERS.contains(&t.c(end + 1)) && t.c(end + 1) != '\0')
        && !t.is(i, "万余") | (t.before(i) != '十')
    {
        let mut d = Draft::new(ValueKind::Number, i, end, value).weak(true);
        d.approximate = true;
        out.push(d);
        return end + 1;
    }
    if t.is(i, "百岁") {
        out.push(Draft::new(ValueKind::Number, i, end, value).unit(Some(super::Unit("year"))).weak(true));
    }
    // 不足百米
    if t.c(i) == '百'
        && end == i + 1
        && let Some((unit, stop)) = super::units::half_of(t, end)
    {
        return out.put(Draft::new(ValueKind::Number, i, stop, value).unit(Some(unit)).weak(true));
    }
    if t.is(i, "百万") && end == i + 2 {
        out.push(Draft::new(ValueKind::Number, i, end, value).weak(true));
    }
    end.max(i + 1)
}

/// 数十, 几百万, 成千上万: passes over the magnitudes. Of 上万户 and 近百人 the magnitude is a rough number that the
/// other side may well leave out.
pub(super) fn vague(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let mut j = i + 1;
    if t.c(i) == '好' && t.c(j) == '几' {
        j += 1;
    }
    let from = j;
    while small_magnitude(t.c(j)).is_some() || big_magnitude(t.c(j)).is_some() {
        j += 1;
    }
    if j == from {
        return i + 1;
    }
    // 近十年, 近百分之三: a number follows after all.
    if matches!(t.c(i), '近' | '逾' | '过' | '上' | '成') && (t.c(from) == '十' || of_parts(t, j).is_some())
    {
        return i + 1;
    }
    if digit(t.c(j)).is_some() || of_parts(t, j).is_some() {
        return i + 1;
    }
    let one = (from..j).try_fold(Amount::ONE, |product, at| {
        let times = small_magnitude(t.c(at)).or_else(|| big_magnitude(t.c(at)))?;
        product.mul(Amount::int(times))
    });
    let alone =
        matches!(t.c(i), '近' | '逾' | '过' | '上') && !is_numeral(t.before(i)) && t.before(i) != '成';
    if alone
        && t.c(j) == '年'
        && let Some(value) = one
    {
        let d = Draft::new(ValueKind::Number, from, j + 1, value).unit(Some(super::Unit("year")));
        return out.put(d.weak(true).approximate(true));
    }
    match one.filter(|_| alone && CLASSIFIERS.contains(&t.c(j)) && t.c(j) != '\0') {
        Some(value) => out.put(Draft::new(ValueKind::Number, from, j, value).weak(true).approximate(true)),
        None => j,
    }
}

/// 一比一, 三比二: the score of a match or the terms of a ratio, both said.
pub(super) fn ratio(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    if n.arabic || t.c(n.end) != '比' {
        return None;
    }
    let Read::Num(other) = numeral(t, n.end + 1) else { return None };
    // 三比二大
    if characters!("no ratio before").contains(&t.c(other.end)) {
        return None;
    }
    out.push(n.draft_zh(t, ValueKind::Number, n.value, n.end));
    Some(out.put(Draft::new(ValueKind::Number, n.end + 1, other.end, other.value)))
}

/// 双方, 双向 at `i`: two; 三双 counts pairs.
pub(super) fn pair(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    if !is_numeral(t.before(t.before_space(i))) && is_cjk(t.c(i + 1)) {
        out.push(Draft::new(ValueKind::Number, i, i + 1, Amount::int(2)).weak(true));
    }
    i + 1
}

/// 十打: dozens.
pub(super) fn dozens(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    let k = t.past_space(n.end);
    let next = t.c(k + 1);
    let dozens = t.c(k) == '打'
        && (!is_cjk(next) || matches!(next, '鸡' | '啤' | '铅'))
        && (!n.lone_one(t) || next == '\0');
    if !dozens {
        return None;
    }
    Some(out.put(n.draft_zh(t, ValueKind::Number, n.value.mul(Amount::int(12))?, k + 1)))
}

/// three times: no multiple, for it may count.
pub(super) fn times(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    word_after(t, n.end, &["times"]).filter(|_| n.int() != Some(1))?;
    Some(out.put(n.draft(ValueKind::Number, n.value, n.end)))
}

/// An English numeral that nothing else has claimed.
pub(super) fn en(t: &Chars<'_>, n: &Numeral, out: &mut Out<'_, '_>) -> Option<usize> {
    if n.word == Some(Part::Unit(1)) && n.start == n.at && !one_counts(t, n.at, n.end) {
        return Some(n.end);
    }
    if let Some(end) = dates::told_year(t, n, out) {
        return Some(end);
    }
    // "these three", "the two": said again of what is known, and often left out.
    let known = matches!(n.word, Some(Part::Unit(0..=9)))
        && (word_before(t, n.at, &["these", "those"])
            || n.int() == Some(2) && word_before(t, n.at, &["the", "other"]));
    // two-way, three-dimensional: 双向, 三维
    let compound = !n.arabic && n.tokens == 1 && t.c(n.end) == '-' && t.c(n.end + 1).is_ascii_alphabetic();
    let round = n.int().is_some_and(|n| matches!(n, 8 | 16 | 32)) && word_before(t, n.at, &["last"]);
    // a team with a man sent off
    let short = n.int().is_some_and(|n| matches!(n, 9 | 10))
        && word_before(t, n.at, &["to"])
        && word_after(t, n.end, &["men"]).is_some();
    let weak = n.weak || compound || known || round || short;
    Some(out.put(n.draft(ValueKind::Number, n.value, n.end).weak(weak)))
}

/// Whether "one" from `at` to `end` counts something; as a pronoun it is no number.
fn one_counts(t: &Chars<'_>, at: usize, end: usize) -> bool {
    let before =
        word_before(t, at, words!("before one of several", en)) || word_before(t, at, BEFORE_PRONOUN);
    let after = word_after(t, end, AFTER_PRONOUN).is_some();
    let k = t.past_space(end);
    let closed =
        t.c(k) == '\0' || matches!(t.c(k), '.' | ',' | ';' | ':' | '!' | '?' | ')' | '\'' | '’' | '"' | '”');
    let hyphen = matches!(t.c(end), '-' | '‑') || matches!(t.before(at), '-' | '‑');
    // By itself a line of its own is a number: "one".
    let whole = t.before_space(at) == 0 && t.past_space(end) >= t.len();
    whole || !(before || after || closed || hyphen && !t.is(end, "-way"))
}

/// Words after which "one" is a pronoun, beside those after which it is one of several.
const BEFORE_PRONOUN: &[&str] = words!("before one as a pronoun", en);

/// Words before which "one" is a pronoun.
const AFTER_PRONOUN: &[&str] = words!("behind one as a pronoun", en);

/// both, bilateral: the small number `number` that is in the word from `i` to `end`.
pub(super) fn within(i: usize, end: usize, number: i64, out: &mut Out<'_, '_>) -> usize {
    out.put(Draft::new(ValueKind::Number, i, end, Amount::int(number)).weak(true))
}

/// "another spoonful": one more.
pub(super) fn another(t: &Chars<'_>, i: usize, end: usize, out: &mut Out<'_, '_>) -> usize {
    if word_before(t, i, &["one"]) { end } else { within(i, end, 1, out) }
}
