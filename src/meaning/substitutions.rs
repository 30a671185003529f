//! Words that stand against each other: what nothing renders on either side, at the same place between words that do
//! render each other.
//!
//! Of such a pair it is said what the one is to the other: its opposite, which [`opposed`] judges, or another member of a
//! family whose members exclude each other. A member that the other side has as well, anywhere in the linked sentences,
//! is accounted for.

use std::collections::BTreeSet;
use std::ops::Range;

use super::View;
use super::families::{self, Family, Member, Place};
use super::ground::{Ground, RENDERED};
use super::opposed;
use super::pair::{Bilingual, Pair, Rendering, Word};
use super::ranks;
use crate::align::tokens::TokenKind;
use crate::lexicon::{self, Kinds, sounds};
use crate::text::Span;
use crate::words::words;

/// What a word is to the one that stands against it.
#[derive(Clone, Copy)]
pub(crate) enum Relation {
    /// It means the opposite.
    Opposite,
    /// It is another member of the same family.
    Other(&'static Family),
}

/// A Chinese and an English word that stand against each other.
#[derive(Clone)]
pub(crate) struct Substitution {
    /// What they are to each other.
    pub(crate) relation: Relation,
    /// Where they stand.
    pub(crate) zh: Span,
    pub(crate) en: Span,
    /// Whether the words around them leave no doubt that they stand at the same place.
    pub(crate) firm: bool,
    /// How sure it is, from 0 to 1.
    pub(crate) confidence: f64,
}

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.55;
/// How sure it is that an office lost its rank, or got one.
const RANK: f64 = 0.8;
/// Names that sound this much alike may be the same: see [`sounds::likeness`].
const ALIKE: f32 = 0.6;
/// With at most so many other words of a side that nothing renders, what is left on both stands against each other.
const FEW: usize = 2;
/// With more of them nothing is said of words that stand far from where each would be expected.
const MANY: usize = 5;
/// How far a word may stand from where its counterpart is expected, in words: to be sure, and to be said at all.
const NEAR: f32 = 3.5;
/// The same of common things, which are put for others with good reason.
const CLOSE: f32 = 1.5;
const FAR: f32 = 8.0;

/// All substitutions of a bitext of Chinese and English, in the order of its links; none for other languages.
pub(crate) fn all(view: &View) -> Vec<Substitution> {
    let Some(bitext) = Bilingual::of(view) else { return Vec::new() };
    let pairs = bitext.translations(SOLID);
    pairs.flat_map(|pair| of_pair(view, &bitext, &pair)).collect()
}

/// A thing named by words of one side: which words, and where it belongs in a table.
type Named<T> = Vec<(Range<usize>, T)>;

fn of_pair<'a>(view: &View<'a>, bitext: &Bilingual<'_, 'a>, pair: &Pair<'a>) -> Vec<Substitution> {
    let zh_places = places(&view.document(bitext.zh).text, pair);
    // what the Chinese does not name stands against nothing
    let en_places = if zh_places.is_empty() { &[] } else { english_places(pair) };
    let ground = Ground::of(view, bitext, pair);
    let mut found = Vec::new();
    let named: BTreeSet<usize> = zh_places.iter().map(|(_, place)| place.0).collect();
    for family in named {
        let kind = &families::families()[family];
        let of = |named: &[families::Named]| -> Named<usize> {
            let own = named.iter().filter(|(_, place)| place.0 == family);
            own.map(|(range, place)| (range.clone(), place.1)).collect()
        };
        let (zh, en) = (of(zh_places), of(en_places));
        if en.is_empty() {
            continue;
        }
        if let Some((zh, en)) = ground.lone(&zh, &en, kind) {
            found.extend(ground.judged(&zh, &en, kind));
        }
    }
    found.extend(opposed::of_pair(&ground).into_iter().map(|one| Substitution {
        relation: Relation::Opposite,
        zh: ground.span(true, &one.zh),
        en: ground.span(false, &one.en),
        firm: one.confidence >= opposed::SURE,
        confidence: one.confidence,
    }));
    for (zh, en, place) in ranks::differing(pair, zh_places, en_places) {
        found.push(Substitution {
            relation: Relation::Other(&families::families()[place.0]),
            zh: ground.span(true, &zh),
            en: ground.span(false, &en),
            firm: true,
            confidence: RANK,
        });
    }
    // two families may hold the same two words
    let mut seen = BTreeSet::new();
    found.retain(|one: &Substitution| seen.insert((one.zh, one.en)));
    found
}

