//! Links between the words of linked sentences.

use std::ops::Range;

use super::evidence::{self, Rendering};
use super::{Aligned, Link};
use crate::align::tokens::TypeId;

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
        let ranges = sentences.iter().map(|&sentence| self.tokens(source).of_sentence(sentence));
        ranges.flat_map(Range::into_iter).collect()
    }

    /// The word links between two lists of tokens.
    pub fn words_between(&self, source: &[usize], target: &[usize]) -> Vec<WordLink> {
        let mut pairs = self.likely_pairs(source, target);
        // a grid with a margin on every side: 1 where two tokens may render each other
        let (wide, high) = (target.len() + 2, source.len() + 2);
        let mut grid = vec![0u8; if pairs.is_empty() { 0 } else { wide * high }];
        pairs.iter().for_each(|&(i, j, _)| grid[(i + 1) * wide + j + 1] = 1);
        for (i, j, score) in &mut pairs {
            let around: u8 = (*i..*i + 3).flat_map(|row| &grid[row * wide + *j..row * wide + *j + 3]).sum();
            let beside = around > 1;
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

    /// The places of two tokens that may render each other, with how likely that is.
    fn likely_pairs(&self, source: &[usize], target: &[usize]) -> Vec<(usize, usize, f32)> {
        let (from, to) = (&self.tokens.0.tokens, &self.tokens.1.tokens);
        let mut by_type: Vec<(TypeId, usize)> =
            target.iter().enumerate().map(|(j, &other)| (to[other].id, j)).collect();
        by_type.sort_unstable();
        let mut pairs = Vec::new();
        for (i, &one) in source.iter().enumerate() {
            let row = &self.knowledge.table.forward[from[one].id as usize];
            let mut add = |j: usize, known: &Rendering| {
                let score = mean(known);
                if score >= LEAST {
                    pairs.push((i, j, score));
                }
            };
            // whichever list is shorter is gone through, the other one searched
            if row.len() < by_type.len() {
                for known in row {
                    let first = by_type.partition_point(|(id, _)| *id < known.id);
                    by_type[first..]
                        .iter()
                        .take_while(|(id, _)| *id == known.id)
                        .for_each(|(_, j)| add(*j, known));
                }
            } else {
                for &(id, j) in &by_type {
                    if let Some(known) = evidence::find(row, id) {
                        add(j, &known);
                    }
                }
            }
        }
        pairs
    }

    /// How likely two word types render each other, from 0 to 1: the geometric mean of both directions.
    pub fn rendering(&self, source: TypeId, target: TypeId) -> f32 {
        self.knowledge.table.pair(source, target).map_or(0.0, |pair| mean(&pair))
    }
}

fn mean(known: &Rendering) -> f32 {
    (known.there * known.back).sqrt()
}
