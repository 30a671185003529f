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

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use self::band::Band;
pub use self::crossings::Crossing;
use self::evidence::Table;
use self::moves::Arc;
use self::nulls::Norm;
use self::path::{Bead, Lattice, Nulls, NullsOf, Paths};
use self::score::{Endings, Knowledge, Model, Places, Shapes};
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
        // a single link is not searched for
        let places = Places::default();
        Model::new(units.0.whole(), units.1.whole(), &places, &self.knowledge)
            .confidence(whole(&units.0), whole(&units.1))
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
    let blocks = sides.block_grid();
    let mut knowledge = sides.knowledge(&blocks);
    knowledge.weights.nulls = *weights;
    let whole = [blocks.whole()];
    let first = trace(&blocks, &whole, &knowledge);
    let regions = sides.regions(first.of(0).iter());
    let mut sentences = sides.sentence_grid(&regions);
    let paths = trace(&sentences, &regions, &knowledge);
    knowledge.table = learn(&knowledge.table, &sentences, &regions, &paths);

    let settled = settle(&blocks, &whole, &knowledge, &first, |_, arc| whole[0].link(arc));
    drop((blocks, first));
    let block_links = settled.links;
    // what the first path joined already is traced already
    let shapes = first_shapes(&sentences, &knowledge);
    let known = |region: &Region| {
        let at = regions.partition_point(|known| known.order() < region.order());
        (regions.get(at) == Some(region)).then(|| paths.of(at))
    };
    let beads: Vec<Bead> = block_links.iter().map(|link| bead(&link.source, &link.target)).collect();
    let joined = sides.regions(beads.iter());
    drop(beads);
    sentences.quote(&joined);
    let paths = gather(joined.len(), |at| {
        known(&joined[at]).unwrap_or_else(|| first_path(&sentences.model(&joined[at], &knowledge), &shapes))
    });
    drop(regions);
    let (sentences, alone) = sides.within(&block_links, &knowledge, &sentences, &joined, &paths);
    let alignment = Alignment { blocks: block_links, sentences };
    Aligned { bitext: Bitext { alignment, source, target }, tokens, knowledge, alone, near: BTreeMap::new() }
}

/// Aligns the sentences of two segmented documents inside blocks of which it is known what corresponds to what:
/// the blocks of either side that make a link, in order, every block in one of them.
pub fn align_within(source: Document, target: Document, links: Vec<(Vec<usize>, Vec<usize>)>) -> Aligned {
    let tokens = rayon::join(|| Tokens::read(&source), || Tokens::read(&target));
    let sides = Sides { source: &source, target: &target, tokens: &tokens };
    let blocks = sides.block_grid();
    let mut knowledge = sides.knowledge(&blocks);
    let given = links.into_iter().map(|(source, target)| Link { source, target, score: 1.0, moved: false });
    let mut block_links: Vec<Link> = given.collect();
    let beads: Vec<Bead> = block_links.iter().map(|link| bead(&link.source, &link.target)).collect();
    let regions = sides.regions(beads.iter());
    let sentences = sides.sentence_grid(&regions);
    let paths = trace(&sentences, &regions, &knowledge);
    knowledge.table = learn(&knowledge.table, &sentences, &regions, &paths);
    // that a file pairs two blocks says nothing of how well they go together; that it leaves one alone is sure
    let model = blocks.model(&blocks.whole(), &knowledge);
    for (link, Bead { source, target }) in block_links.iter_mut().zip(&beads) {
        if !link.is_null() {
            link.score = model.confidence(source.clone(), target.clone());
        }
    }
    let (sentences, alone) = sides.within(&block_links, &knowledge, &sentences, &regions, &paths);
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
    let with_text = (with_text(&source), with_text(&target));
    let grid = sides.grid_of(with_text.0.iter().copied(), with_text.1.iter().copied());
    let whole = [grid.whole()];
    let mut knowledge = sides.knowledge(&grid);
    knowledge.weights.nulls = *weights;
    let first = trace(&grid, &whole, &knowledge);
    knowledge.table = learn(&knowledge.table, &grid, &whole, &first);
    let Settled { links, odds } = settle(&grid, &whole, &knowledge, &first, |_, arc| {
        let mut link = whole[0].link(arc);
        link.source.iter_mut().for_each(|at| *at = with_text.0[*at]);
        link.target.iter_mut().for_each(|at| *at = with_text.1[*at]);
        link
    });
    let mut alone = (vec![1.0; source.sentences.len()], vec![1.0; target.sentences.len()]);
    with_text.0.iter().zip(probabilities(&odds.source)).for_each(|(&at, likely)| alone.0[at] = likely);
    with_text.1.iter().zip(probabilities(&odds.target)).for_each(|(&at, likely)| alone.1[at] = likely);
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

/// Consecutive units of both sides, to be aligned with each other. Texts are smaller than what 32 bits count.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Region {
    source: Range<u32>,
    target: Range<u32>,
}

