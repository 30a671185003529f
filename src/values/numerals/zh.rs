//! Chinese numerals, in characters or mixed with digits.

use crate::values::Amount;
use crate::values::chars::Chars;
pub(in crate::values) use crate::values::numerals::characters::{
    CLASSIFIERS, Num, big_magnitude, digit, is_numeral, small_magnitude,
};
use crate::values::numerals::magnitudes::{Lead, start};
use crate::words::words;

pub(in crate::values) enum Read {
    No,
    /// Nothing to be read before this place.
    Skip(usize),
    /// Two neighbours, 三五 or 二三十: either; the place where the second begins, and the end.
    Either(Amount, Amount, usize, usize),
    Num(Num),
}

/// Reads the numeral at `i`, without sign.
pub(in crate::values) fn numeral(t: &Chars<'_>, i: usize) -> Read {
    let Some(mut s) = start(t, i) else { return Read::No };
    match s.lead {
        Lead::Skip(end) => return Read::Skip(end),
        Lead::Pair(a, b) => {
            if let Some(read) = either(t, i, a, b, s.j) {
                return read;
            }
        }
        Lead::One => {}
    }
    while s.step(t).is_some() {}
    match s.finish() {
        Some(num) => Read::Num(num),
        None => Read::No,
    }
}

/// Two digits side by side: 三五个, 二三十 and 七八万 mean the one or the other; 五四 and 三八 are names.
fn either(t: &Chars<'_>, i: usize, a: i64, b: i64, j: usize) -> Option<Read> {
    if matches!(t.c(t.past_space(j)), '折' | '点') || t.is(j, "年") && b != a + 1 {
        return None;
    }
    let mut factor = 1_i64;
    let mut end = j;
    while let Some(m) = small_magnitude(t.c(end)).or_else(|| big_magnitude(t.c(end))) {
        factor = factor.checked_mul(m)?;
        end += 1;
        if end > j + 3 {
            break;
        }
    }
    let near = b == a + 1 || (a, b) == (3, 5);
    if near && !is_numeral(t.c(end)) && (end > j || CLASSIFIERS.contains(&t.c(end)) || t.c(end) == '百') {
        let scaled = |n: i64| n.checked_mul(factor).map(Amount::int);
        return Some(Read::Either(scaled(a)?, scaled(b)?, i + 1, end));
    }
    Some(Read::Skip(j.max(end)))
}

/// 10k, 5w: letters that scale the number they touch.
pub(in crate::values) fn letter_scale(t: &Chars<'_>, at: usize, num: &Num) -> Option<(Amount, usize)> {
    let (factor, end) = scan_scale(t, num.end)?;
    // 5G and 4K are names.
    let small = num.end - at == 1 && matches!(t.c(num.end), 'G' | 'K');
    let memory = words!("memory", zh)
        .iter()
        .any(|w| t.is(t.past_space(end), w) || t.is(t.past_space(end), &format!("的{w}")));
    (!small || memory).then_some((factor, end))
}

pub(in crate::values) fn scan_scale(t: &Chars<'_>, k: usize) -> Option<(Amount, usize)> {
    if t.c(k + 1).is_ascii_alphanumeric() {
        return None;
    }
    let power = match t.c(k) {
        'k' | 'K' => 3,
        'w' | 'W' => 4,
        'M' => 6,
        'G' | 'B' | 'b' => 9,
        'T' => 12,
        _ => return None,
    };
    Some((Amount::ten_to(power)?, k + 1))
}
