//! Words that are rendered by their opposite, and how likely it is that they are.
//!
//! Wherever a Chinese and an English word stand at opposite ends of a scale, in linked sentences of which one side has
//! more words at that end than the other, what speaks for the one being put for the other becomes the features of a
//! logistic model.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::View;
use super::ground::{BESIDE, Ground, RENDERED};
use super::marks;
use super::negation;
use super::opposites::{self, End};
use super::pair::{Bilingual, Pair, Rendering};
use super::roles;
use crate::align::tokens::TokenKind;
use crate::lexicon::{self, Kinds};
use crate::text::{Side, Span};
use crate::words::words;

/// How many features two words have.
pub const FEATURES: usize = 59;

/// The features of two words.
pub type Features = [f32; FEATURES];

/// The weights of the features and, last, the bias; made by `cargo run --profile quick --example train`.
const WEIGHTS: [f32; FEATURES + 1] = include!("opposed.weights");

/// Words less likely than this to be put for their opposite are not told.
pub const TOLD: f64 = 0.8;
/// From here on it is grave.
pub const SURE: f64 = 0.9;

/// Links less sure than this may join what does not belong together.
const SOLID: f64 = 0.55;
/// How far a word may stand from where its counterpart is expected, in words, and render it by a character.
const FAR: f32 = 8.0;

/// A Chinese word and the English words that stand at the opposite end.
pub(super) struct Opposed {
    pub(super) zh: Range<usize>,
    pub(super) en: Range<usize>,
    pub(super) confidence: f64,
}

/// Two words that would be opposites of each other if the one were put for the other. For who learns the weights.
pub struct Candidate {
    /// Where they stand.
    pub zh: Span,
    /// See `zh`.
    pub en: Span,
    /// What speaks for it.
    pub features: Features,
}

/// All candidates of a bitext of Chinese and English, in the order of its links.
pub fn candidates(view: &View) -> Vec<Candidate> {
    let Some(bitext) = Bilingual::of(view) else { return Vec::new() };
    let mut found = Vec::new();
    for pair in bitext.translations(SOLID) {
        let ground = Ground::of(view, &bitext, &pair);
        found.extend(possible(&ground).into_iter().map(|(zh, en, features)| Candidate {
            zh: ground.span(true, &zh),
            en: ground.span(false, &en),
            features,
        }));
    }
    found
}

/// Words that render each other, and what could stand in the place of the one of `side` to say the opposite. For who
/// learns the weights.
pub fn plants(view: &View, side: Side) -> Vec<(Span, Vec<&'static str>)> {
    let Some(bitext) = Bilingual::of(view) else { return Vec::new() };
    let mut found = Vec::new();
    for pair in bitext.translations(SOLID) {
        let (zh, en) = (ends(&pair), english_ends(&pair));
        for link in bitext.renderings(&pair).iter().filter(|link| link.score >= RENDERED) {
            let mut shared = zh.iter().filter(|(range, end)| {
                range.contains(&link.zh)
                    && en.iter().any(|(range, other)| *range == (link.en..link.en + 1) && other == end)
            });
            let Some((_, end)) = shared.next() else { continue };
            let chinese = side == bitext.zh;
            let word = if chinese { &pair.zh[link.zh] } else { &pair.en[link.en] };
            found.push((word.span, opposites::words((end.0, !end.1), chinese)));
        }
    }
    found
}

/// How likely it is, from 0 to 1, that words with these features are put for their opposites.
pub fn confidence(features: &Features) -> f64 {
    let odds: f32 = WEIGHTS[FEATURES] + features.iter().zip(&WEIGHTS).map(|(x, w)| x * w).sum::<f32>();
    1.0 / (1.0 + (-f64::from(odds)).exp())
}

