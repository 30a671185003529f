//! Finds which blocks and sentences of two documents correspond.

mod anchors;
mod band;
mod crossings;
mod evidence;
mod moves;
pub mod nulls;
mod path;
mod score;
pub mod tokens;
mod units;
pub mod words;

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use self::band::Band;
pub use self::crossings::Crossing;
use self::evidence::Table;
use self::moves::Arc;
use self::path::{Bead, Lattice, Nulls};
use self::score::{Endings, Knowledge, Model, Shapes};
use self::tokens::Tokens;
use self::units::Units;
use crate::encoder::coverage::Nearness;
use crate::text::{Document, Lang};

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
    /// For every sentence of the source and of the target, how likely it is that nothing corresponds to it.
    alone: (Vec<f32>, Vec<f32>),
    /// How near the pieces of linked sentences are, by the first sentence of the source of each link; none where the
    /// encoder was not asked.
    near: BTreeMap<usize, Nearness>,
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

    /// How likely it is, from 0 to 1, that nothing corresponds to a sentence of the source, or of the target, even
    /// if it shares a link with its neighbours.
    pub fn alone(&self, source: bool, sentence: usize) -> f32 {
        if source { self.alone.0[sentence] } else { self.alone.1[sentence] }
    }

    /// Takes down what the encoder says of linked sentences, by the first sentence of the source of each link.
    pub fn take_down(&mut self, near: BTreeMap<usize, Nearness>) {
        self.near = near;
    }

    /// How near the pieces of linked sentences are to each other; nothing where the encoder was not asked.
    pub fn nearness(&self, link: &Link) -> Option<&Nearness> {
        self.near.get(link.source.first()?)
    }

    /// How sure a link between some blocks of the source and some of the target would be, from 0 to 1, each side
    /// consecutive and not empty.
    pub fn likeness(&self, source: &[usize], target: &[usize]) -> f64 {
        let Bead { source, target } = bead(source, target);
        let units = (
            Units::blocks(&self.bitext.source, &self.tokens.0, source),
            Units::blocks(&self.bitext.target, &self.tokens.1, target),
        );
        let whole = |units: &Units| 0..units.len();
        Model::new(&units.0, &units.1, &self.knowledge).confidence(whole(&units.0), whole(&units.1))
    }

    /// The aligned documents alone.
    pub fn into_bitext(self) -> Bitext {
        self.bitext
    }
}

/// Aligns two segmented documents: blocks first, then the sentences inside linked blocks.
///
/// Both levels go through the same passes (`settle`); in between, the words of the linked sentences teach the
/// bitext's own renderings, and all is done once more with these.
pub fn align(source: Document, target: Document) -> Aligned {
    align_by(source, target, &nulls::WEIGHTS)
}

/// The same by other weights of what tells units that stand alone: what training tries out.
pub fn align_by(source: Document, target: Document, weights: &nulls::Weights) -> Aligned {
    let tokens = rayon::join(|| Tokens::read(&source), || Tokens::read(&target));
    let sides = Sides { source: &source, target: &target, tokens: &tokens };
    let blocks = vec![(
        Units::blocks(&source, &tokens.0, 0..source.blocks.len()),
        Units::blocks(&target, &tokens.1, 0..target.blocks.len()),
    )];
    let mut knowledge = sides.knowledge(&blocks);
    knowledge.weights.nulls = *weights;
    let first = trace(&blocks, &knowledge);
    let regions = sides.regions(first.iter().flatten());
    let units = sides.sentence_units(&regions);
    let paths = trace(&units, &knowledge);
    knowledge.table = learn(&knowledge.table, &units, &paths);

    let settled = settle(&blocks, &knowledge, &first);
    drop(blocks);
    let block_links: Vec<Link> = settled.arcs.into_iter().flatten().map(Arc::into_link).collect();
    let known = regions.into_iter().zip(units.into_iter().zip(paths)).collect();
    let (sentences, alone) = sides.within(&block_links, &knowledge, known);
    let alignment = Alignment { blocks: block_links, sentences };
    Aligned { bitext: Bitext { alignment, source, target }, tokens, knowledge, alone, near: BTreeMap::new() }
}

