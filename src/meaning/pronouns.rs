//! Whose something is, and who does it: pronouns of the two genders that stand for each other.
//!
//! An English pronoun and a Chinese one belong together where the words behind them render each other: his proposal, 他的提案.
//! Chinese 自己的 is of whoever the sentence is about.

use super::View;
use super::pair::{Bilingual, Pair, Rendering, Word};
use crate::text::Span;
use crate::words::words;

/// A Chinese pronoun and an English one that are of different persons.
#[derive(Debug, Clone)]
pub(crate) struct Another {
    /// The pronouns, each with the word behind it.
    pub(crate) zh: Span,
    pub(crate) en: Span,
    /// How sure it is, from 0 to 1.
    pub(crate) confidence: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gender {
    Male,
    Female,
    /// 自己: of whoever the sentence is about.
    Own,
}

/// Links of sentences less sure than this may join what does not belong together.
const SOLID: f64 = 0.6;
/// A word behind both pronouns with a link at least this sure ties them together.
const RENDERED: f32 = 0.2;
/// How many words behind a pronoun the word may stand that it goes with.
const REACH: usize = 3;
/// How sure it is of a pronoun, and of 自己.
const PRONOUN: f64 = 0.75;
const SELF: f64 = 0.7;

/// All pronouns of a bitext of Chinese and English that stand for another person's, in the order of its links; none for
/// other languages.
pub(crate) fn all(view: &View) -> Vec<Another> {
    let Some(bitext) = Bilingual::of(view) else { return Vec::new() };
    // a text that never writes 她 does not tell the genders: before 1920 nobody did
    if !bitext.whole(bitext.zh).contains('她') {
        return Vec::new();
    }
    bitext.translations(SOLID).flat_map(|pair| of_pair(&bitext, &pair)).collect()
}

fn chinese(word: &Word) -> Option<Gender> {
    match &*word.text {
        "他" | "他的" | "他自己" => Some(Gender::Male),
        "她" | "她的" | "她自己" => Some(Gender::Female),
        "自己" | "自己的" => Some(Gender::Own),
        _ => None,
    }
}

/// Whether an English word is a pronoun, and whether it may say whose something is.
fn english(word: &Word) -> Option<(Gender, bool)> {
    match &*word.text {
        "he" | "him" | "himself" => Some((Gender::Male, false)),
        "his" => Some((Gender::Male, true)),
        "she" | "hers" | "herself" => Some((Gender::Female, false)),
        "her" => Some((Gender::Female, true)),
        _ => None,
    }
}

fn of_pair(bitext: &Bilingual, pair: &Pair) -> Vec<Another> {
    let zh: Vec<(usize, Gender)> =
        (0..pair.zh.len()).filter_map(|at| Some((at, chinese(&pair.zh[at])?))).collect();
    if zh.is_empty() {
        return Vec::new();
    }
    let renderings = bitext.renderings(pair);
    let en = (0..pair.en.len()).filter_map(|at| english(&pair.en[at]).map(|found| (at, found)));
    let mut found = Vec::new();
    for (at, (gender, owns)) in en {
        // "handed her the umbrella"
        let next = pair.en.get(at + 1).map_or("", |word| &*word.text);
        if words!("determiner", en).contains(&next) {
            continue;
        }
        let behind = |words: &[Word], from: usize, word: usize| {
            (from + 1..=from + REACH).contains(&word) && words[word].clause == words[from].clause
        };
        let with: Vec<&Rendering> = renderings
            .iter()
            .filter(|link| link.score >= RENDERED && bitext.is_content(pair, link))
            .filter(|link| behind(&pair.en, at, link.en))
            .collect();
        let Some((own, theirs, link)) = zh.iter().find_map(|&(own, theirs)| {
            let link = with.iter().find(|link| behind(&pair.zh, own, link.zh))?;
            // 他向她借: she does not borrow
            let before = own.checked_sub(1).filter(|&before| pair.zh[before].clause == pair.zh[own].clause);
            if !owns && before.is_some_and(|before| brings_in(&pair.zh[before].text)) {
                return None;
            }
            // another pronoun between has the word for itself
            let nearer = zh.iter().any(|&(other, _)| own < other && other < link.zh);
            // whose it is, on both sides: 他的提案, 他母亲
            let of_theirs = link.zh == own + 1
                || pair.zh[own].text.ends_with('的')
                || pair.zh[own + 1].text == "的" && link.zh <= own + 3;
            (!nearer && (!owns || of_theirs)).then_some((own, theirs, **link))
        }) else {
            continue;
        };
        let different = match theirs {
            Gender::Own => owns && subject(pair, at).is_some_and(|subject| subject != gender),
            _ => theirs != gender,
        };
        if different {
            let span = |words: &[Word], from: usize, to: usize| words[from].span.join(words[to].span);
            found.push(Another {
                zh: span(&pair.zh, own, link.zh),
                en: span(&pair.en, at, link.en),
                confidence: if theirs == Gender::Own { SELF } else { PRONOUN },
            });
        }
    }
    found
}

/// Whether a Chinese word brings in someone who does not act.
fn brings_in(word: &str) -> bool {
    [words!("brings in a recipient", zh), words!("brings in an object", zh), words!("brings in a source", zh)]
        .iter()
        .any(|class| class.contains(&word))
}

/// The gender of the only persons that English pronouns before a place are of.
fn subject(pair: &Pair, at: usize) -> Option<Gender> {
    let mut before = pair.en[..at].iter().filter_map(english).map(|(gender, _)| gender);
    let first = before.next()?;
    before.all(|gender| gender == first).then_some(first)
}
