//! Asks of every unit whether it has a counterpart at all: a missing sentence must not hide inside a 1:2 link.
//!
//! A path with one score for all null links swallows omissions, for it is cheaper to let a neighbour carry two
//! sentences than to leave one alone. So every member of every link is tested against what the rest of the link
//! explains already; a logistic model turns these features into odds, and the odds into the null score of that
//! very unit, with which the path is searched once more.

use std::ops::Range;

use rayon::prelude::*;

use super::beads::{Bead, Nulls, NullsOf};
use super::evidence::{Rendering, Rows};
use super::score::{BothWays, Model};
use super::tokens::TypeId;

/// How many features a unit has.
pub const FEATURES: usize = WORDS + SENSES;
/// Those of words, lengths and order.
const WORDS: usize = 16;
/// Those of what is meant; all 0 where the encoder was not asked.
const SENSES: usize = 4;

/// What is known of one unit against its link.
pub type Features = [f32; FEATURES];

/// What each feature is worth for standing alone, in log odds, and, last, the bias.
pub type Weights = [f32; FEATURES + 1];

/// The weights in use; made by `cargo run --profile quick --example train`.
pub const WEIGHTS: Weights = include!("nulls.weights");

/// The same where the encoder was asked.
pub const SEEN: Weights = include!("nulls.seen.weights");

/// The share of units without a counterpart in the texts that the weights were trained on.
const TRAINED_RATE: f32 = 0.03;

/// The null score of a unit that stands alone as likely as not, less the prior of a null link.
const EVEN: f32 = 3.0;

/// How much of what the path loses by it is made good to a unit that certainly stands alone: the odds have weighed
/// that loss already.
const YIELD: f32 = 0.8;

/// What `make` makes of the features of every unit of both sides, given a path and what the words of its links say.
pub(crate) fn of_units<T: Send>(
    model: &Model,
    norm: &Norm,
    margins: NullsOf,
    beads: &[Bead],
    said: &[BothWays],
    make: impl Fn(Features) -> T + Sync,
) -> (Vec<T>, Vec<T>) {
    let of_bead = |(mut sources, mut targets): (Vec<T>, Vec<T>), at: usize| {
        let bead = &beads[at];
        let linked = |bead: &&Bead| !bead.is_null();
        let before = beads[at.saturating_sub(NEAR)..at].iter().rev().find(linked);
        let after = beads[at + 1..].iter().take(NEAR).find(linked);
        let near = [before, after];
        let of = |side| Facing { model, norm, side };
        of(SOURCE).each(bead, said[at], near, margins.source, |features| sources.push(make(features)));
        of(TARGET).each(bead, said[at], near, margins.target, |features| targets.push(make(features)));
        (sources, targets)
    };
    let none = || (Vec::new(), Vec::new());
    // the links of a path tile both sides in order, and so do what is made of some of them and of those behind them
    (0..beads.len()).into_par_iter().with_min_len(AT_ONCE).fold(none, of_bead).reduce(
        none,
        |mut some, more| {
            some.0.extend(more.0);
            some.1.extend(more.1);
            some
        },
    )
}

/// As many links at least are looked at in one go.
const AT_ONCE: usize = 16;

/// How many links away a neighbour may be to be asked whether it accounts for a unit.
const NEAR: usize = 8;

/// What the solid links of this bitext show, by which rates are divided.
pub(crate) struct Norm {
    /// ln P(other | unit) per root of words, the median over 1:1 links.
    pub(crate) gain: [f32; 2],
    /// ln P(unit | other) per root of words, the median over 1:1 links.
    cover: [f32; 2],
    /// How far the words of this bitext are understood, from 0 to 1.
    known: f32,
}

/// A bitext is understood when its solid links gain so many nats per root of words.
const UNDERSTOOD: f32 = 0.9;
/// The log odds that a unit stands alone where no word is understood: then lengths and order decide.
const UNKNOWN: f32 = -6.0;

impl Norm {
    /// By the rates of the 1:1 links of all paths; see [`rates`].
    pub(crate) fn of(rates: &[BothWays]) -> Norm {
        let [forward, backward] = [0, 1].map(|way| {
            let mut rates: Vec<f32> = rates.iter().map(|rates| rates[way]).collect();
            rates.sort_by(f32::total_cmp);
            rates.get(rates.len() / 2).copied().unwrap_or(2.0)
        });
        let known = (forward.min(backward) / UNDERSTOOD).clamp(0.0, 1.0);
        let [forward, backward] = [forward, backward].map(|rate| rate.max(0.5));
        Norm { gain: [forward, backward], cover: [backward, forward], known }
    }
}

