//! What kinds of things English words name, from WordNet.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use duizhao_lexicon::english::stem;
use duizhao_lexicon::layout::Kinds;
use duizhao_lexicon::packages::Sources;

use crate::Files;

/// A kind counts from this share of what a word is used for.
const SHARE: f32 = 0.2;
/// A word is a verb or an adjective if it is used so more often than not.
const MOSTLY: f32 = 0.5;

/// Writes `kinds.bin`: the kinds of every stem, a byte each, in the order of their numbers.
///
/// A sense counts as often as WordNet met it in texts, and, since most were met in none, one part of its place among the
/// senses of its word. The files of the lexicographers tell its kind (lexnames(5WN)).
pub(crate) fn write(sources: &Sources, stems: &[String], files: &mut Files) -> Result<()> {
    let mut uses: BTreeMap<String, BTreeMap<u8, f32>> = BTreeMap::new();
    for line in sources.text("wordnet-senses")?.lines() {
        let (word, kind, weight) = sense(line).with_context(|| format!("not a sense: {line}"))?;
        if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            *uses.entry(stem(word)).or_default().entry(kind).or_default() += weight;
        }
    }
    let of = |stem: &String| uses.get(stem).map_or(0, kinds);
    files.insert("kinds.bin", stems.iter().map(of).collect());
    Ok(())
}

/// The kinds of a word that is used so often for each.
fn kinds(uses: &BTreeMap<u8, f32>) -> u8 {
    let all: f32 = uses.values().sum();
    let of = |kinds: u8| uses.iter().filter(|(kind, _)| **kind & kinds != 0).map(|(_, weight)| weight).sum();
    let nouns: f32 = of(Kinds::NOUN);
    let noun = |kind: &u8| of(*kind) >= SHARE * nouns;
    let mostly = |kind: &u8| of(*kind) > MOSTLY * all;
    let [actor, place, time, thing, notion] =
        [Kinds::ACTOR, Kinds::PLACE, Kinds::TIME, Kinds::THING, Kinds::NOTION];
    let named = [actor, place, time, thing, notion].into_iter().filter(|_| nouns > 0.0).filter(noun);
    named.chain([Kinds::VERB, Kinds::ADJECTIVE].into_iter().filter(mostly)).sum()
}

/// The word, the kind and the weight of a line of the index of senses, `word%part:file:… offset place count`: see
/// senseidx(5WN).
fn sense(line: &str) -> Option<(&str, u8, f32)> {
    let mut fields = line.split(' ');
    let (word, key) = fields.next()?.split_once('%')?;
    let file: u8 = key.split(':').nth(1)?.parse().ok()?;
    let (place, count): (f32, f32) = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
    let kind = match file {
        // animal, group, person
        5 | 14 | 18 => Kinds::ACTOR,
        // location
        15 => Kinds::PLACE,
        // quantity, time
        23 | 28 => Kinds::TIME,
        // what stands above all others: person, group, place
        3 => Kinds::ACTOR | Kinds::PLACE | Kinds::THING | Kinds::NOTION,
        // artifact, body, food, object, plant, possession, substance
        6 | 8 | 13 | 17 | 20 | 21 | 27 => Kinds::THING,
        4..=28 => Kinds::NOTION,
        29..=43 => Kinds::VERB,
        _ => Kinds::ADJECTIVE,
    };
    Some((word, kind, count + 1.0 / place))
}
