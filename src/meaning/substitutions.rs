//! Words that stand against each other: what nothing renders on either side, at the same place between words that do
//! render each other.
//!
//! Of such a pair it is said what the one is to the other: its opposite, or another member of a family whose members
//! exclude each other. A word that the other side has as well, anywhere in the linked sentences, is accounted for.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use super::View;
use super::families::{self, Family, Member, Place};
use super::marks;
use super::negation;
use super::opposites::{self, End};
use super::pair::{Bilingual, Pair, Rendering, Word, expected};
use super::ranks;
use super::roles;
use super::wording;
use crate::align::tokens::TokenKind;
use crate::lexicon::{self, Kinds, sounds};
use crate::text::{Side, Span};
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
/// A word with a link at least this sure is rendered.
const RENDERED: f32 = 0.25;
/// How sure it is that an office lost its rank, or got one.
const RANK: f64 = 0.8;
/// Names that sound this much alike may be the same: see [`sounds::likeness`].
const ALIKE: f32 = 0.6;
/// Two words this likely to render each other are no substitution.
const POSSIBLE: f32 = 0.2;
/// Words so near belong to the same phrase.
const BESIDE: usize = 2;
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
    let zh_ends: Named<End> = ends(pair);
    let zh_places = places(&view.document(bitext.zh).text, pair);
    // what the Chinese does not name stands against nothing
    let en_ends = if zh_ends.is_empty() { Named::new() } else { english_ends(pair) };
    let en_places = if zh_places.is_empty() { &[] } else { english_places(pair) };
    let scales: BTreeSet<usize> = zh_ends.iter().map(|(_, (scale, _))| *scale).collect();
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
        if let Some((zh, en)) = ground.lone(&zh, &en, Some(kind)) {
            found.extend(ground.judged(zh, en, Relation::Other(kind)));
        }
    }
    for scale in scales {
        let of = |named: &Named<End>| -> Named<usize> {
            let own = named.iter().filter(|(_, end)| end.0 == scale);
            own.map(|(range, end)| (range.clone(), usize::from(end.1))).collect()
        };
        let (zh, en) = (of(&zh_ends), of(&en_ends));
        if en.is_empty() {
            continue;
        }
        if let Some((zh, en)) = ground.lone(&zh, &en, None) {
            found.extend(ground.judged(zh, en, Relation::Opposite));
        }
    }
    for (zh, en, place) in ranks::differing(pair, zh_places, en_places) {
        let words =
            |words: &[Word], range: &Range<usize>| words[range.start].span.join(words[range.end - 1].span);
        found.push(Substitution {
            relation: Relation::Other(&families::families()[place.0]),
            zh: words(&pair.zh, &zh),
            en: words(&pair.en, &en),
            firm: true,
            confidence: RANK,
        });
    }
    // two scales may hold the same two words
    let mut seen = BTreeSet::new();
    found.retain(|one: &Substitution| seen.insert((one.zh, one.en)));
    found
}

/// The words of a pair with what is known of them.
struct Ground<'p, 'a> {
    view: &'p View<'a>,
    bitext: &'p Bilingual<'p, 'a>,
    pair: &'p Pair<'a>,
    renderings: &'p [Rendering],
    /// See [`Ground::text`] and [`Ground::values`]; most pairs are asked for neither.
    text: OnceCell<String>,
    values: OnceCell<[Vec<Span>; 2]>,
}

impl<'p, 'a> Ground<'p, 'a> {
    fn of(view: &'p View<'a>, bitext: &'p Bilingual<'p, 'a>, pair: &'p Pair<'a>) -> Ground<'p, 'a> {
        let renderings = bitext.renderings(pair);
        Ground { view, bitext, pair, renderings, text: OnceCell::new(), values: OnceCell::new() }
    }

    /// All Chinese words of the pair, as one text.
    fn text(&self) -> &str {
        self.text.get_or_init(|| self.pair.zh.iter().map(|word| &*word.text).collect())
    }

