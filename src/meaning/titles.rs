//! Titles and quotations that stand against each other: what both sides have between marks, as often as each other, and
//! of which the one does not render the other.

mod compared;

use self::compared::{Compared, compare};
use super::pair::Bilingual;
use super::substitutions::{Relation, Substitution};
use super::{View, families, own, wording};
use crate::align::Link;
use crate::lexicon::{self, Pos};
use crate::text::script::is_han;
use crate::text::{Piece, PieceKind, Side, Span};
use crate::words::words;

/// Two stretches between marks that stand against each other.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    /// Where they stand, without their marks.
    pub(crate) zh: Span,
    pub(crate) en: Span,
    /// The words of each that nothing in the other renders.
    pub(crate) lost: [Vec<Span>; 2],
    /// Whether there is no doubt that they are two works: the lexicon has the Chinese one as a name, and that is another
    /// one in English, or they are the same but for words that exclude each other.
    pub(crate) known: bool,
}

/// A stretch between marks.
pub(crate) struct Between {
    /// With its marks, and without.
    pub(crate) span: Span,
    pub(crate) inside: Span,
    /// Whether the marks are those of a title: 《》, 〈〉.
    pub(crate) title: bool,
    /// Its tokens that say something.
    pub(crate) words: Vec<usize>,
}

/// Marks around quotations and the titles of works.
pub(crate) const QUOTING: [(char, char); 4] = [('“', '”'), ('「', '」'), ('『', '』'), ('《', '》')];

/// Marks around all that may be set off from its sentence, italics among them.
const SETTING_OFF: [(char, char); 8] =
    [('“', '”'), ('「', '」'), ('『', '』'), ('《', '》'), ('〈', '〉'), ('"', '"'), ('*', '*'), ('_', '_')];

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.6;
/// With more of them in a sentence nothing is said of any.
const MANY: usize = 4;
/// Longer ones are sentences of their own, which are rendered more freely.
const LONG: usize = 12;

/// All stretches between marks of a bitext of Chinese and English that stand against each other, in the order of the
/// links; none for other languages.
pub(super) fn standing(view: &View) -> Vec<Standing> {
    let Some(bitext) = Bilingual::of(view) else { return Vec::new() };
    let links = view.linked_sentences().filter(|link| link.score >= SOLID);
    let mut found: Vec<Standing> = links.flat_map(|link| of_link(view, &bitext, link)).collect();
    // two works, or other things, that the tables know are told as such, if that is as sure
    let told = |one: &Standing| {
        let same = |other: &&Substitution| other.zh == one.zh || one.lost[0].contains(&other.zh);
        let named = view.substitutions().iter().filter(|other| !is_told_of_its_title(other)).filter(same);
        named.into_iter().any(|other| other.firm || !one.known)
    };
    found.retain(|one| !told(one));
    found
}

/// Whether a substitution inside of a title or quotation makes another one of it, rather than that it names another
/// thing: “Closed” for “营业中”.
pub(crate) fn is_told_of_its_title(one: &Substitution) -> bool {
    match one.relation {
        Relation::Opposite => true,
        Relation::Other(family) => family.check == "date-mismatch",
    }
}

/// The opposites and the days of which the one stands inside of a title and the other where that is rendered.
fn turned(view: &View, zh: Span, en: Span) -> Option<Standing> {
    let inside =
        |one: &&Substitution| zh.contains(one.zh) && en.contains(one.en) && is_told_of_its_title(one);
    let one = view.substitutions().iter().find(inside)?;
    Some(Standing { zh, en, lost: [vec![one.zh], vec![one.en]], known: one.firm })
}

/// Whether what stands between marks ends as a sentence does: what somebody says is no title, and no sign.
fn is_speech(view: &View, side: Side, one: &Between) -> bool {
    view.document(side).slice(one.inside).ends_with(['。', '！', '？', '，', '…', '—'])
}

