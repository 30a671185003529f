//! English numerals, ordinals, dates and units.

use super::scan::{self, Chars, Draft, Out, is_dash, is_space, rank_mark, vulgar};
use super::units;
use super::{Amount, Unit, ValueKind, glued_year, sign_start};

/// Reads the values of an English text.
pub(super) fn read(t: &Chars<'_>, out: &mut Out<'_, '_>) {
    let mut items = Vec::new();
    let mut i = 0;
    while i < t.len() {
        let c = t.c(i);
        if let Some(end) = glued(t, i, out) {
            i = end;
            continue;
        }
        let next = match c {
            'a'..='z' | 'A'..='Z' | '_' => word(t, i, &mut items, out),
            '0'..='9' | '.' => phrase(t, i, None, &mut items, out),
            '$' | '€' | '£' | '¥' | '₩' | '₹' | '₽' => currency(t, i, &mut items, out),
            '\'' | '’' | '‘' if t.c(i + 1).is_ascii_digit() => short_decade(t, i, out),
            _ if c.is_ascii() => i + 1,
            '¼'..='¾' | '⅐'..='⅞' => phrase(t, i, None, &mut items, out),
            'Ⅰ'..='ⅻ' | '①'..='⒇' => {
                if let Some(n) = rank_mark(c) {
                    out.push(Draft::new(ValueKind::Ordinal, i, i + 1, Amount::int(n)).weak(true));
                }
                i + 1
            }
            _ if c.is_alphabetic() => past_word(t, i),
            _ => i + 1,
        };
        i = next.max(i + 1);
    }
}

/// Reads a year that ran together with the word beside it, and goes past both.
fn glued(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> Option<usize> {
    let c = t.c(i);
    let before = t.before(i);
    if !(c.is_ascii_digit() || c.is_ascii_lowercase())
        || before.is_alphanumeric()
        || "_.-/#@$".contains(before)
    {
        return None;
    }
    let mut end = i;
    let mut digits = 0;
    while t.c(end).is_ascii_alphanumeric() && end - i < 24 {
        digits += usize::from(t.c(end).is_ascii_digit());
        end += 1;
    }
    if digits != 4 || end - i == 4 || t.c(end).is_alphanumeric() {
        return None;
    }
    let word: String = (i..end).map(|at| t.c(at)).collect();
    let year = glued_year(&word)?;
    let value = word[year.clone()].parse().ok()?;
    out.push(Draft::new(ValueKind::Year, i + year.start, i + year.end, Amount::int(value)));
    Some(end)
}

/// Past a word that holds letters beyond ASCII.
fn past_word(t: &Chars<'_>, i: usize) -> usize {
    let mut j = i;
    while t.c(j).is_alphanumeric() {
        j += 1;
    }
    j
}

/// What a word or a group of digits is to a numeral.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Tok {
    Digits(Amount),
    /// zero to nineteen
    Unit(i64),
    /// twenty to ninety
    Tens(i64),
    Hundred,
    /// thousand and above, as a power of ten; and dozen, as 0
    Scale(i32),
    Dozen,
    /// third, twelfth: below twenty
    Nth(i64),
    TensNth(i64),
    HundredNth,
    ScaleNth(i32),
    A,
    And,
    Point,
    Half,
    Quarter,
    Of,
    Over,
    Out,
}

#[derive(Debug, Clone, Copy)]
struct Item {
    tok: Tok,
    end: usize,
    plural: bool,
    /// Joined to the item before by a hyphen.
    hyphen: bool,
    /// The hyphen stands between spaces.
    loose: bool,
    /// How many digits, for digits and nothing else.
    plain: usize,
}

/// A word in lower case, if it is short enough to matter.
struct Lower {
    bytes: [u8; 16],
    len: usize,
}

impl Lower {
    fn of(t: &Chars<'_>, from: usize, to: usize) -> Option<Lower> {
        let len = to.checked_sub(from).filter(|n| (1..=16).contains(n))?;
        let mut bytes = [0; 16];
        for (slot, j) in bytes.iter_mut().zip(from..to) {
            *slot = u8::try_from(t.c(j).to_ascii_lowercase()).ok().filter(u8::is_ascii)?;
        }
        Some(Lower { bytes, len })
    }

    fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }
}

/// The part that a word plays in a numeral, and whether it is in the plural.
fn token(word: &str) -> Option<(Tok, bool)> {
    let one = |t| Some((t, false));
    let many = |t| Some((t, true));
    match word {
        "zero" | "nought" | "naught" => one(Tok::Unit(0)),
        "one" => one(Tok::Unit(1)),
        "two" => one(Tok::Unit(2)),
        "three" => one(Tok::Unit(3)),
        "four" => one(Tok::Unit(4)),
        "five" => one(Tok::Unit(5)),
        "six" => one(Tok::Unit(6)),
        "seven" => one(Tok::Unit(7)),
        "eight" => one(Tok::Unit(8)),
        "nine" => one(Tok::Unit(9)),
        "ten" => one(Tok::Unit(10)),
        "eleven" => one(Tok::Unit(11)),
        "twelve" => one(Tok::Unit(12)),
        "thirteen" => one(Tok::Unit(13)),
        "fourteen" => one(Tok::Unit(14)),
        "fifteen" => one(Tok::Unit(15)),
        "sixteen" => one(Tok::Unit(16)),
        "seventeen" => one(Tok::Unit(17)),
        "eighteen" => one(Tok::Unit(18)),
        "nineteen" => one(Tok::Unit(19)),
        "twenty" => one(Tok::Tens(20)),
        "thirty" => one(Tok::Tens(30)),
        "forty" => one(Tok::Tens(40)),
        "fifty" => one(Tok::Tens(50)),
        "sixty" => one(Tok::Tens(60)),
        "seventy" => one(Tok::Tens(70)),
        "eighty" => one(Tok::Tens(80)),
        "ninety" => one(Tok::Tens(90)),
        "hundred" => one(Tok::Hundred),
        "hundreds" => many(Tok::Hundred),
        "thousand" => one(Tok::Scale(3)),
        "thousands" => many(Tok::Scale(3)),
        "lakh" | "lac" => one(Tok::Scale(5)),
        "million" | "mln" | "mn" => one(Tok::Scale(6)),
        "millions" => many(Tok::Scale(6)),
        "crore" => one(Tok::Scale(7)),
        "billion" | "bln" | "bn" => one(Tok::Scale(9)),
        "billions" => many(Tok::Scale(9)),
        "trillion" | "tln" | "trn" => one(Tok::Scale(12)),
        "trillions" => many(Tok::Scale(12)),
        "dozen" => one(Tok::Dozen),
        "dozens" => many(Tok::Dozen),
        "first" => one(Tok::Nth(1)),
        "firsts" => many(Tok::Nth(1)),
        "second" => one(Tok::Nth(2)),
        "third" => one(Tok::Nth(3)),
        "thirds" => many(Tok::Nth(3)),
        "fourth" => one(Tok::Nth(4)),
        "fourths" => many(Tok::Nth(4)),
        "fifth" => one(Tok::Nth(5)),
        "fifths" => many(Tok::Nth(5)),
        "sixth" => one(Tok::Nth(6)),
        "sixths" => many(Tok::Nth(6)),
        "seventh" => one(Tok::Nth(7)),
        "sevenths" => many(Tok::Nth(7)),
        "eighth" => one(Tok::Nth(8)),
        "eighths" => many(Tok::Nth(8)),
        "ninth" => one(Tok::Nth(9)),
        "ninths" => many(Tok::Nth(9)),
        "tenth" => one(Tok::Nth(10)),
        "tenths" => many(Tok::Nth(10)),
        "eleventh" => one(Tok::Nth(11)),
        "elevenths" => many(Tok::Nth(11)),
        "twelfth" => one(Tok::Nth(12)),
        "twelfths" => many(Tok::Nth(12)),
        "thirteenth" => one(Tok::Nth(13)),
        "thirteenths" => many(Tok::Nth(13)),
        "fourteenth" => one(Tok::Nth(14)),
        "fifteenth" => one(Tok::Nth(15)),
        "fifteenths" => many(Tok::Nth(15)),
        "sixteenth" => one(Tok::Nth(16)),
        "sixteenths" => many(Tok::Nth(16)),
        "seventeenth" => one(Tok::Nth(17)),
        "eighteenth" => one(Tok::Nth(18)),
        "nineteenth" => one(Tok::Nth(19)),
        "twentieth" => one(Tok::TensNth(20)),
        "twentieths" => many(Tok::TensNth(20)),
        "thirtieth" => one(Tok::TensNth(30)),
        "thirtieths" => many(Tok::TensNth(30)),
        "fortieth" => one(Tok::TensNth(40)),
        "fiftieth" => one(Tok::TensNth(50)),
        "sixtieth" => one(Tok::TensNth(60)),
        "seventieth" => one(Tok::TensNth(70)),
        "eightieth" => one(Tok::TensNth(80)),
        "ninetieth" => one(Tok::TensNth(90)),
        "hundredth" => one(Tok::HundredNth),
        "hundredths" => many(Tok::HundredNth),
        "thousandth" => one(Tok::ScaleNth(3)),
        "thousandths" => many(Tok::ScaleNth(3)),
        "millionth" => one(Tok::ScaleNth(6)),
        "millionths" => many(Tok::ScaleNth(6)),
        "billionth" => one(Tok::ScaleNth(9)),
        "billionths" => many(Tok::ScaleNth(9)),
        "trillionth" => one(Tok::ScaleNth(12)),
        "trillionths" => many(Tok::ScaleNth(12)),
        "a" | "an" => one(Tok::A),
        "and" => one(Tok::And),
        "point" => one(Tok::Point),
        "half" => one(Tok::Half),
        "halves" => many(Tok::Half),
        "quarter" => one(Tok::Quarter),
        "quarters" => many(Tok::Quarter),
        "of" => one(Tok::Of),
        "over" => one(Tok::Over),
        "out" => one(Tok::Out),
        _ => None,
    }
}

