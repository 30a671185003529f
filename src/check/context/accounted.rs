//! Values of one side that need no counterpart on the other (conversions, years of life, what is said of the rest), and
//! values that need another one than they have: ratios turned round.

use crate::align::Link;
use crate::meaning::pair::Bilingual;
use crate::meaning::{self, View, negation};
use crate::text::{Side, Span};
use crate::values::{self, Amount, Value, ValueKind};
use crate::words::words;

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
    for side in [Side::Source, Side::Target] {
        let at = side as usize;
        let text = |side: Side| {
            let span = view.span_of_sentences(side, meaning::own(link, side));
            span.map_or("", |span| view.document(side).slice(span))
        };
        let (here, there) = (text(side), text(side.other()));
        left[at].retain(|value| !code(view, side, value).is_some_and(|code| there.contains(&code)));
        left[at].retain(|value| !(is_last_day(value) && MONTH_END.iter().any(|word| there.contains(word))));
        left[at].retain(|value| !(is_of_calendar(value) && is_reckoned(there) && !is_reckoned(here)));
        let other = left[1 - at].iter().any(|value| is_of_calendar(value));
        left[at].retain(|value| {
            other || !(is_of_calendar(value) && FEASTS.iter().any(|word| there.contains(word)))
        });
        left[at]
            .retain(|value| !(value.kind == ValueKind::Year && PLAN.iter().any(|word| there.contains(word))));
        left[at].retain(|value| !(is_rough_hour(view, side, value) && values::names_hour(there, value)));
        left[at].retain(|value| !is_label(view, side, value, [here, there]));
        left[at].retain(|value| !is_in_range(view, side, value, own));
    }
    take_out_dotted(view, left);
    take_out_frequencies(own, left);
    take_out_percent(own, left);
    take_out_shares(view, own, left);
    take_out_rates(own, left);
    if says_of_the_rest(view, link, left) {
        left.iter_mut().for_each(Vec::clear);
    }
}

/// How many letters stand before the number of a code.
const LETTERS: std::ops::RangeInclusive<usize> = 1..=4;

/// A number behind a few capitals as one code, for what one side writes apart the other may write as one: flight TP 1356
/// is TP1356.
fn code(view: &View, side: Side, value: &Value) -> Option<String> {
    let document = view.document(side);
    let digits = document.slice(value.span);
    let before = document.text[..value.span.start].strip_suffix(' ')?;
    let letters = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let is_code = LETTERS.contains(&letters.len())
        && letters.chars().all(|c| c.is_ascii_uppercase())
        && digits.chars().all(|c| c.is_ascii_digit());
    is_code.then(|| format!("{letters}{digits}"))
}

/// Whether the other side writes a number as a label with letters that touch it: Terminal 2 for T2航站楼, 12排F座 for 12F.
fn is_label(view: &View, side: Side, value: &Value, [here, there]: [&str; 2]) -> bool {
    let bare = matches!(value.kind, ValueKind::Number | ValueKind::Ordinal) && value.unit.is_none();
    let Some(number) = value.value.as_int().filter(|_| bare).map(|number| number.to_string()) else {
        return false;
    };
    if !view.document(side).slice(value.span).contains(number.as_str()) {
        return false;
    }
    let capitals = |text: &str| text.len() <= LABEL && text.chars().all(|c| c.is_ascii_uppercase());
    let mut labels = there.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| {
        let front = word.strip_suffix(number.as_str()).or_else(|| word.strip_prefix(number.as_str()));
        front.is_some_and(|letters| !letters.is_empty() && capitals(letters))
    });
    labels.any(|label| !here.contains(label))
}

/// How many letters a label has beside its number.
const LABEL: usize = 2;

/// Whether a number of a list lies inside a range of the other side whose members are all listed: clauses 8 to 10 for
/// 第8、9、10条.
fn is_in_range(view: &View, side: Side, value: &Value, own: [&[&Value]; 2]) -> bool {
    let Some(number) = value.value.as_int() else { return false };
    let there = own[side.other() as usize];
    let text = &view.document(side.other()).text;
    let mut ranges = there.windows(2).filter_map(|two| {
        let between = text.get(two[0].span.end..two[1].span.start)?;
        let joined = words!("joins a range").iter().any(|joint| between.contains(joint));
        let ends = two[0].value.as_int().zip(two[1].value.as_int())?;
        (joined && between.len() <= JOINT).then_some(ends)
    });
    let listed = |number: i64| {
        own[side as usize].iter().any(|other| other.unit == value.unit && other.value == Amount::int(number))
    };
    ranges.any(|(first, last)| {
        first < number && number < last && last - first < LISTED && (first..=last).all(listed)
    })
}

