//! Links between the words of linked sentences.

use std::ops::Range;

use super::{Aligned, Link};
use crate::align::tokens::{Token, TypeId};

/// Two tokens that render each other, as indices into the tokens of their documents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordLink {
    /// The token of the source.
    pub source: usize,
    /// The token of the target.
    pub target: usize,
    /// How sure, from 0 to 1.
    pub score: f32,
}

/// What a linked neighbour on both sides adds to a pair.
const NEIGHBOUR: f32 = 0.15;
/// Pairs less likely than this are not linked.
const LEAST: f32 = 0.04;

impl Aligned {
    /// The word links inside a sentence link, by ascending source token.
    ///
    /// The best pairs first, by the geometric mean of both directions; a token is linked once, but for a run of
    /// neighbours that together render one word of the other side.
    pub fn words(&self, link: &Link) -> Vec<WordLink> {
        let source = self.tokens_of(true, &link.source);
        let target = self.tokens_of(false, &link.target);
        self.words_between(&source, &target)
    }

    /// The tokens of some sentences of the source, or of the target.
    pub fn tokens_of(&self, source: bool, sentences: &[usize]) -> Vec<usize> {
        let ranges = sentences.iter().map(|&sentence| self.tokens(source).sentences[sentence].clone());
        ranges.flat_map(Range::into_iter).collect()
    }

    /// The word links between two lists of tokens.
    pub fn words_between(&self, source: &[usize], target: &[usize]) -> Vec<WordLink> {
        let (from, to) = (&self.tokens.0.tokens, &self.tokens.1.tokens);
        let mut pairs = Vec::new();
        for (i, &one) in source.iter().enumerate() {
            for (j, &other) in target.iter().enumerate() {
                let score = self.likeness(from[one], to[other]);
                if score >= LEAST {
                    pairs.push((i, j, score));
                }
            }
        }
        let raw = pairs.clone();
        for (i, j, score) in &mut pairs {
            let beside =
                raw.iter().any(|&(a, b, _)| (a, b) != (*i, *j) && a.abs_diff(*i) <= 1 && b.abs_diff(*j) <= 1);
            // where a word occurs twice, the pair nearer the diagonal is likelier
            let slope = (*i as f32 / source.len() as f32 - *j as f32 / target.len() as f32).abs();
            *score += if beside { NEIGHBOUR } else { 0.0 } - 0.05 * slope;
        }
        pairs.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        let mut taken = (vec![false; source.len()], vec![false; target.len()]);
        let mut links = Vec::new();
        for (i, j, score) in pairs {
            if !taken.0[i] && !taken.1[j] {
                taken.0[i] = true;
                taken.1[j] = true;
                links.push(WordLink { source: source[i], target: target[j], score: score.clamp(0.0, 1.0) });
            }
        }
        links.sort_by_key(|link| (link.source, link.target));
        links
    }

    /// How likely two tokens render each other: the geometric mean of both directions.
    fn likeness(&self, source: Token, target: Token) -> f32 {
        self.rendering(source.id, target.id)
    }

    /// How likely two word types render each other, from 0 to 1: the geometric mean of both directions.
    pub fn rendering(&self, source: TypeId, target: TypeId) -> f32 {
        self.knowledge.table.pair(source, target).map_or(0.0, |pair| (pair.there * pair.back).sqrt())
    }
}