impl Ground<'_, '_> {
    /// All Chinese words of the pair, as one text.
    fn text(&self) -> String {
        self.pair.zh.iter().map(|word| &*word.text).collect()
    }

    /// Whether any word of the one may render any of the other after all, if only by what its characters mean; of
    /// proper names, whether every word of the English one may be rendered: a university is no other one.
    fn may_render(&self, zh: &Range<usize>, en: &Range<usize>, by_character: bool, proper: bool) -> bool {
        let least = if by_character { 0.5 } else { 1.0 };
        let renders = |other: usize| zh.clone().any(|one| self.likely(one, other) >= least);
        // an "and" inside a name renders no other one
        let mut words = en.clone().filter(|&at| en.len() == 1 || !self.pair.en[at].common);
        if proper { words.all(renders) } else { words.any(renders) }
    }

    /// The one thing that the Chinese names and the English does not, and the one that the English names and the
    /// Chinese does not, where these exclude each other and there are no more.
    fn lone(
        &self,
        zh: &Named<usize>,
        en: &Named<usize>,
        family: &Family,
    ) -> Option<(Range<usize>, Range<usize>)> {
        let text = self.text();
        // what the Chinese may mean by any short form is accounted for
        let said = |at: usize| family.members[at].written().any(|name| text.contains(name));
        let is_proper = |at: usize| family.members[at].is_proper();
        // a character of a name may be short for another name: 广
        let by_character = family.check != "name-mismatch";
        // what surely renders something else accounts for nothing: defense for 国防
        let elsewhere = |range: &Range<usize>| {
            let of_another = |link: &Rendering| {
                range.contains(&link.en)
                    && link.score >= RENDERED
                    && (range.len() == 1 || self.bitext.says_something(&self.pair.zh[link.zh]))
                    && !zh.iter().any(|(range, _)| range.contains(&link.zh))
            };
            self.renderings.iter().any(of_another)
        };
        let en: Named<usize> = en.iter().filter(|(range, _)| !elsewhere(range)).cloned().collect();
        // one of this side accounts for one of the other
        let mut open = en.clone();
        let mut lone_zh: Named<usize> = Vec::new();
        for (range, member) in zh {
            match open.iter().position(|(_, other)| other == member) {
                Some(at) => {
                    open.remove(at);
                }
                None => lone_zh.push((range.clone(), *member)),
            }
        }
        // whatever else the same words may name is accounted for with it
        let answered = |range: &Range<usize>, own: &Named<usize>, others: &Named<usize>| {
            let mut same = own.iter().filter(|(other, _)| other == range);
            same.any(|(_, member)| others.iter().any(|(_, other)| other == member))
        };
        lone_zh.retain(|(range, member)| {
            !answered(range, zh, &en)
                && !self.is_done(&family.members[*member])
                && !self.is_value(true, range)
        });
        open.retain(|(range, member)| {
            !answered(range, &en, zh) && !said(*member) && !self.is_value(false, range)
        });
        // Otello is 奥赛罗 in another language, but Malawi, which has a name of its own, is not 马里
        let (zh_names, en_names) = (lone_zh.clone(), open.clone());
        lone_zh.retain(|(range, member)| !is_proper(*member) || !self.is_spelt(true, range, &en_names));
        open.retain(|(range, member)| !is_proper(*member) || !self.is_spelt(false, range, &zh_names));
        lone_zh.dedup_by(|a, b| a.1 == b.1 || a.0 == b.0);
        open.dedup_by(|a, b| a.1 == b.1 || a.0 == b.0);
        let mut pairs = Vec::new();
        for (zh, member) in &lone_zh {
            for (en, other) in open.iter().filter(|(_, other)| member != other) {
                let rendered = self.rendered(true, zh, en) || self.rendered(false, en, zh);
                let proper = is_proper(*member) && is_proper(*other);
                let elsewhere = family.check == "date-mismatch" && self.is_end(zh, en);
                if !rendered && !elsewhere && !self.may_render(zh, en, by_character, proper) {
                    pairs.push((zh.clone(), en.clone()));
                }
            }
        }
        // what could stand against two things stands against the nearer, if that is clear
        pairs.sort_by(|a, b| self.distance(&a.0, &a.1).total_cmp(&self.distance(&b.0, &b.1)));
        let best = pairs.first()?.clone();
        (pairs.len() < 3).then_some(best)
    }