/// How much the two units of each 1:1 link of a path gain by each other, per root of words: ln P(target | source), and
/// ln P(source | target).
pub(crate) fn rates(model: &Model, beads: &[Bead], said: &[BothWays]) -> Vec<BothWays> {
    let pairs = beads.iter().zip(said).filter(|(bead, _)| bead.source.len() == 1 && bead.target.len() == 1);
    let rate = |(bead, [forward, backward]): (&Bead, &BothWays)| {
        let words =
            (model.source.span(&bead.source).len() as f32, model.target.span(&bead.target).len() as f32);
        [forward / words.1.max(1.0).sqrt(), backward / words.0.max(1.0).sqrt()]
    };
    pairs.map(rate).collect()
}

/// The sides, as [`Facing`] numbers them.
const SOURCE: usize = 0;
const TARGET: usize = 1;

/// The units of one side as they face those of the other.
#[derive(Clone, Copy)]
struct Facing<'m> {
    model: &'m Model<'m>,
    norm: &'m Norm,
    side: usize,
}

impl<'m> Facing<'m> {
    /// The units of a link on this side and on the other.
    fn sides(self, bead: &Bead) -> (&Range<usize>, &Range<usize>) {
        if self.side == SOURCE { (&bead.source, &bead.target) } else { (&bead.target, &bead.source) }
    }

    /// The words of consecutive units of this side.
    fn own(self, units: &Range<usize>) -> &'m [TypeId] {
        if self.side == SOURCE { self.model.source.span(units) } else { self.model.target.span(units) }
    }

    /// The words of consecutive units of the other side.
    fn other(self, units: &Range<usize>) -> &'m [TypeId] {
        if self.side == SOURCE { self.model.target.span(units) } else { self.model.source.span(units) }
    }

    /// ln P(words of the other side | words of this one), against chance.
    fn gain(self, own: &[TypeId], other: &[TypeId]) -> f32 {
        if self.side == SOURCE {
            self.model.target_words(own, other)
        } else {
            self.model.source_words(own, other)
        }
    }

    /// ln P(words of this side | words of the other), against chance.
    fn cover(self, other: &[TypeId], own: &[TypeId]) -> f32 {
        if self.side == SOURCE {
            self.model.source_words(other, own)
        } else {
            self.model.target_words(other, own)
        }
    }

    /// By how much units of this side are nearer in what they mean to some of the other than to what is near anyway;
    /// nothing where the encoder was not asked.
    fn margin(self, own: impl Iterator<Item = usize>, other: &Range<usize>) -> Option<f32> {
        if self.side == SOURCE {
            self.model.margin(own, other.clone())
        } else {
            self.model.margin(other.clone(), own)
        }
    }

    /// How long units of this side and of the other are, in target letters.
    fn lengths(self, own: &Range<usize>, other: &Range<usize>) -> (f64, f64) {
        let source = |units| self.model.source.letters(units) * self.model.ratio;
        let target = |units| self.model.target.letters(units);
        if self.side == SOURCE { (source(own), target(other)) } else { (target(own), source(other)) }
    }

    /// Gives `take` the features of each unit that a link has on this side; `said` is what the words of the link say,
    /// and `near` are the links beside it.
    fn each(
        self,
        bead: &Bead,
        said: BothWays,
        near: [Option<&Bead>; 2],
        margins: &[f32],
        mut take: impl FnMut(Features),
    ) {
        let (units, others) = self.sides(bead);
        if !others.is_empty() {
            // what the words of the link say the way that this side gains, and the way that it is covered
            let (gain, cover) = (said[self.side], said[1 - self.side]);
            let types = types(self.other(others));
            for unit in units.clone() {
                let cover = (units.len() == 1).then_some(cover);
                take(self.features(unit, (units, others), &types, (gain, cover), near, margins[unit]));
            }
            return;
        }
        for unit in units.clone() {
            // a unit that the path left alone is tested against the better of its neighbours
            let own = self.own(&(unit..unit + 1));
            let better = near
                .into_iter()
                .flatten()
                .map(|near| (near, self.cover(self.other(self.sides(near).1), own)));
            let Some((near_by, cover)) = better.max_by(|a, b| a.1.total_cmp(&b.1)) else {
                take(alone(own.len() as f32, margins[unit]));
                continue;
            };
            let (members, others) = self.sides(near_by);
            let members = members.start.min(unit)..members.end.max(unit + 1);
            let to = self.other(others);
            let gain = self.gain(self.own(&members), to);
            let known = (gain, Some(cover));
            take(self.features(unit, (&members, others), &types(to), known, near, margins[unit]));
        }
    }

    /// The features of one of the `members` of a link against the `others` of the other side, whose `types` ascend: of
    /// the link it is known what it gains and, perhaps, how far its unit is covered.
    fn features(
        self,
        unit: usize,
        (members, others): (&Range<usize>, &Range<usize>),
        types: &[TypeId],
        (with, cover): (f32, Option<f32>),
        near: [Option<&Bead>; 2],
        margin: f32,
    ) -> Features {
        let (model, norm) = (self.model, self.norm);
        let one = unit..unit + 1;
        let (own, to) = (self.own(&one), self.other(others));
        let words = own.len() as f32;
        let rest = [self.own(&(members.start..unit)), self.own(&(unit + 1..members.end))].concat();
        let without = if rest.is_empty() { 0.0 } else { self.gain(&rest, to) };
        let cover = cover.unwrap_or_else(|| self.cover(to, own));
        let (all, other_length) = self.lengths(members, others);
        let less = all - self.lengths(&one, others).0;
        let elsewhere = near
            .into_iter()
            .flatten()
            .map(|near| self.sides(near).1)
            .filter(|near| *near != others)
            .map(|near| self.cover(self.other(near), own))
            .fold(f32::NEG_INFINITY, f32::max);
        let (gain, covers) = (norm.gain[self.side], norm.cover[self.side]);
        let (table, unigram) = match self.side {
            SOURCE => (&model.table.forward, model.source_unigram),
            _ => (&model.table.backward, model.target_unigram),
        };
        let (covered, claimed) = rendered(own, &rest, types, table, unigram);
        assemble(
            words,
            (with - without) / (to.len() as f32).max(1.0).sqrt() / gain,
            cover / words.max(1.0).sqrt() / covers,
            (model.deviation(all, other_length), model.deviation(less, other_length)),
            (elsewhere - cover) / words.max(1.0).sqrt() / covers,
            (members.len(), others.len()),
            Extra {
                delta: (with - without + cover) / (words + to.len() as f32).max(1.0).sqrt() / (gain + covers),
                covered,
                margin,
                claimed,
                meant: meant(
                    self.margin(members.clone(), others),
                    self.margin(members.clone().filter(|&other| other != unit), others),
                    self.margin(one.clone(), others),
                    near.into_iter()
                        .flatten()
                        .map(|near| self.sides(near).1)
                        .filter(|near| *near != others)
                        .filter_map(|near| self.margin(one.clone(), near)),
                ),
            },
        )
    }
}

