//! Finds what stands in another order: the path is monotone, so crossings hide in it as bad or null links.
//!
//! Two searches, both against the score of the path as it is: neighbours that changed places, and units far from
//! each other that say the same while neither has a better partner where it stands.

use std::ops::Range;

use super::anchors;
use super::beads::{Bead, NullsOf};
use super::nulls::Norm;
use super::score::{BothWays, Model, Null, Shapes, WIDEST};

/// A link that need not be on a monotone path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Arc {
    pub(crate) bead: Bead,
    /// Whether it would have to move to restore the order of the others.
    pub(crate) moved: bool,
    /// How sure it is, from 0 to 1.
    pub(crate) score: f64,
}

/// What a crossing must score above the straight reading, in nats.
pub(crate) const CROSSING: f32 = 5.0;
/// What a pair far from the path must score above what its units have where they stand, in nats.
const FAR: f32 = 12.0;
/// The same where none of them has more than a poor partner there.
const FREED: f32 = 3.0;
/// What the words of two units that both are without a good partner must say for one another, in nats.
const ALONE: f32 = 3.0;
/// What the words of two spans must say for one another to pass for a rendering at all, in nats.
pub(crate) const RENDERING: f32 = 2.0;
/// And what share of the normal evidence of this bitext that must be.
const FREE: f32 = 0.5;
/// More pairs of units without a good partner than this are not looked at one by one.
const MANY: usize = 40_000;
/// A link with less than this share of the median evidence of the bitext is one for want of a better.
const POOR: f32 = 0.6;
/// A link with this share of the median evidence of the bitext is taken as it is.
const SOLID: f32 = 0.7;
/// The most units of one side that are tried for having changed places.
const WINDOW: usize = 6;

/// The links of the path, with those that cross untangled; `said` is what the words of each link say.
pub(crate) fn untangle<'a>(
    model: Model<'a>,
    norm: &'a Norm,
    shapes: &'a Shapes,
    alone: Alone<'a>,
    beads: Vec<Bead>,
    said: &[BothWays],
) -> impl Iterator<Item = Arc> + use<'a> {
    let mut known = vec![None; model.source.len()];
    for (bead, said) in beads.iter().zip(said).filter(|(bead, _)| !bead.is_null()) {
        let size = (bead.source.len() as u8, bead.target.len() as u8);
        let said = model.mean(*said);
        known[bead.source.start] = Some(Known { target: bead.target.start as u32, size, said });
    }
    let judge = Judge { model, norm, shapes, alone, known };
    let beads = far(&judge, beads);
    let beads = near(&judge, beads);
    mark(judge, beads)
}

/// What is known of units standing alone: what that scores, and the log odds of it.
#[derive(Clone, Copy)]
pub(crate) struct Alone<'a> {
    pub(crate) nulls: NullsOf<'a>,
    pub(crate) odds: NullsOf<'a>,
}

struct Judge<'a> {
    model: Model<'a>,
    norm: &'a Norm,
    shapes: &'a Shapes,
    alone: Alone<'a>,
    /// For each source unit the link of the path that begins with it.
    known: Vec<Option<Known>>,
}

/// A link of the path of which it is known what its words say.
#[derive(Clone)]
struct Known {
    /// Its first target unit.
    target: u32,
    /// How many units it has on both sides, at most [`WIDEST`].
    size: (u8, u8),
    said: f32,
}

