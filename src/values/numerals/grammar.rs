//! The grammar of English numerals: what a run of words and digits means.

use super::en::{Item, Part};
use crate::values::{Amount, ValueKind};

/// What a run of items means.
#[derive(Debug, Clone, Copy)]
pub(in crate::values) struct Phrase {
    pub(in crate::values) kind: ValueKind,
    pub(in crate::values) value: Amount,
    /// How many items it takes.
    pub(in crate::values) used: usize,
    pub(in crate::values) scale: Amount,
    /// Nothing but the word "one", "half", "first" and the like.
    pub(in crate::values) weak: bool,
}

impl Phrase {
    fn of(kind: ValueKind, value: Amount, used: usize) -> Phrase {
        Phrase { kind, value, used, scale: Amount::ONE, weak: false }
    }
}

fn part_at(items: &[Item], k: usize) -> Option<Part> {
    items.get(k).map(|i| i.part)
}

/// A cardinal or an ordinal as far as it goes.
#[derive(Debug, Clone, Copy)]
pub(in crate::values) struct Cardinal {
    pub(in crate::values) value: Amount,
    pub(in crate::values) next: usize,
    /// The last magnitude from thousand on, or one.
    scale: Amount,
    /// Ends in an ordinal word.
    pub(in crate::values) nth: bool,
    plural: bool,
}

/// zero to ninety-nine, or digits, in words: the value and the next item; `true` when it ends in an ordinal.
fn simple(items: &[Item], k: usize) -> Option<(Amount, usize, bool)> {
    let int = |n: i64| Amount::int(n);
    match part_at(items, k)? {
        Part::Digits(a) => Some((a, k + 1, false)),
        Part::Unit(n) => Some((int(n), k + 1, false)),
        Part::Nth(n) => Some((int(n), k + 1, true)),
        Part::TensNth(n) => Some((int(n), k + 1, true)),
        Part::Tens(n) => match part_at(items, k + 1) {
            Some(Part::Unit(u @ 1..=9)) => Some((int(n + u), k + 2, false)),
            // "twenty second" is 22nd; "twenty fifths" may be a fraction, which the caller sees to.
            Some(Part::Nth(u @ 1..=9)) => Some((int(n + u), k + 2, true)),
            _ => Some((int(n), k + 1, false)),
        },
        _ => None,
    }
}

/// A number below a thousand, or digits: 322 hundred, three hundred and two, five point two.
fn group(items: &[Item], k: usize) -> Option<(Amount, usize, bool)> {
    if part_at(items, k) == Some(Part::Point) {
        return point(items, k + 1).map(|(part, next)| (part, next, false));
    }
    let (mut v, mut j, mut nth) = simple(items, k)?;
    if nth {
        return Some((v, j, true));
    }
    match part_at(items, j) {
        Some(Part::Hundred) => {
            v = v.mul(Amount::int(100))?;
            j += 1;
            let from = if part_at(items, j) == Some(Part::And) { j + 1 } else { j };
            if let Some((rest, next, n)) = simple(items, from)
                && rest < Amount::int(100)
                && !rest.is_negative()
                && rest.as_int().is_some()
                && !matches!(part_at(items, next), Some(Part::Hundred))
                && !(n && items.get(next - 1).is_some_and(|i| i.plural))
                && !starts_fraction(items, from, next)
                && !items.get(from).is_some_and(|i| i.hyphen && matches!(i.part, Part::Digits(_)))
            {
                if part_at(items, next) == Some(Part::Dozen) {
                    return Some((v.add(rest.mul(Amount::int(12))?)?, next + 1, false));
                }
                (v, j, nth) = (v.add(rest)?, next, n);
            }
        }
        Some(Part::HundredNth)
            if !items.get(j).is_some_and(|i| i.plural) && !matches!(v.as_int(), Some(1)) =>
        {
            return Some((v.mul(Amount::int(100))?, j + 1, true));
        }
        Some(Part::Point) => {
            if let Some((part, next)) = point(items, j + 1) {
                let v = v.add(part)?;
                // six point five hundred
                if part_at(items, next) == Some(Part::Hundred) {
                    return Some((v.mul(Amount::int(100))?, next + 1, false));
                }
                return Some((v, next, false));
            }
        }
        _ => {}
    }
    if !nth
        && part_at(items, j) == Some(Part::Point)
        && let Some((part, next)) = point(items, j + 1)
    {
        return Some((v.add(part)?, next, false));
    }
    Some((v, j, nth))
}

