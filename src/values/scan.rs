//! What every language shares: normalised characters, Arabic digits, names with digits in them.

use super::{Amount, Unit, Value, ValueKind};
use crate::text::Span;

/// A text as normalised characters (half-width, simplified where numerals need it) with their byte offsets.
pub(super) struct Chars<'t> {
    pub(super) src: &'t str,
    chars: Vec<char>,
    at: Vec<usize>,
}

impl<'t> Chars<'t> {
    pub(super) fn new(src: &'t str) -> Self {
        let mut chars = Vec::with_capacity(src.len() / 2);
        let mut at = Vec::with_capacity(src.len() / 2);
        for (offset, c) in src.char_indices() {
            chars.push(if c.is_ascii() { c } else { normal(c) });
            at.push(offset);
        }
        Chars { src, chars, at }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The normalised character at `i`; NUL beyond the end.
    pub(super) fn c(&self, i: usize) -> char {
        self.chars.get(i).copied().unwrap_or('\0')
    }

    /// The character before `i`; NUL at the start.
    pub(super) fn before(&self, i: usize) -> char {
        if i == 0 { '\0' } else { self.c(i - 1) }
    }

    pub(super) fn offset(&self, i: usize) -> usize {
        self.at.get(i).copied().unwrap_or(self.src.len())
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.offset(start), self.offset(end))
    }

    /// Whether the characters from `i` on are `word`.
    pub(super) fn is(&self, i: usize, word: &str) -> bool {
        word.chars().zip(i..).all(|(c, j)| self.c(j) == c)
    }

    /// The first of `words` that stands at `i`, and where it ends.
    pub(super) fn any(&self, i: usize, words: &[&str]) -> Option<usize> {
        words.iter().find(|w| self.is(i, w)).map(|w| i + w.chars().count())
    }

    /// Whether one of `words` ends just before `i`.
    pub(super) fn any_before(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|w| {
            let n = w.chars().count();
            n <= i && self.is(i - n, w)
        })
    }

    /// Past at most four spaces.
    pub(super) fn past_space(&self, i: usize) -> usize {
        let mut j = i;
        while j < i + 4 && is_space(self.c(j)) {
            j += 1;
        }
        if is_space(self.c(j)) { i } else { j }
    }

    /// Back over at most four spaces: the index after the last character that is none.
    pub(super) fn before_space(&self, i: usize) -> usize {
        let mut j = i;
        while j > 0 && i - j < 4 && is_space(self.c(j - 1)) {
            j -= 1;
        }
        j
    }

    fn full_width(&self, i: usize) -> bool {
        self.src[self.offset(i)..].chars().next().is_some_and(|c| !c.is_ascii())
    }
}

pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}')
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '~' | '−' | '‐' | '‑' | '‒' | '〜')
}

/// Half-width forms, and simplified forms of the characters that numerals, dates and units are made of.
fn normal(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '￥' => '¥',
        '﹣' | '−' => '-',
        '萬' => '万',
        '億' => '亿',
        '兩' => '两',
        '點' => '点',
        '負' => '负',
        '個' | '箇' => '个',
        '幾' => '几',
        '餘' => '余',
        '雙' => '双',
        '對' => '对',
        '陸' => '陆',
        '貳' | '贰' | '弍' => '贰',
        '叄' | '弎' => '叁',
        '倆' => '俩',
        '條' => '条',
        '張' => '张',
        '項' => '项',
        '歲' => '岁',
        '紀' => '纪',
        '級' => '级',
        '號' => '号',
        '時' => '时',
        '鐘' | '鍾' => '钟',
        '間' => '间',
        '種' => '种',
        '隻' => '只',
        '週' => '周',
        '禮' => '礼',
        '塊' => '块',
        '圓' | '圆' => '元',
        '輛' => '辆',
        '臺' | '檯' => '台',
        '層' => '层',
        '類' => '类',
        '從' => '从',
        '約' => '约',
        '屆' => '届',
        '場' => '场',
        '輪' => '轮',
        '戰' => '战',
        '國' => '国',
        '節' => '节',
        '頁' => '页',
        '門' => '门',
        '組' => '组',
        '隊' => '队',
        '顆' => '颗',
        '頭' => '头',
        '畝' => '亩',
        '頃' => '顷',
        '噸' => '吨',
        '釐' => '厘',
        '歐' => '欧',
        '鎊' => '镑',
        '韓' => '韩',
        '盧' => '卢',
        '幣' => '币',
        '錢' => '钱',
        '過' => '过',
        '達' => '达',
        _ => c,
    }
}

