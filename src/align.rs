//! Finds which blocks and sentences of two documents correspond.

mod anchors;
mod band;
mod beads;
mod bitext;
mod crossings;
mod evidence;
mod moves;
pub mod nulls;
mod passes;
mod path;
mod regions;
mod score;
pub mod senses;
mod standing;
pub mod tokens;
mod units;
pub mod words;

use std::collections::BTreeMap;

use self::beads::{Bead, Paths};
pub use self::bitext::{Alignment, Bitext, Link};
pub use self::crossings::Crossing;
use self::moves::Arc;
use self::nulls::Norm;
use self::passes::{
    MANY, Settled, endings, first_path, first_shapes, gather, learn, narrow, settle, shapes, trace,
};
use self::path::Lattice;
use self::regions::{Grid, Region, Sides};
use self::score::{Knowledge, Model, Places};
use self::senses::Senses;
pub use self::standing::{Elsewhere, Standing};
use self::tokens::Tokens;
use self::units::Units;
use crate::encoder::coverage::Nearness;
use crate::text::Document;

/// A bitext with what the aligner knows of its words.
#[derive(Debug, Clone)]
pub struct Aligned {
    bitext: Bitext,
    tokens: (Tokens, Tokens),
    knowledge: Knowledge,
    /// For every sentence of the source and of the target, how likely it is that nothing corresponds to it.
    alone: (Vec<f32>, Vec<f32>),
    /// Whether the encoder was asked what the sentences mean.
    seen: bool,
    /// How near the pieces of linked sentences are, by the first sentence of the source of each link; none where the
    /// encoder was not asked.
    near: BTreeMap<usize, Nearness>,
}

impl Aligned {
    fn of(
        bitext: Bitext,
        tokens: (Tokens, Tokens),
        knowledge: Knowledge,
        alone: (Vec<f32>, Vec<f32>),
        grounds: Grounds,
    ) -> Aligned {
        let seen = grounds.senses.is_some();
        Aligned { bitext, tokens, knowledge, alone, seen, near: BTreeMap::new() }
    }

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

    /// Whether the encoder was asked what the sentences mean.
    pub fn is_seen(&self) -> bool {
        self.seen
    }

    /// Takes down what the encoder says of linked sentences, by the first sentence of the source of each link.
    pub fn take_down(&mut self, near: BTreeMap<usize, Nearness>) {
        self.near = near;
    }

    /// How near the pieces of linked sentences are to each other; nothing where the encoder was not asked.
    pub fn nearness(&self, link: &Link) -> Option<&Nearness> {
        self.near.get(link.source.first()?)
    }

    /// The blocks of both sides, laid out as units.
    fn laid_out(&self) -> (Units, Units) {
        let (source, target) = (&self.bitext.source, &self.bitext.target);
        (
            Units::blocks(source, &self.tokens.0, 0..source.blocks.len()),
            Units::blocks(target, &self.tokens.1, 0..target.blocks.len()),
        )
    }

    /// How sure a link between the source of one link between blocks and the target of another would be, from 0 to 1;
    /// neither of the two is empty.
    pub fn likeness(&self) -> impl Fn(usize, usize) -> f64 + '_ {
        let links = &self.bitext.alignment.blocks;
        let beads = || links.iter().map(|link| Bead::over(&link.source, &link.target));
        let mut units = self.laid_out();
        // what a link quotes it is asked by itself
        units.0.quote(beads().map(|bead| bead.source));
        units.1.quote(beads().map(|bead| bead.target));
        // a single link is not searched for
        let places = Places::default();
        move |from, to| {
            let bead = Bead::over(&links[from].source, &links[to].target);
            Model::new(units.0.whole(), units.1.whole(), &places, &self.knowledge)
                .confidence(bead.source, bead.target)
        }
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
    align_by(source, target, Grounds::default())
}

/// What is gone by beside the words and the order of two documents.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'g> {
    senses: Option<&'g Senses>,
    nulls: &'g nulls::Weights,
}

impl Default for Grounds<'_> {
    /// Nothing more.
    fn default() -> Self {
        Grounds { senses: None, nulls: &nulls::WEIGHTS }
    }
}