impl Judge<'_> {
    /// What the words of two spans say for one another, in nats.
    fn lexical(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        match self.known.get(source.start) {
            Some(Some(Known { target: first, size: (m, n), said }))
                if (*first as usize, usize::from(*m), usize::from(*n))
                    == (target.start, source.len(), target.len()) =>
            {
                *said
            }
            _ => self.model.lexical(source.clone(), target.clone()),
        }
    }

    /// What a link adds to the score of a path.
    fn value(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let alone = |units: &Range<usize>, nulls: &[f32]| -> f32 {
            let Null { first, next } = self.shapes.null;
            let own: f32 = nulls[units.clone()].iter().map(|null| null.max(0.0)).sum();
            first + next * (units.len() as f32 - 1.0) + own
        };
        if target.is_empty() {
            return alone(source, self.alone.nulls.source);
        }
        if source.is_empty() {
            return alone(target, self.alone.nulls.target);
        }
        let prior = match (source.len(), target.len()) {
            (m, n) if m.max(n) <= WIDEST => self.shapes.log_prior(m, n),
            _ => f32::NEG_INFINITY,
        };
        if prior == f32::NEG_INFINITY {
            return f32::NEG_INFINITY;
        }
        prior + self.model.score(self.lexical(source, target), source.clone(), target.clone())
    }

    /// Whether a link is so good, by the measure of this bitext, that nothing can hide in it.
    fn solid(&self, bead: &Bead) -> bool {
        if bead.is_null() || bead.source.len() > 1 && bead.target.len() > 1 {
            return false;
        }
        let normal = self.normal(&bead.source, &bead.target);
        self.lexical(&bead.source, &bead.target) > SOLID * normal
    }

    /// Whether what a link joins goes together at all, by the measure of this bitext.
    fn good(&self, bead: &Bead) -> bool {
        !bead.is_null()
            && self.lexical(&bead.source, &bead.target) > POOR * self.normal(&bead.source, &bead.target)
    }

    /// What the words of two units must say for one another that are without a good partner, in nats; `both` where
    /// they have none.
    fn least(&self, i: usize, j: usize, both: bool) -> f32 {
        // among many sentences some say about the same by chance; blocks are fewer, and may be three words long
        let share = if both && self.model.source.of_blocks() { 0.0 } else { FREE };
        ALONE.max(share * self.normal(&(i..i + 1), &(j..j + 1)))
    }

    /// What the words of two spans that render each other say for it in this bitext, in nats.
    fn normal(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let words =
            (self.model.source.span(source).len() as f32, self.model.target.span(target).len() as f32);
        0.5 * (self.norm.gain[0] * words.1.sqrt() + self.norm.gain[1] * words.0.sqrt())
    }

    /// The better of one link and as many 1:1 links as there are units.
    fn part(&self, source: &Range<usize>, target: &Range<usize>) -> (f32, Vec<Bead>) {
        let whole = Bead { source: source.clone(), target: target.clone() };
        let mut best = (self.value(source, target), vec![whole]);
        if source.len() == target.len() && source.len() > 1 {
            let single: Vec<Bead> = source
                .clone()
                .zip(target.clone())
                .map(|(one, other)| Bead { source: one..one + 1, target: other..other + 1 })
                .collect();
            let sum = single.iter().map(|bead| self.value(&bead.source, &bead.target)).sum();
            if sum > best.0 {
                best = (sum, single);
            }
        }
        best
    }
}

/// Unties neighbours that changed places. `beads` are by ascending source or target, wherever they are in order.
fn near(judge: &Judge, beads: Vec<Bead>) -> Vec<Bead> {
    let solid: Vec<bool> = beads.iter().map(|bead| judge.solid(bead)).collect();
    let mut known: Vec<Option<f32>> = vec![None; beads.len()];
    let mut value =
        |at: usize| *known[at].get_or_insert_with(|| judge.value(&beads[at].source, &beads[at].target));
    let mut done: Vec<Bead> = Vec::with_capacity(beads.len());
    let mut at = 0;
    while at < beads.len() {
        let mut best: Option<(f32, usize, Vec<Bead>)> = None;
        let (mut source, mut target) = (beads[at].source.clone(), beads[at].target.clone());
        for end in at..(at + 4).min(beads.len()) {
            let bead = &beads[end];
            // only a stretch that is in order on both sides can be read straight
            if end > at && (bead.source.start != source.end || bead.target.start != target.end) {
                break;
            }
            source.end = bead.source.end;
            target.end = bead.target.end;
            if source.len() > WINDOW || target.len() > WINDOW {
                break;
            }
            if solid[at..=end].iter().all(|solid| *solid) {
                continue;
            }
            let straight: f32 = (at..=end).map(&mut value).sum();
            for i in source.start + 1..source.end {
                for j in target.start + 1..target.end {
                    // both halves must be renderings, or a long pair would carry any short one across
                    let says = |source: Range<usize>, target: Range<usize>| {
                        judge.lexical(&source, &target) > RENDERING
                    };
                    if !says(source.start..i, j..target.end) || !says(i..source.end, target.start..j) {
                        continue;
                    }
                    let (late, after) = judge.part(&(source.start..i), &(j..target.end));
                    let (early, before) = judge.part(&(i..source.end), &(target.start..j));
                    let gain = late + early - straight;
                    let sound = [&after, &before].into_iter().all(|part| {
                        part.len() == 1
                            || part.iter().all(|bead| says(bead.source.clone(), bead.target.clone()))
                    });
                    if gain > CROSSING && sound && best.as_ref().is_none_or(|(known, ..)| gain > *known) {
                        best = Some((gain, end + 1, after.into_iter().chain(before).collect()));
                    }
                }
            }
        }
        match best {
            Some((_, end, crossed)) => {
                done.extend(crossed);
                at = end;
            }
            None => {
                done.push(beads[at].clone());
                at += 1;
            }
        }
    }
    done
}