/// What titles and quotations that render each other differ in, where each of them renders one other alone.
fn differing(view: &View, sides: [Side; 2], zh: &[Between], en: &[Between]) -> Vec<Standing> {
    let long = |one: &Between| one.words.len() > LONG;
    let compared: Vec<Vec<Compared>> =
        zh.iter().map(|one| en.iter().map(|other| compare(view, sides, one, other)).collect()).collect();
    let mut found = Vec::new();
    for (i, one) in zh.iter().enumerate() {
        for (j, other) in en.iter().enumerate() {
            if long(one) || long(other) {
                continue;
            }
            let alone = zh.len() == 1 || {
                let row = (0..en.len()).filter(|&j| compared[i][j].shares()).count();
                let column = (0..zh.len()).filter(|&i| compared[i][j].shares()).count();
                row == 1 && column == 1
            };
            let turned = turned(view, one.inside, other.inside).filter(|_| !is_speech(view, sides[0], one));
            let standing =
                |lost: [Vec<Span>; 2]| Standing { zh: one.inside, en: other.inside, lost, known: false };
            let here = &compared[i][j];
            let differs = || {
                let exchanged = here.exchanged().map(|both| both.map(|span| vec![span]));
                exchanged.or_else(|| here.dropped()).filter(|_| alone).map(standing)
            };
            found.extend(turned.or_else(differs));
        }
    }
    found
}

fn of_link(view: &View, bitext: &Bilingual, link: &Link) -> Vec<Standing> {
    let mut zh = between(view, link, bitext.zh, &SETTING_OFF);
    if zh.is_empty() || zh.len() > MANY {
        return Vec::new();
    }
    let mut en = between(view, link, bitext.en, &SETTING_OFF);
    if en.is_empty() {
        let titles = zh.iter().filter(|one| one.title);
        return titles.filter_map(|title| bare(view, bitext, link, title, zh.len() > 1)).collect();
    }
    if zh.len() != en.len() {
        return Vec::new();
    }
    let mut found = differing(view, [bitext.zh, bitext.en], &zh, &en);
    let says = |one: &Between| (1..=LONG).contains(&one.words.len());
    zh.retain(says);
    en.retain(says);
    let ground = Ground { view, zh: bitext.zh, en: bitext.en };
    let lost: Vec<Vec<[Vec<Span>; 2]>> =
        zh.iter().map(|one| en.iter().map(|other| ground.lost(one, other)).collect()).collect();
    let alike = |i: usize, j: usize| lost[i][j][0].len() < zh[i].words.len();
    let lone_zh: Vec<usize> = (0..zh.len()).filter(|&i| !(0..en.len()).any(|j| alike(i, j))).collect();
    let lone_en: Vec<usize> = (0..en.len()).filter(|&j| !(0..zh.len()).any(|i| alike(i, j))).collect();
    let standing = |i: usize, j: usize, known: bool| Standing {
        zh: zh[i].inside,
        en: en[j].inside,
        lost: lost[i][j].clone(),
        known,
    };
    let told = |found: &[Standing], i: usize, j: usize| {
        found.iter().any(|one| one.zh == zh[i].inside || one.en == en[j].inside)
    };
    if lone_zh.len() == lone_en.len() {
        for (&i, &j) in lone_zh.iter().zip(&lone_en) {
            let known = ground.is_known(&zh[i]);
            // the titles of works are often given anew, but not those that the lexicon has
            let named = known || lone_zh.len() == 1 && zh[i].words.len() > 1 && en[j].words.len() > 1;
            if zh[i].title && named && !told(&found, i, j) {
                found.push(standing(i, j, known));
            }
        }
    }
    let most = |lost: &[Span], all: &[usize]| lost.len() > 1 && lost.len() * 2 >= all.len();
    for i in 0..zh.len() {
        let partners: Vec<usize> = (0..en.len()).filter(|&j| alike(i, j)).collect();
        let [j] = partners[..] else { continue };
        let [zh_lost, en_lost] = &lost[i][j];
        if most(zh_lost, &zh[i].words) && most(en_lost, &en[j].words) && !told(&found, i, j) {
            found.push(standing(i, j, false));
        }
    }
    found
}