/// Arabic digits as read at one place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Digits {
    /// `None` when there are more than 30 digits: an identifier.
    pub(super) amount: Option<Amount>,
    pub(super) end: usize,
    /// How many digits, when it is nothing but digits; else 0.
    pub(super) plain: usize,
}

/// Reads the Arabic number that begins at `i`: separators, decimals, exponents and powers, without sign.
pub(super) fn digits(t: &Chars<'_>, i: usize, decimal_comma: bool) -> Option<Digits> {
    let run = |from: usize| {
        let mut j = from;
        while t.c(j).is_ascii_digit() {
            j += 1;
        }
        j
    };
    let mut whole: Vec<(usize, usize)> = Vec::new();
    let mut end = i;
    let mut decimals = None;
    if t.c(i) == '.' {
        if !t.c(i + 1).is_ascii_digit()
            || t.before(i).is_ascii_digit()
            || t.before(i) == '.'
            || t.before(i).is_alphabetic()
        {
            return None;
        }
    } else {
        end = run(i);
        if end == i {
            return None;
        }
        whole.push((i, end));
    }
    let first = end - i;
    let chained = i >= 2 && matches!(t.before(i), '.' | ',') && t.c(i - 2).is_ascii_digit();
    if first > 0
        && !chained
        && let Some(groups) = grouped(t, i, end, decimal_comma)
    {
        end = groups.last().map_or(end, |g| g.1);
        whole.extend(groups);
    }
    let grouped_by = if whole.len() > 1 { t.c(i + first) } else { '\0' };
    // Decimals: a point, or a comma where the language or the grouping says so.
    let point = t.c(end);
    let comma_decimal = decimal_comma || grouped_by == '.';
    let ok = match point {
        '.' => !decimal_comma || grouped_by == ',' || whole.len() == 1,
        ',' if comma_decimal => true,
        ',' => {
            // 1,3 by itself; (1,3) and 1,3,5 are lists.
            let n = run(end + 1) - end - 1;
            (1..=2).contains(&n)
                && first <= 3
                && whole.len() == 1
                && !matches!(t.before(i), '(' | '[' | '{' | '^' | ',')
                && !t.full_width(end)
        }
        _ => false,
    };
    if ok && !chained && t.c(end + 1).is_ascii_digit() {
        let stop = run(end + 1);
        let again = matches!(t.c(stop), '.' | ',') && t.c(stop + 1).is_ascii_digit();
        let split = match t.c(stop) {
            c if c == point => again,
            // 1,3,5 and 1.5,2.5
            ',' if point == ',' => again,
            _ => false,
        };
        if !split {
            decimals = Some((end + 1, stop));
            end = stop;
        }
    }
    if first == 0 && decimals.is_none() {
        return None;
    }
    let plain = if whole.len() == 1 && decimals.is_none() { first } else { 0 };
    let mut count = 0;
    let mut mantissa: i128 = 0;
    let mut places = 0;
    for (k, &(from, to)) in whole.iter().chain(decimals.iter()).enumerate() {
        for j in from..to {
            count += 1;
            if count <= 30 {
                mantissa = mantissa * 10 + i128::from(t.c(j).to_digit(10).unwrap_or(0));
            }
            if k >= whole.len() {
                places += 1;
            }
        }
    }
    if count > 30 {
        return Some(Digits { amount: None, end, plain: 0 });
    }
    let mut amount = Amount::ten_to(places).and_then(|d| Amount::ratio(mantissa, 1)?.div(d));
    let mut plain = plain;
    if let Some((scaled, stop)) = amount.and_then(|a| exponent(t, end, a)) {
        (amount, end, plain) = (Some(scaled), stop, 0);
    }
    Some(Digits { amount, end, plain })
}

