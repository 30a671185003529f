//! Numbers, dates and the like as values that can be compared across languages.
//!
//! [`read`] finds them in a text: 两百, "two hundred" and 200 give the same value, and so do 三成 and 30 %.
//! Dates come as their parts, so that 2022年7月12日 and "July 12, 2022" compare part by part.
//! What only looks like a number is left alone: 一切, 四川, 5G, COVID-19, URLs.

use std::io::{self, BufRead, Write};

use crate::text::{Lang, Span};

mod amount;
mod en;
mod glued;
mod scan;
mod units;
mod zh;

pub use amount::Amount;
pub use glued::glued_year;
use scan::{Chars, Draft, Out};

/// What a value says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueKind {
    /// A count or a measure: 三个, 5 km, 1.2 million.
    Number,
    /// A rank: 第三, 3rd, Chapter III.
    Ordinal,
    /// A share in hundredths: 30 %, 三成, 百分之三十, 九折; the value is 30 or 90.
    Percent,
    /// A share as a fraction: 三分之二, two thirds, half.
    Fraction,
    /// A factor: 三倍, twice, threefold.
    Multiple,
    /// A sum of money; the unit is the currency (ISO 4217) where it is known.
    Money,
    /// A year of the common era; negative before it.
    Year,
    /// A month, 1 to 12.
    Month,
    /// A day of the month.
    Day,
    /// A day of the week, from Monday 1 to Sunday 7.
    Weekday,
    /// An hour of the day as it is written, on the 12-hour or the 24-hour clock.
    Hour,
    /// A minute of the hour.
    Minute,
    /// A second of the minute.
    Second,
    /// A century: 21 for 二十一世纪.
    Century,
    /// Ten years by their first: 1990 for 1990s; 90 for 90年代, where the century is not named.
    Decade,
    /// A quarter of a year, 1 to 4.
    Quarter,
    /// A half of a year, 1 or 2.
    HalfYear,
    /// A chain of numbers in which none but the whole says anything: version 2.1.0, section 3.2.1, 192.168.1.10.
    /// The value is a name for the chain, the same for the same numbers; [`Value::written`] gives them.
    Chain,
}

impl ValueKind {
    /// The name used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            ValueKind::Number => "number",
            ValueKind::Ordinal => "ordinal",
            ValueKind::Percent => "percent",
            ValueKind::Fraction => "fraction",
            ValueKind::Multiple => "multiple",
            ValueKind::Money => "money",
            ValueKind::Year => "year",
            ValueKind::Month => "month",
            ValueKind::Day => "day",
            ValueKind::Weekday => "weekday",
            ValueKind::Hour => "hour",
            ValueKind::Minute => "minute",
            ValueKind::Second => "second",
            ValueKind::Century => "century",
            ValueKind::Decade => "decade",
            ValueKind::Quarter => "quarter",
            ValueKind::HalfYear => "half-year",
            ValueKind::Chain => "chain",
        }
    }

    /// Whether it is a part of a date or a time.
    pub fn is_date(self) -> bool {
        use ValueKind::*;
        matches!(
            self,
            Year | Month | Day | Weekday | Hour | Minute | Second | Century | Decade | Quarter | HalfYear
        )
    }
}

/// A unit by its international sign: `km`, `kg`, `CNY`, `°C`, `year`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit(pub(crate) &'static str);

impl Unit {
    /// The sign.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

/// A value as read from a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value {
    /// What it says.
    pub kind: ValueKind,
    /// Where it stands in the text that was read; never empty.
    pub span: Span,
    /// How much, in `unit` where there is one; hundredths for a percentage.
    pub value: Amount,
    /// What is counted, where it is named and known.
    pub unit: Option<Unit>,
    /// Whether the text gives it as rough: 十余, 约, 左右, about, nearly.
    pub approximate: bool,
    /// Whether a faithful translation may leave it out, or it may be no number at all: 一个 as an article,
    /// "one", "first", a lone 三 before a noun. Let it account for a value on the other side, never miss it.
    pub weak: bool,
}

/// What two values share when they can be the [`same`]: an amount, with shares as parts of one, decades
/// without their century and hours on the 12-hour clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub Amount);

