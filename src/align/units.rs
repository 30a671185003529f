//! Blocks and sentences as the aligner sees them: words, length, how they begin and end.

use std::ops::Range;

use super::senses::Sense;
use super::tokens::{Tokens, TypeId};
use crate::text::script::is_han;
use crate::text::{Block, BlockKind, Document, NumberingStyle, PieceKind, Span};

/// The units of one side, blocks or sentences, one after another.
///
/// Counts are kept in 32 bits: texts are smaller than a quarter of what these count.
#[derive(Debug, Clone, Default)]
pub(crate) struct Units {
    /// The tokens of all units.
    ids: Vec<TypeId>,
    /// Where the tokens of each unit begin; one more entry than there are units.
    starts: Vec<u32>,
    /// The letters in all units before each, as many as Latin ones would be: a Chinese character counts as three; one
    /// more entry than there are units.
    letters: Vec<u32>,
    /// How each begins and ends.
    edges: Vec<Edge>,
    /// Whether a quotation is open behind each, if none was before it, and if one was.
    quotations: Vec<[bool; 2]>,
    /// What each is, for blocks.
    forms: Vec<Form>,
    /// What each means, where the encoder was asked.
    senses: Vec<Sense>,
}

/// How a unit begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Edge {
    /// Begins with an opening quotation mark.
    pub(crate) opens: bool,
    /// Ends with a closing quotation mark.
    pub(crate) closes: bool,
    /// Whether a quotation is open where the unit ends.
    pub(crate) quoting: bool,
    /// The mark it ends with, inside a closing quotation if there is one.
    pub(crate) mark: Mark,
}

/// A mark at the end of a unit that its counterpart is likely to have as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Mark {
    #[default]
    None,
    Question,
    Exclamation,
    Ellipsis,
    Colon,
}

/// How many kinds of [`Mark`] there are.
pub(crate) const MARKS: usize = 5;

/// What a block is, as far as that helps to find its counterpart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Form {
    pub(crate) kind: BlockKind,
    pub(crate) level: Option<u8>,
    pub(crate) numbering: Option<(NumberingStyle, u32)>,
}

impl Units {
    /// The blocks of a document.
    pub(crate) fn blocks(document: &Document, tokens: &Tokens, range: Range<usize>) -> Units {
        let mut units = Units::with_capacity(range.len());
        for index in range {
            let block = &document.blocks[index];
            units.add(document, tokens, tokens.of_block(index), index, block.span);
            units.forms.push(form(block));
        }
        units.finish()
    }

    /// Some sentences of a document.
    pub(crate) fn sentences(
        document: &Document,
        tokens: &Tokens,
        indices: impl ExactSizeIterator<Item = usize>,
    ) -> Units {
        let mut units = Units::with_capacity(indices.len());
        for index in indices {
            let sentence = &document.sentences[index];
            units.add(document, tokens, tokens.of_sentence(index), sentence.block, sentence.span);
        }
        units.finish()
    }

    /// Parts of sentences: for each its block, its tokens and where it stands.
    pub(crate) fn parts(
        document: &Document,
        tokens: &Tokens,
        parts: &[(usize, Range<usize>, Span)],
    ) -> Units {
        let mut units = Units::with_capacity(parts.len());
        for (block, within, span) in parts {
            units.add(document, tokens, within.clone(), *block, *span);
        }
        units.finish()
    }

    fn with_capacity(units: usize) -> Units {
        Units {
            ids: Vec::with_capacity(units),
            starts: Vec::with_capacity(units + 1),
            letters: Vec::with_capacity(units + 1),
            edges: Vec::with_capacity(units),
            quotations: Vec::with_capacity(units),
            forms: Vec::new(),
            senses: Vec::new(),
        }
    }

    fn add(&mut self, document: &Document, tokens: &Tokens, within: Range<usize>, block: usize, span: Span) {
        self.starts.push(self.ids.len() as u32);
        self.ids.extend(tokens.tokens[within].iter().map(|token| token.id));
        let mut length = 0;
        let (mut first, mut last) = (None, None);
        for piece in document.pieces_in(block, span) {
            if matches!(piece.kind, PieceKind::Markup | PieceKind::Target) {
                continue;
            }
            length += document.slice(piece.span).chars().map(letters).sum::<u32>();
            first = first.or(Some(piece.span));
            last = Some(piece.span);
        }
        let before = self.letters.last().copied().unwrap_or_default();
        if self.letters.is_empty() {
            self.letters.push(before);
        }
        self.letters.push(before + length);
        let first = first.map_or("", |span| document.slice(span));
        let last = last.map_or("", |span| document.slice(span));
        let text = document.slice(span);
        let open = quoting(text);
        self.quotations.push([false, true].map(|before| open.unwrap_or(before)));
        self.edges.push(edge(first, last));
    }

    fn finish(mut self) -> Units {
        self.starts.push(self.ids.len() as u32);
        if self.letters.is_empty() {
            self.letters.push(0);
        }
        self.quote(std::iter::once(0..self.len()));
        self
    }

    /// Takes down what the units mean, which are these of the sentences of the side.
    pub(crate) fn see(&mut self, senses: &[Sense], sentences: impl Iterator<Item = usize>) {
        self.senses = sentences.map(|at| senses[at].clone()).collect();
    }

