//! Which linked blocks say something else than each other, by the measure of the bitext itself.

use super::{Context, Side};
use crate::align::Link;
use crate::text::{PieceKind, script};

/// A block link whose two sides hardly share anything.
#[derive(Debug, Clone, Copy)]
pub(super) struct Divergent<'a> {
    /// The link.
    pub(super) link: &'a Link,
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

/// The divergent links between blocks of prose, in the order of the alignment.
pub(super) fn blocks<'a>(context: &Context<'a>) -> Vec<Divergent<'a>> {
    let links = context.bitext().alignment.blocks.iter().filter(|link| !link.is_null());
    let sized = links.map(|link| {
        let shorter =
            length(context, Side::Source, &link.source).min(length(context, Side::Target, &link.target));
        (link, shorter)
    });
    let known: Vec<_> = sized.filter(|&(_, length)| length >= LEAST).collect();
    if known.len() < ENOUGH {
        return Vec::new();
    }
    let odds = |score: f64| (score.max(0.01) / (1.0 - score).max(0.01)).ln();
    let usual = median(known.iter().map(|(link, _)| odds(link.score)));
    if usual < odds(UNDERSTOOD) {
        return Vec::new();
    }
    // a median deviation is about two thirds of a standard deviation
    let spread = (1.5 * median(known.iter().map(|(link, _)| (odds(link.score) - usual).abs()))).max(NARROW);
    let judged = known.into_iter().map(|(link, length)| {
        let below = (usual - odds(link.score)) / spread;
        Divergent { link, below, long: length >= LONG }
    });
    let far = |one: &Divergent| if one.link.score < HARDLY { SHORT_OF_FAR } else { FAR };
    judged.filter(|one| one.link.score < UNSURE && one.below > far(one)).collect()
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

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
