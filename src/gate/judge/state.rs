//! What the two sides of a region hold in one state of the pair, and what they lack of each other. The other state is not
//! known here.

use std::collections::{BTreeMap, BTreeSet};

use crate::align::tokens::TypeId;
use crate::align::{Aligned, Link};
use crate::check::Side;
use crate::gate::letters::{Letter, spelt};
use crate::lexicon;
use crate::markup::code;
use crate::meaning::wording;
use crate::read::joined;
use crate::text::script::is_han;
use crate::text::{BlockKind, Document, Lang, PieceKind, Span};
use crate::values::{self, Amount, ValueKind};

/// How sure a rendering must be to account for a word.
pub(super) const RENDERED: f32 = 0.15;
/// How many letters render a Chinese character.
const HAN: f64 = 3.0;

/// A pair in one of its states, with the blocks of the region.
pub(super) struct State<'a> {
    pub(super) aligned: &'a Aligned,
    pub(super) blocks: &'a [Vec<usize>; 2],
}

/// What the sides of a region lack of each other.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Lack {
    pub(super) passages: f64,
    pub(super) strict: f64,
    pub(super) links: f64,
}

impl<'a> State<'a> {
    pub(super) fn document(&self, side: usize) -> &'a Document {
        let bitext = self.aligned.bitext();
        if side == 0 { &bitext.source } else { &bitext.target }
    }

    /// What the region lacks: passages without counterpart, strict words without counterpart, links.
    pub(super) fn lack(&self) -> Lack {
        let sides = [0, 1].map(|side| self.strict(side));
        let count = |of: &BTreeMap<String, usize>, word: &String| of.get(word).copied().unwrap_or(0);
        // what is code on one side may stand in the running text of the other
        let spare = |one: &Strict, other: &Strict| {
            let there = |word| count(&other.words, word) + count(&other.plain, word);
            one.words.iter().map(|(word, n)| n.saturating_sub(there(word))).sum::<usize>()
        };
        let unread = |one: &Strict, other: &Strict| one.foreign.difference(&other.latin).count();
        let strict = spare(&sides[0], &sides[1])
            + spare(&sides[1], &sides[0])
            + unread(&sides[0], &sides[1])
            + unread(&sides[1], &sides[0]);
        Lack {
            passages: self.passages(),
            strict: strict as f64,
            links: sides[0].links.abs_diff(sides[1].links) as f64,
        }
    }

    /// The blocks without counterpart, and, for half as much, the sentences without one in linked blocks.
    fn passages(&self) -> f64 {
        let alignment = &self.aligned.bitext().alignment;
        let mut sum = 0.0;
        let inside: [BTreeSet<usize>; 2] =
            [0, 1].map(|side: usize| self.blocks[side].iter().copied().collect());
        let says =
            |side: usize, span: Span| self.document(side).slice(span).chars().any(char::is_alphanumeric);
        let mut null = [BTreeSet::new(), BTreeSet::new()];
        for link in alignment.blocks.iter().filter(|link| link.is_null()) {
            for (side, blocks) in [&link.source, &link.target].into_iter().enumerate() {
                for &block in blocks.iter().filter(|block| inside[side].contains(block)) {
                    null[side].insert(block);
                    sum += f64::from(u8::from(says(side, self.document(side).blocks[block].span)));
                }
            }
        }
        for link in alignment.sentences.iter().filter(|link| link.is_null()) {
            for (side, sentences) in [&link.source, &link.target].into_iter().enumerate() {
                for &at in sentences {
                    let sentence = self.document(side).sentences[at];
                    let counts =
                        inside[side].contains(&sentence.block) && !null[side].contains(&sentence.block);
                    sum += 0.5 * f64::from(u8::from(counts && says(side, sentence.span)));
                }
            }
        }
        sum
    }

    /// The strict words of one side of the region.
    fn strict(&self, side: usize) -> Strict {
        let document = self.document(side);
        let mut strict = Strict::default();
        for &block in &self.blocks[side] {
            let block = &document.blocks[block];
            for piece in &block.pieces {
                let text = document.slice(piece.span);
                match piece.kind {
                    PieceKind::Code if block.kind == BlockKind::Code => {
                        let certain: BTreeSet<usize> =
                            code::words(text).iter().map(|word| word.start).collect();
                        for word in latin(text) {
                            let written = &text[word.range()];
                            if certain.contains(&word.start) || code::is_strict(written) {
                                strict.add(written);
                            }
                        }
                    }
                    PieceKind::Code => latin(text).iter().for_each(|word| strict.add(&text[word.range()])),
                    PieceKind::Target => strict.links += 1,
                    PieceKind::Prose | PieceKind::Markup => {}
                }
            }
            for run in joined(&document.text, &block.pieces) {
                strict.prose(&run.text, document.lang);
            }
        }
        strict
    }

    /// What one side of the region says.
    pub(super) fn spelt(&self, side: usize) -> Vec<Letter> {
        let document = self.document(side);
        self.blocks[side].iter().flat_map(|&block| spelt(document, &document.blocks[block])).collect()
    }

    /// The word types of one side of the region.
    pub(super) fn types(&self, side: usize) -> BTreeMap<TypeId, usize> {
        let tokens = self.aligned.tokens(side == 0);
        count(
            self.blocks[side].iter().flat_map(|&block| tokens.of_block(block)).map(|at| tokens.tokens[at].id),
        )
    }

    /// The sentences of one side of the region.
    pub(super) fn sentences(&self, side: usize) -> impl Iterator<Item = (usize, &'a str)> + '_ {
        let document = self.document(side);
        let of = move |&block: &usize| document.blocks[block].sentences.clone();
        self.blocks[side].iter().flat_map(of).map(move |at| (at, document.slice(document.sentences[at].span)))
    }

    /// How often each word of one side is spelt in which way, in lower case.
    pub(super) fn spellings(&self, side: usize) -> BTreeMap<(String, String), usize> {
        let (document, tokens) = (self.document(side), self.aligned.tokens(side == 0));
        let mut spellings = BTreeMap::new();
        for token in self.blocks[side].iter().flat_map(|&block| tokens.of_block(block)) {
            let token = tokens.tokens[token];
            let spelt =
                (tokens.types[token.id as usize].key.clone(), document.slice(token.span).to_lowercase());
            *spellings.entry(spelt).or_insert(0) += 1;
        }
        spellings
    }

    /// The links of sentences that hold any of some sentences.
    pub(super) fn links(&self, sentences: &[BTreeSet<usize>; 2]) -> impl Iterator<Item = &'a Link> {
        let holds = move |link: &&Link| {
            let of = [&link.source, &link.target];
            (0..2).any(|side: usize| of[side].iter().any(|at| sentences[side].contains(at)))
        };
        self.aligned.bitext().alignment.sentences.iter().filter(holds)
    }

    /// The word types of some sentences of a side.
    pub(super) fn types_of(&self, side: usize, sentences: &BTreeSet<usize>) -> BTreeMap<TypeId, usize> {
        let tokens = self.aligned.tokens(side == 0);
        let within = sentences.iter().flat_map(|&at| tokens.of_sentence(at));
        count(within.map(|at| tokens.tokens[at].id))
    }

    /// The amounts in some sentences of a side, be they ever so likely no numbers.
    pub(super) fn amounts(&self, side: usize, sentences: &BTreeSet<usize>) -> BTreeMap<Amount, usize> {
        let (document, values) = (self.document(side), &self.aligned.tokens(side == 0).values);
        let mut amounts = BTreeMap::new();
        for &at in sentences {
            let span = document.sentences[at].span;
            let first = values.partition_point(|value| value.span.start < span.start);
            let within = values[first..].iter().take_while(|value| value.span.start < span.end);
            // a unit without a number has no amount
            for value in within.filter(|value| !matches!(value.kind, ValueKind::Unit | ValueKind::Rate)) {
                *amounts.entry(value.key().0).or_insert(0) += 1;
            }
        }
        amounts
    }

    /// How many letters some sentences of a side have.
    pub(super) fn length(&self, side: usize, sentences: &BTreeSet<usize>) -> f64 {
        let document = self.document(side);
        let of = |&at: &usize| letters(document.slice(document.sentences[at].span));
        sentences.iter().map(of).sum()
    }

    /// How well a word type of `side` is rendered by any of the other side, from 0 to 1.
    pub(super) fn rendered(&self, side: usize, id: TypeId, others: &BTreeMap<TypeId, usize>) -> f64 {
        let role = if side == 0 { Side::Source } else { Side::Target };
        let strengths =
            others.keys().map(|&other| wording::may_render(self.aligned, role, id, other, RENDERED));
        strengths.fold(0.0, f64::max)
    }
}

