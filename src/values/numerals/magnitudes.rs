//! A Chinese numeral while it is read: digits wait for the magnitude behind them.

use super::characters::{CLASSIFIERS, Num, big_magnitude, digit, is_numeral, small_magnitude};
use crate::values::Amount;
use crate::values::chars::{Chars, is_space};
use crate::values::digits::digits;
use crate::words::characters;

pub(super) enum Lead {
    One,
    /// Two different digits above 0, side by side.
    Pair(i64, i64),
    Skip(usize),
}

/// A numeral while it is read.
pub(super) struct State {
    pub(super) lead: Lead,
    pub(super) j: usize,
    high: Amount,
    mid: Amount,
    sec: Amount,
    /// The digit or digits that wait for a magnitude, and where they begin.
    pending: Option<(Amount, usize)>,
    pending_single: bool,
    /// The last magnitude that was applied.
    last: i64,
    /// What a small magnitude must stay below.
    below: i64,
    big_below: i64,
    zero: bool,
    any: bool,
    approximate: bool,
    /// Said with 几, or with two digits to choose from.
    vague: bool,
    arabic: bool,
    run: usize,
    tokens: usize,
    raw: Option<Amount>,
    decimal: bool,
    done: bool,
}

pub(super) fn start(t: &Chars<'_>, i: usize) -> Option<State> {
    let mut s = State {
        lead: Lead::One,
        j: i,
        high: Amount::ZERO,
        mid: Amount::ZERO,
        sec: Amount::ZERO,
        pending: None,
        pending_single: false,
        last: 1,
        below: i64::MAX,
        big_below: i64::MAX,
        zero: false,
        any: false,
        approximate: false,
        vague: false,
        arabic: false,
        run: 0,
        tokens: 0,
        raw: None,
        decimal: false,
        done: false,
    };
    match t.c(i) {
        c if c.is_ascii_digit() || c == '.' => s.arabic_start(t, i)?,
        '十' | '拾' => {}
        c @ ('廿' | '卅' | '卌') => {
            s.sec = Amount::int(match c {
                '廿' => 20,
                '卅' => 30,
                _ => 40,
            });
            (s.j, s.any, s.last, s.below, s.tokens) = (i + 1, true, 10, 10, 1);
        }
        c => {
            digit(c)?;
            s.chinese_start(t, i);
        }
    }
    Some(s)
}

/// More digits one by one than these are an identifier.
const MOST_DIGITS: usize = 30;

impl State {
    /// Begins with Arabic digits.
    fn arabic_start(&mut self, t: &Chars<'_>, i: usize) -> Option<()> {
        let d = digits(t, i, false)?;
        (self.j, self.arabic, self.run, self.tokens) = (d.end, true, d.plain, 1);
        match d.amount {
            Some(a) => (self.pending, self.raw) = (Some((a, i)), Some(a)),
            None => self.lead = Lead::Skip(d.end),
        }
        Some(())
    }

    /// Begins with Chinese digits, one or several one by one.
    fn chinese_start(&mut self, t: &Chars<'_>, i: usize) {
        let mut ds = Vec::new();
        let mut j = i;
        // 二两 is a weight: 两 only begins
        while let Some(d) = digit(t.c(j)).filter(|_| j == i || !matches!(t.c(j), '两' | '俩' | '仨')) {
            if ds.len() > MOST_DIGITS {
                self.lead = Lead::Skip(j);
                return;
            }
            ds.push(d);
            j += 1;
        }
        // 九 九 折: digits set apart.
        if ds.len() == 1 {
            let k = t.past_space(j);
            if k > j
                && digit(t.c(k)).is_some()
                && digit(t.c(k + 1)).is_none()
                && t.c(t.past_space(k + 1)) == '折'
            {
                ds.extend(digit(t.c(k)));
                j = k + 1;
            }
        }
        let value = ds.iter().fold(0_i128, |value, &d| value * 10 + i128::from(d));
        self.j = j;
        self.tokens = ds.len();
        self.pending = Amount::ratio(value, 1).map(|v| (v, i));
        self.raw = self.pending.map(|p| p.0);
        self.pending_single = ds.len() == 1;
        if let [a, b] = ds[..]
            && a != 0
            && b != 0
        {
            self.lead = Lead::Pair(a, b);
        }
        if ds.len() > 1 {
            self.run = ds.len();
            // 三七二十一: neither a number nor digits one by one.
            if ds.len() > 2 && small_magnitude(t.c(j)).is_some() {
                let mut end = j;
                while is_numeral(t.c(end)) {
                    end += 1;
                }
                self.lead = Lead::Skip(end);
            }
        }
    }

