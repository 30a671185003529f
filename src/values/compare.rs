//! Whether two values, of whatever languages, can say the same.

use super::{Amount, Unit, Value, ValueKind, units, versions};

/// Whether two values can say the same: equal amounts, of kinds and units that go together.
///
/// A number whose unit is unknown goes with any kind, for "2021" may be a year and "7" a month;
/// two parts of dates go together only when they are the same part.
///
/// Measures in other units of one dimension are compared by their amounts, within rounding where they are of two
/// systems: 24 小时 and "one day" are the same, and so are 3 miles and 4.8 公里.
pub fn same(a: &Value, b: &Value) -> bool {
    use ValueKind::*;
    match (a.kind, b.kind) {
        (Unit | Rate, Unit | Rate) => (a.unit, a.value) == (b.unit, b.value),
        (Unit | Rate, Number) | (Number, Unit | Rate) => a.unit == b.unit || is_span(a, b) || is_span(b, a),
        // four times a quarter
        (Rate, Fraction) => unit_is(a, "quarter") && Some(b.value) == Amount::ratio(1, 4),
        (Fraction, Rate) => unit_is(b, "quarter") && Some(a.value) == Amount::ratio(1, 4),
        (Part, Part) => a.unit == b.unit && are_near(a, b),
        (Unit | Rate | Part, _) | (_, Unit | Rate | Part) => false,
        (Hour, Hour) => same_hour(a, b),
        (Percent, Percent) => same_percent(a, b),
        (Decade, Century) => of_century(a, b),
        (Century, Decade) => of_century(b, a),
        (Ordinal, Fraction) => is_share_of(a, b),
        (Fraction, Ordinal) => is_share_of(b, a),
        (Money, Money) if a.unit != b.unit => same_money(a, b),
        (Fraction, Number) if unit_is(b, "quarter") => is_of_quarters(a, b),
        (Number, Fraction) if unit_is(a, "quarter") => is_of_quarters(b, a),
        (Fraction, Number) if is_rank(a, b) => true,
        (Number, Fraction) if is_rank(b, a) => true,
        (Day, Number) if unit_is(b, "week") => is_of_weeks(a, b),
        (Number, Day) if unit_is(a, "week") => is_of_weeks(b, a),
        (Chain, Number) => versions::decimal(a.value) == Some(b.value),
        (Number, Chain) => versions::decimal(b.value) == Some(a.value),
        _ if unit_is(a, "more") && !unit_is(b, "more") => same_growth(a, b),
        _ if unit_is(b, "more") && !unit_is(a, "more") => same_growth(b, a),
        (Number, Number) if a.unit.is_some() && b.unit.is_some() && a.unit != b.unit => {
            let measure = |v: &Value| v.unit.map(|unit| (v.value, unit));
            let rough = a.approximate || b.approximate;
            one_word_for_both(a, b) && a.value == b.value
                || measure(a).zip(measure(b)).is_some_and(|(one, other)| units::equal(one, other, rough))
        }
        _ => a.key() == b.key() && go_together(a, b),
    }
}

/// "For a week" is seven days, though "a week" may be a rate.
fn is_span(rate: &Value, span: &Value) -> bool {
    let measure = |v: &Value| v.unit.map(|unit| (v.value, unit));
    rate.kind == ValueKind::Rate
        && measure(rate).zip(measure(span)).is_some_and(|(rate, span)| units::equal(rate, span, false))
}

/// For the first time in three quarters: 三个季度, and no share.
fn is_of_quarters(share: &Value, quarters: &Value) -> bool {
    share.value.mul(Amount::int(4)) == Some(quarters.value)
}

/// Whether two sums of money are the same where one of them does not say of which currency: 五十块, twenty cents.
fn same_money(a: &Value, b: &Value) -> bool {
    let whole = |v: &Value| if unit_is(v, "cent") { v.value.div(Amount::int(100)) } else { Some(v.value) };
    let open = |v: &Value| v.unit.is_none() || unit_is(v, "cent") || unit_is(v, "money");
    (open(a) || open(b)) && whole(a).is_some() && whole(a) == whole(b)
}

