//! How two things that are alike stand to the words around them: whether the English around each answers to the Chinese
//! around it, or rather to the Chinese around the other one, as it does where the two have changed places.
//!
//! What is looked at is how words that render each other lie to either thing (before or behind, how near, in which
//! clause), what brings it in and what follows it, and which of the two comes first. Each counts for the two as they are
//! and against them exchanged; how much, is learnt from right sentences alone. So the sum of it says how much likelier
//! it is that the things stand where they should than that they are exchanged.

use std::ops::Range;

use super::marks::PARTICIPLES;
use super::negation;
use super::pair::{Bilingual, Pair, Rendering, Word};
use super::roles::{self, Marker};
use crate::align::tokens::TokenKind;
use crate::lexicon::{self, Kinds};
use crate::words::words;

/// How many features two things have.
pub const FEATURES: usize = FIRST + ORDERS;

/// The features of two things that are not nothing, by their places among all.
pub type Features = Vec<(usize, f32)>;

/// The weights of the features; made by `cargo run --profile quick --example train`.
const WEIGHTS: [f32; FEATURES] = include!("standing.weights");

/// Things that are exchanged are told where as they are they fit less than this, in nats.
pub const TOLD: f32 = -2.8;
/// From here on it is called grave.
pub const SURE: f32 = -5.0;

/// What words lie around a thing: what kinds of word there are, and where such a word may lie on a side.
const KINDS: usize = 3;
const LIES: usize = 12;
/// What brings a thing in, and what follows it.
const BRINGS: usize = 13;
const FOLLOWS: usize = 6;
/// What may lie between two things when it counts which comes first.
const ORDERS: usize = 48;

const BROUGHT: usize = KINDS * LIES * LIES;
const FOLLOWED: usize = BROUGHT + BRINGS * BRINGS;
const FIRST: usize = FOLLOWED + FOLLOWS * FOLLOWS;

/// No feature counts for more than this.
const MOST: f32 = 2.0;
/// Words with a link less sure than this do not render each other.
const FAINT: f32 = 0.15;
/// Two things are enough if their links are as sure as this together.
const TOGETHER: f32 = 0.5;
/// How sure it is that two names of one thing render each other.
const NAMED: f32 = 0.9;
/// In sentences of more links nobody does anything to anybody: they are tables and lists.
const MANY: usize = 60;
/// How far before a thing what brings it in may stand, in words of Chinese and of English.
const REACH: [usize; 2] = [4, 5];
/// How far behind an auxiliary its verb may stand, in words.
const AUXILIARY: usize = 3;

/// A thing that both sides name.
struct Thing {
    /// The surest of what renders it.
    link: Rendering,
    /// All links of its words.
    links: Vec<(usize, usize)>,
    /// Where its words stand on each side.
    places: [Vec<usize>; 2],
    kinds: u8,
    name: bool,
}

/// Linked sentences with what is asked of their words more than once.
struct Sides<'p, 'a> {
    pair: &'p Pair<'a>,
    /// Which words are verbs.
    verbs: [Vec<bool>; 2],
    /// What renders what: words that say something, and names.
    links: Vec<Rendering>,
}

/// Two things of linked sentences that stand exchanged, by what renders each, and how much better they fit so, less
/// what may be chance.
pub(super) fn exchanged(
    bitext: &Bilingual,
    pair: &Pair,
    named: &[(usize, Range<usize>)],
) -> Option<([Rendering; 2], f32)> {
    let margin = |features: &Features| features.iter().map(|(at, value)| WEIGHTS[*at] * value).sum::<f32>();
    // what the Chinese leaves in Latin letters is a term of programs, of which examples are given in any order
    let written =
        |links: &[Rendering; 2]| links.iter().all(|link| pair.zh[link.zh].text.starts_with(lexicon::is_han));
    let all = of_pair(bitext, pair, named);
    // of many pairs of things one fits as little by chance: so many times as often (Bonferroni)
    let chance = (all.len().max(1) as f32).ln();
    let all = all.into_iter().filter(|(links, _)| written(links));
    all.map(|(links, features)| (links, margin(&features) + chance))
        .min_by(|one, other| one.1.total_cmp(&other.1))
        .filter(|(_, margin)| *margin < TOLD)
}

