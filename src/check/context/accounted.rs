//! Values of one side that need no counterpart on the other: conversions, years of life, what is said of the rest.

use crate::align::Link;
use crate::meaning::pair::Bilingual;
use crate::meaning::{View, negation};
use crate::text::{Side, Span};
use crate::values::{self, Value, ValueKind};

/// Takes out of the values `left` over in linked sentences what needs no counterpart. `own` are all values of both
/// sides there.
pub(super) fn take_out<'a>(
    view: &View<'a>,
    link: &'a Link,
    own: [&[&'a Value]; 2],
    left: &mut [Vec<&'a Value>; 2],
) {
    for side in [Side::Source, Side::Target] {
        let at = side as usize;
        let all = own[at];
        left[at].retain(|value| !all.iter().any(|other| is_conversion(view, side, value, other)));
    }
    left[1].retain(|value| !is_of_life(view, Side::Target, value));
    if says_of_the_rest(view, link, left) {
        left.iter_mut().for_each(Vec::clear);
    }
}

/// Whether two measures of one side stand side by side and are one measure in two units: three and a half pints (two
/// litres). One of them is enough.
fn is_conversion(view: &View, side: Side, one: &Value, other: &Value) -> bool {
    let (Some(unit), Some(second)) = (one.unit, other.unit) else { return false };
    if unit == second || !values::of_one_dimension(unit, second) || values::far_apart(one, other) {
        return false;
    }
    let (first, last) = if one.span.start < other.span.start { (one, other) } else { (other, one) };
    let between = view.document(side).text.get(first.span.end..last.span.start).unwrap_or_default().trim();
    BESIDE.contains(&between)
}

/// What stands between a measure and its conversion.
const BESIDE: &[&str] =
    &["(", "（", "or", "or about", "(about", "(some", "（约", "（约合", "，约合", "，合", "/", "即", "（即"];

/// Whether a year stands in parentheses with nothing but years: the Southern Song dynasty (1127–1279). A translator
/// may explain a name so.
fn is_of_life(view: &View, side: Side, value: &Value) -> bool {
    let text = &view.document(side).text;
    let Some(before) = text.get(..value.span.start) else { return false };
    let Some(after) = text.get(value.span.end..) else { return false };
    let Some(open) = before.rfind(['(', '（']) else { return false };
    let Some(close) = after.find([')', '）']) else { return false };
    let inside = Span::new(open, value.span.end + close);
    let inside = view.document(side).slice(inside).trim_start_matches(['(', '（']);
    let years = |c: char| c.is_ascii_digit() || " –—-~～至前后公元年BCEADrcabd.?,".contains(c);
    matches!(value.kind, ValueKind::Year | ValueKind::Number)
        && inside.len() < LIFE
        && inside.chars().all(years)
        && inside.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() >= 3).count() == 2
}

/// Longer parentheses, in bytes, hold more than two years.
const LIFE: usize = 40;

/// Whether the only values left are shares that make a whole together, and something is denied that nothing answers to: over 70 per cent had
/// not, 不足三成 had.
fn says_of_the_rest<'a>(view: &View<'a>, link: &'a Link, left: &[Vec<&Value>; 2]) -> bool {
    let [&[one], &[other]] = [&*left[0], &*left[1]] else { return false };
    if !values::complementary(one, other) {
        return false;
    }
    let Some(bitext) = Bilingual::of(view) else { return false };
    let pair = bitext.pair(link);
    let (zh, en) = negation::lone(&pair, bitext.renderings(&pair));
    !(zh.is_empty() && en.is_empty())
}
