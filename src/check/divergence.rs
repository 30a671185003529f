//! Which linked blocks say something else than each other, by the measure of the bitext itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, Side};
use crate::align::{Link, Standing};
use crate::meaning::own;
use crate::text::{BlockKind, PieceKind, script};

/// A block link whose two sides hardly share anything.
#[derive(Debug, Clone, Copy)]
pub(super) struct Divergent {
    /// The link, as the alignment numbers those of blocks.
    pub(super) link: usize,
    /// How sure it is, from 0 to 1.
    pub(super) score: f64,
    /// How many deviations it lies below what is usual in this bitext.
    pub(super) below: f64,
    /// Whether both sides are long enough for that to be sure.
    pub(super) long: bool,
}

/// Fewer pairs than this say nothing of what is usual.
const ENOUGH: usize = 8;
/// The least length for a score to mean anything; a Chinese character counts as three letters.
const LEAST: usize = 28;
/// From here on a score means much.
const LONG: usize = 60;
/// A bitext whose usual score is lower than this is not understood well enough.
const UNDERSTOOD: f64 = 0.7;
/// Links surer than this are never divergent.
const UNSURE: f64 = 0.6;
/// How many deviations below the usual is too far.
const FAR: f64 = 2.5;
/// Links less sure than this hardly share anything, and need not be as far from the usual.
const HARDLY: f64 = 0.45;
/// How far is enough for these.
const SHORT_OF_FAR: f64 = 2.0;
/// The narrowest deviation, in log odds: careful translators vary that much.
const NARROW: f64 = 0.45;

/// Words of a given link that say more for each other than so much, in nats for each, are rendered, if freely. Of
/// 97,000 messages of catalogues that Debian and Python packages hold, measured on 2026-11-28 by no command here, 42 lie
/// as far from the usual as is told, of which 9 say so little, and 206 of 220 wrong ones that were planted; of 32,600
/// others, looked at afterwards, 3 of 12, and 74 of 81 wrong ones.
const FREELY: f32 = 0.05;

/// How the links stand that the file itself gives; nothing where they were searched for.
pub(super) fn given(context: &Context) -> Option<Vec<Standing>> {
    context.is_given().then(|| context.aligned().standings())
}

/// Whether the words of a link say enough for each other to render each other, if freely.
fn is_free(standing: &Standing) -> bool {
    let words: usize = standing.words.iter().sum();
    standing.said > FREELY * words as f32
}

/// The divergent links between blocks of prose, in the order of the alignment. A link that was searched for would be
/// none if its words said nothing for each other; of those that are `given` it is asked.
pub(super) fn blocks(context: &Context, given: Option<&[Standing]>) -> Vec<Divergent> {
    let links = context.bitext().alignment.blocks.iter().enumerate().filter(|(_, link)| !link.is_null());
    let sized = links.map(|(at, link)| {
        let [source, target] = lengths(context, link);
        (at, link.score, source.min(target))
    });
    let known: Vec<_> = sized.filter(|&(_, _, length)| length >= LEAST).collect();
    if known.len() < ENOUGH {
        return Vec::new();
    }
    let usual = median(known.iter().map(|&(_, score, _)| odds(score)));
    if usual < odds(UNDERSTOOD) {
        return Vec::new();
    }
    // a median deviation is about two thirds of a standard deviation
    let spread = (1.5 * median(known.iter().map(|&(_, score, _)| (odds(score) - usual).abs()))).max(NARROW);
    let judged = known.into_iter().map(|(link, score, length)| {
        let below = (usual - odds(score)) / spread;
        Divergent { link, score, below, long: length >= LONG }
    });
    let far = |one: &Divergent| if one.score < HARDLY { SHORT_OF_FAR } else { FAR };
    let freely = |one: &Divergent| {
        let given = given.unwrap_or_default();
        let at = given.binary_search_by_key(&one.link, |standing| standing.link);
        at.is_ok_and(|at| is_free(&given[at]))
    };
    judged.filter(|one| one.score < UNSURE && one.below > far(one) && !freely(one)).collect()
}

/// Whether a link is of a few words: neither side is long enough for a score to mean anything.
pub(super) fn is_short(context: &Context, link: &Link) -> bool {
    lengths(context, link).into_iter().all(|length| length < LEAST)
}