/// Each two things that are alike, with what is known of how they stand.
pub(super) fn of_pair(
    bitext: &Bilingual,
    pair: &Pair,
    named: &[(usize, Range<usize>)],
) -> Vec<([Rendering; 2], Features)> {
    let renderings = bitext.renderings(pair);
    let name = |link: &Rendering| named.iter().any(|(zh, en)| *zh == link.zh || en.contains(&link.en));
    let says = |link: &&Rendering| link.score >= FAINT && bitext.is_content(pair, link) && !name(link);
    let mut links: Vec<Rendering> = renderings.iter().filter(says).copied().collect();
    let plain = links.len();
    links.extend(named.iter().map(|(zh, en)| Rendering { zh: *zh, en: en.start, score: NAMED }));
    if links.len() > MANY {
        return Vec::new();
    }
    let verbs = [
        pair.zh.iter().map(|word| bitext.is_verb(word)).collect(),
        (0..pair.en.len()).map(|at| roles::is_english_verb(bitext, pair, renderings, at)).collect(),
    ];
    let sides = Sides { pair, verbs, links };
    let things = sides.things(bitext, plain);
    let mut found = Vec::new();
    let place = |thing: &Thing| bitext.is_place(&pair.zh[thing.link.zh]);
    for (at, one) in things.iter().enumerate() {
        let others = things[at + 1..].iter().filter(|other| place(one) == place(other));
        for other in others.filter(|other| sides.may_change(one, other)) {
            found.push(([one.link, other.link], sides.features(one, other)));
        }
    }
    found
}