/// "A third already pay", "by a quarter turn": what may be a rank may be a share.
fn is_share_of(rank: &Value, share: &Value) -> bool {
    let part = rank.value.as_int().and_then(|n| Amount::ratio(1, n.into()));
    rank.weak && part == Some(share.value) || is_rank(share, rank)
}

/// Whether two parts of a period overlap: what is early lies in the first half, but not in the middle.
fn are_near(a: &Value, b: &Value) -> bool {
    let apart = a.value.distance(b.value).and_then(|apart| apart.mul(Amount::int(10)));
    apart.is_some_and(|tenths| tenths < Amount::int(3))
}

/// 七日内 is within a week.
fn is_of_weeks(days: &Value, weeks: &Value) -> bool {
    weeks.value.mul(Amount::int(7)) == Some(days.value)
}

/// "Its one-millionth visitor": what may be so small a share is a rank.
fn is_rank(share: &Value, number: &Value) -> bool {
    let large = number.value.as_int().filter(|n| *n >= 1000);
    large.and_then(|n| Amount::ratio(1, n.into())) == Some(share.value)
}

/// The 1700s are the 18th century, as the 1990s are a decade.
fn of_century(decade: &Value, century: &Value) -> bool {
    let years = decade.value.as_int().filter(|years| *years >= 100 && years % 100 == 0);
    years.zip(century.value.as_int()).is_some_and(|(years, century)| years / 100 + 1 == century)
}

/// Whether one word may stand for the units of both: pounds of money, or of weight; 寸 of screens and pizzas are inches,
/// degrees of any scale degrees.
fn one_word_for_both(a: &Value, b: &Value) -> bool {
    let mut units = [a, b].map(|value| value.unit.map_or("", |unit| unit.as_str()));
    units.sort_unstable();
    matches!(units, ["GBP", "lb"] | ["cun", "in"] | ["°", "°C" | "°F"])
}

fn unit_is(value: &Value, unit: &str) -> bool {
    value.unit.is_some_and(|own| own.as_str() == unit)
}

/// Whether the kinds and units of two values with the same amount go together.
fn go_together(a: &Value, b: &Value) -> bool {
    use ValueKind::*;
    let open = |v: &Value| matches!(v.kind, Number | Multiple | Ordinal);
    let share = |v: &Value| matches!(v.kind, Percent | Fraction);
    let part = |v: &Value| share(v) || matches!(v.kind, Number | Multiple);
    let kinds = a.kind == b.kind || open(a) && !share(b) || open(b) && !share(a) || part(a) && part(b);
    let century = match (a.kind, b.kind) {
        (Decade, Decade) => a.value == b.value || a.value < Amount::int(100) || b.value < Amount::int(100),
        _ => true,
    };
    let part_of_date = |v: &Value| matches!(v.kind, Year | Month | Day | Hour | Minute | Second);
    let units = match (a.unit, b.unit) {
        (Some(x), Some(y)) => x == y || one_word_for_both(a, b),
        // "within 15 days" for 15日内, "7 years" for 7年: the part of a date and the span of time.
        (Some(x), None) if part_of_date(b) => x.as_str() == b.kind.as_str() || x.as_str() == timed(b.kind),
        (None, Some(y)) if part_of_date(a) => y.as_str() == a.kind.as_str() || y.as_str() == timed(a.kind),
        _ => true,
    };
    kinds && century && units
}

/// What a part of a time is where it is the time of a race: 四分零五秒, 4:05.
fn timed(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Hour => "minute",
        ValueKind::Minute => "second",
        _ => "",
    }
}