    /// Takes the next part of the numeral; `None` when there is none.
    pub(super) fn step(&mut self, t: &Chars<'_>) -> Option<()> {
        if self.done {
            return None;
        }
        let k = t.past_space(self.j);
        let c = t.c(k);
        if let Some(d) = digit(c) {
            return if d == 0 { self.nought(t, k) } else { self.digit(t, k, d) };
        }
        if c.is_ascii_digit() {
            return self.arabic_digits(t, k);
        }
        if let Some(m) = small_magnitude(c) {
            return self.small(t, k, m);
        }
        if let Some(m) = big_magnitude(c) {
            // 兆瓦, 兆字节: the prefix of the unit.
            if c == '兆' && matches!(t.c(k + 1), '瓦' | '赫' | '字' | '比' | '帕') {
                return None;
            }
            return self.big(k, m);
        }
        match c {
            '多' | '余' | '几' | '来' => self.more_or_less(t, k, c),
            // 一点一滴, 一点一点
            '点' if t.any(k.saturating_sub(1), &["一点一滴", "一点一点"]).is_some() => None,
            '点' => self.decimals(t, k),
            _ => None,
        }
    }

    /// 零 inside a numeral: it must lead on to something smaller.
    fn nought(&mut self, t: &Chars<'_>, k: usize) -> Option<()> {
        let n = t.past_space(k + 1);
        let more = digit(t.c(n)).is_some_and(|d| d > 0)
            || matches!(t.c(n), '十' | '拾' | '几')
            || t.c(n).is_ascii_digit();
        if !self.any || self.pending.is_some() || self.zero || !more || t.c(k) == '○' {
            return None;
        }
        self.zero = true;
        self.j = k + 1;
        Some(())
    }

    fn digit(&mut self, t: &Chars<'_>, k: usize, d: i64) -> Option<()> {
        if !self.any || self.pending.is_some() || self.last == 1 || self.approximate {
            return None;
        }
        // 二十两银子: the weight.
        if matches!(t.c(k), '两' | '俩')
            && small_magnitude(t.c(t.past_space(k + 1))).is_none()
            && !matches!(t.c(k + 1), '万' | '亿')
        {
            return None;
        }
        // 十七八: the one or the other.
        let either = digit(t.c(k + 1)) == Some(d + 1) && d < 9 && k == self.j;
        self.pending = Some((Amount::int(d), k));
        self.tokens += 1;
        self.j = k + 1;
        self.pending_single = !either;
        if either {
            (self.approximate, self.vague) = (true, true);
            self.done = small_magnitude(t.c(k + 2)).is_none();
            self.tokens += 1;
            self.j = k + 2;
        }
        Some(())
    }

    fn arabic_digits(&mut self, t: &Chars<'_>, k: usize) -> Option<()> {
        if !self.any || self.pending.is_some() || self.last < 10 || self.decimal {
            return None;
        }
        let d = digits(t, k, false)?;
        let a = d.amount?;
        let m = small_magnitude(t.c(t.past_space(d.end))).or_else(|| big_magnitude(t.c(t.past_space(d.end))));
        if a >= Amount::int(self.last) || (k > self.j && m.is_none()) || m.is_some_and(|m| m >= self.last) {
            return None;
        }
        self.pending = Some((a, k));
        self.pending_single = false;
        self.tokens += 1;
        self.j = d.end;
        Some(())
    }

    /// 多, 余, 几 and 来: more than what has been read.
    fn more_or_less(&mut self, t: &Chars<'_>, k: usize, c: char) -> Option<()> {
        let n = t.past_space(k + 1);
        let scaled = matches!(t.c(n), '万' | '亿') || (c == '几' && matches!(t.c(n), '十' | '百' | '千'));
        let whole = self.pending.is_none_or(|(p, _)| self.arabic && p >= Amount::int(10));
        if self.approximate || !whole || !(self.any || self.pending.is_some()) || self.decimal {
            return None;
        }
        let follows = scaled
            || match c {
                '几' => self.pending.is_none(),
                '来' => self.last == 10 && CLASSIFIERS.contains(&t.c(k + 1)),
                '余' => !t.is(k + 1, "下") && !t.is(k + 1, "额"),
                _ => !characters!("no number behind more").contains(&t.c(k + 1)),
            };
        if !follows || (k > self.j && !scaled) {
            return None;
        }
        self.approximate = true;
        self.vague |= c == '几';
        self.tokens += 1;
        self.j = k + 1;
        self.done = !scaled;
        if c == '几' && matches!(t.c(n), '十' | '百' | '千') {
            // 一百几十, 几 in the midst: the rest is not known.
            self.j = n + 1;
        }
        Some(())
    }

    /// Gives up the digit that waits, when what follows it does not fit.
    fn give_back(&mut self) -> Option<()> {
        if self.any
            && let Some((_, at)) = self.pending.take()
        {
            self.j = at;
            self.tokens = self.tokens.saturating_sub(1);
        }
        self.done = true;
        None
    }