/// Aligns the sentences of two segmented documents inside blocks of which it is known what corresponds to what:
/// the blocks of either side that make a link, in order, every block in one of them.
pub fn align_within(source: Document, target: Document, links: Vec<(Vec<usize>, Vec<usize>)>) -> Aligned {
    let tokens = rayon::join(|| Tokens::read(&source), || Tokens::read(&target));
    let sides = Sides { source: &source, target: &target, tokens: &tokens };
    let blocks = vec![(
        Units::blocks(&source, &tokens.0, 0..source.blocks.len()),
        Units::blocks(&target, &tokens.1, 0..target.blocks.len()),
    )];
    let mut knowledge = sides.knowledge(&blocks);
    let given = links.into_iter().map(|(source, target)| Link { source, target, score: 1.0, moved: false });
    let mut block_links: Vec<Link> = given.collect();
    let beads: Vec<Bead> = block_links.iter().map(|link| bead(&link.source, &link.target)).collect();
    let regions = sides.regions(beads.iter());
    let units = sides.sentence_units(&regions);
    let paths = trace(&units, &knowledge);
    knowledge.table = learn(&knowledge.table, &units, &paths);
    // that a file pairs two blocks says nothing of how well they go together; that it leaves one alone is sure
    let model = Model::new(&blocks[0].0, &blocks[0].1, &knowledge);
    for (link, Bead { source, target }) in block_links.iter_mut().zip(&beads) {
        if !link.is_null() {
            link.score = model.confidence(source.clone(), target.clone());
        }
    }
    drop(model);
    let known = regions.into_iter().zip(units.into_iter().zip(paths)).collect();
    let (sentences, alone) = sides.within(&block_links, &knowledge, known);
    let alignment = Alignment { blocks: block_links, sentences };
    Aligned { bitext: Bitext { alignment, source, target }, tokens, knowledge, alone, near: BTreeMap::new() }
}

/// Aligns the sentences of two documents without regard to their blocks, which are linked as their sentences are.
///
/// A sentence without text, as an empty line is, corresponds to nothing.
pub fn align_sentences(source: Document, target: Document) -> Aligned {
    align_sentences_by(source, target, &nulls::WEIGHTS)
}

/// The same by other weights of what tells units that stand alone: what training tries out.
pub fn align_sentences_by(source: Document, target: Document, weights: &nulls::Weights) -> Aligned {
    let tokens = rayon::join(|| Tokens::read(&source), || Tokens::read(&target));
    let sides = Sides { source: &source, target: &target, tokens: &tokens };
    let with_text = |document: &Document| -> Vec<usize> {
        let sentences = 0..document.sentences.len();
        sentences.filter(|&sentence| !document.sentences[sentence].span.is_empty()).collect()
    };
    let region = Region { source: with_text(&source), target: with_text(&target) };
    let units = sides.sentence_units(std::slice::from_ref(&region));
    let mut knowledge = sides.knowledge(&units);
    knowledge.weights.nulls = *weights;
    let first = trace(&units, &knowledge);
    knowledge.table = learn(&knowledge.table, &units, &first);
    let Settled { arcs, odds } = settle(&units, &knowledge, &first);
    let alone = sides.alone(std::slice::from_ref(&region), &odds);
    let links = arcs.into_iter().flatten().map(|arc| region.link(arc)).collect();
    let sentences = with_empty(links, source.sentences.len(), target.sentences.len());
    let blocks = sentences
        .iter()
        .map(|link| Link {
            source: blocks_of(&source, &link.source),
            target: blocks_of(&target, &link.target),
            ..link.clone()
        })
        .collect();
    Aligned {
        bitext: Bitext { alignment: Alignment { blocks, sentences }, source, target },
        tokens,
        knowledge,
        alone,
        near: BTreeMap::new(),
    }
}

/// The links with a null link for every unit below `sources` and `targets` that is in none: after what stands
/// before it on its side.
fn with_empty(links: Vec<Link>, sources: usize, targets: usize) -> Vec<Link> {
    let mut linked = [vec![None; sources], vec![None; targets]];
    for (at, link) in links.iter().enumerate() {
        link.source.iter().for_each(|&unit| linked[0][unit] = Some(at));
        link.target.iter().for_each(|&unit| linked[1][unit] = Some(at));
    }
    let mut after: Vec<Vec<Link>> = vec![Vec::new(); links.len() + 1];
    for (side, linked) in linked.iter().enumerate() {
        let mut place = 0;
        for (unit, link) in linked.iter().enumerate() {
            match link {
                Some(at) => place = at + 1,
                None => {
                    let mut sides = [Vec::new(), Vec::new()];
                    sides[side].push(unit);
                    let [source, target] = sides;
                    after[place].push(Link { source, target, score: 1.0, moved: false });
                }
            }
        }
    }
    let mut after = after.into_iter();
    let mut all = after.next().unwrap_or_default();
    for (link, empty) in links.into_iter().zip(after) {
        all.push(link);
        all.extend(empty);
    }
    all
}

