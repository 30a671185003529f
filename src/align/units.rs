//! Blocks and sentences as the aligner sees them: words, length, how they begin and end.

use std::ops::Range;

use super::tokens::{Tokens, TypeId};
use crate::text::script::is_han;
use crate::text::{Block, BlockKind, Document, NumberingStyle, PieceKind, Span};

/// A sequence of units of one side, blocks or sentences.
#[derive(Debug, Clone, Default)]
pub(crate) struct Units {
    /// The tokens of all units, one after another.
    pub(crate) ids: Vec<TypeId>,
    /// Where the tokens of each unit begin; one more entry than there are units.
    pub(crate) starts: Vec<usize>,
    /// Lengths in Latin letters; a Chinese character counts as three.
    pub(crate) lengths: Vec<f64>,
    /// How each begins and ends.
    pub(crate) edges: Vec<Edge>,
    /// What each is, for blocks.
    pub(crate) forms: Vec<Option<Form>>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) kind: BlockKind,
    pub(crate) level: Option<u8>,
    pub(crate) numbering: Option<(NumberingStyle, u32)>,
}

impl Units {
    /// The blocks `range` of a document.
    pub(crate) fn blocks(document: &Document, tokens: &Tokens, range: Range<usize>) -> Units {
        let mut units = Units::default();
        for index in range {
            let block = &document.blocks[index];
            units.add(
                document,
                tokens,
                tokens.blocks[index].clone(),
                index,
                content(block),
                Some(form(block)),
            );
        }
        units.finish()
    }

    /// The sentences `indices` of a document.
    pub(crate) fn sentences(document: &Document, tokens: &Tokens, indices: &[usize]) -> Units {
        let mut units = Units::default();
        for &index in indices {
            let sentence = &document.sentences[index];
            let within = tokens.sentences[index].clone();
            units.add(document, tokens, within, sentence.block, sentence.span, None);
        }
        units.finish()
    }

    /// Parts of sentences: for each its block, its tokens and where it stands.
    pub(crate) fn parts(
        document: &Document,
        tokens: &Tokens,
        parts: &[(usize, Range<usize>, Span)],
    ) -> Units {
        let mut units = Units::default();
        for (block, within, span) in parts {
            units.add(document, tokens, within.clone(), *block, *span, None);
        }
        units.finish()
    }

    fn add(
        &mut self,
        document: &Document,
        tokens: &Tokens,
        within: Range<usize>,
        block: usize,
        span: Span,
        form: Option<Form>,
    ) {
        self.starts.push(self.ids.len());
        self.ids.extend(tokens.tokens[within].iter().map(|token| token.id));
        let mut length = 0.0;
        let (mut first, mut last) = (None, None);
        for piece in document.pieces_in(block, span) {
            if matches!(piece.kind, PieceKind::Markup | PieceKind::Target) {
                continue;
            }
            length += document.slice(piece.span).chars().map(letters).sum::<f64>();
            first = first.or(Some(piece.span));
            last = Some(piece.span);
        }
        self.lengths.push(length);
        let first = first.map_or("", |span| document.slice(span));
        let last = last.map_or("", |span| document.slice(span));
        let open = self.edges.last().is_some_and(|edge| edge.quoting);
        let quoting = quoting(document.slice(span), open);
        self.edges.push(Edge { quoting, ..edge(first, last) });
        self.forms.push(form);
    }

    fn finish(mut self) -> Units {
        self.starts.push(self.ids.len());
        self
    }

    /// How many units there are.
    pub(crate) fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Whether the units are blocks; else they are sentences.
    pub(crate) fn of_blocks(&self) -> bool {
        self.forms.first().is_some_and(Option::is_some)
    }

    /// The tokens of consecutive units.
    pub(crate) fn span(&self, units: &Range<usize>) -> &[TypeId] {
        &self.ids[self.starts[units.start]..self.starts[units.end]]
    }

    /// The tokens of one unit.
    pub(crate) fn tokens(&self, unit: usize) -> &[TypeId] {
        &self.ids[self.starts[unit]..self.starts[unit + 1]]
    }
}

fn content(block: &Block) -> Span {
    block.span
}

fn form(block: &Block) -> Form {
    Form {
        kind: block.kind,
        level: block.level,
        numbering: block.numbering.map(|numbering| (numbering.style, numbering.value)),
    }
}

fn letters(c: char) -> f64 {
    match c {
        _ if c.is_whitespace() => 0.0,
        _ if is_han(c) => 3.0,
        _ => 1.0,
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

/// Whether a quotation is open after `text`, if it was before. Marks that look alike on both ends are told
/// apart by the white space beside them; an apostrophe inside a word or after an s is none.
fn quoting(text: &str, mut open: bool) -> bool {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        match c {
            '“' | '「' | '『' | '‘' | '«' => open = true,
            '”' | '」' | '』' | '»' => open = false,
            '\'' | '’' if before.is_alphanumeric() => {}
            '’' => open = false,
            '\'' | '"' => {
                if !after.is_whitespace() && (before.is_whitespace() || matches!(before, '(' | '—' | '-')) {
                    open = true;
                } else if c == '"' || !after.is_alphanumeric() {
                    open = false;
                }
            }
            _ => {}
        }
        before = c;
    }
    open
}