/// The groups of digits after the first, when the digits are set in groups: 1,234,567 or 12,34,567 or 1 234 567.
fn grouped(t: &Chars<'_>, i: usize, end: usize, decimal_comma: bool) -> Option<Vec<(usize, usize)>> {
    let sep = t.c(end);
    if end - i > 3 || t.c(i) == '0' || !t.c(end + 1).is_ascii_digit() {
        return None;
    }
    match sep {
        ',' | ' ' | '\u{202f}' | '\u{a0}' | '\u{2009}' | '.' => {}
        _ => return None,
    }
    let mut groups = Vec::new();
    let mut j = end;
    while t.c(j) == sep && groups.len() < 12 {
        let from = j + 1;
        let mut to = from;
        while t.c(to).is_ascii_digit() {
            to += 1;
        }
        if to == from || to - from > 3 || (to - from < 2 && sep == ',') {
            break;
        }
        groups.push((from, to));
        j = to;
    }
    let three = groups.iter().take_while(|g| g.1 - g.0 == 3).count();
    let all = three == groups.len();
    let indian = sep == ','
        && end - i <= 2
        && groups.len() >= 2
        && groups.split_last().is_some_and(|(l, rest)| l.1 - l.0 == 3 && rest.iter().all(|g| g.1 - g.0 == 2));
    let fits = match sep {
        // A point groups only where the language writes so, or where decimals follow a comma: 1.111,11.
        '.' => {
            all && !groups.is_empty()
                && (decimal_comma
                    || (t.c(j) == ','
                        && t.c(j + 1).is_ascii_digit()
                        && !(t.c(j + 2).is_ascii_digit() && t.c(j + 3).is_ascii_digit())))
        }
        ',' => {
            !decimal_comma
                && ((all && !groups.is_empty()) || indian)
                && !t.c(j).is_ascii_digit()
                && !(t.c(j) == ',' && t.c(j + 1).is_ascii_digit())
        }
        ' ' => {
            all && groups.len() >= 2
                && !t.c(j).is_ascii_digit()
                && !(t.c(j) == ' ' && t.c(j + 1).is_ascii_digit())
        }
        _ => all && !groups.is_empty() && !t.c(j).is_ascii_digit(),
    };
    fits.then_some(groups)
}

/// 1e5, 1.3x10^6, 1.1^23 after a number that ended at `i`.
fn exponent(t: &Chars<'_>, i: usize, base: Amount) -> Option<(Amount, usize)> {
    let signed = |from: usize| -> Option<(i32, usize)> {
        let mut j = from;
        while j < from + 3 && matches!(t.c(j), '+' | '-') {
            j += 1;
        }
        let minus = (from..j).filter(|&k| t.c(k) == '-').count() % 2 == 1;
        let mut n = 0;
        let start = j;
        while t.c(j).is_ascii_digit() && j < start + 3 {
            n = n * 10 + t.c(j).to_digit(10)? as i32;
            j += 1;
        }
        (j > start && !t.c(j).is_ascii_alphanumeric()).then_some((if minus { -n } else { n }, j))
    };
    match t.c(i) {
        'e' | 'E' => {
            let (n, end) = signed(i + 1)?;
            Some((base.mul(Amount::ten_to(n)?)?, end))
        }
        '^' => {
            let (n, end) = signed(i + 1)?;
            Some((base.pow(n)?, end))
        }
        _ => {
            let j = t.past_space(i);
            if !matches!(t.c(j), 'x' | 'X' | '×' | '*') {
                return None;
            }
            let j = t.past_space(j + 1);
            if !t.is(j, "10") {
                return None;
            }
            if t.c(j + 2) == '^' {
                let (n, end) = signed(j + 3)?;
                return Some((base.mul(Amount::ten_to(n)?)?, end));
            }
            let mut k = j + 2;
            let minus = t.c(k) == '⁻';
            k += usize::from(minus);
            let mut n = 0;
            let start = k;
            while let Some(d) = superscript(t.c(k)) {
                n = n * 10 + d;
                k += 1;
                if k > start + 2 {
                    break;
                }
            }
            (k > start).then_some(())?;
            Some((base.mul(Amount::ten_to(if minus { -n } else { n })?)?, k))
        }
    }
}

