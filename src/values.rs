//! Numbers, dates and the like as values that can be compared across languages.
//!
//! [`read`] finds them in a text: 两百, "two hundred" and 200 give the same value, and so do 三成 and 30 %.
//! Dates come as their parts, so that 2022年7月12日 and "July 12, 2022" compare part by part.
//! What only looks like a number is left alone: 一切, 四川, 5G, COVID-19, URLs.

use crate::text::{Lang, Span};

mod amount;
mod chars;
mod clock;
mod compare;
mod counts;
mod dates;
mod digits;
mod implied;
mod json;
mod labels;
mod money;
mod names;
mod numerals;
mod ordinals;
mod out;
mod parts;
mod read;
mod sayings;
mod shares;
mod table;
#[cfg(test)]
mod tests;
mod units;
mod versions;
mod words;

pub use amount::Amount;
use chars::Chars;
pub use clock::names_hour;
pub use compare::{
    complementary, contrast, far_apart, is_frequency, is_part, is_quotient, opposed, other_rate, same,
    same_by_rate, same_in_sum, shares_apart,
};
pub use dates::glued_year;
pub use json::write_json;
use out::Out;
pub use units::of_one_dimension;

/// What a value says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueKind {
    /// A count or a measure: 三个, 5 km, 1.2 million.
    Number,
    /// A rank: 第三, 3rd, Chapter III.
    Ordinal,
    /// A share in hundredths: 30 %, 三成, 百分之三十, 九折; the value is 30 or 90. The unit is `pp` for percentage
    /// points, `off` for what is taken off a price and `paid` for what is left of it, 九折.
    Percent,
    /// A share as a fraction: 三分之二, two thirds, half.
    Fraction,
    /// A factor: 三倍, twice, threefold. The unit is `more` where it is added: 增长两倍 is threefold.
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
    /// An hour of the day as it is written, on the 12-hour or the 24-hour clock; the unit is `a.m.` or `p.m.` where
    /// the text says which half of the day.
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
    /// A part of a month, a season, a year, a decade or a century, the unit: 月底, mid-August, 十七世纪上半叶. The value is
    /// where the middle of the part lies in the whole, 1/6 for what is early. Always weak, as [`Unit`](ValueKind::Unit).
    Part,
    /// A unit without a number that the text speaks of: "in milliseconds", 以公里计. The value is how many of the unit
    /// the word stands for, 1000 for kilobytes and bytes. Always weak: it is compared by [`contrast`] alone.
    Unit,
    /// What something is counted by: per hour, 每天, "weekly", the `/h` of km/h. As [`Unit`](ValueKind::Unit), but a
    /// rate may be given by a unit of another system, yuan a kilo for 每斤.
    Rate,
    /// A chain of numbers in which none but the whole says anything: version 2.1.0, section 3.2.1, 192.168.1.10; of
    /// two only where the text says so, Python 3.10. The value is a name for the chain, the same for the same numbers; [`Value::written`] gives them.
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
            ValueKind::Part => "part",
            ValueKind::Unit => "unit",
            ValueKind::Rate => "rate",
            ValueKind::Chain => "chain",
        }
    }

    /// Whether it is a part of a date or a time.
    pub fn is_date(self) -> bool {
        use ValueKind::*;
        matches!(
            self,
            Year | Month
                | Day
                | Weekday
                | Hour
                | Minute
                | Second
                | Century
                | Decade
                | Quarter
                | HalfYear
                | Part
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
            ValueKind::Chain => versions::written(self.value),
            ValueKind::Unit | ValueKind::Rate => {
                format!("{} {}", self.value, self.unit.map_or("", Unit::as_str))
            }
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

/// Reads the values of a text, in the order of the text; their spans never overlap.
///
/// Numerals in words are read in Chinese and English, Arabic digits in every language.
/// Takes time linear in the length of the text.
pub fn read(text: &str, lang: Lang) -> Vec<Value> {
    let chars = Chars::new(text);
    let mut out = Out::new(&chars);
    match lang {
        Lang::ZH => read::zh(&chars, &mut out),
        Lang::EN => read::en(&chars, &mut out),
        _ => read::other(&chars, decimal_comma(lang), &mut out),
    }
    let mut values = out.values;
    sayings::weaken(text, &mut values);
    values
}

/// Languages that write 1.234,5 for what English writes 1,234.5 (CLDR).
fn decimal_comma(lang: Lang) -> bool {
    const COMMA: [&str; 28] = [
        "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv",
        "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk",
    ];
    COMMA.contains(&lang.as_str())
}