/// One past the ASCII letters at `i`.
fn word_end(t: &Chars<'_>, i: usize) -> usize {
    let mut j = i;
    while t.c(j).is_ascii_alphabetic() {
        j += 1;
    }
    j
}

/// The word at `i` in lower case, and its end.
fn lower_at(t: &Chars<'_>, i: usize) -> Option<(Lower, usize)> {
    let end = word_end(t, i);
    if t.c(end).is_alphanumeric() || t.c(end) == '_' {
        return None;
    }
    Some((Lower::of(t, i, end)?, end))
}

/// Whether the word that ends before `i` (spaces between) is one of `words`; any case.
fn word_before(t: &Chars<'_>, i: usize, words: &[&str]) -> bool {
    let end = t.before_space(i);
    let mut start = end;
    while start > 0 && t.c(start - 1).is_ascii_alphabetic() && end - start < 16 {
        start -= 1;
    }
    Lower::of(t, start, end).is_some_and(|w| words.contains(&w.as_str()))
}

/// Whether the next word after `i` (spaces or one hyphen between) is one of `words`, and its end.
fn word_after(t: &Chars<'_>, i: usize, words: &[&str]) -> Option<usize> {
    let k = after_joint(t, i);
    let (w, end) = lower_at(t, k)?;
    words.contains(&w.as_str()).then_some(end)
}

fn after_joint(t: &Chars<'_>, i: usize) -> usize {
    if matches!(t.c(i), '-' | '‑' | '‐') { i + 1 } else { t.past_space(i) }
}

/// Reads the word at `i`: a numeral, a month, a name to pass over. Returns where to read on.
fn word(t: &Chars<'_>, i: usize, items: &mut Vec<Item>, out: &mut Out<'_, '_>) -> usize {
    let w = scan::word(t, i);
    if t.c(w.end).is_alphabetic() {
        return past_word(t, i);
    }
    if w.has_digit {
        let text = &t.src[t.span(i, w.end).range()];
        return scan::digit_word(t, i, &w, text, out);
    }
    let Some(low) = Lower::of(t, i, w.end) else { return w.skip };
    let text = &t.src[t.span(i, w.end).range()];
    let low = low.as_str();
    if w.skip > w.end && !matches!(low, "fy") {
        return w.skip;
    }
    // Most words end here.
    match low.len() {
        1 if !matches!(low, "a") => return w.end,
        2 if matches!(low, "of" | "to" | "in" | "is" | "it" | "on" | "or" | "by" | "as" | "at" | "be") => {
            return w.end;
        }
        _ => {}
    }
    if t.c(i).is_ascii_uppercase() {
        if let Some(m) = scan::month(text) {
            return month(t, i, w.end, m, text, out);
        }
        if let Some(d) = weekday(low) {
            out.push(Draft::new(ValueKind::Weekday, i, w.end, Amount::int(d)));
            return w.end;
        }
        let n = t.past_space(w.end);
        if t.c(n).is_ascii_digit()
            && text.len() == 3
            && let Some(unit) = units::currency_code(text)
        {
            return phrase(t, n, Some((unit, i)), items, out);
        }
        if let Some(stop) = scan::past_standard(t, text, w.end) {
            return stop;
        }
    }
    if let Some(n) = roman_after(t, low, w.end) {
        return push_roman(n, out);
    }
    if at_start(t, i)
        && t.past_space(w.end) >= t.len()
        && let Some(n) = scan::roman(text)
    {
        out.push(Draft::new(ValueKind::Ordinal, i, w.end, Amount::int(n)).weak(true));
        return w.end;
    }
    if at_start(t, i)
        && t.c(w.end) == '.'
        && t.c(w.end + 1) == ' '
        && let Some(n) = scan::roman(text)
    {
        out.push(Draft::new(ValueKind::Ordinal, i, w.end, Amount::int(n)).weak(true));
        return w.end;
    }
    // Louis XIV
    if w.end >= i + 2
        && !low.contains(|c| !matches!(c, 'i' | 'v' | 'x' | 'l'))
        && let Some(n) = scan::roman(text)
    {
        out.push(Draft::new(ValueKind::Ordinal, i, w.end, Amount::int(n)).weak(true));
        return w.end;
    }
    match low {
        "minus" | "negative" => {
            let n = t.past_space(w.end);
            let number = t.c(n).is_ascii_digit()
                || t.c(n) == '.'
                || lower_at(t, n).is_some_and(|(l, _)| {
                    matches!(token(l.as_str()), Some((Tok::Unit(_) | Tok::Tens(_), _)))
                });
            if n > w.end && number {
                return signed_phrase(t, n, Some(i), None, items, out);
            }
            w.end
        }
        "percent" | "percents" | "percentage" | "percentages" | "per" => {
            percent_of(t, i, low, w.end, items, out)
        }
        "twice" | "double" | "doubled" | "doubling" | "doubles" | "twofold" => multiple(i, w.end, 2, out),
        "triple" | "tripled" | "tripling" | "thrice" | "threefold" => multiple(i, w.end, 3, out),
        "quadruple" | "quadrupled" | "fourfold" => multiple(i, w.end, 4, out),
        "fivefold" => multiple(i, w.end, 5, out),
        "tenfold" => multiple(i, w.end, 10, out),
        // "over the past decade": ten years
        "decade" => {
            let mut d = Draft::new(ValueKind::Number, i, w.end, Amount::int(10)).weak(true);
            d.unit = Some(Unit("year"));
            out.push(d);
            w.end
        }
        // "another spoonful": one more
        "another" if word_before(t, i, &["one"]) => w.end,
        "another" => {
            out.push(Draft::new(ValueKind::Number, i, w.end, Amount::int(1)).weak(true));
            w.end
        }
        "both" | "couple" | "dual" | "bilateral" => {
            out.push(Draft::new(ValueKind::Number, i, w.end, Amount::int(2)).weak(true));
            w.end
        }
        "twenties" => decade_word(t, i, w.end, 20, out),
        "thirties" => decade_word(t, i, w.end, 30, out),
        "forties" => decade_word(t, i, w.end, 40, out),
        "fifties" => decade_word(t, i, w.end, 50, out),
        "sixties" => decade_word(t, i, w.end, 60, out),
        "seventies" => decade_word(t, i, w.end, 70, out),
        "eighties" => decade_word(t, i, w.end, 80, out),
        "nineties" => decade_word(t, i, w.end, 90, out),
        "midnight" | "noon" => {
            let h = if low == "noon" { 12 } else { 0 };
            out.push(Draft::new(ValueKind::Hour, i, w.end, Amount::int(h)).weak(true));
            w.end
        }
        "firstly" | "secondly" | "thirdly" | "fourthly" => {
            let n = match low {
                "firstly" => 1,
                "secondly" => 2,
                "thirdly" => 3,
                _ => 4,
            };
            out.push(Draft::new(ValueKind::Ordinal, i, w.end, Amount::int(n)).weak(true));
            w.end
        }
        _ => match token(low) {
            Some((Tok::And | Tok::Point | Tok::Of | Tok::Over | Tok::Out, _)) | None => w.end,
            Some((Tok::A, _)) => {
                let next = lower_at(t, t.past_space(w.end)).and_then(|(l, _)| token(l.as_str()));
                match next {
                    Some((
                        Tok::Hundred
                        | Tok::Scale(_)
                        | Tok::Dozen
                        | Tok::Quarter
                        | Tok::Half
                        | Tok::HundredNth
                        | Tok::ScaleNth(_),
                        false,
                    ))
                    | Some((Tok::Nth(3..), false))
                    | Some((Tok::TensNth(_), false)) => phrase(t, i, None, items, out).max(w.end),
                    _ => w.end,
                }
            }
            Some((Tok::Hundred | Tok::Scale(_) | Tok::Dozen, _)) => w.end,
            Some(_) => phrase(t, i, None, items, out).max(w.end),
        },
    }
}

