//! The tables of cases, and what holds of any text.
#![allow(clippy::unwrap_used)]

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
    let marks =
        [(v.approximate, "~"), (v.weak, "?")].into_iter().filter(|m| m.0).map(|m| m.1).collect::<String>();
    format!("{}={}{unit}{marks}", v.kind.as_str(), v.written())
}

#[test]
fn reads_the_table() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("cases.tsv")) {
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
    for row in rows(include_str!("pairs.tsv")) {
        let [sign, zh, en] = row[..] else { panic!("three columns: {row:?}") };
        let (a, b) = (read(zh, Lang::ZH), read(en, Lang::EN));
        let lonely = |x: &[Value], y: &[Value]| x.iter().any(|v| !v.weak && !y.iter().any(|w| same(v, w)));
        if (lonely(&a, &b) || lonely(&b, &a)) == (sign == "=") {
            let list = |x: &[Value]| x.iter().map(shown).collect::<Vec<_>>().join(" ");
            wrong.push(format!("{sign} {zh} | {en}: {} | {}", list(&a), list(&b)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sayings_count_nothing() {
    let sayings = rows(include_str!("sayings.tsv")).flat_map(|row| {
        let [tag, list] = row[..] else { panic!("two columns: {row:?}") };
        list.split('|').map(move |saying| (tag, saying))
    });
    let counted = sayings.filter(|&(tag, saying)| read(saying, lang(tag)).iter().any(|value| !value.weak));
    assert_eq!(counted.collect::<Vec<_>>(), []);
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