/// The words of a pair that are likely enough put for their opposites, each told of once.
pub(super) fn of_pair(ground: &Ground) -> Vec<Opposed> {
    let mut found: Vec<Opposed> = possible(ground)
        .into_iter()
        .map(|(zh, en, features)| Opposed { zh, en, confidence: confidence(&features) })
        .filter(|one| one.confidence >= TOLD)
        .collect();
    found.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.zh.start.cmp(&b.zh.start)));
    let mut told: Vec<Opposed> = Vec::new();
    for one in found {
        let meets = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        if !told.iter().any(|other| meets(&other.zh, &one.zh) || meets(&other.en, &one.en)) {
            told.push(one);
        }
    }
    told.sort_by_key(|one| one.zh.start);
    told
}

/// Words of one side with the ends they stand at.
type Named = Vec<(Range<usize>, End)>;

/// The words of one side that stand at the same ends as others.
fn distinct<'n>(named: impl Iterator<Item = &'n (Range<usize>, End)>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = named.map(|(range, _)| range.clone()).collect();
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    ranges.dedup_by(|later, first| later.start < first.end);
    ranges
}

fn possible(ground: &Ground) -> Vec<(Range<usize>, Range<usize>, Features)> {
    let zh: Named = ends(ground.pair);
    // what the Chinese does not name stands against nothing
    if zh.is_empty() {
        return Vec::new();
    }
    let en: Named = english_ends(ground.pair);
    let mut pairs: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
    for (own, (scale, end)) in &zh {
        let opposite = en.iter().filter(|(_, other)| *other == (*scale, !end));
        pairs.extend(opposite.map(|(range, _)| (own.start, range.start, range.end)));
    }
    let pairs: Vec<_> = pairs.into_iter().map(|(zh, start, end)| (zh..zh + 1, start..end)).collect();
    if pairs.is_empty() {
        return Vec::new();
    }
    let shared = Shared::of(ground, zh, en, pairs.clone());
    let known = |(zh, en): (Range<usize>, Range<usize>)| {
        let features = shared.features(&zh, &en)?;
        Some((zh, en, features))
    };
    pairs.into_iter().filter_map(known).collect()
}

/// What the candidates of a pair have in common.
struct Shared<'g, 'p, 'a> {
    ground: &'g Ground<'p, 'a>,
    zh: Named,
    en: Named,
    /// All words of the pair that are at opposite ends.
    candidates: Vec<(Range<usize>, Range<usize>)>,
    /// The links between words that say something.
    content: Vec<Rendering>,
    /// The words of either side that are part of marks, with the class of these.
    marks: [Vec<(marks::Class, Range<usize>)>; 2],
    /// The words of either side that deny, and those of them that nothing on the other side answers to.
    denials: [Vec<usize>; 2],
    lone: [Vec<usize>; 2],
    turned: bool,
}