/// How many letters a text has, a Chinese character counted as the letters that translate it.
pub(super) fn letters(text: &str) -> f64 {
    text.chars().filter(|c| c.is_alphanumeric()).map(|c| if is_han(c) { HAN } else { 1.0 }).sum()
}

fn count(ids: impl Iterator<Item = TypeId>) -> BTreeMap<TypeId, usize> {
    let mut counts = BTreeMap::new();
    ids.for_each(|id| *counts.entry(id).or_insert(0) += 1);
    counts
}

/// What must stand on both sides, and how often.
#[derive(Debug, Default)]
struct Strict {
    words: BTreeMap<String, usize>,
    /// Other words in Latin letters.
    plain: BTreeMap<String, usize>,
    /// Stems of words in Latin letters in a text that is not written in them.
    foreign: BTreeSet<String>,
    /// Stems of all words in Latin letters.
    latin: BTreeSet<String>,
    links: usize,
}

impl Strict {
    fn add(&mut self, word: &str) {
        self.latin.insert(lexicon::stem(word));
        let key = match word.bytes().all(|byte| byte.is_ascii_digit()).then(|| word.parse().ok()).flatten() {
            Some(number) => number_key(Amount::int(number)),
            None => word.to_owned(),
        };
        *self.words.entry(key).or_insert(0) += 1;
    }

