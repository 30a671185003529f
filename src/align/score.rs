//! How well a span of source units and a span of target units render each other: a sum of named pieces of evidence.
//!
//! The score of a link is a log-likelihood ratio against the two spans having nothing to do with one another
//! (after Ma 2006, "Champollion", and Brown et al. 1993, Model 1): every word of one side is drawn either from the
//! document's own unigram or from the renderings of the words of the other side. What shows in the lengths is worked out
//! here; what shows in the [`words`], the [`ends`], the [`forms`] and the [`nearness`] of what is meant, each in a room of its own, which knows nothing of
//! the others. [`shapes`] are what is expected before anything is read, and [`windows`] score many links at once.
//! Nothing is searched for here: who asks brings the two spans.

mod ends;
mod forms;
mod nearness;
mod shapes;
mod windows;
mod words;

use std::ops::Range;

pub(crate) use self::ends::Endings;
use self::ends::beginnings;
use self::forms::{opening, openings};
pub(crate) use self::shapes::{Null, SENTENCE_ALONE, Shapes, WIDEST};
pub(crate) use self::windows::Windows;
pub(crate) use self::words::Places;
use self::words::{given, unigram};
use super::beads::Bead;
use super::evidence::Table;
use super::senses::Sense;
use super::tokens::{Tokens, TypeId};
use super::units::Part;

/// The weight of each piece of evidence, the same for all texts. Set by hand, but for what comes from a paper;
/// `cargo test --test it align` shows what another value does to the gold alignments.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    /// The share of words that are drawn from the other side's renderings.
    pub(crate) lambda: f32,
    /// The weight of the target given the source.
    pub(crate) forward: f32,
    /// The weight of the source given the target.
    pub(crate) backward: f32,
    /// The weight of the length deviation.
    pub(crate) length: f32,
    /// The variance of a length per letter (Gale and Church 1993, section 3.2).
    pub(crate) variance: f32,
    /// The weight of the log prior of the link's shape.
    pub(crate) prior: f32,
    /// For both spans beginning with a quotation.
    pub(crate) open: f32,
    /// The share of blocks without a counterpart: of the first of a run, and of those behind it.
    pub(crate) alone: [f32; 2],
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            lambda: 0.23,
            forward: 0.5,
            backward: 0.5,
            length: 1.3,
            variance: 7.8,
            prior: 1.4,
            open: 0.5,
            alone: [shapes::BLOCK_ALONE, shapes::NEXT_BLOCK_ALONE],
        }
    }
}

/// What is known of a bitext as a whole.
#[derive(Debug, Clone)]
pub(crate) struct Knowledge {
    pub(crate) table: Table,
    pub(crate) weights: Weights,
    pub(crate) endings: Endings,
    pub(crate) source_unigram: Vec<f32>,
    pub(crate) target_unigram: Vec<f32>,
    /// Target letters a source letter makes.
    pub(crate) ratio: f64,
}

impl Knowledge {
    /// What the lexicon and the counts of the two documents tell.
    pub(crate) fn new(table: Table, source: &Tokens, target: &Tokens, ratio: f64) -> Knowledge {
        Knowledge {
            table,
            weights: Weights::default(),
            endings: Endings::default(),
            source_unigram: unigram(source),
            target_unigram: unigram(target),
            ratio,
        }
    }
}

/// What the words of two spans say for each other: ln P(target | source) and ln P(source | target), both against chance.
pub(crate) type BothWays = [f32; 2];

/// All that scoring two sequences of units needs.
#[derive(Clone, Copy)]
pub(crate) struct Model<'a> {
    pub(crate) source: Part<'a>,
    pub(crate) target: Part<'a>,
    pub(crate) table: &'a Table,
    pub(crate) weights: &'a Weights,
    endings: &'a Endings,
    /// The unigram probability of each source type and each target type, in the whole document.
    pub(crate) source_unigram: &'a [f32],
    pub(crate) target_unigram: &'a [f32],
    /// Target letters a source letter makes, in this bitext.
    pub(crate) ratio: f64,
    /// Where the words of the target side stand, of these units and of others.
    places: &'a Places,
}