/// Links whose targets belong to the sources of others; links are numbered as the alignment has those of blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Displaced {
    /// Two that have each other's target.
    Exchanged([usize; 2]),
    /// Several, ascending, whose targets all stand as many links later than they should, or, below 0, earlier.
    Shifted { links: Vec<usize>, by: isize },
}

impl Displaced {
    /// The links concerned, ascending.
    pub(super) fn links(&self) -> &[usize] {
        match self {
            Displaced::Exchanged(links) => links,
            Displaced::Shifted { links, .. } => links,
        }
    }
}

/// Links with a score below this may have got the target of another.
const ASTRAY: f64 = 0.6;
/// So large a share of its words rendered leaves a given link where it is.
const MANY_WORDS: f64 = 0.5;
/// What two given links say at least in nats, with each other's targets, above what they say as they stand: of 96,000
/// messages of catalogues that Debian and Python packages hold, measured on 2026-11-28 by no command here, 6 pairs say
/// so much more as they are, 12 say 7 more, and 27 say 5 more.
const EXCHANGED: f32 = 9.0;
/// And each of the two sources.
const EACH: f32 = 1.0;
/// What a target scores at least with the source that it belongs to.
const BELONGS: f64 = 0.7;
/// And how much more than both of them do where they stand, in log odds.
const BETTER: f64 = 2.0;
/// More links astray than this are compared with those near them only.
const MANY: usize = 100;
/// How far away that is; and how many links may stand between two of a run that are hard to tell apart.
const NEAR: usize = 3;
/// As many links in a row that are off by the same make a run.
const RUN: usize = 3;

/// Which block links have each other's targets, or a run of them those of their neighbours, in order of the alignment.
///
/// A path of the aligner's own leaves nothing like that behind; a file that pairs its versions itself may.
pub(super) fn displaced(context: &Context, given: Option<&[Standing]>) -> Vec<Displaced> {
    let links = &context.bitext().alignment.blocks;
    let says = |link: &Link| {
        let says = |side: Side| {
            let blocks = &context.document(side).blocks;
            own(link, side).iter().any(|&block| blocks[block].kind != BlockKind::Metadata)
        };
        says(Side::Source) && says(Side::Target)
    };
    let astray: Vec<usize> =
        (0..links.len()).filter(|&at| links[at].score < ASTRAY && says(&links[at])).collect();
    let near = |from: usize| match astray.len() {
        ..=MANY => &astray[..],
        _ => {
            let first = astray.partition_point(|to| to + NEAR < from);
            let count = astray[first..].partition_point(|&to| to <= from + NEAR);
            &astray[first..first + count]
        }
    };
    let likeness = context.aligned().likeness();
    let owner = |from: usize| {
        let gain = |to: usize| {
            let score = likeness(from, to);
            let beyond = odds(score) - odds(links[from].score).max(odds(links[to].score));
            (score >= BELONGS && beyond >= BETTER).then_some((to, score))
        };
        let others = near(from).iter().filter(|&&to| to != from);
        let found = others.filter_map(|&to| gain(to));
        found.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.abs_diff(from).cmp(&a.0.abs_diff(from))))
    };
    // whose target stands with each
    let belongs: Vec<Option<usize>> = astray.iter().map(|&from| owner(from).map(|(to, _)| to)).collect();
    let of = |link: usize| astray.binary_search(&link).ok().and_then(|at| belongs[at]);
    let mut found: Vec<Displaced> = runs(&astray, &belongs);
    let mut known: BTreeSet<usize> = found.iter().flat_map(Displaced::links).copied().collect();
    for (&from, to) in astray.iter().zip(&belongs) {
        let Some(to) = to.filter(|&to| from < to && of(to) == Some(from)) else { continue };
        let same = is_same(context, &links[from], &links[to]);
        if !same && !known.contains(&from) && !known.contains(&to) {
            known.extend([from, to]);
            found.push(Displaced::Exchanged([from, to]));
        }
    }
    if let Some(standings) = given {
        found.extend(exchanged(context, standings, |link| says(&links[link]) && !known.contains(&link)));
    }
    found.sort_by(|one, other| one.links().cmp(other.links()));
    found
}

