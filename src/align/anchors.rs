//! Pairs of units that almost certainly correspond, found without a path; they place the band.

use rustc_hash::FxHashMap;

use super::score::Model;

/// A type that occurs more often than this says too little of where it is.
const COMMON: usize = 24;
/// What a pair of units must score at least, in nats, to be an anchor.
const SURE: f32 = 6.0;
/// And how much more than the next best for either unit.
const AHEAD: f32 = 1.5;

/// Pairs of units, ascending on both sides: the heaviest chain of mutual best matches.
pub(crate) fn chain(model: &Model) -> Vec<(usize, usize)> {
    heaviest(&candidates(model))
}

/// Mutual best matches by rare words, as (source, target, weight), by ascending source unit.
pub(crate) fn candidates(model: &Model) -> Vec<(usize, usize, f32)> {
    let mut best_of_target: FxHashMap<usize, (f32, f32, usize)> = FxHashMap::default();
    let mut best_of_source: Vec<Option<(f32, f32, usize)>> = Vec::with_capacity(model.source.len());
    let mut scores: FxHashMap<usize, f32> = FxHashMap::default();
    let all = 0..model.target.len();
    for unit in 0..model.source.len() {
        scores.clear();
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
                        *scores.entry(other).or_insert(0.0) += weight;
                    }
                    last = other;
                }
            }
        }
        let mut found: Vec<(usize, f32)> = scores
            .iter()
            .map(|(&other, &score)| (other, score / (1.0 + 0.02 * model.target.tokens(other).len() as f32)))
            .collect();
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        for &(other, score) in found.iter().take(8) {
            let slot = best_of_target.entry(other).or_insert((0.0, 0.0, usize::MAX));
            if score > slot.0 {
                *slot = (score, slot.0, unit);
            } else if score > slot.1 {
                slot.1 = score;
            }
        }
        best_of_source
            .push(found.first().map(|&(other, score)| (score, found.get(1).map_or(0.0, |f| f.1), other)));
    }
    let mut pairs = Vec::new();
    for (unit, best) in best_of_source.iter().enumerate() {
        let Some((score, second, other)) = *best else { continue };
        let Some(&(_, rival, back)) = best_of_target.get(&other) else { continue };
        if back == unit && score >= SURE && score - second >= AHEAD && score - rival >= AHEAD {
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