fn multiple(i: usize, end: usize, n: i64, out: &mut Out<'_, '_>) -> usize {
    out.push(Draft::new(ValueKind::Multiple, i, end, Amount::int(n)).weak(true));
    end
}

fn decade_word(t: &Chars<'_>, i: usize, end: usize, n: i64, out: &mut Out<'_, '_>) -> usize {
    let age = word_before(t, i, &["his", "her", "their", "my", "your"]);
    out.push(Draft::new(ValueKind::Decade, i, end, Amount::int(n)).weak(age));
    end
}

fn weekday(low: &str) -> Option<i64> {
    Some(match low {
        "monday" => 1,
        "tuesday" => 2,
        "wednesday" => 3,
        "thursday" => 4,
        "friday" => 5,
        "saturday" => 6,
        "sunday" => 7,
        _ => return None,
    })
}

/// Whether a line begins at `i`.
fn at_start(t: &Chars<'_>, i: usize) -> bool {
    let j = t.before_space(i);
    j == 0 || t.c(j - 1) == '\n' || matches!(t.before(j), '#' | '*')
}

/// The place of a Roman numeral after a word that is numbered so: Chapter IV, World War II.
fn roman_after(t: &Chars<'_>, low: &str, end: usize) -> Option<(usize, usize, i64)> {
    if !matches!(
        low,
        "chapter"
            | "part"
            | "section"
            | "article"
            | "volume"
            | "book"
            | "phase"
            | "type"
            | "class"
            | "war"
            | "title"
            | "appendix"
            | "annex"
            | "act"
            | "stage"
            | "level"
            | "table"
            | "figure"
    ) {
        return None;
    }
    let n = t.past_space(end);
    let stop = word_end(t, n);
    if n == end || stop == n || t.c(stop).is_alphanumeric() || !t.c(n).is_ascii_uppercase() {
        return None;
    }
    let value = scan::roman(&t.src[t.span(n, stop).range()])?;
    // "Part I have not read": the pronoun.
    if stop == n + 1
        && t.c(n) == 'I'
        && word_after(
            t,
            stop,
            &["have", "am", "was", "had", "do", "did", "will", "would", "can", "think", "like"],
        )
        .is_some()
    {
        return None;
    }
    Some((n, stop, value))
}

fn push_roman((from, to, n): (usize, usize, i64), out: &mut Out<'_, '_>) -> usize {
    out.push(Draft::new(ValueKind::Ordinal, from, to, Amount::int(n)));
    to
}

/// "percent of 10": the number that follows, as a percentage.
fn percent_of(
    t: &Chars<'_>,
    i: usize,
    low: &str,
    end: usize,
    items: &mut Vec<Item>,
    out: &mut Out<'_, '_>,
) -> usize {
    let mut end = end;
    if low == "per" {
        match word_after(t, end, &["cent", "cents"]) {
            Some(e) => end = e,
            None => {
                // per second
                return word_after(t, end, &["second"]).unwrap_or(end);
            }
        }
    }
    if out.last_end() > i {
        return end;
    }
    let Some(of) = word_after(t, end, &["of"]) else { return end };
    let n = t.past_space(of);
    collect(t, n, items);
    let Some(p) = parse(items) else { return end };
    let Some(last) = items.get(p.used.saturating_sub(1)) else { return end };
    if p.kind == ValueKind::Number && p.used > 0 && !t.c(t.past_space(last.end)).is_ascii_lowercase() {
        out.push(Draft::new(ValueKind::Percent, i, last.end, p.value));
        return last.end;
    }
    end
}

/// A sign of currency before a number.
fn currency(t: &Chars<'_>, i: usize, items: &mut Vec<Item>, out: &mut Out<'_, '_>) -> usize {
    let mut from = i;
    while from > 0 && i - from < 3 && t.c(from - 1).is_ascii_uppercase() {
        from -= 1;
    }
    let n = t.past_space(i + 1);
    match units::currency_sign(t.c(i), &t.src[t.span(from, i).range()]) {
        Some(unit) if t.c(n).is_ascii_digit() || t.c(n) == '.' => {
            phrase(t, n, Some((unit, from)), items, out)
        }
        _ => i + 1,
    }
}

/// '90s
fn short_decade(t: &Chars<'_>, i: usize, out: &mut Out<'_, '_>) -> usize {
    let (a, b) = (t.c(i + 1).to_digit(10), t.c(i + 2));
    if let Some(a) = a
        && b == '0'
        && t.c(i + 3) == 's'
        && !t.c(i + 4).is_alphanumeric()
        && !t.before(i).is_alphanumeric()
    {
        out.push(Draft::new(ValueKind::Decade, i, i + 4, Amount::int(i64::from(a) * 10)));
        return i + 4;
    }
    // '95
    if let (Some(a), Some(b)) = (a, b.to_digit(10))
        && t.c(i) != '‘'
        && !t.c(i + 3).is_alphanumeric()
        && !matches!(t.c(i + 3), '\'' | '’' | '.' | '%' | ',' | ':')
        && !t.before(i).is_alphanumeric()
    {
        let n = i64::from(a * 10 + b);
        out.push(
            Draft::new(ValueKind::Year, i, i + 3, Amount::int(if n >= 30 { 1900 + n } else { 2000 + n }))
                .weak(true),
        );
        return i + 3;
    }
    i + 1
}

/// Collects the run of numeral words and digits from `i` on.
fn collect(t: &Chars<'_>, i: usize, items: &mut Vec<Item>) {
    items.clear();
    let mut k = i;
    let (mut hyphen, mut loose) = (false, false);
    while items.len() < 24 {
        let c = t.c(k);
        let (tok, plural, end, plain);
        if c.is_ascii_digit() || c == '.' {
            if hyphen && !items.is_empty() {
                break;
            }
            let Some(d) = scan::digits(t, k, false) else { break };
            let Some(mut a) = d.amount else { break };
            (plural, end, plain) = (false, d.end, d.plain);
            if let Some(v) = vulgar(t.c(end)).and_then(|v| a.add(v)) {
                items.push(Item { tok: Tok::Digits(v), end: end + 1, plural, hyphen, loose, plain: 0 });
                break;
            }
            if let Some((v, e)) = scan::slash_fraction(t, k, &d) {
                a = v;
                items.push(Item { tok: Tok::Digits(a), end: e, plural: true, hyphen, loose, plain: 0 });
                break;
            }
            tok = Tok::Digits(a);
        } else if let Some(v) = vulgar(c) {
            (tok, plural, end, plain) = (Tok::Digits(v), true, k + 1, 0);
        } else if c.is_ascii_alphabetic() {
            let stop = word_end(t, k);
            if t.c(stop).is_alphanumeric()
                || t.c(stop) == '_'
                || (matches!(t.c(stop), '\'' | '’') && t.c(stop + 1) == 's')
            {
                break;
            }
            let touching = items.last().is_some_and(|p| p.end == k && matches!(p.tok, Tok::Digits(_)));
            let scale = if items.last().is_some_and(|p| matches!(p.tok, Tok::Digits(_))) && stop == k + 1 {
                letter_scale(c, touching)
            } else {
                None
            };
            if let Some(s) = scale {
                (tok, plural, end, plain) = (Tok::Scale(s), false, stop, 0);
            } else {
                let Some((tk, p)) = Lower::of(t, k, stop).and_then(|l| token(l.as_str())) else { break };
                if touching && !matches!(tk, Tok::Scale(_)) {
                    break;
                }
                (tok, plural, end, plain) = (tk, p, stop, 0);
            }
        } else {
            break;
        }
        items.push(Item { tok, end, plural, hyphen, loose, plain });
        let s = t.past_space(end);
        (hyphen, loose) = (false, false);
        if matches!(t.c(s), '-' | '‑' | '‐') && (s == end) != is_space(t.c(s + 1)) {
            hyphen = true;
            loose = s > end;
            k = t.past_space(s + 1);
        } else {
            k = s;
            if k == end && !t.c(k).is_ascii_alphabetic() {
                break;
            }
        }
    }
    // Words that only join need something to join.
    while items
        .last()
        .is_some_and(|i| matches!(i.tok, Tok::And | Tok::A | Tok::Of | Tok::Over | Tok::Out | Tok::Point))
    {
        items.pop();
    }
}

