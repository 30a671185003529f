//! Which way a number goes: up or down.

use super::opposites;
use super::pair::{Bilingual, Pair, Word};
use super::{View, own};
use crate::align::tokens::TokenKind;
use crate::text::{Side, Span};
use crate::values::{self, Value};
use crate::words::words;

/// A number that both sides have, and of which they say that it goes opposite ways.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    /// The Chinese number and the English one.
    pub(crate) zh: Span,
    pub(crate) en: Span,
    /// The words that say which way each goes.
    pub(crate) zh_word: Span,
    pub(crate) en_word: Span,
}

/// All numbers of a bitext of Chinese and English that are said to go opposite ways, in the order of its links; none for
/// other languages.
pub(crate) fn turned(view: &View) -> Vec<Turn> {
    let Some(bitext) = Bilingual::of(view) else { return Vec::new() };
    let of_pair = |pair: &Pair| -> Vec<Turn> {
        let turned = shared(view, &bitext, pair).into_iter().filter_map(|(zh, en)| {
            let (up, down) = trends(pair, zh, en)?;
            let (zh_word, en_word) = (pair.zh[up].span, pair.en[down].span);
            Some(Turn { zh: zh.span, en: en.span, zh_word, en_word })
        });
        turned.collect()
    };
    bitext.translations(SOLID).flat_map(|pair| of_pair(&pair)).collect()
}

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.55;

/// Sentences of more values than this are tables of numbers, of which nothing is said one by one.
const MANY: usize = 200;

/// The values that linked sentences share, where each stands once on either side.
fn shared<'a>(view: &View<'a>, bitext: &Bilingual, pair: &Pair) -> Vec<(&'a Value, &'a Value)> {
    let of = |side: Side| view.values_of(side, own(pair.link, side));
    let (zh, en) = (of(bitext.zh), of(bitext.en));
    if zh.len().max(en.len()) > MANY {
        return Vec::new();
    }
    let once =
        |value: &Value, all: &[&Value]| all.iter().filter(|other| values::same(value, other)).count() == 1;
    let digits = |side: Side, value: &Value| {
        view.document(side).slice(value.span).contains(|c: char| c.is_ascii_digit())
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
const OF_AMOUNTS: &[&str] = words!("scale of amounts", zh);

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
        // beyond another number its own words begin, and beyond what joins two parts: 44 in favour and 22 against
        let parts = |word: &Word| word.kind == TokenKind::Value || words!("joint", en).contains(&&*word.text);
        near.take_while(|&place| !parts(&words[place])).collect()
    };
    let (sources, mut targets) = (before(&pair.zh, zh), before(&pair.en, en));
    // "less than", "up to" bound the number
    targets.retain(|&at| pair.en.get(at + 1).is_none_or(|next| !matches!(&*next.text, "than" | "to")));
    let ends = |at: usize| opposites::english(&pair.en[at].stem(), &pair.en[at].text);
    for &source in &sources {
        let of_amounts = |scale: usize| {
            OF_AMOUNTS.iter().any(|word| opposites::chinese(word).iter().any(|&(other, _)| other == scale))
        };
        let scales = opposites::chinese(&pair.zh[source].text).iter();
        for &(scale, end) in scales.filter(|(scale, _)| of_amounts(*scale)) {
            let own = targets.iter().any(|&at| ends(at).any(|of| of == (scale, end)));
            let against = targets.iter().find(|&&at| ends(at).any(|of| of == (scale, !end)));
            if let (false, Some(&against)) = (own, against) {
                return Some((source, against));
            }
        }
    }
    None
}