fn blocks_of(document: &Document, sentences: &[usize]) -> Vec<usize> {
    let mut blocks: Vec<_> = sentences.iter().map(|&sentence| document.sentences[sentence].block).collect();
    blocks.dedup();
    blocks
}

fn bead(source: &[usize], target: &[usize]) -> Bead {
    let range = |units: &[usize]| match (units.first(), units.last()) {
        (Some(&first), Some(&last)) => first..last + 1,
        _ => 0..0,
    };
    Bead { source: range(source), target: range(target) }
}

/// Two documents on their way to being a bitext.
struct Sides<'a> {
    source: &'a Document,
    target: &'a Document,
    tokens: &'a (Tokens, Tokens),
}

/// The sentences of linked blocks, to be aligned with each other.
#[derive(PartialEq, Eq, Hash)]
struct Region {
    source: Vec<usize>,
    target: Vec<usize>,
}

impl Region {
    /// A link between sentences of the documents, for one between those of the region.
    fn link(&self, arc: Arc) -> Link {
        let mut link = arc.into_link();
        link.source.iter_mut().for_each(|at| *at = self.source[*at]);
        link.target.iter_mut().for_each(|at| *at = self.target[*at]);
        link
    }
}

impl Sides<'_> {
    /// What the lexicon and the counts tell before anything is linked.
    fn knowledge(&self, units: &[(Units, Units)]) -> Knowledge {
        let table = Table::lexical(&self.tokens.0, self.source.lang, &self.tokens.1, self.target.lang);
        let total = |lengths: fn(&(Units, Units)) -> &Units| -> f64 {
            units.iter().flat_map(|pair| &lengths(pair).lengths).sum()
        };
        let (source, target) = (total(|pair| &pair.0), total(|pair| &pair.1));
        let ratio = if source > 0.0 && target > 0.0 { target / source } else { 1.0 };
        let mut knowledge = Knowledge::new(table, &self.tokens.0, &self.tokens.1, ratio);
        // where no word is understood, that blocks share none says nothing of them
        if !matches!((self.source.lang, self.target.lang), (Lang::ZH, Lang::EN) | (Lang::EN, Lang::ZH)) {
            knowledge.weights.alone = [score::SENTENCE_ALONE; 2];
        }
        knowledge
    }

    /// The sentences of every link between blocks.
    fn regions<'b>(&self, beads: impl Iterator<Item = &'b Bead>) -> Vec<Region> {
        let of = |document: &Document, blocks: &Range<usize>| -> Vec<usize> {
            document.blocks[blocks.clone()].iter().flat_map(|block| block.sentences.clone()).collect()
        };
        beads
            .map(|bead| Region {
                source: of(self.source, &bead.source),
                target: of(self.target, &bead.target),
            })
            .collect()
    }

    fn sentence_units(&self, regions: &[Region]) -> Vec<(Units, Units)> {
        regions.par_iter().map(|region| self.units_of(region)).collect()
    }

    fn units_of(&self, region: &Region) -> (Units, Units) {
        (
            Units::sentences(self.source, &self.tokens.0, &region.source),
            Units::sentences(self.target, &self.tokens.1, &region.target),
        )
    }

    /// For every sentence of both sides the probability that it stands alone; 1 for one that is in no region.
    fn alone(&self, regions: &[Region], odds: &[Nulls]) -> (Vec<f32>, Vec<f32>) {
        let mut alone = (vec![1.0; self.source.sentences.len()], vec![1.0; self.target.sentences.len()]);
        let probability = |odds: &f32| 1.0 / (1.0 + (-odds).exp());
        for (region, odds) in regions.iter().zip(odds) {
            region.source.iter().zip(&odds.source).for_each(|(&at, odds)| alone.0[at] = probability(odds));
            region.target.iter().zip(&odds.target).for_each(|(&at, odds)| alone.1[at] = probability(odds));
        }
        alone
    }

    /// The links between the sentences of linked blocks, and how likely each sentence is to stand alone. `known` are
    /// the units of some regions and the first paths through them.
    fn within(
        &self,
        blocks: &[Link],
        knowledge: &Knowledge,
        mut known: FxHashMap<Region, ((Units, Units), Vec<Bead>)>,
    ) -> (Vec<Link>, (Vec<f32>, Vec<f32>)) {
        let beads: Vec<Bead> = blocks.iter().map(|link| bead(&link.source, &link.target)).collect();
        let regions = self.regions(beads.iter());
        let of_regions: Vec<_> = regions.iter().map(|region| known.remove(region)).collect();
        drop(known);
        let traced = regions.par_iter().zip(of_regions).map(|(region, known)| {
            known.unwrap_or_else(|| {
                let units = self.units_of(region);
                let path = first_path(&units, knowledge);
                (units, path)
            })
        });
        let (units, first): (Vec<(Units, Units)>, Vec<Vec<Bead>>) = traced.unzip();
        let Settled { arcs, odds } = settle(&units, knowledge, &first);
        (self.sentence_links(blocks, &regions, arcs), self.alone(&regions, &odds))
    }

    /// The sentence links of all regions, each inside its block link and moved if that is.
    fn sentence_links(&self, blocks: &[Link], regions: &[Region], arcs: Vec<Vec<Arc>>) -> Vec<Link> {
        let mut links = Vec::new();
        for ((block, region), arcs) in blocks.iter().zip(regions).zip(arcs) {
            let alone = region.source.is_empty() || region.target.is_empty();
            for arc in arcs {
                let mut link = region.link(arc);
                link.moved |= block.moved && !link.is_null();
                if alone {
                    link.score = block.score;
                }
                links.push(link);
            }
        }
        links
    }
}

