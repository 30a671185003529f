//! How headings, list items and paragraphs are numbered: 一、 （一） 第一章 1. I. (a) · and the like.

use super::spans::trim;
use crate::text::script::is_han;
use crate::text::{Block, BlockKind, Numbering, NumberingStyle, Piece, PieceKind, Span};
use crate::words::{characters, words};

/// Reads the number or bullet at the front of `text[span]`, which should start with no white space.
///
/// `short` says that the passage may be a heading, where bare forms ("一 概述", a numeral alone)
/// count as well.
pub(super) fn at_front(text: &str, span: Span, short: bool) -> Option<Numbering> {
    let slice = &text[span.range()];
    // No mark is longer than this; a long passage is not scanned to its end.
    let front = &slice[..slice.char_indices().nth(40).map_or(slice.len(), |(at, _)| at)];
    let found = bullet(front)
        .or_else(|| parenthesised(front))
        .or_else(|| circled(front))
        .or_else(|| ordinal_han(front, short))
        .or_else(|| han(front, short))
        .or_else(|| arabic(front, short))
        .or_else(|| chapter(front, short))
        .or_else(|| ordinal_english(front))
        .or_else(|| roman_or_letter(front, short))?;
    let (style, value, len) = found;
    Some(Numbering { style, value, span: Span::new(span.start, span.start + len) })
}

/// Whether a numbering is of the kind that stands before an item of its own line, as opposed to a
/// word of the sentence (第一，/First,).
pub(super) fn is_item(numbering: &Numbering) -> bool {
    use NumberingStyle::{Arabic, Bullet, Letter};
    matches!(numbering.style, Arabic | Bullet | Letter)
}

/// Whether a piece says nothing by itself.
pub(super) fn is_mere_form(text: &str, piece: Piece) -> bool {
    piece.kind == PieceKind::Markup
        || piece.kind == PieceKind::Prose && text[piece.span.range()].trim().is_empty()
}

/// The number that a heading or paragraph bears in its words.
pub(super) fn written(text: &str, block: &Block) -> Option<Numbering> {
    let heading = block.kind == BlockKind::Heading;
    if !heading && block.kind != BlockKind::Paragraph {
        return None;
    }
    let first =
        block.pieces.iter().find(|p| !is_mere_form(text, **p)).filter(|p| p.kind == PieceKind::Prose)?;
    let short = heading && block.span.len() <= 400;
    let found = at_front(text, trim(text, first.span), short)?;
    let sure = heading || !matches!(found.style, NumberingStyle::Roman | NumberingStyle::Letter);
    sure.then_some(found)
}

/// Style, value, and length in bytes of what was read.
type Found = (NumberingStyle, u32, usize);

fn bullet(text: &str) -> Option<Found> {
    let c = text.chars().next()?;
    let rest = &text[c.len_utf8()..];
    let alone = match c {
        '·' | '•' | '‣' | '▪' | '■' | '□' | '●' | '○' | '◦' | '◆' | '◇' | '➢' | '►' | '✓' | '\u{F0B7}' => {
            true
        }
        '-' | '*' | '+' | '–' => rest.starts_with([' ', '\t', '\u{3000}', '\u{A0}']),
        _ => false,
    };
    (alone && !rest.trim().is_empty()).then_some((NumberingStyle::Bullet, 0, c.len_utf8()))
}

fn parenthesised(text: &str) -> Option<Found> {
    let rest = text.strip_prefix(['(', '（', '〔', '【'])?;
    let close = rest.find([')', '）', '〕', '】'])?;
    let inside = rest[..close].trim();
    let len = text.len() - rest.len() + close + rest[close..].chars().next()?.len_utf8();
    let (style, value) = if let Some(value) = han_value(inside) {
        (NumberingStyle::HanParenthesised, value)
    } else if let Some(value) = digits(inside) {
        (NumberingStyle::Arabic, value)
    } else {
        let (style, value) = latin_value(inside)?;
        (style, value)
    };
    Some((style, value, len))
}

