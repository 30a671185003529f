//! What a sentence says of a number beside its value: at least, at most, up, down.

use super::{Context, Evidence, Fault, Message, Side};
use crate::align::tokens::TokenKind;
use crate::lexicon;
use crate::meaning::antonyms;
use crate::meaning::own;
use crate::meaning::pair::{Bilingual, Pair, Word};
use crate::text::Span;
use crate::values::{self, Value};

/// Which way a number bounds what it is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// It is the least: at least, more than, or later, 不少于, 以上.
    Least,
    /// It is the most: at most, under, within, 不超过, 以下.
    Most,
}

use Bound::{Least, Most};

impl Bound {
    fn denied(self) -> Bound {
        if self == Least { Most } else { Least }
    }
}

/// What stands before a number in Chinese; 不 before it turns it round.
const ZH_BEFORE: [(&str, Bound); 22] = [
    ("至少", Least),
    ("最少", Least),
    ("最低", Least),
    ("起码", Least),
    ("超过", Least),
    ("超出", Least),
    ("多于", Least),
    ("大于", Least),
    ("高于", Least),
    ("长于", Least),
    ("早于", Most),
    ("晚于", Least),
    ("突破", Least),
    ("至多", Most),
    ("最多", Most),
    ("最高", Most),
    ("少于", Most),
    ("小于", Most),
    ("低于", Most),
    ("短于", Most),
    ("不足", Most),
    ("未满", Most),
];
/// What stands after a number in Chinese.
const ZH_AFTER: [(&str, Bound); 10] = [
    ("以上", Least),
    ("及以上", Least),
    ("或以上", Least),
    ("及更高", Least),
    ("或更高", Least),
    ("以下", Most),
    ("及以下", Most),
    ("或以下", Most),
    ("以内", Most),
    ("之内", Most),
];
/// What stands before a number in English; "not" or "no" before it turns it round.
const EN_BEFORE: [(&str, Bound); 24] = [
    ("at least", Least),
    ("a minimum of", Least),
    ("minimum", Least),
    ("more than", Least),
    ("greater than", Least),
    ("higher than", Least),
    ("longer than", Least),
    ("later than", Least),
    ("over", Least),
    ("above", Least),
    ("exceed", Least),
    ("exceeds", Least),
    ("exceeding", Least),
    ("exceeded", Least),
    ("at most", Most),
    ("a maximum of", Most),
    ("up to", Most),
    ("less than", Most),
    ("fewer than", Most),
    ("lower than", Most),
    ("earlier than", Most),
    ("under", Most),
    ("below", Most),
    ("within", Most),
];
/// What stands after a number in English.
const EN_AFTER: [(&str, Bound); 14] = [
    ("or more", Least),
    ("and more", Least),
    ("or above", Least),
    ("and above", Least),
    ("or over", Least),
    ("and over", Least),
    ("or later", Least),
    ("and later", Least),
    ("or higher", Least),
    ("or less", Most),
    ("or fewer", Most),
    ("or below", Most),
    ("or earlier", Most),
    ("or lower", Most),
];

/// Characters that turn a bound in Chinese round.
const ZH_DENIALS: &[char] = &['不', '没', '未', '勿', '无'];

fn zh_bound(before: &str, after: &str) -> Option<Bound> {
    let before = before.trim_end();
    let before = before.strip_suffix(['约', '了']).unwrap_or(before);
    let found = ZH_BEFORE.iter().find_map(|&(word, bound)| Some((before.strip_suffix(word)?, bound)));
    if let Some((rest, bound)) = found {
        // 不超过, 不得超过, 没有超过
        let near: String = rest.chars().rev().take(3).collect();
        return Some(if near.contains(ZH_DENIALS) { bound.denied() } else { bound });
    }
    let after = after.trim_start();
    ZH_AFTER.iter().find(|(word, _)| after.starts_with(word)).map(|found| found.1)
}