    fn small(&mut self, t: &Chars<'_>, k: usize, m: i64) -> Option<()> {
        // 5千克, 5千米: the prefix of the unit.
        if m == 1000 && self.pending.is_some() {
            let prefix = match t.c(k + 1) {
                '克' => !matches!(t.c(k + 2), '拉'),
                '瓦' | '赫' | '帕' | '伏' | '卡' | '焦' => true,
                '米' => self.arabic,
                '比' | '字' => t.is(k + 1, "比特") || t.is(k + 1, "字节"),
                _ => false,
            };
            if prefix {
                return None;
            }
        }
        if self.decimal && self.pending.is_none() {
            // 三点五百: not said; 三点五千万 is.
            if m == 10 {
                return None;
            }
        }
        let fresh = !self.any || self.zero || self.last >= 10_000;
        let coefficient = match self.pending {
            Some((p, _)) => p,
            None if m == 10 && fresh && !self.decimal => Amount::ONE,
            None => return None,
        };
        if m >= self.below || (self.run > 0 && !self.arabic) || (m == 10 && self.arabic && !self.any) {
            return self.give_back();
        }
        // 十分之, 百分之 after a numeral: 六十百分点 is not said; 百分点 and 百分比 are words.
        if m == 100 && t.c(k + 1) == '分' && matches!(t.c(k + 2), '点' | '比' | '位') {
            return None;
        }
        self.sec = self.sec.add(coefficient.mul(Amount::int(m))?)?;
        (self.pending, self.last, self.below, self.zero, self.any, self.j) = (None, m, m, false, true, k + 1);
        self.tokens += 1;
        self.run = 0;
        Some(())
    }

    fn big(&mut self, k: usize, m: i64) -> Option<()> {
        let mut v = self.sec;
        if let Some((p, _)) = self.pending {
            v = v.add(p)?;
        }
        let m_amount = Amount::int(m);
        if m == 10_000 {
            if v.is_zero() {
                // 万万
                if self.mid.is_zero() || self.last != 10_000 {
                    return self.give_back();
                }
                self.mid = self.mid.mul(m_amount)?;
            } else {
                if !self.mid.is_zero() {
                    return self.give_back();
                }
                self.mid = v.mul(m_amount)?;
            }
        } else {
            v = v.add(self.mid)?;
            if v.is_zero() || m >= self.big_below {
                return self.give_back();
            }
            self.high = self.high.add(v.mul(m_amount)?)?;
            self.mid = Amount::ZERO;
            self.big_below = m;
        }
        self.sec = Amount::ZERO;
        (self.pending, self.last, self.below, self.zero, self.any, self.j) =
            (None, m, m.min(10_000), false, true, k + 1);
        self.tokens += 1;
        self.run = 0;
        Some(())
    }

    /// 点 and the decimals after it.
    fn decimals(&mut self, t: &Chars<'_>, k: usize) -> Option<()> {
        if self.decimal || self.arabic || !(self.any || self.pending.is_some()) || self.approximate {
            return None;
        }
        let from = t.past_space(k + 1);
        if from > k + 1 && !is_space(t.before(k)) && !self.any {
            return None;
        }
        let mut n = from;
        let mut mantissa: i128 = 0;
        let mut places = 0;
        while let Some(d) = digit(t.c(n))
            .filter(|_| !matches!(t.c(n), '两' | '俩' | '仨'))
            .or_else(|| t.c(n).to_digit(10).map(i64::from))
        {
            if places < 20 {
                mantissa = mantissa * 10 + i128::from(d);
                places += 1;
            }
            n += 1;
        }
        // 三点五十分, 三点一刻: a time of day.
        let minutes =
            t.c(n) == '十' || t.c(n) == '刻' || (t.c(n) == '分' && t.c(n + 1) != '之' && places <= 2);
        if places == 0 || minutes {
            return None;
        }
        let whole = self.total()?;
        let part = Amount::ratio(mantissa, 1)?.div(Amount::ten_to(places)?)?;
        self.pending = Some((whole.add(part)?, k));
        self.raw = self.pending.map(|p| p.0);
        (self.high, self.mid, self.sec) = (Amount::ZERO, Amount::ZERO, Amount::ZERO);
        (self.any, self.last, self.below, self.big_below, self.zero) = (false, 1, i64::MAX, i64::MAX, false);
        self.pending_single = false;
        self.decimal = true;
        self.run = 0;
        self.tokens += 2;
        self.j = n;
        Some(())
    }

    /// What a last digit counts: 一万三 is 13,000, 一万零三 is 10,003.
    fn tail(&self, p: Amount) -> Option<Amount> {
        if self.pending_single && self.any && !self.zero && self.last > 10 {
            p.mul(Amount::int(self.last / 10))
        } else {
            Some(p)
        }
    }

    fn total(&self) -> Option<Amount> {
        let mut v = self.high.add(self.mid)?.add(self.sec)?;
        if let Some((p, _)) = self.pending {
            v = v.add(self.tail(p)?)?;
        }
        Some(v)
    }

    pub(super) fn finish(self) -> Option<Num> {
        if !self.any && self.pending.is_none() {
            return None;
        }
        let value = self.total()?;
        let scale = match self.raw {
            Some(r) if !r.is_zero() && self.any => {
                value.div(r).filter(|s| s.as_int().is_some()).unwrap_or(Amount::ONE)
            }
            _ => Amount::ONE,
        };
        Some(Num {
            value,
            end: self.j,
            approximate: self.approximate,
            vague: self.vague,
            arabic: self.arabic,
            run: self.run,
            tokens: self.tokens,
            scale,
        })
    }
}