fn alone(words: f32, margin: f32) -> Features {
    let extra = Extra { delta: -1.0, covered: 0.0, margin, claimed: 0.0, meant: [0.0; SENSES] };
    assemble(words, -1.0, -1.0, (0.0, 0.0), 0.0, (1, 0), extra)
}

fn assemble(
    words: f32,
    gain: f32,
    cover: f32,
    deviations: (f32, f32),
    elsewhere: f32,
    (members, others): (usize, usize),
    extra: Extra,
) -> Features {
    let elsewhere = if elsewhere.is_finite() { elsewhere } else { -1.0 };
    let (with, without) = (deviations.0.clamp(-6.0, 6.0), deviations.1.clamp(-6.0, 6.0));
    let many = members > 1;
    let words = [
        gain.clamp(-2.0, 2.0),
        cover.clamp(-2.0, 2.0),
        if many { without.abs() - with.abs() } else { 0.0 },
        if many { with.max(0.0) } else { with.abs() },
        elsewhere.clamp(-2.0, 2.0),
        (1.0 + words).ln(),
        f32::from(many),
        f32::from(many) * gain.clamp(-2.0, 2.0),
        f32::from(others > 1),
        gain.clamp(-2.0, 2.0) * (1.0 + words).ln(),
        extra.delta.clamp(-2.0, 2.0),
        extra.covered,
        f32::from(many) * extra.delta.clamp(-2.0, 2.0),
        (extra.margin / 10.0).clamp(-2.0, 2.0),
        extra.claimed,
        (extra.margin / 10.0).clamp(-2.0, 2.0) / (1.0 + words).ln().max(0.7),
    ];
    let mut features = [0.0; FEATURES];
    let (of_words, of_senses) = features.split_at_mut(WORDS);
    of_words.copy_from_slice(&words);
    of_senses.copy_from_slice(&extra.meant);
    features
}

/// What the encoder says of a unit: by how much its link is nearer with it than without it, how near it is alone, by how
/// much it is nearer to what the neighbours are linked with, and how near it is alone where it has company; each four
/// times, to be as large as the other features. All 0 where the encoder was not asked.
fn meant(
    all: Option<f32>,
    rest: Option<f32>,
    one: Option<f32>,
    elsewhere: impl Iterator<Item = f32>,
) -> [f32; SENSES] {
    let (Some(all), Some(one)) = (all, one) else { return [0.0; SENSES] };
    let elsewhere = elsewhere.fold(NOWHERE, f32::max);
    let company = rest.map_or([0.0; 2], |rest| [all - rest, one]);
    [company[0], one, elsewhere - one, company[1]].map(|margin| 4.0 * margin)
}