fn circled(text: &str) -> Option<Found> {
    let c = text.chars().next()?;
    let (first, base) = match c {
        '①'..='⑳' => ('①', 1),
        '⑴'..='⒇' => ('⑴', 1),
        '⒈'..='⒛' => ('⒈', 1),
        '❶'..='❿' => ('❶', 1),
        '㉑'..='㉟' => ('㉑', 21),
        'Ⅰ'..='Ⅻ' => {
            let mark = text[c.len_utf8()..].chars().next().filter(|c| "、.．:：".contains(*c));
            let len = c.len_utf8() + mark.map_or(0, char::len_utf8);
            return Some((NumberingStyle::Roman, c as u32 - 'Ⅰ' as u32 + 1, len));
        }
        _ => return None,
    };
    Some((NumberingStyle::Arabic, c as u32 - first as u32 + base, c.len_utf8()))
}

/// 第一，第二章 其一，一是
fn ordinal_han(text: &str, short: bool) -> Option<Found> {
    if let Some(rest) = text.strip_prefix('第') {
        let (value, after) = numeral(rest)?;
        let unit = after.chars().next().filter(|c| characters!("division").contains(c));
        let mut end = &after[unit.map_or(0, char::len_utf8)..];
        if unit == Some('部') {
            end = end.strip_prefix('分').unwrap_or(end);
        }
        let mark = end.chars().next().filter(|c| "，,、:：.．。".contains(*c));
        let spaced = end.is_empty() || end.starts_with(char::is_whitespace);
        let fits = mark.is_some()
            || spaced
            || unit.is_some_and(|u| short && !characters!("division before its text").contains(&u));
        let len = text.len() - end.len() + mark.map_or(0, char::len_utf8);
        return fits.then_some((NumberingStyle::Ordinal, value, len));
    }
    if let Some(rest) = text.strip_prefix('其') {
        let (value, after) = numeral(rest)?;
        let mark = after.chars().next().filter(|c| "，,、:：".contains(*c))?;
        return Some((NumberingStyle::Ordinal, value, text.len() - after.len() + mark.len_utf8()));
    }
    let (value, after) = han_numeral(text)?;
    let after = after.strip_prefix('是')?;
    // 一是 begins an item; a numeral of two characters with 是 seldom does.
    (value <= 10).then_some((NumberingStyle::Ordinal, value, text.len() - after.len()))
}

/// 一、 and, where it may be a heading, 一 alone or before a space
fn han(text: &str, short: bool) -> Option<Found> {
    let (value, after) = han_numeral(text)?;
    let mark = after.chars().next();
    let len = text.len() - after.len();
    match mark {
        Some(c @ ('、' | '.' | '．')) => Some((NumberingStyle::Han, value, len + c.len_utf8())),
        Some(c @ (':' | '：')) if short => Some((NumberingStyle::Han, value, len + c.len_utf8())),
        Some(c) if short && c.is_whitespace() => Some((NumberingStyle::Han, value, len)),
        None if short => Some((NumberingStyle::Han, value, len)),
        _ => None,
    }
}

/// 1. 1、 1) 1.2 and, where it may be a heading, a number alone
fn arabic(text: &str, short: bool) -> Option<Found> {
    let (mut value, mut rest) = digits_at_front(text)?;
    if rest.is_empty() {
        return short.then_some((NumberingStyle::Arabic, value, text.len()));
    }
    let mut parts = 1;
    while let Some((next, after)) = rest.strip_prefix(['.', '．']).and_then(digits_at_front) {
        (value, rest, parts) = (next, after, parts + 1);
    }
    let mark = rest.chars().next().filter(|c| "．.、)）".contains(*c));
    let after = &rest[mark.map_or(0, char::len_utf8)..];
    let next = after.chars().next();
    if parts > 1 {
        // "1.1 Background", but not "1.5 million" nor "2.5 亿".
        let heading = after.starts_with(char::is_whitespace)
            && after
                .trim_start()
                .chars()
                .next()
                .is_some_and(|c| c.is_uppercase() || is_han(c) && !"万亿元倍人年月日".contains(c));
        return (short && heading).then_some((NumberingStyle::Arabic, value, text.len() - after.len()));
    }
    let mark = mark?;
    let fits = match mark {
        '.' | '．' => {
            next.is_none_or(|c| c.is_whitespace() || is_han(c) || "“《「（(".contains(c))
                || next.is_some_and(char::is_uppercase) && short
        }
        _ => true,
    };
    fits.then_some((NumberingStyle::Arabic, value, text.len() - after.len()))
}