impl Value {
    /// The value in digits: a decimal number, or the numbers of a chain with points between them.
    pub fn written(&self) -> String {
        match self.kind {
            ValueKind::Chain => scan::chain_written(self.value),
            _ => self.value.to_string(),
        }
    }

    /// The key to look for its counterparts with.
    pub fn key(&self) -> Key {
        let modulo = |m: i64| self.value.as_int().map_or(self.value, |n| Amount::int(n.rem_euclid(m)));
        Key(match self.kind {
            ValueKind::Percent => Amount::ratio(1, 100).and_then(|h| self.value.mul(h)).unwrap_or(self.value),
            ValueKind::Decade => modulo(100),
            ValueKind::Hour => modulo(12),
            _ => self.value,
        })
    }
}

/// Whether two values, of whatever languages, can say the same: equal amounts, of kinds and units that go together.
///
/// A number whose unit is unknown goes with any kind, for "2021" may be a year and "7" a month;
/// two parts of dates go together only when they are the same part.
///
/// Measures in other units of one dimension are compared by their amounts: 24 小时 and "one day" are the same.
pub fn same(a: &Value, b: &Value) -> bool {
    use ValueKind::*;
    if let (Number, Number, Some(unit), Some(other)) = (a.kind, b.kind, a.unit, b.unit)
        && unit != other
    {
        return units::in_one_unit((a.value, unit), (b.value, other))
            .is_some_and(|(one, other)| one == other);
    }
    if a.key() != b.key() {
        return false;
    }
    let open = |v: &Value| matches!(v.kind, Number | Multiple | Ordinal);
    let share = |v: &Value| matches!(v.kind, Percent | Fraction);
    let kinds = a.kind == b.kind
        || (open(a) && !share(b))
        || (open(b) && !share(a))
        || (share(a) || matches!(a.kind, Number | Multiple))
            && (share(b) || matches!(b.kind, Number | Multiple));
    let century = match (a.kind, b.kind) {
        (Decade, Decade) => a.value == b.value || a.value < Amount::int(100) || b.value < Amount::int(100),
        _ => true,
    };
    let part_of_date = |v: &Value| matches!(v.kind, Year | Month | Day | Hour | Minute | Second);
    let units = match (a.unit, b.unit) {
        (Some(x), Some(y)) => x == y,
        // "within 15 days" for 15日内, "7 years" for 7年: the part of a date and the span of time.
        (Some(x), None) if part_of_date(b) => x.0 == b.kind.as_str(),
        (None, Some(y)) if part_of_date(a) => y.0 == a.kind.as_str(),
        _ => true,
    };
    kinds && century && units
}

/// Reads the values of a text, in the order of the text; their spans never overlap.
///
/// Numerals in words are read in Chinese and English, Arabic digits in every language.
/// Takes time linear in the length of the text.
pub fn read(text: &str, lang: Lang) -> Vec<Value> {
    let chars = Chars::new(text);
    let mut out = Out::new(&chars);
    match lang {
        Lang::ZH => zh::read(&chars, &mut out),
        Lang::EN => en::read(&chars, &mut out),
        _ => read_digits(&chars, decimal_comma(lang), &mut out),
    }
    out.values
}

/// Languages that write 1.234,5 for what English writes 1,234.5 (CLDR).
fn decimal_comma(lang: Lang) -> bool {
    const COMMA: [&str; 28] = [
        "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv",
        "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk",
    ];
    COMMA.contains(&lang.as_str())
}

