//! What the aligner and the checks see of a document: its words, values and code, as numbered types.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::lexicon::{self, Pos};
use crate::text::script::is_han;
use crate::text::{Document, Lang, PieceKind, Span};
use crate::values::{self, Value};

/// The number of a word type within one document.
pub type TypeId = u32;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// A word of the language of the document, or any other word in its script.
    Word,
    /// A word in Latin letters inside a text that is not written in them.
    Foreign,
    /// A number, date or amount; its [`Value`] is kept beside.
    Value,
    /// Verbatim text.
    Code,
}

/// One word, value or piece of code where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its type.
    pub id: TypeId,
    /// Whether it begins with a capital letter.
    pub capital: bool,
}

/// A word type: all tokens that count as the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Type {
    /// What makes it one: the simplified word, the English stem, the number, the code.
    pub key: String,
    /// The first spelling met, in lower case.
    pub surface: String,
    /// What it is.
    pub kind: TokenKind,
    /// Part of speech, for Chinese words.
    pub pos: Option<Pos>,
    /// How often it occurs.
    pub count: u32,
    /// How many of these begin with a capital letter.
    pub capitals: u32,
}

/// The tokens of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tokens {
    /// All tokens, in the order of the text.
    pub tokens: Vec<Token>,
    /// The tokens of each block.
    pub blocks: Vec<Range<usize>>,
    /// The tokens of each sentence.
    pub sentences: Vec<Range<usize>>,
    /// The types, by [`TypeId`].
    pub types: Vec<Type>,
    /// The values read, in the order of the text, each with its place in the document.
    pub values: Vec<Value>,
    ids: FxHashMap<String, TypeId>,
    /// The stems of the spellings met so far.
    stems: FxHashMap<String, String>,
}

impl Tokens {
    /// Reads all tokens of a document.
    pub fn read(document: &Document) -> Tokens {
        let mut tokens = Tokens::default();
        for block in &document.blocks {
            let first = tokens.tokens.len();
            for piece in &block.pieces {
                match piece.kind {
                    PieceKind::Prose => tokens.prose(document, piece.span),
                    PieceKind::Code => tokens.code(document, piece.span),
                    PieceKind::Target => tokens.code(document, piece.span),
                    PieceKind::Markup => {}
                }
            }
            tokens.blocks.push(first..tokens.tokens.len());
        }
        for sentence in &document.sentences {
            let within = tokens.blocks[sentence.block].clone();
            let of_block = &tokens.tokens[within.clone()];
            let start =
                within.start + of_block.partition_point(|token| token.span.start < sentence.span.start);
            let end = within.start + of_block.partition_point(|token| token.span.start < sentence.span.end);
            tokens.sentences.push(start..end.max(start));
        }
        tokens
    }

    /// The type with this key, if the document has it.
    pub fn id(&self, key: &str) -> Option<TypeId> {
        self.ids.get(key).copied()
    }

    /// The tokens inside `span`.
    pub fn within(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.start < span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    fn prose(&mut self, document: &Document, span: Span) {
        let text = document.slice(span);
        let values = values::read(text, document.lang);
        let mut at = 0;
        for value in values {
            let here = Span::new(span.start + value.span.start, span.start + value.span.end);
            self.values.push(Value { span: here, ..value });
            if value.weak {
                // a numeral that may be an article: the word says more than the number
                continue;
            }
            self.words(document, Span::new(span.start + at, here.start));
            at = value.span.end;
            let key = format!("#{}", value.key().0);
            self.push(here, key, document.slice(here), TokenKind::Value, None);
        }
        self.words(document, Span::new(span.start + at, span.end));
    }

    fn words(&mut self, document: &Document, span: Span) {
        let text = document.slice(span);
        let mut at = 0;
        while at < text.len() {
            let han = text[at..].starts_with(is_han);
            let end = text[at..]
                .find(|c: char| han != (is_han(c) || han && c == '·'))
                .map_or(text.len(), |end| at + end);
            if han {
                self.han(document, Span::new(span.start + at, span.start + end));
            } else {
                self.latin(document, Span::new(span.start + at, span.start + end));
            }
            at = end;
        }
    }

    fn han(&mut self, document: &Document, run: Span) {
        for word in lexicon::words(document.slice(run)) {
            let here = Span::new(run.start + word.span.start, run.start + word.span.end);
            let surface = document.slice(here);
            if surface == "·" {
                continue;
            }
            let key = lexicon::simplify(surface).into_owned();
            self.push(here, key, surface, TokenKind::Word, Some(word.pos));
        }
    }

    fn latin(&mut self, document: &Document, run: Span) {
        for (place, surface) in lexicon::english_words(document.slice(run)) {
            let here = Span::new(run.start + place.start, run.start + place.end);
            let foreign = document.lang == Lang::ZH;
            let kind = if foreign { TokenKind::Foreign } else { TokenKind::Word };
            let key = match foreign || document.lang == Lang::EN {
                true => self.stem(surface),
                false => surface.to_lowercase(),
            };
            self.push(here, key, surface, kind, None);
        }
    }

    fn stem(&mut self, surface: &str) -> String {
        if let Some(stem) = self.stems.get(surface) {
            return stem.clone();
        }
        let stem = lexicon::stem(surface);
        self.stems.insert(surface.to_owned(), stem.clone());
        stem
    }

    fn code(&mut self, document: &Document, span: Span) {
        let text = document.slice(span);
        let mut at = 0;
        for part in text.split_inclusive(|c: char| c.is_whitespace() || c == ',' || c == ';') {
            let start = span.start + at;
            at += part.len();
            let word = part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '`' | ',' | ';'));
            if word.is_empty() {
                continue;
            }
            let lead = part.find(word).unwrap_or(0);
            let here = Span::new(start + lead, start + lead + word.len());
            self.push(here, format!("`{word}"), word, TokenKind::Code, None);
        }
    }

    fn push(&mut self, span: Span, key: String, surface: &str, kind: TokenKind, pos: Option<Pos>) {
        let capital = surface.starts_with(char::is_uppercase);
        let id = match self.ids.get(&key) {
            Some(&id) => id,
            None => {
                let id = self.types.len() as TypeId;
                self.ids.insert(key.clone(), id);
                let surface = surface.to_lowercase();
                self.types.push(Type { key, surface, kind, pos, count: 0, capitals: 0 });
                id
            }
        };
        let of_type = &mut self.types[id as usize];
        of_type.count += 1;
        of_type.capitals += u32::from(capital);
        self.tokens.push(Token { span, id, capital });
    }
}