/// Chapter 1, Part II, Article Three
fn chapter(text: &str, short: bool) -> Option<Found> {
    const WORDS: &[&str] = words!("division", en);
    let word_len = text.find(|c: char| !c.is_ascii_alphabetic())?;
    let word = &text[..word_len];
    if !WORDS.iter().any(|w| w.eq_ignore_ascii_case(word)) || !word.starts_with(|c: char| c.is_uppercase()) {
        return None;
    }
    let rest = text[word_len..].strip_prefix([' ', '\u{A0}'])?;
    let number_len = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let number = &rest[..number_len];
    let value = digits(number).or_else(|| roman_value(number)).or_else(|| {
        let at = CARDINALS.iter().position(|w| w.eq_ignore_ascii_case(number))?;
        u32::try_from(at + 1).ok()
    })?;
    let after = &rest[number_len..];
    let mark = after.chars().next().filter(|c| ".:：—–-".contains(*c));
    let fits = after.is_empty() || mark.is_some() || short && after.starts_with(char::is_whitespace);
    let len = text.len() - after.len() + mark.map_or(0, char::len_utf8);
    fits.then_some((NumberingStyle::Ordinal, value, len))
}

const CARDINALS: &[&str] = words!("cardinal", en);
const ORDINALS: &[&str] = words!("ordinal", en);

/// First, Secondly:
fn ordinal_english(text: &str) -> Option<Found> {
    let len = text.find(|c: char| !c.is_ascii_alphabetic())?;
    let word = text[..len].to_ascii_lowercase();
    let word = word.strip_suffix("ly").unwrap_or(&word);
    let mark = text[len..].chars().next().filter(|c| ",:，：".contains(*c))?;
    let at = ORDINALS.iter().position(|&w| w == word)?;
    Some((NumberingStyle::Ordinal, u32::try_from(at + 1).ok()?, len + mark.len_utf8()))
}

/// I. II) a. B) and, where it may be a heading, a Roman number alone
fn roman_or_letter(text: &str, short: bool) -> Option<Found> {
    let len = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (style, value) = latin_value(&text[..len])?;
    let rest = &text[len..];
    if rest.is_empty() {
        return (short && style == NumberingStyle::Roman).then_some((style, value, len));
    }
    let mark = rest.chars().next().filter(|c| ".．、)）".contains(*c))?;
    let after = &rest[mark.len_utf8()..];
    // "J. R. Smith" and "A.D." are no numbers.
    let initials = {
        let mut chars = after.trim_start().chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.')
    };
    let spaced = after.is_empty()
        || after.starts_with(char::is_whitespace)
        || after.starts_with(is_han)
        || mark != '.';
    (spaced && !initials && (!after.is_empty() || short)).then_some((style, value, len + mark.len_utf8()))
}

/// A numeral in either script at the front, and what follows it.
fn numeral(text: &str) -> Option<(u32, &str)> {
    han_numeral(text).or_else(|| digits_at_front(text))
}

fn digits_at_front(text: &str) -> Option<(u32, &str)> {
    let len = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '０'..='９')).unwrap_or(text.len());
    Some((digits(&text[..len])?, &text[len..]))
}

/// Up to three digits, ASCII or full-width; more are years or amounts.
fn digits(text: &str) -> Option<u32> {
    let count = text.chars().count();
    if !(1..=3).contains(&count) {
        return None;
    }
    text.chars().try_fold(0, |value, c| {
        let digit = match c {
            '０'..='９' => c as u32 - '０' as u32,
            _ => c.to_digit(10)?,
        };
        Some(value * 10 + digit)
    })
}

fn han_numeral(text: &str) -> Option<(u32, &str)> {
    let len = text.find(|c| !"〇零一二三四五六七八九十百廿卅".contains(c)).unwrap_or(text.len());
    Some((han_value(&text[..len])?, &text[len..]))
}

/// A whole Chinese numeral below one thousand.
fn han_value(text: &str) -> Option<u32> {
    let (mut total, mut digit, mut any, mut units) = (0, 0, false, false);
    if text.chars().count() > 6 {
        return None;
    }
    for c in text.chars() {
        match c {
            '〇' | '零' => digit *= 10,
            '廿' => total += 20,
            '卅' => total += 30,
            '十' | '百' => {
                let unit = if c == '十' { 10 } else { 100 };
                total += unit * if digit == 0 { 1 } else { digit };
                digit = 0;
                units = true;
            }
            _ => {
                let value = "一二三四五六七八九".chars().position(|d| d == c)?;
                // Digits in a row (一二) are read by place: 一二 is twelve.
                digit = digit * 10 + u32::try_from(value).ok()? + 1;
            }
        }
        any = true;
    }
    let value = total + digit;
    (any && value > 0 && (!units || digit < 10)).then_some(value)
}