/// Whether the items from `from` to `next` are the numerator of a fraction: "and two thirds", "and three quarters".
fn starts_fraction(items: &[Item], from: usize, next: usize) -> bool {
    match items.get(next) {
        Some(Item {
            part: Part::Nth(3..) | Part::TensNth(_) | Part::HundredNth | Part::ScaleNth(_),
            plural,
            ..
        }) => *plural || matches!(part_at(items, from), Some(Part::Unit(1))),
        Some(Item { part: Part::Quarter, .. }) => true,
        Some(Item { part: Part::Half, plural: true, .. }) => true,
        _ => false,
    }
}

/// The decimals after "point".
fn point(items: &[Item], k: usize) -> Option<(Amount, usize)> {
    let mut mantissa: i128 = 0;
    let mut places = 0;
    let mut j = k;
    while places < 18 {
        match part_at(items, j) {
            Some(Part::Unit(n @ 0..=9)) => {
                mantissa = mantissa * 10 + i128::from(n);
                places += 1;
                j += 1;
            }
            Some(Part::Digits(v))
                if places == 0 && items.get(j).is_some_and(|i| (1..=9).contains(&i.plain)) =>
            {
                mantissa = i128::from(v.as_int()?);
                places = i32::try_from(items.get(j)?.plain).ok()?;
                j += 1;
                break;
            }
            Some(Part::Unit(_) | Part::Tens(_)) => {
                let (v, next, nth) = simple(items, j)?;
                if nth {
                    break;
                }
                mantissa = mantissa * 100 + i128::from(v.as_int()?);
                places += 2;
                j = next;
            }
            _ => break,
        }
    }
    if j == k {
        return None;
    }
    Some((Amount::ratio(mantissa, 1)?.div(Amount::ten_to(places)?)?, j))
}

/// The product of the scale words from `k` on (thousand, million, "thousand million", dozen).
fn scales(items: &[Item], k: usize) -> Option<(Amount, usize)> {
    let mut f = Amount::ONE;
    let mut j = k;
    loop {
        match part_at(items, j) {
            Some(Part::Scale(p)) => f = f.mul(Amount::ten_to(p)?)?,
            Some(Part::Hundred) if j > k => break,
            Some(Part::Dozen) => f = f.mul(Amount::int(12))?,
            _ => break,
        }
        j += 1;
    }
    (j > k).then_some((f, j))
}

/// The longest cardinal or ordinal from `k` on.
pub(in crate::values) fn cardinal(items: &[Item], k: usize) -> Option<Cardinal> {
    let mut total = Amount::ZERO;
    let mut last: Option<Amount> = None;
    let mut scale = Amount::ONE;
    let mut j = k;
    while let Some((v, mut next, nth)) = next_group(items, k, j) {
        let mut value = v;
        let mut step = Amount::ONE;
        if !nth && let Some((f, stop)) = scales(items, next) {
            (value, step, next) = (v.mul(f)?, f, stop);
        }
        if last.is_some_and(|l| value >= l || step >= l) {
            break;
        }
        total = total.add(value)?;
        if nth {
            let plural = items.get(next - 1).is_some_and(|i| i.plural);
            return Some(Cardinal { value: total, next, scale, nth: true, plural });
        }
        scale = step;
        j = next;
        if step == Amount::ONE {
            // thousandth, millionth
            if let Some(Part::ScaleNth(p)) = part_at(items, j)
                && !items.get(j).is_some_and(|i| i.plural)
                && v != Amount::ONE
            {
                let rest = v.mul(Amount::ten_to(p)?.add(Amount::int(-1))?)?;
                let (value, next) = (total.add(rest)?, j + 1);
                return Some(Cardinal { value, next, scale: Amount::ONE, nth: true, plural: false });
            }
            break;
        }
        last = Some(step);
    }
    (j > k).then_some(Cardinal { value: total, next: j, scale, nth: false, plural: false })
}