/// How far from the anchors the first path may stray, in units.
const WIDE: usize = 12;
/// The most blocks of one side in a link of the first path: it need only come near, later ones may be wider.
const FEW: usize = 3;
/// The most sentences of one side in a link of the first path.
const SOME: usize = 4;
/// How far from the first path later ones may stray.
const NARROW: usize = 6;

/// The first path through every region, by what is known, with no unit likelier than another to stand alone.
fn trace(units: &[(Units, Units)], knowledge: &Knowledge) -> Vec<Vec<Bead>> {
    units.par_iter().map(|pair| first_path(pair, knowledge)).collect()
}

fn first_path((source, target): &(Units, Units), knowledge: &Knowledge) -> Vec<Bead> {
    let model = Model::new(source, target, knowledge);
    // a band that is as wide as the text needs no anchors
    let anchors = if target.len() > WIDE { anchors::chain(&model) } else { Vec::new() };
    let band = Band::around(&anchors, source.len(), target.len(), WIDE);
    let widest = if source.of_blocks() { FEW } else { SOME };
    let shapes = Shapes::new(model.weights, source.of_blocks(), widest, &[]);
    path::best(&model, &shapes, &band)
}

/// The last paths, and the log odds that each unit stands alone.
struct Settled {
    arcs: Vec<Vec<Arc>>,
    odds: Vec<Nulls>,
}

