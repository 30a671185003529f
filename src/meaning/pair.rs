//! A Chinese and English pair, sentence by sentence and word by word: the ground of the checks that know what words
//! of these two languages mean.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::OnceLock;

use super::families::Named;
use super::{View, own};
use crate::align::Link;
use crate::align::tokens::{TokenKind, Type, TypeId};
use crate::lexicon::{self, Pos};
use crate::text::script::is_han;
use crate::text::{Lang, PieceKind, Side, Span};

/// A bitext with Chinese on one side and English on the other.
pub(crate) struct Bilingual<'c, 'a> {
    view: &'c View<'a>,
    /// The side that is Chinese.
    pub(crate) zh: Side,
    /// The side that is English.
    pub(crate) en: Side,
}

/// A word of a linked sentence.
pub(crate) struct Word<'a> {
    /// As it stands; English in lower case, without accents.
    pub(crate) text: String,
    /// As the text has it, without the joints of a string.
    pub(crate) written: Cow<'a, str>,
    /// Where it stands.
    pub(crate) span: Span,
    /// Its index among the tokens of its document.
    pub(crate) token: usize,
    /// Its type.
    pub(crate) id: TypeId,
    /// What it is.
    pub(crate) kind: TokenKind,
    /// The number of the clause it is in: marks part clauses.
    pub(crate) clause: usize,
    /// Whether it is too common to be evidence.
    pub(crate) common: bool,
    /// The stem of an English word that is the key of its type.
    key: Option<&'a str>,
}

impl Word<'_> {
    /// Whether it begins with a capital letter.
    pub(crate) fn is_capital(&self) -> bool {
        self.written.starts_with(char::is_uppercase)
    }

    /// The stem of an English word.
    pub(crate) fn stem(&self) -> Cow<'_, str> {
        self.key.map_or_else(|| Cow::Owned(lexicon::stem(&self.text)), Cow::Borrowed)
    }
}

/// The stem that capitals alone make of a word: US, but us.
const OF_CAPITALS: &str = "usa";

/// Linked sentences with their words.
pub(crate) struct Pair<'a> {
    /// The link of the sentences.
    pub(crate) link: &'a Link,
    /// The Chinese words.
    pub(crate) zh: Vec<Word<'a>>,
    /// The English words.
    pub(crate) en: Vec<Word<'a>>,
    /// Which of these render each other, once somebody has asked.
    renderings: OnceLock<Vec<Rendering>>,
    /// What the Chinese and the English words name, once somebody has asked: see [`super::substitutions`].
    pub(super) places: [OnceLock<Vec<Named>>; 2],
}

impl Pair<'_> {
    /// Whether the Chinese side is not Chinese: what was left as it is says nothing of the translation.
    pub(crate) fn is_copy(&self) -> bool {
        !self.zh.iter().any(|word| word.text.starts_with(is_han))
    }
}

/// Linked sentences with their words, which several rooms ask for.
pub(crate) enum Read<'c, 'a> {
    /// Read once for all of them.
    Kept(&'c Pair<'a>),
    /// Read for this time.
    Anew(Pair<'a>),
}

impl<'a> Deref for Read<'_, 'a> {
    type Target = Pair<'a>;

    fn deref(&self) -> &Pair<'a> {
        match self {
            Read::Kept(pair) => pair,
            Read::Anew(pair) => pair,
        }
    }
}

/// Of a bitext of more words than this on both sides together, sentences are read anew each time: a word takes a
/// hundred bytes, a sentence a hundred more.
const MANY: usize = 200_000;

/// Two words that render each other, by their places in [`Pair::zh`] and [`Pair::en`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rendering {
    pub(crate) zh: usize,
    pub(crate) en: usize,
    pub(crate) score: f32,
}

impl<'c, 'a> Bilingual<'c, 'a> {
    /// `None` unless one side is Chinese and the other English.
    pub(crate) fn of(view: &'c View<'a>) -> Option<Bilingual<'c, 'a>> {
        let lang = |side| view.document(side).lang;
        match (lang(Side::Source), lang(Side::Target)) {
            (Lang::ZH, Lang::EN) => Some(Bilingual { view, zh: Side::Source, en: Side::Target }),
            (Lang::EN, Lang::ZH) => Some(Bilingual { view, zh: Side::Target, en: Side::Source }),
            _ => None,
        }
    }