/// How many bytes may join the two ends of a range, and how many members are listed at most.
const JOINT: usize = 12;
const LISTED: i64 = 12;

/// What stands behind an hour, or before it, that is told roughly.
const BEHIND_ROUGH: &[&str] = words!("behind a rough hour");
const ROUGH: &[&str] = words!("rough");

/// Whether an hour is told roughly: 上午十点左右, about ten.
fn is_rough_hour(view: &View, side: Side, value: &Value) -> bool {
    let text = &view.document(side).text;
    let (before, after) = (text[..value.span.start].trim_end(), text[value.span.end..].trim_start());
    value.kind == ValueKind::Hour
        && (BEHIND_ROUGH.iter().any(|word| after.starts_with(word))
            || ROUGH.iter().any(|word| before.ends_with(word)))
}

/// Takes out how often something is done, where one side says after what time, the other how many times: every twenty
/// minutes, 每小时三次.
fn take_out_frequencies(own: [&[&Value]; 2], left: &mut [Vec<&Value>; 2]) {
    for side in [0, 1] {
        let found = left[side].iter().enumerate().find_map(|(at, span)| {
            let rates = own[1 - side].iter().filter(|value| value.kind == ValueKind::Rate);
            let mut rates =
                rates.flat_map(|rate| left[1 - side].iter().enumerate().map(move |times| (rate, times)));
            let (_, (times, _)) = rates.find(|(rate, (_, times))| values::is_frequency(span, times, rate))?;
            Some((at, times))
        });
        if let Some((span, times)) = found {
            left[side].remove(span);
            left[1 - side].remove(times);
        }
    }
}

/// Takes out a percentage that one side says without the word, behind another one: exports rose 4 per cent, imports 9.
fn take_out_percent(own: [&[&Value]; 2], left: &mut [Vec<&Value>; 2]) {
    let ([one], [other]) = (&*left[0], &*left[1]) else { return };
    let percent = |value: &Value| value.kind == ValueKind::Percent && value.unit.is_none();
    let behind = |bare: &Value, side: usize| {
        bare.kind == ValueKind::Number
            && bare.unit.is_none()
            && own[side].iter().any(|value| percent(value) && value.span.start < bare.span.start)
    };
    let said = percent(one) && behind(other, 1) || percent(other) && behind(one, 0);
    if said && one.value == other.value {
        left.iter_mut().for_each(Vec::clear);
    }
}

/// Takes out a time of the day that one side writes with a point, as a number: 十时半, by 10.30.
fn take_out_dotted(view: &View, left: &mut [Vec<&Value>; 2]) {
    for side in [Side::Source, Side::Target] {
        let (at, other) = (side as usize, side.other() as usize);
        let time = |value: &&Value| {
            let (hour, minute) = view.document(side).slice(value.span).split_once('.')?;
            let two = value.kind == ValueKind::Number && value.unit.is_none() && minute.len() == 2;
            Some([hour.parse().ok()?, minute.parse().ok()?]).filter(|_| two)
        };
        let Some((place, [hour, minute])) =
            left[at].iter().enumerate().find_map(|(place, value)| Some((place, time(value)?)))
        else {
            continue;
        };
        let told = |kind: ValueKind, n: i64| {
            left[other].iter().position(|value| value.kind == kind && value.value == Amount::int(n))
        };
        if let (Some(one), Some(two)) = (told(ValueKind::Hour, hour), told(ValueKind::Minute, minute)) {
            left[at].remove(place);
            left[other].remove(one.max(two));
            left[other].remove(one.min(two));
        }
    }
}

/// Words that reckon a date from another one: a fortnight later, 次日.
const RECKONED: &[&str] = words!("reckons a date");

/// Whether a text says a date by how far it is from another one.
fn is_reckoned(text: &str) -> bool {
    RECKONED.iter().any(|word| text.contains(word))
}

/// Feasts that are no days of the other calendar, of which a translator may say the month: 清明, early April.
const FEASTS: &[&str] = words!("feast of the moon");

/// What names a five-year plan, of which the other side may say the years.
const PLAN: &[&str] = words!("five-year plan");

/// Whether a value is a year, a month or a day.
fn is_of_calendar(value: &Value) -> bool {
    matches!(value.kind, ValueKind::Year | ValueKind::Month | ValueKind::Day)
}