/// The group at `j` of a cardinal that began at `k`, where it can go on it: "and" may join it, it must be whole,
/// and what begins a fraction is none.
fn next_group(items: &[Item], k: usize, j: usize) -> Option<(Amount, usize, bool)> {
    let from = if j > k && part_at(items, j) == Some(Part::And) { j + 1 } else { j };
    let (v, next, nth) = group(items, from)?;
    // A hyphen between spaces joins only tens and units.
    let apart = v.as_int().is_none()
        || items.get(from).is_some_and(|i| i.loose)
        || starts_fraction(items, from, next)
        || nth && items.get(next - 1).is_some_and(|i| i.plural);
    (j == k || !apart).then_some((v, next, nth))
}

/// The denominator that `items` are, all of them: third, quarters, twenty-firsts, one hundred and fifths.
fn denominator(items: &[Item]) -> Option<Amount> {
    match items {
        [Item { part: Part::Quarter, .. }] => return Some(Amount::int(4)),
        [Item { part: Part::Half, .. }] => return Some(Amount::int(2)),
        [Item { part: Part::HundredNth, .. }] => return Some(Amount::int(100)),
        [Item { part: Part::ScaleNth(p), .. }] => return Amount::ten_to(*p),
        _ => {}
    }
    let mut singular = items.to_vec();
    singular.last_mut()?.plural = false;
    let c = cardinal(&singular, 0).filter(|c| c.nth && c.next == items.len())?;
    (!matches!(c.value.as_int(), Some(1 | 2))).then_some(c.value)
}

/// A fraction that begins at `k`: half, a third, two thirds, three twenty-firsts.
fn fraction(items: &[Item], k: usize) -> Option<(Amount, usize)> {
    let half = Amount::ratio(1, 2)?;
    match items.get(k)? {
        Item { part: Part::Half, plural: false, .. } => return Some((half, k + 1)),
        // 1 and 3/4
        Item { part: Part::Digits(v), plural: true, .. } => return Some((*v, k + 1)),
        Item { part: Part::A, .. } => {
            if part_at(items, k + 1) == Some(Part::Half) {
                return Some((half, k + 2));
            }
            let (d, next) = one_denominator(items, k + 1)?;
            return Some((Amount::ONE.div(d)?, next));
        }
        _ => {}
    }
    plural_fraction(items, k).or_else(|| {
        // one third, one one hundred and fifth; two-third
        let c = cardinal(items, k).filter(|c| !c.nth)?;
        let joined = items.get(c.next).is_some_and(|i| i.hyphen && !i.loose && c.value < Amount::int(10));
        let (d, next) = one_denominator(items, c.next).filter(|_| c.value == Amount::ONE || joined)?;
        Some((c.value.div(d)?, next))
    })
}

/// The longest denominator that begins at `k`, and its end.
fn one_denominator(items: &[Item], k: usize) -> Option<(Amount, usize)> {
    let rest = items.get(k..)?;
    (1..=rest.len()).rev().find_map(|n| Some((denominator(rest.get(..n)?)?, k + n)))
}

