//! Finds which blocks and sentences of two documents correspond.

mod anchors;
mod band;
mod evidence;
pub mod nulls;
mod path;
mod score;
pub mod tokens;
mod units;

use std::ops::Range;

use rayon::prelude::*;

use self::band::Band;
use self::evidence::Table;
use self::path::{Bead, Nulls};
use self::score::{Knowledge, Model, Shapes};
use self::tokens::{Tokens, TypeId};
use self::units::Units;
use crate::text::Document;

/// `m` source units that correspond to `n` target units; never empty on both sides.
///
/// Units are numbered as in [`Document::blocks`] or [`Document::sentences`]. Each side is in ascending
/// order. A link with an empty target is an omission, one with an empty source an addition.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The units of the source side.
    pub source: Vec<usize>,
    /// The units of the target side.
    pub target: Vec<usize>,
    /// How sure the link is, from 0 to 1; for a null link, how sure it is that nothing corresponds.
    pub score: f64,
    /// Whether it stands at another place among its neighbours on the two sides.
    pub moved: bool,
}

impl Link {
    /// Whether one side is empty: an omission or an addition.
    pub fn is_null(&self) -> bool {
        self.source.is_empty() || self.target.is_empty()
    }
}

/// All links of a bitext. Every block and every sentence is in exactly one link of its kind.
///
/// Links are in the order of the source; null links of the target stand where they fall among the
/// target units around them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    /// Links between blocks.
    pub blocks: Vec<Link>,
    /// Links between sentences. Each lies inside one block link.
    pub sentences: Vec<Link>,
}

/// Two versions of a text, and what corresponds to what.
#[derive(Debug, Clone, PartialEq)]
pub struct Bitext {
    /// The original.
    pub source: Document,
    /// The translation.
    pub target: Document,
    /// Their links.
    pub alignment: Alignment,
}

/// A bitext with what the aligner knows of its words.
#[derive(Debug, Clone)]
pub struct Aligned {
    bitext: Bitext,
    tokens: (Tokens, Tokens),
    knowledge: Knowledge,
}

impl Aligned {
    /// The aligned documents.
    pub fn bitext(&self) -> &Bitext {
        &self.bitext
    }

    /// The words and values of the source, or of the target.
    pub fn tokens(&self, source: bool) -> &Tokens {
        if source { &self.tokens.0 } else { &self.tokens.1 }
    }

    /// The aligned documents alone.
    pub fn into_bitext(self) -> Bitext {
        self.bitext
    }
}

/// Aligns two segmented documents: blocks first, then the sentences inside linked blocks.
pub fn align(source: Document, target: Document) -> Aligned {
    let tokens = (Tokens::read(&source), Tokens::read(&target));
    let sides = Sides { source: &source, target: &target, tokens: &tokens };
    let units = (sides.source_blocks(), sides.target_blocks());
    let (beads, knowledge) = two_passes(&sides, &units.0, &units.1);
    let blocks = links(&units.0, &units.1, &knowledge, &beads);
    let sentences = blocks.par_iter().flat_map_iter(|link| sides.inside(link, &knowledge)).collect();
    let bitext = Bitext { alignment: Alignment { blocks, sentences }, source, target };
    Aligned { bitext, tokens, knowledge }
}

/// Aligns the sentences of two documents without regard to their blocks, which are linked as their sentences are.
pub fn align_sentences(source: Document, target: Document) -> Aligned {
    let tokens = (Tokens::read(&source), Tokens::read(&target));
    let sides = Sides { source: &source, target: &target, tokens: &tokens };
    let all = |document: &Document| (0..document.sentences.len()).collect::<Vec<_>>();
    let units = (
        Units::sentences(&source, &tokens.0, &all(&source)),
        Units::sentences(&target, &tokens.1, &all(&target)),
    );
    let (beads, knowledge) = two_passes(&sides, &units.0, &units.1);
    let sentences = links(&units.0, &units.1, &knowledge, &beads);
    let blocks = sentences
        .iter()
        .map(|link| Link {
            source: blocks_of(&source, &link.source),
            target: blocks_of(&target, &link.target),
            ..link.clone()
        })
        .collect();
    let bitext = Bitext { alignment: Alignment { blocks, sentences }, source, target };
    Aligned { bitext, tokens, knowledge }
}

fn blocks_of(document: &Document, sentences: &[usize]) -> Vec<usize> {
    let mut blocks: Vec<_> = sentences.iter().map(|&sentence| document.sentences[sentence].block).collect();
    blocks.dedup();
    blocks
}

/// Two documents on their way to being a bitext.
struct Sides<'a> {
    source: &'a Document,
    target: &'a Document,
    tokens: &'a (Tokens, Tokens),
}