/// The hour on the 24-hour clock, where the text says which half of the day it is in.
fn hour_of_day(v: &Value) -> Option<i64> {
    let n = v.value.as_int()?;
    match v.unit.map(Unit::as_str) {
        Some("a.m.") => Some(n % 12),
        Some("p.m.") => Some(n % 12 + 12),
        _ => (n == 0 || n > 12).then_some(n % 24),
    }
}

fn same_hour(a: &Value, b: &Value) -> bool {
    match (hour_of_day(a), hour_of_day(b)) {
        (Some(one), Some(other)) => one == other,
        _ => a.key() == b.key(),
    }
}

/// Percentage points are no percentage, but basis points may be either, and 七折 is 30 percent off.
fn same_percent(a: &Value, b: &Value) -> bool {
    let rest = Amount::int(100).add(b.value.neg()).is_some_and(|rest| rest == a.value);
    let mut units = [a.unit.map_or("", Unit::as_str), b.unit.map_or("", Unit::as_str)];
    units.sort_unstable();
    match units {
        ["off", "paid"] => rest,
        ["", "paid"] => rest || a.value == b.value,
        ["", "pp"] => false,
        _ => a.value == b.value,
    }
}

/// 增长两倍 is threefold, or growth by two times.
fn same_growth(more: &Value, other: &Value) -> bool {
    let whole = more.value.add(Amount::ONE);
    match other.kind {
        ValueKind::Multiple if other.weak => whole == Some(other.value),
        ValueKind::Multiple => whole == Some(other.value) || more.value == other.value,
        _ => more.key() == other.key() && go_together(&Value { unit: None, ..*more }, other),
    }
}

/// Whether two weak values that nothing else accounts for stand against each other, and one of them must be wrong:
/// milliseconds and 微秒, per hour and 每天, "doubled" and 翻两番.
pub fn contrast(a: &Value, b: &Value) -> bool {
    use ValueKind::*;
    if same(a, b) {
        return false;
    }
    match (a.kind, b.kind) {
        (Unit, Unit) => a.unit.zip(b.unit).is_some_and(|(x, y)| units::of_one_dimension(x, y)),
        (Rate, Rate) => a.unit.zip(b.unit).is_some_and(|(x, y)| units::of_one_system(x, y)),
        (Multiple, Multiple) => true,
        (Part, Part) => a.unit == b.unit,
        // Appendix C, 附录D
        (Ordinal, Ordinal) => unit_is(a, "letter") && unit_is(b, "letter"),
        // a gallon and 一升; a moment may be a second or a minute
        (Number, Number) if a.value == Amount::ONE && b.value == Amount::ONE => {
            a.unit.zip(b.unit).is_some_and(|(x, y)| units::of_one_kind_of_stuff(x, y))
        }
        _ => false,
    }
}

/// Whether a value says how much of something, or how many times as much: 三分之一, half, 30%, doubled.
fn is_share(value: &Value) -> bool {
    matches!(value.kind, ValueKind::Percent | ValueKind::Fraction | ValueKind::Multiple)
}

/// Whether a value that nothing accounts for stands against another one: against a weak one, "about a third" for
/// 三分之二, or a `spare` one that is there twice.
pub fn opposed(value: &Value, other: &Value, spare: bool) -> bool {
    if same(value, other) || same(other, value) {
        return false;
    }
    let units = value.unit.zip(other.unit);
    let one = |value: &Value| value.value == Amount::ONE;
    match (value.kind, other.kind) {
        (ValueKind::Number, ValueKind::Number) => {
            units.is_some_and(|(a, b)| units::of_one_dimension(a, b))
                && (spare || !one(other) && far_apart(value, other))
        }
        (ValueKind::Ordinal, ValueKind::Ordinal) => {
            value.unit == other.unit && (spare || !one(value) && !one(other))
        }
        (ValueKind::Multiple, ValueKind::Multiple) => !spare,
        (kind, other) if kind.is_date() && spare => kind == other,
        _ => !spare && shares_apart(value, other),
    }
}