/// Links units far from each other that say the same, and frees them from where they stand.
fn far(judge: &Judge, beads: Vec<Bead>) -> Vec<Bead> {
    if beads.len() < 2 {
        return beads;
    }
    let mut pairs = anchors::candidates(&judge.model);
    pairs.extend(left_over(judge, &beads));
    pairs.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut places = Places::of(&judge.model, beads);
    for (i, j, _) in pairs {
        let (a, b) = (places.source[i] as usize, places.target[j] as usize);
        if a == b {
            continue;
        }
        let (of_source, of_target) = (&places.beads[a], &places.beads[b]);
        // a unit in the middle of a link cannot leave it without tearing it apart
        let (Some(rest_a), Some(rest_b)) = (without(&of_source.source, i), without(&of_target.target, j))
        else {
            continue;
        };
        let left = Bead { source: rest_a, target: of_source.target.clone() };
        let right = Bead { source: of_target.source.clone(), target: rest_b };
        let value = |bead: &Bead| {
            if bead.source.is_empty() && bead.target.is_empty() {
                0.0
            } else {
                judge.value(&bead.source, &bead.target)
            }
        };
        let new = Bead { source: i..i + 1, target: j..j + 1 };
        // where both stand alone nothing is torn apart, and a poor link may be, so less is asked of them
        let both = of_source.target.is_empty() && of_target.source.is_empty();
        let (least, words) = if both {
            (0.0, ALONE)
        } else if !judge.good(of_source) && !judge.good(of_target) {
            (FREED, judge.least(i, j, false))
        } else {
            (FAR, 6.0)
        };
        let gain = value(&new) + value(&left) + value(&right) - value(of_source) - value(of_target);
        if gain < least || judge.lexical(&(i..i + 1), &(j..j + 1)) < words {
            continue;
        }
        places.replace([a, b], [left, new, right]);
    }
    places.in_order()
}

/// Links with an index of the one that each unit is in. Texts are smaller than what 32 bits count.
struct Places {
    /// Links that were replaced are left behind empty.
    beads: Vec<Bead>,
    source: Vec<u32>,
    target: Vec<u32>,
}

impl Places {
    fn of(model: &Model, beads: Vec<Bead>) -> Places {
        let mut places =
            Places { beads, source: vec![0; model.source.len()], target: vec![0; model.target.len()] };
        (0..places.beads.len()).for_each(|at| places.enter(at));
        places
    }

    fn enter(&mut self, at: usize) {
        let Bead { source, target } = &self.beads[at];
        self.source[source.clone()].fill(at as u32);
        self.target[target.clone()].fill(at as u32);
    }

    fn add(&mut self, bead: Bead) {
        self.beads.push(bead);
        self.enter(self.beads.len() - 1);
    }

    /// Takes two links out and others in, which hold the same units; null links fall into single units.
    fn replace(&mut self, old: [usize; 2], new: [Bead; 3]) {
        for at in old {
            self.beads[at] = Bead { source: 0..0, target: 0..0 };
        }
        for bead in new {
            if bead.source.is_empty() {
                bead.target.for_each(|unit| self.add(Bead { source: 0..0, target: unit..unit + 1 }));
            } else if bead.target.is_empty() {
                bead.source.for_each(|unit| self.add(Bead { source: unit..unit + 1, target: 0..0 }));
            } else {
                self.add(bead);
            }
        }
    }

    /// By the source; null links of the target stand after what their left neighbour is linked to.
    fn in_order(self) -> Vec<Bead> {
        let Places { beads, source, target } = self;
        let mut linked: Vec<u32> =
            (0..beads.len() as u32).filter(|&at| !beads[at as usize].source.is_empty()).collect();
        linked.sort_by_key(|&at| (beads[at as usize].source.start, beads[at as usize].target.start));
        let mut rank = vec![0u32; beads.len()];
        for (at, bead) in (1..).zip(&linked) {
            rank[source[beads[*bead as usize].source.start] as usize] = at;
        }
        // for each target unit that stands alone, after how many of the others
        let mut lone: Vec<(u32, usize)> = Vec::new();
        let mut place = 0;
        for (unit, &bead) in target.iter().enumerate() {
            if beads[bead as usize].source.is_empty() {
                lone.push((place, unit));
            } else {
                place = rank[bead as usize];
            }
        }
        lone.sort_unstable();
        let mut ordered: Vec<Bead> = Vec::with_capacity(linked.len() + lone.len());
        let mut lone = lone.into_iter().peekable();
        for at in 0..=linked.len() {
            while let Some((_, unit)) = lone.next_if(|(place, _)| *place as usize == at) {
                ordered.push(Bead { source: 0..0, target: unit..unit + 1 });
            }
            ordered.extend(linked.get(at).map(|&bead| beads[bead as usize].clone()));
        }
        ordered
    }
}