    /// The places that numbers, dates and amounts take, on both sides: others look at them.
    fn values(&self) -> &[Vec<Span>; 2] {
        let of = |side: Side| {
            let values = self.view.values_of(side, super::own(self.pair.link, side));
            values.into_iter().map(|value| value.span).collect()
        };
        self.values.get_or_init(|| [self.bitext.zh, self.bitext.en].map(of))
    }

    /// Whether something else on the other side renders any of some words, as surely as makes no matter.
    fn rendered(&self, chinese: bool, range: &Range<usize>, but: &Range<usize>) -> bool {
        self.renderings.iter().any(|link| {
            let (own, other) = if chinese { (link.zh, link.en) } else { (link.en, link.zh) };
            // what renders a word beside the other one may render its head: 降序 is not "order" alone
            let beside = other + BESIDE >= but.start && other < but.end + BESIDE;
            range.contains(&own) && !beside && link.score >= RENDERED
        })
    }

    /// How likely a Chinese word renders an English one: see [`wording::may_render`].
    fn likely(&self, zh: usize, en: usize) -> f64 {
        let (zh, en) = (self.pair.zh[zh].id, self.pair.en[en].id);
        wording::may_render(self.view.aligned(), self.bitext.zh, zh, en, POSSIBLE)
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
    /// Chinese does not, where these exclude each other and there are no more. They are members of a family, or the
    /// ends of a scale.
    fn lone(
        &self,
        zh: &Named<usize>,
        en: &Named<usize>,
        family: Option<&Family>,
    ) -> Option<(Range<usize>, Range<usize>)> {
        let member = |at: usize| family.map(|family| &family.members[at]);
        // what the Chinese may mean by any short form is accounted for
        let said = |at: usize| {
            member(at).is_some_and(|member| member.written().any(|name| self.text().contains(name)))
        };
        let is_proper = |at: usize| member(at).is_some_and(Member::is_proper);
        // a character of a name may be short for another name: 广
        let by_character = family.is_some_and(|family| family.check != "name-mismatch");
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
        let done = |at: usize| member(at).is_some_and(|member| self.is_done(member));
        lone_zh.retain(|(range, member)| {
            !answered(range, zh, &en) && !done(*member) && !self.is_value(true, range)
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
                let elsewhere = match family {
                    Some(family) => family.check == "date-mismatch" && self.is_end(zh, en),
                    None => self.is_said(en, zh),
                };
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

    /// Whether another Chinese word than the one that stands against them says what some English words say: 清除堵塞物,
    /// to clear a blockage. What only a character of it says must stand nearer, and what renders something else says
    /// only what stands right beside that: 指示灯, indicator light.
    fn is_said(&self, en: &Range<usize>, but: &Range<usize>) -> bool {
        let of_another = |at: usize, least: f32| {
            let beside = |link: &Rendering| link.en + 1 >= en.start && link.en <= en.end;
            self.renderings.iter().any(|link| link.zh == at && link.score >= least && !beside(link))
        };
        (0..self.pair.zh.len()).filter(|at| !but.contains(at)).any(|at| {
            let zh = at..at + 1;
            match en.clone().map(|en| self.likely(at, en)).fold(0.0, f64::max) {
                0.0 => false,
                1.0.. => !of_another(at, RENDERED) && self.distance(&zh, en) <= FAR,
                _ => !of_another(at, 0.0) && self.distance(&zh, en) <= self.distance(but, en),
            }
        })
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

    fn is_value(&self, chinese: bool, range: &Range<usize>) -> bool {
        let words = if chinese { &self.pair.zh } else { &self.pair.en };
        let span = words[range.start].span.join(words[range.end - 1].span);
        self.values()[usize::from(!chinese)].iter().any(|value| value.overlaps(span))
    }

    /// How far the English words stand from where the Chinese ones are expected.
    fn distance(&self, zh: &Range<usize>, en: &Range<usize>) -> f32 {
        let others: Vec<Rendering> = self
            .renderings
            .iter()
            .filter(|link| !zh.contains(&link.zh) && !en.contains(&link.en))
            .copied()
            .collect();
        (expected(&others, self.pair, zh.start) - en.start as f32).abs()
    }

    /// Whether words right beside both render each other.
    fn beside(&self, zh: &Range<usize>, en: &Range<usize>) -> usize {
        let near = |range: &Range<usize>, at: usize| {
            at + 2 >= range.start && at < range.end + 2 && !range.contains(&at)
        };
        let both = |link: &&Rendering| {
            near(zh, link.zh)
                && near(en, link.en)
                && !self.pair.en[link.en].common
                && self.pair.zh[link.zh].clause == self.pair.zh[zh.start].clause
                && self.pair.en[link.en].clause == self.pair.en[en.start].clause
        };
        self.renderings.iter().filter(both).count()
    }

    /// How many words of a side that say something are rendered by nothing, but for some.
    fn left(&self, chinese: bool, but: &Range<usize>) -> usize {
        let words = if chinese { &self.pair.zh } else { &self.pair.en };
        let says =
            |at: usize| if chinese { self.bitext.says_something(&words[at]) } else { !words[at].common };
        let linked =
            |at: usize| self.renderings.iter().any(|link| at == if chinese { link.zh } else { link.en });
        (0..words.len()).filter(|at| !but.contains(at) && says(*at) && !linked(*at)).count()
    }

    /// Whether the class of marks that some English words are part of tells what they say: of how much a statement holds
    /// it does so only where the Chinese words are marks as well, or the English are too common.
    fn is_told(&self, zh: &Range<usize>, en: &Range<usize>) -> bool {
        let has = |table: &marks::Table, side: Side, at: usize| {
            let marks = marks::read(table, self.bitext, self.pair, side);
            marks.iter().any(|mark| mark.words.contains(&at))
        };
        let alone = |table: &marks::Table| {
            table.class() == marks::Class::Scope
                && !self.pair.en[en.start].common
                && !has(table, self.bitext.zh, zh.start)
        };
        marks::tables().iter().any(|table| has(table, self.bitext.en, en.start) && !alone(table))
    }

    /// Whether what follows the one renders what follows the other.
    fn follows(&self, zh: &Range<usize>, en: &Range<usize>) -> bool {
        let behind = |link: &&Rendering| {
            link.zh >= zh.end
                && link.en >= en.end
                && self.pair.zh[link.zh].clause == self.pair.zh[zh.start].clause
                && self.pair.en[link.en].clause == self.pair.en[en.start].clause
        };
        self.renderings.iter().filter(behind).any(|link| self.bitext.is_content(self.pair, link))
    }

    fn judged(&self, zh: Range<usize>, en: Range<usize>, relation: Relation) -> Option<Substitution> {
        let (distance, beside) = (self.distance(&zh, &en), self.beside(&zh, &en));
        // with a denial beside it, a word says what its opposite says; what marks say is told by their classes
        if matches!(relation, Relation::Opposite)
            && (negation::turned(self.pair, self.renderings, zh.start, en.start)
                || negation::is_free(&self.pair.zh[zh.start])
                || self.is_told(&zh, &en))
        {
            return None;
        }
        let short = self.pair.zh[zh.start].text.chars().nth(1).is_none() && zh.len() == 1;
        let common = self.pair.en[en.start].common && en.len() == 1;
        let only = !short && !common && self.left(true, &zh) <= FEW && self.left(false, &en) <= FEW;
        let firm = beside > 0 && distance <= FAR || distance <= NEAR && !short && !common || only;
        let free = self.left(true, &zh).max(self.left(false, &en)) <= MANY;
        if (short || common) && beside == 0 || distance > FAR && beside == 0 && !free {
            return None;
        }
        // one common thing for another is too often another way to say it, unless they stand between the same words
        if matches!(relation, Relation::Other(family) if !family.grave) && beside == 0 && distance > CLOSE {
            return None;
        }
        let linked = self.renderings.iter().filter(|link| self.bitext.is_content(self.pair, link)).count();
        // a short sentence says little, but leaves nothing else either
        let bare = beside == 0 && self.left(true, &zh).max(self.left(false, &en)) > 1;
        let firm = firm && (linked >= 2 || linked == 1 && !bare);
        // whoever sells to one is bought from by the other
        let loses = || words!("loses", zh).contains(&&*self.pair.zh[zh.start].text);
        let does = || lexicon::kinds(&self.pair.en[en.start].stem()).are(Kinds::VERB);
        let converse = firm
            && matches!(relation, Relation::Opposite)
            && does()
            && (loses() || roles::is_turned(self.bitext, self.pair, self.renderings));
        // the portrait hangs above the bust: 画像正下方是半身像
        let told = self.pair.zh.get(zh.end).is_some_and(|word| words!("there is", zh).contains(&&*word.text));
        let of_place = matches!(relation, Relation::Opposite)
            && words!("preposition", en).contains(&&*self.pair.en[en.start].text);
        if told && of_place && self.follows(&zh, &en) {
            return None;
        }
        let firm = firm && !converse;
        let words =
            |words: &[Word], range: &Range<usize>| words[range.start].span.join(words[range.end - 1].span);
        Some(Substitution {
            relation,
            zh: words(&self.pair.zh, &zh),
            en: words(&self.pair.en, &en),
            firm: firm && (!short || beside > 1) && !common,
            confidence: if firm { 0.86 } else { 0.6 },
        })
    }
}

fn ends(pair: &Pair) -> Named<End> {
    let words = pair.zh.iter().enumerate().filter(|(_, word)| word.kind != TokenKind::Code);
    words.flat_map(|(at, word)| own_ends(&word.text).map(move |end| (at..at + 1, end))).collect()
}

/// The ends of a Chinese word; of one that is on no scale, those of its first part where the rest is a word as well, and
/// a more frequent one, unless the dictionary knows the whole as something else: 必修课程, but not 发动机 or 大闺女.
fn own_ends(word: &str) -> impl Iterator<Item = End> {
    let own = opposites::chinese(word);
    let parts = word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
    let rarer = |cost: f32| lexicon::cost(word).is_none_or(|of_all| cost < of_all);
    let whole = |rest: &str| rest.chars().nth(1).is_some() && lexicon::cost(rest).is_some_and(rarer);
    let mut part = parts.filter(|(_, rest)| own.is_empty() && whole(rest));
    // what the whole means, where that is known, must be at the same end
    let means = |end: &End| {
        let mut glosses = lexicon::glosses(word).map(|gloss| lexicon::stem_text(gloss.stem)).peekable();
        glosses.peek().is_none()
            || glosses.any(|stem| opposites::english(stem, stem).any(|other| other == *end))
    };
    let of_part = part
        .by_ref()
        .map(|(first, _)| opposites::chinese(first))
        .filter(|ends| !ends.is_empty() && ends.iter().any(means))
        .last();
    // behind one character that denies nothing: 呈酸性
    let behind = || {
        let (first, rest) = word.split_at(word.chars().next()?.len_utf8());
        let turned = negation::can_deny(first) || negation::turns(first);
        (own.is_empty() && whole(rest) && !turned).then(|| opposites::chinese(rest))
    };
    own.iter().chain(of_part.or_else(behind).unwrap_or_default()).copied()
}

fn english_ends(pair: &Pair) -> Named<End> {
    let stems: Vec<Cow<str>> = pair.en.iter().map(|word| word.stem()).collect();
    let mut found: Named<End> = opposites::phrases(&stems);
    let words = pair.en.iter().enumerate().filter(|(_, word)| word.kind == TokenKind::Word);
    for (at, word) in words {
        // with a particle, words say something else together: turn down, but not high speed
        let inside = |end: &End| {
            let mut phrases = found.iter().filter(|(range, other)| range.contains(&at) && other != end);
            phrases.any(|(range, _)| range.len() > 1 && pair.en[range.clone()].iter().any(|word| word.common))
        };
        // what declines since March refuses nothing
        if word.text.starts_with("declin")
            && !negation::marks(&pair.en, false).iter().any(|mark| mark.0 == at)
        {
            continue;
        }
        let own: Vec<End> = opposites::english(&stems[at], &word.text).filter(|end| !inside(end)).collect();
        found.extend(own.into_iter().map(|end| (at..at + 1, end)));
    }
    found
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
