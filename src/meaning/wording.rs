//! Which words a translation should render, and whether it does.

use super::View;
use crate::align::Aligned;
use crate::align::tokens::{TokenKind, Type, TypeId};
use crate::lexicon::{self, Pos};
use crate::text::Side;

/// How likely a word type of one side renders one of the other, from 0 to 1.
pub(crate) fn rendering(view: &View, side: Side, own: TypeId, other: TypeId) -> f32 {
    match side {
        Side::Source => view.aligned().rendering(own, other),
        Side::Target => view.aligned().rendering(other, own),
    }
}

/// Whether a token is a word that a translation should render.
pub(crate) fn says_something(view: &View, side: Side, at: usize) -> bool {
    let tokens = view.tokens(side);
    is_content(&tokens.types[tokens.tokens[at].id as usize])
}

/// Whether anything in some blocks of the other side may render a token: as the word, or as what its characters
/// mean by themselves. More generous than [`rendering`], for checks that say that nothing does. What the tokens that
/// are `taken` say is said of other words.
pub(crate) fn may_be_rendered(
    view: &View,
    side: Side,
    at: usize,
    blocks: &[usize],
    taken: &[usize],
    least: f32,
) -> bool {
    let (tokens, others) = (view.tokens(side), view.tokens(side.other()));
    let id = tokens.tokens[at].id;
    blocks
        .iter()
        .flat_map(|&block| others.of_block(block))
        .filter(|partner| !taken.contains(partner))
        .any(|partner| may_render(view.aligned(), side, id, others.tokens[partner].id, least) > 0.0)
}

/// Whether a word type of `side` may render one of the other side: 1 if it is known to, a half if only by what its
/// characters mean by themselves, 0 if not.
pub(crate) fn may_render(aligned: &Aligned, side: Side, own: TypeId, other: TypeId, least: f32) -> f64 {
    let known = match side {
        Side::Source => aligned.rendering(own, other),
        Side::Target => aligned.rendering(other, own),
    };
    let key = |side: Side, id: TypeId| &*aligned.tokens(side == Side::Source).types[id as usize].key;
    let (mine, theirs) = (key(side, own), key(side.other(), other));
    match () {
        () if known >= least => 1.0,
        () if by_character(mine, theirs) || by_character(theirs, mine) => 0.5,
        () => 0.0,
    }
}

/// Whether a word type says something, so that a translation should render it.
pub(crate) fn is_content(of_type: &Type) -> bool {
    match of_type.kind {
        TokenKind::Value | TokenKind::Foreign => true,
        TokenKind::Code => false,
        TokenKind::Word => match of_type.pos {
            // a single character is too often a part of a name that was cut
            Some(_) if of_type.key.chars().nth(1).is_none() => false,
            Some(pos) => !matches!(
                pos,
                Pos::Function | Pos::Measure | Pos::Numeral | Pos::Mark | Pos::Space | Pos::Adverb
            ),
            None => !lexicon::is_stop_word(&of_type.surface),
        },
    }
}

/// Whether a character of a short Chinese word has a gloss of the root of an English stem.
fn by_character(word: &str, stem: &str) -> bool {
    if !word.starts_with(lexicon::is_han) || !stem.is_ascii() {
        return false;
    }
    let root = lexicon::root(stem);
    let of = |c: char| {
        lexicon::glosses(c.encode_utf8(&mut [0; 4])).any(|gloss| {
            let text = lexicon::stem_text(gloss.stem);
            text == stem || root.is_some() && lexicon::root(text) == root
        })
    };
    word.chars().take(4).any(of)
}