impl Region {
    fn new(source: Range<usize>, target: Range<usize>) -> Region {
        let narrow = |units: Range<usize>| units.start as u32..units.end as u32;
        Region { source: narrow(source), target: narrow(target) }
    }

    fn source(&self) -> Range<usize> {
        self.source.start as usize..self.source.end as usize
    }

    fn target(&self) -> Range<usize> {
        self.target.start as usize..self.target.end as usize
    }

    /// By this the regions of a path that is monotone ascend.
    fn order(&self) -> [u32; 4] {
        [self.source.start, self.target.start, self.source.end, self.target.end]
    }

    /// A link between units of the sides, for one between those of the region.
    fn link(&self, Arc { bead, moved, score }: Arc) -> Link {
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
struct Grid {
    source: Units,
    target: Units,
    /// Where the words of the target stand.
    places: Places,
}

impl Grid {
    fn new(source: Units, target: Units) -> Grid {
        let places = Places::of(&target);
        Grid { source, target, places }
    }

    fn whole(&self) -> Region {
        Region::new(0..self.source.len(), 0..self.target.len())
    }

    /// How many units both sides have together.
    fn size(&self) -> usize {
        self.source.len() + self.target.len()
    }

    fn of_blocks(&self) -> bool {
        self.source.whole().of_blocks()
    }

    fn model<'a>(&'a self, region: &Region, knowledge: &'a Knowledge) -> Model<'a> {
        let (source, target) = (self.source.part(region.source()), self.target.part(region.target()));
        Model::new(source, target, &self.places, knowledge)
    }

    /// Says where quotations are open: each region is read by itself.
    fn quote(&mut self, regions: &[Region]) {
        self.source.quote(regions.iter().map(Region::source));
        self.target.quote(regions.iter().map(Region::target));
    }
}

impl Sides<'_> {
    /// What the lexicon and the counts tell before anything is linked.
    fn knowledge(&self, grid: &Grid) -> Knowledge {
        let table = Table::lexical(&self.tokens.0, self.source.lang, &self.tokens.1, self.target.lang);
        let total = |units: &Units| units.whole().letters(&(0..units.len()));
        let (source, target) = (total(&grid.source), total(&grid.target));
        let ratio = if source > 0.0 && target > 0.0 { target / source } else { 1.0 };
        let mut knowledge = Knowledge::new(table, &self.tokens.0, &self.tokens.1, ratio);
        // where no word is understood, that blocks share none says nothing of them
        if !matches!((self.source.lang, self.target.lang), (Lang::ZH, Lang::EN) | (Lang::EN, Lang::ZH)) {
            knowledge.weights.alone = [score::SENTENCE_ALONE; 2];
        }
        knowledge
    }

    /// All blocks.
    fn block_grid(&self) -> Grid {
        Grid::new(
            Units::blocks(self.source, &self.tokens.0, 0..self.source.blocks.len()),
            Units::blocks(self.target, &self.tokens.1, 0..self.target.blocks.len()),
        )
    }

    /// The sentences of every link between blocks.
    fn regions<'b>(&self, beads: impl Iterator<Item = &'b Bead>) -> Vec<Region> {
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
    fn sentence_grid(&self, regions: &[Region]) -> Grid {
        let mut grid = self.grid_of(0..self.source.sentences.len(), 0..self.target.sentences.len());
        grid.quote(regions);
        grid
    }

    /// Some sentences.
    fn grid_of(
        &self,
        source: impl ExactSizeIterator<Item = usize> + Send,
        target: impl ExactSizeIterator<Item = usize> + Send,
    ) -> Grid {
        let (source, target) = rayon::join(
            || Units::sentences(self.source, &self.tokens.0, source),
            || Units::sentences(self.target, &self.tokens.1, target),
        );
        Grid::new(source, target)
    }

    /// The links between the sentences of linked blocks, and how likely each sentence is to stand alone. `regions` are
    /// the sentences of each link between blocks, and `first` the first paths through them.
    fn within(
        &self,
        blocks: &[Link],
        knowledge: &Knowledge,
        sentences: &Grid,
        regions: &[Region],
        first: &Paths,
    ) -> (Vec<Link>, (Vec<f32>, Vec<f32>)) {
        let link = |at: usize, arc: Arc| {
            let region = &regions[at];
            let mut link = region.link(arc);
            // a sentence link is moved if its block link is
            link.moved |= blocks[at].moved && !link.is_null();
            if region.source.is_empty() || region.target.is_empty() {
                link.score = blocks[at].score;
            }
            link
        };
        let Settled { links, odds } = settle(sentences, regions, knowledge, first, link);
        (links, (probabilities(&odds.source), probabilities(&odds.target)))
    }
}

/// Probabilities for log odds.
fn probabilities(odds: &[f32]) -> Vec<f32> {
    odds.iter().map(|odds| 1.0 / (1.0 + (-odds).exp())).collect()
}

/// How far from the anchors the first path may stray, in units.
const WIDE: usize = 12;
/// The most blocks of one side in a link of the first path: it need only come near, later ones may be wider.
const FEW: usize = 3;
/// The most sentences of one side in a link of the first path.
const SOME: usize = 4;
/// How far from the first path later ones may stray.
const NARROW: usize = 6;
/// Where there are more units than this on both sides together, what is asked for several times is worked out as
/// often, rather than kept: 1.6 kB a block would have to be (25 columns of 16 kinds of links).
const MANY: usize = 100_000;
/// How far the first path may stray from the anchors there, and later ones from the first, so that a long text takes
/// no more time for each unit than it must.
const MANY_WIDE: usize = 4;
const MANY_NARROW: usize = 2;
/// The most units of one side in a link of a later path there, that the band has room for in most places.
const MANY_WIDEST: usize = 4;

/// What `of` makes of each of so many regions, in their order.
fn gather(regions: usize, of: impl Fn(usize) -> Vec<Bead> + Sync) -> Paths {
    let add = |mut paths: Paths, at: usize| {
        paths.push(&of(at));
        paths
    };
    (0..regions).into_par_iter().fold(Paths::default, add).reduce(Paths::default, Paths::append)
}

/// The first path through every region, by what is known, with no unit likelier than another to stand alone.
fn trace(grid: &Grid, regions: &[Region], knowledge: &Knowledge) -> Paths {
    let shapes = first_shapes(grid, knowledge);
    gather(regions.len(), |at| first_path(&grid.model(&regions[at], knowledge), &shapes))
}

/// The priors of shapes before anything is linked.
fn first_shapes(grid: &Grid, knowledge: &Knowledge) -> Shapes {
    Shapes::new(&knowledge.weights, grid.of_blocks(), if grid.of_blocks() { FEW } else { SOME }, [])
}

fn first_path(model: &Model, shapes: &Shapes) -> Vec<Bead> {
    let (source, target) = (model.source, model.target);
    // a band that is as wide as the text needs no anchors
    let anchors = if target.len() > WIDE { anchors::chain(model) } else { Vec::new() };
    let width = if model.size() <= MANY { WIDE } else { MANY_WIDE };
    let band = Band::around(&anchors, source.len(), target.len(), width);
    path::best(model, shapes, band)
}

/// The last paths as links, and the log odds that each unit stands alone.
struct Settled {
    links: Vec<Link>,
    odds: Nulls,
}

/// The last paths: with the shapes that the first ones show, with null scores for every unit by what its link
/// shows of it, asked twice, and with crossings untangled. `link` makes a link of an arc in a region.
fn settle(
    grid: &Grid,
    regions: &[Region],
    knowledge: &Knowledge,
    first: &Paths,
    link: impl Fn(usize, Arc) -> Link + Sync,
) -> Settled {
    let shapes = shapes(knowledge, grid, regions, first);
    let endings = endings(knowledge, grid, regions, first);
    let model = |at: usize| grid.model(&regions[at], knowledge).with_endings(&endings);
    let lattice = |at: usize| {
        let model = model(at);
        Lattice::new(&model, &shapes, narrow(&first.of(at), &model), model.size() <= MANY)
    };
    // a single lattice is small where it does not keep its scores
    let kept: Option<Vec<Lattice>> = (grid.size() <= MANY || regions.len() == 1)
        .then(|| (0..regions.len()).into_par_iter().map(lattice).collect());
    let lattice = |at: usize| match &kept {
        Some(lattices) => Cow::Borrowed(&lattices[at]),
        None => Cow::Owned(lattice(at)),
    };
    let (mut paths, margins) = best_and_margins(grid, regions, |at| lattice(at).best_and_margins(&model(at)));
    let mut nulls = Nulls::none(grid.source.len(), grid.target.len());
    let mut odds = nulls.clone();
    let norm = |paths: &Paths| Norm::of(rates(regions.len(), |at| nulls::rates(&model(at), &paths.of(at))));
    for _ in 0..ROUNDS {
        let norm = norm(&paths);
        odds = of_regions(grid, regions, |at| {
            let margins = margins.of(regions[at].source(), regions[at].target());
            nulls::of_units(&model(at), &norm, margins, &paths.of(at), |features| {
                nulls::odds(&features, &norm, &knowledge.weights.nulls)
            })
        });
        let shift = nulls::rate_shift(|| {
            regions.iter().flat_map(|region| {
                let NullsOf { source, target } = odds.of(region.source(), region.target());
                source.iter().chain(target)
            })
        });
        odds.source.iter_mut().chain(&mut odds.target).for_each(|odds| *odds += shift);
        nulls = nulls::scores(&odds, &margins);
        let again = gather(regions.len(), |at| {
            lattice(at).best(&model(at), nulls.of(regions[at].source(), regions[at].target()))
        });
        // the same path would show the same again
        if again == paths {
            break;
        }
        paths = again;
    }
    drop(kept);
    let norm = norm(&paths);
    let links = (0..regions.len()).into_par_iter().flat_map_iter(|at| {
        let (source, target) = (regions[at].source(), regions[at].target());
        let alone =
            moves::Alone { nulls: nulls.of(source.clone(), target.clone()), odds: odds.of(source, target) };
        let arcs = moves::untangle(&model(at), &norm, &shapes, alone, paths.of(at));
        arcs.into_iter().map(move |arc| (at, arc))
    });
    let links = links.map(|(at, arc)| link(at, arc)).collect();
    Settled { links, odds }
}

/// The paths through all regions, and the margins of all units.
fn best_and_margins(
    grid: &Grid,
    regions: &[Region],
    of: impl Fn(usize) -> (Vec<Bead>, Nulls) + Sync,
) -> (Paths, Nulls) {
    let add = |(mut paths, mut all): (Paths, (Vec<f32>, Vec<f32>)), at: usize| {
        let (beads, margins) = of(at);
        paths.push(&beads);
        all.0.extend(margins.source);
        all.1.extend(margins.target);
        (paths, all)
    };
    let none = <(Paths, (Vec<f32>, Vec<f32>))>::default;
    let (paths, margins) = (0..regions.len())
        .into_par_iter()
        .fold(none, add)
        .reduce(none, |some, more| (some.0.append(more.0), joined(some.1, more.1)));
    (paths, by_unit(grid, regions, margins))
}

/// What `of` makes of each region, a number for each of its units.
fn of_regions(grid: &Grid, regions: &[Region], of: impl Fn(usize) -> (Vec<f32>, Vec<f32>) + Sync) -> Nulls {
    let none = <(Vec<f32>, Vec<f32>)>::default;
    let add = |all, at: usize| joined(all, of(at));
    by_unit(grid, regions, (0..regions.len()).into_par_iter().fold(none, add).reduce(none, joined))
}

fn joined(mut some: (Vec<f32>, Vec<f32>), more: (Vec<f32>, Vec<f32>)) -> (Vec<f32>, Vec<f32>) {
    some.0.extend(more.0);
    some.1.extend(more.1);
    some
}

/// Numbers for the units of the regions, one region after another, put where the units are; of one that is in no
/// region it is certain that it stands alone.
fn by_unit(grid: &Grid, regions: &[Region], numbers: (Vec<f32>, Vec<f32>)) -> Nulls {
    let side = |count: usize, numbers: Vec<f32>, of: fn(&Region) -> Range<usize>| {
        let (mut all, mut done) = (vec![f32::INFINITY; count], 0);
        for region in regions.iter().map(of) {
            let own = &numbers[done..done + region.len()];
            done += own.len();
            all[region].copy_from_slice(own);
        }
        all
    };
    Nulls {
        source: side(grid.source.len(), numbers.0, Region::source),
        target: side(grid.target.len(), numbers.1, Region::target),
    }
}

/// What the 1:1 links of all regions gain.
fn rates(regions: usize, of: impl Fn(usize) -> [Vec<f32>; 2] + Sync) -> [Vec<f32>; 2] {
    let none = <[Vec<f32>; 2]>::default;
    let both = |[mut forward, mut backward]: [Vec<f32>; 2], [more, also]: [Vec<f32>; 2]| {
        forward.extend(more);
        backward.extend(also);
        [forward, backward]
    };
    (0..regions).into_par_iter().fold(none, |all, at| both(all, of(at))).reduce(none, both)
}

/// What the ends of sentences say where they are linked as a path links them; of blocks that holds in general.
fn endings(knowledge: &Knowledge, grid: &Grid, regions: &[Region], paths: &Paths) -> Endings {
    if grid.of_blocks() {
        return knowledge.endings.clone();
    }
    let linked = regions.iter().enumerate().flat_map(|(at, region)| {
        let model = grid.model(region, knowledge);
        let beads = paths.of(at).into_iter().filter(|bead| !bead.is_null());
        beads.map(move |bead| {
            (&model.source.edges()[bead.source.end - 1], &model.target.edges()[bead.target.end - 1])
        })
    });
    Endings::learnt(linked)
}

/// The priors of shapes that a path shows.
fn shapes(knowledge: &Knowledge, grid: &Grid, regions: &[Region], paths: &Paths) -> Shapes {
    let single = regions.len() == 1 && grid.size() > MANY;
    let widest = if single { MANY_WIDEST } else { score::WIDEST };
    Shapes::new(&knowledge.weights, grid.of_blocks(), widest, paths.sizes())
}

/// The band around a path.
fn narrow(beads: &[Bead], model: &Model) -> Band {
    let corners: Vec<_> = beads.iter().map(|bead| (bead.source.start, bead.target.start)).collect();
    let width = if model.size() <= MANY { NARROW } else { MANY_NARROW };
    Band::around(&corners, model.source.len(), model.target.len(), width)
}

/// How often the null scores are asked for, each time of the path that the last ones led to.
const ROUNDS: usize = 2;

/// What the words of all links of the paths through some regions teach.
fn learn(table: &Table, grid: &Grid, regions: &[Region], paths: &Paths) -> Table {
    let linked = regions.iter().enumerate().flat_map(|(at, region)| {
        let (source, target) = (grid.source.part(region.source()), grid.target.part(region.target()));
        let beads = paths.of(at).into_iter().filter(|bead| !bead.is_null());
        beads.map(move |bead| (source.span(&bead.source), target.span(&bead.target)))
    });
    table.learn(&linked.collect::<Vec<_>>())
}

/// The features of every sentence for [`nulls`]; what training learns from.
pub fn null_features(source: &Document, target: &Document) -> (Vec<nulls::Features>, Vec<nulls::Features>) {
    let tokens = (Tokens::read(source), Tokens::read(target));
    let sides = Sides { source, target, tokens: &tokens };
    let grid = sides.grid_of(0..source.sentences.len(), 0..target.sentences.len());
    let whole = [grid.whole()];
    let mut knowledge = sides.knowledge(&grid);
    let first = trace(&grid, &whole, &knowledge);
    knowledge.table = learn(&knowledge.table, &grid, &whole, &first);
    let endings = endings(&knowledge, &grid, &whole, &first);
    let model = grid.model(&whole[0], &knowledge).with_endings(&endings);
    let (band, shapes) = (narrow(&first.of(0), &model), shapes(&knowledge, &grid, &whole, &first));
    let (beads, margins) = Lattice::new(&model, &shapes, band, true).best_and_margins(&model);
    let norm = Norm::of(nulls::rates(&model, &beads));
    nulls::of_units(&model, &norm, margins.all(), &beads, |features| features)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{self, Format};
    use crate::segment::segment;

    /// Whether scores are kept or worked out anew, the paths and the margins are the same.
    #[test]
    fn what_is_kept_changes_nothing() {
        let texts = [
            "会议于三月五日召开。共有二十人参加！谁来了？\n\n标题\n\n我们合作。我们发展。网络主权很重要。\n\n完。",
            "The meeting was held on March 5. Twenty people took part! Who came?\n\nTitle\n\nWe cooperate and develop. Sovereignty over networks matters a lot. Nothing else.\n\nThe end.",
        ];
        let [source, target] = [(texts[0], Lang::ZH), (texts[1], Lang::EN)].map(|(text, lang)| {
            let many = format!("{text}\n\n").repeat(40);
            segment(read::bytes("a", many.as_bytes(), Format::Plain, Some(lang)).expect("a text"))
        });
        let tokens = (Tokens::read(&source), Tokens::read(&target));
        let sides = Sides { source: &source, target: &target, tokens: &tokens };
        let sentences = sides.grid_of(0..source.sentences.len(), 0..target.sentences.len());
        for grid in [sides.block_grid(), sentences] {
            let knowledge = sides.knowledge(&grid);
            let whole = [grid.whole()];
            let first = trace(&grid, &whole, &knowledge);
            let (model, shapes) =
                (grid.model(&whole[0], &knowledge), shapes(&knowledge, &grid, &whole, &first));
            let lattice = |kept| Lattice::new(&model, &shapes, narrow(&first.of(0), &model), kept);
            let (kept, anew) = (lattice(true), lattice(false));
            let ((beads, margins), (again, others)) =
                (kept.best_and_margins(&model), anew.best_and_margins(&model));
            assert_eq!(beads, again);
            assert_eq!((&margins.source, &margins.target), (&others.source, &others.target));
            assert_eq!(kept.best(&model, margins.all()), anew.best(&model, margins.all()));
            assert!(beads.len() > 100 && margins.source.iter().any(|margin| *margin > 0.0), "{beads:?}");
        }
    }

    #[test]
    fn paths_are_as_they_were_put_in() {
        let bead = |source: Range<usize>, target: Range<usize>| Bead { source, target };
        let paths = [
            vec![bead(0..1, 0..2), bead(1..1, 2..3), bead(1..4, 3..4)],
            vec![],
            vec![bead(0..1, 0..0), bead(1..2, 0..7)],
        ];
        let kept = gather(paths.len(), |at| paths[at].clone());
        assert!((0..paths.len()).all(|at| kept.of(at) == paths[at]), "{kept:?}");
        assert_eq!(kept.sizes().count(), 5);
    }
}
