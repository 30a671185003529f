//! Chinese numerals, shares, dates and units.

use super::scan::{self, Chars, Draft, Out, is_space, rank_mark, vulgar};
use super::units::{self, ZH_MEASURES, ZH_MONEY};
use super::{Amount, Unit, ValueKind, sign_start};

/// Reads the values of a Chinese text.
pub(super) fn read(t: &Chars<'_>, out: &mut Out<'_, '_>) {
    let mut i = 0;
    while i < t.len() {
        let c = t.c(i);
        let next = if c.is_ascii() {
            match c {
                '0'..='9' | '.' => number(t, i, None, out),
                'a'..='z' | 'A'..='Z' | '_' => latin(t, i, out),
                '$' => currency(t, i, out),
                _ => i + 1,
            }
        } else {
            match c {
                '第' => ordinal(t, i, out),
                '负' | '百' | '佰' | '千' | '仟' | '万' | '亿' | '十' | '拾' | '半' | '廿' | '卅' | '卌' => {
                    number(t, i, None, out)
                }
                '上' | '下' => half_year_or_vague(t, i, out),
                '数' | '几' | '好' | '近' | '成' | '逾' | '过' => vague(t, i),
                '周' | '星' | '礼' => weekday(t, i, out),
                '首' => head(t, i, out),
                '其' => member(t, i, out),
                '公' => before_christ(t, i, out),
                '翻' => doubled(t, i, out),
                '零' if t.is(i, "零下") => number(t, i, None, out),
                '双' => {
                    if !is_numeral(t.before(t.before_space(i))) && is_cjk(t.c(i + 1)) {
                        out.push(Draft::new(ValueKind::Number, i, i + 1, Amount::int(2)).weak(true));
                    }
                    i + 1
                }
                '打' if t.is(i, "打对折") => {
                    out.push(Draft::new(ValueKind::Percent, i + 1, i + 3, Amount::int(50)));
                    i + 3
                }
                '€' | '£' | '¥' | '₩' | '₹' | '₽' => currency(t, i, out),
                _ if digit(c).is_some() => number(t, i, None, out),
                _ => mark(t, i, c, out),
            }
        };
        i = next.max(i + 1);
    }
}

