//! Chains of numbers, in which none but the whole says anything: 2.1.0, section 4.10, 192.168.1.10, 1.1.1k, v0.23.0rc1.

use super::chars::{Chars, past_word};
use super::out::{Draft, Out};
use super::words::{lower_at, month_named, role, word_before};
use super::{Amount, ValueKind};
use crate::words::{characters, words};

/// What each part of a chain is below.
const LINK: i128 = 1_000_000;

/// Parts from here on are a word behind the chain, its place in [`STAGES`] times [`STAGE`], and its number.
const WORD: i128 = 900_000;

/// What the number behind such a word is below.
const STAGE: i128 = 1_000;

/// Words that say how far a version has come; single letters stand behind them, from a on.
const STAGES: &[&str] = &["alpha", "beta", "rc", "dev", "pre", "preview", "post"];

/// The numbers of a chain at `i`, with points between them: 2.1.0. Pushes it, returns the end.
///
/// Of two numbers only where the text says that they are one, Python 3.10, for else they are a decimal number.
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
            if number >= WORD {
                return None;
            }
            end += 1;
        }
        // 3.05 is a decimal number
        if links == 1 && end - start > 1 && t.c(start) == '0' && t.c(end) != '.' {
            return None;
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
    if thousands || !small {
        return None;
    }
    let stage = stage(t, end, links);
    if links < 2 || links < 3 && stage.is_none() && !told(t, i, end) {
        return None;
    }
    if let Some((part, stop)) = stage {
        value = value.checked_mul(LINK)? + part;
        end = stop;
    }
    if t.c(end).is_ascii_alphabetic() || t.c(end) == '.' && t.c(end + 1).is_alphabetic() {
        return None;
    }
    Some(out.put(Draft::new(ValueKind::Chain, i, end, Amount::ratio(value, 1)?)))
}

/// rc1, -beta.2, a letter behind a chain that ends at `end`: its part, and its end.
fn stage(t: &Chars<'_>, end: usize, links: usize) -> Option<(i128, usize)> {
    let from = end + usize::from(t.c(end) == '-');
    let mut stop = from;
    while t.c(stop).is_ascii_alphabetic() {
        stop += 1;
    }
    let word = t.src[t.span(from, stop).range()].to_ascii_lowercase();
    let place = match word.as_bytes() {
        [letter @ b'a'..=b'z'] if links > 2 && from == end && !t.c(stop).is_alphanumeric() => {
            STAGES.len() + usize::from(letter - b'a')
        }
        _ => STAGES.iter().position(|stage| *stage == word)?,
    };
    let digits = stop + usize::from(matches!(t.c(stop), '.' | '-') && t.c(stop + 1).is_ascii_digit());
    let (number, stop) = super::digits::short_run(t, digits, 3).unwrap_or((0, stop));
    Some((WORD + i128::try_from(place).ok()? * STAGE + i128::from(number), stop))
}

/// Words before two numbers that are parts of a chain.
const BEFORE: &[&str] = words!("before a version", en);

/// Whether the text says that the two numbers from `i` to `end` are parts of a chain: by a word or the name of a
/// product before it, or by what stands behind.
fn told(t: &Chars<'_>, i: usize, end: usize) -> bool {
    if matches!(t.before(i), 'v' | 'V' | '§' | '第') || t.any_before(t.before_space(i), &["版本", "第", "§"])
    {
        return true;
    }
    let k = t.past_space(end);
    if t.any(k, words!("behind a version", zh)).is_some() {
        return true;
    }
    let later = || {
        let (or, stop) = lower_at(t, k)?;
        let (later, _) = lower_at(t, t.past_space(stop))?;
        (matches!(or.as_str(), "or" | "and") && words!("later", en).contains(&later.as_str())).then_some(())
    };
    word_before(t, i, BEFORE) || later().is_some() || product_before(t, i) && !measured(t, end)
}

/// Whether a name with a capital letter stands before `i`: Python 3.10, Node.js 18.20; no month, no small word.
fn product_before(t: &Chars<'_>, i: usize) -> bool {
    let end = t.before_space(i);
    let mut from = end;
    while from > 0
        && end - from < 20
        && (t.c(from - 1).is_ascii_alphanumeric() || matches!(t.c(from - 1), '.' | '+' | '#'))
    {
        from -= 1;
    }
    let name = &t.src[t.span(from, end).range()];
    let inner = from > 0 && t.before(t.before_space(from)) != '.' && t.before_space(from) > 0;
    let capital = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.len() > 1;
    let known = super::money::code(name).is_some()
        || month_named(name).is_some()
        || role(&name.to_ascii_lowercase()).is_some()
        || OPENINGS.contains(&name)
        || INDICES.contains(&name);
    // the first word of a sentence has its capital letter from there, unless it begins with several, or holds digits
    let sure = inner || past_word(t, from) == end && name.len() < 12;
    end < i && capital && !known && sure
}

/// Words that begin a sentence and name nothing.
const OPENINGS: &[&str] = words!("opening of a sentence", en);
/// What is measured, and no product.
const INDICES: &[&str] = words!("no product", en);

/// Whether what stands behind a number makes it an amount.
fn measured(t: &Chars<'_>, end: usize) -> bool {
    let k = t.past_space(end);
    let word = || {
        lower_at(t, k)
            .is_some_and(|(word, _)| super::units::names(word.as_str()) || role(word.as_str()).is_some())
    };
    matches!(t.c(k), '%' | '‰' | '°' | '℃')
        || characters!("behind an amount").contains(&t.c(k))
        || t.c(k) == '-' && t.c(k + 1).is_ascii_digit()
        || word()
}

/// The parts of a chain, the first first.
fn parts(mut value: Amount) -> Vec<i128> {
    let mut parts = Vec::new();
    while let Some((rest, part)) = value.split(LINK).filter(|&(rest, _)| rest != Amount::ZERO) {
        parts.push(part);
        value = rest;
    }
    parts.reverse();
    parts
}

/// A chain as it is written: 2.1.0, 0.23.0rc1.
pub(super) fn written(value: Amount) -> String {
    let mut text = String::new();
    for part in parts(value) {
        if part < WORD {
            let point = if text.is_empty() { "" } else { "." };
            text += &format!("{point}{part}");
            continue;
        }
        let (place, number) = ((part - WORD) / STAGE, (part - WORD) % STAGE);
        let place = usize::try_from(place).unwrap_or(0);
        match STAGES.get(place) {
            Some(stage) => text += &format!("{stage}{number}"),
            None => {
                text.extend(u8::try_from(place - STAGES.len()).ok().map(|letter| char::from(b'a' + letter)))
            }
        }
    }
    text
}

/// A chain of two numbers as the decimal number that it looks like: 3.10 is 3.1 to a text that does not say that it
/// is a version.
pub(super) fn decimal(value: Amount) -> Option<Amount> {
    let &[whole, part] = &parts(value)[..] else { return None };
    Amount::parse(&format!("{whole}.{part}")).filter(|_| part < WORD)
}
