//! Pairs of units that almost certainly correspond, found without a path; they place the band.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::score::Model;
use super::tokens::TypeId;

/// A type that occurs more often than this says too little of where it is.
const COMMON: usize = 24;
/// What a pair of units must score at least, in nats, to be an anchor.
const SURE: f32 = 6.0;
/// And how much more than the next best for either unit.
const AHEAD: f32 = 1.5;

/// A stretch between two anchors of more cells than this is searched for further ones. The white paper joined three times,
/// of which no sentence has a single best match, is smaller (400 blocks a side) and takes no time to speak of.
const VAST: usize = 250_000;

/// Pairs of units, ascending on both sides: the heaviest chain of mutual best matches, and between two of them that are
/// far apart the heaviest one of matches in order.
pub(crate) fn chain(model: &Model) -> Vec<(usize, usize)> {
    let sure = heaviest(&candidates(model));
    let mut chain = Vec::with_capacity(sure.len());
    let mut behind = (0, 0);
    for anchor in sure.into_iter().map(Some).chain([None]) {
        let (i, j) = anchor.unwrap_or((model.source.len(), model.target.len()));
        if (i - behind.0) * (j - behind.1) > VAST {
            let between = heaviest(&in_order(model, behind.0..i, behind.1..j));
            chain.extend(between.into_iter().map(|(one, other)| (behind.0 + one, behind.1 + other)));
        }
        chain.extend(anchor);
        behind = (i + 1, j + 1);
    }
    chain
}

/// Mutual best matches among some units, which are numbered from 0, by words that occur there as often as what renders
/// them does: the first time the one is met the other is, too. So texts are matched that are repeated, where nothing is
/// met once.
fn in_order(model: &Model, sources: Range<usize>, targets: Range<usize>) -> Vec<(usize, usize, f32)> {
    let mut units_of: BTreeMap<TypeId, Vec<usize>> = BTreeMap::new();
    for (at, unit) in sources.enumerate() {
        model.source.tokens(unit).iter().for_each(|&word| units_of.entry(word).or_default().push(at));
    }
    let mut scores: FxHashMap<(usize, usize), f32> = FxHashMap::default();
    for (word, units) in units_of {
        for pair in &model.table.forward[word as usize] {
            let (places, unigram) = model.places(pair.id, &targets);
            let weight = (1.0 + pair.there.max(pair.back) / unigram).ln();
            // what is met everywhere tells no two units apart
            if places.len() != units.len() || weight < AHEAD {
                continue;
            }
            for (&unit, &at) in units.iter().zip(places) {
                *scores.entry((unit, model.target_unit(at) - targets.start)).or_insert(0.0) += weight;
            }
        }
    }
    // for each unit of either side its best partner, how well the two match, and how well the next best one does
    let mut best: [FxHashMap<usize, (usize, f32, f32)>; 2] = Default::default();
    let mut scores: Vec<((usize, usize), f32)> = scores
        .into_iter()
        .map(|((one, other), score)| {
            let words = model.target.tokens(targets.start + other).len() as f32;
            ((one, other), score / (1.0 + 0.02 * words))
        })
        .collect();
    scores.sort_unstable_by_key(|&(pair, _)| pair);
    for &((one, other), score) in &scores {
        for (side, own, partner) in [(0, one, other), (1, other, one)] {
            let slot = best[side].entry(own).or_insert((partner, f32::NEG_INFINITY, f32::NEG_INFINITY));
            if score > slot.1 {
                *slot = (partner, score, slot.1);
            } else if score > slot.2 {
                slot.2 = score;
            }
        }
    }
    let sure = |&((one, other), score): &((usize, usize), f32)| {
        let ahead = |side: usize, own: usize, partner: usize| {
            let (best, _, next) = best[side][&own];
            best == partner && score - next >= AHEAD
        };
        score >= SURE && ahead(0, one, other) && ahead(1, other, one)
    };
    scores.into_iter().filter(sure).map(|((one, other), score)| (one, other, score)).collect()
}

