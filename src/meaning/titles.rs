//! Titles and quotations that stand against each other: what both sides have between marks, as often as each other, and
//! of which the one does not render the other.

use super::pair::Bilingual;
use super::{View, own, wording};
use crate::align::Link;
use crate::lexicon;
use crate::text::{PieceKind, Side, Span};

/// Two stretches between marks that stand against each other.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    /// Where they stand, without their marks.
    pub(crate) zh: Span,
    pub(crate) en: Span,
    /// The words of each that nothing in the other renders.
    pub(crate) lost: [Vec<Span>; 2],
    /// Whether the lexicon has the Chinese one as a name, and that is another one in English.
    pub(crate) known: bool,
}

/// A stretch between marks, and its tokens that say something.
struct Marked {
    span: Span,
    /// Whether the marks are those of a title: 《》.
    title: bool,
    words: Vec<usize>,
}

/// Marks around titles, quotations and what is set in italics.
const MARKS: [(char, char); 8] =
    [('“', '”'), ('「', '」'), ('『', '』'), ('《', '》'), ('〈', '〉'), ('"', '"'), ('*', '*'), ('_', '_')];

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.6;
/// With more of them in a sentence nothing is said of any.
const MANY: usize = 4;
/// Longer ones are sentences of their own, which are rendered more freely.
const LONG: usize = 12;

/// All stretches between marks of a bitext of Chinese and English that stand against each other, in the order of the
/// links; none for other languages.
pub(crate) fn standing(view: &View) -> Vec<Standing> {
    let Some(bitext) = Bilingual::of(view) else { return Vec::new() };
    let links = view.linked_sentences().filter(|link| link.score >= SOLID);
    links.flat_map(|link| of_link(view, &bitext, link)).collect()
}

fn of_link(view: &View, bitext: &Bilingual, link: &Link) -> Vec<Standing> {
    let mut zh = marked(view, link, bitext.zh);
    if zh.is_empty() || zh.len() > MANY {
        return Vec::new();
    }
    let mut en = marked(view, link, bitext.en);
    if zh.len() != en.len() {
        return Vec::new();
    }
    let says = |one: &Marked| (1..=LONG).contains(&one.words.len());
    zh.retain(says);
    en.retain(says);
    let ground = Ground { view, zh: bitext.zh, en: bitext.en };
    let alike = |one: &Marked, other: &Marked| ground.lost(one, other)[0].len() < one.words.len();
    let alone = |one: &&Marked| !en.iter().any(|other| alike(one, other));
    let lone_zh: Vec<&Marked> = zh.iter().filter(alone).collect();
    let lone_en: Vec<&Marked> = en.iter().filter(|other| !zh.iter().any(|one| alike(one, other))).collect();
    let mut found = Vec::new();
    if lone_zh.len() == lone_en.len() {
        for (one, other) in lone_zh.iter().zip(&lone_en) {
            let known = ground.is_known(one);
            // the titles of works are often given anew, but not those that the lexicon has
            let told = known || lone_zh.len() == 1 && one.words.len() > 1 && other.words.len() > 1;
            if one.title && told && !one.words.is_empty() && !other.words.is_empty() {
                let lost = ground.lost(one, other);
                found.push(ground.standing(one, other, lost, known));
            }
        }
    }
    for one in &zh {
        let [best, ..] = &ground.alike(one, &en)[..] else { continue };
        let lost = ground.lost(one, best);
        let most = |lost: &[Span], all: &[usize]| lost.len() > 1 && lost.len() * 2 >= all.len();
        if lost[0].len() < one.words.len() && most(&lost[0], &one.words) && most(&lost[1], &best.words) {
            found.push(ground.standing(one, best, lost, false));
        }
    }
    found
}

/// The two sides of a bitext.
struct Ground<'v, 'a> {
    view: &'v View<'a>,
    zh: Side,
    en: Side,
}