    /// Whether English says with a verb what a member of a family is: they agreed, 达成协议.
    fn is_done(&self, member: &Member) -> bool {
        let mut stems =
            member.english.iter().filter(|name| !name.contains(' ')).map(|name| lexicon::stem(name));
        let of_root = |word: &str, stem: &str| {
            let root = lexicon::root(stem);
            word == stem || root.is_some() && lexicon::root(word) == root
        };
        let verb = |word: &Word, stem: &str| {
            !word.is_capital() && !word.common && of_root(&word.stem(), stem) && {
                lexicon::kinds(&word.stem()).are(Kinds::VERB)
            }
        };
        !member.is_proper() && stems.any(|stem| self.pair.en.iter().any(|word| verb(word, &stem)))
    }

    /// Whether an English time is the end of the Chinese one: he would starve before morning, 一晚上就会饿死.
    fn is_end(&self, zh: &Range<usize>, en: &Range<usize>) -> bool {
        let before = en.start.checked_sub(1).map(|at| &*self.pair.en[at].text);
        let behind = self.pair.zh.get(zh.end).map_or("", |word| &*word.text);
        before.is_some_and(|word| words!("put off", en).contains(&word))
            && !words!("put off", zh).contains(&behind)
    }

    /// Whether a name of one side sounds like a word of the other that is not among other names.
    fn is_spelt(&self, chinese: bool, name: &Range<usize>, but: &Named<usize>) -> bool {
        let (zh, en) = (&self.pair.zh, &self.pair.en);
        let latin = |word: &Word| word.is_capital().then(|| sounds::of_latin(&word.written));
        let open = |chinese: bool, at: usize| {
            let of = |link: &&Rendering| at == if chinese { link.zh } else { link.en };
            !but.iter().any(|(range, _)| range.contains(&at))
                && !self.renderings.iter().any(|link| link.score >= RENDERED && of(&link))
        };
        let alike = |han: &[u8], latin: &[u8]| sounds::likeness(han, latin) >= ALIKE;
        if chinese {
            let whole: String = zh[name.clone()].iter().map(|word| word.text.as_str()).collect();
            let Some(han) = sounds::of_han(&whole) else { return false };
            let others = (0..en.len()).filter(|&at| open(false, at)).filter_map(|at| latin(&en[at]));
            others.into_iter().any(|latin| alike(&han, &latin))
        } else {
            let latin: Vec<_> = en[name.clone()].iter().filter_map(latin).collect();
            let others = (0..zh.len()).filter(|&at| open(true, at) && self.bitext.is_name(&zh[at]));
            let mut others = others.filter_map(|at| sounds::of_han(&zh[at].text));
            others.any(|han| latin.iter().any(|latin| alike(&han, latin)))
        }
    }

    fn judged(&self, zh: &Range<usize>, en: &Range<usize>, family: &'static Family) -> Option<Substitution> {
        let (distance, beside) = (self.distance(zh, en), self.beside(zh, en));
        let short = self.pair.zh[zh.start].text.chars().nth(1).is_none() && zh.len() == 1;
        let common = self.pair.en[en.start].common && en.len() == 1;
        let left = [self.left(true, zh), self.left(false, en)];
        let only = !short && !common && left.iter().all(|&left| left <= FEW);
        let firm = beside > 0 && distance <= FAR || distance <= NEAR && !short && !common || only;
        let most = left[0].max(left[1]);
        if (short || common) && beside == 0 || distance > FAR && beside == 0 && most > MANY {
            return None;
        }
        // one common thing for another is too often another way to say it, unless they stand between the same words
        if !family.grave && beside == 0 && distance > CLOSE {
            return None;
        }
        let linked = self.renderings.iter().filter(|link| self.bitext.is_content(self.pair, link)).count();
        // a short sentence says little, but leaves nothing else either
        let bare = beside == 0 && most > 1;
        let firm = firm && (linked >= 2 || linked == 1 && !bare);
        Some(Substitution {
            relation: Relation::Other(family),
            zh: self.span(true, zh),
            en: self.span(false, en),
            firm: firm && (!short || beside > 1) && !common,
            confidence: if firm { 0.86 } else { 0.6 },
        })
    }
}

