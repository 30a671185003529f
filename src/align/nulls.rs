//! Asks of every unit whether it has a counterpart at all: a missing sentence must not hide inside a 1:2 link.
//!
//! A path with one score for all null links swallows omissions, for it is cheaper to let a neighbour carry two
//! sentences than to leave one alone. So every member of every link is tested against what the rest of the link
//! explains already; a logistic model turns these features into odds, and the odds into the null score of that
//! very unit, with which the path is searched once more.

use std::ops::Range;

use rayon::prelude::*;

use super::beads::{Bead, Nulls, NullsOf};
use super::evidence::Rendering;
use super::score::Model;
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

/// What `make` makes of the features of every unit of both sides, given a path.
pub(crate) fn of_units<T: Send>(
    model: &Model,
    norm: &Norm,
    margins: NullsOf,
    beads: &[Bead],
    make: impl Fn(Features) -> T + Sync,
) -> (Vec<T>, Vec<T>) {
    let of_bead = |(mut sources, mut targets): (Vec<T>, Vec<T>), at: usize| {
        let bead = &beads[at];
        let linked = |bead: &&Bead| !bead.is_null();
        let before = beads[at.saturating_sub(NEAR)..at].iter().rev().find(linked);
        let after = beads[at + 1..].iter().take(NEAR).find(linked);
        let of_source = |unit| of_source(model, norm, margins.source[unit], bead, unit, before, after);
        let of_target = |unit| of_target(model, norm, margins.target[unit], bead, unit, before, after);
        sources.extend(bead.source.clone().map(|unit| make(of_source(unit))));
        targets.extend(bead.target.clone().map(|unit| make(of_target(unit))));
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
    pub(crate) fn of(rates: [Vec<f32>; 2]) -> Norm {
        let [forward, backward] = rates.map(|mut rates| {
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
pub(crate) fn rates(model: &Model, beads: &[Bead]) -> [Vec<f32>; 2] {
    let mut rates: [Vec<f32>; 2] = [Vec::new(), Vec::new()];
    for bead in beads.iter().filter(|bead| bead.source.len() == 1 && bead.target.len() == 1) {
        let (source, target) = (bead.source.clone(), bead.target.clone());
        let words = (model.source.span(&source).len() as f32, model.target.span(&target).len() as f32);
        let forward = model.target_given_source(source.clone(), target.clone());
        rates[0].push(forward / words.1.max(1.0).sqrt());
        rates[1].push(model.source_given_target(source, target) / words.0.max(1.0).sqrt());
    }
    rates
}

fn of_source(
    model: &Model,
    norm: &Norm,
    margin: f32,
    bead: &Bead,
    unit: usize,
    before: Option<&Bead>,
    after: Option<&Bead>,
) -> Features {
    let words = model.source.tokens(unit).len() as f32;
    let one = unit..unit + 1;
    // a unit that the path left alone is tested against the better of its neighbours
    let (targets, members) = if bead.target.is_empty() {
        let neighbours = [before, after].into_iter().flatten();
        let near = neighbours.max_by(|a, b| {
            let cover = |bead: &Bead| model.source_given_target(one.clone(), bead.target.clone());
            cover(a).total_cmp(&cover(b))
        });
        match near {
            Some(near) => (near.target.clone(), near.source.start.min(unit)..near.source.end.max(unit + 1)),
            None => return alone(words, margin),
        }
    } else {
        (bead.target.clone(), bead.source.clone())
    };
    let others = || members.clone().filter(|&other| other != unit);
    let span: Vec<_> = members.clone().flat_map(|unit| model.source.tokens(unit)).copied().collect();
    let rest: Vec<_> = others().flat_map(|unit| model.source.tokens(unit)).copied().collect();
    let to = model.target.span(&targets);
    let with = model.target_words(&span, to);
    let without = if rest.is_empty() { 0.0 } else { model.target_words(&rest, to) };
    let own = model.source.tokens(unit);
    let cover = model.source_words(to, own);
    let length = |range: Range<usize>| model.source.letters(&range) * model.ratio;
    let target_length = model.target.letters(&targets);
    let all = length(members.clone());
    let less = all - length(one.clone());
    let elsewhere = [before, after]
        .into_iter()
        .flatten()
        .filter(|near| near.target != targets)
        .map(|near| model.source_words(model.target.span(&near.target), own))
        .fold(f32::NEG_INFINITY, f32::max);
    assemble(
        words,
        (with - without) / (to.len() as f32).max(1.0).sqrt() / norm.gain[0],
        cover / words.max(1.0).sqrt() / norm.cover[0],
        (model.deviation(all, target_length), model.deviation(less, target_length)),
        (elsewhere - cover) / words.max(1.0).sqrt() / norm.cover[0],
        (members.len(), targets.len()),
        Extra {
            delta: (with - without + cover)
                / (words + to.len() as f32).max(1.0).sqrt()
                / (norm.gain[0] + norm.cover[0]),
            covered: covered(own, to, &model.table.forward, model.source_unigram),
            margin,
            claimed: claimed(own, &rest, to, &model.table.forward, model.source_unigram),
            meant: meant(
                model.margin(members.clone(), targets.clone()),
                model.margin(others(), targets.clone()),
                model.margin(one.clone(), targets.clone()),
                [before, after]
                    .into_iter()
                    .flatten()
                    .filter(|near| near.target != targets)
                    .filter_map(|near| model.margin(one.clone(), near.target.clone())),
            ),
        },
    )
}

fn of_target(
    model: &Model,
    norm: &Norm,
    margin: f32,
    bead: &Bead,
    unit: usize,
    before: Option<&Bead>,
    after: Option<&Bead>,
) -> Features {
    let words = model.target.tokens(unit).len() as f32;
    let one = unit..unit + 1;
    let (sources, members) = if bead.source.is_empty() {
        let neighbours = [before, after].into_iter().flatten();
        let near = neighbours.max_by(|a, b| {
            let cover = |bead: &Bead| model.target_given_source(bead.source.clone(), one.clone());
            cover(a).total_cmp(&cover(b))
        });
        match near {
            Some(near) => (near.source.clone(), near.target.start.min(unit)..near.target.end.max(unit + 1)),
            None => return alone(words, margin),
        }
    } else {
        (bead.source.clone(), bead.target.clone())
    };
    let span: Vec<_> = members.clone().flat_map(|unit| model.target.tokens(unit)).copied().collect();
    let others = || members.clone().filter(|&other| other != unit);
    let rest: Vec<_> = others().flat_map(|unit| model.target.tokens(unit)).copied().collect();
    let to = model.source.span(&sources);
    let with = model.source_words(&span, to);
    let without = if rest.is_empty() { 0.0 } else { model.source_words(&rest, to) };
    let own = model.target.tokens(unit);
    let cover = model.target_words(to, own);
    let length = |range: Range<usize>| model.target.letters(&range);
    let source_length = model.source.letters(&sources) * model.ratio;
    let all = length(members.clone());
    let less = all - length(one.clone());
    let elsewhere = [before, after]
        .into_iter()
        .flatten()
        .filter(|near| near.source != sources)
        .map(|near| model.target_words(model.source.span(&near.source), own))
        .fold(f32::NEG_INFINITY, f32::max);
    assemble(
        words,
        (with - without) / (to.len() as f32).max(1.0).sqrt() / norm.gain[1],
        cover / words.max(1.0).sqrt() / norm.cover[1],
        (model.deviation(all, source_length), model.deviation(less, source_length)),
        (elsewhere - cover) / words.max(1.0).sqrt() / norm.cover[1],
        (members.len(), sources.len()),
        Extra {
            delta: (with - without + cover)
                / (words + to.len() as f32).max(1.0).sqrt()
                / (norm.gain[1] + norm.cover[1]),
            covered: covered(own, to, &model.table.backward, model.target_unigram),
            margin,
            claimed: claimed(own, &rest, to, &model.table.backward, model.target_unigram),
            meant: meant(
                model.margin(sources.clone(), members.clone()),
                model.margin(sources.clone(), others()),
                model.margin(sources.clone(), one.clone()),
                [before, after]
                    .into_iter()
                    .flatten()
                    .filter(|near| near.source != sources)
                    .filter_map(|near| model.margin(near.source.clone(), one.clone())),
            ),
        },
    )
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

/// The renderings of a word that are among `others`, which ascend, and where each stands there.
fn common<'t>(row: &'t [Rendering], others: &'t [TypeId]) -> impl Iterator<Item = (usize, &'t Rendering)> {
    let mut rest = 0;
    row.iter().filter_map(move |pair| {
        rest += others[rest..].partition_point(|&other| other < pair.id);
        (others.get(rest) == Some(&pair.id)).then_some((rest, pair))
    })
}

/// The types of some words, ascending.
fn types(words: &[TypeId]) -> Vec<TypeId> {
    let mut types = words.to_vec();
    types.sort_unstable();
    types.dedup();
    types
}

/// The share of words, each weighed by how rare it is, that may render one of the others.
fn covered(own: &[TypeId], others: &[TypeId], table: &[Vec<Rendering>], unigram: &[f32]) -> f32 {
    let others = types(others);
    let (mut all, mut found) = (0.0, 0.0);
    for &word in own {
        let weight = -unigram[word as usize].ln();
        all += weight;
        if common(&table[word as usize], &others).any(|(_, pair)| pair.there.max(pair.back) > 0.03) {
            found += weight;
        }
    }
    if all > 0.0 { found / all } else { 0.0 }
}

/// The share of words, each weighed by how rare it is, that render a word of the other side which no word of the
/// `rest` of the link renders better.
fn claimed(
    own: &[TypeId],
    rest: &[TypeId],
    others: &[TypeId],
    table: &[Vec<Rendering>],
    unigram: &[f32],
) -> f32 {
    let others = types(others);
    let likeness = |pair: &Rendering| (pair.there * pair.back).sqrt();
    let mut theirs = vec![0.0f32; others.len()];
    for word in types(rest) {
        for (at, pair) in common(&table[word as usize], &others) {
            theirs[at] = theirs[at].max(likeness(pair));
        }
    }
    let (mut all, mut found) = (0.0, 0.0);
    for &word in own {
        let weight = -unigram[word as usize].ln();
        let shares = common(&table[word as usize], &others)
            .map(|(at, pair)| (likeness(pair), theirs[at]))
            .filter(|&(mine, _)| mine > 0.03)
            .map(|(mine, theirs)| mine / (mine + theirs));
        all += weight;
        found += weight * shares.fold(0.0, f32::max);
    }
    if all > 0.0 { found / all } else { 0.0 }
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