/// A margin that no two units fall below.
const NOWHERE: f32 = -0.5;

struct Extra {
    delta: f32,
    covered: f32,
    margin: f32,
    claimed: f32,
    meant: [f32; SENSES],
}

/// The renderings of a word that are among `others`, which ascend, and where each stands there. A link has few words,
/// whereas a word of a long text may have thousands of renderings.
fn common<'t>(row: &'t [Rendering], others: &'t [TypeId]) -> impl Iterator<Item = (usize, Rendering)> + 't {
    // both ascend, so what is behind one of the others is behind the next as well
    let mut rest = row;
    others.iter().enumerate().filter_map(move |(at, &other)| {
        // a row as short as the others is walked
        let behind = match rest.len() <= others.len() {
            true => rest.iter().position(|pair| pair.id >= other).unwrap_or(rest.len()),
            false => rest.partition_point(|pair| pair.id < other),
        };
        rest = &rest[behind..];
        rest.first().filter(|pair| pair.id == other).map(|pair| (at, *pair))
    })
}

/// The types of some words, ascending.
fn types(words: &[TypeId]) -> Vec<TypeId> {
    let mut types = words.to_vec();
    types.sort_unstable();
    types.dedup();
    types
}

/// The shares of words, each weighed by how rare it is, that may render one of the `others`, which ascend, and that
/// render one which no word of the `rest` of the link renders better.
fn rendered(own: &[TypeId], rest: &[TypeId], others: &[TypeId], table: &Rows, unigram: &[f32]) -> (f32, f32) {
    /// Less likely renderings are none.
    const LEAST: f32 = 0.03;
    let likeness = |pair: &Rendering| (pair.there * pair.back).sqrt();
    let mut theirs = vec![0.0f32; if rest.is_empty() { 0 } else { others.len() }];
    for word in types(rest) {
        for (at, pair) in common(&table[word as usize], others) {
            theirs[at] = theirs[at].max(likeness(&pair));
        }
    }
    let (mut all, mut covered, mut claimed) = (0.0, 0.0, 0.0);
    for &word in own {
        let weight = -unigram[word as usize].ln();
        let (mut may, mut share) = (false, 0.0f32);
        for (at, pair) in common(&table[word as usize], others) {
            may |= pair.there.max(pair.back) > LEAST;
            let mine = likeness(&pair);
            if mine > LEAST {
                share = share.max(mine / (mine + theirs.get(at).copied().unwrap_or_default()));
            }
        }
        all += weight;
        covered += if may { weight } else { 0.0 };
        claimed += weight * share;
    }
    if all > 0.0 { (covered / all, claimed / all) } else { (0.0, 0.0) }
}

/// The log odds that a unit stands alone, at the rate of omissions of the texts that were learnt from.
///
/// Where the words are not understood, that nothing explains a unit says nothing of it.
pub(crate) fn odds(unit: &Features, norm: &Norm, weights: &Weights) -> f32 {
    norm.known * log_odds(unit, weights) + (1.0 - norm.known) * UNKNOWN
}

/// The null scores of all units, by the odds that they stand alone and by what the path loses when they do.
pub(crate) fn scores(odds: &Nulls, margins: &Nulls) -> Nulls {
    let score = |(&odds, &margin): (&f32, &f32)| {
        (odds + EVEN + YIELD * margin.clamp(0.0, 20.0) / (1.0 + (-odds).exp())).max(-4.0)
    };
    let side = |odds: &[f32], margins: &[f32]| odds.iter().zip(margins).map(score).collect();
    Nulls { source: side(&odds.source, &margins.source), target: side(&odds.target, &margins.target) }
}

fn log_odds(features: &Features, weights: &Weights) -> f32 {
    let bias = weights[FEATURES];
    bias + features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum::<f32>()
}

/// By how much the odds of all units, which are to be had as often as they are asked for, rise or fall so that they
/// agree with the rate that they imply themselves (expectation maximisation over the prior alone; Saerens et al. 2002).
pub(crate) fn rate_shift<'n, O: Iterator<Item = &'n f32>>(odds: impl Fn() -> O) -> f32 {
    let logit = |rate: f32| (rate / (1.0 - rate)).ln();
    let mut rate = TRAINED_RATE;
    let count = odds().count();
    for _ in 0..20 {
        let shift = logit(rate) - logit(TRAINED_RATE);
        let sum: f32 = odds().map(|odds| 1.0 / (1.0 + (-(odds + shift)).exp())).sum();
        // as if a few hundred units of ordinary text had been seen before
        rate = ((sum + 200.0 * TRAINED_RATE * 0.3) / (count as f32 + 200.0)).clamp(0.001, 0.3);
    }
    logit(rate) - logit(TRAINED_RATE)
}