    /// Says where quotations are open, each stretch of units being read by itself.
    pub(crate) fn quote(&mut self, stretches: impl Iterator<Item = Range<usize>>) {
        for stretch in stretches {
            let mut open = false;
            for unit in stretch {
                open = self.quotations[unit][usize::from(open)];
                self.edges[unit].quoting = open;
            }
        }
    }

    /// How many units there are.
    pub(crate) fn len(&self) -> usize {
        self.edges.len()
    }

    /// Some of the units, consecutive ones.
    pub(crate) fn part(&self, range: Range<usize>) -> Part<'_> {
        Part { units: self, first: range.start, count: range.len() }
    }

    /// All units.
    pub(crate) fn whole(&self) -> Part<'_> {
        self.part(0..self.len())
    }
}

/// Consecutive units of one side, numbered from 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    units: &'a Units,
    first: usize,
    count: usize,
}

impl<'a> Part<'a> {
    /// How many units there are.
    pub(crate) fn len(self) -> usize {
        self.count
    }

    /// Whether the units are blocks; else they are sentences.
    pub(crate) fn of_blocks(self) -> bool {
        !self.units.forms.is_empty()
    }

    /// Where the tokens of each unit begin among those of the side, and, last, where those of the last one end.
    pub(crate) fn starts(self) -> &'a [u32] {
        &self.units.starts[self.first..=self.first + self.count]
    }

    /// Where the tokens of consecutive units stand among those of the side.
    pub(crate) fn places(self, units: &Range<usize>) -> Range<usize> {
        let start = |unit: usize| self.units.starts[self.first + unit] as usize;
        start(units.start)..start(units.end)
    }

    /// The tokens of consecutive units.
    pub(crate) fn span(self, units: &Range<usize>) -> &'a [TypeId] {
        &self.units.ids[self.places(units)]
    }

    /// The tokens of one unit.
    pub(crate) fn tokens(self, unit: usize) -> &'a [TypeId] {
        self.span(&(unit..unit + 1))
    }

    /// The letters in all units before each of the side, from the first of these units on.
    pub(crate) fn letters_before(self) -> &'a [u32] {
        &self.units.letters[self.first..=self.first + self.count]
    }

    /// The letters of consecutive units.
    pub(crate) fn letters(self, units: &Range<usize>) -> f64 {
        let before = self.letters_before();
        f64::from(before[units.end] - before[units.start])
    }

    /// How the units begin and end.
    pub(crate) fn edges(self) -> &'a [Edge] {
        &self.units.edges[self.first..self.first + self.count]
    }

    /// What the units are, if they are blocks.
    pub(crate) fn forms(self) -> &'a [Form] {
        self.units.forms.get(self.first..self.first + self.count).unwrap_or_default()
    }

    /// What the units mean, if the encoder was asked.
    pub(crate) fn senses(self) -> &'a [Sense] {
        self.units.senses.get(self.first..self.first + self.count).unwrap_or_default()
    }

    /// The first of the units, as the side numbers them.
    pub(crate) fn first(self) -> usize {
        self.first
    }
}

fn form(block: &Block) -> Form {
    Form {
        kind: block.kind,
        level: block.level,
        numbering: block.numbering.as_deref().map(|numbering| (numbering.style, numbering.value)),
    }
}

fn letters(c: char) -> u32 {
    match c {
        _ if c.is_whitespace() => 0,
        _ if is_han(c) => 3,
        _ => 1,
    }
}

const OPENING: [char; 9] = ['“', '"', '「', '『', '‘', '《', '〝', '«', '\''];
const CLOSING: [char; 7] = ['”', '"', '」', '』', '’', '»', '\''];

fn edge(first: &str, last: &str) -> Edge {
    let opens = first.trim_start().starts_with(OPENING);
    let last = last.trim_end();
    let inner = last.trim_end_matches(|c: char| CLOSING.contains(&c) || matches!(c, ')' | '）' | '》' | ' '));
    let closes = last.len() > inner.len() && last.ends_with(CLOSING);
    let inner = if inner.is_empty() { last } else { inner };
    let mark = match inner.chars().next_back() {
        Some('?' | '？') => Mark::Question,
        Some('!' | '！') => Mark::Exclamation,
        Some('…') => Mark::Ellipsis,
        Some(':' | '：') => Mark::Colon,
        Some('.') if inner.ends_with("...") || inner.ends_with(". .") => Mark::Ellipsis,
        _ => Mark::None,
    };
    Edge { opens, closes, mark, quoting: false }
}

/// Whether a quotation is open after `text`, if that shows there at all. Marks that look alike on both ends are told
/// apart by the white space beside them; an apostrophe inside a word or after an s is none.
fn quoting(text: &str) -> Option<bool> {
    let mut open = None;
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '“' | '「' | '『' | '‘' | '«' => open = Some(true),
            '”' | '」' | '』' | '»' => open = Some(false),
            '\'' | '’' if before.is_alphanumeric() => {}
            '’' => open = Some(false),
            '\'' | '"' => {
                let after = chars.peek().copied().unwrap_or(' ');
                if !after.is_whitespace() && (before.is_whitespace() || matches!(before, '(' | '—' | '-')) {
                    open = Some(true);
                } else if c == '"' || !after.is_alphanumeric() {
                    open = Some(false);
                }
            }
            _ => {}
        }
        before = c;
    }
    open
}