fn en_bound(before: &str, after: &str) -> Option<Bound> {
    let before = before.to_lowercase();
    let before = before.trim_end();
    let before =
        ["about", "the age of", "the"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    let before = before.trim_end();
    let ends = |word: &str| {
        let rest = before.strip_suffix(word)?;
        rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric()).then_some(rest)
    };
    if let Some((rest, bound)) = EN_BEFORE.iter().find_map(|&(word, bound)| Some((ends(word)?, bound))) {
        let mut last = rest.split_whitespace().rev().take(2);
        let denied =
            last.any(|word| matches!(word, "no" | "not" | "never" | "cannot") || word.ends_with("n't"));
        return Some(if denied { bound.denied() } else { bound });
    }
    let after = after.to_lowercase();
    let after = after.trim_start();
    // "3 or more", "12 years or older", "18 characters or fewer"
    let skipped = after.split_once(' ').map_or("", |(_, rest)| rest);
    EN_AFTER
        .iter()
        .find(|(word, _)| after.starts_with(word) || skipped.starts_with(word))
        .map(|found| found.1)
}

/// How much of the text beside a number is looked at, in chars.
const BESIDE: usize = 28;

/// Numbers that both sides have and of which they say the opposite.
pub(super) fn faults(context: &Context) -> Vec<Fault> {
    let Some(bitext) = Bilingual::of(context) else { return Vec::new() };
    let mut found = Vec::new();
    for pair in bitext.pairs().filter(|pair| pair.link.score >= SOLID && !pair.is_copy()) {
        for (zh, en) in shared(context, &bitext, pair) {
            let beside = |side: Side, value: &Value| {
                let text = &context.document(side).text;
                let before =
                    text[..value.span.start].char_indices().rev().nth(BESIDE - 1).map_or(0, |at| at.0);
                let after = &text[value.span.end..];
                let end = after.char_indices().nth(BESIDE).map_or(after.len(), |at| at.0);
                let line = |c: char| c == '\n';
                let before = text[before..value.span.start].rsplit(line).next().unwrap_or_default();
                (before, after[..end].split(line).next().unwrap_or_default())
            };
            let ((before, after), (en_before, en_after)) = (beside(bitext.zh, zh), beside(bitext.en, en));
            let said = lexicon::simplify(before);
            let bounds = (zh_bound(&said, after), en_bound(en_before, en_after));
            let opposed = matches!(bounds, (Some(one), Some(other)) if one != other);
            if opposed {
                found.push(fault(&bitext, (zh, zh.span), (en, en.span), None));
            } else if let Some((up, down)) = trends(pair, zh, en) {
                let (zh_word, en_word) = (&pair.zh[up], &pair.en[down]);
                let words = (zh_word.written, en_word.written);
                found.push(fault(
                    &bitext,
                    (zh, zh.span.join(zh_word.span)),
                    (en, en.span.join(en_word.span)),
                    Some(words),
                ));
            }
        }
    }
    found
}

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.55;

/// Sentences of more values than this are tables of numbers, of which nothing is said one by one.
const MANY: usize = 200;

/// The values that linked sentences share, where each stands once on either side.
fn shared<'a>(context: &Context<'a>, bitext: &Bilingual, pair: &Pair) -> Vec<(&'a Value, &'a Value)> {
    let of = |side: Side| context.values_of(side, own(pair.link, side));
    let (zh, en) = (of(bitext.zh), of(bitext.en));
    if zh.len().max(en.len()) > MANY {
        return Vec::new();
    }
    let once =
        |value: &Value, all: &[&Value]| all.iter().filter(|other| values::same(value, other)).count() == 1;
    let digits = |side: Side, value: &Value| {
        context.document(side).slice(value.span).contains(|c: char| c.is_ascii_digit())
    };
    let alone =
        zh.iter().filter(|value| digits(bitext.zh, value) && !value.kind.is_date() && once(value, &zh));
    let pairs = alone.filter_map(|value| {
        let other = en.iter().find(|other| values::same(value, other))?;
        once(other, &en).then_some((*value, *other))
    });
    pairs.collect()
}

/// Words whose scales numbers go up and down on, or which say what an amount is.
const OF_AMOUNTS: [&str; 7] = ["增加", "收入", "盈利", "进口", "扩大", "买", "赞成"];