/// The power of ten of a letter after digits: 10k, 1.2b, 10 G.
fn letter_scale(c: char, touching: bool) -> Option<i32> {
    match c {
        'k' | 'K' => Some(3),
        'M' if touching => Some(6),
        'b' | 'B' if touching => Some(9),
        'G' => Some(9),
        'T' if touching => Some(12),
        _ => None,
    }
}

/// What a run of items means.
#[derive(Debug, Clone, Copy)]
struct Phrase {
    kind: ValueKind,
    value: Amount,
    /// How many items it takes.
    used: usize,
    scale: Amount,
    /// Nothing but the word "one", "half", "first" and the like.
    weak: bool,
}

fn tok(items: &[Item], k: usize) -> Option<Tok> {
    items.get(k).map(|i| i.tok)
}

/// A cardinal or an ordinal as far as it goes.
#[derive(Debug, Clone, Copy)]
struct Cardinal {
    value: Amount,
    next: usize,
    /// The last magnitude from thousand on, or one.
    scale: Amount,
    /// Ends in an ordinal word.
    nth: bool,
    plural: bool,
}

/// zero to ninety-nine, or digits, in words: the value and the next item; `true` when it ends in an ordinal.
fn simple(items: &[Item], k: usize) -> Option<(Amount, usize, bool)> {
    let int = |n: i64| Amount::int(n);
    match tok(items, k)? {
        Tok::Digits(a) => Some((a, k + 1, false)),
        Tok::Unit(n) => Some((int(n), k + 1, false)),
        Tok::Nth(n) => Some((int(n), k + 1, true)),
        Tok::TensNth(n) => Some((int(n), k + 1, true)),
        Tok::Tens(n) => match tok(items, k + 1) {
            Some(Tok::Unit(u @ 1..=9)) => Some((int(n + u), k + 2, false)),
            // "twenty second" is 22nd; "twenty fifths" may be a fraction, which the caller sees to.
            Some(Tok::Nth(u @ 1..=9)) => Some((int(n + u), k + 2, true)),
            _ => Some((int(n), k + 1, false)),
        },
        _ => None,
    }
}

/// A number below a thousand, or digits: 322 hundred, three hundred and two, five point two.
fn group(items: &[Item], k: usize) -> Option<(Amount, usize, bool)> {
    let (mut v, mut j, mut nth) = simple(items, k)?;
    if nth {
        return Some((v, j, true));
    }
    match tok(items, j) {
        Some(Tok::Hundred) => {
            v = v.mul(Amount::int(100))?;
            j += 1;
            let from = if tok(items, j) == Some(Tok::And) { j + 1 } else { j };
            if let Some((rest, next, n)) = simple(items, from)
                && rest < Amount::int(100)
                && !rest.is_negative()
                && rest.as_int().is_some()
                && !matches!(tok(items, next), Some(Tok::Hundred))
                && !(n && items.get(next - 1).is_some_and(|i| i.plural))
                && !starts_fraction(items, from, next)
                && !items.get(from).is_some_and(|i| i.hyphen && matches!(i.tok, Tok::Digits(_)))
            {
                if tok(items, next) == Some(Tok::Dozen) {
                    return Some((v.add(rest.mul(Amount::int(12))?)?, next + 1, false));
                }
                (v, j, nth) = (v.add(rest)?, next, n);
            }
        }
        Some(Tok::HundredNth)
            if !items.get(j).is_some_and(|i| i.plural) && !matches!(v.as_int(), Some(1)) =>
        {
            return Some((v.mul(Amount::int(100))?, j + 1, true));
        }
        Some(Tok::Point) => {
            if let Some((part, next)) = point(items, j + 1) {
                let v = v.add(part)?;
                // six point five hundred
                if tok(items, next) == Some(Tok::Hundred) {
                    return Some((v.mul(Amount::int(100))?, next + 1, false));
                }
                return Some((v, next, false));
            }
        }
        _ => {}
    }
    if !nth
        && tok(items, j) == Some(Tok::Point)
        && let Some((part, next)) = point(items, j + 1)
    {
        return Some((v.add(part)?, next, false));
    }
    Some((v, j, nth))
}

/// Whether the items from `from` to `next` are the numerator of a fraction: "and two thirds", "and three quarters".
fn starts_fraction(items: &[Item], from: usize, next: usize) -> bool {
    match items.get(next) {
        Some(Item {
            tok: Tok::Nth(3..) | Tok::TensNth(_) | Tok::HundredNth | Tok::ScaleNth(_),
            plural,
            ..
        }) => *plural || matches!(tok(items, from), Some(Tok::Unit(1))),
        Some(Item { tok: Tok::Quarter, .. }) => true,
        Some(Item { tok: Tok::Half, plural: true, .. }) => true,
        _ => false,
    }
}

/// The decimals after "point".
fn point(items: &[Item], k: usize) -> Option<(Amount, usize)> {
    let mut mantissa: i128 = 0;
    let mut places = 0;
    let mut j = k;
    while places < 18 {
        match tok(items, j) {
            Some(Tok::Unit(n @ 0..=9)) => {
                mantissa = mantissa * 10 + i128::from(n);
                places += 1;
                j += 1;
            }
            Some(Tok::Digits(v))
                if places == 0 && items.get(j).is_some_and(|i| (1..=9).contains(&i.plain)) =>
            {
                mantissa = i128::from(v.as_int()?);
                places = i32::try_from(items.get(j)?.plain).ok()?;
                j += 1;
                break;
            }
            Some(Tok::Unit(_) | Tok::Tens(_)) => {
                let (v, next, nth) = simple(items, j)?;
                if nth {
                    break;
                }
                mantissa = mantissa * 100 + i128::from(v.as_int()?);
                places += 2;
                j = next;
            }
            _ => break,
        }
    }
    if j == k {
        return None;
    }
    Some((Amount::ratio(mantissa, 1)?.div(Amount::ten_to(places)?)?, j))
}

/// The product of the scale words from `k` on (thousand, million, "thousand million", dozen).
fn scales(items: &[Item], k: usize) -> Option<(Amount, usize)> {
    let mut f = Amount::ONE;
    let mut j = k;
    loop {
        match tok(items, j) {
            Some(Tok::Scale(p)) => f = f.mul(Amount::ten_to(p)?)?,
            Some(Tok::Hundred) if j > k => break,
            Some(Tok::Dozen) => f = f.mul(Amount::int(12))?,
            _ => break,
        }
        j += 1;
    }
    (j > k).then_some((f, j))
}

/// The longest cardinal or ordinal from `k` on.
fn cardinal(items: &[Item], k: usize) -> Option<Cardinal> {
    let mut total = Amount::ZERO;
    let mut last: Option<Amount> = None;
    let mut scale = Amount::ONE;
    let mut j = k;
    loop {
        let from = if j > k && tok(items, j) == Some(Tok::And) { j + 1 } else { j };
        // A hyphen between spaces joins only tens and units.
        let Some((v, mut next, nth)) = group(items, from) else { break };
        if j > k && v.as_int().is_none() {
            break;
        }
        if j > k && items.get(from).is_some_and(|i| i.loose) {
            break;
        }
        if j > k
            && (starts_fraction(items, from, next) || nth && items.get(next - 1).is_some_and(|i| i.plural))
        {
            break;
        }
        let mut value = v;
        let mut step = Amount::ONE;
        if !nth && let Some((f, stop)) = scales(items, next) {
            value = v.mul(f)?;
            step = f;
            next = stop;
        }
        let fits = last.is_none_or(|l| value < l && step < l);
        if !fits {
            break;
        }
        if j > k && from == j && last.is_some_and(|l| l == Amount::ONE) {
            break;
        }
        total = total.add(value)?;
        if nth {
            let plural = items.get(next - 1).is_some_and(|i| i.plural);
            return Some(Cardinal { value: total, next, scale, nth: true, plural });
        }
        scale = step;
        j = next;
        // thousandth, millionth
        if let Some(Tok::ScaleNth(p)) = tok(items, j)
            && !items.get(j).is_some_and(|i| i.plural)
            && step == Amount::ONE
            && v != Amount::ONE
        {
            let rest = v.mul(Amount::ten_to(p)?.add(Amount::int(-1))?)?;
            return Some(Cardinal {
                value: total.add(rest)?,
                next: j + 1,
                scale: Amount::ONE,
                nth: true,
                plural: false,
            });
        }
        if step == Amount::ONE {
            break;
        }
        last = Some(step);
    }
    (j > k).then_some(Cardinal { value: total, next: j, scale, nth: false, plural: false })
}