/// A fraction whose denominator ends in a plural. What stands before it is cut in two where both halves are
/// numerals, as late as that goes; but tens stay with the plural behind them, *one hundred | thirty-fifths*, unless
/// "and" has tied them to what stands before, *one hundred and thirty | fifths*.
fn plural_fraction(items: &[Item], k: usize) -> Option<(Amount, usize)> {
    let rank = |item: &Item| {
        matches!(
            item.part,
            Part::Nth(3..) | Part::Nth(1) | Part::TensNth(_) | Part::HundredNth | Part::ScaleNth(_)
        ) || matches!(item.part, Part::Quarter | Part::Half)
    };
    let last = k + items.get(k..)?.iter().position(|item| item.plural && rank(item))?;
    let before = |n: usize| last.checked_sub(n).filter(|&at| at >= k).and_then(|at| part_at(items, at));
    // one hundred and three quarters: the unit belongs to the fraction alone.
    if matches!((before(2), before(1)), (Some(Part::And), Some(Part::Unit(1..=9)))) {
        return None;
    }
    let split = |cut: usize| -> Option<Amount> {
        let top = items.get(k..cut)?;
        let top = cardinal(top, 0).filter(|c| !c.nth && c.next == top.len())?;
        top.value.div(denominator(items.get(cut..=last)?)?)
    };
    let tens = matches!(before(1), Some(Part::Tens(_)))
        && matches!(part_at(items, last), Some(Part::Nth(1..=9)))
        && before(2).is_some_and(|part| part != Part::And);
    let first = if tens { split(last - 1) } else { None };
    let value = first.or_else(|| (k + 1..=last).rev().find_map(split))?;
    Some((value, last + 1))
}

/// The longest meaning of a run of items from its first on.
pub(in crate::values) fn parse(items: &[Item]) -> Option<Phrase> {
    let first = items.first()?;
    if first.part == Part::A
        && let Some(phrase) = with_article(items)
    {
        return Some(phrase);
    }
    // hundred trillionth: as with "one"
    if let Part::Hundred | Part::Scale(_) = first.part {
        let mut as_one = vec![Item { part: Part::Unit(1), ..*first }];
        as_one.extend_from_slice(items);
        return parse(&as_one).map(|p| Phrase { used: p.used - 1, ..p });
    }
    if let Some(phrase) = part_of(items) {
        return Some(phrase);
    }
    // three-and-twenty
    if let [Item { part: Part::Unit(unit @ 1..=9), .. }, and, tens, ..] = items
        && let (Part::And, Part::Tens(ten)) = (and.part, tens.part)
        && and.hyphen
        && tens.hyphen
    {
        return Some(Phrase::of(ValueKind::Number, Amount::int(ten + unit), 3));
    }
    let c = match first.part {
        Part::HundredNth | Part::ScaleNth(_) => {
            return Some(Phrase::of(ValueKind::Ordinal, denominator(items.get(..1)?)?, 1));
        }
        _ => cardinal(items, 0)?,
    };
    if c.nth {
        let weak = c.next == 1 && matches!(first.part, Part::Nth(1 | 2));
        return (!c.plural).then_some(Phrase { weak, ..Phrase::of(ValueKind::Ordinal, c.value, c.next) });
    }
    let c = with_small_unit(items, c)?;
    if let Some(phrase) = and_part(items, &c).or_else(|| divided(items, &c)).or_else(|| year(items, &c)) {
        return Some(phrase);
    }
    let weak = c.next == 1 && matches!(first.part, Part::Unit(0 | 1));
    Some(Phrase { scale: c.scale, weak, ..Phrase::of(ValueKind::Number, c.value, c.next) })
}

/// "a hundred and twenty", "a dozen", "a half".
fn with_article(items: &[Item]) -> Option<Phrase> {
    if let Some((f, next)) = scales(items, 1)
        .or_else(|| (part_at(items, 1) == Some(Part::Hundred)).then_some((Amount::int(100), 2)))
    {
        // "a hundred and twenty": as with "one".
        let mut as_one = items.to_vec();
        if let Some(i) = as_one.first_mut() {
            i.part = Part::Unit(1);
        }
        let mut p = parse(&as_one)
            .filter(|p| p.used >= next)
            .unwrap_or(Phrase { scale: f, ..Phrase::of(ValueKind::Number, f, next) });
        p.scale = Amount::ONE;
        // "a dozen" is seldom counted.
        p.weak = p.used == 2 && part_at(items, 1) == Some(Part::Dozen);
        return Some(p);
    }
    if part_at(items, 1) == Some(Part::Half) {
        return parse(items.get(1..)?).map(|p| Phrase { used: p.used + 1, ..p });
    }
    None
}