/// Takes out each share that the other side says by its two numbers: 70 out of 100, 70分（满分100分）.
fn take_out_shares(view: &View, own: [&[&Value]; 2], left: &mut [Vec<&Value>; 2]) {
    for side in [0, 1] {
        let number = |value: &&&Value| value.kind == ValueKind::Number && value.unit.is_none();
        let numbers: Vec<&Value> = left[1 - side].iter().filter(number).copied().collect();
        // of "three to one" the one may be weak
        let all: Vec<&Value> = own[1 - side].iter().filter(number).copied().collect();
        let two = |share: &Value| {
            let pairs = numbers.iter().flat_map(|one| all.iter().map(move |other| [*one, *other]));
            pairs.into_iter().find(|[one, other]| {
                values::is_quotient(share, one, other) || values::is_quotient(share, other, one)
            })
        };
        // three to one, of which a third is the half that is told
        let there = if side == 0 { Side::Target } else { Side::Source };
        let to_one = |number: &&Value| view.document(there).text[number.span.end..].starts_with(" to one");
        let part = |share: &Value, whole: &Value| values::is_part(share, whole);
        let shares = left[side].iter().filter(|value| value.kind == ValueKind::Fraction);
        let turned = shares.clone().find_map(|share| {
            Some((*share, numbers.iter().copied().filter(to_one).find(|number| part(share, number))?))
        });
        if let Some((share, number)) = turned {
            left[side].retain(|value| !std::ptr::eq(*value, share));
            left[1 - side].retain(|value| !std::ptr::eq(*value, number));
            continue;
        }
        if let Some((share, numbers)) = shares.into_iter().find_map(|share| Some((*share, two(share)?))) {
            left[side].retain(|value| !std::ptr::eq(*value, share));
            left[1 - side].retain(|value| !numbers.iter().any(|number| std::ptr::eq(*number, *value)));
        }
    }
}

/// Takes out an amount on each side where both are the same by their rates: 每亩两千斤, fifteen tonnes per hectare.
fn take_out_rates(own: [&[&Value]; 2], left: &mut [Vec<&Value>; 2]) {
    let [&[one], &[other]] = [&*left[0], &*left[1]] else { return };
    let rates = |side: usize| own[side].iter().filter(|value| value.kind == ValueKind::Rate);
    if rates(0).any(|a| rates(1).any(|b| values::same_by_rate([one, a], [other, b]))) {
        left.iter_mut().for_each(Vec::clear);
    }
}

/// What says the last day of a month without its number.
const MONTH_END: &[&str] = words!("end of a month");

/// Whether a value is the day a month may end with: 6月底 is 30 June.
fn is_last_day(value: &Value) -> bool {
    value.kind == ValueKind::Day && value.value.as_int().is_some_and(|day| (28..=31).contains(&day))
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
    MARKS.contains(&between) || BESIDE.contains(&between)
}

/// What stands between a measure and its conversion.
const BESIDE: &[&str] = words!("before a conversion");
const MARKS: &[&str] = &["(", "（", "/"];

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

/// Words before a share that there is less: 不足三成.
const SHORT: &[&str] = words!("less than a share");

/// Whether the only values left are shares that make a whole together, and one side alone denies something: over 70 per
/// cent had not, 不足三成 had.
fn says_of_the_rest<'a>(view: &View<'a>, link: &'a Link, left: &[Vec<&Value>; 2]) -> bool {
    let [&[one], &[other]] = [&*left[0], &*left[1]] else { return false };
    if !values::complementary(one, other) {
        return false;
    }
    let short = |side: Side, value: &Value| {
        let before = view.document(side).text[..value.span.start].trim_end();
        SHORT.iter().any(|word| before.ends_with(word))
    };
    if short(Side::Source, one) || short(Side::Target, other) {
        return true;
    }
    let Some(bitext) = Bilingual::of(view) else { return false };
    negation::on_one_side(&bitext.pair(link))
}

/// Adds to the values left over the ratios of one side that the other side has turned round: 3:1 for 1:3. `own` are all
/// values of both sides.
pub(super) fn put_turned_ratios<'a>(view: &View, own: [&[&'a Value]; 2], left: &mut [Vec<&'a Value>; 2]) {
    let ratios = |side: Side| -> Vec<[&'a Value; 2]> {
        let text = &view.document(side).text;
        let two = own[side as usize].windows(2);
        two.filter(|two| {
            let between = text.get(two[0].span.end..two[1].span.start).unwrap_or_default().trim();
            RATIO.contains(&between) && two.iter().all(|value| value.kind == ValueKind::Number)
        })
        .map(|two| [two[0], two[1]])
        .collect()
    };
    let (source, target) = (ratios(Side::Source), ratios(Side::Target));
    put_other_scores(view, own, [&source, &target], left);
    // "won 2:1" and 以1比2告负 are one score
    let ([one], [other]) = (&*source, &*target) else { return };
    let same = |a: &Value, b: &Value| values::same(a, b);
    if same(one[0], other[1])
        && same(one[1], other[0])
        && !same(one[0], other[0])
        && !is_score(view, one, other)
    {
        left[0].extend(one);
        left[1].extend(other);
    }
}