    fn prose(&mut self, text: &str, lang: Lang) {
        let values: Vec<_> = values::read(text, lang).into_iter().filter(|value| !value.weak).collect();
        for value in &values {
            *self.words.entry(number_key(value.key().0)).or_insert(0) += 1;
        }
        for word in latin(text) {
            let written = &text[word.range()];
            self.latin.insert(lexicon::stem(written));
            if values.iter().any(|value| value.span.intersect(word).is_some()) {
                continue;
            }
            if code::is_strict(written) && written.len() > 1 {
                self.add(written);
                continue;
            }
            *self.plain.entry(written.to_owned()).or_insert(0) += 1;
            if lang == Lang::ZH && written.len() > 1 {
                self.foreign.insert(lexicon::stem(written));
            }
        }
    }
}

/// What makes two numbers the same, in code and in running text.
fn number_key(amount: Amount) -> String {
    format!("#{amount}")
}

/// The words in Latin letters, digits and underscores, with the points and hyphens inside them.
fn latin(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let part = |c: char| c.is_alphanumeric() && !is_han(c) || c == '_' || c == '.' || c == '-';
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let skip = rest.find(part).unwrap_or(rest.len());
        let rest = &rest[skip..];
        let len = rest.find(|c| !part(c)).unwrap_or(rest.len());
        let run = &rest[..len];
        let word = run.trim_matches(['.', '-']);
        if !word.is_empty() {
            let start = at + skip + (run.len() - run.trim_start_matches(['.', '-']).len());
            words.push(Span::new(start, start + word.len()));
        }
        at += skip + len;
    }
    words
}