/// The denominator that begins at `k`: third, quarters, twenty-firsts, one hundred and fifth.
fn denominator(items: &[Item], k: usize, singular: bool) -> Option<(Amount, usize)> {
    let item = items.get(k)?;
    match item.tok {
        Tok::Quarter if item.plural || singular => Some((Amount::int(4), k + 1)),
        Tok::Half if item.plural || singular => Some((Amount::int(2), k + 1)),
        Tok::HundredNth => Some((Amount::int(100), k + 1)),
        Tok::ScaleNth(p) => Some((Amount::ten_to(p)?, k + 1)),
        _ => {
            let c = cardinal(items, k)?;
            let last = items.get(c.next.checked_sub(1)?)?;
            let small = matches!(c.value.as_int(), Some(1 | 2));
            (c.nth && !small && (last.plural || singular)).then_some((c.value, c.next))
        }
    }
}

/// A fraction that begins at `k`: half, a third, two thirds, three twenty-firsts.
fn fraction(items: &[Item], k: usize) -> Option<(Amount, usize)> {
    let half = Amount::ratio(1, 2)?;
    match tok(items, k)? {
        Tok::Half if !items.get(k)?.plural => return Some((half, k + 1)),
        Tok::A => {
            if tok(items, k + 1) == Some(Tok::Half) {
                return Some((half, k + 2));
            }
            let (d, next) = denominator(items, k + 1, true)?;
            return Some((Amount::ONE.div(d)?, next));
        }
        _ => {}
    }
    // The numerator is the longest cardinal that leaves a denominator.
    let c = cardinal(items, k)?;
    if c.nth && c.plural {
        return split_plural(items, k, c.next);
    }
    if c.nth {
        return None;
    }
    let singular = c.value == Amount::ONE
        || items.get(c.next).is_some_and(|i| i.hyphen && !i.loose && c.value < Amount::int(10));
    let (d, next) = denominator(items, c.next, singular)?;
    Some((c.value.div(d)?, next))
}

/// A numeral whose last word is a plural ordinal: one hundred thirty-fifths is 100/35.
fn split_plural(items: &[Item], k: usize, next: usize) -> Option<(Amount, usize)> {
    let last = next.checked_sub(1)?;
    let tens = last > k + 1
        && matches!(tok(items, last - 1), Some(Tok::Tens(_)))
        && matches!(tok(items, last), Some(Tok::Nth(1..=9)));
    let cut = if tens { last - 1 } else { last };
    if cut <= k {
        return None;
    }
    let joint = usize::from(tok(items, cut - 1) == Some(Tok::And));
    let top = cardinal(items.get(..cut - joint)?, k).filter(|c| c.next == cut - joint && !c.nth)?;
    let (d, _) = denominator(items, cut, true)?;
    Some((top.value.div(d)?, next))
}

/// The longest meaning of a run of items from its first on.
fn parse(items: &[Item]) -> Option<Phrase> {
    let number = |value, used, scale| Phrase { kind: ValueKind::Number, value, used, scale, weak: false };
    let first = items.first()?;
    if let (Tok::Digits(v), true) = (first.tok, first.plural) {
        // 3/5, ½
        return Some(Phrase {
            kind: ValueKind::Fraction,
            value: v,
            used: 1,
            scale: Amount::ONE,
            weak: false,
        });
    }
    if first.tok == Tok::A {
        if let Some((f, next)) = scales(items, 1)
            .or_else(|| if tok(items, 1) == Some(Tok::Hundred) { Some((Amount::int(100), 2)) } else { None })
        {
            // "a hundred and twenty": as with "one".
            let mut as_one = items.to_vec();
            if let Some(i) = as_one.first_mut() {
                i.tok = Tok::Unit(1);
            }
            let mut p = parse(&as_one).filter(|p| p.used >= next).unwrap_or(number(f, next, f));
            p.scale = Amount::ONE;
            // "a dozen" is seldom counted.
            p.weak = p.used == 2 && tok(items, 1) == Some(Tok::Dozen);
            return Some(p);
        }
        if tok(items, 1) == Some(Tok::Half) {
            return parse(items.get(1..)?).map(|p| Phrase { used: p.used + 1, ..p });
        }
    }
    // half a million, two thirds of a million, half dozen
    if let Some((v, next)) = fraction(items, 0) {
        let of = usize::from(tok(items, next) == Some(Tok::Of));
        let a = usize::from(tok(items, next + of) == Some(Tok::A));
        let hundred = tok(items, next + of + a) == Some(Tok::Hundred);
        if of + a > 0 || first.tok == Tok::Half {
            if let Some((f, stop)) = scales(items, next + of + a) {
                return Some(number(v.mul(f)?, stop, Amount::ONE));
            }
            if hundred {
                return Some(number(v.mul(Amount::int(100))?, next + of + a + 1, Amount::ONE));
            }
        }
        let weak = matches!(first.tok, Tok::Half) || first.tok == Tok::A;
        return Some(Phrase { kind: ValueKind::Fraction, value: v, used: next, scale: Amount::ONE, weak });
    }
    let c = match first.tok {
        Tok::HundredNth | Tok::ScaleNth(_) => {
            let (v, used) = denominator(items, 0, true)?;
            return Some(Phrase {
                kind: ValueKind::Ordinal,
                value: v,
                used,
                scale: Amount::ONE,
                weak: false,
            });
        }
        _ => cardinal(items, 0)?,
    };
    if c.nth {
        if c.plural {
            return None;
        }
        let weak = c.next == 1 && matches!(first.tok, Tok::Nth(1 | 2));
        return Some(Phrase {
            kind: ValueKind::Ordinal,
            value: c.value,
            used: c.next,
            scale: Amount::ONE,
            weak,
        });
    }
    let mut used = c.next;
    let mut value = c.value;
    // twenty and three and three fifths
    if c.next == 1
        && let (Some(Tok::Tens(_)), Some(Tok::And), Some(Tok::Unit(u @ 1..=9)), Some(Tok::And)) =
            (tok(items, 0), tok(items, 1), tok(items, 2), tok(items, 3))
        && fraction(items, 4).is_some()
    {
        value = value.add(Amount::int(u))?;
        used = 3;
    }
    // two and a half, three million and a quarter, five and a half million
    if tok(items, used) == Some(Tok::And)
        && let Some((part, next)) = fraction(items, used + 1)
    {
        if let Some((f, stop)) = scales(items, next) {
            let v = if c.scale > f { value.add(part.mul(f)?)? } else { value.add(part)?.mul(f)? };
            return Some(number(v, stop, Amount::ONE));
        }
        let part = if c.scale > Amount::ONE { part.mul(c.scale)? } else { part };
        return Some(number(value.add(part)?, next, Amount::ONE));
    }
    // one over three, two out of five hundred
    let divisor = match (tok(items, used), tok(items, used + 1)) {
        (Some(Tok::Over), _) => Some((used + 1, false)),
        (Some(Tok::Out), Some(Tok::Of)) => Some((used + 2, true)),
        _ => None,
    };
    if let Some((from, proper)) = divisor
        && let Some(d) = cardinal(items, from)
        && !d.nth
        && !d.value.is_zero()
        && (!proper || value <= d.value)
    {
        // What is "over" a number must end there; the caller checks what follows.
        return Some(Phrase {
            kind: ValueKind::Fraction,
            value: value.div(d.value)?,
            used: d.next,
            scale: Amount::ONE,
            weak: false,
        });
    }
    // nineteen ninety-four
    if used == 1
        && matches!(first.tok, Tok::Unit(16..=19) | Tok::Tens(20))
        && !items.get(1).is_some_and(|x| x.loose)
        && let (Some(Tok::Unit(10..) | Tok::Tens(_)), Some((rest, next, false))) =
            (tok(items, 1), simple(items, 1))
    {
        let year = value.mul(Amount::int(100))?.add(rest)?;
        return Some(Phrase {
            kind: ValueKind::Year,
            value: year,
            used: next,
            scale: Amount::ONE,
            weak: false,
        });
    }
    let weak = used == 1 && matches!(first.tok, Tok::Unit(0 | 1));
    Some(Phrase { kind: ValueKind::Number, value, used, scale: c.scale, weak })
}