/// Mutual best matches by rare words, as (source, target, weight), by ascending source unit.
pub(crate) fn candidates(model: &Model) -> Vec<(usize, usize, f32)> {
    // for each target unit the best score, the next best, and whose the best is
    let mut best_of_target = vec![(0.0f32, 0.0f32, u32::MAX); model.target.len()];
    let mut best_of_source: Vec<Option<(f32, f32, u32)>> = Vec::with_capacity(model.source.len());
    // of one source unit with each target unit, and the target units that have any
    let (mut scores, mut met) = (vec![0.0f32; model.target.len()], Vec::new());
    let all = 0..model.target.len();
    for unit in 0..model.source.len() {
        let mut words = model.source.tokens(unit).to_vec();
        words.sort_unstable();
        words.dedup();
        for word in words {
            for pair in &model.table.forward[word as usize] {
                let (places, unigram) = model.places(pair.id, &all);
                if places.len() > COMMON {
                    continue;
                }
                // the better known a pair and the rarer the word, the more one meeting says
                let weight = (1.0 + pair.there.max(pair.back) / unigram).ln() / (places.len() as f32).sqrt();
                let mut last = usize::MAX;
                for &at in places {
                    let other = model.target_unit(at);
                    if other != last {
                        if scores[other] == 0.0 {
                            met.push(other);
                        }
                        scores[other] += weight;
                    }
                    last = other;
                }
            }
        }
        let score = |other: usize| {
            let score = std::mem::take(&mut scores[other]);
            (other, score / (1.0 + 0.02 * model.target.tokens(other).len() as f32))
        };
        let mut found: Vec<(usize, f32)> = met.drain(..).map(score).collect();
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for &(other, score) in found.iter().take(8) {
            let slot = &mut best_of_target[other];
            if score > slot.0 {
                *slot = (score, slot.0, unit as u32);
            } else if score > slot.1 {
                slot.1 = score;
            }
        }
        best_of_source.push(
            found.first().map(|&(other, score)| (score, found.get(1).map_or(0.0, |f| f.1), other as u32)),
        );
    }
    let mut pairs = Vec::new();
    for (unit, best) in best_of_source.iter().enumerate() {
        let Some((score, second, other)) = *best else { continue };
        let other = other as usize;
        let (_, rival, back) = best_of_target[other];
        if back as usize == unit && score >= SURE && score - second >= AHEAD && score - rival >= AHEAD {
            pairs.push((unit, other, score));
        }
    }
    pairs
}

/// The chain, ascending on both sides, of the largest total weight. `pairs` are ascending on the first side.
pub(crate) fn heaviest(pairs: &[(usize, usize, f32)]) -> Vec<(usize, usize)> {
    let size = pairs.iter().map(|&(_, other, _)| other + 2).max().unwrap_or(1);
    // a Fenwick tree of prefix maxima: the best chain that ends before a target unit
    let mut tree: Vec<(f32, usize)> = vec![(0.0, usize::MAX); size];
    let mut from = vec![usize::MAX; pairs.len()];
    let mut best = (0.0, usize::MAX);
    for (index, &(_, other, weight)) in pairs.iter().enumerate() {
        let mut before = (0.0, usize::MAX);
        let mut at = other;
        while at > 0 {
            if tree[at].0 > before.0 {
                before = tree[at];
            }
            at &= at - 1;
        }
        from[index] = before.1;
        let total = before.0 + weight;
        let mut at = other + 1;
        while at < size {
            if total > tree[at].0 {
                tree[at] = (total, index);
            }
            at += at & at.wrapping_neg();
        }
        if total > best.0 {
            best = (total, index);
        }
    }
    let mut chain = Vec::new();
    let mut at = best.1;
    while at != usize::MAX {
        chain.push((pairs[at].0, pairs[at].1));
        at = from[at];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::super::regions::Sides;
    use super::super::tokens::Tokens;
    use super::*;
    use crate::read::{self, Format};
    use crate::segment::segment;
    use crate::text::Lang;

    #[test]
    fn repeated_texts_are_matched_in_order() {
        let texts = [
            "国际法院审理了案件。\n\n网络主权很重要。\n\n火山在冰岛喷发。\n\n",
            "The International Court of Justice heard the case.\n\nCyber sovereignty is important.\n\n\
             A volcano erupted in Iceland.\n\n",
        ];
        let [source, target] = [(texts[0], Lang::ZH), (texts[1], Lang::EN)].map(|(text, lang)| {
            segment(read::bytes("a", text.repeat(4).as_bytes(), Format::Plain, Some(lang)).expect("a text"))
        });
        let tokens = (Tokens::read(&source), Tokens::read(&target));
        let sides = Sides { source: &source, target: &target, tokens: &tokens, senses: None };
        let grid = sides.block_grid();
        let knowledge = sides.knowledge(&grid);
        let whole = grid.whole();
        let model = grid.model(&whole, &knowledge);
        assert_eq!(candidates(&model), [], "nothing is met once");
        let matched = in_order(&model, 3..12, 3..12);
        let places: Vec<(usize, usize)> = matched.iter().map(|&(one, other, _)| (one, other)).collect();
        assert_eq!(places, (0..9).map(|at| (at, at)).collect::<Vec<_>>());
        assert_eq!(chain(&model), [], "so little text needs no anchors");
    }
}