/// The values of a language whose words we do not know: digits, dates in digits, percentages.
fn read_digits(t: &Chars<'_>, comma: bool, out: &mut Out<'_, '_>) {
    let mut i = 0;
    while i < t.len() {
        let c = t.c(i);
        if c.is_ascii_alphabetic() {
            i = scan::word(t, i).skip;
        } else if c.is_ascii_digit() || c == '.' {
            if let Some(end) = scan::digit_date(t, i, false, out).or_else(|| scan::chain(t, i, out)) {
                i = end;
                continue;
            }
            let Some(d) = scan::digits(t, i, comma) else {
                i += 1;
                continue;
            };
            let (amount, mut end, whole) = match scan::slash_fraction(t, i, &d) {
                Some((a, end)) => (Some(a), end, ValueKind::Fraction),
                None => (d.amount, d.end, ValueKind::Number),
            };
            let after = t.past_space(end);
            let kind = if matches!(t.c(after), '%' | '٪') { ValueKind::Percent } else { whole };
            if kind == ValueKind::Percent {
                end = after + 1;
            }
            let start = sign_start(t, i);
            if let Some(a) = amount {
                out.push(Draft::new(kind, start, end, if start < i { a.neg() } else { a }));
            }
            i = end;
            // 3D, 5th: letters that hang on a number are not read.
            while t.c(i).is_alphanumeric() && !t.c(i).is_ascii_digit() {
                i += 1;
            }
        } else {
            i += 1;
        }
    }
}

/// Where a number at `i` begins with its minus sign; `i` when it has none.
fn sign_start(t: &Chars<'_>, i: usize) -> usize {
    if t.before(i) == '-'
        && i >= 1
        && (i == 1 || matches!(t.c(i - 2), ' ' | '(' | '[' | '=' | ':' | '\u{a0}' | '\t' | ',' | '，' | '（'))
    {
        i - 1
    } else {
        i
    }
}