/// The digit that a character stands for; 两 and 俩 are 2, 仨 is 3.
fn digit(c: char) -> Option<i64> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' | '俩' => 2,
        '三' | '叁' | '仨' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn small_magnitude(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

fn big_magnitude(c: char) -> Option<i64> {
    Some(match c {
        '万' => 10_000,
        '亿' => 100_000_000,
        '兆' => 1_000_000_000_000,
        _ => return None,
    })
}

fn is_numeral(c: char) -> bool {
    digit(c).is_some() || small_magnitude(c).is_some() || big_magnitude(c).is_some()
}

fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Words that count what follows a numeral.
const CLASSIFIERS: &str = "个只条张件位名人家本部台辆艘架座栋间所套双对副把根支枝颗粒片块篇章节页行列排层级阶期届次回遍趟轮番种类样项款例份封幅笔股群批组队班箱袋瓶杯碗盘桶罐盒桌岁年月日天周时分秒点里米斤克吨元角毛亩顷升度倍口匹尾朵株棵滴堆串捆卷册集曲幕句字户村县市省州国步号代者方大成折星场重则处桩宗颁枚门声眼脚拳刀笼帧杆扇盏道起";

/// Classifiers after which a lone 一 is a count; fewer, for 一 begins many words.
const AFTER_ONE: &str = "个只条张件位名家本部台辆艘架座栋间所套双对副把根支枝颗粒片块篇章节页层届次回遍趟轮种类项款例份封幅笔股群批组班箱袋瓶杯碗盘桶罐盒桌岁年月日天周秒里米斤克吨元亩升度倍匹朵株棵滴堆串册集曲幕句字户国步号者场则处枚门声打";

/// A numeral as read at one place.
#[derive(Clone, Copy)]
struct Num {
    value: Amount,
    end: usize,
    approximate: bool,
    vague: bool,
    /// Begun by Arabic digits.
    arabic: bool,
    /// How many digits, when it is Arabic digits and nothing else; or Chinese digits one by one (二〇二一).
    run: usize,
    /// How many characters or digit groups it is made of.
    tokens: usize,
    /// The factor after the first digits: 10,000 in 3.5万.
    scale: Amount,
}

enum Read {
    No,
    /// Nothing to be read before this place.
    Skip(usize),
    /// Two neighbours, 三五 or 二三十: either; the place where the second begins, and the end.
    Either(Amount, Amount, usize, usize),
    Num(Num),
}

/// Reads the numeral at `i`, without sign.
fn numeral(t: &Chars<'_>, i: usize) -> Read {
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

enum Lead {
    One,
    /// Two different digits above 0, side by side.
    Pair(i64, i64),
    Skip(usize),
}

/// A numeral while it is read.
struct State {
    lead: Lead,
    j: usize,
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

fn start(t: &Chars<'_>, i: usize) -> Option<State> {
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
    let c = t.c(i);
    if c.is_ascii_digit() || c == '.' {
        let d = scan::digits(t, i, false)?;
        s.j = d.end;
        s.arabic = true;
        s.run = d.plain;
        s.tokens = 1;
        match d.amount {
            Some(a) => {
                s.pending = Some((a, i));
                s.raw = Some(a);
            }
            None => s.lead = Lead::Skip(d.end),
        }
        return Some(s);
    }
    match c {
        '十' | '拾' => return Some(s),
        '廿' | '卅' | '卌' => {
            s.sec = Amount::int(match c {
                '廿' => 20,
                '卅' => 30,
                _ => 40,
            });
            (s.j, s.any, s.last, s.below, s.tokens) = (i + 1, true, 10, 10, 1);
            return Some(s);
        }
        _ => {}
    }
    digit(c)?;
    // Digits one by one.
    let mut ds = Vec::new();
    let mut j = i;
    while let Some(d) = digit(t.c(j)) {
        if ds.len() > 30 {
            s.lead = Lead::Skip(j);
            return Some(s);
        }
        ds.push(d);
        j += 1;
    }
    // 九 九 折: digits set apart.
    if ds.len() == 1 {
        let k = t.past_space(j);
        if k > j && digit(t.c(k)).is_some() && digit(t.c(k + 1)).is_none() && t.c(t.past_space(k + 1)) == '折'
        {
            ds.extend(digit(t.c(k)));
            j = k + 1;
        }
    }
    let mut value: i128 = 0;
    for d in &ds {
        value = value * 10 + i128::from(*d);
    }
    s.j = j;
    s.tokens = ds.len();
    s.pending = Amount::ratio(value, 1).map(|v| (v, i));
    s.raw = s.pending.map(|p| p.0);
    s.pending_single = ds.len() == 1;
    if let [a, b] = ds[..]
        && a != 0
        && b != 0
    {
        s.lead = Lead::Pair(a, b);
    }
    if ds.len() > 1 {
        s.run = ds.len();
        // 三七二十一: neither a number nor digits one by one.
        if ds.len() > 2 && small_magnitude(t.c(j)).is_some() {
            let mut end = j;
            while is_numeral(t.c(end)) {
                end += 1;
            }
            s.lead = Lead::Skip(end);
        }
    }
    Some(s)
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
    if near && !is_numeral(t.c(end)) && (end > j || CLASSIFIERS.contains(t.c(end)) || t.c(end) == '百') {
        let scaled = |n: i64| n.checked_mul(factor).map(Amount::int);
        return Some(Read::Either(scaled(a)?, scaled(b)?, i + 1, end));
    }
    Some(Read::Skip(j.max(end)))
}

impl State {
    /// Takes the next part of the numeral; `None` when there is none.
    fn step(&mut self, t: &Chars<'_>) -> Option<()> {
        if self.done {
            return None;
        }
        let k = t.past_space(self.j);
        let c = t.c(k);
        if let Some(d) = digit(c) {
            if d == 0 {
                // 零 must lead on to something smaller.
                let n = t.past_space(k + 1);
                let more = digit(t.c(n)).is_some_and(|d| d > 0)
                    || matches!(t.c(n), '十' | '拾' | '几')
                    || t.c(n).is_ascii_digit();
                if !self.any || self.pending.is_some() || self.zero || !more || c == '○' {
                    return None;
                }
                self.zero = true;
                self.j = k + 1;
                return Some(());
            }
            if !self.any || self.pending.is_some() || self.last == 1 || self.approximate {
                return None;
            }
            // 二十两银子: the weight.
            if matches!(c, '两' | '俩')
                && self.last < 10_000
                && small_magnitude(t.c(t.past_space(k + 1))).is_none()
                && !matches!(t.c(k + 1), '万' | '亿')
            {
                return None;
            }
            // 十七八: the one or the other.
            if digit(t.c(k + 1)) == Some(d + 1) && d < 9 && k == self.j {
                self.pending = Some((Amount::int(d), k));
                self.pending_single = false;
                self.approximate = true;
                self.vague = true;
                self.done = small_magnitude(t.c(k + 2)).is_none();
                self.tokens += 2;
                self.j = k + 2;
                return Some(());
            }
            self.pending = Some((Amount::int(d), k));
            self.pending_single = true;
            self.tokens += 1;
            self.j = k + 1;
            return Some(());
        }
        if c.is_ascii_digit() {
            if !self.any || self.pending.is_some() || self.last < 10 || self.decimal {
                return None;
            }
            let d = scan::digits(t, k, false)?;
            let a = d.amount?;
            let m =
                small_magnitude(t.c(t.past_space(d.end))).or_else(|| big_magnitude(t.c(t.past_space(d.end))));
            if a >= Amount::int(self.last) || (k > self.j && m.is_none()) || m.is_some_and(|m| m >= self.last)
            {
                return None;
            }
            self.pending = Some((a, k));
            self.pending_single = false;
            self.tokens += 1;
            self.j = d.end;
            return Some(());
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
            '多' | '余' | '几' | '来' => {
                let n = t.past_space(k + 1);
                let scaled =
                    matches!(t.c(n), '万' | '亿') || (c == '几' && matches!(t.c(n), '十' | '百' | '千'));
                let whole = self.pending.is_none_or(|(p, _)| self.arabic && p >= Amount::int(10));
                if self.approximate || !whole || !(self.any || self.pending.is_some()) || self.decimal {
                    return None;
                }
                let follows = scaled
                    || match c {
                        '几' => self.pending.is_none(),
                        '来' => self.last == 10 && CLASSIFIERS.contains(t.c(k + 1)),
                        '余' => !t.is(k + 1, "下") && !t.is(k + 1, "额"),
                        _ => !matches!(t.c(k + 1), '样' | '边' | '元' | '媒' | '功' | '民'),
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
            // 一点一滴, 一点一点
            '点' if t.any(k.saturating_sub(1), &["一点一滴", "一点一点"]).is_some() => None,
            '点' => self.decimals(t, k),
            _ => None,
        }
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

    fn finish(self) -> Option<Num> {
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

/// Reads a number at `i` with all that belongs to it; `money` is a currency named before it. Returns where to read on.
fn number(t: &Chars<'_>, i: usize, money: Option<(Unit, usize)>, out: &mut Out<'_, '_>) -> usize {
    let c = t.c(i);
    if c.is_ascii_digit()
        && let Some(end) = scan::digit_date(t, i, false, out).or_else(|| scan::chain(t, i, out))
    {
        return end;
    }
    let (start, at, negative) = if c == '负' {
        let n = t.past_space(i + 1);
        if !(is_numeral(t.c(n)) || t.c(n).is_ascii_digit())
            || matches!(t.c(n), '万' | '亿' | '百' | '千') && t.c(n + 1) != '分'
        {
            return i + 1;
        }
        (i, n, true)
    } else if t.is(i, "零下") {
        let n = t.past_space(i + 2);
        if !(is_numeral(t.c(n)) || t.c(n).is_ascii_digit()) {
            return i + 2;
        }
        (i, n, true)
    } else if c.is_ascii_digit() || c == '.' {
        let s = sign_start(t, i);
        (s, i, s < i)
    } else {
        (i, i, false)
    };
    if let Some(end) = share(t, start, at, negative, out) {
        return end;
    }
    match t.c(at) {
        '半' => return half(t, at, out),
        '百' | '佰' | '千' | '仟' | '万' | '亿' => return bare_magnitude(t, at, out),
        _ => {}
    }
    let num = match numeral(t, at) {
        Read::No => return i + 1,
        Read::Skip(end) => return end,
        Read::Either(a, b, mid, end) => {
            for (v, from, to) in [(a, at, mid), (b, mid, end)] {
                let mut d = Draft::new(ValueKind::Number, from, to, v).weak(true);
                d.approximate = true;
                out.push(d);
            }
            return end;
        }
        Read::Num(num) => num,
    };
    let mut end = num.end;
    // Fractions: 三分之二, 三又四分之一, 3/5, 1 4/3.
    if let Some((value, stop)) = fraction(t, &num) {
        let value = if negative { value.neg() } else { value };
        let mut d = Draft::new(ValueKind::Fraction, start, stop, value);
        d.approximate = num.approximate || rough_before(t, start);
        out.push(d);
        return stop;
    }
    if num.arabic
        && num.run > 0
        && let Some(d) = scan::digits(t, at, false)
        && let Some((value, stop)) = scan::slash_fraction(t, at, &d)
    {
        let value = if negative { value.neg() } else { value };
        out.push(Draft::new(ValueKind::Fraction, start, stop, value));
        return stop;
    }
    let mut num = num;
    if num.arabic
        && let Some((factor, stop)) = letter_scale(t, at, &num)
        && let Some(v) = num.value.mul(factor)
    {
        (num.value, num.scale, num.end) = (v, factor, stop);
        end = stop;
    }
    if let Some(v) = vulgar(t.c(end)).and_then(|p| num.value.add(p)) {
        num.value = v;
        num.end = end + 1;
    }
    if negative {
        num.value = num.value.neg();
    }
    num.approximate |= rough_before(t, start);
    context(t, start, at, num, money, out)
}

/// Whether the word before `i` says that a number is rough.
fn rough_before(t: &Chars<'_>, i: usize) -> bool {
    t.any_before(t.before_space(i), &["约", "近", "逾", "大概", "约占", "约为"])
}

/// 10k, 5w: letters that scale the number they touch.
fn letter_scale(t: &Chars<'_>, at: usize, num: &Num) -> Option<(Amount, usize)> {
    let (factor, end) = scan_scale(t, num.end)?;
    // 5G and 4K are names.
    let small = num.end - at == 1 && matches!(t.c(num.end), 'G' | 'K');
    let memory = ["内存", "显存", "硬盘", "存储", "流量"]
        .iter()
        .any(|w| t.is(t.past_space(end), w) || t.is(t.past_space(end), &format!("的{w}")));
    (!small || memory).then_some((factor, end))
}

fn scan_scale(t: &Chars<'_>, k: usize) -> Option<(Amount, usize)> {
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

/// 分之 at `i`, with spaces allowed: its end.
fn of_parts(t: &Chars<'_>, i: usize) -> Option<usize> {
    let a = t.past_space(i);
    let b = t.past_space(a + 1);
    (t.c(a) == '分' && t.c(b) == '之').then_some(b + 1)
}

/// A numeral with an optional 负 at `i`.
fn signed(t: &Chars<'_>, i: usize) -> Option<Num> {
    let k = t.past_space(i);
    let (k, negative) = if matches!(t.c(k), '负' | '-') { (t.past_space(k + 1), true) } else { (k, false) };
    match numeral(t, k) {
        Read::Num(mut n) => {
            if n.arabic
                && let Some((factor, end)) = scan_scale(t, n.end)
            {
                n.value = n.value.mul(factor)?;
                n.end = end;
            }
            if negative {
                n.value = n.value.neg();
            }
            Some(n)
        }
        _ => None,
    }
}

/// 百分之, 千分之, 万分之 and the number after it, as a percentage.
fn share(t: &Chars<'_>, start: usize, at: usize, negative: bool, out: &mut Out<'_, '_>) -> Option<usize> {
    let mut base = Amount::ONE;
    let mut k = at;
    while let Some(m) = small_magnitude(t.c(k))
        .filter(|&m| m > 10)
        .or_else(|| big_magnitude(t.c(k)).filter(|&m| m < 1_000_000_000))
    {
        base = base.mul(Amount::int(m))?;
        k += 1;
        if k > at + 3 {
            return None;
        }
    }
    if k == at {
        return None;
    }
    let after = of_parts(t, k)?;
    let next = t.past_space(after);
    let num = match signed(t, next) {
        Some(n) => n,
        None if t.c(next) == '百' && k == at + 1 => {
            out.push(Draft::new(ValueKind::Percent, start, next + 1, Amount::int(100)));
            return Some(next + 1);
        }
        None => {
            // 百分之二三十: no one number.
            return match numeral(t, next) {
                Read::Either(.., end) | Read::Skip(end) => Some(end),
                _ => Some(after),
            };
        }
    };
    let value = num.value.mul(Amount::int(100))?.div(base)?;
    let mut d = Draft::new(ValueKind::Percent, start, num.end, if negative { value.neg() } else { value });
    d.approximate = num.approximate || rough_before(t, start);
    out.push(d);
    Some(num.end)
}

/// 三分之二 and 三又四分之一 after the numeral `num`.
fn fraction(t: &Chars<'_>, num: &Num) -> Option<(Amount, usize)> {
    if let Some(after) = of_parts(t, num.end) {
        let top = signed(t, after)?;
        return Some((top.value.div(num.value)?, top.end));
    }
    let k = t.past_space(num.end);
    if t.c(k) != '又' {
        return None;
    }
    let from = t.past_space(k + 1);
    if let Some(d) = scan::digits(t, from, false)
        && let Some((part, end)) = scan::slash_fraction(t, from, &d)
    {
        return Some((num.value.add(part)?, end));
    }
    let Read::Num(den) = numeral(t, from) else { return None };
    let top = signed(t, of_parts(t, den.end)?)?;
    Some((num.value.add(top.value.div(den.value)?)?, top.end))
}

/// `word` at `i` with spaces allowed between its characters: its end.
fn spaced(t: &Chars<'_>, i: usize, word: &str) -> Option<usize> {
    let mut j = i;
    for c in word.chars() {
        j = t.past_space(j);
        if t.c(j) != c {
            return None;
        }
        j += 1;
    }
    Some(j)
}

/// What the words around a number make of it; pushes it and returns where to read on.
fn context(
    t: &Chars<'_>,
    start: usize,
    at: usize,
    mut num: Num,
    money: Option<(Unit, usize)>,
    out: &mut Out<'_, '_>,
) -> usize {
    let end = num.end;
    let k = t.past_space(end);
    let c = t.c(k);
    let lone = !num.arabic && num.tokens == 1;
    let one = lone && matches!(t.c(at), '一' | '壹');
    let int = num.value.as_int();
    let put = |out: &mut Out<'_, '_>,
               num: &Num,
               kind: ValueKind,
               value: Amount,
               unit: Option<Unit>,
               stop: usize,
               weak: bool| {
        let mut d = Draft::new(kind, start, stop, value);
        d.unit = unit;
        d.weak = weak || num.vague;
        d.approximate =
            num.approximate || t.any(stop, &["左右", "上下", "多"]).is_some() && kind != ValueKind::Year;
        d.scale = num.scale;
        out.push(d);
        stop
    };
    if let Some((unit, from)) = money {
        let mut d = Draft::new(ValueKind::Money, from, end, num.value);
        d.unit = Some(unit);
        d.approximate = num.approximate;
        d.scale = num.scale;
        out.push(d);
        return t.any(k, &["元人民币", "人民币", "美元", "元"]).unwrap_or(end);
    }
    // 十六进制 is the name of a notation
    let notation = !num.arabic && t.is(k, "进制");
    if notation || idiom(t, start, at, &num) {
        return end;
    }
    match c {
        '%' => return put(out, &num, ValueKind::Percent, num.value, None, k + 1, false),
        '‰' => {
            let v = num.value.div(Amount::int(10)).unwrap_or(num.value);
            return put(out, &num, ValueKind::Percent, v, None, k + 1, false);
        }
        _ => {}
    }
    if let Some(stop) = spaced(t, end, "个百分点").or_else(|| spaced(t, end, "百分点")) {
        return put(out, &num, ValueKind::Percent, num.value, None, stop, false);
    }
    if let Some(read_on) = tenths(t, k, &num, start, out) {
        return read_on;
    }
    if let Some(read_on) = date(t, start, at, &num, k, out) {
        return read_on;
    }
    if c == '倍' {
        let half = t.c(k + 1) == '半';
        let v = if half { plus_half(num.value) } else { num.value };
        return put(out, &num, ValueKind::Multiple, v, None, k + 1 + usize::from(half), one);
    }
    if c == '两' && !lone && t.c(k + 1) != '个' && k == end {
        return put(out, &num, ValueKind::Number, num.value, Some(Unit("liang")), k + 1, false);
    }
    if t.is(at, "一半") && lone {
        out.push(
            Draft::new(ValueKind::Fraction, at, at + 2, Amount::ratio(1, 2).unwrap_or(Amount::ONE))
                .weak(true),
        );
        return at + 2;
    }
    if c == '打'
        && (!is_cjk(t.c(k + 1)) || matches!(t.c(k + 1), '鸡' | '啤' | '铅'))
        && !one | (t.c(k + 1) == '\0')
    {
        let v = num.value.mul(Amount::int(12)).unwrap_or(num.value);
        return put(out, &num, ValueKind::Number, v, None, k + 1, false);
    }
    // Money and measures; 个 may stand before a span of time.
    let (k2, of_time) = if c == '个' {
        let j = k + 1;
        let j = if t.c(j) == '多' { j + 1 } else { j };
        (j, true)
    } else {
        (k, false)
    };
    if of_time
        && t.c(k2) == '半'
        && let Some((unit, stop)) = time_unit(t, k2 + 1)
    {
        return put(out, &num, ValueKind::Number, plus_half(num.value), Some(unit), stop, false);
    }
    if of_time && let Some((unit, stop)) = time_unit(t, k2) {
        num.approximate |= k2 > k + 1;
        return put(out, &num, ValueKind::Number, num.value, Some(unit), stop, one);
    }
    if !of_time && !one_of_words(t, at, k, lone) {
        if let Some((unit, stop)) = units::named(t, k, ZH_MONEY)
            && !(t.c(k) == '元'
                && matches!(
                    t.c(stop),
                    '素' | '件' | '年' | '旦' | '首' | '老' | '帅' | '朝' | '化' | '论' | '组' | '宇'
                )
                && lone)
        {
            return put(out, &num, ValueKind::Money, num.value, Some(unit), stop, one);
        }
        if let Some((power, unit, stop)) = units::zh_prefixed(t, k)
            && let Some(v) = Amount::ten_to(power).and_then(|f| num.value.mul(f))
        {
            return put(out, &num, ValueKind::Number, v, Some(unit), stop, false);
        }
        if let Some((unit, stop)) = units::named(t, k, ZH_MEASURES)
            && !(t.c(k) == '周' && t.c(k + 1) == '年')
            && !(t.c(k) == '升' && matches!(t.c(stop), '级' | '至' | '到' | '高' | '起' | '为' | '温'))
            && !(matches!(t.c(k), '克' | '米' | '天' | '周' | '秒')
                && stop == k + 1
                && lone
                && matches!(t.c(stop), '拉' | '粉' | '饭' | '然' | '下' | '空' | '边' | '围' | '杀' | '隆'))
        {
            let half = t.c(stop) == '半' && !matches!(t.c(stop + 1), '年' | '个' | '天' | '夜');
            let v = if half { plus_half(num.value) } else { num.value };
            return put(out, &num, ValueKind::Number, v, Some(unit), stop + usize::from(half), one && !half);
        }
    }
    if num.arabic
        && let Some((unit, factor, stop)) = units::sign(t, k)
        && (k == end || stop > k + 1 || matches!(t.c(k), 'm' | 'g' | 'L' | 'V' | 'W' | 't'))
        && let Some(v) = num.value.mul(factor)
    {
        return put(out, &num, ValueKind::Number, v, Some(unit), stop, false);
    }
    if num.arabic && t.c(end).is_ascii_alphabetic() {
        let stop = scan::word(t, end).skip;
        // 3x, 2X
        if matches!(t.c(end), 'x' | 'X') && stop == end + 1 && !matches!(t.before(at), '-' | '/') {
            return put(out, &num, ValueKind::Multiple, num.value, None, stop, false);
        }
        // 1st, 5th
        if matches!(&t.src[t.span(end, stop).range()], "st" | "nd" | "rd" | "th") {
            return put(out, &num, ValueKind::Ordinal, num.value, None, stop, false);
        }
        // 5G, 3D, 2FA: names.
        return stop;
    }
    if num.arabic && matches!(t.c(end), '-') && t.c(end + 1).is_ascii_alphabetic() {
        return put(out, &num, ValueKind::Number, num.value, None, end, false);
    }
    if t.is(k, "国集团") || t.is(k, "国峰会") {
        return k + 3;
    }
    let weak = if one {
        let listed = at_start(t, at) && list_mark(t, k) || enclosed(t, at, end);
        if listed {
            return put(out, &num, ValueKind::Ordinal, num.value, None, end, true);
        }
        if !AFTER_ONE.contains(c) || c == '\0' || one_of_words(t, at, k, lone) {
            return if c == '是' && t.before(at) != '之' && list_word(t, at) {
                put(out, &num, ValueKind::Ordinal, num.value, None, end, true)
            } else {
                end
            };
        }
        true
    } else if lone {
        if enclosed(t, at, end) || (at_start(t, at) && list_mark(t, k)) {
            return put(out, &num, ValueKind::Ordinal, num.value, None, end, true);
        }
        if c == '是' && list_word(t, at) {
            return put(out, &num, ValueKind::Ordinal, num.value, None, end, true);
        }
        if int == Some(0) && is_cjk(c) && !num.arabic {
            return end;
        }
        let formal = matches!(t.c(at), '肆' | '伍' | '陆' | '柒' | '捌' | '玖' | '拾');
        if formal || one_of_words(t, at, k, lone) {
            return end;
        }
        let pair = matches!(t.c(at), '两' | '俩');
        // 这两个, 前后两次: said again of what is known, and often left out.
        let known = t.any_before(at, &["这", "那", "前后", "该", "此"]);
        if known {
            true
        } else if pair && is_cjk(c) {
            "国岸者院会军党口侧边旁端极性手眼腿人方面头地".contains(c)
        } else {
            !CLASSIFIERS.contains(c) || c == '\0' || t.c(at) == '二' || c == '则'
        }
    } else {
        // 二〇二一 by itself, 九一八: digits one by one need a word to be a number.
        !num.arabic && num.run > 0
    };
    if !num.arabic && num.run == 2 && !matches!(c, '年' | '折') {
        return end;
    }
    put(out, &num, ValueKind::Number, num.value, None, end, weak)
}

fn plus_half(v: Amount) -> Amount {
    Amount::ratio(1, 2).and_then(|h| v.add(h)).unwrap_or(v)
}

/// A span of time after 个: 月, 小时, 星期, 季度, 世纪.
fn time_unit(t: &Chars<'_>, i: usize) -> Option<(Unit, usize)> {
    if t.c(i) == '月' {
        return Some((Unit("month"), i + 1));
    }
    units::named(t, i, ZH_MEASURES)
        .filter(|(u, _)| matches!(u.as_str(), "hour" | "week" | "century" | "quarter" | "term"))
}

/// 成 and 折, as percentages.
fn tenths(t: &Chars<'_>, k: usize, num: &Num, start: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let next = t.c(k + 1);
    let ten = Amount::int(10);
    let value = match t.c(k) {
        '成' => {
            let word = matches!(
                next,
                '员' | '功'
                    | '都'
                    | '立'
                    | '果'
                    | '本'
                    | '长'
                    | '人'
                    | '年'
                    | '分'
                    | '就'
                    | '绩'
                    | '色'
                    | '品'
                    | '型'
                    | '像'
                    | '交'
                    | '千'
                    | '群'
                    | '语'
                    | '套'
                    | '体'
                    | '因'
                    | '了'
                    | '名'
                    | '份'
            );
            if word || num.value > ten || num.run > 1 && !num.arabic || num.value.is_negative() {
                return None;
            }
            let v = num.value.mul(ten)?;
            if next == '半' {
                out.push(Draft::new(ValueKind::Percent, start, k + 2, v.add(Amount::int(5))?));
                return Some(k + 2);
            }
            v
        }
        '折' => {
            if matches!(
                next,
                '叠' | '腾' | '断' | '磨' | '射' | '回' | '返' | '中' | '线' | '页' | '纸' | '子'
            ) {
                return None;
            }
            if num.run == 2 {
                num.value
            } else if num.value < ten {
                num.value.mul(ten)?
            } else {
                return Some(k + 1);
            }
        }
        _ => return None,
    };
    let mut d = Draft::new(ValueKind::Percent, start, k + 1, value);
    d.approximate = num.approximate || next == '多';
    // 七成热, 八成熟: how cooks say hot and done
    d.weak = t.c(k) == '成' && matches!(next, '热' | '熟');
    out.push(d);
    Some(k + 1)
}

/// Parts of dates and times, and spans of years.
fn date(t: &Chars<'_>, start: usize, at: usize, num: &Num, k: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let n = num.value.as_int();
    let value = num.value;
    let lone_one = !num.arabic && num.tokens == 1 && t.c(at) == '一';
    let follows = out.last_end() == start && !out.values.is_empty();
    let last_kind =
        out.values.last().map(|v| v.kind).filter(|_| follows || t.past_space(out.last_end()) == start);
    let mut put = |kind: ValueKind, value: Amount, unit: Option<&'static str>, stop: usize, weak: bool| {
        let mut d = Draft::new(kind, start, stop, value);
        d.unit = unit.map(Unit);
        d.weak = weak || num.vague;
        d.approximate = num.approximate || unit.is_some() && t.c(stop) == '多';
        out.push(d);
        Some(stop)
    };
    match t.c(k) {
        '世' if t.is(k, "世纪") => {
            // 20世纪90年代 is one decade.
            let from = t.past_space(k + 2);
            if let (Some(century), Read::Num(ten)) = (n, numeral(t, from))
                && let (Some(stop), Some(y)) = (t.any(t.past_space(ten.end), &["年代"]), ten.value.as_int())
                && (0..100).contains(&y)
                && (1..30).contains(&century)
            {
                return put(ValueKind::Decade, Amount::int((century - 1) * 100 + y), None, stop, false);
            }
            put(ValueKind::Century, value, None, k + 2, false)
        }
        '年' => {
            if t.is(k, "年代") {
                return put(ValueKind::Decade, value, None, k + 2, false);
            }
            if t.is(k, "年级") {
                return put(ValueKind::Ordinal, value, None, k + 2, false);
            }
            if t.c(k + 1) == '轻' || (lone_one && t.any(k + 1, &["一度", "到头", "之计"]).is_some()) {
                return None;
            }
            let n = n?;
            let month_follows = match numeral(t, t.past_space(k + 1)) {
                Read::Num(m) => t.c(t.past_space(m.end)) == '月',
                _ => false,
            };
            let spelled = num.run >= 2 && !num.arabic;
            if t.any_before(start, &["民国", "中华民国"]) {
                return put(ValueKind::Year, Amount::int(1911 + n), None, k + 1, true);
            }
            let year = if num.run == 4 && (1000..2200).contains(&n) || spelled && num.run == 3 {
                Some(n)
            } else if num.run == 2
                && (spelled || month_follows || t.c(at) == '0' || matches!(t.before(at), '\'' | '’' | '‘'))
            {
                Some(if n >= 30 { 1900 + n } else { 2000 + n })
            } else {
                None
            };
            if let Some(y) = year {
                return put(ValueKind::Year, Amount::int(y), None, k + 1, false);
            }
            let half = t.c(k + 1) == '半';
            let v = if half { plus_half(value) } else { value };
            put(ValueKind::Number, v, Some("year"), k + 1 + usize::from(half), lone_one && !half)
        }
        '月' if n.is_some_and(|n| (1..=12).contains(&n))
            && !matches!(t.c(k + 1), '球' | '亮' | '饼' | '色') =>
        {
            put(ValueKind::Month, value, None, if t.c(k + 1) == '份' { k + 2 } else { k + 1 }, false)
        }
        '日' if n.is_some_and(|n| (1..=31).contains(&n))
            && !t.is(k, "日元")
            && !matches!(t.c(k + 1), '本' | '益' | '常') =>
        {
            put(ValueKind::Day, value, None, k + 1, lone_one)
        }
        '号' if n.is_some_and(|n| (1..=31).contains(&n)) && last_kind == Some(ValueKind::Month) => {
            put(ValueKind::Day, value, None, k + 1, false)
        }
        '季' if t.is(k, "季度") && n.is_some_and(|n| (1..=4).contains(&n)) => {
            put(ValueKind::Quarter, value, None, k + 2, false)
        }
        '点' | '时' => clock(t, start, num, k, last_kind, out),
        '分' if last_kind == Some(ValueKind::Hour)
            && n.is_some_and(|n| (0..60).contains(&n))
            && t.c(k + 1) != '钟' =>
        {
            put(ValueKind::Minute, value, None, k + 1, false)
        }
        '秒' if last_kind == Some(ValueKind::Minute) => put(ValueKind::Second, value, None, k + 1, false),
        '刻' if last_kind == Some(ValueKind::Hour) && n.is_some_and(|n| (1..=3).contains(&n)) => {
            put(ValueKind::Minute, Amount::int(15 * n?), None, k + 1, false)
        }
        _ => None,
    }
}

/// 下午三点半, 20时30分; 三点 alone is three points.
fn clock(
    t: &Chars<'_>,
    start: usize,
    num: &Num,
    k: usize,
    last: Option<ValueKind>,
    out: &mut Out<'_, '_>,
) -> Option<usize> {
    let hour = num.value.as_int().filter(|h| (0..=24).contains(h))?;
    // 早一点, 晚一点: a little.
    let single = t.c(start) == '一'
        && num.tokens == 1
        && matches!(t.before(start), '早' | '晚')
        && t.any(k + 1, &["钟", "整", "半"]).is_none();
    if single {
        return None;
    }
    let told = t.any_before(
        t.before_space(start),
        &[
            "上午", "下午", "晚上", "早上", "凌晨", "中午", "傍晚", "清晨", "午夜", "深夜", "早晨", "今晚",
            "当晚", "时间", "晚", "早", "夜里", "半夜", "每天",
        ],
    ) || matches!(last, Some(ValueKind::Day | ValueKind::Weekday));
    let minutes = match numeral(t, k + 1) {
        Read::Num(m) => matches!(t.c(m.end), '分' | '刻') && t.c(m.end + 1) != '之',
        _ => false,
    };
    let tail = t.any(k + 1, &["钟", "整", "半", "许", "左右"]).is_some();
    let is_time = if t.c(k) == '时' {
        !matches!(t.c(k + 1), '间' | '候' | '代' | '期' | '光' | '刻' | '空' | '而' | '常' | '速' | '髦')
            && (told || minutes || tail || num.arabic)
    } else {
        told || minutes || tail
    };
    if !is_time {
        return None;
    }
    let stop = if t.c(k + 1) == '钟' { k + 2 } else { k + 1 };
    out.push(Draft::new(ValueKind::Hour, start, stop, Amount::int(hour)));
    if t.c(stop) == '半' {
        out.push(Draft::new(ValueKind::Minute, stop, stop + 1, Amount::int(30)));
        return Some(stop + 1);
    }
    Some(stop)
}

/// Characters before a lone 一 with which it makes a word.
const BEFORE_ONE: &str = "统万唯专单同之逐划归合惟不如非第初百进某任这那该哪每上下其整始者";

/// Whether a lone digit belongs to a word and is no number there.
fn one_of_words(t: &Chars<'_>, at: usize, k: usize, lone: bool) -> bool {
    if !lone || k != at + 1 {
        return false;
    }
    let c = t.c(at);
    if c == '一' {
        const WORDS: &[&str] = &[
            "一些",
            "一样",
            "一点",
            "一直",
            "一边",
            "一面",
            "一时",
            "一般",
            "一旦",
            "一度",
            "一同",
            "一起",
            "一方面",
            "一部分",
            "一系列",
            "一会",
            "一刻",
            "一向",
            "一线",
            "一代",
            "一带",
            "一流",
            "一律",
            "一致",
            "一体",
            "一番",
            "一道",
            "一块",
            "一头",
            "一手",
            "一言",
            "一大",
            "一级",
            "一类",
            "一把手",
            "一家人",
            "一把",
            "一片",
            "一股",
            "一群",
            "一对",
            "一声",
            "一句话",
            "一年四季",
            "一步步",
            "一层层",
            "一个个",
            "一次次",
            "一次性",
            "一本正经",
            "一门心思",
            "一天到晚",
            "一场空",
            "一字",
            "一笔勾销",
            "一杯羹",
            "一名不文",
            "一人",
            "一周边",
        ];
        return BEFORE_ONE.contains(t.before(at)) && at > 0 || t.any(at, WORDS).is_some();
    }
    const WORDS: &[&str] = &[
        "四川",
        "三明治",
        "三亚",
        "三明市",
        "三星手",
        "三星电",
        "三星堆",
        "三星公",
        "三星集",
        "三峡",
        "三角",
        "三藏",
        "三维",
        "三轮车",
        "三脚",
        "三文鱼",
        "三丰",
        "五台山",
        "五粮",
        "五金",
        "五官",
        "五脏",
        "五谷",
        "五香",
        "五彩",
        "五角大楼",
        "六安",
        "七夕",
        "七彩",
        "八卦",
        "八达",
        "八宝",
        "九江",
        "九龙",
        "九寨",
        "九州",
        "九泉",
        "十字",
        "十足",
        "十分",
        "十全",
        "十堰",
        "十有",
        "二手",
        "二维",
        "二氧",
        "三氧",
        "二胡",
        "二元",
        "三元",
        "二次开发",
        "二次元",
        "二话",
        "两口子",
        "四季",
        "四周",
        "四处",
        "四方",
        "四面",
        "四肢",
        "四合院",
        "三思",
        "八成是",
        "九霄",
        "五星",
        "五行",
        "三重奏",
        "三国",
        "六神",
        "千里",
        "百度",
        "两口",
        "两性",
        "三角形",
    ];
    if c == '十' && t.is(at, "十分") {
        return !matches!(t.c(at + 2), '钟' | '之');
    }
    t.any(at, WORDS).is_some()
        || (matches!(t.before(at), '张' | '李' | '王' | '再' | '不')
            && matches!(
                (t.before(at), c),
                ('张', '三') | ('李', '四') | ('王', '五') | ('再', '三') | ('不', '三')
            ))
}

/// Whether a digit and its neighbours are a four-character saying: 三番五次, 四面八方, 一心一意.
fn idiom(t: &Chars<'_>, start: usize, at: usize, num: &Num) -> bool {
    if t.is(at, "十万八千里") {
        return true;
    }
    if num.arabic || num.tokens != 1 || start != at {
        return false;
    }
    let lone = |i: usize| {
        is_numeral(t.c(i)) && t.c(i) != '零' && !is_numeral(t.c(i + 1)) && (i == 0 || !is_numeral(t.c(i - 1)))
    };
    let plain = |i: usize| {
        is_cjk(t.c(i))
            && !is_numeral(t.c(i))
            && !matches!(
                t.c(i),
                '年' | '月'
                    | '日'
                    | '点'
                    | '分'
                    | '个'
                    | '项'
                    | '次'
                    | '是'
                    | '条'
                    | '类'
                    | '种'
                    | '名'
                    | '人'
                    | '岁'
                    | '元'
                    | '倍'
                    | '成'
                    | '万'
                    | '级'
                    | '至'
                    | '到'
                    | '和'
                    | '与'
                    | '或'
                    | '比'
                    | '不'
                    | '那'
                    | '这'
                    | '又'
                    | '票'
                    | '第'
                    | '局'
            )
    };
    let pattern = |i: usize| lone(i) && plain(i + 1) && lone(i + 2) && plain(i + 3);
    let known = |i: usize| {
        t.is(i, "十有八九")
            || t.is(i, "十有九")
            || t.is(i, "三番五次")
            || t.is(i, "三年五载")
            || t.is(i, "一年半载")
            || t.is(i, "一国两制")
    };
    let here = |i: usize| known(i) || pattern(i) && !t.is(i, "一国两");
    here(at) && !t.is(at, "一国两制") || at >= 2 && here(at - 2) && !t.is(at - 2, "一国两制")
}

/// Whether the place is the first of its line.
fn at_start(t: &Chars<'_>, i: usize) -> bool {
    let j = t.before_space(i);
    j == 0 || t.c(j - 1) == '\n' || matches!(t.before(j), '#' | '*')
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

/// 半: half of something that is named after it.
fn half(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let half = Amount::ratio(1, 2).unwrap_or(Amount::ONE);
    let mut put = |kind: ValueKind, value: Amount, unit: Option<Unit>, stop: usize| {
        let mut d = Draft::new(kind, i, stop, value).weak(kind != ValueKind::Percent);
        d.unit = unit;
        out.push(d);
        stop
    };
    if let Some(stop) = t.any(i, &["半成"]).filter(|&s| !matches!(t.c(s), '品' | '熟')) {
        return put(ValueKind::Percent, Amount::int(5), None, stop);
    }
    if t.is(i, "半百") && !t.is(i, "半百分") {
        return put(ValueKind::Number, Amount::int(50), None, i + 2);
    }
    if t.is(i, "半数") || matches!(t.before(i), '过' | '近') && !t.is(i, "半年") && !t.is(i, "半个") {
        return put(ValueKind::Fraction, half, None, i + 1);
    }
    if matches!(t.before(i), '大' | '多' | '夜' | '前' | '后' | '上' | '下' | '过') {
        return i + 1;
    }
    for (word, unit) in [
        ("半年", "year"),
        ("半个月", "month"),
        ("半小时", "hour"),
        ("半个小时", "hour"),
        ("半天", "day"),
        ("半个世纪", "century"),
    ] {
        if t.is(i, word) {
            return put(ValueKind::Number, half, Some(Unit(unit)), i + word.chars().count());
        }
    }
    i + 1
}

/// 百, 千, 万 with nothing before them: 百余人 is a rough hundred; 千万 and 百姓 are words.
fn bare_magnitude(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
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
        && (CLASSIFIERS.contains(t.c(end + 1)) && t.c(end + 1) != '\0')
        && !t.is(i, "万余") | (t.before(i) != '十')
    {
        let mut d = Draft::new(ValueKind::Number, i, end, value).weak(true);
        d.approximate = true;
        out.push(d);
        return end + 1;
    }
    if t.is(i, "百万") && end == i + 2 {
        out.push(Draft::new(ValueKind::Number, i, end, value).weak(true));
    }
    end.max(i + 1)
}

/// 上半年, 下半年; 上千 and 上百万 are no number.
fn half_year_or_vague(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    if t.is(i + 1, "半年") {
        let n = if t.c(i) == '上' { 1 } else { 2 };
        out.push(Draft::new(ValueKind::HalfYear, i, i + 3, Amount::int(n)));
        return i + 3;
    }
    if t.c(i) == '上' { vague(t, i) } else { i + 1 }
}

/// 数十, 几百万, 成千上万: passes over the magnitudes.
fn vague(t: &Chars<'_>, i: usize) -> usize {
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
    j
}

/// 周三, 星期日, 礼拜天.
fn weekday(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let Some(at) = t.any(i, &["周", "星期", "礼拜"]) else { return i + 1 };
    let day = match t.c(at) {
        '日' | '天' => 7,
        '末' => return at,
        c => match digit(c) {
            Some(d @ 1..=6) if !matches!(c, '两' | '俩' | '仨') => d,
            _ => return at,
        },
    };
    let next = t.c(at + 1);
    let short = at == i + 1;
    let counted = (short && day < 7 && CLASSIFIERS.contains(next) && !matches!(next, '时' | '日')
        || is_numeral(next)
        || matches!(next, '周' | '年'))
        && next != '\0';
    if counted
        || short
            && (day == 7 && (t.c(at) == '天' || next == '期')
                || matches!(t.before(i), '一' | '四' | '圆' | '众'))
    {
        return at;
    }
    out.push(Draft::new(ValueKind::Weekday, i, at + 1, Amount::int(day)));
    at + 1
}

/// 首次, 首届: a first that a translation may say in many ways.
fn head(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let after = if t.c(i + 1) == '都' { '\0' } else { t.c(i + 1) };
    if matches!(
        after,
        '次' | '个' | '届' | '批' | '位' | '家' | '轮' | '部' | '条' | '例' | '款' | '名' | '份' | '场'
    ) && t.before(i) != '元'
    {
        out.push(Draft::new(ValueKind::Ordinal, i, i + 1, Amount::ONE).weak(true));
    }
    i + 1
}

/// 其一, 其二.
fn member(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    if let Some(d) = digit(t.c(i + 1)).filter(|&d| d > 0)
        && matches!(t.c(i + 2), '，' | ',' | '、' | '：' | ':')
    {
        out.push(Draft::new(ValueKind::Ordinal, i, i + 2, Amount::int(d)).weak(true));
        return i + 2;
    }
    i + 1
}

/// 公元前221年.
fn before_christ(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let Some(from) = t.any(i, &["公元前"]) else { return i + 1 };
    let Read::Num(n) = numeral(t, t.past_space(from)) else { return from };
    let k = t.past_space(n.end);
    match t.c(k) {
        '年' => {
            out.push(Draft::new(ValueKind::Year, i, k + 1, n.value.neg()));
            k + 1
        }
        '世' => {
            out.push(Draft::new(ValueKind::Century, i, k + 2, n.value));
            k + 2
        }
        _ => from,
    }
}

/// 翻番, 翻两番.
fn doubled(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let (times, end) = match (t.c(i + 1), t.c(i + 2)) {
        ('番', _) => (1, i + 2),
        (c, '番') => match digit(c) {
            Some(d) => (d, i + 3),
            None => return i + 1,
        },
        _ => return i + 1,
    };
    let value = (1..=times).fold(1_i64, |v, _| v * 2);
    out.push(Draft::new(ValueKind::Multiple, i, end, Amount::int(value)).weak(true));
    end
}

/// 第三, 第 21 届, 第三季度, 第Ⅱ.
fn ordinal(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let at = t.past_space(i + 1);
    if let Some(n) = rank_mark(t.c(at)) {
        out.push(Draft::new(ValueKind::Ordinal, i, at + 1, Amount::int(n)));
        return at + 1;
    }
    if t.c(at).is_ascii_uppercase() {
        let w = scan::word(t, at);
        if let Some(n) = scan::roman(&t.src[t.span(at, w.end).range()]) {
            out.push(Draft::new(ValueKind::Ordinal, i, w.end, Amount::int(n)));
            return w.end;
        }
        return w.skip;
    }
    if let Some(end) = scan::chain(t, at, out) {
        return end;
    }
    let num = match numeral(t, at) {
        Read::Num(n) => n,
        // 第三四: two ranks.
        Read::Either(a, b, mid, end) if end == mid + 1 => {
            out.push(Draft::new(ValueKind::Ordinal, i, mid, a));
            out.push(Draft::new(ValueKind::Ordinal, mid, end, b));
            return end;
        }
        Read::Either(.., end) | Read::Skip(end) => return end,
        Read::No => return i + 1,
    };
    let k = t.past_space(num.end);
    if t.is(k, "季度") && num.value <= Amount::int(4) {
        out.push(Draft::new(ValueKind::Quarter, i, k + 2, num.value));
        return k + 2;
    }
    let weak = match num.value.as_int() {
        Some(1) => t.any(k, &["时间", "手", "线", "夫人", "人称", "反应", "印象", "眼"]).is_some(),
        Some(2) => t.any(k, &["天", "年", "日", "性"]).is_some(),
        _ => false,
    };
    out.push(Draft::new(ValueKind::Ordinal, i, num.end, num.value).weak(weak));
    num.end
}

/// A sign of currency before a number.
fn currency(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let mut from = i;
    while from > 0 && i - from < 3 && t.c(from - 1).is_ascii_uppercase() {
        from -= 1;
    }
    let n = t.past_space(i + 1);
    match units::currency_sign(t.c(i), &t.src[t.span(from, i).range()]) {
        Some(unit) if t.c(n).is_ascii_digit() => number(t, n, Some((unit, from)), out),
        _ => i + 1,
    }
}

/// Latin words inside Chinese: codes of currencies, Q3, v3.0, names with digits.
fn latin(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let w = scan::word(t, i);
    let word = &t.src[t.span(i, w.end).range()];
    if w.has_digit {
        return scan::digit_word(t, i, &w, word, out);
    }
    let n = t.past_space(w.end);
    if t.c(n).is_ascii_digit()
        && let Some(unit) = units::currency_code(word).filter(|_| word.len() == 3)
    {
        return number(t, n, Some((unit, i)), out);
    }
    if let Some(stop) = scan::past_standard(t, word, w.end) {
        return stop;
    }
    w.skip
}

/// ½, Ⅱ and ①.
fn mark(t: &Chars<'_>, i: usize, c: char, out: &mut Out<'_, '_>) -> usize {
    if matches!(c, '¼'..='¾' | '⅐'..='⅞')
        && let Some(v) = vulgar(c)
    {
        out.push(Draft::new(ValueKind::Fraction, i, i + 1, v));
    } else if matches!(c, 'Ⅰ'..='ⅻ' | '①'..='⒇' | '㈠'..='㈩')
        && let Some(n) = rank_mark(c)
    {
        // Ⅱ级 says which; alone it may number what follows
        let rank =
            matches!(c, 'Ⅰ'..='ⅻ') && matches!(t.c(i + 1), '级' | '类' | '型' | '期' | '度' | '等' | '代');
        out.push(Draft::new(ValueKind::Ordinal, i, i + 1, Amount::int(n)).weak(!rank));
    }
    i + 1
}