    /// Every sentence link with text on both sides, with its words.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = Read<'c, 'a>> {
        let words = [Side::Source, Side::Target].map(|side| self.view.tokens(side).tokens.len());
        let read = || self.view.linked_sentences().map(|link| self.pair(link)).collect();
        let kept = (words.iter().sum::<usize>() <= MANY).then(|| self.view.pairs(read));
        self.view.linked_sentences().enumerate().map(move |(at, link)| match kept {
            Some(pairs) => Read::Kept(&pairs[at]),
            None => Read::Anew(self.pair(link)),
        })
    }

    /// Those of [`Bilingual::pairs`] that are linked with at least this score and are no copies.
    pub(crate) fn translations(&self, least: f64) -> impl Iterator<Item = Read<'c, 'a>> {
        self.pairs().filter(move |pair| pair.link.score >= least && !pair.is_copy())
    }

    /// The words of linked sentences.
    pub(crate) fn pair(&self, link: &'a Link) -> Pair<'a> {
        let (zh, en) = (self.words(self.zh, link), self.words(self.en, link));
        Pair { link, zh, en, renderings: OnceLock::new(), places: Default::default() }
    }

    fn words(&self, side: Side, link: &Link) -> Vec<Word<'a>> {
        let (document, tokens) = (self.view.document(side), self.view.tokens(side));
        let count = own(link, side).iter().map(|&sentence| tokens.of_sentence(sentence).len()).sum();
        let mut words: Vec<Word> = Vec::with_capacity(count);
        let mut clause = 0;
        for &sentence in own(link, side) {
            clause += 1;
            let range = tokens.of_sentence(sentence);
            for token in range {
                let here = tokens.tokens[token];
                if let Some(before) = words.last() {
                    let between = before.span.end..here.span.start;
                    clause +=
                        usize::from(document.text.get(between).is_some_and(|gap| gap.contains(PARTING)));
                }
                let written = document.words(here.span);
                let text = if side == self.en {
                    lexicon::fold(&written)
                } else {
                    lexicon::simplify(&written).into_owned()
                };
                let common = side == self.en && lexicon::is_stop_word(&written);
                let Type { kind, pos, key, .. } = &tokens.types[here.id as usize];
                let stemmed = side == self.en && *kind == TokenKind::Word && pos.is_none();
                let key = Some(&**key).filter(|key| stemmed && *key != OF_CAPITALS);
                words.push(Word {
                    text,
                    written,
                    span: here.span,
                    token,
                    id: here.id,
                    kind: *kind,
                    clause,
                    common,
                    key,
                });
            }
        }
        words
    }

    /// Which words of the pair render each other, worked out once.
    pub(crate) fn renderings<'p>(&self, pair: &'p Pair) -> &'p [Rendering] {
        pair.renderings.get_or_init(|| self.rendered(pair))
    }

    fn rendered(&self, pair: &Pair) -> Vec<Rendering> {
        let tokens = |words: &[Word]| words.iter().map(|word| word.token).collect::<Vec<_>>();
        let (zh, en) = (tokens(&pair.zh), tokens(&pair.en));
        let place = |tokens: &[usize], token: usize| tokens.binary_search(&token).unwrap_or(0);
        let aligned = self.view.aligned();
        let of = |source: usize, target: usize, score: f32| match self.zh {
            Side::Source => Rendering { zh: place(&zh, source), en: place(&en, target), score },
            Side::Target => Rendering { zh: place(&zh, target), en: place(&en, source), score },
        };
        let links = match self.zh {
            Side::Source => aligned.words_between(&zh, &en),
            Side::Target => aligned.words_between(&en, &zh),
        };
        links.into_iter().map(|link| of(link.source, link.target, link.score)).collect()
    }

    /// Whether the words of a link say something of their own: no particles, pronouns, prepositions.
    pub(crate) fn is_content(&self, pair: &Pair, link: &Rendering) -> bool {
        let word = &pair.en[link.en];
        !word.common && !self.is_address(word) && self.says_something(&pair.zh[link.zh])
    }

    /// Whether an English word is part of where a link leads or of what a program fills in: nothing is said or denied of
    /// it.
    fn is_address(&self, word: &Word) -> bool {
        let document = self.view.document(self.en);
        let block = document.blocks.partition_point(|block| block.span.end <= word.span.start);
        let pieces = document.blocks.get(block).map_or(&[][..], |block| &block.pieces);
        let at = pieces.partition_point(|piece| piece.span.end <= word.span.start);
        word.kind == TokenKind::Code
            && pieces.get(at).is_some_and(|piece| {
                piece.kind == PieceKind::Target || document.slice(piece.span).starts_with(['{', '%', '$'])
            })
    }

    /// What part of speech a Chinese word is taken for.
    fn pos(&self, word: &Word) -> Option<Pos> {
        self.view.tokens(self.zh).types[word.id as usize].pos
    }

    /// Whether a Chinese word is taken for the name of a person, of two or three characters.
    pub(crate) fn is_person(&self, word: &Word) -> bool {
        self.pos(word) == Some(Pos::Person) && matches!(word.text.chars().count(), 2 | 3)
    }

    /// Whether a Chinese word is taken for a name.
    pub(crate) fn is_name(&self, word: &Word) -> bool {
        matches!(self.pos(word), Some(Pos::Person | Pos::Place | Pos::Organisation | Pos::Proper))
    }

    /// Whether a Chinese word is followed by a verb, with nothing but an adverb or a particle between.
    pub(crate) fn verb_follows(&self, pair: &Pair, at: usize) -> bool {
        let mut next = pair.zh[at + 1..].iter().take_while(|word| word.clause == pair.zh[at].clause);
        let first = next.next();
        let verb = |word: Option<&Word>| word.is_some_and(|word| self.is_verb(word));
        verb(first)
            || first.is_some_and(|word| matches!(self.pos(word), Some(Pos::Adverb | Pos::Function)))
                && verb(next.next())
    }

    /// Whether a Chinese word is a verb.
    pub(crate) fn is_verb(&self, word: &Word) -> bool {
        self.pos(word) == Some(Pos::Verb)
    }

    /// Whether a Chinese word is taken for the name of a place.
    pub(crate) fn is_place(&self, word: &Word) -> bool {
        self.pos(word) == Some(Pos::Place)
    }

    /// Whether a Chinese word is a noun.
    pub(crate) fn is_noun(&self, word: &Word) -> bool {
        matches!(self.pos(word), Some(Pos::Noun | Pos::Place | Pos::Organisation | Pos::Proper))
    }

    /// Whether a Chinese word may name a thing or a person: no verb, no adjective, no adverb.
    pub(crate) fn may_be_thing(&self, word: &Word) -> bool {
        !matches!(self.pos(word), Some(Pos::Verb | Pos::Adjective | Pos::Adverb))
    }

    /// Whether a Chinese word says something: no particle, no measure word.
    pub(crate) fn says_something(&self, word: &Word) -> bool {
        !word.common
            && match self.pos(word) {
                Some(Pos::Function | Pos::Measure) => false,
                Some(Pos::Adverb) => word.text.chars().count() > 1,
                _ => true,
            }
    }

    /// How many content words of a clause of one side are rendered by nothing.
    pub(crate) fn unlinked(
        &self,
        pair: &Pair,
        renderings: &[Rendering],
        chinese: bool,
        clause: usize,
    ) -> usize {
        let words = if chinese { &pair.zh } else { &pair.en };
        let linked = |at| renderings.iter().any(|link| at == if chinese { link.zh } else { link.en });
        let open = |word: &Word| if chinese { self.says_something(word) } else { !word.common };
        let own = words.iter().enumerate().filter(|(_, word)| word.clause == clause && open(word));
        own.filter(|&(at, _)| !linked(at)).count()
    }

    /// How many content words a Chinese and an English clause have.
    pub(crate) fn content(&self, pair: &Pair, [zh, en]: [usize; 2]) -> usize {
        pair.zh.iter().filter(|word| word.clause == zh && self.says_something(word)).count()
            + pair.en.iter().filter(|word| word.clause == en && !word.common).count()
    }

    /// Where the linked sentences of a side stand.
    pub(crate) fn span(&self, side: Side, link: &Link) -> Option<Span> {
        self.view.span_of_sentences(side, own(link, side))
    }

    /// The whole text of one side.
    pub(crate) fn whole(&self, side: Side) -> &'a str {
        &self.view.document(side).text
    }

    /// The text of a place on one side.
    pub(crate) fn text(&self, side: Side, span: Span) -> &'a str {
        self.view.document(side).slice(span)
    }

    /// Whether the linked sentences of a side end in one of some marks, but for quotation marks and brackets.
    pub(crate) fn ends_with(&self, side: Side, link: &Link, marks: &[char]) -> bool {
        let span = self.view.span_of_sentences(side, own(link, side));
        let text = span.map_or("", |span| self.view.document(side).slice(span));
        let text = text.trim_end_matches(|c: char| c.is_whitespace() || "”’」』\"')）".contains(c));
        text.ends_with(marks)
    }

    /// A Chinese and an English place as source and target.
    pub(crate) fn sides<T>(&self, zh: T, en: T) -> (T, T) {
        match self.zh {
            Side::Source => (zh, en),
            Side::Target => (en, zh),
        }
    }
}

/// Marks between clauses in either language.
const PARTING: &[char] = &[
    '，', '。', '；', '：', '！', '？', '（', '）', '—', '…', ',', ';', ':', '.', '!', '?', '(', ')', '–',
    '\n', '|',
];

/// Where a Chinese word would stand among the English ones, by the renderings of the words around it.
pub(crate) fn expected(renderings: &[Rendering], pair: &Pair, at: usize) -> f32 {
    let slope = pair.en.len() as f32 / pair.zh.len().max(1) as f32;
    let (mut sum, mut total) = (0.15 * at as f32 * slope, 0.15);
    for link in renderings.iter().filter(|link| !pair.en[link.en].common) {
        let weight = (-(link.zh.abs_diff(at) as f32) / 2.0).exp() * (0.3 + link.score);
        sum += weight * link.en as f32;
        total += weight;
    }
    sum / total
}
