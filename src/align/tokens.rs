//! What the aligner and the checks see of a document: its words, values and code, as numbered types.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::lexicon::{self, Pos};
use crate::read::Joined;
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
    /// Where the tokens of each block end, which begin where those of the one before it end. Counted in 32 bits, as
    /// those of sentences are: texts are smaller than a quarter of what these count.
    blocks: Vec<u32>,
    /// Where the tokens of each sentence begin and end.
    sentences: Vec<(u32, u32)>,
    /// The types, by [`TypeId`].
    pub types: Vec<Type>,
    /// The values read, in the order of the text, each with its place in the document.
    pub values: Vec<Value>,
    ids: FxHashMap<String, TypeId>,
    /// While words are read: the types of the spellings met so far.
    spelt: FxHashMap<String, TypeId>,
}

impl Tokens {
    /// Reads all tokens of a document.
    pub fn read(document: &Document) -> Tokens {
        let mut tokens = Tokens::default();
        for block in &document.blocks {
            let mut pieces = block.pieces.as_slice();
            while let [piece, rest @ ..] = pieces {
                if let Some((run, count)) = Joined::run(&document.text, pieces) {
                    tokens.prose(document.lang, &run);
                    pieces = &pieces[count..];
                    continue;
                }
                if matches!(piece.kind, PieceKind::Code | PieceKind::Target) {
                    tokens.code(document, piece.span);
                }
                pieces = rest;
            }
            tokens.blocks.push(tokens.tokens.len() as u32);
        }
        tokens.spelt = FxHashMap::default();
        for sentence in &document.sentences {
            let within = tokens.of_block(sentence.block);
            let of_block = &tokens.tokens[within.clone()];
            let start =
                within.start + of_block.partition_point(|token| token.span.start < sentence.span.start);
            let end = within.start + of_block.partition_point(|token| token.span.start < sentence.span.end);
            tokens.sentences.push((start as u32, end.max(start) as u32));
        }
        tokens
    }

    /// The type with this key, if the document has it.
    pub fn id(&self, key: &str) -> Option<TypeId> {
        self.ids.get(key).copied()
    }

    /// The tokens of a block.
    pub fn of_block(&self, block: usize) -> Range<usize> {
        let first = block.checked_sub(1).map_or(0, |before| self.blocks[before]);
        first as usize..self.blocks[block] as usize
    }

    /// The tokens of a sentence.
    pub fn of_sentence(&self, sentence: usize) -> Range<usize> {
        let (start, end) = self.sentences[sentence];
        start as usize..end as usize
    }

    /// The tokens inside `span`.
    pub fn within(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.start < span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    fn prose(&mut self, lang: Lang, run: &Joined) {
        let mut at = 0;
        for value in values::read(&run.text, lang) {
            let within = value.span;
            let Some(here) = run.place(within) else { continue };
            let key = format!("#{}", value.key().0);
            let weak = value.weak;
            self.values.push(Value { span: here, ..value });
            if weak {
                // a numeral that may be an article: the word says more than the number
                continue;
            }
            self.words(lang, run, Span::new(at, within.start));
            at = within.end;
            let surface = &run.text[within.range()];
            let id = self.of_key(key, surface, TokenKind::Value, None);
            self.push(here, id, surface);
        }
        self.words(lang, run, Span::new(at, run.text.len()));
    }

    fn words(&mut self, lang: Lang, run: &Joined, span: Span) {
        let text = &run.text[span.range()];
        let mut at = 0;
        while at < text.len() {
            let han = text[at..].starts_with(is_han);
            let end = text[at..]
                .find(|c: char| han != (is_han(c) || han && c == '·'))
                .map_or(text.len(), |end| at + end);
            let part = Span::new(span.start + at, span.start + end);
            if han {
                self.han(run, part);
            } else {
                self.latin(lang, run, part);
            }
            at = end;
        }
    }

    fn han(&mut self, run: &Joined, part: Span) {
        for word in lexicon::words(&run.text[part.range()]) {
            let within = Span::new(part.start + word.span.start, part.start + word.span.end);
            let surface = &run.text[within.range()];
            let Some(here) = run.place(within).filter(|_| surface != "·") else { continue };
            let id = self.spelt.get(surface).copied().unwrap_or_else(|| {
                let key = lexicon::simplify(surface).into_owned();
                self.spell(key, surface, TokenKind::Word, Some(word.pos))
            });
            self.push(here, id, surface);
        }
    }

    fn latin(&mut self, lang: Lang, run: &Joined, part: Span) {
        for (place, surface) in lexicon::english_words(&run.text[part.range()]) {
            let within = Span::new(part.start + place.start, part.start + place.end);
            let Some(here) = run.place(within) else { continue };
            let id = self.spelt.get(surface).copied().unwrap_or_else(|| {
                let foreign = lang == Lang::ZH;
                let kind = if foreign { TokenKind::Foreign } else { TokenKind::Word };
                let key = match foreign || lang == Lang::EN {
                    true => lexicon::stem(surface),
                    false => surface.to_lowercase(),
                };
                self.spell(key, surface, kind, None)
            });
            self.push(here, id, surface);
        }
    }

    /// The type of a word that was not met yet as it is spelt.
    fn spell(&mut self, key: String, surface: &str, kind: TokenKind, pos: Option<Pos>) -> TypeId {
        let id = self.of_key(key, surface, kind, pos);
        self.spelt.insert(surface.to_owned(), id);
        id
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
            let id = self.of_key(format!("`{word}"), word, TokenKind::Code, None);
            self.push(here, id, word);
        }
    }

    /// The type with a key; `surface` is how it is spelt where it is met.
    fn of_key(&mut self, key: String, surface: &str, kind: TokenKind, pos: Option<Pos>) -> TypeId {
        if let Some(&id) = self.ids.get(&key) {
            return id;
        }
        let id = self.types.len() as TypeId;
        self.ids.insert(key.clone(), id);
        let surface = surface.to_lowercase();
        self.types.push(Type { key, surface, kind, pos, count: 0, capitals: 0 });
        id
    }

    fn push(&mut self, span: Span, id: TypeId, surface: &str) {
        let capital = surface.starts_with(char::is_uppercase);
        let of_type = &mut self.types[id as usize];
        of_type.count += 1;
        of_type.capitals += u32::from(capital);
        self.tokens.push(Token { span, id, capital });
    }
}
