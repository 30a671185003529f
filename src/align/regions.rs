//! The units of two documents that are aligned with each other: all of them, and parts of them that go by themselves.
//! Nothing is linked here.

use std::ops::Range;

use super::beads::Bead;
use super::bitext::Link;
use super::evidence::Table;
use super::moves::Arc;
use super::score::{Knowledge, Model, Places, SENTENCE_ALONE};
use super::senses::Senses;
use super::tokens::Tokens;
use super::units::Units;
use crate::text::{Document, Lang};

/// Two documents on their way to being a bitext.
pub(super) struct Sides<'a> {
    pub(super) source: &'a Document,
    pub(super) target: &'a Document,
    pub(super) tokens: &'a (Tokens, Tokens),
    /// What the encoder says of the sentences, where it was asked. Blocks do without: what cells of tables and headings
    /// mean by themselves makes the aligner leave alone what belongs together.
    pub(super) senses: Option<&'a Senses>,
}

/// Consecutive units of both sides, to be aligned with each other. Texts are smaller than what 32 bits count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) source: Range<u32>,
    pub(super) target: Range<u32>,
}

impl Region {
    pub(super) fn new(source: Range<usize>, target: Range<usize>) -> Region {
        let narrow = |units: Range<usize>| units.start as u32..units.end as u32;
        Region { source: narrow(source), target: narrow(target) }
    }

    pub(super) fn source(&self) -> Range<usize> {
        self.source.start as usize..self.source.end as usize
    }

    pub(super) fn target(&self) -> Range<usize> {
        self.target.start as usize..self.target.end as usize
    }

    /// By this the regions of a path that is monotone ascend.
    pub(super) fn order(&self) -> [u32; 4] {
        [self.source.start, self.target.start, self.source.end, self.target.end]
    }

    /// A link between units of the sides, for one between those of the region.
    pub(super) fn link(&self, Arc { bead, moved, score }: Arc) -> Link {
        let Bead { source, target } = bead;
        let (first, other) = (self.source().start, self.target().start);
        Link {
            source: source.map(|at| first + at).collect(),
            target: target.map(|at| other + at).collect(),
            score,
            moved,
        }
    }
}

/// All units of both sides; a region is a part of it.
pub(super) struct Grid {
    pub(super) source: Units,
    pub(super) target: Units,
    /// Where the words of the target stand.
    places: Places,
}

impl Grid {
    fn new(source: Units, target: Units) -> Grid {
        let places = Places::of(&target);
        Grid { source, target, places }
    }

    pub(super) fn whole(&self) -> Region {
        Region::new(0..self.source.len(), 0..self.target.len())
    }

    /// How many units both sides have together.
    pub(super) fn size(&self) -> usize {
        self.source.len() + self.target.len()
    }

    pub(super) fn of_blocks(&self) -> bool {
        self.source.whole().of_blocks()
    }

    pub(super) fn model<'a>(&'a self, region: &Region, knowledge: &'a Knowledge) -> Model<'a> {
        let (source, target) = (self.source.part(region.source()), self.target.part(region.target()));
        Model::new(source, target, &self.places, knowledge)
    }

    /// Says where quotations are open: each region is read by itself.
    pub(super) fn quote(&mut self, regions: &[Region]) {
        self.source.quote(regions.iter().map(Region::source));
        self.target.quote(regions.iter().map(Region::target));
    }
}

impl Sides<'_> {
    /// What the lexicon and the counts tell before anything is linked.
    pub(super) fn knowledge(&self, grid: &Grid) -> Knowledge {
        let table = Table::lexical(&self.tokens.0, self.source.lang, &self.tokens.1, self.target.lang);
        let total = |units: &Units| units.whole().letters(&(0..units.len()));
        let (source, target) = (total(&grid.source), total(&grid.target));
        let ratio = if source > 0.0 && target > 0.0 { target / source } else { 1.0 };
        let mut knowledge = Knowledge::new(table, &self.tokens.0, &self.tokens.1, ratio);
        // where no word is understood, that blocks share none says nothing of them
        if !matches!((self.source.lang, self.target.lang), (Lang::ZH, Lang::EN) | (Lang::EN, Lang::ZH)) {
            knowledge.weights.alone = [SENTENCE_ALONE; 2];
        }
        knowledge
    }

    /// All blocks.
    pub(super) fn block_grid(&self) -> Grid {
        Grid::new(
            Units::blocks(self.source, &self.tokens.0, 0..self.source.blocks.len()),
            Units::blocks(self.target, &self.tokens.1, 0..self.target.blocks.len()),
        )
    }

    /// The sentences of every link between blocks.
    pub(super) fn regions<'b>(&self, beads: impl Iterator<Item = &'b Bead>) -> Vec<Region> {
        // the sentences in all blocks before each
        let before = |document: &Document| -> Vec<u32> {
            let mut before = vec![0];
            before.extend(document.blocks.iter().scan(0, |sum, block| {
                *sum += block.sentences.len() as u32;
                Some(*sum)
            }));
            before
        };
        let (source, target) = (before(self.source), before(self.target));
        beads
            .map(|bead| Region {
                source: source[bead.source.start]..source[bead.source.end],
                target: target[bead.target.start]..target[bead.target.end],
            })
            .collect()
    }

    /// All sentences; each of the regions is read by itself.
    pub(super) fn sentence_grid(&self, regions: &[Region]) -> Grid {
        let mut grid = self.grid_of(0..self.source.sentences.len(), 0..self.target.sentences.len());
        grid.quote(regions);
        grid
    }

    /// Some sentences.
    pub(super) fn grid_of(
        &self,
        source: impl ExactSizeIterator<Item = usize> + Clone + Send,
        target: impl ExactSizeIterator<Item = usize> + Clone + Send,
    ) -> Grid {
        let (ones, others) = (source.clone(), target.clone());
        let (mut source, mut target) = rayon::join(
            || Units::sentences(self.source, &self.tokens.0, source),
            || Units::sentences(self.target, &self.tokens.1, target),
        );
        if let Some(senses) = self.senses {
            source.see(&senses.source, ones);
            target.see(&senses.target, others);
        }
        Grid::new(source, target)
    }
}
