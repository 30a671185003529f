//! Units and currencies, by the words and signs that name them.

use super::scan::Chars;
use super::{Amount, Unit};

/// Units of one dimension in a row, each with how many of the first it makes.
const DIMENSIONS: &[&[(&str, i64)]] = &[
    &[
        ("ms", 1),
        ("second", 1000),
        ("minute", 60_000),
        ("hour", 3_600_000),
        ("day", 86_400_000),
        ("week", 604_800_000),
    ],
    &[("month", 1), ("year", 12), ("decade", 120), ("century", 1200)],
    &[("mm", 1), ("cm", 10), ("m", 1000), ("km", 1_000_000)],
    &[("m²", 1), ("ha", 10_000), ("km²", 1_000_000)],
    &[("mg", 1), ("g", 1000), ("kg", 1_000_000), ("t", 1_000_000_000)],
    &[("mL", 1), ("L", 1000), ("m³", 1_000_000)],
    &[("W", 1), ("kW", 1000), ("MW", 1_000_000), ("GW", 1_000_000_000)],
    &[("kWh", 1), ("MWh", 1000), ("GWh", 1_000_000), ("TWh", 1_000_000_000)],
    &[("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40)],
];

/// Two measures in one unit; `None` where no factor leads from the one unit to the other.
pub(super) fn in_one_unit(one: (Amount, Unit), other: (Amount, Unit)) -> Option<(Amount, Amount)> {
    let factor = |row: &[(&str, i64)], unit: Unit| {
        row.iter().find(|(name, _)| *name == unit.as_str()).map(|&(_, factor)| Amount::int(factor))
    };
    let (first, second) =
        DIMENSIONS.iter().find_map(|row| Some((factor(row, one.1)?, factor(row, other.1)?)))?;
    Some((one.0.mul(first)?, other.0.mul(second)?))
}

/// Signs in Latin letters after a number: the sign, the unit, the power of ten it stands for.
const SIGNS: &[(&str, &str, i32)] = &[
    ("kWh", "kWh", 0),
    ("MWh", "MWh", 0),
    ("GWh", "GWh", 0),
    ("TWh", "TWh", 0),
    ("KiB", "KiB", 0),
    ("MiB", "MiB", 0),
    ("GiB", "GiB", 0),
    ("TiB", "TiB", 0),
    ("Kbps", "bit/s", 3),
    ("kbps", "bit/s", 3),
    ("Mbps", "bit/s", 6),
    ("Gbps", "bit/s", 9),
    ("Tbps", "bit/s", 12),
    ("KB", "B", 3),
    ("kB", "B", 3),
    ("MB", "B", 6),
    ("GB", "B", 9),
    ("TB", "B", 12),
    ("PB", "B", 15),
    ("kHz", "Hz", 3),
    ("KHz", "Hz", 3),
    ("MHz", "Hz", 6),
    ("GHz", "Hz", 9),
    ("Hz", "Hz", 0),
    ("km²", "km²", 0),
    ("km2", "km²", 0),
    ("km/h", "km/h", 0),
    ("m/s", "m/s", 0),
    ("km", "km", 0),
    ("KM", "km", 0),
    ("kg", "kg", 0),
    ("KG", "kg", 0),
    ("Kg", "kg", 0),
    ("kW", "kW", 0),
    ("KW", "kW", 0),
    ("MW", "MW", 0),
    ("GW", "GW", 0),
    ("cm", "cm", 0),
    ("mm", "mm", 0),
    ("nm", "nm", 0),
    ("μm", "μm", 0),
    ("mg", "mg", 0),
    ("ml", "mL", 0),
    ("mL", "mL", 0),
    ("ms", "ms", 0),
    ("m²", "m²", 0),
    ("m2", "m²", 0),
    ("m³", "m³", 0),
    ("m3", "m³", 0),
    ("min", "minute", 0),
    ("mins", "minute", 0),
    ("sec", "second", 0),
    ("secs", "second", 0),
    ("hrs", "hour", 0),
    ("hr", "hour", 0),
    ("px", "px", 0),
    ("dB", "dB", 0),
    ("°C", "°C", 0),
    ("℃", "°C", 0),
    ("°F", "°F", 0),
    ("℉", "°F", 0),
    ("°", "°", 0),
    ("g", "g", 0),
    ("t", "t", 0),
    ("m", "m", 0),
    ("l", "L", 0),
    ("L", "L", 0),
    ("s", "second", 0),
    ("h", "hour", 0),
    ("V", "V", 0),
    ("W", "W", 0),
];

/// The unit whose sign stands at `i` as a word of its own, the factor it stands for, and its end.
pub(super) fn sign(t: &Chars<'_>, i: usize) -> Option<(Unit, Amount, usize)> {
    let c = t.c(i);
    if !(c.is_ascii_alphabetic() || matches!(c, 'μ' | '°' | '℃' | '℉')) {
        return None;
    }
    for &(name, unit, power) in SIGNS {
        if t.is(i, name) {
            let end = i + name.chars().count();
            if !(t.c(end).is_ascii_alphanumeric() || matches!(t.c(end), '_' | '/' | '\'' | '’')) {
                return Some((Unit(unit), Amount::ten_to(power)?, end));
            }
        }
    }
    None
}

/// The currency of a code or sign before a number: USD, US$ (the word before `$`), RMB.
pub(super) fn currency_code(word: &str) -> Option<Unit> {
    Some(Unit(match word {
        "USD" | "US" => "USD",
        "RMB" | "CNY" => "CNY",
        "EUR" => "EUR",
        "GBP" => "GBP",
        "JPY" => "JPY",
        "HKD" | "HK" => "HKD",
        "TWD" | "NT" | "NTD" => "TWD",
        "AUD" => "AUD",
        "CAD" => "CAD",
        "SGD" => "SGD",
        "CHF" => "CHF",
        "KRW" => "KRW",
        "INR" => "INR",
        "RUB" => "RUB",
        _ => return None,
    }))
}

/// The currency of a sign; `before` is the word of letters that touches it.
pub(super) fn currency_sign(c: char, before: &str) -> Option<Unit> {
    Some(match c {
        '$' => match before {
            "HK" => Unit("HKD"),
            "NT" => Unit("TWD"),
            "A" | "AU" => Unit("AUD"),
            "C" | "CA" => Unit("CAD"),
            "S" => Unit("SGD"),
            _ => Unit("USD"),
        },
        '€' => Unit("EUR"),
        '£' => Unit("GBP"),
        '¥' => match before {
            "JP" => Unit("JPY"),
            _ => Unit("CNY"),
        },
        '₩' => Unit("KRW"),
        '₹' => Unit("INR"),
        '₽' => Unit("RUB"),
        _ => return None,
    })
}

/// Currencies as Chinese names them after a number.
pub(super) const ZH_MONEY: &[(&str, &str)] = &[
    ("元人民币", "CNY"),
    ("人民币", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("韩元", "KRW"),
    ("澳元", "AUD"),
    ("加元", "CAD"),
    ("新台币", "TWD"),
    ("卢布", "RUB"),
    ("卢比", "INR"),
    ("瑞士法郎", "CHF"),
    ("块钱", "CNY"),
    ("元", "CNY"),
];

/// Measures as Chinese names them after a number; longer names first.
pub(super) const ZH_MEASURES: &[(&str, &str)] = &[
    ("平方公里", "km²"),
    ("平方千米", "km²"),
    ("平方米", "m²"),
    ("立方米", "m³"),
    ("千瓦时", "kWh"),
    ("千瓦", "kW"),
    ("兆瓦", "MW"),
    ("兆赫", "MHz"),
    ("千赫", "kHz"),
    ("公里", "km"),
    ("千米", "km"),
    ("厘米", "cm"),
    ("毫米", "mm"),
    ("微米", "μm"),
    ("纳米", "nm"),
    ("英里", "mi"),
    ("英尺", "ft"),
    ("英寸", "in"),
    ("海里", "nmi"),
    ("公斤", "kg"),
    ("千克", "kg"),
    ("毫克", "mg"),
    ("公顷", "ha"),
    ("毫升", "mL"),
    ("毫秒", "ms"),
    ("微秒", "μs"),
    ("摄氏度", "°C"),
    ("华氏度", "°F"),
    ("分钟", "minute"),
    ("秒钟", "second"),
    ("小时", "hour"),
    ("钟头", "hour"),
    ("星期", "week"),
    ("礼拜", "week"),
    ("世纪", "century"),
    ("季度", "quarter"),
    ("学期", "term"),
    ("加仑", "gal"),
    ("英亩", "acre"),
    ("字节", "B"),
    ("比特", "bit"),
    ("像素", "px"),
    ("克", "g"),
    ("吨", "t"),
    ("斤", "jin"),
    ("亩", "mu"),
    ("米", "m"),
    ("升", "L"),
    ("秒", "second"),
    ("天", "day"),
    ("周", "week"),
    ("岁", "year"),
    ("磅", "lb"),
];

/// The first of a table's names that stands at `i`, and its end.
pub(super) fn named(
    t: &Chars<'_>,
    i: usize,
    table: &'static [(&'static str, &'static str)],
) -> Option<(Unit, usize)> {
    table.iter().find(|(name, _)| t.is(i, name)).map(|(name, unit)| (Unit(unit), i + name.chars().count()))
}

/// Measures as English names them; the word in lower case.
pub(super) fn en_measure(word: &str) -> Option<Unit> {
    Some(Unit(match word {
        "year" | "years" | "yr" | "yrs" => "year",
        "month" | "months" => "month",
        "week" | "weeks" => "week",
        "day" | "days" => "day",
        "hour" | "hours" | "hr" | "hrs" => "hour",
        "minute" | "minutes" | "min" | "mins" => "minute",
        "second" | "seconds" | "sec" | "secs" => "second",
        "millisecond" | "milliseconds" => "ms",
        "century" | "centuries" => "century",
        "kilometer" | "kilometers" | "kilometre" | "kilometres" => "km",
        "meter" | "meters" | "metre" | "metres" => "m",
        "centimeter" | "centimeters" | "centimetre" | "centimetres" => "cm",
        "millimeter" | "millimeters" | "millimetre" | "millimetres" => "mm",
        "nanometer" | "nanometers" | "nanometre" | "nanometres" => "nm",
        "mile" | "miles" => "mi",
        "inch" | "inches" => "in",
        "foot" | "feet" => "ft",
        "kilogram" | "kilograms" | "kilogramme" | "kilogrammes" => "kg",
        "gram" | "grams" => "g",
        "milligram" | "milligrams" => "mg",
        "ton" | "tons" | "tonne" | "tonnes" => "t",
        "pound" | "pounds" => "lb",
        "liter" | "liters" | "litre" | "litres" => "L",
        "hectare" | "hectares" => "ha",
        "acre" | "acres" => "acre",
        "mu" => "mu",
        "jin" | "catties" | "catty" => "jin",
        "byte" | "bytes" => "B",
        "pixel" | "pixels" => "px",
        "kilowatt" | "kilowatts" => "kW",
        "megawatt" | "megawatts" => "MW",
        _ => return None,
    }))
}

/// Currencies as English names them after a number; the word in lower case.
pub(super) fn en_money(word: &str) -> Option<Unit> {
    Some(Unit(match word {
        "yuan" | "renminbi" | "rmb" | "cny" => "CNY",
        "dollar" | "dollars" | "usd" => "USD",
        "euro" | "euros" | "eur" => "EUR",
        "yen" | "jpy" => "JPY",
        "ruble" | "rubles" | "rouble" | "roubles" => "RUB",
        "rupee" | "rupees" => "INR",
        "won" | "krw" => "KRW",
        "francs" => "CHF",
        "gbp" => "GBP",
        "hkd" => "HKD",
        _ => return None,
    }))
}

/// Measures with a prefix that is counted in: the power of ten and the unit; the word in lower case.
pub(super) fn en_prefixed(word: &str) -> Option<(i32, Unit)> {
    let (power, unit) = match word {
        "kilobyte" | "kilobytes" => (3, "B"),
        "megabyte" | "megabytes" => (6, "B"),
        "gigabyte" | "gigabytes" => (9, "B"),
        "terabyte" | "terabytes" => (12, "B"),
        "kilobit" | "kilobits" => (3, "bit"),
        "megabit" | "megabits" => (6, "bit"),
        "gigabit" | "gigabits" => (9, "bit"),
        _ => return None,
    };
    Some((power, Unit(unit)))
}

/// 千字节, 兆比特: the power of ten, the unit and the end.
pub(super) fn zh_prefixed(t: &Chars<'_>, i: usize) -> Option<(i32, Unit, usize)> {
    let power = match t.c(i) {
        '千' => 3,
        '兆' => 6,
        _ => return None,
    };
    let unit = if t.is(i + 1, "字节") {
        "B"
    } else if t.is(i + 1, "比特") {
        "bit"
    } else {
        return None;
    };
    Some((power, Unit(unit), i + 3))
}