/// A Roman number or a single letter. Of single letters only i, v and x are taken as Roman.
fn latin_value(text: &str) -> Option<(NumberingStyle, u32)> {
    let mut chars = text.chars();
    let first = chars.next().filter(char::is_ascii_alphabetic)?;
    if chars.next().is_none() && !"ivxIVX".contains(first) {
        return Some((NumberingStyle::Letter, first.to_ascii_lowercase() as u32 - 'a' as u32 + 1));
    }
    roman_value(text).map(|value| (NumberingStyle::Roman, value))
}

/// A Roman number up to 89, in one case, written the usual way.
fn roman_value(text: &str) -> Option<u32> {
    let upper = text.to_ascii_uppercase();
    if text.is_empty() || text.len() > 8 || (upper != text && text.to_ascii_lowercase() != text) {
        return None;
    }
    (1..90).find(|&value| roman(value) == upper)
}

fn roman(value: u32) -> String {
    const UNITS: [(u32, &str); 6] = [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV")];
    let mut rest = value;
    let mut out = String::new();
    for (unit, mark) in UNITS {
        while rest >= unit {
            out.push_str(mark);
            rest -= unit;
        }
    }
    out.extend((0..rest).map(|_| 'I'));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        for (text, short, want) in [
            ("一、网络主权的涵义", true, "Han 1 一、"),
            ("十二、其他", true, "Han 12 十二、"),
            ("一", true, "Han 1 一"),
            ("二 概述", true, "Han 2 二"),
            ("一个国家", true, "-"),
            ("(一)平等原则", true, "HanParenthesised 1 (一)"),
            ("（二十一）其他", true, "HanParenthesised 21 （二十一）"),
            ("第一,不侵犯他国。各国", false, "Ordinal 1 第一,"),
            ("第二章 总则", true, "Ordinal 2 第二章"),
            ("第三章总则", true, "Ordinal 3 第三章"),
            ("第十二条　国家", false, "Ordinal 12 第十二条"),
            ("第一次世界大战", true, "-"),
            ("第三条路", true, "-"),
            ("第二部分 方法", true, "Ordinal 2 第二部分"),
            ("一是要以理念认同为基础", false, "Ordinal 1 一是"),
            ("其二，网络", false, "Ordinal 2 其二，"),
            ("1.独立权", true, "Arabic 1 1."),
            ("1. Foo bar", false, "Arabic 1 1."),
            ("2、其他", false, "Arabic 2 2、"),
            ("3) third", false, "Arabic 3 3)"),
            ("(4) fourth", false, "Arabic 4 (4)"),
            ("③第三", false, "Arabic 3 ③"),
            ("3.0版", true, "-"),
            ("1.5 million people", true, "-"),
            ("1.2 Background", true, "Arabic 2 1.2"),
            ("2020. The next", false, "-"),
            ("I. Rights", true, "Roman 1 I."),
            ("IV. Peace", true, "Roman 4 IV."),
            ("II", true, "Roman 2 II"),
            ("I. M. Pei designed it", false, "-"),
            ("I am here", true, "-"),
            ("IIII. No", true, "-"),
            ("(a) one", false, "Letter 1 (a)"),
            ("B) two", false, "Letter 2 B)"),
            ("Ⅲ、其他", true, "Roman 3 Ⅲ、"),
            ("First, it is", false, "Ordinal 1 First,"),
            ("Secondly, it", false, "Ordinal 2 Secondly,"),
            ("First and foremost, it", false, "-"),
            ("Chapter 3: The Road", true, "Ordinal 3 Chapter 3:"),
            ("Part Two", true, "Ordinal 2 Part Two"),
            ("Part of it is", true, "-"),
            ("Section 3 of the Act provides that", false, "-"),
            ("·Equality. In line", false, "Bullet 0 ·"),
            ("- item", false, "Bullet 0 -"),
            ("-5 degrees", false, "-"),
            ("(see below) text", false, "-"),
            ("", true, "-"),
        ] {
            let got = at_front(text, Span::new(0, text.len()), short)
                .map_or("-".to_owned(), |n| format!("{:?} {} {}", n.style, n.value, &text[n.span.range()]));
            assert_eq!(got, want, "{text}");
        }
    }
}