/// A fraction, and what it is of: half a million, two thirds of a million, half dozen.
fn part_of(items: &[Item]) -> Option<Phrase> {
    let first = items.first()?.part;
    let (v, next) = fraction(items, 0)?;
    let of = usize::from(part_at(items, next) == Some(Part::Of));
    let a = usize::from(part_at(items, next + of) == Some(Part::A));
    let from = next + of + a;
    if of + a > 0 || matches!(first, Part::Half | Part::Digits(_)) {
        if let Some((f, stop)) = scales(items, from) {
            return Some(Phrase::of(ValueKind::Number, v.mul(f)?, stop));
        }
        if part_at(items, from) == Some(Part::Hundred) {
            return Some(Phrase::of(ValueKind::Number, v.mul(Amount::int(100))?, from + 1));
        }
    }
    let weak = matches!(first, Part::Half | Part::A);
    Some(Phrase { weak, ..Phrase::of(ValueKind::Fraction, v, next) })
}

/// twenty and three and three fifths: the unit belongs to the tens where a fraction follows.
fn with_small_unit(items: &[Item], c: Cardinal) -> Option<Cardinal> {
    if c.next == 1
        && let (Some(Part::Tens(_)), Some(Part::And), Some(Part::Unit(u @ 1..=9)), Some(Part::And)) =
            (part_at(items, 0), part_at(items, 1), part_at(items, 2), part_at(items, 3))
        && fraction(items, 4).is_some()
    {
        return Some(Cardinal { value: c.value.add(Amount::int(u))?, next: 3, ..c });
    }
    Some(c)
}

/// two and a half, three million and a quarter, five and a half million
fn and_part(items: &[Item], c: &Cardinal) -> Option<Phrase> {
    if part_at(items, c.next) != Some(Part::And) {
        return None;
    }
    let (part, next) = fraction(items, c.next + 1)?;
    if let Some((f, stop)) = scales(items, next) {
        let v = if c.scale > f { c.value.add(part.mul(f)?)? } else { c.value.add(part)?.mul(f)? };
        return Some(Phrase::of(ValueKind::Number, v, stop));
    }
    let part = if c.scale > Amount::ONE { part.mul(c.scale)? } else { part };
    Some(Phrase::of(ValueKind::Number, c.value.add(part)?, next))
}

/// one over three, two out of five hundred. What is "over" a number must end there; the reader checks what follows.
fn divided(items: &[Item], c: &Cardinal) -> Option<Phrase> {
    let (from, proper) = match (part_at(items, c.next), part_at(items, c.next + 1)) {
        (Some(Part::Over), _) => (c.next + 1, false),
        (Some(Part::Out), Some(Part::Of)) => (c.next + 2, true),
        _ => return None,
    };
    let d =
        cardinal(items, from).filter(|d| !d.nth && !d.value.is_zero() && (!proper || c.value <= d.value))?;
    Some(Phrase::of(ValueKind::Fraction, c.value.div(d.value)?, d.next))
}

/// nineteen ninety-four
fn year(items: &[Item], c: &Cardinal) -> Option<Phrase> {
    let century = matches!(part_at(items, 0), Some(Part::Unit(16..=19) | Part::Tens(20)));
    if c.next != 1 || !century || items.get(1).is_some_and(|x| x.loose) {
        return None;
    }
    let (Some(Part::Unit(10..) | Part::Tens(_)), Some((rest, next, false))) =
        (part_at(items, 1), simple(items, 1))
    else {
        return None;
    };
    Some(Phrase::of(ValueKind::Year, c.value.mul(Amount::int(100))?.add(rest)?, next))
}