/// Pairs of units that both stand alone, or in links that are poor, and whose words say the same, with what their
/// words say.
fn left_over(judge: &Judge, beads: &[Bead]) -> Vec<(usize, usize, f32)> {
    let poor: Vec<&Bead> = beads.iter().filter(|bead| !judge.good(bead)).collect();
    let units = |of: fn(&Bead) -> &Range<usize>| -> Vec<(usize, bool)> {
        poor.iter().flat_map(|bead| of(bead).clone().map(|unit| (unit, bead.is_null()))).collect()
    };
    let (mut sources, mut targets) = (units(|bead| &bead.source), units(|bead| &bead.target));
    if sources.len() * targets.len() > MANY {
        sources.retain(|(_, alone)| *alone);
        targets.retain(|(_, alone)| *alone);
    }
    if sources.len() * targets.len() > MANY {
        return Vec::new();
    }
    if sources.is_empty() || targets.is_empty() {
        return Vec::new();
    }
    let model = &judge.model;
    let mut found = Vec::new();
    // for each target type the last of the source units of which a word may be rendered by it: units of which no words
    // do say nothing for each other
    let mut rendered = vec![0u32; model.target_unigram.len()];
    for (at, &(i, one)) in (1..).zip(&sources) {
        for &word in model.source.tokens(i) {
            let renderings = &model.table.forward[word as usize];
            renderings.iter().for_each(|pair| rendered[pair.id as usize] = at);
        }
        for &(j, other) in &targets {
            if !model.target.tokens(j).iter().any(|&word| rendered[word as usize] == at) {
                continue;
            }
            let words = judge.lexical(&(i..i + 1), &(j..j + 1));
            if words >= judge.least(i, j, one && other) {
                found.push((i, j, words));
            }
        }
    }
    found
}

/// A range without its first or last member; `None` for one inside.
fn without(range: &Range<usize>, member: usize) -> Option<Range<usize>> {
    if range.start == member {
        Some(member + 1..range.end)
    } else if range.end == member + 1 {
        Some(range.start..member)
    } else {
        None
    }
}

/// Marks the links outside the heaviest ascending chain as moved; a link weighs what it has of words.
fn mark<'a>(judge: Judge<'a>, beads: Vec<Bead>) -> impl Iterator<Item = Arc> + use<'a> {
    let linked = || (0..beads.len()).filter(|&at| !beads[at].is_null());
    let ordered =
        linked().zip(linked().skip(1)).all(|(one, next)| beads[one].target.end <= beads[next].target.start);
    let mut moved = vec![false; beads.len()];
    if !ordered {
        let mut by_source: Vec<usize> = linked().collect();
        by_source.sort_by_key(|&at| beads[at].source.start);
        let pairs: Vec<(usize, usize, f32)> = by_source
            .iter()
            .enumerate()
            .map(|(rank, &at)| {
                let bead = &beads[at];
                let words =
                    judge.model.source.span(&bead.source).len() + judge.model.target.span(&bead.target).len();
                (rank, bead.target.start, words as f32 + 1.0)
            })
            .collect();
        let kept = anchors::heaviest(&pairs);
        by_source.iter().for_each(|&at| moved[at] = true);
        kept.into_iter().for_each(|(rank, _)| moved[by_source[rank]] = false);
    }
    // where a side is empty there is nothing that could correspond
    let nothing = judge.model.source.len() == 0 || judge.model.target.len() == 0;
    let of_blocks = judge.model.source.of_blocks();
    let score = move |bead: &Bead| match (bead.source.is_empty(), bead.target.is_empty()) {
        _ if nothing => 1.0,
        (false, true) => alone(judge.alone.odds.source[bead.source.start], of_blocks),
        (true, false) => alone(judge.alone.odds.target[bead.target.start], of_blocks),
        _ => {
            let said = judge.lexical(&bead.source, &bead.target);
            judge.model.confidence_by(said, bead.source.clone(), bead.target.clone())
        }
    };
    beads.into_iter().zip(moved).map(move |(bead, moved)| Arc { score: score(&bead), bead, moved })
}

/// How sure a null link is by the odds of its unit. A path takes none that is unlikely, whatever the odds of the
/// unit alone; the line is fitted to planted deletions. Whole blocks are hardly ever left alone wrongly.
fn alone(odds: f32, of_blocks: bool) -> f64 {
    let least = if of_blocks { 0.7 } else { 0.4 };
    least + (1.0 - least) / (1.0 + f64::from(-odds).exp())
}