impl<'a> Sides<'_, 'a> {
    fn words(&self, side: usize) -> &[Word<'a>] {
        [&self.pair.zh, &self.pair.en][side]
    }

    /// The things that both sides name; the links from `plain` on are of names.
    fn things(&self, bitext: &Bilingual, plain: usize) -> Vec<Thing> {
        let mut things: Vec<Thing> = Vec::new();
        for (at, link) in self.links.iter().enumerate() {
            let (zh, en) = (&self.pair.zh[link.zh], &self.pair.en[link.en]);
            let name = at >= plain;
            let kinds = if name { Kinds::ACTOR } else { roles::kinds(bitext, zh, en) };
            let timed = (kinds | lexicon::kinds(&en.stem()).0) & Kinds::TIME != 0;
            let verb = self.verbs[0][link.zh] || self.verbs[1][link.en];
            let thing = bitext.is_noun(zh) || bitext.is_name(zh) || en.is_capital();
            let value = zh.kind == TokenKind::Value || en.kind == TokenKind::Value;
            if timed || value || !name && (verb || !thing || negation::is_denial(&zh.text)) {
                continue;
            }
            let same = |thing: &&mut Thing| {
                !name
                    && !thing.name
                    && self.pair.zh[thing.link.zh].id == zh.id
                    && self.pair.en[thing.link.en].id == en.id
            };
            if let Some(known) = things.iter_mut().find(same) {
                known.links.push((link.zh, link.en));
                if link.score > known.link.score {
                    known.link = *link;
                }
                continue;
            }
            let all = |side: usize, own: usize| {
                let words = self.words(side);
                (0..words.len()).filter(|&at| at == own || !name && words[at].id == words[own].id).collect()
            };
            things.push(Thing {
                link: *link,
                links: vec![(link.zh, link.en)],
                places: [all(0, link.zh), all(1, link.en)],
                kinds,
                name,
            });
        }
        things
    }

    /// Whether two things may have changed places.
    fn may_change(&self, one: &Thing, other: &Thing) -> bool {
        let (zh, another) = (&self.pair.zh[one.link.zh], &self.pair.zh[other.link.zh]);
        let apart = |side: usize| one.places[side].iter().all(|place| !other.places[side].contains(place));
        let beside = one.links.iter().any(|(at, _)| other.links.iter().any(|(to, _)| at.abs_diff(*to) == 1));
        roles::are_alike(one.kinds, other.kinds)
            && one.link.score + other.link.score >= TOGETHER
            && (one.name && other.name
                || !zh.text.contains(&another.text) && !another.text.contains(&zh.text))
            && apart(0)
            && apart(1)
            && !beside
            && !self.joined(one, other)
    }

    /// Whether a joint alone parts two things: English and Chinese, 中文和英文, may be said in either order.
    fn joined(&self, one: &Thing, other: &Thing) -> bool {
        let (first, second) = (one.link.zh.min(other.link.zh), one.link.zh.max(other.link.zh));
        second - first == 2 && self.is_joint(0, &self.pair.zh[first + 1].text)
    }

    fn features(&self, one: &Thing, other: &Thing) -> Features {
        let mut sums = [0.0f32; FEATURES];
        for link in &self.links {
            let of = |thing: &Thing| thing.places[0].contains(&link.zh) || thing.places[1].contains(&link.en);
            if of(one) || of(other) {
                continue;
            }
            let at = [link.zh, link.en];
            let near = |thing: &Thing| [0, 1].map(|side| self.nearest(&thing.places[side], side, at[side]));
            let ([one_zh, one_en], [other_zh, other_en]) = (near(one), near(other));
            // a word of its phrase goes where the thing goes
            let within = |zh: usize, en: usize| self.touch(0, zh, link.zh) && self.touch(1, en, link.en);
            if within(one_zh, one_en) || within(other_zh, other_en) {
                continue;
            }
            let verb = self.verbs[0][link.zh] || self.verbs[1][link.en];
            let kind = usize::from(verb) + usize::from(verb && self.is_passive(link.en));
            for (zh, en, sign) in [
                (one_zh, one_en, 1.0),
                (other_zh, other_en, 1.0),
                (one_zh, other_en, -1.0),
                (other_zh, one_en, -1.0),
            ] {
                let lies = [self.lies(0, zh, link.zh), self.lies(1, en, link.en)];
                sums[(kind * LIES + lies[0]) * LIES + lies[1]] += sign;
            }
        }
        let share = 1.0 / (one.links.len() * other.links.len()) as f32;
        for (first, second) in
            one.links.iter().flat_map(|first| other.links.iter().map(move |to| (first, to)))
        {
            for (zh, en, sign) in [
                (first.0, first.1, share),
                (second.0, second.1, share),
                (first.0, second.1, -share),
                (second.0, first.1, -share),
            ] {
                sums[BROUGHT + self.brought(0, zh) * BRINGS + self.brought(1, en)] += sign;
                sums[FOLLOWED + self.followed(0, zh) * FOLLOWS + self.followed(1, en)] += sign;
            }
            let as_there = (first.0 < second.0) == (first.1 < second.1);
            let sign = if as_there { share } else { -share };
            self.between(*first, *second).into_iter().for_each(|at| sums[FIRST + at] += sign);
        }
        let kept = sums.iter().enumerate().filter(|(_, sum)| **sum != 0.0);
        kept.map(|(at, sum)| (at, sum.clamp(-MOST, MOST))).collect()
    }

    /// Which of the places of a thing is nearest to a word.
    fn nearest(&self, places: &[usize], side: usize, word: usize) -> usize {
        let words = self.words(side);
        let far = |at: usize| (words[at].clause.abs_diff(words[word].clause), at.abs_diff(word), at);
        places.iter().copied().min_by_key(|&at| far(at)).unwrap_or(word)
    }

    fn touch(&self, side: usize, one: usize, other: usize) -> bool {
        let words = self.words(side);
        words[one].clause == words[other].clause && one.abs_diff(other) <= 1
    }

    /// Where a thing lies to a word, of [`LIES`] places.
    fn lies(&self, side: usize, thing: usize, word: usize) -> usize {
        let words = self.words(side);
        let (own, its) = (words[thing].clause, words[word].clause);
        if own != its {
            return 8 + 2 * usize::from(own > its) + usize::from(own.abs_diff(its) > 1);
        }
        let steps = match thing.abs_diff(word) {
            0 | 1 => 0,
            2 => 1,
            3 | 4 => 2,
            _ => 3,
        };
        4 * usize::from(thing > word) + steps
    }

    /// What brings in a thing, of [`BRINGS`].
    fn brought(&self, side: usize, at: usize) -> usize {
        let words = self.words(side);
        let before = (0..at).rev().take_while(|&place| words[place].clause == words[at].clause);
        let mut steps = 0;
        for place in before.take(REACH[side]) {
            steps += 1;
            let word = &*words[place].text;
            match word {
                "of" => return 8,
                _ if self.is_joint(side, word) => return 7,
                _ if words!("relative pronoun", en).contains(&word) => return 9,
                _ => {}
            }
            match roles::marker(word, side == 0) {
                Some(Marker::Role(role)) => return role as usize,
                Some(Marker::Circumstance) => return 6,
                None if self.verbs[side][place] => return 10,
                None => {}
            }
        }
        11 + usize::from(steps == REACH[side])
    }

    fn is_joint(&self, side: usize, word: &str) -> bool {
        match side {
            0 => words!("joint", zh).contains(&word),
            _ => words!("joint", en).contains(&word),
        }
    }

    /// What follows a thing, of [`FOLLOWS`].
    fn followed(&self, side: usize, at: usize) -> usize {
        let words = self.words(side);
        let owns = ["'s", "’s", "s'", "s’"].iter().any(|end| words[at].text.ends_with(end));
        if side == 1 && owns {
            return 1;
        }
        let Some(next) = words.get(at + 1).filter(|next| next.clause == words[at].clause) else { return 0 };
        match &*next.text {
            "的" | "之" => 1,
            "of" => 4,
            word if self.is_joint(side, word) => 2,
            word if words!("relative pronoun", en).contains(&word) => 5,
            _ if self.verbs[side][at + 1] => 3,
            _ => 0,
        }
    }

    fn is_passive(&self, en: usize) -> bool {
        let words = &self.pair.en;
        let participle = words[en].text.ends_with("ed") || PARTICIPLES.contains(&*words[en].text);
        let be =
            |at: usize| words[at].clause == words[en].clause && words!("be", en).contains(&&*words[at].text);
        self.verbs[1][en] && participle && (en.saturating_sub(AUXILIARY)..en).any(be)
    }

    /// What lies between two things and may turn their order: two of [`ORDERS`].
    fn between(&self, one: (usize, usize), other: (usize, usize)) -> [usize; 2] {
        let (zh, en) = (&self.pair.zh, &self.pair.en);
        let [zh_low, zh_high] = [one.0.min(other.0), one.0.max(other.0)];
        let [en_low, en_high] = [one.1.min(other.1), one.1.max(other.1)];
        let clauses = 2 * usize::from(zh[one.0].clause != zh[other.0].clause)
            + usize::from(en[one.1].clause != en[other.1].clause);
        let role = |word: &Word, chinese: bool| match roles::marker(&word.text, chinese) {
            Some(Marker::Role(role)) => Some(role),
            _ => None,
        };
        let passive = (en_low..=en_high).any(|at| self.is_passive(at));
        let acted = zh[zh_low..zh_high].iter().any(|word| role(word, true) == Some(roles::Role::Actor));
        let turns = en[en_low..en_high].iter().any(|word| {
            use roles::Role::{Actor, Source, Standard};
            &*word.text == "of" || matches!(role(word, false), Some(Actor | Source | Standard))
        });
        let inside = &en[en_low + 1..en_high];
        let relative = inside.iter().any(|word| words!("relative pronoun", en).contains(&&*word.text));
        let of = zh[zh_low + 1..zh_high].iter().any(|word| &*word.text == "的");
        [
            clauses * 4 + 2 * usize::from(passive) + usize::from(acted),
            16 + clauses * 8 + 4 * usize::from(turns) + 2 * usize::from(relative) + usize::from(of),
        ]
    }
}