fn phrase(
    t: &Chars<'_>,
    i: usize,
    money: Option<(Unit, usize)>,
    items: &mut Vec<Item>,
    out: &mut Out<'_, '_>,
) -> usize {
    signed_phrase(t, i, None, money, items, out)
}

/// Reads the number at `i` with all that belongs to it; `minus` is where a word for minus stands. Returns where to read on.
fn signed_phrase(
    t: &Chars<'_>,
    i: usize,
    minus: Option<usize>,
    money: Option<(Unit, usize)>,
    items: &mut Vec<Item>,
    out: &mut Out<'_, '_>,
) -> usize {
    let c = t.c(i);
    if c.is_ascii_digit()
        && money.is_none()
        && minus.is_none()
        && let Some(end) = scan::digit_date(t, i, true, out).or_else(|| scan::chain(t, i, out))
    {
        return end;
    }
    collect(t, i, items);
    if items.is_empty() {
        return match scan::digits(t, i, false) {
            Some(d) => d.end,
            None => i + 1,
        };
    }
    let Some(mut p) = parse(items) else {
        return items.first().map_or(i + 1, |f| f.end);
    };
    let end_of = |p: &Phrase| items.get(p.used.saturating_sub(1)).map_or(i + 1, |l| l.end);
    let mut end = end_of(&p);
    // "over" divides only where nothing is counted: "5 over 3 years" are two numbers.
    let over = items.iter().take(p.used).position(|x| x.tok == Tok::Over);
    if let Some(k) = over
        && p.kind == ValueKind::Fraction
        && t.c(t.past_space(end)).is_alphanumeric()
    {
        let Some(q) = items.get(..k).and_then(parse) else { return end };
        p = q;
        end = end_of(&p);
    }
    // 5 in 8, one in three
    if p.kind == ValueKind::Number
        && money.is_none()
        && let Some((v, stop)) = one_in(t, &p, end)
    {
        out.push(Draft::new(ValueKind::Fraction, i, stop, v));
        return stop;
    }
    let start = minus.unwrap_or_else(|| if c.is_ascii_digit() || c == '.' { sign_start(t, i) } else { i });
    if start < i {
        p.value = p.value.neg();
        p.weak = false;
    }
    let single = if p.used == 1 { items.first().copied() } else { None };
    context(t, start, i, end, &p, single, money, out)
}

/// "N in M" as a share, where both are bare and M is a round or small number.
fn one_in(t: &Chars<'_>, p: &Phrase, end: usize) -> Option<(Amount, usize)> {
    let k = t.past_space(end);
    let top = p.value.as_int().filter(|&n| (1..100).contains(&n))?;
    if k == end || !t.is(k, "in") || !is_space(t.c(k + 2)) {
        return None;
    }
    let n = t.past_space(k + 2);
    let (bottom, stop) = if t.c(n).is_ascii_digit() {
        let d = scan::digits(t, n, false)?;
        (d.amount?.as_int()?, d.end)
    } else {
        let mut items = Vec::new();
        collect(t, n, &mut items);
        let c = cardinal(&items, 0).filter(|c| !c.nth)?;
        (c.value.as_int()?, items.get(c.next.checked_sub(1)?)?.end)
    };
    let round = (2..=20).contains(&bottom)
        || matches!(bottom, 25 | 30 | 40 | 50 | 60 | 100 | 1000 | 10_000 | 100_000 | 1_000_000);
    // Only shares of people and chances are told so; a count in a place or a time is not.
    let share = round
        && top < bottom
        && (top == 1
            || !t.c(t.past_space(stop)).is_alphanumeric()
            || word_after(
                t,
                stop,
                &[
                    "people",
                    "americans",
                    "chinese",
                    "children",
                    "adults",
                    "women",
                    "men",
                    "households",
                    "students",
                    "respondents",
                ],
            )
            .is_some());
    if !share
        || matches!(t.c(stop), '.' | ',' | '-' | ':' | '/') && t.c(stop + 1).is_ascii_digit()
        || t.c(stop).is_alphanumeric()
    {
        return None;
    }
    Some((Amount::ratio(i128::from(top), i128::from(bottom))?, stop))
}