fn superscript(c: char) -> Option<i32> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|s| s == c).and_then(|p| i32::try_from(p).ok())
}

/// ½ and its like.
pub(super) fn vulgar(c: char) -> Option<Amount> {
    let (n, d) = match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅐' => (1, 7),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        _ => return None,
    };
    Amount::ratio(n, d)
}

/// Ⅱ, ⅳ and ①: the rank they stand for.
pub(super) fn rank_mark(c: char) -> Option<i64> {
    let n = match c {
        'Ⅰ'..='Ⅻ' => c as u32 - 'Ⅰ' as u32 + 1,
        'ⅰ'..='ⅻ' => c as u32 - 'ⅰ' as u32 + 1,
        '①'..='⑳' => c as u32 - '①' as u32 + 1,
        '⑴'..='⒇' => c as u32 - '⑴' as u32 + 1,
        '㈠'..='㈩' => c as u32 - '㈠' as u32 + 1,
        _ => return None,
    };
    Some(i64::from(n))
}

/// A Roman numeral of capital letters up to 89, written the regular way.
pub(super) fn roman(word: &str) -> Option<i64> {
    if word.is_empty() || word.len() > 8 {
        return None;
    }
    let mut total = 0;
    let mut rest = word;
    for (sign, n) in [("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)] {
        let mut times = 0;
        while let Some(r) = rest.strip_prefix(sign) {
            total += n;
            rest = r;
            times += 1;
            let most = if matches!(sign, "X" | "I") { 3 } else { 1 };
            if times == most {
                break;
            }
        }
    }
    (rest.is_empty() && total > 0).then_some(total)
}

/// A word of ASCII letters, digits and underscores that begins with a letter, and what hangs on it.
pub(super) struct Word {
    /// One past the letters, digits and underscores.
    pub(super) end: usize,
    pub(super) has_digit: bool,
    /// Where to read on when the word is a name or an address.
    pub(super) skip: usize,
}

/// Reads the word at `i`: `skip` passes over URLs, mail addresses and number tails (COVID-19).
pub(super) fn word(t: &Chars<'_>, i: usize) -> Word {
    let mut end = i;
    let mut has_digit = false;
    loop {
        let c = t.c(end);
        if c.is_ascii_digit() {
            has_digit = true;
        } else if !(c.is_ascii_alphabetic() || c == '_') {
            break;
        }
        end += 1;
    }
    let mut skip = end;
    let lower_www = end == i + 3
        && matches!(t.c(i), 'w' | 'W')
        && t.c(i + 1).eq_ignore_ascii_case(&'w')
        && t.c(end) == '.';
    if t.is(end, "://") || lower_www || (t.c(end) == '@' && t.c(end + 1).is_ascii_alphanumeric()) {
        while skip < t.len() && t.c(skip).is_ascii_graphic() && !matches!(t.c(skip), '<' | '>' | '"' | '`') {
            skip += 1;
        }
    } else {
        // What follows a hyphen belongs to a name when it begins with a digit: COVID-19, GPT-3.5, F-16A.
        while matches!(t.c(skip), '-' | '‑' | '‐')
            && t.c(skip + 1).is_ascii_digit()
            && !opens_range(t, i, end)
        {
            skip += 1;
            while t.c(skip).is_ascii_alphanumeric()
                || (t.c(skip) == '.' && t.c(skip + 1).is_ascii_alphanumeric())
            {
                skip += 1;
            }
        }
        if has_digit {
            while matches!(t.c(skip), '.' | '/' | ':') && t.c(skip + 1).is_ascii_digit() {
                skip += 1;
                while t.c(skip).is_ascii_alphanumeric() {
                    skip += 1;
                }
            }
        }
    }
    Word { end, has_digit, skip }
}

/// mid-1990s, pre-2000, top-10: words that a number may follow after a hyphen.
fn opens_range(t: &Chars<'_>, i: usize, end: usize) -> bool {
    let w = &t.src[t.span(i, end).range()];
    [
        "mid", "Mid", "pre", "Pre", "post", "Post", "early", "late", "top", "Top", "under", "over", "sub",
        "non", "to", "and", "or", "the", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
        "ninety",
    ]
    .contains(&w)
        || month(w).is_some()
}

/// The month that an English name or abbreviation (without its point) means; capital first letter.
pub(super) fn month(word: &str) -> Option<i64> {
    Some(match word {
        "January" | "Jan" | "JANUARY" => 1,
        "February" | "Feb" | "FEBRUARY" => 2,
        "March" | "Mar" | "MARCH" => 3,
        "April" | "Apr" | "APRIL" => 4,
        "May" | "MAY" => 5,
        "June" | "Jun" | "JUNE" => 6,
        "July" | "Jul" | "JULY" => 7,
        "August" | "Aug" | "AUGUST" => 8,
        "September" | "Sep" | "Sept" | "SEPTEMBER" => 9,
        "October" | "Oct" | "OCTOBER" => 10,
        "November" | "Nov" | "NOVEMBER" => 11,
        "December" | "Dec" | "DECEMBER" => 12,
        _ => return None,
    })
}

/// What has been read so far, and what is needed to mend the first half of a range by its second.
pub(super) struct Out<'o, 't> {
    t: &'o Chars<'t>,
    pub(super) values: Vec<Value>,
    /// For each value: the number before its scale (3.5 of 3.5万), and the scale.
    raws: Vec<(Amount, Amount)>,
    last_start: usize,
    last_end: usize,
}

/// A value before it is pushed; `start` and `end` count characters.
pub(super) struct Draft {
    pub(super) kind: ValueKind,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: Amount,
    pub(super) unit: Option<Unit>,
    pub(super) approximate: bool,
    pub(super) weak: bool,
    pub(super) scale: Amount,
}

impl Draft {
    pub(super) fn new(kind: ValueKind, start: usize, end: usize, value: Amount) -> Draft {
        Draft { kind, start, end, value, unit: None, approximate: false, weak: false, scale: Amount::ONE }
    }

    pub(super) fn weak(mut self, weak: bool) -> Draft {
        self.weak = weak;
        self
    }
}

impl<'o, 't> Out<'o, 't> {
    pub(super) fn new(t: &'o Chars<'t>) -> Self {
        Out { t, values: Vec::new(), raws: Vec::new(), last_start: 0, last_end: 0 }
    }

    /// Where the last value ended, in characters; 0 before the first.
    pub(super) fn last_end(&self) -> usize {
        self.last_end
    }

    /// Adds a value; one that is empty or begins before the last one's end is left out.
    pub(super) fn push(&mut self, d: Draft) {
        if d.start >= d.end || d.start < self.last_end || d.end > self.t.len() {
            return;
        }
        let mut v = Value {
            kind: d.kind,
            span: self.t.span(d.start, d.end),
            value: d.value,
            unit: d.unit,
            approximate: d.approximate,
            weak: d.weak,
        };
        let raw = d.value.div(d.scale).unwrap_or(d.value);
        // 2013, 2015 and 2021: years all.
        if v.kind == ValueKind::Number
            && v.unit.is_none()
            && d.end == d.start + 4
            && v.value.as_int().is_some_and(|n| (1000..2200).contains(&n))
            && let Some(p) = self.values.last()
            && p.kind == ValueKind::Year
            && listed(self.t, self.last_end, d.start)
        {
            v.kind = ValueKind::Year;
        }
        if let (Some(p), Some(r)) = (self.values.last_mut(), self.raws.last_mut())
            && joins_range(self.t, self.last_start, self.last_end, d.start)
        {
            p.weak &= v.weak || p.kind != ValueKind::Number;
            let year_like = |a: Amount| a.as_int().is_some_and(|n| (1000..2200).contains(&n));
            if p.kind == ValueKind::Number && p.unit.is_none() {
                let copy = match v.kind {
                    ValueKind::Year => year_like(p.value),
                    ValueKind::Number | ValueKind::Ordinal | ValueKind::Fraction | ValueKind::Multiple => {
                        false
                    }
                    ValueKind::Decade => false,
                    _ => true,
                };
                if copy {
                    p.kind = v.kind;
                }
                if copy || v.kind == ValueKind::Number {
                    p.unit = v.unit;
                    if r.1 == Amount::ONE
                        && d.scale != Amount::ONE
                        && r.0 < raw
                        && let Some(x) = r.0.mul(d.scale)
                    {
                        p.value = x;
                        r.1 = d.scale;
                    }
                }
            } else if v.kind == ValueKind::Number
                && v.unit.is_none()
                && matches!(p.kind, ValueKind::Money | ValueKind::Day)
            {
                v.kind = p.kind;
                v.unit = p.unit;
                if v.kind == ValueKind::Money
                    && r.1 == Amount::ONE
                    && d.scale != Amount::ONE
                    && r.0 < raw
                    && let Some(x) = r.0.mul(d.scale)
                {
                    p.value = x;
                    r.1 = d.scale;
                }
            } else if v.kind == ValueKind::Number
                && v.unit.is_none()
                && p.kind == ValueKind::Year
                && year_like(v.value)
            {
                v.kind = ValueKind::Year;
            } else if v.kind == ValueKind::Money
                && p.kind == ValueKind::Money
                && p.unit == v.unit
                && r.1 == Amount::ONE
                && d.scale != Amount::ONE
                && r.0 < raw
                && let Some(x) = r.0.mul(d.scale)
            {
                p.value = x;
                r.1 = d.scale;
            }
        }
        (self.last_start, self.last_end) = (d.start, d.end);
        self.values.push(v);
        self.raws.push((raw, d.scale));
    }
}

/// Whether what stands from `a` to `b` joins two members of a list.
fn listed(t: &Chars<'_>, a: usize, b: usize) -> bool {
    let from = t.past_space(a);
    let to = t.before_space(b);
    match to.saturating_sub(from) {
        1 => matches!(t.c(from), ',' | '、' | '和' | '与' | '及'),
        3 => t.is(from, "and"),
        5 => t.is(from, ", and"),
        _ => false,
    }
}

/// Whether what stands from `a` to `b` joins two numbers to a range.
fn joins_range(t: &Chars<'_>, start: usize, a: usize, b: usize) -> bool {
    if b <= a || b - a > 5 {
        return false;
    }
    let (mut a, mut b) = (a, b);
    while a < b && is_space(t.c(a)) {
        a += 1;
    }
    while b > a && is_space(t.c(b - 1)) {
        b -= 1;
    }
    match b - a {
        1 => is_dash(t.c(a)) || matches!(t.c(a), '至' | '到'),
        2 => (is_dash(t.c(a)) && is_dash(t.c(a + 1))) || t.is(a, "to"),
        3 => t.is(a, "and") && t.any_before(t.before_space(start), &["between", "Between"]),
        _ => false,
    }
}

/// What each number of a chain is below.
const LINK: i128 = 1_000_000;

/// The numbers of a chain at `i`, three at least with points between them: 2.1.0. Pushes it, returns the end.
///
/// Thousands are no chain, 1.000.000, nor is what has no small number in it or goes on as a word, 1.2.x.
pub(super) fn chain(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    if !t.c(i).is_ascii_digit() || t.before(i) == '.' || t.before(i).is_ascii_digit() {
        return None;
    }
    // the first one tells how many there are: 0.1.2 is not 1.2
    let (mut value, mut links, mut thousands, mut small) = (1i128, 0, true, false);
    let mut end = i;
    loop {
        let start = end;
        let mut number = 0;
        while let Some(digit) = t.c(end).to_digit(10) {
            number = number * 10 + i128::from(digit);
            if number >= LINK {
                return None;
            }
            end += 1;
        }
        value = value.checked_mul(LINK)? + number;
        thousands &= links == 0 || end - start == 3;
        small |= end - start <= 2;
        links += 1;
        if t.c(end) != '.' || !t.c(end + 1).is_ascii_digit() {
            break;
        }
        end += 1;
    }
    if links < 3
        || thousands
        || !small
        || t.c(end).is_ascii_alphabetic()
        || t.c(end) == '.' && t.c(end + 1).is_alphabetic()
    {
        return None;
    }
    out.push(Draft::new(ValueKind::Chain, i, end, Amount::ratio(value, 1)?));
    Some(end)
}

/// The numbers of a chain, with points between them.
pub(super) fn chain_written(mut value: Amount) -> String {
    let mut numbers = Vec::new();
    while let Some((rest, number)) = value.split(LINK).filter(|&(rest, _)| rest != Amount::ZERO) {
        numbers.push(number.to_string());
        value = rest;
    }
    numbers.reverse();
    numbers.join(".")
}

/// Dates and times in digits at `i` (2022-07-12, 2022/7/12, 2022.7.12, 7/12/2022, 14:30): pushes the parts, returns the end.
pub(super) fn digit_date(t: &Chars<'_>, i: usize, month_first: bool, out: &mut Out<'_, '_>) -> Option<usize> {
    if matches!(t.before(i), '-' | '/' | ':') && i >= 2 && t.c(i - 2).is_ascii_digit() || t.before(i) == '.' {
        return None;
    }
    let run = |from: usize, most: usize| -> Option<(i64, usize)> {
        let mut j = from;
        let mut n = 0;
        while let Some(d) = t.c(j).to_digit(10) {
            if j - from >= most {
                return None;
            }
            n = n * 10 + i64::from(d);
            j += 1;
        }
        (j > from).then_some((n, j))
    };
    let int = Amount::int;
    let (a, end_a) = run(i, 4)?;
    let sep = t.c(end_a);
    if sep == ':' && end_a - i <= 2 && a <= 24 {
        let (b, end_b) = run(end_a + 1, 2)?;
        if end_b - end_a != 3
            || b > 59
            || t.c(end_b).is_ascii_alphabetic() && !matches!(t.c(end_b), 'a' | 'p' | 'A' | 'P')
        {
            return None;
        }
        out.push(Draft::new(ValueKind::Hour, i, end_a, int(a)));
        // 15:00 is three o'clock: nobody says the minute.
        out.push(Draft::new(ValueKind::Minute, end_a + 1, end_b, int(b)).weak(b == 0));
        if t.c(end_b) == ':'
            && let Some((s, end_s)) = run(end_b + 1, 2)
            && s < 60
        {
            out.push(Draft::new(ValueKind::Second, end_b + 1, end_s, int(s)).weak(s == 0));
            return Some(end_s);
        }
        return Some(end_b);
    }
    if !matches!(sep, '-' | '/' | '.' | '·') {
        return None;
    }
    let (b, end_b) = run(end_a + 1, 4)?;
    let digit_after = |e: usize| {
        t.c(e).is_ascii_digit() || (matches!(t.c(e), '-' | '/' | '.') && t.c(e + 1).is_ascii_digit())
    };
    if t.c(end_b) != sep {
        // The day that is known by its date.
        if a == 9 && b == 11 && matches!(sep, '/' | '·') && !digit_after(end_b) {
            out.push(Draft::new(ValueKind::Month, i, end_a, int(a)));
            out.push(Draft::new(ValueKind::Day, end_a + 1, end_b, int(b)));
            return Some(end_b);
        }
        if a == 24 && b == 7 && sep == '/' {
            return Some(end_b);
        }
        return None;
    }
    let (c, end_c) = run(end_b + 1, 4)?;
    if digit_after(end_c) || (t.c(end_c).is_ascii_alphabetic() && t.c(end_c) != 'T') {
        return None;
    }
    let valid = |m: i64, d: i64| (1..=12).contains(&m) && (1..=31).contains(&d);
    let (kinds, end) = if end_a - i == 4 && (1000..2200).contains(&a) && valid(b, c) {
        ([ValueKind::Year, ValueKind::Month, ValueKind::Day], end_c)
    } else if end_c - end_b == 5 && (1000..2200).contains(&c) && sep != '·' && (valid(a, b) || valid(b, a)) {
        let m_first = valid(a, b) && (month_first || !valid(b, a));
        if m_first {
            ([ValueKind::Month, ValueKind::Day, ValueKind::Year], end_c)
        } else {
            ([ValueKind::Day, ValueKind::Month, ValueKind::Year], end_c)
        }
    } else {
        return None;
    };
    for (kind, n, from, to) in
        [(kinds[0], a, i, end_a), (kinds[1], b, end_a + 1, end_b), (kinds[2], c, end_b + 1, end_c)]
    {
        out.push(Draft::new(kind, from, to, int(n)));
    }
    // 2022-07-12T08:30
    Some(if t.c(end) == 'T' { end + 1 } else { end })
}

/// A fraction in digits, 3/5 or 1 4/3, whose first number has been read: the amount and the end.
pub(super) fn slash_fraction(t: &Chars<'_>, i: usize, first: &Digits) -> Option<(Amount, usize)> {
    let small = |d: &Digits| (1..=4).contains(&d.plain);
    if !small(first) || matches!(t.before(i), '/' | '-') && i >= 2 && t.c(i - 2).is_ascii_alphanumeric() {
        return None;
    }
    let over = |at: usize, num: &Digits| -> Option<(Amount, usize)> {
        if !matches!(t.c(at), '/' | '⁄') || !t.c(at + 1).is_ascii_digit() {
            return None;
        }
        let den = digits(t, at + 1, false)?;
        let (n, d) = (num.amount?, den.amount?);
        let season = num.plain == 4 && n.as_int().is_some_and(|y| (1900..2100).contains(&y));
        if !small(&den)
            || d.is_zero()
            || season
            || matches!(t.c(den.end), '/' | '-') && t.c(den.end + 1).is_ascii_digit()
            || t.c(den.end).is_ascii_alphabetic()
        {
            return None;
        }
        Some((n.div(d)?, den.end))
    };
    if let Some(found) = over(first.end, first) {
        return Some(found);
    }
    let next = t.past_space(first.end);
    if next == first.end || !t.c(next).is_ascii_digit() || first.plain > 3 {
        return None;
    }
    let second = digits(t, next, false)?;
    let (part, end) = over(second.end, &second).filter(|_| (1..=2).contains(&second.plain))?;
    Some((first.amount?.add(part)?, end))
}

/// Q3, H1 and v3.0 among the words with digits in them; all others are names. Returns where to read on.
pub(super) fn digit_word(t: &Chars<'_>, i: usize, w: &Word, text: &str, out: &mut Out<'_, '_>) -> usize {
    let kind = match (text.as_bytes(), w.skip == w.end) {
        ([b'Q', b'1'..=b'4'], true) => Some(ValueKind::Quarter),
        ([b'H', b'1' | b'2'], true) => Some(ValueKind::HalfYear),
        _ => None,
    };
    if let (Some(kind), Some(n)) = (kind, t.c(i + 1).to_digit(10)) {
        out.push(Draft::new(kind, i, w.end, Amount::int(i64::from(n))));
        return w.end;
    }
    let version = matches!(t.c(i), 'v' | 'V') && (i + 1..w.end).all(|j| t.c(j).is_ascii_digit());
    if version {
        return i + 1;
    }
    w.skip
}

/// Past the number of a standard, when `word`, which ends at `end`, is a body that numbers its standards: ISO 9001, GB/T 35273.
pub(super) fn past_standard(t: &Chars<'_>, word: &str, end: usize) -> Option<usize> {
    if !matches!(
        word,
        "ISO" | "IEC" | "RFC" | "IEEE" | "GB" | "ITU" | "ANSI" | "DIN" | "CVE" | "ISBN" | "ISSN" | "PEP"
    ) {
        return None;
    }
    let mut k = end;
    while t.c(k) == '/' || t.c(k).is_ascii_uppercase() {
        k += 1;
    }
    let mut stop = t.past_space(k);
    if stop == k || !t.c(stop).is_ascii_digit() {
        return None;
    }
    while t.c(stop).is_ascii_alphanumeric()
        || matches!(t.c(stop), '-' | '.' | ':' | '/') && t.c(stop + 1).is_ascii_alphanumeric()
    {
        stop += 1;
    }
    Some(stop)
}