/// How many words before a number a word is looked for that says which way it goes.
const REACH: usize = 3;

/// A Chinese and an English word before the two numbers, at opposite ends of a scale: 增长, down.
fn trends(pair: &Pair, zh: &Value, en: &Value) -> Option<(usize, usize)> {
    let before = |words: &[Word], value: &Value| -> Vec<usize> {
        let Some(at) = words.iter().position(|word| word.span.overlaps(value.span)) else {
            return Vec::new();
        };
        let first = at.saturating_sub(REACH);
        let near = (first..at).rev().take_while(|&place| words[place].clause == words[at].clause);
        // beyond another number its own words begin
        near.take_while(|&place| words[place].kind != TokenKind::Value).collect()
    };
    let (sources, mut targets) = (before(&pair.zh, zh), before(&pair.en, en));
    // "less than", "up to" bound the number
    targets.retain(|&at| pair.en.get(at + 1).is_none_or(|next| !matches!(&*next.text, "than" | "to")));
    let ends = |at: usize| antonyms::english(&lexicon::stem(&pair.en[at].text));
    for &source in &sources {
        let of_amounts = |scale: usize| {
            OF_AMOUNTS.iter().any(|word| antonyms::chinese(word).iter().any(|&(other, _)| other == scale))
        };
        let scales = antonyms::chinese(&pair.zh[source].text).iter();
        for &(scale, end) in scales.filter(|(scale, _)| of_amounts(*scale)) {
            let own = targets.iter().any(|&at| ends(at).contains(&(scale, end)));
            let against = targets.iter().find(|&&at| ends(at).contains(&(scale, !end)));
            if let (false, Some(&against)) = (own, against) {
                return Some((source, against));
            }
        }
    }
    None
}

fn fault(
    bitext: &Bilingual,
    (zh, zh_span): (&Value, Span),
    (en, en_span): (&Value, Span),
    words: Option<(&str, &str)>,
) -> Fault {
    let (source, target) = bitext.sides(zh_span, en_span);
    let text = bitext.text(bitext.en, en.span).trim();
    let message = match words {
        Some((one, other)) => Message::new(
            format!(
                "{text} is said of the opposite: {one} stands against “{other}”\ncorrect whichever is wrong"
            ),
            format!("{text} 的方向相反：“{one}”对应“{other}”\n请核对并改正有误的一侧"),
        ),
        None => Message::new(
            format!("{text} is the least on one side and the most on the other\ncorrect whichever is wrong"),
            format!("{text} 在一侧是下限，在另一侧是上限\n请核对并改正有误的一侧"),
        ),
    };
    let note = |side: Side, value: &Value| Evidence {
        side,
        span: value.span,
        note: Message::new("the same number", "同一数值"),
    };
    Fault {
        source: Some(source),
        target: Some(target),
        message,
        confidence: 0.88,
        severity: None,
        evidence: vec![note(bitext.zh, zh), note(bitext.en, en)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_read_with_their_denials() {
        for (before, after, bound) in [
            ("内存不少于 ", "", Some(Least)),
            ("用于止痛不得超过", "", Some(Most)),
            ("累计雨量超过", "", Some(Least)),
            ("增长不低于", "的目标", Some(Least)),
            ("", "以上的老年人", Some(Least)),
            ("内核 ", " 及以上", Some(Least)),
            ("共有", "名代表", None),
        ] {
            assert_eq!(zh_bound(before, after), bound, "{before} … {after}");
        }
        for (before, after, bound) in [
            ("Memory: at least ", "", Some(Least)),
            ("no more than ", " for pain", Some(Most)),
            ("recorded more than ", " millimetres", Some(Least)),
            ("growth of no less than ", ".", Some(Least)),
            ("People over ", " should", Some(Least)),
            ("kernel ", " or later", Some(Least)),
            ("for persons ", " years or over", Some(Least)),
            ("must not exceed ", "", Some(Most)),
            ("attended by ", " delegates", None),
            ("moreover ", "", None),
        ] {
            assert_eq!(en_bound(before, after), bound, "{before} … {after}");
        }
    }
}