impl Ground<'_, '_> {
    /// The words of either that nothing in the other renders.
    fn lost(&self, one: &Marked, other: &Marked) -> [Vec<Span>; 2] {
        let (zh, en) = (self.view.tokens(self.zh), self.view.tokens(self.en));
        let written: Vec<&str> =
            other.words.iter().map(|&at| self.view.document(self.en).slice(en.tokens[at].span)).collect();
        let renders = |a: usize, b: usize| {
            let (one, other) = (zh.tokens[a].id, en.tokens[b].id);
            zh.types[one as usize].key == en.types[other as usize].key
                || wording::may_render(self.view.aligned(), self.zh, one, other, LEAST) > 0.0
                || self.nearly_spelt(a, b)
        };
        let spelt = |a: usize| {
            lexicon::matches_name(self.view.document(self.zh).slice(zh.tokens[a].span), &written).is_some()
        };
        let zh_lost = one.words.iter().filter(|&&a| !spelt(a) && !other.words.iter().any(|&b| renders(a, b)));
        let en_lost = other.words.iter().filter(|&&b| !one.words.iter().any(|&a| renders(a, b) || spelt(a)));
        [zh_lost.map(|&a| zh.tokens[a].span).collect(), en_lost.map(|&b| en.tokens[b].span).collect()]
    }

    /// Those of the English ones that render anything of a Chinese one, where there is but one of them.
    fn alike<'m>(&self, one: &Marked, en: &'m [Marked]) -> Vec<&'m Marked> {
        let of: Vec<&Marked> =
            en.iter().filter(|other| self.lost(one, other)[0].len() < one.words.len()).collect();
        if of.len() == 1 { of } else { Vec::new() }
    }

    /// Whether the lexicon has a stretch as a name.
    fn is_known(&self, one: &Marked) -> bool {
        let text = self.view.document(self.zh).slice(one.span);
        // entries of names are written with a capital letter
        let named = |entry: String| {
            entry.split(['/', ';', ',']).any(|sense| sense.trim().starts_with(char::is_uppercase))
        };
        text.chars().nth(1).is_some() && lexicon::explain(text).is_some_and(named)
    }

    /// Whether the lexicon spells a Chinese word almost as an English one is spelt: Othello, Otello.
    fn nearly_spelt(&self, zh: usize, en: usize) -> bool {
        let text = self.view.document(self.zh).slice(self.view.tokens(self.zh).tokens[zh].span);
        let types = self.view.tokens(self.en);
        let written = &types.types[types.tokens[en].id as usize].key;
        lexicon::glosses(text).any(|gloss| one_letter_apart(lexicon::stem_text(gloss.stem), written))
    }

    fn standing(&self, one: &Marked, other: &Marked, lost: [Vec<Span>; 2], known: bool) -> Standing {
        Standing { zh: one.span, en: other.span, lost, known }
    }
}

/// Whether two words of some length are the same but for a letter that the one lacks.
fn one_letter_apart(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let apart = short.len() >= 5 && short.is_ascii() && long.is_ascii() && short.len() + 1 == long.len();
    let same = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
    apart && short.get(same..) == long.get(same + 1..)
}

/// Less likely renderings than this are none.
const LEAST: f32 = 0.03;

/// What stands between marks in the prose of linked sentences; of nested ones the outermost.
fn marked(view: &View, link: &Link, side: Side) -> Vec<Marked> {
    let (document, tokens) = (view.document(side), view.tokens(side));
    let mut found = Vec::new();
    for &at in own(link, side) {
        let sentence = document.sentences[at];
        if !document.blocks[sentence.block].kind.is_prose() {
            continue;
        }
        let mut open: Option<(usize, char)> = None;
        for piece in document.pieces_in(sentence.block, sentence.span) {
            let prose = matches!(piece.kind, PieceKind::Prose | PieceKind::Markup);
            for (at, c) in document.slice(piece.span).char_indices().filter(|_| prose) {
                let at = piece.span.start + at;
                let next = at + c.len_utf8();
                // the marker of a list item opens nothing
                let spaced = || document.text[next..].starts_with(char::is_whitespace);
                match open {
                    None => {
                        let mark = MARKS.iter().find(|(mark, _)| *mark == c).filter(|_| !spaced());
                        open = mark.map(|(_, close)| (next, *close));
                    }
                    // ** is no pair of marks around nothing
                    Some((start, close)) if c == close && at == start => open = None,
                    Some((start, close)) if c == close => {
                        let span = Span::new(start, at);
                        let words = tokens.within(span).filter(|&at| wording::says_something(view, side, at));
                        found.push(Marked {
                            span,
                            title: matches!(close, '》' | '〉'),
                            words: words.collect(),
                        });
                        open = None;
                    }
                    Some(_) => {}
                }
            }
        }
    }
    found
}