/// What the words around a number make of it; pushes it and returns where to read on.
#[allow(clippy::too_many_arguments)]
fn context(
    t: &Chars<'_>,
    start: usize,
    at: usize,
    end: usize,
    p: &Phrase,
    single: Option<Item>,
    money: Option<(Unit, usize)>,
    out: &mut Out<'_, '_>,
) -> usize {
    let digits = single.is_some_and(|s| matches!(s.tok, Tok::Digits(_)));
    let plain = single.map_or(0, |s| s.plain);
    let int = p.value.as_int();
    let approximate = word_before(
        t,
        start,
        &["about", "around", "approximately", "nearly", "almost", "roughly", "circa", "some"],
    ) || t.c(end) == '+'
        || word_after(t, end, &["odd"]).is_some();
    let put = |out: &mut Out<'_, '_>,
               kind: ValueKind,
               value: Amount,
               unit: Option<Unit>,
               stop: usize,
               weak: bool| {
        let mut d = Draft::new(kind, start, stop, value);
        d.unit = unit;
        d.weak = weak;
        d.approximate = approximate;
        d.scale = p.scale;
        out.push(d);
        stop
    };
    if let Some((unit, from)) = money {
        // $5m
        let (value, stop, scale) = match (t.c(end), t.c(end + 1).is_alphanumeric()) {
            ('m', false) => {
                (p.value.mul(Amount::int(1_000_000)).unwrap_or(p.value), end + 1, Amount::int(1_000_000))
            }
            _ => (p.value, end, p.scale),
        };
        let mut d = Draft::new(ValueKind::Money, from, stop, value);
        d.unit = Some(unit);
        d.approximate = approximate;
        d.scale = scale;
        out.push(d);
        return stop;
    }
    if p.kind == ValueKind::Year {
        return put(out, ValueKind::Year, p.value, None, end, false);
    }
    if p.kind == ValueKind::Ordinal {
        return ordinal(t, start, at, end, p, single, out);
    }
    let k = t.past_space(end);
    match t.c(k) {
        '%' => return put(out, ValueKind::Percent, p.value, None, k + 1, false),
        '‰' => {
            return put(
                out,
                ValueKind::Percent,
                p.value.div(Amount::int(10)).unwrap_or(p.value),
                None,
                k + 1,
                false,
            );
        }
        _ => {}
    }
    if let Some(stop) = word_after(t, end, &["percent", "percents", "percentage", "pct"])
        .or_else(|| word_after(t, word_after(t, end, &["per"])?, &["cent"]))
    {
        let stop = word_after(t, stop, &["point", "points"]).unwrap_or(stop);
        return put(out, ValueKind::Percent, p.value, None, stop, false);
    }
    if p.kind == ValueKind::Fraction {
        // half a year, half an hour
        if let Some(stop) = word_after(t, end, &["a", "an"]).or(Some(end))
            && single.is_some_and(|s| s.tok == Tok::Half)
            && let Some((w, e)) = lower_at(t, t.past_space(stop))
            && let Some(unit) = units::en_measure(w.as_str())
        {
            return put(out, ValueKind::Number, p.value, Some(unit), e, true);
        }
        if single.is_some_and(|s| s.tok == Tok::Quarter) {
            return end;
        }
        // "a third party": a rank, unless a share of something.
        let rank = p.weak && p.used == 2 && p.value < Amount::ratio(1, 2).unwrap_or(Amount::ONE);
        if rank
            && t.c(t.past_space(end)).is_alphabetic()
            && word_after(
                t,
                end,
                &[
                    "of", "as", "more", "less", "in", "to", "the", "and", "or", "from", "were", "was", "is",
                    "are", "had", "have", "by", "last", "this",
                ],
            )
            .is_none()
            && let Some(n) = Amount::ONE.div(p.value)
        {
            return put(out, ValueKind::Ordinal, n, None, end, true);
        }
        return put(out, ValueKind::Fraction, p.value, None, end, p.weak);
    }
    if digits && let Some(stop) = suffixed(t, start, end, p, plain, out) {
        return stop;
    }
    // After a number in digits, letters that touch it make a name: 5G, 3D.
    if digits && (t.c(end).is_alphabetic() || t.c(end) == '_') {
        return scan::word(t, end).skip.max(past_word(t, end));
    }
    if p.used == 2 && end == at + 2 && matches!(t.c(at + 1), 'G' | 'K') {
        // 5G and 4K are names, unless memory is counted.
        if word_after(t, end, &["ram", "memory", "disk", "storage", "of"]).is_none() {
            return end;
        }
    }
    // Hours with a.m. or p.m.
    if int.is_some_and(|h| (0..=12).contains(&h))
        && let Some(stop) = day_half(t, end)
    {
        return put(out, ValueKind::Hour, p.value, None, stop, false);
    }
    if let Some(stop) =
        word_after(t, after_apostrophe(t, end), &["clock"]).filter(|_| t.c(t.past_space(end)) == 'o')
    {
        return put(out, ValueKind::Hour, p.value, None, stop, false);
    }
    if let Some((w, e)) = lower_at(t, after_joint(t, end)) {
        let w = w.as_str();
        if let Some(unit) = units::en_money(w) {
            return put(out, ValueKind::Money, p.value, Some(unit), e, p.weak);
        }
        if w == "us"
            && let Some(stop) = word_after(t, e, &["dollars", "dollar"])
        {
            return put(out, ValueKind::Money, p.value, Some(Unit("USD")), stop, false);
        }
        if (w == "square" || w == "cubic")
            && let Some((w2, e2)) = lower_at(t, t.past_space(e))
        {
            let unit = match (w, w2.as_str()) {
                ("square", "kilometers" | "kilometres" | "kilometer" | "kilometre") => Some("km²"),
                ("square", "meters" | "metres" | "meter" | "metre") => Some("m²"),
                ("cubic", "meters" | "metres" | "meter" | "metre") => Some("m³"),
                _ => None,
            };
            if let Some(u) = unit {
                return put(out, ValueKind::Number, p.value, Some(Unit(u)), e2, false);
            }
        }
        if w == "bc" || w == "bce" {
            return put(out, ValueKind::Year, p.value.neg(), None, e, false);
        }
        if w == "times" && int != Some(1) {
            return put(out, ValueKind::Number, p.value, None, end, false);
        }
        if matches!(w, "fold") {
            return put(out, ValueKind::Multiple, p.value, None, e, false);
        }
        // 12 July
        if digits
            && plain <= 2
            && int.is_some_and(|d| (1..=31).contains(&d))
            && month_at(t, after_joint(t, end)).is_some()
        {
            return put(out, ValueKind::Day, p.value, None, end, false);
        }
        // two decades are twenty years
        if matches!(w, "decade" | "decades")
            && let Some(v) = p.value.mul(Amount::int(10))
        {
            return put(out, ValueKind::Number, v, Some(Unit("year")), e, p.weak);
        }
        if let Some((power, unit)) = units::en_prefixed(w)
            && let Some(v) = Amount::ten_to(power).and_then(|f| p.value.mul(f))
        {
            return put(out, ValueKind::Number, v, Some(unit), e, p.weak);
        }
        if let Some(unit) = units::en_measure(w)
            && !p.weak
        {
            return put(out, ValueKind::Number, p.value, Some(unit), e, false);
        }
        if p.weak
            && let Some(unit) = units::en_measure(w)
        {
            return put(out, ValueKind::Number, p.value, Some(unit), e, true);
        }
    }
    if single.is_some_and(|s| s.tok == Tok::Unit(1)) && minus_free(start, at) && !one_counts(t, at, end) {
        return end;
    }
    // A year is told by what stands before it.
    if digits && plain == 4 && int.is_some_and(|y| (1000..2200).contains(&y)) {
        let told = word_before(
            t,
            start,
            &[
                "in", "since", "by", "from", "until", "till", "during", "before", "after", "year", "early",
                "late", "mid", "of", "for", "end", "circa", "and", "to", "through", "spring", "summer",
                "autumn", "winter", "fall", "fy",
            ],
        ) || is_dash(t.before(start))
            || t.before(start) == '('
            || word_before(t, start, &["the", "a", "at"]) && t.c(t.past_space(end)).is_ascii_uppercase();
        let counted = t.c(t.past_space(end)).is_ascii_lowercase()
            && lower_at(t, t.past_space(end)).is_some_and(|(w, _)| {
                w.as_str().ends_with('s')
                    && w.as_str().len() > 3
                    && !matches!(w.as_str(), "was" | "this" | "is" | "has" | "as")
            });
        if told && !counted {
            return put(out, ValueKind::Year, p.value, None, end, false);
        }
    }
    // "these three", "the two": said again of what is known, and often left out.
    let known = single.is_some_and(|s| matches!(s.tok, Tok::Unit(0..=9)))
        && (word_before(t, at, &["these", "those"])
            || p.value == Amount::int(2) && word_before(t, at, &["the", "other"]));
    // two-way, three-dimensional: 双向, 三维
    let compound = !digits && p.used == 1 && t.c(end) == '-' && t.c(end + 1).is_ascii_alphabetic();
    put(out, ValueKind::Number, p.value, None, end, p.weak || compound || known)
}

fn minus_free(start: usize, at: usize) -> bool {
    start == at
}

/// Past "o'" of "o'clock".
fn after_apostrophe(t: &Chars<'_>, end: usize) -> usize {
    let k = t.past_space(end);
    if t.c(k) == 'o' && matches!(t.c(k + 1), '\'' | '’') { k + 2 } else { end }
}

/// a.m., PM after an hour: its end.
fn day_half(t: &Chars<'_>, end: usize) -> Option<usize> {
    let k = t.past_space(end);
    if !matches!(t.c(k), 'a' | 'p' | 'A' | 'P') {
        return None;
    }
    let dot = usize::from(t.c(k + 1) == '.');
    let m = k + 1 + dot;
    if !matches!(t.c(m), 'm' | 'M')
        || t.c(m + 1).is_alphanumeric()
        || (dot == 0 && k > end && t.c(k) == 'a' && t.c(m + 1) == '\'')
    {
        return None;
    }
    Some(m + 1 + usize::from(dot == 1 && t.c(m + 1) == '.'))
}

/// The end of a month's name at `k`.
fn month_at(t: &Chars<'_>, k: usize) -> Option<usize> {
    if !t.c(k).is_ascii_uppercase() {
        return None;
    }
    let end = word_end(t, k);
    scan::month(&t.src[t.span(k, end).range()])?;
    Some(end)
}

/// 1990s, 21st, 5x, 10km: what touches the digits. Pushes the value and returns where to read on.
fn suffixed(
    t: &Chars<'_>,
    start: usize,
    end: usize,
    p: &Phrase,
    plain: usize,
    out: &mut Out<'_, '_>,
) -> Option<usize> {
    let int = p.value.as_int();
    let mut put = |kind: ValueKind, value: Amount, unit: Option<Unit>, stop: usize| {
        let mut d = Draft::new(kind, start, stop, value);
        d.unit = unit;
        out.push(d);
        Some(stop)
    };
    let apostrophe = usize::from(matches!(t.c(end), '\'' | '’'));
    if t.c(end + apostrophe) == 's' && !t.c(end + apostrophe + 1).is_alphanumeric() {
        let stop = end + apostrophe + 1;
        if int.is_some_and(|y| {
            (plain == 4 && y % 10 == 0 && (1000..2200).contains(&y))
                || (plain == 2
                    && y % 10 == 0
                    && (apostrophe > 0
                        || word_before(t, start, &["the", "early", "late", "mid"])
                        || t.before(start) == '-'))
        }) {
            return put(ValueKind::Decade, p.value, None, stop);
        }
    }
    if !t.c(end).is_alphanumeric() && !matches!(t.c(end), '°' | '℃' | '℉' | ' ' | '\u{a0}') {
        return None;
    }
    let (word, stop) = match lower_at(t, end) {
        Some((w, stop)) => (w, stop),
        None => (Lower { bytes: [0; 16], len: 0 }, end),
    };
    match word.as_str() {
        "st" | "nd" | "rd" | "th" => {
            let q = Phrase { kind: ValueKind::Ordinal, ..*p };
            return Some(ordinal(t, start, start, stop, &q, None, out));
        }
        "x" if !matches!(t.before(start), '-' | '/') => return put(ValueKind::Multiple, p.value, None, stop),
        _ => {}
    }
    if int.is_some_and(|h| (0..=12).contains(&h))
        && stop > end
        && let Some(stop) = day_half(t, end)
    {
        return put(ValueKind::Hour, p.value, None, stop);
    }
    let k = t.past_space(end);
    if let Some((unit, factor, stop)) = units::sign(t, k)
        && (k == end || stop > k + 1 || matches!(t.c(k), 'm' | 'g' | 'L' | 'V' | 'W' | 't'))
        && let Some(v) = p.value.mul(factor)
    {
        return put(ValueKind::Number, v, Some(unit), stop);
    }
    None
}