impl<'a> Model<'a> {
    /// For units of two sides; `places` are those of the whole target side.
    pub(crate) fn new(
        source: Part<'a>,
        target: Part<'a>,
        places: &'a Places,
        knowledge: &'a Knowledge,
    ) -> Model<'a> {
        Model {
            source,
            target,
            table: &knowledge.table,
            weights: &knowledge.weights,
            endings: &knowledge.endings,
            source_unigram: &knowledge.source_unigram,
            target_unigram: &knowledge.target_unigram,
            ratio: knowledge.ratio,
            places,
        }
    }

    /// The same, where the ends of units say something else.
    pub(crate) fn with_endings(self, endings: &'a Endings) -> Model<'a> {
        Model { endings, ..self }
    }

    /// How many units both sides have together.
    pub(crate) fn size(&self) -> usize {
        self.source.len() + self.target.len()
    }

    /// How many letters both sides have together.
    pub(crate) fn letters(&self) -> usize {
        let of = |part: Part| part.letters(&(0..part.len())) as usize;
        of(self.source) + of(self.target)
    }

    /// The places of a target type in some of the units, ascending, and its unigram probability.
    pub(crate) fn places(&self, id: TypeId, units: &Range<usize>) -> (&'a [u32], f32) {
        let within = self.target.places(units);
        let all = self.places.of_type(id);
        let first = all.partition_point(|&at| (at as usize) < within.start);
        let count = all[first..].partition_point(|&at| (at as usize) < within.end);
        (&all[first..first + count], self.target_unigram[id as usize])
    }

    /// The unit that holds the target token at a place.
    pub(crate) fn target_unit(&self, at: u32) -> usize {
        self.places.unit_of(at) - self.target.first()
    }

    /// The evidence of the words: the mean of both directions, in nats.
    pub(crate) fn lexical(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        self.mean(self.both_ways(source, target))
    }

    /// The mean of both directions.
    pub(crate) fn mean(&self, [forward, backward]: BothWays) -> f32 {
        self.weights.forward * forward + self.weights.backward * backward
    }

    /// What the words of two spans say for each other.
    pub(crate) fn both_ways(&self, source: Range<usize>, target: Range<usize>) -> BothWays {
        let (source, target) = (self.source.span(&source), self.target.span(&target));
        [self.target_words(source, target), self.source_words(target, source)]
    }

    /// The same for each of some links; of a null link nothing is asked.
    pub(crate) fn of_links(&self, beads: &[Bead]) -> Vec<BothWays> {
        let of = |bead: &Bead| match bead.is_null() {
            true => [0.0; 2],
            false => self.both_ways(bead.source.clone(), bead.target.clone()),
        };
        beads.iter().map(of).collect()
    }

    /// ln P(target words | source words) − ln P(target words).
    pub(crate) fn target_words(&self, from: &[TypeId], to: &[TypeId]) -> f32 {
        given(from, to, &self.table.backward, self.target_unigram, self.weights.lambda)
    }

    /// ln P(source words | target words) − ln P(source words).
    pub(crate) fn source_words(&self, from: &[TypeId], to: &[TypeId]) -> f32 {
        given(from, to, &self.table.forward, self.source_unigram, self.weights.lambda)
    }

    /// How many standard deviations longer one span is than another of the expected length, both in target letters.
    pub(crate) fn deviation(&self, found: f64, expected: f64) -> f32 {
        let mean = ((expected + found) / 2.0).max(1.0);
        ((found - expected) / (f64::from(self.weights.variance) * mean).sqrt()) as f32
    }

    /// The evidence of the lengths, both in target letters: minus half the squared deviation in standard
    /// deviations, beyond four of them growing like a root only (Gale and Church 1993).
    fn lengths(&self, found: f32, expected: f32) -> f32 {
        // no number here is NaN, which `max` and `min` would look for: this is asked of every link of a search
        let mean = (expected + found) / 2.0;
        let mean = if mean > 1.0 { mean } else { 1.0 };
        let squared = (found - expected) * (found - expected) / (self.weights.variance * mean);
        // d²/2 and 4√d cross at four
        let (near, far) = (squared / 2.0, 4.0 * squared.sqrt().sqrt());
        let penalty = if near < far { near } else { far };
        -self.weights.length * penalty
    }

    /// The target letters that source units are expected to make.
    fn expected(&self, source: &Range<usize>) -> f64 {
        self.source.letters(source) * self.ratio
    }

    /// The evidence of the lengths of two spans.
    pub(crate) fn length(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        self.lengths(self.target.letters(&target) as f32, self.expected(&source) as f32)
    }

    /// The evidence of how the spans begin and end; neither is empty.
    pub(crate) fn edges(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let (one, other) = (self.source.edges(), self.target.edges());
        self.endings.of(&one[source.end - 1], &other[target.end - 1])
            + beginnings(self.weights, &one[source.start], &other[target.start])
    }

    /// The evidence of what the blocks are: 0 for sentences.
    pub(crate) fn forms(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let pair = source.len() + target.len() == 2;
        let of = |part: Part<'a>, range| part.forms().get(range).and_then(opening);
        match (of(self.source, source), of(self.target, target)) {
            (Some(one), Some(other)) => openings(&one, &other, pair),
            _ => 0.0,
        }
    }

    /// The whole score of a link, without the prior of its shape, whose words say so much.
    pub(crate) fn score(&self, lexical: f32, source: Range<usize>, target: Range<usize>) -> f32 {
        lexical
            + self.length(source.clone(), target.clone())
            + self.edges(source.clone(), target.clone())
            + self.forms(source.clone(), target.clone())
            + self.meaning(source, target)
    }

    /// By how much some units are nearer to some of the other side in what they mean than to what lies near them
    /// anyway; nothing where there are none, or the encoder was not asked.
    pub(crate) fn margin(
        &self,
        source: impl Iterator<Item = usize>,
        target: impl Iterator<Item = usize>,
    ) -> Option<f32> {
        let [one, other] = [self.source.senses(), self.target.senses()];
        if one.is_empty() || other.is_empty() {
            return None;
        }
        let one = Sense::together(source.map(|unit| &one[unit]));
        let other = Sense::together(target.map(|unit| &other[unit]));
        nearness::margin(&one, &other)
    }

    /// The evidence of what the spans mean, where the encoder was asked.
    fn meaning(&self, source: Range<usize>, target: Range<usize>) -> f32 {
        let letters = self.target.letters(&target) as f32;
        nearness::worth(self.margin(source, target), letters)
    }

    /// How sure a link is, from 0 to 1: the score per word through a logistic curve; a half for a null link.
    pub(crate) fn confidence(&self, source: Range<usize>, target: Range<usize>) -> f64 {
        if source.is_empty() || target.is_empty() {
            return 0.5;
        }
        self.confidence_by(self.lexical(source.clone(), target.clone()), source, target)
    }

    /// The same of a link that is not null and whose words say so much.
    pub(crate) fn confidence_by(&self, lexical: f32, source: Range<usize>, target: Range<usize>) -> f64 {
        let words = (self.source.span(&source).len() + self.target.span(&target).len()) as f64 / 2.0;
        let score = f64::from(self.score(lexical, source, target));
        1.0 / (1.0 + (-4.0 * score / (words + 4.0)).exp())
    }
}