fn flag(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

fn log(count: usize) -> f32 {
    (1.0 + count as f32).ln()
}

impl<'g, 'p, 'a> Shared<'g, 'p, 'a> {
    fn of(
        ground: &'g Ground<'p, 'a>,
        zh: Named,
        en: Named,
        candidates: Vec<(Range<usize>, Range<usize>)>,
    ) -> Shared<'g, 'p, 'a> {
        let (bitext, pair, renderings) = (ground.bitext, ground.pair, ground.renderings);
        let marks = [bitext.zh, bitext.en].map(|side| {
            let of = |table: &'static marks::Table| {
                let found = marks::read(table, bitext, pair, side).into_iter();
                found.map(|mark| (table.class(), mark.words)).collect::<Vec<_>>()
            };
            marks::tables().iter().flat_map(of).collect()
        });
        let denials = [(&pair.zh, true), (&pair.en, false)]
            .map(|(words, chinese)| negation::marks(words, chinese).into_iter().map(|(at, _)| at).collect());
        let (zh_lone, en_lone) = negation::lone(pair, renderings);
        Shared {
            lone: [zh_lone, en_lone].map(|lone| lone.into_iter().map(|lone| lone.at).collect()),
            ground,
            zh,
            en,
            candidates,
            content: renderings.iter().filter(|link| bitext.is_content(pair, link)).copied().collect(),
            marks,
            denials,
            turned: roles::is_turned(bitext, pair, renderings),
        }
    }

    /// The words of one side at any of the ends that some words of one side stand at.
    fn fellows(&self, of: (bool, &Range<usize>), on: bool, turned: bool) -> Vec<Range<usize>> {
        let named = |chinese: bool| if chinese { &self.zh } else { &self.en };
        let own: Vec<End> =
            named(of.0).iter().filter(|(range, _)| range == of.1).map(|(_, end)| *end).collect();
        let there = |end: &End| own.iter().any(|&(scale, own)| *end == (scale, own != turned));
        distinct(named(on).iter().filter(|(_, end)| there(end)))
    }

    /// The best link of some words to words of the other side that are wanted.
    fn best(&self, chinese: bool, range: &Range<usize>, wanted: impl Fn(usize) -> bool) -> f32 {
        let own = |link: &&Rendering| {
            let (own, other) = if chinese { (link.zh, link.en) } else { (link.en, link.zh) };
            range.contains(&own) && wanted(other)
        };
        self.ground.renderings.iter().filter(own).map(|link| link.score).fold(0.0, f32::max)
    }

    /// How likely another word of the other side, which renders nothing else, says what some words say.
    fn said(&self, chinese: bool, range: &Range<usize>, but: &Range<usize>) -> f64 {
        let ground = self.ground;
        let count = if chinese { ground.pair.en.len() } else { ground.pair.zh.len() };
        let free = |at: &usize, least: f32| {
            let beside = |link: &Rendering| {
                let own = if chinese { link.zh } else { link.en };
                own + 1 >= range.start && own <= range.end
            };
            !ground.renderings.iter().any(|link| {
                *at == (if chinese { link.en } else { link.zh }) && link.score >= least && !beside(link)
            })
        };
        let mut best = 0.0f64;
        for at in (0..count).filter(|at| !but.contains(at)) {
            let likely = range
                .clone()
                .map(|own| if chinese { ground.likely(own, at) } else { ground.likely(at, own) });
            let likely = likely.fold(0.0, f64::max);
            if likely <= best {
                continue;
            }
            let word = at..at + 1;
            let (distance, other) = match chinese {
                true => (ground.distance(range, &word), ground.distance(range, but)),
                false => (ground.distance(&word, range), ground.distance(but, range)),
            };
            let counts = match likely {
                1.0.. => free(&at, RENDERED) && distance <= FAR,
                _ => free(&at, 0.0) && distance <= other,
            };
            if counts {
                best = best.max(likely);
            }
        }
        best
    }

    /// Whether both are part of marks of one class, which tells what these say.
    fn are_marks(&self, zh: &Range<usize>, en: &Range<usize>) -> bool {
        let of = |side: usize, at: usize| {
            self.marks[side].iter().filter(move |(_, words)| words.contains(&at)).map(|(class, _)| *class)
        };
        of(0, zh.start).any(|class| of(1, en.start).any(|other| other == class))
    }

    /// The features of two words; `None` where each side has as many words as the other at either end, or where both
    /// are marks.
    fn features(&self, zh: &Range<usize>, en: &Range<usize>) -> Option<Features> {
        if self.are_marks(zh, en) {
            return None;
        }
        let Shared { ground, .. } = *self;
        let (pair, bitext) = (ground.pair, ground.bitext);
        let (word, other) = (&pair.zh[zh.start], &pair.en[en.start]);
        // what surely renders something else accounts for nothing: defense for 国防
        let fellows_zh = [self.fellows((true, zh), true, false), self.fellows((true, zh), false, false)];
        let fellows_en = [self.fellows((false, en), true, false), self.fellows((false, en), false, false)];
        let elsewhere = |range: &&Range<usize>, fellows: &[Range<usize>]| {
            self.best(false, range, |at| {
                (range.len() == 1 || bitext.says_something(&pair.zh[at]))
                    && !fellows.iter().any(|one| one.contains(&at))
            }) >= RENDERED
        };
        let there = fellows_zh[1].iter().filter(|range| !elsewhere(range, &fellows_zh[0])).count();
        let lacks_zh = fellows_zh[0].len() > there;
        let lacks_en = fellows_en[1].len() > fellows_en[0].len();
        if !lacks_zh && !lacks_en {
            return None;
        }
        let beside_en = |at: usize| at + BESIDE >= en.start && at < en.end + BESIDE;
        let beside_zh = |at: usize| at + BESIDE >= zh.start && at < zh.end + BESIDE;
        let same_en = |at: usize| fellows_zh[1].iter().any(|range| range.contains(&at));
        let same_zh = |at: usize| fellows_en[0].iter().any(|range| range.contains(&at));
        let zh_else = self.best(true, zh, |at| !beside_en(at) && !same_en(at));
        let en_else = self.best(false, en, |at| !beside_zh(at) && !same_zh(at));
        let (zh_said, en_said) = (self.said(true, zh, en), self.said(false, en, zh));
        let likely =
            zh.clone().flat_map(|zh| en.clone().map(move |en| ground.likely(zh, en))).fold(0.0, f64::max);
        let distance = ground.distance(zh, en);
        let nearer_en = fellows_zh[1]
            .iter()
            .filter(|range| !elsewhere(range, &fellows_zh[0]))
            .any(|range| ground.distance(zh, range) <= distance);
        let nearer_zh = fellows_en[0].iter().any(|range| ground.distance(range, en) <= distance);
        let beside = ground.beside(zh, en);
        let in_zh = |link: &&Rendering| pair.zh[link.zh].clause == word.clause && link.zh != zh.start;
        let in_en = |link: &&Rendering| pair.en[link.en].clause == other.clause && !en.contains(&link.en);
        let own = self.content.iter().filter(in_zh).count();
        let both: Vec<&Rendering> = self.content.iter().filter(in_zh).filter(in_en).collect();
        let straight = both.iter().filter(|link| (link.zh < zh.start) == (link.en < en.start)).count();
        let near = |denials: &[usize], at: usize| {
            denials.iter().any(|&denial| denial != at && denial.abs_diff(at) <= 4)
        };
        let rival = |(one, other): &(Range<usize>, Range<usize>)| {
            (one == zh) != (other == en) && ground.distance(one, other) < distance
        };
        let before = |link: &&&Rendering| link.zh < zh.start && link.en >= en.end;
        let behind = |link: &&&Rendering| link.zh >= zh.end && link.en < en.start;
        let exchanged = both.iter().any(|link| before(&link)) && both.iter().any(|link| behind(&link));
        let alone = |side: usize| {
            let (words, clause) = if side == 0 { (&pair.zh, word.clause) } else { (&pair.en, other.clause) };
            self.lone[side].iter().any(|&at| words[at].clause == clause)
        };
        let told = |class: Option<bool>| {
            let has = |side: usize, at: usize, scope: bool| {
                let own = self.marks[side].iter().filter(|(_, words)| words.contains(&at));
                own.into_iter().any(|(class, _)| (*class == marks::Class::Scope) == scope)
            };
            class.is_some_and(|scope| has(1, en.start, scope))
                || class.is_none() && { has(0, zh.start, true) || has(0, zh.start, false) }
        };
        let turned = negation::turned(pair, ground.renderings, zh.start, en.start);
        let sole = lacks_zh
            && lacks_en
            && !turned
            && zh_else.max(en_else) < RENDERED
            && likely + zh_said + en_said == 0.0;
        let short = zh.len() == 1 && word.text.chars().nth(1).is_none();
        let common = en.len() == 1 && other.common;
        let scales = self.zh.iter().filter(|(range, _)| range == zh).filter(|(_, (scale, end))| {
            self.en.iter().any(|(range, other)| range == en && *other == (*scale, !end))
        });
        let ends_zh = self.zh.iter().filter(|(range, _)| range == zh).count();
        let ends_en = self.en.iter().filter(|(range, _)| range == en).count();
        let link = pair.link;
        let kinds = lexicon::kinds(&other.stem());
        let verb = en.len() == 1 && kinds.are(Kinds::VERB);
        let loses = words!("loses", zh).contains(&&*word.text);
        let of_place = words!("preposition", en).contains(&&*other.text);
        let there_is = pair.zh.get(zh.end).is_some_and(|word| words!("there is", zh).contains(&&*word.text));
        Some([
            // whether something else renders them: another thing, a word beside, a word at the same end
            zh_else,
            flag(zh_else >= RENDERED),
            en_else,
            flag(en_else >= RENDERED),
            flag(self.best(true, zh, |at| beside_en(at) && !en.contains(&at)) > 0.0),
            flag(self.best(false, en, |at| beside_zh(at) && !zh.contains(&at)) > 0.0),
            self.best(true, zh, |at| !en.contains(&at) && same_en(at)),
            self.best(false, en, |at| !zh.contains(&at) && same_zh(at)),
            // whether they may render each other after all
            self.best(true, zh, |at| en.contains(&at)),
            flag(likely >= 1.0),
            flag(likely == 0.5),
            // whether a word that renders nothing else says what they say
            flag(zh_said >= 1.0),
            flag(zh_said == 0.5),
            flag(en_said >= 1.0),
            flag(en_said == 0.5),
            // whether either is accounted for by a word at the same end
            flag(lacks_zh && lacks_en),
            flag(lacks_zh),
            flag(nearer_en),
            flag(nearer_zh),
            flag(
                self.fellows((true, zh), true, true).is_empty()
                    && self.fellows((false, en), false, true).is_empty(),
            ),
            flag(sole),
            flag(sole && beside > 0),
            // where they stand
            flag(self.candidates.iter().any(rival)),
            flag(exchanged),
            (-distance / 4.0).exp(),
            flag(distance > FAR),
            flag(beside > 0),
            flag(beside > 1),
            if own == 0 { 0.5 } else { both.len() as f32 / own as f32 },
            flag(own == 0),
            (2.0 * straight as f32 - both.len() as f32) / (1.0 + both.len() as f32),
            // what denies or tells
            flag(turned),
            flag(alone(0)),
            flag(alone(1)),
            flag(negation::is_free(word)),
            flag(near(&self.denials[0], zh.start)),
            flag(near(&self.denials[1], en.start)),
            flag(negation::denies(word)),
            flag(told(Some(false))),
            flag(told(Some(true))),
            flag(told(None)),
            // what is left
            log(ground.left(true, zh)),
            log(ground.left(false, en)),
            // what words they are
            flag(short),
            flag(common),
            flag((short || common) && beside == 0),
            flag(en.len() > 1),
            flag(verb),
            flag(opposites::chinese(&word.text).is_empty()),
            flag(en.len() == 1 && !opposites::is_form(&other.text)),
            log(scales.count()),
            log(ends_zh + ends_en),
            flag(verb && (loses || self.turned)),
            flag(of_place && there_is),
            // how much there is of everything
            log(self.candidates.len()),
            log(self.content.len()),
            link.score as f32,
            flag(link.source.len() + link.target.len() <= 2),
            flag(bitext.zh == Side::Source),
        ])
    }
}

fn ends(pair: &Pair) -> Named {
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

fn english_ends(pair: &Pair) -> Named {
    let stems: Vec<Cow<str>> = pair.en.iter().map(|word| word.stem()).collect();
    let mut found: Named = opposites::phrases(&stems);
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