/// What follows an ordinal: century, quarter, half, a day's month.
fn ordinal(
    t: &Chars<'_>,
    start: usize,
    at: usize,
    end: usize,
    p: &Phrase,
    single: Option<Item>,
    out: &mut Out<'_, '_>,
) -> usize {
    let int = p.value.as_int();
    let mut put = |kind: ValueKind, stop: usize, weak: bool| {
        out.push(Draft::new(kind, start, stop, p.value).weak(weak));
        stop
    };
    if let Some(stop) = word_after(t, end, &["century", "centuries"]) {
        return put(ValueKind::Century, stop, false);
    }
    if let Some(stop) = word_after(t, end, &["quarter"])
        && int.is_some_and(|q| (1..=4).contains(&q))
    {
        return put(ValueKind::Quarter, stop, false);
    }
    if let Some(stop) = word_after(t, end, &["half"])
        && int.is_some_and(|h| (1..=2).contains(&h))
    {
        let of = word_after(t, stop, &["of"]);
        let year = of.is_some_and(|o| {
            let k = t.past_space(o);
            t.c(k).is_ascii_digit()
                || word_after(t, o, &["this", "last", "next"]).is_some()
                || word_after(t, word_after(t, o, &["the"]).unwrap_or(o), &["year"]).is_some()
        });
        return put(if year { ValueKind::HalfYear } else { ValueKind::Ordinal }, stop, !year);
    }
    let day = int.is_some_and(|d| (1..=31).contains(&d));
    if day {
        let of = word_after(t, end, &["of"]).unwrap_or(end);
        if month_at(t, t.past_space(of)).is_some() {
            return put(ValueKind::Day, end, false);
        }
    }
    if let Some(item) = single {
        match item.tok {
            // "per second", "a second": the unit of time, or no rank that must be kept.
            Tok::Nth(2) => {
                let time = word_before(t, at, &["per", "every", "each", "one", "split", "this"])
                    || t.before(at) == '/'
                    || word_before(t, at, &["a"]) && !t.c(t.past_space(end)).is_alphabetic();
                if time || matches!(t.c(t.past_space(end)), '/') {
                    return end;
                }
            }
            // "at first", "in the first place", "first of all"
            Tok::Nth(1)
                if (word_before(t, at, &["at"])
                    || word_after(t, end, &["of"]).is_some_and(|o| word_after(t, o, &["all"]).is_some())) =>
            {
                return put(ValueKind::Ordinal, end, true);
            }
            Tok::Nth(_) if word_before(t, at, &["a"]) => return put(ValueKind::Ordinal, end, true),
            _ => {}
        }
    }
    put(ValueKind::Ordinal, end, p.weak)
}

/// Whether "one" from `at` to `end` counts something; as a pronoun it is no number.
fn one_counts(t: &Chars<'_>, at: usize, end: usize) -> bool {
    let before = word_before(
        t,
        at,
        &[
            "this", "that", "which", "the", "each", "every", "any", "no", "another", "some", "other", "such",
            "many", "not", "first", "last", "next", "new", "old", "same", "right", "wrong", "good", "better",
            "best", "only", "like", "as", "own", "latter", "former", "previous",
        ],
    );
    let after = word_after(
        t,
        end,
        &[
            "of", "another", "by", "hand", "day", "thing", "who", "that", "which", "must", "can", "could",
            "should", "would", "is", "has", "may", "might", "needs", "will", "does", "cannot", "wants",
            "finds", "at", "to", "and", "or", "in", "for", "with", "on",
        ],
    )
    .is_some();
    let k = t.past_space(end);
    let closed =
        t.c(k) == '\0' || matches!(t.c(k), '.' | ',' | ';' | ':' | '!' | '?' | ')' | '\'' | '’' | '"' | '”');
    let hyphen = matches!(t.c(end), '-' | '‑') || matches!(t.before(at), '-' | '‑');
    // By itself a line of its own is a number: "one".
    let whole = t.before_space(at) == 0 && t.past_space(end) >= t.len();
    whole || !(before || after || closed || hyphen && !t.is(end, "-way"))
}

/// A month's name at `i`, with the day and the year after it. Returns where to read on.
fn month(t: &Chars<'_>, i: usize, end: usize, m: i64, text: &str, out: &mut Out<'_, '_>) -> usize {
    let dot = usize::from(t.c(end) == '.' && text.len() <= 4 && text != "May");
    let k = t.past_space(end + dot);
    let run = |from: usize, most: usize| -> Option<(i64, usize)> {
        let mut n = 0;
        let mut j = from;
        while let Some(d) = t.c(j).to_digit(10) {
            if j - from >= most {
                return None;
            }
            n = n * 10 + i64::from(d);
            j += 1;
        }
        (j > from).then_some((n, j))
    };
    let number = run(k, 4);
    let nth_day = number.filter(|&(d, e)| (1..=31).contains(&d) && e <= k + 2);
    let day_before = out.values.last().is_some_and(|v| v.kind == ValueKind::Day)
        && t.src
            .get(out.values.last().map_or(0, |v| v.span.end)..t.offset(i))
            .is_some_and(|gap| matches!(gap.trim(), "" | "of" | "st" | "th"));
    let short = text.len() <= 4 && !matches!(text, "June" | "July" | "May");
    // A line of its own, such as a cell of a table.
    if at_start(t, i) && t.past_space(end + dot) >= t.len() {
        out.push(Draft::new(ValueKind::Month, i, end, Amount::int(m)).weak(true));
        return end;
    }
    let ambiguous =
        matches!(text, "May" | "March" | "Mar" | "MAY" | "MARCH" | "August" | "Sep" | "Dec" | "Jan" | "Jun");
    if ambiguous || short {
        let dated = number.is_some_and(|(n, e)| {
            e <= k + 2 && (1..=31).contains(&n) || e == k + 4 && (1000..2200).contains(&n)
        }) || day_before;
        let told = word_before(
            t,
            i,
            &[
                "in", "of", "by", "since", "until", "till", "from", "during", "last", "next", "this",
                "early", "late", "mid", "before", "after", "to", "and", "through", "every", "between",
            ],
        );
        let comma_year =
            t.c(k) == ',' && run(t.past_space(k + 1), 4).is_some_and(|(y, _)| (1000..2200).contains(&y));
        let modal = matches!(text, "May" | "MAY") && !dated && !told && !comma_year && !day_before;
        if !(dated || told || comma_year)
            && (modal || short || at_start(t, i) || matches!(text, "March" | "MARCH"))
        {
            return end;
        }
        if text == "MAY" && !dated {
            return end;
        }
    }
    out.push(Draft::new(ValueKind::Month, i, end + dot, Amount::int(m)));
    let Some((n, e)) = number else {
        // "July the twelfth" and "May Fourth": the ordinal is read next.
        return end + dot;
    };
    let year = |n: i64, e: usize, from: usize| {
        e == from + 4 && (1000..2200).contains(&n) && !t.c(e).is_alphanumeric()
    };
    if year(n, e, k) {
        out.push(Draft::new(ValueKind::Year, k, e, Amount::int(n)));
        return e;
    }
    if nth_day.is_none() || day_before {
        return end + dot;
    }
    let suffix = t.any(e, &["st", "nd", "rd", "th"]).filter(|&s| !t.c(s).is_alphanumeric());
    let stop = suffix.unwrap_or(e);
    if t.c(stop).is_alphanumeric() || t.c(stop) == '.' && t.c(stop + 1).is_ascii_digit() || t.c(stop) == '%' {
        return end + dot;
    }
    out.push(Draft::new(ValueKind::Day, k, stop, Amount::int(n)));
    let mut stop = stop;
    // July 12–14, 2022
    let dash = t.past_space(stop);
    if is_dash(t.c(dash)) {
        let from = t.past_space(dash + 1);
        if let Some((n2, e2)) = run(from, 2)
            && (1..=31).contains(&n2)
            && !t.c(e2).is_alphanumeric()
        {
            out.push(Draft::new(ValueKind::Day, from, e2, Amount::int(n2)));
            stop = e2;
        }
    }
    let comma = t.past_space(stop);
    let from = if t.c(comma) == ',' { t.past_space(comma + 1) } else { comma };
    if let Some((y, ey)) = run(from, 4)
        && year(y, ey, from)
    {
        out.push(Draft::new(ValueKind::Year, from, ey, Amount::int(y)));
        return ey;
    }
    stop
}
