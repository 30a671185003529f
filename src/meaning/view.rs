//! An aligned pair as the rooms of meaning and the checks look at it: which sentences are linked, their words and
//! values.

use std::sync::OnceLock;

use super::clashes::{self, Clash};
use super::exchanges::{self, Exchange};
use super::marks::Class;
use super::pair::Pair;
use super::slips::Slips;
use super::substitutions::{self, Substitution};
use super::titles::{self, Standing};
use crate::align::tokens::Tokens;
use crate::align::{Aligned, Bitext, Link};
use crate::text::{Document, Side, Span};
use crate::values::Value;

/// An aligned pair, its words and values.
pub struct View<'a> {
    aligned: &'a Aligned,
    /// For each block and each sentence of both sides, the link it is in.
    block_links: [Vec<usize>; 2],
    sentence_links: [Vec<usize>; 2],
    /// What the rooms of Chinese and English ask for.
    pairs: OnceLock<Vec<Pair<'a>>>,
    clashes: OnceLock<Vec<Clash>>,
    substitutions: OnceLock<Vec<Substitution>>,
    exchanges: OnceLock<Vec<Exchange>>,
    slips: OnceLock<Slips>,
    titles: OnceLock<Vec<Standing>>,
}

impl<'a> View<'a> {
    /// Numbers the links of a pair by their blocks and sentences.
    pub fn new(aligned: &'a Aligned) -> View<'a> {
        let bitext = aligned.bitext();
        let index = |links: &[Link], size: [usize; 2]| {
            let mut of = size.map(|size| vec![0; size]);
            for (at, link) in links.iter().enumerate() {
                link.source.iter().for_each(|&unit| of[0][unit] = at);
                link.target.iter().for_each(|&unit| of[1][unit] = at);
            }
            of
        };
        let size = [&bitext.source, &bitext.target];
        View {
            aligned,
            block_links: index(&bitext.alignment.blocks, size.map(|document| document.blocks.len())),
            sentence_links: index(&bitext.alignment.sentences, size.map(|document| document.sentences.len())),
            pairs: OnceLock::new(),
            clashes: OnceLock::new(),
            substitutions: OnceLock::new(),
            exchanges: OnceLock::new(),
            slips: OnceLock::new(),
            titles: OnceLock::new(),
        }
    }

    /// The aligned pair.
    pub fn bitext(&self) -> &'a Bitext {
        self.aligned.bitext()
    }

    /// The pair with what the aligner knows of its words.
    pub fn aligned(&self) -> &'a Aligned {
        self.aligned
    }

    /// The marks of one class that contradict each other.
    pub(crate) fn clashes(&self, class: Class) -> impl Iterator<Item = &Clash> {
        self.clashes.get_or_init(|| clashes::all(self)).iter().filter(move |clash| clash.class == class)
    }

    /// The words that stand against each other.
    pub(crate) fn substitutions(&self) -> &[Substitution] {
        self.substitutions.get_or_init(|| substitutions::all(self))
    }

    /// The things that have changed places.
    pub(crate) fn exchanges(&self) -> &[Exchange] {
        self.exchanges.get_or_init(|| exchanges::all(self))
    }

    /// The cues that are shown at other times.
    pub(crate) fn slips(&self) -> &Slips {
        self.slips.get_or_init(|| Slips::of(self.bitext()))
    }

    /// The titles and quotations that stand against each other.
    pub(crate) fn titles(&self) -> &[Standing] {
        self.titles.get_or_init(|| titles::standing(self))
    }

    /// The words of all linked sentences, as `read` makes them, once.
    pub(crate) fn pairs(&self, read: impl FnOnce() -> Vec<Pair<'a>>) -> &[Pair<'a>] {
        self.pairs.get_or_init(read)
    }

    /// All sentences of the blocks that some sentences of one side are in.
    pub fn sentences_around(&self, side: Side, sentences: &[usize]) -> Vec<usize> {
        sentences_around(self.document(side), sentences)
    }

    /// One of the two documents.
    pub fn document(&self, side: Side) -> &'a Document {
        match side {
            Side::Source => &self.bitext().source,
            Side::Target => &self.bitext().target,
        }
    }

    /// The words and values of one of the two documents.
    pub fn tokens(&self, side: Side) -> &'a Tokens {
        self.aligned.tokens(side == Side::Source)
    }

    /// The link a block is in, as an index into the block links.
    pub fn block_link(&self, side: Side, block: usize) -> usize {
        self.block_links[side as usize][block]
    }

    /// The link a sentence is in, as an index into the sentence links.
    pub fn sentence_link(&self, side: Side, sentence: usize) -> usize {
        self.sentence_links[side as usize][sentence]
    }

    /// The sentence links with text on both sides.
    pub fn linked_sentences(&self) -> impl Iterator<Item = &'a Link> {
        self.bitext().alignment.sentences.iter().filter(|link| !link.is_null())
    }

    /// From the start of the first to the end of the last of some sentences, which are in ascending order.
    pub fn span_of_sentences(&self, side: Side, sentences: &[usize]) -> Option<Span> {
        let of = |index: &usize| self.document(side).sentences[*index].span;
        Some(of(sentences.first()?).join(of(sentences.last()?)))
    }

    /// From the start of the first to the end of the last of some blocks, which are in ascending order.
    pub fn span_of_blocks(&self, side: Side, blocks: &[usize]) -> Option<Span> {
        let of = |index: &usize| self.document(side).blocks[*index].span;
        Some(of(blocks.first()?).join(of(blocks.last()?)))
    }

    pub(crate) fn values_of(&self, side: Side, sentences: &[usize]) -> Vec<&'a Value> {
        let document = self.document(side);
        let values = &self.tokens(side).values;
        let mut found = Vec::new();
        for &sentence in sentences {
            let sentence = document.sentences[sentence];
            let numbering =
                document.blocks[sentence.block].numbering.as_deref().map(|numbering| numbering.span);
            let first = values.partition_point(|value| value.span.start < sentence.span.start);
            let here = values[first..].iter().take_while(|value| value.span.start < sentence.span.end);
            found.extend(here.filter(|value| numbering.is_none_or(|number| !number.overlaps(value.span))));
        }
        found
    }
}

/// The units of one side of a link.
pub(crate) fn own(link: &Link, side: Side) -> &[usize] {
    match side {
        Side::Source => &link.source,
        Side::Target => &link.target,
    }
}

/// All sentences of the blocks that some sentences are in.
pub(crate) fn sentences_around(document: &Document, sentences: &[usize]) -> Vec<usize> {
    let mut blocks: Vec<usize> =
        sentences.iter().map(|&sentence| document.sentences[sentence].block).collect();
    blocks.dedup();
    blocks.into_iter().flat_map(|block| document.blocks[block].sentences.clone()).collect()
}
