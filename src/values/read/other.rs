//! Languages whose words we do not know: their digits.

use crate::values::chars::Chars;
use crate::values::digits::{digits, sign_start, slash_fraction};
use crate::values::out::{Draft, Out};
use crate::values::{ValueKind, dates, labels, versions};

/// The values of a language whose words we do not know: digits, dates in digits, percentages.
pub(in crate::values) fn other(t: &Chars<'_>, comma: bool, out: &mut Out<'_, '_>) {
    let mut i = 0;
    while i < t.len() {
        let c = t.c(i);
        let next = if c.is_ascii_alphabetic() {
            labels::word(t, i).skip
        } else if c.is_ascii_digit() || c == '.' {
            dates::digit_date(t, i, false, out)
                .or_else(|| versions::chain(t, i, out))
                .unwrap_or_else(|| other_number(t, i, comma, out))
        } else {
            i + 1
        };
        i = next.max(i + 1);
    }
}

/// Reads the number in digits at `i`; returns where to read on.
fn other_number(t: &Chars<'_>, i: usize, comma: bool, out: &mut Out<'_, '_>) -> usize {
    let Some(d) = digits(t, i, comma) else { return i + 1 };
    let (amount, mut end, mut kind) = match slash_fraction(t, i, &d) {
        Some((a, end)) => (Some(a), end, ValueKind::Fraction),
        None => (d.amount, d.end, ValueKind::Number),
    };
    let after = t.past_space(end);
    if matches!(t.c(after), '%' | '٪') {
        (kind, end) = (ValueKind::Percent, after + 1);
    }
    let start = sign_start(t, i);
    if let Some(a) = amount {
        out.push(Draft::new(kind, start, end, if start < i { a.neg() } else { a }));
    }
    // 3D, 5th: letters that hang on a number are not read.
    while t.c(end).is_alphanumeric() && !t.c(end).is_ascii_digit() {
        end += 1;
    }
    end
}