/// Whether two values are shares or multiples that differ by more than rounding does.
pub fn shares_apart(a: &Value, b: &Value) -> bool {
    let part = |value: &Value| match value.kind {
        ValueKind::Percent => value.value.div(Amount::int(100)),
        _ => Some(value.value),
    };
    let plain = |value: &Value| Some(Value { value: part(value)?, unit: None, ..*value });
    is_share(a) && is_share(b) && plain(a).zip(plain(b)).is_some_and(|(a, b)| far_apart(&a, &b))
}

/// Whether two rates are measured by different units of one dimension, of whatever systems, per mu, per hectare; or by
/// weight and volume, per barrel, per tonne.
pub fn other_rate(a: &Value, b: &Value) -> bool {
    let rates = (a.kind, b.kind) == (ValueKind::Rate, ValueKind::Rate) && !same(a, b);
    rates && a.unit.zip(b.unit).is_some_and(|(x, y)| units::of_one_dimension(x, y) || units::both_weigh(x, y))
}

/// Whether two numbers differ by more than rounding does: by more than a third of the larger one, in the same unit.
pub fn far_apart(a: &Value, b: &Value) -> bool {
    let apart = || {
        let other = a.unit.zip(b.unit).and_then(|(own, other)| units::converted(b.value, other, own));
        let (one, other) = (a.value, other.unwrap_or(b.value));
        let larger = if other.add(one.neg())?.is_negative() { one } else { other };
        let rest = one.distance(other)?.mul(Amount::int(3))?.add(larger.neg())?;
        Some(!rest.is_negative())
    };
    apart().unwrap_or(false)
}

/// Whether one measure is what others make together: 六岁八个月 and 6⅔ years, 5 feet 10 inches and 178 厘米.
pub fn same_in_sum(whole: &Value, parts: &[&Value]) -> bool {
    let sum = parts.split_first().and_then(|(first, rest)| {
        rest.iter().try_fold(**first, |sum, part| {
            let added = units::sum((sum.value, sum.unit?), (part.value, part.unit?))?;
            Some(Value { value: added, ..sum })
        })
    });
    parts.len() > 1 && sum.is_some_and(|sum| same(whole, &sum))
}

/// Whether two amounts are the same by the rates beside them: two thousand jin per mu are fifteen tonnes per hectare.
pub fn same_by_rate([one, per]: [&Value; 2], [other, per_other]: [&Value; 2]) -> bool {
    let part = || {
        let [unit, unit_other] = [per.unit?, per_other.unit?];
        let times = units::converted(Amount::ONE, unit_other, unit).filter(|_| unit != unit_other)?;
        Some(Value { value: one.value.mul(times)?, ..*one })
    };
    part().is_some_and(|whole| same(&whole, other))
}

/// Whether two shares make the whole together: 六成, two fifths.
pub fn complementary(a: &Value, b: &Value) -> bool {
    let share = |value: &Value| match value.kind {
        ValueKind::Percent => value.value.div(Amount::int(100)),
        ValueKind::Fraction => Some(value.value),
        _ => None,
    };
    let whole = || share(a)?.add(share(b)?);
    whole() == Some(Amount::ONE)
}

/// Whether something is done so many times in the time that a rate counts by, each time after a span: every twenty
/// minutes, three times an hour.
pub fn is_frequency(span: &Value, times: &Value, rate: &Value) -> bool {
    let whole = || Some((span.value.mul(times.value)?, span.unit?));
    rate.kind == ValueKind::Rate
        && times.unit.is_none()
        && times.value != Amount::ONE
        && whole().zip(rate.unit).is_some_and(|(whole, unit)| units::equal(whole, (rate.value, unit), false))
}

/// Whether a share is one of so many parts.
pub fn is_part(share: &Value, whole: &Value) -> bool {
    Amount::ONE.div(whole.value) == Some(share.value)
}

/// Whether a share is what one number is of another: 70 out of 100.
pub fn is_quotient(share: &Value, one: &Value, other: &Value) -> bool {
    one.value.div(other.value) == Some(share.value)
}