/// Which given links of some have each other's targets, however short: those whose words say far more for one another
/// that way, the surest first.
fn exchanged(context: &Context, standings: &[Standing], of: impl Fn(usize) -> bool) -> Vec<Displaced> {
    let links = &context.bitext().alignment.blocks;
    let astray = standings.iter().filter(|standing| {
        let few = standing.share().is_none_or(|share| share <= MANY_WORDS);
        (few || links[standing.link].score < ASTRAY) && of(standing.link)
    });
    let said: BTreeMap<usize, f32> = astray.map(|standing| (standing.link, standing.said)).collect();
    let among: Vec<usize> = said.keys().copied().collect();
    let elsewhere = context.aligned().elsewhere(&among);
    let crossed: BTreeMap<(usize, usize), f32> =
        elsewhere.iter().map(|it| ((it.from, it.to), it.said)).collect();
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (&(one, other), there) in crossed.iter().filter(|((one, other), _)| one < other) {
        let Some(back) = crossed.get(&(other, one)) else { continue };
        let (first, second) = (said[&one], said[&other]);
        let better = there.min(*back) - first.max(second);
        let gain = there + back - first - second;
        if better >= EACH && gain >= EXCHANGED && !is_same(context, &links[one], &links[other]) {
            pairs.push((gain, one, other));
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for (_, one, other) in pairs {
        if !known.contains(&one) && !known.contains(&other) {
            known.extend([one, other]);
            found.push(Displaced::Exchanged([one, other]));
        }
    }
    found
}

/// Whether two links say the same on a side, but for capitals, spaces and marks: then nobody can tell whether they are
/// exchanged.
fn is_same(context: &Context, one: &Link, other: &Link) -> bool {
    [Side::Source, Side::Target].into_iter().any(|side| {
        let document = context.document(side);
        let said = |link: &Link| -> String {
            let pieces = own(link, side).iter().flat_map(|&block| &document.blocks[block].pieces);
            let said = pieces.filter(|piece| piece.kind != PieceKind::Markup);
            let letters = said.flat_map(|piece| document.slice(piece.span).chars());
            letters.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        said(one) == said(other)
    })
}

/// The runs of links whose targets all stand as far away on the same side.
fn runs(astray: &[usize], belongs: &[Option<usize>]) -> Vec<Displaced> {
    struct Run {
        links: Vec<usize>,
        by: isize,
        members: usize,
    }
    let mut runs: Vec<Run> = Vec::new();
    // the last run that is off by so many links
    let mut last_off: BTreeMap<isize, usize> = BTreeMap::new();
    for (&from, &to) in astray.iter().zip(belongs) {
        let Some(to) = to.filter(|to| to.abs_diff(from) <= NEAR) else { continue };
        let by = to as isize - from as isize;
        // from where the source stands to where its target does
        let (first, last) = (from.min(to), from.max(to));
        let known = last_off.get(&by).map(|&at| &mut runs[at]);
        match known.and_then(|run| run.links.last().copied().map(|end| (run, end))) {
            Some((run, end)) if first <= end + NEAR => {
                run.links.extend(end + 1..=last);
                run.members += 1;
            }
            _ => {
                last_off.insert(by, runs.len());
                runs.push(Run { links: (first..=last).collect(), by, members: 1 });
            }
        }
    }
    let long = runs.into_iter().filter(|run| run.members >= RUN);
    long.map(|Run { links, by, .. }| Displaced::Shifted { links, by }).collect()
}

/// The letters of both sides of a link.
fn lengths(context: &Context, link: &Link) -> [usize; 2] {
    [Side::Source, Side::Target].map(|side| length(context, side, own(link, side)))
}

/// The letters of the prose of some blocks; none if one of them is no prose.
fn length(context: &Context, side: Side, blocks: &[usize]) -> usize {
    let document = context.document(side);
    let blocks = || blocks.iter().map(|&block| &document.blocks[block]);
    if !blocks().all(|block| block.kind.is_prose()) {
        return 0;
    }
    let prose = blocks().flat_map(|block| &block.pieces).filter(|piece| piece.kind == PieceKind::Prose);
    let letters = |c: char| if script::is_han(c) { 3 } else { usize::from(c.is_alphabetic()) };
    prose.map(|piece| document.slice(piece.span).chars().map(letters).sum::<usize>()).sum()
}

/// The log odds of a score.
fn odds(score: f64) -> f64 {
    (score.max(0.01) / (1.0 - score).max(0.01)).ln()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