/// The last paths: with the shapes that the first ones show, with null scores for every unit by what its link
/// shows of it, asked twice, and with crossings untangled.
fn settle(units: &[(Units, Units)], knowledge: &Knowledge, first: &[Vec<Bead>]) -> Settled {
    let shapes = shapes(knowledge, units, first);
    let endings = endings(knowledge, units, first);
    let prepared: Vec<(Model, Band)> = units
        .iter()
        .zip(first)
        .map(|(pair, beads)| {
            (Model::new(&pair.0, &pair.1, knowledge).with_endings(&endings), narrow(beads, pair))
        })
        .collect();
    let lattices: Vec<Lattice> =
        prepared.par_iter().map(|(model, band)| Lattice::new(model, &shapes, band)).collect();
    let search = |nulls: &[Nulls]| -> Vec<Vec<Bead>> {
        lattices.par_iter().zip(nulls).map(|(lattice, nulls)| lattice.best(nulls)).collect()
    };
    let (mut beads, margins): (Vec<Vec<Bead>>, Vec<Nulls>) = lattices
        .par_iter()
        .zip(&prepared)
        .map(|(lattice, (model, _))| lattice.best_and_margins(model))
        .unzip();
    let mut nulls: Vec<Nulls> = prepared.iter().map(|(model, _)| Nulls::none(model)).collect();
    let mut odds = nulls.clone();
    let norm = |beads: &[Vec<Bead>]| nulls::Norm::of(prepared.iter().map(|(model, _)| model).zip(beads));
    for _ in 0..ROUNDS {
        let norm = norm(&beads);
        let features: Vec<_> = prepared
            .par_iter()
            .zip(&margins)
            .zip(&beads)
            .map(|(((model, _), margins), beads)| nulls::features(model, &norm, margins, beads))
            .collect();
        odds = nulls::odds(&features, &norm, &knowledge.weights.nulls);
        nulls = nulls::scores(&odds, &margins);
        let again = search(&nulls);
        // the same path would show the same again
        if again == beads {
            break;
        }
        beads = again;
    }
    drop(lattices);
    let norm = norm(&beads);
    let found = prepared.par_iter().zip(&nulls).zip(&odds).zip(&beads);
    let arcs = found
        .map(|((((model, _), nulls), odds), beads)| {
            moves::untangle(model, &norm, &shapes, moves::Alone { nulls, odds }, beads)
        })
        .collect();
    Settled { arcs, odds }
}

/// What the ends of sentences say where they are linked as a path links them; of blocks that holds in general.
fn endings(knowledge: &Knowledge, units: &[(Units, Units)], path: &[Vec<Bead>]) -> Endings {
    if units.first().is_some_and(|(source, _)| source.of_blocks()) {
        return knowledge.endings.clone();
    }
    let linked = units.iter().zip(path).flat_map(|((source, target), beads)| {
        let beads = beads.iter().filter(|bead| !bead.is_null());
        beads.map(|bead| (&source.edges[bead.source.end - 1], &target.edges[bead.target.end - 1]))
    });
    Endings::learnt(linked)
}

/// The priors of shapes that a path shows.
fn shapes(knowledge: &Knowledge, units: &[(Units, Units)], path: &[Vec<Bead>]) -> Shapes {
    let counts: Vec<_> = path.iter().flatten().map(|bead| (bead.source.len(), bead.target.len())).collect();
    let of_blocks = units.first().is_some_and(|(source, _)| source.of_blocks());
    Shapes::new(&knowledge.weights, of_blocks, score::WIDEST, &counts)
}

/// The band around a path.
fn narrow(beads: &[Bead], (source, target): &(Units, Units)) -> Band {
    let corners: Vec<_> = beads.iter().map(|bead| (bead.source.start, bead.target.start)).collect();
    Band::around(&corners, source.len(), target.len(), NARROW)
}

/// How often the null scores are asked for, each time of the path that the last ones led to.
const ROUNDS: usize = 2;

fn learn(table: &Table, units: &[(Units, Units)], paths: &[Vec<Bead>]) -> Table {
    let linked = units.iter().zip(paths).flat_map(|((source, target), beads)| {
        let beads = beads.iter().filter(|bead| !bead.is_null());
        beads.map(|bead| (source.span(&bead.source), target.span(&bead.target)))
    });
    table.learn(&linked.collect::<Vec<_>>())
}

/// The features of every sentence for [`nulls`]; what training learns from.
pub fn null_features(source: &Document, target: &Document) -> (Vec<nulls::Features>, Vec<nulls::Features>) {
    let tokens = (Tokens::read(source), Tokens::read(target));
    let sides = Sides { source, target, tokens: &tokens };
    let region = Region {
        source: (0..source.sentences.len()).collect(),
        target: (0..target.sentences.len()).collect(),
    };
    let units = sides.sentence_units(&[region]);
    let mut knowledge = sides.knowledge(&units);
    let first = trace(&units, &knowledge);
    knowledge.table = learn(&knowledge.table, &units, &first);
    let endings = endings(&knowledge, &units, &first);
    let model = Model::new(&units[0].0, &units[0].1, &knowledge).with_endings(&endings);
    let (band, shapes) = (narrow(&first[0], &units[0]), shapes(&knowledge, &units, &first));
    let (beads, margins) = Lattice::new(&model, &shapes, &band).best_and_margins(&model);
    let norm = nulls::Norm::of([(&model, &beads)].into_iter());
    nulls::features(&model, &norm, &margins, &beads)
}