impl Sides<'_> {
    fn source_blocks(&self) -> Units {
        Units::blocks(self.source, &self.tokens.0, 0..self.source.blocks.len())
    }

    fn target_blocks(&self) -> Units {
        Units::blocks(self.target, &self.tokens.1, 0..self.target.blocks.len())
    }

    /// The sentence links inside a block link.
    fn inside(&self, link: &Link, knowledge: &Knowledge) -> Vec<Link> {
        let of = |document: &Document, blocks: &[usize]| -> Vec<usize> {
            blocks.iter().flat_map(|&block| document.blocks[block].sentences.clone()).collect()
        };
        let indices = (of(self.source, &link.source), of(self.target, &link.target));
        let null = |source: Vec<usize>, target: Vec<usize>| Link {
            source,
            target,
            score: link.score,
            moved: link.moved,
        };
        if indices.0.is_empty() || indices.1.is_empty() {
            let sources = indices.0.into_iter().map(|sentence| null(vec![sentence], Vec::new()));
            return sources
                .chain(indices.1.into_iter().map(|sentence| null(Vec::new(), vec![sentence])))
                .collect();
        }
        if indices.0.len() == 1 && indices.1.len() == 1 {
            return vec![null(indices.0, indices.1)];
        }
        let source = Units::sentences(self.source, &self.tokens.0, &indices.0);
        let target = Units::sentences(self.target, &self.tokens.1, &indices.1);
        let model = Model::new(&source, &target, knowledge);
        let beads = search(&model, &[], &Band::full(source.len(), target.len()));
        let mut inside = links(&source, &target, knowledge, &beads);
        for sentence in &mut inside {
            sentence.source.iter_mut().for_each(|at| *at = indices.0[*at]);
            sentence.target.iter_mut().for_each(|at| *at = indices.1[*at]);
        }
        inside
    }
}

/// The path by what the lexicon knows, then once more by what the bitext itself taught.
fn two_passes(sides: &Sides, source: &Units, target: &Units) -> (Vec<Bead>, Knowledge) {
    let (tokens, other_tokens) = sides.tokens;
    let table = Table::lexical(tokens, sides.source.lang, other_tokens, sides.target.lang);
    let ratio = ratio(&source.lengths, &target.lengths);
    let mut knowledge = Knowledge::new(table, tokens, other_tokens, ratio);
    let model = Model::new(source, target, &knowledge);
    let anchors = anchors::chain(&model);
    let band = Band::around(&anchors, source.len(), target.len(), WIDE);
    let first = search(&model, &[], &band);
    let learned = learn(&knowledge.table, source, target, &first);
    if score::tune("M_on", 1.0) > 0.0 {
        knowledge.table = learned;
    }
    let model = Model::new(source, target, &knowledge);
    let corners: Vec<_> = first.iter().map(|bead| (bead.source.start, bead.target.start)).collect();
    let band = Band::around(&corners, source.len(), target.len(), NARROW);
    let beads = search(&model, &first, &band);
    let beads = if score::tune("N_on", 1.0) > 0.0 { third(&model, &beads, &band) } else { beads };
    (beads, knowledge)
}

/// The path once more, with a null score for every unit by what its link shows of it.
fn third(model: &Model, beads: &[Bead], band: &Band) -> Vec<Bead> {
    let counts: Vec<_> = beads.iter().map(|bead| (bead.source.len(), bead.target.len())).collect();
    let shapes = Shapes::new(model.weights, model.source.of_blocks(), &counts);
    let mut beads = beads.to_vec();
    for _ in 0..score::tune("N_iter", 2.0) as usize {
        let nulls = nulls::scores(&nulls::features(model, &beads));
        beads = path::best(model, &shapes, &nulls, band);
    }
    beads
}

/// How far from the anchors the first pass may stray, in units.
const WIDE: usize = 24;
/// How far from the first path the second may stray.
const NARROW: usize = 12;

fn search(model: &Model, seen: &[Bead], band: &Band) -> Vec<Bead> {
    let counts: Vec<_> = seen.iter().map(|bead| (bead.source.len(), bead.target.len())).collect();
    let shapes = Shapes::new(model.weights, model.source.of_blocks(), &counts);
    let nulls = Nulls { source: vec![0.0; model.source.len()], target: vec![0.0; model.target.len()] };
    path::best(model, &shapes, &nulls, band)
}

fn learn(table: &Table, source: &Units, target: &Units, beads: &[Bead]) -> Table {
    let spans: Vec<(&[TypeId], &[TypeId])> = beads
        .iter()
        .filter(|bead| !bead.is_null())
        .map(|bead| (source.span(&bead.source), target.span(&bead.target)))
        .collect();
    table.learn(&spans)
}

/// Target letters a source letter makes, over the whole bitext.
fn ratio(source: &[f64], target: &[f64]) -> f64 {
    let (source, target): (f64, f64) = (source.iter().sum(), target.iter().sum());
    if source > 0.0 && target > 0.0 { target / source } else { 1.0 }
}

fn links(source: &Units, target: &Units, knowledge: &Knowledge, beads: &[Bead]) -> Vec<Link> {
    let model = Model::new(source, target, knowledge);
    let list = |range: &Range<usize>| range.clone().collect::<Vec<_>>();
    beads
        .iter()
        .map(|bead| Link {
            source: list(&bead.source),
            target: list(&bead.target),
            score: model.confidence(bead.source.clone(), bead.target.clone()),
            moved: false,
        })
        .collect()
}

/// The features of every sentence for [`nulls`], and the links they were found with; what training learns from.
pub fn null_features(source: &Document, target: &Document) -> (Vec<nulls::Features>, Vec<nulls::Features>) {
    let tokens = (Tokens::read(source), Tokens::read(target));
    let sides = Sides { source, target, tokens: &tokens };
    let all = |document: &Document| (0..document.sentences.len()).collect::<Vec<_>>();
    let units =
        (Units::sentences(source, &tokens.0, &all(source)), Units::sentences(target, &tokens.1, &all(target)));
    let (beads, knowledge) = two_passes(&sides, &units.0, &units.1);
    nulls::features(&Model::new(&units.0, &units.1, &knowledge), &beads)
}
