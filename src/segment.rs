//! Blocks to sentences.

mod en;
mod view;
mod zh;

use crate::text::script::{self, is_han};
use crate::text::{Block, Document, Lang, PieceKind, Sentence, Span};
use view::{Unit, View};

/// Cuts the blocks of a document into sentences. Any document will do; one whose sentences are known
/// already (see [`crate::read::lines`]) comes back as it is.
///
/// Every sentence lies in one block, without the white space around it and without the marks of form
/// that open or close the block (`## `, `- `, a line prefix); a number or bullet that stands in plain
/// text belongs to the first sentence. Code and metadata have no sentences; every other block that
/// says anything has at least one. Code, addresses and placeholders are never cut.
pub fn segment(mut document: Document) -> Document {
    if !document.sentences.is_empty() {
        return document;
    }
    let mut sentences = Vec::new();
    for (index, block) in document.blocks.iter_mut().enumerate() {
        let first = sentences.len();
        if block.kind.is_prose() {
            let spans = block_sentences(&document.text, block, document.lang);
            sentences.extend(spans.into_iter().map(|span| Sentence { block: index, span }));
        }
        block.sentences = first..sentences.len();
    }
    document.sentences = sentences;
    document
}

/// How sentences end in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rules {
    Chinese,
    English,
    /// Any other language: full-width stops as in Chinese, others before a space and no lower case.
    Other,
}

/// The rules for a block: those of the document's language, unless the block is in the other script,
/// as passages that were left untranslated are.
fn rules(lang: Lang, text: &str) -> Rules {
    let mostly_han = || script::language(text).is_some_and(|e| e.lang == Lang::ZH);
    match lang {
        Lang::ZH if text.chars().any(is_han) || !text.chars().any(char::is_alphabetic) => Rules::Chinese,
        Lang::ZH => Rules::English,
        Lang::EN if text.chars().any(is_han) && mostly_han() => Rules::Chinese,
        Lang::EN => Rules::English,
        _ => Rules::Other,
    }
}

fn block_sentences(text: &str, block: &Block, lang: Lang) -> Vec<Span> {
    let body = body(text, block);
    if body.is_empty() {
        return Vec::new();
    }
    let rules = rules(lang, &text[body.range()]);
    let view = View::new(text, block, body);
    let mut sentences = Vec::new();
    let mut start = body.start;
    for end in ends(&view, rules, block) {
        start = push(text, &view, &mut sentences, start, end);
    }
    push(text, &view, &mut sentences, start, body.end);
    sentences
}

/// Adds what lies between two ends, if that says anything, and returns where the next one begins.
fn push(text: &str, view: &View, sentences: &mut Vec<Span>, start: usize, end: usize) -> usize {
    let span = trim(text, Span::new(start, end));
    if span.is_empty() {
        return end.max(start);
    }
    match sentences.last_mut() {
        // Marks alone (a stray bracket, a closing tag) go with the sentence before them.
        Some(last) if !view.says_something(span) => last.end = span.end,
        _ => sentences.push(span),
    }
    end
}

fn trim(text: &str, span: Span) -> Span {
    let slice = &text[span.range()];
    let start = span.start + (slice.len() - slice.trim_start().len());
    Span::new(start.min(span.end), (span.start + slice.trim_end().len()).max(start.min(span.end)))
}

/// The block without the marks of form at its ends; the whole of it when nothing else is there.
fn body(text: &str, block: &Block) -> Span {
    let whole = trim(text, block.span);
    let mut body = whole;
    for piece in &block.pieces {
        let slice = &text[piece.span.range()];
        match piece.kind {
            PieceKind::Markup if opens_form(slice) => body.start = piece.span.end.min(whole.end),
            PieceKind::Prose if slice.trim().is_empty() => {}
            _ => break,
        }
    }
    for piece in block.pieces.iter().rev() {
        let slice = &text[piece.span.range()];
        match piece.kind {
            PieceKind::Markup if closes_form(slice) => body.end = piece.span.start.max(whole.start),
            PieceKind::Prose if slice.trim().is_empty() => {}
            _ => break,
        }
    }
    let trimmed = trim(text, Span::new(body.start, body.end));
    if body.start >= body.end || trimmed.is_empty() { whole } else { trimmed }
}

/// Marks of form carry their space with them, or are line prefixes or block tags.
fn opens_form(mark: &str) -> bool {
    mark.ends_with(char::is_whitespace) || mark.starts_with('>') || view::is_break(mark)
}

fn closes_form(mark: &str) -> bool {
    mark.starts_with(char::is_whitespace) || view::is_break(mark) || mark.starts_with("{#")
}

/// Where sentences end in the body of a block: byte offsets, rising.
fn ends(view: &View, rules: Rules, block: &Block) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut guard = Guard::default();
    let numbered = block.numbering.map_or(0, |n| n.span.end);
    let mut skip = numbered;
    for (at, c) in view.stops() {
        if c == view::BREAK {
            guard.reset();
            ends.push(at);
            continue;
        }
        if at < skip || guard.holds(view, at, c) {
            continue;
        }
        if let Some(end) = view::end_of_stop(view, at, c, rules) {
            skip = end;
            ends.push(end);
        }
    }
    ends.dedup();
    ends
}

/// Keeps stops inside of brackets from ending the sentence around them.
#[derive(Default)]
struct Guard {
    until: usize,
    /// Up to here no opening bracket is tried, because one before it was not closed in time.
    in_vain: usize,
}

impl Guard {
    fn reset(&mut self) {
        self.until = 0;
    }

    /// Whether the stop or bracket at `at` is held; opening brackets are noted.
    fn holds(&mut self, view: &View, at: usize, c: char) -> bool {
        if at < self.until {
            return true;
        }
        let Some(close) = view::closing_of(c) else { return false };
        if at >= self.in_vain {
            match view.matching(at, c, close) {
                Ok(end) => self.until = end,
                Err(tried) => self.in_vain = tried,
            }
        }
        true
    }
}

impl Unit {
    /// What a sentence can begin with.
    fn may_begin(self) -> bool {
        match self {
            Unit::Char(c) => {
                c.is_uppercase() || c.is_numeric() || is_han(c) || "“\"'‘(（[「『《¿¡·•—-".contains(c) || {
                    c.is_alphabetic() && !c.is_lowercase()
                }
            }
            Unit::Opaque | Unit::Open | Unit::Break => true,
            Unit::Close => false,
        }
    }
}