/// The Chinese word and the English words that name one thing of a grave family, where each side names it once.
///
/// `text` is that of the Chinese document.
pub(super) fn named(text: &str, pair: &Pair) -> Vec<(usize, Range<usize>)> {
    let zh = places(text, pair);
    let grave = |place: Place| families::families()[place.0].grave;
    if !zh.iter().any(|(_, place)| grave(*place)) {
        return Vec::new();
    }
    let en = english_places(pair);
    let once =
        |all: &[families::Named], place: Place| all.iter().filter(|named| named.1 == place).count() == 1;
    let both = |place: Place| grave(place) && once(zh, place) && once(en, place);
    let of = zh.iter().filter(|(_, place)| both(*place));
    of.filter_map(|(range, place)| {
        let other = en.iter().find(|(_, other)| other == place)?;
        Some((range.start, other.0.clone()))
    })
    .collect()
}

/// What the Chinese words of a pair name, worked out once; `text` is that of their document.
fn places<'p>(text: &str, pair: &'p Pair) -> &'p [families::Named] {
    pair.places[0].get_or_init(|| chinese_named(text, pair))
}

/// What the English words name, worked out once.
fn english_places<'p>(pair: &'p Pair) -> &'p [families::Named] {
    pair.places[1].get_or_init(|| english_named(pair))
}

fn chinese_named(text: &str, pair: &Pair) -> Named<Place> {
    let mut found = Named::new();
    let mut at = 0;
    while at < pair.zh.len() {
        let words = &pair.zh[at..];
        let beside = |&(at, word): &(usize, &Word)| at == 0 || words[at - 1].span.end == word.span.start;
        let run = words.iter().enumerate().take_while(beside).map(|(_, word)| &*word.text);
        let together = || families::chinese_together(run.clone());
        let title = title(text, words).filter(|(_, places)| !places.is_empty());
        let (count, places) = match title.or_else(|| together().map(|(n, of)| (n, of.collect()))) {
            Some(several) => several,
            None if words[0].kind == TokenKind::Code => (1, Vec::new()),
            None => (1, families::chinese(&words[0].text).collect()),
        };
        found.extend(places.into_iter().map(|place| (at..at + count, place)));
        at += count;
    }
    found
}

/// The title that Chinese words begin with: how many of them it takes, and what it names.
fn title(text: &str, words: &[Word]) -> Option<(usize, Vec<Place>)> {
    let start = words[0].span.start;
    let open = text.get(..start)?.ends_with(['《', '〈']);
    let end = start + text.get(start..).filter(|_| open)?.find(['》', '〉'])?;
    let count = words.iter().take_while(|word| word.span.end <= end).count();
    let places = families::title(&lexicon::simplify(&text[start..end])).collect();
    (count > 0).then_some((count, places))
}

fn english_named(pair: &Pair) -> Named<Place> {
    let written: Vec<&str> = pair.en.iter().map(|word| word.written.as_ref()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < written.len() {
        // "listed", "processed" are no things
        let verb = pair.en[at].text.ends_with("ed") && pair.en[at].stem() != pair.en[at].text;
        let thing = pair.en[at].kind != TokenKind::Code && !verb;
        match families::english(&written[at..]).filter(|_| thing) {
            Some((words, places)) => {
                found.extend(places.into_iter().map(|place| (at..at + words, place)));
                at += words;
            }
            None => at += 1,
        }
    }
    found
}