/// Writes, for every line of the input, one JSON object with the values it reads there.
///
/// `start` and `end` count Unicode scalar values of the line, `end` exclusive; `value` is a decimal string.
///
/// # Errors
/// When the input cannot be read or is not UTF-8, or the output cannot be written.
pub fn write_json(input: impl BufRead, lang: Lang, out: &mut impl Write) -> io::Result<()> {
    #[derive(serde::Serialize)]
    struct Line<'a> {
        line: usize,
        values: Vec<Item<'a>>,
    }
    #[derive(serde::Serialize)]
    struct Item<'a> {
        kind: &'static str,
        text: &'a str,
        value: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<&'static str>,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        approximate: bool,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        weak: bool,
        start: usize,
        end: usize,
    }
    for (n, text) in input.lines().enumerate() {
        let text = text?;
        let (mut byte, mut scalar) = (0, 0);
        let mut values = Vec::new();
        for v in read(&text, lang) {
            scalar += text[byte..v.span.start].chars().count();
            let words = &text[v.span.range()];
            let end = scalar + words.chars().count();
            values.push(Item {
                kind: v.kind.as_str(),
                text: words,
                value: v.written(),
                unit: v.unit.map(Unit::as_str),
                approximate: v.approximate,
                weak: v.weak,
                start: scalar,
                end,
            });
            (byte, scalar) = (v.span.end, end);
        }
        serde_json::to_writer(&mut *out, &Line { line: n + 1, values })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
        table.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect())
    }

    fn lang(tag: &str) -> Lang {
        Lang::parse(tag).unwrap()
    }

    /// As the table writes it: `kind=value`, the unit, `~` when approximate, `?` when weak.
    fn shown(v: &Value) -> String {
        let unit = v.unit.map_or("", Unit::as_str);
        let marks = [(v.approximate, "~"), (v.weak, "?")]
            .into_iter()
            .filter(|m| m.0)
            .map(|m| m.1)
            .collect::<String>();
        format!("{}={}{unit}{marks}", v.kind.as_str(), v.written())
    }

    #[test]
    fn reads_the_table() {
        let mut wrong = Vec::new();
        for row in rows(include_str!("values/cases.tsv")) {
            let [tag, text, expected] = row[..] else { panic!("three columns: {row:?}") };
            let found = read(text, lang(tag)).iter().map(shown).collect::<Vec<_>>().join(" ");
            if found != expected {
                wrong.push(format!("{tag} {text}: {found}, not {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn parallel_texts_agree() {
        let mut wrong = Vec::new();
        for row in rows(include_str!("values/pairs.tsv")) {
            let [sign, zh, en] = row[..] else { panic!("three columns: {row:?}") };
            let (a, b) = (read(zh, Lang::ZH), read(en, Lang::EN));
            let lonely =
                |x: &[Value], y: &[Value]| x.iter().any(|v| !v.weak && !y.iter().any(|w| same(v, w)));
            if (lonely(&a, &b) || lonely(&b, &a)) == (sign == "=") {
                let list = |x: &[Value]| x.iter().map(shown).collect::<Vec<_>>().join(" ");
                wrong.push(format!("{sign} {zh} | {en}: {} | {}", list(&a), list(&b)));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn amounts_compare_and_print_exactly() {
        let third = Amount::ratio(1, 3).unwrap();
        assert_eq!(third.to_string(), "0.333333333333333");
        assert_eq!(Amount::ratio(-5, 4).unwrap().to_string(), "-1.25");
        assert_eq!(Amount::ratio(6, 3), Some(Amount::int(2)));
        assert_eq!(Amount::ratio(1, 0), None);
        assert!(third < Amount::ratio(34, 100).unwrap() && third > Amount::ratio(33, 100).unwrap());
        assert!(Amount::int(-1) < Amount::ZERO && Amount::ten_to(-3).unwrap() > Amount::ZERO);
    }

    #[test]
    fn json_counts_scalar_values() {
        let mut out = Vec::new();
        write_json("给他两百元\n\nfive".as_bytes(), Lang::ZH, &mut out).unwrap();
        let lines: Vec<serde_json::Value> =
            String::from_utf8(out).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(lines.len(), 3);
        let v = &lines[0]["values"][0];
        assert_eq!(
            (&v["text"], &v["value"], &v["start"], &v["end"]),
            (&"两百元".into(), &"200".into(), &2.into(), &5.into())
        );
        assert_eq!(lines[1]["values"], serde_json::json!([]));
    }

    fn hold(text: &str, lang: Lang) -> Result<(), TestCaseError> {
        let mut end = 0;
        for v in read(text, lang) {
            prop_assert!(v.span.start >= end && v.span.end <= text.len() && !v.span.is_empty());
            prop_assert!(text.get(v.span.range()).is_some_and(|s| !s.trim().is_empty()));
            prop_assert!(same(&v, &v));
            end = v.span.end;
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn spans_are_in_order_on_any_text(text in "\\PC{0,80}") {
            for lang in [Lang::ZH, Lang::EN, lang("de")] {
                hold(&text, lang)?;
            }
        }

        #[test]
        fn spans_are_in_order_on_numeral_soup(parts in prop::collection::vec(prop::sample::select(SOUP.to_vec()), 0..14)) {
            let text = parts.concat();
            for lang in [Lang::ZH, Lang::EN, lang("fr")] {
                hold(&text, lang)?;
            }
        }

        #[test]
        fn numbers_round_trip(n in 0_i64..10_000_000) {
            for lang in [Lang::ZH, Lang::EN] {
                let read = read(&n.to_string(), lang);
                prop_assert_eq!(read.iter().map(|v| v.value).collect::<Vec<_>>(), vec![Amount::int(n)]);
            }
        }
    }

    const SOUP: [&str; 78] = [
        "一",
        "二",
        "两",
        "三",
        "五",
        "九",
        "十",
        "百",
        "千",
        "万",
        "亿",
        "兆",
        "零",
        "〇",
        "点",
        "第",
        "负",
        "半",
        "几",
        "多",
        "余",
        "分之",
        "又",
        "个",
        "成",
        "折",
        "年",
        "月",
        "日",
        "时",
        "分",
        "世纪",
        "年代",
        "季度",
        "百分",
        "元",
        "周",
        "壹",
        "拾",
        "零下",
        "上半年",
        "1",
        "2",
        "12",
        "2021",
        "999",
        "0",
        ".",
        ",",
        "，",
        "-",
        "—",
        "/",
        ":",
        "%",
        "$",
        "e",
        "^",
        "x10^",
        " ",
        " and ",
        " of ",
        "one",
        "twenty",
        "hundred ",
        "million ",
        "third",
        " half",
        "a ",
        "May ",
        "July ",
        "th",
        "s",
        "’",
        "½",
        "Ⅱ",
        "to",
        "\u{a0}",
    ];
}