impl<'g> Grounds<'g> {
    /// What the encoder says of the sentences of both, if it was asked.
    pub fn of(senses: Option<&'g Senses>) -> Grounds<'g> {
        Grounds { senses, nulls: if senses.is_some() { &nulls::SEEN } else { &nulls::WEIGHTS } }
    }

    /// The weights of what tells blocks that stand alone, of which the encoder is not asked.
    fn of_blocks(self) -> &'g nulls::Weights {
        if self.senses.is_some() { &nulls::WEIGHTS } else { self.nulls }
    }

    /// The same by other weights of what tells units that stand alone: what training tries out.
    #[must_use]
    pub fn with(self, nulls: &'g nulls::Weights) -> Grounds<'g> {
        Grounds { nulls, ..self }
    }
}

/// The same on more grounds.
pub fn align_by(source: Document, target: Document, grounds: Grounds) -> Aligned {
    let tokens = rayon::join(|| Tokens::read(&source), || Tokens::read(&target));
    let sides = Sides { source: &source, target: &target, tokens: &tokens, senses: grounds.senses };
    let blocks = sides.block_grid();
    let mut knowledge = sides.knowledge(&blocks);
    let whole = [blocks.whole()];
    let first = trace(&blocks, &whole, &knowledge);
    let regions = sides.regions(first.of(0).iter());
    let sentences = sides.sentence_grid(&regions);
    let paths = trace(&sentences, &regions, &knowledge);
    knowledge.table = learn(&knowledge.table, &sentences, &regions, &paths);
    let shapes = first_shapes(&sentences, &knowledge);
    // the sentences of a long text are laid out once more, rather than kept while its blocks take the most room
    let kept = (sentences.size() <= MANY).then_some(sentences);

    let settled =
        settle(&blocks, &whole, &knowledge, grounds.of_blocks(), &first, |_, arc| whole[0].link(arc));
    drop((blocks, first));
    let block_links = settled.links;
    // what the first path joined already is traced already
    let known = |region: &Region| {
        let at = regions.partition_point(|known| known.order() < region.order());
        (regions.get(at) == Some(region)).then(|| paths.of(at))
    };
    let beads: Vec<Bead> = block_links.iter().map(|link| Bead::over(&link.source, &link.target)).collect();
    let joined = sides.regions(beads.iter());
    drop(beads);
    let sentences = match kept {
        Some(mut sentences) => {
            sentences.quote(&joined);
            sentences
        }
        None => sides.sentence_grid(&joined),
    };
    let again = gather(joined.len(), |at| {
        known(&joined[at]).unwrap_or_else(|| first_path(&sentences.model(&joined[at], &knowledge), &shapes))
    });
    drop((regions, paths));
    let (sentences, alone) = within(&block_links, &knowledge, grounds.nulls, &sentences, &joined, &again);
    let alignment = Alignment { blocks: block_links, sentences };
    Aligned::of(Bitext { alignment, source, target }, tokens, knowledge, alone, grounds)
}

/// Aligns the sentences of two segmented documents inside blocks of which it is known what corresponds to what:
/// the blocks of either side that make a link, in order, every block in one of them.
pub fn align_within(source: Document, target: Document, links: Vec<(Vec<usize>, Vec<usize>)>) -> Aligned {
    align_within_by(source, target, links, Grounds::default())
}

/// The same on more grounds.
pub fn align_within_by(
    source: Document,
    target: Document,
    links: Vec<(Vec<usize>, Vec<usize>)>,
    grounds: Grounds,
) -> Aligned {
    let tokens = rayon::join(|| Tokens::read(&source), || Tokens::read(&target));
    let sides = Sides { source: &source, target: &target, tokens: &tokens, senses: grounds.senses };
    let blocks = sides.block_grid();
    let mut knowledge = sides.knowledge(&blocks);
    let given = |(source, target): (Vec<usize>, Vec<usize>)| Link {
        source: source.into(),
        target: target.into(),
        score: 1.0,
        moved: false,
    };
    let mut block_links: Vec<Link> = links.into_iter().map(given).collect();
    let beads: Vec<Bead> = block_links.iter().map(|link| Bead::over(&link.source, &link.target)).collect();
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
    let (sentences, alone) = within(&block_links, &knowledge, grounds.nulls, &sentences, &regions, &paths);
    let alignment = Alignment { blocks: block_links, sentences };
    Aligned::of(Bitext { alignment, source, target }, tokens, knowledge, alone, grounds)
}

/// Aligns the sentences of two documents without regard to their blocks, which are linked as their sentences are.
///
/// A sentence without text, as an empty line is, corresponds to nothing.
pub fn align_sentences(source: Document, target: Document) -> Aligned {
    align_sentences_by(source, target, Grounds::default())
}

/// The same on more grounds.
pub fn align_sentences_by(source: Document, target: Document, grounds: Grounds) -> Aligned {
    let tokens = rayon::join(|| Tokens::read(&source), || Tokens::read(&target));
    let sides = Sides { source: &source, target: &target, tokens: &tokens, senses: grounds.senses };
    let with_text = |document: &Document| -> Vec<usize> {
        let sentences = 0..document.sentences.len();
        sentences.filter(|&sentence| !document.sentences[sentence].span.is_empty()).collect()
    };
    let with_text = (with_text(&source), with_text(&target));
    let grid = sides.grid_of(with_text.0.iter().copied(), with_text.1.iter().copied());
    let whole = [grid.whole()];
    let mut knowledge = sides.knowledge(&grid);
    let first = trace(&grid, &whole, &knowledge);
    knowledge.table = learn(&knowledge.table, &grid, &whole, &first);
    let Settled { links, odds } = settle(&grid, &whole, &knowledge, grounds.nulls, &first, |_, arc| {
        let mut link = whole[0].link(arc);
        link.source.iter_mut().for_each(|at| *at = with_text.0[*at]);
        link.target.iter_mut().for_each(|at| *at = with_text.1[*at]);
        link
    });
    let mut alone = (vec![1.0; source.sentences.len()], vec![1.0; target.sentences.len()]);
    with_text.0.iter().zip(probabilities(odds.source)).for_each(|(&at, likely)| alone.0[at] = likely);
    with_text.1.iter().zip(probabilities(odds.target)).for_each(|(&at, likely)| alone.1[at] = likely);
    let sentences = with_empty(links, source.sentences.len(), target.sentences.len());
    let blocks = sentences
        .iter()
        .map(|link| Link {
            source: blocks_of(&source, &link.source),
            target: blocks_of(&target, &link.target),
            ..link.clone()
        })
        .collect();
    let alignment = Alignment { blocks, sentences };
    Aligned::of(Bitext { alignment, source, target }, tokens, knowledge, alone, grounds)
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
                    let [source, target] =
                        [0, 1].map(|at| if at == side { Box::from([unit]) } else { Box::default() });
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

fn blocks_of(document: &Document, sentences: &[usize]) -> Box<[usize]> {
    let mut blocks: Vec<_> = sentences.iter().map(|&sentence| document.sentences[sentence].block).collect();
    blocks.dedup();
    blocks.into()
}

/// The links between the sentences of linked blocks, and how likely each sentence is to stand alone. `regions` are
/// the sentences of each link between blocks, and `first` the first paths through them.
fn within(
    blocks: &[Link],
    knowledge: &Knowledge,
    weights: &nulls::Weights,
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
    let Settled { links, odds } = settle(sentences, regions, knowledge, weights, first, link);
    (links, (probabilities(odds.source), probabilities(odds.target)))
}

/// Probabilities for log odds.
fn probabilities(odds: Vec<f32>) -> Vec<f32> {
    odds.into_iter().map(|odds| 1.0 / (1.0 + (-odds).exp())).collect()
}

/// The features of every sentence for [`nulls`]; what training learns from.
pub fn null_features(
    source: &Document,
    target: &Document,
    senses: Option<&Senses>,
) -> (Vec<nulls::Features>, Vec<nulls::Features>) {
    let tokens = (Tokens::read(source), Tokens::read(target));
    let sides = Sides { source, target, tokens: &tokens, senses };
    let grid = sides.grid_of(0..source.sentences.len(), 0..target.sentences.len());
    let whole = [grid.whole()];
    let mut knowledge = sides.knowledge(&grid);
    let first = trace(&grid, &whole, &knowledge);
    knowledge.table = learn(&knowledge.table, &grid, &whole, &first);
    let endings = endings(&knowledge, &grid, &whole, &first);
    let model = grid.model(&whole[0], &knowledge).with_endings(&endings);
    let (band, shapes) = (narrow(&first.of(0), &model), shapes(&knowledge, &grid, &whole, &first));
    let (beads, margins) = Lattice::new(&model, &shapes, band, usize::MAX).best_and_margins(&model);
    let said = model.of_links(&beads);
    let norm = Norm::of(&nulls::rates(&model, &beads, &said));
    nulls::of_units(&model, &norm, margins.all(), &beads, &said, |features| features)
}