/// Small words inside English titles.
const JOINING: &[&str] = words!("inside a title", en);
/// Two titles are one if at least so many words of the one render words of the other.
const SHARED: usize = 2;
/// Of titles that are one but for a few words no more than so many differ on either side.
const DIFFERENT: usize = 2;

/// A Chinese title against the English words with capitals that render it, where English has no marks: the Civil
/// Procedure Law against 《刑事诉讼法》. Words differ only where nothing else in the sentences renders them.
///
/// Of `several` titles "and" may part two.
fn bare(view: &View, bitext: &Bilingual, link: &Link, title: &Between, several: bool) -> Option<Standing> {
    let (document, tokens) = (view.document(bitext.en), view.tokens(bitext.en));
    let zh = view.tokens(bitext.zh);
    let text = |at: usize| document.slice(tokens.tokens[at].span);
    let renders = |a: usize, b: usize| {
        let (one, other) = (zh.tokens[a].id, tokens.tokens[b].id);
        wording::may_render(view.aligned(), bitext.zh, one, other, LEAST) > 0.0
    };
    // a small word has a capital where it begins a sentence
    let capital = |at: usize| {
        text(at).starts_with(char::is_uppercase) && !lexicon::is_stop_word(&text(at).to_lowercase())
    };
    let joins = |word: &str| JOINING.contains(&word) && !(several && word == "and");
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for &sentence in own(link, bitext.en) {
        let mut last: Option<usize> = None;
        for at in tokens.of_sentence(sentence).filter(|&at| capital(at)) {
            let near = last.is_some_and(|last| {
                let gap = document.text.get(tokens.tokens[last].span.end..tokens.tokens[at].span.start);
                gap.unwrap_or_default()
                    .split(|c: char| !c.is_alphabetic())
                    .all(|word| word.is_empty() || word == "s" || joins(word))
                    && !gap.unwrap_or_default().contains(|c: char| {
                        c.is_ascii_digit() || matches!(c, '.' | ',' | ';' | ':' | '(' | ')')
                    })
            });
            match runs.last_mut().filter(|_| near) {
                Some(run) => run.push(at),
                None => runs.push(vec![at]),
            }
            last = Some(at);
        }
    }
    let shared = |run: &[usize]| title.words.iter().filter(|&&a| run.iter().any(|&b| renders(a, b))).count();
    let run = runs.into_iter().max_by_key(|run| shared(run)).filter(|run| shared(run) >= SHARED)?;
    let (first, last) = (run.first()?, run.last()?);
    let place = tokens.tokens[*first].span.join(tokens.tokens[*last].span);
    if let Some(turned) = turned(view, title.inside, place) {
        return Some(turned);
    }
    let zh_words = own(link, bitext.zh).iter().flat_map(|&sentence| zh.of_sentence(sentence));
    let zh_words: Vec<usize> = zh_words.collect();
    let en_words = own(link, bitext.en).iter().flat_map(|&sentence| tokens.of_sentence(sentence));
    let en_words: Vec<usize> = en_words.collect();
    let zh_text = |at: usize| view.document(bitext.zh).slice(zh.tokens[at].span);
    let zh_lost: Vec<Span> = title
        .words
        .iter()
        .filter(|&&a| zh_text(a).chars().nth(1).is_some() && !en_words.iter().any(|&b| renders(a, b)))
        // verbs are rendered in too many ways: 塑造, Shaping
        .filter(|&&a| zh.types[zh.tokens[a].id as usize].pos == Some(Pos::Noun))
        .map(|&a| zh.tokens[a].span)
        .collect();
    let en_lost: Vec<Span> = run
        .iter()
        .filter(|&&b| text(b).len() >= 4 && text(b).chars().any(char::is_lowercase))
        .filter(|&&b| !zh_words.iter().any(|&a| renders(a, b)))
        .map(|&b| tokens.tokens[b].span)
        .collect();
    let few = |lost: &[Span]| (1..=DIFFERENT).contains(&lost.len());
    if !few(&zh_lost) || !few(&en_lost) {
        return None;
    }
    Some(Standing {
        zh: title.inside,
        en: place,
        known: view.substitutions().iter().any(|one| title.inside.contains(one.zh)),
        lost: [zh_lost, en_lost],
    })
}

