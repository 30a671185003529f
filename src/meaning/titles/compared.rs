//! What two titles or quotations that render each other differ in: one word that was put for another, or a half that was
//! dropped.
//!
//! Of each word of the one it is asked whether anything in the other can render it, by all that its parts and its
//! characters mean. Between marks little is said freely, so that a single word which cannot be rendered tells much.

use super::{Between, LEAST};
use crate::align::tokens::{Token, TokenKind, Type};
use crate::lexicon::{self, Kinds, Pos, sounds};
use crate::meaning::{View, wording};
use crate::text::script::is_han;
use crate::text::{Side, Span};
use crate::words::words;

/// A word between marks.
struct Said<'v> {
    token: Token,
    of_type: &'v Type,
    /// The number of its clause.
    clause: usize,
    /// Whether a translation should render it.
    content: bool,
}

/// The words of a Chinese and an English title or quotation.
pub(super) struct Compared<'v> {
    zh: Vec<Said<'v>>,
    en: Vec<Said<'v>>,
    /// Which content words of either nothing in the other can render.
    lost: [Vec<usize>; 2],
}

/// With more words that nothing can render on a side, one of them may be rendered by several; and no more than one word
/// in so many may be lost.
const LOST: usize = 2;
const SHARE: usize = 2;
/// Names that sound this much alike may be the same: see [`sounds::likeness`].
const ALIKE: f32 = 0.6;
/// The fewest letters with which an English compound begins that a gloss is a part of: milk in milkmaid.
const COMPOUNDED: usize = 4;

/// The Chinese side comes first.
pub(super) fn compare<'v>(view: &View<'v>, sides: [Side; 2], one: &Between, other: &Between) -> Compared<'v> {
    let zh = said(view, sides[0], one.inside);
    let en = said(view, sides[1], other.inside);
    let renders = |a: &Said, b: &Said| {
        let known = wording::may_render(view.aligned(), sides[0], a.token.id, b.token.id, LEAST) > 0.0;
        known || a.of_type.key == b.of_type.key || can_render(a, b)
    };
    let contents = |all: &[Said]| (0..all.len()).filter(|&at| all[at].content).collect::<Vec<_>>();
    let mut lost = [contents(&zh), contents(&en)];
    lost[0].retain(|&at| !en.iter().any(|other| renders(&zh[at], other)));
    lost[1].retain(|&at| !zh.iter().any(|one| renders(one, &en[at])));
    Compared { zh, en, lost }
}

fn said<'v>(view: &View<'v>, side: Side, inside: Span) -> Vec<Said<'v>> {
    let (document, tokens) = (view.document(side), view.tokens(side));
    let mut clause = 0;
    let mut last = inside.start;
    let of_token = |at: usize| {
        let token = tokens.tokens[at];
        let of_type = &tokens.types[token.id as usize];
        let gap = document.text.get(last..token.span.start).unwrap_or_default();
        clause += usize::from(gap.contains(PARTING));
        last = token.span.end;
        Said { token, of_type, clause, content: is_content(of_type) }
    };
    tokens.within(inside).map(of_token).collect()
}

/// Marks between clauses in either language.
const PARTING: &[char] =
    &['，', '。', '；', '：', '！', '？', '—', '…', '/', ',', ';', ':', '.', '!', '?', '–', '\n'];

/// Whether a translation should render a word: other than [`wording::is_content`] a noun of one character as well.
fn is_content(of_type: &Type) -> bool {
    match (of_type.kind, of_type.pos) {
        (TokenKind::Code, _) => false,
        (TokenKind::Word, Some(pos)) => {
            !matches!(pos, Pos::Function | Pos::Measure | Pos::Mark | Pos::Space | Pos::Adverb)
                && !words!("says little", zh).contains(&&*of_type.key)
        }
        (TokenKind::Word, None) => !lexicon::is_stop_word(&of_type.surface),
        (TokenKind::Value | TokenKind::Foreign, _) => true,
    }
}

/// Whether a Chinese word can render an English one by what any part of it means, or by its sound.
fn can_render(zh: &Said, en: &Said) -> bool {
    let (word, stem) = (&*zh.of_type.key, &*en.of_type.key);
    if !word.starts_with(is_han) || !stem.is_ascii() {
        return false;
    }
    let root = lexicon::root(stem);
    let means = |part: &str| {
        lexicon::glosses(part).any(|gloss| {
            let text = lexicon::stem_text(gloss.stem);
            text == stem
                || root.is_some() && lexicon::root(text) == root
                || text.len() >= COMPOUNDED && stem.starts_with(text)
        })
    };
    let spelt = || {
        lexicon::matches_name(word, &[&en.of_type.surface]).is_some()
            || en.token.capital
                && sounds::of_han(word).is_some_and(|han| {
                    sounds::likeness(&han, &sounds::of_latin(&en.of_type.surface)) >= ALIKE
                })
    };
    parts(word).any(means) || spelt()
}