/// Adds to the values left over a score that the other side gives by other numbers, whatever else has these there:
/// 一比一, 2–1. `ratios` are those of both sides.
fn put_other_scores<'a>(
    view: &View,
    own: [&[&'a Value]; 2],
    ratios: [&[[&'a Value; 2]]; 2],
    left: &mut [Vec<&'a Value>; 2],
) {
    let dashed = |side: Side| -> Vec<[&'a Value; 2]> {
        let text = &view.document(side).text;
        let two = own[side as usize].windows(2).filter(|two| {
            let between = text.get(two[0].span.end..two[1].span.start).unwrap_or_default();
            let bare = |value: &&Value| value.kind == ValueKind::Number && value.unit.is_none();
            DASHES.contains(&between) && two.iter().all(bare)
        });
        two.map(|two| [two[0], two[1]]).collect()
    };
    for side in [Side::Source, Side::Target] {
        let (&[one], &[]) = (ratios[side as usize], ratios[side.other() as usize]) else { continue };
        let others = dashed(side.other());
        let [other] = others[..] else { continue };
        let same = |a: &Value, b: &Value| a.value == b.value;
        let straight = same(one[0], other[0]) && same(one[1], other[1]);
        let turned = same(one[0], other[1]) && same(one[1], other[0]);
        if !straight && !turned {
            for (at, pair) in [(side, one), (side.other(), other)] {
                let left = &mut left[at as usize];
                left.retain(|value| !pair.iter().any(|half| std::ptr::eq(*half, *value)));
                left.extend(pair);
            }
        }
    }
}

/// What stands between the two halves of a score in English.
const DASHES: &[&str] = &["-", "–", "—", " to ", "‑", "−"];

/// Adds to the values left over a provision inside of another one whose numbers the other side has exchanged: 第四条第二款,
/// Article 2, paragraph 4. `own` are all values of both sides.
pub(super) fn put_turned_references<'a>(view: &View, own: [&[&'a Value]; 2], left: &mut [Vec<&'a Value>; 2]) {
    let inside = |side: Side| -> Option<[&'a Value; 2]> {
        let text = &view.document(side).text;
        let mut found = own[side as usize].windows(2).filter_map(|two| {
            let between = text.get(two[0].span.end..two[1].span.start)?.trim().to_lowercase();
            let outer = OUTER_FIRST.contains(&between.trim_start_matches(',').trim_start());
            let inner = between.strip_prefix("of ").is_some_and(|outer| OUTER.contains(&outer));
            let ranks = two.iter().all(|value| {
                matches!(value.kind, ValueKind::Ordinal | ValueKind::Number) && value.unit.is_none()
            });
            (ranks && (outer || inner)).then(|| if inner { [two[1], two[0]] } else { [two[0], two[1]] })
        });
        found.next().filter(|_| found.next().is_none())
    };
    let (Some(one), Some(other)) = (inside(Side::Source), inside(Side::Target)) else { return };
    let same = |a: &Value, b: &Value| a.value == b.value;
    if same(one[0], other[1]) && same(one[1], other[0]) && !same(one[0], one[1]) {
        left[0].extend(one);
        left[1].extend(other);
    }
}

/// What stands between the numbers of a provision and of a part of it, the part last.
const OUTER_FIRST: &[&str] = words!("part of a provision");
/// What names the provision behind the part of it.
const OUTER: &[&str] = words!("provision", en);

/// What stands between the two numbers of a ratio.
const RATIO: &[&str] = &[":", "：", "∶", "比"];

/// Whether a ratio may be the score of a game, of which the winner's half comes first in English: nothing around it says
/// that it is a ratio.
fn is_score(view: &View, one: &[&Value; 2], other: &[&Value; 2]) -> bool {
    let near = |side: Side, ratio: &[&Value; 2]| {
        let text = &view.document(side).text;
        let before = text[..ratio[0].span.start].char_indices().rev().nth(NEAR).map_or(0, |(at, _)| at);
        let after = &text[ratio[1].span.end..];
        let after = after.char_indices().nth(NEAR).map_or(after, |(at, _)| &after[..at]);
        let around = format!("{} {after}", &text[before..ratio[0].span.start]).to_lowercase();
        words!("ratio").iter().any(|word| around.contains(word))
    };
    !(near(Side::Source, one) || near(Side::Target, other))
}

/// How many characters around a ratio may say that it is one.
const NEAR: usize = 20;