/// The two sides of a bitext.
struct Ground<'v, 'a> {
    view: &'v View<'a>,
    zh: Side,
    en: Side,
}

impl Ground<'_, '_> {
    /// The words of either that nothing in the other renders.
    fn lost(&self, one: &Between, other: &Between) -> [Vec<Span>; 2] {
        if self.name_one(one, other) {
            return Default::default();
        }
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

    /// Whether both name one thing: what the words of a title mean says little of what it is called elsewhere.
    fn name_one(&self, one: &Between, other: &Between) -> bool {
        let text = self.view.document(self.zh).slice(one.inside);
        let mut named = families::title(&lexicon::simplify(text)).peekable();
        if named.peek().is_none() {
            return false;
        }
        let written = self.view.document(self.en).slice(other.inside);
        let words: Vec<&str> = lexicon::english_words(written).map(|(_, word)| word).collect();
        // a name stands in the table without its article
        let names: Vec<_> = (0..2).filter_map(|at| families::english(words.get(at..)?)).collect();
        named.any(|place| names.iter().any(|(_, places)| places.contains(&place)))
    }

    /// Whether the lexicon has a stretch as a name.
    fn is_known(&self, one: &Between) -> bool {
        let text = self.view.document(self.zh).slice(one.inside);
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

/// What stands between some of these marks in the prose of linked sentences; of nested ones the outermost.
pub(crate) fn between(view: &View, link: &Link, side: Side, marks: &[(char, char)]) -> Vec<Between> {
    let (document, tokens) = (view.document(side), view.tokens(side));
    let mut found = Vec::new();
    for &at in own(link, side) {
        let sentence = document.sentences[at];
        if !document.blocks[sentence.block].kind.is_prose() {
            continue;
        }
        let mut open: Option<(usize, char, char, usize)> = None;
        let read = |piece: &Piece| matches!(piece.kind, PieceKind::Prose | PieceKind::Markup);
        for piece in document.pieces_in(sentence.block, sentence.span).filter(read) {
            for (at, c) in document.slice(piece.span).char_indices() {
                // what most of a text is, looked at no further
                if c.is_ascii_alphanumeric() || c == ' ' || is_han(c) {
                    continue;
                }
                let (at, next) = (piece.span.start + at, piece.span.start + at + c.len_utf8());
                // what is one mark for both ends may be markup
                let either = marks.contains(&(c, c));
                if piece.kind == PieceKind::Markup && !either {
                    continue;
                }
                match open {
                    None => {
                        // the marker of a list item opens nothing
                        let idle = either && document.text[next..].starts_with(char::is_whitespace);
                        let mark = marks.iter().find(|(mark, _)| *mark == c).filter(|_| !idle);
                        open = mark.map(|&(mark, close)| (at, mark, close, 1));
                    }
                    Some((start, mark, close, 1)) if c == close => {
                        let inside = Span::new(start + mark.len_utf8(), at);
                        let says = |&at: &usize| wording::says_something(view, side, at);
                        let words = tokens.within(inside).filter(says).collect();
                        let title = matches!(close, '》' | '〉');
                        // ** is no pair of marks around nothing
                        if !inside.is_empty() {
                            found.push(Between { span: Span::new(start, next), inside, title, words });
                        }
                        open = None;
                    }
                    Some((start, mark, close, depth)) if c == close => {
                        open = Some((start, mark, close, depth - 1));
                    }
                    Some((start, mark, close, depth)) if c == mark => {
                        open = Some((start, mark, close, depth + 1));
                    }
                    _ => {}
                }
            }
        }
    }
    found
}