fn is_name(zh: &Said) -> bool {
    matches!(zh.of_type.pos, Some(Pos::Place | Pos::Proper | Pos::Person | Pos::Organisation))
}

/// All runs of characters of a word.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let starts = word.char_indices().map(|(at, _)| at);
    starts.flat_map(move |start| {
        let ends = word[start..].char_indices().map(move |(at, c)| start + at + c.len_utf8());
        ends.map(move |end| &word[start..end])
    })
}

/// Whether a Chinese word has a character in common with any that the English word may render: 宁静 with 寂静, silence.
fn is_kin(zh: &Said, en: &Said) -> bool {
    let Some(stem) = lexicon::stem_id(&en.of_type.key) else { return false };
    zh.of_type.key.chars().any(|c| lexicon::is_of_renderings(c, stem))
}

impl Compared<'_> {
    fn content(side: &[Said]) -> usize {
        side.iter().filter(|word| word.content).count()
    }

    /// Whether a word of each may render one of the other.
    pub(super) fn shares(&self) -> bool {
        self.lost[0].len() < Self::content(&self.zh) && self.lost[1].len() < Self::content(&self.en)
    }

    /// The Chinese noun and the English word of which neither can be rendered, where all else can be.
    pub(super) fn exchanged(&self) -> Option<[Span; 2]> {
        let few =
            |lost: &[usize], side: &[Said]| lost.len() <= LOST && lost.len() * SHARE <= Self::content(side);
        if !few(&self.lost[0], &self.zh) || !few(&self.lost[1], &self.en) {
            return None;
        }
        let kin = |&a: &usize, &b: &usize| is_kin(&self.zh[a], &self.en[b]);
        let [zh, en] = &self.lost;
        let mut zh = zh.iter().filter(|a| !en.iter().any(|b| kin(a, b)));
        let mut en = en.iter().filter(|b| !self.lost[0].iter().any(|a| kin(a, b)));
        let (Some(&zh), None, Some(&en), None) = (zh.next(), zh.next(), en.next(), en.next()) else {
            return None;
        };
        // the rest of a name that was cut: 莱茵兰
        let beside = zh.checked_sub(1).map(|before| &self.zh[before]);
        let cut = beside
            .is_some_and(|before| is_name(before) && before.token.span.end == self.zh[zh].token.span.start);
        let (zh, en) = (&self.zh[zh], &self.en[en]);
        let noun = zh.of_type.pos == Some(Pos::Noun) || is_name(zh);
        // a single character is often part of what was cut amiss; a notion is rendered in many ways
        let short = zh.of_type.key.chars().nth(1).is_none();
        let thing = lexicon::kinds(&en.of_type.key).are(Kinds::NOUN & !Kinds::NOTION);
        let sure = !short || self.lost[0].len() == 1 && thing;
        // a possessive or a contraction is no noun
        let word =
            en.of_type.kind == TokenKind::Word && en.of_type.surface.bytes().all(|b| b.is_ascii_alphabetic());
        (noun && !cut && sure && word).then_some([zh.token.span, en.token.span])
    }

    /// The words of a clause most of which nothing can render, where the other has fewer clauses and says nothing else:
    /// those on the Chinese side, or those on the English.
    pub(super) fn dropped(&self) -> Option<[Vec<Span>; 2]> {
        if !self.shares() {
            return None;
        }
        let clauses = |side: &[Said]| side.last().map_or(0, |word| word.clause);
        let of = |mine: &[Said], lost: &[usize]| {
            lost.chunk_by(|&a, &b| mine[a].clause == mine[b].clause).find_map(|of_clause| {
                let clause = mine[*of_clause.first()?].clause;
                let all = mine.iter().filter(|word| word.content && word.clause == clause).count();
                let spans = || of_clause.iter().map(|&at| mine[at].token.span).collect::<Vec<Span>>();
                (of_clause.len() * 2 > all).then(spans)
            })
        };
        match (&self.lost[0][..], &self.lost[1][..]) {
            (lost, []) if clauses(&self.zh) > clauses(&self.en) => Some([of(&self.zh, lost)?, Vec::new()]),
            ([], lost) if clauses(&self.en) > clauses(&self.zh) => Some([Vec::new(), of(&self.en, lost)?]),
            _ => None,
        }
    }
}
