//! Exact rational numbers, small enough to copy and to use as keys.

use std::cmp::Ordering;
use std::fmt;

/// An exact number: a reduced fraction with a positive denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount {
    num: i128,
    den: i128,
}

impl Amount {
    /// Nothing.
    pub const ZERO: Amount = Amount { num: 0, den: 1 };
    /// One.
    pub const ONE: Amount = Amount { num: 1, den: 1 };

    /// One half more; the same where that does not fit.
    pub(super) fn plus_half(self) -> Amount {
        Amount::ratio(1, 2).and_then(|half| self.add(half)).unwrap_or(self)
    }

    /// The whole number `n`.
    pub const fn int(n: i64) -> Amount {
        Amount { num: n as i128, den: 1 }
    }

    /// `num / den`; `None` when `den` is 0 or the result does not fit.
    pub fn ratio(num: i128, den: i128) -> Option<Amount> {
        if den == 0 {
            return None;
        }
        if den == 1 {
            return Some(Amount { num, den });
        }
        let g = gcd(num.unsigned_abs(), den.unsigned_abs());
        let g = i128::try_from(g).ok()?.max(1);
        let (num, den) = (num / g, den / g);
        if den < 0 {
            Some(Amount { num: num.checked_neg()?, den: den.checked_neg()? })
        } else {
            Some(Amount { num, den })
        }
    }

    /// Ten to the power of `exponent`, for -38 to 38.
    pub fn ten_to(exponent: i32) -> Option<Amount> {
        let p = 10_i128.checked_pow(exponent.unsigned_abs())?;
        if exponent < 0 { Some(Amount { num: 1, den: p }) } else { Some(Amount { num: p, den: 1 }) }
    }

    /// Reads `3`, `-160/9` and `0.3048`, as tables write them.
    pub(super) fn parse(text: &str) -> Option<Amount> {
        if let Some((num, den)) = text.split_once('/') {
            return Amount::ratio(num.parse().ok()?, den.parse().ok()?);
        }
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let scale = Amount::ten_to(i32::try_from(decimals.len()).ok()?)?;
        Amount::ratio(format!("{whole}{decimals}").parse().ok()?, 1)?.div(scale)
    }

    /// How much the last digit counts that is not nought: 0.1 for 4.8, 100 for 1200; nothing where it never ends.
    pub(super) fn last_digit(self) -> Amount {
        for places in 0..=9 {
            let ten = Amount::ten_to(places).unwrap_or(Amount::ONE);
            let Some(shifted) = self.mul(ten).filter(|shifted| shifted.den == 1) else { continue };
            let mut unit = Amount::ONE.div(ten).unwrap_or(Amount::ONE);
            let mut n = shifted.num;
            while n != 0 && n % 10 == 0 && places == 0 {
                n /= 10;
                unit = unit.mul(Amount::int(10)).unwrap_or(unit);
            }
            return unit;
        }
        Amount::ZERO
    }

    /// How far two numbers lie apart.
    pub(super) fn distance(self, other: Amount) -> Option<Amount> {
        let apart = self.add(other.neg())?;
        Some(if apart.is_negative() { apart.neg() } else { apart })
    }

    /// The whole number, when it is one and fits.
    pub fn as_int(self) -> Option<i64> {
        if self.den == 1 { i64::try_from(self.num).ok() } else { None }
    }

    /// How often `by` is in a whole number, and what is left; `None` for other numbers.
    pub(super) fn split(self, by: i128) -> Option<(Amount, i128)> {
        (self.den == 1).then(|| (Amount { num: self.num.div_euclid(by), den: 1 }, self.num.rem_euclid(by)))
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.num < 0
    }

    pub(super) fn is_zero(self) -> bool {
        self.num == 0
    }

    pub(super) fn add(self, other: Amount) -> Option<Amount> {
        let num = self.num.checked_mul(other.den)?.checked_add(other.num.checked_mul(self.den)?)?;
        Amount::ratio(num, self.den.checked_mul(other.den)?)
    }

    pub(super) fn mul(self, other: Amount) -> Option<Amount> {
        Amount::ratio(self.num.checked_mul(other.num)?, self.den.checked_mul(other.den)?)
    }

    pub(super) fn div(self, other: Amount) -> Option<Amount> {
        Amount::ratio(self.num.checked_mul(other.den)?, self.den.checked_mul(other.num)?)
    }

    pub(super) fn neg(self) -> Amount {
        Amount { num: self.num.checked_neg().unwrap_or(i128::MAX), den: self.den }
    }

    pub(super) fn pow(self, exponent: i32) -> Option<Amount> {
        let e = exponent.unsigned_abs();
        let (num, den) = (self.num.checked_pow(e)?, self.den.checked_pow(e)?);
        if exponent < 0 { Amount::ratio(den, num) } else { Amount::ratio(num, den) }
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        // Most values fit 64 bits, where division is many times faster.
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            let (mut x, mut y) = (x, y);
            while y != 0 {
                (x, y) = (y, x % y);
            }
            return u128::from(x);
        }
        (a, b) = (b, a % b);
    }
    a
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        // Compare whole parts, then the inverted remainders, as in Euclid's algorithm: no overflow.
        let (mut a, mut b) = (*self, *other);
        loop {
            let whole = a.num.div_euclid(a.den).cmp(&b.num.div_euclid(b.den));
            let (ra, rb) = (a.num.rem_euclid(a.den), b.num.rem_euclid(b.den));
            match (whole, ra, rb) {
                (Ordering::Equal, 0, 0) => return Ordering::Equal,
                (Ordering::Equal, 0, _) => return Ordering::Less,
                (Ordering::Equal, _, 0) => return Ordering::Greater,
                (Ordering::Equal, _, _) => {
                    (a, b) = (Amount { num: b.den, den: rb }, Amount { num: a.den, den: ra })
                }
                (unequal, _, _) => return unequal,
            }
        }
    }
}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A decimal string without exponent: exact where the decimals end within 40 places, else 15 significant digits, cut.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (num, den) = (self.num.unsigned_abs(), self.den.unsigned_abs());
        if self.num < 0 {
            f.write_str("-")?;
        }
        write!(f, "{}", num / den)?;
        let mut rest = num % den;
        if rest == 0 {
            return Ok(());
        }
        let mut odd = den;
        while odd % 2 == 0 {
            odd /= 2;
        }
        while odd % 5 == 0 {
            odd /= 5;
        }
        let places = if odd == 1 { 40 } else { 40.min(15 + leading_zeros(rest, den)) };
        let mut digits = String::from(".");
        for _ in 0..places {
            let Some(next) = rest.checked_mul(10) else { break };
            digits.push(char::from(b'0' + u8::try_from(next / den).unwrap_or(0)));
            rest = next % den;
            if rest == 0 {
                break;
            }
        }
        f.write_str(digits.trim_end_matches('0').trim_end_matches('.'))
    }
}

fn leading_zeros(mut rest: u128, den: u128) -> usize {
    let mut zeros = 0;
    while zeros < 25 && rest < den / 10 {
        rest *= 10;
        zeros += 1;
    }
    zeros
}
